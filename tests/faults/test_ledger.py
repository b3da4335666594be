"""The comparison finds each fault it is there for; otherwise its zeros would mean nothing."""

from __future__ import annotations

import pytest

from app.domain.attempt import Response
from tests.faults.ledger import Ledger, Post, Verdict
from tests.learning_builders import a_response

FIRST = a_response("a", revision=1, request_key="one")
SECOND = a_response("b", revision=2, request_key="two")
THIRD = a_response("c", revision=3, request_key="three")


@pytest.fixture
def ledger() -> Ledger:
    """Two answers to one question were acknowledged; a third was sent when the server died."""
    ledger = Ledger()
    for response in (FIRST, SECOND, THIRD):
        post = Post(("exam", 1), response.chosen[0], response.revision - 1, response.request_key)
        ledger.send(post)
        if response is not THIRD:
            ledger.acknowledge(post, response.revision)
    return ledger


@pytest.mark.parametrize("rows", [[FIRST, SECOND], [FIRST, SECOND, THIRD]])
def test_an_answer_without_acknowledgement_may_be_there_or_not(
    ledger: Ledger, rows: list[Response]
) -> None:
    assert ledger.compare(("exam", row) for row in rows) == Verdict(2)


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([], Verdict(2, lost=2)),
        ([FIRST], Verdict(2, lost=1)),
        ([FIRST, a_response("d", revision=2, request_key="two")], Verdict(2, altered=2)),
        ([FIRST, SECOND, a_response("d", revision=3, request_key="whose")], Verdict(2, altered=1)),
        (
            [FIRST, SECOND, a_response("b", revision=3, request_key="two")],
            Verdict(2, duplicated=1, altered=1),
        ),
        ([FIRST, SECOND, SECOND], Verdict(2, duplicated=2)),
    ],
)
def test_each_fault_is_found(ledger: Ledger, rows: list[Response], found: Verdict) -> None:
    assert ledger.compare(("exam", row) for row in rows) == found


def test_an_answer_in_another_exam_is_no_substitute(ledger: Ledger) -> None:
    assert ledger.compare([("other", FIRST), ("other", SECOND)]) == Verdict(2, lost=2, altered=2)


def test_the_line_is_as_promised() -> None:
    assert Verdict(7).line(50) == "kills 50, acknowledged 7, lost 0, duplicated 0, altered 0"
