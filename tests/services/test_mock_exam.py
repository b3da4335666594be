"""Sitting a mock exam: started once, saved at once, ended in time, scored once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.domain.attempt import AnswerGiven
from app.domain.errors import Conflict, InvalidInput, NotFound
from app.domain.exam_clock import Allowance, Break
from app.domain.person import Viewer
from app.domain.slot_marks import Confidence, SlotMarks
from app.services import exam, mock_exam
from app.services.allowances import allow, allowances_of
from app.storage.store import Store
from tests.cast import NOW, Cast, as_viewer
from tests.exam_builders import a_pool, a_shape, save, start_exam
from tests.services.quizzes import start_quiz

OVER = NOW + timedelta(minutes=12, seconds=11)


@pytest.fixture
def ana(store: Store, cast: Cast) -> Viewer:
    return as_viewer(store, cast.ana)


@pytest.fixture
def cora(store: Store, cast: Cast) -> Viewer:
    return as_viewer(store, cast.cora)


def test_a_start_pressed_twice_starts_one_exam(store: Store, ana: Viewer) -> None:
    assert start_exam(store, ana) == start_exam(store, ana, seed=99)


def test_a_second_exam_waits_for_the_first(store: Store, ana: Viewer) -> None:
    start_exam(store, ana)

    with pytest.raises(Conflict) as refused:
        start_exam(store, ana, key="another")

    assert refused.value.code == "exam-running"


def test_an_exam_left_open_ends_by_itself_before_the_next_one(store: Store, ana: Viewer) -> None:
    first = start_exam(store, ana)
    save(store, ana, first)

    start_exam(store, ana, key="next day", now=NOW + timedelta(days=1))

    closed = store.attempts.find(first.id)
    assert closed is not None
    assert closed.closed_by_time
    assert closed.finished_at == NOW + timedelta(minutes=12)
    assert store.sittings.reports(first.id)[0].cause == "time"


def test_the_next_form_is_new_as_far_as_the_pool_allows(store: Store, ana: Viewer) -> None:
    first = start_exam(store, ana)
    mock_exam.hand_in(store, ana, attempt_id=first.id, now=NOW)

    second = start_exam(store, ana, key="second", now=NOW + timedelta(hours=1), seed=8)

    met = {slot.item_id for slot in first.slots} & {slot.item_id for slot in second.slots}
    assert not met
    assert second.settings["most_repeated"] == 0


def test_exposure_is_counted_for_each_form(store: Store, ana: Viewer, cast: Cast) -> None:
    first = start_exam(store, ana)
    start_exam(store, as_viewer(store, cast.luis))

    assert sum(store.sittings.shown().values()) == 16
    assert store.sittings.shown()[first.slots[0].item_id] >= 1


def test_a_saved_answer_comes_back_after_any_break(store: Store, ana: Viewer) -> None:
    attempt = start_exam(store, ana)
    marks = SlotMarks(1, is_flagged=True, struck=("c",), confidence=Confidence.SURE, note="Why?")

    save(store, ana, attempt, "a", marks=marks)

    assert store.attempts.current_responses(attempt.id)[1].chosen == ("a",)
    assert store.sittings.marks(attempt.id)[1] == marks


def test_the_same_save_sent_twice_is_one_answer(store: Store, ana: Viewer) -> None:
    attempt = start_exam(store, ana)

    first, second = save(store, ana, attempt), save(store, ana, attempt)

    assert first.response == second.response
    assert len(store.attempts.all_responses(attempt.id)) == 1


def test_a_stale_tab_changes_nothing(store: Store, ana: Viewer) -> None:
    attempt = start_exam(store, ana)
    save(store, ana, attempt, "a")

    for stale in ("c", ""):
        with pytest.raises(Conflict) as refused:
            save(store, ana, attempt, stale, key=f"stale {stale}")
        assert refused.value.code == "answered-elsewhere"

    assert store.attempts.current_responses(attempt.id)[1].chosen == ("a",)


def test_an_answer_can_be_taken_back_and_given_again(store: Store, ana: Viewer) -> None:
    attempt = start_exam(store, ana)
    save(store, ana, attempt, "a")

    save(store, ana, attempt, "", base=1)
    emptied = store.attempts.current_responses(attempt.id)[1]
    save(store, ana, attempt, "d", base=2)

    assert not emptied.is_answer
    assert store.attempts.current_responses(attempt.id)[1].chosen == ("d",)


def test_an_option_of_another_question_is_refused(store: Store, ana: Viewer) -> None:
    attempt = start_exam(store, ana)

    with pytest.raises(InvalidInput):
        save(store, ana, attempt, "z")


def test_an_exam_of_someone_else_is_not_there(store: Store, ana: Viewer, cast: Cast) -> None:
    attempt = start_exam(store, ana)
    luis = as_viewer(store, cast.luis)

    with pytest.raises(NotFound):
        save(store, luis, attempt)
    with pytest.raises(NotFound):
        mock_exam.hand_in(store, luis, attempt_id=attempt.id, now=NOW)


def test_no_step_of_a_quiz_reaches_an_exam_nor_the_other_way(store: Store, ana: Viewer) -> None:
    attempt, quiz = start_exam(store, ana), start_quiz(store, ana, key="quiz")

    with pytest.raises(NotFound):
        exam.finish_attempt(store, ana, attempt_id=attempt.id, now=NOW)
    with pytest.raises(NotFound):
        mock_exam.hand_in(store, ana, attempt_id=quiz.id, now=NOW)


def test_an_answer_within_the_grace_counts(store: Store, ana: Viewer) -> None:
    attempt = start_exam(store, ana)

    saved = save(store, ana, attempt, now=NOW + timedelta(minutes=12, seconds=10))

    assert saved.response is not None
    assert not saved.response.is_late


def test_a_late_answer_is_kept_and_not_counted_and_ends_the_exam(store: Store, ana: Viewer) -> None:
    attempt = start_exam(store, ana)
    save(store, ana, attempt, "a")

    saved = save(store, ana, attempt, "b", base=1, now=OVER)

    assert saved.response is not None
    assert saved.response.is_late
    assert not saved.sitting.attempt.is_open
    assert store.attempts.current_responses(attempt.id)[1].chosen == ("a",)
    assert [r.is_late for r in store.attempts.all_responses(attempt.id)] == [False, True]
    assert store.sittings.reports(attempt.id)[0].score.right == 0


def test_after_a_day_even_late_answers_are_refused(store: Store, ana: Viewer) -> None:
    attempt = start_exam(store, ana)
    mock_exam.close_overdue(store, now=OVER, person_id=ana.id)

    with pytest.raises(Conflict, match="finished"):
        save(store, ana, attempt, now=NOW + timedelta(days=2))


def test_an_exam_handed_in_takes_no_answer(store: Store, ana: Viewer) -> None:
    attempt = start_exam(store, ana)
    mock_exam.hand_in(store, ana, attempt_id=attempt.id, now=NOW)

    with pytest.raises(Conflict, match="finished"):
        save(store, ana, attempt)

    assert store.attempts.all_responses(attempt.id) == []


def test_handing_in_again_gives_the_same_result(store: Store, ana: Viewer) -> None:
    attempt = start_exam(store, ana)
    save(store, ana, attempt)

    first = mock_exam.hand_in(store, ana, attempt_id=attempt.id, now=NOW)
    second = mock_exam.hand_in(store, ana, attempt_id=attempt.id, now=NOW + timedelta(minutes=1))

    assert first == second
    assert len(store.sittings.reports(attempt.id)) == 1


def test_the_score_rests_on_scored_questions_only(store: Store, ana: Viewer) -> None:
    attempt = start_exam(store, ana)
    for slot in attempt.slots:
        save(store, ana, attempt, "b" if slot.is_scored else "a", position=slot.position)

    mock_exam.hand_in(store, ana, attempt_id=attempt.id, now=NOW)

    report = store.sittings.reports(attempt.id)[0]
    assert (report.score.right, report.score.scored, report.score.scaled) == (6, 6, 800)
    parts = [(part.code, part.right, part.asked) for part in report.score.parts]
    assert parts == [("D-1", 4, 4), ("D-2", 2, 2)]


def test_an_overdue_exam_is_closed_once(store: Store, ana: Viewer) -> None:
    start_exam(store, ana)

    closed = [
        mock_exam.close_overdue(store, now=moment, person_id=ana.id)
        for moment in (NOW + timedelta(minutes=12), OVER, OVER)
    ]

    assert closed == [0, 1, 0]


def test_extra_time_reaches_a_running_exam_at_once(store: Store, ana: Viewer, cora: Viewer) -> None:
    attempt = start_exam(store, ana)

    allow(store, cora, person_id=ana.id, allowance=Allowance(50, 0), now=NOW)

    saved = save(store, ana, attempt, now=NOW + timedelta(minutes=17))
    assert saved.response is not None
    assert not saved.response.is_late
    assert saved.sitting.clock.ends_at == NOW + timedelta(minutes=18)


def test_exam_time_is_on_record_with_who_set_it(store: Store, ana: Viewer, cora: Viewer) -> None:
    for percent in (50, 50, 25):
        allow(store, cora, person_id=ana.id, allowance=Allowance(percent, 10), now=NOW)

    settings = allowances_of(store, cora, person_id=ana.id)

    assert sorted(one.allowance.extra_percent for one in settings) == [25, 50]
    assert {one.set_by for one in settings} == {cora.id}
    entries = [e for e in store.audit.about(ana.id) if e.action == "exam time set"]
    assert len(entries) == 2


def test_only_the_own_supervisor_or_an_administrator_sets_exam_time(
    store: Store, ana: Viewer, cast: Cast
) -> None:
    for stranger in (cast.dov, cast.ben, cast.ana, cast.luis):
        with pytest.raises(NotFound):
            allow(
                store,
                as_viewer(store, stranger),
                person_id=ana.id,
                allowance=Allowance(50),
                now=NOW,
            )

    eli = as_viewer(store, cast.eli)
    assert allow(store, eli, person_id=ana.id, allowance=Allowance(50), now=NOW)


@pytest.mark.parametrize("allowance", [Allowance(-1), Allowance(301), Allowance(0, 241)])
def test_exam_time_outside_the_limits_is_refused(
    store: Store, ana: Viewer, cora: Viewer, allowance: Allowance
) -> None:
    with pytest.raises(InvalidInput):
        allow(store, cora, person_id=ana.id, allowance=allowance, now=NOW)


def test_a_break_stops_the_clock_and_takes_no_answer(
    store: Store, ana: Viewer, cora: Viewer
) -> None:
    allow(store, cora, person_id=ana.id, allowance=Allowance(0, 5), now=NOW)
    attempt = start_exam(store, ana)
    mock_exam.take_break(store, ana, attempt_id=attempt.id, now=NOW + timedelta(minutes=1))

    with pytest.raises(Conflict, match="break"):
        save(store, ana, attempt, now=NOW + timedelta(minutes=2))
    back = mock_exam.end_break(store, ana, attempt_id=attempt.id, now=NOW + timedelta(minutes=4))

    assert back.clock.ends_at == NOW + timedelta(minutes=15)
    assert back.clock.break_left == timedelta(minutes=2)


def test_a_break_needs_an_allowance(store: Store, ana: Viewer) -> None:
    attempt = start_exam(store, ana)

    with pytest.raises(Conflict, match="no break time"):
        mock_exam.take_break(store, ana, attempt_id=attempt.id, now=NOW)


def test_a_small_bank_is_told_before_anything_is_kept(store: Store, ana: Viewer) -> None:
    with pytest.raises(Conflict, match="too few questions"):
        start_exam(store, ana, pool=a_pool(each=1), shape=a_shape())

    assert store.attempts.recent_mocks(ana.id, limit=1) == []


def test_what_is_right_in_a_running_exam_shows_in_no_count(store: Store, ana: Viewer) -> None:
    attempt = start_exam(store, ana)
    save(store, ana, attempt)
    before = store.attempts.last_right(ana.id)

    mock_exam.hand_in(store, ana, attempt_id=attempt.id, now=NOW)

    assert before == {}
    assert store.attempts.last_right(ana.id) == {attempt.slots[0].item_id: True}


def test_break_time_given_later_brings_no_old_break_back(
    store: Store, ana: Viewer, cora: Viewer
) -> None:
    allow(store, cora, person_id=ana.id, allowance=Allowance(0, 2), now=NOW)
    attempt = start_exam(store, ana)
    mock_exam.take_break(store, ana, attempt_id=attempt.id, now=NOW + timedelta(minutes=1))
    save(store, ana, attempt, now=NOW + timedelta(minutes=5))

    later = NOW + timedelta(minutes=10)
    allow(store, cora, person_id=ana.id, allowance=Allowance(0, 30), now=later)

    sitting = mock_exam.own_sitting(store, ana, attempt.id, now=later)
    assert not sitting.clock.on_break
    assert sitting.clock.ends_at == NOW + timedelta(minutes=14)
    assert sitting.clock.break_left == timedelta(minutes=28)


def test_a_break_that_ran_out_takes_no_later_time_from_a_question(
    store: Store, ana: Viewer, cora: Viewer
) -> None:
    allow(store, cora, person_id=ana.id, allowance=Allowance(0, 2), now=NOW)
    attempt = start_exam(store, ana)
    mock_exam.take_break(store, ana, attempt_id=attempt.id, now=NOW + timedelta(minutes=1))

    mock_exam.hand_in(store, ana, attempt_id=attempt.id, now=NOW + timedelta(minutes=11))

    assert store.sittings.breaks(attempt.id) == [
        Break(NOW + timedelta(minutes=1), NOW + timedelta(minutes=3))
    ]


def test_no_time_is_taken_away_while_an_exam_runs(store: Store, ana: Viewer, cora: Viewer) -> None:
    allow(store, cora, person_id=ana.id, allowance=Allowance(50, 10), now=NOW)
    attempt = start_exam(store, ana)

    for less in (Allowance(25, 10), Allowance(50, 5)):
        with pytest.raises(Conflict, match="sitting an exam"):
            allow(store, cora, person_id=ana.id, allowance=less, now=NOW)
    mock_exam.hand_in(store, ana, attempt_id=attempt.id, now=NOW)

    assert allow(store, cora, person_id=ana.id, allowance=Allowance(0, 0), now=NOW)


def test_marks_are_never_called_saved_when_they_are_not(
    store: Store, ana: Viewer, cora: Viewer
) -> None:
    allow(store, cora, person_id=ana.id, allowance=Allowance(0, 5), now=NOW)
    attempt = start_exam(store, ana)
    only_marks = mock_exam.SlotSave(1, None, SlotMarks(1, is_flagged=True))

    def note() -> mock_exam.Saved:
        return mock_exam.save_slot(store, ana, attempt_id=attempt.id, save=only_marks, now=NOW)

    mock_exam.take_break(store, ana, attempt_id=attempt.id, now=NOW)
    with pytest.raises(Conflict, match="break"):
        note()
    mock_exam.end_break(store, ana, attempt_id=attempt.id, now=NOW)
    mock_exam.hand_in(store, ana, attempt_id=attempt.id, now=NOW)
    with pytest.raises(Conflict, match="finished"):
        note()

    assert store.sittings.marks(attempt.id) == {}


def test_a_save_sent_again_takes_no_newer_marks_away(store: Store, ana: Viewer) -> None:
    attempt = start_exam(store, ana)
    save(store, ana, attempt, marks=SlotMarks(1))
    newer = mock_exam.SlotSave(1, None, SlotMarks(1, note="Look again."))
    mock_exam.save_slot(store, ana, attempt_id=attempt.id, save=newer, now=NOW)

    save(store, ana, attempt, marks=SlotMarks(1))

    assert store.sittings.marks(attempt.id)[1].note == "Look again."


def test_what_is_right_in_an_open_quiz_with_reasons_at_the_end_shows_in_no_count(
    store: Store, ana: Viewer
) -> None:
    quiz = start_quiz(store, ana, key="quiz")
    sent = AnswerGiven(1, ("b",), 0, "k")
    exam.answer_item(store, ana, attempt_id=quiz.id, answer=sent, now=NOW)
    assert store.attempts.last_right(ana.id) == {}

    exam.finish_attempt(store, ana, attempt_id=quiz.id, now=NOW)

    assert store.attempts.last_right(ana.id) == {quiz.slots[0].item_id: True}
