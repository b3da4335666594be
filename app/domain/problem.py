"""A fault in content, told so that the person who wrote it can mend it.

Faults in files are not exceptions: a reader collects them all, so that a trainer sees every
one at once. Codes are stable: help pages, tests and people refer to them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a problem matters: an error keeps a file from being served."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault: where it stands, what is wrong, and what to do about it.

    Shape: `path` is relative to the folder that was read; `line` and `column` count from 1.
    None: `line` is None when the fault belongs to the whole file or to several files.
    """

    code: str
    severity: Severity
    path: str
    message: str
    advice: str = ""
    line: int | None = None
    column: int | None = None
    field: str = ""
    subject: str = ""  # the id of the lesson, item or case, when one is known
    witness: tuple[str, ...] = ()  # choices that show the fault when played in order

    @property
    def place(self) -> str:
        """Says where, as editors understand it: `file:line:column`."""
        parts = [self.path]
        if self.line is not None:
            parts.append(str(self.line))
            if self.column is not None:
                parts.append(str(self.column))
        return ":".join(parts)


def errors_only(problems: Iterable[Problem]) -> list[Problem]:
    """Keeps the problems that stop a file from being served."""
    return [problem for problem in problems if problem.severity is Severity.ERROR]


def in_reading_order(problems: Iterable[Problem]) -> list[Problem]:
    """Sorts by file, then line, then code, so that a trainer can work from the top down."""
    return sorted(problems, key=lambda p: (p.path, p.line or 0, p.column or 0, p.code, p.message))
