"""Supervisors' teams, members and assignments."""

from app.web.team import assignments, competencies, routes
from app.web.team.door import bp

__all__ = ["assignments", "bp", "competencies", "routes"]
