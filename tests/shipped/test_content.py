"""Every lesson, question, blueprint, framework and source that ships passes the checker."""

from __future__ import annotations

import pytest

from app.domain.problem import Problem, Severity
from app.library.content_check import check_library
from app.library.library import Library, read_library
from app.library.places import find_places


@pytest.fixture(scope="module")
def library() -> Library:
    return read_library(find_places(None, None))


@pytest.fixture(scope="module")
def problems(library: Library) -> list[Problem]:
    return check_library(library)


def _told(problems: list[Problem]) -> list[str]:
    return [f"{one.place} {one.code} {one.message}" for one in problems]


def test_nothing_that_ships_has_an_error(problems: list[Problem]) -> None:
    assert _told([one for one in problems if one.severity is Severity.ERROR]) == []


def test_every_file_that_ships_serves(library: Library) -> None:
    assert library.quarantined == ()
    assert library.problems == ()


def test_no_question_gives_itself_away_by_its_wording(problems: list[Problem]) -> None:
    assert _told([one for one in problems if one.code.startswith("IW")]) == []


def test_every_lesson_asks_questions_of_its_own(library: Library) -> None:
    assert library.lessons
    for lesson_id in library.lessons:
        assert len(library.checks_of(lesson_id)) >= 2, lesson_id


def test_every_form_can_be_told_from_its_blueprint(library: Library) -> None:
    shapes = [shape for blueprint in library.blueprints.values() for shape in blueprint.shapes]

    assert {"full", "half", "quick"} <= {shape.id for shape in shapes}


def test_no_key_rests_on_weak_sources_alone(library: Library) -> None:
    for item in library.items.values():
        assert any(library.sources[ref].can_decide_a_key for ref in item.refs), item.id
