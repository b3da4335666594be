"""Signing in as tests of services do it: with the cast's password, from one browser."""

from __future__ import annotations

from datetime import datetime

import pytest

from app.domain.errors import DomainError
from app.domain.person import Viewer
from app.services import sign_in
from app.storage.store import Store
from tests.cast import NOW, PASSWORD


def try_to(
    door: Store,
    email: str = "ana@harbor.example",
    password: str = PASSWORD,
    *,
    now: datetime = NOW,
    address: str = "192.0.2.1",
    device: str = "a browser",
) -> str:
    return sign_in.sign_in(door, sign_in.SignInRequest(email, password, address, device), now=now)


def viewer_of(door: Store, token: str, *, now: datetime = NOW) -> Viewer:
    viewer = sign_in.find_viewer(door, token, now=now)
    assert viewer is not None
    return viewer


def refusal(door: Store, *given: str, now: datetime = NOW) -> tuple[type, str, str, str]:
    with pytest.raises(DomainError) as refused:
        try_to(door, *given, now=now)
    error = refused.value
    return type(error), error.code, error.user_message, error.advice
