"""Builds the wheel and tries it where nothing else is: `python -m tests.setup.wheel`.

It proves that content, templates, static files and migrations travel inside the package.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

# Run in the empty environment, outside the checkout: one request to a fresh installation.
ONE_PAGE = """
import app
from app.cli.serve import prepare
from app.config import read_settings

answer = prepare(read_settings()).test_client().get("/")
assert answer.status_code == 200, answer.status
print("served the first page from", app.__file__)
"""


def build(into: Path) -> Path:
    run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(into)])
    return next(into.glob("waymark-*.whl"))


def install(wheel: Path, into: Path) -> Path:
    """Makes an environment from the lock and adds the wheel. Gives its folder of programs."""
    run([sys.executable, "-m", "venv", str(into)])
    programs = into / "bin"
    pip = [str(programs / "python"), "-m", "pip", "--quiet", "--disable-pip-version-check"]
    run([*pip, "install", "--require-hashes", "-r", "requirements.lock"])
    run([*pip, "install", "--no-deps", str(wheel)])
    return programs


def try_out(programs: Path, elsewhere: Path) -> None:
    environment = {"WAYMARK_INSTANCE_DIR": str(elsewhere / "instance"), "WAYMARK_DEMO": "1"}
    run([str(programs / "waymark"), "content", "check"], elsewhere, environment)
    run([str(programs / "python"), "-c", ONE_PAGE], elsewhere, environment)


def run(
    command: list[str], folder: Path | None = None, environment: dict[str, str] | None = None
) -> None:
    subprocess.run(command, check=True, cwd=folder, env={**os.environ, **(environment or {})})


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="waymark-wheel-") as folder:
        place = Path(folder)
        wheel = build(place / "dist")
        print(f"built {wheel.name}, {wheel.stat().st_size // 1024} kB", flush=True)
        try_out(install(wheel, place / "empty"), place)


if __name__ == "__main__":
    main()
