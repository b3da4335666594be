"""Supervisors' teams, members and assignments."""

from app.web.team import routes
from app.web.team.door import bp

__all__ = ["bp", "routes"]
