from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.attempt import Attempt, AttemptKind, Feedback, Response
from app.domain.errors import Conflict
from app.domain.item import Option
from app.domain.person import Person
from app.storage.queries.learn_pages import ItemCount, item_counts
from app.storage.queries.own_answers import own_answers
from app.storage.store import Store
from tests.builders import an_item
from tests.learning_builders import A_MOMENT, a_response
from tests.storage.rows import add_attempt, add_person

LATER = A_MOMENT + timedelta(minutes=3)


@pytest.fixture
def ana(store: Store) -> Person:
    return add_person(store)


def answer(store: Store, attempt: Attempt, response: Response) -> None:
    with store.writing():
        store.attempts.add_response(store.new_id(response.answered_at), attempt, response)


def test_an_attempt_comes_back_as_it_was_started(store: Store, ana: Person) -> None:
    items = [an_item(id="first", options=an_item().options[::-1]), an_item(id="second")]
    attempt = add_attempt(
        store,
        ana,
        *items,
        feedback=Feedback.EXAM,
        title="Ärger & Söhne “quoted”",
        settings={"topics": ["consent"], "length": 10, "seen": "any"},
    )

    assert store.attempts.find(attempt.id) == attempt
    assert store.attempts.find(attempt.id, lock=True) == attempt
    assert store.attempts.find("another") is None


def test_a_start_is_found_by_its_key_for_its_person_only(store: Store, ana: Person) -> None:
    luis = add_person(store, "Luis Ferro")
    attempt = add_attempt(store, ana, request_key="once")

    assert store.attempts.find_by_request(ana.id, "once") == attempt
    assert store.attempts.find_by_request(ana.id, "twice") is None
    assert store.attempts.find_by_request(luis.id, "once") is None


def test_the_database_refuses_a_second_start_with_one_key(store: Store, ana: Person) -> None:
    add_attempt(store, ana, request_key="once")

    with pytest.raises(Conflict):
        add_attempt(store, ana, request_key="once")


def test_the_newest_check_of_a_lesson_is_found(store: Store, ana: Person) -> None:
    def check(key: str, title: str, minutes: int, kind: AttemptKind = AttemptKind.CHECK) -> Attempt:
        at = A_MOMENT + timedelta(minutes=minutes)
        return add_attempt(store, ana, request_key=key, title=title, started_at=at, kind=kind)

    check("1", "family/one", 1)
    newest = check("2", "family/one", 5)
    check("3", "family/one", 3)
    check("4", "family/two", 9)
    check("5", "family/one", 9, AttemptKind.PRACTICE)

    assert store.attempts.newest_check(ana.id, "family/one") == newest
    assert store.attempts.newest_check(ana.id, "family/three") is None


def test_an_attempt_is_finished_once(store: Store, ana: Person) -> None:
    attempt = add_attempt(store, ana)

    with store.writing():
        store.attempts.finish(attempt.id, right_count=3, now=LATER)
        store.attempts.finish(attempt.id, right_count=9, now=LATER + timedelta(days=1))

    assert store.attempts.find(attempt.id) == replace(attempt, finished_at=LATER, right_count=3)


def test_answers_are_added_and_none_is_changed(store: Store, ana: Person) -> None:
    attempt = add_attempt(store, ana, an_item(id="first"), an_item(id="second"))
    given_answers = [
        a_response("a", request_key="k1", answered_at=A_MOMENT),
        a_response("b", request_key="k2", revision=2, answered_at=LATER),
        a_response("c", request_key="k3", position=2, answered_at=LATER),
    ]

    for response in given_answers:
        answer(store, attempt, response)

    assert store.attempts.responses_to(attempt.id, 1) == given_answers[:2]
    assert store.attempts.responses_to(attempt.id, 2) == given_answers[2:]
    assert store.attempts.responses_to(attempt.id, 3) == []
    assert store.attempts.current_responses(attempt.id) == {
        1: given_answers[1],
        2: given_answers[2],
    }


@pytest.mark.parametrize(
    "second",
    [a_response("c", request_key="other"), a_response("c", revision=2, request_key="key-1")],
    ids=["same revision", "same request key"],
)
def test_the_database_refuses_a_second_answer_in_the_place_of_a_first(
    store: Store, ana: Person, second: Response
) -> None:
    attempt = add_attempt(store, ana)
    answer(store, attempt, a_response("a"))

    with pytest.raises(Conflict):
        answer(store, attempt, second)

    assert store.attempts.current_responses(attempt.id) == {1: a_response("a")}


def test_two_attempts_may_use_the_same_keys(store: Store, ana: Person) -> None:
    first, second = (add_attempt(store, ana, request_key=key) for key in ("one", "two"))

    answer(store, first, a_response("a"))
    answer(store, second, a_response("b"))

    assert store.attempts.current_responses(first.id)[1].chosen == ("a",)
    assert store.attempts.current_responses(second.id)[1].chosen == ("b",)


def test_what_was_right_the_last_time_is_known_by_item(store: Store, ana: Person) -> None:
    luis = add_person(store, "Luis Ferro")
    items = [an_item(id=item_id) for item_id in ("once-right", "lost", "regained")]
    for number, (person, chosen) in enumerate(((ana, "bba"), (luis, "aaa"), (ana, "bab"))):
        attempt = add_attempt(store, person, *items, request_key=f"quiz {number}")
        for position, option in enumerate(chosen, start=1):
            at = A_MOMENT + timedelta(days=number)
            response = a_response(
                option, position=position, request_key=f"k{position}", answered_at=at
            )
            answer(store, attempt, response)

    assert store.attempts.last_right(ana.id) == {
        "once-right": True,
        "lost": False,
        "regained": True,
    }
    assert item_counts(store, ana.id)["lost"] == ItemCount(answered=2, right=1)


def test_a_changed_answer_counts_once_and_one_taken_back_not_at_all(
    store: Store, ana: Person
) -> None:
    attempt = add_attempt(store, ana, an_item(id="changed"), an_item(id="taken-back"))
    for position, last in ((1, "b"), (2, "")):
        for revision, chosen in enumerate(("b", "a", last), start=1):
            given = a_response(
                chosen, position=position, revision=revision, request_key=f"{position} {revision}"
            )
            answer(store, attempt, given if chosen else replace(given, chosen=()))

    assert item_counts(store, ana.id) == {"changed": ItemCount(answered=1, right=1)}
    told = own_answers(store, ana.id, kinds=[attempt.kind])
    assert [(one.item_id, one.is_right) for one in told] == [("changed", True)]


def test_a_frozen_question_equals_the_original_and_has_its_version(store: Store) -> None:
    item = an_item(
        vignette_id="ruth", vignette="Ruth calls.\n\nTwice.", stem="Was nun, “Ärztin”? 🧭"
    )

    with store.writing():
        store.attempts.freeze([item], now=A_MOMENT)
    frozen = store.attempts.frozen([(item.id, item.version)])

    assert frozen == {(item.id, item.version): item}
    assert frozen[item.id, item.version].version == item.version


def test_an_edited_question_is_another_version_and_both_are_kept(store: Store) -> None:
    before, after = an_item(), an_item(key=("c",))

    with store.writing():
        store.attempts.freeze([before], now=A_MOMENT)
        store.attempts.freeze([before, after, after], now=LATER)

    keys = [(item.id, item.version) for item in (before, after)]
    assert store.attempts.frozen([*keys, ("unknown", "version")]) == dict(
        zip(keys, (before, after), strict=True)
    )
    assert store.attempts.frozen([]) == {}


words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)


@given(stem=words, texts=st.lists(st.tuples(words, words), min_size=2, max_size=5))
@settings(
    deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_wording_survives_freezing(
    store: Store, stem: str, texts: list[tuple[str, str]]
) -> None:
    options = tuple(Option(f"o{n}", text, why) for n, (text, why) in enumerate(texts))
    item = an_item(stem=stem, options=options, key=("o1",))

    with store.writing():
        store.attempts.freeze([item], now=A_MOMENT)

    frozen = store.attempts.frozen([(item.id, item.version)])
    assert frozen[item.id, item.version] == item
