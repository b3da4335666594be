"""The key by which a form that was sent twice is known."""

from __future__ import annotations

import secrets

from flask import request

from app.services.supervised import Sent
from app.web.shared.clock import now

FORM_KEY = "form_key"


def new_form_key() -> str:
    """A key for a form that is about to be shown."""
    return secrets.token_urlsafe(18)


def sent_form() -> Sent:
    """When this form was sent, with its key."""
    return Sent(request.form.get(FORM_KEY, ""), now())
