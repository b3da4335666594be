"""What a second reader chose without seeing the keys, and how far that agrees with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from app.domain.item import Item
from app.domain.scenario import Scenario, Scene

WEAK = 1  # the highest rating of a choice that a reader may call the worst


@dataclass(frozen=True, slots=True)
class BlindAnswer:
    """One question as the second reader answered it. Shape: `chosen` is an option id."""

    item_id: str
    chosen: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class BlindDecision:
    """One decision of a case as the second reader took it.

    Shape: `best` and `worst` are choice ids; `worst` is empty when none was named.
    """

    scene_id: str
    best: str
    worst: str = ""
    note: str = ""
    done: str = ""  # what was changed for the note, or why nothing was


@dataclass(frozen=True, slots=True)
class CaseReading:
    """The decisions of one case that a second reader took. Shape: a scene stands once."""

    case_id: str
    decisions: tuple[BlindDecision, ...]


@dataclass(frozen=True, slots=True)
class SecondReading:
    """One sitting of a second reader over a part of the bank, or over some cases."""

    reader: str
    date: date
    method: str  # how the reading was done, in the reader's words
    answers: tuple[BlindAnswer, ...] = ()
    cases: tuple[CaseReading, ...] = ()
    path: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Agreement:
    """How a second reading compares with the keys.

    Shape: `disagreements` keeps the reader's order; `unknown` holds ids the bank does not have.
    None: `share` is None when no answered question is in the bank.
    """

    answered: int
    agreed: int
    disagreements: tuple[BlindAnswer, ...]
    unknown: tuple[str, ...]

    @property
    def share(self) -> float | None:
        """Tells the agreement. Units: proportion 0–1 of answered questions in the bank."""
        return self.agreed / self.answered if self.answered else None


@dataclass(frozen=True, slots=True)
class CaseAgreement:
    """How a second reading of a case compares with its ratings.

    Shape: `disagreements` keeps the reader's order; `unknown` holds scenes without such choices.
    """

    read: int
    agreed: int
    disagreements: tuple[BlindDecision, ...]
    unknown: tuple[str, ...]


def agreement(reading: SecondReading, items: Mapping[str, Item]) -> Agreement:
    """Compares a second reading with the keys as they stand now.

    Questions that have left the bank count for neither side and are listed as unknown.
    """
    known = [answer for answer in reading.answers if answer.item_id in items]
    disagreements = tuple(a for a in known if a.chosen not in items[a.item_id].key)
    return Agreement(
        answered=len(known),
        agreed=len(known) - len(disagreements),
        disagreements=disagreements,
        unknown=tuple(a.item_id for a in reading.answers if a.item_id not in items),
    )


def case_agreement(reading: CaseReading, scenario: Scenario) -> CaseAgreement:
    """Compares a second reading of a case with its ratings as they stand now.

    A decision agrees when no choice of its scene is rated above the one called best, and the one
    called worst is weak or harmful. Decisions that have left the case count for neither side.
    """
    known: list[tuple[BlindDecision, Scene]] = []
    unknown: list[str] = []
    for decision in reading.decisions:
        scene = scenario.scene(decision.scene_id)
        if scene is None or gone_choices(decision, scene):
            unknown.append(decision.scene_id)
        else:
            known.append((decision, scene))
    disagreements = tuple(one for one, scene in known if not _agrees(one, scene))
    return CaseAgreement(
        read=len(known),
        agreed=len(known) - len(disagreements),
        disagreements=disagreements,
        unknown=tuple(unknown),
    )


def gone_choices(decision: BlindDecision, scene: Scene) -> tuple[str, ...]:
    """Names the choices a reader took that the scene does not score."""
    scored = {choice.id for choice in scene.scored_choices}
    return tuple(one for one in (decision.best, decision.worst) if one and one not in scored)


def _agrees(decision: BlindDecision, scene: Scene) -> bool:
    ratings = {choice.id: choice.rate or 0 for choice in scene.scored_choices}
    is_best = ratings[decision.best] == max(ratings.values())
    return is_best and ratings.get(decision.worst, WEAK) <= WEAK
