"""Routes of reports about questions in the studio: the queue, one report, its outcome."""

from __future__ import annotations

from flask import request, url_for
from werkzeug.wrappers import Response

from app.domain.errors import Conflict, InvalidInput
from app.domain.item_report import ReportDecision, ReportState, only_trainers
from app.services import item_reports
from app.services.item_reports import ReportedAnswer
from app.web.shared.clock import now
from app.web.shared.content_keeper import current_library
from app.web.shared.faults import put_fault
from app.web.shared.notices import redirect_with
from app.web.shared.render import render_page
from app.web.shared.request_store import open_store, signed_in
from app.web.studio.door import bp
from app.web.studio.inputs import ReportDecisionInput
from app.web.studio.item_reports import (
    NO_FAULT,
    decision_form,
    offer_moves,
    report_page,
    reports_page,
)


@bp.get("/reports")
def reports() -> Response:
    return render_page("studio/reports.html", reports_page(open_store(), request.args))


@bp.get("/reports/<report_id>")
def report(report_id: str) -> Response:
    found = item_reports.find_report(open_store(), report_id)
    return _page(found, decision_form(signed_in(), found.report))


@bp.post("/reports/<report_id>")
def answer_report(report_id: str) -> Response:
    store, viewer = open_store(), signed_in()
    only_trainers(viewer)
    found = item_reports.find_report(store, report_id)
    form = ReportDecisionInput()
    offer_moves(form, viewer, found.report)
    if not form.validate():
        return _page(found, form, status=422)
    decision = ReportDecision(
        ReportState(form.state.data), form.answer.data or "", form.seen_stamp.data or ""
    )
    try:
        item_reports.answer_report(store, viewer, report_id=report_id, decision=decision, now=now())
    except InvalidInput as error:
        put_fault(form, error, {"": "answer"})
        return _page(found, form, status=422)
    except Conflict as error:
        return _moved_on(report_id, form, error)
    return redirect_with(url_for("studio.report", report_id=report_id), "report-saved")


def _moved_on(report_id: str, form: ReportDecisionInput, error: Conflict) -> Response:
    """Shows how the report stands now, with the answer that was written kept in its field."""
    found = item_reports.find_report(open_store(), report_id)
    fresh = decision_form(signed_in(), found.report)
    fresh.answer.data = form.answer.data
    return _page(found, fresh, fault=(error.user_message, error.advice), status=409)


def _page(
    found: ReportedAnswer,
    form: ReportDecisionInput,
    *,
    fault: tuple[str, str] = NO_FAULT,
    status: int = 200,
) -> Response:
    page = report_page(open_store(), current_library(), signed_in(), found, form=form, fault=fault)
    return render_page("studio/report.html", page, status)
