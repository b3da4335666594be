"""The shelf of how everybody answered: a count kept for each wording and option.

Counted once, when an exam ends: to count afresh at each look would take longer with every exam
that was ever sat (docs/decisions/0011-where-speed-stops.md, Later).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import Select, delete, exists, select
from sqlalchemy.orm import Session, aliased

from app.domain.attempt import AttemptKind
from app.storage.new_rows import add_counts
from app.storage.tables.exam import AnswerTallyRow
from app.storage.tables.learning import AttemptRow, ResponseRow

ItemKey = tuple[str, str]  # item id and version
KEYS = ("organisation_id", "item_id", "item_version", "option_id")


class AnswerTallyShelf:
    """Keeps how often each option was the final answer in finished mock exams."""

    def __init__(self, session: Session, organisation_id: str) -> None:
        self._session = session
        self._organisation_id = organisation_id

    def of(self, keys: Collection[ItemKey]) -> dict[ItemKey, dict[str, int]]:
        """How often each option was the final answer, by wording.

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

    def count_in(self, attempt_id: str) -> None:
        """Adds the answers of an exam that has just been ended, once. Part of that change.

        An exam that is open adds nothing; one that is added twice counts double.
        """
        add_counts(
            self._session,
            AnswerTallyRow,
            self._counted().where(AttemptRow.id == attempt_id),
            keys=KEYS,
            count="answers",
        )

    def rebuild(self) -> None:
        """Counts every finished exam of the organisation afresh.

        Whoever calls it holds the ledger, so that no exam ends meanwhile. Cost: reads every answer.
        """
        mine = AnswerTallyRow.organisation_id == self._organisation_id
        self._session.execute(delete(AnswerTallyRow).where(mine))
        add_counts(self._session, AnswerTallyRow, self._counted(), keys=KEYS, count="answers")

    def _counted(self) -> Select[*tuple[str, ...]]:
        """The final answers of finished mock exams; late ones and those taken back are none."""
        later = aliased(ResponseRow)
        chosen = ResponseRow.chosen[0].as_string()
        return (
            select(
                ResponseRow.organisation_id,
                ResponseRow.item_id,
                ResponseRow.item_version,
                chosen.label("option_id"),
            )
            .join(AttemptRow, AttemptRow.id == ResponseRow.attempt_id)
            .where(
                ResponseRow.organisation_id == self._organisation_id,
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
            )
        )
