"""Practice quizzes in a browser: building, answering, finishing, reading the result."""

from __future__ import annotations

import re

from tests.web.visit import Visitor


def start(visitor: Visitor, **wish: object) -> str:
    form = {"length": "5", "seen": "any", "feedback": "tutor", "request_key": "start-1", **wish}
    location = visitor.post("/exam/practice", form).location
    return visitor.client.get(location).location.rpartition("/items/")[0]


def answer(visitor: Visitor, quiz: str, position: int, **sent: object) -> str:
    data = {"chosen": "a", "base_revision": "0", "request_key": f"key-{position}", **sent}
    return visitor.post(f"{quiz}/items/{position}", data).location


def test_a_tutor_quiz_shows_every_reason_after_each_answer(ana: Visitor) -> None:
    quiz = start(ana)
    assert "The best answer" not in ana.text(f"{quiz}/items/1")

    answer(ana, quiz, 1)

    page = ana.text(f"{quiz}/items/1")
    assert "best" in page
    assert page.count("answers__why") >= 3 or "Wrong" in page


def test_an_exam_quiz_shows_no_reason_before_it_is_finished(ana: Visitor) -> None:
    quiz = start(ana, feedback="exam")
    answer(ana, quiz, 1)
    assert "answers__verdict" not in ana.text(f"{quiz}/items/1")

    ana.post(f"{quiz}/finish")

    assert "answers__verdict" in ana.text(f"{quiz}/report")


def test_starting_twice_with_one_press_starts_one_quiz(ana: Visitor) -> None:
    assert start(ana) == start(ana)


def test_a_double_click_on_answer_counts_once(ana: Visitor) -> None:
    quiz = start(ana)
    answer(ana, quiz, 1)
    answer(ana, quiz, 1)

    assert "1 answered and saved" in ana.text(f"{quiz}/items/1")


def test_a_stale_tab_never_overwrites_and_says_what_is_saved(ana: Visitor) -> None:
    quiz = start(ana, feedback="exam")
    answer(ana, quiz, 1, chosen="b", request_key="first tab")

    response = ana.post(
        f"{quiz}/items/1",
        {"chosen": "a", "base_revision": "0", "request_key": "second tab"},
        expect=409,
    )

    assert "another tab" in response.text
    assert re.search(r'value="b"[^>]*checked', response.text)


def test_a_changed_answer_counts_when_it_builds_on_the_saved_one(ana: Visitor) -> None:
    quiz = start(ana, feedback="exam")
    answer(ana, quiz, 1, chosen="b", request_key="one")
    answer(ana, quiz, 1, chosen="a", request_key="two", base_revision="1")

    assert re.search(r'value="a"[^>]*checked', ana.text(f"{quiz}/items/1"))


def test_an_answer_without_a_choice_is_refused_with_words(ana: Visitor) -> None:
    quiz = start(ana)
    response = ana.post(f"{quiz}/items/1", {"request_key": "x", "base_revision": "0"}, expect=422)

    assert "Choose one answer first." in response.text


def test_an_option_of_another_question_is_refused(ana: Visitor) -> None:
    quiz = start(ana)

    ana.post(f"{quiz}/items/1", {"chosen": "zz", "request_key": "x"}, expect=422)

    assert "0 answered and saved" in ana.text(f"{quiz}/items/1")


def test_a_question_beyond_the_end_is_not_found(ana: Visitor) -> None:
    quiz = start(ana)

    ana.get(f"{quiz}/items/6", expect=404)


def test_someone_elses_quiz_does_not_exist(ana: Visitor, luis: Visitor) -> None:
    quiz = start(ana)

    for url in (quiz, f"{quiz}/items/1", f"{quiz}/report"):
        luis.get(url, expect=404)
    luis.post(f"{quiz}/items/1", {"chosen": "a", "request_key": "x"}, expect=404)
    luis.post(f"{quiz}/finish", expect=404)
    assert "0 answered and saved" in ana.text(f"{quiz}/items/1")


def test_a_quiz_is_taken_up_where_it_was_left(ana: Visitor) -> None:
    quiz = start(ana)
    answer(ana, quiz, 1)
    answer(ana, quiz, 2)

    assert ana.client.get(quiz).location.endswith("/items/3")
    assert "Go on where you stopped" in ana.text("/exam/practice")


def test_finishing_twice_gives_one_result(ana: Visitor) -> None:
    quiz = start(ana)
    answer(ana, quiz, 1)
    ana.post(f"{quiz}/finish")
    first = ana.text(f"{quiz}/report")
    ana.post(f"{quiz}/finish")

    changing = re.compile(r'nonce="[^"]+"|value="[^"]+"|hx-headers:inherited=\'[^\']+\'')
    assert changing.sub("", ana.text(f"{quiz}/report")) == changing.sub("", first)
    assert "4 questions left without an answer" in first


def test_an_answer_after_the_end_is_refused_and_nothing_changes(ana: Visitor) -> None:
    quiz = start(ana, feedback="exam")
    ana.post(f"{quiz}/finish")

    response = ana.post(f"{quiz}/items/1", {"chosen": "a", "request_key": "late"}, expect=409)

    assert "finished" in response.text


def test_missed_questions_can_be_practiced_again(ana: Visitor) -> None:
    quiz = start(ana, length="10")
    for position in range(1, 11):
        answer(ana, quiz, position)
    ana.post(f"{quiz}/finish")
    missed = int(re.search(r"(\d+) missed the last time", ana.text("/exam/practice"))[1])

    again = start(ana, seen="missed", length="50", request_key="again")

    assert f"Question 1 of {missed}" in ana.text(f"{again}/items/1")


def test_an_impossible_wish_keeps_what_was_chosen(ana: Visitor) -> None:
    response = ana.post(
        "/exam/practice",
        {"length": "0", "seen": "unseen", "feedback": "exam", "topic": "what-advocacy-is"},
        expect=422,
    )

    assert "Choose between 1 and 50 questions." in response.text
    assert re.search(r'value="what-advocacy-is" checked', response.text)


def test_nothing_missed_is_told_beside_the_choice(ana: Visitor) -> None:
    response = ana.post(
        "/exam/practice", {"length": "5", "seen": "missed", "feedback": "tutor"}, expect=422
    )

    assert "nothing you have missed" in response.text
