"""Puts a team's competencies on screen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from flask import url_for

from app.domain.competency import Competency, CompetencyFramework
from app.domain.competency_state import (
    PRESSING,
    CompetencyStanding,
    CompetencyState,
    counted_evidence,
    group_standing,
)
from app.domain.errors import NotFound
from app.library.library import Library
from app.services.competencies import (
    DEFAULT_FRAMEWORK,
    Judging,
    frameworks_of,
    judging,
    standings_of,
)
from app.services.evidence import EvidenceByPlace, team_evidence
from app.storage.queries.team_pages import Member, TeamView
from app.storage.store import Store
from app.web.shared.competency_cells import (
    EVIDENCE_HEADERS,
    KEY,
    PASSED_ON_HEADERS,
    ROWS_KEY,
    CompetencyBlock,
    Row,
    competency_block,
    competency_cell,
    group_cell,
    is_told_alone,
    passed_on_row,
)
from app.web.shared.filters import may_break, say_count
from app.web.shared.framework_words import (
    WHOLE,
    areas_of,
    asked_words,
    framework_choice,
    framework_query,
)
from app.web.shared.narrowing import narrowing
from app.web.shared.part_data import Cell, Header, Way
from app.web.team.competencies.pages import MatrixPage, PersonAreaPage

URGENT = {state: place for place, state in enumerate((*PRESSING, CompetencyState.NOT_REQUIRED))}
ANY_TARGET = "-any-target-"
STATES = tuple((str(state), str(state)) for state in URGENT)


@dataclass(frozen=True, slots=True)
class TeamInFramework:
    """A team with its evidence in one framework, and what it is judged by."""

    team: TeamView
    by: Judging
    frameworks: Mapping[str, CompetencyFramework]
    evidence: EvidenceByPlace
    today: date

    def standings(
        self, member: Member, among: Iterable[Competency]
    ) -> dict[str, CompetencyStanding]:
        """Where somebody stands today with the competencies that a page shows, by code."""
        return standings_of(member, self.by, self.evidence, on=self.today, among=among)


def team_in_framework(
    store: Store,
    library: Library,
    team: TeamView,
    framework_id: str,
    *,
    today: date,
    in_brief: bool,
) -> TeamInFramework:
    """Gathers what is known of everybody in a team. Cost: a dozen queries, however large the team.

    Raises: NotFound if there is no such framework, or no rules for it.
    """
    frameworks = frameworks_of(store, library)
    framework = frameworks.get(framework_id or DEFAULT_FRAMEWORK)
    if framework is None:
        raise NotFound("framework-not-found", "There is no such framework.")
    by = judging(store, library, team, framework)
    evidence = team_evidence(
        store,
        library,
        team,
        framework,
        tuple(frameworks.values()),
        today=today,
        in_brief=in_brief,
    )
    return TeamInFramework(team, by, frameworks, evidence, today)


def matrix_page(found: TeamInFramework, asked: Mapping[str, str]) -> MatrixPage:
    """Shows people by the outermost groups of a framework."""
    framework = found.by.framework
    areas = areas_of(framework)
    headers = tuple(
        Header(may_break(title), url=_url(found, "team.competency_area", area=area))
        for area, title, _ in areas
    )
    lines = []
    for member in found.team.members:
        standings = found.standings(member, framework.competencies)
        groups = [group_standing(standings[one.code].state for one in m) for _, _, m in areas]
        url = _person_urls(found, member)
        cells = tuple(
            group_cell(group, url=url(area))
            for group, (area, _, _) in zip(groups, areas, strict=True)
        )
        states = [state for group in groups for state in group.counts]
        lines.append(_Line(member, tuple(group.state for group in groups), states, cells))
    sorts = [(area, title) for area, title, _ in areas]
    back = Way(found.team.name, url_for("team.team", cohort_id=found.team.id))
    return _page(found, asked, back=back, headers=headers, lines=lines, sorts=sorts)


def area_page(found: TeamInFramework, area: str, asked: Mapping[str, str]) -> MatrixPage:
    """Shows people by the competencies of one area. Raises: NotFound if there is no such area."""
    title, members = _area(found.by.framework, area)
    headers = tuple(Header(one.code, spoken=f"{one.code}: {one.title}") for one in members)
    lines = []
    for person in found.team.members:
        standings = tuple(found.standings(person, members).values())
        url = _person_urls(found, person)
        cells = tuple(
            competency_cell(standing, url=url(one.code))
            for standing, one in zip(standings, members, strict=True)
        )
        states = tuple(standing.state for standing in standings)
        lines.append(_Line(person, states, list(states), cells))
    back = Way("All areas", _url(found, "team.competencies"))
    sorts = [(one.code, f"{one.code}: {one.title}"[:70]) for one in members]
    page = _page(found, asked, back=back, headers=headers, lines=lines, sorts=sorts, area=area)
    columns = tuple((one.code, one.title) for one in members)
    return _titled(page, title, columns)


def person_area_page(
    found: TeamInFramework, member: Member, target: str, library: Library
) -> PersonAreaPage:
    """Shows every row behind a cell. `target` is an area or the code of one competency.

    Raises: NotFound if there is no such target.
    """
    framework, by = found.by.framework, found.by
    single = next((one for one in framework.competencies if one.code == target), None)
    area = (framework.top_of(single) or WHOLE) if single else target
    title, members = _area(framework, area)
    if single is not None:
        title, members = f"{single.code}: {single.title}", (single,)
    blocks: list[CompetencyBlock] = []
    passed_on: list[Row] = []
    empty: list[tuple[str, str]] = []
    standings = found.standings(member, members)
    for one in members:
        rows = found.evidence.get((member.id, one.code), [])
        standing = standings[one.code]
        if single is not None or is_told_alone(standing, rows):
            needed = by.of_role(member.credential).get(one.code)
            counted = counted_evidence(rows, needed, on=found.today) if needed else None
            blocks.append(
                competency_block(one, standing, rows, by, counted=counted, way=lambda _: "")
            )
        elif rows:
            passed_on += [passed_on_row(one, row, by) for row in rows]
        else:
            empty.append((f"{one.code}: {one.title}", str(standing.state)))
    way_back = "team.competency_area" if single else "team.competencies"
    return PersonAreaPage(
        full_name=member.full_name,
        credential=member.credential,
        title=title,
        back=Way("Back to the team", _url(found, way_back, **({"area": area} if single else {}))),
        headers=EVIDENCE_HEADERS,
        blocks=tuple(blocks),
        passed_on_headers=PASSED_ON_HEADERS,
        passed_on=tuple(passed_on),
        empty=tuple(empty),
        why=by.rules.why,
        source=library.sources[by.rules.source].title if by.rules.source in library.sources else "",
    )


@dataclass(frozen=True, slots=True)
class _Line:
    """One person's line before sorting. Shape: `states` by column; `any_of` for the filter."""

    member: Member
    states: tuple[CompetencyState, ...]
    any_of: list[CompetencyState]
    cells: tuple[Cell, ...]


def _page(
    found: TeamInFramework,
    asked: Mapping[str, str],
    *,
    back: Way,
    headers: tuple[Header, ...],
    lines: list[_Line],
    sorts: list[tuple[str, str]],
    area: str = "",
) -> MatrixPage:
    framework = found.by.framework
    choosable = (framework,) if area else found.frameworks.values()
    choices = (
        framework_choice(framework, choosable),
        narrowing("state", "Show people who have", STATES, asked=asked, everything="Any state"),
        narrowing("sort", "Sort by", sorts, asked=asked, everything="Name"),
    )
    endpoint = "team.competency_area" if area else "team.competencies"
    return MatrixPage(
        team=found.team.name,
        title="Competencies",
        lead="Who can do what, and what that rests on.",
        back=back,
        people=len(found.team.members),
        action_url=_url(found, endpoint, **({"area": area} if area else {})),
        narrowings=choices,
        headers=headers,
        rows=_sorted_rows(found, lines, choices[-2].chosen, choices[-1].chosen, sorts),
        columns=(),
        key=ROWS_KEY if area else KEY,
        asked=asked_words(found.by),
        asking_url=_url(found, "team.asked_competencies"),
        framework=f"{framework.title}, {framework.edition}, version {framework.version}",
        framework_note=framework.note,
    )


def _titled(page: MatrixPage, title: str, columns: tuple[tuple[str, str], ...]) -> MatrixPage:
    count = say_count(len(columns), "competency", "competencies")
    fields = {name: getattr(page, name) for name in page.__slots__}
    return MatrixPage(**{**fields, "title": title, "lead": f"{count}.", "columns": columns})


def _sorted_rows(
    found: TeamInFramework,
    lines: list[_Line],
    state: str,
    sort: str,
    sorts: list[tuple[str, str]],
) -> tuple[Row, ...]:
    kept = [line for line in lines if not state or state in map(str, line.any_of)]
    column = next((n for n, (name, _) in enumerate(sorts) if name == sort), None)
    if column is not None:
        kept.sort(key=lambda line: URGENT[line.states[column]])  # people stay by name inside
    return tuple((_person_cell(found, line.member), *line.cells) for line in kept)


def _person_cell(found: TeamInFramework, member: Member) -> Cell:
    url = url_for("team.member", cohort_id=found.team.id, person_id=member.id)
    return Cell(member.full_name, detail=member.credential, url=url)


def _area(framework: CompetencyFramework, area: str) -> tuple[str, tuple[Competency, ...]]:
    for name, title, members in areas_of(framework):
        if name == area:
            return title, members
    raise NotFound("area-not-found", "There is no such area in this framework.")


def _url(found: TeamInFramework, endpoint: str, **values: str) -> str:
    named = framework_query(found.by.framework)
    return url_for(endpoint, cohort_id=found.team.id, **{**values, **named})


def _person_urls(found: TeamInFramework, member: Member) -> Callable[[str], str]:
    # One is built for each person, and the others differ in one part: a matrix has thousands.
    one = _url(found, "team.person_competency", person_id=member.id, target=ANY_TARGET)
    before, _, after = one.partition(ANY_TARGET)
    return lambda target: f"{before}{quote(target, safe='')}{after}"
