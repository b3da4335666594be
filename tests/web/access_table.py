"""Who may reach what: one row for every route. A route without a row fails the build.

Doors name the role a route is for. Things name what its ids stand for, and so whose it is:
a thing of somebody else and a thing that does not exist are both "not found".
"""

from __future__ import annotations

from dataclasses import dataclass

ANYONE, SIGNED_IN = "anyone", "signed in"
CANDIDATE, SUPERVISOR = "candidate", "supervisor"
TRAINER, ADMINISTRATOR = "trainer", "administrator"
STUDIO = "trainer or administrator"


@dataclass(frozen=True, slots=True)
class Policy:
    """One row. Shape: `thing` is empty when the route carries no id of a person's own."""

    door: str
    thing: str = ""


POLICY: dict[str, Policy] = {
    "site.welcome": Policy(ANYONE),
    "site.healthz": Policy(ANYONE),
    "site.about_content": Policy(ANYONE),
    "site.asset_file": Policy(ANYONE, "asset"),
    "site.parts": Policy(ANYONE),
    "account.sign_in": Policy(ANYONE),
    "account.send_sign_in": Policy(ANYONE),
    "account.set_up": Policy(ANYONE, "setup token"),
    "account.send_set_up": Policy(ANYONE, "setup token"),
    "account.invitation": Policy(ANYONE, "invitation"),
    "account.accept": Policy(ANYONE, "invitation"),
    "account.sign_out": Policy(SIGNED_IN),
    "account.profile": Policy(SIGNED_IN),
    "account.save_plan": Policy(SIGNED_IN),
    "account.change_password": Policy(SIGNED_IN),
    "account.end_others": Policy(SIGNED_IN),
    "account.end_browser": Policy(SIGNED_IN, "sign-in"),
    "learn.today": Policy(CANDIDATE),
    "learn.lessons": Policy(CANDIDATE),
    "learn.lesson": Policy(CANDIDATE, "lesson"),
    "learn.mark_section": Policy(CANDIDATE, "lesson"),
    "learn.answer_check": Policy(CANDIDATE, "lesson"),
    "learn.ask_again": Policy(CANDIDATE, "lesson"),
    "learn.figure": Policy(CANDIDATE, "lesson"),
    "learn.search": Policy(CANDIDATE),
    "learn.glossary": Policy(CANDIDATE),
    "learn.progress": Policy(CANDIDATE),
    "learn.dismiss_news": Policy(CANDIDATE),
    "exam.practice": Policy(CANDIDATE),
    "exam.start": Policy(CANDIDATE),
    "exam.start_missed": Policy(CANDIDATE),
    "exam.remove_preset": Policy(CANDIDATE, "preset"),
    "exam.bookmark": Policy(CANDIDATE, "attempt"),
    "exam.resume": Policy(CANDIDATE, "attempt"),
    "exam.item": Policy(CANDIDATE, "attempt"),
    "exam.answer_item": Policy(CANDIDATE, "attempt"),
    "exam.finish": Policy(CANDIDATE, "attempt"),
    "exam.report": Policy(CANDIDATE, "attempt"),
    "exam.mocks": Policy(CANDIDATE),
    "exam.mock_brief": Policy(CANDIDATE, "exam"),
    "exam.start_mock": Policy(CANDIDATE, "exam"),
    "exam.sitting": Policy(CANDIDATE, "sitting"),
    "exam.slot": Policy(CANDIDATE, "sitting"),
    "exam.save_slot": Policy(CANDIDATE, "sitting"),
    "exam.clock": Policy(CANDIDATE, "sitting"),
    "exam.take_break": Policy(CANDIDATE, "sitting"),
    "exam.end_break": Policy(CANDIDATE, "sitting"),
    "exam.overview": Policy(CANDIDATE, "sitting"),
    "exam.hand_in": Policy(CANDIDATE, "sitting"),
    "exam.result": Policy(CANDIDATE, "sitting"),
    "exam.review": Policy(CANDIDATE, "sitting"),
    "exam.reports": Policy(CANDIDATE),
    "exam.report_item": Policy(CANDIDATE, "attempt"),
    "exam.send_report": Policy(CANDIDATE, "attempt"),
    "play.cases": Policy(CANDIDATE),
    "play.brief": Policy(CANDIDATE, "case"),
    "play.start": Policy(CANDIDATE, "case"),
    "play.run": Policy(CANDIDATE, "run"),
    "play.take_step": Policy(CANDIDATE, "run"),
    "play.debrief": Policy(CANDIDATE, "run"),
    "studio.health": Policy(STUDIO),
    "studio.lessons": Policy(STUDIO),
    "studio.lesson": Policy(STUDIO, "lesson"),
    "studio.figure": Policy(STUDIO, "lesson"),
    "studio.items": Policy(STUDIO),
    "studio.item": Policy(STUDIO, "item"),
    "studio.regrade": Policy(TRAINER, "item"),
    "studio.preview_regrade": Policy(TRAINER, "item"),
    "studio.sign_regrade": Policy(TRAINER, "item"),
    "studio.ledger": Policy(STUDIO),
    "studio.ask_undo": Policy(TRAINER, "regrade"),
    "studio.undo_regrade": Policy(TRAINER, "regrade"),
    "studio.cases": Policy(STUDIO),
    "studio.problems": Policy(STUDIO),
    "studio.problem": Policy(STUDIO, "problem code"),
    "studio.case": Policy(STUDIO, "case"),
    "studio.reports": Policy(STUDIO),
    "studio.report": Policy(STUDIO, "item report"),
    "studio.answer_report": Policy(TRAINER, "item report"),
    "team.teams": Policy(SUPERVISOR),
    "team.team": Policy(SUPERVISOR, "team"),
    "team.member": Policy(SUPERVISOR, "member"),
    "team.set_exam_time": Policy(SUPERVISOR, "member"),
    "team.assignments": Policy(SUPERVISOR, "team"),
    "team.assign": Policy(SUPERVISOR, "team"),
    "team.ask_withdraw": Policy(SUPERVISOR, "assignment"),
    "team.withdraw": Policy(SUPERVISOR, "assignment"),
    "admin.people": Policy(ADMINISTRATOR),
    "admin.person": Policy(ADMINISTRATOR, "person"),
    "admin.set_exam_time": Policy(ADMINISTRATOR, "person"),
    "admin.close": Policy(ADMINISTRATOR, "person"),
    "admin.open_again": Policy(ADMINISTRATOR, "person"),
    "admin.invite": Policy(ADMINISTRATOR),
    "admin.send_invite": Policy(ADMINISTRATOR),
    "admin.add_team": Policy(ADMINISTRATOR),
    "admin.audit_trail": Policy(ADMINISTRATOR),
}
