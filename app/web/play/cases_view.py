"""Puts the list of cases and the brief of one on screen."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from flask import url_for

from app.domain.errors import NotFound
from app.domain.run import start_run
from app.domain.run_scene import brief_for_learner
from app.domain.scenario import Scenario
from app.library.library import Library
from app.storage.queries.play_pages import RunSummary
from app.web.play.case_words import (
    blocks_html,
    competencies_of,
    people_of,
    plain_words,
    your_part,
)
from app.web.play.pages import BriefPage, CaseLineOnScreen, CasesPage, EarlierRun
from app.web.shared.filters import say_count, say_short_day
from app.web.shared.site_days import site_day


def cases_page(library: Library, runs: Sequence[RunSummary]) -> CasesPage:
    """Gathers the cases. Shape: `runs` are one's own, newest first."""
    return CasesPage(
        tuple(
            _line(scenario, [run for run in runs if run.scenario_id == scenario.id])
            for scenario in library.scenarios.values()
        )
    )


def brief_page(
    library: Library,
    scenario: Scenario,
    runs: Sequence[RunSummary],
    asked: tuple[str, ...],
) -> BriefPage:
    """Gathers what one reads before a case. Raises: NotFound if it has no first scene."""
    own = [run for run in runs if run.scenario_id == scenario.id]
    resumed = next((run for run in own if run.is_open), None)
    return BriefPage(
        title=plain_words(scenario.title),
        kicker=_kicker(scenario),
        blocks=blocks_html(scenario, brief_for_learner(scenario, start_run(scenario, seed=0))),
        your_part=your_part(scenario),
        people=people_of(scenario),
        competencies=competencies_of(scenario, library),
        reviewed=scenario.review,
        runs=tuple(_earlier(scenario, run) for run in own),
        resume_url=_run_url(resumed) if resumed else "",
        start_url=url_for("play.start", scenario_id=scenario.id),
        request_key=secrets.token_urlsafe(12),
        asked=asked,
    )


def case_of(library: Library, scenario_id: str) -> Scenario:
    """Finds a case that can be played. Raises: NotFound for any other."""
    scenario = library.scenarios.get(scenario_id)
    if scenario is None:
        raise NotFound(
            "case-not-found", "There is no such case.", "Choose one from the list of cases."
        )
    return scenario


def ending_title(scenario: Scenario, ending: str | None) -> str:
    """The name of an ending that was met. An ending edited away is told as such."""
    scene = scenario.scene(ending) if ending else None
    return plain_words(scene.title) if scene else "an ending of an earlier wording"


def _line(scenario: Scenario, own: list[RunSummary]) -> CaseLineOnScreen:
    endings = {scene.id for scene in scenario.endings}
    resumed = next((run for run in own if run.is_open), None)
    return CaseLineOnScreen(
        title=plain_words(scenario.title),
        url=url_for("play.brief", scenario_id=scenario.id),
        minutes=scenario.minutes,
        level=scenario.level,
        endings_seen=len(endings.intersection(run.ending for run in own if run.ending)),
        endings_total=len(endings),
        resume_url=_run_url(resumed) if resumed else "",
        last_words=_last_words(scenario, own[0]) if own else "",
    )


def _last_words(scenario: Scenario, run: RunSummary) -> str:
    if run.ended_at is None:
        return f"Begun {say_short_day(site_day(run.started_at))}, {_steps_words(run)}"
    ending = ending_title(scenario, run.ending)
    return f"Last played {say_short_day(site_day(run.ended_at))}: “{ending}”"


def _earlier(scenario: Scenario, run: RunSummary) -> EarlierRun:
    return EarlierRun(
        url=_run_url(run),
        started=site_day(run.started_at),
        ending="" if run.is_open else ending_title(scenario, run.ending),
        is_open=run.is_open,
        words=_steps_words(run),
    )


def _steps_words(run: RunSummary) -> str:
    return f"{say_count(run.steps, 'step')} taken" if run.steps else "no step taken yet"


def _run_url(run: RunSummary) -> str:
    return url_for("play.run" if run.is_open else "play.debrief", run_id=run.id)


def _kicker(scenario: Scenario) -> str:
    words = ["Case", f"{scenario.minutes} min" if scenario.minutes else "", scenario.level]
    return " · ".join(word for word in words if word)
