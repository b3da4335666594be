"""What is asked, on screen: beforehand who sees what, more time, leave, mails, calendar, import."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from app.domain.assignment import AssignmentKind

if TYPE_CHECKING:
    from app.storage.store import Store
    from tests.cast import Cast
    from tests.web.visit import Visitor

LESSON = "advocacy/what-advocacy-is"
MOCK = "/exam/mocks/aadc/quick"


def in_days(days: int) -> str:
    return (datetime.now(UTC).date() + timedelta(days=days)).isoformat()


def ask(
    cora: Visitor, cast: Cast, store: Store, target: str = f"lesson:{LESSON}", **more: object
) -> str:
    sent = {"target": target, "whom": "team", "due_on": in_days(5), **more}
    cora.post(f"/team/{cast.eastside.id}/assignments", sent)
    found = store.cohorts.assignments(frozenset({cast.eastside.id}))
    store.end_reading()
    return found[-1].id


def test_nothing_is_asked_for_a_day_that_no_calendar_could_tell(
    cora: Visitor, ana: Visitor, cast: Cast
) -> None:
    sent = {"target": f"lesson:{LESSON}", "whom": "team", "due_on": "9999-12-31"}

    page = cora.post(f"/team/{cast.eastside.id}/assignments", sent, expect=422)

    assert "Choose a day between 1950 and 2099." in page.get_data(as_text=True)
    assert LESSON not in ana.text("/learn/asked")


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({}, "They do not see your answers or your result."),
        ({"shows_result": "y"}, "and the result of the first one you finish"),
    ],
)
def test_before_a_mock_exam_starts_it_says_who_will_see_what(
    cora: Visitor, ana: Visitor, store: Store, cast: Cast, more: dict[str, object], words: str
) -> None:
    assert "Only you. Nobody else sees" in ana.text(MOCK)

    ask(cora, cast, store, "mock:aadc/quick", **more)

    for url in (MOCK, "/learn/asked"):
        assert words in ana.text(url)
    assert "Only you." not in ana.text(MOCK)


@pytest.mark.parametrize(
    ("target", "url", "words"),
    [
        (f"lesson:{LESSON}", f"/learn/lessons/{LESSON}", "read it to its end"),
        ("scenario:what-hal-may-know", "/play/cases/what-hal-may-know", "played it to an ending"),
        ("quiz:any", "/exam/practice", "finished such a quiz"),
    ],
)
def test_the_page_somebody_starts_from_says_who_sees_what(
    cora: Visitor, ana: Visitor, store: Store, cast: Cast, target: str, url: str, words: str
) -> None:
    before = ana.text(url)

    ask(cora, cast, store, target)

    assert "who sees what" not in before
    assert words in ana.text(url)


def test_more_time_is_given_with_a_reason_that_the_person_reads(
    cora: Visitor, ana: Visitor, store: Store, cast: Cast
) -> None:
    page = f"/team/{cast.eastside.id}/assignments/{ask(cora, cast, store)}/people/{cast.ana.id}"
    refused = cora.post(f"{page}/extend", {"due_on": in_days(9), "reason": "rich"}, expect=422)
    assert "Choose one of the list." in refused.text

    cora.get(page)
    cora.post(f"{page}/extend", {"due_on": in_days(9), "reason": "workload", "note": "Nights."})

    assert "workload on the job: Nights." in cora.text(page)
    assert "workload on the job, “Nights.”" in ana.text("/learn/asked")


def test_reminding_takes_two_presses_from_the_team_page(
    cora: Visitor, ana: Visitor, store: Store, cast: Cast
) -> None:
    ask(cora, cast, store)
    team = cora.text(f"/team/{cast.eastside.id}")
    link = re.search(r'href="([^"]+)"[^>]*>Remind or extend', team)
    assert link is not None

    cora.post(f"{link[1]}/remind")

    assert "Reminded by hand today." in cora.text(link[1])
    assert "Cora Lindqvist reminds you" in ana.text("/learn/")


def test_leave_is_kept_by_supervisor_and_administrator_and_seen_by_the_person(
    cora: Visitor, eli: Visitor, ana: Visitor, store: Store, cast: Cast
) -> None:
    ask(cora, cast, store)
    member = f"/team/{cast.eastside.id}/people/{cast.ana.id}"
    cora.post(f"{member}/leave", {"first_day": in_days(1), "last_day": in_days(2)})
    eli.post(
        f"/admin/people/{cast.ana.id}/leave", {"first_day": in_days(3), "last_day": in_days(3)}
    )
    again = cora.post(
        f"{member}/leave", {"first_day": in_days(2), "last_day": in_days(2)}, expect=422
    )

    assert "kept as leave already" in again.text
    assert "Moved by 3 days of leave." in ana.text("/learn/asked")
    remove = re.search(r'action="([^"]+/remove)"', eli.text(f"/admin/people/{cast.ana.id}"))
    assert remove is not None
    eli.post(remove[1])
    assert "Moved by 1 day of leave." in ana.text("/learn/asked")


def test_a_calendar_address_is_shown_once_and_serves_text(
    cora: Visitor, ana: Visitor, store: Store, cast: Cast
) -> None:
    ask(cora, cast, store)

    made = ana.post("/account/calendar", expect=200).text

    found = re.search(r"/account/calendar/[\w-]+/due-days\.ics", made)
    assert found is not None
    feed = ana.client.application.test_client().get(found[0])  # nobody is signed in there
    assert feed.status_code == 200
    assert feed.mimetype == "text/calendar"
    assert "no-store" in feed.headers["Cache-Control"]
    assert "BEGIN:VEVENT" in feed.text
    ana.post("/account/calendar/withdraw")
    assert ana.client.get(found[0]).status_code == 404


def test_reminders_are_turned_off_and_on(ana: Visitor, store: Store, cast: Cast) -> None:
    for choice, expected in (("off", {cast.ana.id}), ("on", set())):
        ana.post("/account/reminders", {"digests": choice})
        assert store.digests.turned_off() == expected
        store.end_reading()


def test_a_file_is_looked_at_and_then_imported(eli: Visitor, store: Store, cast: Cast) -> None:
    data = b"name,email,role,team\nPetra Lang,petra@new.example,candidate,North\n"
    looked = eli.post("/admin/import", {"file": (io.BytesIO(data), "p.csv")}, expect=200).text
    kept = re.search(r'name="kept" value="([^"]+)"', looked)
    assert kept is not None
    assert "New teams: North." in looked

    done = eli.post("/admin/import/apply", {"kept": kept[1]}, expect=200).text
    again = eli.post("/admin/import/apply", {"kept": kept[1]}, expect=422).text

    assert "/account/invitations/" in done
    assert "open invitation" in again
    assert "/account/invitations/" not in again


def test_a_faulty_file_offers_nothing_to_apply(eli: Visitor) -> None:
    data = b"name,email,role,team\n=1+1,petra@new.example,trainer,\n"

    page = eli.post("/admin/import", {"file": (io.BytesIO(data), "p.csv")}, expect=422).text

    assert "line 2" in page
    assert "formula" in page
    assert 'name="kept"' not in page


def test_a_new_starter_is_asked_relative_to_joining(
    cora: Visitor, store: Store, cast: Cast
) -> None:
    url = f"/team/{cast.eastside.id}/assignments"
    sent: dict[str, object] = {"target": f"lesson:{LESSON}", "whom": "newcomers"}
    refused = cora.post(url, sent, expect=422).text
    cora.post(url, {**sent, "days_after_joining": "14"})

    assert "give the days after joining" in refused
    assert "14 days after joining" in cora.text(url)
    found = store.cohorts.assignments(frozenset({cast.eastside.id}))
    assert [(one.kind, one.days_after_joining) for one in found] == [(AssignmentKind.LESSON, 14)]


def test_asking_for_a_lesson_never_opens_a_result(cora: Visitor, store: Store, cast: Cast) -> None:
    ask(cora, cast, store, shows_result="y")

    (found,) = store.cohorts.assignments(frozenset({cast.eastside.id}))
    assert not found.shows_result
