"""Routes of one's own audit packets: it is one's own record."""

from __future__ import annotations

from flask import request, url_for
from werkzeug.wrappers import Response

from app.services.audit_packets import ask_for_oneself, own_packets, packet_named
from app.services.evidence import own_teams
from app.web.learn.door import bp
from app.web.shared.clock import now
from app.web.shared.packets_view import (
    AskChoice,
    Shelf,
    go_to_asked,
    packets_page,
    send_packet,
    show_packet,
    show_packets,
)
from app.web.shared.part_data import Way
from app.web.shared.request_store import open_store, signed_in


@bp.get("/supervision/packets")
def my_packets() -> Response:
    store, viewer = open_store(), signed_in()
    teams = own_teams(store, viewer)
    url = url_for("learn.ask_my_packet")
    choices = tuple(
        AskChoice(
            "Make an audit packet" + (f" as a member of {one.name}" if len(teams) > 1 else ""),
            url,
            one.id,
        )
        for one in teams
    )
    shelf = _shelf()
    found = own_packets(store, viewer)
    page = packets_page(store, found, shelf, choices=choices, of_whom="you", is_own=True)
    return show_packets(page)


@bp.post("/supervision/packets")
def ask_my_packet() -> Response:
    cohort_id = request.form.get("team", "")
    packet = ask_for_oneself(open_store(), signed_in(), cohort_id=cohort_id, now=now())
    return go_to_asked(_shelf().url(packet))


@bp.get("/supervision/packets/<packet_id>")
def my_packet(packet_id: str) -> Response:
    found = packet_named(own_packets(open_store(), signed_in()), packet_id)
    return show_packet(found, _shelf(), now=now())


@bp.get("/supervision/packets/<packet_id>/archive")
def my_packet_archive(packet_id: str) -> Response:
    store, viewer = open_store(), signed_in()
    found = packet_named(own_packets(store, viewer), packet_id)
    return send_packet(store, viewer, found, now=now())


def _shelf() -> Shelf:
    return Shelf(
        back=Way("My supervision", url_for("learn.my_supervision")),
        list_url=url_for("learn.my_packets"),
        name=lambda _: "you",
        url=lambda one: url_for("learn.my_packet", packet_id=one.id),
        download_url=lambda one: url_for("learn.my_packet_archive", packet_id=one.id),
    )
