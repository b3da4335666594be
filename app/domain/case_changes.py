"""What differs between two wordings of a case, in words for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields

from app.domain.scenario import Choice, Scenario, Scene

_SCENE_WORDS = {
    "title": "has another title",
    "blocks": "reads differently",
    "activity": "has another activity",
    "go": "leads elsewhere",
    "assumes": "assumes something else",
    "on_enter": "does something else on entering",
    "is_shuffled": "orders its choices differently",
    "ending": "ends differently",
    "shows": "shows other competencies",
    "media": "has other media",
    "minutes": "takes another time in the story",
}
_CHOICE_WORDS = {
    "label": "is worded differently",
    "target": "leads elsewhere",
    "condition": "is open under another condition",
    "locked": "says something else while it is locked",
    "effects": "has other effects",
    "disclosures": "discloses something else",
    "ground": "names another lawful ground for telling",
    "breach": "is marked differently as a breach",
    "rate": "is rated differently",
    "shows": "shows other competencies",
    "critical": "is marked differently as a critical error",
    "feedback": "has other feedback",
    "why": "has another reason",
    "mi": "has another MI tag",
    "is_once": "can be taken more or less often",
    "is_again": "counts differently as a second try",
}
_CASE_WORDS = {
    "title": "The title",
    "start": "The first scene",
    "minutes": "The length",
    "level": "The level",
    "tags": "The tags",
    "author": "The author",
    "review": "The review",
    "feedback_time": "The time of feedback",
    "competencies": "The competencies",
    "cast": "The people",
    "state": "What the case keeps track of",
    "consents": "The releases",
    "facts": "The facts",
    "rules": "The rules",
    "draws": "The random draws",
    "references": "The references",
    "pass_mark": "The pass mark",
    "brief": "The brief",
    "debrief": "The debrief",
    "trainer_notes": "The trainer notes",
    "walks": "The test walks",
}
DECLARED = ("state", "consents", "facts", "rules", "draws", "start", "feedback_time", "cast")


@dataclass(frozen=True, slots=True)
class CaseChange:
    """One difference. Shape: `scene` and `choice` are ids, empty for what belongs to no one."""

    words: str
    scene: str = ""
    choice: str = ""


def changes_between(before: Scenario | None, after: Scenario) -> tuple[CaseChange, ...]:
    """Every difference that learners or trainers can notice, in the order of the new text.

    None: `before` is None for a case that is new.
    """
    if before is None:
        scenes = len(after.scenes)
        return (CaseChange(f"A new case with {scenes} scene{'' if scenes == 1 else 's'}"),)
    return (*_of_the_case(before, after), *_of_scenes(before, after))


def summary(changes: Iterable[CaseChange]) -> tuple[str, ...]:
    """The changes as sentences without repeats."""
    return tuple(dict.fromkeys(change.words for change in changes))


def _of_the_case(before: Scenario, after: Scenario) -> Iterator[CaseChange]:
    for name, words in _CASE_WORDS.items():
        if getattr(before, name) != getattr(after, name):
            yield CaseChange(f"{words} changed")


def _of_scenes(before: Scenario, after: Scenario) -> Iterator[CaseChange]:
    old = before.scene_by_id
    for scene in after.scene_by_id.values():
        if scene.id not in old:
            yield CaseChange(f"New scene “{scene.title}”", scene.id)
        else:
            yield from _of_scene(old[scene.id], scene)
    for scene in before.scene_by_id.values():
        if scene.id not in after.scene_by_id:
            yield CaseChange(f"The scene “{scene.title}” is gone", scene.id)
    if [s for s in old if s in after.scene_by_id] != [s for s in after.scene_by_id if s in old]:
        yield CaseChange("The scenes stand in another order")


def _of_scene(before: Scene, after: Scene) -> Iterator[CaseChange]:
    for name, words in _SCENE_WORDS.items():
        if getattr(before, name) != getattr(after, name):
            yield CaseChange(f"“{after.title}” {words}", after.id)
    old = {choice.id: choice for choice in before.choices}
    for choice in after.choices:
        if choice.id not in old:
            yield CaseChange(f"New choice in “{after.title}”: {choice.label}", after.id, choice.id)
        else:
            yield from _of_choice(after, old[choice.id], choice)
    new = {choice.id for choice in after.choices}
    for choice in before.choices:
        if choice.id not in new:
            words = f"A choice in “{after.title}” is gone: {choice.label}"
            yield CaseChange(words, after.id, choice.id)
    if _kept(before.choices, new) != _kept(after.choices, set(old)):
        yield CaseChange(f"The choices in “{after.title}” stand in another order", after.id)


def _of_choice(scene: Scene, before: Choice, after: Choice) -> Iterator[CaseChange]:
    for field in fields(Choice):
        words = _CHOICE_WORDS.get(field.name)
        if words and getattr(before, field.name) != getattr(after, field.name):
            told = f"In “{scene.title}”, “{after.id}” {words}"
            yield CaseChange(told, scene.id, after.id)


def _kept(choices: Sequence[Choice], others: set[str]) -> list[str]:
    return [choice.id for choice in choices if choice.id in others]
