"""content/supervision/signing.yaml → which credentials let a supervisor sign off a competency."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from app.domain.problem import Problem
from app.domain.sign_off import SigningRules
from app.library.schema import Code, FileShape, IsoDate, Text, fit
from app.library.supervision_shapes import repeated
from app.library.yaml_file import read_yaml


class _SigningShape(FileShape):
    as_of: IsoDate
    source: Code
    credentials: Annotated[tuple[Code, ...], Field(min_length=1)]
    note: Text | None = None


def read_signing(text: str, *, path: str) -> tuple[SigningRules | None, list[Problem]]:
    """Reads the rules of signing. None: the file has errors and cannot serve."""
    node, problems = read_yaml(text, path=path)
    if node is None:
        return None, problems
    shape, misfits = fit(_SigningShape, node, path=path)
    if shape is None:
        return None, problems + misfits
    faults = repeated(shape.credentials, node, ("credentials",), path=path)
    if faults:
        return None, problems + faults
    return (
        SigningRules(
            shape.credentials, shape.source, date.fromisoformat(shape.as_of), shape.note or ""
        ),
        problems,
    )
