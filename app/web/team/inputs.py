"""What the team forms may send. Shape only; the rules are in the services."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import BooleanField, IntegerField, SelectField, TextAreaField
from wtforms.validators import (
    DataRequired,
    InputRequired,
    Length,
    NumberRange,
    Optional,
    ValidationError,
)

from app.domain.assignment import LATEST_AFTER_JOINING, MOST_QUESTIONS
from app.domain.due_day import LONGEST_NOTE
from app.web.shared.asked import REASON_WORDS
from app.web.shared.typed import DayField

WHOLE_TEAM, NEWCOMERS, ROLE = "team", "newcomers", "role:"
_NUMBERS = {"inputmode": "numeric"}


class OpenSelect(SelectField):
    """A list whose choices are set for each page, with words of ours for anything else."""

    def pre_validate(self, form: object) -> None:  # noqa: ARG002 (WTForms hands it in)
        if self.data and self.data not in {value for value, *_ in self.iter_choices()}:
            raise ValidationError("Choose one of the list.")


class AssignmentInput(FlaskForm):
    target = OpenSelect("What", [DataRequired("Choose what to ask for.")])
    whom = OpenSelect("For whom", [DataRequired("Choose the team or a person.")])
    due_on = DayField("Due", [Optional()])
    days_after_joining = IntegerField(
        "Days after joining",
        [Optional(), NumberRange(1, LATEST_AFTER_JOINING, f"1 to {LATEST_AFTER_JOINING} days.")],
        render_kw=_NUMBERS,
    )
    questions = IntegerField(
        "Questions in the quiz",
        [Optional(), NumberRange(1, MOST_QUESTIONS, f"1 to {MOST_QUESTIONS} questions.")],
        render_kw=_NUMBERS,
    )
    percent = IntegerField(
        "Right, in percent",
        [Optional(), NumberRange(0, 100, "0 to 100 percent.")],
        render_kw=_NUMBERS,
    )
    shows_result = BooleanField("We see the result of the mock exam")

    def validate_whom(self, field: SelectField) -> None:
        if field.data == NEWCOMERS and not self.days_after_joining.data:
            raise ValidationError("For new starters, give the days after joining below.")

    def validate(self, extra_validators: object = None) -> bool:  # noqa: ARG002 (WTForms' own)
        is_sound: bool = super().validate()
        if self.whom.data != NEWCOMERS and not self.due_on.errors and not self.due_on.data:
            self.due_on.errors = ["Choose a due date."]
            is_sound = False
        return is_sound


class ExtensionInput(FlaskForm):
    due_on = DayField("New due date", [InputRequired("Choose a new due date.")])
    reason = OpenSelect(
        "Reason",
        [DataRequired("Choose a reason.")],
        choices={"": "Choose a reason"} | {str(one): told for one, told in REASON_WORDS.items()},
    )
    note = TextAreaField(
        "Note", [Length(max=LONGEST_NOTE, message=f"At most {LONGEST_NOTE} characters.")]
    )
