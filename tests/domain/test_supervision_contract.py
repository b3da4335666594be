from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.development_goal import GoalWish, refuse_unfit_goal
from app.domain.errors import InvalidInput
from app.domain.supervision_contract import (
    Contract,
    ContractState,
    contract_state,
    refuse_unfit_terms,
)
from tests.supervision_chain import TODAY, terms

BOTH = {"ana", "cora"}


def state(*, number: int = 1, accepted: set[str] = BOTH, newest: int = 1, on: date = TODAY) -> str:
    contract = Contract("c", "ana", "cora", number, terms())
    return contract_state(contract, accepted_by=accepted, newest=newest, today=on)


@given(st.integers(1, 4000))
def test_an_end_before_the_start_is_refused(days: int) -> None:
    with pytest.raises(InvalidInput, match="end before it begins"):
        refuse_unfit_terms(terms(ends_on=TODAY - timedelta(days)))


def test_a_contract_of_one_day_is_one() -> None:
    refuse_unfit_terms(terms(ends_on=TODAY))


@pytest.mark.parametrize("name", ["purpose", "site", "ethics", "methods"])
def test_nothing_is_left_open_or_without_end(name: str) -> None:
    for words in ("  ", "x" * 2001):
        with pytest.raises(InvalidInput) as refused:
            refuse_unfit_terms(terms(**{name: words}))
        assert refused.value.code == f"contract-{name}"


def test_a_contract_is_in_force_once_both_accept_it() -> None:
    assert state(accepted={"cora"}, newest=0) == ContractState.WAITING
    assert state() == ContractState.IN_FORCE


def test_the_last_day_counts_too() -> None:
    last = terms().ends_on

    assert state(on=last) == ContractState.IN_FORCE
    assert state(on=last + timedelta(1)) == ContractState.ENDED
    assert state(on=TODAY - timedelta(1)) == ContractState.AHEAD


def test_a_version_stays_in_force_until_both_accept_the_next() -> None:
    assert state(number=1, newest=1) == ContractState.IN_FORCE
    assert state(number=2, newest=1, accepted={"cora"}) == ContractState.WAITING
    assert state(number=1, newest=2) == ContractState.REPLACED


@pytest.mark.parametrize("name", ["target_on", "reobserve_on"])
def test_a_goal_looks_ahead(name: str) -> None:
    days = {"target_on": TODAY, "reobserve_on": TODAY, name: TODAY - timedelta(1)}

    with pytest.raises(InvalidInput) as refused:
        refuse_unfit_goal(GoalWish("CONF", "Goal", "Steps", **days), today=TODAY)

    assert refused.value.code == f"goal-{name}"
