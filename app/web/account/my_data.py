"""Routes of what is kept about oneself: who opened it, taking it along, being forgotten."""

from __future__ import annotations

from flask import url_for
from werkzeug.wrappers import Response

from app.domain.person_data import WAITING, erased_titles, kept_reasons
from app.services.erasure import ask_to_be_erased, take_back_erasure
from app.services.my_data import copy_of_my_data
from app.services.record_looks import looks_at
from app.web.account.door import bp
from app.web.account.pages import MyDataPage
from app.web.shared.clock import now
from app.web.shared.filters import say_date
from app.web.shared.looks_view import LOOK_HEADERS, look_rows
from app.web.shared.notices import redirect_with
from app.web.shared.part_data import Way
from app.web.shared.render import render_page
from app.web.shared.request_store import open_store, signed_in
from app.web.shared.site_days import site_day, site_today


@bp.get("/my-data")
def my_data() -> Response:
    store, viewer, today = open_store(), signed_in(), site_today()
    looks = looks_at(store, viewer, person_id=viewer.id, today=today)
    asked = store.erasures.open_of(viewer.id)
    page = MyDataPage(
        back=Way("Your account", url_for("account.profile")),
        look_headers=LOOK_HEADERS,
        looks=look_rows(looks),
        erased=erased_titles(),
        kept=kept_reasons(),
        waiting_days=WAITING.days,
        asked_on=say_date(site_day(asked.asked_at)) if asked else "",
        from_day=say_date(asked.from_day) if asked else "",
    )
    return render_page("account/my_data.html", page)


@bp.get("/my-data/copy")
def my_copy() -> Response:
    return Response(
        copy_of_my_data(open_store(), signed_in()),
        content_type="application/zip",
        headers={
            "Content-Disposition": 'attachment; filename="waymark-my-data.zip"',
            "Cache-Control": "no-store",
        },
    )


@bp.post("/my-data/erasure")
def ask_erasure() -> Response:
    ask_to_be_erased(open_store(), signed_in(), now=now())
    return redirect_with(url_for("account.my_data"), "erasure-asked")


@bp.post("/my-data/erasure/take-back")
def keep_me() -> Response:
    take_back_erasure(open_store(), signed_in(), now=now())
    return redirect_with(url_for("account.my_data"), "erasure-taken-back")
