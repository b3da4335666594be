"""Puts cases on screen for trainers: the list, and each with everything behind it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from flask import url_for

from app.domain.scenario import Block, Branch, Conditional, Prose, Scenario, Scene, Speech
from app.domain.scenario_declared import LEARNER, Consent
from app.library.library import Library
from app.web.shared.filters import say_count
from app.web.shared.part_data import Cell, Way
from app.web.shared.safe_html import block_html
from app.web.studio.case_pages import (
    CasePreviewPage,
    DebriefPreview,
    Line,
    Row,
    Stretch,
)
from app.web.studio.case_scenes import in_words, scene_preview
from app.web.studio.checked import Checked, case_folder, problem_cell
from app.web.studio.pages import CasesPage
from app.web.studio.wording import competency_facts, review_cell

ENDING_SIGNS = {"good": "met", "mixed": "ageing", "poor": "below", "stopped": "expired"}


def cases_page(library: Library, checked: Checked) -> CasesPage:
    """Lists all cases."""
    return CasesPage(tuple(_row(one, checked) for one in library.scenarios.values()))


def case_preview_page(library: Library, case: Scenario, checked: Checked) -> CasePreviewPage:
    """Shows a case from its brief to its trainer's notes."""
    return CasePreviewPage(
        title=case.title,
        back=Way("Cases", url_for("studio.cases")),
        paths_url=url_for("studio.paths", scenario_id=case.id),
        facts=_facts(case),
        competencies=competency_facts(library, case.competencies),
        brief=text_of(case.brief),
        cast=tuple(
            (one.name, f"{one.role}, {one.age}" if one.age else one.role) for one in case.cast
        ),
        scenes=tuple(scene_preview(case, one, text_of(one.blocks)) for one in case.scenes),
        endings=tuple(_ending_row(scene) for scene in case.endings),
        debrief=tuple(DebriefPreview(one.title, text_of(one.blocks)) for one in case.debrief),
        trainer_notes=block_html(case.trainer_notes),
        references=tuple(f"{one.id}: {one.citation}" for one in case.references),
        review=case.review,
        problems=checked.of_case(case),
    )


def text_of(blocks: Iterable[Block]) -> tuple[Stretch, ...]:
    """Lays a text out in stretches: what always shows, and what shows under a condition."""
    stretches: list[Stretch] = []
    for is_conditional, some in groupby(blocks, key=lambda one: isinstance(one, Conditional)):
        if not is_conditional:
            stretches.append(Stretch("", tuple(_lines(some))))
            continue
        for block in some:
            if isinstance(block, Conditional):
                stretches += [_branch(one) for one in block.branches]
    return tuple(stretches)


def _branch(branch: Branch) -> Stretch:
    when = f"if {branch.condition.text}" if branch.condition else "otherwise"
    return Stretch(when, tuple(_lines(branch.blocks)))


def _lines(blocks: Iterable[Block]) -> Iterator[Line]:
    for block in blocks:
        if isinstance(block, Speech):
            yield Line(block_html(block.text), block.name, block.speaker == LEARNER)
        elif isinstance(block, Prose):
            yield Line(block_html(block.text))


def _row(case: Scenario, checked: Checked) -> Row:
    decisions = sum(bool(scene.scored_choices) for scene in case.scenes)
    size = (
        f"{say_count(len(case.scenes), 'scene')}, {say_count(decisions, 'decision')}, "
        f"{say_count(len(case.endings), 'ending')}"
    )
    return (
        Cell(case.title, detail=size, url=url_for("studio.case", scenario_id=case.id)),
        f"{case.minutes} min",
        case.level or "–",
        review_cell(case.review),
        problem_cell(checked.of_case(case)),
    )


def _ending_row(scene: Scene) -> Row:
    kind = scene.ending.value if scene.ending else ""
    return (
        Cell(scene.title, url=f"#scene-{scene.id}"),
        Cell(kind, state=ENDING_SIGNS.get(kind, "open")),
    )


def _release_told(case: Scenario, release: Consent) -> str:
    giver, receiver = case.name_of(release.giver), case.name_of(release.receiver)
    return f"{giver} lets {receiver} hear {in_words(', '.join(release.covers))}"


def _facts(case: Scenario) -> tuple[tuple[str, str], ...]:
    tracked = "; ".join(one.label or one.name for one in case.state)
    releases = "; ".join(_release_told(case, one) for one in case.consents)
    facts = (
        ("Files", case_folder(case)),
        ("Version", str(case.version)),
        ("Length", f"{case.minutes} min"),
        ("Level", case.level),
        ("Feedback", str(case.feedback_time.value).replace("-", " ")),
        ("Keeps track of", tracked),
        ("Releases", releases),
        ("Walks", str(len(case.walks))),
        ("Author", case.author),
    )
    return tuple((what, value) for what, value in facts if value)
