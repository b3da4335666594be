"""Routes of what is kept about oneself: who opened it, taking it along, being forgotten."""

from __future__ import annotations

from flask import url_for
from werkzeug.wrappers import Response

from app.services.record_looks import looks_at
from app.web.account.door import bp
from app.web.account.pages import MyDataPage
from app.web.shared.clock import now
from app.web.shared.looks_view import LOOK_HEADERS, look_rows
from app.web.shared.part_data import Way
from app.web.shared.render import render_page
from app.web.shared.request_store import open_store, signed_in


@bp.get("/my-data")
def my_data() -> Response:
    store, viewer, today = open_store(), signed_in(), now().date()
    looks = looks_at(store, viewer, person_id=viewer.id, today=today)
    page = MyDataPage(_back(), look_headers=LOOK_HEADERS, looks=look_rows(looks))
    return render_page("account/my_data.html", page)


def _back() -> Way:
    return Way("Your account", url_for("account.profile"))
