"""What the desk shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from app.domain.line_diff import LineDiff
from app.domain.problem import Problem
from app.web.shared.case_map import CaseMap
from app.web.shared.part_data import Cell, Way
from app.web.studio.case_pages import ScenePreview
from app.web.studio.desk.review_pages import CommentRow, ReviewCard


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """One place of the case. Shape: `signs` are short words; `problems` counts errors and
    warnings there, `comments` those that are open.
    """

    id: str
    title: str
    url: str
    signs: tuple[Cell, ...]
    problems: int
    comments: int
    is_here: bool


@dataclass(frozen=True, slots=True)
class OutlineGroup:
    """Places that stand together. Shape: a chapter has a title, and an address that unfolds or
    folds it; folded it has no entries.
    """

    title: str
    detail: str
    url: str
    is_open: bool
    entries: tuple[OutlineEntry, ...]
    problems: int = 0
    comments: int = 0
    has_here: bool = False


@dataclass(frozen=True, slots=True)
class Outline:
    """The outline as far as it is asked for.

    Shape: `find` are the words looked for, `found` says how many places hold them, `all_url` leads
    back to all of them; `scenes` names every scene of a long case, with blanks between.
    """

    groups: tuple[OutlineGroup, ...]
    can_search: bool
    scenes: str
    find: str = ""
    found: str = ""
    all_url: str = ""


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
    elsewhere_count: int
    state_words: str
    state: tuple[StateRow, ...]
    play: Way | None


@dataclass(frozen=True, slots=True)
class BothTexts:
    """A change that met another one: both texts, side by side, every line of them."""

    words: str
    mine: str
    diff: LineDiff


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
    outline: Outline
    here: str
    place: str
    view: str
    views: tuple[tuple[Way, bool], ...]
    review: Cell
    comments: tuple[CommentRow, ...]
    action_url: str
    edits_url: str
    seen: str
    panel: Panel
    scene: SceneForm | None
    source: SourceForm | None
    map: CaseMap | None
    map_fold: Way | None
    is_file: bool
    both: BothTexts | None = None
    fault: str = ""


@dataclass(frozen=True, slots=True)
class ReadingPage:
    """A draft as its second reader sees it, with one place open.

    None: `scene` is None where the text is shown as it is written, `map` on the other views.
    """

    title: str
    back: Way
    outline: Outline
    here: str
    place: str
    view: str
    views: tuple[tuple[Way, bool], ...]
    scene: ScenePreview | None
    source: str
    map: CaseMap | None
    map_fold: Way | None
    panel: Panel
    comments: tuple[CommentRow, ...]
    comment_url: str
    card: ReviewCard
    fault: str = ""
    words: str = ""


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
    save_url: str  # empty for a second reader, who keeps nothing


@dataclass(frozen=True, slots=True)
class NewCasePage:
    """Starting a case: from a template, or from a file."""

    back: Way
    fault: str
    advice: str
    values: Mapping[str, str]
    make_url: str
    import_url: str
