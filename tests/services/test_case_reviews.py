"""The second reader of a draft: who may be one, for which text, and what publishing keeps."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.domain.case_review import ReviewStage
from app.domain.errors import Conflict, InvalidInput, NotAllowed, NotFound
from app.domain.person import Role, Viewer
from app.library.case_draft import CheckedDraft, check_draft
from app.library.case_edit import set_file, set_scene
from app.library.case_template import new_case_files
from app.services import case_drafts, case_publishing, case_reviews
from app.services.case_drafts import CaseSource
from app.services.case_publishing import PublishAsked, Serving
from app.services.case_reviews import GivenReview, draft_review
from app.storage.case_drafts import StoredDraft
from app.storage.store import Store
from tests.cast import NOW, Cast, a_person, as_viewer

CASE = "the-first-words"
FILES = new_case_files(CASE, title="The first words", author="Ben Okafor", today=NOW.date())


@pytest.fixture
def ben(store: Store, cast: Cast) -> Viewer:
    return as_viewer(store, cast.ben)


@pytest.fixture
def ines(store: Store) -> Viewer:
    return as_viewer(store, a_person(store, "Ines Duarte", role=Role.TRAINER))


@pytest.fixture
def draft(store: Store, ben: Viewer) -> StoredDraft:
    return case_drafts.open_draft(store, ben, CaseSource(CASE, FILES, ""), now=NOW)


def ask(store: Store, ben: Viewer, draft: StoredDraft) -> None:
    case_reviews.ask_for_review(store, ben, draft.id, note="Is it fair?", now=NOW)


def read(store: Store, viewer: Viewer, draft: StoredDraft, *, is_fine: bool = True) -> None:
    given = GivenReview(draft.change, is_fine=is_fine, note="" if is_fine else "Say why.")
    case_reviews.give_review(store, viewer, draft.id, given, now=NOW + timedelta(hours=1))


def reworded(store: Store, viewer: Viewer, draft: StoredDraft, words: str = "Rain.") -> StoredDraft:
    def make(files):  # type: ignore[no-untyped-def]
        return set_scene(files, "other-end", text=f"{words}\n")

    return case_drafts.change_draft(store, viewer, draft.id, make, now=NOW)


def stage(store: Store, draft: StoredDraft) -> ReviewStage:
    return draft_review(store, case_drafts.own_draft(store, draft.id)).stand.stage


def publish(store: Store, viewer: Viewer, draft: StoredDraft, *, is_unread: bool = False):  # type: ignore[no-untyped-def]
    asked = PublishAsked(checked(draft), Serving(None, ""), draft.change, is_unread=is_unread)
    return case_publishing.publish(store, viewer, draft.id, asked, now=NOW)


def checked(draft: StoredDraft) -> CheckedDraft:
    codes = frozenset({"MI", "CONF"})
    return check_draft(draft.files, case_id=CASE, known_competencies=codes)


def test_a_draft_goes_from_writing_over_a_reader_to_learners(
    store: Store, ben: Viewer, ines: Viewer, draft: StoredDraft
) -> None:
    stages = [stage(store, draft)]
    ask(store, ben, draft)
    stages.append(stage(store, draft))
    read(store, ines, draft)
    stages.append(stage(store, draft))

    publication = publish(store, ben, draft)

    assert stages == [ReviewStage.WRITING, ReviewStage.READY, ReviewStage.REVIEWED]
    assert publication.review is not None
    assert publication.review.made_by == ines.id
    kept = store.case_publications.of_case(CASE)[0]
    assert (kept.review, kept.is_unread) == (publication.review, False)


def test_a_change_makes_the_review_older_and_taking_it_back_makes_it_good_again(
    store: Store, ben: Viewer, ines: Viewer, draft: StoredDraft
) -> None:
    ask(store, ben, draft)
    read(store, ines, draft)

    changed = reworded(store, ben, draft)
    outlook = case_publishing.publish_outlook(store, changed, checked(changed), Serving(None, ""))
    with pytest.raises(InvalidInput, match="Nobody but its writers"):
        publish(store, ben, changed)
    after_change = stage(store, draft)
    case_drafts.undo(store, ben, draft.id, now=NOW)

    assert after_change is ReviewStage.OUTDATED
    assert [one.code for one in outlook.cautions] == ["SC802"]
    assert stage(store, draft) is ReviewStage.REVIEWED


def test_a_test_walk_does_not_make_a_review_older(
    store: Store, ben: Viewer, ines: Viewer, draft: StoredDraft
) -> None:
    ask(store, ben, draft)
    read(store, ines, draft)

    def add(files):  # type: ignore[no-untyped-def]
        return set_file(files, "walks/more.walk", "seed 1\n")

    case_drafts.change_draft(store, ben, draft.id, add, now=NOW)

    assert stage(store, draft) is ReviewStage.REVIEWED


def test_publishing_without_a_reader_has_to_be_said(
    store: Store, ben: Viewer, draft: StoredDraft
) -> None:
    with pytest.raises(InvalidInput, match="Nobody but its writers"):
        publish(store, ben, draft)

    publication = publish(store, ben, draft, is_unread=True)

    assert (publication.review, publication.is_unread) == (None, True)


def test_whoever_wrote_in_it_cannot_be_its_second_reader(
    store: Store, ben: Viewer, ines: Viewer, draft: StoredDraft
) -> None:
    changed = reworded(store, ines, draft)
    ask(store, ben, draft)

    for writer in (ben, ines):
        with pytest.raises(NotAllowed):
            read(store, writer, changed)
    back = case_drafts.undo(store, ines, draft.id, now=NOW)
    read(store, ines, back)

    assert stage(store, draft) is ReviewStage.REVIEWED


def test_administrators_are_no_second_readers(
    store: Store, ben: Viewer, cast: Cast, draft: StoredDraft
) -> None:
    ask(store, ben, draft)

    with pytest.raises(NotAllowed):
        read(store, as_viewer(store, cast.eli), draft)


def test_nobody_reviews_a_text_they_have_not_seen_or_were_not_asked_about(
    store: Store, ben: Viewer, ines: Viewer, draft: StoredDraft
) -> None:
    with pytest.raises(Conflict, match="being written"):
        read(store, ines, draft)
    ask(store, ben, draft)
    reworded(store, ben, draft)

    with pytest.raises(Conflict, match="changed after"):
        read(store, ines, draft)
    case_reviews.withdraw_review(store, ben, draft.id, now=NOW)

    assert stage(store, draft) is ReviewStage.WRITING


def test_asking_for_changes_says_which(
    store: Store, ben: Viewer, ines: Viewer, draft: StoredDraft
) -> None:
    ask(store, ben, draft)
    silent = GivenReview(draft.change, is_fine=False, note=" ")
    with pytest.raises(InvalidInput):
        case_reviews.give_review(store, ines, draft.id, silent, now=NOW)

    case_reviews.add_comment(store, ines, draft.id, place="brief", words="Who is she?", now=NOW)
    case_reviews.give_review(store, ines, draft.id, silent, now=NOW)

    found = draft_review(store, draft)
    assert found.stand.stage is ReviewStage.CHANGES_ASKED
    assert [one.words for one in found.open_comments] == ["Who is she?"]
    case_reviews.settle_comment(store, draft.id, found.comments[0].id, is_settled=True, now=NOW)
    assert draft_review(store, draft).open_comments == ()


def test_a_comment_of_another_draft_is_not_found(store: Store, draft: StoredDraft) -> None:
    with pytest.raises(NotFound):
        case_reviews.settle_comment(store, draft.id, "none", is_settled=True, now=NOW)


def test_a_case_without_a_line_for_its_version_is_not_published_again(
    store: Store, ben: Viewer
) -> None:
    text = {**FILES, "case.md": FILES["case.md"].replace("version: 1\n", "")}
    before = check_draft(FILES, case_id=CASE, known_competencies=frozenset()).scenario
    assert before is not None
    serving = Serving(before, "")
    source = CaseSource(CASE, text, before.fingerprint)
    opened = case_drafts.open_draft(store, ben, source, now=NOW)

    outlook = case_publishing.publish_outlook(store, opened, checked(opened), serving)

    assert "SC801" in [one.problem.code for one in outlook.hurdles if one.problem]
