"""Reports about questions: when they may be sent, and how trainers settle them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.domain.attempt import AttemptKind, Feedback
from app.domain.errors import Conflict, InvalidInput, NotAllowed, NotFound
from app.domain.item_report import (
    LONGEST_WORDS,
    NEXT,
    ReportKind,
    ReportState,
    decide_report,
    moves,
    refuse_unsettled,
    tidy_report_words,
)
from app.domain.person import Role, RoleGrant
from tests.learning_builders import A_MOMENT, a_response, a_viewer, an_attempt
from tests.report_builders import a_decision, a_report

LATER = A_MOMENT + timedelta(hours=1)
BEN = a_viewer(RoleGrant(Role.TRAINER), id="trainer-1")
OPEN, LOOKING, MENDED, KEPT = ReportState


@pytest.mark.parametrize("kind", AttemptKind)
def test_every_question_of_a_finished_attempt_can_be_reported(kind: AttemptKind) -> None:
    attempt = an_attempt(kind=kind, feedback=Feedback.EXAM, finished_at=LATER)

    refuse_unsettled(attempt, 1, {})


def test_an_answered_question_with_its_reasons_shown_can_be_reported() -> None:
    refuse_unsettled(an_attempt(), 1, {1: a_response()})


def test_a_question_before_its_answer_cannot_be_reported() -> None:
    with pytest.raises(Conflict) as refused:
        refuse_unsettled(an_attempt(), 1, {})

    assert refused.value.code == "answer-not-final"


def test_an_answered_question_of_an_open_quiz_without_reasons_cannot_be_reported() -> None:
    with pytest.raises(Conflict):
        refuse_unsettled(an_attempt(feedback=Feedback.EXAM), 1, {1: a_response()})


def test_a_running_exam_is_not_discussed() -> None:
    running = an_attempt(kind=AttemptKind.MOCK, feedback=Feedback.EXAM)

    with pytest.raises(Conflict) as refused:
        refuse_unsettled(running, 1, {1: a_response()})

    assert refused.value.code == "exam-running"


@pytest.mark.parametrize("position", [0, 2, 10**30])
def test_a_place_that_the_form_does_not_have_is_not_found(position: int) -> None:
    with pytest.raises(NotFound):
        refuse_unsettled(an_attempt(finished_at=LATER), position, {})


def test_words_are_trimmed_and_keep_their_lines() -> None:
    words = tidy_report_words(ReportKind.KEY, "  one\r\ntwo\rthree\x00\x1b \n")

    assert words == "one\ntwo\nthree"


def test_words_up_to_the_limit_fit_and_one_more_does_not() -> None:
    longest = "x" * LONGEST_WORDS

    assert tidy_report_words(ReportKind.KEY, f" {longest} ") == longest
    with pytest.raises(InvalidInput):
        tidy_report_words(ReportKind.KEY, longest + "x")


def test_line_ends_count_once_as_browsers_count_them() -> None:
    assert len(tidy_report_words(ReportKind.KEY, "x\r\n" * 499 + "y" * 2)) == LONGEST_WORDS


def test_only_something_else_needs_words() -> None:
    assert [tidy_report_words(kind, " ") for kind in ReportKind if kind is not ReportKind.OTHER]

    with pytest.raises(InvalidInput):
        tidy_report_words(ReportKind.OTHER, " \n ")


def test_every_state_has_a_way_on() -> None:
    assert NEXT.keys() == set(ReportState)
    assert all(state not in following for state, following in NEXT.items())


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (OPEN, LOOKING),
        (OPEN, MENDED),
        (OPEN, KEPT),
        (LOOKING, MENDED),
        (LOOKING, KEPT),
        (LOOKING, OPEN),
        (MENDED, LOOKING),
        (KEPT, LOOKING),
    ],
)
def test_a_trainer_moves_a_report_on(before: ReportState, after: ReportState) -> None:
    decided = decide_report(a_report(state=before), a_decision(after), viewer=BEN, now=LATER)

    assert (decided.state, decided.answered_by, decided.answered_at) == (after, BEN.id, LATER)
    assert after in moves(BEN, a_report(state=before))


@pytest.mark.parametrize(
    ("before", "after"), [(MENDED, KEPT), (KEPT, MENDED), (MENDED, OPEN), (KEPT, OPEN)]
)
def test_an_outcome_does_not_turn_round_without_another_look(
    before: ReportState, after: ReportState
) -> None:
    with pytest.raises(Conflict) as refused:
        decide_report(a_report(state=before), a_decision(after), viewer=BEN, now=LATER)

    assert refused.value.code == "no-such-move"


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.TRAINER])
def test_nobody_but_trainers_settles_reports(role: Role) -> None:
    viewer = a_viewer(RoleGrant(role))

    assert moves(viewer, a_report()) == ()
    with pytest.raises(NotAllowed):
        decide_report(a_report(), a_decision(), viewer=viewer, now=LATER)


@pytest.mark.parametrize("state", [MENDED, KEPT])
def test_an_outcome_needs_words_for_the_learner(state: ReportState) -> None:
    with pytest.raises(InvalidInput) as refused:
        decide_report(a_report(), a_decision(state, answer="  "), viewer=BEN, now=LATER)

    assert refused.value.code == "answer-missing"


def test_looking_into_it_needs_no_words() -> None:
    decision = a_decision(LOOKING, answer="")

    assert decide_report(a_report(), decision, viewer=BEN, now=LATER).state is LOOKING


def test_an_answer_that_is_too_long_is_refused() -> None:
    decision = a_decision(answer="x" * (LONGEST_WORDS + 1))

    with pytest.raises(InvalidInput):
        decide_report(a_report(), decision, viewer=BEN, now=LATER)


def test_the_same_decision_again_changes_nothing() -> None:
    decided = decide_report(a_report(), a_decision(), viewer=BEN, now=A_MOMENT)

    assert decide_report(decided, a_decision(), viewer=BEN, now=LATER) is decided


def test_a_page_opened_before_somebody_else_decided_overwrites_nothing() -> None:
    decided = decide_report(a_report(), a_decision(LOOKING), viewer=BEN, now=A_MOMENT)

    with pytest.raises(Conflict) as refused:
        decide_report(decided, a_decision(KEPT, answer="It stays."), viewer=BEN, now=LATER)

    assert refused.value.code == "report-moved-on"


def test_the_words_of_an_outcome_can_be_mended() -> None:
    decided = decide_report(a_report(), a_decision(), viewer=BEN, now=A_MOMENT)
    decision = a_decision(answer="The key is c now.", seen_stamp=decided.stamp)

    mended = decide_report(decided, decision, viewer=BEN, now=LATER)

    assert (mended.state, mended.answer) == (MENDED, "The key is c now.")
