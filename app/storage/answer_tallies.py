"""The shelf of how people answered: a count kept for each wording and option.

Each person counts once for a wording, with the answer of their first finished mock exam that has
one. Counted when an exam ends: to count afresh at each look would take longer with every exam that
was ever sat (docs/decisions/0011-where-speed-stops.md, Later).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Select,
    Subquery,
    bindparam,
    delete,
    exists,
    func,
    select,
)
from sqlalchemy.orm import Session, aliased

from app.domain.attempt import AttemptKind
from app.storage.engine import connection_of
from app.storage.new_rows import add_counts
from app.storage.tables.exam import AnswerTallyRow
from app.storage.tables.learning import AttemptRow, ResponseRow

ItemKey = tuple[str, str]  # item id and version
KEYS = ("organisation_id", "item_id", "item_version", "option_id")


class AnswerTallyShelf:
    """Keeps how many people chose each option in the first finished mock exam that asked them."""

    def __init__(self, session: Session, organisation_id: str) -> None:
        self._session = session
        self._organisation_id = organisation_id

    def of(self, keys: Collection[ItemKey]) -> dict[ItemKey, dict[str, int]]:
        """How many people chose each option, by wording.

        Shape: option ids with their counts; wordings and options that nobody chose are absent.
        """
        query = select(
            AnswerTallyRow.item_id,
            AnswerTallyRow.item_version,
            AnswerTallyRow.option_id,
            AnswerTallyRow.answers,
        ).where(
            AnswerTallyRow.organisation_id == self._organisation_id,
            AnswerTallyRow.item_id.in_(sorted({item_id for item_id, _ in keys})),
            AnswerTallyRow.item_version.in_(sorted({version for _, version in keys})),
        )
        found: dict[ItemKey, dict[str, int]] = defaultdict(dict)
        for item_id, version, option, answers in self._session.execute(query):
            if (item_id, version) in keys:
                found[item_id, version][option] = answers
        return dict(found)

    def of_others(
        self, keys: Collection[ItemKey], *, person_id: str
    ) -> dict[ItemKey, dict[str, int]]:
        """How many other people chose each option, by wording. Shape: as `of`."""
        counts = self.of(keys)
        asked = {
            "organisation": self._organisation_id,
            "person": person_id,
            "items": sorted({item_id for item_id, _ in keys}),
        }
        for item_id, version, option in connection_of(self._session).execute(_OWN, asked):
            found = counts.get((item_id, version), {})
            if found.get(option, 0) > 1:
                found[option] -= 1
            else:
                found.pop(option, None)
        return {key: found for key, found in counts.items() if found}

    def count_in(self, attempt_id: str) -> None:
        """Adds the answers of an exam that has just been ended, once. Part of that change.

        Adds nothing for a wording that the person answered in another finished exam, or for an
        exam that is open; one that is added twice counts double.
        """
        self._add(_OF_EXAM, attempt=attempt_id)

    def rebuild(self) -> None:
        """Counts every finished exam of the organisation afresh.

        Whoever calls it holds the ledger, so that no exam ends meanwhile. Cost: reads every answer.
        """
        mine = AnswerTallyRow.organisation_id == self._organisation_id
        self._session.execute(delete(AnswerTallyRow).where(mine))
        self._add(_OF_EVERYBODY)

    def _add(self, counted: Select[*tuple[Any, ...]], **values: object) -> None:
        values["organisation"] = self._organisation_id
        add_counts(
            self._session, AnswerTallyRow, counted, keys=KEYS, count="answers", values=values
        )


def _first_answers(
    *narrowed: ColumnElement[bool], after: tuple[ColumnElement[bool], ...] = ()
) -> Subquery:
    """The final answers of finished mock exams; late ones and those taken back are none.

    Shape: `place` is 1 for a person's first answer to a wording, in the order of exams.
    """
    later = aliased(ResponseRow)
    chosen = ResponseRow.chosen[0].as_string()
    # As one text: to sort by the two columns SQLite takes their index, and reads everybody's.
    wording = ResponseRow.item_id.concat(" ").concat(ResponseRow.item_version)
    place = func.row_number().over(
        partition_by=(ResponseRow.person_id, wording),
        order_by=(*after, ResponseRow.attempt_id, ResponseRow.position),
    )
    return (
        select(
            ResponseRow.organisation_id,
            ResponseRow.item_id,
            ResponseRow.item_version,
            ResponseRow.attempt_id,
            chosen.label("option_id"),
            place.label("place"),
        )
        .join(AttemptRow, AttemptRow.id == ResponseRow.attempt_id)
        .where(
            ResponseRow.organisation_id == bindparam("organisation"),
            ResponseRow.is_late.is_(False),
            chosen.is_not(None),
            AttemptRow.kind == AttemptKind.MOCK,
            AttemptRow.finished_at.is_not(None),
            ~exists().where(
                later.attempt_id == ResponseRow.attempt_id,
                later.position == ResponseRow.position,
                later.revision > ResponseRow.revision,
                later.is_late.is_(False),
            ),
            *narrowed,
        )
        .subquery()
    )


def _firsts(answers: Subquery, *columns: str) -> Select[*tuple[Any, ...]]:
    return select(*(answers.c[name] for name in columns)).where(answers.c.place == 1)


# Put together once: building them takes longer than running them.
_OWN = _firsts(
    _first_answers(
        ResponseRow.person_id == bindparam("person"),
        ResponseRow.item_id.in_(bindparam("items", expanding=True)),
    ),
    *KEYS[1:],
)
_EXAM: BindParameter[str] = bindparam("attempt")
_ANSWERS_OF_EXAM = _first_answers(
    ResponseRow.person_id
    == select(AttemptRow.person_id).where(AttemptRow.id == _EXAM).scalar_subquery(),
    ResponseRow.item_id.in_(select(ResponseRow.item_id).where(ResponseRow.attempt_id == _EXAM)),
    # Whatever was counted before comes first, also should a clock have been behind.
    after=(ResponseRow.attempt_id == _EXAM,),
)
_OF_EXAM = _firsts(_ANSWERS_OF_EXAM, *KEYS).where(_ANSWERS_OF_EXAM.c.attempt_id == _EXAM)
_OF_EVERYBODY = _firsts(_first_answers(), *KEYS)
