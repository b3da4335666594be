"""Self-ratings, and notes about wide gaps between ratings."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.errors import Conflict
from app.domain.person import Viewer
from app.domain.rating import Disagreement, Rating, RatingSource, disagreements
from app.library.catalog import Library
from app.services.supervised import (
    Place,
    Sent,
    first_time,
    refuse_unfit_words,
    supervised_person,
)
from app.services.yardsticks import ratable_of, yardstick_for
from app.storage.ratings import ReconcilingNote
from app.storage.store import Store


@dataclass(frozen=True, slots=True)
class SelfRating:
    """How somebody sees themselves in one competency, before or after others have."""

    competency: str
    level: int
    note: str = ""


def rate_oneself(
    store: Store, viewer: Viewer, wish: SelfRating, library: Library, *, sent: Sent
) -> None:
    """Adds a self-rating. It changes no rating of anybody else, and none changes it.

    Raises: InvalidInput for a competency or a level that is not there.
    """
    yardstick = yardstick_for(ratable_of(store, library), wish.competency)
    level = yardstick.scale.level(wish.level)
    with store.writing():
        if not first_time(store, viewer, sent):
            return
        store.ratings.add(
            [
                Rating(
                    id=store.new_id(sent.at),
                    person_id=viewer.id,
                    competency=wish.competency,
                    framework_id=yardstick.framework_id,
                    framework_version=yardstick.framework_version,
                    scale_id=yardstick.scale.id,
                    level=level.rank,
                    level_title=level.title,
                    source=RatingSource.SELF,
                    rater_id=viewer.id,
                    rated_at=sent.at,
                    note=wish.note.strip()[:4000],
                )
            ]
        )


def open_disagreements(store: Store, person_id: str) -> list[Disagreement]:
    """The wide gaps between standing ratings of somebody that nobody has explained yet."""
    explained = {note.pair for note in store.ratings.notes_of(person_id)}
    found = disagreements(store.ratings.of_people([person_id]))
    return [one for one in found if one.pair not in explained]


def reconcile(
    store: Store, viewer: Viewer, place: Place, *, pair: frozenset[str], words: str, sent: Sent
) -> None:
    """Explains a wide gap between two ratings of somebody one supervises; both stay.

    Raises: NotFound as `supervised_person`; Conflict when there is no such gap any more.
    """
    plain = refuse_unfit_words("reconcile-words", words)
    with store.writing():
        supervised_person(store, viewer, place)
        if first_time(store, viewer, sent):
            _add_note(store, viewer, place.person_id, pair, words=plain, sent=sent)


def reconcile_own(
    store: Store, viewer: Viewer, *, pair: frozenset[str], words: str, sent: Sent
) -> None:
    """Explains a wide gap between two ratings of oneself; both stay. Raises: as `reconcile`."""
    plain = refuse_unfit_words("reconcile-words", words)
    with store.writing():
        if first_time(store, viewer, sent):
            _add_note(store, viewer, viewer.id, pair, words=plain, sent=sent)


def _add_note(
    store: Store,
    viewer: Viewer,
    person_id: str,
    pair: frozenset[str],
    *,
    words: str,
    sent: Sent,
) -> None:
    gaps = disagreements(store.ratings.of_people([person_id]))
    gap = next((one for one in gaps if one.pair == pair), None)
    if gap is None:
        raise Conflict(
            "no-such-gap",
            "These two ratings do not stand far apart any more.",
            "Somebody has rated again since; look at the page as it is now.",
        )
    store.ratings.add_note(
        ReconcilingNote(
            store.new_id(sent.at),
            person_id,
            gap.lower.id,
            gap.higher.id,
            words,
            viewer.id,
            sent.at,
        )
    )
