"""Content health and previews for trainers."""

from app.web.studio import item_report_routes, path_routes, regrade_routes, routes
from app.web.studio.door import bp

__all__ = ["bp", "item_report_routes", "path_routes", "regrade_routes", "routes"]
