"""What the forms of the studio may send. Shape only; the rules are in the services."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, RadioField, SelectMultipleField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from app.domain.item_report import ReportState
from app.domain.regrade import RegradePolicy

POLICIES = {
    RegradePolicy.ACCEPT: "Accept further answers",
    RegradePolicy.REKEY: "Another answer is the right one",
    RegradePolicy.CREDIT: "Count it as right for everybody who had it",
    RegradePolicy.DROP: "Leave it out for everybody",
}
LONGEST_REASON = 2_000  # characters


class RegradeInput(FlaskForm):
    version = HiddenField(validators=[Length(max=32)])
    policy = RadioField(
        "What should count from now on",
        [InputRequired("Choose what should count.")],
        choices={str(policy): words for policy, words in POLICIES.items()},
    )
    accepted = SelectMultipleField("Answers that count as right", validate_choice=False)
    never_lower = BooleanField("Never lower anybody", default=True)
    reason = TextAreaField(
        "Reason",
        [Length(max=LONGEST_REASON, message=f"Keep it under {LONGEST_REASON} characters.")],
    )
    seen = HiddenField(validators=[Length(max=64)])


class ReportDecisionInput(FlaskForm):
    state = RadioField(
        "Where it stands",
        [DataRequired("Choose where the report stands now.")],
        validate_choice=False,  # which ones are open to it is a rule, and told in its words
        filters=[lambda value: value if value in set(ReportState) else None],
    )
    answer = TextAreaField("Answer to the learner")
    seen_stamp = HiddenField(validators=[Length(max=64)])
