"""Routes of the audit packets of any team, for administrators."""

from __future__ import annotations

from flask import request, url_for
from werkzeug.wrappers import Response

from app.services.audit_packets import ask_as_administrator, packet_named, packets_of_everybody
from app.web.admin.door import bp
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


@bp.get("/packets")
def packets() -> Response:
    store, viewer = open_store(), signed_in()
    url = url_for("admin.ask_packet")
    choices = tuple(AskChoice(one.name, url, one.id) for one in store.cohorts.all())
    found = packets_of_everybody(store, viewer)
    page = packets_page(store, found, _shelf(), choices=choices, of_whom="any team")
    return show_packets(page)


@bp.post("/packets")
def ask_packet() -> Response:
    cohort_id = request.form.get("team", "")
    packet = ask_as_administrator(open_store(), signed_in(), cohort_id=cohort_id, now=now())
    return go_to_asked(_shelf().url(packet))


@bp.get("/packets/<packet_id>")
def packet(packet_id: str) -> Response:
    found = packet_named(packets_of_everybody(open_store(), signed_in()), packet_id)
    return show_packet(found, _shelf(), now=now())


@bp.get("/packets/<packet_id>/archive")
def packet_archive(packet_id: str) -> Response:
    store, viewer = open_store(), signed_in()
    found = packet_named(packets_of_everybody(store, viewer), packet_id)
    return send_packet(store, viewer, found, now=now())


def _shelf() -> Shelf:
    names = {one.id: one.name for one in open_store().cohorts.all()}
    return Shelf(
        back=Way("People", url_for("admin.people")),
        list_url=url_for("admin.packets"),
        name=lambda one: names.get(one.cohort_id, ""),
        url=lambda one: url_for("admin.packet", packet_id=one.id),
        download_url=lambda one: url_for("admin.packet_archive", packet_id=one.id),
    )
