"""Routes of regrading: the decision, its preview, signing, the ledger, undoing."""

from __future__ import annotations

from flask import request, url_for
from werkzeug.wrappers import Response

from app.domain.errors import InvalidInput, NotFound
from app.domain.item import Item
from app.services import regrade as regrading
from app.web.shared.clock import now
from app.web.shared.content_keeper import current_library
from app.web.shared.faults import put_fault
from app.web.shared.notices import redirect_with
from app.web.shared.render import render_page
from app.web.shared.request_store import open_store, signed_in
from app.web.studio.door import bp
from app.web.studio.inputs import RegradeInput
from app.web.studio.regrade_view import ledger_page, regrade_page, undo_page, wish_of

PLACES = {"reason": "reason", "options": "accepted", "one-key": "accepted", "": "policy"}


@bp.get("/questions/<item_id>/regrade")
def regrade(item_id: str) -> Response:
    wordings = _wordings(item_id)
    form = RegradeInput(formdata=None, version=request.args.get("version", ""))
    return _page(item_id, wordings, form)


@bp.post("/questions/<item_id>/regrade/preview")
def preview_regrade(item_id: str) -> Response:
    wordings, form = _wordings(item_id), RegradeInput()
    if form.validate():
        try:
            preview = regrading.preview_regrade(
                open_store(), signed_in(), wish_of(form, item_id), now=now()
            )
        except InvalidInput as error:
            put_fault(form, error, PLACES)
        else:
            return _page(item_id, wordings, form, preview=preview)
    return _page(item_id, wordings, form, 422)


@bp.post("/questions/<item_id>/regrade")
def sign_regrade(item_id: str) -> Response:
    wordings, form = _wordings(item_id), RegradeInput()
    if form.validate():
        try:
            regrading.sign_regrade(
                open_store(),
                signed_in(),
                wish_of(form, item_id),
                seen=form.seen.data or "",
                now=now(),
            )
        except InvalidInput as error:
            put_fault(form, error, PLACES)
        else:
            return redirect_with(url_for("studio.ledger"), "regrade-signed")
    return _page(item_id, wordings, form, 422)


@bp.get("/regrades")
def ledger() -> Response:
    return render_page(
        "studio/ledger.html", ledger_page(open_store(), current_library(), signed_in())
    )


@bp.get("/regrades/<regrade_id>/undo")
def ask_undo(regrade_id: str) -> Response:
    page = undo_page(*regrading.preview_undo(open_store(), signed_in(), regrade_id))
    return render_page("studio/undo_regrade.html", page)


@bp.post("/regrades/<regrade_id>/undo")
def undo_regrade(regrade_id: str) -> Response:
    regrading.undo_regrade(open_store(), signed_in(), regrade_id=regrade_id, now=now())
    return redirect_with(url_for("studio.ledger"), "regrade-undone")


@bp.post("/regrades/<regrade_id>/continue")
def continue_regrade(regrade_id: str) -> Response:
    regrading.carry_on(open_store(), signed_in(), regrade_id=regrade_id, now=now())
    return redirect_with(url_for("studio.ledger"), "regrade-continued")


def _wordings(item_id: str) -> list[Item]:
    """The wordings people met. Raises: NotFound for a question that neither they nor we know."""
    found = regrading.wordings_met(open_store(), signed_in(), item_id)
    if not found and item_id not in current_library().items:
        raise NotFound(
            "item-not-found", "There is no such question.", "Choose one from the question bank."
        )
    return found


def _page(
    item_id: str,
    wordings: list[Item],
    form: RegradeInput,
    status: int = 200,
    *,
    preview: regrading.Preview | None = None,
) -> Response:
    page = regrade_page(current_library(), item_id, wordings, form, preview)
    return render_page("studio/regrade.html", page, status)
