"""Audit packets: who gets which, what stands in them, and that they prove themselves."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import pytest
from sqlalchemy import Engine, event

from app.domain.audit_packet import HOLD, KEPT_FOR, MOST_TRIES, AuditPacket, PacketState, checksum
from app.domain.competency_requirement import Requirement
from app.domain.errors import InvalidInput, NotAllowed, NotFound
from app.domain.hours import Signature
from app.domain.person import Role, RoleGrant
from app.domain.person_data import FORMER, WAITING
from app.domain.sign_off import EntryKind
from app.domain.supervision_contract import Contract
from app.services import audit_packets, packet_contents, packet_making
from app.services.account import set_active
from app.services.audit_packets import (
    ask_as_administrator,
    ask_for_oneself,
    ask_for_person,
    ask_for_team,
    fetch,
    own_packets,
    packet_named,
    packets_of_everybody,
    packets_of_person,
    packets_of_team,
)
from app.services.erasure import ask_to_be_erased, erase_person
from app.services.packet_making import collect, make_packet, make_packets, remove_expired
from app.services.supervised import Place
from app.storage.audit_packets import AuditPacketShelf
from app.storage.trouble import StorageTrouble, TroubleKind
from tests.cast import NOW, a_person, as_viewer
from tests.pdf_words import pdf_pages
from tests.services.supervising import Supervising
from tests.supervision_builders import a_course, a_credential, practice_of
from tests.supervision_chain import a_rating_library, an_entry, terms

if TYPE_CHECKING:
    from app.storage.store import Store
    from tests.cast import Cast

LATER = NOW + timedelta(days=3)


@pytest.fixture
def chain(store: Store, cast: Cast) -> Supervising:
    """Ana was seen three times and signed off; Cora's licence is on file; the team is asked."""
    found = Supervising(store, cast, a_rating_library())
    found.licence()
    found.three_looks()
    found.sign()
    with store.writing():
        store.requirements.add(
            "asked",
            cast.eastside.id,
            "WM",
            (Requirement("WM", "talk", 3),),
            by=cast.cora.id,
            now=NOW - timedelta(days=20),
        )
    return found


@pytest.fixture(autouse=True)
def _in_the_team_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """The cast joined when the test began, which is before any moment the tests name."""
    there, far = packet_contents.packet_members, NOW + timedelta(days=36_500)
    for module in (packet_contents, audit_packets):
        monkeypatch.setattr(
            module,
            "packet_members",
            lambda store, cohort_id, *, as_of: there(store, cohort_id, as_of=max(as_of, far)),
        )


def made(chain: Supervising, packet: AuditPacket) -> AuditPacket:
    make_packet(chain.store, chain.library, packet, lambda: LATER)
    return found(chain, packet)


def found(chain: Supervising, packet: AuditPacket) -> AuditPacket:
    known = chain.store.audit_packets.find(packet.id)
    assert known is not None
    return known


def of_team(chain: Supervising, *, now: datetime = LATER) -> AuditPacket:
    return ask_for_team(chain.store, chain.cora, cohort_id=chain.cast.eastside.id, now=now)


def files_of(chain: Supervising, packet: AuditPacket) -> dict[str, bytes]:
    with ZipFile(io.BytesIO(chain.store.audit_packets.content(packet.id))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def table(files: dict[str, bytes], name: str) -> list[dict[str, str]]:
    text = files[f"tables/{name}.csv"].decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_a_packet_tells_the_chain_with_the_credential_of_each_moment(chain: Supervising) -> None:
    course = a_course(person_id=chain.cast.ana.id, title="Releases", area="WM/talk")
    with chain.store.writing():
        chain.store.education.add(course, now=NOW)

    files = files_of(chain, made(chain, of_team(chain)))

    seen = table(files, "observations")
    assert [one["mode"] for one in seen] == ["live"] * 3
    assert "CCS" in seen[0]["observer_credential"]
    assert seen[0]["levels"] == "Competent: CONF"
    (signed,) = table(files, "sign-offs")
    assert (signed["signer"], signed["standing"], signed["level_title"]) == (
        "Cora Lindqvist",
        "stands",
        "Competent",
    )
    states = {
        (one["name"], one["code"]): (one["state"], one["asked_title"], one["evidence"])
        for one in table(files, "competencies")
    }
    assert states["Ana Reyes", "CONF"] == ("met", "Competent", "5")
    assert states["Ana Reyes", "FAM"] == ("not required", "", "0")
    assert states["Luis Ferro", "CONF"] == ("not enough evidence", "Competent", "0")
    assert {one["source_id"] for one in table(files, "evidence")} >= {seen[0]["observation_id"]}
    judged = [(one["ratings"], one["sign_offs"]) for one in table(files, "assessors")]
    assert ("3", "1") in judged or {("3", "0"), ("0", "1")} <= set(judged)


def test_data_tables_and_pages_say_the_same(chain: Supervising) -> None:
    packet = made(chain, of_team(chain))
    files = files_of(chain, packet)

    data = json.loads(files["packet.json"])

    for name, one in data["tables"].items():
        rows = table(files, name)
        assert len(rows) == len(one["rows"])
        assert not rows or list(rows[0]) == one["columns"]
    pages = pdf_pages(files["packet.pdf"])
    assert packet.data_sha256 in pages[0].replace("\n", "")
    assert "Practice, edition 1" in pages[0]
    assert any("Ana Reyes" in page and "✓ met" in page for page in pages)
    assert all(f"page {number} of {len(pages)}" in page for number, page in enumerate(pages, 1))


def test_every_file_has_its_checksum_and_the_data_the_one_that_is_shown(
    chain: Supervising,
) -> None:
    packet = made(chain, of_team(chain))
    files = files_of(chain, packet)

    sums = dict(reversed(line.split("  ")) for line in files["SHA256SUMS"].decode().splitlines())

    assert {name: checksum(content) for name, content in files.items() if name in sums} == sums
    assert files.keys() - sums.keys() == {"SHA256SUMS"}
    assert packet.data_sha256 == sums["packet.json"]
    assert packet.archive_sha256 == checksum(chain.store.audit_packets.content(packet.id))


def test_the_same_data_as_of_the_same_moment_make_the_same_packet(chain: Supervising) -> None:
    first = made(chain, of_team(chain))
    again = made(chain, replace_in_store(chain, first, "again"))

    assert again.archive_sha256 == first.archive_sha256
    assert made(chain, of_team(chain, now=LATER + HOLD)).data_sha256 != first.data_sha256


def test_what_is_kept_after_the_moment_is_not_in_it(chain: Supervising) -> None:
    """An interrupted packet may be made later; it still tells how things stood when asked."""
    first = made(chain, of_team(chain))
    after = LATER + timedelta(hours=1)
    signed = chain.store.sign_offs.of_people([chain.cast.ana.id])[0]
    chain.look(now=after)
    staff = Signature(chain.cast.ana.id, "Ana", "LCAS-A", after)
    line = practice_of(60, id="late", person_id=chain.cast.ana.id)
    with chain.store.writing():
        for kind in (EntryKind.COMMENT, EntryKind.WITHDRAWAL):
            entry = an_entry(kind, sign_off_id=signed.id, by=chain.cast.cora.id, at=after)
            chain.store.sign_offs.add_entry(entry)
        late = a_credential(id="late", person_id=chain.cast.ana.id)
        chain.store.credentials.add(late, by=chain.cast.ana.id, now=after)
        entered = replace(line, supervisor_id=chain.cast.cora.id, staff=staff, supervisor=None)
        chain.store.hours.add(entered, by=chain.cast.ana.id, now=after)
        course = a_course(person_id=chain.cast.ana.id, title="Releases", area="WM/talk")
        chain.store.education.add(course, now=after)
        chain.store.requirements.add(
            "later", chain.cast.eastside.id, "WM", (), by=chain.cast.cora.id, now=after
        )

    again = made(chain, replace_in_store(chain, first, "again"))

    assert again.archive_sha256 == first.archive_sha256
    later = made(chain, of_team(chain, now=after + HOLD))
    files = files_of(chain, later)
    assert table(files, "sign-offs")[0]["standing"] == "withdrawn"
    assert len(table(files, "observations")) == 4


def test_what_is_said_beside_a_sign_off_stands_in_it(chain: Supervising) -> None:
    signed = chain.store.sign_offs.of_people([chain.cast.ana.id])[0]
    with chain.store.writing():
        entry = an_entry(EntryKind.DISPUTE, sign_off_id=signed.id, by=chain.cast.ana.id, at=NOW)
        chain.store.sign_offs.add_entry(replace(entry, words="=I see it otherwise"))

    files = files_of(chain, made(chain, of_team(chain)))

    (said,) = table(files, "beside-sign-offs")
    assert (said["kind"], said["by"]) == ("dispute", "Ana Reyes")
    assert said["words"] == "'=I see it otherwise"  # no spreadsheet runs it
    assert table(files, "sign-offs")[0]["standing"] == "disputed"
    assert "=I see it otherwise" in "".join(pdf_pages(files["packet.pdf"])).replace("\n", " ")


def test_contracts_and_hours_carry_both_signatures(chain: Supervising) -> None:
    store, ana, cora = chain.store, chain.cast.ana.id, chain.cast.cora.id
    staff = Signature(ana, "Ana Reyes", "LCAS-A", NOW)
    other = Signature(cora, "Cora Lindqvist", "CCS 4711", NOW)
    line = practice_of(90, id="line", person_id=ana)
    with store.writing():
        signed = replace(line, supervisor_id=cora, staff=staff, supervisor=other)
        store.hours.add(signed, by=ana, now=NOW)
        half = replace(line, id="half", supervisor_id=cora, staff=staff, supervisor=None)
        store.hours.add(half, by=ana, now=NOW)
        contract = Contract("contract", ana, cora, 1, terms())
        store.contracts.add(contract, now=NOW)
        for one in (ana, cora):
            store.contracts.accept(contract.id, by=one, now=NOW)

    files = files_of(chain, made(chain, of_team(chain)))

    lines = {one["line_id"]: one for one in table(files, "hours")}
    assert (lines["line"]["standing"], lines["line"]["supervisor_credential"]) == (
        "counts",
        "CCS 4711",
    )
    assert lines["half"]["standing"] == "waits for the supervisor"
    (agreed,) = table(files, "contracts")
    assert (agreed["standing"], agreed["supervisor"]) == ("in force", "Cora Lindqvist")
    assert agreed["accepted_by_staff_at"] == agreed["accepted_by_supervisor_at"] != ""
    assert "1 h 30 min in 1 lines" in "\n".join(pdf_pages(files["packet.pdf"]))


def test_leavers_stay_in_the_packet_of_their_team(chain: Supervising) -> None:
    eli = as_viewer(chain.store, chain.cast.eli)
    set_active(chain.store, eli, person_id=chain.cast.ana.id, active=False, now=NOW)

    files = files_of(chain, made(chain, of_team(chain)))

    standing = {one["name"]: one["standing"] for one in table(files, "staff")}
    assert standing["Ana Reyes"] == "has left"
    assert len(table(files, "observations")) == 3


def test_the_number_of_queries_does_not_grow_with_people(
    chain: Supervising, cast: Cast, engine: Engine
) -> None:
    def queries() -> int:
        asked: list[str] = []

        def hear(*told: Any) -> None:
            asked.append(told[2])

        packet = AuditPacket("x", cast.eastside.id, None, cast.cora.id, LATER)
        event.listen(engine, "after_cursor_execute", hear)
        collect(chain.store, chain.library, packet, lambda _done, _total: None)
        event.remove(engine, "after_cursor_execute", hear)
        return sum(one.lstrip().upper().startswith("SELECT") for one in asked)

    few = queries()
    for number in range(6):
        a_person(chain.store, f"Newcomer{number} Neu", team=cast.eastside, now=NOW)

    assert queries() == few


def test_the_person_alone_stands_in_a_persons_packet(chain: Supervising) -> None:
    place = Place(chain.cast.eastside.id, chain.cast.ana.id)

    packet = made(chain, ask_for_person(chain.store, chain.cora, place, now=LATER))

    files = files_of(chain, packet)
    assert [one["name"] for one in table(files, "staff")] == ["Ana Reyes"]
    assert b"Luis Ferro" not in files["packet.json"]


def test_everybody_gets_the_packets_that_are_theirs_and_no_others(chain: Supervising) -> None:
    store, cast = chain.store, chain.cast
    place = Place(cast.eastside.id, cast.ana.id)
    team = of_team(chain)
    person = ask_for_person(store, chain.cora, place, now=LATER)
    own = ask_for_oneself(store, chain.ana, cohort_id=cast.eastside.id, now=LATER)
    dov, eli = as_viewer(store, cast.dov), as_viewer(store, cast.eli)

    assert [one.id for one in packets_of_team(store, chain.cora, cast.eastside.id)] == [team.id]
    assert [one.id for one in packets_of_person(store, chain.cora, place)] == [person.id]
    assert {one.id for one in own_packets(store, chain.ana)} == {person.id, own.id}
    assert own_packets(store, as_viewer(store, cast.luis)) == []
    assert [one.id for one in packets_of_everybody(store, eli)] == [team.id]
    refusals: list[Callable[[], object]] = [
        lambda: packets_of_team(store, dov, cast.eastside.id),
        lambda: packets_of_person(store, dov, place),
        lambda: ask_for_team(store, dov, cohort_id=cast.eastside.id, now=LATER),
        lambda: ask_for_person(store, dov, place, now=LATER),
        lambda: packet_named(packets_of_team(store, dov, cast.westside.id), team.id),
        lambda: packet_named(own_packets(store, chain.ana), team.id),
    ]
    for refused in refusals:
        with pytest.raises(NotFound):
            refused()
    with pytest.raises(InvalidInput):
        ask_for_oneself(store, chain.ana, cohort_id=cast.westside.id, now=LATER)
    for nobody in (chain.cora, chain.ana):
        with pytest.raises(NotAllowed):
            packets_of_everybody(store, nobody)
        with pytest.raises(NotAllowed):
            ask_as_administrator(store, nobody, cohort_id=cast.eastside.id, now=LATER)


def test_a_supervisor_who_left_the_team_finds_nothing_at_the_next_request(
    chain: Supervising,
) -> None:
    of_team(chain)

    with chain.store.writing():
        grant = RoleGrant(Role.SUPERVISOR, chain.cast.eastside.id)
        chain.store.people.revoke(chain.cast.cora.id, grant)

    with pytest.raises(NotFound):
        packets_of_team(chain.store, chain.cora, chain.cast.eastside.id)


def test_everybody_in_a_packet_sees_that_it_was_downloaded(chain: Supervising) -> None:
    packet = made(chain, of_team(chain))

    fetch(chain.store, chain.cora, packet, now=LATER + HOLD)

    for person in (chain.cast.ana, chain.cast.luis):
        looks = chain.store.record_looks.of_person(person.id, since=LATER.date())
        assert [(one.viewer_name, one.kind) for one in looks] == [
            ("Cora Lindqvist", "audit packet")
        ]
    actions = [one.action for one in chain.store.audit.newest()]
    assert actions[:2] == ["audit packet downloaded", "audit packet asked for"]


def test_fetching_ones_own_packet_is_not_kept(chain: Supervising) -> None:
    own = ask_for_oneself(chain.store, chain.ana, cohort_id=chain.cast.eastside.id, now=LATER)

    fetch(chain.store, chain.ana, made(chain, own), now=LATER)

    assert chain.store.record_looks.of_person(chain.cast.ana.id, since=NOW.date()) == []


def test_a_button_pressed_twice_asks_once(chain: Supervising) -> None:
    first = of_team(chain)

    assert of_team(chain, now=LATER + timedelta(seconds=1)) == first
    made(chain, first)
    assert of_team(chain, now=LATER + timedelta(seconds=2)) != first


def test_a_packet_nobody_is_at_any_more_is_made_by_another_process(chain: Supervising) -> None:
    packet = of_team(chain)
    with chain.store.writing():
        killed = chain.store.audit_packets.take(packet, now=NOW)
        assert killed is not None
        chain.store.audit_packets.add_part(packet.id, 0, b"half of an archive")

    assert make_packets(chain.store, chain.library, lambda: NOW + HOLD / 2) == 0
    assert make_packets(chain.store, chain.library, lambda: NOW + HOLD) == 1

    ready = found(chain, packet)
    assert (ready.state, ready.tries) == (PacketState.READY, 2)
    assert checksum(chain.store.audit_packets.content(packet.id)) == ready.archive_sha256


def test_who_was_thought_dead_lets_go_when_another_is_at_it(chain: Supervising) -> None:
    packet = of_team(chain)
    clock = iter([LATER, LATER, *(LATER + timedelta(seconds=5 * n) for n in range(1, 99))])

    def tick() -> datetime:
        now = next(clock)
        if now == LATER + timedelta(seconds=5):  # another one takes it meanwhile
            with chain.store.writing():
                at_it = found(chain, packet)
                assert chain.store.audit_packets.take(at_it, now=LATER) is not None
        return now

    assert make_packet(chain.store, chain.library, packet, tick)

    assert found(chain, packet).state is PacketState.MAKING
    assert chain.store.audit_packets.content(packet.id) == b""


def test_a_packet_that_kills_its_maker_each_time_is_given_up(chain: Supervising) -> None:
    packet = of_team(chain)
    for _ in range(MOST_TRIES):
        with chain.store.writing():
            assert chain.store.audit_packets.take(found(chain, packet), now=NOW) is not None

    make_packets(chain.store, chain.library, lambda: LATER)

    assert found(chain, packet).state is PacketState.FAILED


def test_on_a_full_disk_a_packet_fails_and_leaves_nothing(
    chain: Supervising, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(*_: object) -> None:
        raise StorageTrouble(TroubleKind.FULL, "disk full")

    packet = of_team(chain)
    monkeypatch.setattr(AuditPacketShelf, "add_part", refuse)

    assert made(chain, packet).state is PacketState.FAILED

    assert "could not be made" in caplog.text
    assert chain.store.audit_packets.content(packet.id) == b""
    with pytest.raises(NotFound):
        fetch(chain.store, chain.cora, found(chain, packet), now=LATER)


def test_progress_is_kept_while_a_large_team_is_made(
    chain: Supervising, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(9):
        a_person(chain.store, f"Newcomer{number} Neu", team=cast.eastside, now=NOW)
    monkeypatch.setattr(packet_making, "STRETCH", 3)
    told: list[tuple[int, int]] = []
    go_on = AuditPacketShelf.go_on

    def hear(shelf: AuditPacketShelf, packet: AuditPacket, **more: Any) -> AuditPacket | None:
        told.append((more["done"], more["total"]))
        return go_on(shelf, packet, **more)

    monkeypatch.setattr(AuditPacketShelf, "go_on", hear)
    clock = iter(LATER + timedelta(seconds=2 * number) for number in range(999))

    make_packet(chain.store, chain.library, of_team(chain), lambda: next(clock))

    assert {total for _, total in told} == {12}
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert len({done for done, _ in told}) > 6


def test_packets_are_removed_when_they_expire(chain: Supervising) -> None:
    packet = made(chain, of_team(chain))

    assert remove_expired(chain.store, now=LATER + KEPT_FOR - timedelta(seconds=1)) == 0
    with pytest.raises(NotFound):
        fetch(chain.store, chain.cora, packet, now=LATER + KEPT_FOR)
    assert remove_expired(chain.store, now=LATER + KEPT_FOR) == 1

    assert chain.store.audit_packets.find(packet.id) is None
    assert chain.store.audit_packets.content(packet.id) == b""


def test_whoever_is_forgotten_leaves_no_packet_with_their_name(chain: Supervising) -> None:
    store, cast = chain.store, chain.cast
    team = made(chain, of_team(chain))
    own = ask_for_oneself(store, chain.ana, cohort_id=cast.eastside.id, now=LATER)
    made(chain, own)
    ask_to_be_erased(store, chain.ana, now=NOW)
    erase_person(store, as_viewer(store, cast.eli), person_id=cast.ana.id, now=NOW + WAITING)

    assert store.audit_packets.find(team.id) is None
    assert store.audit_packets.find(own.id) is None
    files = files_of(chain, made(chain, of_team(chain, now=NOW + WAITING)))
    assert FORMER in {one["name"] for one in table(files, "staff")}
    assert b"Ana Reyes" not in files["packet.json"]


def replace_in_store(chain: Supervising, packet: AuditPacket, packet_id: str) -> AuditPacket:
    """The same wish once more, as of the same moment."""
    again = AuditPacket(packet_id, packet.cohort_id, None, packet.asked_by, packet.as_of)
    with chain.store.writing():
        chain.store.audit_packets.add(again)
    return again
