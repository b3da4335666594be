"""Services decide by the day where the site is: behind UTC in the evening, ahead in the morning."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from app.domain.assignment import AssignmentKind, AssignmentState
from app.domain.development_goal import GoalWish
from app.domain.due_day import AssignmentStanding
from app.domain.errors import InvalidInput
from app.domain.local_time import moment_at
from app.domain.person_data import WAITING
from app.library.library import read_library
from app.services import cohort, erasure, observing, rating, reading, supervision
from app.services.assigned import asked_of
from app.services.digests import FROM_HOUR, send_digests
from app.services.observing import ObservationWish
from app.services.rating import SelfRating
from app.services.supervised import Sent
from app.storage.store import Store
from tests.builders import a_content_folder
from tests.cast import Cast
from tests.services.supervising import Supervising
from tests.services.test_digests import Links, Post
from tests.supervision_chain import a_form, a_rating_library

DAY = date(2026, 11, 24)
NEXT_DAY = DAY + timedelta(days=1)
LESSON = "family/consent-first"


class Site(Supervising):
    """Cora with Ana at a site in a time zone."""

    def at(self, day: date, hour: int, minute: int = 0) -> datetime:
        return moment_at(day, time(hour, minute), self.store.zone)

    def ask(self, now: datetime) -> str:
        wish = cohort.AssignmentWish(AssignmentKind.LESSON, LESSON, DAY, self.ana.id)
        team = self.cast.eastside.id
        return cohort.assign(self.store, self.cora, cohort_id=team, wish=wish, now=now).id

    def standing(self, now: datetime) -> AssignmentStanding:
        today, team = self.store.day_of(now), self.cast.eastside.id
        (found,) = asked_of(self.store, self.library, [team], today=today).standings
        return found


@pytest.fixture(params=["America/New_York", "Pacific/Auckland"])
def site(request: pytest.FixtureRequest, store: Store, cast: Cast, tmp_path: Path) -> Site:
    here = Store(store.session, store.organisation_id, zone=request.param)
    return Site(here, cast, read_library(a_content_folder(tmp_path)))


@pytest.fixture
def judged(site: Site) -> Site:
    """With competencies to rate instead of lessons."""
    site.library = a_rating_library()
    return site


def test_what_is_due_today_may_be_asked_and_is_not_overdue_before_midnight(site: Site) -> None:
    asked = site.ask(site.at(DAY, 23, 58))

    assert site.standing(site.at(DAY, 23, 59)).state is AssignmentState.DUE_SOON
    assert site.standing(site.at(NEXT_DAY, 0, 1)).state is AssignmentState.OVERDUE
    assert site.standing(site.at(DAY, 23, 59)).assignment.asked_on == DAY
    with pytest.raises(InvalidInput):
        site.ask(site.at(NEXT_DAY, 0, 1))
    assert asked


@pytest.mark.parametrize("hour", [0, 12, 23])
def test_what_is_read_counts_for_the_day_on_which_it_was_read(site: Site, hour: int) -> None:
    site.ask(site.at(DAY, 0, 1))
    lesson = site.library.lessons[LESSON]
    for section in lesson.sections:
        now = site.at(DAY, hour, 30)
        reading.mark_section(site.store, site.ana, lesson=lesson, section_id=section.id, now=now)

    standing = site.standing(site.at(NEXT_DAY, 12))

    assert standing.is_done
    assert standing.done_on == DAY


def test_digests_leave_from_the_morning_of_the_site_once_a_day(site: Site) -> None:
    post = Post()
    site.ask(site.at(DAY - timedelta(days=7), 12))
    morning = site.at(DAY, FROM_HOUR)

    sent = [
        send_digests(site.store, site.library, post, Links(), now=morning + timedelta(hours=hours))
        for hours in (-1, 0, 5, 12, 16)
    ]

    assert sent == [0, 1, 0, 0, 0]
    (mail,) = post.to("ana")
    assert mail.key.endswith(str(DAY))
    assert "overdue" not in mail.text


@pytest.mark.parametrize("hour", [0, 23])
def test_an_observation_is_begun_with_the_day_of_the_site_and_none_is_dated_tomorrow(
    judged: Site, hour: int
) -> None:
    now = judged.at(DAY, hour, 30)

    draft = observing.start_observation(judged.store, judged.cora, judged.place, now=now)

    assert draft.form.observed_on == DAY
    with pytest.raises(InvalidInput):
        judged.look(a_form(observed_on=NEXT_DAY), now=now)
    assert judged.look(a_form(observed_on=DAY), now=now)


def test_a_credential_signs_on_its_last_day_and_not_on_the_next(judged: Site) -> None:
    judged.licence(issued_on=date(2020, 1, 1), expires_on=DAY)
    known = "Known from another site."

    judged.sign(now=judged.at(DAY, 0, 10), exception=known)
    judged.sign(now=judged.at(DAY, 23, 10), exception=known)

    with pytest.raises(InvalidInput, match=f"expired on {DAY.isoformat()}"):
        judged.sign(now=judged.at(NEXT_DAY, 0, 10), exception=known)
    signed = judged.store.sign_offs.of_people([judged.ana.id])
    assert {judged.store.day_of(one.signed_at) for one in signed} == {DAY}


@pytest.mark.parametrize("hour", [0, 23])
def test_what_is_written_down_carries_the_day_of_the_site(judged: Site, hour: int) -> None:
    now = judged.at(DAY, hour, 30)
    goal = GoalWish("CONF", "Asks first.", "Watch Cora.", NEXT_DAY, NEXT_DAY)
    supervision.set_goal(
        judged.store, judged.cora, judged.place, goal, judged.library, Sent("goal", now)
    )
    wish = SelfRating("CONF", 2, "")
    rating.rate_oneself(judged.store, judged.ana, wish, judged.library, sent=Sent("self", now))
    asked = erasure.ask_to_be_erased(judged.store, judged.ana, now=now)

    (kept,) = judged.store.goals.of_person(judged.ana.id)
    (rated,) = judged.store.ratings.of_people([judged.ana.id])

    assert kept.set_on == DAY
    assert asked.from_day == DAY + WAITING
    assert judged.store.day_of(rated.rated_at) == DAY


@pytest.mark.parametrize("hour", [0, 23])
def test_a_wish_for_an_observation_may_name_today_and_not_yesterday(
    judged: Site, hour: int
) -> None:
    def ask(day: date) -> None:
        sent = Sent(f"for-{day}", judged.at(DAY, hour, 30))
        wish = ObservationWish("CONF", "", day)
        observing.ask_for_observation(judged.store, judged.ana, wish, judged.library, sent=sent)

    ask(DAY)

    with pytest.raises(InvalidInput):
        ask(DAY - timedelta(days=1))
