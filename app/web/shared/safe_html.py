"""The one place where text becomes markup: what the library has rendered and sanitised."""

from __future__ import annotations

from functools import lru_cache

from markupsafe import Markup

from app.library.markup import MarkupContext, render_inline, render_markdown


@lru_cache(maxsize=4096)
def inline_html(text: str) -> Markup:
    """Shows a line of author text with its emphasis."""
    return Markup(render_inline(text))  # noqa: S704 (sanitised by app.library.markup)


@lru_cache(maxsize=512)
def block_html(source: str) -> Markup:
    """Shows author text of one or more paragraphs."""
    return Markup(render_markdown(source))  # noqa: S704 (sanitised by app.library.markup)


def trusted_html(html: str) -> Markup:
    """Marks a piece of HTML that `render_markdown` made as ready to show."""
    return Markup(html)  # noqa: S704 (callers hand in what app.library.markup made)


def render_in(source: str, context: MarkupContext) -> str:
    """Renders author text with its citations and figures in place."""
    return render_markdown(source, context=context)
