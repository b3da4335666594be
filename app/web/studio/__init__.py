"""Content health, previews, regrades, reports, and the desk where cases are written."""

from app.web.studio import help_routes, item_report_routes, path_routes, regrade_routes, routes
from app.web.studio.desk import new_case, publish_routes, trial_routes
from app.web.studio.desk import routes as desk_routes
from app.web.studio.door import bp

__all__ = [
    "bp",
    "desk_routes",
    "help_routes",
    "item_report_routes",
    "new_case",
    "path_routes",
    "publish_routes",
    "regrade_routes",
    "routes",
    "trial_routes",
]
