"""Puts things on a shelf by their id; the second of two with one id stays off it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import TypeVar

from app.domain.problem import Problem, Severity

Thing = TypeVar("Thing")


class Shelf:
    """Indexes things by id, telling every id that is used twice with both places."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems

    def once_each(
        self, what: str, things: Iterable[tuple[str, Thing, str, int | None]]
    ) -> Mapping[str, Thing]:
        """Indexes things given as id, thing, path and line. Shape: keeps their order."""
        found: dict[str, Thing] = {}
        places: dict[str, str] = {}
        for thing_id, thing, path, line in things:
            if thing_id in found:
                message = f"The {what} id “{thing_id}” is already used in {places[thing_id]}."
                advice = "Give this one another id. Ids are never used twice, even after deletion."
                self.problems.append(
                    Problem(
                        "XR501", Severity.ERROR, path, message, advice, line=line, subject=thing_id
                    )
                )
                continue
            found[thing_id] = thing
            places[thing_id] = path if line is None else f"{path}:{line}"
        return MappingProxyType(found)
