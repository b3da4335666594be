"""Who is due an hour of supervision: told in the morning, by the same ledger as My hours."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from app.domain.hours import expected
from app.domain.supervision_ratio import Due, phase_times, stand_in
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


def work(chain: Supervising, ledger: Ledger, hours_done: int, *, days_ago: int = 3) -> str:
    day = TODAY - timedelta(days=days_ago)
    new = NewPractice(day, 60 * hours_done, "CF-1")
    return hours.enter_practice(chain.store, chain.ana, ledger, new, now=REAL).id


def meet(visitor: Visitor, cast: Cast, day: date, *, length: int = 1) -> None:
    visitor.post(
        "/hours/meetings",
        {
            "day": day.isoformat(),
            "start": "09:00",
            "end": f"{9 + length:02}:00",
            "zone": "America/New_York",
            "group": "individual",
            "mode": "in person",
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
    wrong = work(chain, ledger, 12)
    chain.licence(kind="CCS", issued_on=TODAY - timedelta(days=90), expires_on=None)
    hours.sign(chain.store, chain.cora, chain.library.boards, entry_id=wrong, now=REAL)
    entry = chain.store.hours.find(wrong)
    assert entry is not None
    with chain.store.writing():
        smaller = replace(entry.entry, id="smaller", minutes=60, amends=wrong, reason="typed twice")
        chain.store.hours.add(smaller, by=chain.ana.id, now=REAL)

    assert needs(cora, cast, "behind") == {}
    assert practice_minutes(chain.store, [chain.ana.id], until=TODAY) == {chain.ana.id: 60}


def test_sums_by_day_stand_as_the_whole_ledger_does(
    chain: Supervising, ledger: Ledger, ana: Visitor, cast: Cast
) -> None:
    """Sums are read instead of lines so that a large team costs little; they must say the same."""
    for days_ago in (3, 5, 9):
        work(chain, ledger, 7, days_ago=days_ago)
    meet(ana, cast, TODAY - timedelta(days=4), length=2)
    rule = next(
        phase
        for board in chain.library.boards.values()
        for phase in board.phases
        if phase.id == PHASE
    )
    (time,) = phase_times(chain.store.hours.phase_starts([chain.ana.id])[chain.ana.id])
    entries = [one.entry for one in chain.store.hours.of_people([chain.ana.id])]

    sums = hour_sums(chain.store, [chain.ana.id], since=time.begins_on)[chain.ana.id]
    whole = stand_in(time, rule, expected(entries), today=TODAY)

    assert len(sums) < len(entries) + 1
    assert sum(one.minutes for one in sums) == 23 * 60
    assert whole.due in (Due.COVERED, Due.SOON)
    assert (whole.practice, whole.supervised) == (21 * 60, 120)
