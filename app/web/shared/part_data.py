"""The shapes that template parts read, so that pages can fill them and mypy can check them.

A page may pass any object with the same attributes. Fields ending in `_html` hold Markup that
is already safe; everything else is plain words and is escaped.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Way:
    """A link to another page."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class TrailStop:
    """One stop of `trail`. Shape: `state` is done, here, open, below or ageing."""

    title: str
    detail: str = ""
    state: str = "open"
    url: str = ""
    action: str = ""


@dataclass(frozen=True, slots=True)
class ShownOption:
    """One option of `option_list`, before it is answered. Holds no key by design."""

    id: str
    text: str | Markup
    is_struck: bool = False


@dataclass(frozen=True, slots=True)
class AnsweredOption:
    """One option of `answered_options`, after the answer.

    Shape: `was_key` is for one that was right until the question was regraded.
    """

    text: str | Markup
    is_key: bool
    is_chosen: bool
    why_html: Markup
    was_key: bool = False


@dataclass(frozen=True, slots=True)
class FieldFault:
    """One line of `error_summary`. Shape: `field_id` is the id of the field on the page."""

    field_id: str
    text: str


@dataclass(frozen=True, slots=True)
class Header:
    """The head of a column of `table`; figures stand to the right.

    Shape: `spoken` replaces the text for screen readers; `url` leads to what the column holds.
    """

    text: str
    is_figure: bool = False
    spoken: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of `table` or `matrix` that says more than words.

    Shape: a `state` makes it a chip; `spoken` replaces the text for screen readers.
    """

    text: str
    detail: str = ""
    url: str = ""
    state: str = ""
    spoken: str = ""


@dataclass(frozen=True, slots=True)
class SceneChoice:
    """One way on from a scene. None: `locked_because` is empty when it can be taken."""

    id: str
    text: str | Markup
    locked_because: str = ""


@dataclass(frozen=True, slots=True)
class MapSlot:
    """One question of `item_map`. Shape: `state` is met (answered) or open."""

    number: int
    url: str
    state: str = "open"
    is_current: bool = False
    is_flagged: bool = False


@dataclass(frozen=True, slots=True)
class SpeechLine:
    """One turn of a conversation."""

    name: str
    html: Markup
    is_you: bool = False


@dataclass(frozen=True, slots=True)
class Narrowing:
    """One list of `filter_bar`. Shape: options are (value, words); the first stands for all."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]
    chosen: str = ""


@dataclass(frozen=True, slots=True)
class MissedButton:
    """One press that starts a quiz on what was missed. Shape: `hidden` is sent along."""

    url: str
    label: str
    request_key: str
    hidden: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class BookmarkButton:
    """Bookmarks a question or takes it away. Shape: `back` names the page to return to."""

    url: str
    is_on: bool
    back: str
    position: int
