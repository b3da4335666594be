from __future__ import annotations

from datetime import timedelta

import pytest

from app.domain.errors import NotFound
from app.domain.lesson import Section
from app.domain.person import Viewer
from app.services import reading
from app.storage.store import Store
from tests.builders import a_lesson
from tests.cast import NOW, a_person, as_viewer
from tests.storage.rows import last_read_at

LESSON = a_lesson()


@pytest.fixture
def ana(store: Store) -> Viewer:
    return as_viewer(store, a_person(store, "Ana Reyes"))


def test_a_marked_section_brings_a_lesson_on(store: Store, ana: Viewer) -> None:
    state = reading.mark_section(store, ana, lesson=LESSON, section_id="opening", now=NOW)

    assert (state.sections_read, state.sections_total) == (1, 2)
    assert state.next_section == "even-a-yes"
    assert store.reading.sections_read(ana.id, LESSON.id) == {"opening"}


def test_a_lesson_with_every_section_marked_is_complete(store: Store, ana: Viewer) -> None:
    for section in LESSON.sections:
        state = reading.mark_section(store, ana, lesson=LESSON, section_id=section.id, now=NOW)

    assert state.is_complete
    assert state.next_section is None


def test_marking_twice_changes_nothing(store: Store, ana: Viewer) -> None:
    later = NOW + timedelta(days=1)

    first = reading.mark_section(store, ana, lesson=LESSON, section_id="opening", now=NOW)
    second = reading.mark_section(store, ana, lesson=LESSON, section_id="opening", now=later)

    assert second == first
    assert last_read_at(store, ana.id) == {(ana.id, LESSON.id): NOW}


def test_a_mark_can_be_taken_back_and_made_again(store: Store, ana: Viewer) -> None:
    later = NOW + timedelta(days=1)
    reading.mark_section(store, ana, lesson=LESSON, section_id="opening", now=NOW)

    without = reading.unmark_section(store, ana, lesson=LESSON, section_id="opening")
    again = reading.unmark_section(store, ana, lesson=LESSON, section_id="opening")
    reading.mark_section(store, ana, lesson=LESSON, section_id="opening", now=later)

    assert (without.sections_read, again) == (0, without)
    assert last_read_at(store, ana.id) == {(ana.id, LESSON.id): later}


def test_a_section_that_was_edited_away_is_not_found(store: Store, ana: Viewer) -> None:
    with pytest.raises(NotFound) as marking:
        reading.mark_section(store, ana, lesson=LESSON, section_id="gone", now=NOW)
    with pytest.raises(NotFound):
        reading.unmark_section(store, ana, lesson=LESSON, section_id="gone")

    assert marking.value.advice
    assert store.reading.all_of([ana.id]) == {}


def test_an_edit_keeps_the_marks_of_sections_that_stayed(store: Store, ana: Viewer) -> None:
    for section in LESSON.sections:
        reading.mark_section(store, ana, lesson=LESSON, section_id=section.id, now=NOW)
    edited = a_lesson(
        sections=(LESSON.sections[0], Section("new", "New", "Added since.", 20)),
    )

    state = reading.mark_section(store, ana, lesson=edited, section_id="opening", now=NOW)

    assert (state.sections_read, state.sections_total, state.next_section) == (1, 2, "new")


def test_everybody_reads_for_themselves(store: Store, ana: Viewer) -> None:
    luis = as_viewer(store, a_person(store, "Luis Ferro"))
    reading.mark_section(store, ana, lesson=LESSON, section_id="opening", now=NOW)

    reading.unmark_section(store, luis, lesson=LESSON, section_id="opening")
    state = reading.mark_section(store, luis, lesson=LESSON, section_id="even-a-yes", now=NOW)

    assert state.sections_read == 1
    assert store.reading.sections_read(ana.id, LESSON.id) == {"opening"}
