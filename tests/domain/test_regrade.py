"""Which exams count by an entry of the ledger while signing or undoing it is on its way."""

from __future__ import annotations

import pytest

from app.domain.regrade import EVERY_EXAM, NO_EXAM, Regrade
from tests.domain.regrades import a_regrade
from tests.learning_builders import A_MOMENT, a_slot

EXAMS = ("exam-1", "exam-2", "exam-3", "exam-4")


def counting(regrade: Regrade) -> list[str]:
    return [exam for exam in EXAMS if regrade.counts_for(exam)]


def test_a_settled_entry_counts_for_every_exam_and_an_undone_one_for_none() -> None:
    signed = a_regrade(a_slot())
    undone = a_regrade(a_slot(), undone_at=A_MOMENT, undone_to=EVERY_EXAM)

    assert (signed.is_settled, undone.is_settled) == (True, True)
    assert counting(signed) == list(EXAMS)
    assert counting(undone) == []


def test_an_entry_counts_for_the_exams_that_signing_has_reached() -> None:
    drafted = a_regrade(a_slot(), applied_to=NO_EXAM)

    half = drafted.reaching("exam-2")

    assert counting(drafted) == []
    assert counting(half) == ["exam-1", "exam-2"]
    assert not half.is_settled
    assert half.reaching(EVERY_EXAM).is_settled


def test_undoing_takes_it_from_the_exams_it_has_reached() -> None:
    undone = a_regrade(a_slot(), undone_at=A_MOMENT)

    assert not undone.is_settled
    assert counting(undone) == list(EXAMS)
    assert counting(undone.reaching("exam-3")) == ["exam-4"]


@pytest.mark.parametrize(
    ("undone_upto", "counts_for", "is_settled"),
    [("exam-1", ["exam-2"], False), ("exam-2", [], True), ("exam-3", [], True)],
)
def test_undoing_halfway_ends_where_signing_had_come(
    undone_upto: str, counts_for: list[str], is_settled: bool
) -> None:
    half = a_regrade(a_slot(), applied_to="exam-2", undone_at=A_MOMENT)

    regrade = half.reaching(undone_upto)

    assert counting(regrade) == counts_for
    assert regrade.is_settled is is_settled
