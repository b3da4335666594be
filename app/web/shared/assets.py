"""Static files by fingerprint: what a page loads may be kept for ever, and never goes stale.

Own style sheets and modules stay one file per part on disk and travel as one file each. No
build step: this happens when the application starts.
"""

from __future__ import annotations

import gzip
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

CSS_BUNDLE = "css/waymark.css"
JS_BUNDLE = "js/waymark.mjs"
DESK_ORDER = ("desk/*.css",)
DESK_CSS, DESK_JS = "css/desk.css", "js/desk.mjs"  # where cases are written, and nowhere else
EDITOR_JS = "js/editor.mjs"  # fetched by the desk, where a text is edited
HASH_LENGTH = 8
CACHE_CONTROL = "public, max-age=31536000, immutable"

CSS_ORDER = (
    "tokens.css",
    "base.css",
    "controls.css",
    "layouts/*.css",
    "parts/*.css",
    "pages/*.css",
    "print.css",
)
MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".woff2": "font/woff2",
    ".png": "image/png",
    ".webmanifest": "application/manifest+json",
}
ALREADY_SMALL = {".woff2", ".png"}

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
# What a style sheet can do without; our strings hold none of it, which a test watches.
_SPARE = (
    (re.compile(r"\s+"), " "),
    (re.compile(r"\s*([{};,>])\s*"), r"\1"),
    (re.compile(r":\s+"), ":"),
    (re.compile(r";}"), "}"),
    (re.compile(r"(?<=[\s:,(-])0\.(?=\d)"), "."),
)
_URL = re.compile(r"""url\(["']?(?P<path>[^"')]+)["']?\)""")


@dataclass(frozen=True, slots=True)
class Asset:
    """One file as it is served. None: `gzipped` is None where it would not be smaller."""

    url_path: str
    body: bytes
    media_type: str
    gzipped: bytes | None


class UnknownAsset(LookupError):
    """No file has this name, or its fingerprint is from another version."""


def bundle_css(static_dir: Path, order: tuple[str, ...] = CSS_ORDER) -> str:
    """Joins style sheets in a fixed order, without comments and spare white space."""
    css = static_dir / "css"
    files = [file for pattern in order for file in sorted(css.glob(pattern))]
    text = _COMMENT.sub("", "\n".join(file.read_text("utf-8") for file in files))
    for pattern, less in _SPARE:
        text = pattern.sub(less, text)
    return text.strip() + "\n"


def bundle_js(static_dir: Path) -> str:
    """Joins our modules: what parts share, then each part in its own block, its `mount` under
    the part's name.

    Raises: ValueError if a part imports something or does not export exactly `mount`.
    """
    shared = sorted((static_dir / "js" / "shared").glob("*.mjs"))
    blocks = [_without_line_comments(file.read_text("utf-8")) for file in shared]
    blocks.append("const parts = {};")
    for file in sorted((static_dir / "js" / "parts").glob("*.mjs")):
        text = file.read_text("utf-8")
        exports = re.findall(r"^export .*$", text, re.MULTILINE)
        starts_well = len(exports) == 1 and exports[0].startswith("export function mount(")
        if not starts_well or re.search(r"^import ", text, re.MULTILINE):
            raise ValueError(f"{file.name} must export the function mount, and import nothing")
        text = text.replace("export function mount(", f"parts.{file.stem} = function mount(")
        blocks.append(f"{{\n{_without_line_comments(text)}}}")
    blocks.append(_without_line_comments((static_dir / "js" / "start.mjs").read_text("utf-8")))
    return "\n".join(blocks)


def _without_line_comments(text: str) -> str:
    # Whole lines only: anything cleverer would need to know about strings.
    return re.sub(r"^\s*//.*\n|^\s*\n|^ +", "", text, flags=re.MULTILINE)


class Assets:
    """Every servable file of a folder, read once. Cost: reads and compresses the whole folder."""

    def __init__(self, static_dir: Path) -> None:
        self._by_name: dict[str, Asset] = {}
        for file in sorted(static_dir.rglob("*")):
            name = file.relative_to(static_dir).as_posix()
            if file.is_file() and not name.startswith(("css/", "js/")):
                self._add(name, file.read_bytes())
        self._add(JS_BUNDLE, bundle_js(static_dir).encode())
        self._add(CSS_BUNDLE, self._with_own_urls(bundle_css(static_dir)).encode())
        self._add(DESK_CSS, bundle_css(static_dir, DESK_ORDER).encode())
        for name in (DESK_JS, EDITOR_JS):
            files = sorted((static_dir / name.removesuffix(".mjs")).glob("*.mjs"))
            scripts = [_without_line_comments(file.read_text("utf-8")) for file in files]
            self._add(name, "\n".join(scripts).encode())
        self._by_url_path = {asset.url_path: asset for asset in self._by_name.values()}

    def url_path(self, name: str) -> str:
        """Names a file with its fingerprint: `img/icons.svg` becomes `img/icons.1a2b3c4d.svg`.

        Raises: UnknownAsset if there is no such file.
        """
        try:
            return self._by_name[name].url_path
        except KeyError:
            raise UnknownAsset(name) from None

    def open(self, hashed: str) -> Asset:
        """Finds a file by its name with fingerprint.

        Raises: UnknownAsset if the name or the fingerprint is not one of ours.
        """
        try:
            return self._by_url_path[hashed]
        except KeyError:
            raise UnknownAsset(hashed) from None

    def _add(self, name: str, body: bytes) -> None:
        path = Path(name)
        digest = hashlib.sha256(body).hexdigest()[:HASH_LENGTH]
        url_path = path.with_name(f"{path.stem}.{digest}{path.suffix}").as_posix()
        small = None if path.suffix in ALREADY_SMALL else gzip.compress(body, 9, mtime=0)
        media_type = MEDIA_TYPES.get(path.suffix, "application/octet-stream")
        self._by_name[name] = Asset(url_path, body, media_type, small)

    def _with_own_urls(self, css: str) -> str:
        """Points the style sheet at fingerprinted files; its paths begin with `../`."""

        def renamed(match: re.Match[str]) -> str:
            return f'url("../{self.url_path(match["path"].removeprefix("../"))}")'

        return _URL.sub(renamed, css)
