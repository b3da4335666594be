"""Where the values of a YAML text stand, character by character, for replacing one of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

_DEEPEST = 20  # as the reader of YAML has it; what is deeper is refused there
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@dataclass(frozen=True, slots=True)
class ScalarPlace:
    """A value with the way to it. Units: `start` and `end` count characters from 0."""

    path: tuple[str | int, ...]
    value: str
    start: int
    end: int


@dataclass(slots=True)
class _Level:
    """A mapping or list that is being read. None: `key` is None before a key of a mapping."""

    is_list: bool
    count: int = 0
    key: str | None = None
    steps: list[str | int] = field(default_factory=list)


def scalar_places(text: str) -> list[ScalarPlace]:
    """Every value that is no list or mapping; as far as the text can be read."""
    found: list[ScalarPlace] = []
    try:
        found.extend(_walk(text))
    except yaml.YAMLError:
        return found
    return found


def _walk(text: str) -> Iterator[ScalarPlace]:
    levels: list[_Level] = []
    for event in yaml.parse(text, Loader=_LOADER):
        if isinstance(event, yaml.CollectionEndEvent):
            levels.pop()
        elif isinstance(event, yaml.CollectionStartEvent):
            if len(levels) >= _DEEPEST:
                return
            step = _step(levels, "")
            is_list = isinstance(event, yaml.SequenceStartEvent)
            levels.append(_Level(is_list, steps=[*(levels[-1].steps if levels else []), *step]))
        elif isinstance(event, yaml.ScalarEvent):
            level = levels[-1] if levels else None
            if level and not level.is_list and level.key is None:
                level.key = event.value
                continue
            path = (*(level.steps if level else ()), *_step(levels, event.value))
            start, end = event.start_mark, event.end_mark
            if start is not None and end is not None:
                yield ScalarPlace(path, event.value, start.index, end.index)


def _step(levels: list[_Level], key: str) -> tuple[str | int, ...]:
    """The step to the value that comes now."""
    if not levels:
        return ()
    level = levels[-1]
    if level.is_list:
        level.count += 1
        return (level.count - 1,)
    told, level.key = level.key, None
    return (key if told is None else told,)
