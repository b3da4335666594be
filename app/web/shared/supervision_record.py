"""One person's supervision record, gathered for whoever may see it.

It holds everything the person sees of themselves. Private notes are not part of it.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.development_goal import Goal
from app.domain.rating import Disagreement, Rating
from app.domain.sign_off import SignOff, SignOffEntry
from app.services.rating import open_disagreements
from app.storage.observation_requests import ObservationRequest
from app.storage.observations import FeedbackReply, StoredObservation
from app.storage.ratings import ReconcilingNote
from app.storage.store import Store
from app.storage.supervision_contracts import StoredContract
from app.web.shared.observation_view import Named, names_of


@dataclass(frozen=True, slots=True)
class Record:
    """Everything about one person's supervision, as it is kept."""

    person_id: str
    contracts: tuple[StoredContract, ...]
    goals: tuple[Goal, ...]
    observations: tuple[StoredObservation, ...]
    replies: tuple[FeedbackReply, ...]
    ratings: tuple[Rating, ...]
    gaps: tuple[Disagreement, ...]
    notes: tuple[ReconcilingNote, ...]
    sign_offs: tuple[SignOff, ...]
    entries: tuple[SignOffEntry, ...]
    requests: tuple[ObservationRequest, ...]
    named: Named


def read_record(store: Store, person_id: str) -> Record:
    """Gathers a record. Cost: about a dozen queries, and one for each person it names."""
    observations = store.observations.finished_of([person_id])
    sign_offs = store.sign_offs.of_people([person_id])
    entries = store.sign_offs.entries([one.id for one in sign_offs])
    contracts = store.contracts.of_person(person_id)
    ratings = store.ratings.of_people([person_id])
    requests = store.observation_requests.of_people([person_id])
    notes = store.ratings.notes_of(person_id)
    named = {
        person_id,
        *(one.observer_id for one in observations),
        *(one.signed_by for one in sign_offs),
        *(one.by for one in entries),
        *(one.contract.supervisor_id for one in contracts),
        *(one.rater_id for one in ratings),
        *(one.answered_by for one in requests if one.answered_by),
        *(one.written_by for one in notes),
    }
    people = (store.people.find(one) for one in sorted(named))
    return Record(
        person_id=person_id,
        contracts=tuple(contracts),
        goals=tuple(store.goals.of_person(person_id)),
        observations=tuple(observations),
        replies=tuple(store.observations.replies([one.id for one in observations])),
        ratings=tuple(ratings),
        gaps=tuple(open_disagreements(store, person_id)),
        notes=tuple(notes),
        sign_offs=tuple(sign_offs),
        entries=tuple(entries),
        requests=tuple(requests),
        named=names_of({one.id: one.full_name for one in people if one}),
    )
