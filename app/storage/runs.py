"""The shelf of runs, their steps, and the case texts they are played in."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, select, update
from sqlalchemy.orm import Session

from app.storage.new_rows import insert_if_new, insert_or_change
from app.storage.tables.play import CommitmentRow, RunRow, ScenarioRevisionRow, StepRow


@dataclass(frozen=True, slots=True)
class StoredRun:
    """One person walking one revision of a case.

    None: `ended_at` and `ending` are None while it goes on.
    """

    id: str
    person_id: str
    scenario_id: str
    revision: str
    seed: int
    started_at: datetime
    ended_at: datetime | None = None
    ending: str | None = None
    mode: str = "practice"  # or assessed


@dataclass(frozen=True, slots=True)
class Commitment:
    """What somebody wrote after a run: the one thing they will do next time."""

    run_id: str
    scenario_id: str
    words: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class StoredStep:
    """One move, as plain data that the rules understand."""

    position: int  # from 1
    move: Mapping[str, Any]
    request_key: str
    taken_at: datetime


class RunShelf:
    """Gets and saves runs of one organisation."""

    def __init__(self, session: Session, organisation_id: str) -> None:
        self._session = session
        self._organisation_id = organisation_id

    def add(self, run: StoredRun, *, request_key: str) -> None:
        """Keeps a started run. A key that was used before keeps the run it started."""
        insert_if_new(
            self._session,
            RunRow,
            {
                "id": run.id,
                "organisation_id": self._organisation_id,
                "person_id": run.person_id,
                "scenario_id": run.scenario_id,
                "revision": run.revision,
                "seed": run.seed,
                "mode": run.mode,
                "request_key": request_key,
                "started_at": run.started_at,
                "ended_at": None,
                "ending": None,
            },
        )

    def find(self, run_id: str, *, lock: bool = False) -> StoredRun | None:
        """Finds a run. None: not in this organisation. `lock` as for attempts."""
        query = select(RunRow.__table__).where(
            RunRow.id == run_id, RunRow.organisation_id == self._organisation_id
        )
        row = self._session.execute(query.with_for_update() if lock else query).first()
        return None if row is None else _run_from(row)

    def find_by_request(self, person_id: str, request_key: str) -> StoredRun | None:
        """Finds the run that a start with this key made. None: none has."""
        runs = self._runs(RunRow.person_id == person_id, RunRow.request_key == request_key)
        return runs[0] if runs else None

    def of_person(self, person_id: str) -> list[StoredRun]:
        """A person's runs, newest first."""
        return self._runs(RunRow.person_id == person_id)

    def ended_of(self, person_ids: Collection[str]) -> list[StoredRun]:
        """The finished runs of some people, newest first."""
        return self._runs(RunRow.person_id.in_(sorted(person_ids)), RunRow.ended_at.is_not(None))

    def open_of_case(self, scenario_id: str) -> list[StoredRun]:
        """The runs of a case that go on, newest first."""
        return self._runs(RunRow.scenario_id == scenario_id, RunRow.ended_at.is_(None))

    def move_to(self, run_id: str, revision: str) -> None:
        """Lets a run that goes on be played in another wording from now on."""
        self._session.execute(
            update(RunRow)
            .where(
                RunRow.id == run_id,
                RunRow.organisation_id == self._organisation_id,
                RunRow.ended_at.is_(None),
            )
            .values(revision=revision)
        )

    def end(self, run_id: str, *, ending: str, now: datetime) -> None:
        """Closes a run at its ending."""
        self._session.execute(
            update(RunRow)
            .where(RunRow.id == run_id, RunRow.organisation_id == self._organisation_id)
            .values(ended_at=now, ending=ending)
        )

    def keep_commitment(self, run: StoredRun, words: str, *, now: datetime) -> None:
        """Keeps what the learner of a run wrote after it; empty words take it back."""
        row = {
            "run_id": run.id,
            "organisation_id": self._organisation_id,
            "person_id": run.person_id,
            "words": words,
            "made_at": now,
        }
        insert_or_change(self._session, CommitmentRow, [row], keys=("run_id",))

    def commitment(self, run_id: str) -> str:
        """What the learner wrote after a run; empty when there is nothing."""
        query = select(CommitmentRow.words).where(
            CommitmentRow.run_id == run_id, CommitmentRow.organisation_id == self._organisation_id
        )
        return self._session.execute(query).scalar() or ""

    def commitments(self, person_id: str) -> list[Commitment]:
        """What somebody wrote after runs, the earliest first."""
        query = (
            select(CommitmentRow.run_id, RunRow.scenario_id, CommitmentRow.words)
            .add_columns(CommitmentRow.made_at)
            .join(RunRow, RunRow.id == CommitmentRow.run_id)
            .where(
                CommitmentRow.organisation_id == self._organisation_id,
                RunRow.person_id == person_id,
                CommitmentRow.words != "",
            )
            .order_by(CommitmentRow.made_at)
        )
        return [Commitment(*row) for row in self._session.execute(query)]

    def add_step(self, row_id: str, run_id: str, step: StoredStep) -> None:
        """Adds a move. A second move at the same place is refused by the database."""
        self._session.execute(
            insert(StepRow).values(
                id=row_id,
                organisation_id=self._organisation_id,
                run_id=run_id,
                position=step.position,
                move=dict(step.move),
                request_key=step.request_key,
                taken_at=step.taken_at,
            )
        )

    def steps(self, run_id: str) -> list[StoredStep]:
        """The moves of a run in order."""
        return self.steps_of([run_id]).get(run_id, [])

    def steps_of(self, run_ids: Collection[str]) -> dict[str, list[StoredStep]]:
        """The moves of several runs, in order, by run. Cost: one query."""
        query = (
            select(
                StepRow.run_id,
                StepRow.position,
                StepRow.move,
                StepRow.request_key,
                StepRow.taken_at,
            )
            .where(
                StepRow.run_id.in_(list(run_ids)),
                StepRow.organisation_id == self._organisation_id,
            )
            .order_by(StepRow.run_id, StepRow.position)
        )
        gathered: dict[str, list[StoredStep]] = {}
        for run_id, *fields in self._session.execute(query):
            gathered.setdefault(run_id, []).append(StoredStep(*fields))
        return gathered

    def freeze(
        self, scenario_id: str, revision: str, files: Mapping[str, str], *, now: datetime
    ) -> None:
        """Keeps the text of a case, so that a run begun in it can end in it."""
        if self.frozen(scenario_id, revision) is None:
            insert_if_new(
                self._session,
                ScenarioRevisionRow,
                {
                    "scenario_id": scenario_id,
                    "revision": revision,
                    "files": dict(files),
                    "stored_at": now,
                },
            )

    def frozen(self, scenario_id: str, revision: str) -> dict[str, str] | None:
        """The text of a case as played. None: never played in this wording."""
        query = select(ScenarioRevisionRow.files).where(
            ScenarioRevisionRow.scenario_id == scenario_id,
            ScenarioRevisionRow.revision == revision,
        )
        return self._session.execute(query).scalar_one_or_none()

    def _runs(self, *conditions: Any) -> list[StoredRun]:
        query = (
            select(RunRow.__table__)
            .where(RunRow.organisation_id == self._organisation_id, *conditions)
            .order_by(RunRow.started_at.desc(), RunRow.id.desc())
        )
        return [_run_from(row) for row in self._session.execute(query)]


def _run_from(row: Row[*tuple[Any, ...]]) -> StoredRun:
    return StoredRun(
        id=row.id,
        person_id=row.person_id,
        scenario_id=row.scenario_id,
        revision=row.revision,
        seed=row.seed,
        started_at=row.started_at,
        ended_at=row.ended_at,
        ending=row.ending,
        mode=row.mode,
    )
