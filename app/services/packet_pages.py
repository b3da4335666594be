"""The printed pages of an audit packet: what it is, what is asked, then person by person.

Single lines of practice and every row of evidence stand in the tables beside it; here they are
told in counts that lead there.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

from app.domain.audit_packet import say_moment, say_plainly
from app.domain.competency_state import CompetencyState
from app.domain.hours import say_minutes
from app.domain.packet_rows import (
    AssessorRow,
    CompetencyRow,
    EvidenceRow,
    HourRow,
    PacketData,
    PersonPart,
)
from app.services.packet_front import (
    SIGNS,
    asked_of_team,
    assessors_table,
    counts,
    cover,
    credentials_table,
    is_meeting,
    staff_table,
)
from app.services.paper.pdf_file import BOLD
from app.services.paper.sheet import BRAND, SMALL, SOFT, Column, Sheet


class PacketPages:
    """Fills the pages of one packet."""

    def __init__(
        self, packet: PacketData, assessors: Sequence[AssessorRow], *, data_sha256: str
    ) -> None:
        head = packet.head
        about = head.team if head.whole else packet.people[0].staff.name
        moment = say_moment(head.as_of)
        self.sheet = Sheet(
            title=f"Audit packet: {about}, as of {moment}",
            head=f"Audit packet · {about} · {head.organisation}",
            foot=f"As of {moment} · data {data_sha256[:16]}…",
        )
        cover(self.sheet, packet, about, data_sha256=data_sha256)
        asked_of_team(self.sheet, packet)
        credentials_table(self.sheet, head.supervisor_credentials, title="Supervisors of the team")
        assessors_table(self.sheet, assessors)
        staff_table(self.sheet, packet)

    def done(self) -> Iterator[bytes | None]:
        """The file. Shape: None after each page, then it."""
        yield from self.sheet.done()

    def add(self, person: PersonPart) -> None:
        """Adds everything about one person, from a page of their own on."""
        sheet, staff = self.sheet, person.staff
        sheet.turn()
        sheet.mark(staff.name)
        sheet.words(staff.name, size=17, face=BOLD, ink=BRAND)
        sheet.space(2)
        role = f"{staff.role} · " if staff.role else ""
        standing = "" if staff.standing == "active" else f" · {staff.standing}"
        sheet.words(f"{role}in this team since {staff.in_team_since}{standing}", ink=SOFT)
        credentials_table(sheet, person.credentials, title="Credentials")
        self._contracts(person)
        self._competencies(person)
        self._observations(person)
        self._sign_offs(person)
        self._hours(person.hours)
        self._assignments(person)

    def _contracts(self, person: PersonPart) -> None:
        self.sheet.heading("Supervision contracts")
        if not person.contracts:
            self.sheet.words("None.")
            return
        self.sheet.table(
            [
                Column("With", 1.6),
                Column("No.", 0.5),
                Column("Standing", 0.9),
                Column("From – to", 1.3),
                Column("Site, form, frequency", 2.6),
                Column("Accepted by staff", 1.5),
                Column("Accepted by supervisor", 1.5),
            ],
            [
                [
                    one.supervisor,
                    str(one.number),
                    one.standing,
                    f"{one.starts_on} – {one.ends_on}",
                    " ".join((one.site, one.modality, one.frequency)),
                    _moment(one.accepted_by_staff_at),
                    _moment(one.accepted_by_supervisor_at),
                ]
                for one in person.contracts
            ],
        )

    def _competencies(self, person: PersonPart) -> None:
        sheet = self.sheet
        behind = _behind(person.evidence)
        for framework in sorted({one.framework for one in person.competencies}):
            rows = [one for one in person.competencies if one.framework == framework]
            own = {(one.framework, one.code) for one in person.evidence if not one.via}
            told = [
                one
                for one in rows
                if one.asked_level is not None or (one.framework, one.code) in own
            ]
            sheet.heading(f"Competencies: {framework}")
            if told:
                sheet.table(
                    [
                        Column("Competency", 3.4),
                        Column("Asked", 1.2),
                        Column("Where it stands", 1.6),
                        Column("Rated last", 1.2),
                        Column("Met through", 1.15),
                        Column("Evidence", 2.3),
                    ],
                    [_competency(one, behind) for one in told],
                )
            rest = len(rows) - len(told)
            if rest:
                sheet.words(
                    f"{SIGNS[CompetencyState.NOT_REQUIRED]} {rest} more: not required, and "
                    "without evidence of their own.",
                    size=SMALL,
                    ink=SOFT,
                )

    def _observations(self, person: PersonPart) -> None:
        self.sheet.heading("Observations")
        if not person.observations:
            self.sheet.words("None.")
            return
        self.sheet.table(
            [
                Column("Day", 1.15),
                Column("Seen", 0.95),
                Column("Observer, credential at that moment", 2.6),
                Column("Levels given", 3.8),
                Column("Finished", 1.15),
                Column("Read by staff", 1.15),
            ],
            [
                [
                    str(one.observed_on),
                    one.mode,
                    f"{one.observer}, {one.observer_credential}",
                    one.levels,
                    _moment(one.finished_at),
                    _moment(one.read_at),
                ]
                for one in person.observations
            ],
        )

    def _sign_offs(self, person: PersonPart) -> None:
        sheet = self.sheet
        sheet.heading("Sign-offs")
        if not person.sign_offs:
            sheet.words("None.")
        for one in person.sign_offs:
            sheet.keep(70)
            sheet.words(f"{one.target} {one.title}: {one.level} {one.level_title}", face=BOLD)
            sheet.facts(
                [
                    ("Standing", one.standing),
                    ("Signed", f"“{one.typed_name}”, {_moment(one.signed_at)}"),
                    ("By", f"{one.signer}, {one.credential}"),
                    ("Framework", f"{one.framework}, {one.framework_version}"),
                    ("Resting on", _count(one.ratings, "rating")),
                    *((("Evidence missing", one.shortfalls),) if one.shortfalls else ()),
                    *((("Signed all the same", one.exception),) if one.exception else ()),
                    ("Statement", one.statement),
                    ("Id", one.sign_off_id),
                    *(
                        (
                            said.kind.capitalize(),
                            f"{said.by}{_with(said.credential)}, {_moment(said.at)}: {said.words}",
                        )
                        for said in person.said
                        if said.sign_off_id == one.sign_off_id
                    ),
                ],
                label=104.0,
            )
            sheet.space(8)

    def _hours(self, rows: Sequence[HourRow]) -> None:
        sheet = self.sheet
        sheet.heading("Hours")
        if not rows:
            sheet.words("None.")
            return
        counted = [one for one in rows if counts(one)]
        waiting = [one for one in rows if one.standing.startswith("waits")]
        sheet.facts(
            [
                ("Practice, signed by both", _sum(one for one in counted if not is_meeting(one))),
                ("Supervision, both", _sum(one for one in counted if is_meeting(one))),
                ("Waiting for a signature", _sum(waiting)),
            ]
        )
        practice: dict[str, int] = defaultdict(int)
        for one in counted:
            if not is_meeting(one):
                practice[one.functions] += one.minutes
        if practice:
            codes = sorted(practice, key=lambda code: (len(code), code))
            words = "; ".join(f"{code} {say_minutes(practice[code])}" for code in codes)
            sheet.facts([("Practice by core function", words)])
        sheet.space(4)
        meetings = [one for one in rows if is_meeting(one)]
        if meetings:
            sheet.table(
                [
                    Column("Supervision", 1.15),
                    Column("Start – end (UTC)", 1.4),
                    Column("Length", 0.9),
                    Column("Form", 1.4),
                    Column("Staff signed", 1.2),
                    Column("Supervisor, credential, signed", 3.2),
                    Column("Standing", 1),
                ],
                [_meeting(one) for one in meetings],
            )

    def _assignments(self, person: PersonPart) -> None:
        if not person.assignments:
            return
        self.sheet.heading("Assignments")
        self.sheet.table(
            [
                Column("What", 3.4),
                Column("Asked", 1.2),
                Column("By", 1.6),
                Column("Due", 1.2),
                Column("State", 1),
                Column("Done", 1.2),
                Column("Result", 1),
            ],
            [
                [
                    one.title if one.title.startswith(one.kind) else f"{one.kind}: {one.title}",
                    str(one.asked_on),
                    one.asked_by,
                    str(one.due_on),
                    one.state,
                    say_plainly(one.done_on) or "–",
                    one.result or "–",
                ]
                for one in person.assignments
            ],
        )


def _competency(one: CompetencyRow, behind: dict[tuple[str, str], str]) -> list[str]:
    return [
        f"{one.code} {one.title}",
        f"{one.asked_level} {one.asked_title}" if one.asked_level is not None else "not required",
        f"{SIGNS[CompetencyState(one.state)]} {one.state}",
        f"{one.rated_level} {one.rated_title}" if one.rated_level is not None else "–",
        say_plainly(one.met_until) or "–",
        behind.get((one.framework, one.code), "none"),
    ]


def _behind(rows: Iterable[EvidenceRow]) -> dict[tuple[str, str], str]:
    """What stands behind each state, in counts by kind and the last day of each."""
    found: dict[tuple[str, str], dict[str, list[date]]] = defaultdict(dict)
    through: Counter[tuple[str, str]] = Counter()
    for row in rows:
        key = (row.framework, row.code)
        if row.via:
            through[key] += 1
        else:
            found[key].setdefault(row.kind, []).append(row.happened_on)
    told = {
        key: [f"{_count(len(days), kind)}, last {max(days)}" for kind, days in kinds.items()]
        for key, kinds in found.items()
    }
    for key, count in through.items():
        told.setdefault(key, []).append(f"{_count(count, 'row')} through another framework")
    return {key: "; ".join(parts) for key, parts in told.items()}


def _count(count: int, kind: str) -> str:
    first, _, rest = kind.partition(" ")
    plural = f"{first}s {rest}".strip() if count != 1 else kind
    return f"{count} {plural}"


def _meeting(one: HourRow) -> list[str]:
    start, end = one.started_at, one.ended_at
    times = f"{start:%H:%M} – {end:%H:%M}" if start and end else ""
    return [
        str(one.day),
        times,
        say_minutes(one.minutes),
        ", ".join(part for part in (one.what.removeprefix("supervision, "), one.mode) if part),
        _moment(one.staff_signed_at),
        f"{one.supervisor}{_with(one.supervisor_credential)}, {_moment(one.supervisor_signed_at)}"
        f"{f', for {one.signed_for}' if one.signed_for else ''}"
        if one.supervisor
        else "not yet",
        one.standing,
    ]


def _sum(rows: Iterable[HourRow]) -> str:
    minutes = [one.minutes for one in rows]
    return f"{say_minutes(sum(minutes))} in {len(minutes)} lines" if minutes else "none"


def _moment(moment: datetime | None) -> str:
    """A moment to the minute, as people read it; the tables have the seconds."""
    return "–" if moment is None else f"{moment:%Y-%m-%d %H:%M}"


def _with(credential: str) -> str:
    return f", {credential}" if credential else ""
