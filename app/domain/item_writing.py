"""Rules of item writing that software can check, one item at a time and over a whole bank.

Software sees wording only: whether the key is right and the distractors plausible is for people.
Source: NBME Item-Writing Guide (2020); Haladyna, Downing and Rodriguez (2002).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.domain.cue_guesser import GuesserReport, cue_guesser
from app.domain.item import Item, Option
from app.domain.item_bank import check_bank
from app.domain.item_words import ABSOLUTES, VAGUE, found_in, listed, normal_form, words
from app.domain.problem import Problem, Severity

__all__ = ["GuesserReport", "check_item_writing", "check_items", "cue_guesser"]

KEY_WHY_WORDS = (40, 160)  # least and most; the aim is 60 to 120
OTHER_WHY_WORDS = (8, 90)
VIGNETTE_WORDS = (25, 180)
LENGTH_SPREAD = 1.8  # longest to shortest; the aim is 1.5
KEY_STANDS_OUT = 1.25  # key to the next longest option
SHORT_OPTION = 25  # characters; spread among options shorter than this tells nobody anything

_CATCH_ALL = re.compile(
    r"\b(all|none|any|both|neither) of the (above|below|options)\b|^(all|none) of (these|them)\b",
    re.IGNORECASE,
)
_COMBINED = re.compile(r"\b(both )?\(?[A-E]\)? (and|or|but) \(?[A-E]\)?(?=\W|$)")
_SHOUTED_NOT = re.compile(r"\b(NOT|EXCEPT|LEAST)\b")
_NEGATIVE = re.compile(
    r"\bexcept\b|\bleast (appropriate|likely|helpful|useful|suitable|accurate|effective)\b"
    r"|\bwhich\b[^?]*\b(is|are|was|were|would|should|does|do) not\b",
    re.IGNORECASE,
)
_UNFOCUSED = re.compile(
    r"\bwhich (of the following )?(statements? )?(is|are) (true|correct|false|incorrect)\b",
    re.IGNORECASE,
)
_LETTER = re.compile(
    r"\b(?:[Oo]ption|[Aa]nswer|[Cc]hoice|[Dd]istractor)s? \(?(?:[A-E]|[b-e])\)?(?=\W|$)"
    r"|\b(?:[Oo]ption|[Dd]istractor)s? \(?a\)?(?=[.,;:)]| is\b| and\b| or\b| would\b|$)"
)
_POSITION = re.compile(
    r"\b(option|answer|choice)s? (above|below)\b"
    r"|\bthe (first|second|third|fourth|fifth|last|previous|preceding) option\b",
    re.IGNORECASE,
)


def check_items(items: Sequence[Item]) -> list[Problem]:
    """Checks every item and the bank they form. Retired items are left in peace."""
    checked = [item for item in items if item.status != "retired"]
    problems = [problem for item in checked for problem in check_item_writing(item)]
    return problems + check_bank(checked)


def check_item_writing(item: Item) -> list[Problem]:
    """Checks the wording of one item."""
    problems = [*_stem_faults(item), *_length_faults(item), *_same_options(item)]
    for option in item.options:
        problems += _option_faults(item, option)
        problems += _why_faults(item, option)
    return problems


def _stem_faults(item: Item) -> list[Problem]:
    found = []
    lead_in = lead_in_of(item.stem)
    if _SHOUTED_NOT.search(item.stem) or _NEGATIVE.search(lead_in):
        message = "The question asks for what does not fit."
        advice = "Ask for the best, first or next step instead; under stress a “not” is missed."
        found.append(_fault(item, "IW103", message, advice, "stem"))
    if item.stem.rstrip()[-1:] not in {"?", ":", "…"}:
        message = "The stem does not end with a question."
        advice = "End it with one closed question, such as “Which step is best now?”."
        found.append(_fault(item, "IW108", message, advice, "stem", is_error=False))
    elif _UNFOCUSED.search(lead_in):
        message = "The question could be about anything: “which is true” tests several points."
        advice = "Ask one thing that can be answered with the options covered."
        found.append(_fault(item, "IW108", message, advice, "stem", is_error=False))
    found += _article_cue(item, lead_in)
    length = len(words(item.vignette)) + len(words(item.stem))
    least, most = VIGNETTE_WORDS
    if item.level != "recall" and not least <= length <= most:
        message = f"The case has {length} words."
        advice = f"Between {least} and {most} words give enough to decide on, and not more."
        found.append(_fault(item, "IW115", message, advice, "stem", is_error=False))
    return found


def _article_cue(item: Item, lead_in: str) -> list[Problem]:
    """Finds a stem that ends in “a” or “an” and fits some options by grammar alone."""
    ending = re.search(r"\b(an?)\s*(?:\.\.\.|…|:|_+|\?)?\s*$", lead_in, re.IGNORECASE)
    if not ending:
        return []
    wants_vowel = ending.group(1).lower() == "an"
    fits = [option.text[:1].lower() in "aeiou" for option in item.options]
    if all(fit == wants_vowel for fit in fits):
        return []
    message = f"The stem ends in “{ending.group(1)}”, which not every option can follow."
    return [_fault(item, "IW107", message, "Move the article into the options.", "stem")]


def _option_faults(item: Item, option: Option) -> list[Problem]:
    found = []
    place = f"options[{option.id}].text"
    if _CATCH_ALL.search(option.text):
        message = f"An option is a catch-all: “{option.text}”"
        advice = "Write an option of its own; options are shuffled, and half-knowledge solves it."
        found.append(_fault(item, "IW101", message, advice, place))
    if _COMBINED.search(option.text):
        message = f"An option combines others by letter: “{option.text}”"
        found.append(_fault(item, "IW102", message, "Write what it means in words.", place))
    for code, vocabulary, what in (
        ("IW104", ABSOLUTES, "an absolute word"),
        ("IW105", VAGUE, "a vague word of frequency"),
    ):
        used = found_in(vocabulary, option.text)
        if used:
            message = f"An option uses {what}: {listed(used)}."
            advice = "Reword it: test-wise readers take such words as a sign."
            found.append(_fault(item, code, message, advice, place, is_error=False))
    return found


def _why_faults(item: Item, option: Option) -> list[Problem]:
    found = []
    place = f"options[{option.id}].why"
    length = len(words(option.why))
    is_key = option.id in item.key
    least, most = KEY_WHY_WORDS if is_key else OTHER_WHY_WORDS
    if not least <= length <= most:
        what = "key" if is_key else "wrong option"
        message = f"The reason for a {what} has {length} words."
        advice = f"Give {least} to {most}: the rule and the deciding fact."
        if not is_key:
            advice = f"Give {least} to {most}: why it is wrong here, and when it would be right."
        found.append(_fault(item, "IW109", message, advice, place, is_error=False))
    letter = _LETTER.search(option.why)
    if letter:
        message = f"The reason names an option by its letter: “{letter.group()}”."
        advice = "Options are shuffled. Say what the option does instead."
        found.append(_fault(item, "IW110", message, advice, place))
    position = _POSITION.search(option.why)
    if position:
        message = f"The reason points to a place: “{position.group()}”."
        advice = "Options are shuffled. Say what the option does instead."
        found.append(_fault(item, "IW111", message, advice, place, is_error=False))
    return found


def _length_faults(item: Item) -> list[Problem]:
    lengths = {option.id: len(option.text) for option in item.options}
    longest, shortest = max(lengths.values()), min(lengths.values())
    found = []
    if longest > SHORT_OPTION and longest > LENGTH_SPREAD * shortest:
        message = f"The longest option has {longest} characters, the shortest {shortest}."
        advice = "Bring them to similar length, with the same amount of detail."
        found.append(_fault(item, "IW113", message, advice, "options", is_error=False))
    key = lengths.get(item.key[0], 0)
    others = [length for option_id, length in lengths.items() if option_id not in item.key]
    if key > SHORT_OPTION and key > KEY_STANDS_OUT * max(others, default=key):
        message = "The key is clearly the longest option."
        advice = "Shorten it, or give the other options as much detail."
        found.append(_fault(item, "IW114", message, advice, "options", is_error=False))
    return found


def _same_options(item: Item) -> list[Problem]:
    seen: dict[str, str] = {}
    found = []
    for option in item.options:
        other = seen.setdefault(normal_form(option.text), option.id)
        if other != option.id:
            message = f"The options {other} and {option.id} say the same."
            advice = "Reword one: two equal options cannot both be wrong or right."
            place = f"options[{option.id}].text"
            found.append(_fault(item, "IW112", message, advice, place))
    return found


def lead_in_of(stem: str) -> str:
    """Gives the question that ends a stem: its last sentence."""
    sentences = re.split(r"(?<=[.?!])[”\"’']?\s+", stem.strip())
    return sentences[-1]


def _fault(
    item: Item, code: str, message: str, advice: str, field: str, *, is_error: bool = True
) -> Problem:
    return Problem(
        code=code,
        severity=Severity.ERROR if is_error else Severity.WARNING,
        path=item.path,
        message=message,
        advice=advice,
        line=item.line or None,
        field=field,
        subject=item.id,
    )
