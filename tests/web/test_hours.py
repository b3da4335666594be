"""Hours in a browser: entering, co-signing in two clicks, lists, and what is refused."""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from typing import TYPE_CHECKING

import pytest

from app.domain.hours import counting
from app.services import hours
from tests.cast import as_viewer
from tests.supervision_builders import a_credential
from tests.web.visit import Visitor

if TYPE_CHECKING:
    from flask import Flask

    from app.domain.hours import HourEntry
    from app.domain.person import Person
    from app.storage.store import Store
    from tests.cast import Cast

YESTERDAY = (datetime.now(UTC) - timedelta(days=1)).date()
MEETING = {
    "day": YESTERDAY.isoformat(),
    "start": "09:00",
    "end": "10:30",
    "zone": "America/New_York",
    "group": "individual",
    "mode": "live video",
}


def practice(**changes: str) -> dict[str, object]:
    return {
        "day": YESTERDAY.isoformat(),
        "function": "CF-1",
        "hours": "1",
        "minutes": "30",
    } | changes


def lines(store: Store, person: Person) -> list[HourEntry]:
    found = [one.entry for one in store.hours.of_people([person.id])]
    store.end_reading()
    return found


def test_ana_enters_and_cora_co_signs_with_two_clicks(app: Flask, store: Store, cast: Cast) -> None:
    ana, cora = Visitor(app).sign_in(cast.ana), Visitor(app).sign_in(cast.cora)

    assert ana.post("/hours/practice", practice()).headers["Location"].startswith("/hours/")
    ana.post("/hours/meetings", {**MEETING, "supervisor": cast.cora.id, "functions": ["CF-1"]})
    board = cora.text(f"/team/{cast.eastside.id}/hours")
    line = lines(store, cast.ana)[0]
    sign = f"/team/{cast.eastside.id}/people/{cast.ana.id}/hours/lines/{line.id}/sign"
    assert f'action="{sign}"' in board
    back = cora.post(sign, {"back": "team"}).headers["Location"]

    assert back.startswith(f"/team/{cast.eastside.id}/hours?")
    assert [one.id for one in counting(lines(store, cast.ana))] == [line.id]
    assert [one.minutes for one in lines(store, cast.ana)] == [90, 90]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"day": "2098-01-01"}, "still to come"),
        ({"day": "0001-01-01"}, "Choose a day between 1950 and 2099."),
        ({"day": "9999-12-31"}, "Choose a day between 1950 and 2099."),
        ({"hours": "0", "minutes": "0"}, "between one minute and 24 hours"),
        ({"hours": "x"}, "Not a valid integer"),
        ({"minutes": "75"}, "Between 0 and 59."),
        ({"function": "CF-99"}, "Choose one of the core functions."),
        ({"day": ""}, "Choose the day."),
    ],
)
def test_practice_that_cannot_be_is_refused_beside_its_field(
    app: Flask, store: Store, cast: Cast, changes: dict[str, str], told: str
) -> None:
    ana = Visitor(app).sign_in(cast.ana)

    response = ana.post("/hours/practice", practice(**changes), expect=422)

    assert told in response.get_data(as_text=True)
    assert lines(store, cast.ana) == []


def test_an_overlapping_meeting_is_refused_and_the_form_keeps_what_was_typed(
    app: Flask, store: Store, cast: Cast
) -> None:
    ana = Visitor(app).sign_in(cast.ana)
    first = {**MEETING, "supervisor": cast.cora.id}
    ana.post("/hours/meetings", first)

    response = ana.post("/hours/meetings", {**first, "start": "10:00", "end": "11:00"}, expect=422)

    told = response.get_data(as_text=True)
    assert "Another meeting of" in told
    assert 'value="11:00"' in told
    assert len(lines(store, cast.ana)) == 1


def test_my_hours_says_what_the_rule_rests_on(app: Flask, cast: Cast) -> None:
    ana = Visitor(app).sign_in(cast.ana)
    assert "No phase yet" in ana.text("/hours/")

    ana.post("/hours/phase", {"phase": "nc-practicum", "begins_on": YESTERDAY.isoformat()})

    told = ana.text("/hours/")
    assert "Read in an older text of the rule." in told
    assert "#source-nc-21ncac68-0204" in told
    assert "The next hour is due after 10 h more of practice." in told


def test_without_the_credential_of_the_phase_nobody_co_signs(
    app: Flask, store: Store, cast: Cast
) -> None:
    ana, cora = Visitor(app).sign_in(cast.ana), Visitor(app).sign_in(cast.cora)
    ana.post("/hours/phase", {"phase": "nc-practicum", "begins_on": YESTERDAY.isoformat()})
    ana.post("/hours/practice", practice())
    line = lines(store, cast.ana)[0]
    sign = f"/team/{cast.eastside.id}/people/{cast.ana.id}/hours/lines/{line.id}/sign"

    refused = cora.post(sign, expect=409).get_data(as_text=True)
    with store.writing():
        held = a_credential(person_id=cast.cora.id, issued_on=YESTERDAY, expires_on=None)
        store.credentials.add(held, by=cast.cora.id, now=datetime.now(UTC))
    cora.post(sign)

    assert "CCS or CSI" in refused
    signed = lines(store, cast.ana)[0]
    assert signed.supervisor is not None
    assert signed.supervisor.credential == "CCS 4711 (NCASPPB)"


def test_a_line_of_another_person_is_not_reached_through_ones_own_team(
    app: Flask, store: Store, cast: Cast
) -> None:
    mika, dov, cora = (Visitor(app).sign_in(one) for one in (cast.mika, cast.dov, cast.cora))
    mika.post("/hours/practice", practice())
    line = lines(store, cast.mika)[0]

    dov.get(f"/team/{cast.westside.id}/people/{cast.mika.id}/hours")
    cora.get(f"/team/{cast.westside.id}/hours", expect=404)
    cora.get(f"/team/{cast.eastside.id}/people/{cast.mika.id}/hours", expect=404)
    through = f"/team/{cast.eastside.id}/people/{cast.ana.id}/hours/lines/{line.id}"
    cora.get(through, expect=404)
    cora.post(f"{through}/sign", expect=404)

    assert counting(lines(store, cast.mika)) == []


def test_ana_sees_who_has_opened_her_hours(app: Flask, cast: Cast) -> None:
    ana, cora = Visitor(app).sign_in(cast.ana), Visitor(app).sign_in(cast.cora)
    assert "Who has opened your hours" not in ana.text("/hours/")

    page = cora.text(f"/team/{cast.eastside.id}/people/{cast.ana.id}/hours")

    assert "Who has opened" not in page
    assert "Cora Lindqvist, " in ana.text("/hours/")


def test_a_signed_line_is_corrected_with_a_reason_and_stays(
    app: Flask, store: Store, cast: Cast
) -> None:
    ana = Visitor(app).sign_in(cast.ana)
    ana.post("/hours/practice", practice())
    line = lines(store, cast.ana)[0]
    ana.get(f"/hours/lines/{line.id}/correct", expect=303)
    cora, now = as_viewer(store, cast.cora), datetime.now(UTC)
    hours.sign(store, cora, {}, entry_id=line.id, now=now)

    form = ana.text(f"/hours/lines/{line.id}/correct")
    correct = f"/hours/lines/{line.id}/correct"
    ana.post(correct, practice(hours="1", minutes="0"), expect=422)
    ana.post(correct, practice(hours="1", minutes="0", reason="I left early."))

    assert 'value="30"' in form
    assert [one.minutes for one in counting(lines(store, cast.ana))] == [90]
    assert {one.amends for one in lines(store, cast.ana)} == {"", line.id}
    ana.post(f"/hours/lines/{line.id}/leave-out", {"reason": "No."}, expect=422)


def test_a_list_has_single_lines_totals_and_both_signatures(
    app: Flask, store: Store, cast: Cast
) -> None:
    ana = Visitor(app).sign_in(cast.ana)
    ana.post("/hours/practice", practice(note="=HYPERLINK(1)"))
    line = lines(store, cast.ana)[0]
    hours.sign(store, as_viewer(store, cast.cora), {}, entry_id=line.id, now=datetime.now(UTC))

    page = ana.text("/hours/lines")
    response = ana.get(f"/hours/lines.csv?since={YESTERDAY}&until={YESTERDAY}")

    assert "Cora Lindqvist: CCS" in page
    assert 'class="notice' not in page
    assert response.content_type == "text/csv; charset=utf-8"
    assert "attachment" in response.headers["Content-Disposition"]
    rows = list(csv.reader(StringIO(response.get_data(as_text=True), newline="")))
    row = next(one for one in rows if one and one[0] == YESTERDAY.isoformat())
    assert "'=HYPERLINK(1)" in row
    assert any(cell.startswith("Ana Reyes, LCAS-A, ") for cell in row)
    assert any(cell.startswith("Cora Lindqvist, CCS, ") for cell in row)
    assert ["Practice, signed by both", "1 h 30 min"] in rows


@pytest.mark.parametrize("asked", ["since=soon", "since=2026-05-01&until=2026-04-01"])
def test_days_that_cannot_be_are_told(app: Flask, cast: Cast, asked: str) -> None:
    ana = Visitor(app).sign_in(cast.ana)

    assert "the last three months" in ana.text(f"/hours/lines?{asked}", expect=422)


def test_credentials_that_expire_stand_on_the_team_page_without_their_number(
    app: Flask, cast: Cast
) -> None:
    luis, cora = Visitor(app).sign_in(cast.luis), Visitor(app).sign_in(cast.cora)
    today = date.today()
    fields = {"kind": "CADC", "number": "secret-77", "issuer": "NCASPPB"}
    days = {
        "issued_on": (today - timedelta(days=700)).isoformat(),
        "expires_on": (today + timedelta(days=30)).isoformat(),
    }

    luis.post("/credentials/", {f"credential-{name}": v for name, v in {**fields, **days}.items()})

    own, board = luis.text("/credentials/"), cora.text(f"/team/{cast.eastside.id}/hours")
    assert "secret-77" in own
    assert "expires soon" in own
    assert "expires soon" in board
    assert "secret-77" not in board


def test_training_counts_toward_the_renewal(app: Flask, cast: Cast) -> None:
    luis, today = Visitor(app).sign_in(cast.luis), date.today()
    licence = {"kind": "LCAS", "issuer": "NCASPPB", "issued_on": today.isoformat()}
    luis.post("/credentials/", {f"credential-{name}": v for name, v in licence.items()})
    course = {
        "title": "Ethics",
        "done_on": today.isoformat(),
        "hours": "2",
        "topic": "ethics",
        "way": "training",
    }

    luis.post("/credentials/training", {f"training-{name}": v for name, v in course.items()})

    told = luis.text("/credentials/")
    assert "2 h of 40 h" in told
    assert "1 h to go" in told
    again = luis.post(
        "/credentials/training", {f"training-{n}": v for n, v in course.items()}, expect=422
    )
    assert "The same training is entered already." in again.get_data(as_text=True)
