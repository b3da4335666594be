"""What the routes of both, staff and supervisors, do with a ledger."""

from __future__ import annotations

from datetime import date

from app.domain.errors import Conflict, InvalidInput
from app.domain.hours import HourEntry
from app.domain.supervision_ratio import PhaseStart
from app.services import hours
from app.services.hours import Correction
from app.services.supervisors import former_supervisors_of, supervisors_of
from app.web.shared.clock import now
from app.web.shared.content_keeper import current_library
from app.web.shared.faults import field_faults, put_fault
from app.web.shared.hours.forms import NO_PHASE, PLACES, meeting_form, practice_form
from app.web.shared.hours.inputs import MeetingInput, PhaseInput, PracticeInput
from app.web.shared.hours.pages import EntryPage
from app.web.shared.hours.view import what_words
from app.web.shared.part_data import Way
from app.web.shared.request_store import open_store, signed_in
from app.web.shared.site_days import site_today, site_zone


def ledger_of(person_id: str) -> hours.Ledger:
    """Whose ledger is written in, by the rules in force."""
    return hours.Ledger(person_id, current_library().boards, site_zone())


def form_for(
    person_id: str, *, is_meeting: bool, corrects: HourEntry | None = None
) -> PracticeInput | MeetingInput:
    """The form for a new line, or for the correction of one."""
    library, store, viewer = current_library(), open_store(), signed_in()
    if not is_meeting:
        return practice_form(library, today=site_today(), corrects=corrects)
    supervisors = {viewer.id: viewer.person.full_name}
    former: dict[str, str] = {}
    if viewer.id == person_id:
        supervisors = supervisors_of(store, person_id)
        former = former_supervisors_of(store, person_id)
    return meeting_form(
        library,
        today=site_today(),
        zone=site_zone(),
        supervisors=supervisors,
        former=former,
        corrects=corrects,
    )


def entry_page(
    form: PracticeInput | MeetingInput, back: Way, *, corrects: HourEntry | None = None
) -> EntryPage:
    """Shows the form."""
    is_meeting = isinstance(form, MeetingInput)
    if corrects is not None:
        title = "Correct a line"
    else:
        title = "Enter a supervision meeting" if is_meeting else "Enter practice hours"
    choices = form.supervisor.choices if isinstance(form, MeetingInput) else ("practice",)
    return EntryPage(
        title=title,
        back=back,
        form=form,
        is_meeting=is_meeting,
        has_supervisors=bool(set(choices or ()) - {""}),
        corrects="" if corrects is None else what_words(current_library(), corrects),
        faults=field_faults(form),
    )


def enter(
    person_id: str, form: PracticeInput | MeetingInput, *, corrects: HourEntry | None = None
) -> bool:
    """Enters what was filled in. Says whether it was kept; if not, the form says why."""
    if not form.validate():
        return False
    store, viewer, ledger = open_store(), signed_in(), ledger_of(person_id)
    correction = None if corrects is None else Correction(corrects.id, form.reason.data or "")
    try:
        if isinstance(form, MeetingInput):
            hours.enter_meeting(
                store, viewer, ledger, form.meeting(), now=now(), correction=correction
            )
        else:
            hours.enter_practice(
                store, viewer, ledger, form.practice(), now=now(), correction=correction
            )
    except (InvalidInput, Conflict) as error:
        known = {start: name for start, name in PLACES.items() if name in form}
        put_fault(form, error, known)
        return False
    return True


def begin_phase(person_id: str, form: PhaseInput) -> bool:
    """Keeps the first day of a phase. Says whether it was kept; if not, the form says why."""
    if not form.validate():
        return False
    phase = "" if form.phase.data == NO_PHASE else form.phase.data or "none chosen"
    start = PhaseStart(phase, form.begins_on.data or date.min)
    try:
        hours.start_phase(open_store(), signed_in(), ledger_of(person_id), start, now=now())
    except InvalidInput as error:
        put_fault(form, error, {"phase-day": "begins_on", "": "phase"})
        return False
    return True
