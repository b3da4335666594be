"""Inviting many people at once from a file: first a look at what would happen, then all of it.

Nothing is applied in part: a single fault, found again in the transaction, keeps everything out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from app.domain.errors import Conflict, DomainError, InvalidInput
from app.domain.people_file import PeopleFile, PersonRow, RowFault, read_people
from app.domain.person import RoleGrant, Viewer
from app.services.account import (
    add_cohort,
    clean_credential,
    clean_email,
    clean_name,
    invite,
    refuse_unless_administrator,
)
from app.storage.queries.admin_pages import open_invitations
from app.storage.store import Store


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What a file would do. Shape: faults by line; nothing is applied while there is one."""

    rows: tuple[PersonRow, ...]
    new_teams: tuple[str, ...]
    faults: tuple[RowFault, ...]

    @property
    def is_sound(self) -> bool:
        """Says whether it can be applied."""
        return bool(self.rows) and not self.faults


@dataclass(frozen=True, slots=True)
class Invited:
    """Somebody who was invited. Shape: `token` is shown once and not kept."""

    row: PersonRow
    token: str


def plan_import(store: Store, administrator: Viewer, data: bytes, *, now: datetime) -> ImportPlan:
    """Looks at a file without changing anything.

    Raises: NotAllowed unless an administrator asks.
    """
    refuse_unless_administrator(administrator)
    return _planned(store, read_people(data), now=now)


def apply_import(
    store: Store, administrator: Viewer, data: bytes, *, now: datetime
) -> list[Invited]:
    """Makes the teams that are new and invites everyone, or changes nothing at all.

    Raises: NotAllowed unless an administrator asks; InvalidInput if the file has a fault, also
    one that has come up since it was looked at.
    """
    refuse_unless_administrator(administrator)
    read = read_people(data)
    with store.writing():
        plan = _planned(store, read, now=now)
        if not plan.is_sound:
            raise InvalidInput(
                "import-faulty", "Nothing was imported: the file has faults.", "See them below."
            )
        try:
            return _apply(store, administrator, plan, now=now)
        except Conflict as clash:  # somebody was quicker with a team or an address
            raise InvalidInput(
                "import-faulty", clash.user_message, "Nothing was imported."
            ) from clash


def _apply(
    store: Store, administrator: Viewer, plan: ImportPlan, *, now: datetime
) -> list[Invited]:
    for name in plan.new_teams:
        add_cohort(store, name=name, now=now)
    teams = {cohort.name: cohort.id for cohort in store.cohorts.all()}
    return [
        Invited(
            row,
            invite(
                store,
                administrator,
                email=row.email,
                full_name=row.name,
                grant=_grant(row, teams),
                credential=row.credential,
                now=now,
            ),
        )
        for row in plan.rows
    ]


def _planned(store: Store, read: PeopleFile, *, now: datetime) -> ImportPlan:
    teams = {cohort.name for cohort in store.cohorts.all()}
    invited = {one.email for one in open_invitations(store, now=now)}
    faults = list(read.faults)
    rows = []
    for row in read.rows:
        fault = _fault(store, row, invited)
        if fault:
            faults.append(RowFault(row.line, fault))
        else:
            rows.append(row)
    names = dict.fromkeys(row.team for row in read.rows if row.team and row.team not in teams)
    return ImportPlan(
        tuple(rows), tuple(names), tuple(sorted(faults, key=lambda fault: fault.line))
    )


def _fault(store: Store, row: PersonRow, invited: set[str]) -> str:
    try:
        email = clean_email(row.email)
        clean_name(row.name, what="name")
        if row.team:
            clean_name(row.team, what="team")
        clean_credential(row.credential)
    except DomainError as error:
        return f"{error.user_message} {error.advice}".strip()
    if store.people.email_is_taken(email):
        return "Somebody with this address is here already."
    return "This address has an open invitation." if email in invited else ""


def _grant(row: PersonRow, teams: Mapping[str, str]) -> RoleGrant:
    return RoleGrant(row.role, teams[row.team] if row.team else None)
