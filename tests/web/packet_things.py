"""Audit packets that routes carry ids of, made and ready."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from app.library.library import Library
from app.services.audit_packets import ask_for_oneself, ask_for_person, ask_for_team
from app.services.packet_making import make_packet
from app.services.supervised import Place
from app.storage.store import Store
from tests.cast import as_viewer
from tests.web.thing import NOBODYS, Thing

if TYPE_CHECKING:
    from tests.cast import Cast


def make_packet_things(
    store: Store, cast: Cast, library: Library, *, now: datetime
) -> dict[str, Thing]:
    team, ana = cast.eastside.id, cast.ana.id
    cora = as_viewer(store, cast.cora)
    of_team = ask_for_team(store, cora, cohort_id=team, now=now)
    of_ana = ask_for_person(store, cora, Place(team, ana), now=now)
    own = ask_for_oneself(store, as_viewer(store, cast.ana), cohort_id=team, now=now)
    for one in (of_team, of_ana, own):
        make_packet(store, library, one, lambda: now)
    return {
        "team packet": Thing(
            {"cohort_id": team, "packet_id": of_team.id},
            {"cohort_id": team, "packet_id": NOBODYS},
            frozenset({"cora"}),
        ),
        "member packet": Thing(
            {"cohort_id": team, "person_id": ana, "packet_id": of_ana.id},
            {"cohort_id": team, "person_id": ana, "packet_id": own.id},
            frozenset({"cora"}),
        ),
        "own packet": Thing({"packet_id": own.id}, {"packet_id": of_team.id}, frozenset({"ana"})),
        "packet": Thing({"packet_id": of_team.id}, {"packet_id": own.id}),
    }
