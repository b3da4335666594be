"""The files of the project, as the house tests read them."""

from __future__ import annotations

import ast
import gc
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NOT_OURS = frozenset({"instance", "dist", "build", "htmlcov", "__pycache__", "_shipped", "shots"})
HIDDEN_AND_OURS = frozenset({".ci", ".github", ".gitignore", ".pre-commit-config.yaml"})


@cache
def project_files() -> tuple[Path, ...]:
    """Every file that is, or will be, under version control; by path."""
    if (ROOT / ".git").exists() and shutil.which("git"):
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT,
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        files = [ROOT / name for name in listed.split("\0") if name]
    else:
        files = [path for path in ROOT.rglob("*") if all(map(_is_ours, _parts(path)))]
    return tuple(sorted(path for path in files if path.is_file()))


def _parts(path: Path) -> tuple[str, ...]:
    return path.relative_to(ROOT).parts


def _is_ours(part: str) -> bool:
    """Says it as .gitignore does, for a copy of the project without its history."""
    if part.startswith("."):
        return part in HIDDEN_AND_OURS
    return part not in NOT_OURS and not part.endswith((".pyc", ".egg-info"))


def name_of(path: Path) -> str:
    """A path as people write it: from the root, with slashes."""
    return path.relative_to(ROOT).as_posix()


def files_like(*patterns: str) -> Iterator[Path]:
    """The files whose name from the root matches one of the patterns.

    Shape: as a shell matches; `*` stops at a slash, `**/` stands for any folders or none.
    """
    for path in project_files():
        parts = name_of(path).split("/")
        if any(_parts_match(parts, pattern.split("/")) for pattern in patterns):
            yield path


def _parts_match(parts: list[str], wanted: list[str]) -> bool:
    if not wanted:
        return not parts
    if wanted[0] == "**":
        return _parts_match(parts, wanted[1:]) or (bool(parts) and _parts_match(parts[1:], wanted))
    return bool(parts) and Path(parts[0]).match(wanted[0]) and _parts_match(parts[1:], wanted[1:])


def lines_of(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


@cache
def parsed(path: Path) -> ast.Module:
    # Python 3.11 loses count of its depth when a collection runs code of its own in the middle.
    gc.disable()
    try:
        return ast.parse(path.read_text(encoding="utf-8"), filename=name_of(path))
    finally:
        gc.enable()
