"""What the account forms may send. Shape only; the rules are in the services."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import IntegerField, PasswordField, StringField
from wtforms.validators import DataRequired, Length, NumberRange, Optional

from app.web.shared.typed import DayField

LONGEST_PASSWORD = 200
ADDRESS = {"autocomplete": "username", "inputmode": "email", "spellcheck": "false"}
CURRENT = {"autocomplete": "current-password"}
NEW = {"autocomplete": "new-password"}


class SignInInput(FlaskForm):
    email = StringField(
        "E-mail address",
        [DataRequired("Give your e-mail address."), Length(max=254)],
        render_kw=ADDRESS,
    )
    password = PasswordField(
        "Password",
        [DataRequired("Give your password."), Length(max=LONGEST_PASSWORD)],
        render_kw=CURRENT,
    )


class NewPasswordInput(FlaskForm):
    password = PasswordField(
        "Choose a password",
        [DataRequired("Choose a password."), Length(max=LONGEST_PASSWORD)],
        render_kw=NEW,
    )


class SetUpInput(NewPasswordInput):
    organisation = StringField(
        "Name of your organization",
        [DataRequired("Give the name of your organization."), Length(max=120)],
        render_kw={"autocomplete": "organization"},
    )
    full_name = StringField(
        "Your name",
        [DataRequired("Give your name."), Length(max=120)],
        render_kw={"autocomplete": "name"},
    )
    email = StringField(
        "E-mail address",
        [DataRequired("Give your e-mail address."), Length(max=254)],
        render_kw=ADDRESS,
    )


class ChangePasswordInput(NewPasswordInput):
    current = PasswordField(
        "Current password",
        [DataRequired("Give your current password."), Length(max=LONGEST_PASSWORD)],
        render_kw=CURRENT,
    )


class PlanInput(FlaskForm):
    exam_on = DayField("Day of your exam", [Optional()])
    minutes_a_day = IntegerField(
        "Minutes a day",
        [Optional(), NumberRange(5, 240, "Plan between 5 and 240 minutes a day.")],
        render_kw={"inputmode": "numeric"},
    )
