from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from app.domain.assignment import Assignment, AssignmentKind, Membership
from app.domain.errors import Conflict, InvalidInput, NotFound
from app.domain.person import Viewer
from app.services import cohort
from app.services.account import add_cohort, add_organisation
from app.storage.store import Store
from tests.at_once import at_once
from tests.cast import NOW, Cast, as_viewer

TODAY = NOW.date()


def a_wish(**changes: Any) -> cohort.AssignmentWish:
    fields: dict[str, Any] = {
        "kind": AssignmentKind.LESSON,
        "target_id": "family/consent-first",
        "due_on": TODAY + timedelta(days=14),
    }
    return cohort.AssignmentWish(**{**fields, **changes})


@pytest.fixture
def cora(store: Store, cast: Cast) -> Viewer:
    return as_viewer(store, cast.cora)


@pytest.fixture
def dov(store: Store, cast: Cast) -> Viewer:
    return as_viewer(store, cast.dov)


def asked(store: Store, cast: Cast) -> list[Assignment]:
    return store.cohorts.assignments(frozenset({cast.eastside.id}))


def assign(store: Store, supervisor: Viewer, team_id: str, **changes: Any) -> Assignment:
    return cohort.assign(store, supervisor, cohort_id=team_id, wish=a_wish(**changes), now=NOW)


def test_a_supervisor_asks_something_of_a_team(store: Store, cast: Cast, cora: Viewer) -> None:
    assignment = assign(store, cora, cast.eastside.id)

    assert asked(store, cast) == [assignment]
    assert (assignment.person_id, assignment.assigned_by) == (None, cora.id)


def test_a_supervisor_asks_something_of_one_person(store: Store, cast: Cast, cora: Viewer) -> None:
    assignment = assign(store, cora, cast.eastside.id, person_id=cast.ana.id)

    assert [one.person_id for one in asked(store, cast)] == [cast.ana.id]
    assert not assignment.asks(Membership(cast.luis.id, TODAY))


@pytest.mark.parametrize("somebody", ["mika", "cora", "eli"])
def test_nobody_outside_the_team_is_asked(
    store: Store, cast: Cast, cora: Viewer, somebody: str
) -> None:
    with pytest.raises(NotFound) as refused:
        assign(store, cora, cast.eastside.id, person_id=getattr(cast, somebody).id)

    assert refused.value.code == "person-not-found"
    assert asked(store, cast) == []


def test_somebody_who_left_is_not_asked(store: Store, cast: Cast, cora: Viewer) -> None:
    with store.writing():
        store.people.set_active(cast.ana.id, active=False)

    with pytest.raises(NotFound):
        assign(store, cora, cast.eastside.id, person_id=cast.ana.id)


@pytest.mark.parametrize("somebody", ["dov", "ana", "ben", "eli"])
def test_only_the_teams_own_supervisor_asks_or_takes_back(
    store: Store, cast: Cast, cora: Viewer, somebody: str
) -> None:
    other = as_viewer(store, getattr(cast, somebody))
    mine = assign(store, cora, cast.eastside.id)

    with pytest.raises(NotFound) as asking:
        assign(store, other, cast.eastside.id, target_id="family/two")
    with pytest.raises(NotFound) as taking_back:
        cohort.withdraw(store, other, cohort_id=cast.eastside.id, assignment_id=mine.id, now=NOW)

    assert {asking.value.code, taking_back.value.code} == {"team-not-found"}
    assert asked(store, cast) == [mine]


@pytest.mark.parametrize(("due_in", "is_taken"), [(-1, False), (0, True), (1, True)])
def test_a_due_date_is_today_or_later(
    store: Store, cast: Cast, cora: Viewer, due_in: int, is_taken: bool
) -> None:
    due_on = TODAY + timedelta(days=due_in)

    if is_taken:
        assign(store, cora, cast.eastside.id, due_on=due_on)
    else:
        with pytest.raises(InvalidInput):
            assign(store, cora, cast.eastside.id, due_on=due_on)

    assert [one.due_on for one in asked(store, cast)] == ([due_on] if is_taken else [])


def test_the_same_is_not_asked_twice(store: Store, cast: Cast, cora: Viewer) -> None:
    first = assign(store, cora, cast.eastside.id)

    with pytest.raises(Conflict) as refused:
        assign(store, cora, cast.eastside.id, due_on=TODAY)

    assert "December 7" in refused.value.user_message
    assert asked(store, cast) == [first]


@pytest.mark.parametrize(
    "changes",
    [{"kind": AssignmentKind.SCENARIO}, {"target_id": "family/two"}, {"person_id": "ana"}],
    ids=["kind", "target", "person"],
)
def test_something_else_may_be_asked_beside_it(
    store: Store, cast: Cast, cora: Viewer, changes: dict[str, Any]
) -> None:
    if "person_id" in changes:
        changes = {"person_id": cast.ana.id}
    assign(store, cora, cast.eastside.id)

    assign(store, cora, cast.eastside.id, **changes)

    assert len(asked(store, cast)) == 2


def test_a_form_sent_from_several_tabs_asks_once(store: Store, cast: Cast, cora: Viewer) -> None:
    replies = at_once(store, *[partial(assign, supervisor=cora, team_id=cast.eastside.id)] * 4)

    made = [reply for reply in replies if isinstance(reply, Assignment)]
    assert asked(store, cast) == made
    assert [reply.code for reply in replies if isinstance(reply, Conflict)] == [
        "already-assigned"
    ] * 3


def test_what_was_taken_back_can_be_asked_again(store: Store, cast: Cast, cora: Viewer) -> None:
    first = assign(store, cora, cast.eastside.id)

    cohort.withdraw(store, cora, cohort_id=cast.eastside.id, assignment_id=first.id, now=NOW)
    second = assign(store, cora, cast.eastside.id)

    assert asked(store, cast) == [second]


def test_taking_back_twice_or_from_another_team_finds_nothing(
    store: Store, cast: Cast, cora: Viewer, dov: Viewer
) -> None:
    mine = assign(store, cora, cast.eastside.id)

    with pytest.raises(NotFound) as from_elsewhere:
        cohort.withdraw(store, dov, cohort_id=cast.westside.id, assignment_id=mine.id, now=NOW)
    cohort.withdraw(store, cora, cohort_id=cast.eastside.id, assignment_id=mine.id, now=NOW)
    with pytest.raises(NotFound) as twice:
        cohort.withdraw(store, cora, cohort_id=cast.eastside.id, assignment_id=mine.id, now=NOW)

    assert {from_elsewhere.value.code, twice.value.code} == {"assignment-not-found"}


def test_a_supervisor_of_another_organisation_reaches_nothing(
    store: Store, cast: Cast, cora: Viewer
) -> None:
    hill = store.for_organisation(add_organisation(store, name="Hill", now=NOW))
    team = add_cohort(hill, name="Hill team", now=NOW)

    with pytest.raises(NotFound):
        assign(hill, cora, team.id)
    with pytest.raises(NotFound):
        assign(hill, cora, cast.eastside.id, person_id=cast.ana.id)

    assert asked(store, cast) == []
