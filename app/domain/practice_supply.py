"""How many questions each choice of a quiz would leave, told before the start."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_

from app.domain.item import Item
from app.domain.practice import (
    PracticeRecord,
    PracticeSupply,
    PracticeWish,
    Seen,
    WishPart,
    difficulty_of,
)
from app.domain.slot_marks import Confidence

BROAD = frozenset({WishPart.TOPICS, WishPart.SEEN})

# A set of items as one number: the item at place n is bit n. Counting what hundreds of choices
# would leave takes one AND for each of them.
ItemSet = int


@dataclass(frozen=True, slots=True)
class PracticeIndex:
    """The items that practice draws from, and which of them each value of a part names.

    Shape: `bits` by item id; `named` by part and value, for all parts but the state, which is
    of a person and not of the item.
    """

    items: tuple[Item, ...]
    bits: Mapping[str, ItemSet]
    named: Mapping[WishPart, Mapping[str, ItemSet]]

    @property
    def everything(self) -> ItemSet:
        """All items."""
        return (1 << len(self.items)) - 1


@dataclass(frozen=True, slots=True)
class PracticeOutlook:
    """What fits a wish, and what would with one part of it chosen otherwise.

    Shape: `choices` counts by part and value what fits if that part asked for this value alone;
    values that nothing fits are absent. `without` counts what fits if a part that asks for
    something asked for nothing. `topics` looks past topics and states, so that both can be
    weighed at once. `whole` counts everything there is.
    """

    whole: PracticeSupply
    fitting: int
    choices: Mapping[WishPart, Mapping[str, int]]
    without: Mapping[WishPart, int]
    topics: Mapping[str, PracticeSupply]

    @property
    def ways_out(self) -> tuple[tuple[WishPart, int], ...]:
        """Parts to give up when nothing fits, the most fruitful first; none may be enough."""
        helping = [(part, count) for part, count in self.without.items() if count]
        return tuple(sorted(helping, key=lambda pair: (-pair[1], pair[0])))


def index_of(items: Iterable[Item]) -> PracticeIndex:
    """Sorts items by what each part of a wish can name; it stands as long as the items do."""
    pool = tuple(items)
    named: dict[WishPart, dict[str, ItemSet]] = {
        part: defaultdict(int) for part in WishPart if part is not WishPart.SEEN
    }
    for place, item in enumerate(pool):
        bit = 1 << place
        named[WishPart.TOPICS][item.topic] |= bit
        named[WishPart.DOMAINS][item.domain] |= bit
        named[WishPart.DIFFICULTIES][difficulty_of(item)] |= bit
        for code in item.competencies:
            named[WishPart.COMPETENCIES][code] |= bit
    return PracticeIndex(
        pool,
        {item.id: 1 << place for place, item in enumerate(pool)},
        {part: dict(values) for part, values in named.items()},
    )


def outlook(index: PracticeIndex, wish: PracticeWish, record: PracticeRecord) -> PracticeOutlook:
    """Counts what fits a wish and every other choice."""
    states = _states(index, record)
    named: dict[WishPart, Mapping[str, ItemSet]] = {**index.named, WishPart.SEEN: states}
    fits = {part: _of_any(named[part], wish.asked[part]) for part in wish.narrowed}

    def past(*ignored: WishPart) -> ItemSet:
        return reduce(and_, (s for p, s in fits.items() if p not in ignored), index.everything)

    without = {part: past(part) for part in WishPart}
    broad = past(*BROAD)
    return PracticeOutlook(
        whole=_supply(index.everything, states),
        fitting=past().bit_count(),
        choices={part: _counts(named[part], without[part]) for part in WishPart},
        without={part: without[part].bit_count() for part in wish.narrowed},
        topics={
            topic: _supply(of_topic & broad, states)
            for topic, of_topic in index.named[WishPart.TOPICS].items()
            if of_topic & broad
        },
    )


def supply(index: PracticeIndex, last_right: Mapping[str, bool]) -> PracticeSupply:
    """Counts items by how the newest answer to each went. Shape: `last_right` by item id."""
    bits = [(index.bits.get(item_id, 0), is_right) for item_id, is_right in last_right.items()]
    met = reduce(or_, (bit for bit, _ in bits), 0)
    missed = reduce(or_, (bit for bit, is_right in bits if not is_right), 0)
    return _supply(index.everything, {Seen.UNSEEN: index.everything & ~met, Seen.MISSED: missed})


def _states(index: PracticeIndex, record: PracticeRecord) -> dict[str, ItemSet]:
    """Which items are in each state for a person; the rule for one is `PracticeRecord.states`."""
    met = missed = marked = sure_and_wrong = 0
    for item_id, last in record.last.items():
        bit = index.bits.get(item_id, 0)  # an answer may be to an item that is gone since
        met |= bit
        if last.is_flagged:
            marked |= bit
        if not last.is_right:
            missed |= bit
            if last.confidence is Confidence.SURE:
                sure_and_wrong |= bit
    return {
        Seen.ANY: index.everything,
        Seen.UNSEEN: index.everything & ~met,
        Seen.MISSED: missed,
        Seen.MARKED: marked,
        Seen.SURE_AND_WRONG: sure_and_wrong,
        Seen.BOOKMARKED: reduce(
            or_, (index.bits.get(item_id, 0) for item_id in record.bookmarked), 0
        ),
    }


def _supply(some: ItemSet, states: Mapping[str, ItemSet]) -> PracticeSupply:
    return PracticeSupply(
        total=some.bit_count(),
        unseen=(some & states[Seen.UNSEEN]).bit_count(),
        missed=(some & states[Seen.MISSED]).bit_count(),
    )


def _of_any(named: Mapping[str, ItemSet], values: Iterable[str]) -> ItemSet:
    return reduce(or_, (named.get(value, 0) for value in values), 0)


def _counts(named: Mapping[str, ItemSet], among: ItemSet) -> dict[str, int]:
    counts = ((value, (of_value & among).bit_count()) for value, of_value in named.items())
    return {value: count for value, count in counts if count}
