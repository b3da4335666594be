"""Content health, previews, regrades, reports, and the desk where cases are written."""

from app.web.studio import help_routes, item_report_routes, path_routes, regrade_routes, routes
from app.web.studio.desk import folder_routes, new_case, publish_routes, review_routes, trial_routes
from app.web.studio.desk import routes as desk_routes
from app.web.studio.door import bp

__all__ = [
    "bp",
    "desk_routes",
    "folder_routes",
    "help_routes",
    "item_report_routes",
    "new_case",
    "path_routes",
    "publish_routes",
    "regrade_routes",
    "review_routes",
    "routes",
    "trial_routes",
]
