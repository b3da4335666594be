"""What an administrator's pages show: people with their roles, invitations, the audit trail."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased

from app.domain.person import Role
from app.storage.store import Store
from app.storage.tables.people import AuditRow, InvitationRow, PersonRow, RoleGrantRow
from app.storage.tables.team import CohortRow

NEWEST = 200  # entries of the audit trail on one page


@dataclass(frozen=True, slots=True)
class RoleLine:
    """A role that somebody holds. None: `team` is empty for the whole organisation."""

    role: Role
    team: str = ""


@dataclass(frozen=True, slots=True)
class PersonLine:
    """Somebody of the organisation with everything they may do. Shape: roles in order."""

    id: str
    full_name: str
    credential: str
    email: str
    is_active: bool
    roles: tuple[RoleLine, ...] = ()


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A role that one person holds, since when. None: `cohort_id` is None for every team."""

    role: Role
    cohort_id: str | None
    team: str
    since: date


@dataclass(frozen=True, slots=True)
class InvitationLine:
    """An invitation whose link still works."""

    id: str
    full_name: str
    email: str
    role: Role
    team: str
    expires_at: datetime
    credential: str


@dataclass(frozen=True, slots=True)
class AuditLine:
    """Who did or saw what. None: a name is empty when the entry names nobody."""

    at: datetime
    action: str
    actor: str
    subject: str
    details: dict[str, Any] = field(default_factory=dict)


def people_lines(store: Store) -> list[PersonLine]:
    """Everyone of the organisation by name, those whose account is closed included.

    Cost: two queries, however many people there are.
    """
    roles: dict[str, list[RoleLine]] = {}
    for person_id, role, team in store.session.execute(
        select(RoleGrantRow.person_id, RoleGrantRow.role, CohortRow.name)
        .outerjoin(CohortRow, CohortRow.id == RoleGrantRow.cohort_id)
        .where(RoleGrantRow.organisation_id == store.organisation_id)
        .order_by(RoleGrantRow.role, CohortRow.name)
    ):
        roles.setdefault(person_id, []).append(RoleLine(Role(role), team or ""))
    return [
        PersonLine(
            id=one.id,
            full_name=one.full_name,
            credential=one.credential,
            email=one.email,
            is_active=one.is_active,
            roles=tuple(roles.get(one.id, ())),
        )
        for one in store.people.everyone()
    ]


def held_roles(store: Store, person_id: str) -> list[HeldRole]:
    """The roles of one person with their teams, by role, then team."""
    query = (
        select(RoleGrantRow.role, RoleGrantRow.cohort_id, CohortRow.name, RoleGrantRow.granted_at)
        .outerjoin(CohortRow, CohortRow.id == RoleGrantRow.cohort_id)
        .where(
            RoleGrantRow.person_id == person_id,
            RoleGrantRow.organisation_id == store.organisation_id,
        )
        .order_by(RoleGrantRow.role, CohortRow.name)
    )
    return [
        HeldRole(Role(role), cohort_id, team or "", store.day_of(granted_at))
        for role, cohort_id, team, granted_at in store.session.execute(query)
    ]


def open_invitations(store: Store, *, now: datetime) -> list[InvitationLine]:
    """The invitations that can still be accepted, newest first. Their links are not kept."""
    query = (
        select(
            InvitationRow.id,
            InvitationRow.full_name,
            InvitationRow.email,
            InvitationRow.role,
            CohortRow.name,
            InvitationRow.expires_at,
            InvitationRow.credential,
        )
        .outerjoin(CohortRow, CohortRow.id == InvitationRow.cohort_id)
        .where(
            InvitationRow.organisation_id == store.organisation_id,
            InvitationRow.accepted_at.is_(None),
            InvitationRow.expires_at > now,
        )
        .order_by(InvitationRow.invited_at.desc(), InvitationRow.id.desc())
    )
    return [
        InvitationLine(row[0], row[1], row[2], Role(row[3]), row[4] or "", row[5], row[6])
        for row in store.session.execute(query)
    ]


def audit_lines(
    store: Store,
    *,
    person_id: str | None = None,
    action: str | None = None,
    limit: int = NEWEST,
) -> list[AuditLine]:
    """The newest entries of the audit trail, newest first.

    None: without a person, those about everyone, else those they did or are concerned by;
    without an action, those of every kind.
    """
    actor, subject = aliased(PersonRow), aliased(PersonRow)
    query = (
        select(
            AuditRow.at,
            AuditRow.action,
            actor.full_name.label("actor_name"),
            subject.full_name.label("subject_name"),
            AuditRow.details,
        )
        .outerjoin(actor, actor.id == AuditRow.actor_id)
        .outerjoin(
            subject,
            (subject.id == AuditRow.subject_id)
            & (subject.organisation_id == AuditRow.organisation_id),
        )
        .where(AuditRow.organisation_id == store.organisation_id)
        .order_by(AuditRow.at.desc(), AuditRow.id.desc())
        .limit(limit)
    )
    if person_id is not None:
        query = query.where(or_(AuditRow.actor_id == person_id, AuditRow.subject_id == person_id))
    if action is not None:
        query = query.where(AuditRow.action == action)
    return [
        AuditLine(at, action, actor_name or "", subject_name or "", details or {})
        for at, action, actor_name, subject_name, details in store.session.execute(query)
    ]
