"""Reading: today, lessons, search, glossary, progress."""

from app.web.learn import competency_routes, routes
from app.web.learn.door import bp

__all__ = ["bp", "competency_routes", "routes"]
