"""A staff member's own ledger of hours."""

from app.web.hours import entering, lines, routes
from app.web.hours.door import bp

__all__ = ["bp", "entering", "lines", "routes"]
