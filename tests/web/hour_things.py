"""A line of Ana's ledger, and a credential and a training of hers."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from app.library.library import Library
from app.services import hours
from app.services.credentials import NewCredential, NewEducation, add_credential, add_education
from app.storage.store import Store
from tests.cast import as_viewer
from tests.web.thing import NOBODYS, Thing

if TYPE_CHECKING:
    from tests.cast import Cast


def make_hour_things(
    store: Store, cast: Cast, library: Library, *, now: datetime
) -> dict[str, Thing]:
    ana, day = as_viewer(store, cast.ana), (now - timedelta(days=1)).date()
    ledger = hours.Ledger(cast.ana.id, library.boards, "UTC")
    line = hours.enter_practice(store, ana, ledger, hours.NewPractice(day, 60, "CF-1"), now=now)
    cora = as_viewer(store, cast.cora)
    of_cora = hours.enter_practice(store, cora, ledger, hours.NewPractice(day, 30, "CF-2"), now=now)
    new = NewCredential("CADC", "1", "NCASPPB", day, None)
    licence = add_credential(store, ana, new, zone="UTC", now=now)
    course = NewEducation(day, "Ethics", "", 60, "ethics", "training", False)
    training = add_education(store, ana, course, boards=library.boards, zone="UTC", now=now)
    of_ana = frozenset({"ana"})
    member: dict[str, object] = {"cohort_id": cast.eastside.id, "person_id": cast.ana.id}
    return {
        "hour line": Thing({"entry_id": line.id}, {"entry_id": NOBODYS}, of_ana),
        "hour line of a member": Thing(
            {**member, "entry_id": of_cora.id}, {**member, "entry_id": NOBODYS}, frozenset({"cora"})
        ),
        "credential": Thing({"credential_id": licence.id}, {"credential_id": NOBODYS}, of_ana),
        "training": Thing({"education_id": training.id}, {"education_id": NOBODYS}, of_ana),
    }
