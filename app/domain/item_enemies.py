"""Items that must not stand on one exam form: twins, and items that give another one away."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from app.domain.item import Item
from app.domain.item_words import content_roots, likeness, pairs_sharing, shingles

ALIKE = 0.3  # proportion of shared runs of words from which two items are twins
TELLS = 0.6  # proportion of a key's rare words that another stem may not hold
LEAST_TELLING = 3  # so many rare words at least; fewer are found by chance
RARE_IN = 0.02  # a word is rare when at most this share of items uses it
MOST_SHARED = 12  # a phrase or word in more items than this tells nothing

Enemies = Mapping[str, frozenset[str]]


def find_enemies(items: Sequence[Item]) -> Enemies:
    """Finds which items may not meet, by item id. Items of one vignette are no enemies.

    Shape: symmetric; items without enemies are absent.
    Cost: about a second for two thousand items; keep it with the bank it was made from.
    """
    pairs = {*_twins(items), *_tellers(items)}
    found: dict[str, set[str]] = defaultdict(set)
    for first, second in pairs:
        one, other = items[first], items[second]
        if one.vignette_id and one.vignette_id == other.vignette_id:
            continue
        found[one.id].add(other.id)
        found[other.id].add(one.id)
    return {item_id: frozenset(others) for item_id, others in found.items()}


def _twins(items: Sequence[Item]) -> set[tuple[int, int]]:
    runs = [shingles(f"{item.vignette} {item.stem} {_key_text(item)}") for item in items]
    shared = pairs_sharing(runs, most=MOST_SHARED)
    return {
        (first, second)
        for (first, second), count in shared.items()
        if count >= LEAST_TELLING and likeness(runs[first], runs[second]) >= ALIKE
    }


def _tellers(items: Sequence[Item]) -> set[tuple[int, int]]:
    """Finds stems that hold most of the rare words of another item's key."""
    stems = [content_roots(f"{item.vignette} {item.stem}") for item in items]
    keys = [content_roots(_key_text(item)) for item in items]
    use = Counter(root for roots in stems for root in roots)
    limit = max(2.0, RARE_IN * len(items))
    holders: dict[str, list[int]] = defaultdict(list)
    for place, roots in enumerate(stems):
        for root in roots:
            if use[root] <= min(limit, MOST_SHARED):
                holders[root].append(place)
    found = set()
    for place, key in enumerate(keys):
        rare = [root for root in key if root in holders]
        if len(rare) < LEAST_TELLING:
            continue
        told = Counter(holder for root in rare for holder in holders[root] if holder != place)
        for holder, count in told.items():
            if count >= LEAST_TELLING and count >= TELLS * len(rare):
                found.add((min(place, holder), max(place, holder)))
    return found


def _key_text(item: Item) -> str:
    return " ".join(option.text for option in item.options if option.id in item.key)
