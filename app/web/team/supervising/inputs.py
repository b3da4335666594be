"""What the forms of supervision may send. Shape only; the rules are in the services."""

from __future__ import annotations

import dataclasses

from flask_wtf import FlaskForm
from wtforms import PasswordField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from app.domain.supervision_contract import ContractTerms
from app.web.shared.typed import DayField
from app.web.team.inputs import OpenSelect

_WORDS = [DataRequired("Write a few words here."), Length(max=2000, message="Shorter, please.")]
_ROWS = {"rows": 3}


class ContractInput(FlaskForm):
    purpose = TextAreaField("Purpose", _WORDS, render_kw=_ROWS)
    goals = TextAreaField("Goals", _WORDS, render_kw=_ROWS)
    site = StringField("Site and context", _WORDS)
    modality = StringField("How you meet", _WORDS)
    frequency = StringField("How often", _WORDS)
    observed = OpenSelect("Observed at least", [Optional()], default="")
    ethics = TextAreaField("Ethics and confidentiality", _WORDS, render_kw=_ROWS)
    criteria = TextAreaField("What will be evaluated", _WORDS, render_kw=_ROWS)
    methods = TextAreaField("By which methods", _WORDS, render_kw=_ROWS)
    starts_on = DayField("First day", [InputRequired("Choose the first day.")])
    ends_on = DayField("Last day", [InputRequired("Choose the last day.")])

    def terms(self) -> ContractTerms:
        """What was written; call it on a form that is valid."""
        names = [field.name for field in dataclasses.fields(ContractTerms)]
        return ContractTerms(**{name: self[name].data for name in names})


class GoalInput(FlaskForm):
    competency = OpenSelect("Competency", [DataRequired("Choose a competency.")])
    goal = TextAreaField("Goal", _WORDS, render_kw=_ROWS)
    steps = TextAreaField("Steps", _WORDS, render_kw=_ROWS)
    target_on = DayField("Target day", [InputRequired("Choose a day.")])
    reobserve_on = DayField("Look again on", [InputRequired("Choose a day.")])


class SignOffInput(FlaskForm):
    statement = TextAreaField("What you sign", _WORDS, render_kw=_ROWS)
    exception = TextAreaField(
        "Why you sign although evidence is missing", [Length(max=4000)], render_kw=_ROWS
    )
    typed_name = StringField("Your full name, typed", [DataRequired("Type your name.")])
    password = PasswordField("Your password", [DataRequired("Type your password.")])


class SignOffChoiceInput(FlaskForm):
    class Meta:
        csrf = False  # it only chooses what to look at

    what = OpenSelect("Competency or area", [DataRequired("Choose one.")])
    level = SelectField("Level", choices=[], validate_choice=False)
