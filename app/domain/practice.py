"""Building a practice quiz from what a person wants and what they have met before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from random import Random

from app.domain.attempt import Feedback, Slot
from app.domain.errors import InvalidInput
from app.domain.item import Item
from app.domain.slot_marks import Confidence

LENGTHS = (5, 10, 20, 30)  # offered on screen; any number from 1 to 50 is taken
LONGEST = 50
MOST_MINUTES = 240


class Seen(StrEnum):
    """Which items to draw from, by what the person did with them before."""

    ANY = "any"
    UNSEEN = "unseen"
    MISSED = "missed"
    MARKED = "marked"
    SURE_AND_WRONG = "sure-and-wrong"
    BOOKMARKED = "bookmarked"


class Difficulty(StrEnum):
    """Bands of the author's estimate."""

    EASY = "easy"
    MIDDLE = "middle"
    HARD = "hard"


class WishPart(StrEnum):
    """The parts of a wish that can keep an item out."""

    TOPICS = "topics"
    DOMAINS = "domains"
    COMPETENCIES = "competencies"
    DIFFICULTIES = "difficulties"
    SEEN = "seen"


@dataclass(frozen=True, slots=True)
class PracticeWish:
    """What a person asks for.

    Shape: an empty set means that this part does not matter. Units: `minutes` of the whole quiz.
    None: `minutes` is None when time does not count.
    """

    topics: frozenset[str]
    length: int
    seen: Seen
    feedback: Feedback
    domains: frozenset[str] = frozenset()
    competencies: frozenset[str] = frozenset()
    difficulties: frozenset[Difficulty] = frozenset()
    minutes: int | None = None

    @property
    def asked(self) -> Mapping[WishPart, Iterable[str | Difficulty]]:
        """The values that each part asks for; none where it does not matter."""
        return {
            WishPart.TOPICS: self.topics,
            WishPart.DOMAINS: self.domains,
            WishPart.COMPETENCIES: self.competencies,
            WishPart.DIFFICULTIES: self.difficulties,
            WishPart.SEEN: () if self.seen is Seen.ANY else (self.seen,),
        }

    @property
    def narrowed(self) -> tuple[WishPart, ...]:
        """The parts that ask for something."""
        return tuple(part for part, values in self.asked.items() if values)


@dataclass(frozen=True, slots=True)
class LastTime:
    """How the newest answer to an item went, and what stood beside it."""

    is_right: bool
    confidence: Confidence = Confidence.UNSAID
    is_flagged: bool = False


@dataclass(frozen=True, slots=True)
class PracticeRecord:
    """What a person has done with items. Shape: `last` by item id; items never met are absent."""

    last: Mapping[str, LastTime] = field(default_factory=dict)
    bookmarked: frozenset[str] = frozenset()

    def states(self, item_id: str) -> frozenset[Seen]:
        """Every state an item is in for this person."""
        found = {Seen.ANY}
        if item_id in self.bookmarked:
            found.add(Seen.BOOKMARKED)
        last = self.last.get(item_id)
        if last is None:
            return frozenset(found | {Seen.UNSEEN})
        if last.is_flagged:
            found.add(Seen.MARKED)
        if not last.is_right:
            found.add(Seen.MISSED)
            if last.confidence is Confidence.SURE:
                found.add(Seen.SURE_AND_WRONG)
        return frozenset(found)


@dataclass(frozen=True, slots=True)
class PracticeSupply:
    """How many items each choice would draw from, told before the start."""

    total: int
    unseen: int
    missed: int


def practice_pool(items: Iterable[Item]) -> list[Item]:
    """Keeps the items that practice may use: offered ones, apart from the mock pool."""
    return [item for item in items if item.is_offered and item.pool == "practice"]


def difficulty_of(item: Item) -> Difficulty:
    """The band of an item by its author's estimate: 1 and 2, 3, 4 and 5."""
    if item.difficulty <= 2:
        return Difficulty.EASY
    return Difficulty.MIDDLE if item.difficulty == 3 else Difficulty.HARD


def misfits(item: Item, wish: PracticeWish, record: PracticeRecord) -> frozenset[WishPart]:
    """The parts of a wish that keep an item out; empty when it fits."""
    found = set()
    if wish.topics and item.topic not in wish.topics:
        found.add(WishPart.TOPICS)
    if wish.domains and item.domain not in wish.domains:
        found.add(WishPart.DOMAINS)
    if wish.competencies and wish.competencies.isdisjoint(item.competencies):
        found.add(WishPart.COMPETENCIES)
    if wish.difficulties and difficulty_of(item) not in wish.difficulties:
        found.add(WishPart.DIFFICULTIES)
    if wish.seen not in record.states(item.id):
        found.add(WishPart.SEEN)
    return frozenset(found)


def assemble_practice(
    items: Iterable[Item], wish: PracticeWish, *, record: PracticeRecord, random: Random
) -> list[Item]:
    """Draws the items of a quiz in random order; items of one vignette stand together.

    Shape: at most `wish.length` items, fewer when the supply is smaller.
    Raises: InvalidInput when length or time cannot be used or nothing fits the wish.
    """
    if not 1 <= wish.length <= LONGEST:
        raise InvalidInput("quiz-length", f"Choose between 1 and {LONGEST} questions.")
    if wish.minutes is not None and not 1 <= wish.minutes <= MOST_MINUTES:
        raise InvalidInput(
            "quiz-minutes", f"Choose between 1 and {MOST_MINUTES} minutes, or none at all."
        )
    fitting = [item for item in items if not misfits(item, wish, record)]
    if not fitting:
        raise InvalidInput("nothing-to-practice", *_nothing_left(wish))
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


NOTHING_LEFT = {
    Seen.ANY: ("There are no questions in these topics.", "Choose other topics."),
    Seen.UNSEEN: (
        "You have seen every question in these topics.",
        "Choose more topics, or practice the ones you missed.",
    ),
    Seen.MISSED: (
        "There is nothing you have missed in these topics.",
        "Choose more topics, or practice questions you have not seen.",
    ),
    Seen.MARKED: (
        "You have marked no question for review in these topics.",
        "Choose more topics, or mark questions while you answer them.",
    ),
    Seen.SURE_AND_WRONG: (
        "There is no question you were sure about and missed in these topics.",
        "Choose more topics, or say how sure you are when you answer.",
    ),
    Seen.BOOKMARKED: (
        "You have bookmarked no question in these topics.",
        "Choose more topics, or bookmark questions once they are answered.",
    ),
}


def _nothing_left(wish: PracticeWish) -> tuple[str, str]:
    if set(wish.narrowed) <= {WishPart.TOPICS, WishPart.SEEN}:
        return NOTHING_LEFT[wish.seen]
    return ("No question fits all of these choices together.", "Take one of them away.")


def _vignettes_together(items: list[Item]) -> list[Item]:
    """Moves items that share a vignette beside the first of them."""
    together: dict[str, list[Item]] = {}
    for item in items:
        together.setdefault(item.vignette_id or item.id, []).append(item)
    return [item for group in together.values() for item in group]
