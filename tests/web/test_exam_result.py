"""The sentences of a mock exam's result hold for this exam: its trial questions, regrades, time."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from typing import TYPE_CHECKING

import pytest

from app.domain.exam_clock import Allowance
from app.domain.regrade import RegradePolicy
from app.services import mock_exam
from app.services.allowances import allow
from app.services.regrade import RegradeWish, sign_regrade
from tests.cast import NOW, as_viewer
from tests.exam_builders import a_mock_item, a_shape, save, start_exam

if TYPE_CHECKING:
    from app.domain.attempt import Attempt
    from app.domain.person import Viewer
    from app.storage.store import Store
    from tests.cast import Cast
    from tests.web.visit import Visitor

MINUTE = timedelta(minutes=1)
ONE = a_shape(items=1, scored=1, pretest=0, domains={"D-1": 1})
POOL = [a_mock_item(1)]
BUTTON = "Practice the domains I missed points in"


@pytest.fixture
def viewer(store: Store, cast: Cast) -> Viewer:
    return as_viewer(store, cast.ana)


def result(ana: Visitor, exam: Attempt) -> str:
    html = ana.text(f"/exam/sittings/{exam.id}/result")
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def hand_in(store: Store, viewer: Viewer, exam: Attempt) -> None:
    mock_exam.hand_in(store, viewer, attempt_id=exam.id, now=NOW + 10 * MINUTE)


def regrade(store: Store, cast: Cast, policy: RegradePolicy) -> None:
    wish = RegradeWish(POOL[0].id, POOL[0].version, policy, (), False, "Two are defensible.")
    sign_regrade(store, as_viewer(store, cast.ben), wish, seen="", now=NOW + 20 * MINUTE)


def test_unanswered_trial_questions_cost_nothing(
    ana: Visitor, store: Store, viewer: Viewer
) -> None:
    exam = start_exam(store, viewer)
    for slot in exam.slots:
        if slot.is_scored:
            save(store, viewer, exam, position=slot.position)
    hand_in(store, viewer, exam)

    page = result(ana, exam)

    assert "6 of 6 scored questions right" in page
    assert "2 more were on trial and count for nothing." in page
    assert "left without an answer" not in page
    assert BUTTON not in page


def test_sentences_are_parted_and_only_scored_questions_counted(
    ana: Visitor, store: Store, viewer: Viewer
) -> None:
    exam = start_exam(store, viewer)
    hand_in(store, viewer, exam)

    page = result(ana, exam)

    assert "count for nothing. 6 questions left without an answer; they count as not right." in page
    assert not re.search(r"[a-z]\.\d", page)
    assert BUTTON in page


def test_a_missed_trial_question_offers_no_practice_of_missed_points(
    ana: Visitor, store: Store, viewer: Viewer
) -> None:
    exam = start_exam(store, viewer)
    for slot in exam.slots:
        save(store, viewer, exam, "b" if slot.is_scored else "a", position=slot.position)
    hand_in(store, viewer, exam)

    assert BUTTON not in result(ana, exam)


@pytest.mark.parametrize("policy", [RegradePolicy.CREDIT, RegradePolicy.DROP])
@pytest.mark.parametrize("is_taken_back", [False, True])
def test_an_unanswered_question_that_a_regrade_settled_is_no_loss(
    ana: Visitor,
    store: Store,
    cast: Cast,
    viewer: Viewer,
    policy: RegradePolicy,
    is_taken_back: bool,
) -> None:
    exam = start_exam(store, viewer, pool=POOL, shape=ONE)
    if is_taken_back:
        save(store, viewer, exam, "a")
        save(store, viewer, exam, "", base=1)
    hand_in(store, viewer, exam)
    before = result(ana, exam)

    regrade(store, cast, policy)
    after = result(ana, exam)

    assert "1 question left without an answer; it counts as not right." in before
    assert BUTTON in before
    assert "left without an answer" not in after
    assert BUTTON not in after


def test_a_wrong_answer_to_a_dropped_question_missed_no_point(
    ana: Visitor, store: Store, cast: Cast, viewer: Viewer
) -> None:
    exam = start_exam(store, viewer, pool=POOL, shape=ONE)
    save(store, viewer, exam, "a")
    hand_in(store, viewer, exam)

    regrade(store, cast, RegradePolicy.DROP)

    assert BUTTON not in result(ana, exam)


@pytest.mark.parametrize(("extra", "had"), [(0, 90), (100, 180)])
def test_the_pace_is_that_of_the_time_the_person_had(
    ana: Visitor, store: Store, cast: Cast, viewer: Viewer, extra: int, had: int
) -> None:
    cora, later = as_viewer(store, cast.cora), NOW + timedelta(days=1)
    if extra:
        allow(store, cora, person_id=viewer.id, allowance=Allowance(extra, 0), now=NOW)
    exam = start_exam(store, viewer)
    for slot in exam.slots:
        now = NOW + slot.position * MINUTE
        save(store, viewer, exam, position=slot.position, now=now)
    hand_in(store, viewer, exam)
    allow(store, cora, person_id=viewer.id, allowance=Allowance(300, 0), now=later)

    page = result(ana, exam)

    assert f"Half of your questions took 60 seconds or less; you had {had} for each." in page


def test_a_pace_of_no_seconds_is_a_pace(ana: Visitor, store: Store, viewer: Viewer) -> None:
    exam = start_exam(store, viewer)
    for slot in exam.slots:
        save(store, viewer, exam, position=slot.position)
    hand_in(store, viewer, exam)

    page = result(ana, exam)

    assert "Half of your questions took 0 seconds or less" in page
    assert "Too few answers" not in page
