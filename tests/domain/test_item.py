from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.domain.item import Option, is_correct
from app.domain.review_mark import ReviewMark
from tests.builders import an_item


def test_any_change_of_wording_or_key_gives_another_version() -> None:
    item = an_item()
    reworded = replace(item.options[0], why="Another reason.")

    versions = {
        item.version,
        replace(item, stem="Another stem?").version,
        replace(item, key=("c",)).version,
        replace(item, vignette="A call.").version,
        replace(item, options=(reworded, *item.options[1:])).version,
        replace(item, refs=("tip27",)).version,
    }

    assert len(versions) == 6


def test_place_and_review_are_no_part_of_the_version() -> None:
    item = an_item()

    moved = replace(item, path="elsewhere.yaml", line=99, difficulty=5, status="retired")
    reviewed = replace(item, reviewed=ReviewMark("Cora Lindqvist", date(2027, 1, 2)))

    assert moved.version == item.version == reviewed.version
    assert reviewed.reviewed.is_reviewed
    assert not item.reviewed.is_reviewed


@pytest.mark.parametrize(
    ("status", "offered"),
    [("draft", False), ("pretest", True), ("live", True), ("retired", False)],
)
def test_only_live_and_trial_items_are_offered(status: str, offered: bool) -> None:
    assert an_item(status=status).is_offered is offered


@pytest.mark.parametrize(
    ("chosen", "right"), [(["b"], True), (["a"], False), ([], False), (["a", "b"], False)]
)
def test_a_response_is_right_when_it_names_the_key_and_nothing_else(
    chosen: list[str], right: bool
) -> None:
    assert is_correct(an_item(), chosen) is right


def test_an_option_is_found_by_its_id() -> None:
    item = an_item()

    assert item.option("a") == item.options[0]
    assert item.option("z") is None
    assert isinstance(item.options[0], Option)
