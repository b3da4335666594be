"""What the pages of publishing a case show."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.line_diff import FileDiff
from app.domain.problem import Problem
from app.web.shared.part_data import Way
from app.web.studio.desk.review_pages import ReviewCard


@dataclass(frozen=True, slots=True)
class Hurdled:
    """What keeps a draft from being published. Shape: `code` and `url` are empty without one."""

    words: str
    advice: str
    url: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class PublishPage:
    """What publishing would do, and what stands against it.

    Shape: `is_shut` while the gate is; `hurdles` may tell more, as what was refused just now.
    """

    title: str
    back: Way
    hurdles: tuple[Hurdled, ...]
    is_shut: bool
    cautions: tuple[Problem, ...]
    card: ReviewCard
    is_read: bool
    changes: tuple[str, ...]
    diffs: tuple[FileDiff, ...]
    open_runs: tuple[tuple[str, str], ...]
    version: int
    is_outdated: bool
    serving: str
    change: int
    note: str
    go_on_url: str
    publish_url: str
    discard_url: str


@dataclass(frozen=True, slots=True)
class FolderPage:
    """The text of a case's folder beside the one the studio published.

    Shape: `taken` leads to a draft that stands in the way, None without one.
    """

    title: str
    back: Way
    diffs: tuple[FileDiff, ...]
    fault: str
    seen: str
    action_url: str
    export_url: str
    taken: Way | None
