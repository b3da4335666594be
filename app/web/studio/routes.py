"""Routes of the studio that look at what serves."""

from __future__ import annotations

from flask import request
from werkzeug.wrappers import Response

from app.domain.errors import NotFound
from app.domain.person import Role
from app.web.shared.content_keeper import current_library
from app.web.shared.figures import send_figure
from app.web.shared.render import render_page
from app.web.shared.request_store import open_store, signed_in
from app.web.studio.cases import case_preview_page, cases_page
from app.web.studio.checked import checked
from app.web.studio.door import bp
from app.web.studio.health import health_page
from app.web.studio.items import item_preview_page, items_page
from app.web.studio.lessons import lesson_preview_page, lessons_page


@bp.get("/")
def health() -> Response:
    library = current_library()
    return render_page("studio/health.html", health_page(library, checked(library), request.args))


@bp.get("/lessons")
def lessons() -> Response:
    library = current_library()
    return render_page("studio/lessons.html", lessons_page(library, checked(library)))


@bp.get("/lessons/<area>/<slug>")
def lesson(area: str, slug: str) -> Response:
    library = current_library()
    shown = library.lessons.get(f"{area}/{slug}")
    if shown is None:
        raise NotFound(
            "lesson-not-found", "There is no such lesson.", "Choose one from the list of lessons."
        )
    page = lesson_preview_page(library, shown, checked(library))
    return render_page("studio/lesson.html", page)


@bp.get("/figures/<area>/<name>")
def figure(area: str, name: str) -> Response:
    return send_figure(current_library(), area, name)


@bp.get("/questions")
def items() -> Response:
    library = current_library()
    return render_page("studio/items.html", items_page(library, checked(library), request.args))


@bp.get("/questions/<item_id>")
def item(item_id: str) -> Response:
    library = current_library()
    shown = library.items.get(item_id)
    if shown is None:
        raise NotFound(
            "item-not-found", "There is no such question.", "Choose one from the question bank."
        )
    may_regrade = signed_in().holds(Role.TRAINER)
    page = item_preview_page(library, shown, checked(library), may_regrade=may_regrade)
    return render_page("studio/item.html", page)


@bp.get("/cases")
def cases() -> Response:
    library = current_library()
    page = cases_page(library, checked(library), open_store(), signed_in())
    return render_page("studio/cases.html", page)


@bp.get("/cases/<scenario_id>")
def case(scenario_id: str) -> Response:
    library = current_library()
    shown = library.scenarios.get(scenario_id)
    if shown is None:
        raise NotFound(
            "case-not-found", "There is no such case.", "Choose one from the list of cases."
        )
    page = case_preview_page(library, shown, checked(library), open_store())
    return render_page("studio/case.html", page)
