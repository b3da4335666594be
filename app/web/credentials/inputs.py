"""What the forms for credentials and training may send. Shape only."""

from __future__ import annotations

from datetime import date

from flask_wtf import FlaskForm
from wtforms import BooleanField, IntegerField, SelectField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from app.services.credentials import NewCredential, NewEducation
from app.web.shared.typed import DayField

_OFF = {"autocomplete": "off"}
_NUMBERS = {"inputmode": "numeric"}


class CredentialInput(FlaskForm):
    kind = StringField(
        "Credential",
        [InputRequired("Name it, for example CCS."), Length(max=40)],
        render_kw={**_OFF, "list": "kinds"},
    )
    number = StringField("Number", [Length(max=60)], render_kw=_OFF)
    issuer = StringField(
        "Issued by", [InputRequired("Say who issued it."), Length(max=120)], render_kw=_OFF
    )
    issued_on = DayField("Issued on", [InputRequired("Choose the day.")])
    expires_on = DayField("Expires on", [Optional()])

    def credential(self) -> NewCredential:
        """What was filled in; call it on a form that is valid."""
        return NewCredential(
            kind=self.kind.data or "",
            number=self.number.data or "",
            issuer=self.issuer.data or "",
            issued_on=self.issued_on.data or date.min,
            expires_on=self.expires_on.data,
        )


class EducationInput(FlaskForm):
    done_on = DayField("Day", [InputRequired("Choose the day.")])
    title = StringField(
        "Title", [InputRequired("Name the training."), Length(max=200)], render_kw=_OFF
    )
    provider = StringField("Given by", [Length(max=120)], render_kw=_OFF)
    hours = IntegerField(
        "Hours", [Optional(), NumberRange(0, 999, "Between 0 and 999.")], render_kw=_NUMBERS
    )
    minutes = IntegerField(
        "Minutes", [Optional(), NumberRange(0, 59, "Between 0 and 59.")], render_kw=_NUMBERS
    )
    topic = SelectField("Topic", validate_choice=False)
    way = SelectField("How you learned it", validate_choice=False)
    area = SelectField("What it taught", validate_choice=False)
    is_specific = BooleanField("It was about substance use disorders")

    def education(self) -> NewEducation:
        """What was filled in; call it on a form that is valid."""
        return NewEducation(
            done_on=self.done_on.data or date.min,
            title=self.title.data or "",
            provider=self.provider.data or "",
            minutes=(self.hours.data or 0) * 60 + (self.minutes.data or 0),
            topic=self.topic.data or "",
            way=self.way.data or "",
            is_specific=bool(self.is_specific.data),
            area=self.area.data or "",
        )
