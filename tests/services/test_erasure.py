from __future__ import annotations

import csv
import hashlib
import io
import json
from datetime import timedelta
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest

from app.domain.errors import Conflict, InvalidInput, NotAllowed, NotFound
from app.domain.person_data import FORMER, WAITING
from app.services.account import set_active
from app.services.erasure import ask_to_be_erased, erase_person, take_back_erasure
from app.services.my_data import copy_of_my_data
from app.services.sign_in import SignInRequest, sign_in
from app.storage.practice import PracticeShelf
from tests.cast import NOW, PASSWORD, as_viewer
from tests.supervision_builders import a_credential

if TYPE_CHECKING:
    from app.storage.store import Store
    from tests.cast import Cast

LATER = NOW + WAITING


def test_a_wish_waits_two_weeks_and_is_then_done_by_an_administrator(
    store: Store, cast: Cast
) -> None:
    ask_to_be_erased(store, as_viewer(store, cast.ana), now=NOW)
    eli = as_viewer(store, cast.eli)

    with pytest.raises(Conflict):
        erase_person(store, eli, person_id=cast.ana.id, now=LATER - timedelta(days=1))
    erase_person(store, eli, person_id=cast.ana.id, now=LATER)

    person = store.people.find(cast.ana.id)
    assert person is not None
    assert person.full_name == FORMER
    request = SignInRequest(cast.ana.email, PASSWORD, "10.0.0.1", "")
    with pytest.raises(InvalidInput):
        sign_in(store, request, now=LATER)
    assert store.erasures.all_open() == []


def test_a_wish_can_be_taken_back_until_it_is_done(store: Store, cast: Cast) -> None:
    ana, eli = as_viewer(store, cast.ana), as_viewer(store, cast.eli)
    ask_to_be_erased(store, ana, now=NOW)

    take_back_erasure(store, ana, now=LATER)

    with pytest.raises(NotFound):
        erase_person(store, eli, person_id=cast.ana.id, now=LATER)
    with pytest.raises(NotFound):
        take_back_erasure(store, ana, now=LATER)


def test_asking_twice_finds_the_first_wish(store: Store, cast: Cast) -> None:
    ana = as_viewer(store, cast.ana)

    first = ask_to_be_erased(store, ana, now=NOW)
    second = ask_to_be_erased(store, ana, now=LATER)

    assert second.id == first.id
    assert second.from_day == LATER.date()


def test_nobody_is_erased_who_did_not_ask(store: Store, cast: Cast) -> None:
    with pytest.raises(NotFound):
        erase_person(store, as_viewer(store, cast.eli), person_id=cast.ana.id, now=LATER)


def test_only_another_administrator_erases(store: Store, cast: Cast) -> None:
    for person in (cast.ana, cast.eli):
        ask_to_be_erased(store, as_viewer(store, person), now=NOW)

    for viewer, person in ((cast.cora, cast.ana), (cast.ana, cast.ana), (cast.eli, cast.eli)):
        with pytest.raises(NotAllowed):
            erase_person(store, as_viewer(store, viewer), person_id=person.id, now=LATER)


def test_erasing_that_fails_in_the_middle_erases_nothing(
    store: Store, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask_to_be_erased(store, as_viewer(store, cast.ana), now=NOW)
    monkeypatch.setattr(type(store.erasures), "done", lambda *_a, **_k: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        erase_person(store, as_viewer(store, cast.eli), person_id=cast.ana.id, now=LATER)

    person = store.people.find(cast.ana.id)
    assert person is not None
    assert person.full_name == "Ana Reyes"


def test_leavers_stay_in_the_record_under_their_name(store: Store, cast: Cast) -> None:
    eli = as_viewer(store, cast.eli)

    set_active(store, eli, person_id=cast.ana.id, active=False, now=NOW)

    assert "Ana Reyes" in {person.full_name for person in store.people.everyone()}


def test_a_copy_can_be_read_checked_and_made_again(store: Store, cast: Cast) -> None:
    ana = as_viewer(store, cast.ana)
    formula = a_credential(id="c-1", person_id=cast.ana.id, number="=1+1")
    with store.writing():
        store.credentials.add(formula, by=cast.ana.id, now=NOW)

    whole = copy_of_my_data(store, ana)

    with ZipFile(io.BytesIO(whole)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    sums = dict(
        reversed(line.split("  ")) for line in files.pop("SHA256SUMS").decode().split("\n")[:-1]
    )
    assert sums == {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    assert json.loads(files["data.json"])["people"][0]["full_name"] == "Ana Reyes"
    table = files["tables/credentials.csv"].decode("utf-8-sig")
    assert next(csv.DictReader(io.StringIO(table)))["number"] == "'=1+1"
    assert b"Credentials: 1" in files["index.html"]
    assert copy_of_my_data(store, ana) == whole


def test_a_copy_holds_nothing_of_somebody_else(store: Store, cast: Cast) -> None:
    with store.writing():
        PracticeShelf(store.session, store.organisation_id).bookmark(
            cast.luis.id, "bookmark-of-luis", now=NOW
        )

    whole = copy_of_my_data(store, as_viewer(store, cast.ana))

    with ZipFile(io.BytesIO(whole)) as archive:
        told = b"".join(archive.read(name) for name in archive.namelist())
    assert b"bookmark-of-luis" not in told
    assert cast.luis.email.encode() not in told
