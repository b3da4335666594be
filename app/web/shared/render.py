"""Renders a page from its one variable, after letting go of the database."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from flask import Flask, g, render_template, request
from flask_wtf.csrf import generate_csrf
from werkzeug.wrappers import Response

from app.domain.person import Role, Viewer
from app.web.shared.assets import Assets
from app.web.shared.headers import csp_nonce
from app.web.shared.navigation import MenuEntry, menu_for
from app.web.shared.notices import current_notice


@dataclass(frozen=True)
class ViewerOnScreen:
    """The signed-in person, as the layouts show them."""

    first_name: str
    full_name: str
    roles: frozenset[Role]
    viewer: Viewer

    @property
    def id(self) -> str:
        """Whose page this is, for what a browser keeps until it is sent."""
        return self.viewer.id

    @cached_property
    def menu(self) -> tuple[MenuEntry, ...]:
        """The places this person may go."""
        return menu_for(self.viewer)


def is_fragment() -> bool:
    """Says whether the page's own script asked, so that a piece of the page is enough."""
    return request.headers.get("HX-Request") == "true"


def render_page(template: str, page: object, status: int = 200) -> Response:
    """Renders a template with its page.

    The read transaction ends first, so that a slow page keeps no writer waiting.
    """
    if "store" in g:
        g.store.end_reading()
    return Response(
        render_template(template, page=page), status=status, content_type="text/html; charset=utf-8"
    )


def csrf_token() -> str:
    """The token for the forms of this page, worked out once however many forms there are."""
    if "token_of_forms" not in g:
        g.token_of_forms = generate_csrf()
    token: str = g.token_of_forms
    return token


def install_globals(app: Flask, assets: Assets) -> None:
    """Gives templates the few functions they may call."""
    app.jinja_env.globals.update(
        asset=lambda name: "/assets/" + assets.url_path(name),
        csp_nonce=csp_nonce,
        csrf_token=csrf_token,  # for pieces that are imported without the context of the page
    )

    @app.context_processor
    def _of_this_request() -> dict[str, object]:
        # What the failsafe error page must not touch is only what has been found already.
        viewer: Viewer | None = g.get("viewer")
        on_screen = None
        if viewer is not None:
            person = viewer.person
            on_screen = ViewerOnScreen(person.first_name, person.full_name, viewer.roles, viewer)
        return {"viewer": on_screen, "notice": current_notice(), "csrf_token": csrf_token}
