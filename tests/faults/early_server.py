"""A server with a fault, for the negative control: it says "saved" and saves a moment later."""

from __future__ import annotations

import threading
from contextlib import suppress
from datetime import datetime

from app.cli import main
from app.domain.attempt import record_response
from app.domain.errors import DomainError
from app.domain.person import Viewer
from app.services import mock_exam
from app.services.mock_exam import Saved, SlotSave
from app.storage.store import Store, open_store

MOMENT = 0.3  # seconds between the acknowledgement and the save

_save_slot = mock_exam.save_slot


def _save_later(
    store: Store, viewer: Viewer, *, attempt_id: str, save: SlotSave, now: datetime
) -> Saved:
    sitting = mock_exam.own_sitting(store, viewer, attempt_id, now=now)
    slot = sitting.attempt.slot(save.position)
    earlier = store.attempts.responses_to(attempt_id, save.position)
    response = earlier[-1] if earlier else None
    if save.answer is not None:
        key = (slot.item_id, slot.item_version)
        item = store.attempts.frozen([key])[key]
        response = record_response(
            sitting.attempt, save.answer, earlier=earlier, item=item, now=now, clock=sitting.clock
        )
    engine, organisation_id = store.session.get_bind(), store.organisation_id
    store.end_reading()

    def keep() -> None:
        with open_store(engine, organisation_id) as own, suppress(DomainError):  # type: ignore[arg-type]
            _save_slot(own, viewer, attempt_id=attempt_id, save=save, now=now)

    threading.Timer(MOMENT, keep).start()
    return Saved(sitting, response)


mock_exam.save_slot = _save_later  # at import, so that a spawned worker has the fault too

if __name__ == "__main__":
    main()
