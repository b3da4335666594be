"""What stands in an audit packet: tables of rows, the same in every file of it.

Free words about somebody's work, private notes, practice, quizzes and readiness have no column
here, so that no packet can hold them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from app.domain.audit_packet import say_plainly
from app.domain.local_time import day_in


class StaffRow(NamedTuple):
    """Somebody of the team. Shape: `standing` is active or has left."""

    person_id: str
    name: str
    role: str  # the credential requirements are asked of
    standing: str
    in_team_since: date


class CredentialRow(NamedTuple):
    """A credential on file, of staff or of a supervisor. None: it never expires."""

    person_id: str
    name: str
    kind: str
    number: str
    issuer: str
    issued_on: date
    expires_on: date | None
    standing: str


class AssessorRow(NamedTuple):
    """Somebody who rated or signed, with a credential as it stood at that moment."""

    assessor: str
    credential: str
    ratings: int
    sign_offs: int
    hours: int
    first_on: date
    last_on: date


class RequirementRow(NamedTuple):
    """What is asked of the team. None: `validity_months` as the evidence rules say."""

    framework: str
    target: str
    title: str
    level: int
    level_title: str
    role: str  # empty: everybody
    validity_months: int | None
    set_by: str
    set_at: datetime


class ContractRow(NamedTuple):
    """One version of a supervision contract. None: not accepted."""

    person_id: str
    name: str
    contract_id: str
    supervisor: str
    number: int
    standing: str
    starts_on: date
    ends_on: date
    site: str
    modality: str
    frequency: str
    accepted_by_staff_at: datetime | None
    accepted_by_supervisor_at: datetime | None


class CompetencyRow(NamedTuple):
    """Where somebody stands. None: no level is asked, or none was rated."""

    person_id: str
    name: str
    framework: str
    code: str
    title: str
    area: str
    state: str
    asked_level: int | None
    asked_title: str
    rated_level: int | None
    rated_title: str
    met_until: date | None
    evidence: int


class EvidenceRow(NamedTuple):
    """One row behind a state. None: `level` is None for what is no rating on this scale."""

    person_id: str
    name: str
    framework: str
    code: str
    happened_on: date
    kind: str
    what: str
    level: int | None
    mode: str
    support: str
    rater: str
    rater_credential: str
    version: str
    source_id: str
    via: str


class ObservationRow(NamedTuple):
    """A finished observation. None: `read_at` until the person confirmed reading it."""

    person_id: str
    name: str
    observation_id: str
    observed_on: date
    mode: str
    observer: str
    observer_credential: str
    finished_at: datetime
    levels: str
    read_at: datetime | None


class SignOffRow(NamedTuple):
    """A signed decision."""

    person_id: str
    name: str
    sign_off_id: str
    target: str
    title: str
    framework: str
    framework_version: str
    level: int
    level_title: str
    standing: str
    signer: str
    credential: str
    typed_name: str
    signed_at: datetime
    ratings: int
    shortfalls: str
    exception: str
    statement: str


class SaidRow(NamedTuple):
    """What was said beside a sign-off: amendments, withdrawals, comments, disputes, reviews."""

    person_id: str
    name: str
    sign_off_id: str
    kind: str
    by: str
    credential: str
    at: datetime
    words: str


class HourRow(NamedTuple):
    """One line of the ledger. None: of practice hours there is no start; a signature is missing.

    Shape: `signed_for` names the former supervisor for whom another signed, empty otherwise.
    """

    person_id: str
    name: str
    line_id: str
    day: date
    minutes: int
    what: str
    functions: str
    mode: str
    started_at: datetime | None
    ended_at: datetime | None
    zone: str
    standing: str
    corrects: str
    staff: str
    staff_credential: str
    staff_signed_at: datetime | None
    supervisor: str
    supervisor_credential: str
    supervisor_signed_at: datetime | None
    signed_for: str


class AssignmentRow(NamedTuple):
    """Something asked of somebody. None: not done since it was asked."""

    person_id: str
    name: str
    title: str
    kind: str
    asked_on: date
    asked_by: str
    due_on: date
    state: str
    done_on: date | None
    result: str  # of a mock exam, only if this was said beforehand


TABLES: Mapping[str, type[tuple[Any, ...]]] = {
    "staff": StaffRow,
    "requirements": RequirementRow,
    "credentials": CredentialRow,
    "assessors": AssessorRow,
    "contracts": ContractRow,
    "competencies": CompetencyRow,
    "evidence": EvidenceRow,
    "observations": ObservationRow,
    "sign-offs": SignOffRow,
    "beside-sign-offs": SaidRow,
    "hours": HourRow,
    "assignments": AssignmentRow,
}


@dataclass(slots=True)
class PersonPart:
    """Everything of a packet that is about one person."""

    staff: StaffRow
    credentials: list[CredentialRow] = field(default_factory=list)
    contracts: list[ContractRow] = field(default_factory=list)
    competencies: list[CompetencyRow] = field(default_factory=list)
    evidence: list[EvidenceRow] = field(default_factory=list)
    observations: list[ObservationRow] = field(default_factory=list)
    sign_offs: list[SignOffRow] = field(default_factory=list)
    said: list[SaidRow] = field(default_factory=list)
    hours: list[HourRow] = field(default_factory=list)
    assignments: list[AssignmentRow] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class FrameworkFacts:
    """What people are judged by, with the version of each file."""

    id: str
    title: str
    edition: str
    version: str
    publisher: str
    scale: str
    levels: tuple[str, ...]
    rules_id: str
    rules_why: str
    files: tuple[tuple[str, str], ...]  # name and SHA-256


@dataclass(frozen=True, slots=True)
class PacketHead:
    """What a packet is about, apart from each person.

    Shape: `whole` says whether it is of the whole team; `zone` names the time zone of its days;
    `supervisor_credentials` and `requirements` are rows of their tables.
    """

    organisation: str
    team_id: str
    team: str
    whole: bool
    as_of: datetime
    zone: str
    supervisors: tuple[str, ...]
    frameworks: tuple[FrameworkFacts, ...]
    requirements: tuple[RequirementRow, ...]
    supervisor_credentials: tuple[CredentialRow, ...]
    others: tuple[tuple[str, str], ...] = ()  # further rules, by name and SHA-256


@dataclass(frozen=True, slots=True)
class PacketData:
    """A whole packet. Shape: people by name, then id."""

    head: PacketHead
    people: tuple[PersonPart, ...]

    def tables(self) -> dict[str, list[Any]]:
        """Every table with its rows, in the order of the people."""
        each = self.people
        return {
            "staff": [one.staff for one in each],
            "requirements": list(self.head.requirements),
            "credentials": [
                *self.head.supervisor_credentials,
                *(row for one in each for row in one.credentials),
            ],
            "assessors": assessors(each, self.head.zone),
            "contracts": [row for one in each for row in one.contracts],
            "competencies": [row for one in each for row in one.competencies],
            "evidence": [row for one in each for row in one.evidence],
            "observations": [row for one in each for row in one.observations],
            "sign-offs": [row for one in each for row in one.sign_offs],
            "beside-sign-offs": [row for one in each for row in one.said],
            "hours": [row for one in each for row in one.hours],
            "assignments": [row for one in each for row in one.assignments],
        }


def as_data(packet: PacketData, tables: Mapping[str, Iterable[Any]]) -> dict[str, Any]:
    """A packet for machines: what it is about, then its tables."""
    head = packet.head
    return {
        "format": "waymark-audit-packet",
        "format_version": 1,
        "as_of": head.as_of,
        "time_zone": head.zone,
        "organization": head.organisation,
        "team": {"id": head.team_id, "name": head.team, "is_whole": head.whole},
        "supervisors": list(head.supervisors),
        "frameworks": [
            {
                "id": one.id,
                "title": one.title,
                "edition": one.edition,
                "version": one.version,
                "publisher": one.publisher,
                "scale": one.scale,
                "levels": list(one.levels),
                "evidence_rules": one.rules_id,
                "files": dict(one.files),
            }
            for one in head.frameworks
        ],
        "other_rules": dict(head.others),
        # By column, because names beside every value would make the file three times as long.
        "tables": {
            name: {"columns": columns_of(name), "rows": list(rows)} for name, rows in tables.items()
        },
    }


def columns_of(name: str) -> list[str]:
    """The names of a table's columns."""
    return list(TABLES[name].__dict__["_fields"])


def as_lines(name: str, rows: Iterable[Iterable[object]]) -> list[list[str]]:
    """A table as lines of words, the names of its columns first."""
    return [columns_of(name), *([say_plainly(value) for value in row] for row in rows)]


def assessors(people: Iterable[PersonPart], zone: str) -> list[AssessorRow]:
    """Who rated, signed off or signed hours, with each credential they did it under."""
    found: dict[tuple[str, str], list[Any]] = {}

    def count(name: str, credential: str, place: int, day: date) -> None:
        if name:
            known = found.setdefault((name, credential), [0, 0, 0, day, day])
            known[place] += 1
            known[3:] = [min(known[3], day), max(known[4], day)]

    for one in people:
        for seen in one.evidence:
            if seen.rater and seen.rater != seen.name and not seen.via and seen.kind != "sign-off":
                count(seen.rater, seen.rater_credential, 0, seen.happened_on)
        for signed in one.sign_offs:
            count(signed.signer, signed.credential, 1, day_in(zone, signed.signed_at))
        for line in one.hours:
            if line.supervisor_signed_at is not None:
                day = day_in(zone, line.supervisor_signed_at)
                count(line.supervisor, line.supervisor_credential, 2, day)
    return [AssessorRow(*key, *found[key]) for key in sorted(found)]
