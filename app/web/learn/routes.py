"""Routes of reading: today, lessons, checks, search, glossary, progress."""

from __future__ import annotations

import secrets
from random import Random

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from app.domain.assignment import AssignmentKind
from app.domain.errors import Conflict, InvalidInput, NotFound
from app.domain.lesson import Lesson
from app.domain.person import Viewer
from app.library.library import Library
from app.services import exam, news, reading
from app.storage.store import Store
from app.web.learn import finding, lesson_view
from app.web.learn.asked_view import asked_page
from app.web.learn.door import bp
from app.web.learn.lessons import glossary_page, lessons_page
from app.web.learn.pages import MarkFragment, SearchPage
from app.web.learn.progress import progress_page
from app.web.learn.today import today_page
from app.web.shared.asked import asked_notes
from app.web.shared.clock import now
from app.web.shared.content_keeper import current_library
from app.web.shared.figures import send_figure
from app.web.shared.notices import redirect_with
from app.web.shared.questions import read_answer
from app.web.shared.render import is_fragment, render_page
from app.web.shared.request_store import open_store, signed_in
from app.web.shared.site_days import site_today


@bp.get("/")
def today() -> Response:
    page = today_page(open_store(), current_library(), signed_in(), today=site_today())
    return render_page("learn/today.html", page)


@bp.get("/asked")
def asked() -> Response:
    page = asked_page(open_store(), current_library(), signed_in(), today=site_today())
    return render_page("learn/asked.html", page)


@bp.post("/news/dismiss")
def dismiss_news() -> Response:
    seen = request.form.getlist("news")
    news.dismiss_news(open_store(), signed_in(), news_ids=seen, now=now())
    return redirect(url_for("learn.today"), code=303)


@bp.get("/lessons")
def lessons() -> Response:
    page = lessons_page(open_store(), current_library(), signed_in())
    return render_page("learn/lessons.html", page)


@bp.get("/lessons/<area>/<slug>")
def lesson(area: str, slug: str) -> Response:
    library, store, viewer = current_library(), open_store(), signed_in()
    shown = _lesson(library, area, slug)
    page = lesson_view.lesson_page(
        library,
        shown,
        read=store.reading.sections_read(viewer.id, shown.id),
        checks=_check_state(store, viewer, shown),
        asked=asked_notes(
            store,
            library,
            viewer,
            kind=AssignmentKind.LESSON,
            target_id=shown.id,
            today=site_today(),
        ),
    )
    return render_page("learn/lesson.html", page)


@bp.post("/lessons/<area>/<slug>/sections/<section_id>")
def mark_section(area: str, slug: str, section_id: str) -> Response:
    shown, store, viewer = _lesson(current_library(), area, slug), open_store(), signed_in()
    is_read = request.form.get("is_read") == "yes"
    if is_read:
        reading.mark_section(store, viewer, lesson=shown, section_id=section_id, now=now())
    else:
        reading.unmark_section(store, viewer, lesson=shown, section_id=section_id)
    if is_fragment():
        return _mark_fragment(store, viewer, shown, section_id)
    url = url_for("learn.lesson", area=area, slug=slug, _anchor=f"mark-{section_id}")
    return redirect_with(url, "read" if is_read else "unread")


@bp.post("/lessons/<area>/<slug>/checks/<item_id>")
def answer_check(area: str, slug: str, item_id: str) -> Response:
    library, store, viewer = current_library(), open_store(), signed_in()
    shown = _lesson(library, area, slug)
    fault = ""
    try:
        exam.answer_check(
            store,
            viewer,
            exam.LessonChecks(shown, library.checks_of(shown.id)),
            item_id=item_id,
            answer=read_answer(request.form.to_dict(flat=False), position=0),
            now=now(),
            random=Random(secrets.randbits(64)),
        )
    except (InvalidInput, Conflict) as refused:
        fault = refused.user_message
    if is_fragment():
        checks = _check_state(store, viewer, shown)
        item = library.items[item_id]
        check = lesson_view.check_on_screen(shown, item, checks, fault)
        return render_page("learn/check_fragment.html", check)
    anchor = f"check-{item_id}"
    return redirect(url_for("learn.lesson", area=area, slug=slug, _anchor=anchor), code=303)


@bp.post("/lessons/<area>/<slug>/checks")
def ask_again(area: str, slug: str) -> Response:
    shown = _lesson(current_library(), area, slug)
    exam.ask_checks_again(open_store(), signed_in(), lesson=shown, now=now())
    return redirect_with(url_for("learn.lesson", area=area, slug=slug), "asked-again")


@bp.get("/figures/<area>/<name>")
def figure(area: str, name: str) -> Response:
    return send_figure(current_library(), area, name)


@bp.get("/search")
def search() -> Response:
    words = request.args.get("q", "").strip()
    page = SearchPage(
        words=words[: finding.LONGEST_QUERY],
        results=finding.find_in_lessons(current_library(), words),
        search_url=url_for("learn.search"),
    )
    return render_page("learn/search.html", page)


@bp.get("/glossary")
def glossary() -> Response:
    return render_page("learn/glossary.html", glossary_page(current_library()))


@bp.get("/progress")
def progress() -> Response:
    page = progress_page(open_store(), current_library(), signed_in())
    return render_page("learn/progress.html", page)


def _lesson(library: Library, area: str, slug: str) -> Lesson:
    found = library.lessons.get(f"{area}/{slug}")
    if found is None:
        raise NotFound(
            "lesson-not-found", "There is no such lesson.", "Choose one from the list of lessons."
        )
    return found


def _check_state(store: Store, viewer: Viewer, shown: Lesson) -> lesson_view.CheckState:
    attempt = exam.current_check(store, viewer, shown)
    if attempt is None:
        return lesson_view.CheckState(None, {}, {})
    return lesson_view.CheckState(
        attempt,
        store.attempts.current_responses(attempt.id),
        store.attempts.frozen((slot.item_id, slot.item_version) for slot in attempt.slots),
    )


def _mark_fragment(store: Store, viewer: Viewer, shown: Lesson, section_id: str) -> Response:
    read = store.reading.sections_read(viewer.id, shown.id)
    section = shown.section(section_id)
    fragment = MarkFragment(
        url=request.path,
        section_id=section_id,
        title=(section.title if section else "") or "Opening",
        is_read=section_id in read,
        contents=lesson_view.contents(shown, read),
        sections_read=sum(one.id in read for one in shown.sections),
        sections_total=len(shown.sections),
    )
    return render_page("learn/mark_fragment.html", fragment)
