"""Routes of people's privacy: who opened whose record, and erasing who asked for it."""

from __future__ import annotations

from flask import url_for
from werkzeug.wrappers import Response

from app.services.erasure import erase_person
from app.services.record_looks import looks_at
from app.web.admin.door import bp
from app.web.admin.pages import LooksPage
from app.web.admin.people_view import person_page
from app.web.shared.clock import now
from app.web.shared.looks_view import LOOK_HEADERS, look_rows
from app.web.shared.notices import redirect_with
from app.web.shared.part_data import Way
from app.web.shared.render import render_page
from app.web.shared.request_store import open_store, signed_in
from app.web.shared.site_days import site_today


@bp.get("/people/<person_id>/looks")
def looks(person_id: str) -> Response:
    store, viewer = open_store(), signed_in()
    person = person_page(store, viewer, person_id, now=now()).person
    found = looks_at(store, viewer, person_id=person_id, today=site_today())
    page = LooksPage(
        full_name=person.full_name,
        back=Way(person.full_name, url_for("admin.person", person_id=person_id)),
        headers=LOOK_HEADERS,
        rows=look_rows(found),
    )
    return render_page("admin/looks.html", page)


@bp.post("/people/<person_id>/erasure")
def erase(person_id: str) -> Response:
    erase_person(open_store(), signed_in(), person_id=person_id, now=now())
    return redirect_with(url_for("admin.people"), "person-erased")
