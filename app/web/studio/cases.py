"""Puts cases on screen for trainers: the list, and each with everything behind it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from flask import url_for

from app.domain.scenario import Block, Branch, Conditional, Prose, Scenario, Scene, Speech
from app.domain.scenario_declared import LEARNER, Consent
from app.library.library import Library
from app.storage.case_drafts import StoredDraft
from app.storage.case_publications import Publication
from app.storage.store import Store
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


def cases_page(library: Library, checked: Checked, store: Store) -> CasesPage:
    """Lists all cases, and the drafts being written."""
    return CasesPage(
        rows=tuple(_row(one, checked) for one in library.scenarios.values()),
        drafts=tuple(_draft_row(store, library, one) for one in store.case_drafts.all_open()),
        new_url=url_for("studio.new_case"),
    )


def case_preview_page(
    library: Library, case: Scenario, checked: Checked, store: Store
) -> CasePreviewPage:
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
        draft_url=url_for("studio.start_draft", scenario_id=case.id),
        export_url=url_for("studio.export_case", scenario_id=case.id),
        published=tuple(
            _published_row(store, one) for one in store.case_publications.of_case(case.id)
        ),
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


def _draft_row(store: Store, library: Library, draft: StoredDraft) -> Row:
    serving = library.scenarios.get(draft.case_id)
    writer = store.people.find(draft.changed_by)
    return (
        Cell(
            serving.title if serving else draft.case_id,
            detail="a new text of a case that serves" if serving else "not published yet",
            url=url_for("studio.desk", draft_id=draft.id),
        ),
        writer.full_name if writer else "–",
        f"{draft.changed_at:%Y-%m-%d %H:%M} UTC",
    )


def _published_row(store: Store, one: Publication) -> Row:
    writer = store.people.find(one.published_by)
    return (
        f"{one.published_at:%Y-%m-%d %H:%M} UTC",
        writer.full_name if writer else "–",
        Cell("; ".join(one.changes[:6]) or "–", detail=one.note),
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
