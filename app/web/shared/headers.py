"""Security headers on every response, and a fresh nonce for each page."""

from __future__ import annotations

import secrets

from flask import Flask, g, request
from werkzeug.wrappers import Response

YEAR = 31_536_000


def csp_nonce(*, styles: bool = False) -> str:
    """The nonce that lets our own scripts run on this page.

    With `styles`, it also lets in the style sheets that a script of this page makes.
    """
    if "nonce" not in g:
        g.nonce = secrets.token_urlsafe(16)
    g.has_own_styles = styles or g.get("has_own_styles", False)
    nonce: str = g.nonce
    return nonce


def install_headers(app: Flask, *, https: bool) -> None:
    """Puts the headers on every response of the app."""

    fixed = [*FIXED]
    if https:
        fixed.append(("Strict-Transport-Security", f"max-age={YEAR}; includeSubDomains"))

    @app.after_request
    def _add(response: Response) -> Response:
        headers = response.headers
        for name, value in fixed:
            headers.add(name, value)
        headers.setdefault("Content-Security-Policy", content_policy())
        if request.endpoint not in PUBLIC_FILES:
            # A shared computer must not show a page again after signing out.
            headers.setdefault("Cache-Control", "no-store")
            response.vary.add("Cookie")
        return response


FIXED = (
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "same-origin"),
    ("X-Frame-Options", "DENY"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=()"),
)
PUBLIC_FILES = frozenset({"site.asset_file", "site.healthz"})


def content_policy() -> str:
    """The policy: our own files, scripts by nonce, nothing inline, nobody may frame us."""
    nonce = f" 'nonce-{g.nonce}'" if "nonce" in g else ""
    styles = nonce if g.get("has_own_styles") else ""
    return "; ".join(
        [
            "default-src 'none'",
            f"script-src 'self'{nonce}",
            f"style-src 'self'{styles}",
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "object-src 'none'",
            "frame-ancestors 'none'",
        ]
    )
