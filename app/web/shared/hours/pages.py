"""What the pages about hours show."""

from __future__ import annotations

from dataclasses import dataclass

from app.web.shared.hours.inputs import (
    LeaveOutInput,
    MeetingInput,
    PhaseInput,
    PracticeInput,
    SignForInput,
)
from app.web.shared.part_data import Cell, FieldFault, Header, Way

Row = tuple[str | Cell, ...]


@dataclass(frozen=True, slots=True)
class PhaseCard:
    """Where somebody stands in a phase. Shape: `functions` are rows of core functions, empty
    where no minimum is set; `sure` says how sure the rule is.
    """

    title: str
    since: str
    state: str
    state_words: str
    next_words: str
    facts: tuple[tuple[str, str], ...]
    functions: tuple[Row, ...]
    forecast: str
    note: str
    sure: str
    sources: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """A line that waits for a signature. Shape: an empty `sign_url`: it waits for the other.

    `may_sign_for`: the other no longer supervises, and the viewer may sign for them, on the page
    of the line.
    """

    line: str
    detail: str
    waits_for: str
    url: str
    sign_url: str
    may_sign_for: bool


@dataclass(frozen=True, slots=True)
class Heading:
    """Whose hours a page shows. Shape: `openings` say who else has looked, to the person only."""

    title: str
    kicker: str = ""
    back: Way | None = None
    openings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HoursPage:
    """Somebody's hours. Shape: `rows` are the newest lines."""

    heading: Heading
    cards: tuple[PhaseCard, ...]
    waiting: tuple[WaitingLine, ...]
    headers: tuple[str | Header, ...]
    rows: tuple[Row, ...]
    lines: int
    practice_url: str  # empty where only meetings are entered
    meeting_url: str
    list_url: str
    phase_form: PhaseInput
    phase_url: str
    faults: tuple[FieldFault, ...]


@dataclass(frozen=True, slots=True)
class EntryPage:
    """The form for practice hours or for a meeting, new or as a correction.

    Shape: `corrects` names the line that is corrected, empty for a new one.
    """

    title: str
    back: Way
    form: PracticeInput | MeetingInput
    is_meeting: bool
    has_supervisors: bool
    corrects: str
    faults: tuple[FieldFault, ...]


@dataclass(frozen=True, slots=True)
class SignForCard:
    """The form with which a line is signed for a former supervisor, who is named."""

    name: str
    url: str
    form: SignForInput


@dataclass(frozen=True, slots=True)
class LinePage:
    """One line of the ledger with what can be done with it. Shape: an empty address: not that.

    None: `sign_for` is None unless the line waits for somebody who no longer supervises.
    """

    title: str
    back: Way
    state: str
    state_words: str
    facts: tuple[tuple[str, str], ...]
    sign_url: str
    take_back_url: str
    correct_url: str
    leave_out_url: str
    leave_out: LeaveOutInput
    sign_for: SignForCard | None
    faults: tuple[FieldFault, ...]


@dataclass(frozen=True, slots=True)
class ListPage:
    """Single lines between two days, for a board. Shape: days as dates are written in forms."""

    full_name: str
    credential: str
    organisation: str
    back: Way
    since: str
    until: str
    fault: str
    headers: tuple[str | Header, ...]
    rows: tuple[Row, ...]
    signers: tuple[str, ...]
    totals: tuple[tuple[str, str], ...]
    csv_url: str
    made: str
