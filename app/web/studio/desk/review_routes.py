"""Routes of the second reading: asking for it, reading, commenting, saying what one thinks."""

from __future__ import annotations

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from app.domain.errors import Conflict, InvalidInput, NotAllowed
from app.services import case_drafts, case_reviews
from app.services.case_reviews import GivenReview
from app.web.shared.clock import now
from app.web.shared.notices import redirect_with
from app.web.shared.render import is_fragment, render_page
from app.web.shared.request_store import open_store, signed_in
from app.web.studio.desk import places
from app.web.studio.desk.reading_view import reading_page
from app.web.studio.desk.routes import laid_out_draft, outline_asked
from app.web.studio.door import bp

GIVEN = {"fine": "review-kept", "changes": "changes-asked"}


@bp.get("/drafts/<draft_id>/read")
def read_draft(draft_id: str) -> Response:
    at, view = request.args.get("at", ""), request.args.get("view", "")
    desk = laid_out_draft(draft_id, is_reading=True)
    page = reading_page(desk, signed_in(), at, view, asked=outline_asked())
    template = "studio/desk_outline.html" if is_fragment() else "studio/reading.html"
    return render_page(template, page)


@bp.post("/drafts/<draft_id>/review")
def review_draft(draft_id: str) -> Response:
    """Takes one act of the review: asked, withdrawn, read, or changes asked."""
    store, form = open_store(), request.form
    case_drafts.own_draft(store, draft_id)
    what, note = form.get("do", ""), form.get("note", "")
    if what in GIVEN:
        change = form.get("change", "")
        seen = int(change) if change.isdecimal() and len(change) < 10 else -1
        given = GivenReview(seen, is_fine=what == "fine", note=note)
        try:
            case_reviews.give_review(store, signed_in(), draft_id, given, now=now())
        except (Conflict, InvalidInput, NotAllowed) as refused:
            return _refused(draft_id, refused, note)
        return redirect_with(url_for("studio.cases"), GIVEN[what])
    if what == "ask":
        case_reviews.ask_for_review(store, signed_in(), draft_id, note=note, now=now())
    elif what == "withdraw":
        case_reviews.withdraw_review(store, signed_in(), draft_id, now=now())
    else:
        raise InvalidInput("review-act", "This page asked for something a review does not know.")
    notice = "review-asked" if what == "ask" else "review-withdrawn"
    return redirect_with(url_for("studio.publish_draft", draft_id=draft_id), notice)


@bp.post("/drafts/<draft_id>/comments")
def comment_on_draft(draft_id: str) -> Response:
    at, words = request.args.get("at", ""), request.form.get("words", "")
    desk = laid_out_draft(draft_id, is_reading=True)
    place = places.find_place(desk.places, at, start=desk.start)
    try:
        case_reviews.add_comment(
            open_store(), signed_in(), draft_id, place=place.id, words=words, now=now()
        )
    except InvalidInput as refused:
        return _refused(draft_id, refused, words, at=place.id)
    return redirect(f"{desk.url(place.id)}#comments", code=303)


@bp.post("/drafts/<draft_id>/comments/<comment_id>")
def settle_comment(draft_id: str, comment_id: str) -> Response:
    is_settled = request.form.get("settled", "") == "yes"
    comment = case_reviews.settle_comment(
        open_store(), draft_id, comment_id, is_settled=is_settled, now=now()
    )
    is_reading = request.form.get("reading", "") == "yes"
    url = places.place_url(draft_id, comment.place, is_reading=is_reading)
    return redirect(f"{url}#comments", code=303)


def _refused(
    draft_id: str, refused: Conflict | InvalidInput | NotAllowed, words: str, *, at: str = ""
) -> Response:
    status = {Conflict: 409, InvalidInput: 422, NotAllowed: 403}[type(refused)]
    desk = laid_out_draft(draft_id, is_reading=True)
    told = f"{refused.user_message} {refused.advice}".strip()
    page = reading_page(desk, signed_in(), at, "", fault=told, words=words)
    return render_page("studio/reading.html", page, status)
