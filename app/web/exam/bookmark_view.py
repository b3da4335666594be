"""Puts a person's bookmarks on screen: the question, how it went, never its key."""

from __future__ import annotations

from collections.abc import Mapping

from flask import url_for

from app.domain.attempt import Feedback
from app.domain.item import Item
from app.domain.practice import LastTime, PracticeWish, Seen
from app.domain.practice_preset import USUAL_LENGTH
from app.library.library import Library
from app.services.item_reports import item_title
from app.storage.queries.learn_pages import BookmarkLine, bookmark_lines, newest_wordings
from app.storage.store import Store
from app.web.exam.practice_pages import BookmarkOnScreen, BookmarksPage
from app.web.exam.practice_view import practice_url
from app.web.shared.filters import say_count, say_short_day
from app.web.shared.part_data import Cell, Way
from app.web.shared.site_days import site_day

A_PAGE = 50  # bookmarks
FROM_AN_EXAM = "from a mock exam, so practice does not ask it"
NO_LONGER_ASKED = "no longer asked"


def bookmarks_page(store: Store, library: Library, person_id: str, asked: str) -> BookmarksPage:
    """Lists bookmarks. Shape: `asked` is the number of a page as it stood in the address."""
    record = store.practice.record(person_id)
    total = len(record.bookmarked)
    number = _page_number(asked, total)
    lines = bookmark_lines(store, person_id, limit=A_PAGE, skip=(number - 1) * A_PAGE)
    wordings = _wordings(store, library, lines)
    pool = library.practice.items
    offered = sum(item.id in record.bookmarked for item in pool)
    return BookmarksPage(
        lead=_lead(total, offered),
        lines=tuple(
            _line(one, wordings[one.item_id], record.last)
            for one in lines
            if one.item_id in wordings
        ),
        practice_url=_builder_url(offered) if offered else "",
        practice_label="Practice this one" if offered == 1 else f"Practice these {offered}",
        number=number,
        previous=_page_way(number - 1, total),
        following=_page_way(number + 1, total),
        back=Way("Practice", url_for("exam.practice")),
    )


def _lead(total: int, offered: int) -> str:
    if total == 0:
        return "Questions you want to meet again."
    words = say_count(total, "question") + " you want to meet again"
    if offered == total:
        return f"{words}."
    if offered == 0:
        return f"{words}; practice asks none of them."
    return f"{words}; practice can ask {offered} of them."


def _builder_url(offered: int) -> str:
    length = min(offered, USUAL_LENGTH)
    wish = PracticeWish(frozenset(), length, Seen.BOOKMARKED, Feedback.TUTOR)
    return practice_url(wish) + "#fitting"


def _wordings(
    store: Store, library: Library, lines: list[BookmarkLine]
) -> Mapping[str, tuple[Item, str]]:
    """What to show for each bookmark, with why practice does not ask it, if it does not.

    Whoever bookmarked a question has met it, so there is a frozen wording when its file is gone.
    """
    gone = [one.item_id for one in lines if one.item_id not in library.items]
    frozen = store.attempts.frozen(newest_wordings(store, gone)) if gone else {}
    found = {item.id: (item, NO_LONGER_ASKED) for item in frozen.values()}
    for one in lines:
        item = library.items.get(one.item_id)
        if item is not None:
            found[item.id] = (item, _why_not(item))
    return found


def _why_not(item: Item) -> str:
    if not item.is_offered:
        return NO_LONGER_ASKED
    return "" if item.pool == "practice" else FROM_AN_EXAM


def _line(
    line: BookmarkLine, wording: tuple[Item, str], last: Mapping[str, LastTime]
) -> BookmarkOnScreen:
    item, why_not = wording
    parts = [item.topic_title, f"bookmarked {say_short_day(site_day(line.made_at))}"]
    return BookmarkOnScreen(
        item_id=item.id,
        title=item_title(item),
        detail=" · ".join([*parts, why_not] if why_not else parts),
        last=_last_cell(last.get(item.id)),
    )


def _last_cell(last: LastTime | None) -> Cell:
    if last is None:
        return Cell("not answered yet", state="open")
    if last.is_right:
        return Cell("right the last time", state="right")
    return Cell("not right the last time", state="wrong")


def _page_number(asked: str, total: int) -> int:
    last = max(1, -(-total // A_PAGE))
    return min(max(int(asked), 1), last) if asked.isdecimal() and len(asked) < 6 else 1


def _page_way(number: int, total: int) -> Way | None:
    first = (number - 1) * A_PAGE
    if not 0 <= first < total:
        return None
    return Way(
        f"{first + 1} to {min(first + A_PAGE, total)}", url_for("exam.bookmarks", page=number)
    )
