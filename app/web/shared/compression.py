"""Sends larger pages compressed.

Only where the address carries nothing that the page could repeat: a page that repeats chosen
words beside a secret, compressed, lets a patient listener guess the secret (the BREACH attack).
"""

from __future__ import annotations

import gzip

from flask import Flask, request
from werkzeug.wrappers import Response

WORTHWHILE = 8_000  # bytes: below it the saving is a packet or two
LEVEL = 3  # most of the saving for a third of the time of the default


def install_compression(app: Flask) -> None:
    """Compresses the pages of the app for browsers that take it."""

    @app.after_request
    def _compress(response: Response) -> Response:
        if (
            response.mimetype == "text/html"
            and response.status_code == 200
            and not request.query_string
            and not response.direct_passthrough
            and "Content-Encoding" not in response.headers
            and request.accept_encodings["gzip"] > 0
        ):
            body = response.get_data()
            if len(body) >= WORTHWHILE:
                response.set_data(gzip.compress(body, LEVEL, mtime=0))
                response.headers["Content-Encoding"] = "gzip"
                response.headers.add("Vary", "Accept-Encoding")
        return response
