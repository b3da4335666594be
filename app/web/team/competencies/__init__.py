"""The competency matrix of a team: people by areas, an area by competencies, and every row."""

from app.web.team.competencies import asking, routes, trend

__all__ = ["asking", "routes", "trend"]
