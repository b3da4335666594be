"""Which observations a supervisor may open: finished ones of their people, and own drafts."""

from __future__ import annotations

from app.domain.errors import NotFound
from app.storage.observations import StoredObservation
from app.web.team.supervising.here import Here


def seen_observation(at: Here, observation_id: str) -> StoredObservation:
    """Finds an observation of this person. Raises: NotFound, for drafts of others too."""
    found = at.store.observations.find(observation_id)
    is_seen = (
        found is not None
        and found.person_id == at.person.id
        and (found.finished_at is not None or found.observer_id == at.viewer.id)
    )
    if found is None or not is_seen:
        raise NotFound(
            "observation-not-found",
            "There is no such observation of this person.",
            "Open the person from the team and choose one from there.",
        )
    return found
