"""Publishing a draft: the gate, the new wording, and the runs that are open in an older one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from app.domain.case_changes import CaseChange, changes_between, summary
from app.domain.case_gate import Hurdle, cautions, hurdles
from app.domain.errors import Conflict, DomainError, InvalidInput
from app.domain.open_runs import MOVES_ON, RunStand, stand_of_run
from app.domain.person import Viewer
from app.domain.problem import Problem
from app.domain.run import Move, replay
from app.domain.scenario import Scenario
from app.library.case_draft import CheckedDraft, has_version, with_version
from app.library.case_folder import read_case_folder
from app.library.places import SCENARIOS
from app.library.scenario_text import read_case
from app.services.case_drafts import own_draft, refuse_unseen
from app.services.case_reviews import DraftReview, draft_review
from app.services.play import scenario_of
from app.storage.case_drafts import StoredDraft
from app.storage.case_publications import Publication, PublishedReview
from app.storage.runs import StoredRun
from app.storage.store import Store

LONGEST_NOTE = 500


@dataclass(frozen=True, slots=True)
class Serving:
    """The case as it serves now, and the text its folder holds.

    Shape: the revisions are empty where there is nothing.
    None: `scenario` is None for a case that is new.
    """

    scenario: Scenario | None
    disk_revision: str

    @property
    def revision(self) -> str:
        """Names the text that serves; empty when none does."""
        return self.scenario.fingerprint if self.scenario else ""


@dataclass(frozen=True, slots=True)
class PublishAsked:
    """What a trainer saw of a draft when they decided to publish it.

    Shape: `is_unread` says that they do so knowingly without a second reader.
    """

    checked: CheckedDraft
    serving: Serving
    change: int
    note: str = ""
    is_unread: bool = False


@dataclass(frozen=True, slots=True)
class PublishOutlook:
    """What publishing a draft would do, and what stands against it.

    Shape: `open_runs` counts runs that go on by how they stand to the new wording; `version` is
    the one the case will have.
    """

    hurdles: tuple[Hurdle, ...]
    cautions: tuple[Problem, ...]
    review: DraftReview
    changes: tuple[CaseChange, ...]
    open_runs: Mapping[RunStand, int]
    version: int
    is_outdated: bool  # the case was published from elsewhere since the draft was begun


def publish_outlook(
    store: Store, draft: StoredDraft, checked: CheckedDraft, serving: Serving
) -> PublishOutlook:
    """Says what publishing would do. Changes nothing."""
    after, before = checked.scenario, serving.scenario
    stands = Counter[RunStand]()
    if after is not None:
        for organisation_id in store.people.organisation_ids():
            own = store.for_organisation(organisation_id)
            stands.update(_stand(own, run, after) for run in own.runs.open_of_case(draft.case_id))
    review = draft_review(store, draft)
    return PublishOutlook(
        hurdles=_hurdles(draft, checked, serving),
        cautions=tuple(cautions(draft.case_id, review.stand, stands)),
        review=review,
        changes=changes_between(before, after) if after else (),
        open_runs=stands,
        version=_next_version(before, after),
        is_outdated=serving.revision != draft.base_revision,
    )


def publish(
    store: Store, viewer: Viewer, draft_id: str, asked: PublishAsked, *, now: datetime
) -> Publication:
    """Publishes a draft: learners who start the case from now on play it.

    Raises: Conflict when the draft or the case has moved on; InvalidInput when the gate is shut,
    or nobody but its writers has read the text and that was not said to be meant.
    """
    checked, serving = asked.checked, asked.serving
    with store.writing():
        draft = own_draft(store, draft_id, lock=True)
        refuse_unseen(draft, asked.change)
        earlier = store.case_publications.of_case(draft.case_id)
        serves = earlier[0].revision if earlier else serving.revision
        if draft.base_revision != serves:
            raise Conflict(
                "case-published-meanwhile",
                "This case was published from elsewhere since your draft was begun.",
                "Compare the two texts, take over what you need, and start from the new one.",
            )
        found = _hurdles(draft, checked, serving)
        if found or checked.scenario is None:
            raise InvalidInput(
                "gate-shut",
                found[0].words if found else "There is nothing to publish yet.",
                found[0].advice if found else "Write a first scene.",
            )
        review = _second_reader(store, draft, asked)
        version = _next_version(serving.scenario, checked.scenario)
        files = with_version(draft.files, version)
        after, _ = read_case(files, path=draft.case_id)
        assert after is not None  # noqa: S101 (it was read a moment ago, with another number)
        publication = Publication(
            id=store.new_id(now),
            case_id=draft.case_id,
            number=len(earlier) + 1,
            revision=after.fingerprint,
            disk_revision=serving.disk_revision,
            files=files,
            changes=summary(changes_between(serving.scenario, after)),
            note=asked.note.strip()[:LONGEST_NOTE],
            published_by=viewer.id,
            published_at=now,
            review=review,
            is_unread=review is None,
        )
        store.case_publications.add(publication, organisation_id=store.organisation_id)
        store.case_drafts.close(draft.id, outcome="published", now=now)
    return publication


def move_open_runs(store: Store, publication: Publication, *, now: datetime) -> Counter[RunStand]:
    """Lets open runs go on in a new wording where nothing they met has changed.

    Each run is a change of its own. The others stay in the wording they were begun in.
    """
    told = f"{SCENARIOS}/{publication.case_id}"
    texts = {f"{told}/{name}": text for name, text in publication.files.items()}
    after, _ = read_case_folder(texts, told=told)
    stands = Counter[RunStand]()
    if after is None:
        return stands
    for organisation_id in store.people.organisation_ids():
        own = store.for_organisation(organisation_id)
        runs = own.runs.open_of_case(publication.case_id)
        own.end_reading()
        for run in runs:
            stands[_move(own, run, after, publication, now)] += 1
    return stands


def _hurdles(draft: StoredDraft, checked: CheckedDraft, serving: Serving) -> tuple[Hurdle, ...]:
    return hurdles(
        serving.scenario,
        checked.scenario,
        checked.problems,
        has_version=has_version(draft.files),
    )


def _second_reader(store: Store, draft: StoredDraft, asked: PublishAsked) -> PublishedReview | None:
    """Who has read exactly this text. None: nobody, and the publisher knows."""
    stand = draft_review(store, draft).stand
    if stand.is_read and stand.last is not None:
        return PublishedReview(stand.last.made_by, stand.last.made_at, stand.last.note)
    if not asked.is_unread:
        raise InvalidInput(
            "no-second-reader",
            "Nobody but its writers has read this text.",
            "Ask another trainer, or tick that you publish it without a second reader.",
        )
    return None


def _move(
    store: Store, run: StoredRun, after: Scenario, publication: Publication, now: datetime
) -> RunStand:
    with store.writing():
        current = store.runs.find(run.id, lock=True)
        if current is None or current.ended_at is not None:
            return RunStand.UNTOUCHED
        stand = _stand(store, current, after)
        if stand in MOVES_ON and current.revision != publication.revision:
            files = {name: one for name, one in publication.files.items() if name.endswith(".md")}
            store.runs.freeze(run.scenario_id, publication.revision, files, now=now)
            store.runs.move_to(run.id, publication.revision)
        return stand


def _stand(store: Store, run: StoredRun, after: Scenario) -> RunStand:
    try:
        before = scenario_of(store, run)
        moves = [Move.from_json(step.move) for step in store.runs.steps(run.id)]
        return stand_of_run(before, after, replay(before, seed=run.seed, moves=moves))
    except DomainError:
        return RunStand.DECISION_CHANGED  # it cannot be played; it stays as it is


def _next_version(before: Scenario | None, after: Scenario | None) -> int:
    """The number of the new wording: above the one that serves, or what the author wrote."""
    lowest = before.version + 1 if before else 1
    return max(lowest, after.version) if after else lowest
