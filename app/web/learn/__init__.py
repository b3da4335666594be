"""Reading: today, lessons, search, glossary, progress; and one's own supervision."""

from app.web.learn import competency_routes, routes
from app.web.learn.door import bp
from app.web.learn.supervised import asking, packets
from app.web.learn.supervised import routes as supervised_routes

__all__ = ["asking", "bp", "competency_routes", "packets", "routes", "supervised_routes"]
