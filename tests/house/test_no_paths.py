"""No file names a place that exists on one machine only, and none carries a secret."""

from __future__ import annotations

import re
from pathlib import Path

from tests.house.tree import name_of, project_files

# Put together here, so that this file does not find itself.
FOLDERS = ("work", "root", "home", "Users", "tmp/brief", "mnt", "private/var")
PLACE = re.compile(r"(?<![\w.~:/}<-])/(?:" + "|".join(FOLDERS) + r")/[\w.]")
SECRET = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----|AKIA[0-9A-Z]{16}|gh[pousr]_\w{36}")
NOT_TEXT = frozenset({".woff2", ".ttf", ".png", ".jpg", ".webp", ".ico", ".gz", ".pdf", ".lock"})


def test_no_file_names_a_place_of_one_machine() -> None:
    found = [
        f"{name_of(path)}:{number}: {line.strip()[:80]}"
        for path in _texts()
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if PLACE.search(line)
    ]

    assert not found, found


def test_no_file_carries_a_secret() -> None:
    found = [name_of(path) for path in _texts() if SECRET.search(path.read_text("utf-8"))]

    assert not found, found


def test_a_planted_place_is_found() -> None:
    planted = "see /" + "work/somebody/file.py"
    harmless = "app/web/" + "work/file.py and https://example.org/" + "home/page"

    assert PLACE.search(planted)
    assert not PLACE.search(harmless)


def _texts() -> list[Path]:
    return [path for path in project_files() if path.suffix not in NOT_TEXT]
