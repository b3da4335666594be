"""Route and page of a team's trend and gaps: how many people stand how, never who."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import request, url_for
from werkzeug.wrappers import Response

from app.domain.competency_state import PRESSING, CompetencyState
from app.domain.competency_trend import (
    HAVE,
    AreaTrend,
    area_trends,
    days_of_trend,
    may_be_told,
)
from app.library.library import Library
from app.services.competencies import DEFAULT_FRAMEWORK, framework_named, frameworks_of, judging
from app.services.competency_trend import states_on
from app.services.evidence import team_evidence
from app.storage.queries.team_pages import TeamView, open_team
from app.storage.store import Store
from app.web.shared.competency_cells import SHORT, SIGNS
from app.web.shared.content_keeper import current_library
from app.web.shared.filters import say_count, say_date
from app.web.shared.framework_words import (
    areas_of,
    asked_words,
    framework_choice,
    framework_query,
)
from app.web.shared.part_data import Cell, Header, Narrowing, Way
from app.web.shared.render import render_page
from app.web.shared.request_store import open_store, signed_in
from app.web.shared.site_days import site_today
from app.web.team.door import bp

HEIGHT = 120  # pixels of a column in which everybody stands
LEAST_FOR_WORDS = 18  # a lower piece has no room for its figure; the table has it
FROM_BELOW = (*HAVE, *(state for state in reversed(PRESSING) if state not in HAVE))
Row = tuple[str | Cell, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """The people of one state in a column. Units: pixels from the top; `words` may be empty."""

    state: str
    y: float
    height: float
    words: str


@dataclass(frozen=True, slots=True)
class Column:
    """One day of a chart. Units: `x` in percent of the drawing."""

    label: str
    x: float
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class AreaShown:
    """One area: its chart, today in words, and the same figures as a table."""

    title: str
    url: str
    gap: str
    today: tuple[Cell, ...]
    description: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class GapsPage:
    """A team's trend and gaps. Shape: `silent` says why nothing is told, or is empty."""

    team: str
    back: Way
    people: int
    silent: str
    action_url: str
    narrowings: tuple[Narrowing, ...]
    asking_url: str
    is_asked: bool
    areas: tuple[AreaShown, ...]
    headers: tuple[str | Header, ...]
    untold: tuple[tuple[str, str], ...]
    asked: str
    framework: str


@bp.get("/<cohort_id>/gaps")
def gaps(cohort_id: str) -> Response:
    store, viewer, today = open_store(), signed_in(), site_today()
    team = open_team(store, viewer, cohort_id)
    framework_id = request.args.get("framework", "") or DEFAULT_FRAMEWORK
    page = gaps_page(store, current_library(), team, framework_id, today=today)
    return render_page("team/competencies/gaps.html", page)


def gaps_page(
    store: Store, library: Library, team: TeamView, framework_id: str, *, today: date
) -> GapsPage:
    """Gathers a team. Cost: a dozen queries, however large the team and however many months.

    Raises: NotFound if there is no such framework.
    """
    frameworks = frameworks_of(store, library)
    framework = framework_named(frameworks, framework_id)
    by = judging(store, library, team, framework)
    days, trends, is_told = days_of_trend(today), [], may_be_told(len(team.members))
    if is_told and by.asked is not None:
        evidence = team_evidence(
            *(store, library, team, framework, tuple(frameworks.values())),
            today=today,
            in_brief=True,
        )
        areas = [(area, title, [one.code for one in m]) for area, title, m in areas_of(framework)]
        trends = area_trends(areas, states_on(team.members, by, evidence, days))
    query = framework_query(framework)
    return GapsPage(
        team=team.name,
        back=Way(team.name, url_for("team.team", cohort_id=team.id)),
        people=len(team.members),
        silent="" if is_told else _silence(len(team.members)),
        action_url=url_for("team.gaps", cohort_id=team.id),
        narrowings=(framework_choice(framework, frameworks.values()),),
        asking_url=url_for("team.asked_competencies", cohort_id=team.id, **query),
        is_asked=by.asked is not None,
        areas=tuple(_shown(team, one, days, query) for one in trends if one.counts),
        headers=("Day", *(Header(_title(state), is_figure=True) for state in FROM_BELOW)),
        untold=tuple((one.title, _untold(one)) for one in trends if not one.counts),
        asked=asked_words(by),
        framework=f"{framework.title}, {framework.edition}, version {framework.version}",
    )


def _silence(people: int) -> str:
    return (
        f"This team has {say_count(people, 'person', 'people')}. Figures are told from five on: "
        "in a smaller group everybody could tell who they are about."
    )


def _untold(area: AreaTrend) -> str:
    if not area.asked:
        return "asked of nobody"
    return "asked of fewer than five people, so no figures are told"


def _shown(
    team: TeamView, area: AreaTrend, days: Sequence[date], query: Mapping[str, Any]
) -> AreaShown:
    now_there = area.counts[-1]
    have = [sum(counts.get(state, 0) for state in HAVE) for counts in area.counts]
    described = "; ".join(
        f"{_day(day, days)}: {_in_words(counts)}"
        for day, counts in zip(days, area.counts, strict=True)
    )
    return AreaShown(
        title=area.title,
        url=url_for("team.competency_area", cohort_id=team.id, area=area.id, **query),
        gap=_gap_words(have, area.asked),
        today=tuple(
            Cell(f"{now_there[state]} {_title(state)}", state=SIGNS[state])
            for state in FROM_BELOW
            if now_there.get(state)
        ),
        description=described,
        columns=_columns(area, days),
        rows=tuple(
            (_day(day, days), *(str(counts.get(state, 0)) for state in FROM_BELOW))
            for day, counts in zip(days, area.counts, strict=True)
        ),
    )


def _gap_words(have: Sequence[int], asked: int) -> str:
    people, change = have[-1] or "none", have[-1] - have[0]
    then = f"{abs(change)} {'more' if change > 0 else 'fewer'} than" if change else "as many as"
    return f"All that is asked here is met by {people} of {asked} people, {then} six months ago."


def _columns(area: AreaTrend, days: Sequence[date]) -> tuple[Column, ...]:
    width = 100 / len(days)
    most = max(sum(counts.values()) for counts in area.counts)
    columns = []
    for place, (day, counts) in enumerate(zip(days, area.counts, strict=True)):
        floor, pieces = float(HEIGHT), []
        for state in FROM_BELOW:
            people = counts.get(state, 0)
            height = people * HEIGHT / most
            if people:
                floor -= height
                words = str(people) if height >= LEAST_FOR_WORDS else ""
                pieces.append(Piece(SIGNS[state], round(floor, 1), round(height, 1), words))
        label = "now" if day == days[-1] else f"{day:%b}"
        columns.append(Column(label, round(place * width, 2), tuple(pieces)))
    return tuple(columns)


def _day(day: date, days: Sequence[date]) -> str:
    return f"Today, {say_date(day)}" if day == days[-1] else say_date(day)


def _in_words(counts: Mapping[CompetencyState, int]) -> str:
    told = [f"{counts[state]} {_title(state)}" for state in FROM_BELOW if counts.get(state)]
    return ", ".join(told) or "nobody is asked"


def _title(state: CompetencyState) -> str:
    return "not enough evidence" if state is CompetencyState.OPEN else SHORT[state]
