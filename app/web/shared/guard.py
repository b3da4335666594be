"""The doors: who may enter a blueprint at all. Services decide about the object."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from flask import Blueprint, redirect, request, url_for
from werkzeug.exceptions import UnsupportedMediaType
from werkzeug.wrappers import Response

from app.domain.errors import NotAllowed
from app.domain.person import Role
from app.services.sign_in import prolong
from app.web.shared.clock import now
from app.web.shared.request_store import current_viewer, open_store

READING = frozenset({"GET", "HEAD", "OPTIONS"})


def guard_door(bp: Blueprint, *roles: Role, open_to: frozenset[str] = frozenset()) -> None:
    """Lets signed-in people into a blueprint, and only those who hold one of the roles.

    `open_to` names view functions that anybody may reach. No roles: any signed-in person.
    """

    @bp.before_request
    def _check() -> Response | None:
        name = (request.endpoint or "").rpartition(".")[2]
        if name in open_to:
            return None
        viewer = current_viewer()
        if viewer is None:
            return redirect(url_for("account.sign_in", next=wanted_path()), code=303)
        if roles and not viewer.roles.intersection(roles):
            raise NotAllowed(
                "other-role",
                "This page is for people with another role.",
                "Go back to your own start page.",
            )
        if request.method not in READING:
            prolong(open_store(), viewer, now=now())
        return None


def wanted_path() -> str | None:
    """Where to go after signing in: the page asked for, when it can simply be opened again."""
    return request.full_path.rstrip("?") if request.method == "GET" else None


def safe_next(target: str | None) -> str | None:
    """Keeps a path of this site. None: anything that could lead elsewhere."""
    if not target or not target.startswith("/") or target.startswith("//"):
        return None
    if "\\" in target or any(ord(character) < 32 for character in target):
        return None
    parts = urlsplit(target)
    return None if parts.scheme or parts.netloc else target


def refuse_foreign_posts() -> Callable[[], None]:
    """A second lock beside the CSRF token: browsers say when another site sends a form."""

    def _check() -> None:
        if request.method in READING:
            return
        if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
            raise NotAllowed(
                "other-site",
                "This form was sent from another site, so nothing was changed.",
                "Open the page here and send it again.",
            )

    return _check


def refuse_json_bodies() -> None:
    """Takes forms as forms only: a field of JSON may be of any kind, which no form reckons with."""
    if request.method not in READING and request.is_json:
        raise UnsupportedMediaType
