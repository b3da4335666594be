"""Routes of publishing a draft, giving it up, and taking a case out as files."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from flask import request, url_for
from werkzeug.wrappers import Response

from app.domain.errors import Conflict, InvalidInput, NotFound
from app.services import case_drafts, case_publishing
from app.services.case_publishing import PublishAsked
from app.web.shared.clock import now
from app.web.shared.content_keeper import current_library
from app.web.shared.notices import redirect_with
from app.web.shared.render import render_page
from app.web.shared.request_store import open_store, signed_in
from app.web.studio.desk.publish_view import PublishSeen, publish_page
from app.web.studio.desk.routes import laid_out_draft
from app.web.studio.desk.serving import keeper, served_files, serving_case
from app.web.studio.door import bp

A_LONG_TIME_AGO = (1980, 1, 1, 0, 0, 0)  # so that the same text gives the same file


@bp.get("/drafts/<draft_id>/publish")
def publish_draft(draft_id: str) -> Response:
    return _page(draft_id)


@bp.post("/drafts/<draft_id>/publish")
def publish_draft_now(draft_id: str) -> Response:
    desk = laid_out_draft(draft_id, plays_habits=True)
    store, case_id = open_store(), desk.draft.case_id
    try:
        asked = PublishAsked(
            desk.checked,
            serving_case(current_library(), case_id),
            change=_number(request.form.get("change", "")),
            note=request.form.get("note", ""),
            is_unread=request.form.get("unread", "") == "yes",
        )
        publication = case_publishing.publish(store, signed_in(), draft_id, asked, now=now())
    except (Conflict, InvalidInput) as refused:
        return _page(draft_id, refused)
    case_publishing.move_open_runs(store, publication, now=now())
    keeper().look_now()
    return redirect_with(url_for("studio.case", scenario_id=case_id), "case-published")


@bp.post("/drafts/<draft_id>/rebase")
def rebase_draft(draft_id: str) -> Response:
    """Goes on with a draft after its author has seen what serves now."""
    draft = case_drafts.own_draft(open_store(), draft_id)
    serving = serving_case(current_library(), draft.case_id)
    if request.form.get("serving", "") != serving.revision:
        raise Conflict(
            "case-published-meanwhile",
            "The case was published once more while you compared the two texts.",
            "Open the page again and compare them as they are now.",
        )
    case_drafts.rebase_draft(open_store(), draft_id, revision=serving.revision)
    return redirect_with(url_for("studio.publish_draft", draft_id=draft_id), "draft-rebased")


@bp.post("/drafts/<draft_id>/discard")
def discard_draft(draft_id: str) -> Response:
    change = _number(request.form.get("change", ""))
    case_drafts.discard_draft(open_store(), draft_id, seen_change=change, now=now())
    return redirect_with(url_for("studio.cases"), "draft-discarded")


@bp.get("/drafts/<draft_id>/export")
def export_draft(draft_id: str) -> Response:
    draft = case_drafts.own_draft(open_store(), draft_id)
    return _archive(draft.case_id, dict(draft.files))


@bp.get("/cases/<scenario_id>/export")
def export_case(scenario_id: str) -> Response:
    files = served_files(current_library(), scenario_id)
    if not files:
        raise NotFound("case-not-found", "There is no such case.", "Choose one from the list.")
    return _archive(scenario_id, files)


def _page(draft_id: str, refused: Conflict | InvalidInput | None = None) -> Response:
    desk = laid_out_draft(draft_id, plays_habits=True)
    library = current_library()
    serving = serving_case(library, desk.draft.case_id)
    outlook = case_publishing.publish_outlook(open_store(), desk.draft, desk.checked, serving)
    seen = PublishSeen(
        served=served_files(library, desk.draft.case_id),
        revision=serving.revision,
        note=request.form.get("note", ""),
        refused=refused,
    )
    page = publish_page(desk, outlook, signed_in(), seen)
    status = 200 if refused is None else 409 if isinstance(refused, Conflict) else 422
    return render_page("studio/publish.html", page, status)


def _archive(case_id: str, files: dict[str, str]) -> Response:
    """The folder of a case as a ZIP file, every text byte for byte."""
    body = BytesIO()
    with ZipFile(body, "w", ZIP_DEFLATED) as archive:
        for name in sorted(files):
            entry = ZipInfo(f"{case_id}/{name}", A_LONG_TIME_AGO)
            entry.compress_type = ZIP_DEFLATED
            archive.writestr(entry, files[name].encode())
    response = Response(body.getvalue(), content_type="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="{case_id}.zip"'
    return response


def _number(told: str) -> int:
    return int(told) if told.isdecimal() and len(told) < 10 else -1
