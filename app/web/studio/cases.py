"""Puts cases on screen for trainers: the list, and each with everything behind it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from flask import url_for

from app.domain.case_review import ReviewStage, ReviewStand, may_review
from app.domain.person import Viewer
from app.domain.scenario import Block, Branch, Conditional, Prose, Scenario, Scene, Speech
from app.domain.scenario_declared import LEARNER, Consent
from app.library.library import Library
from app.services.case_reviews import stands, writers_of
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
from app.web.studio.readers import moment, person_name, reader_words, stand_cell
from app.web.studio.wording import competency_facts, review_cell

ENDING_SIGNS = {"good": "met", "mixed": "ageing", "poor": "below", "stopped": "expired"}
WAITS = frozenset({ReviewStage.READY, ReviewStage.OUTDATED})


def cases_page(library: Library, checked: Checked, store: Store, viewer: Viewer) -> CasesPage:
    """Lists all cases, the drafts being written, and those that wait for this person's review."""
    drafts = store.case_drafts.all_open()
    standing = stands(store, drafts)
    waiting = [
        one
        for one in drafts
        if standing[one.id].stage in WAITS and may_review(viewer, writers_of(store, one))
    ]
    published = store.case_publications.newest()
    return CasesPage(
        rows=tuple(_row(one, checked, published.get(one.id)) for one in library.scenarios.values()),
        waiting=tuple(_waiting_row(library, one, standing[one.id]) for one in waiting),
        drafts=tuple(_draft_row(library, one, standing[one.id]) for one in drafts),
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
        published=tuple(_published_row(one) for one in store.case_publications.of_case(case.id)),
        folder_url=url_for("studio.folder_text", scenario_id=case.id)
        if any(one.code == "SC804" for one in checked.of_case(case))
        else "",
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


def _row(case: Scenario, checked: Checked, publication: Publication | None) -> Row:
    decisions = sum(bool(scene.scored_choices) for scene in case.scenes)
    size = (
        f"{say_count(len(case.scenes), 'scene')}, {say_count(decisions, 'decision')}, "
        f"{say_count(len(case.endings), 'ending')}"
    )
    reader = reader_words(publication, is_short=True) if publication else ""
    size = "; ".join(filter(None, (size, reader)))
    return (
        Cell(case.title, detail=size, url=url_for("studio.case", scenario_id=case.id)),
        f"{case.minutes} min",
        case.level or "–",
        review_cell(case.review),
        problem_cell(checked.of_case(case)),
    )


def _draft_row(library: Library, draft: StoredDraft, stand: ReviewStand) -> Row:
    serving = library.scenarios.get(draft.case_id)
    return (
        Cell(
            serving.title if serving else draft.case_id,
            detail="a new text of a case that serves" if serving else "not published yet",
            url=url_for("studio.desk", draft_id=draft.id),
        ),
        stand_cell(stand),
        person_name(draft.changed_by),
        moment(draft.changed_at),
    )


def _waiting_row(library: Library, draft: StoredDraft, stand: ReviewStand) -> Row:
    serving, last = library.scenarios.get(draft.case_id), stand.last
    return (
        Cell(
            serving.title if serving else draft.case_id,
            detail=last.note if last else "",
            url=url_for("studio.read_draft", draft_id=draft.id),
        ),
        stand_cell(stand),
        person_name(last.made_by) if last else "–",
        moment(last.made_at) if last else "–",
    )


def _published_row(one: Publication) -> Row:
    return (
        moment(one.published_at),
        person_name(one.published_by),
        reader_words(one) or "–",
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
