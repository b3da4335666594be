from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.attempt import Feedback
from app.domain.errors import InvalidInput
from app.domain.practice import LONGEST, MOST_MINUTES, Difficulty, PracticeWish, Seen
from app.domain.practice_preset import LONGEST_NAME, read_wish, tell_wish, tidy_name

codes = st.frozensets(st.text(min_size=1, max_size=20), max_size=10)
wishes = st.builds(
    PracticeWish,
    topics=codes,
    length=st.integers(1, LONGEST),
    seen=st.sampled_from(list(Seen)),
    feedback=st.sampled_from(list(Feedback)),
    domains=codes,
    competencies=codes,
    difficulties=st.frozensets(st.sampled_from(list(Difficulty))),
    minutes=st.none() | st.integers(1, MOST_MINUTES),
)
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=300),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(), inner, max_size=5),
    max_leaves=10,
)


@given(wishes)
def test_a_wish_comes_back_as_it_was_told(wish: PracticeWish) -> None:
    assert read_wish(json.loads(json.dumps(tell_wish(wish)))) == wish


@given(st.dictionaries(st.sampled_from(list(tell_wish(read_wish({})))), anything))
def test_whatever_is_told_a_wish_that_can_be_used_is_read(told: dict[str, object]) -> None:
    wish = read_wish(told)

    assert 1 <= wish.length <= LONGEST
    assert wish.minutes is None or 1 <= wish.minutes <= MOST_MINUTES
    assert read_wish(tell_wish(wish)) == wish


def test_numbers_may_come_as_text_from_an_address() -> None:
    wish = read_wish({"length": "20", "minutes": "15"})

    assert (wish.length, wish.minutes) == (20, 15)


@pytest.mark.parametrize("sent", ["", "-3", "1e3", "²", "999999999", "51"])
def test_a_length_that_cannot_be_used_falls_to_the_usual(sent: str) -> None:
    assert read_wish({"length": sent}).length == 10


def test_a_name_is_kept_without_stray_spaces() -> None:
    assert tidy_name("  Ten \n new  ones ") == "Ten new ones"


@pytest.mark.parametrize("name", ["", "   ", "\n\t", "x" * (LONGEST_NAME + 1)])
def test_a_name_that_is_empty_or_too_long_is_refused(name: str) -> None:
    with pytest.raises(InvalidInput):
        tidy_name(name)
