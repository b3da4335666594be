"""Supervisors' teams, members and assignments."""

from app.web.team import assignments, hours, routes
from app.web.team.door import bp

__all__ = ["assignments", "bp", "hours", "routes"]
