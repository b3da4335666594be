"""Calendars as text: whole-day events in the form of RFC 5545, with folding and escaping."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

LONGEST_LINE = 75  # octets, without the line break (RFC 5545, 3.1)
PRODUCT = "-//Waymark//Due days//EN"


@dataclass(frozen=True, slots=True)
class DayEvent:
    """Something due on a day. Shape: `uid` stays the same while it is the same thing."""

    uid: str
    day: date
    title: str
    url: str = ""


def calendar_text(name: str, events: Iterable[DayEvent], *, now: datetime) -> str:
    """Writes a calendar. Shape: lines end with CR LF; events in the order given."""
    stamp = f"{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{PRODUCT}",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"NAME:{escape(name)}",
        f"X-WR-CALNAME:{escape(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
    ]
    for event in events:
        lines += _event_lines(event, stamp)
    lines.append("END:VCALENDAR")
    return "".join(f"{fold(line)}\r\n" for line in lines)


def escape(text: str) -> str:
    """Escapes a text value; characters that no line may hold are left out."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(one for one in plain if one == "\n" or one == "\t" or _is_allowed(one))
    escaped = kept.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return escaped.replace("\n", "\\n")


def fold(line: str) -> str:
    """Breaks a line into pieces of at most 75 octets; never inside a character."""
    pieces, piece, octets = [], "", 0
    for character in line:
        width = len(character.encode("utf-8"))
        if octets + width > LONGEST_LINE:
            pieces.append(piece)
            piece, octets = "", 1  # the blank that begins a further piece
        piece += character
        octets += width
    return "\r\n ".join([*pieces, piece])


def _event_lines(event: DayEvent, stamp: str) -> list[str]:
    lines = [
        "BEGIN:VEVENT",
        f"UID:{escape(event.uid)}",
        f"DTSTAMP:{stamp}",
        f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{event.day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{escape(event.title)}",
        "TRANSP:TRANSPARENT",
    ]
    if event.url:
        lines.append(f"URL:{event.url}")
    return [*lines, "END:VEVENT"]


def _is_allowed(character: str) -> bool:
    code = ord(character)
    # Lone surrogates have no UTF-8 form at all.
    return code >= 0x20 and code != 0x7F and not 0xD800 <= code <= 0xDFFF
