"""A moment becomes a day in one place only, which knows the site's time zone."""

from __future__ import annotations

import ast
import re

from tests.house.tree import files_like, lines_of, name_of, parsed

THE_PLACE = "app/domain/local_time.py"
MIGRATIONS = "app/storage/migrations/"
TODAYS = frozenset({"today", "fromtimestamp"})
OPENERS = frozenset({"Store", "open_store"})


def test_no_moment_is_cut_down_to_its_day_by_hand() -> None:
    found = [
        f"{name_of(path)}:{node.lineno}"
        for path in files_like("app/**/*.py")
        if name_of(path) != THE_PLACE and not name_of(path).startswith(MIGRATIONS)
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if (node.func.attr == "date" and not node.args) or _asks_the_machine(node.func)
    ]
    found += [
        f"{name_of(path)}:{number}"
        for path in files_like("app/web/templates/**/*.html")
        for number, line in enumerate(lines_of(path), start=1)
        if re.search(r"\.date\(\)", line)
    ]

    assert not found, f"take the day from store.day_of, site_day or site_today: {found}"


def _asks_the_machine(called: ast.Attribute) -> bool:
    return (
        isinstance(called.value, ast.Name)
        and called.value.id in {"date", "datetime"}
        and called.attr in TODAYS
    )


def test_every_store_that_the_app_opens_is_told_the_zone_of_the_site() -> None:
    found = [
        f"{name_of(path)}:{node.lineno}"
        for path in files_like("app/web/**/*.py", "app/cli/**/*.py")
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        if node.func.id in OPENERS and (node.args or node.keywords)
        if "zone" not in {one.arg for one in node.keywords}
    ]

    assert not found, found
