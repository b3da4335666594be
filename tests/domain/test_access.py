from __future__ import annotations

import pytest

from app.domain.access import own, supervised_cohort
from app.domain.errors import NotFound
from app.domain.person import Role, RoleGrant, Viewer
from tests.learning_builders import a_viewer


def test_a_supervisor_reaches_a_team_of_their_own() -> None:
    cora = a_viewer(RoleGrant(Role.SUPERVISOR, "eastside"))

    assert supervised_cohort(cora, "eastside") == "eastside"


@pytest.mark.parametrize(
    "viewer",
    [
        a_viewer(),
        a_viewer(RoleGrant(Role.SUPERVISOR, "westside")),
        a_viewer(RoleGrant(Role.CANDIDATE, "eastside")),
        a_viewer(RoleGrant(Role.SUPERVISOR)),
        a_viewer(RoleGrant(Role.ADMINISTRATOR)),
        a_viewer(RoleGrant(Role.TRAINER), RoleGrant(Role.ADMINISTRATOR)),
    ],
    ids=["nobody", "another team", "a member", "no team named", "administrator", "trainer"],
)
def test_everybody_else_is_told_that_there_is_no_such_team(viewer: Viewer) -> None:
    with pytest.raises(NotFound):
        supervised_cohort(viewer, "eastside")


def test_a_team_that_exists_and_one_that_does_not_are_refused_in_the_same_words() -> None:
    dov = a_viewer(RoleGrant(Role.SUPERVISOR, "westside"))

    with pytest.raises(NotFound) as others:
        supervised_cohort(dov, "eastside")
    with pytest.raises(NotFound) as nobodys:
        supervised_cohort(dov, "no-such-team")

    assert _told(others.value) == _told(nobodys.value)


def test_people_reach_what_is_theirs() -> None:
    own(a_viewer(id="ana"), "ana", thing="quiz")


@pytest.mark.parametrize("owner_id", ["luis", "", None])
def test_what_is_not_theirs_is_not_found(owner_id: str | None) -> None:
    with pytest.raises(NotFound) as refused:
        own(a_viewer(id="ana"), owner_id, thing="quiz")

    assert refused.value.code == "quiz-not-found"


def test_someone_elses_and_what_does_not_exist_are_refused_in_the_same_words() -> None:
    with pytest.raises(NotFound) as someone_elses:
        own(a_viewer(id="ana"), "luis", thing="run")
    with pytest.raises(NotFound) as missing:
        own(a_viewer(id="ana"), None, thing="run")

    assert _told(someone_elses.value) == _told(missing.value)


def test_not_even_an_administrator_owns_what_is_someone_elses() -> None:
    eli = a_viewer(RoleGrant(Role.ADMINISTRATOR), id="eli")

    with pytest.raises(NotFound):
        own(eli, "ana", thing="quiz")


def _told(refusal: NotFound) -> tuple[str, str, str]:
    return refusal.code, refusal.user_message, refusal.advice
