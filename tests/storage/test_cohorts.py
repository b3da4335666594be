from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.assignment import AssignmentKind
from app.domain.errors import Conflict
from app.domain.person import Role
from app.services.account import add_organisation
from app.storage.cohorts import Cohort
from app.storage.store import Store
from tests.builders import A_DAY
from tests.learning_builders import A_MOMENT, an_assignment
from tests.storage.rows import add_cohort, add_person, grant


def test_teams_come_by_name(store: Store) -> None:
    west, east = add_cohort(store, "Westside"), add_cohort(store, "Eastside")

    assert store.cohorts.all() == [east, west]
    assert store.cohorts.find(west.id) == Cohort(west.id, "Westside")
    assert store.cohorts.find("another") is None


def test_two_teams_of_one_organisation_never_share_a_name(store: Store) -> None:
    add_cohort(store, "Eastside")
    elsewhere = store.for_organisation(add_organisation(store, name="Hill", now=A_MOMENT))

    add_cohort(elsewhere, "Eastside")
    with pytest.raises(Conflict):
        add_cohort(store, "Eastside")


def test_members_are_the_active_people_with_that_role_by_name(store: Store) -> None:
    team, other = add_cohort(store), add_cohort(store, "Westside")
    noor, ana, cora, left, elsewhere = (
        add_person(store, name) for name in ("Noor H", "Ana R", "Cora L", "Luis F", "Mika S")
    )
    for person in (noor, ana, left):
        grant(store, person, Role.CANDIDATE, team)
    grant(store, cora, Role.SUPERVISOR, team)
    grant(store, elsewhere, Role.CANDIDATE, other)

    with store.writing():
        store.people.set_active(left.id, active=False)

    assert store.cohorts.members(team.id) == [ana, noor]
    assert store.cohorts.members(team.id, Role.SUPERVISOR) == [cora]
    assert store.cohorts.members("another") == []


def test_assignments_come_back_the_earliest_due_first(store: Store) -> None:
    ana, team, other = add_person(store), add_cohort(store), add_cohort(store, "Westside")
    lesson = an_assignment(id="a1", cohort_id=team.id, assigned_by=ana.id)
    case = an_assignment(
        id="a2",
        cohort_id=team.id,
        person_id=ana.id,
        kind=AssignmentKind.SCENARIO,
        due_on=A_DAY - timedelta(days=3),
        assigned_by=ana.id,
    )
    elsewhere = replace(lesson, id="a3", cohort_id=other.id)

    with store.writing():
        for assignment in (lesson, case, elsewhere):
            store.cohorts.assign(assignment)

    assert store.cohorts.assignments(frozenset({team.id})) == [case, lesson]
    assert store.cohorts.assignments(frozenset({team.id, other.id})) == [case, lesson, elsewhere]
    assert store.cohorts.assignments(frozenset()) == []


def test_what_was_withdrawn_is_asked_no_more(store: Store) -> None:
    ana, team, other = add_person(store), add_cohort(store), add_cohort(store, "Westside")
    assignment = an_assignment(cohort_id=team.id, assigned_by=ana.id)

    with store.writing():
        store.cohorts.assign(assignment)
        elsewhere = store.cohorts.withdraw(assignment.id, cohort_id=other.id, now=A_MOMENT)
        first = store.cohorts.withdraw(assignment.id, cohort_id=team.id, now=A_MOMENT)
        second = store.cohorts.withdraw(assignment.id, cohort_id=team.id, now=A_MOMENT)

    assert (elsewhere, first, second) == (False, True, False)
    assert store.cohorts.assignments(frozenset({team.id})) == []
