"""`waymark people`: adding people from the command line."""

from __future__ import annotations

import click

from app.cli.opening import now, ready_store
from app.domain.errors import DomainError, InvalidInput
from app.domain.person import TEAM_ROLES, Role, RoleGrant
from app.services.account import NewPerson, add_cohort, add_organisation, add_person
from app.storage.store import Store


@click.group()
def people() -> None:
    """People and their roles."""


@people.command("add")
@click.option("--name", required=True, help="Full name.")
@click.option("--email", required=True, help="Address to sign in with.")
@click.option("--role", type=click.Choice([str(role) for role in Role]), required=True)
@click.option("--team", default=None, help="Team, for candidates and supervisors.")
@click.option("--credential", default="", help="As it stands after the name, such as LCAS-A.")
@click.option("--organization", default="My organization", help="Used when none is set up yet.")
@click.password_option(help="Asked for when it is not given.")
def add_command(
    name: str,
    email: str,
    role: str,
    team: str | None,
    credential: str,
    organization: str,
    password: str,
) -> None:
    """Add a person who can sign in at once."""
    with ready_store() as store:
        if not store.organisation_id:
            store = store.for_organisation(add_organisation(store, name=organization, now=now()))
        grant = RoleGrant(Role(role), _team_id(store, role, team))
        added = add_person(
            store,
            NewPerson(name, email, password, credential),
            grants=frozenset({grant}),
            now=now(),
        )
        click.echo(f"{added.full_name} can sign in as {added.email}.")


def _team_id(store: Store, role: str, team: str | None) -> str | None:
    if Role(role) not in TEAM_ROLES:
        return None
    if team is None:
        error: DomainError = InvalidInput(
            "team-missing", f"A {role} belongs to a team.", "Name it with --team."
        )
        raise error
    known = next((cohort for cohort in store.cohorts.all() if cohort.name == team), None)
    store.end_reading()
    return (known or add_cohort(store, name=team, now=now())).id
