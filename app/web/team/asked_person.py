"""Routes and page of one assignment of one person: remind now, give more time, keep leave."""

from __future__ import annotations

from flask import url_for
from werkzeug.wrappers import Response

from app.domain.due_day import AssignmentStanding, Extension, ExtensionReason
from app.domain.errors import Conflict, InvalidInput, NotFound
from app.services import cohort as teams
from app.storage.queries.team_pages import Member, open_team
from app.web.shared.asked import REASON_WORDS
from app.web.shared.clock import now
from app.web.shared.content_keeper import current_library
from app.web.shared.faults import field_faults, put_fault
from app.web.shared.filters import say_count, say_short_day
from app.web.shared.inputs import LeaveInput
from app.web.shared.notices import redirect_with
from app.web.shared.part_data import Way
from app.web.shared.render import render_page
from app.web.shared.request_store import open_store, signed_in
from app.web.shared.site_days import site_today
from app.web.team.board import Board, standing_cell, team_board
from app.web.team.door import bp
from app.web.team.inputs import ExtensionInput
from app.web.team.pages import AskedPersonPage
from app.web.team.routes import show_member

PERSON = "/<cohort_id>/assignments/<assignment_id>/people/<person_id>"


@bp.get(PERSON)
def asked_person(cohort_id: str, assignment_id: str, person_id: str) -> Response:
    return _page(cohort_id, assignment_id, person_id)


@bp.post(f"{PERSON}/remind")
def remind(cohort_id: str, assignment_id: str, person_id: str) -> Response:
    teams.remind(
        open_store(),
        signed_in(),
        cohort_id=cohort_id,
        assignment_id=assignment_id,
        person_id=person_id,
        now=now(),
    )
    return redirect_with(_url("team.asked_person", cohort_id, assignment_id, person_id), "reminded")


@bp.post(f"{PERSON}/extend")
def extend(cohort_id: str, assignment_id: str, person_id: str) -> Response:
    form, store, viewer = ExtensionInput(), open_store(), signed_in()
    open_team(store, viewer, cohort_id).member(person_id)
    if form.validate() and form.due_on.data is not None:
        wish = teams.MoreTime(
            assignment_id,
            person_id,
            form.due_on.data,
            ExtensionReason(form.reason.data),
            form.note.data or "",
        )
        try:
            teams.extend(store, viewer, cohort_id=cohort_id, wish=wish, now=now())
        except InvalidInput as error:
            put_fault(form, error, {"note": "note", "": "due_on"})
        else:
            url = _url("team.asked_person", cohort_id, assignment_id, person_id)
            return redirect_with(url, "extended")
    return _page(cohort_id, assignment_id, person_id, form)


@bp.post("/<cohort_id>/people/<person_id>/leave")
def add_leave(cohort_id: str, person_id: str) -> Response:
    form, store, viewer = LeaveInput(), open_store(), signed_in()
    open_team(store, viewer, cohort_id).member(person_id)
    if form.validate():
        try:
            teams.keep_leave(store, viewer, person_id=person_id, days=form.days(), now=now())
        except (InvalidInput, Conflict) as error:
            put_fault(form, error, {"": "last_day"})
        else:
            url = url_for("team.member", cohort_id=cohort_id, person_id=person_id)
            return redirect_with(url, "leave-kept")
    return show_member(cohort_id, person_id, leave=form)


@bp.post("/<cohort_id>/people/<person_id>/leave/<leave_id>/remove")
def remove_leave(cohort_id: str, person_id: str, leave_id: str) -> Response:
    store, viewer = open_store(), signed_in()
    open_team(store, viewer, cohort_id).member(person_id)
    teams.remove_leave(store, viewer, person_id=person_id, leave_id=leave_id, now=now())
    url = url_for("team.member", cohort_id=cohort_id, person_id=person_id)
    return redirect_with(url, "leave-removed")


def _page(
    cohort_id: str, assignment_id: str, person_id: str, form: ExtensionInput | None = None
) -> Response:
    store, viewer, today = open_store(), signed_in(), site_today()
    team = open_team(store, viewer, cohort_id)
    member = team.member(person_id)
    board = team_board(store, current_library(), team, today=today)
    standing = board.standings.get((person_id, assignment_id))
    if standing is None:
        raise NotFound("assignment-not-found", "There is no such assignment in this team.")
    nudged = store.due_days.nudges([person_id], since=today).get((person_id, assignment_id))
    shown = form or ExtensionInput(formdata=None)
    page = AskedPersonPage(
        title=standing.target.title,
        full_name=member.full_name,
        back=Way(
            member.full_name, url_for("team.member", cohort_id=cohort_id, person_id=person_id)
        ),
        facts=_facts(board, member, standing),
        history=tuple(
            _told(one)
            for one in store.due_days.extensions([assignment_id])
            if one.person_id == person_id
        ),
        form=None if standing.is_done else shown,
        faults=field_faults(shown) if form else (),
        extend_url=_url("team.extend", cohort_id, assignment_id, person_id),
        remind_url=_url("team.remind", cohort_id, assignment_id, person_id),
        reminded="Reminded by hand today." if nudged else "",
    )
    return render_page("team/asked_person.html", page, 422 if form else 200)


def _facts(
    board: Board, member: Member, standing: AssignmentStanding
) -> tuple[tuple[str, str], ...]:
    cell = standing_cell(standing)
    asker = board.askers.get(standing.assignment.id, "")
    facts = [
        ("State", f"{cell.text}{', ' + cell.detail if cell.detail else ''}"),
        ("Due", say_short_day(standing.due.on)),
        ("Asked", f"{say_short_day(standing.assignment.asked_on)} by {asker}"),
    ]
    if standing.due.leave_days:
        facts.append(("Moved", f"by {say_count(standing.due.leave_days, 'day')} of leave"))
    if board.is_away(member):
        facts.append(("Today", "on leave: no reminder is sent"))
    return tuple(facts)


def _told(extension: Extension) -> str:
    note = f": {extension.note}" if extension.note else ""
    return (
        f"{say_short_day(extension.given_on)}: until {say_short_day(extension.due_on)}, "
        f"{REASON_WORDS[extension.reason].lower()}{note}"
    )


def _url(endpoint: str, cohort_id: str, assignment_id: str, person_id: str) -> str:
    return url_for(endpoint, cohort_id=cohort_id, assignment_id=assignment_id, person_id=person_id)
