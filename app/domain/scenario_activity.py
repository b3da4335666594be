"""Activities inside a scene: what each kind asks, and what its author expects.

How an answer is read and weighed stands in scenario_answer.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from app.domain.scenario_vocabulary import Place


@dataclass(frozen=True, slots=True)
class Showing:
    """A competency that a decision shows. Units: `value` is 0 to 3."""

    code: str
    value: int


@dataclass(frozen=True, slots=True)
class Labeled:
    """Something with an id and words: a person, an item to order, a kind of tie."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class RingExpectation:
    """Where a person should stand. Units: rings count from 1, the innermost."""

    person: str
    nearest: int
    farthest: int
    weight: int = 1


@dataclass(frozen=True, slots=True)
class TieExpectation:
    """A tie that should be drawn; ties have no direction."""

    pair: tuple[str, str]
    kind: str
    weight: int = 1
    is_optional: bool = False


@dataclass(frozen=True, slots=True)
class Sociogram:
    """Placing people in rings around the client and drawing the ties between them.

    None: `center` is empty when the case does not say who its client is.
    """

    ask: str
    center: str
    people: tuple[Labeled, ...]
    rings: tuple[str, ...]  # innermost first
    ties: tuple[Labeled, ...]  # label: how the line is drawn
    expect: tuple[RingExpectation | TieExpectation, ...]
    shows: tuple[Showing, ...] = ()
    feedback: str = ""
    place: Place = field(default=Place(), compare=False)

    @property
    def everyone(self) -> tuple[str, ...]:
        """The people a tie can join: those to be placed, and the client."""
        ids = tuple(person.id for person in self.people)
        return (self.center, *ids) if self.center and self.center not in ids else ids


@dataclass(frozen=True, slots=True)
class PickOption:
    """One thing to pick or to leave."""

    id: str
    text: str
    is_key: bool
    weight: int = 1


@dataclass(frozen=True, slots=True)
class Pick:
    """Choosing the few steps that decide the outcome."""

    ask: str
    choose: int
    options: tuple[PickOption, ...]
    shows: tuple[Showing, ...] = ()
    feedback: str = ""
    place: Place = field(default=Place(), compare=False)


@dataclass(frozen=True, slots=True)
class Order:
    """Putting steps in order; only the named pairs count, each as (earlier, later)."""

    ask: str
    items: tuple[Labeled, ...]
    pairs: tuple[tuple[str, str], ...]
    shows: tuple[Showing, ...] = ()
    feedback: str = ""
    place: Place = field(default=Place(), compare=False)


@dataclass(frozen=True, slots=True)
class Say:
    """Typing one's own words before any options appear; a supervisor reads them later."""

    ask: str
    minutes: int
    coded_by: str
    cues: tuple[str, ...] = ()
    shows: tuple[Showing, ...] = ()
    feedback: str = ""
    place: Place = field(default=Place(), compare=False)


@dataclass(frozen=True, slots=True)
class Sct:
    """Judging what a piece of news does to a hypothesis, beside a panel of clinicians.

    Units: a judgment is a whole number from `-reach` (much less likely) to `reach`.
    """

    hypothesis: str
    news: str
    scale: int  # how many answers there are; odd
    panel: tuple[int, ...]  # one judgment for each clinician
    shows: tuple[Showing, ...] = ()
    feedback: str = ""
    place: Place = field(default=Place(), compare=False)

    @property
    def reach(self) -> int:
        """The judgment at the end of the scale."""
        return (self.scale - 1) // 2

    @property
    def modal_answer(self) -> int | None:
        """The judgment most of the panel gave. None: no panel, or a tie for first place."""
        counts = {vote: self.panel.count(vote) for vote in set(self.panel)}
        most = max(counts.values(), default=0)
        first = [vote for vote, count in counts.items() if count == most]
        return first[0] if len(first) == 1 else None

    @property
    def share_agreeing(self) -> float:
        """The proportion of the panel that gave the most frequent judgment."""
        most = max((self.panel.count(vote) for vote in set(self.panel)), default=0)
        return most / len(self.panel) if self.panel else 0.0


Activity = Sociogram | Pick | Order | Say | Sct


def kind_of(activity: Activity) -> str:
    """Names an activity as the case text does: `sociogram`, `pick`, `order`, `say` or `sct`."""
    return type(activity).__name__.lower()


def prompt_of(activity: Activity) -> str:
    """The words that put the task to the learner."""
    if isinstance(activity, Sct):
        return f"{activity.hypothesis} {activity.news}".strip()
    return activity.ask
