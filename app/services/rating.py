"""Self-ratings, notes about wide gaps between ratings, and ratings as rows of evidence."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from app.domain.errors import Conflict, NotFound
from app.domain.evidence import Evidence, EvidenceKind, Rated
from app.domain.person import Viewer
from app.domain.rating import Disagreement, Rating, RatingSource, disagreements
from app.domain.sign_off import SignOff, SignOffStanding, standing_of
from app.library.catalog import Library
from app.services.supervised import (
    Place,
    Sent,
    first_time,
    refuse_unfit_words,
    supervised_person,
)
from app.services.yardsticks import AREA, target_of, yardstick_for
from app.storage.ratings import ReconcilingNote
from app.storage.store import Store

KINDS = {
    RatingSource.OBSERVATION: EvidenceKind.OBSERVATION,
    RatingSource.REVIEW: EvidenceKind.REVIEW,
    RatingSource.SELF: EvidenceKind.SELF_RATING,
}


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
    yardstick = yardstick_for(library, wish.competency)
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


def ratings_as_evidence(
    store: Store, library: Library, person_ids: Collection[str]
) -> list[Evidence]:
    """Every rating and standing sign-off of some people as rows of evidence, by person and time.

    An area that was signed off gives a row for each competency in it; what was withdrawn gives
    none. Cost: five queries, however many people.
    """
    names = {person.id: person.full_name for person in store.people.everyone()}
    modes = {
        one.id: (str(one.form.mode or ""), one.form.observed_on)
        for one in store.observations.finished_of(person_ids)
    }
    rows = [
        _rating_row(one, modes, names.get(one.rater_id, ""))
        for one in store.ratings.of_people(person_ids)
    ]
    signed = store.sign_offs.of_people(person_ids)
    entries = store.sign_offs.entries([one.id for one in signed])
    for one in signed:
        beside = [entry for entry in entries if entry.sign_off_id == one.id]
        if standing_of(beside) is not SignOffStanding.WITHDRAWN:
            rows += _sign_off_rows(one, library, names.get(one.signed_by, ""))
    return sorted(rows, key=lambda row: (row.person_id, row.happened_on, row.competency))


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


def _rating_row(
    rating: Rating, modes: Mapping[str, tuple[str, date | None]], rater: str
) -> Evidence:
    mode, observed_on = modes.get(rating.observation_id, ("", None))
    return Evidence(
        person_id=rating.person_id,
        competency=rating.competency,
        kind=KINDS[rating.source],
        happened_on=observed_on or rating.rated_at.date(),
        outcome=Rated(rating.level, mode, rating.observed_support),
        source_id=rating.observation_id or rating.id,
        rater_id=rating.rater_id,
        rater_credential=rating.rater_credential,
        version=rating.framework_version,
        title=rating.level_title,
        rater_name=rater,
    )


def _sign_off_rows(signed: SignOff, library: Library, signer: str) -> list[Evidence]:
    codes: tuple[str, ...] = (signed.target,)
    if signed.target_kind == AREA:
        try:
            codes = target_of(library, AREA, signed.target).codes
        except NotFound:
            return []  # the area has left the framework; the sign-off itself stays on record
    return [
        Evidence(
            person_id=signed.person_id,
            competency=code,
            kind=EvidenceKind.SIGN_OFF,
            happened_on=signed.signed_at.date(),
            outcome=Rated(signed.level),
            source_id=signed.id,
            rater_id=signed.signed_by,
            rater_credential=signed.credential,
            version=signed.framework_version,
            title=signed.level_title,
            rater_name=signer,
        )
        for code in codes
    ]
