"""What the account pages show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.domain.person import Person
from app.web.account.inputs import (
    ChangePasswordInput,
    NewPasswordInput,
    PlanInput,
    SetUpInput,
    SignInInput,
)
from app.web.shared.part_data import Cell, FieldFault, Way


@dataclass(frozen=True, slots=True)
class SignInPage:
    """The way in."""

    form: SignInInput
    faults: tuple[FieldFault, ...]
    next: str
    is_demo: bool


@dataclass(frozen=True, slots=True)
class SetUpPage:
    """Making the first administrator."""

    form: SetUpInput
    faults: tuple[FieldFault, ...]


@dataclass(frozen=True, slots=True)
class InvitationPage:
    """Coming in by invitation."""

    form: NewPasswordInput
    faults: tuple[FieldFault, ...]
    full_name: str
    email: str
    organisation: str


@dataclass(frozen=True, slots=True)
class BrowserLine:
    """A browser that is signed in."""

    id: str
    device: str
    started_at: datetime
    is_this: bool


@dataclass(frozen=True, slots=True)
class ReminderCard:
    """What a person chose about mails, and whether they have a calendar address."""

    is_off: bool
    is_supervisor: bool
    feed_made_on: date | None


@dataclass(frozen=True, slots=True)
class ProfilePage:
    """One's own account."""

    person: Person
    roles: tuple[str, ...]
    plan: PlanInput | None
    password: ChangePasswordInput
    faults: tuple[FieldFault, ...]
    browsers: tuple[BrowserLine, ...]
    reminders: ReminderCard | None


@dataclass(frozen=True, slots=True)
class FeedPage:
    """A calendar's secret address, shown this once: only its digest is kept."""

    link: str
    back: Way


@dataclass(frozen=True, slots=True)
class MyDataPage:
    """What is kept about oneself.

    Shape: `look_headers` names the columns of `looks`; `kept` pairs what erasing leaves with the
    reason; `asked_on` and `from_day` are empty unless the person has asked to be forgotten.
    """

    back: Way
    look_headers: tuple[str, ...]
    looks: tuple[tuple[str | Cell, ...], ...]
    erased: tuple[str, ...]
    kept: tuple[tuple[str, str], ...]
    waiting_days: int
    asked_on: str
    from_day: str
