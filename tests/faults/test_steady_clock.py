"""The app's clock does not follow a jump of the system clock while its process lives."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta

import pytest

from app.web.shared import clock
from app.web.shared.clock import SteadyClock
from tests.faults.machine_clock import MachineClock

HOUR = timedelta(hours=1)
A_MOMENT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def machine() -> MachineClock:
    return MachineClock(A_MOMENT)


@pytest.fixture
def steady(machine: MachineClock) -> SteadyClock:
    return SteadyClock(machine.wall, machine.counter)


def test_it_runs_with_the_system_clock(machine: MachineClock, steady: SteadyClock) -> None:
    machine.pass_time(HOUR)

    assert steady.now() == A_MOMENT + HOUR


@pytest.mark.parametrize("seconds", [-3600, -60, -2.5, 2.5, 60, 3600, 86_400])
def test_a_jump_is_not_followed(machine: MachineClock, steady: SteadyClock, seconds: float) -> None:
    machine.jump(timedelta(seconds=seconds))
    machine.pass_time(HOUR)

    assert steady.now() == A_MOMENT + HOUR


@pytest.mark.parametrize("seconds", [-2, -0.4, 0.4, 2])
def test_a_small_correction_is_taken_over(
    machine: MachineClock, steady: SteadyClock, seconds: float
) -> None:
    machine.jump(timedelta(seconds=seconds))

    assert steady.now() == A_MOMENT + timedelta(seconds=seconds)


def test_a_clock_that_is_slowly_corrected_is_followed_all_the_way(
    machine: MachineClock, steady: SteadyClock
) -> None:
    for _ in range(60):
        machine.pass_time(timedelta(minutes=1))
        machine.jump(timedelta(seconds=0.5))
        steady.now()

    assert steady.now() == machine.wall() == A_MOMENT + timedelta(hours=1, seconds=30)


def test_a_jump_is_logged_once(
    machine: MachineClock, steady: SteadyClock, caplog: pytest.LogCaptureFixture
) -> None:
    machine.jump(HOUR)

    with caplog.at_level(logging.WARNING, logger="waymark"):
        for _ in range(5):
            steady.now()

    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert "+3600 seconds" in caplog.text


def test_a_second_jump_is_logged_too_and_one_back_is_the_end_of_it(
    machine: MachineClock, steady: SteadyClock, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING, logger="waymark"):
        for jump in (HOUR, HOUR, -2 * HOUR, HOUR):
            machine.jump(jump)
            steady.now()

    assert [r.args for r in caplog.records] == [(3600.0,), (7200.0,), (3600.0,)]


def test_after_a_restart_the_system_clock_counts(machine: MachineClock) -> None:
    machine.jump(HOUR)

    assert SteadyClock(machine.wall, machine.counter).now() == A_MOMENT + HOUR


def test_the_app_s_clock_is_utc_and_close_to_the_system_s() -> None:
    told = clock.now()

    assert told.tzinfo is UTC
    assert abs(told - datetime.now(UTC)) < timedelta(minutes=1)
