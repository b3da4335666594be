"""The rows of an audit packet that tell of people's record: what was agreed, seen, signed, done.

Each function reads for many people at once and gives rows by person; what was kept after the
moment is left out. Words about somebody's work stay where they were written.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Protocol, TypeVar

from app.domain.board_rules import edition_on, renewals_of
from app.domain.credential import Credential
from app.domain.due_day import AssignmentStanding
from app.domain.hours import HourEntry, counting
from app.domain.packet_rows import (
    AssignmentRow,
    ContractRow,
    CredentialRow,
    HourRow,
    ObservationRow,
    SaidRow,
    SignOffRow,
)
from app.domain.rating import Rating
from app.domain.renewal import renewal_state
from app.domain.sign_off import SignOff, SignOffEntry, standing_of
from app.domain.supervision_contract import contract_state
from app.library.library import Library
from app.services.yardsticks import Ratable
from app.storage.observations import READ
from app.storage.queries.packet_records import credentials_at
from app.storage.store import Store
from app.storage.supervision_contracts import StoredContract


class _OfPerson(Protocol):
    @property
    def person_id(self) -> str: ...


_Row = TypeVar("_Row", bound=_OfPerson)


@dataclass(frozen=True, slots=True)
class Then:
    """A moment to look from. Shape: `names` of everybody in the organisation by id."""

    store: Store
    library: Library
    as_of: datetime
    names: Mapping[str, str]
    ratable: Ratable

    @property
    def today(self) -> date:
        """The day of that moment."""
        return self.store.day_of(self.as_of)

    def credential_row(self, one: Credential, names: Mapping[str, str]) -> CredentialRow:
        """A credential with how it stood."""
        day = self.today
        rule = renewals_of(self.library.boards.values()).get(one.kind)
        state = renewal_state(one, edition_on(rule.editions, day) if rule else None, day)
        return CredentialRow(
            one.person_id,
            names.get(one.person_id, ""),
            one.kind,
            one.number,
            one.issuer,
            one.issued_on,
            one.expires_on,
            str(state),
        )

    def named(self, person_id: str | None) -> str:
        """Somebody's name; empty for nobody."""
        return self.names.get(person_id or "", "")


def credential_rows(then: Then, people: Collection[str]) -> dict[str, list[CredentialRow]]:
    """The credentials on file."""
    held = credentials_at(then.store, people, as_of=then.as_of)
    return _by_person(then.credential_row(one, then.names) for one in held)


def contract_rows(then: Then, people: Collection[str]) -> dict[str, list[ContractRow]]:
    """Every version of every contract of supervision."""
    stored = [
        replace(
            one,
            accepted={who: at for who, at in one.accepted.items() if at <= then.as_of},
        )
        for one in then.store.contracts.of_people(people)
        if one.written_at <= then.as_of
    ]
    stored.sort(key=lambda one: (one.contract.supervisor_id, one.contract.number))
    newest: dict[tuple[str, str], int] = defaultdict(int)
    for one in stored:
        pair = (one.contract.person_id, one.contract.supervisor_id)
        if set(pair) <= set(one.accepted):
            newest[pair] = max(newest[pair], one.contract.number)
    return _by_person(_contract(then, one, newest) for one in stored)


def _contract(
    then: Then, one: StoredContract, newest: Mapping[tuple[str, str], int]
) -> ContractRow:
    agreed, terms = one.contract, one.contract.terms
    state = contract_state(
        agreed,
        accepted_by=one.accepted,
        newest=newest[agreed.person_id, agreed.supervisor_id],
        today=then.today,
    )
    return ContractRow(
        agreed.person_id,
        then.named(agreed.person_id),
        agreed.id,
        then.named(agreed.supervisor_id),
        agreed.number,
        str(state),
        terms.starts_on,
        terms.ends_on,
        terms.site,
        terms.modality,
        terms.frequency,
        one.accepted.get(agreed.person_id),
        one.accepted.get(agreed.supervisor_id),
    )


def observation_rows(then: Then, people: Collection[str]) -> dict[str, list[ObservationRow]]:
    """Finished observations: when, how, by whom under which credential, and the levels given."""
    store, as_of = then.store, then.as_of
    found = [
        one
        for one in store.observations.finished_of(people)
        if one.finished_at is not None and one.finished_at <= as_of
    ]
    found.sort(key=lambda one: (one.form.observed_on or store.day_of(one.started_at), one.id))
    rated: dict[str, list[Rating]] = defaultdict(list)
    for rating in store.ratings.of_people(people):
        if rating.observation_id and rating.rated_at <= as_of:
            rated[rating.observation_id].append(rating)
    replies = store.observations.replies([one.id for one in found])
    read = {one.observation_id: one.said_at for one in replies if one.kind == READ}
    rows = []
    for one in found:
        given = sorted(rated[one.id], key=lambda rating: rating.competency)
        read_at = read.get(one.id)
        rows.append(
            ObservationRow(
                one.person_id,
                then.named(one.person_id),
                one.id,
                one.form.observed_on or store.day_of(one.started_at),
                str(one.form.mode or ""),
                then.named(one.observer_id),
                "; ".join(sorted({rating.rater_credential for rating in given})),
                one.finished_at or one.saved_at,
                _levels(given),
                read_at if read_at is not None and read_at <= as_of else None,
            )
        )
    return _by_person(rows)


def _levels(ratings: Iterable[Rating]) -> str:
    """Levels with the competencies they were given in: Competent: TAP21-1, TAP21-2."""
    codes: dict[tuple[int, str], list[str]] = defaultdict(list)
    for one in ratings:
        codes[one.level, one.level_title].append(one.competency)
    return "; ".join(f"{title}: {', '.join(codes[level, title])}" for level, title in sorted(codes))


def sign_off_rows(
    then: Then, people: Collection[str]
) -> tuple[dict[str, list[SignOffRow]], dict[str, list[SaidRow]]]:
    """Sign-offs, and everything said beside them."""
    store = then.store
    signed = [one for one in store.sign_offs.of_people(people) if one.signed_at <= then.as_of]
    signed.sort(key=lambda one: (one.signed_at, one.id))
    beside: dict[str, list[SignOffEntry]] = defaultdict(list)
    for entry in store.sign_offs.entries([one.id for one in signed]):
        if entry.at <= then.as_of:
            beside[entry.sign_off_id].append(entry)
    said = [
        SaidRow(
            one.person_id,
            then.named(one.person_id),
            one.id,
            str(entry.kind),
            then.named(entry.by),
            entry.credential,
            entry.at,
            entry.words,
        )
        for one in signed
        for entry in beside[one.id]
    ]
    return _by_person(_sign_off(then, one, beside[one.id]) for one in signed), _by_person(said)


def _sign_off(then: Then, one: SignOff, beside: Sequence[SignOffEntry]) -> SignOffRow:
    known = then.ratable.competencies.get(one.target)
    framework = then.ratable.frameworks.get(one.framework_id)
    groups = {f"{framework.id}/{g.id}": g.title for g in framework.groups} if framework else {}
    return SignOffRow(
        one.person_id,
        then.named(one.person_id),
        one.id,
        one.target,
        known.title if known else groups.get(one.target, ""),
        one.framework_id,
        one.framework_version,
        one.level,
        one.level_title,
        str(standing_of(beside)),
        then.named(one.signed_by),
        one.credential,
        one.typed_name,
        one.signed_at,
        len(one.evidence),
        "; ".join(one.shortfalls),
        one.exception,
        one.statement,
    )


def hour_rows(then: Then, people: Collection[str]) -> dict[str, list[HourRow]]:
    """Every line of the ledger with its signatures, and whether it counts."""
    lines: dict[str, list[HourEntry]] = defaultdict(list)
    for stored in then.store.hours.of_people(people):
        if stored.entered_at <= then.as_of:
            lines[stored.entry.person_id].append(_as_it_was(stored.entry, then.as_of))
    found = {}
    for person_id, own in lines.items():
        counts = {one.id for one in counting(own)}
        found[person_id] = [_line(then, one, counts) for one in own]
    return found


def _line(then: Then, one: HourEntry, counts: Collection[str]) -> HourRow:
    meeting = one.meeting
    standing = "counts" if one.id in counts else str(one.state)
    if one.id not in counts and one.staff and one.supervisor:
        standing = "takes a line back" if one.is_void else "corrected by another line"
    return HourRow(
        one.person_id,
        then.named(one.person_id),
        one.id,
        one.day,
        one.minutes,
        f"supervision, {meeting.group}" if meeting else "practice",
        ", ".join(meeting.functions) if meeting else one.function,
        str(meeting.mode) if meeting else "",
        meeting.started_at if meeting else None,
        meeting.ended_at if meeting else None,
        meeting.zone if meeting else "",
        standing,
        one.amends,
        one.staff.name if one.staff else "",
        one.staff.credential if one.staff else "",
        one.staff.signed_at if one.staff else None,
        one.supervisor.name if one.supervisor else "",
        one.supervisor.credential if one.supervisor else "",
        one.supervisor.signed_at if one.supervisor else None,
        one.supervisor.signed_for if one.supervisor else "",
    )


def _as_it_was(entry: HourEntry, as_of: datetime) -> HourEntry:
    """A line without signatures that came later; nearly always the line itself."""
    staff, supervisor = entry.staff, entry.supervisor
    if staff is not None and staff.signed_at > as_of:
        entry = replace(entry, staff=None)
    if supervisor is not None and supervisor.signed_at > as_of:
        entry = replace(entry, supervisor=None)
    return entry


def assignment_rows(
    then: Then, standings: Iterable[AssignmentStanding], askers: Mapping[str, str]
) -> Iterable[AssignmentRow]:
    """What was asked of people and by when it was done. Results only where this was announced."""
    for one in standings:
        if one.assignment.asked_at > then.as_of:
            continue
        outcome = one.outcome
        result = ""
        if outcome is not None:
            result = f"{outcome.scaled}, {'passed' if outcome.is_pass else 'not passed'}"
        yield AssignmentRow(
            one.person_id,
            then.named(one.person_id),
            one.target.title,
            one.target.kind,
            one.assignment.asked_on,
            askers.get(one.assignment.id, ""),
            one.due.on,
            str(one.state),
            one.done_on,
            result,
        )


def _by_person(rows: Iterable[_Row]) -> dict[str, list[_Row]]:
    found: dict[str, list[_Row]] = defaultdict(list)
    for row in rows:
        found[row.person_id].append(row)
    return found
