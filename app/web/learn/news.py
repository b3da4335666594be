"""Puts a person's unseen news on screen: one way of telling for each kind."""

from __future__ import annotations

from collections.abc import Callable

from flask import url_for

from app.domain.person import Viewer
from app.storage.news import News
from app.storage.store import Store
from app.web.learn.pages import NewsLine
from app.web.shared.filters import say_short_day
from app.web.shared.part_data import Way
from app.web.shared.site_days import site_day

MOST = 50  # pieces of news at once; the next ones come when these are seen


def news_lines(store: Store, viewer: Viewer) -> tuple[NewsLine, ...]:
    """What a person has not seen yet, newest first; each exam is told once, as it stands now."""
    told: dict[str, list[News]] = {}
    for one in store.news.unseen(viewer.id, limit=MOST):
        if one.kind in KINDS:
            told.setdefault(_subject(one), []).append(one)
    return tuple(_line(some) for some in told.values())


def _subject(one: News) -> str:
    return f"{one.kind} {one.about['attempt']}" if one.kind == "regrade" else one.id


def _line(some: list[News]) -> NewsLine:
    text, way = KINDS[some[0].kind](some)
    return NewsLine(text, way, tuple(one.id for one in some))


def _regraded(some: list[News]) -> tuple[str, Way]:
    """Tells a changed result. Shape: `some` newest first, all of one exam."""
    newest, oldest = some[0].about, some[-1].about
    why = "a question was regraded" if newest["cause"] == "regrade" else "a regrade was taken back"
    before, after = oldest["before"], newest["after"]
    score = f"was {before} and is now {after}" if before != after else f"is still {after}"
    day = say_short_day(site_day(some[0].made_at))
    text = f"{newest['title']}: {why} on {day}. Your score {score}."
    return text, Way("Open the result", url_for("exam.result", attempt_id=newest["attempt"]))


def _reported(some: list[News]) -> tuple[str, Way]:
    """Tells what came of a report."""
    about = some[0].about
    outcome = OUTCOMES.get(about["state"], "has an answer")
    text = f"Your report on “{about['title']}” {outcome}."
    return text, Way("Read the answer", url_for("exam.reports"))


def _reminded(some: list[News]) -> tuple[str, Way]:
    """Tells that a supervisor asks again."""
    by, day = some[0].about["by"], say_short_day(site_day(some[0].made_at))
    text = f"{by} reminds you of something asked of you ({day})."
    return text, Way("See what is asked of you", url_for("learn.asked"))


OUTCOMES = {"mended": "led to a mended question", "kept": "was looked at; the question stays"}
# Kind: how it is told, from its pieces, newest first.
KINDS: dict[str, Callable[[list[News]], tuple[str, Way]]] = {
    "regrade": _regraded,
    "report": _reported,
    "reminder": _reminded,
}
