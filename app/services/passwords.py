"""Hashing and judging passwords. The profile is OWASP's for argon2id; no composition rules."""

from __future__ import annotations

import re

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from app.domain.errors import InvalidInput

SHORTEST = 8
ADVISED = 15
LONGEST = 200  # far above any need, so that hashing cannot be made slow on purpose
WEAKEST_SCORE = 2  # of zxcvbn's 0 to 4: below it a list of common passwords guesses it

# Memory in KiB: 19 MiB, two passes, one lane (OWASP password storage guidance for argon2id).
HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)


def hash_password(password: str) -> str:
    """Makes what a password is checked against. Cost: about 30 ms on purpose."""
    return HASHER.hash(password)


def password_matches(stored: str, password: str) -> bool:
    """Says whether a password is the one that was hashed. Cost: about 30 ms on purpose."""
    try:
        return HASHER.verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False


def needs_rehash(stored: str) -> bool:
    """Says whether a hash was made with weaker settings than today's."""
    return HASHER.check_needs_rehash(stored)


def refuse_weak(password: str, *, about: tuple[str, ...]) -> None:
    """Refuses passwords that are short or easily guessed.

    Shape: `about` holds words that must not make the password, such as name and address.
    Raises: InvalidInput with what to do instead.
    """
    if len(password) < SHORTEST:
        raise InvalidInput(
            "password-short",
            f"Use at least {SHORTEST} characters.",
            f"Three or four unrelated words, {ADVISED} characters or more, are best.",
        )
    if len(password) > LONGEST:
        raise InvalidInput("password-long", f"Use at most {LONGEST} characters.")
    # Imported here because its word lists are large and seldom needed.
    from zxcvbn import zxcvbn

    words = [word for text in about for word in (text, *re.split(r"[^a-z0-9]+", text.lower()))]
    if zxcvbn(password[:72], user_inputs=words)["score"] < WEAKEST_SCORE:
        raise InvalidInput(
            "password-common",
            "This password is easy to guess.",
            "Three or four unrelated words make a good one.",
        )
