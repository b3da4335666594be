"""One today on every page: the day where the site is, to its last minute.

In New York the day is behind UTC in the evening, in Auckland ahead of it in the morning.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from html import unescape
from typing import TYPE_CHECKING

import pytest

from app.domain.local_time import moment_at
from app.services import cohort
from app.services.calendar import make_feed
from app.services.digests import Digest, digests_of
from app.storage.store import Store
from app.web.shared import clock
from app.web.shared.filters import say_day, say_short_day
from tests.cast import as_viewer
from tests.services.supervising import Supervising
from tests.supervision_builders import a_credential
from tests.web.visit import Visitor

if TYPE_CHECKING:
    from flask import Flask

    from app.config import Settings
    from tests.cast import Cast
    from tests.conftest import MakeApp

LESSON = "advocacy/what-advocacy-is"
DAY = datetime.now(UTC).date() + timedelta(days=2)
NEXT_DAY = DAY + timedelta(days=1)


class Site:
    """A site in a time zone, whose clock is set by hand."""

    def __init__(self, zone: str, store: Store, cast: Cast, patch: pytest.MonkeyPatch) -> None:
        self.zone, self.cast, self._patch = zone, cast, patch
        self.store = Store(store.session, store.organisation_id, zone=zone)
        self.team = f"/team/{cast.eastside.id}"
        self.ana_url = f"{self.team}/people/{cast.ana.id}"

    def at(self, day: date, hour: int, minute: int = 0) -> datetime:
        """Sets the clock to what a clock on the wall there shows."""
        moment = moment_at(day, time(hour, minute), self.zone)
        self._patch.setattr(clock._CLOCK, "_wall", lambda: moment)
        self._patch.setattr(clock._CLOCK, "_counter", lambda: 0.0)
        self._patch.setattr(clock._CLOCK, "_anchor", (moment, 0.0))
        return moment


@pytest.fixture(params=["America/New_York", "Pacific/Auckland"])
def site(
    request: pytest.FixtureRequest, store: Store, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> Site:
    found = Site(request.param, store, cast, monkeypatch)
    found.at(DAY, 0, 1)
    return found


@pytest.fixture
def app(site: Site, settings: Settings, make_app: MakeApp) -> Flask:
    return make_app(replace(settings, time_zone=site.zone))


@pytest.fixture
def chain(app: Flask, site: Site) -> Supervising:
    return Supervising(site.store, site.cast, app.extensions["waymark-content"].library())


@pytest.fixture
def visitors(app: Flask, site: Site) -> tuple[Visitor, Visitor]:
    """Cora and Ana, signed in by the clock of the site."""
    return Visitor(app).sign_in(site.cast.cora), Visitor(app).sign_in(site.cast.ana)


def words(visitor: Visitor, url: str) -> str:
    return unescape(re.sub(r"(?:<[^>]+>|\s)+", " ", visitor.text(url)))


def ask_for_today(site: Site, cora: Visitor) -> None:
    form = {"target": f"lesson:{LESSON}", "whom": "team", "due_on": DAY.isoformat()}
    cora.post(f"{site.team}/assignments", form)


def digest_of(chain: Supervising, moment: datetime) -> Digest:
    told = digests_of(chain.store, chain.library, today=chain.store.day_of(moment))
    chain.store.end_reading()
    return next(one for one in told if one.person.id == chain.cast.ana.id)


def test_what_is_due_today_is_overdue_nowhere_before_midnight(
    site: Site, visitors: tuple[Visitor, Visitor]
) -> None:
    cora, ana = visitors
    ask_for_today(site, cora)

    for hour, minute in ((0, 1), (20, 30), (23, 59)):
        site.at(DAY, hour, minute)
        at_cora, at_ana = words(cora, site.team), words(ana, "/learn/asked")

        assert f"due {say_short_day(DAY)}" in at_cora
        assert f"is due {say_short_day(DAY)}" in at_ana
        assert say_day(DAY) in words(ana, "/learn/")
        assert "was due" not in at_cora + at_ana


def test_what_was_due_yesterday_is_overdue_everywhere_a_minute_after_midnight(
    site: Site, visitors: tuple[Visitor, Visitor]
) -> None:
    cora, ana = visitors
    ask_for_today(site, cora)

    site.at(NEXT_DAY, 0, 1)

    was_due = f"was due {say_short_day(DAY)}"
    assert was_due in words(cora, site.team)
    assert was_due in words(ana, "/learn/asked")
    assert say_day(NEXT_DAY) in words(ana, "/learn/")


def test_the_team_page_today_the_digest_and_the_calendar_say_the_same_day(
    site: Site, visitors: tuple[Visitor, Visitor], chain: Supervising
) -> None:
    cora, ana = visitors
    ask_for_today(site, cora)
    token = make_feed(site.store, chain.ana, now=site.at(DAY, 6))
    cohort.remind(
        site.store,
        chain.cora,
        cohort_id=site.cast.eastside.id,
        assignment_id=site.store.cohorts.assignments({site.cast.eastside.id})[-1].id,
        person_id=site.cast.ana.id,
        now=site.at(DAY, 6),
    )

    for hour in (7, 20):
        moment = site.at(DAY, hour)
        (line,) = digest_of(chain, moment).own

        assert line.due.on == DAY
        assert not line.is_done
        assert line.state == "due soon"
        assert f"due {say_short_day(DAY)}" in words(cora, site.team)
        assert say_day(DAY) in words(ana, "/learn/")
        calendar = ana.client.get(f"/account/calendar/{token}/due-days.ics").get_data(as_text=True)
        assert f"DTSTART;VALUE=DATE:{DAY:%Y%m%d}" in calendar


def test_a_credential_signs_to_the_last_minute_of_its_last_day(
    site: Site, visitors: tuple[Visitor, Visitor]
) -> None:
    cora, _ana = visitors
    held = a_credential(person_id=site.cast.cora.id, issued_on=date(2020, 1, 1), expires_on=DAY)
    with site.store.writing():
        site.store.credentials.add(held, by=site.cast.cora.id, now=datetime.now(UTC))
    signing = f"{site.ana_url}/sign-offs/new?what=competency:CONF&level=3"

    for hour, minute in ((0, 1), (20, 30), (23, 59)):
        site.at(DAY, hour, minute)
        assert "This is its last day." in words(cora, "/credentials/")
        assert "Your credential expired" not in words(cora, signing)

    site.at(NEXT_DAY, 0, 1)
    assert "It no longer holds" in words(cora, "/credentials/")
    assert f"Your credential expired on {DAY.isoformat()}" in words(cora, signing)


@pytest.mark.parametrize("hour", [0, 20])
def test_neither_an_observation_nor_hours_can_be_dated_tomorrow(
    site: Site, visitors: tuple[Visitor, Visitor], hour: int
) -> None:
    cora, ana = visitors
    site.at(DAY, hour, 30)

    begun = cora.post(f"{site.ana_url}/observations").headers["Location"]
    shown = re.search(r'name="observed_on" value="([^"]*)" max="([^"]*)"', cora.text(begun))

    assert shown is not None
    assert shown.groups() == (DAY.isoformat(), DAY.isoformat())
    form: dict[str, object] = {
        **{"mark": "CONF", "level-CONF": "3", "mode": "live", "seen": "0", "act": "finish"},
        **{"went_well": "You asked.", "next_step": "Say it.", "observed_on": NEXT_DAY.isoformat()},
    }
    assert cora.post(begun, form, expect=422)
    assert cora.post(begun, form | {"observed_on": DAY.isoformat(), "seen": "0"})
    practice: dict[str, object] = {"function": "CF-1", "hours": "1", "minutes": "0"}
    assert ana.post("/hours/practice", practice | {"day": NEXT_DAY.isoformat()}, expect=422)
    assert ana.post("/hours/practice", practice | {"day": DAY.isoformat()})


def test_a_person_is_reminded_once_a_day_of_the_site(
    site: Site, chain: Supervising, visitors: tuple[Visitor, Visitor]
) -> None:
    cora, ana = visitors
    ask_for_today(site, cora)
    asked = site.store.cohorts.assignments({site.cast.eastside.id})[-1]

    for day, hour in ((DAY, 1), (DAY, 12), (DAY, 23), (NEXT_DAY, 1)):
        cohort.remind(
            site.store,
            as_viewer(site.store, site.cast.cora),
            cohort_id=asked.cohort_id,
            assignment_id=asked.id,
            person_id=site.cast.ana.id,
            now=site.at(day, hour),
        )

    told = [one for one in site.store.news.unseen(site.cast.ana.id) if one.kind == "reminder"]
    assert [site.store.day_of(one.made_at) for one in told] == [NEXT_DAY, DAY]
    assert f"({say_short_day(NEXT_DAY)})" in words(ana, "/learn/")
