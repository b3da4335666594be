"""How far a reader would get who knows nothing and follows the wording of the options.

If such a guesser beats chance clearly, the bank tests test-wiseness instead of knowledge.
Source: NBME Item-Writing Guide (2020), flaws that cue the test-wise reader.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import sqrt

from app.domain.cue_learner import learned_scores
from app.domain.item import Item
from app.domain.item_words import (
    ABSOLUTES,
    HEDGES,
    KIND,
    REASONS,
    content_roots,
    count_of,
    share,
)

LEAST_ITEMS = 20  # below this, chance alone moves the share too much to say anything
CLEARLY = 2.6  # standard errors above chance; ten cues are tried, so one in twenty banks errs
LEARNED = "the option worded most like keys in other files"
NO_REASON = "the option that gives no reason for itself"
WORTHWHILE = 0.10  # and at least this much above chance, as a proportion


@dataclass(frozen=True, slots=True)
class CueScore:
    """How one cue does over a bank. Units: shares are proportions 0–1.

    `right` is the expected number of right answers, ties counted in parts; `excess` is how many
    standard errors it lies above chance. `solved` are the ids it answers right without a tie.
    """

    cue: str
    right: float
    share_right: float
    excess: float
    solved: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GuesserReport:
    """What a guesser gets from cues alone. Shape: `cues` are best first.

    Units: `chance` is the proportion 0–1 that blind guessing gets right.
    """

    items: int
    chance: float
    cues: tuple[CueScore, ...]

    @property
    def clear_winners(self) -> tuple[CueScore, ...]:
        """The cues that beat chance clearly; empty when there are too few items to tell."""
        if self.items < LEAST_ITEMS:
            return ()
        return tuple(
            cue
            for cue in self.cues
            if cue.excess >= CLEARLY and cue.share_right - self.chance >= WORTHWHILE
        )


_Scores = list[float]


def cue_guesser(items: Sequence[Item]) -> GuesserReport:
    """Lets a guesser answer a bank by each cue in turn.

    None: an empty bank gives a report with no cues.
    """
    if not items:
        return GuesserReport(0, 0.0, ())
    learned = learned_scores(items)

    def as_learned(item: Item) -> _Scores:
        return learned[item.id]

    cues = [_cue_score(name, scores, items) for name, scores in _CUES.items()]
    cues.append(_cue_score(LEARNED, as_learned, items))
    cues.sort(key=lambda cue: -cue.share_right)
    return GuesserReport(len(items), sum(map(_chance, items)) / len(items), tuple(cues))


def _cue_score(name: str, scores: Callable[[Item], _Scores], items: Sequence[Item]) -> CueScore:
    chances = [_chance(item) for item in items]
    spread = sqrt(sum(chance * (1 - chance) for chance in chances))
    parts = {item.id: _part_right(item, scores(item)) for item in items}
    right = sum(parts.values())
    return CueScore(
        cue=name,
        right=right,
        share_right=right / len(items),
        excess=(right - sum(chances)) / spread,
        solved=tuple(item_id for item_id, part in parts.items() if part == 1.0),
    )


def _chance(item: Item) -> float:
    return 1 / len(item.options)


def _part_right(item: Item, scores: _Scores) -> float:
    """Tells how likely the guesser is right: ties at the top are broken blindly."""
    top = [
        option.id
        for option, score in zip(item.options, scores, strict=True)
        if score >= max(scores) - 1e-9
    ]
    return len(set(top) & set(item.key)) / len(top)


def _longest(item: Item) -> _Scores:
    return [len(option.text) for option in item.options]


def _shortest(item: Item) -> _Scores:
    return [-len(option.text) for option in item.options]


def _most_hedged(item: Item) -> _Scores:
    return [
        count_of(HEDGES, option.text) - 2 * count_of(ABSOLUTES, option.text)
        for option in item.options
    ]


def _kindest(item: Item) -> _Scores:
    return [count_of(KIND, option.text) for option in item.options]


def _fewest_reasons(item: Item) -> _Scores:
    return [-count_of(REASONS, option.text) for option in item.options]


def _closest_to_stem(item: Item) -> _Scores:
    stem = content_roots(f"{item.vignette} {item.stem}")
    return [len(content_roots(option.text) & stem) for option in item.options]


def _closest_to_others(item: Item) -> _Scores:
    roots = [content_roots(option.text) for option in item.options]
    return [float(sum(len(one & other) for other in roots if other is not one)) for one in roots]


def _middle(item: Item) -> _Scores:
    last = len(item.options) - 1
    return [float(0 < place < last) for place in range(last + 1)]


def _all_together(item: Item) -> _Scores:
    """Adds up the cues a practised guesser would weigh, each scaled to its own range."""
    total = [0.0] * len(item.options)
    for cue in (_longest, _most_hedged, _kindest, _closest_to_stem, _closest_to_others):
        scores = cue(item)
        low, high = min(scores), max(scores)
        total = [
            sum_so_far + share(score - low, high - low)
            for sum_so_far, score in zip(total, scores, strict=True)
        ]
    return total


_CUES: dict[str, Callable[[Item], _Scores]] = {
    "the longest option": _longest,
    "the shortest option": _shortest,
    "the most hedged option": _most_hedged,
    "the kindest-sounding option": _kindest,
    NO_REASON: _fewest_reasons,
    "the option that repeats most words of the stem": _closest_to_stem,
    "the option most like the others": _closest_to_others,
    "an option in the middle": _middle,
    "several of these cues together": _all_together,
}
