"""walks/*.walk → test walks. One command on each line; `#` starts a comment."""

from __future__ import annotations

import re
from collections.abc import Callable

from app.domain.scenario_vocabulary import Place
from app.domain.scenario_walk import (
    Answer,
    AnswerStep,
    ExpectStep,
    GoStep,
    PickStep,
    SeeStep,
    Walk,
    WalkStep,
)
from app.library.case_lines import CaseLine, Faults
from app.library.case_values import nearest

COMMANDS = ("seed", "pick", "go", "map", "tick", "order", "say", "judge", "see", "expect")
EXPECTATIONS = ("ending", "score", "at", "open", "locked", "hidden", "total", "met")
MOST_STEPS = 1_000
_QUOTED = re.compile(r'([A-Za-z][\w-]*) +"(.*)"')
_TIE = re.compile(r"([A-Za-z][\w]*)-([A-Za-z][\w]*):([A-Za-z][\w-]*)")
_RING = re.compile(r"([A-Za-z][\w-]*)=([0-9]{1,2})")
_SIGNED = re.compile(r"[+-]?[0-9]{1,2}")


def read_walk(name: str, text: str, *, faults: Faults) -> Walk | None:
    """Reads one walk. None: some line cannot be read, and that has been noted."""
    before = len(faults.problems)
    seed = 1
    steps: list[WalkStep] = []
    for number, raw in enumerate(text.split("\n"), start=1):
        line = CaseLine(name, number, raw.strip())
        if not line.text or line.text.startswith("#"):
            continue
        word, _, rest = line.text.partition(" ")
        if word == "seed":
            seed = _seed(rest.strip(), line, faults)
            continue
        step = _step(word, rest.strip(), line)
        if step is None:
            told = f"“{line.text[:40]}” is no step of a walk."
            advice = _FORMS[word] if word in _FORMS else nearest(word, COMMANDS)
            faults.at(line, "SC121", told, advice)
        else:
            steps.append(step)
    if len(steps) > MOST_STEPS:
        told = f"This walk has {len(steps):,} steps; {MOST_STEPS:,} are allowed."
        faults.at(CaseLine(name, 1, ""), "SC121", told, "Split it into several walks.")
    if len(faults.problems) > before:
        return None
    return Walk(name, seed, tuple(steps), Place(name, 1, text.count("\n") + 1))


def _seed(text: str, line: CaseLine, faults: Faults) -> int:
    if text.isdecimal() and len(text) < 16:
        return int(text)
    faults.at(line, "SC121", "The seed is a whole number.", "Write, for example, “seed 7”.")
    return 1


def _step(word: str, rest: str, line: CaseLine) -> WalkStep | None:
    number = line.number
    if word == "pick" and rest and " " not in rest:
        return PickStep(rest, number)
    if word == "go" and not rest:
        return GoStep(number)
    if word == "see":
        seen = _QUOTED.fullmatch(rest)
        return SeeStep(seen[1], seen[2], number) if seen else None
    if word == "expect":
        subject, *wanted = rest.split()
        return ExpectStep(subject, tuple(wanted), number) if wanted else None
    if word in _ANSWERS:
        answer = _ANSWERS[word](rest)
        return AnswerStep(word, answer, number) if answer is not None else None
    return None


def _map(rest: str) -> Answer | None:
    rings: dict[str, int] = {}
    ties: list[dict[str, object]] = []
    for part in rest.split():
        if ring := _RING.fullmatch(part):
            rings[ring[1]] = int(ring[2])
        elif tie := _TIE.fullmatch(part):
            ties.append({"pair": [tie[1], tie[2]], "kind": tie[3]})
        else:
            return None
    return {"rings": rings, "ties": ties}


def _tick(rest: str) -> Answer | None:
    return {"chosen": rest.split()} if rest else None


def _order(rest: str) -> Answer | None:
    return {"order": rest.split()} if rest else None


def _say(rest: str) -> Answer | None:
    words = rest.removeprefix('"').removesuffix('"')
    return {"words": words} if words else None


def _judge(rest: str) -> Answer | None:
    return {"judgment": int(rest)} if _SIGNED.fullmatch(rest) else None


_ANSWERS: dict[str, Callable[[str], Answer | None]] = {
    "map": _map,
    "tick": _tick,
    "order": _order,
    "say": _say,
    "judge": _judge,
}
_FORMS: dict[str, str] = {
    "pick": "Write “pick choice-id”.",
    "go": "Write “go” alone; it follows the one way on.",
    "map": "Write “map person=ring person-person:kind”.",
    "tick": "Write “tick a c”.",
    "order": "Write “order b a c”.",
    "say": 'Write “say "your words"”.',
    "judge": "Write a number on the scale, for example “judge +1”.",
    "see": 'Write “see scene-id "words"”.',
    "expect": "Write what to expect: " + ", ".join(EXPECTATIONS) + ", or a variable.",
}
