"""A person's calendar: due days of their own and of the teams they supervise, at a secret address.

The feed names what is due and nobody who has to do it: calendars are shown on other people's
screens and kept on other people's servers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime

from app.domain.due_day import AssignmentStanding
from app.domain.errors import NotFound, TooMany
from app.domain.ical import DayEvent, calendar_text
from app.domain.person import Role, Viewer
from app.library.library import Library
from app.services.assigned import asked_of, own_standings
from app.services.tokens import digest, new_token
from app.storage.store import Store

MOST_AN_HOUR = 60  # fetches; calendar programs come a few times a day


def make_feed(store: Store, viewer: Viewer, *, now: datetime) -> str:
    """Makes the viewer's calendar address, or renews it. Gives its token, shown this once."""
    token = new_token()
    with store.writing():
        store.feeds.renew(
            viewer.id, organisation_id=viewer.organisation_id, digest=digest(token), now=now
        )
    return token


def withdraw_feed(store: Store, viewer: Viewer) -> None:
    """Makes the viewer's calendar address useless."""
    with store.writing():
        store.feeds.withdraw(viewer.id)


def read_feed(store: Store, library: Library, token: str, *, now: datetime) -> str:
    """The calendar behind an address.

    Raises: NotFound if it is nobody's, renewed or withdrawn; TooMany beyond the hourly limit.
    """
    with store.writing():
        feed = store.feeds.find(digest(token))
        fetches = 0 if feed is None else store.feeds.count(feed, now=now)
    if feed is None:
        raise NotFound("feed-not-found", "There is no such calendar, or it has a new address.")
    if fetches > MOST_AN_HOUR:
        raise TooMany("feed-too-often", "This calendar was fetched too often; try in an hour.")
    own = store.for_organisation(feed.organisation_id)
    person = own.people.find(feed.person_id)
    if person is None:
        raise NotFound("feed-not-found", "There is no such calendar.")
    viewer = Viewer(person, own.people.grants_of(person.id))
    return calendar_text("Waymark", events_of(own, library, viewer, today=own.day_of(now)), now=now)


def events_of(store: Store, library: Library, viewer: Viewer, *, today: date) -> list[DayEvent]:
    """What is due for the viewer, and in the teams they supervise. What is done is absent."""
    mine = [
        DayEvent(f"{one.assignment.id}@waymark", one.due.on, f"Due: {one.target.title}")
        for one in own_standings(store, library, viewer, today=today)
        if not one.is_done
    ]
    teams = viewer.cohorts_as(Role.SUPERVISOR)
    theirs = asked_of(store, library, teams, today=today).standings if teams else ()
    return [*mine, *_of_teams(one for one in theirs if not one.is_done)]


def _of_teams(standings: Iterable[AssignmentStanding]) -> list[DayEvent]:
    titles: dict[tuple[str, date], str] = {}
    counts: Counter[tuple[str, date]] = Counter()
    for one in standings:
        key = (one.assignment.id, one.due.on)
        titles[key] = one.target.title
        counts[key] += 1
    return [
        DayEvent(
            f"{assignment_id}.{day:%Y%m%d}.team@waymark",
            day,
            f"Due in your team: {titles[assignment_id, day]} "
            f"({count} {'person' if count == 1 else 'people'})",
        )
        for (assignment_id, day), count in counts.items()
    ]
