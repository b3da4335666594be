from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.domain.attempt import Attempt, AttemptKind, Feedback
from app.domain.errors import Conflict, InvalidInput, NotAllowed, NotFound
from app.domain.item_report import ReportKind, ReportState
from app.domain.person import Role, Viewer
from app.services import exam, item_reports
from app.services.account import add_organisation
from app.services.item_reports import ReportWish, SentReport
from app.storage.store import Store
from app.storage.tables.exam import NewsRow
from tests.builders import STEM, an_item
from tests.cast import NOW, a_person, as_viewer
from tests.learning_builders import an_attempt
from tests.report_builders import a_decision
from tests.services.quizzes import answer, start_quiz

LATER = NOW + timedelta(minutes=10)


@pytest.fixture
def ana(store: Store) -> Viewer:
    return as_viewer(store, a_person(store, "Ana Reyes"))


@pytest.fixture
def luis(store: Store) -> Viewer:
    return as_viewer(store, a_person(store, "Luis Ferro"))


@pytest.fixture
def ben(store: Store) -> Viewer:
    return as_viewer(store, a_person(store, "Ben Okafor", role=Role.TRAINER))


@pytest.fixture
def quiz(store: Store, ana: Viewer) -> Attempt:
    """A quiz with reasons after each answer; its first question is answered."""
    quiz = start_quiz(store, ana, feedback=Feedback.TUTOR)
    answer(store, ana, quiz, "c")
    return quiz


def send(
    store: Store,
    viewer: Viewer,
    quiz: Attempt,
    *,
    position: int = 1,
    kind: ReportKind = ReportKind.KEY,
    words: str = "Is c not safer?",
) -> SentReport:
    wish = ReportWish(quiz.id, position, kind, words)
    return item_reports.send_report(store, viewer, wish, now=LATER)


def news(store: Store) -> list[NewsRow]:
    found = list(store.session.scalars(select(NewsRow).order_by(NewsRow.id)))
    store.end_reading()
    return found


def test_a_report_is_tied_to_the_wording_that_was_answered(
    store: Store, ana: Viewer, quiz: Attempt
) -> None:
    sent = send(store, ana, quiz)

    slot = quiz.slots[0]
    assert sent.is_new
    assert store.item_reports.find_at(quiz.id, 1) == sent.report
    assert (sent.report.item_id, sent.report.item_version) == (slot.item_id, slot.item_version)
    assert (sent.report.person_id, sent.report.state) == (ana.id, ReportState.OPEN)


def test_sending_twice_gives_the_report_that_is_there(
    store: Store, ana: Viewer, quiz: Attempt
) -> None:
    first = send(store, ana, quiz)

    second = send(store, ana, quiz, kind=ReportKind.TYPO, words="Something else.")

    assert second == SentReport(first.report, is_new=False)
    assert store.item_reports.of_person(ana.id, limit=9) == [first.report]


def test_the_report_of_an_open_question_is_refused_and_not_kept(
    store: Store, ana: Viewer, quiz: Attempt
) -> None:
    with pytest.raises(Conflict):
        send(store, ana, quiz, position=2)
    with pytest.raises(Conflict):
        item_reports.find_place(store, ana, attempt_id=quiz.id, position=2)

    assert store.item_reports.counts() == {}


def test_a_running_exam_takes_no_report_and_a_finished_one_does(store: Store, ana: Viewer) -> None:
    item = an_item()
    mock = an_attempt(
        item,
        id=store.new_id(NOW),
        person_id=ana.id,
        kind=AttemptKind.MOCK,
        feedback=Feedback.EXAM,
        started_at=NOW,
        limit=timedelta(hours=1),
    )
    with store.writing():
        store.attempts.freeze([item], now=NOW)
        store.attempts.add(mock, request_key="mock")

    with pytest.raises(Conflict) as refused:
        send(store, ana, mock)
    with store.writing():
        store.attempts.finish(mock.id, right_count=0, now=LATER)

    assert refused.value.code == "exam-running"
    assert send(store, ana, mock).is_new


def test_a_question_left_unanswered_can_be_reported_after_the_end(
    store: Store, ana: Viewer, quiz: Attempt
) -> None:
    exam.finish_attempt(store, ana, attempt_id=quiz.id, now=NOW)

    report = send(store, ana, quiz, position=2).report

    assert item_reports.find_report(store, report.id).response is None


def test_someone_elses_attempt_is_not_found(store: Store, luis: Viewer, quiz: Attempt) -> None:
    with pytest.raises(NotFound):
        send(store, luis, quiz)
    with pytest.raises(NotFound):
        item_reports.find_place(store, luis, attempt_id=quiz.id, position=1)
    with pytest.raises(NotFound):
        send(store, luis, replace(quiz, id="no-such-attempt"))


def test_words_that_are_too_long_are_refused_and_not_kept(
    store: Store, ana: Viewer, quiz: Attempt
) -> None:
    with pytest.raises(InvalidInput):
        send(store, ana, quiz, words="x" * 1001)

    assert store.item_reports.counts() == {}


def test_a_trainer_finds_what_the_sender_met_and_answered(
    store: Store, ana: Viewer, quiz: Attempt
) -> None:
    report = send(store, ana, quiz).report

    found = item_reports.find_report(store, report.id)

    assert (found.report, found.slot) == (report, quiz.slots[0])
    assert (found.item.id, found.item.version) == (report.item_id, report.item_version)
    assert found.response is not None
    assert found.response.chosen == ("c",)


def test_an_outcome_is_kept_and_told_once(
    store: Store, ana: Viewer, ben: Viewer, quiz: Attempt
) -> None:
    report = send(store, ana, quiz).report

    for moment in (NOW, LATER):  # the second one is a double click
        decided = item_reports.answer_report(
            store, ben, report_id=report.id, decision=a_decision(), now=moment
        )

    assert store.item_reports.find(report.id) == decided
    assert (decided.state, decided.answered_by) == (ReportState.MENDED, ben.id)
    (told,) = news(store)
    assert told.person_id == ana.id
    assert told.about["report_id"] == report.id
    assert told.about["state"] == "mended"
    assert STEM.startswith(told.about["title"].removesuffix(" …"))


def test_looking_into_a_report_is_no_news_yet(
    store: Store, ana: Viewer, ben: Viewer, quiz: Attempt
) -> None:
    report = send(store, ana, quiz).report
    decision = a_decision(ReportState.LOOKING, answer="")

    item_reports.answer_report(store, ben, report_id=report.id, decision=decision, now=LATER)

    assert news(store) == []


def test_two_trainers_at_once_do_not_overwrite_each_other(
    store: Store, ana: Viewer, ben: Viewer, quiz: Attempt
) -> None:
    report = send(store, ana, quiz).report
    kept = a_decision(ReportState.KEPT, answer="It stays.")
    item_reports.answer_report(store, ben, report_id=report.id, decision=kept, now=NOW)

    with pytest.raises(Conflict):
        item_reports.answer_report(
            store, ben, report_id=report.id, decision=a_decision(ReportState.LOOKING), now=LATER
        )

    found = store.item_reports.find(report.id)
    assert found is not None
    assert (found.state, found.answer) == (ReportState.KEPT, "It stays.")
    assert len(news(store)) == 1


def test_nobody_but_trainers_answers(store: Store, ana: Viewer, quiz: Attempt) -> None:
    report = send(store, ana, quiz).report

    for report_id in (report.id, "no-such-report"):
        with pytest.raises(NotAllowed):
            item_reports.answer_report(
                store, ana, report_id=report_id, decision=a_decision(), now=LATER
            )

    assert store.item_reports.find(report.id) == report


def test_a_report_that_is_not_there_or_elsewhere_is_not_found(
    store: Store, ana: Viewer, ben: Viewer, quiz: Attempt
) -> None:
    report = send(store, ana, quiz).report
    elsewhere = store.for_organisation(add_organisation(store, name="Hill Clinic", now=NOW))

    for place, report_id in ((store, "no-such-report"), (elsewhere, report.id)):
        with pytest.raises(NotFound):
            item_reports.find_report(place, report_id)
        with pytest.raises(NotFound):
            item_reports.answer_report(
                place, ben, report_id=report_id, decision=a_decision(), now=LATER
            )
