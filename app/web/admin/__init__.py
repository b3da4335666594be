"""People, roles, invitations and the audit trail."""

from app.web.admin import privacy, routes
from app.web.admin.door import bp

__all__ = ["bp", "privacy", "routes"]
