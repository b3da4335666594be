"""The person an address names, checked anew with every request."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flask import url_for

from app.domain.person import Person, Viewer
from app.library.library import Library
from app.services.supervised import Place, supervised_person
from app.services.yardsticks import Ratable, ratable_of
from app.storage.store import Store
from app.web.shared.content_keeper import current_library
from app.web.shared.part_data import Way
from app.web.shared.request_store import open_store, signed_in


@dataclass(frozen=True)
class Here:
    """Who looks at whom, with what it takes to answer."""

    store: Store
    viewer: Viewer
    library: Library
    place: Place
    person: Person

    def url(self, endpoint: str, **more: Any) -> str:
        """The address of a page about this person."""
        return url_for(
            f"team.{endpoint}",
            cohort_id=self.place.cohort_id,
            person_id=self.place.person_id,
            **more,
        )

    @cached_property
    def ratable(self) -> Ratable:
        """Everything the person can be rated in."""
        return ratable_of(self.store, self.library)

    @property
    def record(self) -> Way:
        """The way back to the person's record."""
        return Way(self.person.full_name, self.url("supervision"))


def here(cohort_id: str, person_id: str) -> Here:
    """Finds the person. Raises: NotFound unless the viewer supervises them now."""
    store, viewer, place = open_store(), signed_in(), Place(cohort_id, person_id)
    person = supervised_person(store, viewer, place)
    return Here(store, viewer, current_library(), place, person)
