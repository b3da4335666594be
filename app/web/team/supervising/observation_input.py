"""Reads the form of an observation. What cannot be read stays open; the rules say so later."""

from __future__ import annotations

import dataclasses
from typing import TypeVar

from werkzeug.datastructures import MultiDict

from app.domain.mi_counts import MICounts
from app.domain.observation import MOST_MARKS, Mark, ObservationForm, ObservationMode, Support
from app.services.observing import SentDraft
from app.web.shared.typed import usable_day, whole_number

COUNT_NAMES = tuple(field.name for field in dataclasses.fields(MICounts))
IMPOSSIBLE = -1  # what a count becomes that is no number: the rules refuse it by name
Sending = MultiDict[str, str]
Choice = TypeVar("Choice", ObservationMode, Support)


def read_draft(form: Sending) -> SentDraft:
    """Reads what a page sent, with what tells the page from others."""
    return SentDraft(
        form=_read_form(form),
        seen=_number(form.get("seen", "")) or 0,
        tab=form.get("tab", "")[:64],
        step=_number(form.get("step", "")) or 0,
    )


def _read_form(form: Sending) -> ObservationForm:
    codes = dict.fromkeys(code for code in form.getlist("mark") if code)
    removed = form.get("act", "").partition("remove:")[2]
    codes.pop(removed, None)
    if form.get("act") == "add" and form.get("more"):
        codes[form["more"]] = None
    return ObservationForm(
        mode=_one_of(ObservationMode, form.get("mode", "")),
        observed_on=usable_day(form.get("observed_on", "")),
        marks=tuple(_mark(form, code) for code in list(codes)[: MOST_MARKS + 1]),
        note=_text(form, "note"),
        went_well=_text(form, "went_well"),
        next_step=_text(form, "next_step"),
        counts=MICounts(**{name: _number(form.get(name, "")) for name in COUNT_NAMES}),
    )


def _mark(form: Sending, code: str) -> Mark:
    return Mark(
        code[:80],
        _number(form.get(f"level-{code}", "")),
        _one_of(Support, form.get(f"support-{code}", "")),
        _text(form, f"words-{code}"),
    )


def _text(form: Sending, name: str) -> str:
    return form.get(name, "").replace("\r\n", "\n").strip()


def _number(text: str) -> int | None:
    """A whole number. None: nothing was written."""
    plain = text.strip()
    if not plain:
        return None
    number = whole_number(plain)
    return IMPOSSIBLE if number is None else number


def _one_of(choices: type[Choice], text: str) -> Choice | None:
    try:
        return choices(text)
    except ValueError:
        return None
