"""The blueprint and its door: everything about oneself, and the ways in."""

from __future__ import annotations

from flask import Blueprint

from app.web.shared.guard import guard_door

OPEN_TO_ANYONE = frozenset(
    {"sign_in", "send_sign_in", "set_up", "send_set_up", "invitation", "accept", "feed"}
)

bp = Blueprint("account", __name__, url_prefix="/account")
guard_door(bp, open_to=OPEN_TO_ANYONE)
