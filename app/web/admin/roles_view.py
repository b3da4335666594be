"""Puts somebody's roles on screen, and turns what addresses and forms say into roles."""

from __future__ import annotations

from collections.abc import Iterable

from flask import url_for
from wtforms import SelectField

from app.domain.board_rules import renewals_of
from app.domain.errors import NotFound
from app.domain.person import TEAM_ROLES, Role, RoleGrant, Viewer
from app.services.roles import refuse_own_administration
from app.storage.queries.admin_pages import HeldRole, PersonLine, held_roles
from app.storage.store import Store
from app.web.admin.inputs import CredentialInput, RoleInput
from app.web.admin.pages import EndRolePage, RolesCard, Row
from app.web.shared.content_keeper import current_library
from app.web.shared.filters import say_date
from app.web.shared.part_data import Cell, Way

EVERYWHERE = "everywhere"  # stands for the team in addresses of roles that need none
ENDING = {
    Role.CANDIDATE: (
        "{name} is no longer in the team, from the next page on: its supervisors no longer see "
        "{name}, and what was asked there is not asked any more. The record of hours, "
        "observations, sign-offs and everything learned stays with {name}, and goes along to "
        "another team."
    ),
    Role.SUPERVISOR: (
        "{name} no longer sees the team, from the next page on. What {name} wrote and signed "
        "stays. Another supervisor of the team can sign hours that wait for {name}."
    ),
    Role.TRAINER: (
        "{name} no longer comes into the studio, from the next page on. Drafts and reviews stay."
    ),
    Role.ADMINISTRATOR: (
        "{name} can no longer invite people, close accounts or change roles, from the next page on."
    ),
}


def roles_card(
    store: Store,
    person: PersonLine,
    role_form: RoleInput | None,
    credential_form: CredentialInput | None,
    *,
    known: tuple[str, ...],
) -> RolesCard:
    """Shows what somebody is here, with the forms as they were sent, or fresh ones."""
    role_form = role_form or RoleInput(formdata=None)
    return RolesCard(
        held=tuple(_held_row(person.id, one) for one in held_roles(store, person.id)),
        role_form=role_form,
        credential_form=credential_form
        or CredentialInput(formdata=None, credential=person.credential),
        credentials=known,
        has_teams=give_teams(store, role_form.cohort),
    )


def give_teams(store: Store, field: SelectField) -> bool:
    """Lets a field choose among the teams there are. Says whether there are any."""
    teams = {cohort.id: cohort.name for cohort in store.cohorts.all()}
    field.choices = {"": "No team", **teams}
    return bool(teams)


def suggestions(people: Iterable[PersonLine]) -> tuple[str, ...]:
    """Credentials to suggest: those people here have, and those whose renewal is known."""
    held = {one.credential for one in people if one.credential}
    return tuple(sorted(held | set(renewals_of(current_library().boards.values()))))


def grant_of(role: str | None, cohort_id: str | None) -> RoleGrant:
    """The role that a form names, without a team where it needs none."""
    known = Role(role or "")
    return RoleGrant(known, (cohort_id or None) if known in TEAM_ROLES else None)


def grant_named(role: str, cohort_id: str) -> RoleGrant:
    """The role that an address names. Raises: NotFound if there is no such role."""
    if role not in set(Role):
        raise NotFound("role-not-found", "There is no such role.")
    return RoleGrant(Role(role), None if cohort_id == EVERYWHERE else cohort_id)


def end_role_page(store: Store, viewer: Viewer, person_id: str, grant: RoleGrant) -> EndRolePage:
    """Asks before a role ends.

    Raises: NotFound if nobody here has the id, or they do not hold it; NotAllowed for one's own
    administration.
    """
    person = store.people.find(person_id)
    held = next(
        (
            one
            for one in held_roles(store, person_id)
            if (one.role, one.cohort_id) == (grant.role, grant.cohort_id)
        ),
        None,
    )
    if person is None or held is None:
        raise NotFound("role-not-held", "This role is not held, or has ended already.")
    refuse_own_administration(viewer, person_id, grant)
    return EndRolePage(
        full_name=person.full_name,
        title=f"End “{role_words(held.role, held.team)}” of {person.full_name}?",
        text=ENDING[held.role].format(name=person.full_name),
        back=Way(person.full_name, url_for("admin.person", person_id=person_id)),
    )


def role_words(role: Role, team: str) -> str:
    """A role with its team, as one says it."""
    return f"{role}, {team}" if team else str(role)


def _held_row(person_id: str, one: HeldRole) -> Row:
    url = url_for(
        "admin.ask_end_role",
        person_id=person_id,
        role=str(one.role),
        cohort_id=one.cohort_id or EVERYWHERE,
    )
    return (
        str(one.role).capitalize(),
        one.team or "the whole organization",
        say_date(one.since),
        Cell("End this role", url=url),
    )
