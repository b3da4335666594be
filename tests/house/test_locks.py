"""The lock files: exact, hashed, without addresses, and in step with pyproject.toml."""

from __future__ import annotations

import re
import tomllib
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.house.tree import ROOT

LOCKS = ("requirements.lock", "requirements-dev.lock")
PIN = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)(\[[^]]*\])?==(?P<version>[^ ;\\]+)")
DIGEST = re.compile(r"^    --hash=sha256:[0-9a-f]{64}( \\)?$")


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_pins_and_digests_and_nothing_else(lock: str) -> None:
    odd = [
        line
        for line in _text(lock).splitlines()
        if line and not PIN.match(line) and not DIGEST.match(line)
    ]

    assert not odd, f"addresses, options and loose versions do not belong here: {odd}"


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_has_digests(lock: str) -> None:
    blocks = re.split(r"\n(?=\S)", _text(lock).strip())

    assert [block for block in blocks if "--hash=sha256:" not in block] == []


def test_the_run_lock_meets_the_ranges_of_the_project() -> None:
    project = _project()
    wanted = [*project["project"]["dependencies"], *_group(project, "build")]

    assert _unmet(wanted, "requirements.lock") == []


def test_the_development_lock_meets_every_group() -> None:
    project = _project()
    wanted = [*project["project"]["dependencies"], *_group(project, "dev")]

    assert _unmet(wanted, "requirements-dev.lock") == []


def test_both_locks_agree() -> None:
    run, development = _pins("requirements.lock"), _pins("requirements-dev.lock")

    assert {
        name: versions for name, versions in run.items() if development.get(name) != versions
    } == {}


def _text(lock: str) -> str:
    return (ROOT / lock).read_text(encoding="utf-8")


def _pins(lock: str) -> dict[str, set[str]]:
    """Versions by name; a package may be pinned twice, for different Pythons."""
    pins: dict[str, set[str]] = {}
    for line in _text(lock).splitlines():
        pin = PIN.match(line)
        if pin:
            pins.setdefault(canonicalize_name(pin["name"]), set()).add(pin["version"])
    return pins


def _unmet(wanted: list[str], lock: str) -> list[str]:
    pins = _pins(lock)
    return [
        text
        for text in wanted
        if not (versions := pins.get(canonicalize_name(Requirement(text).name)))
        or not all(Requirement(text).specifier.contains(Version(v)) for v in versions)
    ]


def _project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def _group(project: dict[str, Any], name: str) -> list[str]:
    members: list[str] = []
    for entry in project["dependency-groups"][name]:
        members += _group(project, entry["include-group"]) if isinstance(entry, dict) else [entry]
    return members
