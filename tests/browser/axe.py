"""Asks axe-core what keeps people out of a page. It finds a part only; keyboards find the rest."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

SOURCE = Path(__file__).with_name("vendor") / "axe.min.js"
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Rules that are off, each with its reason.
OFF: dict[str, str] = {}

RUN = """
(options) => axe.run(document, options).then((report) => report.violations.map((violation) => ({
  rule: violation.id,
  impact: violation.impact,
  help: violation.help,
  nodes: violation.nodes.map((node) => `${node.target.join(" ")}: ${node.failureSummary}`),
})))
"""


def axe(page: Page) -> list[str]:
    """What axe finds on a page as it is now, in lines a person can act on. Cost: about a second."""
    page.evaluate(_source())
    options = {
        "runOnly": {"type": "tag", "values": STANDARDS},
        "rules": {rule: {"enabled": False} for rule in OFF},
    }
    violations: list[dict[str, Any]] = page.evaluate(RUN, options)
    return [_in_words(violation) for violation in violations]


def _in_words(found: dict[str, Any]) -> str:
    places = "".join(f"\n    {place}" for place in found["nodes"])
    return f"{found['rule']} ({found['impact']}): {found['help']}{places}"


@cache
def _source() -> str:
    return SOURCE.read_text(encoding="utf-8")
