"""Reporting a question, from the learner who doubts it to the trainer's answer and back."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import TYPE_CHECKING

import pytest

from app.domain.attempt import AttemptKind, Feedback
from app.domain.exam_form import mock_pool
from app.domain.item_report import ReportKind
from app.services.item_reports import ReportWish, send_report
from app.services.mock_exam import hand_in
from tests.cast import as_viewer
from tests.learning_builders import an_attempt
from tests.web.test_practice import answer, start

if TYPE_CHECKING:
    from flask import Flask

    from app.domain.attempt import Attempt
    from app.storage.store import Store
    from tests.cast import Cast
    from tests.web.visit import Visitor

WORDS = "Is the other answer not safer?"


def words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def send(visitor: Visitor, quiz: str, position: int = 1, **sent: object) -> str:
    data = {"kind": "key", "words": WORDS, **sent}
    return visitor.post(f"{quiz}/items/{position}/report", data).location


def studio_page(ben: Visitor) -> str:
    """The address of the report that has waited longest."""
    return next(x for x in ben.page("/studio/reports").links if x.startswith("/studio/reports/"))


@pytest.fixture
def quiz(ana: Visitor) -> str:
    """A quiz of Ana's whose first question is settled."""
    quiz = start(ana)
    answer(ana, quiz, 1)
    return quiz


@pytest.fixture
def mock(app: Flask, store: Store, cast: Cast) -> Attempt:
    """A short mock exam that Ana is sitting."""
    now = datetime.now(UTC)
    library = app.extensions["waymark-content"].library()
    items = mock_pool(library.items.values())[:3]
    settings = {
        "scale": {"low": 200, "high": 800, "cut": 500, "cut_percent": 70, "ours": True},
        "domains": sorted({(item.domain, item.domain) for item in items}),
    }
    mock = an_attempt(
        *items,
        id=store.new_id(now),
        person_id=cast.ana.id,
        kind=AttemptKind.MOCK,
        feedback=Feedback.EXAM,
        started_at=now,
        limit=timedelta(hours=1),
        settings=settings,
    )
    with store.writing():
        store.attempts.freeze(items, now=now)
        store.attempts.add(mock, request_key="mock")
    return mock


def test_a_settled_question_leads_to_its_report_and_back(ana: Visitor, quiz: str) -> None:
    assert f"{quiz}/items/1/report" in ana.page(f"{quiz}/items/1").links

    page = ana.page(f"{quiz}/items/1/report")

    assert f"{quiz}/items/1" in page.links
    assert "do not name clients" in words(ana.text(f"{quiz}/items/1/report"))


def test_an_open_question_has_no_such_link(ana: Visitor, quiz: str) -> None:
    assert "Report this question" not in ana.text(f"{quiz}/items/2")


def test_every_question_of_a_finished_quiz_can_be_reported(ana: Visitor, quiz: str) -> None:
    ana.post(f"{quiz}/finish")

    links = ana.page(f"{quiz}/report").links

    assert {f"{quiz}/items/{n}/report" for n in range(1, 6)} <= set(links)
    assert f"{quiz}/report#question-3" in ana.page(f"{quiz}/items/3/report").links


def test_the_report_of_an_unsettled_question_is_refused_and_shows_nothing_of_it(
    ana: Visitor, quiz: str
) -> None:
    stem = re.search(r'quiz-question__stem">(.+?)</p>', ana.text(f"{quiz}/items/2"))
    assert stem is not None

    shown = ana.text(f"{quiz}/items/2/report", 409)
    sent = ana.post(f"{quiz}/items/2/report", {"kind": "key", "words": WORDS}, expect=409).text
    wrong = ana.post(f"{quiz}/items/2/report", {"words": WORDS}, expect=409).text

    for refusal in (shown, sent, wrong):
        assert "once you have seen its reasons" in refusal
        assert stem[1] not in refusal
        assert "best answer" not in refusal
    assert "Nothing reported yet" in ana.text("/exam/reports")


def test_a_running_exam_is_not_discussed_and_every_question_of_a_finished_one_is(
    ana: Visitor, store: Store, cast: Cast, mock: Attempt
) -> None:
    place = f"/exam/attempts/{mock.id}/items/2/report"
    assert "Report this question" not in ana.text(f"/exam/sittings/{mock.id}/items/2")
    assert "still running" in ana.text(place, 409)
    ana.post(place, {"kind": "key", "words": WORDS}, expect=409)

    hand_in(store, as_viewer(store, cast.ana), attempt_id=mock.id, now=datetime.now(UTC))

    assert place in ana.page(f"/exam/sittings/{mock.id}/review").links
    ana.post(place, {"kind": "key", "words": WORDS})
    assert f"/exam/sittings/{mock.id}/review?at=2#question-2" in ana.page(place).links


def test_sending_twice_is_one_report_and_the_one_that_is_there_is_shown(
    ana: Visitor, ben: Visitor, quiz: str
) -> None:
    first = send(ana, quiz)
    second = send(ana, quiz, kind="typo", words="Another thought.")

    page = ana.text(second)
    assert "Your report is sent" in ana.text(first)
    assert "You have reported this question before." in page
    assert WORDS in page
    assert "Another thought." not in page
    assert "1 open." in ben.text("/studio/reports")


def test_words_of_the_longest_length_fit_and_longer_ones_are_kept_in_the_form(
    ana: Visitor, quiz: str
) -> None:
    long = "x" * 1001
    refused = ana.post(f"{quiz}/items/1/report", {"kind": "key", "words": long}, expect=422).text

    assert "there is room for 1,000" in refused
    assert long in refused
    assert "x" * 1000 in ana.text(send(ana, quiz, words="x" * 1000))


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"words": WORDS}, "Choose what it is about."),
        ({"kind": "no-such-kind", "words": WORDS}, "Choose what it is about."),
        ({"kind": "other", "words": "  "}, "Say in a few words"),
    ],
)
def test_an_unusable_report_is_refused_with_words(
    ana: Visitor, quiz: str, sent: dict[str, object], said: str
) -> None:
    assert said in ana.post(f"{quiz}/items/1/report", sent, expect=422).text


def test_what_people_write_is_shown_as_words_and_never_as_markup(
    ana: Visitor, ben: Visitor, quiz: str
) -> None:
    shown = ana.text(send(ana, quiz, words="<script>alert(1)</script>\x00 **bold**"))

    for page in (shown, ben.text(studio_page(ben))):
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt; **bold**" in page


def test_someone_elses_question_and_one_beyond_the_end_do_not_exist(
    ana: Visitor, luis: Visitor, quiz: str
) -> None:
    for visitor, place in ((luis, f"{quiz}/items/1"), (ana, f"{quiz}/items/6")):
        visitor.get(f"{place}/report", expect=404)
        visitor.post(f"{place}/report", {"kind": "key", "words": WORDS}, expect=404)
    luis.post(f"{quiz}/items/1/report", {}, expect=404)
    ana.get(f"{quiz}/items/{10**40}/report", expect=404)


def test_everybody_finds_their_own_reports_only(ana: Visitor, luis: Visitor, quiz: str) -> None:
    send(ana, quiz)

    assert "/exam/reports" in ana.page("/exam/practice").links
    assert WORDS in ana.text("/exam/reports")
    assert f"{quiz}/items/1/report" in ana.page("/exam/reports").links
    assert WORDS not in luis.text("/exam/reports")


def test_a_trainer_sees_the_question_as_it_was_met_and_not_who_reported_it(
    ana: Visitor, ben: Visitor, quiz: str, cast: Cast
) -> None:
    met = ana.text(f"{quiz}/items/1")
    send(ana, quiz)

    queue, page = ben.text("/studio/reports"), ben.text(studio_page(ben))

    for shown in (queue, page):
        for telling in ("Ana Reyes", "Reyes", cast.ana.email, cast.ana.id, quiz.rpartition("/")[2]):
            assert telling not in shown
        assert WORDS in shown
    order = re.compile(r'answers__text">(.+?)</p>')
    assert order.findall(page) == order.findall(met)
    assert "Their answer" in page
    item_url = next(x for x in ben.page(studio_page(ben)).links if "/studio/questions/" in x)
    ben.get(item_url)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"stem": "An older wording?"}, "has another wording, key or reason today"),
        ({"stem": "An older wording?", "id": "gone-01"}, "no longer in the bank"),
    ],
)
def test_a_question_that_has_changed_since_is_shown_as_it_was(
    app: Flask, store: Store, cast: Cast, ben: Visitor, change: dict[str, str], said: str
) -> None:
    now = datetime.now(UTC)
    library = app.extensions["waymark-content"].library()
    item = replace(next(iter(library.items.values())), **change)
    quiz = an_attempt(item, id=store.new_id(now), person_id=cast.ana.id, finished_at=now)
    with store.writing():
        store.attempts.freeze([item], now=now)
        store.attempts.add(quiz, request_key="older")
        store.attempts.finish(quiz.id, right_count=0, now=now)
    wish = ReportWish(quiz.id, 1, ReportKind.OUTDATED, "")
    send_report(store, as_viewer(store, cast.ana), wish, now=now)

    page = ben.text(studio_page(ben))

    assert "An older wording?" in page
    assert said in page
    assert "no answer" in page
    assert "No words were added." in page


def test_other_reports_about_the_same_question_stand_beside_it(
    ana: Visitor, luis: Visitor, ben: Visitor
) -> None:
    for visitor in (ana, luis):  # both meet every question of the topic, each in their own order
        quiz = start(visitor, length="50", topic="what-advocacy-is")
        visitor.post(f"{quiz}/finish")
        for position in re.findall(r'id="question-(\d+)"', visitor.text(f"{quiz}/report")):
            send(visitor, quiz, int(position), words="Here too.")

    one = studio_page(ben)
    page = ben.page(one)

    assert "Other reports about this question" in ben.text(one)
    others = [x for x in page.links if x.startswith("/studio/reports/")]
    assert len(others) == 1
    assert others[0] != one
    assert one in ben.page(others[0]).links


def test_the_outcome_reaches_the_person_who_sent_the_report(
    ana: Visitor, ben: Visitor, quiz: str
) -> None:
    place = send(ana, quiz)
    report = studio_page(ben)
    ben.post(report, {"state": "looking", "answer": "", "seen_stamp": ""})
    assert "Looking into it" in ana.text(place)

    stamp = re.search(r'name="seen_stamp" value="([^"]+)"', ben.text(report))
    assert stamp is not None
    settled = {"state": "mended", "answer": "You are right.\nIt is mended.", "seen_stamp": stamp[1]}
    saved = ben.text(ben.post(report, settled).location)
    ben.post(report, settled)  # a double click

    assert "Saved. The person who sent the report sees it." in saved
    assert 'class="notice' not in ben.text(report)
    assert "No report is open." in ben.text("/studio/reports")
    assert WORDS in ben.text("/studio/reports?state=mended")
    for page in (ana.text("/exam/reports"), ana.text(f"{quiz}/items/1/report")):
        assert "Question mended" in page
        assert "You are right.\nIt is mended." in page
        assert "Ben Okafor" not in page


def test_an_outcome_without_words_is_refused_and_nothing_changes(
    ana: Visitor, ben: Visitor, quiz: str
) -> None:
    send(ana, quiz)
    report = studio_page(ben)

    for sent, said in (
        ({"state": "kept", "answer": " "}, "Write a sentence for the learner"),
        ({"answer": "It stays."}, "Choose where the report stands now."),
        ({"state": "gone", "answer": "It stays."}, "Choose where the report stands now."),
        ({"state": "kept", "answer": "x" * 1001}, "there is room for 1,000"),
    ):
        assert said in ben.post(report, sent, expect=422).text
    assert "1 open." in ben.text("/studio/reports")


def test_a_stale_page_overwrites_nothing_and_keeps_what_was_written(
    ana: Visitor, ben: Visitor, quiz: str
) -> None:
    send(ana, quiz)
    report = studio_page(ben)
    ben.post(report, {"state": "kept", "answer": "It stays.", "seen_stamp": ""})

    response = ben.post(
        report, {"state": "looking", "answer": "Let me see.", "seen_stamp": ""}, expect=409
    )

    assert "Somebody has worked on this report" in response.text
    assert "Let me see." in response.text
    assert "It stays." in ana.text("/exam/reports")


def test_administrators_read_reports_and_trainers_settle_them(
    ana: Visitor, ben: Visitor, eli: Visitor, quiz: str
) -> None:
    send(ana, quiz)
    report = studio_page(ben)

    assert "What becomes of it" not in eli.text(report)
    eli.post(report, {"state": "kept", "answer": "It stays."}, expect=403)
    ana.get(report, expect=403)
    ana.post(report, {"state": "kept", "answer": "It stays."}, expect=403)


def test_the_queue_understands_any_address(ben: Visitor) -> None:
    for query in ("state=nonsense", "page=0", "page=99999", "page=%C2%B2", "state=kept&page=-1"):
        assert "Nothing here" in ben.text(f"/studio/reports?{query}")


LESSON = "/learn/lessons/advocacy/what-advocacy-is"


def checks(text: str) -> list[str]:
    """The questions of a lesson's page, each from its beginning to the next."""
    return re.findall(r'<section class="check".*?</section>', text, re.DOTALL)


def answer_first_check(visitor: Visitor, *, expect: int = 303, **headers: str) -> str:
    """Answers the first question of the lesson. Gives what comes back."""
    (url,) = re.findall(r'action="([^"]+)"', checks(visitor.text(LESSON))[0])
    sent = {"chosen": "a", "request_key": "check"}
    return visitor.post(url, sent, expect=expect, headers=headers).text


def report_link(check: str) -> str:
    found = re.search(r'href="([^"]+)"[^>]*>Report this question<', check)
    return found[1] if found else ""


def test_a_question_of_a_lesson_is_reported_once_it_is_answered(ana: Visitor, ben: Visitor) -> None:
    assert not any(report_link(check) for check in checks(ana.text(LESSON)))
    answer_first_check(ana)
    first, *others = checks(ana.text(LESSON))
    assert not any(report_link(check) for check in others)

    url = report_link(first)
    back = re.search(rf'href="({LESSON}#check-[\w-]+)"', ana.text(url))
    location = ana.post(url, {"kind": "key", "words": WORDS}).location

    assert back
    assert f'id="{back[1].partition("#")[2]}"' in ana.text(LESSON)
    assert "Thank you." in ana.text(location)
    assert WORDS in words(ben.text(studio_page(ben)))


def test_an_answer_sent_by_the_script_brings_the_way_to_report(ana: Visitor) -> None:
    piece = answer_first_check(ana, expect=200, **{"HX-Request": "true"})

    assert "What is it about?" in ana.text(report_link(piece))


def test_a_question_of_a_lesson_that_is_not_answered_is_not_reported(ana: Visitor) -> None:
    answer_first_check(ana)
    url = report_link(checks(ana.text(LESSON))[0])

    ana.post(url.replace("/items/1/", "/items/2/"), {"kind": "typo"}, expect=409)
    ana.get(url.replace("/items/1/", "/items/2/"), expect=409)
