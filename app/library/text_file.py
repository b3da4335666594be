"""Bytes to text: size, encoding and characters that no content file may hold."""

from __future__ import annotations

import re
from pathlib import Path

from app.domain.problem import Problem, Severity

MAX_YAML_BYTES = 1_048_576
MAX_LESSON_BYTES = 102_400  # rendering time grows faster than length

# Everything below a space but tab and line ends, and what no UTF-8 text should hold.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def read_text(file: Path, *, path: str, max_bytes: int) -> tuple[str | None, list[Problem]]:
    """Reads one file, refusing what is too large before it is in memory.

    None: the text is None when a problem keeps it from being read.
    """
    try:
        if file.stat().st_size > max_bytes:
            return None, [_too_large(path, max_bytes)]
        raw = file.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        message = f"The file cannot be read: {reason}."
        return None, [_error("YF100", path, message, "Check that it exists and may be read.")]
    return decode_text(raw, path=path, max_bytes=max_bytes)


def decode_text(raw: bytes, *, path: str, max_bytes: int) -> tuple[str | None, list[Problem]]:
    """Decodes UTF-8 with any line ends into text with plain ones."""
    if len(raw) > max_bytes:
        return None, [_too_large(path, max_bytes)]
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        message = "The file is not UTF-8 text."
        advice = "Save it again with the encoding UTF-8; your editor has a menu for this."
        return None, [_error("YF102", path, message, advice, line)]
    return clean_text(text.replace("\r\n", "\n").replace("\r", "\n"), path=path)


def clean_text(text: str, *, path: str) -> tuple[str | None, list[Problem]]:
    """Refuses text with invisible control characters."""
    found = _CONTROL.search(text)
    if found is None:
        return text, []
    line = text.count("\n", 0, found.start()) + 1
    message = f"There is an invisible control character (number {ord(found.group())}) here."
    return None, [_error("YF103", path, message, "Delete it, or type the line again.", line)]


def _too_large(path: str, max_bytes: int) -> Problem:
    message = f"The file is larger than {max_bytes // 1024} KB."
    return _error("YF101", path, message, "Split it into several files.")


def _error(code: str, path: str, message: str, advice: str, line: int | None = None) -> Problem:
    return Problem(code, Severity.ERROR, path, message, advice, line=line)
