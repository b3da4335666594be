"""How many people went which way through a case, from the first run of each of them.

The counts are exact and for the rules only; what may be told of them is made by path_report.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from app.domain.errors import DomainError
from app.domain.run import ACTIVITY, CHOICE, Move, replay
from app.domain.scenario import Scenario

STOPPED_AFTER = timedelta(days=1)  # without a step; before that somebody may still be playing


@dataclass(frozen=True, slots=True)
class PlayedRun:
    """The first run of one person, without the person.

    Shape: `moves` pairs each stored move with when it was made, in order.
    None: `ending` is None while the run goes on.
    """

    seed: int
    started_at: datetime
    ending: str | None
    moves: tuple[tuple[Mapping[str, Any], datetime], ...] = ()

    @property
    def last_moment(self) -> datetime:
        """When something was last done in it."""
        return self.moves[-1][1] if self.moves else self.started_at


@dataclass(slots=True)
class SceneCount:
    """What people did in one scene, each the first time they left it.

    Shape: `went` counts by the scene gone to, `chose` by choice. Units: `seconds` from coming
    in, or from answering its task, to choosing.
    """

    came: int = 0
    stopped: int = 0
    went: Counter[str] = field(default_factory=Counter)
    chose: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)

    @property
    def left(self) -> int:
        """How many people went on from it."""
        return self.went.total()


@dataclass(slots=True)
class PathCounts:
    """A case as it was first played.

    Shape: `scenes` holds every scene of the case; `earlier` counts people whose first run does
    not fit today's text; `ratings` holds for each person the rating of each decision they met.
    """

    scenes: dict[str, SceneCount]
    people: int = 0
    earlier: int = 0
    ratings: list[dict[str, int]] = field(default_factory=list)


class _OtherWording(Exception):
    """A run does not fit the text as it is now."""


def count_paths(scenario: Scenario, runs: Iterable[PlayedRun], *, now: datetime) -> PathCounts:
    """Counts first runs that fit the text as it is now; the others are counted as earlier.

    A run fits when all its scenes and choices are there and lead where they led.
    """
    counts = PathCounts({scene.id: SceneCount() for scene in scenario.scenes})
    for run in runs:
        try:
            path = _Path(scenario, run)
        except (_OtherWording, DomainError, KeyError):
            counts.earlier += 1
        else:
            path.add_to(counts, now)
    return counts


def related(ratings: Sequence[Mapping[str, int]], scene: str) -> tuple[int, float | None]:
    """How the rating of one decision goes with the mean rating of all others.

    Units: the first number is how many people met both; the second is Pearson's correlation,
    from −1 to 1. None: one of the two never differs, so nothing can be said.
    """
    pairs = [
        (float(met[scene]), (sum(met.values()) - met[scene]) / (len(met) - 1))
        for met in ratings
        if scene in met and len(met) > 1
    ]
    count = len(pairs)
    if count < 2:
        return count, None
    own_mean = sum(own for own, _ in pairs) / count
    rest_mean = sum(rest for _, rest in pairs) / count
    spread = sum((own - own_mean) ** 2 for own, _ in pairs)
    rest_spread = sum((rest - rest_mean) ** 2 for _, rest in pairs)
    if spread < 1e-9 or rest_spread < 1e-9:
        return count, None
    together = sum((own - own_mean) * (rest - rest_mean) for own, rest in pairs)
    return count, together / (spread * rest_spread) ** 0.5


class _Path:
    """One run as the scenes it went through."""

    def __init__(self, scenario: Scenario, run: PlayedRun) -> None:
        self._scenario = scenario
        self._run = run
        self._moves = [Move.from_json(told) for told, _ in run.moves]
        self._by_rule = {rule.go for rule in scenario.rules}
        self._stands = self._where_it_stands()
        if self._came_to(-1) != scenario.start:
            raise _OtherWording
        for number, move in enumerate(self._moves):
            self._require(move, self._came_to(number))

    def add_to(self, counts: PathCounts, now: datetime) -> None:
        """Adds this person to the counts."""
        counts.people += 1
        for scene in {self._scenario.start, *(move.scene for move in self._moves), self._stands}:
            counts.scenes[scene].came += 1
        gone: set[str] = set()
        ratings: dict[str, int] = {}
        for number, move in enumerate(self._moves):
            if move.kind != ACTIVITY and move.scene not in gone:
                gone.add(move.scene)
                self._add_step(counts.scenes[move.scene], ratings, number)
        if self._run.ending is None and now - self._run.last_moment >= STOPPED_AFTER:
            # Whoever came back to a scene and stopped there has left it once: told once.
            counts.scenes[self._stands].stopped += self._stands not in gone
        counts.ratings.append(ratings)

    def _add_step(self, count: SceneCount, ratings: dict[str, int], number: int) -> None:
        move = self._moves[number]
        count.went[self._came_to(number)] += 1
        if move.kind != CHOICE:
            return
        count.chose[move.choice_id] += 1
        before = self._run.moves[number - 1][1] if number else self._run.started_at
        count.seconds.append((self._run.moves[number][1] - before).total_seconds())
        choice = self._scenario.scene_by_id[move.scene].choice(move.choice_id)
        if choice is not None and choice.is_scored and choice.rate is not None:
            ratings[move.scene] = choice.rate

    def _where_it_stands(self) -> str:
        if self._run.ending is not None:
            scene = self._scenario.scene(self._run.ending)
            if scene is None or scene.ending is None:
                raise _OtherWording
            return scene.id
        return replay(self._scenario, seed=self._run.seed, moves=self._moves).state.scene

    def _came_to(self, number: int) -> str:
        """The scene a move led to; the first one for −1."""
        ahead = number + 1
        return self._moves[ahead].scene if ahead < len(self._moves) else self._stands

    def _require(self, move: Move, came_to: str) -> None:
        """Refuses a move that the text of today does not have, or that leads elsewhere."""
        scene = self._scenario.scene_by_id[move.scene]
        if move.kind == ACTIVITY:
            fits = scene.activity is not None and came_to == scene.id
        elif move.kind == CHOICE:
            choice = scene.choice(move.choice_id)
            fits = choice is not None and came_to in {choice.target, *self._by_rule}
        else:
            fits = came_to in {scene.go, *self._by_rule}
        if not fits or self._scenario.scene(came_to) is None:
            raise _OtherWording
