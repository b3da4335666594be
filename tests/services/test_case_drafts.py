"""Writing a case: one draft, every change kept, every change to be taken back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import pytest

from app.domain.errors import Conflict, InvalidInput, NotFound
from app.domain.person import Viewer
from app.library.case_draft import LARGEST_DRAFT
from app.library.case_edit import Edit, set_choice, set_scene
from app.services import case_drafts
from app.services.account import add_organisation
from app.services.case_drafts import CaseSource
from app.storage.case_drafts import StoredDraft
from app.storage.store import Store
from tests.at_once import at_once
from tests.cast import NOW, Cast, a_person, as_viewer
from tests.scenario_builders import sample_text

FILES = {"case.md": sample_text(), "walks/good.walk": "seed 1\npick neither\n"}


@pytest.fixture
def ben(store: Store, cast: Cast) -> Viewer:
    return as_viewer(store, cast.ben)


@pytest.fixture
def draft(store: Store, ben: Viewer) -> StoredDraft:
    return opened(store, ben)


def opened(store: Store, viewer: Viewer, case_id: str = "lena-and-ruth") -> StoredDraft:
    source = CaseSource(case_id, FILES, "a-revision")
    return case_drafts.open_draft(store, viewer, source, now=NOW)


def retitled(title: str):  # type: ignore[no-untyped-def]
    def make(files: Mapping[str, str]) -> Edit:
        return set_scene(files, "voicemail", title=title)

    return make


def change(store: Store, viewer: Viewer, draft: StoredDraft, title: str, **more: object):  # type: ignore[no-untyped-def]
    fields = {"now": NOW, **more}
    return case_drafts.change_draft(store, viewer, draft.id, retitled(title), **fields)  # type: ignore[arg-type]


def text_of(store: Store, draft: StoredDraft) -> str:
    found = store.case_drafts.find(draft.id)
    assert found is not None
    return found.files["case.md"]


def test_two_trainers_who_open_a_case_write_at_one_draft(store: Store, cast: Cast) -> None:
    trainers = [as_viewer(store, a_person(store, f"Trainer{n} Price")) for n in range(4)]

    drafts = at_once(store, *[lambda s, one=one: opened(s, one) for one in trainers])

    assert len({one.id for one in drafts}) == 1


def test_a_change_touches_its_lines_and_no_others(
    store: Store, ben: Viewer, draft: StoredDraft
) -> None:
    before = text_of(store, draft)

    changed = change(store, ben, draft, "A call at noon")

    old = "## [voicemail] A message on the clinic line"
    assert changed.files["case.md"] == before.replace(old, "## [voicemail] A call at noon")
    assert text_of(store, draft) == changed.files["case.md"]
    assert changed.change == draft.change + 1


def test_every_change_can_be_taken_back_and_made_again(
    store: Store, ben: Viewer, draft: StoredDraft
) -> None:
    texts = [text_of(store, draft)]
    for title in ("One", "Two", "Three"):
        change(store, ben, draft, title)
        texts.append(text_of(store, draft))

    back = []
    for _ in range(3):
        case_drafts.undo(store, ben, draft.id, now=NOW)
        back.append(text_of(store, draft))
    again = []
    for _ in range(3):
        case_drafts.redo(store, ben, draft.id, now=NOW)
        again.append(text_of(store, draft))

    assert back == texts[2::-1]
    assert again == texts[1:]


def test_a_change_after_an_undo_ends_what_could_be_made_again(
    store: Store, ben: Viewer, draft: StoredDraft
) -> None:
    change(store, ben, draft, "One")
    case_drafts.undo(store, ben, draft.id, now=NOW)
    change(store, ben, draft, "Two")

    with pytest.raises(Conflict, match="nothing to make again"):
        case_drafts.redo(store, ben, draft.id, now=NOW)
    case_drafts.undo(store, ben, draft.id, now=NOW)
    with pytest.raises(Conflict, match="nothing to take back"):
        case_drafts.undo(store, ben, draft.id, now=NOW)

    assert text_of(store, draft) == FILES["case.md"]


def test_typing_on_is_one_step_to_take_back(store: Store, ben: Viewer, draft: StoredDraft) -> None:
    def typed(words: str, *, after: timedelta) -> None:
        def make(files: Mapping[str, str]) -> Edit:
            edit = set_choice(files, "voicemail", "neither", label=words)
            return Edit("Changed the call", edit.replacements)

        case_drafts.change_draft(store, ben, draft.id, make, now=NOW + after, is_typing=True)

    typed("Say you can", after=timedelta(0))
    typed("Say you can neither", after=timedelta(seconds=5))
    typed("Say you can neither confirm", after=timedelta(minutes=5))

    assert [one.number for one in store.case_drafts.edits(draft.id)] == [1, 2]
    case_drafts.undo(store, ben, draft.id, now=NOW)
    assert "- [Say you can neither] -> session {#neither}" in text_of(store, draft)
    case_drafts.undo(store, ben, draft.id, now=NOW)
    assert text_of(store, draft) == FILES["case.md"]


def test_changes_of_two_people_in_different_scenes_both_stand(
    store: Store, ben: Viewer, draft: StoredDraft, cast: Cast
) -> None:
    eli = as_viewer(store, cast.eli)
    change(store, ben, draft, "One")

    def other(files: Mapping[str, str]) -> Edit:
        return set_scene(files, "session", title="Two")

    case_drafts.change_draft(store, eli, draft.id, other, now=NOW)

    assert "## [voicemail] One" in text_of(store, draft)
    assert "## [session] Two" in text_of(store, draft)


def test_a_change_that_would_be_too_large_changes_nothing(
    store: Store, ben: Viewer, draft: StoredDraft
) -> None:
    with pytest.raises(InvalidInput, match="950 kB"):
        change(store, ben, draft, "x" * LARGEST_DRAFT)

    assert text_of(store, draft) == FILES["case.md"]
    assert store.case_drafts.edits(draft.id) == []


@pytest.mark.parametrize("name", ["../case.md", "walks/../x.walk", "case.html", "A.md", "x.walk"])
def test_files_that_fit_no_case_are_refused(store: Store, ben: Viewer, name: str) -> None:
    source = CaseSource("lena-and-ruth", {**FILES, name: "text"}, "")

    with pytest.raises(InvalidInput):
        case_drafts.open_draft(store, ben, source, now=NOW)


@pytest.mark.parametrize("case_id", ["", "Lena", "lena ruth", "../lena", "x" * 61, "-lena"])
def test_ids_that_name_no_folder_are_refused(store: Store, ben: Viewer, case_id: str) -> None:
    with pytest.raises(InvalidInput):
        opened(store, ben, case_id)


def test_a_draft_given_up_takes_no_change(store: Store, ben: Viewer, draft: StoredDraft) -> None:
    with pytest.raises(Conflict, match="changed after"):
        case_drafts.discard_draft(store, draft.id, seen_change=5, now=NOW)
    case_drafts.discard_draft(store, draft.id, seen_change=0, now=NOW)

    with pytest.raises(Conflict, match="discarded meanwhile"):
        change(store, ben, draft, "One")
    assert opened(store, ben).id != draft.id


def test_nobody_reaches_a_draft_of_another_organisation(
    store: Store, ben: Viewer, draft: StoredDraft
) -> None:
    elsewhere = store.for_organisation(add_organisation(store, name="Elsewhere", now=NOW))

    with pytest.raises(NotFound):
        change(elsewhere, ben, draft, "One")
