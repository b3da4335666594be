"""Puts somebody's supervision on screen for administrators: levels, observations, sign-offs.

Read only. Notes, wishes to be observed and the plan stay between a person and their supervisors.
"""

from __future__ import annotations

from datetime import date

from flask import url_for

from app.domain.errors import NotFound
from app.domain.hours import counting
from app.domain.person import Person
from app.domain.rating import Rating, RatingSource
from app.library.library import Library
from app.services.yardsticks import Ratable, ratable_of
from app.storage.store import Store
from app.web.admin.pages import PersonObservationPage, PersonSignOffPage, PersonSupervisionPage, Row
from app.web.shared.competency_choices import competency_title
from app.web.shared.filters import say_date
from app.web.shared.hours.listing import said_totals
from app.web.shared.hours.view import open_ledger
from app.web.shared.observation_view import names_of, observation_view
from app.web.shared.part_data import Cell, Way
from app.web.shared.sign_off_view import sign_off_view
from app.web.shared.site_days import site_day
from app.web.shared.supervision_lines import (
    contract_lines,
    observation_rows,
    rating_rows,
    sign_off_rows,
)
from app.web.shared.supervision_record import Record, read_record

SOURCE_WORDS = {
    RatingSource.OBSERVATION: "observation",
    RatingSource.SELF: "self-rating",
    RatingSource.REVIEW: "review",
}


def person_supervision_page(
    store: Store, library: Library, person_id: str, *, today: date
) -> PersonSupervisionPage:
    """Shows the record without notes. Raises: NotFound if nobody here has the id."""
    person = _person(store, person_id)
    record, ratable = read_record(store, person.id), ratable_of(store, library)
    ledger = open_ledger(store, person.id, viewer_id="")

    def observed(one: str) -> str:
        return url_for("admin.observation", person_id=person.id, observation_id=one)

    def signed(one: str) -> str:
        return url_for("admin.signed_off", person_id=person.id, sign_off_id=one)

    return PersonSupervisionPage(
        full_name=person.full_name,
        credential=person.credential,
        back=Way(person.full_name, url_for("admin.person", person_id=person.id)),
        levels=rating_rows(record, ratable),
        ratings=tuple(_rating_row(one, record, ratable) for one in reversed(record.ratings)),
        observations=observation_rows(record, observed),
        sign_offs=sign_off_rows(record, ratable, signed),
        contracts=contract_lines(record, library, today),
        hours=said_totals(library, counting(ledger.entries)) if ledger.entries else (),
    )


def person_observation_page(
    store: Store, library: Library, person_id: str, observation_id: str
) -> PersonObservationPage:
    """Shows a finished observation. Raises: NotFound for drafts, and for any other person's."""
    person = _person(store, person_id)
    found = store.observations.find(observation_id)
    if found is None or found.person_id != person.id or found.finished_at is None:
        raise NotFound("observation-not-found", "There is no such observation of this person.")
    record = read_record(store, person.id)
    return PersonObservationPage(
        full_name=person.full_name,
        back=_record_way(person),
        observation=observation_view(
            found,
            [one for one in record.ratings if one.observation_id == found.id],
            [one for one in record.replies if one.observation_id == found.id],
            library=library,
            ratable=ratable_of(store, library),
            named=record.named,
        ),
    )


def person_sign_off_page(
    store: Store, library: Library, person_id: str, sign_off_id: str
) -> PersonSignOffPage:
    """Shows a sign-off and what stands beside it. Raises: NotFound for any other person's."""
    person = _person(store, person_id)
    signed = store.sign_offs.find(sign_off_id)
    if signed is None or signed.person_id != person.id:
        raise NotFound("sign-off-not-found", "There is no such sign-off of this person.")
    entries = store.sign_offs.entries([signed.id])
    people = (
        store.people.find(one) for one in sorted({signed.signed_by, *(e.by for e in entries)})
    )
    named = names_of({one.id: one.full_name for one in people if one})
    return PersonSignOffPage(
        full_name=person.full_name,
        back=_record_way(person),
        signed=sign_off_view(signed, entries, "", ratable=ratable_of(store, library), named=named),
    )


def _person(store: Store, person_id: str) -> Person:
    person = store.people.find(person_id)
    if person is None:
        raise NotFound(
            "person-not-found", "There is no such person here.", "Choose one from the list."
        )
    return person


def _record_way(person: Person) -> Way:
    url = url_for("admin.supervision", person_id=person.id)
    return Way(f"Supervision of {person.full_name}", url)


def _rating_row(one: Rating, record: Record, ratable: Ratable) -> Row:
    url = ""
    if one.observation_id:
        url = url_for(
            "admin.observation", person_id=record.person_id, observation_id=one.observation_id
        )
    return (
        Cell(say_date(site_day(one.rated_at)), url=url),
        Cell(one.competency, detail=competency_title(ratable, one.competency)),
        Cell(one.level_title, detail=SOURCE_WORDS[one.source]),
        Cell(record.named(one.rater_id), detail=one.rater_credential),
        f"{one.framework_id}, {one.framework_version}",
    )
