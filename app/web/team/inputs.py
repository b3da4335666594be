"""What the assignment form may send. Shape only; the rules are in the services."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import DateField, SelectField
from wtforms.validators import DataRequired, ValidationError

WHOLE_TEAM = "team"


class OpenSelect(SelectField):
    """A list whose choices are set for each page, with words of ours for anything else."""

    def pre_validate(self, form: object) -> None:  # noqa: ARG002 (WTForms hands it in)
        if self.data and self.data not in {value for value, *_ in self.iter_choices()}:
            raise ValidationError("Choose one of the list.")


class AssignmentInput(FlaskForm):
    target = OpenSelect("What", [DataRequired("Choose a lesson or a case.")])
    whom = OpenSelect("For whom", [DataRequired("Choose the team or a person.")])
    due_on = DateField("Due", [DataRequired("Choose a due date.")])
