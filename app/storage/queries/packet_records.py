"""What an audit packet needs of a team that no page shows: leavers, and how things stood then.

Nothing here asks about practice, quizzes, exams, reading or notes.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import or_, select

from app.domain.credential import Credential
from app.domain.person import Role
from app.storage.people import ACTIVE
from app.storage.queries.team_pages import Member, TeamView
from app.storage.store import Store
from app.storage.tables.people import PersonRow, RoleGrantRow
from app.storage.tables.supervision_evidence import TeamRequirementsRow
from app.storage.tables.supervision_hours import CredentialRow


@dataclass(frozen=True, slots=True)
class PacketMember:
    """Somebody of a team, also after their account was closed."""

    member: Member
    is_active: bool
    since: date


def packet_members(store: Store, cohort_id: str, *, as_of: datetime) -> list[PacketMember]:
    """Who was in a team at a moment and still belongs to it, leavers too; by name, then id.

    A closed account keeps its place in the team. Whoever was moved to another team is not told.
    """
    query = (
        select(
            PersonRow.id,
            PersonRow.full_name,
            PersonRow.credential,
            PersonRow.status,
            RoleGrantRow.granted_at,
        )
        .join(RoleGrantRow, RoleGrantRow.person_id == PersonRow.id)
        .where(
            RoleGrantRow.organisation_id == store.organisation_id,
            RoleGrantRow.cohort_id == cohort_id,
            RoleGrantRow.role == Role.CANDIDATE,
            RoleGrantRow.granted_at <= as_of,
        )
        .order_by(PersonRow.full_name, PersonRow.id)
    )
    return [
        PacketMember(Member(row[0], row[1], row[2]), row[3] == ACTIVE, store.day_of(row[4]))
        for row in store.session.execute(query)
    ]


def packet_team(store: Store, cohort_id: str) -> TeamView | None:
    """A team with its supervisors of now and nobody else. None: there is none."""
    cohort = store.cohorts.find(cohort_id)
    if cohort is None:
        return None
    supervisors = store.cohorts.members(cohort_id, Role.SUPERVISOR)
    named = tuple(Member(one.id, one.full_name, one.credential) for one in supervisors)
    return TeamView(cohort.id, cohort.name, (), named)


def frameworks_asked(store: Store, cohort_id: str, *, as_of: datetime) -> list[str]:
    """The frameworks in which something was asked of a team, by id."""
    query = (
        select(TeamRequirementsRow.framework_id)
        .distinct()
        .where(
            TeamRequirementsRow.organisation_id == store.organisation_id,
            TeamRequirementsRow.cohort_id == cohort_id,
            TeamRequirementsRow.set_at <= as_of,
        )
        .order_by(TeamRequirementsRow.framework_id)
    )
    return list(store.session.execute(query).scalars())


def credentials_at(
    store: Store, person_ids: Collection[str], *, as_of: datetime
) -> list[Credential]:
    """The credentials that were on file at a moment, by person, kind and day of issue."""
    query = (
        select(
            CredentialRow.id,
            CredentialRow.person_id,
            CredentialRow.kind,
            CredentialRow.number,
            CredentialRow.issuer,
            CredentialRow.issued_on,
            CredentialRow.expires_on,
        )
        .where(
            CredentialRow.organisation_id == store.organisation_id,
            CredentialRow.person_id.in_(sorted(person_ids)),
            CredentialRow.noted_at <= as_of,
            or_(CredentialRow.taken_back_at.is_(None), CredentialRow.taken_back_at > as_of),
        )
        .order_by(
            CredentialRow.person_id,
            CredentialRow.kind,
            CredentialRow.issued_on,
            CredentialRow.id,
        )
    )
    return [Credential(*row) for row in store.session.execute(query)]
