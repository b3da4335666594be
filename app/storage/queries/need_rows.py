"""What a team's page asks about everybody at once, in rows that are as small as may be.

Every question goes through the people of a `TeamView`, which only its supervisor gets.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, case, exists, func, select
from sqlalchemy.orm import aliased

from app.domain.hours import Mode
from app.domain.rating import WIDE_GAP, Rating, RatingSource
from app.domain.supervision_ratio import HourSum
from app.storage.engine import connection_of
from app.storage.observations import COMMENT
from app.storage.store import Store
from app.storage.tables.supervision_chain import (
    FeedbackReplyRow,
    ObservationRow,
    RatingRow,
    SignOffAmendmentRow,
    SignOffRow,
)
from app.storage.tables.supervision_hours import HourEntryRow
from app.storage.tables.supervision_privacy import RecordLookRow


@dataclass(frozen=True, slots=True)
class Comment:
    """That somebody wrote beside an observation of theirs; the words are not read here."""

    person_id: str
    observation_id: str
    said_at: datetime


@dataclass(frozen=True, slots=True)
class Contested:
    """A sign-off that its person contested."""

    id: str
    person_id: str
    said_at: datetime


def days_observed(store: Store, person_ids: Collection[str]) -> dict[str, list[date]]:
    """The days on which some people were observed, by person. Drafts do not count."""
    query = select(ObservationRow.person_id, ObservationRow.observed_on).where(
        ObservationRow.organisation_id == store.organisation_id,
        ObservationRow.person_id.in_(sorted(person_ids)),
        ObservationRow.finished_at.is_not(None),
    )
    found: dict[str, list[date]] = {}
    for person_id, day in connection_of(store.session).execute(query):
        if day is not None:
            found.setdefault(person_id, []).append(day)
    return found


def ratings_to_look_at(store: Store, person_ids: Collection[str]) -> list[Rating]:
    """The latest rating of each rater where they lie far apart, or where one is a self-rating.

    Shape: in the order in which they were made, without words and frameworks; by person,
    competency and scale all of them or none.
    Cost: one query; the database reads every rating of these people and gives few.
    """
    newest = func.row_number().over(
        partition_by=(
            RatingRow.person_id,
            RatingRow.competency_code,
            RatingRow.scale_id,
            RatingRow.rater_id,
        ),
        order_by=(RatingRow.rated_at.desc(), RatingRow.id.desc()),
    )
    every = (
        select(*_RATED, newest.label("place"))
        .where(
            RatingRow.organisation_id == store.organisation_id,
            RatingRow.person_id.in_(sorted(person_ids)),
        )
        .subquery()
    )
    beside = (every.c.person_id, every.c.competency_code, every.c.scale_id)
    is_own = case((every.c.source == RatingSource.SELF, 1), else_=0)
    latest = (
        select(
            *(every.c[column.key] for column in _RATED),
            (
                func.max(every.c.level).over(partition_by=beside)
                - func.min(every.c.level).over(partition_by=beside)
            ).label("gap"),
            func.max(is_own).over(partition_by=beside).label("has_own"),
        )
        .where(every.c.place == 1)
        .subquery()
    )
    query = (
        select(*(latest.c[column.key] for column in _RATED))
        .where((latest.c.gap >= WIDE_GAP) | (latest.c.has_own == 1))
        .order_by(latest.c.rated_at, latest.c.competency_code, latest.c.id)
    )
    return [
        Rating(row[0], row[1], row[2], "", "", row[3], row[4], "", RatingSource(row[5]), *row[6:])
        for row in store.session.execute(query)
    ]


_RATED = (
    RatingRow.id,
    RatingRow.person_id,
    RatingRow.competency_code,
    RatingRow.scale_id,
    RatingRow.level,
    RatingRow.source,
    RatingRow.rater_id,
    RatingRow.rated_at,
)


def comments_on(
    store: Store, observer_id: str, person_ids: Collection[str], *, since: datetime
) -> list[Comment]:
    """What some people wrote beside an observer's observations since a moment, in order."""
    query = (
        select(ObservationRow.person_id, ObservationRow.id, func.max(FeedbackReplyRow.said_at))
        .join(FeedbackReplyRow, FeedbackReplyRow.observation_id == ObservationRow.id)
        .where(
            ObservationRow.organisation_id == store.organisation_id,
            ObservationRow.person_id.in_(sorted(person_ids)),
            ObservationRow.observer_id == observer_id,
            FeedbackReplyRow.organisation_id == store.organisation_id,
            FeedbackReplyRow.kind == COMMENT,
            FeedbackReplyRow.said_at >= since,
        )
        .group_by(ObservationRow.person_id, ObservationRow.id)
        .order_by(func.max(FeedbackReplyRow.said_at), ObservationRow.id)
    )
    return [Comment(*row) for row in store.session.execute(query)]


def last_looks(
    store: Store, viewer_id: str, person_ids: Collection[str], *, kind: str, since: date
) -> dict[str, date]:
    """The last days, since one, on which somebody opened such a page of some people."""
    query = (
        select(RecordLookRow.person_id, func.max(RecordLookRow.day))
        .where(
            RecordLookRow.organisation_id == store.organisation_id,
            RecordLookRow.person_id.in_(sorted(person_ids)),
            RecordLookRow.day >= since,
            RecordLookRow.viewer_id == viewer_id,
            RecordLookRow.kind == kind,
        )
        .group_by(RecordLookRow.person_id)
    )
    return {row[0]: row[1] for row in store.session.execute(query)}


def contested_sign_offs(store: Store, person_ids: Collection[str]) -> list[Contested]:
    """The sign-offs of some people that were contested, answered or not, in order."""
    query = (
        select(SignOffRow.id, SignOffRow.person_id, func.max(SignOffAmendmentRow.said_at))
        .join(SignOffAmendmentRow, SignOffAmendmentRow.sign_off_id == SignOffRow.id)
        .where(
            SignOffRow.organisation_id == store.organisation_id,
            SignOffRow.person_id.in_(sorted(person_ids)),
            SignOffAmendmentRow.organisation_id == store.organisation_id,
            SignOffAmendmentRow.kind == "dispute",
        )
        .group_by(SignOffRow.id, SignOffRow.person_id)
        .order_by(func.max(SignOffAmendmentRow.said_at), SignOffRow.id)
    )
    return [Contested(*row) for row in store.session.execute(query)]


def practice_minutes(store: Store, person_ids: Sequence[str], *, until: date) -> dict[str, int]:
    """How much practice some people have entered up to a day, signed or not, by person."""
    query = (
        select(HourEntryRow.person_id, func.sum(HourEntryRow.minutes))
        .where(
            *_lines_that_count(store, person_ids),
            HourEntryRow.day <= until,
            HourEntryRow.started_at.is_(None),
        )
        .group_by(HourEntryRow.person_id)
    )
    return {row[0]: int(row[1]) for row in store.session.execute(query)}


def hour_sums(
    store: Store, person_ids: Collection[str], *, since: date
) -> dict[str, list[HourSum]]:
    """The hours of some people from a day on, signed or not, by person: a sum for each day.

    Cost: one query; a row for each day on which somebody worked, and each way of meeting.
    """
    query = (
        select(
            HourEntryRow.person_id,
            HourEntryRow.day,
            func.sum(HourEntryRow.minutes),
            HourEntryRow.mode,
        )
        .where(*_lines_that_count(store, person_ids), HourEntryRow.day >= since)
        .group_by(HourEntryRow.person_id, HourEntryRow.day, HourEntryRow.mode)
    )
    found: dict[str, list[HourSum]] = {}
    for person_id, day, minutes, mode in connection_of(store.session).execute(query):
        one = HourSum(day, int(minutes), Mode(mode) if mode else None)
        found.setdefault(person_id, []).append(one)
    return found


def _lines_that_count(store: Store, person_ids: Collection[str]) -> tuple[ColumnElement[bool], ...]:
    """Lines that will count once what waits is signed: neither void nor corrected."""
    later = aliased(HourEntryRow)
    is_corrected = exists().where(
        later.amends == HourEntryRow.id,
        later.taken_back_at.is_(None),
    )
    return (
        HourEntryRow.organisation_id == store.organisation_id,
        HourEntryRow.person_id.in_(sorted(person_ids)),
        HourEntryRow.taken_back_at.is_(None),
        HourEntryRow.is_void.is_(False),
        ~is_corrected,
    )
