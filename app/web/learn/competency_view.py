"""Puts one's own competencies on screen: what a supervisor sees, and what only oneself sees."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask import url_for

from app.domain.competency import CompetencyFramework
from app.domain.competency_state import CompetencyStanding, counted_evidence, group_standing
from app.domain.errors import NotFound
from app.domain.evidence import Evidence, EvidenceKind
from app.domain.person import Viewer
from app.library.library import Library
from app.services.competencies import (
    DEFAULT_FRAMEWORK,
    Judging,
    frameworks_of,
    judging,
    standings_of,
)
from app.services.evidence import EvidenceByPlace, own_evidence, own_teams
from app.storage.store import Store
from app.web.learn.pages import CompetenciesPage, CompetencyAreaPage
from app.web.shared.competency_cells import (
    EVIDENCE_HEADERS,
    KEY,
    PASSED_ON_HEADERS,
    CompetencyBlock,
    Row,
    competency_block,
    group_cell,
    is_told_alone,
    passed_on_row,
)
from app.web.shared.filters import say_count
from app.web.shared.framework_words import areas_of, framework_choice, framework_query
from app.web.shared.looks_view import who_opened_mine
from app.web.shared.part_data import Cell, Way


@dataclass(frozen=True, slots=True)
class OwnInFramework:
    """One's own evidence and standings in one framework."""

    viewer: Viewer
    by: Judging
    frameworks: Mapping[str, CompetencyFramework]
    evidence: EvidenceByPlace
    standings: Mapping[str, CompetencyStanding]
    today: date


def own_in_framework(
    store: Store, library: Library, viewer: Viewer, framework_id: str, *, today: date
) -> OwnInFramework:
    """Gathers where somebody stands themselves. Cost: replays each case they ended.

    Raises: NotFound if there is no such framework or they are in no team.
    """
    frameworks = frameworks_of(store, library)
    framework = frameworks.get(framework_id or DEFAULT_FRAMEWORK)
    teams = own_teams(store, viewer)
    if framework is None or not teams:
        raise NotFound("framework-not-found", "There is no such framework for you.")
    by = judging(store, library, teams[0], framework)
    others = tuple(frameworks.values())
    evidence = own_evidence(store, library, viewer, framework, others, today=today)
    standings = standings_of(teams[0].members[0], by, evidence, on=today)
    return OwnInFramework(viewer, by, frameworks, evidence, standings, today)


def competencies_page(store: Store, found: OwnInFramework) -> CompetenciesPage:
    """Shows the areas of a framework, one line each, and who has looked."""
    framework = found.by.framework
    rows: list[Row] = []
    for area, title, members in areas_of(framework):
        group = group_standing(found.standings[one.code].state for one in members)
        count = sum(len(found.evidence.get((found.viewer.id, one.code), ())) for one in members)
        url = _url(found, "learn.competency_area", area)
        words = f"{group.met} of {group.required} met" if group.required else "–"
        state = str(group.state)
        cell = Cell(state, state=group_cell(group, url=url).state)
        rows.append((Cell(title, url=url), cell, words, say_count(count, "row")))
    return CompetenciesPage(
        narrowings=(framework_choice(framework, found.frameworks.values()),),
        action_url=url_for("learn.competencies"),
        headers=("Area", "Where you stand", "Asked of you", "Evidence"),
        rows=tuple(rows),
        key=KEY,
        framework=f"{framework.title}, {framework.edition}, version {framework.version}",
        is_asked=found.by.asked is not None,
        looks=who_opened_mine(store, found.viewer, "competencies", today=found.today),
    )


def competency_area_page(found: OwnInFramework, area: str, library: Library) -> CompetencyAreaPage:
    """Shows every row of one area. Raises: NotFound if there is no such area."""
    title, members = next(
        ((t, m) for name, t, m in areas_of(found.by.framework) if name == area), ("", ())
    )
    if not members:
        raise NotFound("area-not-found", "There is no such area in this framework.")
    blocks: list[CompetencyBlock] = []
    passed_on: list[Row] = []
    empty: list[tuple[str, str]] = []
    for one in members:
        rows = found.evidence.get((found.viewer.id, one.code), [])
        standing = found.standings[one.code]
        if is_told_alone(standing, rows):
            needed = found.by.of_role(found.viewer.person.credential).get(one.code)
            counted = counted_evidence(rows, needed, on=found.today) if needed else None
            blocks.append(
                competency_block(one, standing, rows, found.by, counted=counted, way=_way)
            )
        elif rows:
            passed_on += [passed_on_row(one, row, found.by) for row in rows]
        else:
            empty.append((f"{one.code}: {one.title}", str(standing.state)))
    source = library.sources.get(found.by.rules.source)
    return CompetencyAreaPage(
        title=title,
        back=Way("My competencies", _url(found, "learn.competencies")),
        headers=EVIDENCE_HEADERS,
        blocks=tuple(blocks),
        passed_on_headers=PASSED_ON_HEADERS,
        passed_on=tuple(passed_on),
        empty=tuple(empty),
        why=found.by.rules.why,
        source=source.title if source else "",
    )


def _way(row: Evidence) -> str:
    """Where a row of one's own comes from, as far as there is a page for it."""
    if row.kind in (EvidenceKind.CASE, EvidenceKind.REFLECTION):
        return url_for("play.debrief", run_id=row.source_id)
    if row.kind is EvidenceKind.MOCK:
        return url_for("exam.result", attempt_id=row.source_id)
    is_check = row.title == "Questions of a lesson"
    if row.kind is EvidenceKind.QUIZ and not is_check:
        return url_for("exam.report", attempt_id=row.source_id)
    return ""


def _url(found: OwnInFramework, endpoint: str, area: str = "") -> str:
    values = framework_query(found.by.framework)
    if area:
        values["area"] = area
    return url_for(endpoint, **values)
