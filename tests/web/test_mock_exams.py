"""Mock exams in a browser without a script: start, answer, look over, hand in, read."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest

from app.domain.attempt import Attempt
from app.domain.person import Person
from app.services import mock_exam
from app.storage.store import Store
from tests.cast import NOW, Cast, a_person, as_viewer
from tests.exam_builders import a_mock_item, a_pool, a_shape, save, start_exam
from tests.web.visit import Visitor

QUICK = "/exam/mocks/aadc/quick"
JSON = {"Accept": "application/json"}


def begin(visitor: Visitor, **sent: object) -> str:
    """Starts the quick exam. Gives its address."""
    visitor.post(QUICK, {"request_key": "start", **sent})
    running = visitor.get("/exam/mocks").text
    found = re.search(r'href="(/exam/sittings/[\w-]+)"', running)
    assert found is not None
    return found[1]


def options_of(visitor: Visitor, url: str) -> list[str]:
    return re.findall(r'name="chosen" value="([a-e])"', visitor.text(url))


def give(visitor: Visitor, url: str, chosen: str = "a", **sent: object) -> str:
    form = {"chosen": chosen, "request_key": f"k {url}", "base_revision": "0", **sent}
    return visitor.post(url, form).location


def test_every_exam_of_the_outlines_is_offered_or_says_why_not(ana: Visitor) -> None:
    page = ana.text("/exam/mocks")

    assert "150 questions, 3 hours" in page
    assert "Quick check" in page


def test_the_brief_tells_shape_time_score_and_who_sees_it(ana: Visitor) -> None:
    page = ana.text("/exam/mocks/aadc/full")

    for words in ("125 are scored", "3 hours", "Waymark&rsquo;s own", "Only you", "70 %"):
        assert words in page


def test_an_exam_that_is_not_there_is_not_found(ana: Visitor) -> None:
    ana.get("/exam/mocks/aadc/none", expect=404)
    ana.get("/exam/mocks/none/full", expect=404)
    ana.post("/exam/mocks/none/full", expect=404)


def test_an_exam_is_sat_by_plain_forms(ana: Visitor) -> None:
    exam = begin(ana)
    for position in range(1, 21):
        onward = give(ana, f"{exam}/items/{position}", confidence="sure", note="Look again.")
    assert onward == f"{exam}/overview"
    assert "20 of 20 questions have an answer" in ana.text(onward)

    result = ana.post(f"{exam}/hand-in").location

    page = ana.text(result)
    assert re.search(r"<h1>\d{3}: (at or above|not yet at) our cut</h1>", page)
    assert "Waymark&rsquo;s, not the official one" in page
    assert "Sure" in page
    review = ana.text(f"{exam}/review")
    assert "The best answer" in review
    assert "Look again." in review


def test_the_buttons_lead_where_they_say(ana: Visitor) -> None:
    exam = begin(ana)

    assert give(ana, f"{exam}/items/5", go="previous") == f"{exam}/items/4"
    assert give(ana, f"{exam}/items/4", go="next") == f"{exam}/items/5"
    assert give(ana, f"{exam}/items/20", go="next") == f"{exam}/overview"
    assert ana.client.get(exam).location == f"{exam}/items/1"


def test_marks_are_kept_without_an_answer_and_shown_again(ana: Visitor) -> None:
    exam = begin(ana)
    option = options_of(ana, f"{exam}/items/1")[1]

    ana.post(
        f"{exam}/items/1", {"flag": "yes", "struck": option, "confidence": "guess", "note": "Hm."}
    )

    page = ana.text(f"{exam}/items/1")
    assert "1, open, marked for review" in re.sub(r"<[^>]+>", "", page)
    assert re.search(rf'name="struck" value="{option}" checked', page)
    assert re.search(r'value="guess" checked', page)
    assert "Hm." in page
    assert "Take my answer back" not in page


def test_a_stale_page_is_shown_both_answers_and_changes_nothing(ana: Visitor) -> None:
    exam = begin(ana)
    url = f"{exam}/items/1"
    saved, mine = options_of(ana, url)[:2]
    give(ana, url, saved)

    stale = {"chosen": mine, "request_key": "other tab", "base_revision": "0"}
    page = ana.post(url, stale, expect=409).text

    assert "another tab" in page
    assert "You had chosen here:" in page
    assert re.search(rf'value="{saved}"[^>]*checked', page)
    assert re.search(rf'value="{saved}"[^>]*checked', ana.text(url))


def test_a_stale_blank_page_empties_nothing(ana: Visitor) -> None:
    exam = begin(ana)
    url = f"{exam}/items/1"
    give(ana, url, "a")

    ana.post(url, {"request_key": "blank", "base_revision": "0"})
    back = {"take_back": "yes", "request_key": "back", "base_revision": "0"}
    ana.post(url, back, expect=409)

    assert re.search(r'value="a"[^>]*checked', ana.text(url))


def test_an_answer_is_taken_back_by_its_own_button(ana: Visitor) -> None:
    exam = begin(ana)
    url = f"{exam}/items/1"
    give(ana, url, "a")

    ana.post(url, {"take_back": "yes", "request_key": "back", "base_revision": "1"})

    page = ana.text(url)
    assert not re.search(r'name="chosen"[^>]*checked', page)
    assert "0 answered" in page


def test_the_script_is_told_what_was_committed(ana: Visitor) -> None:
    url = f"{begin(ana)}/items/1"
    first = {"chosen": "b", "request_key": "one", "base_revision": "0"}

    saved = ana.post(url, first, headers=JSON, expect=200).get_json()
    again = ana.post(url, first, headers=JSON, expect=200).get_json()
    stale = ana.post(
        url, {**first, "chosen": "a", "request_key": "two"}, headers=JSON, expect=409
    ).get_json()

    assert (saved["saved"], saved["chosen"], saved["revision"]) == (True, "b", 1)
    assert 1700 < saved["secondsLeft"] <= 1800
    assert again["revision"] == 1
    assert (stale["saved"], stale["chosen"], stale["revision"]) == (False, "b", 1)


def test_the_clock_is_told_and_no_more(ana: Visitor) -> None:
    told = ana.get(f"{begin(ana)}/clock").get_json()

    assert told.keys() == {"over", "secondsLeft", "breakMinutes", "askAgain"}
    assert 1000 <= told["askAgain"] <= 15_000
    assert not told["over"]


def test_a_question_page_brings_little_script_and_no_key(ana: Visitor) -> None:
    page = ana.text(f"{begin(ana)}/items/1")

    assert "htmx" not in page
    assert "answers__why" not in page


def test_an_exam_whose_time_is_over_leads_to_its_result(
    ana: Visitor, store: Store, cast: Cast
) -> None:
    started = datetime.now(UTC) - timedelta(hours=2)
    attempt = start_exam(store, as_viewer(store, cast.ana), now=started)
    exam = f"/exam/sittings/{attempt.id}"

    for way in ("", "/items/1", "/overview"):
        assert ana.client.get(exam + way).location == f"{exam}/result"
    assert ana.get(f"{exam}/clock").get_json() == {"over": True, "secondsLeft": 0}
    assert "The time was over" in ana.text(f"{exam}/result")


def test_a_late_answer_is_told_as_not_counted(ana: Visitor, store: Store, cast: Cast) -> None:
    started = datetime.now(UTC) - timedelta(minutes=13)
    attempt = start_exam(store, as_viewer(store, cast.ana), now=started)
    url = f"/exam/sittings/{attempt.id}/items/1"

    told = ana.post(
        url, {"chosen": "b", "request_key": "late"}, headers=JSON, expect=200
    ).get_json()

    assert (told["saved"], told["late"], told["over"]) == (False, True, True)
    assert "1 answer arrived after the end" in ana.text(f"/exam/sittings/{attempt.id}/result")


def test_a_result_waits_until_the_exam_is_over(ana: Visitor) -> None:
    exam = begin(ana)

    assert ana.client.get(f"{exam}/result").location == exam
    assert ana.client.get(f"{exam}/review").location == exam


def test_a_running_exam_is_offered_before_another_start(ana: Visitor) -> None:
    exam = begin(ana)

    page = ana.post("/exam/mocks/aadc/half", {"request_key": "more"}, expect=409).text

    assert "still running" in page
    assert exam in page


@pytest.mark.parametrize(
    ("show", "holds"),
    [("all", True), ("flagged", True), ("noted", False), ("lucky", False), ("unknown", True)],
)
def test_the_review_narrows_to_what_is_asked(ana: Visitor, show: str, holds: bool) -> None:
    exam = begin(ana)
    give(ana, f"{exam}/items/2", flag="yes", confidence="sure")
    ana.post(f"{exam}/hand-in")

    page = ana.text(f"{exam}/review?show={show}")

    assert ('id="question-2"' in page) == holds


def test_the_review_opens_at_a_question(ana: Visitor) -> None:
    exam = begin(ana)
    ana.post(f"{exam}/hand-in")

    page = ana.text(f"{exam}/review?at=15")

    assert 'id="question-15"' in page
    assert 'id="question-2"' not in page


def offers_a_break(page: str) -> bool:
    """Whether the button is to be seen; without break time it is there and hidden."""
    found = re.search(r"<button[^>]*data-break[^>]*>", page)
    assert found is not None
    return " hidden" not in found[0]


def test_breaks_are_offered_when_they_are_allowed(ana: Visitor, cora: Visitor, cast: Cast) -> None:
    member = f"/team/{cast.eastside.id}/people/{cast.ana.id}"
    exam = begin(ana)
    assert not offers_a_break(ana.text(f"{exam}/items/1"))
    assert ana.get(f"{exam}/clock").get_json()["breakMinutes"] == 0
    assert "no break time" in ana.post(f"{exam}/break", expect=409).text

    cora.post(f"{member}/exam-time", {"extra_percent": "50", "break_minutes": "15"})

    assert offers_a_break(ana.text(f"{exam}/items/1"))
    assert ana.get(f"{exam}/clock").get_json()["breakMinutes"] == 15
    ana.post(f"{exam}/break")
    resting = ana.text(f"{exam}/items/1")
    assert "The clock stands still" in resting
    assert 'name="chosen"' not in resting
    ana.post(f"{exam}/break/end")
    assert 'name="chosen"' in ana.text(f"{exam}/items/1")
    assert ana.get(f"{exam}/clock").get_json()["secondsLeft"] > 2600


def test_exam_time_is_set_by_supervisor_and_administrator(
    cora: Visitor, eli: Visitor, dov: Visitor, cast: Cast
) -> None:
    sent = {"extra_percent": "25", "break_minutes": "0"}
    member = f"/team/{cast.eastside.id}/people/{cast.ana.id}"

    cora.post(f"{member}/exam-time", sent)
    eli.post(f"/admin/people/{cast.ana.id}/exam-time", {**sent, "extra_percent": "30"})
    dov.post(f"{member}/exam-time", sent, expect=404)

    assert "25 % extra" in cora.text(member)
    assert 'value="30"' in eli.text(f"/admin/people/{cast.ana.id}")
    assert "exam time set" in eli.text("/admin/audit").lower()


@pytest.mark.parametrize("extra", ["", "-5", "9999", "many"])
def test_a_wrong_exam_time_is_said_beside_its_field(
    cora: Visitor, eli: Visitor, cast: Cast, extra: str
) -> None:
    sent = {"extra_percent": extra, "break_minutes": "0"}
    for visitor, url in (
        (cora, f"/team/{cast.eastside.id}/people/{cast.ana.id}/exam-time"),
        (eli, f"/admin/people/{cast.ana.id}/exam-time"),
    ):
        assert "field__error" in visitor.post(url, sent, expect=422).text


def test_people_who_sit_no_exams_have_no_exam_time(eli: Visitor, cast: Cast) -> None:
    assert "Time in mock exams" not in eli.text(f"/admin/people/{cast.ben.id}")
    eli.post(
        f"/admin/people/{cast.ben.id}/exam-time",
        {"extra_percent": "5", "break_minutes": "0"},
        expect=404,
    )


def test_a_past_result_stays_readable_without_its_lesson_or_bank(
    ana: Visitor, store: Store, cast: Cast
) -> None:
    """The items of this exam are in no bank: only the frozen wordings are left."""
    viewer = as_viewer(store, cast.ana)
    attempt = start_exam(store, viewer, now=datetime.now(UTC))
    mock_exam.hand_in(store, viewer, attempt_id=attempt.id, now=datetime.now(UTC))

    assert "Way b of" in ana.text(f"/exam/sittings/{attempt.id}/review")


def test_a_running_exam_stands_on_the_start_page(ana: Visitor) -> None:
    exam = begin(ana)

    assert f'href="{exam}"' in ana.text("/learn/")
    ana.post(f"{exam}/hand-in")
    assert "An exam is running" not in ana.text("/learn/")


def test_reasons_of_an_earlier_exam_wait_while_another_one_runs(ana: Visitor) -> None:
    earlier = begin(ana)
    ana.post(f"{earlier}/hand-in")
    running = begin(ana, request_key="again")

    waiting = ana.get(f"{earlier}/review", 303).location
    assert "The questions and reasons wait" in ana.text(waiting)

    ana.post(f"{running}/hand-in")
    assert "The best answer" in ana.text(f"{earlier}/review")


def test_an_old_page_takes_no_newer_note_away(ana: Visitor) -> None:
    url = f"{begin(ana)}/items/1"
    seen = re.search(r'name="marks_seen" value="(\w+)"', ana.text(url))
    assert seen is not None
    ana.post(url, {"note": "Consent first.", "flag": "yes", "request_key": "newer"})

    ana.post(url, {"note": "", "marks_seen": seen[1], "request_key": "older", "go": "next"})

    assert "Consent first." in ana.text(url)


def test_handing_in_and_breaks_take_the_choice_on_screen_with_them(
    ana: Visitor, cora: Visitor, cast: Cast
) -> None:
    member = f"/team/{cast.eastside.id}/people/{cast.ana.id}"
    cora.post(f"{member}/exam-time", {"extra_percent": "0", "break_minutes": "15"})
    exam = begin(ana)

    assert give(ana, f"{exam}/items/1", go="overview") == f"{exam}/overview"
    assert give(ana, f"{exam}/items/2", go="break") == exam

    assert "The clock stands still" in ana.text(f"{exam}/items/3")
    ana.post(f"{exam}/break/end")
    assert "2 answered" in ana.text(f"{exam}/items/3")


def test_taking_time_away_from_a_running_exam_is_refused_in_words(
    ana: Visitor, cora: Visitor, cast: Cast
) -> None:
    member = f"/team/{cast.eastside.id}/people/{cast.ana.id}"
    cora.post(f"{member}/exam-time", {"extra_percent": "50", "break_minutes": "0"})
    begin(ana)

    sent = {"extra_percent": "0", "break_minutes": "0"}
    refused = cora.post(f"{member}/exam-time", sent, expect=409).text

    assert "no time can be taken away now" in refused


def test_a_bank_too_small_for_a_fresh_exam_is_said_with_the_result(
    ana: Visitor, store: Store, cast: Cast
) -> None:
    viewer, now = as_viewer(store, cast.ana), datetime.now(UTC)
    for key in ("first", "second"):
        attempt = start_exam(store, viewer, pool=a_pool(4, on_trial=1), key=key, now=now)
        mock_exam.hand_in(store, viewer, attempt_id=attempt.id, now=now)

    page = ana.text(f"/exam/sittings/{attempt.id}/result")

    assert "too small for a fresher one" in page


ONE_ITEM = a_mock_item(1)
ONE_QUESTION = a_shape(items=1, scored=1, pretest=0, domains={"D-1": 1})


def answered(store: Store, person: Person, chosen: str, *, times: int = 1) -> Attempt:
    """Sits exams of one and the same question. Gives the last one."""
    viewer = as_viewer(store, person)
    for time in range(times):
        key, now = f"exam {time}", NOW + timedelta(hours=time)
        exam = start_exam(store, viewer, pool=[ONE_ITEM], shape=ONE_QUESTION, key=key, now=now)
        save(store, viewer, exam, chosen, now=now)
        mock_exam.hand_in(store, viewer, attempt_id=exam.id, now=now)
    return exam


def told_of_others(ana: Visitor, exam: Attempt) -> str:
    found = re.search(r"How \d+ \w+ .*?\.", ana.text(f"/exam/sittings/{exam.id}/review"))
    return found[0] if found else ""


@pytest.mark.parametrize("others", [9, 10])
def test_how_others_answered_is_told_from_ten_of_them_on(
    ana: Visitor, store: Store, cast: Cast, others: int
) -> None:
    mine = answered(store, cast.ana, "b")
    for number in range(others):
        answered(store, a_person(store, f"Person{number} Price"), "bc"[number > 0])
    order = mine.slots[0].option_order
    b, c = ("ABCD"[order.index(option)] for option in "bc")

    told = told_of_others(ana, mine)

    if others < 10:
        assert told == ""
    else:
        assert told.startswith("How 10 other people answered: A ")
        assert f"{b} 10 %" in told  # one of the ten chose b, and the reader too
        assert f"{c} 90 %" in told


def test_one_who_sits_a_question_often_is_one_person(
    ana: Visitor, store: Store, cast: Cast
) -> None:
    answered(store, cast.luis, "c", times=2)
    for number in range(8):
        answered(store, a_person(store, f"Person{number} Price"), "a")
    mine = answered(store, cast.ana, "b", times=9)

    assert told_of_others(ana, mine) == ""
