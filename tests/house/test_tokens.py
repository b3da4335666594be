"""Every colour that carries words reads at 4.5:1, every drawn sign at 3:1, in light and dark.

Source: WCAG 2.2, 1.4.3 and 1.4.11; the formula of relative luminance as given there.
"""

from __future__ import annotations

import re
from itertools import product

import pytest

from tests.house.tree import ROOT, files_like, name_of

CSS = ROOT / "app" / "web" / "static" / "css"
GROUNDS = (
    "paper", "surface", "sunk", "teal-wash", "amber-wash", "brick-wash", "green-wash", "blue-wash",
)  # fmt: skip
TEXTS = ("ink", "soft", "teal", "amber", "brick", "green", "blue")
GRAPHICS = ("edge", "mark")
FILLED = (("on-teal", "teal"), ("on-brick", "brick"), ("on-filled", "filled"))
DECORATION = ("line",)  # hairlines only; never the sole sign of anything
MODES = ("light", "dark")

TOKEN = re.compile(r"--([a-z-]+):\s*light-dark\((#[0-9a-f]{6}),\s*(#[0-9a-f]{6})\)")
RAW_COLOUR = re.compile(r"#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|oklch|oklab\()\(", re.IGNORECASE)


def tokens() -> dict[str, tuple[str, str]]:
    found = TOKEN.findall((CSS / "tokens.css").read_text(encoding="utf-8"))
    return {name: (light, dark) for name, light, dark in found}


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def too_weak(pairs: list[tuple[str, str]], mode: str, least: float) -> dict[str, float]:
    at = MODES.index(mode)
    known = tokens()
    ratios = {f"{a} on {b}": contrast(known[a][at], known[b][at]) for a, b in pairs}
    return {pair: round(ratio, 2) for pair, ratio in ratios.items() if ratio < least}


def test_the_formula_knows_black_and_white() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("mode", MODES)
def test_every_text_colour_reads_on_every_ground(mode: str) -> None:
    assert too_weak(list(product(TEXTS, GROUNDS)), mode, 4.5) == {}


@pytest.mark.parametrize("mode", MODES)
def test_words_on_filled_buttons_and_tiles_read(mode: str) -> None:
    assert too_weak(list(FILLED), mode, 4.5) == {}


@pytest.mark.parametrize("mode", MODES)
def test_every_drawn_sign_is_seen_on_every_ground(mode: str) -> None:
    assert too_weak(list(product(GRAPHICS, GROUNDS)), mode, 3) == {}


@pytest.mark.parametrize("mode", MODES)
def test_filled_tiles_are_seen_on_the_page(mode: str) -> None:
    assert too_weak(list(product(("filled", "teal"), ("paper", "surface"))), mode, 3) == {}


def test_every_colour_token_is_measured() -> None:
    measured = {
        *GROUNDS,
        *TEXTS,
        *GRAPHICS,
        *DECORATION,
        *(name for pair in FILLED for name in pair),
    }

    assert tokens().keys() == measured


def test_no_other_style_sheet_names_a_colour() -> None:
    allowed = {"app/web/static/css/tokens.css", "app/web/static/css/print.css"}
    named = [
        f"{name_of(path)}: {found.group()}"
        for path in files_like("app/web/static/css/**/*.css")
        if name_of(path) not in allowed
        for found in RAW_COLOUR.finditer(path.read_text(encoding="utf-8"))
        # Masks paint with coverage, not with colour.
        if found.group() != "#000"
    ]

    assert named == []


def test_every_token_that_is_used_is_defined() -> None:
    sheets = [
        path.read_text(encoding="utf-8") for path in files_like("app/web/static/css/**/*.css")
    ]
    used = {name for sheet in sheets for name in re.findall(r"var\(--([a-z0-9-]+)", sheet)}
    defined = {name for sheet in sheets for name in re.findall(r"--([a-z0-9-]+)\s*:", sheet)}

    assert used - defined == set()
