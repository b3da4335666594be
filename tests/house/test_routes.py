"""The map of addresses changes on purpose only. `waymark routes save` writes the list anew."""

from __future__ import annotations

from flask import Flask

from app.cli.routes import route_lines
from tests.house.tree import ROOT

LIST = ROOT / "tests" / "house" / "routes.txt"
ADVICE = "if that is what you decided, run `waymark routes save`"


def test_no_route_has_gone(whole_app: Flask) -> None:
    gone = _listed() - set(route_lines(whole_app))

    assert not gone, f"people and scripts may rely on these; {ADVICE}: {sorted(gone)}"


def test_every_route_is_listed(whole_app: Flask) -> None:
    unlisted = set(route_lines(whole_app)) - _listed()

    assert not unlisted, f"not in tests/house/routes.txt; {ADVICE}: {sorted(unlisted)}"


def test_every_page_is_reached_by_a_lower_case_address(whole_app: Flask) -> None:
    odd = [
        rule.rule
        for rule in whole_app.url_map.iter_rules()
        if any(
            part != part.lower() or "_" in part
            for part in rule.rule.split("/")
            if not part.startswith("<")
        )
    ]

    assert not odd, odd


def _listed() -> set[str]:
    return set(LIST.read_text(encoding="utf-8").splitlines())
