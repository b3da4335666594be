"""Says times and counts as people say them."""

from __future__ import annotations

import re
from datetime import date, datetime

from flask import Flask

from app.web.shared.site_days import site_day

# Endings before which a long English word may break; browsers have no such list everywhere.
_LONG = re.compile(r"\b(\w{5,}?)(bilities|cation|tation|nation|sional|ation|tion|ness|ment|ing)\b")


def say_day(day: date) -> str:
    """A day in words: Saturday, November 21."""
    return f"{day:%A}, {day:%B} {day.day}"


def say_short_day(day: date) -> str:
    """A day in few words: Nov 21."""
    return f"{day:%b} {day.day}"


def say_date(day: date) -> str:
    """A day with its year, for what is years old or years ahead: Nov 21, 2026."""
    return f"{say_short_day(day)}, {day.year}"


def say_day_near(day: date, today: date) -> str:
    """A day in few words, with its year where that is another one: Nov 21, or Jan 3, 2027."""
    return say_short_day(day) if day.year == today.year else say_date(day)


def say_moment(moment: datetime) -> str:
    """A moment, in UTC until people can set their own zone: Nov 21, 9:05 UTC."""
    return f"{moment:%b} {moment.day}, {moment.hour}:{moment:%M} UTC"


def say_count(count: int, one: str, many: str = "") -> str:
    """A count with its noun: 1 lesson, 3 lessons."""
    return f"{count} {one if count == 1 else many or one + 's'}"


def may_break(words: str) -> str:
    """Lets long words break at a syllable, where a column is narrow: Documen(-)tation."""
    return _LONG.sub("\\1\N{SOFT HYPHEN}\\2", words)


def install_filters(app: Flask) -> None:
    """Gives templates the ways of saying things."""
    app.jinja_env.filters.update(
        day=say_day,
        short_day=say_short_day,
        moment=say_moment,
        count_of=say_count,
        site_day=site_day,
    )
