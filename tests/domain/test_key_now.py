"""Which answers count as right after regrades, and what is shown as right meanwhile."""

from __future__ import annotations

from itertools import product

import pytest

from app.domain.regrade import Regrade, RegradePolicy, judged, key_now
from tests.builders import an_item
from tests.domain.regrades import a_regrade
from tests.learning_builders import a_response, a_slot

ITEM = an_item()
SLOT = a_slot(item=ITEM, option_order=("d", "c", "b", "a"))
ACCEPT, DROP, CREDIT, REKEY = RegradePolicy


def signed(policy: RegradePolicy, accepted: str = "", *, never_lower: bool = False) -> Regrade:
    return a_regrade(SLOT, policy=policy, accepted=tuple(accepted), never_lower=never_lower)


@pytest.mark.parametrize(
    ("regrades", "counting", "best", "rest"),
    [
        ([], "b", "b", False),
        ([signed(REKEY, "c")], "c", "c", False),
        ([signed(REKEY, "c", never_lower=True)], "cb", "cb", False),
        ([signed(ACCEPT, "bd")], "db", "db", False),
        ([signed(REKEY, "c"), signed(REKEY, "a", never_lower=True)], "ca", "ca", False),
        ([signed(CREDIT)], "dcba", "b", True),
        ([signed(REKEY, "c"), signed(CREDIT)], "dcba", "c", True),
        ([signed(DROP)], "", "b", None),
        ([signed(REKEY, "c"), signed(DROP)], "", "c", None),
        ([signed(DROP, never_lower=True)], "b", "b", None),
        ([signed(DROP), signed(REKEY, "c", never_lower=True)], "c", "c", None),
    ],
)
def test_what_counts_is_told_after_every_regrade(
    regrades: list[Regrade], counting: str, best: str, rest: bool | None
) -> None:
    now = key_now(SLOT, ITEM, regrades)

    assert (now.counting, now.best, now.rest) == (tuple(counting), tuple(best), rest)


def test_what_is_told_to_count_is_what_an_answer_is_scored_by() -> None:
    steps = [
        signed(policy, accepted, never_lower=kept)
        for policy, accepted in ((ACCEPT, "bd"), (DROP, ""), (CREDIT, ""), (REKEY, "c"))
        for kept in (False, True)
    ]
    for regrades in product(steps, repeat=3):
        now = key_now(SLOT, ITEM, regrades)
        for option in "abcd":
            given = a_response(option)
            counts = judged(SLOT, given, regrades)
            assert counts is (True if option in now.counting else now.rest)
        assert now.best


def test_a_regrade_of_another_question_changes_nothing() -> None:
    other = a_regrade(SLOT, policy=REKEY, accepted=("c",), item_id="another")

    assert key_now(SLOT, ITEM, [other]).best == ("b",)
