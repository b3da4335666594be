"""The store and the viewer of this request, opened on first use."""

from __future__ import annotations

from flask import g, session

from app.domain.person import Viewer
from app.services.sign_in import find_viewer
from app.storage.store import Store
from app.web.shared.clock import now
from app.web.shared.database import db
from app.web.shared.site_days import site_zone

TOKEN = "sign_in"  # noqa: S105 (a name: the cookie holds the token of a row under it)


def open_store() -> Store:
    """The store of this request, scoped to the viewer's organisation once one is known."""
    if "store" not in g:
        g.store = Store(db.session(), zone=site_zone())
    store: Store = g.store
    return store


def current_viewer() -> Viewer | None:
    """Who is looking. None: nobody is signed in."""
    if "viewer" not in g:
        g.viewer = None
        token = session.get(TOKEN)
        if isinstance(token, str):
            g.viewer = find_viewer(open_store(), token, now=now())
        if g.viewer is not None:
            g.store = open_store().for_organisation(g.viewer.organisation_id)
    viewer: Viewer | None = g.viewer
    return viewer


def signed_in() -> Viewer:
    """Who is looking, behind a door that lets nobody else in."""
    viewer = current_viewer()
    if viewer is None:
        raise RuntimeError("a page asked for its viewer without a door guard")
    return viewer


def remember_sign_in(token: str) -> None:
    """Starts a fresh cookie for a new sign-in, so that an old one cannot be reused."""
    session.clear()
    session[TOKEN] = token
    session.permanent = True
    g.pop("viewer", None)


def forget_sign_in() -> None:
    """Empties the cookie."""
    session.clear()
    g.pop("viewer", None)
