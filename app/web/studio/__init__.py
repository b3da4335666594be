"""Content health and previews for trainers."""

from app.web.studio import regrade_routes, routes
from app.web.studio.door import bp

__all__ = ["bp", "regrade_routes", "routes"]
