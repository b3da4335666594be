"""A branching case as its author wrote it: scenes, choices, and what the case keeps track of.

Everything here is fixed text and small numbers. How a run moves through it stands in run;
whether it is sound stands in scenario_check.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from app.domain.lawful_ground import GROUNDS
from app.domain.review_mark import ReviewMark
from app.domain.scenario_activity import Activity, Showing
from app.domain.scenario_condition import Condition
from app.domain.scenario_declared import (
    CastMember,
    Consent,
    ConsentAct,
    Effect,
    Fact,
    PassMark,
    RandomDraw,
    Reference,
    Rule,
    StateVariable,
)
from app.domain.scenario_vocabulary import ConsentVerb, EndingKind, FeedbackTime, Place
from app.domain.scenario_walk import Walk

HIGHEST_RATING = 3  # what an expert would do


@dataclass(frozen=True, slots=True)
class Prose:
    """Markdown paragraphs told by nobody in particular."""

    text: str
    place: Place = field(default=Place(), compare=False)


@dataclass(frozen=True, slots=True)
class Speech:
    """What one person says. `speaker` is a cast id, or empty when the name is unknown."""

    speaker: str
    name: str
    text: str
    place: Place = field(default=Place(), compare=False)


@dataclass(frozen=True, slots=True)
class Branch:
    """One side of a conditional block. None: `condition` is None for `::: else`."""

    condition: Condition | None
    blocks: tuple[Prose | Speech, ...]


@dataclass(frozen=True, slots=True)
class Conditional:
    """Text that depends on the state of play: the first branch that holds is shown."""

    branches: tuple[Branch, ...]
    place: Place = field(default=Place(), compare=False)


Block = Prose | Speech | Conditional


@dataclass(frozen=True, slots=True)
class Disclosure:
    """A topic told to a person."""

    topic: str
    person: str


@dataclass(frozen=True, slots=True)
class Choice:
    """Something the learner can do or say, and what follows from it.

    Units: `rate` is 0 harmful, 1 weak, 2 acceptable, 3 what an expert would do.
    Shape: `ground` is the word written after “under:”, perhaps one that means nothing.
    None: `rate` is None when the choice is not scored; empty texts were not written.
    """

    id: str
    label: str
    target: str
    condition: Condition | None = None
    locked: str = ""
    effects: tuple[Effect, ...] = ()
    disclosures: tuple[Disclosure, ...] = ()
    ground: str = ""
    breach: str = ""
    rate: int | None = None
    shows: tuple[Showing, ...] = ()
    critical: str = ""
    feedback: str = ""
    why: str = ""
    mi: str = ""
    is_once: bool = False
    is_again: bool = False
    place: Place = field(default=Place(), compare=False)

    @property
    def is_scored(self) -> bool:
        """Says whether its rating counts; a retry never does."""
        return self.rate is not None and not self.is_again

    @property
    def is_lawful(self) -> bool:
        """Says whether what it tells may be told without a release."""
        return self.ground in GROUNDS


@dataclass(frozen=True, slots=True)
class Media:
    """A picture, sound or film beside the case, never from the web."""

    file: str
    alt: str = ""
    captions: str = ""
    transcript: str = ""
    describe: str = ""  # all that a picture tells, when a short text cannot hold it


@dataclass(frozen=True, slots=True)
class Scene:
    """One moment of the case. Units: `minutes` of time in the story.

    None: `ending` is None when the case goes on; `go` is empty when choices lead on.
    """

    id: str
    title: str
    blocks: tuple[Block, ...] = ()
    choices: tuple[Choice, ...] = ()
    activity: Activity | None = None
    go: str = ""
    assumes: Condition | None = None
    on_enter: tuple[Effect, ...] = ()
    is_shuffled: bool = True
    ending: EndingKind | None = None
    shows: tuple[str, ...] = ()
    media: Media | None = None
    minutes: int = 0
    place: Place = field(default=Place(), compare=False)
    fingerprint: str = ""

    @property
    def scored_choices(self) -> tuple[Choice, ...]:
        """The choices whose rating counts; a scene with any is a decision."""
        return tuple(choice for choice in self.choices if choice.is_scored)

    def choice(self, choice_id: str) -> Choice | None:
        """Finds a choice by its id. None: the scene has no such choice."""
        return next((choice for choice in self.choices if choice.id == choice_id), None)

    def showings(self, choice: Choice) -> tuple[Showing, ...]:
        """What a choice shows: its own codes, or else the scene's with its rating as value."""
        if choice.shows or choice.rate is None:
            return choice.shows
        return tuple(Showing(code, choice.rate) for code in self.shows)


@dataclass(frozen=True, slots=True)
class DebriefPart:
    """A titled part of the debrief; its blocks may depend on how the run went."""

    title: str
    blocks: tuple[Block, ...]
    place: Place = field(default=Place(), compare=False)


@dataclass(frozen=True)
class Scenario:
    """One branching case. Units: `minutes` a learner needs, as the author estimates.

    Shape: `competencies` are framework codes; `path` is the folder the case was read from.
    None: `review` is None when the case names no review.
    """

    id: str
    title: str
    start: str
    scenes: tuple[Scene, ...]
    version: int = 1
    language: str = "en"
    minutes: int = 0
    level: str = ""
    tags: tuple[str, ...] = ()
    author: str = ""
    review: ReviewMark | None = None
    feedback_time: FeedbackTime = FeedbackTime.AT_ONCE
    competencies: tuple[str, ...] = ()
    cast: tuple[CastMember, ...] = ()
    state: tuple[StateVariable, ...] = ()
    consents: tuple[Consent, ...] = ()
    facts: tuple[Fact, ...] = ()
    rules: tuple[Rule, ...] = ()
    draws: tuple[RandomDraw, ...] = ()
    references: tuple[Reference, ...] = ()
    pass_mark: PassMark | None = None
    brief: tuple[Block, ...] = ()
    debrief: tuple[DebriefPart, ...] = ()
    trainer_notes: str = ""
    walks: tuple[Walk, ...] = ()
    fingerprint: str = ""
    path: str = field(default="", compare=False)
    front_matter: Place = field(default=Place(), compare=False)

    @cached_property
    def scene_by_id(self) -> dict[str, Scene]:
        """Every scene by its id; the first one when an id was used twice."""
        return {scene.id: scene for scene in reversed(self.scenes)}

    @cached_property
    def choice_ids(self) -> frozenset[str]:
        """The ids of all choices."""
        return frozenset(choice.id for scene in self.scenes for choice in scene.choices)

    @cached_property
    def consent_by_id(self) -> dict[str, Consent]:
        """Every consent by its id."""
        return {consent.id: consent for consent in self.consents}

    @cached_property
    def variable_by_name(self) -> dict[str, StateVariable]:
        """Every state variable by its name."""
        return {variable.name: variable for variable in self.state}

    def scene(self, scene_id: str) -> Scene | None:
        """Finds a scene by its id. None: the case has no such scene."""
        return self.scene_by_id.get(scene_id)

    @property
    def endings(self) -> tuple[Scene, ...]:
        """The scenes the case can end in, in the order written."""
        return tuple(scene for scene in self.scenes if scene.ending is not None)

    def name_of(self, person: str) -> str:
        """How the case calls a person. An unknown id stands for itself."""
        return next((member.name for member in self.cast if member.id == person), person)


def coverers(scenario: Scenario, choice: Choice, disclosure: Disclosure) -> tuple[Consent, ...]:
    """The consents that would cover a disclosure if they stand when the choice is taken.

    A release the same choice asks for, refuses or revokes does not count: it must stand before.
    """
    undone = {
        effect.consent
        for effect in choice.effects
        if isinstance(effect, ConsentAct) and effect.verb is not ConsentVerb.GIVE
    }
    return tuple(
        consent
        for consent in scenario.consents
        if consent.receiver == disclosure.person
        and disclosure.topic in consent.covers
        and disclosure.topic not in consent.never
        and consent.id not in undone
    )
