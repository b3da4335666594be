"""What trainers may know of the paths through a case: bands of people, never a person.

Made of exact counts by small_counts; see there for what is held back and why. One time and one
correlation per decision are told besides, rounded, and only of enough people.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from statistics import median

from app.domain.case_layout import written_ways
from app.domain.path_counts import PathCounts, related
from app.domain.scenario import Scenario, Scene
from app.domain.scenario_graph import loops, written_edges
from app.domain.small_counts import (
    ENOUGH_FOR_NOBODY,
    LEAST,
    Band,
    Key,
    Line,
    Share,
    Sum,
    band_of,
    safe_bands,
    share_of,
)

ENOUGH_TO_RELATE = 30  # people; below, a correlation is mostly chance
GOOD_RATE = 2  # acceptable or better

Pair = tuple[str, str]
PEOPLE: Key = ("people",)
STOPPED: Key = ("stopped in all",)


@dataclass(frozen=True, slots=True)
class OptionReport:
    """How one option was taken. None: `people` and `share` are None when held back."""

    choice: str
    people: Band | None
    share: Share | None


@dataclass(frozen=True, slots=True)
class DecisionReport:
    """One decision, by the first pass of first runs; not told when fewer than five met it.

    Units: `good` is the share who chose something acceptable or better; `seconds` the median to
    decide; `relation` a correlation with the rest, to one decimal.
    None: each is None when too few people came to tell, or when it is held back.
    """

    scene: str
    people: Band | None
    is_told: bool
    options: tuple[OptionReport, ...]
    good: Share | None
    seconds: int | None
    relation: float | None


@dataclass(frozen=True, slots=True)
class PathReport:
    """How a case is played.

    Shape: everything is empty when fewer than five people have played it. Ways that are held
    back are missing. `stopped` holds scenes in which people stopped, in reading order.
    None: `people` is None when there are fewer than five.
    """

    people: Band | None
    earlier: Band
    later_runs: Band
    ways: Mapping[Pair, Band]
    came: Mapping[str, Band]
    stopped: Mapping[str, Band]
    stopped_in_all: Band | None
    decisions: tuple[DecisionReport, ...]


def report_paths(scenario: Scenario, counts: PathCounts, *, later_runs: int) -> PathReport:
    """Turns exact counts into what may be told."""
    earlier, later = band_of(counts.earlier), band_of(later_runs)
    if counts.people < LEAST:
        return PathReport(None, earlier, later, {}, {}, {}, None, ())
    numbers = dict(what_is_counted(scenario, counts))
    lines = list(what_adds_up(scenario, numbers))
    busy = {s for s, one in counts.scenes.items() if one.left >= ENOUGH_FOR_NOBODY}
    quiet = {s for s, one in counts.scenes.items() if one.left < LEAST}
    bands = safe_bands(
        numbers,
        lines,
        nobody=(key for key in numbers if _scene_of(key, "way", "chose") in busy),
        held_back=(key for key in numbers if _scene_of(key, "chose") in quiet),
    )
    return PathReport(
        people=bands.get(PEOPLE),
        earlier=earlier,
        later_runs=later,
        ways={(k[1], k[2]): band for k, band in bands.items() if k[0] == "way"},
        came={k[1]: band for k, band in bands.items() if k[0] == "came"},
        # A scene with a few is not named: to be in this list would say that there is one.
        stopped={k[1]: band for k, band in bands.items() if k[0] == "stopped" and not band.is_few},
        stopped_in_all=bands.get(STOPPED),
        decisions=tuple(
            _decision(scene, counts, bands) for scene in scenario.scenes if scene.scored_choices
        ),
    )


def _scene_of(key: Key, *kinds: str) -> str | None:
    return key[1] if key[0] in kinds else None


def what_is_counted(scenario: Scenario, counts: PathCounts) -> Iterator[tuple[Key, int]]:
    """Every count under its key."""
    yield PEOPLE, counts.people
    yield STOPPED, sum(one.stopped for one in counts.scenes.values())
    targets: dict[str, list[str]] = {}
    for source, target in written_ways(scenario):
        targets.setdefault(source, []).append(target)
    for scene in scenario.scene_by_id.values():
        one = counts.scenes[scene.id]
        yield ("came", scene.id), one.came
        yield ("left", scene.id), one.left
        yield ("stopped", scene.id), one.stopped
        for target in dict.fromkeys([*targets.get(scene.id, []), *one.went]):
            yield ("way", scene.id, target), one.went[target]
        for choice in scene.choices:
            yield ("chose", scene.id, choice.id), one.chose[choice.id]


def what_adds_up(scenario: Scenario, numbers: Iterable[Key]) -> Iterator[Line]:
    """What every reader knows to add up, from the text of the case."""
    ways = [key for key in numbers if key[0] == "way"]
    leaving: dict[str, list[Key]] = defaultdict(list)
    arriving: dict[str, list[Key]] = defaultdict(list)
    for key in ways:
        leaving[key[1]].append(key)
        arriving[key[2]].append(key)
    is_loopless = not loops(written_edges(scenario))
    yield Line(PEOPLE, (("came", scenario.start),))
    yield Line(STOPPED, tuple(("stopped", scene.id) for scene in scenario.scenes))
    ended = tuple(("came", scene.id) for scene in scenario.endings)
    yield Line(PEOPLE, (*ended, STOPPED), Sum.WITHIN)
    for scene in scenario.scene_by_id.values():
        came, left = ("came", scene.id), ("left", scene.id)
        yield Line(came, (left, ("stopped", scene.id)), Sum.WITHIN)
        yield Line(left, tuple(leaving[scene.id]))
        if scene.choices:
            yield Line(left, tuple(("chose", scene.id, choice.id) for choice in scene.choices))
        if is_loopless and scene.id != scenario.start:
            yield Line(came, tuple(arriving[scene.id]))
        else:
            yield from (Line(came, (key,), Sum.WITHIN) for key in arriving[scene.id])
    yield from _choice_lines(scenario, ways)


def _choice_lines(scenario: Scenario, ways: Iterable[Key]) -> Iterator[Line]:
    """Which choices make a way; a rule may take people elsewhere, or bring them."""
    by_rule = {rule.go for rule in scenario.rules}
    for key in ways:
        scene = scenario.scene_by_id[key[1]]
        leading = tuple(("chose", key[1], c.id) for c in scene.choices if c.target == key[2])
        if leading and key[2] not in by_rule:
            yield Line(key, leading, Sum.COVERED if by_rule else Sum.EXACT)


def _decision(scene: Scene, counts: PathCounts, bands: Mapping[Key, Band]) -> DecisionReport:
    one = counts.scenes[scene.id]
    taken = {choice.id: bands.get(("chose", scene.id, choice.id)) for choice in scene.choices}
    options = tuple(_option(choice.id, taken) for choice in scene.choices)
    if one.left < LEAST:
        return DecisionReport(scene.id, None, False, options, None, None, None)
    scored = [c for c in scene.scored_choices if taken[c.id] is not None]
    good = [taken[c.id] for c in scored if (c.rate or 0) >= GOOD_RATE]
    rest = [taken[c.id] for c in scored if (c.rate or 0) < GOOD_RATE]
    is_whole = len(scored) == len(scene.scored_choices)
    return DecisionReport(
        scene=scene.id,
        people=bands.get(("left", scene.id)),
        is_told=True,
        options=options,
        good=share_of(_told(good), _told(rest)) if is_whole else None,
        seconds=_rounded(median(one.seconds)) if len(one.seconds) >= LEAST else None,
        relation=_relation(scene, counts),
    )


def _option(choice: str, taken: Mapping[str, Band | None]) -> OptionReport:
    own, others = taken[choice], [band for other, band in taken.items() if other != choice]
    is_whole = own is not None and None not in others
    share = share_of(_told([own]), _told(others)) if is_whole else None
    return OptionReport(choice, own, share)


def _told(bands: Iterable[Band | None]) -> list[Band]:
    return [band for band in bands if band is not None]


def _relation(scene: Scene, counts: PathCounts) -> float | None:
    count, relation = related(counts.ratings, scene.id)
    if relation is None or count < ENOUGH_TO_RELATE:
        return None
    return round(relation, 1) + 0.0  # no minus before a zero


def _rounded(seconds: float) -> int:
    """Seconds as coarse as people would say them, so that they tell nobody's own time."""
    step = 5 if seconds < 60 else 15 if seconds < 600 else 60
    return max(step, round(seconds / step) * step)
