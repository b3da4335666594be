"""What forms may send that more than one part of the site shows. Shape only."""

from __future__ import annotations

from datetime import date

from flask_wtf import FlaskForm
from wtforms import IntegerField
from wtforms.validators import InputRequired, NumberRange

from app.domain.exam_clock import Allowance
from app.services.allowances import MOST_BREAK_MINUTES, MOST_EXTRA_PERCENT
from app.web.shared.typed import DayField

_NUMBERS = {"inputmode": "numeric"}


class ExamTimeInput(FlaskForm):
    extra_percent = IntegerField(
        "Extra time, in percent of the limit",
        [
            InputRequired("Give a number; 0 means none."),
            NumberRange(0, MOST_EXTRA_PERCENT, f"Between 0 and {MOST_EXTRA_PERCENT}."),
        ],
        render_kw=_NUMBERS,
    )
    break_minutes = IntegerField(
        "Breaks without the clock, in minutes for each exam",
        [
            InputRequired("Give a number; 0 means none."),
            NumberRange(0, MOST_BREAK_MINUTES, f"Between 0 and {MOST_BREAK_MINUTES}."),
        ],
        render_kw=_NUMBERS,
    )

    def allowance(self) -> Allowance:
        """What was asked for; call it on a form that is valid."""
        return Allowance(self.extra_percent.data or 0, self.break_minutes.data or 0)


class LeaveInput(FlaskForm):
    first_day = DayField("First day away", [InputRequired("Choose the first day.")])
    last_day = DayField("Last day away", [InputRequired("Choose the last day.")])

    def days(self) -> tuple[date, date]:
        """What was asked for; call it on a form that is valid."""
        if self.first_day.data is None or self.last_day.data is None:
            raise ValueError("the form has not been checked")
        return self.first_day.data, self.last_day.data
