"""One observation of somebody's work: how it was seen, what was seen, and what comes next.

A draft may hold anything; only a complete one becomes part of the record, and from then on it
does not change.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from app.domain.errors import InvalidInput
from app.domain.level_scale import LevelScale
from app.domain.mi_counts import MICounts, refuse_unfit_counts

LONGEST_WORDS = 4000
MOST_MARKS = 20  # competencies of one observation: more is not an observation but a survey


class ObservationMode(StrEnum):
    """How the work was seen."""

    LIVE = "live"
    RECORDED = "recorded"
    ROLE_PLAY = "role-play"
    SIMULATION = "simulation"
    CO_THERAPY = "co-therapy"
    CHART_REVIEW = "chart review"
    CASE_PRESENTATION = "case presentation"


class Support(StrEnum):
    """How much help the person had in what was seen. It is told apart from the level."""

    ALONE = "alone"
    PROMPTS = "prompts"
    HELP = "help"
    SHOWN = "shown"


@dataclass(frozen=True, slots=True)
class Mark:
    """What was seen of one competency. None: no level or support was noted (yet)."""

    competency: str
    level: int | None = None
    support: Support | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class ObservationForm:
    """What the observer has written so far. None: not chosen yet."""

    mode: ObservationMode | None = None
    observed_on: date | None = None
    marks: tuple[Mark, ...] = ()
    note: str = ""
    went_well: str = ""
    next_step: str = ""
    counts: MICounts = field(default_factory=MICounts)

    @property
    def rated(self) -> tuple[Mark, ...]:
        """The marks that hold a level."""
        return tuple(mark for mark in self.marks if mark.level is not None)


@dataclass(frozen=True, slots=True)
class Complete:
    """A form that may enter the record."""

    mode: ObservationMode
    observed_on: date
    form: ObservationForm


def complete(form: ObservationForm, *, scales: Mapping[str, LevelScale], today: date) -> Complete:
    """Checks that a form may enter the record.

    Shape: `scales` holds the scale of every competency that can be rated, by its code.
    Raises: InvalidInput, naming the field, for whatever is open or impossible.
    """
    if form.mode is None:
        raise InvalidInput("observation-mode", "Choose how you saw the work.")
    if form.observed_on is None:
        raise InvalidInput("observation-observed_on", "Choose the day of the observation.")
    if form.observed_on > today:
        raise InvalidInput(
            "observation-observed_on",
            "This day is still to come.",
            "Choose the day on which you saw the work.",
        )
    if not form.rated:
        raise InvalidInput("observation-marks", "Choose a level for at least one competency.")
    for mark in form.rated:
        scale = scales.get(mark.competency)
        if scale is None:
            raise InvalidInput(
                "observation-marks", f"{mark.competency} is not in any framework any more."
            )
        scale.level(mark.level or 0)
    for name in ("went_well", "next_step"):
        if not getattr(form, name).strip():
            raise InvalidInput(
                f"observation-{name}", "Write a few words: this is what the person takes along."
            )
    refuse_unfit_counts(form.counts)
    return Complete(form.mode, form.observed_on, form)
