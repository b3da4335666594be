"""Sends the pictures that lie beside lessons."""

from __future__ import annotations

from werkzeug.wrappers import Response

from app.domain.errors import NotFound
from app.library.library import Library


def send_figure(library: Library, area: str, name: str) -> Response:
    """Sends a picture of an area's lessons. Raises: NotFound if there is none to be sent."""
    file = library.figure(f"{area}/", name)
    if file is None:
        raise NotFound("figure-not-found", "There is no such figure.")
    response = Response(file.read_bytes(), content_type="image/svg+xml")
    # An SVG opened by itself must not run anything, whoever wrote it.
    response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'"
    response.headers["Cache-Control"] = "private, max-age=3600"
    return response
