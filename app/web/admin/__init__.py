"""People, roles, invitations, supervision to read, the audit trail, frameworks and privacy."""

from app.web.admin import frameworks, importing, packets, privacy, roles, routes, supervision
from app.web.admin.door import bp

__all__ = [
    "bp",
    "frameworks",
    "importing",
    "packets",
    "privacy",
    "roles",
    "routes",
    "supervision",
]
