"""Route that bookmarks a question, and takes the bookmark away again."""

from __future__ import annotations

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from app.services import practice as kept
from app.web.exam.door import bp
from app.web.shared.clock import now
from app.web.shared.request_store import open_store, signed_in


@bp.post("/attempts/<attempt_id>/items/<int:position>/bookmark")
def bookmark(attempt_id: str, position: int) -> Response:
    is_wanted = request.form.get("want") != "off"
    kept.set_bookmark(
        open_store(),
        signed_in(),
        attempt_id=attempt_id,
        position=position,
        is_wanted=is_wanted,
        now=now(),
    )
    url = _way_back(request.form.get("back", ""), attempt_id, position)
    return redirect(f"{url}#bookmark-{position}", code=303)


def _way_back(page: str, attempt_id: str, position: int) -> str:
    """The page the button stood on: named by the form, never an address."""
    if page == "report":
        return url_for("exam.report", attempt_id=attempt_id)
    if page == "review":
        return url_for("exam.review", attempt_id=attempt_id, at=position)
    return url_for("exam.item", attempt_id=attempt_id, position=position)
