"""Where content lies: the setting, a checkout, or the copy shipped inside the package.

The import path is never searched: an editable install leaves a stale copy there.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import app

CONTENT = "content"
SCENARIOS = "scenarios"


@dataclass(frozen=True, slots=True)
class Places:
    """The two folders that hold everything people wrote, and how they were found.

    Shape: paths told to people start with `content/` or `scenarios/`, wherever these lie.
    """

    content: Path
    scenarios: Path
    how: str

    def file(self, told: str) -> Path:
        """Finds the file on disk behind a path as it is told to people."""
        root, _, rest = told.partition("/")
        return (self.scenarios if root == SCENARIOS else self.content) / rest

    def told(self, file: Path) -> str | None:
        """Tells a file the way problems name it. None: it lies in neither folder."""
        resolved = file.resolve()
        for name, folder in ((CONTENT, self.content), (SCENARIOS, self.scenarios)):
            root = folder.resolve()
            if resolved == root:
                return name
            if resolved.is_relative_to(root):
                return f"{name}/{resolved.relative_to(root).as_posix()}"
        return None


def find_places(content_dir: str | None, scenarios_dir: str | None) -> Places:
    """Decides which folders serve: the settings first, then a checkout, then the shipped copy."""
    package = Path(app.__file__).resolve().parent
    in_checkout = (package.parent / "pyproject.toml").is_file()
    base = package.parent if in_checkout else package / "_shipped"
    found = "checkout" if in_checkout else "shipped copy"
    how = [
        f"{name} from the {'setting' if setting else found}"
        for name, setting in ((CONTENT, content_dir), (SCENARIOS, scenarios_dir))
    ]
    return Places(
        content=Path(content_dir).absolute() if content_dir else base / CONTENT,
        scenarios=Path(scenarios_dir).absolute() if scenarios_dir else base / SCENARIOS,
        how=", ".join(how),
    )
