"""Answers to activities: which shapes are allowed, and how much of what was expected is there.

Answers are plain JSON, the same from a drawing and from a form: for a sociogram
`{"rings": {"jo": 1}, "ties": [{"pair": ["lena", "dan"], "kind": "supports"}]}`, for pick
`{"chosen": ["a"]}`, for order `{"order": ["b", "a"]}`, for say `{"words": "…"}`, for sct
`{"judgment": 1}`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeGuard

from app.domain.errors import InvalidInput
from app.domain.scenario_activity import (
    Activity,
    Order,
    Pick,
    RingExpectation,
    Say,
    Sct,
    Sociogram,
    TieExpectation,
)
from app.domain.scenario_walk import Answer

LONGEST_SAYING = 5_000  # characters a learner may type
CONSENSUS = 0.6  # share of a panel that must agree before its answer counts as the best one


@dataclass(frozen=True, slots=True)
class ExpectationNote:
    """One thing the author expected, in words, and whether the answer has it."""

    text: str
    is_met: bool


@dataclass(frozen=True, slots=True)
class WeighedAnswer:
    """An answer beside what was expected.

    Units: `share` is a proportion 0–1. None: `share` is None when the answer is not scored.
    """

    share: float | None
    notes: tuple[ExpectationNote, ...] = ()


def read_answer(activity: Activity, raw: Mapping[str, object]) -> Answer:
    """Checks an answer's shape and returns it tidied.

    Shape: a sociogram may leave people unplaced.
    Raises: InvalidInput if it names unknown people, options or steps, or lacks what is asked.
    """
    match activity:
        case Sociogram():
            return {"rings": _rings(activity, raw), "ties": _ties(activity, raw)}
        case Pick():
            return {"chosen": _chosen(activity, raw)}
        case Order():
            return {"order": _order(activity, raw)}
        case Say():
            return {"words": _saying(raw)}
        case Sct():
            return {"judgment": _judgment(activity, raw)}


def _rings(activity: Sociogram, raw: Mapping[str, object]) -> dict[str, int]:
    given = raw.get("rings", {})
    if not isinstance(given, Mapping):
        raise _unusable("Say for each person which ring they stand in.")
    people = {person.id: person.label for person in activity.people}
    rings: dict[str, int] = {}
    for person, ring in given.items():
        if not isinstance(person, str) or person not in people:
            raise _unusable("The answer places someone who is not part of this picture.")
        if not _is_whole(ring) or not 1 <= ring <= len(activity.rings):
            raise _unusable(f"Choose one of the rings for {people[person]}.")
        rings[person] = ring
    return rings


def _ties(activity: Sociogram, raw: Mapping[str, object]) -> list[dict[str, object]]:
    given = raw.get("ties", [])
    if not isinstance(given, list):
        raise _unusable("The ties cannot be read.")
    kinds = {tie.id for tie in activity.ties}
    ties: dict[tuple[str, ...], str] = {}
    for tie in given:
        pair = tie.get("pair") if isinstance(tie, Mapping) else None
        kind = tie.get("kind") if isinstance(tie, Mapping) else None
        if not isinstance(pair, list) or len(pair) != 2 or not isinstance(kind, str):
            raise _unusable("A tie needs two people and a kind.")
        if any(person not in activity.everyone for person in pair) or pair[0] == pair[1]:
            raise _unusable("A tie joins two different people of this picture.")
        if kind not in kinds:
            raise _unusable("Choose one of the kinds of ties.")
        ties[tuple(sorted(pair))] = kind
    return [{"pair": list(pair), "kind": kind} for pair, kind in sorted(ties.items())]


def _chosen(activity: Pick, raw: Mapping[str, object]) -> list[str]:
    given = raw.get("chosen")
    known = [option.id for option in activity.options]
    if not isinstance(given, list) or any(option not in known for option in given):
        raise _unusable("Pick from the list.")
    chosen = [option for option in known if option in given]
    if not 1 <= len(chosen) <= activity.choose:
        raise _unusable(f"Pick at least one and at most {activity.choose}.")
    return chosen


def _order(activity: Order, raw: Mapping[str, object]) -> list[str]:
    given = raw.get("order")
    known = [item.id for item in activity.items]
    if not isinstance(given, list) or any(not isinstance(item, str) for item in given):
        raise _unusable("Put every step in order.")
    if sorted(given) != sorted(known):
        raise _unusable("Use every step exactly once.")
    return list(given)


def _saying(raw: Mapping[str, object]) -> str:
    words = raw.get("words")
    if not isinstance(words, str) or not words.strip():
        raise _unusable("Write what you would say, in your own words.")
    if len(words) > LONGEST_SAYING:
        raise _unusable(f"Keep it under {LONGEST_SAYING} characters.")
    return words.strip()


def _judgment(activity: Sct, raw: Mapping[str, object]) -> int:
    judgment = raw.get("judgment")
    if not _is_whole(judgment) or not -activity.reach <= judgment <= activity.reach:
        raise _unusable("Choose one answer on the scale.")
    return judgment


def _is_whole(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)


def _unusable(message: str) -> InvalidInput:
    return InvalidInput("answer-unusable", message, "Then send it again.")


def is_scored(activity: Activity) -> bool:
    """Says whether answers to an activity get a share; if not, they are for discussion."""
    match activity:
        case Sociogram(expect=expect):
            return any(isinstance(e, RingExpectation) or not e.is_optional for e in expect)
        case Pick(options=options):
            return any(option.is_key for option in options)
        case Order(pairs=pairs):
            return bool(pairs)
        case Sct():
            # Without a clear majority reasonable people differ: shown for discussion only.
            # Source: docs/decisions/0010-branching-cases.md
            return activity.modal_answer is not None and activity.share_agreeing >= CONSENSUS
        case Say():
            return False


def weigh_answer(activity: Activity, answer: Answer) -> WeighedAnswer:
    """Sets an answer that `read_answer` accepted beside what the author expected."""
    match activity:
        case Sociogram():
            return _weigh_sociogram(activity, answer)
        case Pick():
            return _weigh_pick(activity, answer)
        case Order():
            return _weigh_order(activity, answer)
        case Sct():
            return _weigh_sct(activity, answer)
        case Say():
            return WeighedAnswer(share=None)


def observed_value(shown: int, share: float) -> int:
    """Turns a share of what was expected into a value 0–3: full share, full value."""
    return int(shown * share + 0.5)


def _weigh_sociogram(activity: Sociogram, answer: Answer) -> WeighedAnswer:
    rings = answer["rings"]
    drawn = {tuple(tie["pair"]): tie["kind"] for tie in answer["ties"]}
    met = required = 0
    named: set[tuple[str, ...]] = set()
    notes: list[ExpectationNote] = []
    for wanted in activity.expect:
        if isinstance(wanted, RingExpectation):
            fits = wanted.nearest <= rings.get(wanted.person, 0) <= wanted.farthest
            optional = False
        else:
            pair = tuple(sorted(wanted.pair))
            named.add(pair)
            fits, optional = drawn.get(pair) == wanted.kind, wanted.is_optional
        notes.append(ExpectationNote(_told(activity, wanted), fits))
        required += 0 if optional else wanted.weight
        met += wanted.weight if fits and not optional else 0
    # Ties nobody named count against the picture: drawing every line must not pay.
    unnamed = sum(1 for pair in drawn if pair not in named)
    if not required:
        return WeighedAnswer(None, tuple(notes))
    return WeighedAnswer(met / (required + unnamed), tuple(notes))


def _told(activity: Sociogram, wanted: RingExpectation | TieExpectation) -> str:
    labels = {person.id: person.label for person in activity.people}
    if isinstance(wanted, RingExpectation):
        rings = activity.rings[wanted.nearest - 1 : wanted.farthest]
        return f"{labels.get(wanted.person, wanted.person)}: {' or '.join(rings)}"
    kinds = wanted.kind.replace("_", " ")
    told = " and ".join(labels.get(person, person) for person in wanted.pair)
    return f"{told}: {kinds}{' (optional)' if wanted.is_optional else ''}"


def _weigh_pick(activity: Pick, answer: Answer) -> WeighedAnswer:
    chosen = answer["chosen"]
    best = sorted((option.weight for option in activity.options if option.is_key), reverse=True)
    possible = sum(best[: activity.choose])
    # Right minus wrong, so that ticking everything gains nothing.
    points = sum(
        option.weight if option.is_key else -option.weight
        for option in activity.options
        if option.id in chosen
    )
    notes = tuple(
        ExpectationNote(option.text, (option.id in chosen) is option.is_key)
        for option in activity.options
        if option.is_key or option.id in chosen
    )
    return WeighedAnswer(max(0.0, points / possible) if possible else None, notes)


def _weigh_order(activity: Order, answer: Answer) -> WeighedAnswer:
    at = {item: position for position, item in enumerate(answer["order"])}
    labels = {item.id: item.label for item in activity.items}
    notes = tuple(
        ExpectationNote(f"{labels[first]} before {labels[later]}", at[first] < at[later])
        for first, later in activity.pairs
        if first in at and later in at
    )
    if not notes:
        return WeighedAnswer(None)
    return WeighedAnswer(sum(note.is_met for note in notes) / len(notes), notes)


def _weigh_sct(activity: Sct, answer: Answer) -> WeighedAnswer:
    if not is_scored(activity):
        return WeighedAnswer(share=None)
    agrees = answer["judgment"] == activity.modal_answer
    note = ExpectationNote(f"Most of the panel said {activity.modal_answer}", agrees)
    return WeighedAnswer(1.0 if agrees else 0.0, (note,))
