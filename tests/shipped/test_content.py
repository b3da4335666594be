"""Every lesson, question, blueprint, framework and source that ships passes the checker."""

from __future__ import annotations

import json
from itertools import pairwise
from random import Random

import pytest

from app.domain.competency_exchange import to_package
from app.domain.competency_import import from_package
from app.domain.cue_guesser import cue_guesser
from app.domain.exam_form import FormWish, assemble_form, mock_pool, repeats_too_much
from app.domain.framework_view import outline_framework
from app.domain.lawful_ground import GROUNDS
from app.domain.problem import Problem, Severity
from app.domain.second_reading import case_agreement
from app.library.content_check import check_library
from app.library.library import Library, read_library
from app.library.places import find_places
from tests.exam_builders import a_mock_item


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


def test_every_lawful_ground_rests_on_a_source_that_was_read(library: Library) -> None:
    for ground in GROUNDS.values():
        assert library.sources[ground.source].can_decide_a_key, ground.id


def test_no_key_rests_on_weak_sources_alone(library: Library) -> None:
    for item in library.items.values():
        assert any(library.sources[ref].can_decide_a_key for ref in item.refs), item.id


@pytest.mark.parametrize("outline", ["aadc", "adc"])
def test_every_exam_that_ships_is_data_and_can_be_put_together(
    library: Library, outline: str
) -> None:
    """With a bank that is large enough; the ADC's is not written yet, and needs no code."""
    blueprint = library.blueprints[outline]
    pool = [a_mock_item(n, one.code) for one in blueprint.domains for n in range(60)]

    for shape in blueprint.shapes:
        form = assemble_form(pool, FormWish(shape), enemies={}, random=Random(1))
        assert len(form.slots) == shape.items


def test_the_bank_fills_a_full_exam_and_a_fresh_half_one_after_it(library: Library) -> None:
    pool = mock_pool(library.items.values())
    shapes = {shape.id: shape for shape in library.blueprints["aadc"].shapes}

    full = assemble_form(pool, FormWish(shapes["full"]), enemies=library.enemies, random=Random(1))
    met = [frozenset(slot.item_id for slot in full.slots)]
    half = assemble_form(
        pool, FormWish(shapes["half"], recent=met), enemies=library.enemies, random=Random(2)
    )

    assert len(full.slots) == 150
    assert len(half.slots) == 75
    assert not repeats_too_much(half.most_repeated, len(half.slots))


def test_the_mock_pool_is_large_and_asks_for_more_than_recall(library: Library) -> None:
    pool = mock_pool(library.items.values())

    assert len(pool) >= 230
    assert sum(item.level != "recall" for item in pool) >= 0.6 * len(pool)
    assert sum(item.status == "pretest" for item in pool) >= 25


def test_no_cue_helps_a_guesser_with_the_mock_pool(library: Library) -> None:
    """Length, hedging, overlap, position and the rest: chance and five points at most."""
    report = cue_guesser(mock_pool(library.items.values()))

    told = {cue.cue: round(cue.share_right, 3) for cue in report.cues}
    assert {cue: share for cue, share in told.items() if share > report.chance + 0.05} == {}


def test_second_readers_agreed_with_every_key_of_the_mock_pool(library: Library) -> None:
    read = {
        answer.item_id: answer.chosen
        for reading in library.second_readings
        for answer in reading.answers
    }

    for item in mock_pool(library.items.values()):
        assert read.get(item.id) in item.key, item.id


def test_second_readers_of_cases_agree_or_it_says_what_was_done(library: Library) -> None:
    readings = [case for reading in library.second_readings for case in reading.cases]

    assert readings
    for case in readings:
        found = case_agreement(case, library.scenarios[case.case_id])
        assert found.unknown == ()
        assert [one.scene_id for one in found.disagreements if not (one.note and one.done)] == []


def test_the_board_rules_are_those_that_were_read(library: Library) -> None:
    board = library.boards["ncasppb"]
    phases = {phase.id: phase.editions[-1] for phase in board.phases}
    renewals = {one.kind: one.editions[-1] for one in board.renewals}

    assert {name: one.minutes_per_supervised for name, one in phases.items()} == {
        "nc-practicum": 10,
        "nc-lcas-a": 40,
        "nc-cadc-experience": 40,
        "nc-cadc-ongoing": 40,
        "nc-csi": 80,
    }
    practicum = phases["nc-practicum"]
    assert (practicum.practice_minutes, practicum.function_minutes) == (300 * 60, 10 * 60)
    assert len(board.functions) == 12
    assert {kind: one.minutes // 60 for kind, one in renewals.items()} == {
        "LCAS": 40,
        "CADC": 60,
        "CPS": 60,
        "CCS": 15,
        "CCJP": 60,
    }
    licence = renewals["LCAS"]
    assert [topic.minutes for topic in licence.topics] == [180, 180, 180]
    assert licence.specific_minutes == 30 * 60
    assert {way.id: (way.most_percent, way.minutes_for_one) for way in licence.ways} == {
        "in-service": (25, 1),
        "received-supervision": (25, 2),
        "presenting": (25, 1),
        "independent-study": (50, 1),
    }


def test_every_framework_leaves_and_comes_back_as_it_was(library: Library) -> None:
    outlines = [
        outline_framework(blueprint, tuple(library.frameworks.values()))
        for blueprint in library.blueprints.values()
    ]

    for framework in (*library.frameworks.values(), *outlines):
        assert from_package(json.dumps(to_package(framework))) == (framework, []), framework.id


def test_every_framework_has_a_scale_with_evidence_rules(library: Library) -> None:
    for framework in library.frameworks.values():
        assert framework.scale in library.supervision.scales, framework.id
        assert library.supervision.evidence_of(framework) is not None, framework.id


def test_the_frameworks_hold_what_their_sources_count(library: Library) -> None:
    groups = {key: len(one.top_groups) for key, one in library.frameworks.items()}
    sizes = {key: len(one.competencies) for key, one in library.frameworks.items()}

    assert (groups["TAP21"], sizes["TAP21"]) == (12, 123)
    assert sizes["CF"] == 12
    assert (groups["TAP21A"], sizes["TAP21A"]) == (2, 10)


def test_a_level_takes_no_less_evidence_than_the_one_below_it(library: Library) -> None:
    for rules in library.supervision.evidence.values():
        for lower, higher in pairwise(rules.levels):
            assert lower.observations <= higher.observations
            assert lower.dates <= higher.dates
            assert lower.raters <= higher.raters
