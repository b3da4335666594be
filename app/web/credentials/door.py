"""The blueprint and its door."""

from __future__ import annotations

from flask import Blueprint

from app.web.shared.guard import guard_door

bp = Blueprint("credentials", __name__, url_prefix="/credentials")
guard_door(bp)
