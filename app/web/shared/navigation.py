"""The menu: which places a person sees, and which one they are in."""

from __future__ import annotations

from dataclasses import dataclass

from flask import request, url_for

from app.domain.person import Role, Viewer


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """One place of the menu."""

    label: str
    url: str
    icon: str
    is_current: bool


# Role, label, endpoint, icon. An endpoint is current when the page is in the same part.
PLACES: tuple[tuple[Role, str, str, str], ...] = (
    (Role.CANDIDATE, "Today", "learn.today", "today"),
    (Role.CANDIDATE, "Lessons", "learn.lessons", "lessons"),
    (Role.CANDIDATE, "Practice", "exam.practice", "practice"),
    (Role.CANDIDATE, "Mock exams", "exam.mocks", "exams"),
    (Role.CANDIDATE, "Cases", "play.cases", "cases"),
    (Role.CANDIDATE, "My progress", "learn.progress", "progress"),
    (Role.CANDIDATE, "My hours", "hours.home", "hours"),
    (Role.CANDIDATE, "My credentials", "credentials.credentials", "audit"),
    (Role.CANDIDATE, "My supervision", "learn.my_supervision", "observations"),
    (Role.SUPERVISOR, "Team", "team.teams", "team"),
    (Role.SUPERVISOR, "My credentials", "credentials.credentials", "audit"),
    (Role.TRAINER, "Content health", "studio.health", "health"),
    (Role.TRAINER, "Lessons", "studio.lessons", "lessons"),
    (Role.TRAINER, "Questions", "studio.items", "practice"),
    (Role.TRAINER, "Cases", "studio.cases", "cases"),
    (Role.TRAINER, "Reports", "studio.reports", "notes"),
    (Role.ADMINISTRATOR, "People", "admin.people", "people"),
    (Role.ADMINISTRATOR, "Frameworks", "admin.frameworks", "notes"),
    (Role.ADMINISTRATOR, "Audit trail", "admin.audit_trail", "audit"),
    (Role.ADMINISTRATOR, "Content health", "studio.health", "health"),
)
# Pages that are reached from a place of the menu without being one.
INSIDE = {
    "learn.lesson": "learn.lessons",
    "learn.asked": "learn.today",
    "learn.search": "learn.lessons",
    "learn.glossary": "learn.lessons",
    "learn.my_observation": "learn.my_supervision",
    "learn.answer_feedback": "learn.my_supervision",
    "learn.my_sign_off": "learn.my_supervision",
    "learn.answer_sign_off": "learn.my_supervision",
    "learn.ask_for_observation": "learn.my_supervision",
    "learn.send_wish": "learn.my_supervision",
    "learn.self_rating": "learn.my_supervision",
    "learn.rate_oneself": "learn.my_supervision",
    "learn.reconcile_own": "learn.my_supervision",
    "learn.my_packets": "learn.my_supervision",
    "learn.my_packet": "learn.my_supervision",
    "exam.item": "exam.practice",
    "exam.report": "exam.practice",
    "exam.mock_brief": "exam.mocks",
    "exam.start_mock": "exam.mocks",
    "exam.result": "exam.mocks",
    "exam.review": "exam.mocks",
    "exam.bookmarks": "exam.practice",
    "exam.reports": "exam.practice",
    "exam.report_item": "exam.practice",
    "exam.send_report": "exam.practice",
    "play.brief": "play.cases",
    "play.debrief": "play.cases",
    "hours.phase": "hours.home",
    "hours.practice": "hours.home",
    "hours.enter_practice": "hours.home",
    "hours.meeting": "hours.home",
    "hours.enter_meeting": "hours.home",
    "hours.correct": "hours.home",
    "hours.enter_correction": "hours.home",
    "hours.lines": "hours.home",
    "hours.line": "hours.home",
    "hours.leave_out": "hours.home",
    "credentials.add": "credentials.credentials",
    "credentials.note_training": "credentials.credentials",
    "team.team": "team.teams",
    "team.gaps": "team.teams",
    "team.hours_of_team": "team.teams",
    "team.hours_home": "team.teams",
    "team.hours_phase": "team.teams",
    "team.hours_meeting": "team.teams",
    "team.hours_enter_meeting": "team.teams",
    "team.hours_lines": "team.teams",
    "team.hours_line": "team.teams",
    "team.member": "team.teams",
    "team.set_exam_time": "team.teams",
    "team.packets": "team.teams",
    "team.packet": "team.teams",
    "team.person_packets": "team.teams",
    "team.person_packet": "team.teams",
    "team.assignments": "team.teams",
    "team.assign": "team.teams",
    "team.ask_withdraw": "team.teams",
    "team.supervision": "team.teams",
    "team.answer_request": "team.teams",
    "team.reconcile": "team.teams",
    "team.add_private_note": "team.teams",
    "team.contract": "team.teams",
    "team.write_contract": "team.teams",
    "team.new_goal": "team.teams",
    "team.add_goal": "team.teams",
    "team.settle_goal": "team.teams",
    "team.observation": "team.teams",
    "team.save_observation": "team.teams",
    "team.signing": "team.teams",
    "team.sign_off": "team.teams",
    "team.signed_off": "team.teams",
    "team.say_beside_sign_off": "team.teams",
    "team.competencies": "team.teams",
    "team.competency_area": "team.teams",
    "team.person_competency": "team.teams",
    "team.asked_competencies": "team.teams",
    "team.ask_competencies": "team.teams",
    "learn.competencies": "learn.progress",
    "learn.competency_area": "learn.progress",
    "team.asked_person": "team.teams",
    "team.extend": "team.teams",
    "team.add_leave": "team.teams",
    "studio.lesson": "studio.lessons",
    "studio.item": "studio.items",
    "studio.regrade": "studio.items",
    "studio.preview_regrade": "studio.items",
    "studio.sign_regrade": "studio.items",
    "studio.ledger": "studio.items",
    "studio.ask_undo": "studio.items",
    "studio.case": "studio.cases",
    "studio.new_case": "studio.cases",
    "studio.make_case": "studio.cases",
    "studio.import_case": "studio.cases",
    "studio.publish_draft": "studio.cases",
    "studio.publish_draft_now": "studio.cases",
    "studio.folder_text": "studio.cases",
    "studio.choose_text": "studio.cases",
    "studio.paths": "studio.cases",
    "studio.problems": "studio.health",
    "studio.problem": "studio.health",
    "studio.report": "studio.reports",
    "studio.answer_report": "studio.reports",
    "admin.invite": "admin.people",
    "admin.send_invite": "admin.people",
    "admin.ask_withdraw": "admin.people",
    "admin.person": "admin.people",
    "admin.set_exam_time": "admin.people",
    "admin.add_leave": "admin.people",
    "admin.import_people": "admin.people",
    "admin.check_import": "admin.people",
    "admin.apply_import": "admin.people",
    "admin.looks": "admin.people",
    "admin.packets": "admin.people",
    "admin.packet": "admin.people",
    "admin.supervision": "admin.people",
    "admin.observation": "admin.people",
    "admin.signed_off": "admin.people",
    "admin.erase": "admin.people",
    "admin.add_team": "admin.people",
    "admin.bring_framework": "admin.frameworks",
}


def menu_for(viewer: Viewer) -> tuple[MenuEntry, ...]:
    """The places a person may go, in the order of their roles, each once."""
    here = INSIDE.get(request.endpoint or "", request.endpoint)
    entries: dict[str, MenuEntry] = {}
    for role, label, endpoint, icon in PLACES:
        if viewer.holds(role) and endpoint not in entries:
            entries[endpoint] = MenuEntry(label, url_for(endpoint), icon, endpoint == here)
    return tuple(entries.values())


def home_endpoint(viewer: Viewer) -> str:
    """The page a person starts on."""
    for role, endpoint in (
        (Role.CANDIDATE, "learn.today"),
        (Role.SUPERVISOR, "team.teams"),
        (Role.TRAINER, "studio.health"),
        (Role.ADMINISTRATOR, "admin.people"),
    ):
        if viewer.holds(role):
            return endpoint
    return "account.profile"
