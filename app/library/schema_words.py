"""The sentences in which a value that does not fit is told to the person who wrote it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pydantic_core import ErrorDetails

_Context = dict[str, Any]  # as pydantic hands it over: what was expected, and the limits


def tell(fault: ErrorDetails, known: list[str], nearest: str) -> tuple[str, str, str]:
    """Turns one fault into a code, a sentence about it, and advice.

    Shape: `known` lists the keys allowed where the fault stands; `nearest` is the one probably
    meant, or empty.
    """
    key = str(fault["loc"][-1]) if fault["loc"] else "value"
    kind = fault["type"]
    if kind == "extra_forbidden":
        return _unknown_key(key, known, nearest)
    if kind == "missing":
        return "YF122", f"The key “{key}” is missing here.", f"Add a line “{key}: …”."
    if key == "format" and kind == "literal_error":
        message = "This format number is not known."
        return "YF125", message, "Write “format: 1”, or update Waymark."
    subject = f"“{key}”" if not key.isdigit() else f"Entry {int(key) + 1} of the list"
    if fault["input"] is None:
        message = f"{subject} has no value."
        return "YF123", message, "Write a value after the colon, or delete the line."
    return _wrong_value(kind, subject, fault)


def _unknown_key(key: str, known: list[str], nearest: str) -> tuple[str, str, str]:
    message = f"“{key}” is not a key that belongs here."
    if nearest:
        return "YF121", message, f"Did you mean “{nearest}”?"
    return "YF121", message, f"Keys that may stand here: {', '.join(known)}."


def _wrong_value(kind: str, subject: str, fault: ErrorDetails) -> tuple[str, str, str]:
    context: _Context = fault.get("ctx") or {}
    for endings, sentence in _SENTENCES:
        if kind in endings:
            code, wrong, advice = sentence(context)
            return code, f"{subject} {wrong}", advice
    return "YF124", f"{subject} has a value that does not fit.", "Compare with a finished example."


def _allowed(context: _Context) -> tuple[str, str, str]:
    expected = str(context.get("expected", "")).replace("'", "")
    return "YF124", "is none of the values allowed here.", f"Write one of: {expected}."


def _number(_: _Context) -> tuple[str, str, str]:
    return "YF123", "should be a whole number.", "Write digits only, without quotes."


def _text(_: _Context) -> tuple[str, str, str]:
    return "YF123", "should be text.", "Put quotes around true, false, or a list-like text."


def _truth(_: _Context) -> tuple[str, str, str]:
    return "YF123", "should be true or false.", "Write true or false, without quotes."


def _list(_: _Context) -> tuple[str, str, str]:
    return "YF123", "should be a list.", "Write [one, two], or one entry a line with a dash."


def _mapping(_: _Context) -> tuple[str, str, str]:
    return "YF123", "should hold keys of its own.", "Indent “key: value” lines below it."


def _empty(_: _Context) -> tuple[str, str, str]:
    return "YF123", "has no value.", "Write a value after the colon, or delete the line."


def _too_few(context: _Context) -> tuple[str, str, str]:
    least = context.get("min_length", 1)
    return "YF125", f"has too few entries: at least {least} are needed.", "Add what is missing."


def _too_long(context: _Context) -> tuple[str, str, str]:
    most = context.get("max_length", "")
    return "YF125", f"is too long: {most} is the limit.", "Shorten it."


def _too_small(context: _Context) -> tuple[str, str, str]:
    return "YF125", f"is too small: {context.get('ge')} is the least.", "Write a larger number."


def _too_big(context: _Context) -> tuple[str, str, str]:
    return "YF125", f"is too large: {context.get('le')} is the most.", "Write a smaller number."


def _pattern(context: _Context) -> tuple[str, str, str]:
    pattern = str(context.get("pattern", ""))
    if "{4}" in pattern:
        return "YF124", "should be a date.", "Write year, month and day, for example 2026-11-21."
    if "/" in pattern:
        return (
            "YF124",
            "should name a lesson.",
            "Write area/slug, for example family/consent-first.",
        )
    if "A-Z" in pattern:
        return "YF124", "is not shaped like a code.", "Use letters, digits, dots and hyphens only."
    advice = "Use small letters, digits and hyphens only, for example consent-first."
    return "YF124", "is not shaped like an id.", advice


_SENTENCES: tuple[tuple[frozenset[str], Callable[[_Context], tuple[str, str, str]]], ...] = (
    (frozenset({"literal_error", "enum"}), _allowed),
    (frozenset({"int_type", "int_from_float", "int_parsing"}), _number),
    (frozenset({"string_type"}), _text),
    (frozenset({"bool_type", "bool_parsing"}), _truth),
    (frozenset({"list_type", "tuple_type"}), _list),
    (frozenset({"dict_type", "model_type", "model_attributes_type"}), _mapping),
    (frozenset({"string_too_short"}), _empty),
    (frozenset({"too_short"}), _too_few),
    (frozenset({"string_too_long", "too_long"}), _too_long),
    (frozenset({"greater_than_equal"}), _too_small),
    (frozenset({"less_than_equal"}), _too_big),
    (frozenset({"string_pattern_mismatch"}), _pattern),
)
