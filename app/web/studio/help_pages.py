"""Puts what the codes of problems mean on screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for
from markupsafe import Markup

from app.library.problem_help import CodeHelp, Example, Family
from app.web.shared.part_data import Way
from app.web.shared.safe_html import block_html, inline_html


@dataclass(frozen=True, slots=True)
class CodeLine:
    """One code in the list."""

    code: str
    url: str
    wrong: Markup


@dataclass(frozen=True, slots=True)
class FamilyOfCodes:
    """Codes that belong together. Shape: `words` is empty for most."""

    letters: str
    title: str
    words: Markup
    codes: tuple[CodeLine, ...]


@dataclass(frozen=True, slots=True)
class CodesPage:
    """Every code, family by family."""

    families: tuple[FamilyOfCodes, ...]


@dataclass(frozen=True, slots=True)
class ProblemPage:
    """One code. None: `example` where none is written; `before` and `after` at the ends."""

    code: str
    back: Way
    family: str
    wrong: Markup
    cure: Markup
    example: Example | None
    tells_plays: bool
    before: Way | None
    after: Way | None


def codes_page(families: Sequence[Family]) -> CodesPage:
    """Lists every code."""
    return CodesPage(
        tuple(
            FamilyOfCodes(
                one.letters,
                one.title,
                block_html(one.words),
                tuple(CodeLine(c.code, _url(c), inline_html(c.wrong)) for c in one.codes),
            )
            for one in families
        )
    )


def problem_page(families: Sequence[Family], code: str) -> ProblemPage:
    """Explains one code, with its neighbors."""
    family = next(one for one in families if code.startswith(one.letters))
    codes = [one.code for one in family.codes]
    at = codes.index(code)
    shown = family.codes[at]
    return ProblemPage(
        code=code,
        back=Way("All codes", url_for("studio.problems")),
        family=family.title,
        wrong=inline_html(shown.wrong),
        cure=inline_html(shown.cure),
        example=shown.example,
        tells_plays=family.letters == "SC",
        before=_way(family.codes[at - 1]) if at else None,
        after=_way(family.codes[at + 1]) if at + 1 < len(codes) else None,
    )


def _url(code: CodeHelp) -> str:
    return url_for("studio.problem", code=code.code)


def _way(code: CodeHelp) -> Way:
    return Way(code.code, _url(code))
