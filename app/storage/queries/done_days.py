"""On which day people did what they were asked: lessons, cases, quizzes and mock exams.

Only for what is asked: callers name the people and the things. No answer leaves this module.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, CursorResult, Executable, bindparam, func, select

from app.domain.attempt import AttemptKind
from app.domain.practice_preset import read_wish
from app.storage.engine import connection_of
from app.storage.store import Store
from app.storage.tables.exam import ScoreReportRow
from app.storage.tables.learning import AttemptRow, ResponseRow, SectionReadRow
from app.storage.tables.play import RunRow


@dataclass(frozen=True, slots=True)
class QuizDone:
    """A finished practice quiz. Shape: `topics` is empty for a quiz on everything.

    Units: counts of questions; `answered` of those that have an answer.
    """

    person_id: str
    topics: frozenset[str]
    asked: int
    answered: int
    right: int
    started_at: datetime
    finished_on: date


@dataclass(frozen=True, slots=True)
class MockDone:
    """A finished mock exam. Shape: `target_id` is outline/shape. Units: `scaled` on our scale."""

    person_id: str
    target_id: str
    started_at: datetime
    finished_on: date
    scaled: int
    is_pass: bool


def days_read(
    store: Store, person_ids: Collection[str], lesson_ids: Collection[str]
) -> dict[tuple[str, str], dict[str, date]]:
    """On which day each section of some lessons was read: sections by person and lesson.

    Shape: people and lessons without a mark are absent.
    """
    values = {**_of(store, person_ids), "lessons": sorted(lesson_ids)}
    found: dict[tuple[str, str], dict[str, date]] = {}
    for person_id, lesson_id, section_id, read_at in _ask(store, _READ, values):
        found.setdefault((person_id, lesson_id), {})[section_id] = store.day_of(read_at)
    return found


def days_ended(
    store: Store, person_ids: Collection[str], scenario_ids: Collection[str]
) -> dict[tuple[str, str], date]:
    """On which day each person first ended some cases, by person and case."""
    values = {**_of(store, person_ids), "cases": sorted(scenario_ids)}
    return {
        (person_id, scenario_id): store.day_of(ended_at)
        for person_id, scenario_id, ended_at in _ask(store, _ENDED, values)
        if ended_at is not None
    }


def quizzes_done(store: Store, person_ids: Collection[str], *, since: datetime) -> list[QuizDone]:
    """Practice quizzes begun since a moment and finished, in the order in which they ended."""
    values = {**_of(store, person_ids), "since": since}
    return [
        QuizDone(who, read_wish(settings).topics, asked, n, right or 0, begun, store.day_of(ended))
        for who, settings, asked, n, right, begun, ended in _ask(store, _QUIZZES, values)
        if ended is not None
    ]


def mocks_done(store: Store, person_ids: Collection[str], *, since: datetime) -> list[MockDone]:
    """Mock exams begun since a moment and finished, with the report that counts, as they ended."""
    values = {**_of(store, person_ids), "since": since}
    return [
        MockDone(
            who, f"{told.get('blueprint')}/{told.get('shape')}", begun, store.day_of(ended), *score
        )
        for who, told, begun, ended, *score in _ask(store, _MOCKS, values)
        if ended is not None
    ]


def _of(store: Store, person_ids: Collection[str]) -> dict[str, object]:
    return {"organisation": store.organisation_id, "people": sorted(person_ids)}


def _ask(
    store: Store, statement: Executable, values: dict[str, object]
) -> CursorResult[*tuple[Any, ...]]:
    return connection_of(store.session).execute(statement, values)


def _begun(kind: AttemptKind) -> tuple[ColumnElement[bool], ...]:
    return (
        AttemptRow.organisation_id == bindparam("organisation"),
        AttemptRow.person_id.in_(bindparam("people", expanding=True)),
        AttemptRow.kind == kind,
        AttemptRow.started_at >= bindparam("since", type_=AttemptRow.started_at.type),
    )


# Put together once: a page that a learner starts from asks them.
_READ = select(
    SectionReadRow.person_id,
    SectionReadRow.lesson_id,
    SectionReadRow.section_id,
    SectionReadRow.read_at,
).where(
    SectionReadRow.organisation_id == bindparam("organisation"),
    SectionReadRow.person_id.in_(bindparam("people", expanding=True)),
    SectionReadRow.lesson_id.in_(bindparam("lessons", expanding=True)),
)
_ENDED = (
    select(
        RunRow.person_id,
        RunRow.scenario_id,
        func.min(RunRow.ended_at, type_=RunRow.ended_at.type),
    )
    .where(
        RunRow.organisation_id == bindparam("organisation"),
        RunRow.person_id.in_(bindparam("people", expanding=True)),
        RunRow.scenario_id.in_(bindparam("cases", expanding=True)),
        RunRow.ended_at.is_not(None),
    )
    .group_by(RunRow.person_id, RunRow.scenario_id)
)
_ANSWERED = (
    select(ResponseRow.attempt_id, func.count(func.distinct(ResponseRow.position)).label("n"))
    .join(AttemptRow, AttemptRow.id == ResponseRow.attempt_id)
    .where(ResponseRow.is_late.is_(False), *_begun(AttemptKind.PRACTICE))
    .group_by(ResponseRow.attempt_id)
    .subquery()
)
_QUIZZES = (
    select(
        AttemptRow.person_id,
        AttemptRow.settings,
        AttemptRow.asked_count,
        func.coalesce(_ANSWERED.c.n, 0),
        AttemptRow.right_count,
        AttemptRow.started_at,
        AttemptRow.finished_at,
    )
    .outerjoin(_ANSWERED, _ANSWERED.c.attempt_id == AttemptRow.id)
    .where(*_begun(AttemptKind.PRACTICE), AttemptRow.finished_at.is_not(None))
    .order_by(AttemptRow.finished_at)
)
_NEWEST = (
    select(ScoreReportRow.attempt_id, func.max(ScoreReportRow.number).label("number"))
    .where(
        ScoreReportRow.organisation_id == bindparam("organisation"),
        ScoreReportRow.person_id.in_(bindparam("people", expanding=True)),
    )
    .group_by(ScoreReportRow.attempt_id)
    .subquery()
)
_MOCKS = (
    select(
        AttemptRow.person_id,
        AttemptRow.settings,
        AttemptRow.started_at,
        AttemptRow.finished_at,
        ScoreReportRow.scaled,
        ScoreReportRow.is_pass,
    )
    .join(_NEWEST, _NEWEST.c.attempt_id == AttemptRow.id)
    .join(
        ScoreReportRow,
        (ScoreReportRow.attempt_id == AttemptRow.id) & (ScoreReportRow.number == _NEWEST.c.number),
    )
    .where(*_begun(AttemptKind.MOCK), AttemptRow.finished_at.is_not(None))
    .order_by(AttemptRow.finished_at)
)
