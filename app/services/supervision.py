"""Supervision around the observation: contracts, goals of the plan, private notes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.domain.development_goal import Goal, GoalState, GoalWish, refuse_unfit_goal
from app.domain.errors import Conflict, InvalidInput, NotFound
from app.domain.observation_frequency import agreed_frequency
from app.domain.person import Viewer
from app.domain.supervision_contract import Contract, ContractTerms, refuse_unfit_terms
from app.library.catalog import Library
from app.services.supervised import (
    Place,
    Sent,
    first_time,
    refuse_own_record,
    refuse_unfit_words,
    supervised_person,
)
from app.services.yardsticks import ratable_of
from app.storage.development_goals import Settling
from app.storage.private_notes import PrivateNote
from app.storage.store import Store


@dataclass(frozen=True, slots=True)
class GoalEnd:
    """How a goal ends. Shape: `observation_id` is the one that showed it, or empty."""

    state: GoalState
    words: str
    observation_id: str = ""


def write_contract(
    store: Store,
    viewer: Viewer,
    place: Place,
    terms: ContractTerms,
    *,
    library: Library,
    seen_number: int,
    sent: Sent,
) -> None:
    """Writes the next version of the viewer's contract with somebody, accepted by the viewer.

    Raises: NotFound as `supervised_person`; InvalidInput for unfit terms or an unknown frequency;
    Conflict when another version was written since the page was made.
    """
    refuse_unfit_terms(terms)
    _refuse_unknown_frequency(terms, library)
    refuse_own_record(viewer, place)
    with store.writing():
        supervised_person(store, viewer, place)
        store.people.hold(place.person_id)  # two forms must not both find the same last number
        if not first_time(store, viewer, sent):
            return
        known = store.contracts.of_person(place.person_id)
        own = [one.contract.number for one in known if one.contract.supervisor_id == viewer.id]
        newest = max(own, default=0)
        if seen_number != newest:
            raise Conflict(
                "contract-moved-on",
                "Another version of this contract was written since you opened this page.",
                "Look at the newest one, then change it if you still want to.",
            )
        contract = Contract(store.new_id(sent.at), place.person_id, viewer.id, newest + 1, terms)
        store.contracts.add(contract, now=sent.at)
        store.contracts.accept(contract.id, by=viewer.id, now=sent.at)


def accept_contract(store: Store, viewer: Viewer, contract_id: str, *, now: datetime) -> None:
    """Accepts the newest version of one's own contract; a second time changes nothing.

    Raises: NotFound for a contract of somebody else; Conflict for one that was replaced or
    has ended.
    """
    with store.writing():
        known = store.contracts.of_person(viewer.id)
        asked = next((one.contract for one in known if one.contract.id == contract_id), None)
        if asked is None:
            raise NotFound("contract-not-found", "There is no such contract among yours.")
        newest = max(
            one.contract.number
            for one in known
            if one.contract.supervisor_id == asked.supervisor_id
        )
        if asked.number != newest or store.day_of(now) > asked.terms.ends_on:
            raise Conflict(
                "contract-replaced",
                "This version is not the one that counts any more.",
                "Open your supervision page and read the newest one.",
            )
        store.contracts.accept(contract_id, by=viewer.id, now=now)


def set_goal(
    store: Store, viewer: Viewer, place: Place, wish: GoalWish, library: Library, sent: Sent
) -> None:
    """Adds a goal to somebody's development plan.

    Raises: NotFound as `supervised_person`, or for feedback that is not this person's;
    InvalidInput for a wish that does not fit.
    """
    refuse_unfit_goal(wish, today=store.day_of(sent.at))
    if wish.competency not in ratable_of(store, library).competencies:
        raise InvalidInput("goal-competency", "Choose a competency of the list.")
    refuse_own_record(viewer, place)
    with store.writing():
        supervised_person(store, viewer, place)
        _refuse_foreign_observation(store, place.person_id, wish.observation_id)
        if not first_time(store, viewer, sent):
            return
        goal = Goal(store.new_id(sent.at), place.person_id, wish, viewer.id, store.day_of(sent.at))
        store.goals.add(goal, now=sent.at)


def settle_goal(
    store: Store, viewer: Viewer, place: Place, goal_id: str, end: GoalEnd, *, now: datetime
) -> None:
    """Ends a goal: demonstrated, not yet, or dropped. Ending it again changes nothing.

    Raises: NotFound as `supervised_person`, or for a goal of somebody else; InvalidInput if it
    should stay open, or is dropped without a word.
    """
    refuse_own_record(viewer, place)
    with store.writing():
        supervised_person(store, viewer, place)
        goals = {goal.id for goal in store.goals.of_person(place.person_id)}
        if goal_id not in goals:
            raise NotFound("goal-not-found", "There is no such goal in this plan.")
        if end.state is GoalState.OPEN:
            raise InvalidInput("goal-state", "Choose how the goal ends.")
        if end.state is GoalState.DROPPED and not end.words.strip():
            raise InvalidInput("goal-words", "Say in a few words why it is dropped.")
        _refuse_foreign_observation(store, place.person_id, end.observation_id)
        settling = Settling(end.state, end.words.strip()[:4000], viewer.id, end.observation_id)
        store.goals.settle(goal_id, settling, now=now)


def add_private_note(store: Store, viewer: Viewer, place: Place, words: str, *, sent: Sent) -> None:
    """Keeps a note that only its author reads. Raises: NotFound; InvalidInput without words."""
    plain = refuse_unfit_words("note-words", words)
    with store.writing():
        supervised_person(store, viewer, place)
        if first_time(store, viewer, sent):
            note = PrivateNote(store.new_id(sent.at), viewer.id, place.person_id, plain, sent.at)
            store.private_notes.add(note)


def _refuse_unknown_frequency(terms: ContractTerms, library: Library) -> None:
    known = library.supervision.frequencies
    if terms.observed and agreed_frequency(terms.observed, known) is None:
        raise InvalidInput("contract-observed", "Choose one of the list.")


def _refuse_foreign_observation(store: Store, person_id: str, observation_id: str) -> None:
    if not observation_id:
        return
    found = store.observations.find(observation_id)
    if found is None or found.person_id != person_id or found.finished_at is None:
        raise NotFound("observation-not-found", "There is no such observation of this person.")
