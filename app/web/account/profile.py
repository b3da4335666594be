"""Gathers what one's own account page shows."""

from __future__ import annotations

from datetime import datetime

from app.domain.person import TEAM_ROLES, Role, Viewer
from app.storage.store import Store
from app.web.account.inputs import ChangePasswordInput, PlanInput
from app.web.account.pages import BrowserLine, ProfilePage, ReminderCard
from app.web.shared.faults import field_faults
from app.web.shared.site_days import site_day


def profile_page(
    store: Store,
    viewer: Viewer,
    *,
    plan: PlanInput | None,
    password: ChangePasswordInput | None,
    now: datetime,
) -> ProfilePage:
    """Shows a person their own account; forms that were refused keep what was typed."""
    person = viewer.person
    if plan is None and viewer.holds(Role.CANDIDATE):
        plan = PlanInput(formdata=None, exam_on=person.exam_on, minutes_a_day=person.minutes_a_day)
    faults = [*field_faults(plan)] if plan is not None else []
    password = password or ChangePasswordInput(formdata=None)
    faults += field_faults(password)
    return ProfilePage(
        reminders=_reminders(store, viewer),
        person=person,
        roles=tuple(sorted(viewer.roles)),
        plan=plan,
        password=password,
        faults=tuple(faults),
        browsers=tuple(
            BrowserLine(s.id, s.device, s.started_at, s.id == viewer.sign_in_id)
            for s in store.sign_ins.open_of(viewer.id, now=now)
        ),
    )


def _reminders(store: Store, viewer: Viewer) -> ReminderCard | None:
    """For whoever can be asked, or asks others. None: for everybody else."""
    if not viewer.roles & TEAM_ROLES:
        return None
    feed = store.feeds.of_person(viewer.id)
    return ReminderCard(
        is_off=viewer.id in store.digests.turned_off(),
        is_supervisor=viewer.holds(Role.SUPERVISOR),
        feed_made_on=site_day(feed.made_at) if feed else None,
    )
