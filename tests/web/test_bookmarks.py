"""The list of bookmarks: what it tells, what it never tells, and whose it is."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from flask import Flask

from app.library.library import Library
from app.storage.store import Store
from app.web.exam import bookmark_view
from tests.cast import Cast
from tests.web.test_practice import answer, start
from tests.web.visit import Visitor

LIST = "/exam/bookmarks"
NOW = datetime(2026, 11, 3, 9, 0, tzinfo=UTC)


@pytest.fixture
def library(app: Flask) -> Library:
    found: Library = app.extensions["waymark-content"].library()
    return found


def bookmark(visitor: Visitor, attempt: str, position: int) -> None:
    visitor.post(f"{attempt}/items/{position}/bookmark", {"want": "on", "back": "report"})


def finished_quiz(visitor: Visitor) -> str:
    """A quiz with its first question answered and the others left."""
    quiz = start(visitor)
    answer(visitor, quiz, 1)
    visitor.post(f"{quiz}/finish")
    return quiz


def lines(text: str) -> list[str]:
    return re.findall(r'<li class="bookmarked">.*?</li>', text, re.DOTALL)


def keep(store: Store, cast: Cast, *item_ids: str) -> None:
    with store.writing():
        for item_id in item_ids:
            store.practice.bookmark(cast.ana.id, item_id, now=NOW)


def test_without_a_bookmark_the_next_step_is_told(ana: Visitor) -> None:
    assert "none yet" in ana.text("/exam/practice")

    text = ana.text(LIST)

    assert "Nothing bookmarked yet" in text
    assert 'href="/exam/practice"' in text


def test_a_bookmark_is_listed_with_its_topic_and_how_it_went(ana: Visitor) -> None:
    quiz = finished_quiz(ana)
    bookmark(ana, quiz, 1)
    bookmark(ana, quiz, 2)
    report = ana.text(f"{quiz}/report")
    went = "right" if "1 of 5 right" in report else "not right"

    text = ana.text(LIST)

    assert f'href="{LIST}"' in ana.text("/exam/practice")
    assert "2 questions you want to meet again." in text
    newest, oldest = lines(text)
    assert "not answered yet" in newest
    assert f">{went} the last time<" in oldest
    stem = re.search(r"quiz-question__stem\">(.{20})", report)
    assert stem
    assert stem[1] in oldest


def test_the_list_leads_to_the_builder_with_what_is_bookmarked(ana: Visitor) -> None:
    quiz = finished_quiz(ana)
    for position in (1, 2, 3):
        bookmark(ana, quiz, position)
    way = re.search(r'href="([^"]+)">Practice these 3<', ana.text(LIST))
    assert way

    text = ana.text(way[1].replace("&amp;", "&").partition("#")[0])

    assert re.search(r'value="bookmarked" checked', text)
    assert "3 questions fit these choices, as many as you asked for." in text


def test_a_bookmark_is_removed_and_removing_it_again_breaks_nothing(ana: Visitor) -> None:
    quiz = finished_quiz(ana)
    bookmark(ana, quiz, 1)
    bookmark(ana, quiz, 2)
    found = re.search(r'name="item_id" value="([^"]+)"', lines(ana.text(LIST))[0])
    assert found
    sent = {"item_id": found[1], "page": "1"}

    location = ana.post(f"{LIST}/remove", sent).location
    ana.post(f"{LIST}/remove", sent)

    text = ana.text(location)
    assert "That bookmark is taken away." in text
    assert len(lines(text)) == 1
    assert found[1] not in lines(text)[0]


@pytest.mark.parametrize("sent", [{}, {"item_id": "x" * 9000}, {"item_id": "\x00", "page": "%2"}])
def test_what_cannot_be_removed_changes_nothing(ana: Visitor, sent: dict[str, object]) -> None:
    quiz = finished_quiz(ana)
    bookmark(ana, quiz, 1)

    location = ana.post(f"{LIST}/remove", sent).location

    assert location.startswith(LIST)
    assert len(lines(ana.text(LIST))) == 1


def test_the_bookmarks_of_somebody_else_are_neither_seen_nor_removed(
    ana: Visitor, luis: Visitor
) -> None:
    quiz = finished_quiz(ana)
    bookmark(ana, quiz, 1)
    found = re.search(r'name="item_id" value="([^"]+)"', ana.text(LIST))
    assert found

    luis.post(f"{LIST}/remove", {"item_id": found[1]})

    assert lines(luis.text(LIST)) == []
    assert len(lines(ana.text(LIST))) == 1


def test_an_exam_question_is_listed_and_said_to_be_no_part_of_practice(ana: Visitor) -> None:
    exam = ana.post("/exam/mocks/aadc/quick", {"request_key": "quick"}).location
    ana.post(f"{exam}/hand-in")
    bookmark(ana, exam.replace("/sittings/", "/attempts/"), 2)

    text = ana.text(LIST)

    assert "from a mock exam, so practice does not ask it" in text
    assert "practice asks none of them" in text
    assert "Practice th" not in text


def test_a_running_exam_tells_nothing_about_how_its_questions_went(
    ana: Visitor, store: Store, cast: Cast
) -> None:
    exam = ana.post("/exam/mocks/aadc/quick", {"request_key": "quick"}).location
    ana.post(f"{exam}/items/1", {"chosen": "a", "request_key": "k", "base_revision": "0"})
    attempt = store.attempts.find(exam.rpartition("/")[2])
    assert attempt
    keep(store, cast, attempt.slot(1).item_id)

    (line,) = lines(ana.text(LIST))

    assert "not answered yet" in line
    assert "right the last time" not in line


def test_a_question_whose_file_is_gone_is_listed_in_the_words_it_was_met_in(
    ana: Visitor, store: Store, cast: Cast, library: Library
) -> None:
    item = next(iter(library.items.values()))
    gone = replace(item, id="gone-01", stem="What was asked in those days?")
    with store.writing():
        store.attempts.freeze([gone], now=NOW)
    keep(store, cast, "gone-01", "never-met-01")

    text = ana.text(LIST)

    assert "What was asked in those days?" in text
    assert "no longer asked" in text


@pytest.mark.parametrize("page", ["0", "3", "x", "-1", "9" * 400, "²", ""])
def test_a_long_list_has_pages_and_any_number_leads_to_one(
    ana: Visitor,
    store: Store,
    cast: Cast,
    library: Library,
    monkeypatch: pytest.MonkeyPatch,
    page: str,
) -> None:
    monkeypatch.setattr(bookmark_view, "A_PAGE", 4)
    keep(store, cast, *list(library.items)[:6])

    first, second = ana.text(LIST), ana.text(f"{LIST}?page=2")

    assert len(lines(first)) == 4
    assert len(lines(second)) == 2
    assert "5 to 6" in first
    assert "1 to 4" in second
    assert len(lines(ana.text(f"{LIST}?page={page}"))) in {2, 4}
