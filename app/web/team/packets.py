"""Routes of audit packets: of a team, and of one of its people."""

from __future__ import annotations

from typing import Any

from flask import url_for
from werkzeug.wrappers import Response

from app.domain.audit_packet import AuditPacket
from app.services.audit_packets import (
    ask_for_person,
    ask_for_team,
    packet_named,
    packets_of_person,
    packets_of_team,
)
from app.services.supervised import Place, supervised_person
from app.storage.queries.team_pages import open_team
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
from app.web.team.door import bp

LABEL = "Make an audit packet"


@bp.get("/<cohort_id>/packets")
def packets(cohort_id: str) -> Response:
    store, shelf = open_store(), _of_team(cohort_id)
    found = packets_of_team(store, signed_in(), cohort_id)
    choice = AskChoice(LABEL, url_for("team.ask_packet", cohort_id=cohort_id))
    page = packets_page(store, found, shelf, choices=(choice,), of_whom=shelf.back.title)
    return show_packets(page)


@bp.post("/<cohort_id>/packets")
def ask_packet(cohort_id: str) -> Response:
    packet = ask_for_team(open_store(), signed_in(), cohort_id=cohort_id, now=now())
    return go_to_asked(_of_team(cohort_id).url(packet))


@bp.get("/<cohort_id>/packets/<packet_id>")
def packet(cohort_id: str, packet_id: str) -> Response:
    found = packet_named(packets_of_team(open_store(), signed_in(), cohort_id), packet_id)
    return show_packet(found, _of_team(cohort_id), now=now())


@bp.get("/<cohort_id>/packets/<packet_id>/archive")
def packet_archive(cohort_id: str, packet_id: str) -> Response:
    store, viewer = open_store(), signed_in()
    found = packet_named(packets_of_team(store, viewer, cohort_id), packet_id)
    return send_packet(store, viewer, found, now=now())


@bp.get("/<cohort_id>/people/<person_id>/packets")
def person_packets(cohort_id: str, person_id: str) -> Response:
    store, place = open_store(), Place(cohort_id, person_id)
    shelf = _of_person(place)
    found = packets_of_person(store, signed_in(), place)
    url = url_for("team.ask_person_packet", cohort_id=cohort_id, person_id=person_id)
    choices = (AskChoice(LABEL, url),)
    return show_packets(
        packets_page(store, found, shelf, choices=choices, of_whom=shelf.back.title)
    )


@bp.post("/<cohort_id>/people/<person_id>/packets")
def ask_person_packet(cohort_id: str, person_id: str) -> Response:
    place = Place(cohort_id, person_id)
    packet = ask_for_person(open_store(), signed_in(), place, now=now())
    return go_to_asked(_of_person(place).url(packet))


@bp.get("/<cohort_id>/people/<person_id>/packets/<packet_id>")
def person_packet(cohort_id: str, person_id: str, packet_id: str) -> Response:
    place = Place(cohort_id, person_id)
    found = packet_named(packets_of_person(open_store(), signed_in(), place), packet_id)
    return show_packet(found, _of_person(place), now=now())


@bp.get("/<cohort_id>/people/<person_id>/packets/<packet_id>/archive")
def person_packet_archive(cohort_id: str, person_id: str, packet_id: str) -> Response:
    store, viewer, place = open_store(), signed_in(), Place(cohort_id, person_id)
    found = packet_named(packets_of_person(store, viewer, place), packet_id)
    return send_packet(store, viewer, found, now=now())


def _of_team(cohort_id: str) -> Shelf:
    name = open_team(open_store(), signed_in(), cohort_id).name

    def url(endpoint: str, packet: AuditPacket) -> str:
        return url_for(endpoint, cohort_id=cohort_id, packet_id=packet.id)

    return Shelf(
        back=Way(name, url_for("team.team", cohort_id=cohort_id)),
        list_url=url_for("team.packets", cohort_id=cohort_id),
        name=lambda _: name,
        url=lambda one: url("team.packet", one),
        download_url=lambda one: url("team.packet_archive", one),
    )


def _of_person(place: Place) -> Shelf:
    name = supervised_person(open_store(), signed_in(), place).full_name

    def url(endpoint: str, **more: Any) -> str:
        return url_for(endpoint, cohort_id=place.cohort_id, person_id=place.person_id, **more)

    return Shelf(
        back=Way(name, url("team.supervision")),
        list_url=url("team.person_packets"),
        name=lambda _: name,
        url=lambda one: url("team.person_packet", packet_id=one.id),
        download_url=lambda one: url("team.person_packet_archive", packet_id=one.id),
    )
