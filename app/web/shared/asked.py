"""What is asked of somebody, said where they start with it: who will see what, beforehand.

Learners, exams and cases show the same words; so do mails and calendars with their addresses.
"""

from __future__ import annotations

from datetime import date

from flask import url_for

from app.domain.assignment import ANY_TOPIC, Assignment, AssignmentKind, AssignmentState
from app.domain.due_day import AssignmentStanding, ExtensionReason
from app.domain.person import Viewer
from app.library.library import Library
from app.services.assigned import own_standings
from app.storage.store import Store
from app.web.shared.filters import say_short_day

NOTHING_ELSE = "They see nothing else: no answers, no results, no times of day."
SEEN = {
    AssignmentKind.LESSON: f"whether you have read it to its end, and on which day. {NOTHING_ELSE}",
    AssignmentKind.SCENARIO: (
        "whether you have played it to an ending, and on which day. They do not see how you "
        "played, which ending you met, or times of day."
    ),
    AssignmentKind.QUIZ: (
        "whether you have finished such a quiz, and on which day. They see no answers and no "
        "questions."
    ),
    AssignmentKind.MOCK: (
        "whether you have taken it, and on which day. They do not see your answers or your result."
    ),
    AssignmentKind.PLAN: (
        "whether your development plan has a goal, and since which day. You set goals together, "
        "and the plan is part of your supervision record."
    ),
}
RESULT_SEEN = (
    "whether you have taken it, on which day, and the result of the first one you finish: the "
    "score on our scale, and whether it is at or above our cut. They see no answers, and no "
    "exam that you began before this was asked."
)


def asked_url(assignment: Assignment) -> str:
    """Where a person starts with what is asked of them."""
    target = assignment.target_id
    if assignment.kind is AssignmentKind.SCENARIO:
        return url_for("play.brief", scenario_id=target)
    if assignment.kind is AssignmentKind.MOCK:
        outline, _, shape = target.partition("/")
        return url_for("exam.mock_brief", blueprint_id=outline, shape_id=shape)
    if assignment.kind is AssignmentKind.QUIZ:
        topic = None if target == ANY_TOPIC else target
        return url_for("exam.practice", topic=topic, length=assignment.rule.questions)
    if assignment.kind is AssignmentKind.PLAN:
        return url_for("learn.my_supervision")
    area, _, slug = target.partition("/")
    return url_for("learn.lesson", area=area, slug=slug)


def who_sees(assignment: Assignment) -> str:
    """Says before the start who will see what of it."""
    seen = RESULT_SEEN if assignment.shows_result else SEEN[assignment.kind]
    if assignment.kind is AssignmentKind.QUIZ and assignment.rule.percent:
        seen += f" That it counts tells them that {assignment.rule.percent} % or more were right."
    return f"Your supervisors and administrators see {seen}"


def asked_notes(
    store: Store,
    library: Library,
    viewer: Viewer,
    *,
    kind: AssignmentKind,
    target_id: str | None,
    today: date,
) -> tuple[str, ...]:
    """What to say on the page where somebody starts: when it is due and who sees what.

    Shape: nothing that is done already. None: without a target, everything of the kind.
    """

    def is_meant(one: Assignment) -> bool:
        return one.kind is kind and target_id in (None, one.target_id)

    return tuple(
        f"{due_words(one)} {who_sees(one.assignment)}"
        for one in own_standings(store, library, viewer, today=today, only=is_meant)
        if not one.is_done
    )


def due_words(standing: AssignmentStanding) -> str:
    """Says that and by when something is asked, and what moved the day."""
    due = say_short_day(standing.due.on)
    verb = "was due" if standing.state is AssignmentState.OVERDUE else "is due"
    words = f"{standing.target.title} is asked of you and {verb} {due}"
    return f"{words}{moved_words(standing)}."


def moved_words(standing: AssignmentStanding) -> str:
    """Says what moved a due day; empty when nothing has."""
    words = []
    if standing.due.extension is not None:
        words.append("you have more time")
    if standing.due.leave_days:
        days = "day" if standing.due.leave_days == 1 else "days"
        words.append(f"moved by {standing.due.leave_days} {days} of leave")
    return f" ({', '.join(words)})" if words else ""


REASON_WORDS = {
    ExtensionReason.WORKLOAD: "Workload on the job",
    ExtensionReason.PERSONAL: "Personal",
    ExtensionReason.ACCESS: "No access to a device or the network",
    ExtensionReason.UNCLEAR: "The task was unclear",
    ExtensionReason.OTHER: "Another reason",
}
