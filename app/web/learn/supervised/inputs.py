"""What the forms of one's own supervision may send. Shape only; the rules are in the services."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import SelectField, TextAreaField
from wtforms.validators import InputRequired, Length

from app.web.shared.typed import DayField

_LONGEST = [Length(max=4000, message="Shorter, please.")]
_ROWS = {"rows": 3}


class ObservationWishInput(FlaskForm):
    competency = SelectField("What to look at", choices=[], validate_choice=False)
    wished_on = DayField("By when", [InputRequired("Choose a day.")])
    words = TextAreaField("A few words", _LONGEST, render_kw=_ROWS)


class SelfRatingInput(FlaskForm):
    competency = SelectField("Competency", choices=[], validate_choice=False)
    level = SelectField("Level", choices=[], validate_choice=False)
    note = TextAreaField("Why", _LONGEST, render_kw=_ROWS)
