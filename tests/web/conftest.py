"""The cast with browsers, and things of theirs to open."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.web.visit import Visitor

if TYPE_CHECKING:
    from flask import Flask

    from app.domain.person import Person
    from tests.cast import Cast

SignIn = Callable[["Person"], Visitor]


@pytest.fixture
def anonymous(app: Flask) -> Visitor:
    return Visitor(app)


@pytest.fixture
def sign_in(app: Flask) -> SignIn:
    return lambda person: Visitor(app).sign_in(person)


@pytest.fixture
def ana(sign_in: SignIn, cast: Cast) -> Visitor:
    return sign_in(cast.ana)


@pytest.fixture
def luis(sign_in: SignIn, cast: Cast) -> Visitor:
    return sign_in(cast.luis)


@pytest.fixture
def ben(sign_in: SignIn, cast: Cast) -> Visitor:
    return sign_in(cast.ben)


@pytest.fixture
def cora(sign_in: SignIn, cast: Cast) -> Visitor:
    return sign_in(cast.cora)


@pytest.fixture
def dov(sign_in: SignIn, cast: Cast) -> Visitor:
    return sign_in(cast.dov)


@pytest.fixture
def eli(sign_in: SignIn, cast: Cast) -> Visitor:
    return sign_in(cast.eli)
