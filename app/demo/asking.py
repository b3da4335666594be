"""More of what supervisors ask for: a quiz, a mock exam, new starters, more time, and leave."""

from __future__ import annotations

from datetime import timedelta

from app.demo.activity import Month
from app.domain.assignment import ANY_TOPIC, AssignmentKind, DoneRule
from app.domain.due_day import ExtensionReason
from app.domain.person import Role
from app.services import cohort


def ask_for_more(month: Month) -> None:
    """Cora asks for a quiz, a mock exam with its result, and a first lesson of new starters."""
    store, cora, last = month.store, month.viewers["cora"], month.last_day
    (team,) = cora.cohorts_as(Role.SUPERVISOR)
    joined = month.at(month.first_day, 9, 30)
    asked = month.at(last - timedelta(days=6), 8, 40)
    first_lesson = next(iter(month.library.lessons))
    wishes = [
        (
            joined,
            cohort.AssignmentWish(AssignmentKind.LESSON, first_lesson, None, days_after_joining=60),
        ),
        (
            asked,
            cohort.AssignmentWish(
                AssignmentKind.QUIZ,
                ANY_TOPIC,
                last + timedelta(days=5),
                rule=DoneRule(questions=10),
            ),
        ),
    ]
    if "aadc" in month.library.blueprints:
        mock = cohort.AssignmentWish(
            AssignmentKind.MOCK,
            "aadc/quick",
            last + timedelta(days=21),
            role="LCAS-A",
            shows_result=True,
        )
        wishes.append((asked, mock))
    made = [cohort.assign(store, cora, cohort_id=team, wish=wish, now=now) for now, wish in wishes]
    priya, wendell = month.viewers["priya"].id, month.viewers["wendell"].id
    more = cohort.MoreTime(
        made[1].id,
        priya,
        last + timedelta(days=12),
        ExtensionReason.WORKLOAD,
        "Two night shifts this week.",
    )
    cohort.extend(store, cora, cohort_id=team, wish=more, now=asked + timedelta(days=2))
    days = (last - timedelta(days=1), last + timedelta(days=3))
    cohort.keep_leave(store, cora, person_id=wendell, days=days, now=asked)
