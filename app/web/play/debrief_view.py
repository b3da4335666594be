"""Puts the debrief of an ended run on screen."""

from __future__ import annotations

import secrets

from flask import url_for

from app.domain.debrief import Debrief, make_debrief
from app.domain.nearest_change import nearest_change
from app.domain.run import ACTIVITY, CHOICE, Replay
from app.domain.run_mode import RunMode
from app.domain.run_scene import shown_blocks
from app.domain.scenario import Scenario
from app.domain.scenario_vocabulary import EndingKind
from app.library.library import Library
from app.services.play import RunInPlay
from app.web.play.case_words import blocks_html, plain_words, some_html, sources_of
from app.web.play.debrief_decisions import (
    anchor_of,
    criticals_of,
    moments_of,
    speaking_words,
    sums_of,
)
from app.web.play.debrief_map import path_map
from app.web.play.debrief_pages import (
    ChangedDecision,
    DebriefPage,
    EndingOnScreen,
    OtherWay,
    WrittenPart,
)
from app.web.play.debrief_tables import (
    changes_of,
    charts_of,
    competency_rows,
    consent_rows,
    told_rows,
)
from app.web.play.scene_view import taken_step
from app.web.shared.filters import say_count
from app.web.shared.part_data import TrailStop
from app.web.shared.safe_html import inline_html

ENDINGS = {
    EndingKind.GOOD: ("met", "a good ending"),
    EndingKind.MIXED: ("ageing", "a mixed ending"),
    EndingKind.POOR: ("below", "a poor ending"),
    EndingKind.STOPPED: ("open", "broken off"),
}


def debrief_page(in_play: RunInPlay, library: Library, commitment: str) -> DebriefPage:
    """Gathers what there is to tell after a run; the wording is the one that was played."""
    scenario, replay = in_play.scenario, in_play.replay
    debrief = make_debrief(scenario, replay)
    known = library.scenarios.get(scenario.id)
    path = _path(debrief, replay)
    return DebriefPage(
        title=plain_words(scenario.title),
        ending=_ending(scenario, debrief, replay),
        path=path,
        path_map=path_map(scenario, debrief, [stop.url for stop in path]),
        sums=sums_of(debrief),
        criticals=criticals_of(debrief),
        moments=moments_of(scenario, debrief),
        competency_rows=competency_rows(library, debrief),
        speaking=speaking_words(debrief),
        told_rows=told_rows(scenario, debrief),
        consent_rows=consent_rows(scenario, debrief, replay),
        charts=charts_of(scenario, debrief, replay),
        changes=changes_of(scenario, debrief, replay),
        other_way=_other_way(scenario, debrief, replay),
        parts=_written(scenario, debrief),
        sources=sources_of(scenario, library),
        reviewed=scenario.review,
        is_revised=known is not None and known.fingerprint != in_play.run.revision,
        again_url=url_for("play.start", scenario_id=known.id) if known else "",
        again_key=secrets.token_urlsafe(12),
        brief_url=url_for("play.brief", scenario_id=known.id) if known else "",
        cases_url=url_for("play.cases"),
        commitment=commitment,
        commitment_url=url_for("play.commit_to", run_id=in_play.run.id),
        was_assessed=in_play.run.mode == RunMode.ASSESSED,
    )


def _ending(scenario: Scenario, debrief: Debrief, replay: Replay) -> EndingOnScreen:
    state, words = ENDINGS.get(debrief.ending or EndingKind.STOPPED, ("open", ""))
    scene = scenario.scene(debrief.ending_scene)
    blocks = shown_blocks(scenario, scene.blocks, replay.state) if scene else ()
    last = replay.steps[-1] if replay.steps else None
    return EndingOnScreen(
        title=plain_words(debrief.ending_title),
        state=state,
        words=words,
        blocks=blocks_html(scenario, blocks),
        last=taken_step(scenario, last) if last else None,
    )


def _path(debrief: Debrief, replay: Replay) -> tuple[TrailStop, ...]:
    """The scenes in the order met, each leading to what was done there."""
    critical = {one.step for one in debrief.criticals}
    stops = []
    for met in debrief.path:
        done = _done_there(replay, met.step)
        is_last = met.scene == debrief.ending_scene and done is None
        state = "here" if is_last else "below" if done in critical else "done"
        detail = "a critical error" if done in critical else ""
        if met.visit > 1:
            detail = f"for the {_ordinal(met.visit)} time"
        url = "#ending" if is_last else f"#{anchor_of(done)}" if done is not None else ""
        stops.append(TrailStop(plain_words(met.title), detail, state, url))
    return tuple(stops)


def _done_there(replay: Replay, arrived_after: int) -> int | None:
    """The step that is told about a visit: its choice, or else its task. None: neither."""
    found = None
    for number, step in enumerate(replay.steps[arrived_after:], start=arrived_after):
        if step.move.kind == CHOICE:
            return number
        if step.move.kind != ACTIVITY:
            return found
        found = number
    return found


def _ordinal(number: int) -> str:
    words = {2: "second", 3: "third", 4: "fourth", 5: "fifth"}
    return words.get(number, f"{number}th")


def _other_way(scenario: Scenario, debrief: Debrief, replay: Replay) -> OtherWay | None:
    nearest = nearest_change(scenario, replay, better_only=True)
    if nearest is None or not nearest.changes:
        return None
    first_met = {one.scene: one.step for one in reversed(debrief.decisions)}
    further = say_count(nearest.free_choices, "choice") if nearest.free_choices else ""
    return OtherWay(
        ending=plain_words(nearest.ending_title),
        words=ENDINGS[nearest.ending_kind][1],
        changes=tuple(
            ChangedDecision(
                anchor=anchor_of(first_met[one.scene]),
                title=plain_words(one.title),
                taken=inline_html(one.taken),
                instead=inline_html(one.instead),
                feedback=some_html(scenario, one.feedback),
            )
            for one in nearest.changes
        ),
        further=further,
    )


def _written(scenario: Scenario, debrief: Debrief) -> tuple[WrittenPart, ...]:
    parts = (
        WrittenPart(plain_words(one.title), blocks_html(scenario, one.blocks))
        for one in debrief.parts
    )
    return tuple(part for part in parts if part.blocks)
