"""Evidence: one dated, sourced row about one person and one competency, and who may see it.

What a row says depends on its kind: right answers, decisions in a case, a level on a scale, a
certificate. Nothing here adds rows of different kinds together.
Source: docs/decisions/0021-competency-evidence.md.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class EvidenceKind(StrEnum):
    """Where a row comes from."""

    QUIZ = "quiz"
    MOCK = "mock exam"
    CASE = "case"
    COMPLETION = "assignment done"
    OBSERVATION = "observation"
    REVIEW = "review"
    SELF_RATING = "self-rating"
    SIGN_OFF = "sign-off"
    CERTIFICATE = "certificate"
    REFLECTION = "reflection"


class EvidenceReader(StrEnum):
    """Who looks at a person's evidence."""

    OWN = "the person"
    SUPERVISOR = "their supervisor"
    ADMINISTRATOR = "an administrator"
    AUTHOR = "an author"


KNOWLEDGE = frozenset({EvidenceKind.QUIZ, EvidenceKind.MOCK})
RATINGS = frozenset({EvidenceKind.OBSERVATION, EvidenceKind.REVIEW, EvidenceKind.SIGN_OFF})
_WORK = RATINGS | {EvidenceKind.COMPLETION, EvidenceKind.SELF_RATING, EvidenceKind.CERTIFICATE}
_SEEN = {
    EvidenceReader.OWN: frozenset(EvidenceKind),
    EvidenceReader.SUPERVISOR: _WORK,
    EvidenceReader.ADMINISTRATOR: _WORK,
    EvidenceReader.AUTHOR: frozenset[EvidenceKind](),
}


def seen_kinds(
    reader: EvidenceReader, *, announced: frozenset[EvidenceKind] = frozenset()
) -> frozenset[EvidenceKind]:
    """Which kinds of rows somebody may see of a person.

    `announced` are kinds that an assignment said, before its start, would be shown to the
    supervisor; only the result of a mock exam can be announced. Practice never can.
    """
    seen = _SEEN[reader]
    if reader is EvidenceReader.SUPERVISOR:
        return seen | (announced & {EvidenceKind.MOCK})
    return seen


@dataclass(frozen=True, slots=True)
class Answered:
    """What a quiz or a mock exam showed: right answers of those asked about a competency."""

    right: int
    asked: int


@dataclass(frozen=True, slots=True)
class Decided:
    """What a case showed, in decisions: met, reached on this path, possible in the case."""

    met: int
    reached: int
    possible: int


@dataclass(frozen=True, slots=True)
class Rated:
    """A level somebody saw. Shape: `level` is a rank of the scale; `mode` says how it was seen,
    for example live or recorded; `support` what help was given, in words.
    """

    level: int
    mode: str = ""
    support: str = ""


@dataclass(frozen=True, slots=True)
class Certified:
    """A certificate. None: `expires_on`, its last valid day, is None when it has none."""

    title: str
    expires_on: date | None = None


@dataclass(frozen=True, slots=True)
class Noted:
    """Something done or written, without a judgement."""

    words: str = ""


Outcome = Answered | Decided | Rated | Certified | Noted


@dataclass(frozen=True, slots=True)
class Evidence:
    """One row about one person and one competency.

    Shape: `rater_credential` is the assessor's as it stood that day; `version` names the wording
    of the question, case, form or framework; `via` the code of another framework it was shown
    under, when it comes through a mapping. `title` says what it was; `rater_name` who rated.
    """

    person_id: str
    competency: str
    kind: EvidenceKind
    happened_on: date
    outcome: Outcome
    source_id: str = ""
    rater_id: str = ""
    rater_credential: str = ""
    version: str = ""
    title: str = ""
    via: str = ""
    rater_name: str = ""


def months_later(day: date, months: int) -> date:
    """The same day some months later, or the last of a shorter month.

    >>> months_later(date(2028, 2, 29), 12)
    datetime.date(2029, 2, 28)
    """
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def last_valid_day(row: Evidence, validity_months: int | None) -> date:
    """The last day on which a row still counts. None: a validity of None never ends."""
    if isinstance(row.outcome, Certified) and row.outcome.expires_on is not None:
        return row.outcome.expires_on
    return date.max if validity_months is None else months_later(row.happened_on, validity_months)
