"""The shelf of attempts, their responses, and the frozen wordings they were asked in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any, cast

from sqlalchemy import (
    CursorResult,
    Executable,
    Row,
    Table,
    and_,
    bindparam,
    exists,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.orm import Session, aliased

from app.domain.attempt import Attempt, AttemptKind, Feedback, Response, Slot
from app.domain.item import Item, Option
from app.domain.review_mark import ReviewMark
from app.storage.engine import connection_of
from app.storage.new_rows import insert_if_new
from app.storage.tables.learning import AttemptRow, ItemVersionRow, ResponseRow

ItemKey = tuple[str, str]  # item id and version

MOST_MET = 5_000  # wordings kept in memory: about as many megabytes as thousands
_MET: dict[ItemKey, Item] = {}  # a wording is named by its content, so this is never stale


class AttemptShelf:
    """Gets and saves attempts of one organisation."""

    def __init__(self, session: Session, organisation_id: str) -> None:
        self._session = session
        self._organisation_id = organisation_id

    def add(self, attempt: Attempt, *, request_key: str) -> None:
        """Keeps a started attempt with its fixed form."""
        row = {
            "id": attempt.id,
            "organisation_id": self._organisation_id,
            "person_id": attempt.person_id,
            "kind": attempt.kind,
            "feedback": attempt.feedback,
            "title": attempt.title,
            "settings": dict(attempt.settings),
            "slots": [_slot_to_json(slot) for slot in attempt.slots],
            "asked_count": len(attempt.slots),
            "request_key": request_key,
            "started_at": attempt.started_at,
            "limit_seconds": None if attempt.limit is None else _seconds(attempt.limit),
        }
        connection_of(self._session).execute(_KEEP_ATTEMPT, row)

    def find(self, attempt_id: str, *, lock: bool = False) -> Attempt | None:
        """Finds an attempt. None: not in this organisation.

        With `lock`, other writers wait until this transaction ends (PostgreSQL; SQLite has
        one writer anyhow).
        """
        row = self._ask(_FIND_LOCKED if lock else _FIND, attempt=attempt_id).first()
        return None if row is None else _attempt_from(row)

    def find_by_request(self, person_id: str, request_key: str) -> Attempt | None:
        """Finds the attempt that a start with this key made. None: none has."""
        row = self._ask(_OF_REQUEST, person=person_id, key=request_key).first()
        return None if row is None else _attempt_from(row)

    def newest_check(self, person_id: str, lesson_id: str) -> Attempt | None:
        """The newest check attempt of a lesson. None: nothing has been answered yet."""
        row = self._ask(_NEWEST_CHECK, person=person_id, lesson=lesson_id).first()
        return None if row is None else _attempt_from(row)

    def running(
        self, person_id: str, *, limit: int = 200, kind: AttemptKind = AttemptKind.MOCK
    ) -> list[Attempt]:
        """Timed attempts of a person that are not closed, oldest first."""
        rows = self._ask(_RUNNING, person=person_id, kind=kind, most=limit)
        return [_attempt_from(row) for row in rows]

    def past_their_limit(self, now: datetime, *, kind: AttemptKind) -> list[str]:
        """The ids of attempts that are not closed though their limit is over, oldest first.

        Extra time and breaks are not looked at: some of them may run on.
        """
        query = (
            select(AttemptRow.id, AttemptRow.started_at, AttemptRow.limit_seconds)
            .where(
                AttemptRow.organisation_id == self._organisation_id,
                AttemptRow.kind == kind,
                AttemptRow.finished_at.is_(None),
                AttemptRow.limit_seconds.is_not(None),
            )
            .order_by(AttemptRow.started_at)
        )
        rows = self._session.execute(query)
        return [row[0] for row in rows if row[1] + timedelta(seconds=row[2] or 0) < now]

    def recent_mocks(self, person_id: str, *, limit: int) -> list[Attempt]:
        """The latest mock exams of a person, newest first, open ones too."""
        query = (
            select(AttemptRow.__table__)
            .where(
                AttemptRow.organisation_id == self._organisation_id,
                AttemptRow.person_id == person_id,
                AttemptRow.kind == AttemptKind.MOCK,
            )
            .order_by(AttemptRow.started_at.desc(), AttemptRow.id.desc())
            .limit(limit)
        )
        return [_attempt_from(row) for row in self._session.execute(query)]

    def finish(
        self, attempt_id: str, *, right_count: int, now: datetime, by_time: bool = False
    ) -> None:
        """Closes an attempt with its count of right answers."""
        values = {"right": right_count, "ended": now, "by_time": by_time}
        self._ask(_FINISH, attempt=attempt_id, **values)

    def add_response(self, row_id: str, attempt: Attempt, response: Response) -> None:
        """Adds an answer. Earlier answers to the same slot stay."""
        slot = attempt.slot(response.position)
        row = {
            "id": row_id,
            "organisation_id": self._organisation_id,
            "person_id": attempt.person_id,
            "attempt_id": attempt.id,
            "position": response.position,
            "revision": response.revision,
            "item_id": slot.item_id,
            "item_version": slot.item_version,
            "chosen": list(response.chosen),
            "is_right": response.is_right,
            "request_key": response.request_key,
            "answered_at": response.answered_at,
            "is_late": response.is_late,
        }
        connection_of(self._session).execute(_KEEP_RESPONSE, row)

    def responses_to(self, attempt_id: str, position: int) -> list[Response]:
        """Every answer given to one slot, oldest first, late ones too."""
        rows = self._ask(_RESPONSES_TO, attempt=attempt_id, position=position)
        return [_response_from(row) for row in rows]

    def current_responses(self, attempt_id: str) -> dict[int, Response]:
        """The answer that counts for each answered slot, by position.

        Shape: a slot whose answer was taken back has a response that chose nothing.
        """
        responses = (_response_from(row) for row in self._ask(_RESPONSES, attempt=attempt_id))
        return {response.position: response for response in responses if not response.is_late}

    def all_responses(self, attempt_id: str) -> list[Response]:
        """Every answer of an attempt, changed and late ones too, by position and revision."""
        return [_response_from(row) for row in self._ask(_RESPONSES, attempt=attempt_id)]

    def last_right(self, person_id: str) -> dict[str, bool]:
        """Whether each item a person has met was right the last time, by item id."""
        return {row[0]: row[1] for row in self._ask(_LAST_RIGHT, person=person_id)}

    def freeze(self, items: Iterable[Item], *, now: datetime) -> None:
        """Keeps the wordings that are not kept yet, so that a later edit changes no record."""
        wanted = {(item.id, item.version): item for item in items}
        # Asks the database, not the memory: a transaction that failed may have left it ahead.
        versions = {"versions": sorted({version for _, version in wanted})}
        for row in connection_of(self._session).execute(_KEPT_KEYS, versions):
            wanted.pop((row[0], row[1]), None)
        rows = [
            {"item_id": item.id, "version": version, "body": _item_to_json(item), "stored_at": now}
            for (_, version), item in sorted(wanted.items())
        ]
        insert_if_new(self._session, ItemVersionRow, *rows)

    def frozen(self, keys: Iterable[ItemKey]) -> dict[ItemKey, Item]:
        """Finds frozen wordings by item id and version. Unknown ones are absent.

        Cost: one query for those this process has not met; a wording never changes.
        """
        wanted = set(keys)
        unmet = sorted({version for key in wanted if key not in _MET for version in key[1:]})
        if unmet:
            if len(_MET) > MOST_MET:
                _MET.clear()
            rows = connection_of(self._session).execute(_VERSIONS, {"versions": unmet})
            _MET.update((_key_of(item), item) for item in map(_item_from_json, rows.scalars()))
        return {key: _MET[key] for key in wanted if key in _MET}

    def _ask(self, statement: Executable, **values: object) -> CursorResult[*tuple[Any, ...]]:
        values["organisation"] = self._organisation_id
        return connection_of(self._session).execute(statement, values)


# Put together once: these are asked for on nearly every step of a quiz.
_OWN_RESPONSE = ResponseRow.organisation_id == bindparam("organisation")
_RESPONSE_COLUMNS = (
    ResponseRow.position,
    ResponseRow.revision,
    ResponseRow.chosen,
    ResponseRow.is_right,
    ResponseRow.request_key,
    ResponseRow.answered_at,
    ResponseRow.is_late,
)
_FIND = select(AttemptRow.__table__).where(
    AttemptRow.id == bindparam("attempt"),
    AttemptRow.organisation_id == bindparam("organisation"),
)
_FIND_LOCKED = _FIND.with_for_update()
_OF_REQUEST = select(AttemptRow.__table__).where(
    AttemptRow.organisation_id == bindparam("organisation"),
    AttemptRow.person_id == bindparam("person"),
    AttemptRow.request_key == bindparam("key"),
)
_RUNNING = (
    select(AttemptRow.__table__)
    .where(
        AttemptRow.organisation_id == bindparam("organisation"),
        AttemptRow.person_id == bindparam("person"),
        AttemptRow.kind == bindparam("kind"),
        AttemptRow.finished_at.is_(None),
        AttemptRow.limit_seconds.is_not(None),
    )
    .order_by(AttemptRow.started_at)
    .limit(bindparam("most"))
)
_FINISH = (
    update(cast(Table, AttemptRow.__table__))
    .where(
        AttemptRow.id == bindparam("attempt"),
        AttemptRow.organisation_id == bindparam("organisation"),
        AttemptRow.finished_at.is_(None),
    )
    .values(
        finished_at=bindparam("ended"),
        right_count=bindparam("right"),
        closed_by_time=bindparam("by_time"),
    )
)
_NEWEST_CHECK = (
    select(AttemptRow.__table__)
    .where(
        AttemptRow.organisation_id == bindparam("organisation"),
        AttemptRow.person_id == bindparam("person"),
        AttemptRow.kind == AttemptKind.CHECK,
        AttemptRow.title == bindparam("lesson"),
    )
    .order_by(AttemptRow.started_at.desc(), AttemptRow.id.desc())
    .limit(1)
)
_RESPONSES = (
    select(*_RESPONSE_COLUMNS)
    .where(_OWN_RESPONSE, ResponseRow.attempt_id == bindparam("attempt"))
    .order_by(ResponseRow.position, ResponseRow.revision)
)
_RESPONSES_TO = _RESPONSES.where(ResponseRow.position == bindparam("position"))
# What is right is nobody's business while reasons wait for the end, and what came late is no
# answer.
TOLD = and_(
    ResponseRow.is_late.is_(False),
    ~exists().where(
        AttemptRow.id == ResponseRow.attempt_id,
        AttemptRow.feedback == Feedback.EXAM,
        AttemptRow.finished_at.is_(None),
    ),
)
_LATER = aliased(ResponseRow)
# The answer that counts at its place: the newest, unless it was taken back.
COUNTED = and_(
    TOLD,
    ResponseRow.chosen[0].as_string().is_not(None),
    ~exists().where(
        _LATER.attempt_id == ResponseRow.attempt_id,
        _LATER.position == ResponseRow.position,
        _LATER.revision > ResponseRow.revision,
        _LATER.is_late.is_(False),
    ),
)
_LAST_RIGHT = select(ResponseRow.item_id, ResponseRow.is_right).where(
    # Ids sort by time, so the highest one is the newest answer to an item.
    ResponseRow.id.in_(
        select(func.max(ResponseRow.id))
        .where(_OWN_RESPONSE, ResponseRow.person_id == bindparam("person"), TOLD)
        .group_by(ResponseRow.item_id)
    )
)
_VERSIONS = select(ItemVersionRow.body).where(
    ItemVersionRow.version.in_(bindparam("versions", expanding=True))
)
_KEPT_KEYS = select(ItemVersionRow.item_id, ItemVersionRow.version).where(
    ItemVersionRow.version.in_(bindparam("versions", expanding=True))
)
_KEEP_ATTEMPT = insert(cast(Table, AttemptRow.__table__))
_KEEP_RESPONSE = insert(cast(Table, ResponseRow.__table__))


def _response_from(row: Row[*tuple[Any, ...]]) -> Response:
    return Response(row[0], row[1], tuple(row[2]), *row[3:])


def _key_of(item: Item) -> ItemKey:
    return item.id, item.version


def _slot_to_json(slot: Slot) -> list[object]:
    told: list[object] = [slot.item_id, slot.item_version, list(slot.option_order)]
    return told if slot.is_scored else [*told, False]


def slot_from_json(position: int, told: list[Any]) -> Slot:
    """Makes a slot of what is kept of it with its attempt."""
    item_id, version, order, *is_scored = told
    return Slot(position, item_id, version, tuple(order), *is_scored)


def _seconds(limit: timedelta) -> int:
    return round(limit.total_seconds())


def _attempt_from(row: Row[*tuple[Any, ...]]) -> Attempt:
    return Attempt(
        id=row.id,
        person_id=row.person_id,
        kind=AttemptKind(row.kind),
        feedback=Feedback(row.feedback),
        title=row.title,
        slots=tuple(slot_from_json(*told) for told in enumerate(row.slots, start=1)),
        started_at=row.started_at,
        finished_at=row.finished_at,
        right_count=row.right_count,
        settings=row.settings,
        limit=None if row.limit_seconds is None else timedelta(seconds=row.limit_seconds),
        closed_by_time=row.closed_by_time,
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
