"""On which day people did what they were asked: lessons, cases, quizzes and mock exams.

Only for what is asked: callers name the people and the things. No answer leaves this module.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from app.domain.attempt import AttemptKind
from app.domain.practice_preset import read_wish
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
    query = select(
        SectionReadRow.person_id,
        SectionReadRow.lesson_id,
        SectionReadRow.section_id,
        SectionReadRow.read_at,
    ).where(
        SectionReadRow.organisation_id == store.organisation_id,
        SectionReadRow.person_id.in_(sorted(person_ids)),
        SectionReadRow.lesson_id.in_(sorted(lesson_ids)),
    )
    found: dict[tuple[str, str], dict[str, date]] = {}
    for person_id, lesson_id, section_id, read_at in store.session.execute(query):
        found.setdefault((person_id, lesson_id), {})[section_id] = read_at.date()
    return found


def days_ended(
    store: Store, person_ids: Collection[str], scenario_ids: Collection[str]
) -> dict[tuple[str, str], date]:
    """On which day each person first ended some cases, by person and case."""
    first = func.min(RunRow.ended_at, type_=RunRow.ended_at.type)
    query = (
        select(RunRow.person_id, RunRow.scenario_id, first)
        .where(
            RunRow.organisation_id == store.organisation_id,
            RunRow.person_id.in_(sorted(person_ids)),
            RunRow.scenario_id.in_(sorted(scenario_ids)),
            RunRow.ended_at.is_not(None),
        )
        .group_by(RunRow.person_id, RunRow.scenario_id)
    )
    return {
        (person_id, scenario_id): ended_at.date()
        for person_id, scenario_id, ended_at in store.session.execute(query)
        if ended_at is not None
    }


def quizzes_done(store: Store, person_ids: Collection[str], *, since: datetime) -> list[QuizDone]:
    """Practice quizzes begun since a moment and finished, in the order in which they ended."""
    answered = (
        select(ResponseRow.attempt_id, func.count(func.distinct(ResponseRow.position)).label("n"))
        .join(AttemptRow, AttemptRow.id == ResponseRow.attempt_id)
        .where(
            ResponseRow.is_late.is_(False),
            AttemptRow.organisation_id == store.organisation_id,
            AttemptRow.person_id.in_(sorted(person_ids)),
            AttemptRow.kind == AttemptKind.PRACTICE,
            AttemptRow.started_at >= since,
        )
        .group_by(ResponseRow.attempt_id)
        .subquery()
    )
    query = (
        select(
            AttemptRow.person_id,
            AttemptRow.settings,
            AttemptRow.asked_count,
            func.coalesce(answered.c.n, 0),
            AttemptRow.right_count,
            AttemptRow.started_at,
            AttemptRow.finished_at,
        )
        .outerjoin(answered, answered.c.attempt_id == AttemptRow.id)
        .where(
            AttemptRow.organisation_id == store.organisation_id,
            AttemptRow.person_id.in_(sorted(person_ids)),
            AttemptRow.kind == AttemptKind.PRACTICE,
            AttemptRow.started_at >= since,
            AttemptRow.finished_at.is_not(None),
        )
        .order_by(AttemptRow.finished_at)
    )
    return [
        QuizDone(person_id, read_wish(settings).topics, asked, n, right or 0, started, ended.date())
        for person_id, settings, asked, n, right, started, ended in store.session.execute(query)
        if ended is not None
    ]


def mocks_done(store: Store, person_ids: Collection[str], *, since: datetime) -> list[MockDone]:
    """Mock exams begun since a moment and finished, with the report that counts, as they ended."""
    newest = (
        select(ScoreReportRow.attempt_id, func.max(ScoreReportRow.number).label("number"))
        .where(
            ScoreReportRow.organisation_id == store.organisation_id,
            ScoreReportRow.person_id.in_(sorted(person_ids)),
        )
        .group_by(ScoreReportRow.attempt_id)
        .subquery()
    )
    query = (
        select(
            AttemptRow.person_id,
            AttemptRow.settings,
            AttemptRow.started_at,
            AttemptRow.finished_at,
            ScoreReportRow.scaled,
            ScoreReportRow.is_pass,
        )
        .join(newest, newest.c.attempt_id == AttemptRow.id)
        .join(
            ScoreReportRow,
            (ScoreReportRow.attempt_id == AttemptRow.id)
            & (ScoreReportRow.number == newest.c.number),
        )
        .where(
            AttemptRow.organisation_id == store.organisation_id,
            AttemptRow.person_id.in_(sorted(person_ids)),
            AttemptRow.kind == AttemptKind.MOCK,
            AttemptRow.started_at >= since,
            AttemptRow.finished_at.is_not(None),
        )
        .order_by(AttemptRow.finished_at)
    )
    return [
        MockDone(
            person_id, f"{told.get('blueprint')}/{told.get('shape')}", started, ended.date(), *score
        )
        for person_id, told, started, ended, *score in store.session.execute(query)
        if ended is not None
    ]
