"""What the preview of a case shows: everything, also what no learner ever sees."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from app.domain.problem import Problem
from app.domain.review_mark import ReviewMark
from app.web.shared.part_data import Cell, Way

Row = tuple[str | Cell, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A piece of a case's text. Shape: `name` is empty for prose."""

    html: Markup
    name: str = ""
    is_you: bool = False


@dataclass(frozen=True, slots=True)
class Stretch:
    """Lines that show together. Shape: `when` names their condition, empty when they always do."""

    when: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class ChoicePreview:
    """One choice with where it leads, what it is worth and what it does. Shape: `notes` pairs
    what with its words, for example ("Changes", "strain +1").
    """

    id: str
    text: Markup
    way: Way
    rating: Cell
    notes: tuple[tuple[str, str], ...]
    feedback: Markup
    why: Markup
    is_critical: bool


@dataclass(frozen=True, slots=True)
class ActivityPreview:
    """An activity with what its author expects."""

    kind: str
    ask: Markup
    expected: tuple[str, ...]
    feedback: Markup


@dataclass(frozen=True, slots=True)
class ScenePreview:
    """One scene. None: `activity` is None in most; `go` is None when choices lead on."""

    id: str
    title: str
    ending: str
    is_start: bool
    notes: tuple[tuple[str, str], ...]
    text: tuple[Stretch, ...]
    activity: ActivityPreview | None
    choices: tuple[ChoicePreview, ...]
    go: Way | None
    line: int


@dataclass(frozen=True, slots=True)
class DebriefPreview:
    """A titled part of the debrief."""

    title: str
    text: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class CasePreviewPage:
    """A case, from the brief to the trainer's notes."""

    title: str
    back: Way
    paths_url: str
    facts: tuple[tuple[str, str], ...]
    competencies: tuple[tuple[str, str], ...]
    brief: tuple[Stretch, ...]
    cast: tuple[Row, ...]
    scenes: tuple[ScenePreview, ...]
    endings: tuple[Row, ...]
    debrief: tuple[DebriefPreview, ...]
    trainer_notes: Markup
    references: tuple[str, ...]
    review: ReviewMark | None
    problems: tuple[Problem, ...]
    draft_url: str
    export_url: str
    published: tuple[Row, ...]
    folder_url: str  # empty unless the folder holds another text than the one that serves
