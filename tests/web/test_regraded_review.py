"""The review of a mock exam after a regrade says what counts now, with letters."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

import pytest

from app.domain.regrade import RegradePolicy
from app.services import mock_exam
from app.services.regrade import RegradeWish, sign_regrade
from tests.cast import NOW, as_viewer
from tests.exam_builders import a_mock_item, a_shape, save, start_exam

if TYPE_CHECKING:
    from app.domain.attempt import Attempt
    from app.storage.store import Store
    from tests.cast import Cast
    from tests.web.visit import Visitor

ITEM = a_mock_item(1)
ACCEPT, DROP, CREDIT, REKEY = RegradePolicy
BEFORE = "The reasons below were written before that."


def words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def regraded(
    store: Store,
    cast: Cast,
    policy: RegradePolicy,
    accepted: str = "",
    *,
    chosen: str = "b",
    never_lower: bool = False,
) -> Attempt:
    """Sits an exam of one question with the key b, and has the question regraded."""
    viewer, shape = (
        as_viewer(store, cast.ana),
        a_shape(items=1, scored=1, pretest=0, domains={"D-1": 1}),
    )
    exam = start_exam(store, viewer, pool=[ITEM], shape=shape)
    if chosen:
        save(store, viewer, exam, chosen)
    mock_exam.hand_in(store, viewer, attempt_id=exam.id, now=NOW)
    wish = RegradeWish(
        ITEM.id, ITEM.version, policy, tuple(accepted), never_lower, "The outline changed this."
    )
    sign_regrade(store, as_viewer(store, cast.ben), wish, seen="", now=NOW)
    return exam


def reviewed(ana: Visitor, exam: Attempt) -> tuple[str, dict[str, str]]:
    """The words of the review, and the verdict and reason of each option by its id."""
    page = ana.text(f"/exam/sittings/{exam.id}/review")
    parts = page.partition('<ol class="answers"')[2].partition("</ol>")[0].split("<li")[1:]
    options = zip(exam.slots[0].option_order, parts, strict=True)
    return words(page), {option: words(f"<li{part}") for option, part in options}


def letter(exam: Attempt, option: str) -> str:
    return "ABCD"[exam.slots[0].option_order.index(option)]


def test_a_new_key_is_shown_as_the_best_answer_and_the_former_one_as_former(
    ana: Visitor, store: Store, cast: Cast
) -> None:
    exam = regraded(store, cast, REKEY, "c")

    page, options = reviewed(ana, exam)

    b, c = letter(exam, "b"), letter(exam, "c")
    assert "Question 1 not right" in page
    assert options["b"].startswith(f"{b} Your answer: the best one until the regrade")
    assert options["b"].endswith("Reason b.")
    assert options["c"].startswith(f"{c} The best answer")
    assert f"Regraded: {c} is the right answer, and {b} no longer is. {BEFORE}" in page


def test_whoever_chose_the_new_key_is_told_so(ana: Visitor, store: Store, cast: Cast) -> None:
    page, options = reviewed(ana, regraded(store, cast, REKEY, "c", chosen="c"))

    assert "Question 1 right" in page
    assert "Your answer, and the best one" in options["c"]
    assert "The best one until the regrade" in options["b"]


@pytest.mark.parametrize("policy", [ACCEPT, REKEY])
def test_with_several_right_answers_each_is_marked_and_named(
    ana: Visitor, store: Store, cast: Cast, policy: RegradePolicy
) -> None:
    exam = regraded(store, cast, policy, "c", chosen="c", never_lower=True)

    page, options = reviewed(ana, exam)

    first, second = sorted([letter(exam, "b"), letter(exam, "c")])
    assert "Counts as right" in options["b"]
    assert "Your answer, and it counts as right" in options["c"]
    assert "Not the best one" in options["a"]
    assert f"Regraded: {first} and {second} count as right. {BEFORE}" in page


@pytest.mark.parametrize(
    ("policy", "never_lower", "said"),
    [
        (DROP, False, "Regraded: this question no longer counts."),
        (DROP, True, "Regraded: it counts for those who chose {b}, and for nobody else."),
        (CREDIT, False, "Regraded: it counts as right for everybody."),
    ],
)
def test_a_question_that_keeps_its_key_says_for_whom_it_counts(
    ana: Visitor, store: Store, cast: Cast, policy: RegradePolicy, never_lower: bool, said: str
) -> None:
    exam = regraded(store, cast, policy, never_lower=never_lower)

    page, options = reviewed(ana, exam)

    assert said.format(b=letter(exam, "b")) in page
    assert "Your answer, and the best one" in options["b"]


def test_a_question_credited_without_an_answer_is_not_among_those_not_right(
    ana: Visitor, store: Store, cast: Cast
) -> None:
    exam = regraded(store, cast, CREDIT, chosen="")

    page = ana.text(f"/exam/sittings/{exam.id}/review?show=wrong")

    assert "There is none of these" in page
