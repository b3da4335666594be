"""Refusals, told in words for the person they meet.

Rules and use cases raise these; the web and the command line translate them. Each class is one
manner: what exists not, what is not allowed, what clashes, what was filled in wrongly.
"""

from __future__ import annotations


class DomainError(Exception):
    """Something a person asked for that the rules refuse.

    Shape: `code` is stable and machine-readable; `user_message` says what happened and
    `advice` the next step, both in plain words.
    """

    def __init__(self, code: str, user_message: str, advice: str = "") -> None:
        super().__init__(user_message)
        self.code = code
        self.user_message = user_message
        self.advice = advice


class NotFound(DomainError):
    """There is no such thing, or none that this person may know of."""


class NotAllowed(DomainError):
    """The thing exists, and this person's role does not reach it."""


class Conflict(DomainError):
    """Something has moved on since the person last looked."""


class InvalidInput(DomainError):
    """What was filled in cannot be used."""


class IllegalMove(Conflict):
    """A move of a run that its state of play does not offer."""


class TooMany(DomainError):
    """It was asked for too often; later it can be asked for again."""
