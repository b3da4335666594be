"""Running test walks: every step is a real move, and what it expects is compared with the run."""

from __future__ import annotations

import re
from collections.abc import Callable

from app.domain.competency_counts import CompetencyCount, competency_counts, decision_total
from app.domain.errors import DomainError
from app.domain.play_state import PlayState
from app.domain.run import (
    ACTIVITY,
    CHOICE,
    CONTINUE,
    Move,
    Replay,
    ReplayStep,
    is_open,
    is_waiting,
    legal_choices,
    play_move,
    start_run,
)
from app.domain.run_scene import shown_blocks
from app.domain.scenario import Scenario, Scene
from app.domain.scenario_walk import (
    AnswerStep,
    ExpectStep,
    GoStep,
    PickStep,
    SeeStep,
    Walk,
    WalkResult,
    WalkStep,
)

_SPACES = re.compile(r"\s+")
_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "*": None, "_": None})


class _DeviationError(Exception):
    """Something in the walk that the run does not do."""


def play_walk(scenario: Scenario, walk: Walk) -> WalkResult:
    """Plays a walk and compares what it expects. Shape: stops at the first illegal move."""
    try:
        player = _Player(scenario, walk.seed)
    except DomainError as error:
        return WalkResult(walk.name, ((walk.place.line, error.user_message),), (), None)
    faults: list[tuple[int, str]] = []
    for step in walk.steps:
        try:
            player.take(step)
        except _DeviationError as deviation:
            faults.append((step.line, str(deviation)))
        except DomainError as error:
            faults.append((step.line, error.user_message))
            break
    return player.result(walk, faults)


class _Player:
    """One walk under way."""

    def __init__(self, scenario: Scenario, seed: int) -> None:
        self.scenario = scenario
        self.start = start_run(scenario, seed=seed)
        self.steps: list[ReplayStep] = []

    @property
    def run(self) -> Replay:
        return Replay(self.start, tuple(self.steps))

    @property
    def state(self) -> PlayState:
        return self.steps[-1].after if self.steps else self.start

    @property
    def scene(self) -> Scene:
        return self.scenario.scene_by_id[self.state.scene]

    def take(self, step: WalkStep) -> None:
        match step:
            case PickStep(choice):
                self._go_on_until(lambda scene: scene.choice(choice) is not None)
                self._move(Move(self.scene.id, CHOICE, choice))
            case AnswerStep(_, answer):
                self._go_on_until(lambda scene: scene.activity is not None)
                self._move(Move(self.scene.id, ACTIVITY, answer=answer))
            case GoStep():
                self._move(Move(self.scene.id, CONTINUE))
            case SeeStep(scene_id, words):
                self._go_on_until(lambda scene: scene.id == scene_id)
                self._see(scene_id, words)
            case ExpectStep():
                self._expect(step)

    def result(self, walk: Walk, faults: list[tuple[int, str]]) -> WalkResult:
        moved = (step for step in self.steps if step.move.kind != ACTIVITY)
        return WalkResult(
            walk=walk.name,
            faults=tuple(faults),
            scenes=(self.start.scene, *(step.after.scene for step in moved)),
            ending=self.scene.id if self.state.has_ended else None,
            choices=tuple(s.move.choice_id for s in self.steps if s.move.kind == CHOICE),
        )

    def _move(self, move: Move) -> None:
        before = self.state
        after, outcome = play_move(self.scenario, before, move)
        self.steps.append(ReplayStep(move, before, after, outcome))

    def _go_on_until(self, arrived: Callable[[Scene], bool]) -> None:
        """Follows single ways on, which a walk need not spell out."""
        for _ in range(len(self.scenario.scenes)):
            scene = self.scene
            forced = scene.go and not scene.choices and not is_waiting(scene, self.state)
            if arrived(scene) or self.state.has_ended or not forced:
                return
            self._move(Move(scene.id, CONTINUE))

    def _see(self, scene_id: str, words: str) -> None:
        if self.state.scene != scene_id:
            raise _DeviationError(f"The run stands in “{self.state.scene}”, not in “{scene_id}”.")
        shown = shown_blocks(self.scenario, self.scene.blocks, self.state)
        if _plain(words) not in _plain(" ".join(block.text for block in shown)):
            raise _DeviationError(f"The words “{words}” are not shown here.")

    def _expect(self, step: ExpectStep) -> None:
        known: dict[str, Callable[[tuple[str, ...]], tuple[str, bool]]] = {
            "ending": self._ending,
            "at": lambda wanted: (self.state.scene, wanted == (self.state.scene,)),
            "open": self._openness("open"),
            "locked": self._openness("locked"),
            "hidden": self._openness("hidden"),
            "total": self._total,
            "score": lambda wanted: self._count(wanted, lambda c: (c.earned, c.best_on_offer)),
            "met": lambda wanted: self._count(wanted, lambda c: (c.met, c.reached)),
        }
        compare = known.get(step.subject) or self._value(step.subject)
        found, agrees = compare(step.wanted)
        if not agrees:
            told = " ".join((step.subject, *step.wanted))
            raise _DeviationError(f"The walk expects {told}; the run has {found}.")

    def _ending(self, wanted: tuple[str, ...]) -> tuple[str, bool]:
        self._go_on_until(lambda scene: scene.ending is not None)
        if self.state.ending is None:
            return f"not ended; it stands in “{self.state.scene}”", False
        found = f"{self.state.ending} ({self.state.scene})"
        return found, wanted[0] in {self.state.ending, self.state.scene}

    def _total(self, wanted: tuple[str, ...]) -> tuple[str, bool]:
        total = str(decision_total(self.scenario, self.run))
        return total, wanted == (total,)

    def _count(
        self, wanted: tuple[str, ...], numbers: Callable[[CompetencyCount], tuple[int, int]]
    ) -> tuple[str, bool]:
        for count in competency_counts(self.scenario, self.run):
            if count.code == wanted[0]:
                part, whole = numbers(count)
                return f"{part}/{whole}", wanted[1:] == (f"{part}/{whole}",)
        raise _DeviationError(f"The case declares no competency “{wanted[0]}”.")

    def _openness(self, state_wanted: str) -> Callable[[tuple[str, ...]], tuple[str, bool]]:
        def compare(wanted: tuple[str, ...]) -> tuple[str, bool]:
            offered = {c.id: c for c in legal_choices(self.scenario, self.state)}
            choice = self.scene.choice(wanted[0])
            if choice is None:
                raise _DeviationError(f"“{self.state.scene}” has no choice “{wanted[0]}”.")
            found = "hidden"
            if choice.id in offered:
                found = "open" if is_open(choice, self.state) else "locked"
            return found, found == state_wanted

        return compare

    def _value(self, name: str) -> Callable[[tuple[str, ...]], tuple[str, bool]]:
        value = self.state.value_of(name)
        if value is None and name not in self.scenario.consent_by_id:
            raise _DeviationError(f"There is nothing called “{name}” to expect.")
        found = self.state.status_of(name) if value is None else str(value).lower()
        return lambda wanted: (found, tuple(word.lower() for word in wanted) == (found.lower(),))


def _plain(text: str) -> str:
    return _SPACES.sub(" ", text.translate(_QUOTES)).strip()
