"""Markdown → sanitised HTML: HTML is off in the parser, and an allow-list follows it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

import nh3
from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from app.library.markup_parser import BLOCK_TITLES, inline_text, is_figure_name, parser

_CALLOUTS = {f"callout--{kind}" for kind in BLOCK_TITLES} | {"callout"}
_ALIGN = {"align-left", "align-center", "align-right"}
_TEXT_TAGS = {"em", "strong", "code", "a", "br"}
_BLOCK_TAGS = {
    *_TEXT_TAGS,
    *("p", "ul", "ol", "li", "blockquote", "pre", "hr", "h2", "h3", "h4", "h5", "h6"),
    *("table", "thead", "tbody", "tr", "th", "td", "dl", "dt", "dd"),
    *("aside", "section", "div", "figure", "figcaption", "img"),
}
_BLOCK_ATTRIBUTES = {
    "a": {"href", "title", "aria-label"},
    "img": {"src", "alt", "loading"},
    "div": {"aria-label", "data-item"},
    "ol": {"start"},
    "th": {"scope"},
    **{f"h{level}": {"id"} for level in range(2, 7)},
}
_BLOCK_ROLES = {
    "aside": {"role": {"note"}},
    "div": {"role": {"region"}, "tabindex": {"0"}},
}
_BLOCK_CLASSES = {
    "a": {"cite"},
    "aside": _CALLOUTS,
    "section": {"vignette"},
    "div": {"table-wrap", "check-slot"},
    "p": {"callout__title", "vignette__title"},
    "dl": {"terms"},
    "th": _ALIGN,
    "td": _ALIGN,
}
_SCHEMES = {"http", "https", "mailto"}
_LINK_REL = "noopener noreferrer"
_CHECK_SLOT = re.compile(r'<div class="check-slot" data-item="([^"<>]+)"></div>\n?')


def _unchanged(name: str) -> str:
    return name


@dataclass(frozen=True, slots=True)
class MarkupContext:
    """What rendering needs to know beyond the text.

    Shape: `refs` gives citations their numbers, from 1; `titles` maps source ids to what a
    screen reader says; `media_url` turns a file name beside the lesson into an address; `key`
    must change whenever `titles` or `media_url` would answer differently: results are kept by it.
    """

    key: str = ""
    refs: tuple[str, ...] = ()
    titles: Mapping[str, str] = field(default_factory=dict, compare=False)
    media_url: Callable[[str], str] = field(default=_unchanged, compare=False)


@dataclass(frozen=True, slots=True)
class CheckSlot:
    """The place in a text where a question is asked."""

    item_id: str


NO_CONTEXT = MarkupContext()


@lru_cache(maxsize=512)
def render_markdown(source: str, *, context: MarkupContext = NO_CONTEXT) -> str:
    """Renders block Markdown to HTML that is safe to send as it is.

    Cost: a few milliseconds for a section the first time; kept afterwards.
    """
    html: str = _renderer().render(source, {"context": context})
    return _block_sanitiser().clean(html)


@lru_cache(maxsize=4096)
def render_inline(text: str, *, context: MarkupContext = NO_CONTEXT) -> str:
    """Renders a line of text with emphasis and links, without a paragraph around it."""
    html: str = _renderer().renderInline(text, {"context": context})
    return _inline_sanitiser().clean(html)


@lru_cache(maxsize=512)
def plain_text(source: str) -> str:
    """Gives the bare words of a Markdown text, for search and summaries."""
    inlines = (token for token in _renderer().parse(source, {}) if token.type == "inline")
    return "\n".join(filter(None, (inline_text(token) for token in inlines)))


def split_at_checks(html: str) -> list[str | CheckSlot]:
    """Splits rendered HTML where questions are asked. Shape: in order, no empty pieces."""
    pieces: list[str | CheckSlot] = []
    for position, piece in enumerate(_CHECK_SLOT.split(html)):
        if position % 2:  # a split by a pattern with one group gives text and ids in turn
            pieces.append(CheckSlot(piece))
        elif piece.strip():
            pieces.append(piece)
    return pieces


@cache
def _block_sanitiser() -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=_BLOCK_TAGS,
        attributes=_BLOCK_ATTRIBUTES,
        tag_attribute_values=_BLOCK_ROLES,
        allowed_classes=_BLOCK_CLASSES,
        url_schemes=_SCHEMES,
        link_rel=_LINK_REL,
    )


@cache
def _inline_sanitiser() -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=_TEXT_TAGS,
        attributes={"a": _BLOCK_ATTRIBUTES["a"]},
        allowed_classes={"a": _BLOCK_CLASSES["a"]},
        url_schemes=_SCHEMES,
        link_rel=_LINK_REL,
    )


@cache
def _renderer() -> MarkdownIt:
    md = parser(raw_html=False)
    md.add_render_rule("container_block_open", _as_element)
    md.add_render_rule("container_block_close", _as_element)
    md.add_render_rule("check_slots", _check_slots)
    md.add_render_rule("citation", _citation)
    md.add_render_rule("table_open", _table_open)
    md.add_render_rule("table_close", _table_close)
    md.add_render_rule("image", _image)
    return md


_Tokens = Sequence[Token]


def _as_element(
    self: RendererHTML, tokens: _Tokens, index: int, options: OptionsDict, env: EnvType
) -> str:
    return self.renderToken(tokens, index, options, env)


def _check_slots(
    _self: RendererHTML, tokens: _Tokens, index: int, _options: OptionsDict, _env: EnvType
) -> str:
    token = tokens[index]
    if token.level > 0:  # a slot inside a block could not be split off without breaking it
        return ""
    ids = token.meta["ids"]
    return "".join(f'<div class="check-slot" data-item="{escapeHtml(one)}"></div>\n' for one in ids)


def _citation(
    _self: RendererHTML, tokens: _Tokens, index: int, _options: OptionsDict, env: EnvType
) -> str:
    context: MarkupContext = env.get("context", NO_CONTEXT)
    links = []
    for key in tokens[index].meta["keys"]:
        number = str(context.refs.index(key) + 1) if key in context.refs else "?"
        label = escapeHtml(f"Source {number}: {context.titles.get(key, key)}")
        href = escapeHtml(f"#source-{key}")
        links.append(f'<a class="cite" href="{href}" aria-label="{label}">[{number}]</a>')
    return "".join(links)


def _table_open(
    self: RendererHTML, tokens: _Tokens, index: int, options: OptionsDict, env: EnvType
) -> str:
    label = escapeHtml(f"Table: {tokens[index].meta.get('label', '')}".rstrip(": "))
    opening = f'<div class="table-wrap" role="region" aria-label="{label}" tabindex="0">\n'
    return opening + self.renderToken(tokens, index, options, env)


def _table_close(
    self: RendererHTML, tokens: _Tokens, index: int, options: OptionsDict, env: EnvType
) -> str:
    return self.renderToken(tokens, index, options, env) + "</div>\n"


def _image(
    _self: RendererHTML, tokens: _Tokens, index: int, _options: OptionsDict, env: EnvType
) -> str:
    context: MarkupContext = env.get("context", NO_CONTEXT)
    token = tokens[index]
    name = str(token.attrs.get("src", ""))
    if not is_figure_name(name):  # nothing is ever fetched from another place
        return escapeHtml(token.content)
    source = escapeHtml(context.media_url(name))
    image = f'<img src="{source}" alt="{escapeHtml(token.content)}" loading="lazy">'
    caption = token.meta.get("caption", "")
    if not caption:
        return image
    return f"{image}<figcaption>{render_inline(caption, context=context)}</figcaption>"
