"""Steps of the chain of supervision, for tests of what comes after them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING

from app.domain.observation import ObservationForm
from app.domain.person import Person
from app.services import observing, signing
from app.services.observing import SentDraft
from app.services.signing import Proof, SignOffWish
from app.services.supervised import Place, Sent
from app.services.yardsticks import COMPETENCY, Ratable, ratable_of, target_of
from tests.cast import NOW, PASSWORD, as_viewer
from tests.supervision_builders import a_credential
from tests.supervision_chain import a_form

if TYPE_CHECKING:
    from app.domain.person import Viewer
    from app.library.library import Library
    from app.storage.store import Store
    from tests.cast import Cast

_keys = count(1)


def sent(now: datetime = NOW, key: str = "") -> Sent:
    """Each form with a key of its own, and a second after the one before."""
    place = next(_keys)
    return Sent(key or f"key-{place}", now + timedelta(seconds=place))


@dataclass
class Supervising:
    """Cora with Ana. Shape: `place` is where an address finds Ana."""

    store: Store
    cast: Cast
    library: Library

    @property
    def cora(self) -> Viewer:
        return as_viewer(self.store, self.cast.cora)

    @property
    def ana(self) -> Viewer:
        return as_viewer(self.store, self.cast.ana)

    @property
    def ratable(self) -> Ratable:
        return ratable_of(self.store, self.library)

    @property
    def place(self) -> Place:
        return Place(self.cast.eastside.id, self.cast.ana.id)

    def licence(self, person: Person | None = None, **changes: object) -> None:
        """Puts a credential on file, Cora's unless told otherwise."""
        holder = person or self.cast.cora
        held = a_credential(id=self.store.new_id(NOW), person_id=holder.id, **changes)
        with self.store.writing():
            self.store.credentials.add(held, by=holder.id, now=NOW)

    def look(self, form: ObservationForm | None = None, *, now: datetime = NOW) -> str:
        """Observes Ana and finishes."""
        draft = observing.start_observation(self.store, self.cora, self.place, now=now)
        done = observing.finish_observation(
            self.store,
            self.cora,
            self.place,
            draft.id,
            SentDraft(form or a_form(observed_on=now.date()), draft.revision),
            library=self.library,
            now=now,
        )
        return done.id

    def three_looks(self) -> None:
        """As many as a sign-off as competent asks for."""
        for days in (9, 5, 1):
            self.look(now=NOW - timedelta(days=days))

    def sign(
        self,
        *,
        password: str = PASSWORD,
        name: str = "Cora Lindqvist",
        exception: str = "",
        key: str = "",
        level: int = 3,
        viewer: Viewer | None = None,
        now: datetime = NOW,
    ) -> None:
        """Signs Ana off in confidentiality."""
        wish = SignOffWish(
            target_of(self.ratable, COMPETENCY, "CONF"), level, "I have seen it.", exception
        )
        signing.sign_off(
            self.store,
            viewer or self.cora,
            self.place,
            wish,
            Proof(name, password, "192.0.2.7"),
            library=self.library,
            sent=sent(now, key),
        )
