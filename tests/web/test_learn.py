"""Reading in a browser: today, lessons, marks, checks, search, progress."""

from __future__ import annotations

import re

from tests.web.visit import Visitor

LESSON = "/learn/lessons/advocacy/what-advocacy-is"


def test_today_names_the_next_lesson_for_somebody_new(ana: Visitor) -> None:
    page = ana.text("/learn/")

    assert "Welcome back, Ana" in page
    assert "Start reading" in page
    assert "new questions" in page


def test_every_lesson_in_the_list_opens(ana: Visitor) -> None:
    links = {
        link for link in ana.page("/learn/lessons").links if link.startswith("/learn/lessons/")
    }

    for link in sorted(links):
        ana.get(link)
    assert len(links) >= 13


def test_a_section_marked_as_read_is_read_tomorrow(ana: Visitor) -> None:
    response = ana.post(f"{LESSON}/sections/opening", {"is_read": "yes"})

    assert response.location.endswith("notice=read#mark-opening")
    assert "1 of 6 sections read" in ana.text(LESSON)


def test_marking_twice_counts_once(ana: Visitor) -> None:
    ana.post(f"{LESSON}/sections/opening", {"is_read": "yes"})
    ana.post(f"{LESSON}/sections/opening", {"is_read": "yes"})

    assert "1 of 6 sections read" in ana.text(LESSON)


def test_a_mark_can_be_taken_back(ana: Visitor) -> None:
    ana.post(f"{LESSON}/sections/opening", {"is_read": "yes"})
    ana.post(f"{LESSON}/sections/opening", {"is_read": "no"})

    assert "0 of 6 sections read" in ana.text(LESSON)


def test_the_script_gets_a_piece_of_the_page(ana: Visitor) -> None:
    response = ana.post(
        f"{LESSON}/sections/opening",
        {"is_read": "yes"},
        expect=200,
        headers={"HX-Request": "true"},
    )

    assert "<html" not in response.text
    assert "1 of 6 sections read" in response.text


def test_a_section_that_was_edited_away_is_told_kindly(ana: Visitor) -> None:
    response = ana.post(f"{LESSON}/sections/gone", {"is_read": "yes"}, expect=404)

    assert "no such section any more" in response.text


def test_an_unknown_lesson_is_told_kindly(ana: Visitor) -> None:
    assert "There is no such lesson" in ana.text("/learn/lessons/advocacy/nothing", expect=404)


def test_a_check_shows_reasons_only_after_the_answer(ana: Visitor) -> None:
    before = ana.text(LESSON)
    check = re.search(r'id="check-([\w-]+)"', before)
    assert check is not None
    assert "Your answer, and the best one" not in before
    assert "The best answer" not in before

    ana.post(
        f"{LESSON}/checks/{check[1]}", {"chosen": "a", "base_revision": "0", "request_key": "k"}
    )

    assert "best" in ana.text(LESSON)


def test_the_first_answer_to_a_check_counts(ana: Visitor) -> None:
    item_id = _first_check(ana)
    ana.post(f"{LESSON}/checks/{item_id}", {"chosen": "a", "request_key": "one"})
    ana.post(f"{LESSON}/checks/{item_id}", {"chosen": "b", "request_key": "two"})

    assert "1 answer so far" in ana.text("/learn/progress")


def test_checks_can_be_asked_again(ana: Visitor) -> None:
    item_id = _first_check(ana)
    ana.post(f"{LESSON}/checks/{item_id}", {"chosen": "a", "request_key": "one"})

    ana.post(f"{LESSON}/checks")

    assert "Ask me these questions again" not in ana.text(LESSON)


def test_an_empty_check_answer_is_refused_in_place(ana: Visitor) -> None:
    item_id = _first_check(ana)
    response = ana.post(
        f"{LESSON}/checks/{item_id}", {}, expect=200, headers={"HX-Request": "true"}
    )

    assert "Choose one answer first." in response.text


def test_search_finds_a_section_and_marks_the_words(ana: Visitor) -> None:
    page = ana.text("/learn/search?q=redisclosure")

    assert "<mark>" in page


def test_search_for_operators_finds_nothing_and_breaks_nothing(ana: Visitor) -> None:
    for words in ('"', "AND", "NEAR(", "a*", "foo-bar", "'; drop table", "\x00", "x" * 5000):
        ana.client.get("/learn/search", query_string={"q": words})
        assert ana.client.get("/learn/search", query_string={"q": words}).status_code == 200


def test_the_glossary_leads_to_the_lessons(ana: Visitor) -> None:
    page = ana.page("/learn/glossary")

    assert any(link.startswith("/learn/lessons/") and "#" in link for link in page.links)


def test_figures_are_sent_as_pictures_that_can_run_nothing(ana: Visitor) -> None:
    response = ana.client.get("/learn/figures/advocacy/four-layers.svg")

    assert response.mimetype == "image/svg+xml"
    assert "script-src" not in response.headers["Content-Security-Policy"]
    assert response.headers["Content-Security-Policy"].startswith("default-src 'none'")


def test_no_figure_outside_the_lessons_can_be_reached(ana: Visitor) -> None:
    for name in ("..%2f..%2fsources.yaml", "nothing.svg", "what-advocacy-is.md"):
        assert ana.client.get(f"/learn/figures/advocacy/{name}").status_code == 404


def test_progress_starts_empty_and_says_what_to_do(ana: Visitor) -> None:
    page = ana.text("/learn/progress")

    assert "No quiz yet" in page
    assert "0 answers so far" in page


def _first_check(visitor: Visitor) -> str:
    found = re.search(r'id="check-([\w-]+)"', visitor.text(LESSON))
    assert found is not None
    return found[1]
