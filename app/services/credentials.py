"""People's credentials and the training they do for renewing them. Each keeps their own."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from app.domain.board_rules import BoardRules, renewals_of
from app.domain.credential import Credential
from app.domain.errors import Conflict, InvalidInput, NotFound
from app.domain.local_time import day_in
from app.domain.person import Viewer
from app.domain.renewal import Education
from app.library.library import Library
from app.services.competencies import DEFAULT_FRAMEWORK
from app.storage.store import Store

TRAINING = "training"
LONGEST_MINUTES = 60_000


@dataclass(frozen=True, slots=True)
class NewCredential:
    """A credential as it was filled in. None: it never expires."""

    kind: str
    number: str
    issuer: str
    issued_on: date
    expires_on: date | None


@dataclass(frozen=True, slots=True)
class NewEducation:
    """Training as it was filled in. Shape: `topic` and `area` may be empty."""

    done_on: date
    title: str
    provider: str
    minutes: int
    topic: str
    way: str
    is_specific: bool
    area: str = ""


def add_credential(
    store: Store, viewer: Viewer, new: NewCredential, *, zone: str, now: datetime
) -> Credential:
    """Adds one of the viewer's own credentials.

    Raises: InvalidInput for dates that cannot be; Conflict if it is there already.
    """
    if new.expires_on is not None and new.expires_on < new.issued_on:
        raise InvalidInput("expires-before-issued", "It would expire before it was issued.")
    if new.issued_on > day_in(zone, now):
        raise InvalidInput("issued-ahead", "It is not issued yet.", "Enter it once you hold it.")
    credential = Credential(
        id=store.new_id(now),
        person_id=viewer.id,
        kind=new.kind.strip(),
        number=new.number.strip(),
        issuer=new.issuer.strip(),
        issued_on=new.issued_on,
        expires_on=new.expires_on,
    )
    with store.writing():
        store.people.hold(viewer.id)
        for known in store.credentials.of_person(viewer.id):
            if (known.kind.casefold(), known.issued_on) == (
                credential.kind.casefold(),
                credential.issued_on,
            ):
                raise Conflict(
                    "credential-known",
                    f"Your {known.kind} of that day is entered already.",
                    "A renewal has a later day of issue.",
                )
        store.credentials.add(credential, by=viewer.id, now=now)
    return credential


def take_credential_back(
    store: Store, viewer: Viewer, *, credential_id: str, now: datetime
) -> None:
    """Takes back one of the viewer's own entries. What was signed with it keeps its words.

    Raises: NotFound if it is not one of theirs.
    """
    with store.writing():
        if not store.credentials.take_back(credential_id, person_id=viewer.id, now=now):
            raise NotFound("credential-not-found", "There is no such credential among yours.")


def add_education(
    store: Store,
    viewer: Viewer,
    new: NewEducation,
    *,
    boards: Mapping[str, BoardRules],
    areas: Collection[str] = (),
    zone: str,
    now: datetime,
) -> Education:
    """Adds training the viewer has done.

    Raises: InvalidInput for a day ahead, hours that cannot be, a topic or way that no renewal
    knows, or an area that is none of `areas`; Conflict if the same is there already.
    """
    if new.done_on > day_in(zone, now):
        raise InvalidInput("done-ahead", "This day is still to come.", "Enter it afterwards.")
    if not 1 <= new.minutes <= LONGEST_MINUTES:
        raise InvalidInput("minutes-range", "Enter between one minute and 1,000 hours.")
    if new.topic and new.topic not in topics_of(boards):
        raise InvalidInput("topic-unknown", "Choose one of the topics.")
    if new.way not in ways_of(boards):
        raise InvalidInput("way-unknown", "Choose how you learned it.")
    if new.area and new.area not in areas:
        raise InvalidInput("area-unknown", "Choose one of the areas.")
    education = Education(
        *(store.new_id(now), viewer.id, new.done_on, new.title.strip(), new.provider.strip()),
        *(new.minutes, new.topic, new.way, new.is_specific, new.area),
    )
    with store.writing():
        store.people.hold(viewer.id)
        for known in store.education.of_people([viewer.id]):
            if (known.done_on, known.title, known.minutes, known.topic) == (
                *(education.done_on, education.title, education.minutes, education.topic),
            ):
                raise Conflict("training-known", "The same training is entered already.")
        store.education.add(education, now=now)
    return education


def take_education_back(store: Store, viewer: Viewer, *, education_id: str, now: datetime) -> None:
    """Takes back training of one's own. Raises: NotFound if it is not one of theirs."""
    with store.writing():
        if not store.education.take_back(education_id, person_id=viewer.id, now=now):
            raise NotFound("training-not-found", "There is no such training among yours.")


def areas_of(library: Library) -> dict[str, str]:
    """The areas of competencies that a training can be about: titles by framework/group."""
    framework = library.frameworks[DEFAULT_FRAMEWORK]
    return {f"{framework.id}/{group.id}": group.title for group in framework.top_groups}


def topics_of(boards: Mapping[str, BoardRules]) -> dict[str, str]:
    """The topics that renewals ask for: titles by id."""
    return {
        topic.id: topic.title
        for rule in renewals_of(boards.values()).values()
        for edition in rule.editions
        for topic in edition.topics
    }


def ways_of(boards: Mapping[str, BoardRules]) -> dict[str, str]:
    """The ways of learning that renewals tell apart: titles by id, plain training first."""
    return {TRAINING: "Training or a course"} | {
        way.id: way.title
        for rule in renewals_of(boards.values()).values()
        for edition in rule.editions
        for way in edition.ways
    }
