from __future__ import annotations

from collections.abc import Callable

import pytest

from app.domain.problem import Problem
from app.domain.second_reading import BlindDecision, CaseReading
from app.library.blueprint_file import read_blueprint
from app.library.competency_file import read_framework
from app.library.review_file import read_second_reading
from app.library.source_file import read_sources
from tests.builders import SMALL_CONTENT

SOURCES = SMALL_CONTENT["content/sources.yaml"]
FRAMEWORK = SMALL_CONTENT["content/competencies/tap21.yaml"]
BLUEPRINT = SMALL_CONTENT["content/blueprints/small.yaml"]
GROUP = "  - {id: PD8, title: Ethics, kind: dimension}\n"
DOMAIN = "  - {code: AADC-4, title: Ethics, items: 2, sureness: third-party}\n"
NO_DECISIONS = "  - {case: other, decisions: []}\n"
BARE_CASE = "  - {case: lena-and-ruth, decisions: [{scene: hall, best: stay}]}\n"
READING = """\
format: 1
reader: Cora Lindqvist
date: 2026-11-21
method: Read stem and options without the key.
answers:
  - {item: consent-01, chosen: b}
  - {item: consent-02, chosen: a, note: Two options fit.}
"""

CASE_READING = """
format: 1
reader: Cora Lindqvist
date: 2026-11-21
method: Read scenes and choices without the ratings.
cases:
  - case: lena-and-ruth
    decisions:
      - {scene: call, best: ask, worst: tell, note: Two fit., done: One was changed.}
      - {scene: visit, best: listen}
"""


def test_sources_tell_what_a_key_may_rest_on() -> None:
    sources, problems = read_sources(SOURCES, path="content/sources.yaml")

    assert not problems
    assert sources is not None
    assert [(one.id, one.can_decide_a_key) for one in sources] == [
        ("part2-2.31", True),
        ("articles", False),
    ]


def test_a_framework_has_groups_and_competencies() -> None:
    framework, problems = read_framework(FRAMEWORK, path="content/competencies/tap21.yaml")

    assert not problems
    assert framework is not None
    assert framework.edition == "2006"
    assert framework.competencies[0].title == "Keeps confidences."
    assert framework.competencies[0].framework == "TAP21"


def test_a_blueprint_has_domains_and_forms() -> None:
    blueprint, problems = read_blueprint(BLUEPRINT, path="content/blueprints/small.yaml")

    assert not problems
    assert blueprint is not None
    assert blueprint.domains[0].code == "AADC-4"
    assert blueprint.shapes[0].domains == {"AADC-4": 2}
    assert blueprint.scale.ours is True


def test_a_second_reading_keeps_what_was_chosen() -> None:
    reading, problems = read_second_reading(READING, path="content/reviews/one.yaml")

    assert not problems
    assert reading is not None
    assert [(one.item_id, one.chosen) for one in reading.answers] == [
        ("consent-01", "b"),
        ("consent-02", "a"),
    ]


def test_a_second_reading_of_a_case_keeps_each_decision_and_what_was_done() -> None:
    reading, problems = read_second_reading(CASE_READING, path="content/reviews/one.yaml")

    assert not problems
    assert reading is not None
    assert reading.answers == ()
    assert reading.cases == (
        CaseReading(
            "lena-and-ruth",
            (
                BlindDecision("call", "ask", "tell", "Two fit.", "One was changed."),
                BlindDecision("visit", "listen"),
            ),
        ),
    )


@pytest.mark.parametrize(
    ("read", "text", "old", "new", "code"),
    [
        (read_sources, SOURCES, "id: articles", "id: part2-2.31", "SR401"),
        (read_sources, SOURCES, "kind: law", "kind: novel", "YF124"),
        (read_sources, SOURCES, "year: 2024", "year: soon", "YF123"),
        (read_sources, SOURCES, "mark: verified", "marc: verified", "YF121"),
        (read_framework, FRAMEWORK, "group: PD8", "group: PD9", "SR412"),
        (read_framework, FRAMEWORK, "kind: dimension}", "kind: dimension, parent: X}", "SR412"),
        (read_framework, FRAMEWORK, "groups:\n", f"groups:\n{GROUP}", "SR411"),
        (read_blueprint, BLUEPRINT, "items_total: 3", "items_total: 4", "SR421"),
        (read_blueprint, BLUEPRINT, "items: 2, sure", "items: 1, sure", "SR421"),
        (read_blueprint, BLUEPRINT, "{AADC-4: 2}", "{AADC-4: 1}", "SR421"),
        (read_blueprint, BLUEPRINT, "cut: 500", "cut: 900", "SR422"),
        (read_blueprint, BLUEPRINT, "domains:\n", f"domains:\n{DOMAIN}", "SR423"),
        (read_blueprint, BLUEPRINT, "{AADC-4: 2}", "{AADC-5: 2}", "SR424"),
        (read_blueprint, BLUEPRINT, "ours: true", "ours: yes", "YF123"),
        (read_second_reading, READING, "consent-02", "consent-01", "SR431"),
        (read_second_reading, READING, "2026-11-21", "2026-13-01", "YF126"),
        (read_second_reading, READING, "chosen: b", "choosen: b", "YF121"),
        (read_second_reading, READING, READING[READING.index("answers") :], "", "SR432"),
        (read_second_reading, CASE_READING, "scene: visit", "scene: call", "SR431"),
        (read_second_reading, CASE_READING, "cases:\n", f"cases:\n{BARE_CASE}", "SR431"),
        (read_second_reading, CASE_READING, "cases:\n", f"cases:\n{NO_DECISIONS}", "SR432"),
        (read_second_reading, CASE_READING, "best: listen", "bets: listen", "YF121"),
    ],
)  # fmt: skip
def test_a_fault_is_told(
    read: Callable[..., tuple[object, list[Problem]]], text: str, old: str, new: str, code: str
) -> None:
    value, problems = read(text.replace(old, new, 1), path="x.yaml")

    assert value is None
    assert code in [problem.code for problem in problems]
    assert all(problem.line and problem.advice for problem in problems)
