"""People, roles, invitations and the audit trail."""

from app.web.admin import frameworks, importing, routes
from app.web.admin.door import bp

__all__ = ["bp", "frameworks", "importing", "routes"]
