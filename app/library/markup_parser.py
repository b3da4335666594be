"""How lesson Markdown is parsed: CommonMark with tables, blocks, terms, citations and figures.

The rules here only rearrange tokens. What tokens look like as HTML is told in `markup`, what is
wrong with them in `lesson_file`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_core.replacements import replace_rare
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.deflist import deflist_plugin

CHECK = "check"  # the block that asks questions
TERMS = "terms"
VIGNETTE = "vignette"
BLOCK_TITLES = {  # what stands above a block whose author gave no title
    VIGNETTE: "",
    "practice": "In practice",
    "note": "",
    "caution": "Take care",
    "evidence": "How strong is the evidence?",
    TERMS: "Words to know",
}
BLOCKS = frozenset({*BLOCK_TITLES, CHECK})

_CITATION = re.compile(r"\[(@[^\[\]\n]{1,200})\]")
_SOURCE_KEY = re.compile(r"@?([A-Za-z0-9][A-Za-z0-9._-]*)")
_ANCHOR = re.compile(r"\s*\{#([^{}\s]*)\}\s*$")
_FIGURE_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*\.(svg|png|jpg|jpeg|webp)")
_CHECK_LINE = re.compile(r"\s*[-*]\s+([A-Za-z0-9][A-Za-z0-9._-]*)\s*")
_SHOWN_ID = re.compile(r"[a-z0-9-]+")


@cache
def parser(*, raw_html: bool) -> MarkdownIt:
    """Makes the parser for reading. With `raw_html` it serves checking: HTML can be told apart."""
    md = MarkdownIt("commonmark", {"html": raw_html, "typographer": not raw_html})
    md.enable(["table", "smartquotes"]).disable(["reference"])
    md.use(deflist_plugin)
    md.use(container_plugin, name="block", validate=_is_block)
    md.inline.ruler.before("link", "citation", _citation)
    md.core.ruler.after("block", "dress_blocks", _dress_blocks)
    md.core.ruler.after("block", "anchors", _anchors)
    md.core.ruler.after("inline", "figures", _figures)
    md.core.ruler.after("inline", "tables", _tables)
    if not raw_html:
        md.core.ruler.after("inline", "dashes", _dashes)
    return md


def is_figure_name(name: str) -> bool:
    """Says whether a picture is named as a file beside the lesson, and nothing else."""
    return _FIGURE_NAME.fullmatch(name) is not None


def inline_text(token: Token) -> str:
    """Gives the bare words of an inline token."""
    if token.children is None:
        return token.content
    parts = []
    for child in token.children:
        if child.type in {"softbreak", "hardbreak"}:
            parts.append(" ")
        elif child.type in {"text", "code_inline", "image"}:
            parts.append(child.content)
    return "".join(parts)


def _is_block(params: str, _markup: str) -> bool:
    return bool(params.strip())


def _citation(state: StateInline, silent: bool) -> bool:
    """Reads `[@key]` and `[@key; @other]`; anything else in brackets is left alone."""
    if state.src[state.pos] != "[":
        return False
    found = _CITATION.match(state.src, state.pos)
    if found is None:
        return False
    keys = [_SOURCE_KEY.fullmatch(part.strip()) for part in re.split("[;,]", found.group(1))]
    if not all(keys):
        return False
    if not silent:
        token = state.push("citation", "", 0)
        token.meta = {"keys": [key.group(1) for key in keys if key]}
    state.pos = found.end()
    return True


def _dress_blocks(state: StateCore) -> None:
    """Gives every `:::` block its element, class and title; turns check blocks into slots."""
    lines = state.src.split("\n")
    dressed: list[Token] = []
    tags: list[str] = []
    position = 0
    while position < len(state.tokens):
        token = state.tokens[position]
        if token.type == "container_block_open":
            kind, _, title = token.info.strip().partition(" ")
            if kind == CHECK:
                position = _end_of(state.tokens, position)
                dressed.append(_check_slots(lines, token))
            else:
                tags.append("section" if kind == VIGNETTE else "aside")
                dressed += _dressed_block(token, kind, title.strip(), tags[-1])
        elif token.type == "container_block_close":
            token.tag = tags.pop()
            dressed.append(token)
        else:
            if token.type == "dl_open" and token.level > 0:
                token.attrSet("class", TERMS)
            dressed.append(token)
        position += 1
    state.tokens = dressed


def _end_of(tokens: Sequence[Token], start: int) -> int:
    """Finds the token that closes the block opened at `start`."""
    position = start + 1
    while tokens[position].level > tokens[start].level:
        position += 1
    return position


def _check_slots(lines: Sequence[str], opening: Token) -> Token:
    first, last = opening.map or [0, 0]
    inside = enumerate(lines[first + 1 : last], start=first + 1)
    written = [(number, line) for number, line in inside if line.strip(" \t:")]
    found = [(number, _CHECK_LINE.fullmatch(line)) for number, line in written]
    slots = Token("check_slots", "", 0, map=opening.map, level=opening.level, block=True)
    slots.meta = {
        "ids": [match.group(1) for _, match in found if match],
        "lines": [number for number, match in found if match],
        "odd_lines": [number for number, match in found if not match],
    }
    return slots


def _dressed_block(opening: Token, kind: str, title: str, tag: str) -> list[Token]:
    opening.tag = tag
    opening.meta = {"kind": kind, "title": title}
    if kind == VIGNETTE:
        opening.attrSet("class", VIGNETTE)
        css = "vignette__title"
    else:
        opening.attrSet("class", f"callout callout--{kind if kind in BLOCKS else 'note'}")
        opening.attrSet("role", "note")  # not a landmark: a lesson has many of them
        css = "callout__title"
    shown = title or BLOCK_TITLES.get(kind, "")
    if not shown:
        return [opening]
    level = opening.level + 1
    return [
        opening,
        Token("paragraph_open", "p", 1, attrs={"class": css}, level=level, block=True),
        Token("inline", "", 0, content=shown, children=[], level=level + 1, map=opening.map),
        Token("paragraph_close", "p", -1, level=level, block=True),
    ]


def _anchors(state: StateCore) -> None:
    """Takes `{#id}` off the end of headings; the id is kept, and shown below section level."""
    for heading, inline in zip(state.tokens, state.tokens[1:], strict=False):
        if heading.type != "heading_open":
            continue
        found = _ANCHOR.search(inline.content)
        if found:
            inline.content = inline.content[: found.start()]
            heading.meta = {"anchor": found.group(1)}
            if heading.tag != "h2" and _SHOWN_ID.fullmatch(found.group(1)):
                heading.attrSet("id", found.group(1))


def _figures(state: StateCore) -> None:
    """Makes a paragraph that holds a picture and nothing else a figure."""
    for opening, inline, closing in zip(
        state.tokens, state.tokens[1:], state.tokens[2:], strict=False
    ):
        children = inline.children or []
        if opening.type == "paragraph_open" and len(children) == 1:
            image = children[0]
            if image.type == "image" and not opening.hidden:
                opening.tag = closing.tag = "figure"
                image.meta = {"caption": str(image.attrs.get("title", ""))}


def _tables(state: StateCore) -> None:
    """Names each table by its header row, and moves alignment from styles to classes."""
    table: Token | None = None
    headers: list[str] = []
    for token, following in zip(state.tokens, state.tokens[1:], strict=False):
        if token.type == "table_open":
            table, headers = token, []
        elif token.type == "thead_close" and table is not None:
            table.meta = {"label": ", ".join(header for header in headers if header)}
        elif token.type in {"th_open", "td_open"}:
            style = str(token.attrs.pop("style", ""))
            if style.startswith("text-align:"):
                token.attrSet("class", f"align-{style.removeprefix('text-align:')}")
            if token.type == "th_open":
                token.attrSet("scope", "col")
                headers.append(inline_text(following))


def _dashes(state: StateCore) -> None:
    """Sets dashes and ellipses, but leaves (c) and (r) alone: laws are cited with them."""
    for token in state.tokens:
        if token.type == "inline" and token.children:
            replace_rare(token.children)
