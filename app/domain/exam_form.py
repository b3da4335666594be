"""Putting an exam form together: the right mix, nothing twice, nothing that gives another away.

The same random seed and the same bank always give the same form.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

from app.domain.attempt import Slot
from app.domain.errors import Conflict
from app.domain.exam_blueprint import ExamShape
from app.domain.item import Item
from app.domain.item_enemies import Enemies

MOST_REPEATED = 0.20  # proportion of a form that one of the person's recent forms may hold
RECENT_FORMS = 3


@dataclass(frozen=True, slots=True)
class FormWish:
    """What a form is made for.

    Shape: `recent` holds the item ids of the person's latest forms; `shown` tells on how many
    forms of the organisation an item has stood.
    """

    shape: ExamShape
    recent: Sequence[frozenset[str]] = ()
    shown: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ExamForm:
    """The fixed set of items one person sees, in order, with the order of their options.

    Units: `most_repeated` counts items shared with that recent form which shares most.
    """

    slots: tuple[Slot, ...]
    items: tuple[Item, ...]
    most_repeated: int


def repeats_too_much(repeated: int, places: int) -> bool:
    """Says whether the bank was too small for a form that is new enough to the person."""
    return repeated > MOST_REPEATED * places


def mock_pool(items: Iterable[Item]) -> list[Item]:
    """Keeps the items that exams may use: offered ones, apart from the practice pool."""
    return [item for item in items if item.is_offered and item.pool == "mock"]


def assemble_form(
    pool: Sequence[Item], wish: FormWish, *, enemies: Enemies, random: Random
) -> ExamForm:
    """Draws a form: counts by domain, topics spread, fresh items first, enemies apart.

    Items on trial fill the unscored places; where there are too few of them, live items do.
    Shape: items of one vignette stand together; key positions are dealt out evenly.
    Raises: Conflict when a domain has too few items that may stand together.
    """
    draw = _Draw(wish, enemies, random)
    live = [item for item in pool if item.status == "live"]
    for domain, count in wish.shape.domains.items():
        taken = draw.take([item for item in live if item.domain == domain], count)
        if taken < count:
            raise Conflict(
                "bank-too-small",
                f"The question bank has too few questions for this exam: {taken} of {count} "
                f"in {domain}.",
                "Choose a shorter exam, or ask your trainer to add questions.",
            )
    scored = frozenset(item.id for item in draw.chosen)
    domains = frozenset(wish.shape.domains)
    on_trial = [item for item in pool if item.status == "pretest" and item.domain in domains]
    wanted = wish.shape.pretest
    wanted -= draw.take(on_trial, wanted)
    if wanted > 0:
        draw.take([item for item in live if item.domain in domains], wanted)
    items = _in_exam_order(draw.chosen, random)
    ids = {item.id for item in items}
    return ExamForm(
        slots=_slots(items, scored, random),
        items=tuple(items),
        most_repeated=max((len(ids & form) for form in wish.recent[:RECENT_FORMS]), default=0),
    )


class _Draw:
    """Chooses items one domain after the other, so that later ones see what is taken."""

    def __init__(self, wish: FormWish, enemies: Enemies, random: Random) -> None:
        self.chosen: list[Item] = []
        self._ids: set[str] = set()
        self._barred: set[str] = set()
        self._enemies = enemies
        self._random = random
        self._shown = wish.shown
        self._recent = wish.recent[:RECENT_FORMS]
        self._met = Counter(item_id for form in self._recent for item_id in form)

    def take(self, items: Sequence[Item], count: int) -> int:
        """Takes up to `count` of these items, spread over topics. Gives how many it took."""
        before = len(self.chosen)
        left = [item for item in items if item.id not in self._ids]
        self._take_spread([item for item in left if item.id not in self._met], count)
        still = count - (len(self.chosen) - before)
        if still > 0:
            self._take_met(left, still)
        return len(self.chosen) - before

    def _take_spread(self, items: Sequence[Item], count: int) -> None:
        by_topic: dict[str, list[Item]] = defaultdict(list)
        for item in items:
            by_topic[item.topic].append(item)
        queues = {topic: self._units(some) for topic, some in by_topic.items()}
        wanted = _quotas({topic: len(some) for topic, some in by_topic.items()}, count)
        end = len(self.chosen) + count
        for topic in self._shuffled(queues):
            self._take_units(queues[topic], min(wanted[topic], end - len(self.chosen)))
        for topic in self._shuffled(queues):  # what enemies kept from its topic, from any other
            self._take_units(queues[topic], end - len(self.chosen))

    def _take_met(self, items: Sequence[Item], count: int) -> None:
        """Takes items met before, so that no single recent form repeats more than it must.

        Among those that do equally little harm, the topic goes first that has least of its own.
        """
        supply = Counter(item.topic for item in items)
        units = self._units(item for item in items if item.id in self._met)
        end = len(self.chosen) + count
        while units and len(self.chosen) < end:
            repeated = [len(self._ids & form) for form in self._recent]
            taken = Counter(item.topic for item in self.chosen)
            shares = {topic: taken[topic] / there for topic, there in supply.items()}
            harms = [(*self._harm(unit, repeated), shares[unit[0].topic]) for unit in units]
            least = min(harms)
            best = max(place for place, harm in enumerate(harms) if harm == least)
            self._take_units([units.pop(best)], end - len(self.chosen))

    def _harm(self, unit: Sequence[Item], repeated: Sequence[int]) -> tuple[int, int]:
        """What taking a unit makes of the repeats: of the fullest recent form, and of all."""
        ids = {item.id for item in unit}
        after = [n + len(ids & form) for n, form in zip(repeated, self._recent, strict=True)]
        return max(after), sum(after)

    def _take_units(self, units: list[list[Item]], count: int) -> None:
        """Takes units from the end of a queue until enough items are chosen."""
        while units and count > 0:
            for item in units.pop():
                if count > 0 and item.id not in self._ids and item.id not in self._barred:
                    self.chosen.append(item)
                    self._ids.add(item.id)
                    self._barred |= self._enemies.get(item.id, frozenset())
                    count -= 1

    def _units(self, items: Iterable[Item]) -> list[list[Item]]:
        """Groups items by vignette; the least met and least shown groups stand last."""
        groups: dict[str, list[Item]] = defaultdict(list)
        for item in items:
            groups[item.vignette_id or item.id].append(item)
        worn = {
            name: (
                max(self._met.get(item.id, 0) for item in group),
                max(self._shown.get(item.id, 0) for item in group),
                self._random.random(),
            )
            for name, group in groups.items()
        }
        return [groups[name] for name in sorted(groups, key=lambda name: worn[name], reverse=True)]

    def _shuffled(self, topics: Iterable[str]) -> list[str]:
        names = sorted(topics)
        self._random.shuffle(names)
        return names


def _quotas(supply: Mapping[str, int], count: int) -> dict[str, int]:
    """Shares a count out in proportion to supply, by largest remainders."""
    total = sum(supply.values())
    if total <= count:
        return dict(supply)
    exact = {topic: count * there / total for topic, there in supply.items()}
    quotas = {topic: int(due) for topic, due in exact.items()}
    by_remainder = sorted(exact, key=lambda topic: (quotas[topic] - exact[topic], topic))
    for topic in by_remainder[: count - sum(quotas.values())]:
        quotas[topic] += 1
    return quotas


def _in_exam_order(items: Sequence[Item], random: Random) -> list[Item]:
    """Mixes all domains, as the real exam does; items of one vignette stay together."""
    groups: dict[str, list[Item]] = {}
    for item in items:
        groups.setdefault(item.vignette_id or item.id, []).append(item)
    units = list(groups.values())
    random.shuffle(units)
    return [item for unit in units for item in unit]


def _slots(items: Sequence[Item], scored: frozenset[str], random: Random) -> tuple[Slot, ...]:
    places = key_places([len(item.options) for item in items], random)
    slots = []
    for position, (item, place) in enumerate(zip(items, places, strict=True), start=1):
        order = [option.id for option in item.options if option.id != item.key[0]]
        random.shuffle(order)
        order.insert(place, item.key[0])
        slots.append(Slot(position, item.id, item.version, tuple(order), item.id in scored))
    return tuple(slots)


def key_places(option_counts: Sequence[int], random: Random) -> list[int]:
    """Deals out where the keys stand: each place of each option count equally often.

    Shape: places from 0; of items with equally many options, no place is used twice more
    often than another by more than one.
    """
    decks: dict[int, list[int]] = {}
    for options in set(option_counts):
        many = option_counts.count(options)
        deck = [place % options for place in range(many)]
        spare = many % options
        if spare:  # the places that come up once more are drawn, not always the first ones
            deck[-spare:] = random.sample(range(options), spare)
        random.shuffle(deck)
        decks[options] = deck
    return [decks[options].pop() for options in option_counts]
