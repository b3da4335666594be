from __future__ import annotations

import pytest

from app.domain.person import TEAM_ROLES, Person, Role, RoleGrant
from tests.learning_builders import a_viewer


@pytest.mark.parametrize(
    ("full_name", "first_name"),
    [("Ana Reyes", "Ana"), ("Noor", "Noor"), ("María José de la Cruz", "María"), ("", "")],
)
def test_people_are_greeted_by_their_first_name(full_name: str, first_name: str) -> None:
    person = Person("person-1", "organisation-1", "ana@harbor.example", full_name)

    assert person.first_name == first_name


def test_a_viewer_carries_who_they_are_and_where_they_belong() -> None:
    viewer = a_viewer(id="ana", organisation_id="harbor")

    assert (viewer.id, viewer.organisation_id) == ("ana", "harbor")
    assert viewer.seen_at is None


def test_somebody_may_hold_several_roles_for_several_teams() -> None:
    viewer = a_viewer(
        RoleGrant(Role.SUPERVISOR, "eastside"),
        RoleGrant(Role.SUPERVISOR, "westside"),
        RoleGrant(Role.CANDIDATE, "northside"),
        RoleGrant(Role.TRAINER),
    )

    assert viewer.roles == {Role.SUPERVISOR, Role.CANDIDATE, Role.TRAINER}
    assert viewer.cohorts_as(Role.SUPERVISOR) == {"eastside", "westside"}
    assert viewer.cohorts_as(Role.CANDIDATE) == {"northside"}
    assert viewer.holds(Role.TRAINER)
    assert not viewer.holds(Role.ADMINISTRATOR)


def test_a_role_without_a_team_reaches_no_team() -> None:
    viewer = a_viewer(RoleGrant(Role.SUPERVISOR), RoleGrant(Role.ADMINISTRATOR))

    assert viewer.cohorts_as(Role.SUPERVISOR) == frozenset()
    assert viewer.cohorts_as(Role.ADMINISTRATOR) == frozenset()


def test_without_a_grant_nobody_holds_anything() -> None:
    viewer = a_viewer()

    assert viewer.roles == frozenset()
    assert not any(viewer.holds(role) for role in Role)


def test_candidates_and_supervisors_are_what_they_are_in_a_team() -> None:
    assert {Role.CANDIDATE, Role.SUPERVISOR} == TEAM_ROLES
