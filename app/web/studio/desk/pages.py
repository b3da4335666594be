"""What the desk shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from app.domain.problem import Problem
from app.web.shared.case_map import CaseMap
from app.web.shared.part_data import Cell, Way


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """One place of the case. Shape: `signs` are short words; `problems` counts errors and
    warnings there.
    """

    id: str
    title: str
    url: str
    signs: tuple[Cell, ...]
    problems: int
    is_here: bool


@dataclass(frozen=True, slots=True)
class ChoiceForm:
    """One choice to edit. Shape: `values` by key as the text has them, absent ones left out."""

    id: str
    label: str
    target: str
    values: Mapping[str, str]
    is_first: bool
    is_last: bool
    learners: str  # how many took it in the case as it serves; empty when not known


@dataclass(frozen=True, slots=True)
class SceneForm:
    """One scene to edit. Shape: `targets` pairs ids with titles; `values` as for a choice."""

    id: str
    title: str
    values: Mapping[str, str]
    text: str
    activity: str
    go: str
    choices: tuple[ChoiceForm, ...]
    targets: tuple[tuple[str, str], ...]
    missing: tuple[str, ...]  # targets that no scene has yet
    grounds: tuple[tuple[str, str], ...]  # on which may be told without a release
    paths_url: str


@dataclass(frozen=True, slots=True)
class SourceForm:
    """A stretch of text to edit as it stands in the file. Units: `first_line` counts from 1."""

    label: str
    text: str
    hint: str
    first_line: int
    kind: str  # case or walk


@dataclass(frozen=True, slots=True)
class StateRow:
    """What one value can be when a scene is reached, each with a play that comes to it."""

    name: str
    values: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class Panel:
    """What the checker says about this place, and about the rest of the case."""

    summary: Cell
    here: tuple[Problem, ...]
    elsewhere: tuple[tuple[Way, Problem], ...]
    state_words: str
    state: tuple[StateRow, ...]
    play: Way | None


@dataclass(frozen=True, slots=True)
class BothTexts:
    """A change that met another one: both texts, side by side."""

    words: str
    theirs: str
    mine: str


@dataclass(frozen=True, slots=True)
class DeskPage:
    """The desk with one place of the case open. None: all but one of the forms are None."""

    title: str
    case_id: str
    back: Way
    draft_url: str
    saved_words: str
    undo: Way | None
    redo: Way | None
    publish_url: str
    outline: tuple[OutlineEntry, ...]
    here: str
    view: str
    views: tuple[tuple[Way, bool], ...]
    action_url: str
    edits_url: str
    seen: str
    panel: Panel
    scene: SceneForm | None
    source: SourceForm | None
    map: CaseMap | None
    is_file: bool
    both: BothTexts | None = None
    fault: str = ""


@dataclass(frozen=True, slots=True)
class TrialChoice:
    """A choice of a trial play with what it is worth."""

    label: Markup
    url: str
    rating: Cell
    locked: str


@dataclass(frozen=True, slots=True)
class TrialPage:
    """A draft played to try it. Shape: nothing of it is kept."""

    title: str
    back: Way
    scene: str
    scene_title: str
    text: tuple[tuple[str, Markup], ...]  # speaker, words
    notice: str
    last: tuple[tuple[str, str], ...]
    choices: tuple[TrialChoice, ...]
    way_on: Way | None
    state: tuple[tuple[str, str], ...]
    ending: Cell | None
    path: tuple[Way, ...]
    restart: Way
    edit_url: str
    walk: str
    walk_name: str
    save_url: str


@dataclass(frozen=True, slots=True)
class PublishPage:
    """What publishing would do, and what stands against it."""

    title: str
    back: Way
    hurdles: tuple[tuple[str, str, str], ...]  # words, advice, address of the place
    changes: tuple[str, ...]
    open_runs: tuple[tuple[str, str], ...]
    version: int
    is_outdated: bool
    change: int
    publish_url: str
    discard_url: str


@dataclass(frozen=True, slots=True)
class NewCasePage:
    """Starting a case: from a template, or from a file."""

    back: Way
    fault: str
    advice: str
    values: Mapping[str, str]
    make_url: str
    import_url: str
