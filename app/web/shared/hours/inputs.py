"""What the forms for hours may send. Shape only; the rules are in the services."""

from __future__ import annotations

from datetime import date, time

from flask_wtf import FlaskForm
from wtforms import (
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TimeField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput

from app.domain.hours import LONGEST_NOTE, LONGEST_REASON, Group, Mode
from app.services.hours import NewMeeting, NewPractice
from app.web.shared.typed import DayField

_NUMBERS = {"inputmode": "numeric"}
_NO_CLIENTS = {"autocomplete": "off"}
GROUPS = {str(Group.INDIVIDUAL): "Individual", str(Group.GROUP): "In a group"}
MODES = {str(Mode.IN_PERSON): "In person", str(Mode.VIDEO): "By live video"}


class CheckList(SelectMultipleField):
    """Several of a list, as boxes to tick."""

    option_widget = CheckboxInput()


class PracticeInput(FlaskForm):
    day = DayField("Day", [InputRequired("Choose the day.")])
    function = SelectField("Core function", validate_choice=False)
    hours = IntegerField(
        "Hours", [Optional(), NumberRange(0, 24, "Between 0 and 24.")], render_kw=_NUMBERS
    )
    minutes = IntegerField(
        "Minutes", [Optional(), NumberRange(0, 59, "Between 0 and 59.")], render_kw=_NUMBERS
    )
    note = StringField("Note", [Length(max=LONGEST_NOTE)], render_kw=_NO_CLIENTS)
    reason = StringField("Why it is corrected", [Length(max=500)], render_kw=_NO_CLIENTS)

    def practice(self) -> NewPractice:
        """What was filled in; call it on a form that is valid."""
        return NewPractice(
            day=self.day.data or date.min,
            minutes=(self.hours.data or 0) * 60 + (self.minutes.data or 0),
            function=self.function.data or "",
            note=self.note.data or "",
        )


class MeetingInput(FlaskForm):
    day = DayField("Day", [InputRequired("Choose the day.")])
    start = TimeField("Start", [InputRequired("Give the time it began.")])
    end = TimeField("End", [InputRequired("Give the time it ended.")])
    zone = SelectField("Time zone", validate_choice=False)
    group = RadioField("With whom", [InputRequired("Choose one.")], choices=GROUPS)
    mode = RadioField("How", [InputRequired("Choose one.")], choices=MODES)
    supervisor = SelectField("Supervisor", validate_choice=False)
    co_supervisor = StringField("Co-supervisor", [Length(max=120)], render_kw=_NO_CLIENTS)
    functions = CheckList("Core functions you talked about", validate_choice=False)
    note = StringField("Note", [Length(max=LONGEST_NOTE)], render_kw=_NO_CLIENTS)
    reason = StringField("Why it is corrected", [Length(max=500)], render_kw=_NO_CLIENTS)

    def meeting(self) -> NewMeeting:
        """What was filled in; call it on a form that is valid."""
        return NewMeeting(
            day=self.day.data or date.min,
            start=self.start.data or time.min,
            end=self.end.data or time.min,
            zone=self.zone.data or "",
            group=Group(self.group.data),
            mode=Mode(self.mode.data),
            functions=tuple(self.functions.data or ()),
            supervisor_id=self.supervisor.data or "",
            co_supervisor=self.co_supervisor.data or "",
            note=self.note.data or "",
        )


class PhaseInput(FlaskForm):
    phase = SelectField("Phase", validate_choice=False)
    begins_on = DayField("From", [InputRequired("Choose the first day.")])


class SignForInput(FlaskForm):
    why = StringField(
        "Why you sign for them",
        [InputRequired("Say why; it stands beside your signature."), Length(max=LONGEST_REASON)],
        render_kw=_NO_CLIENTS,
    )


class LeaveOutInput(FlaskForm):
    reason = StringField(
        "Why it should not count",
        [InputRequired("Say why; both of you sign it."), Length(max=500)],
        render_kw=_NO_CLIENTS,
    )
