"""Words as a test-wise reader sees them: lists of cue words and ways to compare texts."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache


def _vocabulary(text: str) -> frozenset[str]:
    return frozenset(text.split())


ABSOLUTES = _vocabulary(
    "always never only all must every none entirely completely totally absolutely"
)
VAGUE = _vocabulary(
    "often usually frequently sometimes rarely generally typically occasionally seldom normally "
    "commonly"
)
HEDGES = _vocabulary(
    "may might could can if when where unless until whether while though although because "
    "possible possibly likely perhaps some partly within depending provided appropriate needed "
    "relevant first before after once"
)
KIND = _vocabulary(
    "ask asks asking explore explores exploring invite invites together listen listens acknowledge "
    "acknowledges reflect reflects support supports discuss discusses offer offers thank thanks "
    "choose choice choices agree agrees agreed share shared help helps understand hear hears "
    "respect respects consent permission feel feelings concern wishes wants willing"
)
REASONS = _vocabulary("since because so as until given therefore")
_STOP = _vocabulary(
    "a an and are as at be been being but by can could did do does for from had has have he her "
    "hers him his how i if in into is it its may me might more most my no nor not of on or other "
    "our out own she should so some such than that the their them then there these they this "
    "those through to under until up was we were what when where which while who whom why will "
    "with would you your about after again before both during each few further here just once "
    "over same too very also one two three four five six first next best says said say tell told "
    "asks ask asked"
)
_WORD = re.compile(r"[a-z0-9]+(?:['’-][a-z0-9]+)*")
_ENDINGS = ("ations", "ation", "ingly", "ments", "ment", "ings", "ing", "edly", "ies", "ied")
_SHORT_ENDINGS = ("ed", "es", "ly", "s")


def words(text: str) -> list[str]:
    """Lists the words of a text in small letters, in order."""
    return _WORD.findall(text.lower())


def content_roots(text: str) -> set[str]:
    """Gives the words that carry meaning, cut down so that plurals and tenses agree."""
    return {root(word) for word in words(text) if word not in _STOP and len(word) > 3}


@lru_cache(maxsize=8192)
def root(word: str) -> str:
    """Cuts common endings off a word. Crude on purpose: readers match words just as crudely."""
    plain = word.removesuffix("'s").removesuffix("’s")
    for endings, least in ((_ENDINGS, 4), (_SHORT_ENDINGS, 3)):
        for ending in endings:
            if plain.endswith(ending) and len(plain) - len(ending) >= least:
                return plain[: -len(ending)]
    return plain


def count_of(vocabulary: frozenset[str], text: str) -> int:
    """Counts how many words of a text belong to a list."""
    return sum(word in vocabulary for word in words(text))


def found_in(vocabulary: frozenset[str], text: str) -> list[str]:
    """Lists the words of a text that belong to a list, each once, in order."""
    return list(dict.fromkeys(word for word in words(text) if word in vocabulary))


def normal_form(text: str) -> str:
    """Strips a text of everything but its words, so that equal wording compares equal."""
    return " ".join(words(text))


def shingles(text: str, size: int = 3) -> set[str]:
    """Gives all runs of a few words, by which near-duplicates are found."""
    found = words(text)
    return {" ".join(found[i : i + size]) for i in range(len(found) - size + 1)}


def pairs_sharing(runs: Sequence[Iterable[str]], *, most: int) -> Counter[tuple[int, int]]:
    """Counts what each two texts share, comparing only texts that share something.

    Shape: by places in `runs`, the lower one first. What more than `most` texts hold tells
    nothing and is passed over.
    """
    seen_in: dict[str, list[int]] = defaultdict(list)
    for place, some in enumerate(runs):
        for run in some:
            seen_in[run].append(place)
    shared: Counter[tuple[int, int]] = Counter()
    for places in seen_in.values():
        if 1 < len(places) <= most:
            shared.update((one, other) for i, one in enumerate(places) for other in places[i + 1 :])
    return shared


def likeness(one: set[str], other: set[str]) -> float:
    """Compares two sets of runs. Units: proportion 0–1 of what either has that both have."""
    either = len(one | other)
    return len(one & other) / either if either else 0.0


def share(part: float, whole: float) -> float:
    """Divides, giving nought of nothing. Units: proportion 0–1."""
    return part / whole if whole else 0.0


def listed(names: Iterable[str]) -> str:
    """Writes names in a row, each in quotation marks."""
    return ", ".join(f"“{name}”" for name in names)
