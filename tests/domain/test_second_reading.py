from __future__ import annotations

from app.domain.second_reading import BlindAnswer, SecondReading, agreement
from tests.builders import A_DAY, an_item


def _reading(*answers: BlindAnswer) -> SecondReading:
    return SecondReading("Cora Lindqvist", A_DAY, "Without the key.", answers)


def test_agreement_counts_the_questions_that_are_still_there() -> None:
    items = {name: an_item(id=name) for name in ("one-01", "one-02")}
    wrong = BlindAnswer("one-02", "a", "Two options fit.")
    reading = _reading(BlindAnswer("one-01", "b"), wrong, BlindAnswer("gone-01", "b"))

    found = agreement(reading, items)

    assert (found.answered, found.agreed, found.share) == (2, 1, 0.5)
    assert found.disagreements == (wrong,)
    assert found.unknown == ("gone-01",)


def test_no_answer_in_the_bank_gives_no_share() -> None:
    assert agreement(_reading(BlindAnswer("gone-01", "b")), {}).share is None
