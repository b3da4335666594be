"""Templates show and never ask: one variable, nothing inline, nothing unescaped."""

from __future__ import annotations

import re
from collections.abc import Set
from pathlib import Path

from flask import Flask
from jinja2 import Environment, meta, nodes

from tests.house.tree import files_like, name_of

TEMPLATES = "app/web/templates/"
PAGES = sorted(
    path
    for path in files_like(TEMPLATES + "**/*.html")
    if not name_of(path).startswith((TEMPLATES + "parts/", TEMPLATES + "layouts/"))
)
PARTS = sorted(files_like(TEMPLATES + "parts/*.html"))
LAYOUTS = sorted(files_like(TEMPLATES + "layouts/*.html"))

# Flask puts these into every template; a page gets what it needs of them in `page` instead.
NOT_FOR_TEMPLATES = frozenset({"request", "session", "g", "config", "get_flashed_messages"})
FOR_LAYOUTS = frozenset({"page", "viewer", "notice"})
# Page: what else it takes, and why.
BESIDE_THE_PAGE = {"site/about_content.html": {"viewer"}}  # with a menu for those who have one
# Template: why its text may go out as it is.
UNESCAPED: dict[str, str] = {}

INLINE = (
    (re.compile(r"<style\b"), "a style element"),
    (re.compile(r"<[^>]*\sstyle\s*="), "a style attribute"),
    (re.compile(r"<[^>]*\s(?:on[a-z]+|hx-on[:-][^=]*)\s*=\s*[\"']"), "a script attribute"),
    (re.compile(r"<script\b(?![^>]*\bsrc=)"), "a script without src"),
    (re.compile(r"javascript:"), "a javascript: address"),
    (re.compile(r"(?:src|href|action)\s*=\s*[\"'](?:https?:)?//"), "another site"),
)
# The parts gallery declares samples that are written in it.
DECLARES_MARKUP = {"app/web/shared/safe_html.py", "app/web/site/gallery.py"}
PLAIN = Environment(autoescape=True, extensions=["jinja2.ext.do"])
JINJA_TAG = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)


def test_a_page_uses_its_page_and_globals_only(whole_app: Flask) -> None:
    assert _asking_for_more(whole_app, PAGES, beside={"page"}) == BESIDE_THE_PAGE


def test_a_layout_uses_what_every_request_gives(whole_app: Flask) -> None:
    assert _asking_for_more(whole_app, LAYOUTS, beside=FOR_LAYOUTS) == {}


def test_a_part_gets_everything_by_its_arguments(whole_app: Flask) -> None:
    assert _asking_for_more(whole_app, PARTS, beside=set()) == {}


def test_a_part_tells_its_arguments_and_holds_a_macro_of_its_name() -> None:
    odd = [
        short(path)
        for path in PARTS
        if not (source := path.read_text(encoding="utf-8")).lstrip().startswith("{#")
        or not re.search(rf"\{{%-?\s*macro {path.stem}\(", source)
    ]

    assert odd == []


def test_nothing_is_inline_and_nothing_comes_from_another_site() -> None:
    found = [
        f"{short(path)}: {what}"
        for path in (*PAGES, *LAYOUTS, *PARTS)
        for pattern, what in INLINE
        if pattern.search(JINJA_TAG.sub("", path.read_text(encoding="utf-8")))
    ]

    assert found == []


def test_nothing_goes_out_unescaped() -> None:
    unescaped = {
        short(path)
        for path in (*PAGES, *LAYOUTS, *PARTS)
        for node in PLAIN.parse(path.read_text(encoding="utf-8")).find_all(nodes.Filter)
        if node.name == "safe"
    }

    assert unescaped == UNESCAPED.keys()


def test_markup_is_declared_safe_in_one_file_only() -> None:
    found = [
        name_of(path)
        for path in files_like("app/**/*.py")
        if re.search(r"\bMarkup\(", path.read_text(encoding="utf-8"))
    ]

    assert set(found) <= DECLARES_MARKUP


def test_a_page_that_asks_for_more_is_found() -> None:
    source = (
        "{% extends 'x.html' %}{% from 'parts/card.html' import card %}"
        "{% block main %}{{ card(page.title) }}{{ person.name }}{% endblock %}"
    )

    assert _undeclared_in(PLAIN, source) == {"page", "person"}


def short(path: Path) -> str:
    return name_of(path).removeprefix(TEMPLATES)


def _asking_for_more(app: Flask, paths: list[Path], *, beside: Set[str]) -> dict[str, set[str]]:
    """What templates take beyond the registered globals and what is named, by template."""
    environment = app.jinja_env
    allowed = (environment.globals.keys() - NOT_FOR_TEMPLATES) | beside
    asked = {
        short(path): _undeclared_in(environment, path.read_text(encoding="utf-8")) - allowed
        for path in paths
    }
    return {name: extra for name, extra in asked.items() if extra}


def _undeclared_in(environment: Environment, source: str) -> set[str]:
    """The names a template takes from outside.

    Jinja counts as undeclared what a child template imports, sets or defines outside the block
    that uses it, so these are subtracted.
    """
    tree = environment.parse(source)
    own: set[str] = {node.name for node in tree.find_all(nodes.Macro)}
    own.update(node.name for node in tree.find_all(nodes.Name) if node.ctx == "store")
    own.update(node.target for node in tree.find_all(nodes.Import))
    for node in tree.find_all(nodes.FromImport):
        own.update(name if isinstance(name, str) else name[1] for name in node.names)
    return meta.find_undeclared_variables(tree) - own
