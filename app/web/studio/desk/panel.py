"""What stands beside a place of a draft: problems, what can be true there, and a play to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from app.domain.problem import Problem, Severity
from app.domain.trial_play import moves_for
from app.library.case_draft import CheckedDraft
from app.web.shared.filters import say_count
from app.web.shared.part_data import Cell, Way
from app.web.studio.desk.laid_out import Desk, place_of_problem
from app.web.studio.desk.pages import Panel, StateRow
from app.web.studio.desk.places import DraftPlace
from app.web.studio.desk.state_here import state_rows

TRIAL_SEED = 1
MOST_TOLD = 40  # problems of other places; the outline counts them all, place by place


def panel(desk: Desk, here: DraftPlace) -> Panel:
    """What the checker says, what can be true here, and how to play from here."""
    at_hand: list[Problem] = []
    elsewhere: list[tuple[Way, Problem]] = []
    for problem in desk.checked.problems:
        place = place_of_problem(desk, problem)
        if place is not None and place.id == here.id:
            at_hand.append(problem)
        else:
            target = place or desk.places[0]
            elsewhere.append((Way(target.title, desk.url(target.id)), problem))
    words, rows = _state(desk, here.scene_id)
    return Panel(
        summary=_summary(desk.checked),
        here=tuple(at_hand),
        elsewhere=tuple(elsewhere[:MOST_TOLD]),
        elsewhere_count=len(elsewhere),
        state_words=words,
        state=rows,
        play=_play(desk, here.scene_id),
    )


def _state(desk: Desk, scene_id: str) -> tuple[str, tuple[StateRow, ...]]:
    exploration = desk.checked.exploration
    if not scene_id or exploration is None:
        return "", ()
    if not exploration.is_proven:
        return "Not proven: there are too many combinations of values to follow.", ()
    count = exploration.states_in(scene_id)
    if not count:
        return "No play comes to this scene.", ()

    def play_url(choices: Sequence[str]) -> str:
        scenario = exploration.scenario
        return desk.trial_url(moves_for(scenario, choices, seed=TRIAL_SEED, to=scene_id))

    return f"{say_count(count, 'state')} can be met here.", state_rows(
        exploration, scene_id, play_url
    )


def _play(desk: Desk, scene_id: str) -> Way | None:
    scenario, exploration = desk.checked.scenario, desk.checked.exploration
    if scenario is None or exploration is None:
        return None
    if not scene_id or not exploration.states_in(scene_id):
        return Way("Play from the start", desk.trial_url(()))
    choices = exploration.play_to(scene_id)
    return Way(
        "Play from here",
        desk.trial_url(moves_for(scenario, choices, seed=TRIAL_SEED, to=scene_id)),
    )


def _summary(checked: CheckedDraft) -> Cell:
    counts = Counter(problem.severity for problem in checked.problems)
    parts = [
        say_count(counts[severity], word)
        for severity, word in (
            (Severity.ERROR, "error"),
            (Severity.WARNING, "warning"),
            (Severity.INFO, "note"),
        )
        if counts[severity]
    ]
    state = "below" if counts[Severity.ERROR] else "ageing" if counts[Severity.WARNING] else "met"
    return Cell(", ".join(parts) or "No problems", state=state)
