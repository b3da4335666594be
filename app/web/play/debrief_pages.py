"""What the debrief shows. Only an ended run gets here, so ratings and reasons may be told."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from app.domain.review_mark import ReviewMark
from app.domain.source import Source
from app.web.play.pages import SceneBlock, Taken
from app.web.shared.case_map import CaseMap
from app.web.shared.charts import LineChart
from app.web.shared.part_data import Cell, TrailStop
from app.web.shared.sociogram import Sociogram


@dataclass(frozen=True, slots=True)
class ToldChoice:
    """A choice after the run: what it is worth and why. `state` is that of a chip."""

    label: Markup
    state: str
    words: str
    feedback: Markup | None
    why: Markup | None
    was_open: bool = True


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision looked back upon. Shape: `experts` is empty when one did as an expert would."""

    anchor: str
    title: str
    taken: ToldChoice
    is_expert: bool
    experts: tuple[ToldChoice, ...]
    others: tuple[ToldChoice, ...]
    critical: str
    breach: str
    is_practice: bool


@dataclass(frozen=True, slots=True)
class Critical:
    """An error told apart from everything else."""

    anchor: str
    title: str
    label: Markup
    text: str


@dataclass(frozen=True, slots=True)
class Expected:
    """One thing the author of a task expected."""

    text: str
    is_met: bool


@dataclass(frozen=True, slots=True)
class ToldActivity:
    """A task looked back upon. Shape: `panel` pairs a judgment in words with how many gave it."""

    anchor: str
    title: str
    ask: Markup
    answer: tuple[str, ...]
    expected: tuple[Expected, ...]
    feedback: Markup | None
    picture: Sociogram | None
    panel: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing that was done, in the order it was: exactly one of the two is there."""

    decision: Decision | None = None
    activity: ToldActivity | None = None


@dataclass(frozen=True, slots=True)
class EndingOnScreen:
    """How the case ended for the people in it, told apart from decisions."""

    title: str
    state: str
    words: str
    blocks: tuple[SceneBlock, ...]
    last: Taken | None


@dataclass(frozen=True, slots=True)
class ChangedDecision:
    """A decision that could have been another. `feedback` is what the author wrote on that one."""

    anchor: str
    title: str
    taken: Markup
    instead: Markup
    feedback: Markup | None


@dataclass(frozen=True, slots=True)
class OtherWay:
    """The fewest other decisions that lead to a better ending.

    Shape: `further` says how many choices in scenes that were not met belong to it, in words.
    """

    ending: str
    words: str
    changes: tuple[ChangedDecision, ...]
    further: str


@dataclass(frozen=True, slots=True)
class WrittenPart:
    """A part of the debrief that the author wrote, as it holds for this run."""

    title: str
    blocks: tuple[SceneBlock, ...]


@dataclass(frozen=True, slots=True)
class DebriefPage:
    """A run looked back upon."""

    title: str
    ending: EndingOnScreen
    path: tuple[TrailStop, ...]
    path_map: CaseMap
    sums: tuple[tuple[str, str], ...]
    criticals: tuple[Critical, ...]
    moments: tuple[Moment, ...]
    competency_rows: tuple[tuple[str | Cell, ...], ...]
    speaking: str
    told_rows: tuple[tuple[str | Cell, ...], ...]
    consent_rows: tuple[tuple[str | Cell, ...], ...]
    charts: tuple[LineChart, ...]
    changes: tuple[tuple[str, tuple[str, ...]], ...]
    other_way: OtherWay | None
    parts: tuple[WrittenPart, ...]
    sources: tuple[Source, ...]
    reviewed: ReviewMark | None
    is_revised: bool
    again_url: str
    again_key: str
    brief_url: str
    cases_url: str
    commitment: str
    commitment_url: str
    was_assessed: bool
