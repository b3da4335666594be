"""What the pages of a running exam send. Shape only; the rules judge it."""

from __future__ import annotations

from dataclasses import replace

from werkzeug.datastructures import MultiDict

from app.domain.attempt import Response
from app.domain.slot_marks import LONGEST_NOTE, Confidence, SlotMarks
from app.services.mock_exam import SlotSave
from app.web.shared.questions import read_answer


def read_slot(form: MultiDict[str, str], *, position: int, current: Response | None) -> SlotSave:
    """Reads one save. What says the same as the answer that is kept is no new answer.

    A form that was sent without any choice keeps marks only: only the button that takes an
    answer back can empty it, so that a stale blank page never does.
    """
    given = read_answer(form.to_dict(flat=False), position=position)
    takes_back = form.get("take_back") == "yes"
    if takes_back:
        given = replace(given, chosen=(), takes_back=True)
    given = replace(given, after_key=form.get("after_key", "")[:64])
    kept = current.chosen if current is not None else ()
    says_nothing_new = given.chosen == kept or (not given.chosen and not takes_back)
    return SlotSave(
        position=position,
        answer=None if says_nothing_new else given,
        marks=read_marks(form, position=position),
        marks_seen=form.get("marks_seen", "")[:100],
    )


def read_marks(form: MultiDict[str, str], *, position: int) -> SlotMarks:
    """Reads what a person noted beside an answer. A note that is too long is refused later."""
    confidence = form.get("confidence", "")
    return SlotMarks(
        position=position,
        is_flagged=form.get("flag") == "yes",
        struck=tuple(option[:40] for option in form.getlist("struck")[:10]),
        confidence=Confidence(confidence) if confidence in set(Confidence) else Confidence.UNSAID,
        note=form.get("note", "")[: 5 * LONGEST_NOTE],
    )
