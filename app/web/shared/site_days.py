"""The days of the site: the one place where the web turns a moment into a day.

What is due, ends or is dated changes at midnight in the site's time zone (docs/decisions/0020).
"""

from __future__ import annotations

from datetime import date, datetime

from flask import current_app

from app.domain.local_time import day_in
from app.web.shared.clock import now


def site_zone() -> str:
    """The time zone whose days count here."""
    zone: str = current_app.config["WAYMARK"].time_zone
    return zone


def site_day(moment: datetime) -> date:
    """Which day it was there at a moment."""
    return day_in(site_zone(), moment)


def site_today() -> date:
    """Which day it is there now."""
    return site_day(now())
