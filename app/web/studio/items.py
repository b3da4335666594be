"""Puts the question bank on screen for trainers: the list, and each with its key and reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from textwrap import shorten
from typing import Any

from flask import url_for

from app.domain.item import Item
from app.library.library import Library
from app.library.markup import plain_text
from app.web.shared.filters import say_count
from app.web.shared.narrowing import narrowing
from app.web.shared.part_data import Cell, Narrowing, Way
from app.web.shared.questions import answered_question, shown_question
from app.web.studio.checked import Checked, problem_cell
from app.web.studio.lessons import lesson_way
from app.web.studio.pages import ItemPreviewPage, ItemsPage, Row
from app.web.studio.wording import competency_facts, known_sources

A_PAGE = 50  # questions
LONGEST_STEM = 150  # characters in a row
LEVELS = ("recall", "apply", "analyse")
STATUSES = ("draft", "pretest", "live", "retired")
POOLS = ("practice", "mock")
LEVEL_WORDS = {"analyse": "analyze"}  # the file keeps its spelling, people read theirs


def items_page(library: Library, checked: Checked, asked: Mapping[str, str]) -> ItemsPage:
    """Lists the bank, narrowed and cut into pages as the address asks."""
    narrowings = _narrowings(library, asked)
    found = [item for item in library.items.values() if _fits(item, narrowings)]
    first = (_page_number(asked, len(found)) - 1) * A_PAGE
    shown = found[first : first + A_PAGE]
    chosen = {one.name: one.chosen for one in narrowings if one.chosen}
    return ItemsPage(
        narrowings=narrowings,
        total=len(found),
        span=f"{first + 1} to {first + len(shown)} of {len(found)}" if len(found) > A_PAGE else "",
        keys=_keys_told(found),
        rows=tuple(_row(item, checked) for item in shown),
        previous=_page_way(first - A_PAGE, len(found), chosen),
        following=_page_way(first + A_PAGE, len(found), chosen),
    )


def item_preview_page(
    library: Library, item: Item, checked: Checked, *, may_regrade: bool
) -> ItemPreviewPage:
    """Shows a question as learners see it, then its key, reasons and problems."""
    order = [option.id for option in item.options]
    lesson = library.lessons.get(item.lesson)
    same_topic = [one.id for one in library.items_of_topic(item.topic)]
    place = same_topic.index(item.id) if item.id in same_topic else 0
    return ItemPreviewPage(
        id=item.id,
        topic=item.topic_title,
        back=Way(f"Questions on {item.topic_title}", url_for("studio.items", topic=item.topic)),
        question=shown_question(item, order),
        answers=answered_question(item, order, None),
        problems=checked.of_item(item.id),
        facts=_facts(library, item),
        competencies=competency_facts(library, item.competencies),
        sources=known_sources(library, item.refs),
        reviewed=item.reviewed,
        lesson=lesson_way(lesson) if lesson else None,
        previous=_item_way(same_topic[place - 1]) if place else None,
        following=_item_way(same_topic[place + 1]) if place + 1 < len(same_topic) else None,
        regrade_url=url_for("studio.regrade", item_id=item.id) if may_regrade else "",
    )


def _narrowings(library: Library, asked: Mapping[str, str]) -> tuple[Narrowing, ...]:
    topics = [(topic.id, topic.title) for topic in library.topics.values()]
    return (
        narrowing("topic", "Topic", topics, asked=asked),
        narrowing("level", "Level", _told(LEVELS), asked=asked),
        narrowing("status", "Status", _told(STATUSES), asked=asked),
        narrowing("pool", "Pool", _told(POOLS), asked=asked),
    )


def _told(values: Sequence[str]) -> list[tuple[str, str]]:
    return [(value, LEVEL_WORDS.get(value, value)) for value in values]


def _fits(item: Item, narrowings: Sequence[Narrowing]) -> bool:
    return all(one.chosen in ("", getattr(item, one.name)) for one in narrowings)


def _row(item: Item, checked: Checked) -> Row:
    stem = shorten(plain_text(item.stem), LONGEST_STEM, placeholder=" …")
    return (
        Cell(stem, detail=item.id, url=url_for("studio.item", item_id=item.id)),
        LEVEL_WORDS.get(item.level, item.level),
        f"{item.difficulty} of 5",
        _key_position(item),
        Cell(item.status, detail=item.pool),
        problem_cell(checked.of_item(item.id)),
    )


def _facts(library: Library, item: Item) -> tuple[tuple[str, str], ...]:
    domain = library.domains.get(item.domain)
    return (
        ("File", f"{item.path}:{item.line}"),
        ("Version", item.version),
        ("Status", f"{item.status}, {item.pool}"),
        ("Level", LEVEL_WORDS.get(item.level, item.level)),
        ("Difficulty", f"{item.difficulty} of 5, as the author guesses"),
        ("Exam domain", f"{item.domain}, {domain.title}" if domain else item.domain),
    )


def _key_position(item: Item) -> str:
    places = [place for place, option in enumerate(item.options) if option.id in item.key]
    return ", ".join("ABCDEFGHI"[place] for place in places)


def _keys_told(items: Sequence[Item]) -> str:
    """How the keys are spread, for example “A 12, B 14”."""
    counts = Counter(_key_position(item) for item in items)
    return ", ".join(f"{letter} {count}" for letter, count in sorted(counts.items()))


def _page_number(asked: Mapping[str, str], found: int) -> int:
    text = asked.get("page", "")
    last = max(1, -(-found // A_PAGE))
    return min(max(int(text), 1), last) if text.isdecimal() and len(text) < 6 else 1


def _page_way(first: int, found: int, chosen: Mapping[str, str]) -> Way | None:
    if not 0 <= first < found:
        return None
    count = min(A_PAGE, found - first)
    values: dict[str, Any] = {**chosen, "page": first // A_PAGE + 1}
    url = url_for("studio.items", **values)
    return Way(f"{say_count(count, 'question')} from {first + 1}", url)


def _item_way(item_id: str) -> Way:
    return Way(item_id, url_for("studio.item", item_id=item_id))
