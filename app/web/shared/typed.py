"""Numbers and days as people type them: only what can be meant passes."""

from __future__ import annotations

from datetime import date
from typing import Any

from wtforms import DateField

FIRST_DAY, LAST_DAY = date(1950, 1, 1), date(2099, 12, 31)
MOST_DIGITS = 6


def whole_number(text: str) -> int | None:
    """Reads a whole number of a few digits. None: it is none, or too long to be meant."""
    plain = text.strip()
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) <= MOST_DIGITS else None


def usable_day(text: str) -> date | None:
    """Reads a day such as 2026-11-21. None: it is none, or no day of a working life."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if FIRST_DAY <= day <= LAST_DAY else None


class DayField(DateField):
    """A day. Those that no rule could reckon with, such as the year 1 or 9999, are refused."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Reads what was sent, as a date field does, within the days that can be meant."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError("Give a day, such as 2026-11-30.") from None
        if self.data is not None and not FIRST_DAY <= self.data <= LAST_DAY:
            self.data = None
            raise ValueError(f"Choose a day between {FIRST_DAY.year} and {LAST_DAY.year}.")
