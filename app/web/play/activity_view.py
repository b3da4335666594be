"""Tasks inside a scene on screen, and what was answered in words.

Options and steps go by their number on this screen: ids follow the author's order, and with it
they could tell the key.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from app.domain.run_scene import ActivityPrompt
from app.domain.scenario import Scenario
from app.domain.scenario_activity import (
    Activity,
    Labeled,
    Order,
    Pick,
    RingExpectation,
    Say,
    Sct,
    TieExpectation,
)
from app.domain.scenario_activity import Sociogram as SociogramTask
from app.domain.scenario_answer import LONGEST_SAYING
from app.domain.scenario_walk import Answer
from app.web.play.case_words import case_html
from app.web.play.pages import ActivityOnScreen, Judgment, Ordered, Picked
from app.web.shared.sociogram import Sociogram, TieKind, sociogram

NOBODY = Labeled("", "the client")
# How strongly a judgment leans, from the middle of the scale outwards, by its reach.
STRENGTHS = {
    1: ("",),
    2: ("", "much"),
    3: ("slightly", "", "much"),
    4: ("slightly", "", "much", "very much"),
}

Form = Mapping[str, Sequence[str]]
Ties = Mapping[tuple[str, str], frozenset[str]]


def activity_on_screen(
    scenario: Scenario, prompt: ActivityPrompt, typed: Form | None = None
) -> ActivityOnScreen:
    """Shows a task, with what was typed when it has to be shown again."""
    sent = typed or {}
    shown = ActivityOnScreen(kind=prompt.kind, ask=case_html(scenario, prompt.ask))
    match prompt.kind:
        case "sociogram":
            return replace(shown, picture=_empty_picture(prompt, sent), people=_labels(prompt))
        case "pick":
            return replace(shown, options=_options(prompt, sent), most=prompt.most)
        case "order":
            return replace(shown, steps=_steps(prompt, sent))
        case "say":
            words = _first(sent, "words")
            shown = replace(shown, words=words, most_words=LONGEST_SAYING)
            return replace(shown, cues=prompt.cues, minutes=prompt.minutes)
        case _:
            return replace(shown, scale=_scale(prompt.reach, _first(sent, "judgment")))


def answer_in_words(scenario: Scenario, activity: Activity, answer: Answer) -> tuple[str, ...]:
    """Tells what was answered, a line for each thing."""
    match activity:
        case SociogramTask():
            return _map_in_words(scenario, activity, answer)
        case Pick(options=options):
            return tuple(one.text for one in options if one.id in answer["chosen"])
        case Order(items=items):
            labels = {one.id: one.label for one in items}
            return tuple(f"{n}. {labels[one]}" for n, one in enumerate(answer["order"], start=1))
        case Say():
            return (str(answer["words"]),)
        case Sct(reach=reach):
            return (judgment_in_words(int(answer["judgment"]), reach),)


def answered_picture(scenario: Scenario, activity: Activity, answer: Answer) -> Sociogram | None:
    """The picture that was answered. None: the task was another."""
    if not isinstance(activity, SociogramTask):
        return None
    client = activity.center
    prompt = ActivityPrompt(
        "sociogram",
        activity.ask,
        center=Labeled(client, scenario.name_of(client)) if client else None,
        people=activity.people,
        rings=activity.rings,
        ties=activity.ties,
    )
    placed = {person: ring - 1 for person, ring in answer["rings"].items()}
    ties = {
        (tie["pair"][0], tie["pair"][1]): frozenset({str(tie["kind"])}) for tie in answer["ties"]
    }
    return _picture(prompt, placed, ties)


def expected_in_words(
    scenario: Scenario, activity: SociogramTask, wanted: RingExpectation | TieExpectation
) -> str:
    """Tells where the author expected somebody, or which tie."""
    if isinstance(wanted, RingExpectation):
        rings = " or ".join(activity.rings[wanted.nearest - 1 : wanted.farthest])
        return f"{_name_in(scenario, activity, wanted.person)}: {rings}"
    told = _tie_in_words(scenario, activity, wanted.pair, wanted.kind)
    return f"{told} (if you heard it)" if wanted.is_optional else told


def judgment_in_words(value: int, reach: int) -> str:
    """Tells an answer of the scale, from much less likely to much more likely."""
    if value == 0:
        return "neither more nor less likely"
    strength = STRENGTHS[reach][abs(value) - 1]
    return f"{strength} {'more' if value > 0 else 'less'} likely".strip()


def kind_in_words(kind: str) -> str:
    """Tells a kind of tie as people say it."""
    return kind.replace("_", " ")


def pairs_of(prompt: ActivityPrompt) -> list[tuple[str, str]]:
    """The pairs between whom a tie may be drawn, in the order of the form."""
    everyone = [one.id for one in (prompt.center, *_people(prompt)) if one is not None]
    return [(a, b) for i, a in enumerate(everyone) for b in everyone[i + 1 :]]


def _empty_picture(prompt: ActivityPrompt, sent: Form) -> Sociogram:
    placed = {}
    for person in prompt.people:
        ring = _first(sent, f"ring.{person.id}")
        if ring.isdecimal() and int(ring) < len(prompt.rings):
            placed[person.id] = int(ring)
    drawn = {pair: _first(sent, f"tie.{pair[0]}.{pair[1]}") for pair in pairs_of(prompt)}
    return _picture(prompt, placed, {pair: frozenset({k}) for pair, k in drawn.items() if k})


def _picture(prompt: ActivityPrompt, placed: Mapping[str, int], ties: Ties) -> Sociogram:
    center = prompt.center or NOBODY
    people = _people(prompt)
    short = [one.label.partition(",")[0] for one in people]
    names = short if len(set(short)) == len(short) else [one.label for one in people]
    picture = sociogram(
        f"The people around {center.label}",
        client=(center.id, center.label),
        people=[(one.id, name) for one, name in zip(people, names, strict=True)],
        rings=prompt.rings,
        kinds=[TieKind(tie.id, kind_in_words(tie.id), tie.label) for tie in prompt.ties],
        placed=placed,
        ties=ties,
    )
    if prompt.center is not None:
        return picture
    return replace(picture, pairs=tuple(pair for pair in picture.pairs if pair.first))


def _people(prompt: ActivityPrompt) -> list[Labeled]:
    center = prompt.center.id if prompt.center else ""
    return [one for one in prompt.people if one.id != center]


def _labels(prompt: ActivityPrompt) -> tuple[str, ...]:
    """The people with who they are, where the picture tells their first names only."""
    return tuple(one.label for one in _people(prompt)) if _has_roles(prompt) else ()


def _has_roles(prompt: ActivityPrompt) -> bool:
    return any("," in one.label for one in prompt.people)


def _options(prompt: ActivityPrompt, sent: Form) -> tuple[Picked, ...]:
    chosen = sent.get("chosen", ())
    return tuple(
        Picked(number, one.label, str(number) in chosen)
        for number, one in enumerate(prompt.options, start=1)
    )


def _steps(prompt: ActivityPrompt, sent: Form) -> tuple[Ordered, ...]:
    steps = []
    for number, one in enumerate(prompt.options, start=1):
        place = _first(sent, f"place.{number}")
        steps.append(Ordered(number, one.label, int(place) if place.isdecimal() else 0))
    return tuple(steps)


def _scale(reach: int, chosen: str) -> tuple[Judgment, ...]:
    return tuple(
        Judgment(value, judgment_in_words(value, reach), chosen == str(value))
        for value in range(-reach, reach + 1)
    )


def _map_in_words(
    scenario: Scenario, activity: SociogramTask, answer: Mapping[str, Any]
) -> tuple[str, ...]:
    rings = [
        f"{_name_in(scenario, activity, person)}: {activity.rings[ring - 1]}"
        for person, ring in answer["rings"].items()
    ]
    ties = [_tie_in_words(scenario, activity, t["pair"], t["kind"]) for t in answer["ties"]]
    return (*rings, *ties)


def _tie_in_words(
    scenario: Scenario, activity: SociogramTask, pair: Sequence[str], kind: str
) -> str:
    ordered = [person for person in activity.everyone if person in pair] or list(pair)
    names = " and ".join(_name_in(scenario, activity, person) for person in ordered)
    return f"{names}: {kind_in_words(kind)}"


def _name_in(scenario: Scenario, activity: SociogramTask, person: str) -> str:
    label = next((one.label for one in activity.people if one.id == person), "")
    return label.partition(",")[0] or scenario.name_of(person)


def _first(sent: Form, name: str) -> str:
    return next(iter(sent.get(name, ())), "")
