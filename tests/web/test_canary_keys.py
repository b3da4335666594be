"""Nothing that reveals a key leaves the server early: every reason carries a telltale word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from app.factory import create_app
from tests.web.canary_content import WORD, plant_canaries
from tests.web.crawl import crawl
from tests.web.visit import Visitor

if TYPE_CHECKING:
    from flask import Flask

    from app.config import Settings
    from tests.cast import Cast

TRAINERS_ROOM = ("/studio",)


@pytest.fixture
def app(settings: Settings, tmp_path: Path) -> Iterator[Flask]:
    content, scenarios = plant_canaries(tmp_path)
    app = create_app(replace(settings, content_dir=str(content), scenarios_dir=str(scenarios)))
    app.testing = True
    yield app
    with app.app_context():
        for engine in app.extensions["sqlalchemy"].engines.values():
            engine.dispose()


def leaks(visitor: Visitor, *starts: str, skip: tuple[str, ...] = ()) -> list[str]:
    return [url for url, sent in crawl(visitor, *starts, skip=skip) if WORD in sent]


def test_the_canaries_are_planted_and_can_be_seen_where_they_may(app: Flask, cast: Cast) -> None:
    """The control: without it a crawl that sees nothing would prove nothing."""
    ben = Visitor(app).sign_in(cast.ben)

    # Help pages are the same for everybody and many.
    assert len(leaks(ben, "/studio/", skip=("/studio/problems",))) > 100


@pytest.mark.parametrize("name", ["ana", "cora", "dov", "eli"])
def test_nobody_meets_a_reason_before_an_answer(app: Flask, cast: Cast, name: str) -> None:
    visitor = Visitor(app).sign_in(getattr(cast, name))

    assert leaks(visitor, "/", skip=TRAINERS_ROOM) == []


def test_a_visitor_who_is_not_signed_in_meets_no_reason(anonymous: Visitor) -> None:
    assert leaks(anonymous, "/", "/learn/", "/about-content", "/healthz") == []


@pytest.mark.parametrize("feedback", ["tutor", "exam"])
def test_an_open_quiz_holds_no_reason_of_an_unanswered_question(
    app: Flask, cast: Cast, feedback: str
) -> None:
    ana = Visitor(app).sign_in(cast.ana)
    quiz = _start(ana, feedback)

    assert leaks(ana, f"{quiz}/items/1", skip=TRAINERS_ROOM) == []


def test_answering_in_tutor_mode_reveals_that_question_only(app: Flask, cast: Cast) -> None:
    ana = Visitor(app).sign_in(cast.ana)
    quiz = _start(ana, "tutor")
    ana.post(f"{quiz}/items/2", {"chosen": "a", "request_key": "k", "base_revision": "0"})

    found = leaks(ana, f"{quiz}/items/1", skip=TRAINERS_ROOM)

    assert found == [f"{quiz}/items/2"]


def test_answering_in_exam_mode_reveals_nothing_until_the_end(app: Flask, cast: Cast) -> None:
    ana = Visitor(app).sign_in(cast.ana)
    quiz = _start(ana, "exam")
    for position in range(1, 6):
        ana.post(f"{quiz}/items/{position}", {"chosen": "a", "request_key": f"k{position}"})
    assert leaks(ana, f"{quiz}/items/1", skip=TRAINERS_ROOM) == []

    ana.post(f"{quiz}/finish")

    assert WORD in ana.text(f"{quiz}/report")


def test_a_running_exam_reveals_nothing_until_it_is_handed_in(app: Flask, cast: Cast) -> None:
    ana = Visitor(app).sign_in(cast.ana)
    ana.post("/exam/mocks/aadc/quick", {"request_key": "exam"})
    exam = (
        ana.client.get("/exam/mocks").text.partition('href="/exam/sittings/')[2].partition('"')[0]
    )
    exam = f"/exam/sittings/{exam}"
    for position in range(1, 21):
        sent = {"chosen": "a", "request_key": f"k{position}", "base_revision": "0"}
        for headers in ({}, {"Accept": "application/json"}):
            told = ana.post(f"{exam}/items/{position}", sent, expect=None, headers=headers)
            assert WORD not in told.text
        stale = {**sent, "chosen": "b", "request_key": f"stale {position}"}
        refused = ana.post(f"{exam}/items/{position}", stale, expect=409)
        assert WORD not in refused.text
    assert leaks(ana, exam, f"{exam}/clock", f"{exam}/review", "/", skip=TRAINERS_ROOM) == []

    ana.post(f"{exam}/hand-in")

    assert WORD in ana.text(f"{exam}/review")


def test_reporting_a_question_reveals_nothing(app: Flask, cast: Cast) -> None:
    """The crawl above follows the link of a settled question; here are the ways without one."""
    ana = Visitor(app).sign_in(cast.ana)
    quiz = _start(ana, "exam")
    ana.post(f"{quiz}/items/1", {"chosen": "a", "request_key": "one"})

    for place in (f"{quiz}/items/1/report", f"{quiz}/items/2/report"):
        for response in (ana.get(place, expect=409), ana.post(place, {"kind": "key"}, expect=409)):
            assert WORD not in response.text
    ana.post(f"{quiz}/finish")
    ana.post(f"{quiz}/items/1/report", {"kind": "key"})

    for place in (f"{quiz}/items/1/report", f"{quiz}/items/2/report", "/exam/reports"):
        assert WORD not in ana.text(place)


def test_the_list_of_bookmarks_reveals_nothing(app: Flask, cast: Cast) -> None:
    ana = Visitor(app).sign_in(cast.ana)
    quiz = _start(ana, "tutor")
    ana.post(f"{quiz}/items/1", {"chosen": "a", "request_key": "one"})
    ana.post(f"{quiz}/finish")
    for position in (1, 2):
        ana.post(f"{quiz}/items/{position}/bookmark", {"want": "on"})

    text = ana.text("/exam/bookmarks")

    assert text.count('class="bookmarked"') == 2
    assert WORD not in text


def test_a_refused_answer_reveals_nothing(app: Flask, cast: Cast) -> None:
    ana = Visitor(app).sign_in(cast.ana)
    quiz = _start(ana, "exam")
    ana.post(f"{quiz}/items/1", {"chosen": "a", "request_key": "one"})

    for data in ({}, {"chosen": "zz"}, {"chosen": "b", "request_key": "two", "base_revision": "0"}):
        response = ana.post(f"{quiz}/items/1", data, expect=None)
        assert response.status_code in {409, 422}
        assert WORD not in response.text


def test_an_open_check_holds_no_reason_and_an_answered_one_only_its_own(
    app: Flask, cast: Cast
) -> None:
    ana = Visitor(app).sign_in(cast.ana)
    lesson = "/learn/lessons/advocacy/what-advocacy-is"
    checks = re.findall(r'class="check" id="check-([\w-]+)"', ana.text(lesson))

    ana.post(f"{lesson}/checks/{checks[0]}", {"chosen": "a", "request_key": "k"})

    before, _, rest = ana.text(lesson).partition(f'id="check-{checks[0]}"')
    own, _, after = rest.partition(f'id="check-{checks[1]}"')
    assert WORD in own
    assert WORD not in before
    assert WORD not in after


def test_no_reason_is_written_to_the_log(
    app: Flask, cast: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    ana = Visitor(app).sign_in(cast.ana)
    quiz = _start(ana, "tutor")
    ana.post(f"{quiz}/items/1", {"chosen": "a", "request_key": "k"})
    ana.get(f"{quiz}/items/99", expect=404)

    assert WORD not in caplog.text


def _start(visitor: Visitor, feedback: str) -> str:
    form = {"length": "5", "seen": "any", "feedback": feedback, "request_key": f"s-{feedback}"}
    location = visitor.post("/exam/practice", form).location
    return visitor.client.get(location).location.rpartition("/items/")[0]
