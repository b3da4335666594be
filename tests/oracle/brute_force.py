"""The same answers as scenario_states, found by playing every move of the run engine."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from app.domain.play_state import PlayState, bare_disclosures
from app.domain.run import (
    counted_rate,
    current_scene,
    go_on,
    is_open,
    start_run,
    take_choice,
)
from app.domain.scenario import Scenario
from app.domain.scenario_space import AxisKey

Key = tuple[object, ...]


@dataclass
class BruteForce:
    """Every state of a case, one at a time."""

    scenario: Scenario
    axes: tuple[AxisKey, ...]
    states: dict[Key, PlayState] = field(default_factory=dict)
    moves: dict[Key, list[tuple[Key, int]]] = field(default_factory=dict)
    bare: dict[tuple[str, int], int] = field(default_factory=dict)
    starts: list[Key] = field(default_factory=list)

    def key(self, state: PlayState) -> Key:
        return (state.scene, *(self._axis(state, key) for key in self.axes))

    def _axis(self, state: PlayState, key: AxisKey) -> object:
        kind, name = key
        match kind:
            case "state":
                return state.values[name]
            case "consent":
                return state.status_of(name)
            case "visited":
                return name in state.visited
            case "chose":
                return name in state.chosen
            case "rule":
                return name in state.fired
            case "decided":
                return name in state.decided
            case _:
                return state.is_breached

    def run(self) -> None:
        waiting: deque[PlayState] = deque()
        for seed in range(40):  # enough seeds to draw every word
            state = start_run(self.scenario, seed=seed)
            if self.key(state) not in self.states:
                self.starts.append(self.key(state))
                self.states[self.key(state)] = state
                waiting.append(state)
        while waiting:
            state = waiting.popleft()
            self.moves[self.key(state)] = []
            for after, points in self._moves(state):
                self.moves[self.key(state)].append((self.key(after), points))
                if self.key(after) not in self.states:
                    self.states[self.key(after)] = after
                    waiting.append(after)

    def _moves(self, state: PlayState) -> list[tuple[PlayState, int]]:
        if state.has_ended:
            return []
        scene = current_scene(self.scenario, state)
        if scene.go and not scene.choices:
            return [(go_on(self.scenario, state)[0], 0)]
        found = []
        for choice in scene.choices:
            if is_open(choice, state):
                for number in bare_disclosures(self.scenario, state, choice):
                    told = (choice.id, number)
                    self.bare[told] = self.bare.get(told, 0) + 1
                points = counted_rate(scene, state, choice) or 0
                found.append((take_choice(self.scenario, state, choice.id)[0], points))
        return found

    def in_scene(self, scene: str) -> set[Key]:
        return {key[1:] for key in self.states if key[0] == scene}

    def stuck(self) -> set[Key]:
        return {k for k, moves in self.moves.items() if not moves and not self._ended(k)}

    def _ended(self, key: Key) -> bool:
        return self.states[key].has_ended

    def endless(self) -> set[Key]:
        """States from which neither an ending nor a stuck state can be met."""
        stopping = {key for key, moves in self.moves.items() if not moves}
        grown = True
        while grown:
            more = {
                key
                for key, moves in self.moves.items()
                if key not in stopping and any(target in stopping for target, _ in moves)
            }
            stopping |= more
            grown = bool(more)
        return set(self.states) - stopping

    def totals(self) -> dict[str, tuple[int, int]]:
        """Lowest and highest totals at each ending, by letting better totals spread."""
        bounds: dict[str, tuple[int, int]] = {}
        for sign in (1, -1):
            best = dict.fromkeys(self.starts, 0)
            waiting = deque(self.starts)
            while waiting:
                key = waiting.popleft()
                for target, points in self.moves[key]:
                    total = best[key] + sign * points
                    if target not in best or best[target] < total:
                        best[target] = total
                        waiting.append(target)
            for key, total in best.items():
                if self._ended(key):
                    low, high = bounds.get(str(key[0]), (10**6, -(10**6)))
                    total *= sign
                    bounds[str(key[0])] = (min(low, total), max(high, total))
        return bounds
