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
    "exam.practice": Policy(CANDIDATE),
    "exam.start": Policy(CANDIDATE),
    "exam.resume": Policy(CANDIDATE, "attempt"),
    "exam.item": Policy(CANDIDATE, "attempt"),
    "exam.answer_item": Policy(CANDIDATE, "attempt"),
    "exam.finish": Policy(CANDIDATE, "attempt"),
    "exam.report": Policy(CANDIDATE, "attempt"),
}
