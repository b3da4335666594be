"""A copy of the shipped content with a telltale word in everything that must stay hidden."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from app.library.places import find_places

WORD = "zzcanary"
HIDDEN_LINES = re.compile(
    r"^(?P<lead>\s+(?:feedback|why|critical|breach): )(?P<rest>.*)$", re.MULTILINE
)
TRAINER_NOTES = re.compile(r"^# Trainer notes\s*$", re.MULTILINE)


def plant_canaries(target: Path) -> tuple[Path, Path]:
    """Copies content and cases. Gives the two folders of the copy."""
    places = find_places(None, None)
    content, scenarios = target / "content", target / "scenarios"
    shutil.copytree(places.content, content)
    shutil.copytree(places.scenarios, scenarios)
    for file in (content / "questions").rglob("*.yaml"):
        file.write_text(_in_reasons(file.read_text("utf-8")), "utf-8")
    for file in scenarios.glob("*/case.md"):
        text = HIDDEN_LINES.sub(rf"\g<lead>{WORD} \g<rest>", file.read_text("utf-8"))
        text = TRAINER_NOTES.sub(f"# Trainer notes\n\n{WORD} for trainers only.", text)
        file.write_text(text, "utf-8")
    return content, scenarios


def _in_reasons(text: str) -> str:
    folded = re.sub(r"^(\s+why: >-\n\s+)", rf"\g<1>{WORD} ", text, flags=re.MULTILINE)
    return re.sub(r"^(\s+why: )(?!>-)", rf"\g<1>{WORD} ", folded, flags=re.MULTILINE)
