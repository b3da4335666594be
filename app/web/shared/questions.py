"""Questions on screen: before the answer without any key, afterwards with every reason.

What is shown before is built by adding fields; the key is nowhere near it.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from app.domain.attempt import AnswerGiven, Response
from app.domain.item import Item, Option
from app.web.shared.part_data import AnsweredOption, ShownOption
from app.web.shared.safe_html import block_html, inline_html
from app.web.shared.typed import whole_number


@dataclass(frozen=True, slots=True)
class ShownQuestion:
    """A question to answer. It has no field for a key or a reason.

    Shape: `base_revision` counts the answers seen when the page was made; `request_key` names
    this one answer, so that sending it twice counts once.
    """

    item_id: str
    vignette: Markup
    stem: Markup
    options: tuple[ShownOption, ...]
    chosen: tuple[str, ...]
    base_revision: int
    request_key: str


@dataclass(frozen=True, slots=True)
class AnsweredQuestion:
    """A question whose answer is settled, with the reason for every option."""

    item_id: str
    vignette: Markup
    stem: Markup
    options: tuple[AnsweredOption, ...]
    is_right: bool
    is_answered: bool
    lesson_id: str


def shown_question(
    item: Item,
    option_order: Sequence[str],
    response: Response | None = None,
    *,
    struck: Sequence[str] = (),
) -> ShownQuestion:
    """Shows a question that can still be answered."""
    return ShownQuestion(
        item_id=item.id,
        vignette=block_html(item.vignette),
        stem=inline_html(item.stem),
        options=tuple(
            ShownOption(o.id, inline_html(o.text), o.id in struck)
            for o in _ordered(item, option_order)
        ),
        chosen=response.chosen if response else (),
        base_revision=response.revision if response else 0,
        request_key=secrets.token_urlsafe(12),
    )


def answered_question(
    item: Item,
    option_order: Sequence[str],
    response: Response | None,
    *,
    best: Sequence[str] | None = None,
) -> AnsweredQuestion:
    """Shows a settled question.

    None: `response` when it was left without an answer; `best` when no regrade has moved the key.
    """
    chosen = response.chosen if response else ()
    best = item.key if best is None else best
    return AnsweredQuestion(
        item_id=item.id,
        vignette=block_html(item.vignette),
        stem=inline_html(item.stem),
        options=tuple(
            AnsweredOption(
                text=inline_html(option.text),
                is_key=option.id in best,
                is_chosen=option.id in chosen,
                why_html=inline_html(option.why),
                was_key=option.id in item.key and option.id not in best,
            )
            for option in _ordered(item, option_order)
        ),
        is_right=response.is_right if response else False,
        is_answered=response is not None,
        lesson_id=item.lesson,
    )


def read_answer(form: dict[str, list[str]], *, position: int) -> AnswerGiven:
    """Reads what a question form sent. Shape only; the rules judge it."""
    base = (form.get("base_revision") or ["0"])[0]
    key = (form.get("request_key") or [""])[0][:64]
    return AnswerGiven(
        position=position,
        chosen=tuple(option[:40] for option in form.get("chosen", [])[:10]),
        base_revision=whole_number(base) or 0,
        request_key=key or secrets.token_urlsafe(12),
    )


def _ordered(item: Item, option_order: Sequence[str]) -> list[Option]:
    by_id = {option.id: option for option in item.options}
    return [by_id[option_id] for option_id in option_order if option_id in by_id]
