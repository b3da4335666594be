"""Hours and credentials with defaults, so that a test names only what it is about."""

from __future__ import annotations

from datetime import date
from typing import Any

from app.domain.credential import Credential


def a_credential(**changes: Any) -> Credential:
    """Cora's certificate as a clinical supervisor, valid for two years from the summer of 2026."""
    fields: dict[str, Any] = {
        "id": "credential-1",
        "person_id": "cora",
        "kind": "CCS",
        "number": "4711",
        "issuer": "NCASPPB",
        "issued_on": date(2026, 7, 1),
        "expires_on": date(2028, 6, 30),
    }
    return Credential(**{**fields, **changes})
