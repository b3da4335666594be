"""The shelf of attempts, their responses, and the frozen wordings they were asked in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, func, insert, select, tuple_, update
from sqlalchemy.orm import Session

from app.domain.attempt import Attempt, AttemptKind, Feedback, Response, Slot
from app.domain.item import Item, Option
from app.domain.review_mark import ReviewMark
from app.storage.tables.learning import AttemptRow, ItemVersionRow, ResponseRow

ItemKey = tuple[str, str]  # item id and version


class AttemptShelf:
    """Gets and saves attempts of one organisation."""

    def __init__(self, session: Session, organisation_id: str) -> None:
        self._session = session
        self._organisation_id = organisation_id

    def add(self, attempt: Attempt, *, request_key: str) -> None:
        """Keeps a started attempt with its fixed form."""
        self._session.execute(
            insert(AttemptRow).values(
                id=attempt.id,
                organisation_id=self._organisation_id,
                person_id=attempt.person_id,
                kind=attempt.kind,
                feedback=attempt.feedback,
                title=attempt.title,
                settings=dict(attempt.settings),
                slots=[_slot_to_json(slot) for slot in attempt.slots],
                asked_count=len(attempt.slots),
                request_key=request_key,
                started_at=attempt.started_at,
                finished_at=None,
                right_count=None,
            )
        )

    def find(self, attempt_id: str, *, lock: bool = False) -> Attempt | None:
        """Finds an attempt. None: not in this organisation.

        With `lock`, other writers wait until this transaction ends (PostgreSQL; SQLite has
        one writer anyhow).
        """
        query = select(AttemptRow.__table__).where(
            AttemptRow.id == attempt_id, AttemptRow.organisation_id == self._organisation_id
        )
        row = self._session.execute(query.with_for_update() if lock else query).first()
        return None if row is None else _attempt_from(row)

    def find_by_request(self, person_id: str, request_key: str) -> Attempt | None:
        """Finds the attempt that a start with this key made. None: none has."""
        row = self._session.execute(
            select(AttemptRow.__table__).where(
                AttemptRow.organisation_id == self._organisation_id,
                AttemptRow.person_id == person_id,
                AttemptRow.request_key == request_key,
            )
        ).first()
        return None if row is None else _attempt_from(row)

    def newest_check(self, person_id: str, lesson_id: str) -> Attempt | None:
        """The newest check attempt of a lesson. None: nothing has been answered yet."""
        rows = self._session.execute(
            select(AttemptRow.__table__)
            .where(
                AttemptRow.organisation_id == self._organisation_id,
                AttemptRow.person_id == person_id,
                AttemptRow.kind == AttemptKind.CHECK,
                AttemptRow.title == lesson_id,
            )
            .order_by(AttemptRow.started_at.desc(), AttemptRow.id.desc())
            .limit(1)
        )
        row = rows.first()
        return None if row is None else _attempt_from(row)

    def finish(self, attempt_id: str, *, right_count: int, now: datetime) -> None:
        """Closes an attempt with its count of right answers."""
        self._session.execute(
            update(AttemptRow)
            .where(
                AttemptRow.id == attempt_id,
                AttemptRow.organisation_id == self._organisation_id,
                AttemptRow.finished_at.is_(None),
            )
            .values(finished_at=now, right_count=right_count)
        )

    def add_response(self, row_id: str, attempt: Attempt, response: Response) -> None:
        """Adds an answer. Earlier answers to the same slot stay."""
        slot = attempt.slot(response.position)
        self._session.execute(
            insert(ResponseRow).values(
                id=row_id,
                organisation_id=self._organisation_id,
                person_id=attempt.person_id,
                attempt_id=attempt.id,
                position=response.position,
                revision=response.revision,
                item_id=slot.item_id,
                item_version=slot.item_version,
                chosen=list(response.chosen),
                is_right=response.is_right,
                request_key=response.request_key,
                answered_at=response.answered_at,
            )
        )

    def responses_to(self, attempt_id: str, position: int) -> list[Response]:
        """Every answer given to one slot, oldest first."""
        return self._responses(
            ResponseRow.attempt_id == attempt_id, ResponseRow.position == position
        )

    def current_responses(self, attempt_id: str) -> dict[int, Response]:
        """The answer that counts for each answered slot, by position."""
        return {r.position: r for r in self._responses(ResponseRow.attempt_id == attempt_id)}

    def last_right(self, person_id: str) -> dict[str, bool]:
        """Whether each item a person has met was right the last time, by item id."""
        newest = (
            select(func.max(ResponseRow.id))
            .where(
                ResponseRow.organisation_id == self._organisation_id,
                ResponseRow.person_id == person_id,
            )
            .group_by(ResponseRow.item_id)
        )
        query = select(ResponseRow.item_id, ResponseRow.is_right).where(ResponseRow.id.in_(newest))
        return {item_id: is_right for item_id, is_right in self._session.execute(query)}

    def freeze(self, items: Iterable[Item], *, now: datetime) -> None:
        """Keeps the wordings that are not kept yet, so that a later edit changes no record."""
        wanted = {(item.id, item.version): item for item in items}
        kept = self._session.execute(
            select(ItemVersionRow.item_id, ItemVersionRow.version).where(
                tuple_(ItemVersionRow.item_id, ItemVersionRow.version).in_(list(wanted))
            )
        )
        for row in kept:
            wanted.pop((row.item_id, row.version), None)
        for (item_id, version), item in wanted.items():
            self._session.execute(
                insert(ItemVersionRow).values(
                    item_id=item_id, version=version, body=_item_to_json(item), stored_at=now
                )
            )

    def frozen(self, keys: Iterable[ItemKey]) -> dict[ItemKey, Item]:
        """Finds frozen wordings by item id and version. Unknown ones are absent."""
        wanted = sorted(set(keys))
        if not wanted:
            return {}
        rows = self._session.execute(
            select(ItemVersionRow.body).where(
                tuple_(ItemVersionRow.item_id, ItemVersionRow.version).in_(wanted)
            )
        )
        items = [_item_from_json(body) for body in rows.scalars()]
        return {(item.id, item.version): item for item in items}

    def _responses(self, *conditions: Any) -> list[Response]:
        query = (
            select(
                ResponseRow.position,
                ResponseRow.revision,
                ResponseRow.chosen,
                ResponseRow.is_right,
                ResponseRow.request_key,
                ResponseRow.answered_at,
            )
            .where(ResponseRow.organisation_id == self._organisation_id, *conditions)
            .order_by(ResponseRow.position, ResponseRow.revision)
        )
        return [
            Response(row[0], row[1], tuple(row[2]), row[3], row[4], row[5])
            for row in self._session.execute(query)
        ]


def _slot_to_json(slot: Slot) -> list[object]:
    return [slot.item_id, slot.item_version, list(slot.option_order)]


def _attempt_from(row: Row[*tuple[Any, ...]]) -> Attempt:
    return Attempt(
        id=row.id,
        person_id=row.person_id,
        kind=AttemptKind(row.kind),
        feedback=Feedback(row.feedback),
        title=row.title,
        slots=tuple(
            Slot(position, item_id, version, tuple(order))
            for position, (item_id, version, order) in enumerate(row.slots, start=1)
        ),
        started_at=row.started_at,
        finished_at=row.finished_at,
        right_count=row.right_count,
        settings=row.settings,
    )


def _item_to_json(item: Item) -> dict[str, Any]:
    return {
        "id": item.id,
        "stem": item.stem,
        "options": [[option.id, option.text, option.why] for option in item.options],
        "key": list(item.key),
        "domain": item.domain,
        "competencies": list(item.competencies),
        "level": item.level,
        "difficulty": item.difficulty,
        "pool": item.pool,
        "status": item.status,
        "refs": list(item.refs),
        "reviewed": [item.reviewed.by, item.reviewed.date.isoformat()],
        "topic": item.topic,
        "topic_title": item.topic_title,
        "area": item.area,
        "lesson": item.lesson,
        "vignette_id": item.vignette_id,
        "vignette": item.vignette,
    }


def _item_from_json(body: dict[str, Any]) -> Item:
    fields = dict(body)
    by, day = fields.pop("reviewed")
    fields["reviewed"] = ReviewMark(by, date.fromisoformat(day))
    fields["options"] = tuple(Option(*option) for option in fields["options"])
    for name in ("key", "competencies", "refs"):
        fields[name] = tuple(fields[name])
    return Item(**fields)
