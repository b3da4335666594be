from __future__ import annotations

import importlib.util
import sys
from types import ModuleType

import pytest
from argon2 import PasswordHasher, extract_parameters

from app.domain.errors import InvalidInput
from app.services import passwords
from app.services.tokens import digest, new_token

ABOUT = ("ana.reyes@harbor.example", "Ana Reyes", "waymark")


def test_the_shipped_settings_are_those_of_owasp() -> None:
    """The suite hashes cheaply; this loads the module as it is shipped."""
    shipped = _freshly_loaded("app.services.passwords")

    stored = shipped.hash_password("trail-amber-diamond")

    parameters = extract_parameters(stored)
    assert stored.startswith("$argon2id$")
    assert parameters.memory_cost >= 19_456
    assert (parameters.time_cost, parameters.parallelism) == (2, 1)
    assert parameters.salt_len >= 16


def test_a_hash_matches_its_password_only() -> None:
    stored = passwords.hash_password("trail-amber-diamond")

    assert passwords.password_matches(stored, "trail-amber-diamond")
    assert not passwords.password_matches(stored, "trail-amber-diamonD")
    assert not passwords.password_matches(stored, "")
    assert stored != passwords.hash_password("trail-amber-diamond")


@pytest.mark.parametrize("stored", ["", "no hash", "$argon2id$v=19$broken"])
def test_what_is_no_hash_matches_nothing(stored: str) -> None:
    assert not passwords.password_matches(stored, "trail-amber-diamond")


def test_hashes_of_other_settings_are_found() -> None:
    other = PasswordHasher(time_cost=3, memory_cost=16, parallelism=1).hash("anything")

    assert passwords.needs_rehash(other)
    assert not passwords.needs_rehash(passwords.hash_password("anything"))


@pytest.mark.parametrize(
    "password",
    [
        "trail-amber-diamond",
        "correct horse battery staple",
        "пароль-очень-длинный-и-редкий",
        "🧭 trail 🌧 quilt",
        "x7#kQ9!m",
        "quilt lantern " * 10,  # long pass phrases are not cut
    ],
)
def test_good_passwords_of_any_alphabet_are_taken(password: str) -> None:
    passwords.refuse_weak(password, about=ABOUT)


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("", "password-short"),
        ("x7#kQ9!", "password-short"),
        ("q" * 201, "password-long"),
        ("password", "password-common"),
        ("12345678", "password-common"),
        ("qwertyuiop", "password-common"),
        ("aaaaaaaaaaaaaaaa", "password-common"),
        ("Ana Reyes", "password-common"),
        ("anareyes", "password-common"),
        ("waymark1", "password-common"),
        ("ana.reyes@harbor.example", "password-common"),
    ],
)
def test_weak_passwords_are_refused_with_what_to_do(password: str, code: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        passwords.refuse_weak(password, about=ABOUT)

    assert refused.value.code == code
    assert refused.value.user_message


def test_the_longest_password_is_judged_too() -> None:
    passwords.refuse_weak("a trail of amber and diamonds in the rain " * 4, about=ABOUT)


def test_tokens_are_long_random_and_stored_as_digests() -> None:
    tokens = {new_token() for _ in range(100)}

    assert len(tokens) == 100
    assert all(len(token) >= 43 for token in tokens)  # 256 bits
    assert len({digest(token) for token in tokens}) == 100
    assert not {digest(token) for token in tokens} & tokens


def _freshly_loaded(name: str) -> ModuleType:
    spec = importlib.util.find_spec(name)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert sys.modules[name] is not module
    return module
