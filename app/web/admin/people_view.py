"""Puts people, invitations, teams and the audit trail on screen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from flask import url_for

from app.domain.errors import NotFound
from app.domain.person import Role, Viewer
from app.services.account import no_open_invitation
from app.services.allowances import allowances_of
from app.storage.queries.admin_pages import (
    NEWEST,
    AuditLine,
    PersonLine,
    RoleLine,
    audit_lines,
    open_invitations,
    people_lines,
)
from app.storage.store import Store
from app.web.admin.inputs import CredentialInput, InviteInput, RoleInput, TeamInput
from app.web.admin.pages import (
    AuditPage,
    ErasureCard,
    InvitePage,
    PeoplePage,
    PersonPage,
    Row,
    WithdrawPage,
)
from app.web.admin.roles_view import give_teams, role_words, roles_card, suggestions
from app.web.shared.exam_time import ExamTimeCard, exam_time_card
from app.web.shared.faults import field_faults
from app.web.shared.filters import say_count, say_date, say_moment, say_short_day
from app.web.shared.inputs import ExamTimeInput, LeaveInput
from app.web.shared.leave import LeaveCard, leave_card
from app.web.shared.narrowing import narrowing
from app.web.shared.part_data import Cell, FieldFault, Way
from app.web.shared.site_days import site_day

ACTIONS = (
    "invited",
    "invitation withdrawn",
    "joined",
    "deactivated",
    "let in again",
    "role given",
    "role ended",
    "credential set",
    "changed password",
    "signed in",
    "signed out",
    "signed out elsewhere",
    "exam time set",
    "leave kept",
    "leave removed",
    "regrade signed",
    "regrade applied",
    "regrade undone",
    "undoing applied",
    "asked to be erased",
    "erasure taken back",
    "erased",
)
# What the server goes on with by itself, when whoever began it has long left the page.
BY_ITSELF = frozenset({"regrade applied", "undoing applied"})
# When somebody studies is their own: these entries keep their day and lose their hour.
DAY_ONLY = frozenset({"signed in", "signed out", "signed out elsewhere"})


@dataclass(frozen=True, slots=True)
class SentForms:
    """The form of a person's page that was sent and could not be kept. None: not that one."""

    exam_time: ExamTimeInput | None = None
    leave: LeaveInput | None = None
    role: RoleInput | None = None
    credential: CredentialInput | None = None

    def faults(self) -> tuple[FieldFault, ...]:
        """What to change in it."""
        sent = (self.exam_time, self.leave, self.role, self.credential)
        return tuple(fault for form in sent if form is not None for fault in field_faults(form))


def people_page(store: Store, team_form: TeamInput, *, now: datetime) -> PeoplePage:
    """Shows everyone of the organisation, who is invited, and the teams."""
    people = people_lines(store)
    leaving = {one.person_id for one in store.erasures.all_open()}
    return PeoplePage(
        active=sum(person.is_active for person in people),
        rows=tuple(_person_row(one, asks_to_go=one.id in leaving) for one in people),
        invitations=tuple(
            (
                Cell(one.full_name, detail=one.email),
                Cell(role_words(one.role, one.team), detail=one.credential),
                say_short_day(site_day(one.expires_at)),
                Cell("Withdraw", url=url_for("admin.ask_withdraw", invitation_id=one.id)),
            )
            for one in open_invitations(store, now=now)
        ),
        teams=tuple(_team_row(cohort.name, people) for cohort in store.cohorts.all()),
        team_form=team_form,
        faults=field_faults(team_form),
    )


def person_page(
    store: Store,
    viewer: Viewer,
    person_id: str,
    sent: SentForms | None = None,
    *,
    now: datetime,
) -> PersonPage:
    """Shows one person. Raises: NotFound if nobody of this organisation has the id."""
    sent = sent or SentForms()
    people = people_lines(store)
    person = next((one for one in people if one.id == person_id), None)
    if person is None:
        raise NotFound(
            "person-not-found", "There is no such person here.", "Choose one from the list."
        )
    return PersonPage(
        person=person,
        faults=sent.faults(),
        roles=roles_card(store, person, sent.role, sent.credential, known=suggestions(people)),
        is_self=person.id == viewer.id,
        back=_people_way(),
        audit_url=url_for("admin.audit_trail", person=person.id),
        looks_url=url_for("admin.looks", person_id=person.id),
        supervision_url=url_for("admin.supervision", person_id=person.id),
        exam_time=_exam_time(store, viewer, person, sent.exam_time),
        leave=_leave(store, person, sent.leave),
        erasure=_erasure(store, person_id, now=now),
    )


def _leave(store: Store, person: PersonLine, form: LeaveInput | None) -> LeaveCard | None:
    if Role.CANDIDATE not in {role.role for role in person.roles}:
        return None
    return leave_card(
        store.due_days.leaves([person.id]),
        action_url=url_for("admin.add_leave", person_id=person.id),
        remove_url=lambda leave_id: url_for(
            "admin.remove_person_leave", person_id=person.id, leave_id=leave_id
        ),
        form=form,
    )


def _erasure(store: Store, person_id: str, *, now: datetime) -> ErasureCard | None:
    asked = store.erasures.open_of(person_id)
    if asked is None:
        return None
    return ErasureCard(
        say_date(site_day(asked.asked_at)),
        say_date(asked.from_day),
        asked.may_be_done(site_day(now)),
    )


def _exam_time(
    store: Store, viewer: Viewer, person: PersonLine, form: ExamTimeInput | None
) -> ExamTimeCard | None:
    if Role.CANDIDATE not in {role.role for role in person.roles}:
        return None
    settings = allowances_of(store, viewer, person_id=person.id)
    return exam_time_card(settings, url_for("admin.set_exam_time", person_id=person.id), form)


def invite_form(store: Store) -> InviteInput:
    """Makes the form with the teams there are."""
    form = InviteInput()
    give_teams(store, form.cohort)
    return form


def invite_page(store: Store, form: InviteInput) -> InvitePage:
    """Shows the form that invites."""
    has_teams = len(list(form.cohort.iter_choices())) > 1  # the first choice is none
    known = suggestions(people_lines(store))
    return InvitePage(form, field_faults(form), has_teams, known, _people_way())


def withdraw_page(store: Store, invitation_id: str, *, now: datetime) -> WithdrawPage:
    """Asks before an invitation is withdrawn. Raises: NotFound unless it is open here."""
    for one in open_invitations(store, now=now):
        if one.id == invitation_id:
            return WithdrawPage(one.full_name, one.email, _people_way())
    raise no_open_invitation()


def audit_page(store: Store, asked: Mapping[str, str]) -> AuditPage:
    """Shows the newest entries about everyone, or about one person."""
    people = people_lines(store)
    who = narrowing(
        "person",
        "Person",
        [(person.id, person.full_name) for person in people],
        asked=asked,
        everything="Everyone",
    )
    what = narrowing("action", "What", [(one, one) for one in ACTIONS], asked=asked)
    lines = audit_lines(store, person_id=who.chosen or None, action=what.chosen or None)
    return AuditPage(
        narrowings=(who, what),
        about=next((one.full_name for one in people if one.id == who.chosen), ""),
        rows=tuple(_audit_row(line) for line in lines),
        is_cut=len(lines) == NEWEST,
    )


def _person_row(person: PersonLine, *, asks_to_go: bool) -> Row:
    url = url_for("admin.person", person_id=person.id)
    state = Cell("open", state="met") if person.is_active else Cell("closed", state="none")
    if asks_to_go:
        state = Cell("asks to be forgotten", state="ageing", url=url)
    roles = "; ".join(role_words(one.role, one.team) for one in person.roles) or "no role"
    return (
        Cell(person.full_name, detail=person.credential, url=url),
        person.email,
        roles,
        state,
    )


def _team_row(name: str, people: list[PersonLine]) -> Row:
    def holding(role: Role) -> list[str]:
        return [
            one.full_name for one in people if one.is_active and RoleLine(role, name) in one.roles
        ]

    candidates = say_count(len(holding(Role.CANDIDATE)), "person", "people")
    return (name, candidates, ", ".join(holding(Role.SUPERVISOR)) or "no supervisor yet")


def _audit_row(line: AuditLine) -> Row:
    at = say_short_day(site_day(line.at)) if line.action in DAY_ONLY else say_moment(line.at)
    about = "" if line.subject == line.actor else line.subject
    details = ", ".join(f"{name}: {value}" for name, value in line.details.items())
    nobody = "Waymark, by itself" if line.action in BY_ITSELF else "nobody signed in"
    return (at, line.actor or nobody, Cell(line.action, detail=details), about or "–")


def _people_way() -> Way:
    return Way("People", url_for("admin.people"))
