from __future__ import annotations

from dataclasses import replace
from datetime import date

from app.domain.area import area_title, areas_in_order
from app.domain.lesson import day_read, reading_state
from tests.builders import a_lesson


def test_an_edit_to_any_section_gives_another_version() -> None:
    lesson = a_lesson()
    edited = replace(lesson.sections[1], source="It tells more.")

    assert lesson.version != replace(lesson, sections=(lesson.sections[0], edited)).version
    assert lesson.version == replace(lesson, path="elsewhere.md", minutes=99).version


def test_reading_goes_on_at_the_first_unread_section() -> None:
    lesson = a_lesson()

    fresh = reading_state(lesson, [])
    half = reading_state(lesson, ["opening"])
    done = reading_state(lesson, ["opening", "even-a-yes"])

    assert (fresh.is_started, fresh.next_section) == (False, "opening")
    assert (half.is_started, half.is_complete, half.next_section) == (True, False, "even-a-yes")
    assert (done.is_complete, done.next_section) == (True, None)


def test_marks_on_sections_that_are_gone_count_for_nothing() -> None:
    state = reading_state(a_lesson(), ["removed-long-ago"])

    assert not state.is_started


def test_a_section_is_found_by_its_id() -> None:
    lesson = a_lesson()

    assert lesson.section("even-a-yes") == lesson.sections[1]
    assert lesson.section("nowhere") is None


def test_areas_keep_the_order_of_the_curriculum() -> None:
    areas = areas_in_order(["zoology", "resiliency", "family", "foundations", "family", "art"])

    assert [area.id for area in areas] == ["foundations", "family", "resiliency", "art", "zoology"]
    assert area_title("group-work") == "Group work"


def test_a_lesson_is_read_on_the_day_of_its_last_section() -> None:
    lesson = a_lesson()
    first, last = date(2026, 11, 2), date(2026, 11, 9)

    assert day_read(lesson, {"opening": last, "even-a-yes": first, "gone": date.max}) == last
    assert day_read(lesson, {"opening": last}) is None
