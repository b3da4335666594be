"""Plants one fault in a sound case, and says how a play shows that it is there.

Cases are changed as parsed objects, so that any case will do. Whether the fault shows is asked
of the run engine alone, never of the checker.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from app.domain.errors import DomainError
from app.domain.naive_policies import any_answer
from app.domain.play_state import PlayState, bare_disclosures
from app.domain.run import (
    ACTIVITY,
    CHOICE,
    CONTINUE,
    Move,
    current_scene,
    is_open,
    is_waiting,
    play_move,
    start_run,
)
from app.domain.scenario import Choice, Disclosure, Scenario, Scene
from app.domain.scenario_condition import Condition, holds, read_condition
from app.domain.scenario_declared import Consent, ConsentAct
from app.domain.scenario_vocabulary import ConsentStatus, ConsentVerb

SEEDS = 24  # enough to draw every word, and to walk into every corner of a small case


@dataclass(frozen=True)
class Played:
    """A run that followed a witness: the state before its last choice, and where it stands."""

    before: PlayState
    after: PlayState
    last: Choice | None


@dataclass(frozen=True)
class Seeded:
    """A case with one fault. Shape: `shows` says whether a played witness shows it.

    None: `shows` is None where nothing can be played, as with a scene nobody leads to.
    """

    kind: str
    scenario: Scenario
    codes: frozenset[str]
    about: str  # what the message must name
    shows: Callable[[Scenario, Played], bool] | None


def follow(scenario: Scenario, witness: tuple[str, ...]) -> Iterator[Played]:
    """Plays a witness with every seed that can play it, answering activities on the way."""
    for seed in range(SEEDS):
        try:
            yield _follow(scenario, witness, seed)
        except DomainError:
            continue  # another random draw closes one of the choices


def _follow(scenario: Scenario, witness: tuple[str, ...], seed: int) -> Played:
    before = state = _settled(scenario, start_run(scenario, seed=seed))
    last = None
    for choice_id in witness:
        for _ in scenario.scenes:  # single ways on play themselves
            scene = current_scene(scenario, state)
            if scene.choice(choice_id) or not scene.go:
                break
            state = _settled(scenario, play_move(scenario, state, Move(scene.id, CONTINUE))[0])
        before, last = state, current_scene(scenario, state).choice(choice_id)
        moved, _ = play_move(scenario, state, Move(state.scene, CHOICE, choice_id))
        state = _settled(scenario, moved)
    return Played(before, state, last)


def _settled(scenario: Scenario, state: PlayState) -> PlayState:
    """Answers the activity of a scene, if one waits."""
    scene = current_scene(scenario, state)
    if state.has_ended or scene.activity is None or not is_waiting(scene, state):
        return state
    move = Move(scene.id, ACTIVITY, answer=any_answer(scene.activity))
    return play_move(scenario, state, move)[0]


def stands_in(scenario: Scenario, state: PlayState, scene_id: str) -> Iterator[PlayState]:
    """The state itself or one further along single ways on, if it is in the scene."""
    for _ in scenario.scenes:
        if state.scene == scene_id:
            yield state
            return
        scene = current_scene(scenario, state)
        if state.has_ended or scene.choices or not scene.go:
            return
        state = _settled(scenario, play_move(scenario, state, Move(scene.id, CONTINUE))[0])


def random_states(scenario: Scenario, chance: random.Random, *, plays: int) -> list[PlayState]:
    """States met by playing at random: what the case really lets happen."""
    met: list[PlayState] = []
    for seed in range(plays):
        state = _settled(scenario, start_run(scenario, seed=seed))
        for _ in range(60):
            met.append(state)
            scene = current_scene(scenario, state)
            open_choices = [c for c in scene.choices if is_open(c, state)]
            if state.has_ended or not (open_choices or scene.go):
                break
            move = Move(scene.id, CONTINUE)
            if open_choices:
                move = Move(scene.id, CHOICE, chance.choice(open_choices).id)
            state = _settled(scenario, play_move(scenario, state, move)[0])
    return met


def with_scene(scenario: Scenario, scene: Scene) -> Scenario:
    scenes = tuple(scene if one.id == scene.id else one for one in scenario.scenes)
    return replace(scenario, scenes=scenes)


def with_choice(scenario: Scenario, scene_id: str, choice: Choice) -> Scenario:
    scene = scenario.scene_by_id[scene_id]
    choices = tuple(choice if one.id == choice.id else one for one in scene.choices)
    return with_scene(scenario, replace(scene, choices=choices))


class Seeder:
    """Plants faults in one case. Shape: each method gives None where the case offers no place."""

    def __init__(self, scenario: Scenario, seed: int) -> None:
        self.scenario = scenario
        self.chance = random.Random(seed)
        self.states = random_states(scenario, self.chance, plays=40)
        self.chance.shuffle(self.states)

    def all(self) -> Iterator[Seeded]:
        for plant in (
            self.missing_ask,
            self.wrong_person,
            self.revoked_release,
            self.outside_topic,
            self.given_again,
            self.soft_lock,
            self.closed_ending,
            self.cut_off_ending,
            self.false_choice,
            self.orphan,
            self.broken_assumption,
            self.never_true,
            self.livelock,
        ):
            seeded = plant()
            if seeded is not None:
                yield seeded

    # Disclosures -----------------------------------------------------------------------------

    def missing_ask(self) -> Seeded | None:
        """A topic is told where the release may not have been given."""
        for consent in self.scenario.consents:
            told = Disclosure(self.chance.choice(consent.covers), consent.receiver)
            for state, choice in self._open_choices():
                bare = state.status_of(consent.id) is not ConsentStatus.GIVEN
                if bare and not choice.disclosures and not choice.breach:
                    return self._told("missing ask", state, choice, told)
        return None

    def wrong_person(self) -> Seeded | None:
        """A topic is told to somebody whom the standing release does not name."""
        for state, choice in self._open_choices():
            for consent in self._given(state):
                others = {m.id for m in self.scenario.cast} - {"you", consent.giver}
                others -= {c.receiver for c in self.scenario.consents}
                if others and not choice.disclosures and not choice.breach:
                    person = self.chance.choice(sorted(others))
                    told = Disclosure(self.chance.choice(consent.covers), person)
                    return self._told("wrong person", state, choice, told)
        return None

    def outside_topic(self) -> Seeded | None:
        """A topic is told that the standing release keeps."""
        for state, choice in self._open_choices():
            for consent in self._given(state):
                covered = {t for c in self.scenario.consents for t in c.covers}
                kept = [f.topic for f in self.scenario.facts if f.topic not in covered]
                if kept and not choice.disclosures and not choice.breach:
                    told = Disclosure(self.chance.choice(kept), consent.receiver)
                    return self._told("topic outside scope", state, choice, told)
        return None

    def revoked_release(self) -> Seeded | None:
        """A release is taken back, and a later choice tells all the same."""
        for state, choice in self._open_choices():
            target = self.scenario.scene_by_id[choice.target]
            for consent in self._given(state):
                later = next((c for c in target.choices if self._is_plain(c)), None)
                if later is None or choice.effects == () or target.assumes:
                    continue
                acts = (*choice.effects, ConsentAct(ConsentVerb.REVOKE, consent.id))
                case = with_choice(self.scenario, state.scene, replace(choice, effects=acts))
                told = Disclosure(self.chance.choice(consent.covers), consent.receiver)
                asked = read_condition(f"asked({consent.id})")
                slip = replace(later, disclosures=(told,), condition=asked)
                case = with_choice(case, target.id, slip)
                return self._disclosing("revoked release", case, later.id)
        return None

    def given_again(self) -> Seeded | None:
        """A release is given in the scene after it was taken back, without a new ask."""
        for state, choice in self._open_choices():
            target = self.scenario.scene_by_id[choice.target]
            later = next((c for c in target.choices if self._is_plain(c)), None)
            if later is None or target.assumes or not self.scenario.consents:
                continue
            consent = self.scenario.consents[0].id
            first = replace(
                choice, effects=(*choice.effects, ConsentAct(ConsentVerb.REVOKE, consent))
            )
            second = replace(later, effects=(*later.effects, ConsentAct(ConsentVerb.GIVE, consent)))
            case = with_choice(self.scenario, state.scene, first)
            case = with_choice(case, target.id, second)

            def shows(case: Scenario, played: Played, consent: str = consent) -> bool:
                return played.before.status_of(consent) is ConsentStatus.REVOKED

            return Seeded("given again", case, frozenset({"SC505"}), later.id, shows)
        return None

    def _told(self, kind: str, state: PlayState, choice: Choice, told: Disclosure) -> Seeded:
        slip = replace(choice, disclosures=(told,))
        case = with_choice(self.scenario, state.scene, slip)
        return self._disclosing(kind, case, choice.id)

    @staticmethod
    def _disclosing(kind: str, case: Scenario, choice_id: str) -> Seeded:
        def shows(case: Scenario, played: Played) -> bool:
            last = played.last
            return last is not None and bool(bare_disclosures(case, played.before, last))

        return Seeded(kind, case, frozenset({"SC510"}), choice_id, shows)

    # Ways ------------------------------------------------------------------------------------

    def soft_lock(self) -> Seeded | None:
        """Every choice of a scene asks for more than some play brings along."""
        for state in self.states:
            scene = current_scene(self.scenario, state)
            guard = self._false_in(state)
            if scene.choices and guard and not scene.activity:
                shut = tuple(self._also(choice, guard) for choice in scene.choices)
                case = with_scene(self.scenario, replace(scene, choices=shut))

                def shows(case: Scenario, played: Played, scene_id: str = scene.id) -> bool:
                    for state in stands_in(case, played.after, scene_id):
                        return not any(
                            is_open(c, state) for c in case.scene_by_id[scene_id].choices
                        )
                    return False

                return Seeded("soft lock", case, frozenset({"SC310"}), scene.id, shows)
        return None

    def closed_ending(self) -> Seeded | None:
        """Every way to an ending asks for two things that never go together."""
        ending = self._ending_without_rules()
        if ending is None:
            return None
        never = read_condition("breached and not breached")
        case = self.scenario
        for scene in self.scenario.scenes:
            for choice in scene.choices:
                if choice.target == ending.id:
                    case = with_choice(case, scene.id, replace(choice, condition=never))

        def shows(case: Scenario, played: Played) -> bool:
            """The witness stands before a written way to the ending, and the way is closed."""
            scene = current_scene(case, played.after)
            ways = [c for c in scene.choices if c.target == ending.id]
            return bool(ways) and not any(is_open(c, played.after) for c in ways)

        return Seeded("unreachable ending", case, frozenset({"SC205"}), ending.id, shows)

    def cut_off_ending(self) -> Seeded | None:
        """Every way to an ending leads to another one instead."""
        ending = self._ending_without_rules()
        others = [e.id for e in self.scenario.endings if ending and e.id != ending.id]
        if ending is None or not others:
            return None
        case = self.scenario
        for scene in self.scenario.scenes:
            for choice in scene.choices:
                if choice.target == ending.id:
                    case = with_choice(case, scene.id, replace(choice, target=others[0]))
        return Seeded("unlinked ending", case, frozenset({"SC204"}), ending.id, None)

    def false_choice(self) -> Seeded | None:
        """One choice stands twice, in other words."""
        for state, choice in self._open_choices():
            scene = current_scene(self.scenario, state)
            if choice.is_once:
                continue
            twin = replace(choice, id=f"{choice.id}-again", label=f"{choice.label} Truly.")
            case = with_scene(self.scenario, replace(scene, choices=(*scene.choices, twin)))

            def shows(case: Scenario, played: Played, twin: Choice = twin) -> bool:
                first = case.scene_by_id[played.before.scene].choice(twin.id.removesuffix("-again"))
                assert first is not None
                other, _ = play_move(
                    case, played.before, Move(played.before.scene, CHOICE, first.id)
                )
                return played.last == twin and other.values == played.after.values

            return Seeded("false choice", case, frozenset({"SC209"}), twin.id, shows)
        return None

    def orphan(self) -> Seeded | None:
        """A scene nobody leads to."""
        target = self.scenario.endings[0].id
        lost = Scene("lost-scene", "Lost", go=target)
        case = replace(self.scenario, scenes=(*self.scenario.scenes, lost))
        return Seeded("orphan scene", case, frozenset({"SC204"}), lost.id, None)

    def broken_assumption(self) -> Seeded | None:
        """A scene takes for granted what some play does not bring along."""
        for state in self.states:
            scene = current_scene(self.scenario, state)
            guard = self._false_in(state)
            if guard and scene.assumes is None and not scene.on_enter and not scene.minutes:
                case = with_scene(self.scenario, replace(scene, assumes=guard))

                def shows(
                    case: Scenario,
                    played: Played,
                    scene_id: str = scene.id,
                    guard: Condition = guard,
                ) -> bool:
                    return any(
                        not holds(guard, state) for state in stands_in(case, played.after, scene_id)
                    )

                return Seeded("broken assumption", case, frozenset({"SC304"}), scene.id, shows)
        return None

    def never_true(self) -> Seeded | None:
        """A choice asks for what never holds where it stands."""
        for state, choice in self._open_choices():
            never = read_condition(f"not visited({self.scenario.start}) and visited({state.scene})")
            if state.scene == self.scenario.start or choice.condition:
                continue
            case = with_choice(self.scenario, state.scene, replace(choice, condition=never))

            def shows(
                case: Scenario, played: Played, at: str = state.scene, which: str = choice.id
            ) -> bool:
                for state in stands_in(case, played.after, at):
                    found = case.scene_by_id[at].choice(which)
                    return found is not None and not is_open(found, state)
                return False

            return Seeded("never true", case, frozenset({"SC302"}), choice.id, shows)
        return None

    def livelock(self) -> Seeded | None:
        """A choice leads into two scenes that lead to each other and nowhere else."""
        for state, choice in self._open_choices():
            there, back = Scene("limbo", "Limbo", go="limbo2"), Scene("limbo2", "Still", go="limbo")
            case = with_choice(self.scenario, state.scene, replace(choice, target="limbo"))
            case = replace(case, scenes=(*case.scenes, there, back))

            def shows(case: Scenario, played: Played) -> bool:
                return _never_ends(case, played.after)

            return Seeded("livelock", case, frozenset({"SC206"}), "limbo", shows)
        return None

    # Places ----------------------------------------------------------------------------------

    def _open_choices(self) -> Iterator[tuple[PlayState, Choice]]:
        for state in self.states:
            scene = current_scene(self.scenario, state)
            choices = [c for c in scene.choices if is_open(c, state) and c.is_scored]
            if choices and not state.has_ended:
                yield state, self.chance.choice(choices)

    def _given(self, state: PlayState) -> list[Consent]:
        given = ConsentStatus.GIVEN
        return [c for c in self.scenario.consents if state.status_of(c.id) is given]

    @staticmethod
    def _is_plain(choice: Choice) -> bool:
        return not (choice.disclosures or choice.breach or choice.condition or choice.is_once)

    def _false_in(self, state: PlayState) -> Condition | None:
        """A condition that one state does not meet, and that is not out of any range."""
        for variable in self.scenario.state:
            value = state.values[variable.name]
            if variable.is_range and isinstance(value, int) and value < variable.high:
                return read_condition(f"{variable.name} > {value}")
        return None

    @staticmethod
    def _also(choice: Choice, guard: Condition) -> Choice:
        if choice.condition is None:
            return replace(choice, condition=guard)
        both = read_condition(f"({choice.condition.text}) and {guard.text}")
        return replace(choice, condition=both)

    def _ending_without_rules(self) -> Scene | None:
        ruled = {rule.go for rule in self.scenario.rules}
        ruled |= {scene.go for scene in self.scenario.scenes}
        found = [e for e in self.scenario.endings if e.id not in ruled]
        return self.chance.choice(found) if found else None


def _never_ends(scenario: Scenario, state: PlayState) -> bool:
    """Plays on in every way there is and looks for an ending; what was done is left aside."""
    waiting, seen = [state], set()
    while waiting:
        state = waiting.pop()
        key = (state.scene, tuple(state.values.items()), tuple(state.consents.items()))
        if state.has_ended:
            return False
        if key in seen:
            continue
        seen.add(key)
        scene = current_scene(scenario, state)
        moves = [Move(scene.id, CHOICE, c.id) for c in scene.choices if is_open(c, state)]
        if scene.go and not scene.choices:
            moves = [Move(scene.id, CONTINUE)]
        waiting += [_settled(scenario, play_move(scenario, state, move)[0]) for move in moves]
    return True
