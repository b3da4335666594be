"""What the administration forms may send. Shape only; the rules are in the services."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import RadioField, SelectField, StringField
from wtforms.validators import DataRequired, Length, ValidationError

from app.domain.person import Role

ROLE_WORDS = {
    Role.CANDIDATE: "Candidate: reads lessons, practices, plays cases",
    Role.SUPERVISOR: "Supervisor: assigns to a team and sees what is done",
    Role.TRAINER: "Trainer: sees content with its keys and problems",
    Role.ADMINISTRATOR: "Administrator: invites people and closes accounts",
}


class InviteInput(FlaskForm):
    full_name = StringField(
        "Name",
        [DataRequired("Give the person’s name."), Length(max=120)],
        render_kw={"autocomplete": "off"},
    )
    email = StringField(
        "E-mail address",
        [DataRequired("Give the person’s e-mail address."), Length(max=254)],
        render_kw={"autocomplete": "off", "inputmode": "email", "spellcheck": "false"},
    )
    role = RadioField(
        "Role",
        [DataRequired("Choose a role.")],
        choices={str(role): words for role, words in ROLE_WORDS.items()},
        validate_choice=False,  # an unknown value gets words of ours below
    )
    cohort = SelectField("Team", validate_choice=False)

    def validate_role(self, field: RadioField) -> None:
        if field.data not in {str(role) for role in ROLE_WORDS}:
            raise ValidationError("Choose a role.")

    def validate_cohort(self, field: SelectField) -> None:
        if field.data and field.data not in {value for value, *_ in field.iter_choices()}:
            raise ValidationError("Choose a team of the list.")


class TeamInput(FlaskForm):
    name = StringField(
        "Name of the team",
        [DataRequired("Give the team a name."), Length(max=120)],
        render_kw={"autocomplete": "off"},
    )
