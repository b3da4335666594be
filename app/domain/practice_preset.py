"""Wishes kept under a name, and how a wish is told and read back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

from app.domain.attempt import Feedback
from app.domain.errors import InvalidInput
from app.domain.practice import LONGEST, MOST_MINUTES, Difficulty, PracticeWish, Seen

MOST_PRESETS = 20  # per person
LONGEST_NAME = 60
MOST_VALUES = 200  # of one part; more than content has
USUAL_LENGTH = 10

Word = TypeVar("Word", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Preset:
    """A quiz that a person likes to build again."""

    id: str
    name: str
    wish: PracticeWish
    made_at: datetime


def tidy_name(name: str) -> str:
    """Gives a name as it is kept: spaces in order. Raises: InvalidInput if empty or too long."""
    tidy = " ".join(name.split())
    if not tidy:
        raise InvalidInput("preset-name", "Give these choices a name first.")
    if len(tidy) > LONGEST_NAME:
        raise InvalidInput("preset-name", f"Choose a name of at most {LONGEST_NAME} characters.")
    return tidy


def tell_wish(wish: PracticeWish) -> dict[str, object]:
    """Tells a wish in plain values, to be kept or put into an address."""
    return {
        "topics": sorted(wish.topics),
        "length": wish.length,
        "seen": str(wish.seen),
        "feedback": str(wish.feedback),
        "domains": sorted(wish.domains),
        "competencies": sorted(wish.competencies),
        "difficulties": sorted(str(one) for one in wish.difficulties),
        "minutes": wish.minutes,
    }


def read_wish(told: Mapping[str, object]) -> PracticeWish:
    """Reads a wish back; what cannot be read falls to the usual. Never raises."""
    difficulties = {one for one in _texts(told.get("difficulties")) if one in set(Difficulty)}
    minutes = _number(told.get("minutes"), most=MOST_MINUTES)
    return PracticeWish(
        topics=_texts(told.get("topics")),
        length=_number(told.get("length"), most=LONGEST) or USUAL_LENGTH,
        seen=_word(told.get("seen"), Seen.ANY),
        feedback=_word(told.get("feedback"), Feedback.TUTOR),
        domains=_texts(told.get("domains")),
        competencies=_texts(told.get("competencies")),
        difficulties=frozenset(Difficulty(one) for one in difficulties),
        minutes=minutes,
    )


def _texts(told: object) -> frozenset[str]:
    if not isinstance(told, list | tuple | set | frozenset):
        return frozenset()
    some = list(told)[:MOST_VALUES]
    return frozenset(one for one in some if isinstance(one, str) and 0 < len(one) <= 120)


def _number(told: object, *, most: int) -> int | None:
    if isinstance(told, str) and told.isascii() and told.isdigit() and len(told) < 6:
        told = int(told)
    if isinstance(told, bool) or not isinstance(told, int) or not 1 <= told <= most:
        return None
    return told


def _word(told: object, usual: Word) -> Word:
    return next((one for one in type(usual) if one == told), usual)
