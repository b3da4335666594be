"""Signing off a competency or an area, and what is said beside a sign-off afterwards."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from app.domain.credential import Credential
from app.domain.errors import InvalidInput, NotAllowed, NotFound
from app.domain.level_scale import Level
from app.domain.person import Role, Viewer
from app.domain.rating import Rating, RatingSource
from app.domain.sign_off import (
    EntryKind,
    RatedObservation,
    SignOff,
    SignOffEntry,
    entries_open_to,
    missing_evidence,
    refuse_unfit_signature,
    signing_credential,
)
from app.library.catalog import Library
from app.services.sign_in import confirm_identity
from app.services.supervised import (
    Place,
    Sent,
    credential_words,
    first_time,
    refuse_own_record,
    refuse_unfit_words,
    supervised_person,
)
from app.services.yardsticks import Target
from app.storage.observations import StoredObservation
from app.storage.store import Store


@dataclass(frozen=True, slots=True)
class Proof:
    """What proves that it is the signer who signs. Shape: `address` is where the form came from."""

    typed_name: str
    password: str
    address: str


@dataclass(frozen=True, slots=True)
class SignOffWish:
    """What a supervisor wants to sign. Shape: `exception` is the reason for missing evidence."""

    target: Target
    level: int
    statement: str
    exception: str


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody says beside a sign-off."""

    kind: EntryKind
    words: str


@dataclass(frozen=True, slots=True)
class Basis:
    """What a sign-off would rest on, told before it is signed.

    Shape: `missing` in words, empty when the least evidence is there, for an area in each of its
    competencies. None: `credential` is None when nothing lets the viewer sign, and `refusal` says
    why.
    """

    level: Level
    ratings: tuple[Rating, ...]
    missing: tuple[str, ...]
    credential: Credential | None
    refusal: str = ""


def basis_of(
    store: Store,
    viewer: Viewer,
    place: Place,
    target: Target,
    *,
    level: int,
    library: Library,
    today: date,
) -> Basis:
    """Gathers what a sign-off would rest on.

    Raises: NotFound as `supervised_person`; InvalidInput for a level outside the scale.
    """
    supervised_person(store, viewer, place)
    step = target.yardstick.scale.level(level)
    seen = {one.id: one for one in store.observations.finished_of([place.person_id])}
    ratings = [
        one
        for one in store.ratings.of_people([place.person_id])
        if one.source is RatingSource.OBSERVATION
        and one.competency in target.codes
        and one.scale_id == target.yardstick.scale.id
        and one.observation_id in seen
    ]
    rules = target.yardstick.rules
    missing: tuple[str, ...] = ()
    if rules is not None:
        missing = missing_evidence(
            _rated(ratings, seen),
            target.codes,
            rules,
            level=level,
            supervisors=len(store.cohorts.members(place.cohort_id, Role.SUPERVISOR)),
        )
    credential, refusal = _credential(store, viewer, library, today)
    return Basis(step, tuple(ratings), missing, credential, refusal)


def sign_off(
    store: Store,
    viewer: Viewer,
    place: Place,
    wish: SignOffWish,
    proof: Proof,
    *,
    library: Library,
    sent: Sent,
) -> None:
    """Signs: a decision with its evidence and the signer's credential as they stand now.

    Sent again, it signs nothing more.
    Raises: NotFound as `supervised_person`; InvalidInput with the reason: no valid credential,
    evidence missing without a reason, another name, a wrong password; NotAllowed after too many
    wrong passwords.
    """
    refuse_own_record(viewer, place)
    refuse_unfit_words("sign-off-statement", wish.statement)
    supervised_person(store, viewer, place)
    _checked(store, viewer, place, wish, proof, library=library, now=sent.at)
    confirm_identity(store, viewer, password=proof.password, address=proof.address, now=sent.at)
    with store.writing():
        # Asked anew: between the look and the signature a credential may have been taken back.
        basis = _checked(store, viewer, place, wish, proof, library=library, now=sent.at)
        if first_time(store, viewer, sent):
            signed = _signed(
                store.new_id(sent.at),
                viewer,
                place,
                wish,
                basis=basis,
                typed_name=proof.typed_name,
                now=sent.at,
            )
            store.sign_offs.add(signed)


def found_sign_off(
    store: Store, viewer: Viewer, place: Place, sign_off_id: str, *, lock: bool = False
) -> SignOff:
    """Finds a sign-off of somebody the viewer supervises. Raises: NotFound for every other."""
    supervised_person(store, viewer, place)
    return _of_person(store, place.person_id, sign_off_id, lock=lock)


def own_sign_off(store: Store, viewer: Viewer, sign_off_id: str, *, lock: bool = False) -> SignOff:
    """Finds a sign-off of oneself. Raises: NotFound for every other."""
    return _of_person(store, viewer.id, sign_off_id, lock=lock)


def say_beside(
    store: Store,
    viewer: Viewer,
    place: Place,
    sign_off_id: str,
    said: Said,
    *,
    sent: Sent,
    library: Library,
) -> None:
    """Adds an amendment, a withdrawal or a second reviewer's answer; the row itself stays.

    Raises: NotFound as `found_sign_off`; NotAllowed if this is not the viewer's to add now;
    InvalidInput without words, or for an answer without a valid credential.
    """
    refuse_unfit_words("entry-words", said.words)
    with store.writing():
        signed = found_sign_off(store, viewer, place, sign_off_id, lock=True)
        if said.kind is EntryKind.SECOND_REVIEW:
            credential, refusal = _credential(store, viewer, library, store.day_of(sent.at))
            if credential is None:
                raise InvalidInput("entry-words", refusal)
        _add_entry(store, viewer, signed, said, sent=sent)


def answer_own(store: Store, viewer: Viewer, sign_off_id: str, said: Said, *, sent: Sent) -> None:
    """Adds the person's own comment or dispute. Raises: as `say_beside`."""
    refuse_unfit_words("entry-words", said.words)
    with store.writing():
        signed = own_sign_off(store, viewer, sign_off_id, lock=True)
        _add_entry(store, viewer, signed, said, sent=sent)


def _checked(
    store: Store,
    viewer: Viewer,
    place: Place,
    wish: SignOffWish,
    proof: Proof,
    *,
    library: Library,
    now: datetime,
) -> Basis:
    today = store.day_of(now)
    basis = basis_of(
        store, viewer, place, wish.target, level=wish.level, library=library, today=today
    )
    if basis.credential is None:
        raise InvalidInput("sign-off-credential", basis.refusal)
    refuse_unfit_signature(
        typed_name=proof.typed_name,
        full_name=viewer.person.full_name,
        missing=basis.missing,
        exception=wish.exception,
    )
    return basis


def _credential(
    store: Store, viewer: Viewer, library: Library, today: date
) -> tuple[Credential | None, str]:
    signing = library.supervision.signing
    kinds = signing.credentials if signing else ()
    try:
        return signing_credential(store.credentials.of_person(viewer.id), kinds, on=today), ""
    except InvalidInput as refused:
        return None, f"{refused.user_message} {refused.advice}"


def _rated(
    ratings: Iterable[Rating], seen: dict[str, StoredObservation]
) -> Iterable[RatedObservation]:
    for one in ratings:
        observation = seen[one.observation_id]
        form = observation.form
        if form.mode is not None and form.observed_on is not None:
            yield RatedObservation(
                one.observation_id,
                one.competency,
                one.level,
                form.mode,
                form.observed_on,
                one.rater_id,
            )


def _signed(
    row_id: str,
    viewer: Viewer,
    place: Place,
    wish: SignOffWish,
    *,
    basis: Basis,
    typed_name: str,
    now: datetime,
) -> SignOff:
    if basis.credential is None:
        raise ValueError("a sign-off without a credential has not been checked")
    yardstick = wish.target.yardstick
    return SignOff(
        id=row_id,
        person_id=place.person_id,
        target_kind=wish.target.kind,
        target=wish.target.code,
        framework_id=yardstick.framework_id,
        framework_version=yardstick.framework_version,
        scale_id=yardstick.scale.id,
        level=basis.level.rank,
        level_title=basis.level.title,
        evidence=tuple(one.id for one in basis.ratings),
        shortfalls=basis.missing,
        exception=wish.exception.strip()[:4000] if basis.missing else "",
        statement=wish.statement.strip(),
        typed_name=" ".join(typed_name.split()),
        signed_by=viewer.id,
        credential_id=basis.credential.id,
        credential=basis.credential.words,
        signed_at=now,
    )


def _of_person(store: Store, person_id: str, sign_off_id: str, *, lock: bool) -> SignOff:
    found = store.sign_offs.find(sign_off_id, lock=lock)
    if found is None or found.person_id != person_id:
        raise NotFound("sign-off-not-found", "There is no such sign-off.")
    return found


def _add_entry(store: Store, viewer: Viewer, signed: SignOff, said: Said, *, sent: Sent) -> None:
    if not first_time(store, viewer, sent):
        return
    entries = store.sign_offs.entries([signed.id])
    if said.kind not in entries_open_to(signed, entries, viewer.id):
        raise NotAllowed(
            "entry-not-open",
            "This cannot be added to the sign-off by you, or not any more.",
            "Open the sign-off and see what stands beside it.",
        )
    is_own = viewer.id == signed.person_id
    credential = "" if is_own else credential_words(store, viewer.person, on=store.day_of(sent.at))
    store.sign_offs.add_entry(
        SignOffEntry(
            store.new_id(sent.at),
            signed.id,
            said.kind,
            said.words.strip(),
            viewer.id,
            sent.at,
            credential,
        )
    )
