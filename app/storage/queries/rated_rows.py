"""Ratings and sign-offs as rows of evidence, for many people at once.

Drafts of observations, private notes and withdrawn sign-offs are not evidence.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from sqlalchemy import Row, exists, select

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
    store: Store, person_ids: Collection[str], *, scale_id: str
) -> list[Evidence]:
    """Every rating of some people, in whatever framework.

    Shape: a level on another scale than `scale_id` is told in words and cannot be compared.
    Cost: one query, however many people.
    """
    query = (
        select(
            RatingRow.person_id,
            RatingRow.competency_code,
            RatingRow.source,
            RatingRow.scale_id,
            RatingRow.level,
            RatingRow.level_title,
            RatingRow.observed_support,
            RatingRow.rater_id,
            RatingRow.rater_credential,
            RatingRow.framework_version,
            RatingRow.rated_at,
            ObservationRow.id,
            ObservationRow.mode,
            ObservationRow.observed_on,
            PersonRow.full_name,
        )
        .outerjoin(ObservationRow, ObservationRow.id == RatingRow.observation_id)
        .join(PersonRow, PersonRow.id == RatingRow.rater_id)
        .where(
            RatingRow.organisation_id == store.organisation_id,
            RatingRow.person_id.in_(sorted(person_ids)),
        )
    )
    rows = connection_of(store.session).execute(query)
    return [_rating(row, scale_id) for row in rows]


def _rating(row: Row[*tuple[Any, ...]], scale_id: str) -> Evidence:
    (person, code, source, scale, level, title, support, rater, credential) = row[:9]
    version, rated_at, observation, mode, observed_on, name = row[9:]
    told: Outcome = Rated(level, mode or "", support) if scale == scale_id else Noted(title)
    return Evidence(
        person,
        code,
        _KINDS[source],
        observed_on or rated_at.date(),
        told,
        observation or "",
        rater,
        credential,
        version,
        title,
        "",
        name,
    )


def sign_offs_as_evidence(
    store: Store,
    person_ids: Collection[str],
    *,
    scale_id: str,
    areas: Mapping[str, Collection[str]],
) -> list[Evidence]:
    """Every sign-off of some people that stands, once for each competency it speaks of.

    Shape: `areas` names the codes inside each area a sign-off may be for. Cost: one query.
    """
    withdrawn = (
        exists()
        .where(
            SignOffAmendmentRow.sign_off_id == SignOffRow.id,
            SignOffAmendmentRow.organisation_id == SignOffRow.organisation_id,
            SignOffAmendmentRow.kind == "withdrawal",
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
        )
    )
    rows = connection_of(store.session).execute(query)
    return [one for row in rows for one in _signed(row, scale_id, areas)]


def _signed(
    row: Row[*tuple[Any, ...]], scale_id: str, areas: Mapping[str, Collection[str]]
) -> Iterator[Evidence]:
    codes = areas.get(row.target_code, ()) if row.target_kind == "area" else (row.target_code,)
    told: Outcome = Rated(row.level) if row.scale_id == scale_id else Noted(row.level_title)
    for code in codes:
        yield Evidence(
            person_id=row.person_id,
            competency=code,
            kind=EvidenceKind.SIGN_OFF,
            happened_on=row.signed_at.date(),
            outcome=told,
            source_id=row.id,
            rater_id=row.signed_by,
            rater_credential=row.credential,
            version=row.framework_version,
            title=row.level_title,
            rater_name=row.full_name,
        )
