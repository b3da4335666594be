"""Routes of a running exam: a question, saving, the time, breaks, handing in.

Every step works by plain forms. A page that has its script saves through the same address and
asks for JSON; what it is told is what was committed.
"""

from __future__ import annotations

from flask import jsonify, redirect, request, url_for
from werkzeug.wrappers import Response

from app.domain.attempt import next_open_position
from app.domain.errors import Conflict, InvalidInput
from app.domain.slot_marks import SlotMarks, marks_stamp
from app.services import mock_exam
from app.services.mock_exam import Saved, Sitting, SlotSave
from app.web.exam import sitting_view
from app.web.exam.clock_pace import milliseconds_until_next
from app.web.exam.door import bp
from app.web.exam.mock_inputs import read_slot
from app.web.shared.clock import now
from app.web.shared.notices import redirect_with
from app.web.shared.render import render_page
from app.web.shared.request_store import open_store, signed_in


@bp.get("/sittings/<attempt_id>")
def sitting(attempt_id: str) -> Response:
    found = _sitting(attempt_id)
    if found is None:
        return _to_result(attempt_id)
    responses = open_store().attempts.current_responses(attempt_id)
    position = next_open_position(found.attempt, responses, after=0)
    return redirect(url_for("exam.slot", attempt_id=attempt_id, position=position), code=303)


@bp.get("/sittings/<attempt_id>/items/<int:position>")
def slot(attempt_id: str, position: int) -> Response:
    found = _sitting(attempt_id)
    return _to_result(attempt_id) if found is None else _slot_page(found, position)


@bp.post("/sittings/<attempt_id>/items/<int:position>")
def save_slot(attempt_id: str, position: int) -> Response:
    store, viewer = open_store(), signed_in()
    mock_exam.own_sitting(store, viewer, attempt_id, now=now())
    current = store.attempts.current_responses(attempt_id).get(position)
    save = read_slot(request.form, position=position, current=current)
    try:
        saved = mock_exam.save_slot(store, viewer, attempt_id=attempt_id, save=save, now=now())
    except (Conflict, InvalidInput) as refused:
        return _refused(attempt_id, save, refused)
    if _wants_json():
        return jsonify(_told(saved, save))
    if not saved.sitting.attempt.is_open:
        return _to_result(attempt_id)
    if request.form.get("go") == "break":
        return take_break(attempt_id)
    return redirect(_way_on(saved.sitting, position), code=303)


@bp.get("/sittings/<attempt_id>/clock")
def clock(attempt_id: str) -> Response:
    found = _sitting(attempt_id)
    if found is None:
        return jsonify(over=True, secondsLeft=0)
    return jsonify(
        over=False,
        secondsLeft=found.clock.seconds_left(now()),
        breakMinutes=sitting_view.minutes_of_break(found),
        askAgain=milliseconds_until_next(),
    )


@bp.post("/sittings/<attempt_id>/break")
def take_break(attempt_id: str) -> Response:
    mock_exam.take_break(open_store(), signed_in(), attempt_id=attempt_id, now=now())
    return redirect(url_for("exam.sitting", attempt_id=attempt_id), code=303)


@bp.post("/sittings/<attempt_id>/break/end")
def end_break(attempt_id: str) -> Response:
    mock_exam.end_break(open_store(), signed_in(), attempt_id=attempt_id, now=now())
    return redirect(url_for("exam.sitting", attempt_id=attempt_id), code=303)


@bp.get("/sittings/<attempt_id>/overview")
def overview(attempt_id: str) -> Response:
    found = _sitting(attempt_id)
    if found is None:
        return _to_result(attempt_id)
    store = open_store()
    stand = sitting_view.Stand(
        found,
        responses=store.attempts.current_responses(attempt_id),
        marks=store.sittings.marks(attempt_id),
        now=now(),
    )
    return render_page("exam/overview.html", sitting_view.overview_page(stand))


@bp.post("/sittings/<attempt_id>/hand-in")
def hand_in(attempt_id: str) -> Response:
    mock_exam.hand_in(open_store(), signed_in(), attempt_id=attempt_id, now=now())
    return _to_result(attempt_id)


def _sitting(attempt_id: str) -> Sitting | None:
    """The exam as it stands. None: it is over, and closed by now."""
    store, viewer = open_store(), signed_in()
    found = mock_exam.own_sitting(store, viewer, attempt_id, now=now())
    if found.attempt.is_open and found.clock.is_over(now()):
        mock_exam.close_overdue(store, now=now(), person_id=viewer.id)
        return None
    return found if found.attempt.is_open else None


def _slot_page(
    found: Sitting,
    position: int,
    *,
    fault: tuple[str, str] = ("", ""),
    refused: str = "",
    sent: SlotSave | None = None,
    status: int = 200,
) -> Response:
    store, attempt = open_store(), found.attempt
    if found.clock.on_break:
        return render_page("exam/break.html", sitting_view.break_page(found, fault=fault), status)
    asked = attempt.slot(position)
    key = (asked.item_id, asked.item_version)
    stand = sitting_view.Stand(
        found,
        responses=store.attempts.current_responses(attempt.id),
        marks=store.sittings.marks(attempt.id),
        now=now(),
    )
    page = sitting_view.slot_page(
        stand,
        position,
        item=store.attempts.frozen([key])[key],
        fault=fault,
        refused=refused,
        sent=sent,
    )
    return render_page("exam/sitting.html", page, status)


def _refused(attempt_id: str, save: SlotSave, refused: Conflict | InvalidInput) -> Response:
    """Shows what is kept beside what was sent; nothing is overwritten without being seen."""
    status = 409 if isinstance(refused, Conflict) else 422
    store = open_store()
    if _wants_json():
        kept = store.attempts.current_responses(attempt_id).get(save.position)
        told = {
            "saved": False,
            "message": f"{refused.user_message} {refused.advice}",
            "code": refused.code,
            "chosen": kept.chosen[0] if kept and kept.chosen else "",
            "revision": kept.revision if kept else 0,
        }
        response = jsonify(told)
        response.status_code = status
        return response
    found = _sitting(attempt_id)
    if found is None:
        return redirect_with(url_for("exam.result", attempt_id=attempt_id), "exam-was-over")
    return _slot_page(
        found,
        save.position,
        fault=(refused.user_message, refused.advice),
        refused=request.form.get("chosen", "")[:40],
        sent=save,
        status=status,
    )


def _told(saved: Saved, sent: SlotSave) -> dict[str, object]:
    response, found = saved.response, saved.sitting
    is_late = response is not None and response.is_late
    return {
        "saved": not is_late,
        "late": is_late,
        "over": not found.attempt.is_open,
        "chosen": response.chosen[0] if response and response.chosen else "",
        "revision": response.revision if response and not is_late else 0,
        "secondsLeft": found.clock.seconds_left(now()),
        **_told_marks(saved.marks, sent.marks),
    }


def _told_marks(kept: SlotMarks | None, sent: SlotMarks) -> dict[str, object]:
    """The stamp for the next save of this page, and the fields to show if they are not as sent."""
    if kept is None:
        return {}
    stamp = marks_stamp(kept)
    if stamp == marks_stamp(sent):
        return {"marksSeen": stamp}
    fields = [("flag", "yes")] if kept.is_flagged else []
    fields += [("struck", option) for option in kept.struck]
    fields += [("confidence", str(kept.confidence)), ("note", kept.note)]
    return {"marksSeen": stamp, "marks": fields}


def _way_on(found: Sitting, position: int) -> str:
    """Where the pressed button leads after the save."""
    attempt_id, go = found.attempt.id, request.form.get("go", "next")
    last = len(found.attempt.slots)
    if go == "overview" or (go == "next" and position >= last):
        return url_for("exam.overview", attempt_id=attempt_id)
    step = {"next": 1, "previous": -1}.get(go, 0)
    to = min(max(1, position + step), last)
    return url_for("exam.slot", attempt_id=attempt_id, position=to)


def _wants_json() -> bool:
    return request.accept_mimetypes.best == "application/json"


def _to_result(attempt_id: str) -> Response:
    return redirect(url_for("exam.result", attempt_id=attempt_id), code=303)
