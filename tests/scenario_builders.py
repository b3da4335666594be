"""Cases for tests: a small sound one, and random ones that use the whole language."""

from __future__ import annotations

import random
from pathlib import Path

from app.domain.scenario import Choice, Disclosure, Prose, Scenario, Scene
from app.domain.scenario_activity import Showing
from app.domain.scenario_condition import Condition, read_condition
from app.domain.scenario_declared import (
    Add,
    CastMember,
    Consent,
    ConsentAct,
    Effect,
    Fact,
    Put,
    RandomDraw,
    Rule,
    StateVariable,
)
from app.domain.scenario_vocabulary import ConsentVerb, EndingKind

SAMPLE = Path(__file__).parent / "library" / "cases" / "lena-and-ruth" / "case.md"
CODES = frozenset({"CONF", "FAM", "MI"})


def sample_text() -> str:
    return SAMPLE.read_text(encoding="utf-8")


def a_choice(id: str, target: str, **fields: object) -> Choice:
    defaults: dict[str, object] = {"label": f"Do {id}", "rate": None}
    return Choice(id=id, target=target, **{**defaults, **fields})


def a_scored_choice(id: str, target: str, rate: int, **fields: object) -> Choice:
    feedback = f"Eight or more words that tell the learner what {id} did."
    shown = (Showing("FAM", rate),)
    return a_choice(id, target, **{"rate": rate, "feedback": feedback, "shows": shown, **fields})


def a_scene(id: str, *choices: Choice, **fields: object) -> Scene:
    defaults: dict[str, object] = {"title": id.title(), "blocks": (Prose(f"In {id}."),)}
    return Scene(id=id, choices=choices, **{**defaults, **fields})


def an_ending(id: str, kind: EndingKind = EndingKind.GOOD) -> Scene:
    return a_scene(id, ending=kind)


def when(text: str) -> Condition:
    return read_condition(text)


def a_scenario(*scenes: Scene, **fields: object) -> Scenario:
    defaults: dict[str, object] = {
        "id": "a-case",
        "title": "A case",
        "start": scenes[0].id,
        "scenes": scenes,
        "competencies": ("FAM",),
        "cast": (
            CastMember("you", "You", "counselor"),
            CastMember("ann", "Ann", "client"),
            CastMember("bo", "Bo", "brother"),
        ),
        "path": "a-case",
    }
    return Scenario(**{**defaults, **fields})


class RandomCase:
    """Writes one random case from a seed; every feature of the language can turn up."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.scene_ids = [f"s{n}" for n in range(self.chance.randint(3, 6))]
        self.choice_ids: list[str] = []
        self.variables = (
            StateVariable("trust", self.chance.randint(0, 3), low=0, high=3),
            StateVariable("strain", -1, low=-1, high=1),
            StateVariable("plan", "none", words=("none", "oral", "paper")),
            StateVariable("met", start=False),
            StateVariable("clock", 0, low=0, high=4),
        )
        self.consents = (
            Consent("rel_a", "ann", "bo", ("t1", "t2")),
            Consent("rel_b", "ann", "bo", ("t2",), never=("t1",)),
        )

    def build(self) -> Scenario:
        chance = self.chance
        counts = {scene: chance.randint(1, 3) for scene in self.scene_ids}
        self.choice_ids = [f"{s}c{n}" for s, count in counts.items() for n in range(count)]
        scenes = [self._scene(scene, counts[scene]) for scene in self.scene_ids]
        endings = [an_ending("end0"), an_ending("end1", EndingKind.POOR)]
        return a_scenario(
            *scenes,
            *endings,
            state=self.variables,
            draws=(RandomDraw("mood", ("calm", "tense", "never"), (1, 1, 0)),),
            consents=self.consents,
            facts=(Fact("t1", "One"), Fact("t2", "Two")),
            rules=tuple(self._rule(n) for n in range(chance.randint(0, 2))),
        )

    def _scene(self, scene: str, count: int) -> Scene:
        chance = self.chance
        enter = tuple(self._effects(0.3))
        minutes = chance.choice([0, 0, 1])
        if chance.random() < 0.2:
            go = self._target(scene)
            return a_scene(scene, go=go, on_enter=enter, minutes=minutes)
        choices = [self._choice(scene, f"{scene}c{n}") for n in range(count)]
        return a_scene(scene, *choices, on_enter=enter, minutes=minutes)

    def _target(self, scene: str) -> str:
        at = self.scene_ids.index(scene)
        ahead = [*self.scene_ids[at + 1 :], "end0", "end1"]
        back = self.scene_ids[: at + 1]
        return self.chance.choice(ahead if self.chance.random() < 0.75 else back)

    def _choice(self, scene: str, choice: str) -> Choice:
        chance = self.chance
        disclosures = ()
        if chance.random() < 0.3:
            disclosures = (Disclosure(chance.choice(["t1", "t2"]), "bo"),)
        return a_choice(
            choice,
            self._target(scene),
            condition=self.condition(2) if chance.random() < 0.45 else None,
            effects=tuple(self._effects(0.6)),
            disclosures=disclosures,
            breach="meant" if chance.random() < 0.1 else "",
            rate=chance.choice([None, 0, 1, 2, 3]),
            is_once=chance.random() < 0.2,
            is_again=chance.random() < 0.1,
        )

    def _effects(self, share: float) -> list[Effect]:
        chance = self.chance
        effects: list[Effect] = []
        while chance.random() < share and len(effects) < 3:
            effects.append(
                chance.choice(
                    [
                        Add("trust", chance.choice([-2, -1, 1, 2, 7])),
                        Add("strain", chance.choice([-1, 1])),
                        Put("plan", chance.choice(["none", "oral", "paper"])),
                        Put("met", value=chance.random() < 0.7),
                        ConsentAct(chance.choice(list(ConsentVerb)), "rel_a"),
                        ConsentAct(chance.choice([ConsentVerb.ASK, ConsentVerb.GIVE]), "rel_b"),
                    ]
                )
            )
        return effects

    def _rule(self, number: int) -> Rule:
        chance = self.chance
        go = chance.choice(["", "end0", "end1", self.chance.choice(self.scene_ids)])
        effects = tuple(self._effects(0.5))
        is_once = chance.random() < 0.5
        return Rule(f"r{number}", self.condition(2), go, effects, is_once)

    def condition(self, depth: int) -> Condition:
        return read_condition(self._text(depth))

    def _text(self, depth: int) -> str:
        chance = self.chance
        if depth and chance.random() < 0.5:
            joint = f" {chance.choice(['and', 'or'])} "
            return f"({self._text(depth - 1)}{joint}{self._text(depth - 1)})"
        if depth and chance.random() < 0.3:
            return f"not {self._text(depth - 1)}"
        return chance.choice(
            [
                f"trust {chance.choice(['>=', '<=', '=', '>', '<', '!='])} {chance.randint(0, 3)}",
                f"strain {chance.choice(['>=', '<'])} {chance.randint(-1, 1)}",
                f"plan {chance.choice(['=', '!='])} {chance.choice(['none', 'oral', 'paper'])}",
                "met",
                "clock >= 2",
                "mood = calm",
                "consent(rel_a)",
                "asked(rel_a)",
                "asked(rel_b)",
                f"visited({chance.choice(self.scene_ids)})",
                f"chose({chance.choice(self.choice_ids)})",
                "breached",
            ]
        )
