"""What is the same for every app of the suite is made once for a worker.

Each test has an app of its own. Reading the shipped content, compressing the static files and
compiling the routes would be most of its time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from functools import cache, partial
from typing import Any

import pytest
from werkzeug.routing import Rule

from app.library.library import Library, read_library
from app.library.places import Places, find_places
from app.services.content import keep_content
from app.storage.store import Store
from app.web.shared.assets import Assets


@contextmanager
def reading_once() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        read_content_once(patch)
        compile_routes_once(patch)
        patch.setattr("app.factory.Assets", cache(Assets))
        yield


def read_content_once(patch: pytest.MonkeyPatch) -> None:
    """Folders of a test's own, and cases published in a test, are still read each time."""
    shipped = find_places(None, None)
    library = cache(partial(read_library, shipped))

    def read_once(places: Places, **given: Mapping[str, Any]) -> Library:
        is_as_shipped = places == shipped and not given.get("published")
        return library() if is_as_shipped else read_library(places, **given)

    def keep_own(store: Store, read_now: Library, *, now: datetime) -> int:
        return 0 if read_now is library() else keep_content(store, read_now, now=now)

    patch.setattr("app.services.content.read_library", read_once)
    patch.setattr("app.services.content.keep_content", keep_own)


def compile_routes_once(patch: pytest.MonkeyPatch) -> None:
    """Werkzeug makes two functions for each route, from its parts alone; `self` is an argument."""
    compile_builder = Rule._compile_builder
    made: dict[Any, Callable[..., tuple[str, str]]] = {}

    def compile_once(rule: Rule, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        defaults = tuple(sorted((rule.defaults or {}).items()))
        key = (tuple(rule._trace), defaults, append_unknown)
        if key not in made:
            made[key] = compile_builder(rule, append_unknown)
        return made[key]

    patch.setattr(Rule, "_compile_builder", compile_once)
