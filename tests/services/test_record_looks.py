from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from app.domain.errors import NotFound
from app.domain.record_look import Look
from app.services.account import add_organisation
from app.services.record_looks import SHOWN, keep_look, looks_at
from tests.cast import NOW, a_person, as_viewer

if TYPE_CHECKING:
    from app.storage.store import Store
    from tests.cast import Cast

TODAY = NOW.date()


def test_a_look_is_kept_with_who_what_and_the_day(store: Store, cast: Cast) -> None:
    keep_look(store, as_viewer(store, cast.cora), person_id=cast.ana.id, kind="hours", today=TODAY)

    found = looks_at(store, as_viewer(store, cast.ana), person_id=cast.ana.id, today=TODAY)

    assert found == [Look(cast.ana.id, cast.cora.id, "hours", TODAY, "Cora Lindqvist")]


def test_the_same_look_on_one_day_is_kept_once_and_again_on_the_next(
    store: Store, cast: Cast
) -> None:
    cora = as_viewer(store, cast.cora)
    for day in (TODAY, TODAY, TODAY + timedelta(days=1)):
        keep_look(store, cora, person_id=cast.ana.id, kind="hours", today=day)

    later = TODAY + timedelta(days=1)
    found = looks_at(store, as_viewer(store, cast.ana), person_id=cast.ana.id, today=later)

    assert [look.day for look in found] == [later, TODAY]


def test_looking_at_oneself_is_not_kept(store: Store, cast: Cast) -> None:
    eli = as_viewer(store, cast.eli)

    keep_look(store, eli, person_id=cast.eli.id, kind="account", today=TODAY)

    assert looks_at(store, eli, person_id=cast.eli.id, today=TODAY) == []


def test_administrators_see_who_opened_a_record_and_other_people_do_not(
    store: Store, cast: Cast
) -> None:
    keep_look(store, as_viewer(store, cast.cora), person_id=cast.ana.id, kind="hours", today=TODAY)

    assert looks_at(store, as_viewer(store, cast.eli), person_id=cast.ana.id, today=TODAY)
    for other in (cast.cora, cast.dov, cast.luis, cast.ben):
        with pytest.raises(NotFound):
            looks_at(store, as_viewer(store, other), person_id=cast.ana.id, today=TODAY)


def test_an_administrator_of_another_organisation_finds_nobody(store: Store, cast: Cast) -> None:
    other = store.for_organisation(add_organisation(store, name="Hill Clinic", now=NOW))
    wilma = a_person(other, "Wilma Hill")

    with pytest.raises(NotFound):
        looks_at(store, as_viewer(store, cast.eli), person_id=wilma.id, today=TODAY)


def test_looks_of_long_ago_are_no_longer_shown(store: Store, cast: Cast) -> None:
    keep_look(store, as_viewer(store, cast.cora), person_id=cast.ana.id, kind="hours", today=TODAY)
    ana = as_viewer(store, cast.ana)

    assert looks_at(store, ana, person_id=cast.ana.id, today=TODAY + SHOWN)
    assert not looks_at(store, ana, person_id=cast.ana.id, today=TODAY + SHOWN + timedelta(days=1))
