"""Choices: list items `- [label] -> target {#id}` with their indented keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.lawful_ground import GROUNDS
from app.domain.scenario import Choice
from app.library.case_keys import Keys, keys_of
from app.library.case_limits import choices_that_fit
from app.library.case_lines import CaseLine, Faults, place_of
from app.library.case_values import (
    NAME,
    condition_of,
    consents_of,
    disclosures_of,
    effects_of,
    nearest,
    showings_of,
    truth_of,
)

CHOICE_KEYS = (
    "if",
    "locked",
    "set",
    "consent",
    "discloses",
    "under",
    "breach",
    "rate",
    "shows",
    "critical",
    "feedback",
    "why",
    "mi",
    "once",
    "again",
)
MOST_LABEL_LINES = 20  # a label without an arrow must not swallow the file
MI_TAGS = (
    "open",
    "closed",
    "simple",
    "complex",
    "affirm",
    "seek",
    "emphasize",
    "persuade",
    "confront",
    "inform",
)


def starts_choice(line: CaseLine) -> bool:
    """Says whether a line begins a choice."""
    return line.text.startswith("- [")


def choice_groups(
    lines: Sequence[CaseLine],
) -> tuple[list[list[CaseLine]], list[CaseLine]]:
    """Cuts lines into choices. Shape: the second part holds lines that belong to none."""
    groups: list[list[CaseLine]] = []
    strays: list[CaseLine] = []
    for line in lines:
        if starts_choice(line):
            groups.append([line])
        elif groups and (line.indent > 0 or line.is_blank):
            groups[-1].append(line)
        elif not line.is_blank:
            strays.append(line)
    return groups, strays


def choices_of(
    lines: Sequence[CaseLine], *, scene: str, faults: Faults
) -> tuple[list[Choice], list[CaseLine]]:
    """Reads choices. Shape: the second part holds lines that belong to none of them."""
    groups, strays = choice_groups(lines)
    choices = []
    for number, group in enumerate(choices_that_fit(groups, faults), start=1):
        choice = _choice(group, f"{scene}-{number}", faults)
        if choice is not None:
            choices.append(choice)
    return choices, strays


@dataclass(frozen=True, slots=True)
class _Head:
    label: str
    target: str
    id: str


def _choice(lines: list[CaseLine], spare_id: str, faults: Faults) -> Choice | None:
    head, rest = _head(lines, spare_id, faults)
    if head is None:
        return None
    keys = keys_of(rest, CHOICE_KEYS, faults)
    texts = {key: keys[key].value for key in keys}
    effects = effects_of(texts["set"], keys["set"].line, faults) if "set" in keys else ()
    if "consent" in keys:
        effects += consents_of(texts["consent"], keys["consent"].line, faults)
    guard, shows, told = keys.get("if"), keys.get("shows"), keys.get("discloses")
    return Choice(
        id=head.id,
        label=head.label,
        target=head.target,
        condition=condition_of(guard.value, guard.line, faults) if guard else None,
        locked=texts.get("locked", ""),
        effects=effects,
        disclosures=disclosures_of(told.value, told.line, faults) if told else (),
        ground=_ground(keys, faults),
        breach=texts.get("breach", ""),
        rate=_rate(keys, faults),
        shows=showings_of(shows.value, shows.line, faults) if shows else (),
        critical=texts.get("critical", ""),
        feedback=texts.get("feedback", ""),
        why=texts.get("why", ""),
        mi=_mi(keys, faults),
        is_once=_truth(keys, "once", faults),
        is_again=_truth(keys, "again", faults),
        place=place_of(lines),
    )


def head_length(lines: Sequence[CaseLine]) -> int:
    """How many lines a label takes: it may go on over indented lines up to its arrow."""
    text, used = lines[0].text, 1
    most = min(len(lines), MOST_LABEL_LINES)
    while "] ->" not in text and used < most and not lines[used].is_blank:
        text += f" {lines[used].text.strip()}"
        used += 1
    return used


def _head(
    lines: list[CaseLine], spare_id: str, faults: Faults
) -> tuple[_Head | None, list[CaseLine]]:
    used = head_length(lines)
    text = " ".join([lines[0].text, *(line.text.strip() for line in lines[1:used])])
    label, _, tail = text[3:].rpartition("]")
    tail = tail.strip()
    if not tail.startswith("->"):
        advice = "Write “- [What the learner does] -> scene {#id}”."
        faults.at(lines[0], "SC100", "This choice leads nowhere.", advice)
        return None, lines[1:]
    target, _, mark = tail[2:].strip().partition("{#")
    target, choice_id = target.strip(), mark.strip().removesuffix("}").strip()
    if not label.strip() or not NAME.fullmatch(target):
        faults.at(lines[0], "SC100", "This choice needs a text and one scene id after “->”.")
        return None, lines[used:]
    if not mark:
        faults.at(
            lines[0], "SC105", "This choice has no id, so learners' histories cannot name it."
        )
        choice_id = spare_id
    elif not NAME.fullmatch(choice_id) or not mark.strip().endswith("}"):
        faults.at(
            lines[0], "SC100", "The id of this choice cannot be read.", "Write {#a-short-id}."
        )
        choice_id = spare_id
    return _Head(label.strip(), target, choice_id), lines[used:]


def _rate(keys: Keys, faults: Faults) -> int | None:
    told = keys.get("rate")
    if told is None or told.value == "-":
        return None
    if told.value in {"0", "1", "2", "3"}:
        return int(told.value)
    faults.at(told.line, "SC111", f"“{told.value}” is no rating.", "Write 0, 1, 2, 3 or -.")
    return None


def _mi(keys: Keys, faults: Faults) -> str:
    told = keys.get("mi")
    if told is None or told.value in MI_TAGS:
        return told.value if told else ""
    faults.at(told.line, "SC111", f"“{told.value}” is no mi tag.", nearest(told.value, MI_TAGS))
    return ""


def _ground(keys: Keys, faults: Faults) -> str:
    """Reads a lawful ground as it is written; a word that means none is a fault."""
    told = keys.get("under")
    if told is not None and told.value not in GROUNDS:
        message = f"“{told.value}” is no ground for telling without a release."
        faults.at(told.line, "SC513", message, nearest(told.value, list(GROUNDS)))
    return told.value if told else ""


def _truth(keys: Keys, key: str, faults: Faults) -> bool:
    told = keys.get(key)
    return truth_of(told.value, told.line, faults) if told else False
