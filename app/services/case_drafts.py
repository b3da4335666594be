"""Writing cases: opening a draft, changing it, taking changes back, giving it up.

A draft is kept with every change, as one transaction; what a page shows of it may be old, so
each change is worked out on the text as it stands then.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from app.domain.errors import Conflict, InvalidInput, NotFound
from app.domain.person import Viewer
from app.library.case_draft import refuse_unfit_files
from app.library.case_edit import Edit, apply_edit, edit_between, undo_of
from app.storage.case_drafts import StoredDraft, StoredEdit
from app.storage.store import Store

Files = Mapping[str, str]
CASE_ID = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
TYPING = timedelta(minutes=2)  # autosaves of one place within it are one edit to take back


@dataclass(frozen=True, slots=True)
class CaseSource:
    """What a draft begins with. Shape: `revision` is empty for a case nobody has published."""

    case_id: str
    files: Files
    revision: str


def open_draft(store: Store, viewer: Viewer, source: CaseSource, *, now: datetime) -> StoredDraft:
    """Finds the open draft of a case, or starts one from the text that serves.

    Raises: InvalidInput for an id or files that fit no case folder.
    """
    if not CASE_ID.fullmatch(source.case_id) or len(source.case_id) > 60:
        raise InvalidInput(
            "case-id",
            "This cannot be the id of a case.",
            "Use small letters, digits and hyphens, at most 60: the-ride-home.",
        )
    refuse_unfit_files(source.files)
    with store.writing():
        known = store.case_drafts.open_of(source.case_id)
        if known is not None:
            return known
        draft = StoredDraft(
            id=store.new_id(now),
            case_id=source.case_id,
            files=source.files,
            started_from=source.files if source.revision else {},
            base_revision=source.revision,
            change=0,
            made_by=viewer.id,
            made_at=now,
            changed_by=viewer.id,
            changed_at=now,
        )
        store.case_drafts.add(draft)
        return store.case_drafts.open_of(source.case_id) or draft


def own_draft(store: Store, draft_id: str, *, lock: bool = False) -> StoredDraft:
    """Finds an open draft of this organisation.

    Raises: NotFound for any other; Conflict when it was published or given up meanwhile.
    """
    draft = store.case_drafts.find(draft_id, lock=lock)
    if draft is None:
        raise NotFound("draft-not-found", "There is no such draft.", "Open the case and start one.")
    if draft.closed_at is not None:
        raise Conflict(
            "draft-closed",
            f"This draft was {draft.outcome} meanwhile.",
            "Open the case to see the text that serves, and start another draft from it.",
        )
    return draft


def change_draft(
    store: Store,
    viewer: Viewer,
    draft_id: str,
    make: Callable[[Files], Edit],
    *,
    now: datetime,
    is_typing: bool = False,
) -> StoredDraft:
    """Makes an edit on the text as it stands, and keeps it as one step to take back.

    Shape: `make` works the edit out and may refuse. With `is_typing`, it becomes one with the
    edit before it when that came from the same person, by typing in the same place.
    """
    with store.writing():
        draft = own_draft(store, draft_id, lock=True)
        edit = make(draft.files)
        files = apply_edit(draft.files, edit)
        refuse_unfit_files(files)
        if files == dict(draft.files):
            return draft
        done = [one for one in store.case_drafts.edits(draft_id) if not one.is_undone]
        before = _typed_before(done, edit.what, viewer, now) if is_typing else None
        if before is not None:
            start = apply_edit(draft.files, undo_of(_edit_of(before)))
            edit, number = edit_between(start, files, edit.what), before.number
        else:
            number = len(done) + 1
        told = {"edit": edit.as_json(), "what": edit.what, "typing": is_typing}
        store.case_drafts.add_edit(
            draft_id, StoredEdit(store.new_id(now), number, told, viewer.id, now)
        )
        return _keep(store, draft, files, viewer, now)


def undo(store: Store, viewer: Viewer, draft_id: str, *, now: datetime) -> StoredDraft:
    """Takes the newest edit back. Raises: Conflict when there is none."""
    with store.writing():
        draft = own_draft(store, draft_id, lock=True)
        done = [one for one in store.case_drafts.edits(draft_id) if not one.is_undone]
        if not done:
            raise Conflict("nothing-to-undo", "There is nothing to take back.")
        files = apply_edit(draft.files, undo_of(_edit_of(done[-1])))
        store.case_drafts.mark_edit(done[-1].id, is_undone=True)
        return _keep(store, draft, files, viewer, now)


def redo(store: Store, viewer: Viewer, draft_id: str, *, now: datetime) -> StoredDraft:
    """Makes the edit again that was taken back last. Raises: Conflict when there is none."""
    with store.writing():
        draft = own_draft(store, draft_id, lock=True)
        undone = [one for one in store.case_drafts.edits(draft_id) if one.is_undone]
        if not undone:
            raise Conflict("nothing-to-redo", "There is nothing to make again.")
        files = apply_edit(draft.files, _edit_of(undone[0]))
        store.case_drafts.mark_edit(undone[0].id, is_undone=False)
        return _keep(store, draft, files, viewer, now)


def rebase_draft(store: Store, draft_id: str, *, revision: str) -> None:
    """Lets a draft follow the text that serves now, which its author has compared with it."""
    with store.writing():
        own_draft(store, draft_id, lock=True)
        store.case_drafts.rebase(draft_id, revision)


def discard_draft(store: Store, draft_id: str, *, seen_change: int, now: datetime) -> None:
    """Gives a draft up; its text stays on record. Raises: Conflict if it changed meanwhile."""
    with store.writing():
        draft = own_draft(store, draft_id, lock=True)
        refuse_unseen(draft, seen_change)
        store.case_drafts.close(draft_id, outcome="discarded", now=now)


def refuse_unseen(draft: StoredDraft, seen_change: int) -> None:
    """Refuses an act that rests on another text than the one that stands now."""
    if draft.change != seen_change:
        raise Conflict(
            "draft-moved-on",
            "The draft was changed after you opened this page.",
            "Look at it as it is now, then decide again.",
        )


def _typed_before(
    done: list[StoredEdit], what: str, viewer: Viewer, now: datetime
) -> StoredEdit | None:
    """The edit that typing on belongs to. None: this begins a new one."""
    last = done[-1] if done else None
    goes_on = (
        last is not None
        and last.made_by == viewer.id
        and last.edit.get("typing")
        and last.edit.get("what") == what
        and now - last.made_at < TYPING
    )
    return last if goes_on else None


def _edit_of(stored: StoredEdit) -> Edit:
    return Edit.from_json(str(stored.edit["edit"]))


def _keep(
    store: Store, draft: StoredDraft, files: Files, viewer: Viewer, now: datetime
) -> StoredDraft:
    store.case_drafts.change(draft, files, by=viewer.id, now=now)
    return replace(
        draft, files=files, change=draft.change + 1, changed_by=viewer.id, changed_at=now
    )
