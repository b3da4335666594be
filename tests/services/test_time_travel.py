"""History is never rewritten: whatever is edited later, a past exam reads and scores the same."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest

from app.domain.attempt import Attempt
from app.domain.exam_blueprint import ExamBlueprint
from app.domain.item import Item, Option
from app.domain.person import Viewer
from app.services import mock_exam
from app.storage.sittings import KeptReport
from app.storage.store import Store
from tests.cast import NOW, Cast, as_viewer
from tests.exam_builders import a_blueprint, a_pool, a_shape, save

EXAMS = int(os.environ.get("WAYMARK_TIME_TRAVEL_EXAMS", "25"))  # `make faults` takes 1,000
EDITS = 50


def edited(items: list[Item], chance: Random) -> list[Item]:
    """The bank after one random edit: wording, key, options, status, a new or a lost item."""
    place = chance.randrange(len(items))
    item = items[place]
    options = list(item.options)
    chance.shuffle(options)
    return {
        0: lambda: _with(items, place, replace(item, stem=item.stem + " Indeed?")),
        1: lambda: _with(items, place, replace(item, key=(chance.choice("acd"),))),
        2: lambda: _with(items, place, replace(item, options=tuple(options))),
        3: lambda: _with(items, place, replace(item, status="retired")),
        4: lambda: _with(items, place, replace(item, domain="D-2")),
        5: lambda: [one for one in items if one is not item] or items,
        6: lambda: [*items, replace(item, id=f"new-{chance.random()}")],
        7: lambda: _with(
            items, place, replace(item, options=(*item.options[:-1], Option("d", "Other", "So.")))
        ),
    }[chance.randrange(8)]()


def _with(items: list[Item], place: int, item: Item) -> list[Item]:
    return [*items[:place], item, *items[place + 1 :]]


def sit(
    store: Store, viewer: Viewer, blueprint: ExamBlueprint, pool: list[Item], number: int
) -> Attempt:
    start = mock_exam.MockStart(blueprint, blueprint.shapes[0], pool, {}, f"exam-{number}")
    now = NOW + timedelta(hours=number)
    attempt = mock_exam.start_mock(store, viewer, start, now=now, random=Random(number))
    chance = Random(number)
    for slot in attempt.slots:
        chosen = chance.choice(slot.option_order)
        save(store, viewer, attempt, chosen, position=slot.position, now=now)
    return mock_exam.hand_in(store, viewer, attempt_id=attempt.id, now=now)


def reading(store: Store, attempt_id: str) -> tuple[object, ...]:
    """Everything a past exam shows, and its score worked out anew from what is kept."""
    attempt = store.attempts.find(attempt_id)
    assert attempt is not None
    wordings = store.attempts.frozen((s.item_id, s.item_version) for s in attempt.slots)
    again = mock_exam.report_on(store, attempt, number=1, cause="submitted", now=NOW)
    kept: KeptReport = store.sittings.reports(attempt_id)[0]
    assert again.score == kept.score
    return attempt, wordings, store.attempts.all_responses(attempt_id), kept.score


@pytest.mark.parametrize("seed", [1, 2])
def test_no_edit_changes_a_past_exam(store: Store, cast: Cast, seed: int) -> None:
    ana, chance = as_viewer(store, cast.ana), Random(seed)
    blueprint, pool = a_blueprint(), a_pool()
    exams: dict[str, tuple[object, ...]] = {}
    for number in range(EXAMS):
        attempt = sit(store, ana, blueprint, pool, number)
        exams[attempt.id] = reading(store, attempt.id)
        for _ in range(EDITS // EXAMS + 1):
            pool = edited(pool, chance)
        if number % 5 == 0:
            pool = pool + a_pool()[:12]  # trainers write new ones too
            pool = list({item.id: item for item in pool}.values())
    for _ in range(EDITS):
        pool = edited(pool, chance)
        with store.writing():
            store.attempts.freeze(pool, now=NOW)
    scale = replace(blueprint.scale, cut_percent=90, low=0)
    changed = replace(blueprint, version="2", scale=scale, shapes=(a_shape(minutes=1),))
    sit(store, ana, changed, a_pool(), EXAMS)

    assert {exam: reading(store, exam) for exam in exams} == exams


def test_without_pinning_an_edited_key_would_rewrite_the_score(store: Store, cast: Cast) -> None:
    """The negative control: scored by today's bank, the same answers give another result."""
    ana, pool = as_viewer(store, cast.ana), a_pool()
    attempt = sit(store, ana, a_blueprint(), pool, 1)
    kept = store.sittings.reports(attempt.id)[0].score
    rekeyed = {item.id: replace(item, key=("a",)) for item in pool}

    by_today = sum(
        response.chosen == rekeyed[attempt.slot(position).item_id].key
        for position, response in store.attempts.current_responses(attempt.id).items()
        if attempt.slot(position).is_scored
    )

    assert by_today != kept.right
