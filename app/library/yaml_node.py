"""A YAML value that remembers where it stands, so that a fault can name its line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

Plain = str | int | bool | None | list["Plain"] | dict[str, "Plain"]


@dataclass(slots=True)
class Node:
    """One value of a YAML file. Units: `line` and `column` count from 1.

    Shape: `value` is text, a whole number, a truth value, nothing, a list of nodes or a mapping
    from text to nodes; `keys` tells where each key of a mapping stands.
    """

    value: str | int | bool | list[Node] | dict[str, Node] | None
    line: int
    column: int
    keys: dict[str, tuple[int, int]] = field(default_factory=dict)

    def plain(self) -> Plain:
        """Gives the bare value without places. Shape: lists and dicts of plain values."""
        if isinstance(self.value, dict):
            return {key: node.plain() for key, node in self.value.items()}
        if isinstance(self.value, list):
            return [node.plain() for node in self.value]
        return self.value

    def step(self, key: str | int) -> Node | None:
        """Goes down by one key or position. None: there is nothing of that name."""
        if isinstance(self.value, dict) and isinstance(key, str):
            return self.value.get(key)
        if isinstance(self.value, list) and isinstance(key, int) and key < len(self.value):
            return self.value[key]
        return None

    def place(self, steps: Sequence[str | int]) -> tuple[int, int]:
        """Finds line and column of what the steps lead to, or of the nearest thing around it.

        A value in a mapping stands where its key stands: that is where people look.
        """
        place, node = (self.line, self.column), self
        for key in steps:
            below = node.step(key)
            if below is None:
                break
            place = node.keys.get(str(key), (below.line, below.column))
            node = below
        return place

    def name(self) -> str:
        """Tells the id or code a mapping carries; empty when it has none."""
        for key in ("id", "code"):
            below = self.step(key)
            if below is not None and isinstance(below.value, str):
                return below.value
        return ""
