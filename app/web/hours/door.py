"""The blueprint and its door."""

from __future__ import annotations

from flask import Blueprint

from app.domain.person import Role
from app.web.shared.guard import guard_door

bp = Blueprint("hours", __name__, url_prefix="/hours")
guard_door(bp, Role.CANDIDATE)
