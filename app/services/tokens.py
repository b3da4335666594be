"""Random tokens for links and cookies. Only their digests are ever stored."""

from __future__ import annotations

import hashlib
import secrets


def new_token() -> str:
    """Makes a token of 256 random bits, safe in addresses and cookies."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> str:
    """What is stored of a token: enough to find it, useless to whoever reads the database."""
    return hashlib.sha256(token.encode("utf-8")).hexdigest()
