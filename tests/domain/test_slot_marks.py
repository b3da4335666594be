"""Marks of two pages of one question: what a page changed counts, and no note is lost."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import InvalidInput
from app.domain.slot_marks import (
    LONGEST_NOTE,
    Confidence,
    SlotMarks,
    marks_stamp,
    merge_marks,
    tidy_marks,
)

BLANK = SlotMarks(1)
NOTES = st.text("ab \n", max_size=6).map(str.strip)
MARKS = st.builds(
    SlotMarks,
    st.just(1),
    is_flagged=st.booleans(),
    struck=st.sampled_from([(), ("a",), ("a", "c")]),
    confidence=st.sampled_from(Confidence),
    note=NOTES,
)


@given(MARKS, MARKS)
def test_what_a_page_sends_stands_as_sent_when_nobody_else_noted_anything(
    kept: SlotMarks, sent: SlotMarks
) -> None:
    assert merge_marks(kept, sent, seen=marks_stamp(kept)) == sent


@given(MARKS, MARKS)
def test_a_page_on_which_nothing_was_changed_changes_nothing(
    kept: SlotMarks, seen: SlotMarks
) -> None:
    assert merge_marks(kept, seen, seen=marks_stamp(seen)) == kept


@given(MARKS, MARKS, MARKS)
def test_no_note_is_lost_to_a_page_that_is_behind(
    kept: SlotMarks, sent: SlotMarks, seen: SlotMarks
) -> None:
    merged = merge_marks(kept, sent, seen=marks_stamp(seen))

    assert kept.note in merged.note or kept.note == seen.note
    assert sent.note in merged.note or sent.note == seen.note


@given(MARKS, MARKS, MARKS)
def test_marks_sent_again_change_nothing_more(
    kept: SlotMarks, sent: SlotMarks, seen: SlotMarks
) -> None:
    once = merge_marks(kept, sent, seen=marks_stamp(seen))

    assert merge_marks(once, sent, seen=marks_stamp(seen)) == once


def test_a_page_that_is_behind_empties_only_what_it_showed() -> None:
    seen = SlotMarks(1, is_flagged=True, struck=("a",), note="Hm.")
    kept = replace(seen, confidence=Confidence.SURE, note="Consent first.")

    merged = merge_marks(kept, BLANK, seen=marks_stamp(seen))

    assert merged == replace(kept, is_flagged=False, struck=())


@pytest.mark.parametrize("seen", ["", "0123456789abcdef", "a_b"])
def test_a_save_without_a_stamp_takes_nothing_away(seen: str) -> None:
    kept = SlotMarks(1, is_flagged=True, struck=("a",), note="Consent first.")

    assert merge_marks(kept, BLANK, seen=seen) == kept


@pytest.mark.parametrize(
    ("kept", "sent", "both"),
    [
        ("Ask", "Ask about consent.", "Ask about consent."),  # written on, the reply was lost
        ("Ask.\n\nFamily.", "Family.", "Ask.\n\nFamily."),
        ("Notice the plan.", "Not", "Notice the plan.\n\nNot"),
    ],
)
def test_what_one_note_holds_of_the_other_is_not_said_twice(
    kept: str, sent: str, both: str
) -> None:
    merged = merge_marks(
        replace(BLANK, note=kept), replace(BLANK, note=sent), seen=marks_stamp(BLANK)
    )

    assert merged.note == both


def test_line_ends_are_made_one_character_before_a_note_is_measured() -> None:
    note = "x\r\n" * (LONGEST_NOTE // 2)

    tidy = tidy_marks(replace(BLANK, note=note), "abcd")

    assert tidy.note == ("x\n" * (LONGEST_NOTE // 2)).strip()
    assert marks_stamp(tidy) == marks_stamp(replace(BLANK, note=note))


def test_a_note_that_is_too_long_is_refused_and_never_cut() -> None:
    with pytest.raises(InvalidInput, match="1,000 characters"):
        tidy_marks(replace(BLANK, note="x" * (LONGEST_NOTE + 1)), "abcd")
