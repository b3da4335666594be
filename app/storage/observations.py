"""The shelf of observations: drafts can be saved and given up; what is finished stays as it is."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, insert, select, update
from sqlalchemy.orm import Session

from app.domain.mi_counts import MICounts
from app.domain.observation import Mark, ObservationForm, ObservationMode, Support
from app.storage.new_rows import insert_if_new
from app.storage.tables.supervision_chain import FeedbackReplyRow, ObservationRow

READ, COMMENT = "read", "comment"


@dataclass(frozen=True, slots=True)
class StoredObservation:
    """An observation as it is kept.

    Shape: `goal_id` is the goal it looks at again, or empty. None: `finished_at` is None while it
    is a draft of its observer.
    """

    id: str
    person_id: str
    observer_id: str
    form: ObservationForm
    goal_id: str
    revision: int
    saved_by_tab: str
    tab_step: int
    started_at: datetime
    saved_at: datetime
    finished_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class FeedbackReply:
    """What the observed person said. Shape: `kind` is read or comment."""

    id: str
    observation_id: str
    person_id: str
    kind: str
    words: str
    said_at: datetime


class ObservationShelf:
    """Gets and saves the observations of one organisation."""

    def __init__(self, session: Session, organisation_id: str) -> None:
        self._session = session
        self._organisation_id = organisation_id

    def add(self, observation: StoredObservation) -> None:
        """Keeps a new draft."""
        self._session.execute(
            insert(ObservationRow).values(
                id=observation.id,
                organisation_id=self._organisation_id,
                person_id=observation.person_id,
                observer_id=observation.observer_id,
                goal_id=observation.goal_id or None,
                started_at=observation.started_at,
                finished_at=None,
                **_saved(observation),
                **_told(observation.form),
            )
        )

    def save_draft(self, observation: StoredObservation) -> bool:
        """Keeps the text of a draft. Says whether it was one still."""
        return self._change(observation, **_saved(observation), **_told(observation.form))

    def finish(self, observation: StoredObservation, *, now: datetime) -> bool:
        """Makes a draft part of the record, for good. Says whether it was a draft still."""
        told = _told(observation.form)
        return self._change(observation, finished_at=now, **_saved(observation), **told)

    def discard(self, observation_id: str, *, observer_id: str) -> bool:
        """Throws a draft away. Says whether there was one."""
        gone = self._session.execute(
            delete(ObservationRow)
            .where(
                ObservationRow.id == observation_id,
                ObservationRow.observer_id == observer_id,
                ObservationRow.organisation_id == self._organisation_id,
                ObservationRow.finished_at.is_(None),
            )
            .returning(ObservationRow.id)
        )
        return gone.first() is not None

    def find(self, observation_id: str, *, lock: bool = False) -> StoredObservation | None:
        """Finds an observation. None: not in this organisation. `lock` as for attempts."""
        query = select(ObservationRow.__table__).where(
            ObservationRow.id == observation_id,
            ObservationRow.organisation_id == self._organisation_id,
        )
        row = self._session.execute(query.with_for_update() if lock else query).first()
        return None if row is None else _observation_from(row)

    def finished_of(self, person_ids: Collection[str]) -> list[StoredObservation]:
        """The finished observations of some people, the newest first."""
        return self._all(
            ObservationRow.person_id.in_(sorted(person_ids)),
            ObservationRow.finished_at.is_not(None),
        )

    def drafts_of(self, observer_id: str, person_id: str) -> list[StoredObservation]:
        """What an observer has begun about somebody and not finished, the newest first."""
        return self.drafts_about(observer_id, [person_id])

    def drafts_about(
        self, observer_id: str, person_ids: Collection[str]
    ) -> list[StoredObservation]:
        """What an observer has begun about some people and not finished, the newest first."""
        return self._all(
            ObservationRow.person_id.in_(sorted(person_ids)),
            ObservationRow.observer_id == observer_id,
            ObservationRow.finished_at.is_(None),
        )

    def reply(self, reply: FeedbackReply) -> None:
        """Keeps what the observed person said; that they read it is kept once."""
        row = {
            "id": reply.id,
            "organisation_id": self._organisation_id,
            "observation_id": reply.observation_id,
            "person_id": reply.person_id,
            "kind": reply.kind,
            "words": reply.words,
            "said_at": reply.said_at,
        }
        insert_if_new(self._session, FeedbackReplyRow, row)

    def replies(self, observation_ids: Collection[str]) -> list[FeedbackReply]:
        """What observed people said to some observations, in order."""
        query = (
            select(
                FeedbackReplyRow.id,
                FeedbackReplyRow.observation_id,
                FeedbackReplyRow.person_id,
                FeedbackReplyRow.kind,
                FeedbackReplyRow.words,
                FeedbackReplyRow.said_at,
            )
            .where(
                FeedbackReplyRow.organisation_id == self._organisation_id,
                FeedbackReplyRow.observation_id.in_(sorted(observation_ids)),
            )
            .order_by(FeedbackReplyRow.said_at, FeedbackReplyRow.id)
        )
        return [FeedbackReply(*row) for row in self._session.execute(query)]

    def _all(self, *conditions: Any) -> list[StoredObservation]:
        query = (
            select(ObservationRow.__table__)
            .where(ObservationRow.organisation_id == self._organisation_id, *conditions)
            .order_by(ObservationRow.observed_on.desc(), ObservationRow.id.desc())
        )
        return [_observation_from(row) for row in self._session.execute(query)]

    def _change(self, observation: StoredObservation, **values: object) -> bool:
        changed = self._session.execute(
            update(ObservationRow)
            .where(
                ObservationRow.id == observation.id,
                ObservationRow.organisation_id == self._organisation_id,
                ObservationRow.finished_at.is_(None),  # what is finished stays as it is
            )
            .values(**values)
            .returning(ObservationRow.id)
        )
        return changed.first() is not None


def _saved(observation: StoredObservation) -> dict[str, object]:
    return {
        "revision": observation.revision,
        "saved_by_tab": observation.saved_by_tab,
        "tab_step": observation.tab_step,
        "saved_at": observation.saved_at,
    }


def _told(form: ObservationForm) -> dict[str, object]:
    return {
        "mode": form.mode or "",
        "observed_on": form.observed_on,
        "note": form.note,
        "went_well": form.went_well,
        "next_step": form.next_step,
        "marks": [
            {
                "competency": mark.competency,
                "level": mark.level,
                "support": mark.support,
                "words": mark.words,
            }
            for mark in form.marks
        ],
        "counts": form.counts.as_json(),
    }


def _observation_from(row: Row[*tuple[Any, ...]]) -> StoredObservation:
    form = ObservationForm(
        mode=ObservationMode(row.mode) if row.mode else None,
        observed_on=row.observed_on,
        marks=tuple(_mark_from(one) for one in row.marks),
        note=row.note,
        went_well=row.went_well,
        next_step=row.next_step,
        counts=MICounts.from_json(row.counts),
    )
    return StoredObservation(
        id=row.id,
        person_id=row.person_id,
        observer_id=row.observer_id,
        form=form,
        goal_id=row.goal_id or "",
        revision=row.revision,
        saved_by_tab=row.saved_by_tab,
        tab_step=row.tab_step,
        started_at=row.started_at,
        saved_at=row.saved_at,
        finished_at=row.finished_at,
    )


def _mark_from(told: Mapping[str, Any]) -> Mark:
    support = Support(told["support"]) if told["support"] else None
    return Mark(told["competency"], told["level"], support, told["words"])
