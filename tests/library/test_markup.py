from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.library.markup import (
    CheckSlot,
    MarkupContext,
    plain_text,
    render_inline,
    render_markdown,
    split_at_checks,
)

CONTEXT = MarkupContext(
    key="lesson",
    refs=("tip27", "part2-2.31"),
    titles={"tip27": 'The "big" guide'},
    media_url=lambda name: f"/media/{name}",
)


def test_every_block_has_its_element_and_title() -> None:
    html = render_markdown(
        "::: vignette Ruth calls\nHello.\n:::\n\n::: practice Try this\nAsk.\n:::\n\n"
        "::: evidence\nWeak.\n:::\n\n::: note\nPlain.\n:::\n"
    )

    assert '<section class="vignette">\n<p class="vignette__title">Ruth calls</p>' in html
    assert '<aside class="callout callout--practice" role="note">' in html
    assert '<p class="callout__title">Try this</p>' in html
    assert '<p class="callout__title">How strong is the evidence?</p>' in html
    assert '<aside class="callout callout--note" role="note">\n<p>Plain.</p>' in html


def test_terms_become_a_list_of_definitions() -> None:
    html = render_markdown("::: terms\nRelease\n: A signed form.\n:::\n")

    assert '<dl class="terms">\n<dt>Release</dt>' in html
    assert "A signed form." in html


def test_questions_split_the_text_into_pieces_that_are_whole() -> None:
    html = render_markdown("Before.\n\n::: check\n- one-01\n- one-02\n:::\n\nAfter.\n")

    assert split_at_checks(html) == [
        "<p>Before.</p>\n",
        CheckSlot("one-01"),
        CheckSlot("one-02"),
        "<p>After.</p>\n",
    ]


def test_questions_inside_another_block_are_left_out_so_that_no_piece_breaks() -> None:
    html = render_markdown("> ::: check\n> - one-01\n> :::\n")

    assert split_at_checks(html) == ["<blockquote>\n</blockquote>\n"]


def test_a_slot_cannot_be_forged() -> None:
    html = render_markdown('<div class="check-slot" data-item="x"></div>\n')

    assert [piece for piece in split_at_checks(html) if isinstance(piece, CheckSlot)] == []


def test_citations_are_numbered_in_the_order_of_the_refs() -> None:
    html = render_markdown("So it is [@part2-2.31; @tip27].", context=CONTEXT)

    assert 'href="#source-part2-2.31"' in html
    assert ">[2]</a>" in html
    assert 'aria-label="Source 1: The &quot;big&quot; guide"' in html


def test_a_picture_alone_becomes_a_figure_with_its_caption() -> None:
    html = render_markdown('![A map](map.svg "Who *knows* whom")', context=CONTEXT)

    assert html == (
        '<figure><img src="/media/map.svg" alt="A map" loading="lazy">'
        "<figcaption>Who <em>knows</em> whom</figcaption></figure>\n"
    )


def test_pictures_from_elsewhere_are_not_fetched() -> None:
    html = render_markdown("![A map](https://example.org/a.png)", context=CONTEXT)

    assert "img" not in html
    assert "A map" in html


def test_a_table_scrolls_by_keyboard_and_is_named_by_its_head() -> None:
    html = render_markdown("| Who | What |\n|:--|--:|\n| Ruth | calls |\n")

    assert (
        '<div class="table-wrap" role="region" aria-label="Table: Who, What" tabindex="0">' in html
    )
    assert '<th class="align-left" scope="col">Who</th>' in html
    assert '<td class="align-right">calls</td>' in html
    assert "style=" not in html


def test_typography_is_set_and_law_is_left_alone() -> None:
    html = render_markdown('She said "no" -- see 2.31(c), 2.12(r)...')

    assert html == "<p>She said “no” – see 2.31(c), 2.12(r)…</p>\n"


def test_links_to_other_sites_give_nothing_away() -> None:
    html = render_markdown("[guide](https://example.org)")

    assert html == '<p><a href="https://example.org" rel="noopener noreferrer">guide</a></p>\n'


@pytest.mark.parametrize(
    "source",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](vbscript:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "![x](javascript:alert(1))",
        '![x](a.svg "\\"><script>alert(1)</script>")',
        "::: note <script>alert(1)</script>\nx\n:::",
        '::: note" onclick="alert(1)\nx\n:::',
        '::: check\n- x"><script>alert(1)</script>\n:::',
        '### x {#a"onclick="alert(1)}',
        "`<script>alert(1)</script>`",
        "[@x](javascript:alert(1))",
        "<style>body{display:none}</style>",
        "| <b>a</b> |\n|---|\n| <i onclick=x> |",
    ],
)
def test_nothing_that_runs_survives(source: str) -> None:
    for html in (render_markdown(source), render_inline(source)):
        tags = [piece.split(">")[0].lower() for piece in html.split("<")[1:]]
        assert not any(tag.startswith(("script", "style", "b", "i onclick")) for tag in tags)
        assert not any("onclick" in tag or "onerror" in tag or "script:" in tag for tag in tags)


def test_a_line_is_rendered_without_a_paragraph() -> None:
    assert render_inline("a *b* <c>") == "a <em>b</em> &lt;c&gt;"


def test_plain_text_keeps_the_words_only() -> None:
    source = "## Head {#x}\n\n::: note Look\nA *b* [@x] [c](https://example.org).\n:::\n"

    assert plain_text(source).split("\n") == ["Head", "Look", "A b  c."]


def test_a_result_is_kept_per_context() -> None:
    other = MarkupContext(key="other", refs=("part2-2.31",))

    first = render_markdown("[@part2-2.31]", context=CONTEXT)
    second = render_markdown("[@part2-2.31]", context=other)

    assert ">[2]<" in first
    assert ">[1]<" in second


@given(st.text(alphabet=st.sampled_from("ab[]()!*_`<>:#{}@|-=&\"' \n\\"), max_size=80))
def test_no_text_makes_the_renderer_stumble(text: str) -> None:
    pieces = split_at_checks(render_markdown(text))

    assert "<script" not in "".join(piece for piece in pieces if isinstance(piece, str))
