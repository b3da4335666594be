"""What the practice form may send. Shape only; the rules are in the services."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import HiddenField, IntegerField, RadioField, SelectMultipleField
from wtforms.validators import Length, NumberRange
from wtforms.widgets import CheckboxInput, ListWidget

from app.domain.practice import LONGEST

SEEN = {"any": "Any", "unseen": "Not seen yet", "missed": "Missed the last time"}
FEEDBACK = {"tutor": "After each question", "exam": "After the whole quiz"}


class PracticeInput(FlaskForm):
    topic = SelectMultipleField(
        "Topics", widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )
    length = IntegerField(
        "How many questions",
        [NumberRange(1, LONGEST, f"Choose between 1 and {LONGEST} questions.")],
        default=10,
        render_kw={"inputmode": "numeric"},
    )
    seen = RadioField("Which questions", choices=SEEN, default="any")
    feedback = RadioField("When to see the reasons", choices=FEEDBACK, default="tutor")
    request_key = HiddenField(validators=[Length(max=64)])
