"""Fingerprints, bundles and budgets of what a page loads."""

from __future__ import annotations

import base64
import gzip
import hashlib
import re
from pathlib import Path

import pytest

import app.web
from app.web.shared.assets import (
    CSS_BUNDLE,
    DESK_CSS,
    DESK_JS,
    DESK_ORDER,
    EDITOR_JS,
    JS_BUNDLE,
    Assets,
    UnknownAsset,
    bundle_css,
    bundle_js,
)

STATIC = Path(app.web.__file__).parent / "static"
KILOBYTE = 1000


def a_static_folder(folder: Path, *, part: str = "export function mount(element) {}\n") -> Path:
    for name, text in {
        "css/tokens.css": "/* first */\n:root { --ink: #123; }\n",
        "css/parts/card.css": '.card { background: url("../img/mark.svg"); }\n',
        "css/print.css": "@media print { a { color: inherit; } }\n",
        "js/parts/card.mjs": part,
        "js/start.mjs": "// mounts\nmountWithin(document.body);\n",
        "img/mark.svg": "<svg/>",
    }.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def shipped() -> Assets:
    return Assets(STATIC)


def test_a_name_carries_the_fingerprint_of_its_content(tmp_path: Path) -> None:
    folder = a_static_folder(tmp_path)
    before = Assets(folder).url_path("img/mark.svg")
    (folder / "img/mark.svg").write_text("<svg></svg>", encoding="utf-8")

    after = Assets(folder).url_path("img/mark.svg")

    assert re.fullmatch(r"img/mark\.[0-9a-f]{8}\.svg", before)
    assert before != after


def test_a_file_opens_by_its_fingerprint_and_no_other(tmp_path: Path) -> None:
    assets = Assets(a_static_folder(tmp_path))

    asset = assets.open(assets.url_path("img/mark.svg"))

    assert (asset.body, asset.media_type) == (b"<svg/>", "image/svg+xml")
    for name in ("img/mark.svg", "img/mark.00000000.svg", "../secret", "css/tokens.css"):
        with pytest.raises(UnknownAsset):
            assets.open(name)


def test_an_unknown_name_is_refused_at_once(tmp_path: Path) -> None:
    with pytest.raises(UnknownAsset):
        Assets(a_static_folder(tmp_path)).url_path("img/gone.svg")


def test_style_sheets_are_joined_in_their_order_without_comments(tmp_path: Path) -> None:
    css = bundle_css(a_static_folder(tmp_path))

    assert css.index("--ink") < css.index(".card") < css.index("@media print")
    assert "first" not in css


def test_no_string_of_a_style_sheet_loses_anything() -> None:
    sheets = "\n".join(file.read_text(encoding="utf-8") for file in STATIC.rglob("*.css"))
    bundle = bundle_css(STATIC) + bundle_css(STATIC, DESK_ORDER)

    strings = set(re.findall(r'"[^"\n]*"', re.sub(r"(?s)/\*.*?\*/", "", sheets)))
    assert {text for text in strings if text not in bundle} == set()


def test_the_style_sheet_points_at_fingerprinted_files(tmp_path: Path) -> None:
    assets = Assets(a_static_folder(tmp_path))

    css = assets.open(assets.url_path(CSS_BUNDLE)).body.decode()

    assert f'url("../{assets.url_path("img/mark.svg")}")' in css


def test_a_part_mounts_under_its_own_name(tmp_path: Path) -> None:
    script = bundle_js(a_static_folder(tmp_path))

    assert "parts.card = function mount(element) {}" in script
    assert script.index("parts.card") < script.index("mountWithin")


@pytest.mark.parametrize(
    "part",
    [
        "export const mount = 1;\n",
        "import x from 'y';\nexport function mount(element) {}\n",
        "function mount(element) {}\n",
    ],
)
def test_a_part_that_cannot_be_joined_is_named(tmp_path: Path, part: str) -> None:
    with pytest.raises(ValueError, match=r"card\.mjs"):
        bundle_js(a_static_folder(tmp_path, part=part))


def test_compressed_bodies_are_the_same_bodies(shipped: Assets) -> None:
    style = shipped.open(shipped.url_path(CSS_BUNDLE))

    assert style.gzipped is not None
    assert gzip.decompress(style.gzipped) == style.body


@pytest.mark.parametrize(
    ("names", "most"),
    [
        ([CSS_BUNDLE], 15 * KILOBYTE),
        ([JS_BUNDLE, "vendor/htmx.min.js"], 30 * KILOBYTE),
        (["fonts/literata-roman.woff2", "fonts/literata-italic.woff2"], 45 * KILOBYTE),
        (["img/icons.svg"], 2 * KILOBYTE),
    ],
)
def test_what_every_page_loads_stays_small(shipped: Assets, names: list[str], most: float) -> None:
    loaded = [shipped.open(shipped.url_path(name)) for name in names]

    assert sum(len(asset.gzipped or asset.body) for asset in loaded) <= most


def test_what_the_source_editor_loads_stays_inside_its_budget(shipped: Assets) -> None:
    def size(*names: str) -> int:
        assets = [shipped.open(shipped.url_path(name)) for name in names]
        return sum(len(asset.gzipped or asset.body) for asset in assets)

    codemirror = "vendor/codemirror.min.js"
    assert size(codemirror) <= 102 * KILOBYTE
    assert size(JS_BUNDLE, DESK_JS, EDITOR_JS, codemirror) <= 120 * KILOBYTE
    assert size(DESK_CSS) <= 3 * KILOBYTE


def test_vendored_files_are_as_their_manifest_says() -> None:
    lines = (STATIC / "vendor" / "MANIFEST.txt").read_text(encoding="utf-8").splitlines()
    listed = {line.split()[0]: line.split()[-1] for line in lines if not line.startswith("#")}
    scripts = {path.name for path in (STATIC / "vendor").glob("*.js")}

    for name, digest in listed.items():
        body = (STATIC / "vendor" / name).read_bytes()
        assert base64.b64encode(hashlib.sha384(body).digest()).decode() == digest
    assert listed.keys() == scripts


def test_every_icon_that_a_template_names_is_in_the_sprite() -> None:
    sprite = (STATIC / "img" / "icons.svg").read_text(encoding="utf-8")
    drawn = set(re.findall(r'<symbol id="([^"]+)"', sprite))
    templates = (STATIC.parent / "templates").rglob("*.html")

    asked = {
        name
        for path in templates
        for name in re.findall(
            r"""(?:\bicon\(|icon_name=)["']([a-z-]+)["']""", path.read_text(encoding="utf-8")
        )
    }

    assert asked - drawn == set()
