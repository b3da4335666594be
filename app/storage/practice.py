"""The shelf of what belongs to practice: saved choices, bookmarks, and how items went last."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import and_, bindparam, delete, func, insert, select, update
from sqlalchemy.orm import Session

from app.domain.practice import LastTime, PracticeRecord
from app.domain.practice_preset import Preset, read_wish, tell_wish
from app.domain.slot_marks import Confidence
from app.storage.attempts import TOLD
from app.storage.engine import connection_of
from app.storage.new_rows import insert_if_new
from app.storage.tables.exam import BookmarkRow, PracticePresetRow, SlotMarkRow
from app.storage.tables.learning import ResponseRow


class PracticeShelf:
    """Gets and saves what people of one organisation practice with."""

    def __init__(self, session: Session, organisation_id: str) -> None:
        self._session = session
        self._organisation_id = organisation_id

    def record(self, person_id: str) -> PracticeRecord:
        """What a person has done with items; exams that still run are left out."""
        return PracticeRecord(self.last_times(person_id), self.bookmarks(person_id))

    def last_times(self, person_id: str) -> dict[str, LastTime]:
        """How the newest answer to each item went, with the marks beside it, by item id."""
        values = {"person": person_id, "organisation": self._organisation_id}
        rows = connection_of(self._session).execute(_LAST_TIMES, values)
        return {row[0]: LastTime(row[1], Confidence(row[2] or ""), bool(row[3])) for row in rows}

    def bookmark(self, person_id: str, item_id: str, *, now: datetime) -> None:
        """Bookmarks an item; one that is bookmarked stays as it is."""
        row = {
            "person_id": person_id,
            "item_id": item_id,
            "organisation_id": self._organisation_id,
            "made_at": now,
        }
        insert_if_new(self._session, BookmarkRow, row)

    def remove_bookmark(self, person_id: str, item_id: str) -> None:
        """Takes a bookmark away; one that is not there stays away."""
        self._session.execute(
            delete(BookmarkRow).where(
                BookmarkRow.person_id == person_id,
                BookmarkRow.item_id == item_id,
                BookmarkRow.organisation_id == self._organisation_id,
            )
        )

    def bookmarks(self, person_id: str) -> frozenset[str]:
        """The ids of the items a person has bookmarked."""
        values = {"person": person_id, "organisation": self._organisation_id}
        return frozenset(connection_of(self._session).execute(_BOOKMARKS, values).scalars())

    def add_preset(self, person_id: str, preset: Preset) -> None:
        """Keeps choices under a name the person has not used yet."""
        self._session.execute(
            insert(PracticePresetRow).values(
                id=preset.id,
                organisation_id=self._organisation_id,
                person_id=person_id,
                name=preset.name,
                wish=tell_wish(preset.wish),
                made_at=preset.made_at,
            )
        )

    def change_preset(self, person_id: str, preset: Preset) -> None:
        """Lets a name that is kept stand for other choices."""
        self._session.execute(
            update(PracticePresetRow)
            .where(
                PracticePresetRow.id == preset.id,
                PracticePresetRow.person_id == person_id,
                PracticePresetRow.organisation_id == self._organisation_id,
            )
            .values(wish=tell_wish(preset.wish), made_at=preset.made_at)
        )

    def remove_preset(self, person_id: str, preset_id: str) -> None:
        """Forgets saved choices."""
        self._session.execute(
            delete(PracticePresetRow).where(
                PracticePresetRow.id == preset_id,
                PracticePresetRow.person_id == person_id,
                PracticePresetRow.organisation_id == self._organisation_id,
            )
        )

    def presets(self, person_id: str) -> list[Preset]:
        """The saved choices of a person by name."""
        values = {"person": person_id, "organisation": self._organisation_id}
        rows = connection_of(self._session).execute(_PRESETS, values)
        return [Preset(row[0], row[1], read_wish(row[2]), row[3]) for row in rows]


# Put together once: these are asked for on nearly every page of practice.
_BOOKMARKS = select(BookmarkRow.item_id).where(
    BookmarkRow.person_id == bindparam("person"),
    BookmarkRow.organisation_id == bindparam("organisation"),
)
_PRESETS = (
    select(
        PracticePresetRow.id,
        PracticePresetRow.name,
        PracticePresetRow.wish,
        PracticePresetRow.made_at,
    )
    .where(
        PracticePresetRow.person_id == bindparam("person"),
        PracticePresetRow.organisation_id == bindparam("organisation"),
    )
    .order_by(PracticePresetRow.name)
)
# Ids sort by time, so the highest one is the newest answer to an item.
_NEWEST = (
    select(func.max(ResponseRow.id))
    .where(
        ResponseRow.organisation_id == bindparam("organisation"),
        ResponseRow.person_id == bindparam("person"),
        TOLD,
    )
    .group_by(ResponseRow.item_id)
)
_LAST_TIMES = (
    select(
        ResponseRow.item_id, ResponseRow.is_right, SlotMarkRow.confidence, SlotMarkRow.is_flagged
    )
    .outerjoin(
        SlotMarkRow,
        and_(
            SlotMarkRow.attempt_id == ResponseRow.attempt_id,
            SlotMarkRow.position == ResponseRow.position,
            SlotMarkRow.organisation_id == bindparam("organisation"),
        ),
    )
    .where(ResponseRow.organisation_id == bindparam("organisation"), ResponseRow.id.in_(_NEWEST))
)
