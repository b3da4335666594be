"""Writes docs/trainers/problems.md from the texts the app shows on its help pages."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from app.library.problem_help import problems_document  # noqa: E402 (the path above comes first)

if __name__ == "__main__":
    (ROOT / "docs" / "trainers" / "problems.md").write_text(problems_document(), encoding="utf-8")
