"""Gathers what stands in an audit packet, people by people, as of one moment.

A stretch of people costs the same number of queries however many they are. What was kept after
the moment is left out, so that making the packet again gives the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from app.domain.audit_packet import AuditPacket, checksum
from app.domain.competency import CompetencyFramework
from app.domain.errors import NotFound
from app.domain.evidence import Evidence, EvidenceKind, Noted, Rated
from app.domain.packet_rows import (
    AssignmentRow,
    CompetencyRow,
    EvidenceRow,
    FrameworkFacts,
    PacketHead,
    PersonPart,
    RequirementRow,
    StaffRow,
)
from app.library.library import Library
from app.services.assigned import asked_of
from app.services.competencies import DEFAULT_FRAMEWORK, Judging, judging
from app.services.competencies import standings_of as standings_in
from app.services.evidence import EvidenceByPlace, evidence_as_of
from app.services.packet_record import (
    Then,
    assignment_rows,
    contract_rows,
    credential_rows,
    hour_rows,
    observation_rows,
    sign_off_rows,
)
from app.services.yardsticks import ratable_of
from app.storage.queries.packet_records import (
    PacketMember,
    credentials_at,
    frameworks_asked,
    packet_members,
    packet_team,
)
from app.storage.queries.team_pages import TeamView, names_of_askers
from app.storage.store import Store

SUPPORT = {"alone": "alone", "prompts": "with prompts", "help": "with help", "shown": "was shown"}
NAMED = frozenset({EvidenceKind.COMPLETION, EvidenceKind.CERTIFICATE})
RULE_FILES = ("content/supervision/signing.yaml", "content/supervision/north-carolina.yaml")


@dataclass(frozen=True, slots=True)
class Scene:
    """What stays the same for every stretch of people."""

    then: Then
    team: TeamView
    members: tuple[PacketMember, ...]
    judged: tuple[Judging, ...]
    head: PacketHead
    assignments: Mapping[str, list[AssignmentRow]]


def set_scene(store: Store, library: Library, packet: AuditPacket) -> Scene:
    """Reads what a packet needs before anybody in particular.

    Raises: NotFound when the team, or the person in it, is not there any more.
    """
    team = packet_team(store, packet.cohort_id)
    if team is None:
        raise NotFound("team-not-found", "There is no such team any more.")
    members = packet_members(store, team.id, as_of=packet.as_of)
    if packet.person_id is not None:
        members = [one for one in members if one.member.id == packet.person_id]
        if not members:
            raise NotFound("person-not-found", "There is no such person in this team any more.")
    ratable = ratable_of(store, library)
    judged = tuple(_judged(store, library, team, ratable.frameworks, packet.as_of))
    names = {one.id: one.full_name for one in store.people.everyone()}
    then = Then(store, library, packet.as_of, names, ratable)
    return Scene(
        then,
        team,
        tuple(members),
        judged,
        _head(then, team, judged, whole=packet.person_id is None),
        _assignments(then, team),
    )


def gather(scene: Scene, some: Sequence[PacketMember]) -> list[PersonPart]:
    """Everything about some people of a packet, in their order.

    The database is let go of after each kind of rows: a long look would keep writers waiting,
    and rows of before the moment stay as they are.
    Cost: about a dozen queries, and half a dozen more for each framework.
    """
    then, people = scene.then, [one.member.id for one in some]
    team = replace(scene.team, members=tuple(one.member for one in some))
    evidence = [_evidence(scene, team, by) for by in scene.judged]
    credentials, contracts = credential_rows(then, people), contract_rows(then, people)
    then.store.end_reading()
    observations = observation_rows(then, people)
    then.store.end_reading()
    hours = hour_rows(then, people)
    then.store.end_reading()
    sign_offs, said = sign_off_rows(then, people)
    then.store.end_reading()
    parts = []
    for one in some:
        person = one.member
        part = PersonPart(
            StaffRow(
                person.id,
                person.full_name,
                person.credential,
                "active" if one.is_active else "has left",
                one.since,
            ),
            credentials=credentials.get(person.id, []),
            contracts=contracts.get(person.id, []),
            observations=observations.get(person.id, []),
            sign_offs=sign_offs.get(person.id, []),
            said=said.get(person.id, []),
            hours=hours.get(person.id, []),
            assignments=scene.assignments.get(person.id, []),
        )
        for by, rows in zip(scene.judged, evidence, strict=True):
            _judge(part, one, by, rows, then.today)
        parts.append(part)
    return parts


def _evidence(scene: Scene, team: TeamView, by: Judging) -> EvidenceByPlace:
    then = scene.then
    known = tuple(then.ratable.frameworks.values())
    found = evidence_as_of(then.store, then.library, team, by.framework, known, as_of=then.as_of)
    then.store.end_reading()
    return found


def _judge(
    part: PersonPart, one: PacketMember, by: Judging, evidence: EvidenceByPlace, today: date
) -> None:
    person, framework = one.member, by.framework
    standings = standings_in(person, by, evidence, on=today)
    asked = by.of_role(person.credential)
    areas = framework.top_titles
    for competency in framework.competencies:
        code, standing = competency.code, standings[competency.code]
        wanted = asked[code].requirement.level if code in asked else None
        part.competencies.append(
            CompetencyRow(
                person.id,
                person.full_name,
                framework.id,
                code,
                competency.title,
                areas.get(framework.top_of(competency), ""),
                str(standing.state),
                wanted,
                _title(by, wanted),
                standing.latest_level,
                _title(by, standing.latest_level),
                standing.met_until,
                standing.rows,
            )
        )
        rows = [row for row in evidence.get((person.id, code), ()) if row.happened_on <= today]
        rows.sort(key=_order)
        part.evidence += [_evidence_row(row, person.full_name, framework.id) for row in rows]


def _order(row: Evidence) -> tuple[object, ...]:
    return (row.happened_on, row.kind, row.source_id, row.rater_name, row.title, row.via)


def _evidence_row(row: Evidence, name: str, framework: str) -> EvidenceRow:
    outcome = row.outcome
    rated = outcome if isinstance(outcome, Rated) else None
    words = row.title
    if isinstance(outcome, Noted):
        words = f"{row.title}. {outcome.words}" if row.kind in NAMED else outcome.words
    return EvidenceRow(
        row.person_id,
        name,
        framework,
        row.competency,
        row.happened_on,
        str(row.kind),
        words,
        rated.level if rated else None,
        rated.mode if rated else "",
        SUPPORT.get(rated.support, rated.support) if rated else "",
        row.rater_name,
        row.rater_credential,
        row.version,
        row.source_id,
        row.via,
    )


def _title(by: Judging, level: int | None) -> str:
    return by.scale.level(level).title if level is not None and by.scale.holds(level) else ""


def _judged(
    store: Store,
    library: Library,
    team: TeamView,
    frameworks: Mapping[str, CompetencyFramework],
    as_of: datetime,
) -> Iterable[Judging]:
    """The frameworks something is asked in, and the usual one even when nothing is."""
    for name in sorted({DEFAULT_FRAMEWORK, *frameworks_asked(store, team.id, as_of=as_of)}):
        if name in frameworks:
            try:
                yield judging(store, library, team, frameworks[name], as_of=as_of)
            except NotFound:
                continue  # no scale or rules: nobody is judged in it


def _head(then: Then, team: TeamView, judged: Sequence[Judging], *, whole: bool) -> PacketHead:
    supervisors = {one.id: one for one in team.supervisors}
    held = credentials_at(then.store, supervisors, as_of=then.as_of)
    named = {one.id: one.full_name for one in team.supervisors}
    return PacketHead(
        organisation=then.store.people.organisation_name(),
        team_id=team.id,
        team=team.name,
        whole=whole,
        as_of=then.as_of,
        zone=then.store.zone,
        supervisors=tuple(one.full_name for one in team.supervisors),
        frameworks=tuple(_facts(then.library, by) for by in judged),
        requirements=tuple(row for by in judged for row in _requirements(by)),
        supervisor_credentials=tuple(then.credential_row(one, named) for one in held),
        others=tuple(_files(then.library, RULE_FILES)),
    )


def _facts(library: Library, by: Judging) -> FrameworkFacts:
    framework, rules = by.framework, by.rules
    files = (
        framework.path,
        "content/supervision/evidence-rules.yaml",
        "content/supervision/level-scales.yaml",
    )
    return FrameworkFacts(
        framework.id,
        framework.title,
        framework.edition,
        framework.version,
        framework.publisher,
        by.scale.title,
        tuple(f"{level.rank} {level.title}" for level in by.scale.levels),
        rules.id,
        rules.why,
        tuple(_files(library, files)),
    )


def _files(library: Library, names: Iterable[str]) -> Iterable[tuple[str, str]]:
    for name in names:
        if name in library.texts:
            yield name, checksum(library.texts[name].encode())


def _requirements(by: Judging) -> Iterable[RequirementRow]:
    if by.asked is None:
        return
    titles = by.framework.top_titles
    titles |= {one.code: one.title for one in by.framework.competencies}
    places = {target: place for place, target in enumerate(titles)}  # as the framework has them
    last = len(places)
    for one in sorted(
        by.asked.requirements,
        key=lambda one: (places.get(one.target, last), one.target, one.role),
    ):
        yield RequirementRow(
            by.framework.id,
            one.target,
            titles.get(one.target, one.target),
            one.level,
            _title(by, one.level) if one.level else "not required",
            one.role,
            one.validity_months,
            by.asked.set_by,
            by.asked.set_at,
        )


def _assignments(then: Then, team: TeamView) -> Mapping[str, list[AssignmentRow]]:
    asked = asked_of(then.store, then.library, [team.id], today=then.today)
    askers = names_of_askers(then.store, team)
    found: dict[str, list[AssignmentRow]] = defaultdict(list)
    for row in assignment_rows(then, asked.standings, askers):
        found[row.person_id].append(row)
    return found
