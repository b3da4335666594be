"""People and how they come in: set-up, invitations, roles, leaving."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.domain.errors import Conflict, InvalidInput, NotAllowed, NotFound
from app.domain.person import TEAM_ROLES, Person, Role, RoleGrant, Viewer
from app.services.passwords import hash_password, refuse_weak
from app.services.tokens import digest, new_token
from app.storage.audit import AuditEntry
from app.storage.cohorts import Cohort
from app.storage.invitations import Invitation
from app.storage.store import Store

INVITATION_LASTS = timedelta(days=7)
LONGEST_NAME = 120
LONGEST_CREDENTIAL = 60


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Somebody to be added. Shape: `email` as typed; it is checked and lowered."""

    full_name: str
    email: str
    password: str
    credential: str = ""


def make_setup_token(store: Store, *, now: datetime) -> str | None:
    """Makes the one-time token for the first administrator.

    None: there is an administrator already, so no token is needed.
    """
    if store.people.any_administrator():
        return None
    token = new_token()
    with store.writing():
        store.invitations.add_setup_token(store.new_id(now), digest=digest(token), now=now)
    return token


def open_setup(store: Store, token: str) -> None:
    """Lets a set-up link in. Raises: NotFound if it is unknown or used."""
    if not store.invitations.setup_token_is_open(digest(token)):
        raise _setup_closed()


def set_up(
    store: Store, token: str, *, organisation: str, person: NewPerson, now: datetime
) -> Person:
    """Makes the organisation and its first administrator.

    Raises: NotFound if the token is unknown or used; InvalidInput for unusable input.
    """
    name = clean_name(organisation, what="organisation")
    added = _checked(person, person_id=store.new_id(now), organisation_id=store.new_id(now))
    hashed = hash_password(person.password)
    scoped = store.for_organisation(added.organisation_id)
    with store.writing():
        if store.people.any_administrator() or not store.invitations.use_setup_token(
            digest(token), now=now
        ):
            raise _setup_closed()
        store.people.add_organisation(added.organisation_id, name=name, now=now)
        _keep(scoped, added, hashed, {RoleGrant(Role.ADMINISTRATOR)}, now=now)
    return added


def add_organisation(store: Store, *, name: str, now: datetime) -> str:
    """Makes an organisation. Gives its id."""
    organisation_id = store.new_id(now)
    with store.writing():
        store.people.add_organisation(
            organisation_id, name=clean_name(name, what="organisation"), now=now
        )
    return organisation_id


def add_cohort(store: Store, *, name: str, now: datetime) -> Cohort:
    """Makes a team. Raises: Conflict if one has the name already."""
    cohort = Cohort(store.new_id(now), clean_name(name, what="team"))
    with store.writing():
        if any(known.name == cohort.name for known in store.cohorts.all()):
            raise Conflict("team-name-taken", "There is a team with this name already.")
        store.cohorts.add(cohort, now=now)
    return cohort


def add_person(
    store: Store, person: NewPerson, *, grants: frozenset[RoleGrant], now: datetime
) -> Person:
    """Adds a person with their roles, for the command line and the demo.

    Raises: InvalidInput for unusable input; Conflict if the address is taken.
    """
    added = _checked(person, person_id=store.new_id(now), organisation_id=store.organisation_id)
    hashed = hash_password(person.password)
    with store.writing():
        _keep(store, added, hashed, grants, now=now)
    return added


def invite(
    store: Store,
    inviter: Viewer,
    *,
    email: str,
    full_name: str,
    grant: RoleGrant,
    credential: str = "",
    now: datetime,
) -> str:
    """Invites a person by link. Gives the link's token, which is shown once.

    Raises: NotAllowed unless an administrator asks; InvalidInput for unusable input;
    NotFound for a team of another organisation; Conflict if the address is taken.
    """
    refuse_unless_administrator(inviter)
    refuse_misfit(store, grant)
    token = new_token()
    invitation = Invitation(
        id=store.new_id(now),
        organisation_id=inviter.organisation_id,
        email=clean_email(email),
        full_name=clean_name(full_name, what="name"),
        grant=grant,
        invited_by=inviter.id,
        invited_at=now,
        expires_at=now + INVITATION_LASTS,
        accepted_at=None,
        credential=clean_credential(credential),
    )
    with store.writing():
        _refuse_taken(store, invitation.email)
        store.invitations.add(invitation, digest=digest(token))
        _note(store, "invited", inviter.id, None, now, {"role": str(grant.role)})
    return token


def withdraw_invitation(
    store: Store, administrator: Viewer, *, invitation_id: str, now: datetime
) -> None:
    """Makes the link of an invitation useless.

    Raises: NotAllowed unless an administrator asks; NotFound for one that is used, too old,
    withdrawn, or of another organisation.
    """
    refuse_unless_administrator(administrator)
    organisation_id = administrator.organisation_id
    with store.writing():
        if not store.invitations.withdraw(invitation_id, organisation_id=organisation_id, now=now):
            raise no_open_invitation()
        _note(store, "invitation withdrawn", administrator.id, None, now)


def no_open_invitation() -> NotFound:
    """What an administrator is told who looks for an invitation that is not open."""
    return NotFound(
        "invitation-not-open",
        "There is no such open invitation.",
        "It may have been used meanwhile: look at the list of people.",
    )


def open_invitation(store: Store, token: str, *, now: datetime) -> Invitation:
    """Finds the invitation of a link. Raises: NotFound if it is unknown, used or too old."""
    invitation = store.invitations.find(digest(token))
    if invitation is None or not invitation.is_open(now):
        raise NotFound(
            "invitation-closed",
            "This invitation has been used or withdrawn, or is too old.",
            "Ask your administrator for a new one.",
        )
    return invitation


def accept_invitation(store: Store, token: str, *, password: str, now: datetime) -> Person:
    """Turns an invitation into a person who can sign in.

    Raises: NotFound as `open_invitation`; InvalidInput for a weak password.
    """
    invitation = open_invitation(store, token, now=now)
    person = NewPerson(invitation.full_name, invitation.email, password, invitation.credential)
    added = _checked(
        person, person_id=store.new_id(now), organisation_id=invitation.organisation_id
    )
    hashed = hash_password(password)
    scoped = store.for_organisation(invitation.organisation_id)
    with store.writing():
        if not store.invitations.accept(invitation.id, now=now):
            raise NotFound("invitation-closed", "This invitation has just been used or withdrawn.")
        _keep(scoped, added, hashed, {invitation.grant}, now=now)
    return added


def set_active(
    store: Store, administrator: Viewer, *, person_id: str, active: bool, now: datetime
) -> None:
    """Lets a person in or keeps them out; keeping out ends every sign-in at once.

    Raises: NotAllowed unless an administrator asks, or for oneself; NotFound if unknown;
    Conflict if nobody would be left to administer the organisation.
    """
    refuse_unless_administrator(administrator)
    if person_id == administrator.id:
        raise NotAllowed("not-yourself", "You cannot close your own account.")
    with store.writing():
        if store.people.find(person_id) is None:
            raise NotFound("person-not-found", "There is no such person here.")
        if not active:
            store.people.hold_organisation()  # two must not close each other
            store.sign_ins.end_all(person_id, now=now)
        store.people.set_active(person_id, active=active)
        if not active:
            refuse_without_administrator(store)
        action = "let in again" if active else "deactivated"
        _note(store, action, administrator.id, person_id, now)


def set_plan(
    store: Store, viewer: Viewer, *, exam_on: date | None, minutes_a_day: int | None
) -> None:
    """Keeps a person's own exam date and daily minutes."""
    if minutes_a_day is not None and not 5 <= minutes_a_day <= 240:
        raise InvalidInput("plan-minutes", "Plan between 5 and 240 minutes a day.")
    with store.writing():
        store.people.set_plan(viewer.id, exam_on=exam_on, minutes_a_day=minutes_a_day)


def _setup_closed() -> NotFound:
    return NotFound(
        "setup-closed",
        "This set-up link has been used or is too old.",
        "Start Waymark again: it prints a new one while there is no administrator.",
    )


def _keep(
    store: Store,
    person: Person,
    password_hash: str,
    grants: frozenset[RoleGrant] | set[RoleGrant],
    *,
    now: datetime,
) -> None:
    _refuse_taken(store, person.email)
    store.people.add(person, password_hash=password_hash, now=now)
    for grant in sorted(grants, key=lambda g: (g.role, g.cohort_id or "")):
        store.people.grant(store.new_id(now), person.id, grant, now=now)
    _note(store, "joined", person.id, person.id, now)


def _checked(person: NewPerson, *, person_id: str, organisation_id: str) -> Person:
    email = clean_email(person.email)
    name = clean_name(person.full_name, what="name")
    refuse_weak(person.password, about=(email, name, "waymark"))
    credential = clean_credential(person.credential)
    return Person(person_id, organisation_id, email, name, credential)


def clean_email(text: str) -> str:
    """Tidies an address. Raises: InvalidInput if it cannot be one."""
    from email_validator import EmailNotValidError, validate_email  # seldom needed, large tables

    try:
        checked = validate_email(text.strip(), check_deliverability=False, test_environment=True)
    except EmailNotValidError as error:
        raise InvalidInput(
            "email-unusable",
            "This does not look like an e-mail address.",
            "It should be of the form name@example.org.",
        ) from error
    return checked.normalized.lower()


def clean_name(text: str, *, what: str) -> str:
    """Tidies a name. Raises: InvalidInput if it is empty, too long, or holds odd characters."""
    name = " ".join(text.split())
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise InvalidInput(
            f"{what}-unusable", f"Give the {what} in 1 to {LONGEST_NAME} characters."
        )
    return name


def clean_credential(text: str) -> str:
    """Tidies a working credential; empty means none.

    Raises: InvalidInput if it is too long or holds odd characters.
    """
    credential = " ".join(text.split())
    if len(credential) > LONGEST_CREDENTIAL or not credential.isprintable():
        raise InvalidInput(
            "credential-unusable",
            f"Keep the credential to {LONGEST_CREDENTIAL} letters, figures and signs.",
            "Write it as it stands after the name, such as LCAS-A.",
        )
    return credential


def _refuse_taken(store: Store, email: str) -> None:
    if store.people.email_is_taken(email):
        raise Conflict("email-taken", "Somebody with this address is here already.")


def refuse_unless_administrator(viewer: Viewer) -> None:
    """Raises: NotAllowed for everybody else."""
    if not viewer.holds(Role.ADMINISTRATOR):
        raise NotAllowed("administrators-only", "Only an administrator can do this.")


def refuse_without_administrator(store: Store) -> None:
    """Undoes a change after which nobody could administer the organisation. Raises: Conflict."""
    if not store.people.has_administrator():
        raise Conflict(
            "last-administrator",
            "Nobody would be left who administers your organization.",
            "Make somebody else an administrator first.",
        )


def refuse_misfit(store: Store, grant: RoleGrant) -> None:
    """Refuses a role without the team it needs.

    Raises: InvalidInput if the team is missing; NotFound for one of another organisation.
    """
    if grant.role in TEAM_ROLES and grant.cohort_id is None:
        raise InvalidInput("team-missing", f"Choose the team for this {grant.role}.")
    if grant.cohort_id is not None and store.cohorts.find(grant.cohort_id) is None:
        raise NotFound("team-not-found", "There is no such team here.")


def _note(
    store: Store,
    action: str,
    actor_id: str,
    subject_id: str | None,
    now: datetime,
    details: dict[str, str] | None = None,
) -> None:
    store.audit.add(
        store.new_id(now),
        AuditEntry(now, action, actor_id=actor_id, subject_id=subject_id, details=details or {}),
    )
