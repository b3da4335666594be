"""What a supervisor's pages about one person show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.web.shared.observation_view import ObservationView, SaidLine
from app.web.shared.part_data import Cell, FieldFault, Way
from app.web.shared.sign_off_view import SignOffView
from app.web.shared.supervision_lines import ContractLine, GapLine, GoalLine, RequestLine
from app.web.team.supervising.inputs import (
    ContractInput,
    GoalInput,
    SignOffChoiceInput,
    SignOffInput,
)

Row = tuple[str | Cell, ...]


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the buttons of the record lead. Shape: goals, requests: their own by id."""

    record: str
    observe: str
    contract: str
    new_goal: str
    sign: str
    note: str
    reconcile: str
    packets: str
    goals: Mapping[str, str]
    requests: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RecordPage:
    """One person's supervision, as their supervisor sees it.

    Shape: `waiting` are requests without an answer; `drafts` what the viewer has begun; `notes`
    are the viewer's own, which nobody else sees.
    """

    full_name: str
    credential: str
    back: Way
    at: Addresses
    form_key: str
    fault: str
    waiting: tuple[RequestLine, ...]
    answered: tuple[RequestLine, ...]
    drafts: tuple[Way, ...]
    gaps: tuple[GapLine, ...]
    explained: tuple[SaidLine, ...]
    contracts: tuple[ContractLine, ...]
    goals: tuple[GoalLine, ...]
    observations: tuple[Row, ...]
    ratings: tuple[Row, ...]
    sign_offs: tuple[Row, ...]
    notes: tuple[SaidLine, ...]


@dataclass(frozen=True, slots=True)
class ContractPage:
    """The form of the next version of a contract. Shape: `seen` is the number of the newest."""

    full_name: str
    back: Way
    form: ContractInput
    faults: tuple[FieldFault, ...]
    seen: int
    form_key: str


@dataclass(frozen=True, slots=True)
class GoalPage:
    """The form of a goal. Shape: `next_step` repeats the feedback it grows from, or is empty."""

    full_name: str
    back: Way
    form: GoalInput
    faults: tuple[FieldFault, ...]
    next_step: str
    form_key: str


@dataclass(frozen=True, slots=True)
class Step:
    """A level to choose."""

    value: str
    title: str
    meaning: str


@dataclass(frozen=True, slots=True)
class MarkOnScreen:
    """The fields of one competency in the form of an observation."""

    code: str
    title: str
    steps: tuple[Step, ...]
    level: str
    support: str
    words: str
    in_plan: bool


@dataclass(frozen=True, slots=True)
class CountOnScreen:
    """One number of an interview to count or judge."""

    name: str
    label: str
    hint: str
    value: str


@dataclass(frozen=True, slots=True)
class ObservingPage:
    """The form of an observation, saved while it is written.

    Shape: `modes` and `supports` pair values with words; `fault` says what to change, or is
    empty; `goal` is the goal it looks at again, or empty.
    """

    full_name: str
    back: Way
    url: str
    discard_url: str
    seen: int
    saved: str
    fault: str
    fault_at: str
    goal: str
    mode: str
    modes: tuple[tuple[str, str], ...]
    observed_on: str
    today: str
    supports: tuple[tuple[str, str], ...]
    marks: tuple[MarkOnScreen, ...]
    more: Mapping[str, Mapping[str, str]]
    note: str
    went_well: str
    next_step: str
    counts: tuple[CountOnScreen, ...]
    globals_: tuple[CountOnScreen, ...]
    measures: tuple[Row, ...]
    has_counts: bool


@dataclass(frozen=True, slots=True)
class ObservedPage:
    """A finished observation. Shape: `goal_url` ends the goal it looked at again, or is empty."""

    full_name: str
    back: Way
    observation: ObservationView
    observation_id: str
    goal: str
    goal_url: str
    new_goal_url: str
    sign_url: str


@dataclass(frozen=True, slots=True)
class SigningPage:
    """What a sign-off would rest on, and the form that signs it.

    Shape: `target` is empty until something is chosen; `refusal` says why the viewer cannot sign,
    or is empty.
    """

    full_name: str
    back: Way
    choice: SignOffChoiceInput
    target: str
    level: str
    meaning: str
    evidence: tuple[Row, ...]
    missing: tuple[str, ...]
    minimum: str
    credential: str
    refusal: str
    signer: str
    form: SignOffInput
    faults: tuple[FieldFault, ...]
    hidden: Mapping[str, str]
    form_key: str


@dataclass(frozen=True, slots=True)
class SignedPage:
    """A sign-off with what stands beside it."""

    full_name: str
    back: Way
    signed: SignOffView
    url: str
    form_key: str
    fault: str
