"""What the administration forms may send. Shape only; the rules are in the services."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import Field, RadioField, SelectField, StringField
from wtforms.validators import DataRequired, Length, ValidationError

from app.domain.person import Role

ROLE_WORDS = {
    Role.CANDIDATE: "Candidate: reads lessons, practices, plays cases",
    Role.SUPERVISOR: "Supervisor: assigns to a team and sees what is done",
    Role.TRAINER: "Trainer: sees content with its keys and problems",
    Role.ADMINISTRATOR: "Administrator: invites people, gives roles, closes accounts",
}


def _known_role(_form: FlaskForm, field: Field) -> None:
    if field.data not in {str(role) for role in ROLE_WORDS}:
        raise ValidationError("Choose a role.")


def _known_team(_form: FlaskForm, field: SelectField) -> None:
    if field.data and field.data not in {value for value, *_ in field.iter_choices()}:
        raise ValidationError("Choose a team of the list.")


def _role_field() -> RadioField:
    return RadioField(
        "Role",
        [DataRequired("Choose a role."), _known_role],
        choices={str(role): words for role, words in ROLE_WORDS.items()},
        validate_choice=False,  # an unknown value gets words of ours above
    )


def _team_field() -> SelectField:
    return SelectField("Team", [_known_team], validate_choice=False)


def _credential_field() -> StringField:
    return StringField(
        "Credential they work under",
        [Length(max=60, message="Keep the credential to 60 letters, figures and signs.")],
        render_kw={"autocomplete": "off", "spellcheck": "false", "list": "credentials"},
    )


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
    role = _role_field()
    cohort = _team_field()
    credential = _credential_field()


class RoleInput(FlaskForm):
    role = _role_field()
    cohort = _team_field()


class CredentialInput(FlaskForm):
    credential = _credential_field()


class TeamInput(FlaskForm):
    name = StringField(
        "Name of the team",
        [DataRequired("Give the team a name."), Length(max=120)],
        render_kw={"autocomplete": "off"},
    )
