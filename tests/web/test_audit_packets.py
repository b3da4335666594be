"""Audit packets as people meet them: asked for by one button, waited for, downloaded."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest

from app.services.packet_making import make_packets
from app.web.shared import packet_maker
from app.web.shared.packet_maker import PacketMaker
from tests.web.visit import Visitor

if TYPE_CHECKING:
    from flask import Flask

    from app.storage.store import Store
    from tests.cast import Cast

OWN = "/learn/supervision/packets"


def make(app: Flask, store: Store) -> None:
    library = app.extensions["waymark-content"].library()
    assert make_packets(store, library, lambda: datetime.now(UTC)) == 1


def test_one_button_on_the_team_page_leads_to_the_archive(
    app: Flask, store: Store, cora: Visitor, cast: Cast
) -> None:
    team = f"/team/{cast.eastside.id}"
    assert f"{team}/packets" in cora.get(team).get_data(as_text=True)

    page = cora.post(f"{team}/packets", {}).location
    waiting = cora.text(page)
    assert "Waiting to be made" in waiting
    assert "Download" not in waiting
    make(app, store)
    ready = cora.get(page).get_data(as_text=True)

    assert "Download the packet" in ready
    (packet,) = store.audit_packets.of_team(cast.eastside.id)
    assert packet.data_sha256 in ready
    assert f'download="waymark-audit-packet-team-{packet.as_of:%Y-%m-%d-%H%M%S}.zip"' in ready
    sent = cora.get(f"{page.partition('?')[0]}/archive")
    assert sent.mimetype == "application/zip"
    assert sent.headers["Cache-Control"] == "no-store"
    assert sent.headers["Content-Disposition"].startswith("attachment")
    with ZipFile(io.BytesIO(sent.get_data())) as archive:
        assert archive.testzip() is None


def test_the_page_of_a_packet_that_is_made_works_without_scripts(
    store: Store, cora: Visitor, cast: Cast
) -> None:
    page = cora.post(f"/team/{cast.eastside.id}/packets", {}).location
    (packet,) = store.audit_packets.of_team(cast.eastside.id)
    now = datetime.now(UTC)
    with store.writing():
        taken = store.audit_packets.take(packet, now=now)
        assert taken is not None
        store.audit_packets.go_on(taken, done=2, total=5, now=now)

    shown = cora.get(page).get_data(as_text=True)

    assert '<progress class="packet__progress" id="packet-progress" max="5" value="2">' in shown
    assert "Being made: 2 of 5 people" in shown
    assert "<noscript><p><a href=" in shown
    piece = cora.client.get(page, headers={"HX-Request": "true"}).get_data(as_text=True)
    assert "<html" not in piece
    assert "hx-trigger" in piece
    assert "hx-swap-oob" not in piece  # nothing is said aloud while it is made


def test_the_script_stops_asking_and_says_so_when_it_is_ready(
    app: Flask, store: Store, cora: Visitor, cast: Cast
) -> None:
    page = cora.post(f"/team/{cast.eastside.id}/packets", {}).location
    make(app, store)

    piece = cora.client.get(page, headers={"HX-Request": "true"}).get_data(as_text=True)

    assert "hx-trigger" not in piece
    assert "The packet is ready to download." in piece


def test_a_killed_maker_is_told_kindly(store: Store, cora: Visitor, cast: Cast) -> None:
    page = cora.post(f"/team/{cast.eastside.id}/packets", {}).location
    (packet,) = store.audit_packets.of_team(cast.eastside.id)
    with store.writing():
        store.audit_packets.take(packet, now=datetime.now(UTC) - timedelta(hours=1))

    assert "It goes on by itself" in cora.text(page)


def test_a_packet_that_failed_says_what_to_do(store: Store, cora: Visitor, cast: Cast) -> None:
    page = cora.post(f"/team/{cast.eastside.id}/packets", {}).location
    (packet,) = store.audit_packets.of_team(cast.eastside.id)
    with store.writing():
        taken = store.audit_packets.take(packet, now=datetime.now(UTC))
        assert taken is not None
        store.audit_packets.give_up(taken)

    assert "Ask for it again" in cora.text(page)
    assert "failed" in cora.text(f"/team/{cast.eastside.id}/packets")


def test_a_supervisor_makes_one_of_a_person_and_the_person_sees_it(
    app: Flask, store: Store, cora: Visitor, ana: Visitor, cast: Cast
) -> None:
    person = f"/team/{cast.eastside.id}/people/{cast.ana.id}"
    assert f"{person}/packets" in cora.get(f"{person}/supervision").get_data(as_text=True)
    page = cora.post(f"{person}/packets", {}).location
    make(app, store)

    cora.get(f"{page.partition('?')[0]}/archive")

    assert "audit packet" in ana.text("/account/my-data")
    assert "Cora Lindqvist" in ana.text(OWN)


def test_staff_take_their_own_along_and_no_supervisor_sees_that(
    app: Flask, store: Store, cora: Visitor, ana: Visitor, cast: Cast
) -> None:
    assert OWN in ana.get("/learn/supervision").get_data(as_text=True)
    page = ana.post(OWN, {"team": cast.eastside.id}).location
    make(app, store)

    sent = ana.get(f"{page.partition('?')[0]}/archive")

    assert sent.status_code == 200
    place = f"/team/{cast.eastside.id}/people/{cast.ana.id}/packets"
    assert "None yet" in cora.text(place)
    (packet,) = store.audit_packets.of_person(cast.ana.id)
    cora.get(f"{place}/{packet.id}", expect=404)
    cora.get(f"{place}/{packet.id}/archive", expect=404)


def test_an_administrator_has_the_packets_of_every_team(
    app: Flask, store: Store, eli: Visitor, ana: Visitor, cast: Cast
) -> None:
    assert "/admin/packets" in eli.get("/admin/").get_data(as_text=True)
    page = eli.post("/admin/packets", {"team": cast.eastside.id}).location
    make(app, store)

    eli.get(f"{page.partition('?')[0]}/archive")

    assert "Eastside" in eli.text("/admin/packets")
    assert "Eli Moreau" in ana.text("/account/my-data")


def test_a_serving_process_makes_what_was_asked_for_at_once(
    app: Flask, store: Store, cora: Visitor, cast: Cast
) -> None:
    maker: PacketMaker = packet_maker.packet_maker(app)
    cora.post(f"/team/{cast.eastside.id}/packets", {})
    assert maker.ring() is None  # this one does not serve

    maker.serves = True
    thread = maker.ring()
    assert thread is not None
    thread.join(30)

    (packet,) = store.audit_packets.of_team(cast.eastside.id)
    assert packet.ready_at is not None
    again = maker.ring()  # the thread has ended and another may begin
    assert again is not None
    again.join(30)


def test_a_maker_that_fails_is_logged_and_rings_again(
    app: Flask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> int:
        raise OSError("the disk is full")

    monkeypatch.setattr(packet_maker, "make_packets", fail)
    maker = packet_maker.packet_maker(app)
    maker.serves = True
    for _ in range(2):
        thread = maker.ring()
        assert thread is not None
        thread.join(30)

    assert caplog.text.count("could not be made") == 2
