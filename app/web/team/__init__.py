"""Supervisors' teams, members and assignments."""

from app.web.team import asked_person, assignments, routes
from app.web.team.door import bp

__all__ = ["asked_person", "assignments", "bp", "routes"]
