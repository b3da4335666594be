"""Whose supervision record may be reached: that of one's own, and of people one supervises now.

A change of supervisor takes effect with the next request, because the roles of the viewer and
the members of the team are read anew each time; what was written stays with the person.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.domain.access import supervised_cohort
from app.domain.credential import valid_ones
from app.domain.errors import Conflict, InvalidInput, NotFound
from app.domain.person import Person, Viewer
from app.storage.store import Store

LONGEST_KEY = 64


@dataclass(frozen=True, slots=True)
class Place:
    """Somebody in a team, as an address names them."""

    cohort_id: str
    person_id: str


@dataclass(frozen=True, slots=True)
class Sent:
    """When a form was sent, and the key it carried to tell it from every other."""

    key: str
    at: datetime


def supervised_person(store: Store, viewer: Viewer, place: Place) -> Person:
    """Finds somebody whom the viewer supervises now.

    Raises: NotFound for everybody else, in the same words whether or not they exist.
    """
    supervised_cohort(viewer, place.cohort_id)
    for person in store.cohorts.members(place.cohort_id):
        if person.id == place.person_id:
            return person
    raise NotFound(
        "person-not-found",
        "There is no such person in this team.",
        "Go back to the team and open somebody from there.",
    )


def refuse_own_record(viewer: Viewer, place: Place) -> None:
    """Refuses to judge oneself where another is asked to judge."""
    if viewer.id == place.person_id:
        raise Conflict(
            "own-record",
            "This is your own record.",
            "Somebody else observes you and signs; your self-rating stands beside it.",
        )


def first_time(store: Store, viewer: Viewer, sent: Sent) -> bool:
    """Says whether a form arrives for the first time. Call it inside the change it makes.

    Raises: InvalidInput for a form without its key.
    """
    if not sent.key or len(sent.key) > LONGEST_KEY:
        raise InvalidInput(
            "form-key", "This form came without its key.", "Load the page again and send it anew."
        )
    mark = store.new_id(sent.at)
    return store.sent_forms.take(viewer.id, sent.key, mark=mark, now=sent.at)


def credential_words(store: Store, person: Person, *, on: date) -> str:
    """The credentials of somebody as they stand on a day, to be kept beside a judgement."""
    valid = valid_ones(store.credentials.of_person(person.id), on)
    if valid:
        return "; ".join(one.words for one in valid)
    shown = f"{person.credential}, " if person.credential else ""
    return f"{shown}no valid credential on file"


def refuse_unfit_words(code: str, words: str, *, most: int = 4000) -> str:
    """Gives words without the space around them. Raises: InvalidInput if none or too many."""
    plain = words.strip()
    if not plain:
        raise InvalidInput(code, "Write a few words here.")
    if len(plain) > most:
        raise InvalidInput(code, f"Use at most {most:,} letters here.")
    return plain
