"""The shelf of drafts of cases and their edits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, insert, select, update
from sqlalchemy.orm import Session

from app.storage.new_rows import insert_if_new
from app.storage.tables.studio import CaseDraftEditRow, CaseDraftRow


@dataclass(frozen=True, slots=True)
class StoredDraft:
    """A case being written.

    Shape: `files` by their names in the folder of the case; `change` counts up with every
    change; `base_revision` is empty for a case that is not published yet.
    None: `closed_at` is None while it is open.
    """

    id: str
    case_id: str
    files: Mapping[str, str]
    started_from: Mapping[str, str]
    base_revision: str
    change: int
    made_by: str
    made_at: datetime
    changed_by: str
    changed_at: datetime
    closed_at: datetime | None = None
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class StoredEdit:
    """One edit of a draft as plain data that the library understands."""

    id: str
    number: int  # from 1, without gaps among those that can be undone or made again
    edit: Mapping[str, Any]
    made_by: str
    made_at: datetime
    is_undone: bool = False


class CaseDraftShelf:
    """Gets and saves the drafts of one organisation."""

    def __init__(self, session: Session, organisation_id: str) -> None:
        self._session = session
        self._organisation_id = organisation_id

    def add(self, draft: StoredDraft) -> None:
        """Keeps a new draft; one that is open for the case already stays as it is."""
        row = {
            "id": draft.id,
            "organisation_id": self._organisation_id,
            "case_id": draft.case_id,
            "files": dict(draft.files),
            "started_from": dict(draft.started_from),
            "base_revision": draft.base_revision,
            "change": draft.change,
            "made_by": draft.made_by,
            "made_at": draft.made_at,
            "changed_by": draft.changed_by,
            "changed_at": draft.changed_at,
            "closed_at": None,
            "outcome": "",
        }
        insert_if_new(self._session, CaseDraftRow, row)

    def find(self, draft_id: str, *, lock: bool = False) -> StoredDraft | None:
        """Finds a draft. None: not in this organisation. `lock` as for attempts."""
        query = select(CaseDraftRow.__table__).where(
            CaseDraftRow.id == draft_id, CaseDraftRow.organisation_id == self._organisation_id
        )
        row = self._session.execute(query.with_for_update() if lock else query).first()
        return None if row is None else _draft_from(row)

    def open_of(self, case_id: str) -> StoredDraft | None:
        """The open draft of a case. None: nobody is writing at it."""
        return next(iter(self._open(CaseDraftRow.case_id == case_id)), None)

    def all_open(self) -> list[StoredDraft]:
        """Every open draft, the one changed last first."""
        return self._open()

    def change(
        self, draft: StoredDraft, files: Mapping[str, str], *, by: str, now: datetime
    ) -> None:
        """Keeps the text of a draft after a change."""
        self._update(
            draft.id,
            files=dict(files),
            change=draft.change + 1,
            changed_by=by,
            changed_at=now,
        )

    def rebase(self, draft_id: str, revision: str) -> None:
        """Keeps which text of the case a draft follows."""
        self._update(draft_id, base_revision=revision)

    def close(self, draft_id: str, *, outcome: str, now: datetime) -> None:
        """Ends a draft; its text and edits stay on record."""
        self._update(draft_id, closed_at=now, outcome=outcome)

    def edits(self, draft_id: str) -> list[StoredEdit]:
        """The edits of a draft in order, undone ones too."""
        query = (
            select(
                CaseDraftEditRow.id,
                CaseDraftEditRow.number,
                CaseDraftEditRow.edit,
                CaseDraftEditRow.made_by,
                CaseDraftEditRow.made_at,
                CaseDraftEditRow.is_undone,
            )
            .where(
                CaseDraftEditRow.draft_id == draft_id,
                CaseDraftEditRow.organisation_id == self._organisation_id,
            )
            .order_by(CaseDraftEditRow.number)
        )
        return [StoredEdit(*row) for row in self._session.execute(query)]

    def add_edit(self, draft_id: str, edit: StoredEdit) -> None:
        """Adds an edit in place of those that were undone."""
        self._session.execute(
            delete(CaseDraftEditRow).where(
                CaseDraftEditRow.draft_id == draft_id,
                CaseDraftEditRow.organisation_id == self._organisation_id,
                CaseDraftEditRow.number >= edit.number,
            )
        )
        self._session.execute(
            insert(CaseDraftEditRow).values(
                id=edit.id,
                organisation_id=self._organisation_id,
                draft_id=draft_id,
                number=edit.number,
                edit=dict(edit.edit),
                made_by=edit.made_by,
                made_at=edit.made_at,
                is_undone=False,
            )
        )

    def mark_edit(self, edit_id: str, *, is_undone: bool) -> None:
        """Keeps whether an edit is taken back."""
        self._session.execute(
            update(CaseDraftEditRow)
            .where(
                CaseDraftEditRow.id == edit_id,
                CaseDraftEditRow.organisation_id == self._organisation_id,
            )
            .values(is_undone=is_undone)
        )

    def _open(self, *conditions: Any) -> list[StoredDraft]:
        query = (
            select(CaseDraftRow.__table__)
            .where(
                CaseDraftRow.organisation_id == self._organisation_id,
                CaseDraftRow.closed_at.is_(None),
                *conditions,
            )
            .order_by(CaseDraftRow.changed_at.desc(), CaseDraftRow.id.desc())
        )
        return [_draft_from(row) for row in self._session.execute(query)]

    def _update(self, draft_id: str, **values: object) -> None:
        self._session.execute(
            update(CaseDraftRow)
            .where(
                CaseDraftRow.id == draft_id, CaseDraftRow.organisation_id == self._organisation_id
            )
            .values(**values)
        )


def _draft_from(row: Row[*tuple[Any, ...]]) -> StoredDraft:
    return StoredDraft(
        id=row.id,
        case_id=row.case_id,
        files=row.files,
        started_from=row.started_from,
        base_revision=row.base_revision,
        change=row.change,
        made_by=row.made_by,
        made_at=row.made_at,
        changed_by=row.changed_by,
        changed_at=row.changed_at,
        closed_at=row.closed_at,
        outcome=row.outcome,
    )
