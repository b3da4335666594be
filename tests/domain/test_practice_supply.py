from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.attempt import Feedback
from app.domain.errors import InvalidInput
from app.domain.item import Item
from app.domain.practice import (
    LONGEST,
    Difficulty,
    LastTime,
    PracticeRecord,
    PracticeSupply,
    PracticeWish,
    Seen,
    WishPart,
    assemble_practice,
    difficulty_of,
    misfits,
)
from app.domain.practice_supply import index_of, outlook
from app.domain.slot_marks import Confidence
from tests.builders import an_item

TOPICS, DOMAINS, CODES = ("consent", "family"), ("AADC-1", "AADC-4"), ("TAP21-1", "TAP21-2", "CF-7")
NAMES = [f"item-{number}" for number in range(25)]


@st.composite
def pools(draw: st.DrawFn) -> list[Item]:
    """Some of the items, each anywhere."""
    return [
        an_item(
            id=name,
            topic=draw(st.sampled_from(TOPICS)),
            domain=draw(st.sampled_from(DOMAINS)),
            competencies=tuple(draw(st.sets(st.sampled_from(CODES)))),
            difficulty=draw(st.integers(1, 5)),
        )
        for name in draw(st.sets(st.sampled_from(NAMES)))
    ]


wishes = st.builds(
    PracticeWish,
    topics=st.frozensets(st.sampled_from(TOPICS)),
    length=st.integers(1, LONGEST),
    seen=st.sampled_from(list(Seen)),
    feedback=st.sampled_from(list(Feedback)),
    domains=st.frozensets(st.sampled_from(DOMAINS)),
    competencies=st.frozensets(st.sampled_from(CODES)),
    difficulties=st.frozensets(st.sampled_from(list(Difficulty))),
)
records = st.builds(
    PracticeRecord,
    st.dictionaries(
        st.sampled_from(NAMES),
        st.builds(LastTime, st.booleans(), st.sampled_from(list(Confidence)), st.booleans()),
    ),
    st.frozensets(st.sampled_from(NAMES)),
)
EMPTY = {
    WishPart.TOPICS: {"topics": frozenset()},
    WishPart.DOMAINS: {"domains": frozenset()},
    WishPart.COMPETENCIES: {"competencies": frozenset()},
    WishPart.DIFFICULTIES: {"difficulties": frozenset()},
    WishPart.SEEN: {"seen": Seen.ANY},
}


def one_value(part: WishPart, value: str) -> dict[str, object]:
    """The change that makes a part of a wish ask for one value alone."""
    if part is WishPart.SEEN:
        return {"seen": Seen(value)}
    if part is WishPart.DIFFICULTIES:
        return {"difficulties": frozenset({Difficulty(value)})}
    return {str(part): frozenset({value})}


def counted(pool: list[Item], wish: PracticeWish, record: PracticeRecord) -> int:
    return sum(not misfits(item, wish, record) for item in pool)


@given(pools(), wishes, records, st.integers())
def test_what_is_told_to_fit_is_what_a_quiz_draws(
    pool: list[Item], wish: PracticeWish, record: PracticeRecord, seed: int
) -> None:
    told = outlook(index_of(pool), wish, record).fitting

    try:
        quiz = assemble_practice(pool, wish, record=record, random=Random(seed))
    except InvalidInput:
        quiz = []

    assert len(quiz) == min(wish.length, told)
    assert all(not misfits(item, wish, record) for item in quiz)


@given(pools(), wishes, records)
def test_the_count_beside_a_choice_is_what_fits_once_it_is_chosen(
    pool: list[Item], wish: PracticeWish, record: PracticeRecord
) -> None:
    told = outlook(index_of(pool), wish, record)

    for part, counts in told.choices.items():
        for value, count in counts.items():
            assert count == counted(pool, replace(wish, **one_value(part, value)), record)
            assert count > 0


@given(pools(), wishes, records)
def test_giving_up_a_part_brings_what_was_promised_and_never_less(
    pool: list[Item], wish: PracticeWish, record: PracticeRecord
) -> None:
    told = outlook(index_of(pool), wish, record)

    assert told.without.keys() == set(wish.narrowed)
    for part, count in told.without.items():
        assert count == counted(pool, replace(wish, **EMPTY[part]), record)
        assert count >= told.fitting


@given(pools(), wishes, records)
def test_the_order_of_the_bank_changes_no_count(
    pool: list[Item], wish: PracticeWish, record: PracticeRecord
) -> None:
    assert outlook(index_of(pool), wish, record) == outlook(index_of(pool[::-1]), wish, record)


@given(pools(), records)
def test_each_question_is_new_or_met_and_what_is_sure_and_wrong_was_missed(
    pool: list[Item], record: PracticeRecord
) -> None:
    for item in pool:
        states = record.states(item.id)

        assert Seen.ANY in states
        assert (Seen.UNSEEN in states) == (item.id not in record.last)
        assert not {Seen.UNSEEN, Seen.MISSED} <= states
        assert Seen.SURE_AND_WRONG not in states or Seen.MISSED in states


@pytest.mark.parametrize(
    ("estimate", "band"), [(1, "easy"), (2, "easy"), (3, "middle"), (4, "hard"), (5, "hard")]
)
def test_the_estimate_of_the_author_falls_into_bands(estimate: int, band: str) -> None:
    assert difficulty_of(an_item(difficulty=estimate)) == band


def test_topics_are_counted_with_what_is_new_and_missed_whatever_state_is_asked() -> None:
    pool = [an_item(id=f"item-{n}", difficulty=1 if n == 4 else 3) for n in range(5)]
    record = PracticeRecord({"item-0": LastTime(True), "item-1": LastTime(False)})
    wish = PracticeWish(
        frozenset({"family"}),
        10,
        Seen.MISSED,
        Feedback.TUTOR,
        difficulties=frozenset({Difficulty.MIDDLE}),
    )

    assert outlook(index_of(pool), wish, record).topics == {"consent": PracticeSupply(4, 2, 1)}


def test_the_most_fruitful_way_out_is_told_first() -> None:
    pool = [an_item(id="a", domain="AADC-1", difficulty=5)]
    pool += [an_item(id=f"b{n}", domain="AADC-4", difficulty=1) for n in range(3)]
    wish = PracticeWish(
        frozenset(),
        10,
        Seen.ANY,
        Feedback.TUTOR,
        domains=frozenset({"AADC-1"}),
        difficulties=frozenset({Difficulty.EASY}),
    )

    ways = outlook(index_of(pool), wish, PracticeRecord()).ways_out

    assert ways == ((WishPart.DOMAINS, 3), (WishPart.DIFFICULTIES, 1))


def test_no_single_way_out_is_told_as_none() -> None:
    wish = PracticeWish(
        frozenset({"family"}), 10, Seen.BOOKMARKED, Feedback.TUTOR, domains=frozenset({"AADC-1"})
    )

    told = outlook(index_of([an_item()]), wish, PracticeRecord())

    assert (told.fitting, told.ways_out) == (0, ())
