"""Loads the demo: people first, then what they did. Refuses where real people are."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from app.demo.activity import HABITS, Month, ask_for_work, study
from app.demo.aftermath import follow_up
from app.demo.asking import ask_for_more
from app.demo.cases import play_cases
from app.demo.cast import CAST, DEMO_PASSWORD, EASTSIDE, ORGANISATION, WESTSIDE
from app.demo.competencies import watch_people
from app.demo.drafts import write_draft
from app.demo.exams import sit_exams, sit_together
from app.demo.hours import keep_hours
from app.demo.looks import look_at_records
from app.demo.mornings import fill_the_morning
from app.demo.supervision import supervise
from app.domain.errors import Conflict
from app.domain.local_time import moment_at
from app.domain.person import Role, RoleGrant, Viewer
from app.library.library import Library
from app.services.account import (
    NewPerson,
    add_cohort,
    add_organisation,
    add_person,
    set_plan,
)
from app.storage.store import Store

BEGAN_DAYS_AGO = 35
DAYS_TO_EXAM = 46


def demo_is_loaded(store: Store) -> bool:
    """Says whether the demo's people are here."""
    loaded = store.people.find_by_email(CAST[0].email) is not None
    store.end_reading()
    return loaded


def load_demo(store: Store, library: Library, *, today: date) -> int:
    """Makes the cast and their month of activity. Gives the count of people.

    Raises: Conflict when the database holds an organisation already.
    """
    if store.people.any_organisation_id() is not None:
        raise Conflict(
            "not-empty",
            "This database has people in it already, so the demo was not added.",
            "Use another WAYMARK_INSTANCE_DIR for the demo.",
        )
    first_day = today - timedelta(days=BEGAN_DAYS_AGO)
    began = at_hour(first_day, 9, zone=store.zone)
    scoped = store.for_organisation(add_organisation(store, name=ORGANISATION, now=began))
    viewers = add_cast(scoped, now=began)
    set_plan(scoped, viewers["ana"], exam_on=today + timedelta(days=DAYS_TO_EXAM), minutes_a_day=40)
    month = Month(scoped, library, viewers, first_day=first_day, last_day=today)
    ask_for_work(month)
    ask_for_more(month)
    for key in HABITS:
        study(month, key)
        play_cases(month, key)
        sit_exams(month, key)
    sit_together(month)
    follow_up(month)
    keep_hours(month)  # before what is signed: a signature names the credentials of its day
    watch_people(month)
    write_draft(month)
    look_at_records(month)
    supervise(month)
    fill_the_morning(month)
    return len(viewers)


def add_cast(store: Store, *, now: datetime) -> dict[str, Viewer]:
    """Adds the two teams and everyone in them. Shape: viewers by short name."""
    teams = {name: add_cohort(store, name=name, now=now).id for name in (EASTSIDE, WESTSIDE)}
    viewers = {}
    for member in CAST:
        grants = frozenset(
            RoleGrant(Role(role), teams[team] if team else None) for role, team in member.roles
        )
        newcomer = NewPerson(member.full_name, member.email, DEMO_PASSWORD, member.credential)
        person = add_person(store, newcomer, grants=grants, now=now)
        viewers[member.key] = Viewer(person, grants)
    return viewers


def at_hour(day: date, hour: int, minute: int = 0, *, zone: str = "UTC") -> datetime:
    """A moment of a demo day."""
    return moment_at(day, time(hour, minute), zone)
