"""The rules of answering with one of them left out, for negative controls."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random

from app.domain.attempt import AnswerGiven, Attempt, Response

Rule = Callable[..., Response]


def no_revision_check(check: Rule) -> Rule:
    """The rules as they would be if a tab's base revision were not looked at."""

    def without(attempt: Attempt, answer: AnswerGiven, **facts: object) -> Response:
        earlier: list[Response] = facts["earlier"]  # type: ignore[assignment]
        newest = earlier[-1].revision if earlier else 0
        return check(attempt, replace(answer, base_revision=newest), **facts)

    return without


def no_memory_of_keys(check: Rule) -> Rule:
    """The rules as they would be if an answer sent again were a new answer."""

    def without(attempt: Attempt, answer: AnswerGiven, **facts: object) -> Response:
        return check(attempt, replace(answer, request_key=f"{Random().random()}"), **facts)

    return without


def blanks_count(check: Rule) -> Rule:
    """The rules as they would be if a page sent without a choice emptied the answer."""

    def without(attempt: Attempt, answer: AnswerGiven, **facts: object) -> Response:
        return check(attempt, replace(answer, takes_back=True), **facts)

    return without
