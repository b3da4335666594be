from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time

from app.domain.hours import Group, HourEntry, Mode, counting
from app.domain.hours_list import HEADERS, list_rows, signers, totals
from tests.supervision_builders import A_WORKDAY, meeting_of, practice_of

NAMES = {"CF-1": "Screening", "CF-2": "Intake"}
PEOPLE = {"cora": "Cora Lindqvist"}


def cells(*entries: HourEntry, ledger: Sequence[HourEntry] = ()) -> list[dict[str, str]]:
    rows = list_rows(entries, ledger or entries, names=NAMES, people=PEOPLE)
    return [dict(zip(HEADERS, row, strict=True)) for row in rows]


def test_a_meeting_stands_with_its_times_where_it_was() -> None:
    entry = meeting_of(45, date(2026, 11, 20), at=time(14, 0), group=Group.GROUP, mode=Mode.VIDEO)
    assert entry.meeting is not None
    entry = replace(entry, meeting=replace(entry.meeting, zone="America/New_York"))

    row = cells(entry)[0]

    assert (row["Date"], row["Start"], row["End"]) == ("2026-11-20", "09:00", "09:45")
    assert (row["Time zone"], row["Minutes"]) == ("America/New_York", "45")
    assert (row["Individual or group"], row["In person or live video"]) == ("group", "live video")
    assert (row["Kind"], row["Core functions"], row["State"]) == (
        *("Supervision", "Screening", "counts"),
    )
    assert row["Supervisor signature"] == "Cora Lindqvist, CCS 4711, 2026-11-20 17:00 UTC"


def test_practice_names_its_function_and_who_is_to_sign() -> None:
    row = cells(practice_of(90, function="CF-2", supervisor=None))[0]

    assert (row["Kind"], row["Core functions"]) == ("Practice", "Intake")
    assert (row["Supervisor"], row["State"]) == ("Cora Lindqvist", "waits for the supervisor")
    assert row["Staff signature"].startswith("Ana Reyes, LCAS-A, ")
    assert row["Supervisor signature"] == ""


def test_a_correction_says_what_it_corrects_and_why() -> None:
    first = practice_of(60, id="a")
    second = practice_of(45, id="b", amends="a", reason="Left early.")
    void = practice_of(45, id="c", amends="b", reason="Another day.", is_void=True)

    states = [row["State"] for row in cells(first, second, void)]
    told = [row["Correction"] for row in cells(first, second, void)]

    assert states == ["replaced by a correction", "replaced by a correction", "left out"]
    assert told == [
        "",
        f"Corrects {A_WORKDAY}, 60 minutes: Left early.",
        f"Leaves out {A_WORKDAY}, 45 minutes: Another day.",
    ]


def test_a_correction_on_another_day_is_seen_where_that_day_is_left_out() -> None:
    first = practice_of(60, id="a")
    second = practice_of(45, id="b", amends="a", reason="Another day.")

    (old,) = cells(first, ledger=[first, second])
    (new,) = cells(second, ledger=[first, second])

    assert old["State"] == "replaced by a correction"
    assert new["Correction"] == f"Corrects {A_WORKDAY}, 60 minutes: Another day."


def test_totals_add_up_what_counts_and_nothing_else() -> None:
    counted = counting(
        [
            practice_of(60, id="a"),
            practice_of(45, id="b", amends="a"),
            practice_of(30, id="c", function="CF-2"),
            practice_of(500, id="d", supervisor=None),
            meeting_of(60, id="e"),
            meeting_of(30, id="f", at=time(15), group=Group.GROUP, mode=Mode.VIDEO),
        ]
    )
    found = totals(counted)

    assert (found.practice, dict(found.by_function)) == (75, {"CF-1": 45, "CF-2": 30})
    assert (found.supervision, found.individual, found.group) == (90, 60, 30)
    assert (found.in_person, found.video) == (60, 30)
    said = dict(found.said(NAMES))
    assert said["Practice: Intake"] == "30 min"
    assert said["Supervision, signed by both"] == "1 h 30 min"


def test_signers_are_named_once_with_their_credentials() -> None:
    assert signers([practice_of(1), practice_of(2), practice_of(3, supervisor=None)]) == [
        "Ana Reyes: LCAS-A",
        "Cora Lindqvist: CCS 4711",
    ]
