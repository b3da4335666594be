"""Content health and previews for trainers."""

from app.web.studio import help_routes, item_report_routes, regrade_routes, routes
from app.web.studio.door import bp

__all__ = ["bp", "help_routes", "item_report_routes", "regrade_routes", "routes"]
