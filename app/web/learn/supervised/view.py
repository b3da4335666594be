"""Puts one's own supervision on screen."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from flask import url_for

from app.domain.person import Role, Viewer
from app.domain.supervision_contract import ContractState
from app.library.library import Library
from app.services.observing import own_observation
from app.services.signing import own_sign_off
from app.services.yardsticks import ratable_of
from app.storage.store import Store
from app.web.learn.supervised.pages import MyObservationPage, MySignOffPage, MySupervisionPage
from app.web.shared.form_keys import new_form_key
from app.web.shared.looks_view import who_opened_mine
from app.web.shared.observation_view import Named, names_of, observation_view
from app.web.shared.part_data import Way
from app.web.shared.sign_off_view import sign_off_view
from app.web.shared.supervision_lines import (
    ContractLine,
    contract_lines,
    gap_lines,
    goal_lines,
    note_lines,
    observation_rows,
    rating_rows,
    request_lines,
    sign_off_rows,
)
from app.web.shared.supervision_record import Record, read_record

# The kinds of looks at what stands on the page about one's own supervision.
SUPERVISION = ("supervision", "supervision contract", "development plan", "observation", "sign-off")


def my_supervision_page(
    store: Store, library: Library, viewer: Viewer, *, today: date, fault: str = ""
) -> MySupervisionPage:
    """Gathers everything that others wrote about the viewer, and the viewer about themselves."""
    record, ratable = read_record(store, viewer.id), ratable_of(store, library)
    contracts = contract_lines(record, library, today)
    return MySupervisionPage(
        supervisors=supervisors_of(store, viewer),
        contracts=contracts,
        to_accept=_to_accept(record, contracts, viewer),
        goals=goal_lines(record, ratable, today),
        observations=observation_rows(
            record, lambda one: url_for("learn.my_observation", observation_id=one)
        ),
        ratings=rating_rows(record, ratable),
        gaps=gap_lines(record, ratable),
        explained=note_lines(record),
        sign_offs=sign_off_rows(
            record, ratable, lambda one: url_for("learn.my_sign_off", sign_off_id=one)
        ),
        requests=request_lines(record, ratable),
        opened=who_opened_mine(store, viewer, *SUPERVISION, today=today),
        reconcile_url=url_for("learn.reconcile_own"),
        ask_url=url_for("learn.ask_for_observation"),
        packets_url=url_for("learn.my_packets"),
        rate_url=url_for("learn.self_rating"),
        form_key=new_form_key(),
        fault=fault,
    )


def my_observation_page(
    store: Store, library: Library, viewer: Viewer, observation_id: str, *, fault: str = ""
) -> MyObservationPage:
    """Shows an observation of the viewer. Raises: NotFound for every other."""
    found = own_observation(store, viewer, observation_id)
    ratings = [
        one for one in store.ratings.of_people([viewer.id]) if one.observation_id == found.id
    ]
    return MyObservationPage(
        back=my_supervision(),
        observation=observation_view(
            found,
            ratings,
            store.observations.replies([found.id]),
            library=library,
            ratable=ratable_of(store, library),
            named=_named(store, {viewer.id, found.observer_id}),
        ),
        url=url_for("learn.my_observation", observation_id=found.id),
        rate=tuple(
            Way(one.competency, url_for("learn.self_rating", competency=one.competency))
            for one in ratings
        ),
        form_key=new_form_key(),
        fault=fault,
    )


def my_sign_off_page(
    store: Store, library: Library, viewer: Viewer, sign_off_id: str, *, fault: str = ""
) -> MySignOffPage:
    """Shows a sign-off of the viewer. Raises: NotFound for every other."""
    signed = own_sign_off(store, viewer, sign_off_id)
    entries = store.sign_offs.entries([signed.id])
    named = _named(store, {signed.signed_by, *(entry.by for entry in entries)})
    return MySignOffPage(
        back=my_supervision(),
        signed=sign_off_view(
            signed, entries, viewer.id, ratable=ratable_of(store, library), named=named
        ),
        url=url_for("learn.my_sign_off", sign_off_id=signed.id),
        form_key=new_form_key(),
        fault=fault,
    )


def my_supervision() -> Way:
    """The way back to one's own record."""
    return Way("My supervision", url_for("learn.my_supervision"))


def supervisors_of(store: Store, viewer: Viewer) -> str:
    """Who supervises the viewer now, by name; empty when nobody does."""
    teams = sorted(viewer.cohorts_as(Role.CANDIDATE))
    people = {
        one.id: one
        for team in teams
        for one in store.cohorts.members(team, Role.SUPERVISOR)
        if one.id != viewer.id
    }
    return ", ".join(
        f"{one.full_name}, {one.credential}" if one.credential else one.full_name
        for one in people.values()
    )


def _to_accept(record: Record, lines: Iterable[ContractLine], viewer: Viewer) -> dict[str, str]:
    """The newest version of each contract that waits for the viewer."""
    newest: dict[str, int] = {}
    for one in record.contracts:
        key = one.contract.supervisor_id
        newest[key] = max(newest.get(key, 0), one.contract.number)
    waiting = {
        line.id: url_for("learn.accept_contract", contract_id=line.id)
        for line in lines
        if line.state.text == ContractState.WAITING
    }
    return {
        one.contract.id: waiting[one.contract.id]
        for one in record.contracts
        if one.contract.id in waiting
        and one.contract.number == newest[one.contract.supervisor_id]
        and viewer.id not in one.accepted
    }


def _named(store: Store, people: set[str]) -> Named:
    found = (store.people.find(one) for one in sorted(people))
    return names_of({one.id: one.full_name for one in found if one})
