"""Observing somebody: a draft that is saved while it is written, and the record it becomes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from app.domain.errors import Conflict, InvalidInput, NotFound
from app.domain.observation import (
    LONGEST_WORDS,
    MOST_MARKS,
    Complete,
    Mark,
    ObservationForm,
    complete,
)
from app.domain.person import Viewer
from app.domain.rating import Rating, RatingSource
from app.library.catalog import Library
from app.services.supervised import (
    Place,
    Sent,
    credential_words,
    first_time,
    refuse_own_record,
    refuse_unfit_words,
    supervised_person,
)
from app.services.yardsticks import Yardstick, ratable_of, yardsticks
from app.storage.observation_requests import DECLINED, PLANNED, ObservationRequest
from app.storage.observations import COMMENT, READ, FeedbackReply, StoredObservation
from app.storage.store import Store

MOST_IN_PLAN = 4  # competencies of the plan that a new form begins with: it fits three minutes
MOST_WAITING = 5  # requests of one person that may wait for an answer at once


@dataclass(frozen=True, slots=True)
class SentDraft:
    """What a page sends of a draft.

    Shape: `seen` is the revision it was made from; `tab` tells the browser tab and `step` the
    how-manieth save of that tab it is. Without a script the tab is empty.
    """

    form: ObservationForm
    seen: int
    tab: str = ""
    step: int = 0


@dataclass(frozen=True, slots=True)
class ObservationWish:
    """What somebody asks to be observed in. Shape: `competency` is empty without a focus."""

    competency: str
    words: str
    wished_on: date


def start_observation(
    store: Store, viewer: Viewer, place: Place, *, goal_id: str = "", now: datetime
) -> StoredObservation:
    """Opens an observation: the draft that lies open about somebody, or a new one.

    A new form begins with the competencies of the plan, the goal to look at again first.
    Raises: NotFound as `supervised_person`, or for a goal of somebody else.
    """
    refuse_own_record(viewer, place)
    with store.writing():
        supervised_person(store, viewer, place)
        store.people.hold(viewer.id)  # two clicks must not begin two drafts
        for draft in store.observations.drafts_of(viewer.id, place.person_id):
            if draft.goal_id == goal_id:
                return draft
        goals = [one for one in store.goals.of_person(place.person_id) if one.settled_on is None]
        if goal_id and goal_id not in {one.id for one in goals}:
            raise NotFound("goal-not-found", "There is no such open goal in this plan.")
        goals.sort(key=lambda one: one.id != goal_id)
        codes = dict.fromkeys(one.wish.competency for one in goals)
        draft = StoredObservation(
            id=store.new_id(now),
            person_id=place.person_id,
            observer_id=viewer.id,
            form=ObservationForm(
                observed_on=store.day_of(now),
                marks=tuple(Mark(code) for code in codes)[:MOST_IN_PLAN],
            ),
            goal_id=goal_id,
            revision=0,
            saved_by_tab="",
            tab_step=0,
            started_at=now,
            saved_at=now,
        )
        store.observations.add(draft)
        return draft


def own_draft(
    store: Store, viewer: Viewer, place: Place, observation_id: str, *, lock: bool = False
) -> StoredObservation:
    """Finds what the viewer began about somebody they supervise, finished or not.

    Raises: NotFound for every other observation.
    """
    supervised_person(store, viewer, place)
    found = store.observations.find(observation_id, lock=lock)
    is_own = found is not None and found.observer_id == viewer.id
    if found is None or not is_own or found.person_id != place.person_id:
        raise NotFound("observation-not-found", "There is no such observation of yours.")
    return found


def save_draft(
    store: Store,
    viewer: Viewer,
    place: Place,
    observation_id: str,
    sent: SentDraft,
    *,
    now: datetime,
) -> StoredObservation:
    """Keeps a draft as it was sent. A late save of a tab never undoes a newer one of it.

    Raises: NotFound as `own_draft`; Conflict when it was finished, or changed by another tab or
    device since this page was made.
    """
    with store.writing():
        draft = own_draft(store, viewer, place, observation_id, lock=True)
        _refuse_finished(draft)
        if _is_late(draft, sent):
            return draft
        _refuse_moved_on(draft, sent)
        kept = _with(draft, sent, now)
        store.observations.save_draft(kept)
        return kept


def finish_observation(
    store: Store,
    viewer: Viewer,
    place: Place,
    observation_id: str,
    sent: SentDraft,
    *,
    library: Library,
    now: datetime,
) -> StoredObservation:
    """Makes an observation part of the record, with one rating for each level chosen.

    Sent again, it changes nothing. The observer's credential is kept as it stands now.
    Raises: NotFound as `own_draft`; InvalidInput for what is open; Conflict as `save_draft`.
    """
    rated_by = yardsticks(ratable_of(store, library))
    with store.writing():
        draft = own_draft(store, viewer, place, observation_id, lock=True)
        if draft.finished_at is not None:
            return draft
        if not _is_late(draft, sent):
            _refuse_moved_on(draft, sent)
            draft = _with(draft, sent, now)
        scales = {code: one.scale for code, one in rated_by.items()}
        whole = complete(draft.form, scales=scales, today=store.day_of(now))
        store.observations.finish(draft, now=now)
        credential = credential_words(store, viewer.person, on=store.day_of(now))
        store.ratings.add(_ratings(store, draft, whole, rated_by, credential, now))
        return replace(draft, finished_at=now)


def discard_draft(store: Store, viewer: Viewer, place: Place, observation_id: str) -> None:
    """Throws a draft away. Raises: NotFound as `own_draft`; Conflict once it is finished."""
    with store.writing():
        draft = own_draft(store, viewer, place, observation_id, lock=True)
        _refuse_finished(draft)
        store.observations.discard(draft.id, observer_id=viewer.id)


def ask_for_observation(
    store: Store, viewer: Viewer, wish: ObservationWish, library: Library, *, sent: Sent
) -> None:
    """Asks one's supervisors to observe. Raises: InvalidInput; Conflict if enough are waiting."""
    if wish.wished_on < store.day_of(sent.at):
        raise InvalidInput("request-wished_on", "Choose a day that is not in the past.")
    if wish.competency and wish.competency not in ratable_of(store, library).competencies:
        raise InvalidInput("request-competency", "Choose a competency of the list.")
    with store.writing():
        store.people.hold(viewer.id)
        if not first_time(store, viewer, sent):
            return
        known = store.observation_requests.of_people([viewer.id])
        if sum(not one.answer for one in known) >= MOST_WAITING:
            raise Conflict(
                "requests-waiting",
                f"{MOST_WAITING} of your requests wait for an answer already.",
                "Talk about them with your supervisor first.",
            )
        store.observation_requests.add(
            ObservationRequest(
                id=store.new_id(sent.at),
                person_id=viewer.id,
                competency=wish.competency,
                words=wish.words.strip()[:LONGEST_WORDS],
                wished_on=wish.wished_on,
                asked_at=sent.at,
            )
        )


def answer_request(
    store: Store,
    viewer: Viewer,
    place: Place,
    request_id: str,
    *,
    answer: str,
    words: str,
    now: datetime,
) -> None:
    """Answers a wish to be observed; the first answer stands.

    Raises: NotFound as `supervised_person`, or for a request of somebody else; InvalidInput for
    no answer, or for declining without a word.
    """
    with store.writing():
        supervised_person(store, viewer, place)
        asked = store.observation_requests.of_people([place.person_id])
        request = next((one for one in asked if one.id == request_id), None)
        if request is None:
            raise NotFound("request-not-found", "There is no such request of this person.")
        if answer not in {PLANNED, DECLINED}:
            raise InvalidInput("answer-choice", "Choose an answer.")
        if answer == DECLINED:
            refuse_unfit_words("answer-words", words)
        store.observation_requests.answer(
            replace(
                request,
                answer=answer,
                answer_words=words.strip()[:LONGEST_WORDS],
                answered_by=viewer.id,
                answered_at=now,
            )
        )


def own_observation(store: Store, viewer: Viewer, observation_id: str) -> StoredObservation:
    """Finds a finished observation of oneself. Raises: NotFound for every other."""
    found = store.observations.find(observation_id)
    if found is None or found.person_id != viewer.id or found.finished_at is None:
        raise NotFound(
            "observation-not-found",
            "There is no such observation of you.",
            "Open your supervision page and choose one from there.",
        )
    return found


def confirm_reading(store: Store, viewer: Viewer, observation_id: str, *, now: datetime) -> None:
    """Keeps that the observed person read the feedback, once. Raises: NotFound."""
    with store.writing():
        own_observation(store, viewer, observation_id)
        store.observations.reply(
            FeedbackReply(store.new_id(now), observation_id, viewer.id, READ, "", now)
        )


def comment(store: Store, viewer: Viewer, observation_id: str, words: str, *, sent: Sent) -> None:
    """Keeps the observed person's words beside an observation. Raises: NotFound; InvalidInput."""
    plain = refuse_unfit_words("comment-words", words, most=LONGEST_WORDS)
    with store.writing():
        own_observation(store, viewer, observation_id)
        if first_time(store, viewer, sent):
            store.observations.reply(
                FeedbackReply(
                    store.new_id(sent.at), observation_id, viewer.id, COMMENT, plain, sent.at
                )
            )


def _refuse_finished(draft: StoredObservation) -> None:
    if draft.finished_at is not None:
        raise Conflict(
            "observation-finished",
            "This observation is finished and part of the record.",
            "Start another one for what you saw since.",
        )


def _is_late(draft: StoredObservation, sent: SentDraft) -> bool:
    return bool(sent.tab) and draft.saved_by_tab == sent.tab and sent.step <= draft.tab_step


def _refuse_moved_on(draft: StoredObservation, sent: SentDraft) -> None:
    is_same_tab = bool(sent.tab) and draft.saved_by_tab == sent.tab
    if sent.seen != draft.revision and not is_same_tab:
        raise Conflict(
            "observation-moved-on",
            "This draft was changed on another device or in another tab.",
            "Choose which one to keep.",
        )


def _with(draft: StoredObservation, sent: SentDraft, now: datetime) -> StoredObservation:
    form = sent.form
    longest = max((len(words) for words in (form.note, form.went_well, form.next_step)), default=0)
    if longest > LONGEST_WORDS or any(len(mark.words) > LONGEST_WORDS for mark in form.marks):
        raise InvalidInput("observation-note", f"Use at most {LONGEST_WORDS:,} letters a field.")
    if len(form.marks) > MOST_MARKS:
        raise InvalidInput(
            "observation-marks", f"Rate at most {MOST_MARKS} competencies in one observation."
        )
    return replace(
        draft,
        form=form,
        revision=draft.revision + 1,
        saved_by_tab=sent.tab,
        tab_step=sent.step,
        saved_at=now,
    )


def _ratings(
    store: Store,
    draft: StoredObservation,
    whole: Complete,
    rated_by: Mapping[str, Yardstick],
    credential: str,
    now: datetime,
) -> list[Rating]:
    ratings = []
    for mark in whole.form.rated:
        yardstick = rated_by[mark.competency]
        level = yardstick.scale.level(mark.level or 0)
        ratings.append(
            Rating(
                id=store.new_id(now),
                person_id=draft.person_id,
                competency=mark.competency,
                framework_id=yardstick.framework_id,
                framework_version=yardstick.framework_version,
                scale_id=yardstick.scale.id,
                level=level.rank,
                level_title=level.title,
                source=RatingSource.OBSERVATION,
                rater_id=draft.observer_id,
                rated_at=now,
                observed_support=mark.support or "",
                observation_id=draft.id,
                rater_credential=credential,
                note=mark.words,
            )
        )
    return ratings
