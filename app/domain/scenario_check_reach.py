"""Checks of what plays can reach: scenes, endings, dead ends, loops, and evidence on the way."""

from __future__ import annotations

from collections.abc import Iterator

from app.domain.competency_counts import shows_code
from app.domain.problem import Severity
from app.domain.scenario import Choice, Scenario, Scene
from app.domain.scenario_findings import Findings, listed, when_drawn
from app.domain.scenario_graph import loops, reachable, written_edges
from app.domain.scenario_machine import MoveSets
from app.domain.scenario_plays import FreeWays, play_again, play_round, play_toward, shortest_play
from app.domain.scenario_reach import Reach, locked_states
from app.domain.scenario_scores import find_few_decisions
from app.domain.scenario_states import Exploration
from app.domain.scenario_vocabulary import EndingKind

FEWEST_IN_A_PLAY = 3  # decisions; a shorter play teaches little
EXACT_LOOPS_UP_TO = 200  # choices in loops that are each followed to see whether they come back


def check_graph(exploration: Exploration, findings: Findings) -> None:
    """Looks at the bare graph, which needs no states: unreachable scenes and missing endings."""
    scenario = exploration.scenario
    linked = reachable(written_edges(scenario), scenario.start)
    for scene in scenario.scenes:
        if scene.id not in linked:
            findings.add("SC204", f"No way leads to “{scene.id}”.", scene.place)
    if not scenario.endings:
        message = "This case has no ending."
        findings.add("SC205", message, scenario.front_matter, severity=Severity.ERROR)
        return
    kinds = {scene.ending for scene in scenario.endings}
    missing = [kind for kind in (EndingKind.GOOD, EndingKind.POOR) if kind not in kinds]
    if missing:
        message = f"No ending is {' or '.join(missing)}."
        advice = "Let what learners do matter: write one that goes well and one that does not."
        findings.add("SC205", message, scenario.front_matter, advice=advice)


def check_reach(exploration: Exploration, findings: Findings) -> None:
    """Proves what plays can reach; every finding about a state comes with a play to it."""
    reach = exploration.reach
    if reach is None:
        return
    linked = reachable(written_edges(exploration.scenario), exploration.scenario.start)
    for scene in exploration.unreachable:
        if scene.id in linked:
            _tell_unreached(exploration, scene, findings)
    for stuck in exploration.stuck:
        scene = exploration.scenario.scene_by_id[stuck.scene]
        if scene.choices:
            locked = locked_states(reach, stuck.scene)
            drawn = when_drawn(reach, reach.start_of_play(stuck.scene, locked))
            message = f"In “{stuck.scene}” every choice can be locked{drawn}."
            findings.add("SC310", message, scene.place, witness=stuck.play)
    _check_endless(exploration, findings)
    _check_loops(exploration, reach, findings)
    _check_short_plays(exploration, reach, findings)
    _check_evidence(exploration, reach, findings)


def _tell_unreached(exploration: Exploration, scene: Scene, findings: Findings) -> None:
    play = play_toward(exploration, scene.id)
    if scene.ending is not None:
        message = f"No play comes to the ending “{scene.id}”, although a way is written."
        findings.add("SC205", message, scene.place, severity=Severity.ERROR, witness=play)
    else:
        message = f"No play comes to “{scene.id}”: the conditions on the way never hold."
        findings.add("SC204", message, scene.place, witness=play)


def _check_endless(exploration: Exploration, findings: Findings) -> None:
    """One finding for the whole loop, at the scene that is soonest in it."""
    if not exploration.endless:
        return
    first = min(exploration.endless, key=lambda found: len(found.play))
    others = [found.scene for found in exploration.endless if found.scene != first.scene]
    also = f" The same is true of {listed(others)}." if others else ""
    message = f"From “{first.scene}” a play can go on for ever without an ending.{also}"
    place = exploration.scenario.scene_by_id[first.scene].place
    findings.add("SC206", message, place, witness=first.play)


def _check_loops(exploration: Exploration, reach: Reach, findings: Findings) -> None:
    scenario = exploration.scenario
    free = _ways_that_change_nothing(scenario, reach)
    edges = {scene: {outcome.target for _, outcome in ways} for scene, ways in free.items()}
    for group in loops(edges):
        scenes = sorted(group, key=exploration.order.__getitem__)
        place = scenario.scene_by_id[scenes[0]].place
        message = f"A learner can go round {listed(scenes)} unchanged."
        findings.add("SC207", message, place, witness=play_round(reach, free, scenes[0]))
    in_loop = {s: n for n, group in enumerate(loops(reach.walked)) for s in group}
    repeated = [m for m in _scored_moves(reach) if _stays_in_loop(m, in_loop)]
    for move in repeated:
        exact = len(repeated) <= EXACT_LOOPS_UP_TO
        play = play_again(exploration, reach, move) if exact else ()
        if move.choice is None or (exact and not play):
            continue
        can = "can" if exact else "may"
        message = f"“{move.name}” is scored and {can} be taken again in the same play."
        findings.add("SC408", message, move.choice.place, witness=play)


def _ways_that_change_nothing(scenario: Scenario, reach: Reach) -> FreeWays:
    free: FreeWays = {scene.id: [] for scene in scenario.scenes}
    for move, taken in reach.taken():
        if not taken or _changes_something(move.choice):
            continue
        for outcome in move.outcomes:
            quiet = not outcome.rule and not reach.machine.enter[outcome.target]
            if quiet and reach.machine.forward(taken, outcome.steps):
                free[move.scene].append((move, outcome))
    return free


def _changes_something(choice: Choice | None) -> bool:
    if choice is None:
        return False
    return bool(choice.effects or choice.disclosures or choice.is_once or choice.is_again)


def _scored_moves(reach: Reach) -> Iterator[MoveSets]:
    for move, taken in reach.taken():
        if taken and move.choice is not None and move.is_scored and not move.choice.is_once:
            yield move


def _stays_in_loop(move: MoveSets, in_loop: dict[str, int]) -> bool:
    group = in_loop.get(move.scene)
    return group is not None and any(in_loop.get(o.target) == group for o in move.outcomes)


def _check_short_plays(exploration: Exploration, reach: Reach, findings: Findings) -> None:
    few = find_few_decisions(exploration.totals, below=FEWEST_IN_A_PLAY)
    for ending, count in few.items():
        told = f"after {count} scored decision{'s' if count != 1 else ''}"
        place = exploration.scenario.scene_by_id[ending].place
        play = shortest_play(exploration, reach, ending)
        message = f"A learner can reach “{ending}” {told}."
        findings.add("SC314", message, place, witness=play)


def _check_evidence(exploration: Exploration, reach: Reach, findings: Findings) -> None:
    """Ways without states are enough: an ending starved on the graph is starved in play."""
    scenario = exploration.scenario
    edges = reach.walked
    endings = [scene.id for scene in exploration.endings_reached]
    for code in scenario.competencies:
        fed: set[str] = set()
        for move, taken in reach.taken():
            if taken and _is_evidence(scenario.scene_by_id[move.scene], move.choice, code):
                for outcome in move.outcomes:
                    if outcome.target not in fed:
                        fed |= reachable(edges, outcome.target)
        starved = [ending for ending in endings if ending not in fed]
        if starved and len(starved) < len(endings):
            message = f"No play to {listed(starved)} shows “{code}”."
            play = exploration.play_to(starved[0])
            findings.add("SC409", message, scenario.scene_by_id[starved[0]].place, witness=play)


def _is_evidence(scene: Scene, choice: Choice | None, code: str) -> bool:
    if scene.activity is not None and code in {s.code for s in scene.activity.shows}:
        return True
    return choice is not None and shows_code(scene, choice, code)
