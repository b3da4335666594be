"""Headers, cookies and error pages of every kind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from app.factory import create_app
from app.storage.trouble import StorageTrouble, TroubleKind
from tests.web.crawl import crawl
from tests.web.visit import Visitor

if TYPE_CHECKING:
    from flask import Flask

    from app.config import Settings


def test_every_page_carries_the_headers(ana: Visitor) -> None:
    for url, sent in crawl(ana, "/"):
        assert "X-Content-Type-Options: nosniff" in sent, url
        assert "Content-Security-Policy: default-src 'none'" in sent, url
        assert "frame-ancestors 'none'" in sent or "/figures/" in url, url
        assert "unsafe-inline" not in sent or "/figures/" in url, url
        assert "unsafe-eval" not in sent, url


def test_signed_in_pages_are_never_kept_by_a_browser_or_proxy(ana: Visitor) -> None:
    for url in ("/learn/", "/learn/progress", "/account/", "/exam/practice"):
        headers = ana.get(url).headers
        assert headers["Cache-Control"] == "no-store"
        assert "Cookie" in headers["Vary"]


def test_files_with_a_fingerprint_are_kept_for_ever(ana: Visitor) -> None:
    (sheet,) = {link for link in ana.text("/learn/").split('"') if link.startswith("/assets/css/")}
    response = ana.client.get(sheet)

    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "Set-Cookie" not in response.headers


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(anonymous: Visitor) -> None:
    cookie = anonymous.client.get("/account/sign-in").headers["Set-Cookie"]

    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_with_https_the_cookie_is_secure_and_bound_to_the_host(settings: Settings) -> None:
    app = create_app(replace(settings, base_url="https://waymark.example"))
    response = app.test_client().get("/account/sign-in", base_url="https://waymark.example")
    cookie = response.headers["Set-Cookie"]

    assert cookie.startswith("__Host-waymark=")
    assert "Secure" in cookie
    assert "max-age=31536000" in response.headers["Strict-Transport-Security"]
    _dispose(app)


def test_with_https_another_host_name_is_refused(settings: Settings) -> None:
    app = create_app(replace(settings, base_url="https://waymark.example"))

    assert app.test_client().get("/", base_url="https://evil.example").status_code == 400
    _dispose(app)


def test_an_unknown_page_is_told_kindly_to_anybody(anonymous: Visitor, ana: Visitor) -> None:
    for visitor in (anonymous, ana):
        assert "There is no such page" in visitor.text("/no/such/page", expect=404)


def test_an_unexpected_failure_shows_a_reference_and_no_inside(
    app: Flask, ana: Visitor, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setitem(app.view_functions, "learn.glossary", _fail(ValueError("secret inside")))
    app.testing = False
    app.config["PROPAGATE_EXCEPTIONS"] = False

    page = ana.text("/learn/glossary", expect=500)

    assert "secret inside" not in page
    reference = page.partition("<code>")[2].partition("</code>")[0]
    assert len(reference) == 8
    assert reference in caplog.text


@pytest.mark.parametrize(
    ("kind", "status", "words"),
    [
        (TroubleKind.FULL, 507, "disk is full"),
        (TroubleKind.READ_ONLY, 503, "read-only just now"),
        (TroubleKind.BUSY, 503, "very busy"),
        (TroubleKind.UNREACHABLE, 503, "cannot reach its records"),
    ],
)
def test_storage_trouble_has_a_page_that_says_nothing_was_saved(
    app: Flask,
    ana: Visitor,
    monkeypatch: pytest.MonkeyPatch,
    kind: TroubleKind,
    status: int,
    words: str,
) -> None:
    trouble = StorageTrouble(kind, "technical words")
    monkeypatch.setitem(app.view_functions, "account.save_plan", _fail(trouble))

    response = ana.post("/account/plan", {"minutes_a_day": "20"}, expect=status)

    assert words in response.text
    assert "Nothing of this step was saved" in response.text
    assert "technical words" not in response.text


def test_the_error_page_renders_with_the_database_gone(
    app: Flask, ana: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    _take_the_database_away(app, monkeypatch)

    page = ana.text("/learn/", expect=503)

    assert "cannot reach its records" in page


def test_health_says_so_when_the_database_is_away(
    app: Flask, anonymous: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert anonymous.get("/healthz").json["status"] == "ok"
    _take_the_database_away(app, monkeypatch)

    response = anonymous.get("/healthz", expect=503)

    assert response.json["database"]["answers"] is False


def test_too_large_a_form_is_refused(ana: Visitor) -> None:
    response = ana.client.post("/account/plan", data={"minutes_a_day": "1" * 2_000_000})

    assert response.status_code == 413


def _fail(error: Exception) -> Callable[..., object]:
    def view(**_values: object) -> object:
        raise error

    return view


def _take_the_database_away(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets every new connection fail as a driver does when the server or file is gone."""
    with app.app_context():
        engine = app.extensions["sqlalchemy"].engines[None]
    engine.dispose()

    def refuse(*_arguments: object, **_options: object) -> object:
        raise engine.dialect.dbapi.OperationalError("unable to open database file")

    monkeypatch.setattr(engine.dialect, "connect", refuse)


def _dispose(app: Flask) -> None:
    with app.app_context():
        for engine in app.extensions["sqlalchemy"].engines.values():
            engine.dispose()


def test_large_pages_travel_compressed_unless_they_repeat_what_was_asked(ana: Visitor) -> None:
    def encoding(url: str) -> str | None:
        response = ana.client.get(url, headers={"Accept-Encoding": "gzip"})
        return response.headers.get("Content-Encoding")

    assert encoding("/learn/lessons") == "gzip"
    assert encoding("/learn/search?q=consent") is None
