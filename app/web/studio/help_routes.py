"""Routes of the help pages: every code a problem can carry."""

from __future__ import annotations

from werkzeug.wrappers import Response

from app.domain.errors import NotFound
from app.library.problem_help import code_help, families
from app.web.shared.render import render_page
from app.web.studio.door import bp
from app.web.studio.help_pages import codes_page, problem_page


@bp.get("/problems")
def problems() -> Response:
    return render_page("studio/problems.html", codes_page(families()))


@bp.get("/problems/<code>")
def problem(code: str) -> Response:
    if code not in code_help():
        raise NotFound(
            "code-not-found", "No problem has this code.", "Choose one from the list of codes."
        )
    return render_page("studio/problem.html", problem_page(families(), code))
