"""The shelf of audit packets: asked for, made part by part, removed when they expire."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, delete, insert, select, update
from sqlalchemy.orm import Session

from app.domain.audit_packet import HOLD, AuditPacket, PacketState
from app.storage.tables.supervision_packets import AuditPacketPartRow, AuditPacketRow

_OPEN = (PacketState.WAITING, PacketState.MAKING)


class AuditPacketShelf:
    """Gets and saves the audit packets of one organisation."""

    def __init__(self, session: Session, organisation_id: str) -> None:
        self._session = session
        self._organisation_id = organisation_id

    def add(self, packet: AuditPacket) -> None:
        """Keeps that somebody asked for a packet."""
        self._session.execute(
            insert(AuditPacketRow).values(
                id=packet.id,
                organisation_id=self._organisation_id,
                cohort_id=packet.cohort_id,
                person_id=packet.person_id,
                asked_by=packet.asked_by,
                as_of=packet.as_of,
                expires_at=packet.expires_at,
                **_standing(packet),
            )
        )

    def find(self, packet_id: str) -> AuditPacket | None:
        """Finds a packet. None: not in this organisation."""
        return next(iter(self._all(AuditPacketRow.id == packet_id)), None)

    def of_team(self, cohort_id: str) -> list[AuditPacket]:
        """The packets of a whole team, the newest first."""
        return self._all(AuditPacketRow.cohort_id == cohort_id, AuditPacketRow.person_id.is_(None))

    def of_person(self, person_id: str) -> list[AuditPacket]:
        """The packets of one person alone, the newest first."""
        return self._all(AuditPacketRow.person_id == person_id)

    def unfinished(self) -> list[AuditPacket]:
        """Those that are still to be made, the one asked for first in front."""
        return self._all(AuditPacketRow.state.in_(_OPEN))[::-1]

    def take(self, packet: AuditPacket, *, now: datetime) -> AuditPacket | None:
        """Begins to make a packet, from the start. None: somebody else is at it, or it is gone."""
        taken = replace(
            packet,
            state=PacketState.MAKING,
            tries=packet.tries + 1,
            done=0,
            held_until=now + HOLD,
        )
        was = (AuditPacketRow.tries == packet.tries, AuditPacketRow.state == packet.state)
        if not self._change(taken, *was):
            return None
        self._session.execute(self._parts_of(packet.id))
        return taken

    def go_on(
        self, packet: AuditPacket, *, done: int, total: int, now: datetime
    ) -> AuditPacket | None:
        """Keeps how far it is. None: it was taken by somebody else, or removed."""
        further = replace(packet, done=done, total=total, held_until=now + HOLD)
        return further if self._change(further, *_still_at(packet)) else None

    def add_part(self, packet_id: str, number: int, content: bytes) -> None:
        """Keeps a piece of the archive."""
        self._session.execute(
            insert(AuditPacketPartRow).values(
                packet_id=packet_id,
                number=number,
                organisation_id=self._organisation_id,
                content=content,
            )
        )

    def finish(
        self, packet: AuditPacket, *, sums: tuple[str, str], size: int, now: datetime
    ) -> bool:
        """Says that a packet is there. Shape: `sums` of its data, and of the whole archive."""
        ready = replace(
            packet,
            state=PacketState.READY,
            done=packet.total,
            held_until=None,
            data_sha256=sums[0],
            archive_sha256=sums[1],
            size=size,
            ready_at=now,
        )
        return self._change(ready, *_still_at(packet))

    def give_up(self, packet: AuditPacket) -> bool:
        """Says that a packet could not be made, and lets go of what there is of it."""
        self._session.execute(self._parts_of(packet.id))
        failed = replace(packet, state=PacketState.FAILED, held_until=None)
        return self._change(failed, *_still_at(packet))

    def content(self, packet_id: str) -> bytes:
        """The whole archive. Shape: empty when there is none."""
        query = (
            select(AuditPacketPartRow.content)
            .where(
                AuditPacketPartRow.packet_id == packet_id,
                AuditPacketPartRow.organisation_id == self._organisation_id,
            )
            .order_by(AuditPacketPartRow.number)
        )
        return b"".join(self._session.execute(query).scalars())

    def any_expired(self, now: datetime) -> bool:
        """Says whether there is one to remove."""
        query = select(AuditPacketRow.id).where(
            AuditPacketRow.organisation_id == self._organisation_id,
            AuditPacketRow.expires_at <= now,
        )
        return self._session.execute(query.limit(1)).first() is not None

    def remove_expired(self, now: datetime) -> int:
        """Removes what has expired. Gives how many."""
        return self._remove(AuditPacketRow.expires_at <= now)

    def remove_of_teams(self, cohort_ids: Sequence[str]) -> int:
        """Removes every packet of some whole teams. Gives how many."""
        return self._remove(
            AuditPacketRow.cohort_id.in_(sorted(cohort_ids)), AuditPacketRow.person_id.is_(None)
        )

    def _remove(self, *conditions: ColumnElement[bool]) -> int:
        home = AuditPacketRow.organisation_id == self._organisation_id
        ids = list(
            self._session.execute(select(AuditPacketRow.id).where(home, *conditions)).scalars()
        )
        if ids:
            for packet_id in ids:
                self._session.execute(self._parts_of(packet_id))
            self._session.execute(delete(AuditPacketRow).where(home, AuditPacketRow.id.in_(ids)))
        return len(ids)

    def _parts_of(self, packet_id: str) -> Any:
        return delete(AuditPacketPartRow).where(
            AuditPacketPartRow.packet_id == packet_id,
            AuditPacketPartRow.organisation_id == self._organisation_id,
        )

    def _change(self, packet: AuditPacket, *conditions: ColumnElement[bool]) -> bool:
        changed = self._session.execute(
            update(AuditPacketRow)
            .where(
                AuditPacketRow.id == packet.id,
                AuditPacketRow.organisation_id == self._organisation_id,
                *conditions,
            )
            .values(**_standing(packet))
            .returning(AuditPacketRow.id)
        )
        return changed.first() is not None

    def _all(self, *conditions: ColumnElement[bool]) -> list[AuditPacket]:
        query = (
            select(AuditPacketRow.__table__)
            .where(AuditPacketRow.organisation_id == self._organisation_id, *conditions)
            .order_by(AuditPacketRow.as_of.desc(), AuditPacketRow.id.desc())
        )
        return [_packet_from(row) for row in self._session.execute(query)]


def _still_at(packet: AuditPacket) -> tuple[ColumnElement[bool], ...]:
    # Each beginning counts as another try, so that two who make the same cannot mix their parts.
    return (AuditPacketRow.state == PacketState.MAKING, AuditPacketRow.tries == packet.tries)


def _standing(packet: AuditPacket) -> dict[str, object]:
    return {
        "state": packet.state,
        "done": packet.done,
        "total": packet.total,
        "tries": packet.tries,
        "held_until": packet.held_until,
        "data_sha256": packet.data_sha256,
        "archive_sha256": packet.archive_sha256,
        "size": packet.size,
        "ready_at": packet.ready_at,
    }


def _packet_from(row: Row[*tuple[Any, ...]]) -> AuditPacket:
    return AuditPacket(
        id=row.id,
        cohort_id=row.cohort_id,
        person_id=row.person_id,
        asked_by=row.asked_by,
        as_of=row.as_of,
        state=PacketState(row.state),
        done=row.done,
        total=row.total,
        tries=row.tries,
        held_until=row.held_until,
        data_sha256=row.data_sha256,
        archive_sha256=row.archive_sha256,
        size=row.size,
        ready_at=row.ready_at,
    )
