"""Building a quiz: choices and their counts, saved choices, what was missed, bookmarks, time."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest

from app.domain.practice_preset import MOST_PRESETS
from tests.web.test_practice import answer, start
from tests.web.visit import Visitor

PAGE = "/exam/practice"
USUAL = {"length": "5", "seen": "any", "feedback": "tutor"}


def is_open(text: str) -> bool:
    """Whether “More choices” stands open."""
    return '<details class="more" open>' in text


def count_beside(text: str, words: str) -> int:
    found = re.search(rf'{re.escape(words)} <span class="choice__count">(\d+)', text)
    assert found, words
    return int(found[1])


def miss_some(visitor: Visitor, *, length: int = 12, **sent: object) -> str:
    quiz = start(visitor, length=str(length), request_key="to miss")
    for position in range(1, length + 1):
        answer(visitor, quiz, position, **sent)
    visitor.post(f"{quiz}/finish")
    return quiz


def test_a_newcomer_meets_topics_and_length_and_nothing_else_open(ana: Visitor) -> None:
    text = ana.text(PAGE)

    assert not is_open(text)
    assert "Practice what I missed" not in text
    assert re.search(r"\d+ questions fit these choices; the quiz draws 10 of them", text)


@pytest.mark.parametrize(
    "query",
    ["seen=missed", "domain=AADC-4", "difficulty=hard", "minutes=10", "feedback=exam"],
)
def test_more_choices_stand_open_once_they_are_used(ana: Visitor, query: str) -> None:
    assert is_open(ana.text(f"{PAGE}?{query}"))


def test_more_choices_stand_open_when_one_of_them_needs_a_change(ana: Visitor) -> None:
    response = ana.post(PAGE, {**USUAL, "minutes": "900"}, expect=422)

    assert is_open(response.text)
    assert "or leave it empty" in response.text


@pytest.mark.parametrize("minutes", ["0", "-5", "241", "ten", "1.5"])
def test_a_time_limit_that_cannot_be_used_is_refused(ana: Visitor, minutes: str) -> None:
    ana.post(PAGE, {**USUAL, "minutes": minutes}, expect=422)

    assert "Go on where you stopped" not in ana.text(PAGE)


def test_show_how_many_fit_leads_to_the_same_choices_with_their_count(ana: Visitor) -> None:
    sent = {**USUAL, "domain": "AADC-4", "difficulty": "hard", "do": "count", "minutes": ""}

    location = ana.post(PAGE, sent).location

    assert "csrf" not in location
    assert "request_key" not in location
    text = ana.text(location.partition("#")[0])
    assert re.search(r"\d+ questions? fits? these choices", text)
    assert re.search(r'value="AADC-4" checked', text)
    assert re.search(r'name="length"[^>]*value="5"|value="5"[^>]*name="length"', text)
    assert "Go on where you stopped" not in text


def test_the_count_beside_a_choice_is_the_count_once_it_is_chosen(ana: Visitor) -> None:
    beside = count_beside(ana.text(f"{PAGE}?domain=AADC-2"), "Hard")

    text = ana.text(f"{PAGE}?domain=AADC-2&difficulty=hard")

    assert f"{beside} question" in text
    assert count_beside(text, "Hard") == beside


def test_when_nothing_fits_it_is_said_what_would_help(ana: Visitor) -> None:
    text = ana.text(f"{PAGE}?domain=AADC-4&seen=bookmarked")

    assert "No question fits these choices." in text
    way = re.search(r'href="([^"]+)">Take any question, met before or not: (\d+) question', text)
    assert way
    loosened = ana.text(way[1].replace("&amp;", "&").partition("#")[0])
    assert f"{way[2]} questions fit these choices" in loosened


def test_when_no_single_change_helps_everything_is_offered(ana: Visitor) -> None:
    text = ana.text(f"{PAGE}?seen=bookmarked&competency=none-such&length=7")

    way = re.search(r'href="([^"]+)">Take any question at all: (\d+) questions', text)
    assert way
    loosened = ana.text(way[1].replace("&amp;", "&").partition("#")[0])
    assert f"{way[2]} questions fit these choices; the quiz draws 7 of them" in loosened


def test_a_start_that_nothing_fits_starts_nothing_and_keeps_the_choices(ana: Visitor) -> None:
    sent = {**USUAL, "domain": "AADC-4", "seen": "bookmarked"}

    response = ana.post(PAGE, sent, expect=422)

    assert "No question fits all of these choices together." in response.text
    assert re.search(r'value="AADC-4" checked', response.text)


def test_a_quiz_is_drawn_from_what_was_chosen(ana: Visitor) -> None:
    text = ana.text(f"{PAGE}?domain=AADC-1&difficulty=middle")
    fitting = re.search(r"(\d+) questions? fits? these choices", text)
    assert fitting

    quiz = start(ana, domain="AADC-1", difficulty="middle", length="50")

    assert f"Question 1 of {fitting[1]}" in ana.text(f"{quiz}/items/1")


@pytest.mark.parametrize(
    "query",
    [
        "seen=everything&difficulty=impossible&length=-4&minutes=x&feedback=never",
        "topic=" + "x" * 500,
        "length=" + "9" * 300,
        "competency=%00%F0%9F%92%A5&domain=%3Cscript%3E",
        "&".join(f"topic=t{n}" for n in range(500)),
    ],
)
def test_an_address_made_by_hand_breaks_nothing(ana: Visitor, query: str) -> None:
    ana.get(f"{PAGE}?{query}")


def test_sure_and_wrong_and_marked_questions_can_be_practiced(ana: Visitor) -> None:
    quiz = miss_some(ana, length=10, confidence="sure", flag="yes")
    wrong = 10 - int(re.search(r"<h1>(\d+) of 10 right", ana.text(f"{quiz}/report"))[1])

    text = ana.text(PAGE)

    assert count_beside(text, "Sure the last time, and not right") == wrong
    assert count_beside(text, "Marked for review the last time") == 10
    again = start(ana, seen="sure-and-wrong", length="50", request_key="again")
    assert f"Question 1 of {wrong}" in ana.text(f"{again}/items/1")


def test_what_is_noted_beside_an_answer_is_offered_in_practice(ana: Visitor) -> None:
    quiz = start(ana, feedback="exam")
    text = ana.text(f"{quiz}/items/1")
    assert "How sure are you?" in text
    assert "Mark for review" in text

    answer(ana, quiz, 1, confidence="fairly", flag="yes")

    text = ana.text(f"{quiz}/items/1")
    assert re.search(r'value="fairly" checked', text)
    assert "1 marked for review" in text


def test_what_was_noted_stays_on_the_page_when_the_answer_is_refused(ana: Visitor) -> None:
    quiz = start(ana)

    sent = {"confidence": "guess", "flag": "yes", "request_key": "x"}
    response = ana.post(f"{quiz}/items/1", sent, expect=422)

    assert re.search(r'value="guess" checked', response.text)
    assert re.search(r'name="flag" value="yes" checked', response.text)
    assert "marked for review" not in ana.text(f"{quiz}/items/1")


def test_one_press_practices_what_was_missed(ana: Visitor) -> None:
    miss_some(ana)
    assert "Practice what I missed" in ana.text(PAGE)

    first = ana.post(f"{PAGE}/missed", {"request_key": "one press"}).location
    second = ana.post(f"{PAGE}/missed", {"request_key": "one press"}).location

    assert first == second
    assert re.search(r"Question 1 of \d+", ana.client.get(first, follow_redirects=True).text)


def test_the_result_of_a_quiz_offers_what_was_missed_in_its_topics(ana: Visitor) -> None:
    quiz = miss_some(ana)
    text = ana.text(f"{quiz}/report")
    form = re.search(r'action="/exam/practice/missed".*?</form>', text, re.DOTALL)
    assert form
    topics = re.findall(r'name="topic" value="([^"]+)"', form[0])

    location = ana.post(f"{PAGE}/missed", {"topic": topics, "request_key": "of it"}).location

    assert "/attempts/" in location


def test_a_press_with_nothing_missed_says_so_kindly(ana: Visitor) -> None:
    location = ana.post(f"{PAGE}/missed", {"request_key": "none"}).location

    assert "Nothing you missed is left to practice there." in ana.text(location)


def test_choices_are_saved_used_and_deleted(ana: Visitor) -> None:
    sent = {**USUAL, "domain": "AADC-4", "minutes": "15", "name": "On the bus", "do": "save"}
    location = ana.post(PAGE, sent).location
    assert "Saved." in ana.text(location)
    text = ana.text(PAGE)
    assert text.count(">On the bus</a>") == 1
    use = re.search(r'href="([^"]+)">On the bus</a>', text)
    delete = re.search(r'action="([^"]+/delete)"', text)
    assert use
    assert delete

    used = ana.text(use[1].replace("&amp;", "&"))
    assert re.search(r'value="AADC-4" checked', used)
    assert re.search(r'value="15"', used)

    ana.post(delete[1])
    assert "On the bus" not in ana.text(PAGE)
    ana.post(delete[1], expect=404)


def test_enter_saves_choices_that_have_a_name_and_starts_nothing(ana: Visitor) -> None:
    first = re.search(r'<button[^>]*name="do" value="(\w+)"', ana.text(PAGE))
    assert first
    assert first[1] == "enter"  # the button that Enter presses

    saved = ana.post(PAGE, {**USUAL, "name": "On the bus", "do": "enter"}).location
    counted = ana.post(PAGE, {**USUAL, "name": " ", "do": "enter"}).location

    assert "Saved. You find it under Saved choices." in ana.text(saved)
    assert counted.endswith("#fitting")
    assert "Go on where you stopped" not in ana.text(PAGE)


@pytest.mark.parametrize("name", ["", "   ", "x" * 61, "x" * 5000])
def test_a_name_that_cannot_be_used_saves_nothing(ana: Visitor, name: str) -> None:
    ana.post(PAGE, {**USUAL, "name": name, "do": "save"}, expect=422)

    assert "Saved choices" not in ana.text(PAGE)


def test_a_name_with_markup_is_shown_as_it_was_written(ana: Visitor) -> None:
    ana.post(PAGE, {**USUAL, "name": "<b>mine</b>", "do": "save"})

    assert "&lt;b&gt;mine&lt;/b&gt;" in ana.text(PAGE)


def test_too_many_saved_choices_are_refused_with_words(ana: Visitor) -> None:
    for number in range(MOST_PRESETS):
        ana.post(PAGE, {**USUAL, "name": f"Number {number}", "do": "save"})

    response = ana.post(PAGE, {**USUAL, "name": "One more", "do": "save"}, expect=409)

    assert f"You have {MOST_PRESETS} saved choices" in response.text


def test_saved_choices_of_somebody_else_do_not_exist(ana: Visitor, luis: Visitor) -> None:
    ana.post(PAGE, {**USUAL, "name": "Mine", "do": "save"})
    delete = re.search(r'action="([^"]+/delete)"', ana.text(PAGE))
    assert delete

    luis.post(delete[1], expect=404)

    assert ">Mine</a>" in ana.text(PAGE)
    assert "Mine</a>" not in luis.text(PAGE)


def test_a_settled_question_is_bookmarked_and_the_bookmark_taken_away(ana: Visitor) -> None:
    quiz = start(ana)
    assert "Bookmark" not in ana.text(f"{quiz}/items/1")
    answer(ana, quiz, 1)
    assert "Bookmark question 1" in ana.text(f"{quiz}/items/1")

    location = ana.post(f"{quiz}/items/1/bookmark", {"want": "on", "back": "item"}).location

    assert location.endswith("/items/1#bookmark-1")
    assert "Take the bookmark away" in ana.text(f"{quiz}/items/1")
    assert count_beside(ana.text(PAGE), "Bookmarked") == 1
    ana.post(f"{quiz}/items/1/bookmark", {"want": "off", "back": "item"})
    assert count_beside(ana.text(PAGE), "Bookmarked") == 0


def test_a_bookmark_is_refused_while_an_answer_can_still_change(ana: Visitor) -> None:
    quiz = start(ana, feedback="exam")
    answer(ana, quiz, 1)

    ana.post(f"{quiz}/items/1/bookmark", {"want": "on"}, expect=409)

    assert "Bookmark" not in ana.text(f"{quiz}/items/1")


def test_no_bookmark_leads_to_another_site(ana: Visitor) -> None:
    quiz = start(ana)
    answer(ana, quiz, 1)

    sent = {"want": "on", "back": "https://elsewhere.example/"}
    location = ana.post(f"{quiz}/items/1/bookmark", sent).location

    assert location.startswith("/exam/attempts/")


def test_someone_elses_question_is_not_bookmarked(ana: Visitor, luis: Visitor) -> None:
    quiz = start(ana)
    answer(ana, quiz, 1)

    luis.post(f"{quiz}/items/1/bookmark", {"want": "on"}, expect=404)
    ana.post(f"{quiz}/items/77/bookmark", {"want": "on"}, expect=404)


def test_the_report_bookmarks_every_question(ana: Visitor) -> None:
    quiz = start(ana)
    ana.post(f"{quiz}/finish")

    location = ana.post(f"{quiz}/items/3/bookmark", {"want": "on", "back": "report"}).location

    text = ana.text(location.partition("#")[0])
    assert text.count("Take the bookmark away") == 1
    assert text.count(">Bookmark</button>") == 4


def sit_an_exam(visitor: Visitor) -> str:
    """Starts the quick mock exam and hands it in empty."""
    exam = visitor.post("/exam/mocks/aadc/quick", {"request_key": "quick"}).location
    visitor.post(f"{exam}/hand-in")
    return exam


def test_the_result_of_an_exam_starts_practice_in_its_domains(ana: Visitor) -> None:
    exam = sit_an_exam(ana)
    text = ana.text(f"{exam}/result")
    domains = re.findall(r'name="domain" value="([^"]+)"', text)
    assert domains

    location = ana.post(f"{PAGE}/missed", {"domain": domains, "request_key": "x"}).location

    assert "Question 1 of 10" in ana.client.get(location, follow_redirects=True).text


def test_questions_of_a_finished_exam_are_bookmarked_and_found_in_its_review(ana: Visitor) -> None:
    exam = sit_an_exam(ana)
    attempt = exam.replace("/sittings/", "/attempts/")

    location = ana.post(f"{attempt}/items/2/bookmark", {"want": "on", "back": "review"}).location

    assert "Take the bookmark away" in ana.text(location.partition("#")[0])
    assert ana.text(f"{exam}/review?show=bookmarked").count('class="reviewed"') == 1
    assert count_beside(ana.text(PAGE), "Bookmarked") == 0


def test_questions_of_a_running_exam_are_not_bookmarked(ana: Visitor) -> None:
    exam = ana.post("/exam/mocks/aadc/quick", {"request_key": "quick"}).location
    attempt = exam.replace("/sittings/", "/attempts/")

    ana.post(f"{attempt}/items/1/bookmark", {"want": "on"}, expect=409)


def test_a_timed_quiz_shows_its_time_and_ends_with_what_was_saved(
    ana: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    quiz = start(ana, minutes="10")
    assert "Show time" in ana.text(f"{quiz}/items/1")
    answer(ana, quiz, 1)
    _let_time_pass(monkeypatch, minutes=11)

    assert ana.client.get(f"{quiz}/items/2").location == f"{quiz}/report"

    text = ana.text(f"{quiz}/report")
    assert "The time was over, so this is what was saved by then." in text
    assert "4 questions left without an answer" in text
    assert "Go on where you stopped" not in ana.text(PAGE)


def test_an_answer_after_the_end_is_told_as_late(
    ana: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    quiz = start(ana, minutes="10")
    _let_time_pass(monkeypatch, minutes=11)

    assert answer(ana, quiz, 1) == f"{quiz}/report"

    assert "1 answer arrived after the end" in ana.text(f"{quiz}/report")


def test_a_piece_of_a_page_says_too_that_the_time_is_over(
    ana: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    quiz = start(ana, minutes="10")
    _let_time_pass(monkeypatch, minutes=11)

    sent = {"chosen": "a", "base_revision": "0", "request_key": "late"}
    piece = ana.post(f"{quiz}/items/1", sent, expect=200, headers={"HX-Request": "true"}).text

    assert "The time is over." in piece
    assert f'href="{quiz}/report"' in piece


def test_a_quiz_that_was_left_is_closed_when_the_page_to_build_one_is_opened(
    ana: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    start(ana, minutes="10")
    assert "Go on where you stopped" in ana.text(PAGE)

    _let_time_pass(monkeypatch, minutes=11)

    text = ana.text(PAGE)
    assert "Go on where you stopped" not in text
    assert "0 of 5" in text


def _let_time_pass(monkeypatch: pytest.MonkeyPatch, *, minutes: int) -> None:
    later = datetime.now(UTC) + timedelta(minutes=minutes)
    for name in ("routes", "practice_routes"):
        monkeypatch.setattr(f"app.web.exam.{name}.now", lambda: later)
