"""Hours and credentials of the demo: Ana in the middle of her practicum, something due, something
that expires.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from app.demo.activity import Month
from app.domain.hours import Group, HourEntry, Mode
from app.domain.supervision_ratio import PhaseStart
from app.services import hours
from app.services.credentials import (
    NewCredential,
    NewEducation,
    add_credential,
    add_education,
    areas_of,
)
from app.services.hours import Ledger, NewMeeting, NewPractice, functions_of

ZONE = "America/New_York"
BOARD = "NCASPPB"
FRIDAY, TUESDAY, SATURDAY = 4, 1, 5
# Days the last day of validity is away from today, by person and kind.
CREDENTIALS = (
    ("cora", "CCS", 560),
    ("cora", "LCAS", 41),
    ("dov", "CCS", 300),
    ("luis", "CADC", 52),
    ("tomas", "CADC", -12),
    ("noor", "Registration", 900),
)
TRAINING = (
    ("Assessing risk in groups", 720, "", "training", True),
    ("Bloodborne pathogens, yearly update", 180, "hiv", "training", True),
    ("Case conference at the agency", 660, "", "in-service", True),
    ("Trauma and recovery, two days", 660, "special", "training", True),
)
OWN_TRAINING = NewEducation(
    date.min, "Confidentiality in practice", "College", 360, "ethics", "training", True, "TAP21/PD8"
)


def keep_hours(month: Month) -> None:
    """Enters and signs the hours of three people, and the credentials of some."""
    if not month.library.boards:
        return
    with month.store.writing():
        _hold_credentials(month)
        _work(month, "ana", "nc-practicum", minutes=(150, 120), meets_until=month.last_day)
        early = month.first_day + timedelta(days=9)
        _work(month, "luis", "nc-cadc-ongoing", minutes=(240, 180), meets_until=early)
        _work(month, "noor", "nc-lcas-a", minutes=(210,), meets_until=early)


def _hold_credentials(month: Month) -> None:
    today = month.last_day
    for number, (key, kind, days_left) in enumerate(CREDENTIALS):
        expires_on = today + timedelta(days=days_left)
        credential = NewCredential(
            kind, f"{4711 + 97 * number}", BOARD, expires_on - timedelta(days=730), expires_on
        )
        # A registration lasts longer; it may not be issued after today.
        if credential.issued_on > today:
            credential = NewCredential(kind, credential.number, BOARD, month.first_day, expires_on)
        now = _at(month.first_day, 9)
        add_credential(month.store, month.viewers[key], credential, zone=ZONE, now=now)
    for number, (title, minutes, topic, way, is_specific) in enumerate(TRAINING):
        done_on = today - timedelta(days=400 - 110 * number)
        add_education(
            month.store,
            month.viewers["cora"],
            NewEducation(done_on, title, "State association", minutes, topic, way, is_specific),
            boards=month.library.boards,
            zone=ZONE,
            now=_at(today, 10),
        )
    add_education(
        month.store,
        month.viewers["ana"],
        replace(OWN_TRAINING, done_on=today - timedelta(days=20)),
        boards=month.library.boards,
        areas=areas_of(month.library),
        zone=ZONE,
        now=_at(today, 10),
    )


def _work(
    month: Month, key: str, phase: str, *, minutes: tuple[int, ...], meets_until: date
) -> None:
    """One person's weeks: practice each working day, and meetings; the newest lines wait."""
    person, cora = month.viewers[key], month.viewers["cora"]
    ledger = Ledger(person.id, month.library.boards, ZONE)
    start = PhaseStart(phase, month.first_day)
    hours.start_phase(month.store, person, ledger, start, now=_at(month.first_day, 12))
    functions = functions_of(month.library.boards)
    place = 0
    day = month.first_day
    while day < month.last_day:
        entered: list[HourEntry] = []
        if day.weekday() < SATURDAY:
            for some in minutes:
                new = NewPractice(day, some, functions[place % len(functions)])
                now = _at(day, 23)
                entered.append(hours.enter_practice(month.store, person, ledger, new, now=now))
                place += 1
        if day.weekday() in {TUESDAY, FRIDAY} and day < meets_until:
            meeting = _meeting(day, cora.id, functions[:2])
            now = _at(day, 23)
            entered.append(hours.enter_meeting(month.store, person, ledger, meeting, now=now))
        if day < month.last_day - timedelta(days=3):
            for entry in entered:
                hours.sign(
                    *(month.store, cora, month.library.boards),
                    entry_id=entry.id,
                    now=_at(day, 23, 30),
                )
        day += timedelta(days=1)


def _meeting(day: date, supervisor_id: str, functions: tuple[str, ...]) -> NewMeeting:
    is_group = day.weekday() == FRIDAY
    return NewMeeting(
        day=day,
        start=time(13, 0),
        end=time(14, 30) if is_group else time(14, 0),
        zone=ZONE,
        group=Group.GROUP if is_group else Group.INDIVIDUAL,
        mode=Mode.VIDEO if is_group else Mode.IN_PERSON,
        functions=functions,
        supervisor_id=supervisor_id,
    )


def _at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), UTC)
