"""What the form that settles a report may send. Shape only; the rules are in the domain."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, TextAreaField
from wtforms.validators import DataRequired, Length

from app.domain.item_report import ReportState


class ReportDecisionInput(FlaskForm):
    state = RadioField(
        "Where it stands",
        [DataRequired("Choose where the report stands now.")],
        validate_choice=False,  # which ones are open to it is a rule, and told in its words
        filters=[lambda value: value if value in set(ReportState) else None],
    )
    answer = TextAreaField("Answer to the learner")
    seen_stamp = HiddenField(validators=[Length(max=64)])
