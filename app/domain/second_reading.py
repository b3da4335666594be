"""What a second reader chose without seeing the keys, and how far that agrees with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from app.domain.item import Item


@dataclass(frozen=True, slots=True)
class BlindAnswer:
    """One question as the second reader answered it. Shape: `chosen` is an option id."""

    item_id: str
    chosen: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class SecondReading:
    """One sitting of a second reader over a part of the bank."""

    reader: str
    date: date
    method: str  # how the reading was done, in the reader's words
    answers: tuple[BlindAnswer, ...]
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
