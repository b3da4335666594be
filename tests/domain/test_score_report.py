from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.attempt import Response
from app.domain.item import Item
from app.domain.score_report import FEW_ANSWERS, PartScore, ScoreReport, build_score_report
from tests.builders import an_item
from tests.learning_builders import a_response, an_attempt


def report_on(items: list[Item], responses: dict[int, Response]) -> ScoreReport:
    frozen = {(item.id, item.version): item for item in items}
    return build_score_report(an_attempt(*items), responses, frozen)


def test_a_report_counts_in_total_and_by_topic_in_the_order_met() -> None:
    items = [
        an_item(id="n-1", topic="networks", topic_title="Networks"),
        an_item(id="c-1", topic="consent", topic_title="Consent"),
        an_item(id="n-2", topic="networks", topic_title="Networks"),
    ]
    responses = {1: a_response("b"), 2: a_response("a", position=2), 3: a_response("b", position=3)}

    report = report_on(items, responses)

    assert report == ScoreReport(
        right=2,
        asked=3,
        answered=3,
        topics=(
            PartScore("networks", "Networks", right=2, asked=2),
            PartScore("consent", "Consent", right=0, asked=1),
        ),
    )


def test_unanswered_questions_count_as_asked_and_not_right() -> None:
    report = report_on([an_item(id="item-1"), an_item(id="item-2")], {2: a_response(position=2)})

    assert (report.right, report.asked, report.answered) == (1, 2, 1)


def test_an_answer_counts_as_it_was_judged_when_given() -> None:
    judged_right = a_response("a", is_right=True)

    report = report_on([an_item(key=("b",))], {1: judged_right})

    assert report.right == 1


def test_the_wording_on_the_form_decides_the_topic() -> None:
    asked = an_item(topic="consent", topic_title="Consent")
    edited = an_item(stem="Another wording.", topic="networks", topic_title="Networks")
    frozen = {(item.id, item.version): item for item in (asked, edited)}

    report = build_score_report(an_attempt(asked), {}, frozen)

    assert [part.code for part in report.topics] == ["consent"]


def test_a_wording_that_is_missing_is_never_guessed() -> None:
    with pytest.raises(KeyError):
        build_score_report(an_attempt(), {}, {})


@pytest.mark.parametrize(("asked", "few"), [(1, True), (FEW_ANSWERS - 1, True), (10, False)])
def test_a_share_of_few_answers_is_marked(asked: int, few: bool) -> None:
    assert PartScore("consent", "Consent", right=1, asked=asked).rests_on_few is few


@given(st.lists(st.tuples(st.sampled_from("xyz"), st.sampled_from(["a", "b", ""])), max_size=20))
def test_topics_add_up_to_the_whole(form: list[tuple[str, str]]) -> None:
    items = [an_item(id=f"item-{n}", topic=topic) for n, (topic, _) in enumerate(form)]
    responses = {
        place: a_response(chosen, position=place)
        for place, (_, chosen) in enumerate(form, start=1)
        if chosen
    }
    if not items:
        return  # a form without questions is never made

    report = report_on(items, responses)

    assert sum(part.right for part in report.topics) == report.right
    assert sum(part.asked for part in report.topics) == report.asked
    assert 0 <= report.right <= report.answered <= report.asked
    assert all(0 <= part.right <= part.asked for part in report.topics)
