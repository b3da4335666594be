"""Puts somebody's standing in each phase of supervised work on a card."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from flask import url_for

from app.domain.board_rules import SURENESS, Grounds, PhaseRule, phases_of
from app.domain.hours import HourEntry, counting, expected, say_minutes
from app.domain.hours_forecast import Forecast, forecast
from app.domain.supervision_ratio import (
    Due,
    PhaseStanding,
    PhaseStart,
    PhaseTime,
    phase_on,
    phase_times,
    stand_in,
)
from app.library.library import Library
from app.services.hours import functions_of
from app.web.shared.filters import say_date
from app.web.shared.hours.pages import PhaseCard, Row
from app.web.shared.part_data import Cell, Way

SIGNS = {Due.COVERED: "met", Due.SOON: "ageing", Due.NOW: "here", Due.BEHIND: "below"}
WORDS = {
    Due.COVERED: "supervision is up to date",
    Due.SOON: "the next hour of supervision is near",
    Due.NOW: "an hour of supervision is due now",
    Due.BEHIND: "supervision is behind",
}


def phase_cards(
    library: Library, starts: Sequence[PhaseStart], entries: Sequence[HourEntry], *, today: date
) -> tuple[PhaseCard, ...]:
    """A card for each phase somebody is or was in, the newest first; phases ahead have none."""
    rules = phases_of(library.boards.values())
    return tuple(
        _card(library, time, rules[time.phase_id], entries, today=today)
        for time in reversed(phase_times(starts))
        if time.phase_id in rules and time.begins_on <= today
    )


def due_cell(
    library: Library, starts: Sequence[PhaseStart], entries: Sequence[HourEntry], *, today: date
) -> Cell:
    """Where somebody stands today, in a word."""
    rules = phases_of(library.boards.values())
    time = phase_on(phase_times(starts), today)
    if time is None or time.phase_id not in rules:
        return Cell("no phase set", state="none")
    standing = stand_in(time, rules[time.phase_id], expected(entries), today=today)
    return Cell(WORDS[standing.due], detail=_next_words(standing), state=SIGNS[standing.due])


def phase_title(library: Library, starts: Sequence[PhaseStart], *, today: date) -> str:
    """The phase of today in words, or that there is none."""
    rules = phases_of(library.boards.values())
    time = phase_on(phase_times(starts), today)
    return rules[time.phase_id].title if time and time.phase_id in rules else "–"


def missing_words(minutes: int) -> str:
    """How much supervision is due."""
    return f"{say_minutes(minutes)} of supervision is due"


def grounds_words(library: Library, grounds: Grounds) -> tuple[str, tuple[Way, ...]]:
    """How sure a rule is, and its sources as links."""
    about = url_for("site.about_content")
    ways = [
        Way(library.sources[key].title, f"{about}#source-{key}")
        for key in grounds.sources
        if key in library.sources
    ]
    return f"{SURENESS[grounds.sureness]} Read {say_date(grounds.read_on)}.", tuple(ways)


def _card(
    library: Library,
    time: PhaseTime,
    rule: PhaseRule,
    entries: Sequence[HourEntry],
    *,
    today: date,
) -> PhaseCard:
    signed = stand_in(time, rule, counting(entries), today=today)
    worked = stand_in(time, rule, expected(entries), today=today)
    functions = functions_of(library.boards)
    is_over = time.ends_on is not None and time.ends_on < today
    sure, sources = grounds_words(library, signed.edition.grounds)
    is_complete = signed.is_complete(functions)
    ahead = None
    if not is_over:
        ahead = forecast(signed, functions, counting(entries), today=today)
    return PhaseCard(
        title=rule.title,
        since=_since(time),
        state="done" if is_complete else "open" if is_over else SIGNS[worked.due],
        state_words="complete" if is_complete else "over" if is_over else WORDS[worked.due],
        next_words="" if is_over else _next_words(worked),
        facts=_facts(signed, worked, functions),
        functions=_functions(library, signed, functions),
        forecast="" if is_over else _forecast_words(signed, functions, ahead),
        note=signed.edition.grounds.note,
        sure=sure,
        sources=sources,
    )


def _since(time: PhaseTime) -> str:
    if time.ends_on is None:
        return f"since {say_date(time.begins_on)}"
    return f"{say_date(time.begins_on)} to {say_date(time.ends_on)}"


def _next_words(standing: PhaseStanding) -> str:
    if standing.due is Due.BEHIND or standing.due is Due.NOW:
        return f"{missing_words(standing.missing)} for the practice entered so far."
    return f"The next hour is due after {say_minutes(standing.left)} more of practice."


def _facts(
    signed: PhaseStanding, worked: PhaseStanding, functions: Sequence[str]
) -> tuple[tuple[str, str], ...]:
    edition = signed.edition
    total = edition.practice_minutes
    practice = say_minutes(signed.practice)
    left = signed.practice_left(functions)
    facts = [
        ("Practice", f"{practice} of {say_minutes(total)}" if total else practice),
        ("Supervision", say_minutes(signed.supervised)),
        ("Individual, group", _both(signed.individual, signed.group)),
        ("In person, live video", _both(signed.in_person, signed.video)),
        ("The rule", f"1 h of supervision to {edition.minutes_per_supervised} h of practice"),
    ]
    if edition.supervised_by:
        facts.append(("Signed by a", " or ".join(edition.supervised_by)))
    if left:
        facts.append(("Practice still to do", say_minutes(left)))
    waits = worked.practice - signed.practice, worked.supervised - signed.supervised
    if any(waits):
        words = f"practice {say_minutes(waits[0])}, supervision {say_minutes(waits[1])}"
        facts.append(("Waiting for a signature", words))
    if signed.not_counted:
        facts.append(("Video that did not count then", say_minutes(signed.not_counted)))
    return tuple(facts)


def _both(first: int, second: int) -> str:
    return f"{say_minutes(first)}, {say_minutes(second)}"


def _functions(
    library: Library, standing: PhaseStanding, functions: Sequence[str]
) -> tuple[Row, ...]:
    least = standing.edition.function_minutes
    if not least:
        return ()
    rows: list[Row] = []
    for code in functions:
        left = standing.function_left(code)
        state = (
            Cell("reached", state="met")
            if not left
            else Cell(f"{say_minutes(left)} to go", state="open")
        )
        done = f"{say_minutes(standing.by_function.get(code, 0))} of {say_minutes(least)}"
        rows.append((function_title(library, code), done, state))
    return tuple(rows)


def function_title(library: Library, code: str) -> str:
    """The name of a core function."""
    known = library.competencies.get(code)
    return known.title if known else code


def _forecast_words(
    standing: PhaseStanding, functions: Sequence[str], found: Forecast | None
) -> str:
    if standing.practice_left(functions) is None or standing.is_complete(functions):
        return ""
    if found is None:
        return "Too few weeks with hours to say when this will be complete."
    pace = f"at the pace of the last {found.weeks} weeks"
    if found.latest is None:
        return f"Complete {say_date(found.earliest)} at the earliest, {pace}."
    if found.latest == found.earliest:
        return f"Complete about {say_date(found.earliest)}, {pace}."
    return f"Complete between {say_date(found.earliest)} and {say_date(found.latest)}, {pace}."
