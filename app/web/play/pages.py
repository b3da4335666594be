"""What the pages before and during a run show: no field for a rating, a target or a key."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from app.domain.review_mark import ReviewMark
from app.web.shared.part_data import FieldFault, SceneChoice
from app.web.shared.sociogram import Sociogram


@dataclass(frozen=True, slots=True)
class CaseLineOnScreen:
    """A case in the list. It counts endings and tells none that has not been met."""

    title: str
    url: str
    minutes: int
    level: str
    endings_seen: int
    endings_total: int
    resume_url: str
    last_words: str


@dataclass(frozen=True, slots=True)
class CasesPage:
    """All cases, with where one stands in each."""

    cases: tuple[CaseLineOnScreen, ...]


@dataclass(frozen=True, slots=True)
class SceneBlock:
    """A piece of a scene: prose, or one turn of speech. Shape: `speaker` is empty for prose."""

    html: Markup
    speaker: str = ""
    is_you: bool = False


@dataclass(frozen=True, slots=True)
class PersonInCase:
    """Somebody one meets in a case."""

    name: str
    words: str


@dataclass(frozen=True, slots=True)
class EarlierRun:
    """One of one's own runs of a case. `ending` is empty while it goes on."""

    url: str
    started: date
    ending: str
    is_open: bool
    words: str


@dataclass(frozen=True, slots=True)
class CompetencyName:
    """A competency by code, with its name."""

    code: str
    title: str


@dataclass(frozen=True, slots=True)
class BriefPage:
    """What one reads before a case."""

    title: str
    kicker: str
    blocks: tuple[SceneBlock, ...]
    your_part: str
    people: tuple[PersonInCase, ...]
    competencies: tuple[CompetencyName, ...]
    reviewed: ReviewMark | None
    runs: tuple[EarlierRun, ...]
    resume_url: str
    start_url: str
    request_key: str
    asked: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Citation:
    """A work that the feedback so far has named."""

    id: str
    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Taken:
    """What was just done, and the feedback on it where the case gives it at once."""

    label: str
    words: tuple[Markup | str, ...]
    feedback: Markup | None


@dataclass(frozen=True, slots=True)
class Passed:
    """A scene that lies behind: what was read and done in it."""

    title: str
    blocks: tuple[SceneBlock, ...]
    taken: tuple[Taken, ...]


@dataclass(frozen=True, slots=True)
class Ordered:
    """A step to put in place; `place` is what has been chosen, 0 for nothing yet."""

    number: int
    text: str
    place: int = 0


@dataclass(frozen=True, slots=True)
class Picked:
    """Something to tick; numbers are places on this screen and mean nothing elsewhere."""

    number: int
    text: str
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class Judgment:
    """One answer of a scale. Units: `value` runs from minus to plus the reach of the scale."""

    value: int
    words: str
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class ActivityOnScreen:
    """A task inside a scene. Shape: only what its kind needs is filled."""

    kind: str
    ask: Markup
    picture: Sociogram | None = None
    people: tuple[str, ...] = ()
    options: tuple[Picked, ...] = ()
    most: int = 0
    steps: tuple[Ordered, ...] = ()
    words: str = ""
    most_words: int = 0
    cues: tuple[str, ...] = ()
    minutes: int = 0
    scale: tuple[Judgment, ...] = ()


@dataclass(frozen=True, slots=True)
class LiveLine:
    """Something the case lets one watch."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class ShownMedia:
    """A picture, sound or film of a scene, told in words."""

    description: str
    transcript: str
    in_full: str


@dataclass(frozen=True, slots=True)
class RunPage:
    """The scene a run stands in."""

    title: str
    scene_number: int
    scene_title: str
    blocks: tuple[SceneBlock, ...]
    media: ShownMedia | None
    taken: Taken | None
    live: tuple[LiveLine, ...]
    choices: tuple[SceneChoice, ...]
    activity: ActivityOnScreen | None
    can_go_on: bool
    passed: tuple[Passed, ...]
    brief: tuple[SceneBlock, ...]
    people: tuple[PersonInCase, ...]
    citations: tuple[Citation, ...]
    action_url: str
    leave_url: str
    hidden: dict[str, str]
    faults: tuple[FieldFault, ...] = ()
    notice: str = ""
    unsaved: str = ""

    @property
    def is_map(self) -> bool:
        """Says whether a picture needs the room that is beside the text elsewhere."""
        return self.activity is not None and self.activity.picture is not None
