from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from app.domain.assignment import AssignmentKind
from app.domain.errors import NotFound, TooMany
from app.library.library import Library, read_library
from app.services import cohort
from app.services.calendar import MOST_AN_HOUR, make_feed, read_feed, withdraw_feed
from app.storage.store import Store
from tests.builders import a_content_folder
from tests.cast import NOW, Cast, as_viewer


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return read_library(a_content_folder(tmp_path))


@pytest.fixture
def asked(store: Store, cast: Cast) -> str:
    due_on = NOW.date() + timedelta(days=7)
    wish = cohort.AssignmentWish(AssignmentKind.LESSON, "family/consent-first", due_on)
    cora = as_viewer(store, cast.cora)
    return cohort.assign(store, cora, cohort_id=cast.eastside.id, wish=wish, now=NOW).id


def test_a_learners_calendar_tells_what_is_due_under_a_stable_name(
    store: Store, cast: Cast, library: Library, asked: str
) -> None:
    token = make_feed(store, as_viewer(store, cast.ana), now=NOW)

    text = read_feed(store, library, token, now=NOW)

    assert f"UID:{asked}@waymark\r\n" in text
    assert "DTSTART;VALUE=DATE:20261130\r\n" in text
    assert "SUMMARY:Due: Consent first\r\n" in text


def test_a_supervisors_calendar_names_nobody(
    store: Store, cast: Cast, library: Library, asked: str
) -> None:
    token = make_feed(store, as_viewer(store, cast.cora), now=NOW)

    text = read_feed(store, library, token, now=NOW)

    assert "Due in your team: Consent first (3 people)" in text.replace("\r\n ", "")
    assert not any(person.first_name in text for person in cast.everyone)
    other = make_feed(store, as_viewer(store, cast.dov), now=NOW)
    assert "VEVENT" not in read_feed(store, library, other, now=NOW)


def test_an_address_ends_when_it_is_renewed_withdrawn_or_its_person_leaves(
    store: Store, cast: Cast, library: Library
) -> None:
    ana = as_viewer(store, cast.ana)
    first = make_feed(store, ana, now=NOW)
    second = make_feed(store, ana, now=NOW)
    luis = make_feed(store, as_viewer(store, cast.luis), now=NOW)
    read_feed(store, library, second, now=NOW)

    withdraw_feed(store, ana)
    with store.writing():
        store.people.set_active(cast.luis.id, active=False)

    for token in (first, second, luis, "never-made"):
        with pytest.raises(NotFound):
            read_feed(store, library, token, now=NOW)


def test_an_address_is_fetched_only_so_often_in_an_hour(
    store: Store, cast: Cast, library: Library
) -> None:
    token = make_feed(store, as_viewer(store, cast.ana), now=NOW)
    for _ in range(MOST_AN_HOUR):
        read_feed(store, library, token, now=NOW)

    with pytest.raises(TooMany):
        read_feed(store, library, token, now=NOW)

    assert read_feed(store, library, token, now=NOW + timedelta(hours=1))
