"""How everybody answered a question, for those who may know by now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import String, cast, exists, func, select
from sqlalchemy.orm import aliased

from app.domain.attempt import AttemptKind
from app.storage.store import Store
from app.storage.tables.learning import AttemptRow, ResponseRow

ItemKey = tuple[str, str]  # item id and version


def answer_counts(store: Store, keys: Collection[ItemKey]) -> dict[ItemKey, dict[str, int]]:
    """How often each option was the final answer in finished exams, by wording.

    Shape: option ids with their counts; answers taken back are left out.
    """
    later = aliased(ResponseRow)
    chosen = cast(ResponseRow.chosen, String)  # PostgreSQL groups by text, not by JSON
    query = (
        select(ResponseRow.item_id, ResponseRow.item_version, chosen, func.count())
        .join(AttemptRow, AttemptRow.id == ResponseRow.attempt_id)
        .where(
            ResponseRow.organisation_id == store.organisation_id,
            ResponseRow.item_id.in_(sorted({item_id for item_id, _ in keys})),
            ResponseRow.is_late.is_(False),
            AttemptRow.kind == AttemptKind.MOCK,
            AttemptRow.finished_at.is_not(None),
            ~exists().where(
                later.attempt_id == ResponseRow.attempt_id,
                later.position == ResponseRow.position,
                later.revision > ResponseRow.revision,
                later.is_late.is_(False),
            ),
        )
        .group_by(ResponseRow.item_id, ResponseRow.item_version, chosen)
    )
    found: dict[ItemKey, dict[str, int]] = defaultdict(dict)
    for item_id, version, told, count in store.session.execute(query):
        option = told.strip('[]" ')
        if option and (item_id, version) in keys:
            found[item_id, version][option] = count
    return dict(found)
