from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from random import Random

import pytest

from app.domain.attempt import Attempt, AttemptKind, Feedback
from app.domain.errors import Conflict, InvalidInput, NotFound
from app.domain.person import Viewer
from app.domain.practice import PracticeWish, Seen
from app.domain.practice_preset import MOST_PRESETS
from app.domain.slot_marks import Confidence, SlotMarks
from app.services import exam, practice
from app.storage.queries.learn_pages import practice_quizzes
from app.storage.store import Store
from tests.builders import an_item
from tests.cast import NOW, a_person, as_viewer
from tests.learning_builders import an_answer
from tests.services.quizzes import SOME_ITEMS, answer, start_quiz

LATER = NOW + timedelta(minutes=10)
WISH = PracticeWish(frozenset(), 5, Seen.ANY, Feedback.TUTOR)
MANY_ITEMS = tuple(
    an_item(id=f"many-{number}", domain="AADC-1" if number < 3 else "AADC-4")
    for number in range(14)
)


@pytest.fixture
def ana(store: Store) -> Viewer:
    return as_viewer(store, a_person(store, "Ana Reyes"))


@pytest.fixture
def luis(store: Store) -> Viewer:
    return as_viewer(store, a_person(store, "Luis Ferro"))


def miss_everything(store: Store, viewer: Viewer, *items: object) -> Attempt:
    quiz = start_quiz(
        store, viewer, items=items, length=50, key="missed all", feedback=Feedback.TUTOR
    )
    for slot in quiz.slots:
        answer(store, viewer, quiz, "a", position=slot.position, key=f"k{slot.position}")
    return quiz


def press_missed(store: Store, viewer: Viewer, *items: object, **changes: object) -> Attempt:
    start = practice.MissedStart(pool=items, **{"request_key": "press", **changes})
    return practice.start_missed(store, viewer, start, now=LATER, random=Random(3))


def test_one_press_asks_ten_of_what_was_missed(store: Store, ana: Viewer) -> None:
    miss_everything(store, ana, *MANY_ITEMS)

    quiz = press_missed(store, ana, *MANY_ITEMS, *SOME_ITEMS)

    assert len(quiz.slots) == 10
    assert {slot.item_id for slot in quiz.slots} <= {item.id for item in MANY_ITEMS}


def test_a_double_press_starts_one_quiz(store: Store, ana: Viewer) -> None:
    miss_everything(store, ana, *MANY_ITEMS)

    assert press_missed(store, ana, *MANY_ITEMS) == press_missed(store, ana, *MANY_ITEMS)


def test_a_press_with_nothing_missed_starts_nothing(store: Store, ana: Viewer) -> None:
    with pytest.raises(InvalidInput):
        press_missed(store, ana, *SOME_ITEMS)

    assert practice_quizzes(store, ana.id) == []


def test_after_an_exam_its_domains_are_practiced_even_when_nothing_there_was_missed(
    store: Store, ana: Viewer
) -> None:
    quiz = press_missed(store, ana, *MANY_ITEMS, domains=frozenset({"AADC-1"}))

    assert {slot.item_id for slot in quiz.slots} == {"many-0", "many-1", "many-2"}


def test_after_an_exam_what_was_missed_in_its_domains_comes_first(
    store: Store, ana: Viewer
) -> None:
    miss_everything(store, ana, MANY_ITEMS[1], MANY_ITEMS[5])

    quiz = press_missed(store, ana, *MANY_ITEMS, domains=frozenset({"AADC-1"}))

    assert [slot.item_id for slot in quiz.slots] == ["many-1"]


def test_marks_are_kept_with_the_answer_and_make_the_states(store: Store, ana: Viewer) -> None:
    quiz = start_quiz(store, ana)
    note = SlotMarks(1, is_flagged=True, struck=("a", "zz"), confidence=Confidence.SURE)

    _answer_with(store, ana, quiz, note)
    exam.finish_attempt(store, ana, attempt_id=quiz.id, now=LATER)

    kept = store.sittings.marks(quiz.id)[1]
    assert (kept.is_flagged, kept.struck, kept.confidence) == (True, ("a",), Confidence.SURE)
    states = store.practice.record(ana.id).states(quiz.slots[0].item_id)
    assert states == {Seen.ANY, Seen.MISSED, Seen.SURE_AND_WRONG, Seen.MARKED}


def test_an_answer_sent_again_changes_no_marks(store: Store, ana: Viewer) -> None:
    quiz = start_quiz(store, ana)
    _answer_with(store, ana, quiz, SlotMarks(1, confidence=Confidence.SURE))

    _answer_with(store, ana, quiz, SlotMarks(1, confidence=Confidence.GUESS))

    assert store.sittings.marks(quiz.id)[1].confidence is Confidence.SURE


def test_marks_of_a_refused_answer_are_not_kept(store: Store, ana: Viewer) -> None:
    quiz = start_quiz(store, ana)

    with pytest.raises(InvalidInput):
        exam.answer_item(
            store,
            ana,
            attempt_id=quiz.id,
            answer=an_answer("zz"),
            marks=SlotMarks(1, is_flagged=True),
            now=NOW,
        )

    assert store.sittings.marks(quiz.id) == {}


def test_choices_are_saved_under_a_name(store: Store, ana: Viewer, luis: Viewer) -> None:
    saved = practice.save_preset(store, ana, name="  On the bus ", wish=WISH, now=NOW)

    assert store.practice.presets(ana.id) == [saved]
    assert saved.name == "On the bus"
    assert store.practice.presets(luis.id) == []


def test_a_name_used_again_stands_for_the_new_choices(store: Store, ana: Viewer) -> None:
    longer = PracticeWish(frozenset({"consent"}), 30, Seen.UNSEEN, Feedback.EXAM)
    first = practice.save_preset(store, ana, name="Mine", wish=WISH, now=NOW)

    second = practice.save_preset(store, ana, name=" Mine", wish=longer, now=LATER)

    assert second.id == first.id
    assert [one.wish for one in store.practice.presets(ana.id)] == [longer]


def test_there_is_room_for_so_many_choices_and_a_name_in_use_still_changes(
    store: Store, ana: Viewer
) -> None:
    for number in range(MOST_PRESETS):
        practice.save_preset(store, ana, name=f"Number {number}", wish=WISH, now=NOW)

    with pytest.raises(Conflict) as refused:
        practice.save_preset(store, ana, name="One more", wish=WISH, now=NOW)
    practice.save_preset(store, ana, name="Number 3", wish=WISH, now=LATER)

    assert refused.value.advice
    assert len(store.practice.presets(ana.id)) == MOST_PRESETS


def test_choices_of_somebody_else_are_not_found(store: Store, ana: Viewer, luis: Viewer) -> None:
    saved = practice.save_preset(store, ana, name="Mine", wish=WISH, now=NOW)

    for preset_id in (saved.id, "none"):
        with pytest.raises(NotFound):
            practice.remove_preset(store, luis, preset_id=preset_id)
    assert store.practice.presets(ana.id) == [saved]

    practice.remove_preset(store, ana, preset_id=saved.id)
    assert store.practice.presets(ana.id) == []


def bookmark(store: Store, viewer: Viewer, quiz: Attempt, *, is_wanted: bool = True) -> None:
    practice.set_bookmark(
        store, viewer, attempt_id=quiz.id, position=1, is_wanted=is_wanted, now=NOW
    )


def test_a_settled_question_is_bookmarked_and_comes_when_asked_for(
    store: Store, ana: Viewer
) -> None:
    quiz = start_quiz(store, ana, feedback=Feedback.TUTOR)
    answer(store, ana, quiz)
    bookmark(store, ana, quiz)
    bookmark(store, ana, quiz)

    again = start_quiz(store, ana, seen=Seen.BOOKMARKED, key="again")

    assert [slot.item_id for slot in again.slots] == [quiz.slots[0].item_id]
    bookmark(store, ana, quiz, is_wanted=False)
    assert store.practice.bookmarks(ana.id) == frozenset()


def test_a_question_without_a_settled_answer_is_not_bookmarked(store: Store, ana: Viewer) -> None:
    quiz = start_quiz(store, ana, feedback=Feedback.EXAM)
    answer(store, ana, quiz)

    with pytest.raises(Conflict):
        bookmark(store, ana, quiz)

    assert store.practice.bookmarks(ana.id) == frozenset()


@pytest.mark.parametrize("find", [lambda quiz: quiz.id, lambda quiz: "none"])
def test_no_bookmark_is_set_through_a_quiz_of_somebody_else(
    store: Store, ana: Viewer, luis: Viewer, find: Callable[[Attempt], str]
) -> None:
    quiz = start_quiz(store, ana, feedback=Feedback.TUTOR)
    answer(store, ana, quiz)

    with pytest.raises(NotFound):
        practice.set_bookmark(
            store, luis, attempt_id=find(quiz), position=1, is_wanted=True, now=NOW
        )


def test_a_question_beyond_the_end_is_not_bookmarked(store: Store, ana: Viewer) -> None:
    quiz = start_quiz(store, ana)

    with pytest.raises(NotFound):
        practice.set_bookmark(store, ana, attempt_id=quiz.id, position=99, is_wanted=True, now=NOW)


def test_every_kind_of_attempt_may_be_bookmarked_from() -> None:
    assert set(AttemptKind) == practice.ANY_KIND


def _answer_with(store: Store, viewer: Viewer, quiz: Attempt, note: SlotMarks) -> None:
    exam.answer_item(store, viewer, attempt_id=quiz.id, answer=an_answer("a"), marks=note, now=NOW)
