"""Building a practice quiz from what a person wants and what they have met before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from random import Random

from app.domain.attempt import Feedback, Slot
from app.domain.errors import InvalidInput
from app.domain.item import Item

LENGTHS = (5, 10, 20, 30)  # offered on screen; any number from 1 to 50 is taken
LONGEST = 50


class Seen(StrEnum):
    """Which items to draw from, by what the person did with them before."""

    ANY = "any"
    UNSEEN = "unseen"
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class PracticeWish:
    """What a person asks for. Shape: no topics means every topic."""

    topics: frozenset[str]
    length: int
    seen: Seen
    feedback: Feedback


@dataclass(frozen=True, slots=True)
class PracticeSupply:
    """How many items each choice would draw from, told before the start."""

    total: int
    unseen: int
    missed: int


def supply(items: Iterable[Item], last_right: Mapping[str, bool]) -> PracticeSupply:
    """Counts items by what happened the last time. Shape: `last_right` by item id."""
    ids = [item.id for item in items]
    return PracticeSupply(
        total=len(ids),
        unseen=sum(1 for item_id in ids if item_id not in last_right),
        missed=sum(1 for item_id in ids if last_right.get(item_id) is False),
    )


def practice_pool(items: Iterable[Item]) -> list[Item]:
    """Keeps the items that practice may use: offered ones, apart from the mock pool."""
    return [item for item in items if item.is_offered and item.pool == "practice"]


def assemble_practice(
    items: Iterable[Item], wish: PracticeWish, *, last_right: Mapping[str, bool], random: Random
) -> list[Item]:
    """Draws the items of a quiz in random order; items of one vignette stand together.

    Shape: at most `wish.length` items, fewer when the supply is smaller.
    Raises: InvalidInput when the length cannot be used or nothing fits the wish.
    """
    if not 1 <= wish.length <= LONGEST:
        raise InvalidInput("quiz-length", f"Choose between 1 and {LONGEST} questions.")
    fitting = [
        item
        for item in items
        if (not wish.topics or item.topic in wish.topics) and _fits(item, wish.seen, last_right)
    ]
    if not fitting:
        raise InvalidInput("nothing-to-practice", *_nothing_left(wish.seen))
    random.shuffle(fitting)
    return _vignettes_together(fitting[: wish.length])


def lay_out(items: Iterable[Item], random: Random) -> tuple[Slot, ...]:
    """Fixes the order of the items and of each item's options."""
    slots = []
    for position, item in enumerate(items, start=1):
        order = [option.id for option in item.options]
        random.shuffle(order)
        slots.append(Slot(position, item.id, item.version, tuple(order)))
    return tuple(slots)


def _fits(item: Item, seen: Seen, last_right: Mapping[str, bool]) -> bool:
    if seen is Seen.UNSEEN:
        return item.id not in last_right
    if seen is Seen.MISSED:
        return last_right.get(item.id) is False
    return True


def _nothing_left(seen: Seen) -> tuple[str, str]:
    if seen is Seen.MISSED:
        return (
            "There is nothing you have missed in these topics.",
            "Choose more topics, or practice questions you have not seen.",
        )
    if seen is Seen.UNSEEN:
        return (
            "You have seen every question in these topics.",
            "Choose more topics, or practice the ones you missed.",
        )
    return ("There are no questions in these topics.", "Choose other topics.")


def _vignettes_together(items: list[Item]) -> list[Item]:
    """Moves items that share a vignette beside the first of them."""
    together: dict[str, list[Item]] = {}
    for item in items:
        together.setdefault(item.vignette_id or item.id, []).append(item)
    return [item for group in together.values() for item in group]
