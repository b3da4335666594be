"""Answers given before they were counted are counted when the database is brought up to date."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import Engine, inspect

from app.services.mock_exam import hand_in
from app.storage import schema
from app.storage.store import Store
from tests.cast import NOW, Cast, as_viewer
from tests.exam_builders import a_mock_item, a_pool, a_shape, save, start_exam

TOO_LATE = NOW + timedelta(minutes=20)
BEFORE = "20261122_0400"
BY_EXAMS = "20261122_0670"
TABLE = "answer_tallies"


def test_migrating_counts_the_final_answers_of_finished_exams(
    engine: Engine, store: Store, cast: Cast
) -> None:
    ana, luis = as_viewer(store, cast.ana), as_viewer(store, cast.luis)
    asked: dict[tuple[str, str], dict[str, int]] = {}
    for viewer, chosen in ((ana, "b"), (luis, "c")):
        exam = start_exam(store, viewer)
        save(store, viewer, exam, "a", position=1)
        save(store, viewer, exam, chosen, position=1, base=1)  # changed
        save(store, viewer, exam, "a", position=2)
        save(store, viewer, exam, "", position=2, base=1)  # taken back
        save(store, viewer, exam, "d", position=3, now=TOO_LATE)  # which closes it
        first = exam.slots[0]
        asked.setdefault((first.item_id, first.item_version), {})[chosen] = 1
    again = start_exam(store, ana, key="open", now=TOO_LATE)
    save(store, ana, again, "d", position=1, now=TOO_LATE)  # still open
    kept = everything(store)

    schema.downgrade(engine, BEFORE)
    went = TABLE not in inspect(engine).get_table_names()
    schema.upgrade(engine)

    assert went
    assert kept == asked
    assert everything(store) == kept


def test_migrating_counts_people_instead_of_exams_and_back(
    engine: Engine, store: Store, cast: Cast
) -> None:
    ana, luis = as_viewer(store, cast.ana), as_viewer(store, cast.luis)
    pool, shape = [a_mock_item(1)], a_shape(items=1, scored=1, pretest=0, domains={"D-1": 1})
    for hours, viewer, chosen in ((0, ana, "b"), (1, ana, "c"), (2, ana, "c"), (3, luis, "c")):
        now = NOW + timedelta(hours=hours)
        exam = start_exam(store, viewer, pool=pool, shape=shape, key=f"exam {hours}", now=now)
        save(store, viewer, exam, chosen, now=now)
        hand_in(store, viewer, attempt_id=exam.id, now=now)
    key = (pool[0].id, pool[0].version)
    people = everything(store)

    schema.downgrade(engine, BY_EXAMS)
    exams = everything(store)
    schema.upgrade(engine)

    assert people == {key: {"b": 1, "c": 1}}
    assert exams == {key: {"b": 1, "c": 3}}
    assert everything(store) == people


def everything(store: Store) -> dict[tuple[str, str], dict[str, int]]:
    tallies = store.answer_tallies.of([(item.id, item.version) for item in a_pool()])
    store.end_reading()
    return tallies
