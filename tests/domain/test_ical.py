from __future__ import annotations

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from app.domain.ical import LONGEST_LINE, DayEvent, calendar_text, escape, fold

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TEXTS = st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=300)


def unfold(text: str) -> list[str]:
    return text.replace("\r\n ", "").split("\r\n")


def unescape(text: str) -> str:
    out, rest = [], iter(text)
    for one in rest:
        if one == "\\":
            following = next(rest)
            out.append("\n" if following in "nN" else following)
        else:
            out.append(one)
    return "".join(out)


def test_a_calendar_is_written_to_the_letter() -> None:
    event = DayEvent("one@waymark", date(2028, 2, 29), "Due: Consent, first; and \\ more")

    assert calendar_text("Waymark", [event], now=NOW).split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Waymark//Due days//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "NAME:Waymark",
        "X-WR-CALNAME:Waymark",
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
        "BEGIN:VEVENT",
        "UID:one@waymark",
        "DTSTAMP:20261123T090000Z",
        "DTSTART;VALUE=DATE:20280229",
        "DTEND;VALUE=DATE:20280301",
        "SUMMARY:Due: Consent\\, first\\; and \\\\ more",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


@given(TEXTS)
def test_lines_are_short_and_come_back_whole(text: str) -> None:
    folded = fold(text)

    assert all(len(line.encode()) <= LONGEST_LINE for line in folded.split("\r\n"))
    assert folded.replace("\r\n ", "") == text


@given(TEXTS)
def test_a_text_comes_back_as_it_was(text: str) -> None:
    assert unescape(escape(text)) == text


@given(st.text())
def test_no_title_can_begin_a_line_of_its_own(title: str) -> None:
    lines = unfold(calendar_text("W", [DayEvent("u", date(2026, 1, 1), title)], now=NOW))

    assert sum(line.startswith("BEGIN:VEVENT") for line in lines) == 1
    assert [line.partition(":")[0] for line in lines[8:-2]] == [
        "BEGIN",
        "UID",
        "DTSTAMP",
        "DTSTART;VALUE=DATE",
        "DTEND;VALUE=DATE",
        "SUMMARY",
        "TRANSP",
        "END",
    ]
