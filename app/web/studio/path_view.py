"""Puts the paths through a case on screen: as widths on its map, and as tables.

Everything is worked out from the bands of the report; exact counts never come here.
"""

from __future__ import annotations

from flask import url_for

from app.domain.case_layout import CaseLayout, lay_out
from app.domain.path_report import ENOUGH_TO_RELATE, DecisionReport, OptionReport, PathReport
from app.domain.scenario import Scenario
from app.domain.small_counts import Band, Share
from app.web.shared.case_map import BACK, MARKED, PLAIN, CaseMap, case_map
from app.web.shared.map_scenes import THIN, Pair, WayOnMap, scene_words, whole_case
from app.web.shared.part_data import Cell, Way
from app.web.shared.safe_html import inline_html
from app.web.studio.case_scenes import RATINGS, UNRATED
from app.web.studio.path_pages import ChosenScene, DecisionPaths, PathsPage, Row

MAP = "paths"  # the id of the map on the page
WIDEST = 12.0  # pixels: a way that everybody took
FEW = "fewer than 5"
TOO_FEW = "too few to tell"
HELD_BACK = "held back, so that nobody can be made out"
VAGUE = 60  # percentage points; a share that can be anything says nothing
GOES_WITH, GOES_AGAINST = 0.2, -0.2


def paths_page(scenario: Scenario, report: PathReport, *, chosen: str = "") -> PathsPage:
    """Shows how a case is played; `chosen` names the scene whose ways are marked."""
    is_told = report.people is not None
    layout = lay_out(scenario)
    known = chosen if scenario.scene(chosen) else ""
    return PathsPage(
        title=inline_html(scenario.title).striptags(),
        back=Way("The case", url_for("studio.case", scenario_id=scenario.id)),
        facts=_facts(report),
        case_map=_map(scenario, layout, report, known) if is_told else None,
        chosen=_chosen(scenario, report, known) if is_told and known else None,
        stopped=band_words(report.stopped_in_all, "person", "people"),
        stopped_rows=tuple(
            (_title(scenario, scene), band_words(band)) for scene, band in report.stopped.items()
        ),
        decisions=tuple(_decision(scenario, one) for one in report.decisions if one.is_told),
        untold=tuple(_title(scenario, one.scene) for one in report.decisions if not one.is_told),
    )


def band_words(band: Band | None, one: str = "", many: str = "") -> str:
    """Says how many, as far as it may be said."""
    if band is None:
        return HELD_BACK
    if band.is_nobody:
        return "nobody"
    if band.is_few:
        return f"{FEW} {many}".strip()
    return f"{band.low} to {band.high} {many or one}".strip()


def share_words(share: Share | None) -> str:
    """Says a share with how sure one can be of it."""
    if share is None or share.high - share.low >= VAGUE:
        return TOO_FEW
    if share.low == share.high:
        return f"{share.low}%"
    return f"{share.low} to {share.high}%"


def seconds_words(seconds: int | None) -> str:
    """Says how long people take."""
    if seconds is None:
        return TOO_FEW
    if seconds < 120:
        return f"about {seconds} seconds"
    return f"about {seconds / 60:g} minutes" if seconds % 60 == 0 else _minutes(seconds)


def relation_words(relation: float | None) -> str:
    """Says what a correlation with the rest means."""
    if relation is None:
        return f"{TOO_FEW}; at least {ENOUGH_TO_RELATE} people, and different choices, are needed"
    told = f"{relation:+.1f}".replace("-", "−")
    if relation >= GOES_WITH:
        return f"{told}: who does well here tends to do well elsewhere"
    if relation <= GOES_AGAINST:
        return f"{told}: who does well here tends to do worse elsewhere; look at its ratings"
    return f"{told}: hardly goes with the other decisions"


def _minutes(seconds: int) -> str:
    return f"about {seconds // 60} minutes {seconds % 60} seconds"


def _title(scenario: Scenario, scene_id: str) -> str:
    scene = scenario.scene(scene_id)
    return scene_words(scene) if scene else scene_id


def _facts(report: PathReport) -> tuple[tuple[str, str], ...]:
    people = band_words(report.people, "person", "people") if report.people else f"{FEW} people"
    return (
        ("Have played it as it is now", people),
        ("Played an earlier wording first", band_words(report.earlier, "person", "people")),
        ("Later runs of the same people", band_words(report.later_runs)),
    )


def _map(scenario: Scenario, layout: CaseLayout, report: PathReport, chosen: str) -> CaseMap:
    notes = {scene: (band_words(band),) for scene, band in report.came.items()}

    def url_of(scene: str) -> str:
        return url_for(
            "studio.paths", scenario_id=scenario.id, scene=scene, _anchor=f"{MAP}-at-{scene}"
        )

    written = {(way.source, way.target) for way in layout.ways}
    # Where a rule leads is drawn when enough people were led there.
    drawn = {pair: band for pair, band in report.ways.items() if pair in written or not band.is_few}
    ways = {pair: _way(report, pair, band, chosen) for pair, band in drawn.items()}
    words = {
        MARKED: "ways from and to the chosen scene",
        PLAIN: "other ways",
        BACK: "leads back",
    }
    scenes = whole_case(scenario, url_of, notes)
    return case_map("Where people go", layout, scenes, ways=ways, current=chosen, key_words=words)


def _way(report: PathReport, pair: Pair, band: Band, chosen: str) -> WayOnMap:
    return WayOnMap(
        is_marked=bool(chosen) and chosen in pair,
        width=_width(band, report.people),
        words=band_words(band),
    )


def _width(band: Band, people: Band | None) -> float:
    """As wide as the share of people, by the middle of the bands; a few are a thin line."""
    if band.is_few or people is None:
        return THIN
    share = (band.low + band.high) / (people.low + people.high)
    return round(max(THIN * 2, min(share, 1) * WIDEST), 1)


def _chosen(scenario: Scenario, report: PathReport, chosen: str) -> ChosenScene:
    rows: list[Row] = [
        (_title(scenario, target), band_words(band))
        for (source, target), band in report.ways.items()
        if source == chosen
    ]
    url = url_for("studio.paths", scenario_id=scenario.id, _anchor=f"{MAP}-at-{chosen}")
    return ChosenScene(_title(scenario, chosen), tuple(rows), url)


def _decision(scenario: Scenario, one: DecisionReport) -> DecisionPaths:
    scene = scenario.scene_by_id[one.scene]
    title = scene_words(scene)
    nobody = sum(option.people is not None and option.people.is_nobody for option in one.options)
    facts = (
        ("Decided here", band_words(one.people, "person", "people")),
        ("Chose something acceptable or better", share_words(one.good)),
        ("Time to decide, median", seconds_words(one.seconds)),
        ("Goes with the rest", relation_words(one.relation)),
        ("Options nobody took", str(nobody) if nobody else ""),
    )
    return DecisionPaths(
        one.scene,
        title,
        tuple(pair for pair in facts if pair[1]),
        tuple(_option(scenario, one.scene, option) for option in one.options),
    )


def _option(scenario: Scenario, scene_id: str, option: OptionReport) -> Row:
    choice = scenario.scene_by_id[scene_id].choice(option.choice)
    label = inline_html(choice.label).striptags() if choice else option.choice
    rate = choice.rate if choice else None
    rating = UNRATED if rate is None else RATINGS.get(rate, UNRATED)
    people = band_words(option.people)
    told = Cell(people, state="none") if people == "nobody" else people
    return Cell(label), rating, told, share_words(option.share)
