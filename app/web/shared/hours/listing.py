"""Single lines of a ledger between two days: on screen, on a printed page, as CSV."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from werkzeug.wrappers import Response

from app.domain.csv_text import csv_text
from app.domain.hours import HourEntry, Signature, counting
from app.domain.hours_list import HEADERS, list_rows, signers, totals
from app.library.library import Library
from app.services.hours import functions_of
from app.storage.queries.team_pages import Member
from app.storage.store import Store
from app.web.shared.filters import say_date
from app.web.shared.hours.cards import function_title
from app.web.shared.hours.pages import ListPage, Row
from app.web.shared.hours.view import Ledger, clock_words, line_state
from app.web.shared.hours.ways import Ways
from app.web.shared.part_data import Cell, Header, Way
from app.web.shared.site_days import site_day

USUAL = timedelta(days=90)
SHOWN: tuple[str | Header, ...] = (
    "Date",
    "Kind",
    "From, to",
    Header("Minutes", is_figure=True),
    "Core functions",
    "State",
    "Signed by staff",
    "Signed by supervisor",
)


def list_page(
    store: Store,
    library: Library,
    ledger: Ledger,
    ways: Ways,
    member: Member,
    asked: Mapping[str, str],
    *,
    today: date,
) -> ListPage:
    """Shows the lines between two days with totals and both signatures."""
    since, until, fault = days_asked(asked, today)
    entries = _between(ledger, since, until)
    days = {"since": since.isoformat(), "until": until.isoformat()}
    return ListPage(
        full_name=member.full_name,
        credential=member.credential,
        organisation=store.people.organisation_name() or "",
        back=Way("My hours" if ways.is_own else "Hours", ways.to("home")),
        since=days["since"],
        until=days["until"],
        fault=fault,
        headers=SHOWN,
        rows=tuple(_shown(library, ledger, one) for one in entries),
        signers=tuple(signers(entries)),
        totals=said_totals(library, _counting(ledger, entries)),
        csv_url=ways.to("lines_csv", **days),
        made=f"{say_date(since)} to {say_date(until)}; made {say_date(today)}",
    )


def list_csv(
    library: Library, ledger: Ledger, member: Member, asked: Mapping[str, str], *, today: date
) -> Response:
    """The same lines as CSV, with everything that was kept of them."""
    since, until, _ = days_asked(asked, today)
    entries = _between(ledger, since, until)
    rows: list[tuple[str, ...]] = [
        ("Hours of", member.full_name, member.credential),
        ("From", since.isoformat(), "to", until.isoformat()),
        (),
        HEADERS,
        *list_rows(
            entries,
            ledger.entries,
            names=_titles(library),
            people=ledger.supervisors | ledger.former,
        ),
        (),
        *said_totals(library, _counting(ledger, entries)),
    ]
    response = Response(csv_text(rows), content_type="text/csv; charset=utf-8")
    name = f"hours-{since.isoformat()}-{until.isoformat()}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def said_totals(library: Library, lines: Sequence[HourEntry]) -> tuple[tuple[str, str], ...]:
    """Sums in words, of lines that count."""
    return tuple(totals(lines).said(_titles(library)))


def days_asked(asked: Mapping[str, str], today: date) -> tuple[date, date, str]:
    """The two days of an address; the last three months where none can be read.

    Shape: the third is what was wrong, empty when nothing was.
    """
    usual = today - USUAL, today
    try:
        since = date.fromisoformat(asked.get("since") or usual[0].isoformat())
        until = date.fromisoformat(asked.get("until") or usual[1].isoformat())
    except ValueError:
        return *usual, "Choose two days. These are the last three months."
    if until < since:
        return *usual, "The last day comes before the first. These are the last three months."
    return since, until, ""


def _shown(library: Library, ledger: Ledger, entry: HourEntry) -> Row:
    """A line of the page; the credentials of its signers stand once below the lines."""
    meeting = entry.meeting
    codes = (entry.function,) if meeting is None else meeting.functions
    kind = "Practice" if meeting is None else f"Supervision, {meeting.group}, {meeting.mode}"
    return (
        entry.day.isoformat(),
        Cell(kind, detail=entry.note),
        "" if meeting is None else clock_words(meeting),
        str(entry.minutes),
        "; ".join(function_title(library, code) for code in codes),
        Cell(line_state(ledger, entry).text, detail=entry.reason),
        _signed(entry.staff),
        _signed(entry.supervisor),
    )


def _signed(signature: Signature | None) -> str:
    if signature is None:
        return ""
    instead = f", for {signature.signed_for}: {signature.why}" if signature.signed_for else ""
    return f"{signature.name}, {site_day(signature.signed_at)}{instead}"


def _between(ledger: Ledger, since: date, until: date) -> list[HourEntry]:
    return [one for one in ledger.entries if since <= one.day <= until]


def _counting(ledger: Ledger, entries: Sequence[HourEntry]) -> list[HourEntry]:
    """Those that count, judged in the whole ledger: a correction may lie on another day."""
    counts = {one.id for one in counting(ledger.entries)}
    return [one for one in entries if one.id in counts]


def _titles(library: Library) -> dict[str, str]:
    return {code: function_title(library, code) for code in functions_of(library.boards)}
