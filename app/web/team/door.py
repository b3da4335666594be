"""The blueprint and its door."""

from __future__ import annotations

from flask import Blueprint

from app.domain.person import Role
from app.web.shared.guard import guard_door
from app.web.shared.looking import keeps_looks

bp = Blueprint("team", __name__, url_prefix="/team")
guard_door(bp, Role.SUPERVISOR)
keeps_looks(bp)
