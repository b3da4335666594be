"""Who may do what to which thing. Doors ask for a role; services ask about the object."""

from __future__ import annotations

from collections.abc import Iterable

from app.domain.errors import NotFound
from app.domain.hours import Signer
from app.domain.person import Role, RoleGrant, Viewer


def supervised_cohort(viewer: Viewer, cohort_id: str) -> str:
    """Lets a supervisor reach a team of their own.

    Raises: NotFound for any other team, so that nobody learns which teams exist.
    """
    if cohort_id not in viewer.cohorts_as(Role.SUPERVISOR):
        raise NotFound(
            "team-not-found",
            "There is no such team among yours.",
            "Go back to your teams and open one from there.",
        )
    return cohort_id


def own(viewer: Viewer, owner_id: str | None, *, thing: str) -> None:
    """Lets people reach what is theirs.

    Raises: NotFound for anything that is someone else's or does not exist, in the same words.
    """
    if owner_id != viewer.id:
        raise NotFound(
            f"{thing}-not-found",
            f"There is no such {thing} among yours.",
            "It may have been started under another sign-in.",
        )


def allows_time(viewer: Viewer, grants: Iterable[RoleGrant]) -> None:
    """Lets an administrator, or a supervisor of the person's team, set their exam time.

    Shape: `grants` are the roles of the person it is for.
    Raises: NotFound for anybody else, and for somebody who sits no exams here.
    """
    teams = {grant.cohort_id for grant in grants if grant.role is Role.CANDIDATE}
    if viewer.holds(Role.ADMINISTRATOR) and teams:
        return
    if not teams & viewer.cohorts_as(Role.SUPERVISOR):
        raise NotFound("person-not-found", "There is no such person in your teams.")


def keeps_hours(viewer: Viewer, person_id: str, grants: Iterable[RoleGrant]) -> Signer:
    """Lets people reach their own ledger of hours, and supervisors that of their teams now.

    Shape: `grants` are the roles of the person whose ledger it is. Says as whom they sign.
    Raises: NotFound for anybody else.
    """
    if viewer.id == person_id:
        return Signer.STAFF
    teams = {grant.cohort_id for grant in grants if grant.role is Role.CANDIDATE}
    if not teams & viewer.cohorts_as(Role.SUPERVISOR):
        raise NotFound("person-not-found", "There is no such person in your teams.")
    return Signer.SUPERVISOR
