from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.domain.board_rules import edition_on
from app.library.board_file import read_board
from app.library.library import read_library
from tests.builders import a_content_folder

PATH = "content/supervision/some-state.yaml"
TEXT = """\
format: 1
board: {id: some-board, title: Board of Some State, short_name: BSS}
functions: [TAP21-109]
phases:
  - id: practicum
    title: Practicum
    editions:
      - practice_hours_per_hour: 10
        practice_hours: 300
        hours_per_function: 10
        supervised_by: [CCS]
        live_video: false
        contract: true
        sources: [part2-2.31]
        sureness: older-text
        read_on: 2026-11-21
      - in_force_from: 2026-06-01
        practice_hours_per_hour: 40
        live_video: true
        contract: true
        sources: [part2-2.31]
        sureness: confirmed
        read_on: 2026-11-22
renewals:
  - kind: CCS
    title: Supervisor
    editions:
      - hours: 15
        years: 2
        topics: [{id: ethics, title: Ethics, hours: 3}]
        ways: [{id: supervision, title: Receiving supervision, most_percent: 25, hours_for_one: 2}]
        late_after_days: 30
        lapses_after_years: 5
        sources: [part2-2.31]
        sureness: confirmed
        read_on: 2026-11-21
"""


def test_rules_are_read_with_their_editions_and_grounds() -> None:
    board, problems = read_board(TEXT, path=PATH)

    assert not problems
    assert board is not None
    old, new = board.phases[0].editions
    assert (old.minutes_per_supervised, old.practice_minutes, old.function_minutes) == (
        *(10, 18_000, 600),
    )
    assert (new.minutes_per_supervised, new.practice_minutes, new.function_minutes) == (
        *(40, None, None),
    )
    assert new.in_force_from == date(2026, 6, 1)
    assert old.grounds.sureness == "older-text"
    renewal = board.renewals[0].editions[0]
    assert (renewal.minutes, renewal.topics[0].minutes, renewal.ways[0].minutes_for_one) == (
        *(900, 180, 2),
    )


@pytest.mark.parametrize(
    ("day", "ratio"),
    [
        (date(1990, 1, 1), 10),
        (date(2026, 5, 31), 10),
        (date(2026, 6, 1), 40),
        (date(2030, 1, 1), 40),
    ],
)
def test_hours_of_a_day_are_under_the_edition_of_that_day(day: date, ratio: int) -> None:
    board, _ = read_board(TEXT, path=PATH)

    assert board is not None
    assert edition_on(board.phases[0].editions, day).minutes_per_supervised == ratio


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("sureness: older-text", "sureness: sure", "YF124", 15),
        ("practice_hours_per_hour: 10", "practice_hours_per_hour: 0", "YF", 8),
        ("practice_hours_per_hour: 10", "practise_hours_per_hour: 10", "YF121", 8),
        ("read_on: 2026-11-21", "read_on: 2026-13-21", "YF126", 16),
        ("      - in_force_from: 2026-06-01\n        practice", "      - practice", "SR451", 17),
        ("sources: [part2-2.31]", "sources: []", "YF", 14),
        ("functions: [TAP21-109]", "functions: [TAP21-109, TAP21-109]", "SR452", 3),
        ("topics: [", "topics: [{id: ethics, title: Ethics, hours: 3}, ", "SR452", 30),
        ("hours_per_function: 10", "hours_per_function: 301", "SR453", 10),
        ("hours: 15", "hours: 2", "SR453", 28),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_its_line_and_advice(old: str, new: str, code: str, line: int) -> None:
    assert old in TEXT

    board, problems = read_board(TEXT.replace(old, new, 1), path=PATH)

    assert board is None
    told = [problem for problem in problems if problem.code.startswith(code)]
    assert told, problems
    assert line in [problem.line for problem in told], told
    assert all(problem.advice and problem.path == PATH for problem in told)


def codes(base: Path, **files: str) -> list[str]:
    changes = {f"content/supervision/{name}.yaml": text for name, text in files.items()}
    return [one.code for one in read_library(a_content_folder(base, changes)).problems]


def test_sound_rules_stand_in_the_library(tmp_path: Path) -> None:
    library = read_library(a_content_folder(tmp_path, {PATH: TEXT}))

    assert not library.problems
    assert list(library.boards) == ["some-board"]


def test_what_rules_name_must_be_there(tmp_path: Path) -> None:
    wrong = TEXT.replace("TAP21-109", "CF-1").replace("part2-2.31", "nowhere", 1)

    assert sorted(codes(tmp_path, one=wrong)) == ["XR503", "XR505"]


def test_two_boards_never_share_the_name_of_a_phase(tmp_path: Path) -> None:
    other = TEXT.replace("some-board", "other-board").replace("kind: CCS", "kind: CPS")

    assert codes(tmp_path, one=TEXT, two=other) == ["XR515"]


def test_rules_with_an_error_leave_the_last_good_ones_in_force(tmp_path: Path) -> None:
    places = a_content_folder(tmp_path, {PATH: TEXT.replace("format: 1", "format: 9")})

    library = read_library(places, last_good={PATH: TEXT})

    assert library.problems
    assert list(library.boards) == ["some-board"]
