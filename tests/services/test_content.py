from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

from app.library.library import Library, good_texts, read_library
from app.library.places import Places
from app.services.content import keep_content, load_content
from app.storage.engine import open_engine
from app.storage.schema import downgrade
from app.storage.store import Store, open_store
from app.storage.trouble import StorageTrouble
from tests.at_once import at_once
from tests.builders import LESSON_TEXT, a_content_folder, item_file_text, item_text
from tests.cast import NOW
from tests.troubled_databases import read_only

QUESTIONS = "content/questions/family/consent.yaml"
LESSON = "content/lessons/family/consent-first.md"
BROKEN = item_file_text() + "    levl: apply\n"


@contextmanager
def restarted(database_url: str) -> Iterator[Store]:
    """A store as another process opens it: nothing of this one is in memory."""
    engine = open_engine(database_url)
    with open_store(engine) as store:
        yield store
    engine.dispose()


def test_sound_content_is_read_and_its_texts_are_kept(store: Store, tmp_path: Path) -> None:
    library = load_content(store, a_content_folder(tmp_path), now=NOW)

    assert list(library.items) == ["consent-01"]
    assert store.content_files.texts() == good_texts(library)
    assert {QUESTIONS, LESSON} <= store.content_files.texts().keys()


def test_the_last_good_text_of_a_broken_file_serves_after_a_restart(
    store: Store, tmp_path: Path, database_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    load_content(store, a_content_folder(tmp_path), now=NOW)
    broken = a_content_folder(tmp_path, {QUESTIONS: BROKEN, LESSON: "---\n"})

    for _ in range(2):  # the second start finds the texts as the first one left them
        with restarted(database_url) as reopened, caplog.at_level(logging.WARNING, "waymark"):
            library = load_content(reopened, broken, now=NOW)

        assert list(library.items) == ["consent-01"]
        assert list(library.lessons) == ["family/consent-first"]
        assert set(library.quarantined) == {QUESTIONS, LESSON}
    assert QUESTIONS in caplog.text


def test_a_file_that_was_never_good_is_left_out(store: Store, tmp_path: Path) -> None:
    library = load_content(store, a_content_folder(tmp_path, {QUESTIONS: BROKEN}), now=NOW)

    assert library.items == {}
    assert QUESTIONS not in store.content_files.texts()


def test_a_kept_text_that_no_longer_passes_is_not_thrown_away(store: Store, tmp_path: Path) -> None:
    """It may have passed an older Waymark, and pass again after going back to that."""
    older = item_file_text() + "    older: rules\n"
    with store.writing():
        store.content_files.keep({QUESTIONS: older}, present=frozenset({QUESTIONS}), now=NOW)

    library = load_content(store, a_content_folder(tmp_path, {QUESTIONS: BROKEN}), now=NOW)

    assert library.items == {}
    assert store.content_files.texts()[QUESTIONS] == older


def test_a_mended_file_serves_again_with_its_new_text(store: Store, tmp_path: Path) -> None:
    load_content(store, a_content_folder(tmp_path), now=NOW)
    load_content(store, a_content_folder(tmp_path, {QUESTIONS: BROKEN}), now=NOW)
    mended = item_file_text(item_text(difficulty="5"))

    library = load_content(store, a_content_folder(tmp_path, {QUESTIONS: mended}), now=NOW)

    assert library.quarantined == ()
    assert library.items["consent-01"].difficulty == 5
    assert store.content_files.texts()[QUESTIONS] == mended


def test_a_file_that_is_gone_is_forgotten(store: Store, tmp_path: Path) -> None:
    places = a_content_folder(tmp_path, {LESSON: LESSON_TEXT})
    load_content(store, places, now=NOW)
    (tmp_path / QUESTIONS).unlink()

    library = load_content(store, places, now=NOW)

    assert library.items == {}
    assert QUESTIONS not in store.content_files.texts()
    assert LESSON in store.content_files.texts()


def test_loading_the_same_again_writes_nothing(
    store: Store, tmp_path: Path, database_url: str
) -> None:
    places = a_content_folder(tmp_path)
    library = load_content(store, places, now=NOW)

    with restarted(read_only(database_url)) as reader:
        assert keep_content(reader, library, now=NOW) == 0


def test_a_database_that_cannot_be_written_does_not_stop_loading(
    store: Store, tmp_path: Path, database_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    places = a_content_folder(tmp_path)

    with restarted(read_only(database_url)) as reader, caplog.at_level(logging.WARNING, "waymark"):
        library = load_content(reader, places, now=NOW)

    assert list(library.items) == ["consent-01"]
    assert "not kept" in caplog.text
    assert store.content_files.texts() == {}


def test_a_database_without_tables_is_told_as_trouble(store: Store, tmp_path: Path) -> None:
    engine = store.session.get_bind()
    store.end_reading()
    downgrade(engine)  # type: ignore[arg-type]  # always an engine here

    with pytest.raises(StorageTrouble):
        load_content(store, a_content_folder(tmp_path), now=NOW)


def test_several_processes_that_start_at_once_keep_the_same_texts(
    store: Store, tmp_path: Path
) -> None:
    places = a_content_folder(tmp_path)

    replies = at_once(store, *[partial(_load, places=places)] * 4)

    assert [type(reply) for reply in replies] == [Library] * 4
    assert store.content_files.texts() == good_texts(read_library(places))


def _load(store: Store, places: Places) -> Library:
    return load_content(store, places, now=NOW)
