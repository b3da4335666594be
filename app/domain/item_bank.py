"""What only shows over many items: balance, cues that repeat, and items that are twins."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby

from app.domain.cue_guesser import LEARNED, NO_REASON, cue_guesser
from app.domain.cue_learner import telling_words
from app.domain.item import Item
from app.domain.item_words import (
    REASONS,
    content_roots,
    count_of,
    likeness,
    listed,
    normal_form,
    pairs_sharing,
    share,
    shingles,
)
from app.domain.problem import Problem, Severity

LEAST_ITEMS = 8  # below this, shares and balance say nothing
MOST_KEY_LONGEST = 0.30
MOST_RECALL = 0.25
LONGEST_RUN = 3
TWIN_LIKENESS = 0.5
RARE_IN = 0.05  # a word is rare when at most this share of items uses it,
MOST_RARE = 7  # and no more than so many, however large the bank grows
# Chi-square at one in a hundred, by number of options less one.
_TOO_UNEVEN = {2: 9.21, 3: 11.34, 4: 13.28}


def check_bank(items: Sequence[Item]) -> list[Problem]:
    """Checks each question file by itself, then the bank as a whole."""
    problems: list[Problem] = []
    by_file: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        by_file[item.path].append(item)
    for path, some in by_file.items():
        problems += _file_faults(path, some)
    problems += _whole_bank_faults(items)
    problems += _twins(items)
    problems += _repeated_words(items)
    return problems


def _file_faults(path: str, items: Sequence[Item]) -> Iterator[Problem]:
    if len(items) >= LEAST_ITEMS:
        yield from _key_longest(path, items)
        yield from _recall_share(path, items)
        yield from _uneven_positions(path, items)
    yield from _runs(path, items)


def _whole_bank_faults(items: Sequence[Item]) -> Iterator[Problem]:
    path = "content/questions"
    report = cue_guesser(items)
    for cue in report.clear_winners:
        message = (
            f"A guesser who picks {cue.cue} gets {cue.share_right:.0%} of {report.items} right;"
            f" chance is {report.chance:.0%}."
        )
        advice = f"Give wrong options the same trait in some of {listed(cue.solved[:12])}."
        if cue.cue == LEARNED:
            wrong, right = telling_words(items)
            advice = f"Telling words: {listed(wrong)} in wrong options, {listed(right)} in keys."
        yield _warning("IW137", path, message, advice)
        if cue.cue == NO_REASON:
            yield from _one_sided_reasons(items)
    if len({item.path for item in items}) > 1 and len(items) >= LEAST_ITEMS:
        yield from _key_longest(path, items)


def _one_sided_reasons(items: Sequence[Item]) -> Iterator[Problem]:
    """Names the items in which wrong options plead for themselves and the key does not."""
    for item in items:
        pleading = [option.id for option in item.options if count_of(REASONS, option.text)]
        if len(pleading) >= 2 and not set(pleading) & set(item.key):
            message = "Wrong options give reasons for themselves, and the key gives none."
            advice = "Take reasons out of some wrong options, or give the key one too."
            yield _warning("IW116", item.path, message, advice, item)


def _key_longest(path: str, items: Sequence[Item]) -> Iterator[Problem]:
    longest = [item for item in items if _key_is_longest(item)]
    if share(len(longest), len(items)) > MOST_KEY_LONGEST:
        message = f"The key is the longest option in {len(longest)} of {len(items)} questions."
        advice = f"Even out lengths in some of {listed(item.id for item in longest[:6])}."
        yield _warning("IW131", path, message, advice)


def _key_is_longest(item: Item) -> bool:
    lengths = {option.id: len(option.text) for option in item.options}
    return all(lengths[item.key[0]] > n for name, n in lengths.items() if name != item.key[0])


def _recall_share(path: str, items: Sequence[Item]) -> Iterator[Problem]:
    recall = sum(item.level == "recall" for item in items)
    if share(recall, len(items)) > MOST_RECALL:
        message = f"{recall} of {len(items)} questions ask for recall."
        advice = "Turn some into cases: what is to be done matters more than what it is called."
        yield _warning("IW134", path, message, advice)


def _uneven_positions(path: str, items: Sequence[Item]) -> Iterator[Problem]:
    places = [_key_place(item) for item in items]
    most = max(len(item.options) for item in items)
    expected = [sum(1 / len(i.options) for i in items if len(i.options) > p) for p in range(most)]
    seen = Counter(places)
    unevenness = sum((seen[place] - due) ** 2 / due for place, due in enumerate(expected))
    crowded = max(seen.values()) > len(items) / 2
    unused = len(items) >= 3 * most and len(seen) < most
    if unevenness > _TOO_UNEVEN.get(most - 1, 13.28) or crowded or unused:
        told = ", ".join(f"{'abcde'[place]} {seen[place]}" for place in range(most))
        message = f"The key stands unevenly: {told}."
        yield _warning("IW132", path, message, "Reorder options until each place has its share.")


def _runs(path: str, items: Sequence[Item]) -> Iterator[Problem]:
    for place, group in groupby(items, key=_key_place):
        run = list(group)
        if len(run) > LONGEST_RUN:
            message = f"The key is {'abcde'[place]} in {len(run)} questions in a row."
            advice = "Reorder the options of one of them."
            yield _warning("IW133", path, message, advice, run[0])


def _key_place(item: Item) -> int:
    return [option.id for option in item.options].index(item.key[0])


def _twins(items: Sequence[Item]) -> Iterator[Problem]:
    """Finds items that say nearly the same, comparing only those that share a run of words."""
    texts = [f"{item.stem} {_key_text(item)}" for item in items]
    runs = [shingles(text) for text in texts]
    shared = pairs_sharing(runs, most=12)  # a phrase of every lead-in tells nothing
    for (first, second), count in sorted(shared.items()):
        if count < 3:
            continue
        one, other = items[first], items[second]
        if normal_form(texts[first]) == normal_form(texts[second]):
            message = f"This question is the same as “{one.id}” ({one.path}:{one.line})."
            advice = "Delete one of them."
            yield _warning("IW136", other.path, message, advice, other, is_error=True)
        elif likeness(runs[first], runs[second]) >= TWIN_LIKENESS:
            message = f"This question is much like “{one.id}” ({one.path}:{one.line})."
            advice = "Make it ask something else, or delete one of them."
            yield _warning("IW135", other.path, message, advice, other)


def _repeated_words(items: Sequence[Item]) -> Iterator[Problem]:
    """Finds rare words that the stem shares with the key and with no other option."""
    stems = [content_roots(f"{item.vignette} {item.stem}") for item in items]
    use = Counter(root for roots in stems for root in roots)
    limit = max(2.0, min(MOST_RARE, RARE_IN * len(items)))
    for item, stem in zip(items, stems, strict=True):
        rare = {root for root in stem if use[root] <= limit and len(root) > 3}
        echoes = {option.id: content_roots(option.text) & rare for option in item.options}
        key = echoes.pop(item.key[0])
        elsewhere = set().union(*echoes.values())
        alone = key - elsewhere
        if len(alone) >= 2 and len(key) > max(map(len, echoes.values()), default=0) + 1:
            message = f"The stem and the key alone share the words {listed(sorted(alone))}."
            advice = "Use these words in a wrong option too, or reword the key."
            yield _warning("IW106", item.path, message, advice, item)


def _key_text(item: Item) -> str:
    return " ".join(option.text for option in item.options if option.id in item.key)


def _warning(
    code: str,
    path: str,
    message: str,
    advice: str,
    item: Item | None = None,
    *,
    is_error: bool = False,
) -> Problem:
    return Problem(
        code=code,
        severity=Severity.ERROR if is_error else Severity.WARNING,
        path=path,
        message=message,
        advice=advice,
        line=item.line if item else None,
        subject=item.id if item else "",
    )
