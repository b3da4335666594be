"""Prints problems for people and for programs: the same sentences in both."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence

from app.domain.problem import Problem, Severity

_LABELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def report_text(problems: Sequence[Problem], counts: Iterable[tuple[str, int]] = ()) -> str:
    """Writes problems one below the other, each with its place and advice, then a summary."""
    blocks = [_block(problem) for problem in problems]
    return "\n\n".join([*blocks, summary(problems, counts)]) + "\n"


def report_json(problems: Sequence[Problem]) -> str:
    """Writes problems as a JSON array of objects, in the same order and the same words."""
    told = [problem_fields(problem) for problem in problems]
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def problem_fields(problem: Problem) -> dict[str, object]:
    """Tells a problem as plain values. Shape: the keys are stable; absent lines are null."""
    return {
        "code": problem.code,
        "severity": problem.severity.value,
        "file": problem.path,
        "line": problem.line,
        "column": problem.column,
        "field": problem.field,
        "subject": problem.subject,
        "message": problem.message,
        "advice": problem.advice,
        "witness": list(problem.witness),
    }


def summary(problems: Sequence[Problem], counts: Iterable[tuple[str, int]] = ()) -> str:
    """Sums problems up in one line, together with what was looked at."""
    told = [_counted(number, what.removesuffix("s")) for what, number in counts if number]
    looked_at = f" Checked: {', '.join(told)}." if told else ""
    if not problems:
        return f"No problems found.{looked_at}"
    numbers = Counter(problem.severity for problem in problems)
    found = [_counted(numbers[kind], label) for kind, label in _LABELS.items() if numbers[kind]]
    files = _counted(len({problem.path for problem in problems}), "file")
    return f"Found {' and '.join(found)} in {files}.{looked_at}"


def _block(problem: Problem) -> str:
    lines = [f"{problem.place}: {_LABELS[problem.severity]} {problem.code}: {problem.message}"]
    if problem.subject or problem.field:
        lines.append(f"    in {' '.join(filter(None, (problem.subject, problem.field)))}")
    if problem.witness:
        lines.append(f"    shown by: {' → '.join(problem.witness)}")
    if problem.advice:
        lines.append(f"    {problem.advice}")
    return "\n".join(lines)


def _counted(number: int, what: str) -> str:
    if number == 1:
        return f"1 {what}"
    return f"{number} {what.removesuffix('y')}ies" if what.endswith("y") else f"{number} {what}s"
