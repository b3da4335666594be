"""Ratings and sign-offs as rows of evidence, for many people at once.

Drafts of observations, private notes and withdrawn sign-offs are not evidence.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, exists, literal, select

from app.domain.evidence import Evidence, EvidenceKind, Noted, Outcome, Rated
from app.storage.engine import connection_of
from app.storage.store import Store
from app.storage.tables.people import PersonRow
from app.storage.tables.supervision_chain import (
    ObservationRow,
    RatingRow,
    SignOffAmendmentRow,
    SignOffRow,
)

_KINDS = {
    "observation": EvidenceKind.OBSERVATION,
    "self": EvidenceKind.SELF_RATING,
    "review": EvidenceKind.REVIEW,
}


def ratings_as_evidence(
    store: Store,
    person_ids: Collection[str],
    *,
    scale_id: str,
    in_brief: bool = False,
    as_of: datetime | None = None,
) -> list[Evidence]:
    """Every rating of some people, in whatever framework. None: `as_of` None is until now.

    In brief without the names, credentials, versions and words that only a page about one
    person shows. Shape: a level on another scale than `scale_id` is told in words and cannot
    be compared. Cost: two queries, however many people.
    """
    of_people = (
        RatingRow.organisation_id == store.organisation_id,
        RatingRow.person_id.in_(sorted(person_ids)),
        *(() if as_of is None else (RatingRow.rated_at <= as_of,)),
    )
    seen = (
        select(*_BRIEF, ObservationRow.mode, ObservationRow.observed_on)
        .join(ObservationRow, ObservationRow.id == RatingRow.observation_id)
        .where(*of_people)
    )
    unseen = select(*_BRIEF, literal(""), RatingRow.rated_at).where(
        *of_people, RatingRow.observation_id.is_(None)
    )
    if not in_brief:
        seen, unseen = (
            query.add_columns(*_WORDS).join(PersonRow, PersonRow.id == RatingRow.rater_id)
            for query in (seen, unseen)
        )
    connection = connection_of(store.session)
    outcomes: dict[tuple[Any, ...], Outcome] = {}  # few differ, and there may be very many
    found = []
    for query in (seen, unseen):
        for row in connection.execute(query).all():
            person, code, source, scale, level, rater, mode, day = row[:8]
            title, support, credential, version, name, observation = row[8:] or _NO_WORDS
            told = (scale, level, mode, title, support)
            if told not in outcomes:
                fits = scale == scale_id
                outcomes[told] = Rated(level, mode, support) if fits else Noted(title)
            found.append(
                Evidence(
                    person,
                    code,
                    _KINDS[source],
                    store.day_of(day) if isinstance(day, datetime) else day or date.max,
                    outcomes[told],
                    observation or "",
                    rater,
                    credential,
                    version,
                    title,
                    "",
                    name,
                )
            )
    return found


_BRIEF = (
    RatingRow.person_id,
    RatingRow.competency_code,
    RatingRow.source,
    RatingRow.scale_id,
    RatingRow.level,
    RatingRow.rater_id,
)
_WORDS = (
    RatingRow.level_title,
    RatingRow.observed_support,
    RatingRow.rater_credential,
    RatingRow.framework_version,
    PersonRow.full_name,
    RatingRow.observation_id,
)
_NO_WORDS = ("",) * len(_WORDS)


def sign_offs_as_evidence(
    store: Store,
    person_ids: Collection[str],
    *,
    scale_id: str,
    areas: Mapping[str, Collection[str]],
    as_of: datetime | None = None,
) -> list[Evidence]:
    """Every sign-off of some people that stands, once for each competency it speaks of.

    Shape: `areas` names the codes inside each area a sign-off may be for. Cost: one query.
    None: `as_of` None is until now; what was withdrawn later stood then.
    """
    withdrawn = (
        exists()
        .where(
            SignOffAmendmentRow.sign_off_id == SignOffRow.id,
            SignOffAmendmentRow.organisation_id == SignOffRow.organisation_id,
            SignOffAmendmentRow.kind == "withdrawal",
            *(() if as_of is None else (SignOffAmendmentRow.said_at <= as_of,)),
        )
        .correlate(SignOffRow)
    )
    query = (
        select(
            SignOffRow.id,
            SignOffRow.person_id,
            SignOffRow.target_kind,
            SignOffRow.target_code,
            SignOffRow.scale_id,
            SignOffRow.level,
            SignOffRow.level_title,
            SignOffRow.signed_by,
            SignOffRow.credential,
            SignOffRow.framework_version,
            SignOffRow.signed_at,
            PersonRow.full_name,
        )
        .join(PersonRow, PersonRow.id == SignOffRow.signed_by)
        .where(
            SignOffRow.organisation_id == store.organisation_id,
            SignOffRow.person_id.in_(sorted(person_ids)),
            ~withdrawn,
            *(() if as_of is None else (SignOffRow.signed_at <= as_of,)),
        )
    )
    rows = connection_of(store.session).execute(query)
    return [one for row in rows for one in _signed(store, row, scale_id, areas)]


def _signed(
    store: Store, row: Row[*tuple[Any, ...]], scale_id: str, areas: Mapping[str, Collection[str]]
) -> Iterator[Evidence]:
    codes = areas.get(row.target_code, ()) if row.target_kind == "area" else (row.target_code,)
    told: Outcome = Rated(row.level) if row.scale_id == scale_id else Noted(row.level_title)
    for code in codes:
        yield Evidence(
            person_id=row.person_id,
            competency=code,
            kind=EvidenceKind.SIGN_OFF,
            happened_on=store.day_of(row.signed_at),
            outcome=told,
            source_id=row.id,
            rater_id=row.signed_by,
            rater_credential=row.credential,
            version=row.framework_version,
            title=row.level_title,
            rater_name=row.full_name,
        )
