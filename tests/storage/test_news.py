from __future__ import annotations

from datetime import timedelta

import pytest

from app.domain.person import Person
from app.storage.news import News
from app.storage.store import Store
from tests.learning_builders import A_MOMENT
from tests.storage.rows import add_person

LATER = A_MOMENT + timedelta(hours=1)


@pytest.fixture
def ana(store: Store) -> Person:
    return add_person(store)


def tell(store: Store, person: Person, *ids: str) -> list[News]:
    """Adds news, each a minute after the one before."""
    news = [
        News(one, person.id, "regrade", {"after": 510}, A_MOMENT + timedelta(minutes=number))
        for number, one in enumerate(ids)
    ]
    with store.writing():
        store.news.add_many(news)
    return news


def see(store: Store, person: Person, *ids: str) -> None:
    with store.writing():
        store.news.mark_seen(person.id, ids, now=LATER)


def test_news_come_back_as_they_were_told_newest_first(store: Store, ana: Person) -> None:
    first, second = tell(store, ana, "first", "second")

    assert store.news.unseen(ana.id) == [second, first]
    assert store.news.unseen(ana.id, limit=1) == [second]


def test_what_was_seen_is_not_told_again(store: Store, ana: Person) -> None:
    first, _ = tell(store, ana, "first", "second")

    see(store, ana, "second", "unknown")

    assert store.news.unseen(ana.id) == [first]


def test_nobody_marks_the_news_of_somebody_else(store: Store, ana: Person) -> None:
    luis = add_person(store, "Luis Ferro")
    told = tell(store, ana, "first")

    see(store, luis, "first")

    assert store.news.unseen(ana.id) == told
    assert store.news.unseen(luis.id) == []


def test_no_news_is_no_row(store: Store, ana: Person) -> None:
    tell(store, ana)

    assert store.news.unseen(ana.id) == []
