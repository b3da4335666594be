"""The fixtures of the suite keep their word, on which tests of access rest."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Flask, has_request_context

from app.services.sign_in import open_sign_in
from app.storage.store import Store
from app.web.shared.request_store import TOKEN
from tests.cast import Cast


def test_a_second_client_is_nobody(app: Flask, cast: Cast, store: Store) -> None:
    token = open_sign_in(store, cast.ana.id, device="a browser", now=datetime.now(UTC))
    ana, nobody = app.test_client(), app.test_client()
    with ana.session_transaction() as cookie:
        cookie[TOKEN] = token

    first = ana.get("/account/")
    second = nobody.get("/account/")

    assert first.status_code == 200
    assert second.status_code == 303


def test_no_request_stays_open_during_a_test(app: Flask) -> None:
    assert not has_request_context()


def test_a_database_starts_empty_and_migrated(store: Store) -> None:
    assert store.people.everyone() == []
