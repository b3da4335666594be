"""Signing in and out, coming in by invitation, and one's own account."""

from app.web.account import my_data, reminders, routes
from app.web.account.door import bp

__all__ = ["bp", "my_data", "reminders", "routes"]
