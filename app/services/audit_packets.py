"""Audit packets: asking for one, fetching it, and who may.

A packet of a team is for whoever supervises it now; that of a person also for the person; both
for administrators. Making them: packet_making.
"""

from __future__ import annotations

import logging
from datetime import datetime

from app.domain.access import supervised_cohort
from app.domain.audit_packet import AuditPacket, PacketState
from app.domain.errors import InvalidInput, NotAllowed, NotFound
from app.domain.person import Role, Viewer
from app.domain.record_look import KINDS, Look, is_kept
from app.services.supervised import Place, supervised_person
from app.storage.audit import AuditEntry
from app.storage.queries.packet_records import packet_members
from app.storage.store import Store
from app.storage.trouble import StorageTrouble

log = logging.getLogger("waymark")


def ask_for_team(store: Store, supervisor: Viewer, *, cohort_id: str, now: datetime) -> AuditPacket:
    """Asks for the packet of a team, as of now. One that is still being made is given back.

    Raises: NotFound for a team that is not the supervisor's.
    """
    supervised_cohort(supervisor, cohort_id)
    return _ask(store, supervisor, cohort_id=cohort_id, person_id=None, now=now)


def ask_for_person(store: Store, supervisor: Viewer, place: Place, *, now: datetime) -> AuditPacket:
    """Asks for the packet of one person. Raises: NotFound unless supervised by the viewer now."""
    person = supervised_person(store, supervisor, place)
    return _ask(store, supervisor, cohort_id=place.cohort_id, person_id=person.id, now=now)


def ask_for_oneself(store: Store, viewer: Viewer, *, cohort_id: str, now: datetime) -> AuditPacket:
    """Asks for one's own packet, as a member of a team.

    Raises: InvalidInput for a team that is not one's own.
    """
    if cohort_id not in viewer.cohorts_as(Role.CANDIDATE):
        raise _choose_a_team()
    return _ask(store, viewer, cohort_id=cohort_id, person_id=viewer.id, now=now)


def ask_as_administrator(
    store: Store, administrator: Viewer, *, cohort_id: str, now: datetime
) -> AuditPacket:
    """Asks for the packet of any team.

    Raises: NotAllowed for anybody but an administrator; InvalidInput for a team that is not here.
    """
    _refuse_unless_administrator(administrator)
    if store.cohorts.find(cohort_id) is None:
        raise _choose_a_team()
    return _ask(store, administrator, cohort_id=cohort_id, person_id=None, now=now)


def packets_of_team(store: Store, supervisor: Viewer, cohort_id: str) -> list[AuditPacket]:
    """The packets of a whole team, the newest first. Raises: NotFound as `ask_for_team`."""
    return store.audit_packets.of_team(supervised_cohort(supervisor, cohort_id))


def packets_of_person(store: Store, supervisor: Viewer, place: Place) -> list[AuditPacket]:
    """The packets supervisors made of one person in a team; those they made are their own.

    Raises: NotFound as `ask_for_person`.
    """
    person = supervised_person(store, supervisor, place)
    return [
        one
        for one in store.audit_packets.of_person(person.id)
        if one.cohort_id == place.cohort_id and one.asked_by != person.id
    ]


def own_packets(store: Store, viewer: Viewer) -> list[AuditPacket]:
    """Every packet of the viewer alone, whoever asked for it, the newest first."""
    return store.audit_packets.of_person(viewer.id)


def packets_of_everybody(store: Store, administrator: Viewer) -> list[AuditPacket]:
    """The packets of every whole team. Raises: NotAllowed for anybody but an administrator."""
    _refuse_unless_administrator(administrator)
    return [one for team in store.cohorts.all() for one in store.audit_packets.of_team(team.id)]


def packet_named(packets: list[AuditPacket], packet_id: str) -> AuditPacket:
    """Finds one of those somebody may see. Raises: NotFound for any other."""
    for one in packets:
        if one.id == packet_id:
            return one
    raise NotFound(
        "packet-not-found",
        "There is no such audit packet.",
        "Packets are removed after 30 days. Ask for a new one; the same data give the same.",
    )


def fetch(store: Store, viewer: Viewer, packet: AuditPacket, *, now: datetime) -> bytes:
    """The archive of a packet, and keeps whose record was taken along by whom.

    Shape: `packet` is one of those the viewer may see.
    Raises: NotFound while it is not made, and when it is gone.
    """
    archive = b""
    if packet.state is PacketState.READY and now < packet.expires_at:
        archive = store.audit_packets.content(packet.id)
    if not archive:
        raise NotFound("packet-not-found", "This audit packet is not there.", "Ask for a new one.")
    _keep_looks(store, viewer, packet, now=now)
    return archive


def _keep_looks(store: Store, viewer: Viewer, packet: AuditPacket, *, now: datetime) -> None:
    people = {packet.person_id} if packet.person_id else _everybody_in(store, packet)
    looked_at = [one for one in sorted(people) if is_kept(viewer_id=viewer.id, person_id=one)]
    if not looked_at:
        return
    try:
        with store.writing():
            for person_id in looked_at:
                look = Look(person_id, viewer.id, KINDS["packet"], store.day_of(now))
                store.record_looks.add(look)
            _note(store, "audit packet downloaded", viewer, packet, now)
    except StorageTrouble:  # an audit comes before the list, as with pages
        log.exception("looks at an audit packet could not be kept")


def _everybody_in(store: Store, packet: AuditPacket) -> set[str]:
    members = packet_members(store, packet.cohort_id, as_of=packet.as_of)
    return {one.member.id for one in members}


def _ask(
    store: Store, viewer: Viewer, *, cohort_id: str, person_id: str | None, now: datetime
) -> AuditPacket:
    packet = AuditPacket(store.new_id(now), cohort_id, person_id, viewer.id, now)
    with store.writing():
        store.cohorts.hold(cohort_id)  # a button pressed twice asks once
        for known in store.audit_packets.unfinished():
            if (known.cohort_id, known.person_id, known.asked_by) == (
                cohort_id,
                person_id,
                viewer.id,
            ):
                return known
        store.audit_packets.add(packet)
        _note(store, "audit packet asked for", viewer, packet, now)
    return packet


def _note(store: Store, action: str, viewer: Viewer, packet: AuditPacket, now: datetime) -> None:
    details = {"packet": packet.id, "team": packet.cohort_id}
    entry = AuditEntry(now, action, viewer.id, packet.person_id, details)
    store.audit.add(store.new_id(now), entry)


def _choose_a_team() -> InvalidInput:
    return InvalidInput("packet-team", "Choose one of the teams.", "Go back and choose it there.")


def _refuse_unless_administrator(viewer: Viewer) -> None:
    if not viewer.holds(Role.ADMINISTRATOR):
        raise NotAllowed("not-administrator", "Only administrators see the packets of all teams.")
