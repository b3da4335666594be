"""Puts audit packets on screen, for whoever may have them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from flask import current_app
from werkzeug.wrappers import Response

from app.domain.audit_packet import AuditPacket, PacketState
from app.domain.person import Viewer
from app.services.audit_packets import fetch
from app.storage.store import Store
from app.web.shared.filters import say_date
from app.web.shared.notices import redirect_with
from app.web.shared.packet_maker import packet_maker
from app.web.shared.part_data import Cell, Way
from app.web.shared.render import is_fragment, render_page
from app.web.shared.site_days import site_day

HEADERS = ("As of", "Of", "State", "Asked for by", "Kept until")
CHIPS = {
    PacketState.WAITING: "open",
    PacketState.MAKING: "open",
    PacketState.READY: "done",
    PacketState.FAILED: "below",
}
Row = tuple[str | Cell, ...]


@dataclass(frozen=True, slots=True)
class AskChoice:
    """A button that asks for a packet. Shape: `cohort_id` is sent along where it is not empty."""

    label: str
    url: str
    cohort_id: str = ""


@dataclass(frozen=True, slots=True)
class PacketsPage:
    """The packets somebody may have, and how to ask for another."""

    of_whom: str
    back: Way
    choices: tuple[AskChoice, ...]
    headers: tuple[str, ...]
    rows: tuple[Row, ...]
    is_own: bool


@dataclass(frozen=True, slots=True)
class PacketPage:
    """One packet: how far it is, or where to fetch it."""

    of_whom: str
    back: Way
    url: str
    download_url: str
    file_name: str
    is_ready: bool
    is_making: bool
    is_failed: bool
    is_left_alone: bool
    done: int
    total: int
    facts: tuple[tuple[str, str], ...]
    kept_until: str
    is_told: bool


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where the packets of one kind live. Shape: `name` gives of whom a packet is."""

    back: Way
    list_url: str
    name: Callable[[AuditPacket], str]
    url: Callable[[AuditPacket], str]
    download_url: Callable[[AuditPacket], str]


def packets_page(
    store: Store,
    packets: Iterable[AuditPacket],
    shelf: Shelf,
    *,
    choices: tuple[AskChoice, ...],
    of_whom: str,
    is_own: bool = False,
) -> PacketsPage:
    """Lists packets, the newest first."""
    found = list(packets)
    names = {one.id: one.full_name for one in store.people.everyone()} if found else {}
    return PacketsPage(
        of_whom=of_whom,
        back=shelf.back,
        choices=choices,
        headers=HEADERS,
        rows=tuple(
            (
                Cell(_as_of(one), url=shelf.url(one)),
                shelf.name(one),
                Cell(str(one.state), state=CHIPS[one.state]),
                names.get(one.asked_by, ""),
                say_date(site_day(one.expires_at)),
            )
            for one in found
        ),
        is_own=is_own,
    )


def packet_page(
    packet: AuditPacket, shelf: Shelf, *, now: datetime, is_told: bool = False
) -> PacketPage:
    """Shows one packet; `is_told` when a screen reader is to hear that it is ready."""
    facts = [("As of", _as_of(packet))]
    if packet.state is PacketState.READY:
        facts += [
            ("Size", f"{packet.size / 1_000_000:.1f} MB"),
            ("Data, SHA-256", packet.data_sha256),
            ("Archive, SHA-256", packet.archive_sha256),
        ]
    return PacketPage(
        of_whom=shelf.name(packet),
        back=Way("Audit packets", shelf.list_url),
        url=shelf.url(packet),
        download_url=shelf.download_url(packet),
        file_name=_file_name(packet),
        is_ready=packet.state is PacketState.READY,
        is_making=packet.is_unfinished,
        is_failed=packet.state is PacketState.FAILED,
        is_left_alone=packet.is_left_alone(now),
        done=packet.done,
        total=packet.total,
        facts=tuple(facts),
        kept_until=say_date(site_day(packet.expires_at)),
        is_told=is_told and not packet.is_unfinished,
    )


def show_packets(page: PacketsPage) -> Response:
    """The list."""
    return render_page("supervision/packets.html", page)


def show_packet(packet: AuditPacket, shelf: Shelf, *, now: datetime) -> Response:
    """One packet, or only its state when the page's own script asks how far it is."""
    name = "packet_state" if is_fragment() else "packet"
    page = packet_page(packet, shelf, now=now, is_told=is_fragment())
    return render_page(f"supervision/{name}.html", page)


def go_to_asked(url: str) -> Response:
    """Goes to a packet that was just asked for, and begins to make it."""
    packet_maker(current_app).ring()
    return redirect_with(url, "packet-asked")


def send_packet(store: Store, viewer: Viewer, packet: AuditPacket, *, now: datetime) -> Response:
    """The archive. Raises: NotFound while it is not made."""
    return Response(
        fetch(store, viewer, packet, now=now),
        content_type="application/zip",
        headers={
            "Content-Disposition": f'attachment; filename="{_file_name(packet)}"',
            "Cache-Control": "no-store",
        },
    )


def _as_of(packet: AuditPacket) -> str:
    return f"{say_date(packet.as_of)}, {packet.as_of:%H:%M:%S} UTC"


def _file_name(packet: AuditPacket) -> str:
    who = "team" if packet.person_id is None else "person"
    return f"waymark-audit-packet-{who}-{packet.as_of:%Y-%m-%d-%H%M%S}.zip"
