"""Routes of reports about questions: sending one, and one's own list."""

from __future__ import annotations

from flask import url_for
from werkzeug.wrappers import Response

from app.domain.errors import InvalidInput
from app.domain.item_report import ReportKind
from app.services import item_reports
from app.web.exam.door import bp
from app.web.exam.inputs import ItemReportInput
from app.web.exam.item_report_view import my_reports_page, report_item_page
from app.web.shared.clock import now
from app.web.shared.faults import put_fault
from app.web.shared.notices import redirect_with
from app.web.shared.render import render_page
from app.web.shared.request_store import open_store, signed_in


@bp.get("/reports")
def reports() -> Response:
    return render_page("exam/my_reports.html", my_reports_page(open_store(), signed_in().id))


@bp.get("/attempts/<attempt_id>/items/<int:position>/report")
def report_item(attempt_id: str, position: int) -> Response:
    return _page(attempt_id, position, ItemReportInput(formdata=None))


@bp.post("/attempts/<attempt_id>/items/<int:position>/report")
def send_report(attempt_id: str, position: int) -> Response:
    form = ItemReportInput()
    if not form.validate():
        return _page(attempt_id, position, form, 422)
    kind, words = ReportKind(form.kind.data), form.words.data or ""
    wish = item_reports.ReportWish(attempt_id, position, kind, words)
    try:
        sent = item_reports.send_report(open_store(), signed_in(), wish, now=now())
    except InvalidInput as error:
        put_fault(form, error, {"": "words"})
        return _page(attempt_id, position, form, 422)
    url = url_for("exam.report_item", attempt_id=attempt_id, position=position)
    return redirect_with(url, "reported" if sent.is_new else "already-reported")


def _page(attempt_id: str, position: int, form: ItemReportInput, status: int = 200) -> Response:
    place = item_reports.find_place(
        open_store(), signed_in(), attempt_id=attempt_id, position=position
    )
    return render_page("exam/report_item.html", report_item_page(place, form), status)
