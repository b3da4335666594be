"""What the administration pages show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.storage.queries.admin_pages import PersonLine
from app.web.admin.inputs import CredentialInput, InviteInput, RoleInput, TeamInput
from app.web.shared.exam_time import ExamTimeCard
from app.web.shared.leave import LeaveCard
from app.web.shared.observation_view import ObservationView
from app.web.shared.part_data import Cell, FieldFault, Narrowing, Way
from app.web.shared.sign_off_view import SignOffView
from app.web.shared.supervision_lines import ContractLine

Row = tuple[str | Cell, ...]


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """Everyone, who is invited, and the teams."""

    active: int
    rows: tuple[Row, ...]
    invitations: tuple[Row, ...]
    teams: tuple[Row, ...]
    team_form: TeamInput
    faults: tuple[FieldFault, ...]


@dataclass(frozen=True, slots=True)
class RolesCard:
    """What somebody is here since when, with the forms that change it.

    Shape: `held` are rows of role, team, since, and the way to end it; `credentials` are
    suggestions.
    """

    held: tuple[Row, ...]
    role_form: RoleInput
    credential_form: CredentialInput
    credentials: tuple[str, ...]
    has_teams: bool


@dataclass(frozen=True, slots=True)
class PersonPage:
    """One person with their roles, their exam time, and closing or opening their account.

    None: `exam_time` is None for people who sit no exams; `erasure` unless they asked for it.
    """

    person: PersonLine
    faults: tuple[FieldFault, ...]
    roles: RolesCard
    is_self: bool
    back: Way
    audit_url: str
    looks_url: str
    supervision_url: str
    exam_time: ExamTimeCard | None
    leave: LeaveCard | None
    erasure: ErasureCard | None


@dataclass(frozen=True, slots=True)
class ErasureCard:
    """That somebody asked to be forgotten, and whether the time to think is over."""

    asked_on: str
    from_day: str
    may_be_done: bool


@dataclass(frozen=True, slots=True)
class EndRolePage:
    """The question before a role ends."""

    full_name: str
    title: str
    text: str
    back: Way


@dataclass(frozen=True, slots=True)
class WithdrawPage:
    """The question before an invitation is withdrawn."""

    full_name: str
    email: str
    back: Way


@dataclass(frozen=True, slots=True)
class InvitePage:
    """The form that invites somebody."""

    form: InviteInput
    faults: tuple[FieldFault, ...]
    has_teams: bool
    credentials: tuple[str, ...]
    back: Way


@dataclass(frozen=True, slots=True)
class InvitedPage:
    """An invitation's link, shown this once: only its digest is kept."""

    full_name: str
    email: str
    link: str
    until: date
    back: Way


@dataclass(frozen=True, slots=True)
class AuditPage:
    """The newest entries of the audit trail."""

    narrowings: tuple[Narrowing, ...]
    about: str
    rows: tuple[Row, ...]
    is_cut: bool


@dataclass(frozen=True, slots=True)
class LooksPage:
    """Who opened one person's record. Shape: `headers` names the columns of `rows`."""

    full_name: str
    back: Way
    headers: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class PersonSupervisionPage:
    """One person's supervision, to read. Shape: `hours` are sums, empty when nothing is entered;
    `ratings` are the rows behind `levels`, the newest first.
    """

    full_name: str
    credential: str
    back: Way
    levels: tuple[Row, ...]
    ratings: tuple[Row, ...]
    observations: tuple[Row, ...]
    sign_offs: tuple[Row, ...]
    contracts: tuple[ContractLine, ...]
    hours: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PersonObservationPage:
    """A finished observation of somebody."""

    full_name: str
    back: Way
    observation: ObservationView


@dataclass(frozen=True, slots=True)
class PersonSignOffPage:
    """A sign-off of somebody, with what stands beside it."""

    full_name: str
    back: Way
    signed: SignOffView
