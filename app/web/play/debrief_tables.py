"""What the debrief counts and lists: competencies, what was told to whom, values over time."""

from __future__ import annotations

from app.domain.debrief import Debrief, ShownVariable
from app.domain.lawful_ground import GROUNDS
from app.domain.play_state import PlayState
from app.domain.run import Replay
from app.domain.scenario import Scenario
from app.domain.scenario_vocabulary import ConsentStatus
from app.library.library import Library
from app.web.play.case_words import competency_title, plain_words
from app.web.play.debrief_decisions import anchor_of
from app.web.play.scene_view import value_in_words
from app.web.shared.charts import LineChart, line_chart
from app.web.shared.part_data import Cell

Row = tuple[str | Cell, ...]

STATUS_WORDS = {
    ConsentStatus.NONE: "not asked for",
    ConsentStatus.ASKED: "asked for",
    ConsentStatus.GIVEN: "given",
    ConsentStatus.REFUSED: "refused",
    ConsentStatus.REVOKED: "taken back",
}


NO_RECORD_TOLD = "Follow your program’s policy on what to write down."


def competency_rows(library: Library, debrief: Debrief) -> tuple[Row, ...]:
    """Met, reached and possible for each competency. Counts, never shares."""
    return tuple(
        (
            Cell(competency_title(library, one.code), detail=one.code),
            str(one.met),
            str(one.reached),
            str(one.possible),
        )
        for one in debrief.competencies
    )


def told_rows(scenario: Scenario, debrief: Debrief) -> tuple[Row, ...]:
    """What was told to whom, and what covered it."""
    rows: list[Row] = []
    for entry in debrief.disclosures:
        if entry.covered_by:
            release = consent_name(scenario, entry.covered_by)
            cover = Cell("covered", detail=release, state="met")
        elif entry.ground:
            cover = ground_cell(entry.ground)
        else:
            cover = Cell("not covered", detail=plain_words(entry.breach), state="below")
        where = Cell(_title(scenario, entry.scene), url=f"#{anchor_of(entry.step)}")
        rows.append((where, plain_words(entry.sentence), scenario.name_of(entry.person), cover))
    return tuple(rows)


def ground_cell(ground_id: str) -> Cell:
    """A lawful ground, with whom it lets hear what, and what has to be written down."""
    ground = GROUNDS[ground_id]
    record = ground.write_down or NO_RECORD_TOLD
    detail = f"{ground.title}, {ground.section}. {ground.bounds} {record}"
    return Cell("lawful", detail=detail, state="met")


def consent_rows(scenario: Scenario, debrief: Debrief, replay: Replay) -> tuple[Row, ...]:
    """How each release stood differently after a step."""
    rows: list[Row] = []
    for entry in debrief.consents:
        where = _title(scenario, replay.steps[entry.step].before.scene)
        name = consent_name(scenario, entry.consent)
        rows.append((Cell(where), name, STATUS_WORDS[entry.status]))
    return tuple(rows)


def consent_name(scenario: Scenario, consent_id: str) -> str:
    """A release as people call it: whose, and for whom."""
    consent = scenario.consent_by_id.get(consent_id)
    if consent is None:
        return consent_id
    giver, receiver = scenario.name_of(consent.giver), scenario.name_of(consent.receiver)
    return f"{giver}’s {consent.form} release for {receiver}"


def charts_of(scenario: Scenario, debrief: Debrief, replay: Replay) -> tuple[LineChart, ...]:
    """A line for each number that the case lets one see."""
    labels = ["Start", *(_after(scenario, step.before) for step in replay.steps)]
    charts = []
    for variable in debrief.variables:
        if _is_number(variable):
            points = [
                (label, float(value)) for label, value in zip(labels, variable.values, strict=True)
            ]
            low, high = variable.low, variable.high
            title = f"{variable.label}, {low} to {high}"
            charts.append(line_chart(title, points, low=low, high=high))
    return tuple(charts)


def changes_of(
    scenario: Scenario, debrief: Debrief, replay: Replay
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """How each word or flag that the case lets one see went on, as (label, lines)."""
    told = []
    for variable in debrief.variables:
        if _is_number(variable):
            continue
        words = [value_in_words(value, variable.low, variable.high) for value in variable.values]
        lines = [f"{words[0]} at the start"]
        lines += [
            f"{after} after “{_after(scenario, step.before)}”"
            for before, after, step in zip(words, words[1:], replay.steps, strict=False)
            if before != after
        ]
        told.append((variable.label, tuple(lines)))
    return tuple(told)


def _is_number(variable: ShownVariable) -> bool:
    return not any(isinstance(value, str | bool) for value in variable.values)


def _after(scenario: Scenario, before: PlayState) -> str:
    return _title(scenario, before.scene)


def _title(scenario: Scenario, scene_id: str) -> str:
    scene = scenario.scene(scene_id)
    return plain_words(scene.title) if scene else scene_id
