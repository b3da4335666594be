"""Paths of a case from stored runs: first runs of one's own organisation only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest

from app.domain.person import Person
from app.domain.scenario import Scenario
from app.domain.small_counts import Band
from app.services.account import add_organisation
from app.services.case_paths import case_paths
from app.storage.queries.path_pages import runs_of_case
from app.storage.store import Store
from tests.learning_builders import A_MOMENT
from tests.path_builders import BEGAN, LATER, a_run, keep_run
from tests.scenario_builders import a_scenario, a_scene, a_scored_choice, an_ending
from tests.storage.rows import add_person, add_run

CASE = a_scenario(
    a_scene("first", a_scored_choice("good", "end", 3), a_scored_choice("poor", "end", 0)),
    an_ending("end"),
)
NAMES = ("Ana", "Ben", "Cora", "Dov", "Eli", "Fay")


def plays(
    store: Store, person: Person, *choices: str, days: int = 0, scenario: Scenario = CASE
) -> None:
    """Keeps a run of somebody, begun so many days after the others."""
    began = BEGAN + timedelta(days=days)
    keep_run(store, person, scenario, a_run(scenario, *choices, seconds=20, began=began))


@pytest.fixture
def people(store: Store) -> Sequence[Person]:
    return [add_person(store, name) for name in NAMES]


def test_the_first_run_of_each_person_counts_and_later_ones_are_told_apart(
    store: Store, people: Sequence[Person]
) -> None:
    for person in people:
        plays(store, person, "poor", days=1)
        plays(store, person, "good", days=2)
    plays(store, people[0], "good", days=3)

    runs = runs_of_case(store, CASE.id)
    report = case_paths(store, CASE, now=LATER)

    assert (len(runs.first), runs.later) == (6, 7)
    assert {run.moves[0][0]["choice_id"] for run in runs.first} == {"poor"}
    assert report.people == Band(5, 9)
    assert report.later_runs == Band(5, 9)
    assert [one.people for one in report.decisions[0].options] == [Band(0, 4), Band(5, 9)]
    assert report.decisions[0].seconds == 20


def test_runs_of_other_cases_are_left_out(store: Store, people: Sequence[Person]) -> None:
    for person in people:
        plays(store, person, "poor")
        add_run(store, person, scenario_id="another", request_key="another")

    assert len(runs_of_case(store, CASE.id).first) == 6
    assert len(runs_of_case(store, "another").first) == 6
    assert runs_of_case(store, "none").first == ()


def test_runs_of_another_organisation_are_not_counted(
    store: Store, people: Sequence[Person]
) -> None:
    for person in people:
        plays(store, person, "poor")
    stranger = store.for_organisation(add_organisation(store, name="Hill Clinic", now=A_MOMENT))
    plays(stranger, add_person(stranger, "Gil"), "good")

    assert len(runs_of_case(stranger, CASE.id).first) == 1
    assert case_paths(stranger, CASE, now=LATER).people is None
    assert len(runs_of_case(store, CASE.id).first) == 6


def test_a_report_holds_nobody(store: Store, people: Sequence[Person]) -> None:
    for person in people:
        plays(store, person, "poor")

    told = f"{runs_of_case(store, CASE.id)} {case_paths(store, CASE, now=LATER)}"

    assert not any(person.id in told or person.full_name in told for person in people)


def test_a_run_that_is_open_stands_where_its_last_choice_led(
    store: Store, people: Sequence[Person]
) -> None:
    case = a_scenario(
        a_scene("first", a_scored_choice("good", "second", 3)),
        a_scene("second", a_scored_choice("well", "end", 3)),
        an_ending("end"),
        id="longer",
    )
    for person in people:
        plays(store, person, "good", scenario=case)

    report = case_paths(store, case, now=LATER)

    assert report.stopped == {"second": Band(5, 9)}
