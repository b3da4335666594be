"""Conditions are read as written, answered plainly, and never run."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.play_state import PlayState
from app.domain.scenario_condition import ConditionError, holds, parts_of, read_condition
from app.domain.scenario_vocabulary import ConsentStatus, EndingKind

STATE = PlayState(
    scene="now",
    seed=1,
    values={"trust": 4, "limits": "hers", "met": True, "late": False},
    consents={"rel": ConsentStatus.GIVEN, "other": ConsentStatus.REFUSED},
    visited=frozenset({"intake"}),
    chosen=frozenset({"wait"}),
)


@pytest.mark.parametrize(
    "text",
    [
        "trust >= 4",
        "trust>=4 and trust<=4",
        "trust != 3",
        "limits = hers",
        "limits != written",
        "met",
        "met = true",
        "not late",
        "consent(rel)",
        "asked( other )",
        "not consent(other) and not asked(nobody)",
        "visited(intake) and not visited(now)",
        "chose(wait)",
        "not breached",
        "late or trust > 3 and met",
        "(late or met) and not (late and met)",
        "not not met",
    ],
)
def test_condition_that_holds(text: str) -> None:
    assert holds(read_condition(text), STATE)


@pytest.mark.parametrize(
    "text",
    [
        "trust < 4",
        "limits = written",
        "limits >= 1",
        "late",
        "trust = true",
        "nothing > 1",
        "met and late",
        "ending = good",
        "visited(now)",
    ],
)
def test_condition_that_does_not_hold(text: str) -> None:
    assert not holds(read_condition(text), STATE)


def test_and_binds_closer_than_or() -> None:
    assert holds(read_condition("met or late and late"), STATE)
    assert not holds(read_condition("(met or late) and late"), STATE)


def test_ending_is_known_after_the_end() -> None:
    ended = PlayState("good-end", 1, {}, {}, ending=EndingKind.GOOD)

    assert holds(read_condition("ending = good and visited(good-end)"), ended)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("", "the end"),
        ("trust >=", "number or a word"),
        ("trust >= 3 and", "the end"),
        ("trust == 3", "one `=`"),
        ("trust + 1 > 3", "cannot be read"),
        ("consent()", "one id"),
        ("consent(rel", "missing"),
        ("knows(rel)", "no question"),
        ("(met", "missing"),
        ("met late", "should end"),
        ("and met", "name is expected"),
        ("__import__(os)", "no question"),
        ("trust >= 3; drop", "cannot be read"),
        ("ending > good", "by kind"),
    ],
)
def test_unreadable_condition_says_what_is_wrong(text: str, part: str) -> None:
    with pytest.raises(ConditionError) as fault:
        read_condition(text)

    assert part in str(fault.value)


def test_deep_or_long_conditions_are_refused_quietly() -> None:
    for hostile in ("(" * 5_000, "not " * 400 + "met", "met and " * 2_000 + "met"):
        with pytest.raises(ConditionError):
            read_condition(hostile)


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        condition = read_condition(text)
    except ConditionError:
        return
    assert list(parts_of(condition.node))
    assert holds(condition, STATE) in {True, False}
