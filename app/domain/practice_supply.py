"""How many questions each choice of a quiz would leave, told before the start."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.domain.item import Item
from app.domain.practice import (
    PracticeRecord,
    PracticeSupply,
    PracticeWish,
    WishPart,
    difficulty_of,
    misfits,
    supply,
)

BROAD = frozenset({WishPart.TOPICS, WishPart.SEEN})


@dataclass(frozen=True, slots=True)
class PracticeOutlook:
    """What fits a wish, and what would with one part of it chosen otherwise.

    Shape: `choices` counts by part and value what fits if that part asked for this value alone;
    values that nothing fits are absent. `without` counts what fits if a part that asks for
    something asked for nothing. `topics` looks past topics and states, so that both can be
    weighed at once.
    """

    fitting: int
    choices: Mapping[WishPart, Mapping[str, int]]
    without: Mapping[WishPart, int]
    topics: Mapping[str, PracticeSupply]

    @property
    def ways_out(self) -> tuple[tuple[WishPart, int], ...]:
        """Parts to give up when nothing fits, the most fruitful first; none may be enough."""
        helping = [(part, count) for part, count in self.without.items() if count]
        return tuple(sorted(helping, key=lambda pair: (-pair[1], pair[0])))


def outlook(items: Iterable[Item], wish: PracticeWish, record: PracticeRecord) -> PracticeOutlook:
    """Counts what fits a wish and every other choice, in one pass over the items."""
    fitting = 0
    choices: dict[WishPart, Counter[str]] = {part: Counter() for part in WishPart}
    without = dict.fromkeys(wish.narrowed, 0)
    topics: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        kept_out_by = misfits(item, wish, record)
        fitting += not kept_out_by
        if kept_out_by <= BROAD:
            topics[item.topic].append(item)
        for part in WishPart:
            if kept_out_by <= {part}:
                choices[part].update(_values(item, part, record))
                if part in without:
                    without[part] += 1
    last_right = {item_id: last.is_right for item_id, last in record.last.items()}
    return PracticeOutlook(
        fitting=fitting,
        choices=choices,
        without=without,
        topics={topic: supply(some, last_right) for topic, some in topics.items()},
    )


def _values(item: Item, part: WishPart, record: PracticeRecord) -> Iterable[str]:
    if part is WishPart.TOPICS:
        return (item.topic,)
    if part is WishPart.DOMAINS:
        return (item.domain,)
    if part is WishPart.COMPETENCIES:
        return set(item.competencies)
    if part is WishPart.DIFFICULTIES:
        return (difficulty_of(item),)
    return record.states(item.id)
