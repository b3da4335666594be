"""People at work, with defaults: forms, answers, sign-ins and what is asked of people."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from app.domain.assignment import Assignment, AssignmentKind
from app.domain.attempt import AnswerGiven, Attempt, AttemptKind, Feedback, Response, Slot
from app.domain.item import Item
from app.domain.person import Person, RoleGrant, Viewer
from tests.builders import A_DAY, an_item

A_MOMENT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def a_slot(position: int = 1, item: Item | None = None, **changes: Any) -> Slot:
    """A place of a form that asks an item, its options in the order written."""
    asked = item or an_item()
    fields: dict[str, Any] = {
        "position": position,
        "item_id": asked.id,
        "item_version": asked.version,
        "option_order": tuple(option.id for option in asked.options),
    }
    return Slot(**{**fields, **changes})


def an_attempt(*items: Item, **changes: Any) -> Attempt:
    """An open practice quiz on the given items, or on one, with reasons after each answer."""
    asked = items or (an_item(),)
    fields: dict[str, Any] = {
        "id": "attempt-1",
        "person_id": "person-1",
        "kind": AttemptKind.PRACTICE,
        "feedback": Feedback.TUTOR,
        "title": "Consent",
        "slots": tuple(a_slot(position, item) for position, item in enumerate(asked, start=1)),
        "started_at": A_MOMENT,
    }
    return Attempt(**{**fields, **changes})


def an_answer(chosen: str = "b", **changes: Any) -> AnswerGiven:
    """The first answer to the first question, as a page sends it. An empty text is a blank."""
    fields: dict[str, Any] = {
        "position": 1,
        "chosen": (chosen,) if chosen else (),
        "base_revision": 0,
        "request_key": "key-1",
    }
    return AnswerGiven(**{**fields, **changes})


def a_response(chosen: str = "b", **changes: Any) -> Response:
    """The first answer to the first question, as it was kept; b is right."""
    fields: dict[str, Any] = {
        "position": 1,
        "revision": 1,
        "chosen": (chosen,),
        "is_right": chosen == "b",
        "request_key": "key-1",
        "answered_at": A_MOMENT,
    }
    return Response(**{**fields, **changes})


def a_viewer(*grants: RoleGrant, **changes: Any) -> Viewer:
    """Somebody signed in, with the roles given."""
    fields: dict[str, Any] = {
        "id": "person-1",
        "organisation_id": "organisation-1",
        "email": "ana@harbor.example",
        "full_name": "Ana Reyes",
    }
    return Viewer(Person(**{**fields, **changes}), frozenset(grants))


def an_assignment(**changes: Any) -> Assignment:
    """A lesson asked of a whole team, due on `A_DAY`."""
    fields: dict[str, Any] = {
        "id": "assignment-1",
        "cohort_id": "team-1",
        "person_id": None,
        "kind": AssignmentKind.LESSON,
        "target_id": "family/consent-first",
        "due_on": A_DAY,
        "assigned_by": "supervisor-1",
        "asked_at": A_MOMENT - timedelta(days=30),
        "asked_on": (A_MOMENT - timedelta(days=30)).date(),
    }
    return Assignment(**{**fields, **changes})
