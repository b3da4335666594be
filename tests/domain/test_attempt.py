from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.attempt import Feedback, Response, is_settled, next_open_position, record_response
from app.domain.errors import Conflict, InvalidInput, NotFound
from tests.builders import an_item
from tests.learning_builders import A_MOMENT, a_response, an_answer, an_attempt

LATER = A_MOMENT + timedelta(minutes=3)
EXAM = Feedback.EXAM


def test_a_first_answer_becomes_the_first_revision() -> None:
    answer = an_answer("b", request_key="tab-1")

    response = record_response(an_attempt(), answer, earlier=[], item=an_item(), now=LATER)

    assert response == a_response("b", request_key="tab-1", answered_at=LATER)
    assert response.is_right


def test_an_answer_that_is_not_the_key_is_kept_as_not_right() -> None:
    response = record_response(
        an_attempt(), an_answer("d"), earlier=[], item=an_item(), now=A_MOMENT
    )

    assert response.chosen == ("d",)
    assert not response.is_right


def test_the_wording_that_was_asked_decides_and_not_the_key_of_today() -> None:
    asked = an_item(key=("c",))

    response = record_response(an_attempt(asked), an_answer("c"), earlier=[], item=asked, now=LATER)

    assert response.is_right


def test_the_same_key_again_gives_the_response_it_gave_before() -> None:
    first = a_response("a", request_key="once")

    again = record_response(
        an_attempt(),
        an_answer("a", request_key="once"),
        earlier=[first],
        item=an_item(),
        now=LATER,
    )

    assert again is first


def test_a_repeated_key_wins_over_everything_else_that_was_sent() -> None:
    first = a_response("a", request_key="once")
    second = a_response("b", revision=2, request_key="twice")
    closed = an_attempt(feedback=EXAM, finished_at=LATER)
    resent = an_answer("a", request_key="once", base_revision=7)

    again = record_response(closed, resent, earlier=[first, second], item=an_item(), now=LATER)

    assert again is first


def test_a_repeated_key_with_another_answer_is_refused_and_not_thrown_away() -> None:
    """As from a page gone back to: the key is the old one, the choice is new."""
    first = a_response("a", request_key="once")
    other = an_answer("b", request_key="once")

    with pytest.raises(Conflict) as refused:
        record_response(
            an_attempt(feedback=EXAM), other, earlier=[first], item=an_item(), now=LATER
        )

    assert refused.value.code == "answered-elsewhere"


def test_a_save_that_follows_one_of_its_own_page_needs_not_have_heard_of_it() -> None:
    first = a_response("a", request_key="once")
    follows = an_answer("b", request_key="next", base_revision=0, after_key="once")
    stranger = an_answer("b", request_key="next", base_revision=0, after_key="another")

    response = record_response(
        an_attempt(feedback=EXAM), follows, earlier=[first], item=an_item(), now=LATER
    )

    assert response.revision == 2
    with pytest.raises(Conflict):
        record_response(
            an_attempt(feedback=EXAM), stranger, earlier=[first], item=an_item(), now=LATER
        )


def test_a_blank_is_refused() -> None:
    with pytest.raises(InvalidInput) as refused:
        record_response(an_attempt(), an_answer(""), earlier=[], item=an_item(), now=LATER)

    assert refused.value.code == "nothing-chosen"


def test_a_blank_never_replaces_an_answer_even_at_the_right_revision() -> None:
    blank = an_answer("", base_revision=1, request_key="key-2")

    with pytest.raises(InvalidInput):
        record_response(
            an_attempt(feedback=EXAM), blank, earlier=[a_response()], item=an_item(), now=LATER
        )


def test_an_option_of_another_question_is_refused() -> None:
    with pytest.raises(InvalidInput) as refused:
        record_response(an_attempt(), an_answer("e"), earlier=[], item=an_item(), now=LATER)

    assert refused.value.code == "unknown-option"


@pytest.mark.parametrize("chosen", [("a", "b"), ("b", "b"), ("a", "b", "c", "d")])
def test_two_options_are_refused(chosen: tuple[str, ...]) -> None:
    answer = replace(an_answer(), chosen=chosen)

    with pytest.raises(InvalidInput) as refused:
        record_response(an_attempt(), answer, earlier=[], item=an_item(), now=LATER)

    assert refused.value.code == "too-many-options"


@pytest.mark.parametrize("position", [-1, 0, 2, 999])
def test_a_question_that_the_quiz_does_not_have_is_not_found(position: int) -> None:
    with pytest.raises(NotFound):
        record_response(
            an_attempt(), an_answer(position=position), earlier=[], item=an_item(), now=LATER
        )


def test_with_reasons_shown_at_once_the_first_answer_counts() -> None:
    second = an_answer("b", base_revision=1, request_key="key-2")

    with pytest.raises(Conflict) as refused:
        record_response(an_attempt(), second, earlier=[a_response("a")], item=an_item(), now=LATER)

    assert refused.value.code == "already-answered"


def test_with_reasons_at_the_end_an_answer_can_be_changed() -> None:
    changed = an_answer("b", base_revision=1, request_key="key-2")

    response = record_response(
        an_attempt(feedback=EXAM), changed, earlier=[a_response("a")], item=an_item(), now=LATER
    )

    assert (response.revision, response.chosen, response.is_right) == (2, ("b",), True)


@pytest.mark.parametrize("base_revision", [-1, 0, 1, 3, 40])
def test_an_answer_seen_at_another_revision_is_a_conflict(base_revision: int) -> None:
    stale = an_answer("b", base_revision=base_revision, request_key="key-3")
    earlier = [a_response("a"), a_response("c", revision=2, request_key="key-2")]

    with pytest.raises(Conflict) as refused:
        record_response(
            an_attempt(feedback=EXAM), stale, earlier=earlier, item=an_item(), now=LATER
        )

    assert refused.value.code == "answered-elsewhere"


def test_a_first_answer_that_claims_a_later_revision_is_a_conflict() -> None:
    with pytest.raises(Conflict):
        record_response(
            an_attempt(), an_answer(base_revision=1), earlier=[], item=an_item(), now=LATER
        )


@pytest.mark.parametrize("feedback", list(Feedback))
def test_a_finished_quiz_takes_no_answer(feedback: Feedback) -> None:
    finished = an_attempt(feedback=feedback, finished_at=A_MOMENT)

    with pytest.raises(Conflict) as refused:
        record_response(finished, an_answer(), earlier=[], item=an_item(), now=LATER)

    assert refused.value.code == "attempt-finished"
    assert refused.value.advice


@given(st.lists(st.sampled_from("abcd"), min_size=1, max_size=8))
def test_revisions_count_up_by_one_and_nothing_earlier_changes(choices: list[str]) -> None:
    attempt = an_attempt(feedback=EXAM)
    kept: list[Response] = []

    for number, option in enumerate(choices):
        answer = an_answer(option, base_revision=number, request_key=f"key-{number}")
        before = list(kept)
        kept.append(record_response(attempt, answer, earlier=before, item=an_item(), now=LATER))
        assert kept[:-1] == before

    assert [response.revision for response in kept] == list(range(1, len(choices) + 1))
    assert [response.chosen[0] for response in kept] == choices


@given(
    st.integers(1, 5),
    st.sets(st.integers(1, 5)),
    st.sampled_from(list(Feedback)),
    st.integers(1, 5),
)
def test_an_unanswered_slot_of_an_open_attempt_is_never_settled(
    slots: int, answered: set[int], feedback: Feedback, position: int
) -> None:
    attempt = an_attempt(*(an_item(id=f"item-{n}") for n in range(slots)), feedback=feedback)
    responses = {p: a_response(position=p) for p in answered if p != position}

    assert not is_settled(attempt, position, responses)


def test_an_answer_settles_a_slot_only_when_reasons_come_at_once() -> None:
    responses = {1: a_response()}

    assert is_settled(an_attempt(), 1, responses)
    assert not is_settled(an_attempt(feedback=EXAM), 1, responses)


@pytest.mark.parametrize("feedback", list(Feedback))
def test_everything_is_settled_once_the_attempt_is_finished(feedback: Feedback) -> None:
    finished = an_attempt(feedback=feedback, finished_at=LATER)

    assert is_settled(finished, 1, {})


@pytest.mark.parametrize(
    ("answered", "after", "expected"),
    [
        (set(), 0, 1),
        ({1}, 1, 2),
        ({1, 2}, 1, 3),
        ({2, 3}, 3, 1),  # round to the one that was left out
        ({1, 3}, 3, 2),
        ({1, 2, 3}, 1, 2),
        ({1, 2, 3}, 3, 3),
    ],
)
def test_the_next_open_question_is_found_going_round(
    answered: set[int], after: int, expected: int
) -> None:
    attempt = an_attempt(*(an_item(id=f"item-{n}") for n in range(3)))
    responses = {position: a_response(position=position) for position in answered}

    assert next_open_position(attempt, responses, after=after) == expected
