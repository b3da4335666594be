from __future__ import annotations

from app.domain.ids import fingerprint
from app.storage.store import Store
from tests.learning_builders import A_MOMENT


def keep(store: Store, texts: dict[str, str], *, present: frozenset[str] | None = None) -> int:
    there = frozenset(texts) if present is None else present
    with store.writing():
        return store.content_files.keep(texts, present=there, now=A_MOMENT)


def test_texts_are_kept_to_the_character(store: Store) -> None:
    texts = {"content/a.md": "Zeile 1\r\nZeile 2 “ä” 🧭\n", "content/b.yaml": ""}

    changed = keep(store, texts)

    assert changed == 2
    assert store.content_files.texts() == texts
    assert store.content_files.fingerprints() == {p: fingerprint(t) for p, t in texts.items()}


def test_only_what_changed_is_written(store: Store) -> None:
    keep(store, {"content/a.md": "one", "content/b.md": "two"})

    changed = keep(store, {"content/a.md": "one", "content/b.md": "edited"})
    again = keep(store, {"content/a.md": "one", "content/b.md": "edited"})

    assert (changed, again) == (1, 0)
    assert store.content_files.texts() == {"content/a.md": "one", "content/b.md": "edited"}


def test_a_file_that_is_gone_is_forgotten(store: Store) -> None:
    keep(store, {"content/a.md": "one", "content/b.md": "two"})

    changed = keep(store, {"content/a.md": "one"})

    assert changed == 1
    assert store.content_files.texts() == {"content/a.md": "one"}


def test_a_file_that_is_broken_keeps_its_last_good_text(store: Store) -> None:
    keep(store, {"content/a.md": "one", "content/b.md": "two"})

    changed = keep(
        store, {"content/a.md": "one"}, present=frozenset({"content/a.md", "content/b.md"})
    )

    assert changed == 0
    assert store.content_files.texts() == {"content/a.md": "one", "content/b.md": "two"}
