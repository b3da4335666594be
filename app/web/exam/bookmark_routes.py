"""Routes of bookmarks: all of one's own, making one, taking it away again."""

from __future__ import annotations

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from app.services import practice as kept
from app.web.exam.bookmark_view import bookmarks_page
from app.web.exam.door import bp
from app.web.shared.clock import now
from app.web.shared.content_keeper import current_library
from app.web.shared.notices import redirect_with
from app.web.shared.render import render_page
from app.web.shared.request_store import open_store, signed_in


@bp.get("/bookmarks")
def bookmarks() -> Response:
    page = bookmarks_page(
        open_store(), current_library(), signed_in().id, request.args.get("page", "")
    )
    return render_page("exam/bookmarks.html", page)


@bp.post("/bookmarks/remove")
def remove_bookmark() -> Response:
    item_id = request.form.get("item_id", "")[:120]
    kept.remove_bookmark(open_store(), signed_in(), item_id=item_id)
    url = url_for("exam.bookmarks", page=request.form.get("page", "")[:5] or None)
    return redirect_with(url, "bookmark-removed")


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
