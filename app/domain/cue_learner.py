"""A guesser that learns from other question files which words stand in keys and which do not.

It finds what no list of cue words foresees: a habit of the writers, such as giving a reason in
wrong options only. Each file is answered with what the other files taught.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import log

from app.domain.item import Item
from app.domain.item_words import words

LEAST_USES = 8  # a word seen less often teaches nothing
LEAST_RATIO = 2.0  # a habit worth naming: at least twice as common on one side


@dataclass(slots=True)
class _Tally:
    """In how many options each word stands, for keys and for wrong options."""

    keys: Counter[str] = field(default_factory=Counter)
    others: Counter[str] = field(default_factory=Counter)
    key_options: int = 0
    other_options: int = 0

    def weight(self, word: str) -> float:
        """Tells how much a word speaks for a key: the logarithm of a likelihood ratio."""
        if self.keys[word] + self.others[word] < LEAST_USES:
            return 0.0
        in_keys = (self.keys[word] + 1) / (self.key_options + 2)
        in_others = (self.others[word] + 1) / (self.other_options + 2)
        return log(in_keys / in_others)


def learned_scores(items: Sequence[Item]) -> Mapping[str, list[float]]:
    """Scores the options of every item by the words that keys of other files use.

    Shape: item id → one score for each option, in order; all nought when there is one file only.
    """
    by_file: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        by_file[item.path].append(item)
    whole = _tally(items)
    scores = {}
    for some in by_file.values():
        others = _without(whole, _tally(some))
        for item in some:
            scores[item.id] = [
                sum(others.weight(word) for word in set(words(option.text)))
                for option in item.options
            ]
    return scores


def telling_words(items: Sequence[Item], most: int = 6) -> tuple[list[str], list[str]]:
    """Names the words that tell most: of wrong options first, then of keys.

    Shape: at most `most` words each, the most telling first; empty when wording is even.
    """
    tally = _tally(items)
    weights = {word: tally.weight(word) for word in tally.keys | tally.others}
    enough = log(LEAST_RATIO)
    by_weight = sorted(weights, key=lambda word: (weights[word], word))
    wrong = [word for word in by_weight[:most] if weights[word] < -enough]
    right = [word for word in by_weight[::-1][:most] if weights[word] > enough]
    return wrong, right


def _tally(items: Sequence[Item]) -> _Tally:
    tally = _Tally()
    for item in items:
        for option in item.options:
            used = set(words(option.text))
            if option.id in item.key:
                tally.keys.update(used)
                tally.key_options += 1
            else:
                tally.others.update(used)
                tally.other_options += 1
    return tally


def _without(whole: _Tally, part: _Tally) -> _Tally:
    return _Tally(
        keys=whole.keys - part.keys,
        others=whole.others - part.others,
        key_options=whole.key_options - part.key_options,
        other_options=whole.other_options - part.other_options,
    )
