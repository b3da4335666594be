"""The blueprint and its door."""

from __future__ import annotations

from flask import Blueprint

from app.domain.person import Role
from app.web.shared.guard import guard_door
from app.web.shared.looking import keeps_looks

bp = Blueprint("admin", __name__, url_prefix="/admin")
guard_door(bp, Role.ADMINISTRATOR)
keeps_looks(bp)
