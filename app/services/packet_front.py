"""The pages in front of an audit packet: what it is, what is asked, by whom, and of whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from app.domain.competency_state import CompetencyState
from app.domain.hours import say_minutes
from app.domain.local_time import day_in
from app.domain.packet_rows import AssessorRow, CredentialRow, HourRow, PacketData
from app.services.paper.pdf_file import BOLD
from app.services.paper.sheet import BRAND, SMALL, SOFT, Column, Sheet

SIGNS = {
    CompetencyState.MET: "✓",
    CompetencyState.AGEING: "◔",
    CompetencyState.BELOW: "▽",
    CompetencyState.OPEN: "○",
    CompetencyState.EXPIRED: "✕",
    CompetencyState.NOT_REQUIRED: "–",
}
MEANINGS = (
    (CompetencyState.MET, "what is asked is met, and stays met for a while"),
    (CompetencyState.AGEING, "met; the evidence ends soon unless something is added"),
    (CompetencyState.BELOW, "enough was seen to say that the level is not reached"),
    (CompetencyState.OPEN, "too little was seen to say either"),
    (CompetencyState.EXPIRED, "it was met; the evidence has become too old"),
    (CompetencyState.NOT_REQUIRED, "nothing is asked of this person there"),
)
LEFT_OUT = (
    "Never in a packet: answers in practice and quizzes, flash cards, times of day of learning, "
    "private reflections, estimates of readiness, supervisors’ private notes, drafts, and the "
    "words of feedback. The result of a mock exam only if the assignment said so beforehand."
)


def cover(sheet: Sheet, packet: PacketData, about: str, *, data_sha256: str) -> None:
    """The first page: what this is, as of when, and how to check it."""
    head = packet.head
    sheet.mark("About this packet")
    sheet.space(28)
    sheet.words("Audit packet", size=13, face=BOLD, ink=SOFT)
    sheet.words(about, size=25, face=BOLD, ink=BRAND)
    sheet.space(5)
    sheet.words(head.organisation if head.whole else f"{head.team}, {head.organisation}")
    sheet.space(14)
    left = sum(one.staff.standing != "active" for one in packet.people)
    people = f"{len(packet.people)}" + (f", {left} of whom have left" if left else "")
    sheet.facts(
        [
            (
                "As of",
                f"{head.as_of:%Y-%m-%d %H:%M:%S} UTC. All moments in this packet are UTC; "
                f"days are those of the time zone {head.zone}.",
            ),
            ("People", people),
            ("Supervisors", ", ".join(head.supervisors)),
            *(
                (
                    "Framework",
                    f"{one.title}, edition {one.edition}, version {one.version}. "
                    f"Levels: {', '.join(one.levels)}",
                )
                for one in head.frameworks
            ),
            (
                "Checksum of the data",
                f"{data_sha256} (SHA-256 of packet.json)",
            ),
        ]
    )
    sheet.heading("Checking this packet")
    sheet.words(
        "The same data as of the same moment always make the same files. The checksum above "
        "is that of packet.json, which came with these pages; SHA256SUMS names one for every "
        "file, and READ-ME.txt says how to check them."
    )
    sheet.heading("What people are judged by")
    files = {name: total for one in head.frameworks for name, total in one.files}
    files |= dict(head.others)
    for one in head.frameworks:
        sheet.words(f"{one.id}: {one.rules_why}", size=SMALL)
        sheet.space(4)
    sheet.table(
        [Column("File of rules", 3), Column("Version (SHA-256)", 5)],
        [[name, files[name]] for name in sorted(files)],
    )
    sheet.heading("What the signs mean")
    sheet.facts(((f"{SIGNS[state]} {state}", words) for state, words in MEANINGS), label=150.0)
    sheet.space(6)
    sheet.words(LEFT_OUT, size=SMALL, ink=SOFT)


def asked_of_team(sheet: Sheet, packet: PacketData) -> None:
    """What is asked of the team in competencies."""
    sheet.turn()
    sheet.mark("What is asked of the team")
    sheet.heading("What is asked of the team")
    if not packet.head.requirements:
        sheet.words("Nobody has set what is asked of this team.")
        return
    sheet.table(
        [
            Column("Framework", 1.1),
            Column("Competency or area", 3.4),
            Column("Level", 1.6),
            Column("Of whom", 1.2),
            Column("Valid for", 1.1),
            Column("Set by", 2),
        ],
        [
            [
                one.framework,
                f"{one.target} {one.title}",
                f"{one.level} {one.level_title}" if one.level else one.level_title,
                one.role or "everybody",
                f"{one.validity_months} months" if one.validity_months else "as the rules",
                f"{one.set_by}, {day_in(packet.head.zone, one.set_at)}",
            ]
            for one in packet.head.requirements
        ],
    )


def assessors_table(sheet: Sheet, rows: Sequence[AssessorRow]) -> None:
    """Who rated and signed."""
    sheet.heading("Assessors, with the credential of that moment")
    if not rows:
        sheet.words("Nobody has rated or signed anything.")
        return
    sheet.table(
        [
            Column("Assessor", 2),
            Column("Credential as it stood", 3.6),
            Column("Ratings", 0.8),
            Column("Sign-offs", 0.9),
            Column("Hours signed", 0.9),
            Column("From – to", 1.2),
        ],
        [
            [
                one.assessor,
                one.credential,
                str(one.ratings),
                str(one.sign_offs),
                str(one.hours),
                f"{one.first_on} – {one.last_on}",
            ]
            for one in rows
        ],
    )


def staff_table(sheet: Sheet, packet: PacketData) -> None:
    """Everybody, with counts that lead to their pages."""
    sheet.heading("Staff")
    rows = []
    for one in packet.people:
        states = Counter(row.state for row in one.competencies)
        asked = sum(row.asked_level is not None for row in one.competencies)
        met = states[CompetencyState.MET] + states[CompetencyState.AGEING]
        counted = sum(row.minutes for row in one.hours if is_meeting(row) and counts(row))
        rows.append(
            [
                one.staff.name,
                one.staff.role,
                one.staff.standing,
                str(one.staff.in_team_since),
                f"{met} of {asked}" if asked else "nothing asked",
                str(len(one.observations)),
                str(len(one.sign_offs)),
                say_minutes(counted) if counted else "–",
            ]
        )
    sheet.table(
        [
            Column("Name", 2.4),
            Column("Role", 1),
            Column("Standing", 0.9),
            Column("In team since", 1.15),
            Column("Competencies met", 1.3),
            Column("Observed", 0.9),
            Column("Sign-offs", 0.9),
            Column("Supervised", 1.2),
        ],
        rows,
    )


def credentials_table(sheet: Sheet, rows: Sequence[CredentialRow], *, title: str) -> None:
    """Credentials on file."""
    sheet.heading(title)
    if not rows:
        sheet.words("No credential is on file.")
        return
    sheet.table(
        [
            Column("Name", 2),
            Column("Credential", 1),
            Column("Number", 1.3),
            Column("Issuer", 2),
            Column("From – to", 2),
            Column("Standing", 1.2),
        ],
        [
            [
                one.name,
                one.kind,
                one.number,
                one.issuer,
                f"{one.issued_on} – {one.expires_on or 'does not expire'}",
                one.standing,
            ]
            for one in rows
        ],
    )


def is_meeting(one: HourRow) -> bool:
    """Says whether a line is a meeting of supervision, not practice."""
    return one.what != "practice"


def counts(one: HourRow) -> bool:
    """Says whether both have signed a line, and nothing took its place."""
    return one.standing == "counts"
