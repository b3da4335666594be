from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.domain.errors import DomainError, NotFound
from app.services.credentials import (
    NewCredential,
    NewEducation,
    add_credential,
    add_education,
    take_credential_back,
    take_education_back,
)
from app.storage.store import Store
from tests.cast import NOW, Cast, as_viewer
from tests.supervision_builders import a_board

BOARDS = {"board": a_board()}
CCS = NewCredential("CCS", "4711", "NCASPPB", date(2026, 7, 1), date(2028, 6, 30))
COURSE = NewEducation(date(2026, 9, 1), "Ethics", "State", 180, "ethics", "training", False)


def test_people_keep_their_own_credentials(store: Store, cast: Cast) -> None:
    cora, ana = as_viewer(store, cast.cora), as_viewer(store, cast.ana)

    added = add_credential(store, cora, CCS, zone="UTC", now=NOW)

    with pytest.raises(NotFound):
        take_credential_back(store, ana, credential_id=added.id, now=NOW)
    assert store.credentials.of_person(cast.cora.id) == [added]
    take_credential_back(store, cora, credential_id=added.id, now=NOW)
    assert store.credentials.of_person(cast.cora.id) == []


@pytest.mark.parametrize(
    ("new", "code"),
    [
        (replace(CCS, expires_on=date(2026, 6, 30)), "expires-before-issued"),
        (replace(CCS, issued_on=date(2026, 11, 24)), "issued-ahead"),
        (replace(CCS, kind="ccs "), "credential-known"),
    ],
)
def test_a_credential_that_cannot_be_is_refused(
    store: Store, cast: Cast, new: NewCredential, code: str
) -> None:
    cora = as_viewer(store, cast.cora)
    kept = add_credential(store, cora, CCS, zone="UTC", now=NOW)

    with pytest.raises(DomainError) as refused:
        add_credential(store, cora, new, zone="UTC", now=NOW)

    assert refused.value.code == code
    assert store.credentials.of_person(cast.cora.id) == [kept]


def test_a_renewal_stands_beside_what_it_renews(store: Store, cast: Cast) -> None:
    cora = as_viewer(store, cast.cora)
    old = replace(CCS, issued_on=date(2024, 7, 1), expires_on=date(2026, 6, 30))

    for one in (old, CCS):
        add_credential(store, cora, one, zone="UTC", now=NOW)

    assert len(store.credentials.of_person(cast.cora.id)) == 2


@pytest.mark.parametrize(
    ("new", "code"),
    [
        (replace(COURSE, done_on=date(2026, 11, 24)), "done-ahead"),
        (replace(COURSE, minutes=0), "minutes-range"),
        (replace(COURSE, minutes=60_001), "minutes-range"),
        (replace(COURSE, topic="astrology"), "topic-unknown"),
        (replace(COURSE, way="osmosis"), "way-unknown"),
        (COURSE, "training-known"),
    ],
)
def test_training_that_cannot_be_is_refused(
    store: Store, cast: Cast, new: NewEducation, code: str
) -> None:
    cora = as_viewer(store, cast.cora)
    kept = add_education(store, cora, COURSE, boards=BOARDS, zone="UTC", now=NOW)

    with pytest.raises(DomainError) as refused:
        add_education(store, cora, new, boards=BOARDS, zone="UTC", now=NOW)

    assert refused.value.code == code
    assert store.education.of_people([cast.cora.id]) == [kept]


def test_people_take_back_training_of_their_own_only(store: Store, cast: Cast) -> None:
    cora, ana = as_viewer(store, cast.cora), as_viewer(store, cast.ana)
    added = add_education(store, cora, COURSE, boards=BOARDS, zone="UTC", now=NOW)

    with pytest.raises(NotFound):
        take_education_back(store, ana, education_id=added.id, now=NOW)
    take_education_back(store, cora, education_id=added.id, now=NOW)

    assert store.education.of_people([cast.cora.id]) == []
