"""Making audit packets, in stretches, beside everything else that goes on.

One process makes a packet; it says again and again that it is still at it. When it is killed,
another one begins anew once it has been silent for a while.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from app.domain.audit_packet import MOST_TRIES, PART_BYTES, AuditPacket
from app.domain.packet_rows import PacketData, PersonPart
from app.library.library import Library
from app.services.packet_contents import gather, set_scene
from app.services.packet_files import Written, write_packet
from app.storage.store import Store

log = logging.getLogger("waymark")

STRETCH = 10  # people gathered with one round of queries
BETWEEN_SIGNS = timedelta(seconds=1)  # how often it is kept how far a packet is
Clock = Callable[[], datetime]


class _Taken(Exception):
    """Somebody else is at the packet, or it is gone: whoever made it lets go."""


def make_packets(store: Store, library: Library, clock: Clock) -> int:
    """Makes every packet that waits, in all organisations. Gives how many were begun."""
    begun = 0
    for organisation_id in store.people.organisation_ids():
        own = store.for_organisation(organisation_id)
        waiting = [one for one in own.audit_packets.unfinished() if one.may_be_taken(clock())]
        own.end_reading()
        begun += sum(make_packet(own, library, one, clock) for one in waiting)
    return begun


def are_waiting(store: Store, *, now: datetime) -> bool:
    """Says whether a packet waits to be made, in any organisation."""
    found = False
    for organisation_id in store.people.organisation_ids():
        own = store.for_organisation(organisation_id)
        found = found or any(one.may_be_taken(now) for one in own.audit_packets.unfinished())
    store.end_reading()
    return found


def make_packet(store: Store, library: Library, packet: AuditPacket, clock: Clock) -> bool:
    """Makes one packet. Says whether it was begun: another process may have been quicker.

    One that was begun several times and never finished is given up. What goes wrong is logged,
    and the page says that the packet could not be made.
    """
    with store.writing():
        if packet.tries >= MOST_TRIES:
            store.audit_packets.give_up(packet)
            return False
        taken = store.audit_packets.take(packet, now=clock())
    if taken is None:
        return False
    try:
        _make(store, library, taken, clock)
    except _Taken:
        log.info("the audit packet %s was taken over", packet.id)
    except Exception:
        log.exception("the audit packet %s could not be made", packet.id)
        _give_up(store, taken)
    return True


def remove_expired(store: Store, *, now: datetime) -> int:
    """Removes packets that have expired, in all organisations. Gives how many."""
    removed = 0
    for organisation_id in store.people.organisation_ids():
        own = store.for_organisation(organisation_id)
        has_any = own.audit_packets.any_expired(now)
        own.end_reading()
        if has_any:
            with own.writing():
                removed += own.audit_packets.remove_expired(now)
    return removed


def collect(
    store: Store, library: Library, packet: AuditPacket, tell: Callable[[int, int], None]
) -> PacketData:
    """Gathers everything a packet holds, letting go of the database after each stretch.

    `tell` hears how many people are gathered, and of how many.
    Raises: NotFound when the team or the person is not there any more.
    """
    scene = set_scene(store, library, packet)
    store.end_reading()
    people: list[PersonPart] = []
    for start in range(0, len(scene.members), STRETCH):
        people += gather(scene, scene.members[start : start + STRETCH])
        tell(len(people), len(scene.members))
    return PacketData(scene.head, tuple(people))


def _make(store: Store, library: Library, packet: AuditPacket, clock: Clock) -> None:
    sign = _Sign(store, packet, clock)
    data = collect(store, library, packet, lambda done, total: sign.give(done // 2, total))
    total = len(data.people)
    for steps, written in enumerate(write_packet(data)):
        if written is not None:
            _keep(store, sign.packet, written, clock)
            return
        sign.give(min(total, (total + steps) // 2), total)


def _keep(store: Store, packet: AuditPacket, written: Written, clock: Clock) -> None:
    archive = written.archive
    for number, start in enumerate(range(0, len(archive), PART_BYTES)):
        with store.writing():
            store.audit_packets.add_part(packet.id, number, archive[start : start + PART_BYTES])
        store.give_way()
    with store.writing():
        sums = (written.data_sha256, written.archive_sha256)
        store.audit_packets.finish(packet, sums=sums, size=len(archive), now=clock())


def _give_up(store: Store, packet: AuditPacket) -> None:
    try:
        with store.writing():
            store.audit_packets.give_up(packet)
    except Exception:  # on a full disk this fails too; it is tried again once it is silent
        log.exception("nor could it be kept that it failed")


class _Sign:
    """Keeps now and then how far a packet is, and lets others write in between."""

    def __init__(self, store: Store, packet: AuditPacket, clock: Clock) -> None:
        self.store, self.packet, self.clock = store, packet, clock
        self.given_at = clock() - BETWEEN_SIGNS

    def give(self, done: int, total: int) -> None:
        """Raises: _Taken when somebody else is at it."""
        now = self.clock()
        if now - self.given_at < BETWEEN_SIGNS:
            return
        self.given_at = now
        with self.store.writing():
            further = self.store.audit_packets.go_on(self.packet, done=done, total=total, now=now)
        if further is None:
            raise _Taken
        self.packet = further
        self.store.give_way()
