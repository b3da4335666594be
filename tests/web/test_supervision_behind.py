"""Who is due an hour of supervision: told in the morning, by the same ledger as My hours."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from app.domain.hours import expected
from app.domain.supervision_ratio import phase_times, ratio_in, stand_in
from app.services import hours
from app.services.hours import Ledger, NewPractice
from app.storage.queries.need_rows import hour_sums, practice_minutes
from app.web.shared.hours.forms import NO_PHASE
from tests.services.supervising import Supervising
from tests.web.test_needs import REAL, TODAY, act, needs
from tests.web.visit import Visitor

if TYPE_CHECKING:
    from flask import Flask

    from app.storage.store import Store
    from tests.cast import Cast

PHASE = "nc-practicum"  # one hour to ten


@pytest.fixture
def chain(app: Flask, store: Store, cast: Cast) -> Supervising:
    return Supervising(store, cast, app.extensions["waymark-content"].library())


@pytest.fixture
def ledger(chain: Supervising) -> Ledger:
    return Ledger(chain.ana.id, chain.library.boards, "UTC")


@pytest.fixture
def ana(app: Flask, cast: Cast, ledger: Ledger) -> Visitor:
    found = Visitor(app).sign_in(cast.ana)
    begins = TODAY - timedelta(days=20)
    found.post("/hours/phase", {"phase": PHASE, "begins_on": begins.isoformat()})
    return found


def work(
    chain: Supervising,
    ledger: Ledger,
    hours_done: int,
    *,
    days_ago: int = 3,
    function: str = "CF-1",
) -> str:
    day = TODAY - timedelta(days=days_ago)
    new = NewPractice(day, 60 * hours_done, function)
    return hours.enter_practice(chain.store, chain.ana, ledger, new, now=REAL).id


def meet(
    visitor: Visitor, cast: Cast, day: date, *, length: int = 1, mode: str = "in person"
) -> None:
    visitor.post(
        "/hours/meetings",
        {
            "day": day.isoformat(),
            "start": "09:00",
            "end": f"{9 + length:02}:00",
            "zone": "America/New_York",
            "group": "individual",
            "mode": mode,
            "supervisor": cast.cora.id,
        },
    )


@pytest.mark.parametrize(
    ("worked", "told"),
    [
        (9, None),
        (10, "Supervision is due Practicum"),
        (11, "Supervision is behind Practicum"),
    ],
)
@pytest.mark.usefixtures("ana")
def test_an_hour_that_is_due_is_told_from_the_minute_on(
    chain: Supervising,
    ledger: Ledger,
    cora: Visitor,
    cast: Cast,
    worked: int,
    told: str | None,
) -> None:
    work(chain, ledger, worked)

    found = needs(cora, cast, "behind")

    assert list(found) == ([] if told is None else ["Ana Reyes"])
    if told is not None:
        assert told in found["Ana Reyes"]
        assert "1 h of supervision is due" in found["Ana Reyes"]


def test_a_meeting_ends_the_line_and_its_button_leads_to_the_hours(
    chain: Supervising, ledger: Ledger, ana: Visitor, cora: Visitor, cast: Cast
) -> None:
    work(chain, ledger, 12)
    url = act(cora, cast, "Ana Reyes", "See hours")
    assert "1 h of supervision is due for the practice" in cora.text(url)

    meet(ana, cast, TODAY - timedelta(days=2))

    assert needs(cora, cast, "behind") == {}


def test_without_a_phase_or_after_it_nobody_is_behind(
    chain: Supervising, ledger: Ledger, ana: Visitor, cora: Visitor, cast: Cast
) -> None:
    work(chain, ledger, 20)
    assert needs(cora, cast, "behind")

    ana.post("/hours/phase", {"phase": NO_PHASE, "begins_on": TODAY.isoformat()})

    assert needs(cora, cast, "behind") == {}


def test_a_correction_counts_in_place_of_what_it_corrects(
    chain: Supervising, ledger: Ledger, ana: Visitor, cora: Visitor, cast: Cast
) -> None:
    chain.licence(kind="CCS", issued_on=TODAY - timedelta(days=90), expires_on=None)
    correct(chain, sign(chain, work(chain, ledger, 12)), minutes=60)

    assert needs(cora, cast, "behind") == {}
    assert practice_minutes(chain.store, [chain.ana.id], until=TODAY) == {chain.ana.id: 60}


def test_sums_by_day_stand_as_the_whole_ledger_does(
    chain: Supervising, ledger: Ledger, ana: Visitor, cast: Cast
) -> None:
    """Sums are read instead of lines so that a large team costs little; they must say the same."""
    for days_ago, done in ((3, 7), (5, 7), (9, 7)):
        work(chain, ledger, done, days_ago=days_ago)
    work(chain, ledger, 2, days_ago=3, function="CF-2")  # a second line of a day
    meet(ana, cast, TODAY - timedelta(days=4), length=2)
    meet(ana, cast, TODAY - timedelta(days=6), mode="live video")
    chain.licence(kind="CCS", issued_on=TODAY - timedelta(days=90), expires_on=None)
    correct(chain, sign(chain, work(chain, ledger, 5, days_ago=7)), minutes=60)
    correct(chain, sign(chain, work(chain, ledger, 4, days_ago=8)), is_void=True)
    taken_back = correct(chain, sign(chain, work(chain, ledger, 3, days_ago=10)), minutes=1)
    with chain.store.writing():
        assert chain.store.hours.take_back(taken_back, now=REAL)
    rule = next(
        phase
        for board in chain.library.boards.values()
        for phase in board.phases
        if phase.id == PHASE
    )
    (time,) = phase_times(chain.store.hours.phase_starts([chain.ana.id])[chain.ana.id])
    entries = [one.entry for one in chain.store.hours.of_people([chain.ana.id])]

    sums = hour_sums(chain.store, [chain.ana.id], since=time.begins_on)[chain.ana.id]
    ratio = ratio_in(time, rule, sums, today=TODAY)
    whole = stand_in(time, rule, expected(entries), today=TODAY)

    assert whole.practice == (3 * 7 + 2 + 1 + 3) * 60
    assert (ratio.asked, ratio.supervised) == (whole.asked, whole.supervised)
    assert (ratio.owed, ratio.left, ratio.due) == (whole.owed, whole.left, whole.due)


def sign(chain: Supervising, entry_id: str) -> str:
    boards = chain.library.boards
    return hours.sign(chain.store, chain.cora, boards, entry_id=entry_id, now=REAL).id


def correct(chain: Supervising, entry_id: str, **changes: object) -> str:
    found = chain.store.hours.find(entry_id)
    assert found is not None
    new_id = f"instead of {found.entry.day}"
    line = replace(
        *(found.entry,),
        id=new_id,
        amends=entry_id,
        reason="typed wrongly",
        supervisor=None,
        **changes,  # type: ignore[arg-type]
    )
    with chain.store.writing():
        chain.store.hours.add(line, by=chain.ana.id, now=REAL)
    return new_id
