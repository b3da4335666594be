"""Lines of a scene that are read aloud: prose, speech, and text under a condition."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from app.domain.scenario import Block, Branch, Conditional, Prose, Speech
from app.domain.scenario_condition import Condition, read_condition
from app.library.case_lines import CaseLine, Faults, place_of
from app.library.case_values import condition_of, nearest

_SPEECH = re.compile(r"\*\*([^*:\n]{1,60}):\*\*[ \t]*(.*)|\*\*([^*:\n]{1,60})\*\*:[ \t]*(.*)")
_NEVER = read_condition("not (breached or not breached)")  # stands in for one that is unreadable

Speakers = Mapping[str, str]  # name as written, in small letters → cast id


def blocks_of(
    lines: Sequence[CaseLine], *, speakers: Speakers, faults: Faults
) -> tuple[Block, ...]:
    """Reads paragraphs, speech and `::: if` blocks, in order."""
    blocks: list[Block] = []
    plain: list[CaseLine] = []
    at = 0
    while at < len(lines):
        if not lines[at].text.startswith(":::"):
            plain.append(lines[at])
            at += 1
            continue
        blocks += _plain_blocks(plain, speakers, faults)
        plain = []
        end = _end_of_conditional(lines, at, faults)
        blocks += _conditional(lines[at:end], speakers, faults)
        at = end
    return (*blocks, *_plain_blocks(plain, speakers, faults))


def _end_of_conditional(lines: Sequence[CaseLine], at: int, faults: Faults) -> int:
    if _fence_word(lines[at]) != "if":
        return at + 1  # a stray fence, told when it is read
    for end in range(at + 1, len(lines)):
        word = _fence_word(lines[end])
        if word == "":
            return end + 1
        if word == "if":
            advice = "Close the first block before; blocks do not stand inside each other."
            faults.at(lines[end], "SC100", "A second “::: if” starts inside a block.", advice)
            return end
    faults.at(lines[at], "SC100", "This block is never closed.", "Add a line with “:::”.")
    return len(lines)


def _fence_word(line: CaseLine) -> str | None:
    """The word after `:::`; empty for a closing line. None: the line is no fence."""
    if not line.text.startswith(":::"):
        return None
    return line.text.strip(": \t").partition(" ")[0]


def _conditional(
    lines: Sequence[CaseLine], speakers: Speakers, faults: Faults
) -> list[Conditional]:
    branches: list[Branch] = []
    condition: Condition | None = _NEVER
    inner: list[CaseLine] = []
    for number, line in enumerate(lines):
        word = _fence_word(line)
        if word is None:
            inner.append(line)
            continue
        if number:
            branches.append(Branch(condition, tuple(_plain_blocks(inner, speakers, faults))))
        inner = []
        condition = _branch_condition(line, word, faults, is_first=number == 0)
    if lines and _fence_word(lines[-1]) is None:
        branches.append(Branch(condition, tuple(_plain_blocks(inner, speakers, faults))))
    return [Conditional(tuple(branches), place_of(lines))] if branches else []


def _branch_condition(
    line: CaseLine, word: str, faults: Faults, *, is_first: bool
) -> Condition | None:
    rest = line.text.strip(": \t")
    if is_first and word == "if":
        return condition_of(rest[2:], line, faults) or _NEVER
    if not is_first and rest.startswith("else if "):
        return condition_of(rest[8:], line, faults) or _NEVER
    if not is_first and rest == "else":
        return None
    if word or is_first:
        message = "This line starts or goes on with a block in no known way."
        faults.at(line, "SC100", message, "Write “::: if condition”, “::: else” or “:::”.")
    return _NEVER


def _plain_blocks(
    lines: Sequence[CaseLine], speakers: Speakers, faults: Faults
) -> list[Prose | Speech]:
    blocks: list[Prose | Speech] = []
    prose: list[list[CaseLine]] = []

    def close_prose() -> None:
        if prose:
            text = "\n\n".join(_joined(paragraph) for paragraph in prose)
            blocks.append(Prose(text, place_of([line for p in prose for line in p])))
            prose.clear()

    for paragraph in _paragraphs(lines):
        speech = _SPEECH.match(paragraph[0].text)
        if speech is None:
            prose.append(paragraph)
            continue
        close_prose()
        name = (speech[1] or speech[3] or "").strip()
        first = speech[2] if speech[1] else speech[4]
        words = "\n".join([first or "", *(line.text for line in paragraph[1:])]).strip()
        speaker = _speaker(name, paragraph[0], speakers, faults)
        blocks.append(Speech(speaker, name, words, place_of(paragraph)))
    close_prose()
    return blocks


def _speaker(name: str, line: CaseLine, speakers: Speakers, faults: Faults) -> str:
    speaker = speakers.get(name.lower(), "")
    if not speaker:
        known = [one.title() for one in speakers]
        faults.at(line, "SC113", f"Nobody in cast is called “{name}”.", nearest(name, known))
    return speaker


def _paragraphs(lines: Sequence[CaseLine]) -> list[list[CaseLine]]:
    found: list[list[CaseLine]] = [[]]
    for line in lines:
        if line.is_blank or _SPEECH.match(line.text):
            found.append([])
        if not line.is_blank:
            found[-1].append(line)
    return [paragraph for paragraph in found if paragraph]


def _joined(lines: Sequence[CaseLine]) -> str:
    return "\n".join(line.text for line in lines)
