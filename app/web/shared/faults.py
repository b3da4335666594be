"""Puts the rules' refusals beside the fields they are about."""

from __future__ import annotations

from collections.abc import Mapping

from flask_wtf import FlaskForm

from app.domain.errors import DomainError
from app.web.shared.part_data import FieldFault


def field_faults(form: FlaskForm) -> tuple[FieldFault, ...]:
    """Lists what to change, in the order of the fields."""
    return tuple(FieldFault(field.id, str(error)) for field in form for error in field.errors[:1])


def put_fault(form: FlaskForm, error: DomainError, places: Mapping[str, str]) -> None:
    """Shows a refusal at the field it concerns.

    Shape: `places` maps the beginning of an error code to a field name; "" is the fallback.
    """
    name = next((places[start] for start in places if start and error.code.startswith(start)), None)
    field = form[name or places[""]]
    words = f"{error.user_message} {error.advice}".strip()
    field.errors = [*field.errors, words]
