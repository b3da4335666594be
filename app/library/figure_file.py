"""Pictures beside lessons: what an SVG file may not do, and what it must say."""

from __future__ import annotations

import re
from pathlib import Path

from app.domain.problem import Problem, Severity
from app.library.markup_parser import is_figure_name
from app.library.text_file import read_text

MAX_FIGURE_BYTES = 1_048_576
_FORBIDDEN = (
    ("holds something that can run", r"<\s*(script|foreignObject|iframe|object|embed)\b"),
    ("reacts to events", r"\son[a-z]+\s*="),
    ("declares entities", r"<!(DOCTYPE|ENTITY)"),
    ("holds an address that can run", r"javascript:|data:"),
    ("fetches something", r"(href|src)\s*=\s*[\"'](?!#)|url\(\s*[\"']?(?!#)|@import"),
)
_NEEDED = ("<title", "<desc")


def check_figure(file: Path, *, path: str) -> list[Problem]:
    """Checks a picture. Shape: errors mean that it must not be sent to a browser."""
    if not is_figure_name(file.name):
        message = f"“{file.name}” is not a name a picture can be shown by."
        advice = "Use small letters, digits and hyphens, ending in .svg, .png, .jpg or .webp."
        return [Problem("LS230", Severity.ERROR, path, message, advice)]
    if file.suffix != ".svg":
        return _check_size(file, path)
    text, problems = read_text(file, path=path, max_bytes=MAX_FIGURE_BYTES)
    return problems if text is None else _check_svg(text, path)


def _check_size(file: Path, path: str) -> list[Problem]:
    try:
        if file.stat().st_size <= MAX_FIGURE_BYTES:
            return []
    except OSError:
        pass  # gone since the folder was listed: as unusable as too large
    message = f"The picture is larger than {MAX_FIGURE_BYTES // 1024} KB, or cannot be read."
    return [Problem("LS231", Severity.ERROR, path, message, "Make it smaller.")]


def _check_svg(text: str, path: str) -> list[Problem]:
    problems = []
    for what, pattern in _FORBIDDEN:
        found = re.search(pattern, text, re.IGNORECASE)
        if found:
            line = text.count("\n", 0, found.start()) + 1
            message = f"This drawing {what}: {found.group().strip()}"
            advice = "Keep shapes, text and an inner style only; nothing from outside, no scripts."
            problems.append(Problem("LS232", Severity.ERROR, path, message, advice, line=line))
    for needed in _NEEDED:
        if needed not in text:
            message = f"This drawing has no {needed}> of its own."
            advice = "Add it, so that people who cannot see the drawing learn what it shows."
            problems.append(Problem("LS233", Severity.WARNING, path, message, advice))
    return problems
