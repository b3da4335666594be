"""Hours and credentials of a supervisor's team."""

from app.web.team.hours import lines, routes

__all__ = ["lines", "routes"]
