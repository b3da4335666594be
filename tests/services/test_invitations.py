from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import text

from app.domain.errors import Conflict, InvalidInput, NotAllowed, NotFound
from app.domain.person import Person, Role, RoleGrant, Viewer
from app.services import account
from app.storage.cohorts import Cohort
from app.storage.queries.admin_pages import open_invitations
from app.storage.store import Store
from tests.at_once import at_once
from tests.cast import NOW, PASSWORD, a_person, as_viewer

TRAINER = RoleGrant(Role.TRAINER)


@pytest.fixture
def eli(store: Store) -> Viewer:
    return as_viewer(store, a_person(store, "Eli Moreau", role=Role.ADMINISTRATOR))


@pytest.fixture
def team(store: Store) -> Cohort:
    return account.add_cohort(store, name="Eastside", now=NOW)


def invite(
    store: Store,
    inviter: Viewer,
    grant: RoleGrant = TRAINER,
    *,
    email: str = "Ben@Harbor.example",
    full_name: str = "Ben Okafor",
) -> str:
    return account.invite(store, inviter, email=email, full_name=full_name, grant=grant, now=NOW)


def accept(store: Store, token: str, password: str = PASSWORD) -> Person:
    return account.accept_invitation(store, token, password=password, now=NOW)


def test_an_invitation_becomes_a_person_with_the_role_it_names(
    store: Store, eli: Viewer, team: Cohort
) -> None:
    grant = RoleGrant(Role.CANDIDATE, team.id)
    token = invite(store, eli, grant)
    nobodys = Store(store.session)  # whoever follows a link is not known yet

    invitation = account.open_invitation(nobodys, token, now=NOW)
    ben = accept(nobodys, token)

    assert (invitation.full_name, invitation.grant) == ("Ben Okafor", grant)
    assert (ben.email, ben.organisation_id) == ("ben@harbor.example", eli.organisation_id)
    assert store.people.grants_of(ben.id) == {grant}
    assert store.cohorts.members(team.id) == [ben]
    assert [entry.action for entry in store.audit.about(ben.id)] == ["joined"]
    assert "invited" in [entry.action for entry in store.audit.newest()]


def test_an_invitation_works_once(store: Store, eli: Viewer) -> None:
    token = invite(store, eli)
    accept(store, token)

    with pytest.raises(NotFound):
        account.open_invitation(store, token, now=NOW)
    with pytest.raises(NotFound):
        accept(store, token)


def test_an_invitation_accepted_in_several_tabs_makes_one_person(store: Store, eli: Viewer) -> None:
    token = invite(store, eli)

    replies = at_once(store, *[partial(accept, token=token)] * 4)

    made = [reply for reply in replies if isinstance(reply, Person)]
    assert len(made) == 1
    assert [type(reply) for reply in replies if not isinstance(reply, Person)] == [NotFound] * 3
    assert store.people.find_by_email("ben@harbor.example") == made[0]


@pytest.mark.parametrize(
    ("after", "is_open"),
    [
        (account.INVITATION_LASTS - timedelta(seconds=1), True),
        (account.INVITATION_LASTS, False),
        (timedelta(days=400), False),
    ],
)
def test_an_invitation_runs_out(store: Store, eli: Viewer, after: timedelta, is_open: bool) -> None:
    token = invite(store, eli)

    if is_open:
        account.accept_invitation(store, token, password=PASSWORD, now=NOW + after)
    else:
        with pytest.raises(NotFound):
            account.accept_invitation(store, token, password=PASSWORD, now=NOW + after)

    assert store.people.email_is_taken("ben@harbor.example") is is_open


@pytest.mark.parametrize("token", ["", "made up", "a" * 43])
def test_a_made_up_link_opens_nothing(store: Store, eli: Viewer, token: str) -> None:
    invite(store, eli)

    with pytest.raises(NotFound):
        account.open_invitation(store, token, now=NOW)


@pytest.mark.parametrize("password", ["short", "password1", "ben okafor", "benokafor"])
def test_a_weak_password_leaves_the_invitation_open(
    store: Store, eli: Viewer, password: str
) -> None:
    token = invite(store, eli)

    with pytest.raises(InvalidInput):
        accept(store, token, password)

    assert accept(store, token).full_name == "Ben Okafor"


@pytest.mark.parametrize("role", [Role.CANDIDATE, Role.SUPERVISOR])
def test_candidates_and_supervisors_need_a_team(store: Store, eli: Viewer, role: Role) -> None:
    with pytest.raises(InvalidInput) as refused:
        invite(store, eli, RoleGrant(role))

    assert refused.value.code == "team-missing"
    assert open_invitations(store, now=NOW) == []


def test_a_team_of_another_organisation_is_not_found(store: Store, eli: Viewer) -> None:
    hill = store.for_organisation(account.add_organisation(store, name="Hill", now=NOW))
    foreign = account.add_cohort(hill, name="Hill team", now=NOW)

    with pytest.raises(NotFound):
        invite(store, eli, RoleGrant(Role.CANDIDATE, foreign.id))


@pytest.mark.parametrize("role", [Role.CANDIDATE, Role.TRAINER, Role.SUPERVISOR])
def test_only_administrators_invite(store: Store, team: Cohort, role: Role) -> None:
    somebody = as_viewer(store, a_person(store, "Cora Lindqvist", role=role, team=team))

    with pytest.raises(NotAllowed):
        invite(store, somebody, RoleGrant(Role.ADMINISTRATOR))


def test_nobody_is_invited_who_is_here_already(store: Store, eli: Viewer) -> None:
    a_person(store, "Ben Okafor")

    with pytest.raises(Conflict) as refused:
        invite(store, eli)

    assert refused.value.code == "email-taken"


def test_of_two_invitations_to_one_address_the_first_one_used_counts(
    store: Store, eli: Viewer, team: Cohort
) -> None:
    first, second = invite(store, eli), invite(store, eli, RoleGrant(Role.SUPERVISOR, team.id))
    ben = accept(store, second)

    with pytest.raises(Conflict):
        accept(store, first)

    assert store.people.grants_of(ben.id) == {RoleGrant(Role.SUPERVISOR, team.id)}
    account.open_invitation(store, first, now=NOW)  # the refused try used nothing up


@pytest.mark.parametrize(("email", "full_name"), [("ben", "Ben"), ("ben@harbor.example", " ")])
def test_an_unusable_address_or_name_invites_nobody(
    store: Store, eli: Viewer, email: str, full_name: str
) -> None:
    with pytest.raises(InvalidInput):
        invite(store, eli, email=email, full_name=full_name)

    assert open_invitations(store, now=NOW) == []


def test_what_is_stored_opens_nothing(store: Store, eli: Viewer) -> None:
    token = invite(store, eli)

    stored = str(
        [store.session.execute(text(f"SELECT * FROM {t}")).all() for t in ("invitations", "audit")]
    )
    (kept,) = store.session.execute(text("SELECT token_digest FROM invitations")).one()
    assert token not in stored
    with pytest.raises(NotFound):
        account.open_invitation(store, kept, now=NOW)


def test_a_withdrawn_invitation_opens_nothing_and_the_trail_says_who(
    store: Store, eli: Viewer
) -> None:
    token = invite(store, eli)
    (line,) = open_invitations(store, now=NOW)

    later = NOW + timedelta(minutes=1)
    account.withdraw_invitation(store, eli, invitation_id=line.id, now=later)

    assert open_invitations(store, now=later) == []
    with pytest.raises(NotFound):
        account.accept_invitation(store, token, password=PASSWORD, now=later)
    newest = store.audit.newest(1)[0]
    assert (newest.action, newest.actor_id) == ("invitation withdrawn", eli.id)


def test_withdrawn_while_it_is_being_accepted_it_lets_nobody_in(
    store: Store, eli: Viewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = invite(store, eli)
    (line,) = open_invitations(store, now=NOW)
    hashing = account.hash_password

    def withdrawn_meanwhile(password: str) -> str:
        account.withdraw_invitation(store, eli, invitation_id=line.id, now=NOW)
        return hashing(password)

    monkeypatch.setattr(account, "hash_password", withdrawn_meanwhile)

    with pytest.raises(NotFound):
        accept(store, token)
    assert store.people.find_by_email("ben@harbor.example") is None


def test_what_is_used_or_withdrawn_cannot_be_withdrawn(store: Store, eli: Viewer) -> None:
    token = invite(store, eli)
    (used,) = open_invitations(store, now=NOW)
    accept(store, token)
    invite(store, eli, email="noor@harbor.example", full_name="Noor Haddad")
    (withdrawn,) = open_invitations(store, now=NOW)
    account.withdraw_invitation(store, eli, invitation_id=withdrawn.id, now=NOW)

    for line in (used, withdrawn):
        with pytest.raises(NotFound):
            account.withdraw_invitation(store, eli, invitation_id=line.id, now=NOW)


def test_an_invitation_of_another_organisation_is_not_found(store: Store, eli: Viewer) -> None:
    hill = store.for_organisation(account.add_organisation(store, name="Hill", now=NOW))
    theirs = as_viewer(hill, a_person(hill, "Hilla Kern", role=Role.ADMINISTRATOR))
    invite(hill, theirs)
    (line,) = open_invitations(hill, now=NOW)

    with pytest.raises(NotFound):
        account.withdraw_invitation(store, eli, invitation_id=line.id, now=NOW)

    assert open_invitations(hill, now=NOW) == [line]


@pytest.mark.parametrize("role", [Role.CANDIDATE, Role.TRAINER, Role.SUPERVISOR])
def test_only_administrators_withdraw(store: Store, eli: Viewer, team: Cohort, role: Role) -> None:
    somebody = as_viewer(store, a_person(store, "Cora Lindqvist", role=role, team=team))
    invite(store, eli)
    (line,) = open_invitations(store, now=NOW)

    with pytest.raises(NotAllowed):
        account.withdraw_invitation(store, somebody, invitation_id=line.id, now=NOW)
