"""What the front matter of a case declares: people, state, releases, topics, rules, sources."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.domain.scenario_activity import Showing
from app.domain.scenario_condition import Condition
from app.domain.scenario_vocabulary import ConsentVerb, Place, Show, Value

LEARNER = "you"  # the cast member the learner plays


@dataclass(frozen=True, slots=True)
class CastMember:
    """A person in the case; `you` is the learner."""

    id: str
    name: str
    role: str
    age: str = ""
    picture: str = ""
    alt: str = ""
    place: Place = field(default=Place(), compare=False)


@dataclass(frozen=True, slots=True)
class StateVariable:
    """Something the case keeps track of; it always has few possible values.

    Shape: a range has `low` and `high`; words has `words`; a flag has neither.
    """

    name: str
    start: Value
    low: int = 0
    high: int = 0
    words: tuple[str, ...] = ()
    label: str = ""
    show: Show = Show.NEVER
    place: Place = field(default=Place(), compare=False)

    @property
    def is_flag(self) -> bool:
        """Says whether it is simply true or false."""
        return isinstance(self.start, bool)

    @property
    def is_range(self) -> bool:
        """Says whether it is a number with a lowest and a highest value."""
        return not self.words and not self.is_flag

    @property
    def size(self) -> int:
        """How many values it can have."""
        if self.is_flag:
            return 2
        return len(self.words) if self.words else max(1, self.high - self.low + 1)

    def index_of(self, value: Value) -> int | None:
        """Numbers a value from 0. None: the variable cannot hold it."""
        if isinstance(value, bool):
            return int(value) if self.is_flag else None
        if isinstance(value, int):
            return value - self.low if self.is_range and self.low <= value <= self.high else None
        return self.words.index(value) if value in self.words else None


@dataclass(frozen=True, slots=True)
class RandomDraw:
    """A word drawn once when a run starts; the checker tries every one."""

    name: str
    values: tuple[str, ...]
    weights: tuple[int, ...]
    place: Place = field(default=Place(), compare=False)


@dataclass(frozen=True, slots=True)
class Consent:
    """A release: who lets whom hear about which topics."""

    id: str
    giver: str
    receiver: str
    covers: tuple[str, ...]
    never: tuple[str, ...] = ()
    form: str = "written"
    until: str = ""
    place: Place = field(default=Place(), compare=False)


@dataclass(frozen=True, slots=True)
class Fact:
    """A topic about the client that could be told to someone."""

    topic: str
    sentence: str
    place: Place = field(default=Place(), compare=False)


@dataclass(frozen=True, slots=True)
class Add:
    """Moves a number; it stops at the ends of its range."""

    variable: str
    amount: int


@dataclass(frozen=True, slots=True)
class Put:
    """Gives a variable a value."""

    variable: str
    value: Value


@dataclass(frozen=True, slots=True)
class ConsentAct:
    """Asks for, gives, refuses or revokes a consent."""

    verb: ConsentVerb
    consent: str


Effect = Add | Put | ConsentAct


@dataclass(frozen=True, slots=True)
class Rule:
    """Something that happens by itself after a move, whenever its condition holds."""

    id: str
    when: Condition
    go: str = ""
    effects: tuple[Effect, ...] = ()
    is_once: bool = False
    place: Place = field(default=Place(), compare=False)


@dataclass(frozen=True, slots=True)
class Reference:
    """A work or rule that the case leans on."""

    id: str
    citation: str
    place: Place = field(default=Place(), compare=False)


@dataclass(frozen=True, slots=True)
class PassMark:
    """What a summative use would ask for. Units: decisions met, for each competency."""

    needs: tuple[Showing, ...]
    forbids_critical: bool = False
    place: Place = field(default=Place(), compare=False)
