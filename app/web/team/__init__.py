"""Supervisors' teams, members, assignments, and the supervision of each member."""

from app.web.team import asked_person, assignments, competencies, hours, packets, routes
from app.web.team.door import bp
from app.web.team.supervising import (
    observing_routes,
    planning_routes,
    signing_routes,
)
from app.web.team.supervising import routes as supervising_routes

__all__ = [
    "asked_person",
    "assignments",
    "bp",
    "competencies",
    "hours",
    "observing_routes",
    "packets",
    "planning_routes",
    "routes",
    "signing_routes",
    "supervising_routes",
]
