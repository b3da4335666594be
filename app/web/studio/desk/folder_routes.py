"""Routes of a case whose folder changed: both texts side by side, and the two ways on."""

from __future__ import annotations

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from app.domain.errors import Conflict, InvalidInput, NotFound
from app.domain.line_diff import files_diff
from app.services import case_drafts
from app.services.case_drafts import CaseSource
from app.services.case_folders import keep_studio_text
from app.web.shared.clock import now
from app.web.shared.content_keeper import current_library
from app.web.shared.notices import redirect_with
from app.web.shared.part_data import Way
from app.web.shared.render import render_page
from app.web.shared.request_store import open_store, signed_in
from app.web.studio.desk.places import place_url
from app.web.studio.desk.publish_pages import FolderPage
from app.web.studio.desk.serving import folder_files, keeper, served_files, serving_case
from app.web.studio.door import bp


@bp.get("/cases/<scenario_id>/folder")
def folder_text(scenario_id: str) -> Response:
    return _page(scenario_id)


@bp.post("/cases/<scenario_id>/folder")
def choose_text(scenario_id: str) -> Response:
    """Takes the folder's text into a draft, or keeps the studio's."""
    serving = serving_case(current_library(), scenario_id)
    try:
        if request.form.get("seen", "") != serving.disk_revision or not serving.disk_revision:
            raise Conflict(
                "folder-moved-on",
                "The folder was changed once more while you compared the two texts.",
                "Compare them as they are now, then decide again.",
            )
        if request.form.get("do") == "keep":
            keep_studio_text(
                open_store(),
                signed_in(),
                scenario_id,
                disk_revision=serving.disk_revision,
                now=now(),
            )
            keeper().look_now()
            return redirect_with(
                url_for("studio.case", scenario_id=scenario_id), "studio-text-kept"
            )
        return _take(scenario_id, serving.revision)
    except (Conflict, InvalidInput) as refused:
        return _page(scenario_id, refused)


def _take(case_id: str, revision: str) -> Response:
    store = open_store()
    if store.case_drafts.open_of(case_id) is not None:
        raise Conflict(
            "draft-there",
            "There is an open draft of this case already.",
            "Publish it or give it up, then take the folder's text.",
        )
    source = CaseSource(case_id, folder_files(case_id), revision)
    draft = case_drafts.open_draft(store, signed_in(), source, now=now())
    return redirect(url_for("studio.publish_draft", draft_id=draft.id), code=303)


def _page(case_id: str, refused: Conflict | InvalidInput | None = None) -> Response:
    library = current_library()
    serving, known = serving_case(library, case_id), open_store().case_drafts.open_of(case_id)
    if serving.scenario is None or not serving.disk_revision:
        raise NotFound(
            "folder-not-found",
            "There is no folder of such a case that can be read.",
            "Content health tells of every file that cannot.",
        )
    page = FolderPage(
        title=serving.scenario.title,
        back=Way(serving.scenario.title, url_for("studio.case", scenario_id=case_id)),
        diffs=files_diff(served_files(library, case_id), folder_files(case_id)),
        fault=f"{refused.user_message} {refused.advice}" if refused else "",
        seen=serving.disk_revision,
        action_url=url_for("studio.choose_text", scenario_id=case_id),
        export_url=url_for("studio.export_case", scenario_id=case_id),
        taken=Way("Open the draft", place_url(known.id)) if known else None,
    )
    status = 200 if refused is None else 409 if isinstance(refused, Conflict) else 422
    return render_page("studio/folder.html", page, status)
