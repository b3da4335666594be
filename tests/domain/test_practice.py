from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.attempt import Feedback
from app.domain.errors import InvalidInput
from app.domain.item import Item
from app.domain.practice import (
    LONGEST,
    MOST_MINUTES,
    LastTime,
    PracticeRecord,
    PracticeSupply,
    PracticeWish,
    Seen,
    assemble_practice,
    lay_out,
    practice_pool,
)
from app.domain.practice_supply import index_of, supply
from tests.builders import an_item

TOPICS = ("consent", "family", "networks")


def a_wish(*topics: str, length: int = 10, seen: Seen = Seen.ANY) -> PracticeWish:
    return PracticeWish(frozenset(topics), length, seen, Feedback.TUTOR)


@st.composite
def pools(draw: st.DrawFn) -> list[Item]:
    """Up to thirty items of three topics; some share a vignette with others of their topic."""
    places = draw(
        st.lists(st.tuples(st.sampled_from(TOPICS), st.sampled_from(["", "v1", "v2"])), max_size=30)
    )
    return [
        an_item(id=f"item-{number}", topic=topic, vignette_id=vignette and f"{topic}-{vignette}")
        for number, (topic, vignette) in enumerate(places)
    ]


@st.composite
def wishes(draw: st.DrawFn) -> PracticeWish:
    topics = draw(st.frozensets(st.sampled_from(TOPICS)))
    length = draw(st.integers(1, LONGEST))
    return PracticeWish(topics, length, draw(st.sampled_from(list(Seen))), Feedback.EXAM)


histories = st.dictionaries(st.integers(0, 29).map("item-{}".format), st.booleans())


def a_record(history: dict[str, bool]) -> PracticeRecord:
    return PracticeRecord({item_id: LastTime(is_right) for item_id, is_right in history.items()})


def drawn(
    pool: list[Item], wish: PracticeWish, history: dict[str, bool], seed: int = 1
) -> list[Item]:
    """The quiz, or nothing where nothing fits."""
    try:
        return assemble_practice(pool, wish, record=a_record(history), random=Random(seed))
    except InvalidInput:
        return []


def fits(item: Item, wish: PracticeWish, history: dict[str, bool]) -> bool:
    """Our own reading of the wish, against which the draw is held."""
    wanted = {
        Seen.ANY: True,
        Seen.UNSEEN: item.id not in history,
        Seen.MISSED: item.id in history and not history[item.id],
        Seen.MARKED: False,
        Seen.SURE_AND_WRONG: False,
        Seen.BOOKMARKED: False,
    }
    return wanted[wish.seen] and (item.topic in wish.topics or wish.topics == frozenset())


@given(pools(), wishes(), histories, st.integers())
def test_a_quiz_has_what_was_asked_or_all_there_is_and_nothing_twice(
    pool: list[Item], wish: PracticeWish, history: dict[str, bool], seed: int
) -> None:
    fitting = [item for item in pool if fits(item, wish, history)]

    quiz = drawn(pool, wish, history, seed)

    assert len(quiz) == min(wish.length, len(fitting))
    assert len({item.id for item in quiz}) == len(quiz)


@given(pools(), wishes(), histories, st.integers())
def test_every_question_of_a_quiz_fits_the_wish(
    pool: list[Item], wish: PracticeWish, history: dict[str, bool], seed: int
) -> None:
    quiz = drawn(pool, wish, history, seed)

    assert all(fits(item, wish, history) for item in quiz)


@given(pools(), wishes(), histories, st.integers())
def test_questions_of_one_vignette_stand_together(
    pool: list[Item], wish: PracticeWish, history: dict[str, bool], seed: int
) -> None:
    quiz = drawn(pool, wish, history, seed)

    groups = [item.vignette_id or item.id for item in quiz]
    changes = sum(1 for first, second in pairwise(groups) if first != second)
    assert changes == max(0, len(set(groups)) - 1)


@given(pools(), wishes(), histories, st.integers())
def test_the_same_chance_draws_the_same_quiz(
    pool: list[Item], wish: PracticeWish, history: dict[str, bool], seed: int
) -> None:
    assert drawn(pool, wish, history, seed) == drawn(pool, wish, history, seed)


@given(pools(), st.integers())
def test_a_layout_keeps_every_question_and_every_option_once(pool: list[Item], seed: int) -> None:
    slots = lay_out(pool, Random(seed))

    assert [slot.position for slot in slots] == list(range(1, len(pool) + 1))
    for slot, item in zip(slots, pool, strict=True):
        assert (slot.item_id, slot.item_version) == (item.id, item.version)
        assert sorted(slot.option_order) == sorted(option.id for option in item.options)


def test_options_do_not_always_stand_in_the_order_written() -> None:
    slots = lay_out([an_item(id=f"item-{n}") for n in range(30)], Random(7))

    assert len({slot.option_order for slot in slots}) > 1


def test_chance_decides_which_questions_come() -> None:
    pool = [an_item(id=f"item-{n}") for n in range(30)]

    quizzes = {tuple(i.id for i in drawn(pool, a_wish(length=5), {}, seed)) for seed in range(5)}

    assert len(quizzes) == 5


@pytest.mark.parametrize("length", [1, LONGEST])
def test_the_shortest_and_the_longest_quiz_are_drawn(length: int) -> None:
    pool = [an_item(id=f"item-{n}") for n in range(LONGEST + 10)]

    assert len(drawn(pool, a_wish(length=length), {})) == length


@pytest.mark.parametrize("length", [-1, 0, LONGEST + 1])
def test_a_length_out_of_range_is_refused(length: int) -> None:
    with pytest.raises(InvalidInput) as refused:
        assemble_practice([an_item()], a_wish(length=length), record=a_record({}), random=Random(1))

    assert refused.value.code == "quiz-length"
    assert str(LONGEST) in refused.value.user_message


@pytest.mark.parametrize("minutes", [-1, 0, MOST_MINUTES + 1])
def test_a_time_out_of_range_is_refused(minutes: int) -> None:
    wish = replace(a_wish(), minutes=minutes)

    with pytest.raises(InvalidInput) as refused:
        assemble_practice([an_item()], wish, record=a_record({}), random=Random(1))

    assert refused.value.code == "quiz-minutes"


@pytest.mark.parametrize(
    ("seen", "history", "said"),
    [
        (Seen.ANY, {}, "no questions"),
        (Seen.UNSEEN, {"consent-01": True}, "seen every question"),
        (Seen.MISSED, {"consent-01": True}, "nothing you have missed"),
        (Seen.MARKED, {"consent-01": True}, "marked no question"),
        (Seen.SURE_AND_WRONG, {"consent-01": False}, "sure about and missed"),
        (Seen.BOOKMARKED, {"consent-01": False}, "bookmarked no question"),
    ],
)
def test_an_empty_draw_says_why_and_what_to_do(
    seen: Seen, history: dict[str, bool], said: str
) -> None:
    wish = a_wish("networks" if seen is Seen.ANY else "consent", seen=seen)

    with pytest.raises(InvalidInput) as refused:
        assemble_practice([an_item()], wish, record=a_record(history), random=Random(1))

    assert said in refused.value.user_message
    assert refused.value.advice


def test_supply_counts_by_what_happened_the_last_time() -> None:
    items = [an_item(id=f"item-{n}") for n in range(5)]
    last_right = {"item-0": True, "item-1": False, "item-2": False, "gone-since": False}

    assert supply(index_of(items), last_right) == PracticeSupply(total=5, unseen=2, missed=2)


@given(pools(), histories)
def test_supply_promises_exactly_what_a_long_quiz_draws(
    pool: list[Item], history: dict[str, bool]
) -> None:
    told = supply(index_of(pool), history)

    promised = {Seen.ANY: told.total, Seen.UNSEEN: told.unseen, Seen.MISSED: told.missed}
    for seen, count in promised.items():
        assert len(drawn(pool, a_wish(length=LONGEST, seen=seen), history)) == count


@pytest.mark.parametrize(
    ("status", "pool", "is_used"),
    [
        ("live", "practice", True),
        ("pretest", "practice", True),
        ("draft", "practice", False),
        ("retired", "practice", False),
        ("live", "mock", False),
        ("pretest", "mock", False),
    ],
)
def test_practice_draws_from_offered_practice_items_only(
    status: str, pool: str, is_used: bool
) -> None:
    item = an_item(status=status, pool=pool)

    assert practice_pool([item]) == ([item] if is_used else [])
