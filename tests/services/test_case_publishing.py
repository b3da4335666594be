"""Publishing a case: the gate, the wording learners meet, and the runs that are open."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.errors import Conflict, InvalidInput
from app.domain.open_runs import RunStand
from app.domain.person import Viewer
from app.domain.problem import errors_only
from app.domain.run import CHOICE, Move
from app.domain.scenario import Scenario
from app.library.case_draft import CheckedDraft, check_draft
from app.library.case_edit import set_choice, set_scene
from app.library.case_template import new_case_files
from app.library.scenario_text import read_case
from app.services import case_drafts, case_publishing, play
from app.services.case_drafts import CaseSource
from app.services.case_publishing import PublishAsked, Serving
from app.services.content import published_cases
from app.services.play import StepAsked
from app.storage.case_drafts import StoredDraft
from app.storage.case_publications import Publication
from app.storage.runs import StoredRun
from app.storage.store import Store
from tests.cast import NOW, Cast, as_viewer

CASE = "the-first-words"
FILES = new_case_files(CASE, title="The first words", author="Ben Okafor", today=NOW.date())
CODES = frozenset({"MI", "CONF"})


@pytest.fixture
def ben(store: Store, cast: Cast) -> Viewer:
    return as_viewer(store, cast.ben)


def serving_now(files: dict[str, str] | None = None) -> Serving:
    scenario = _read(files) if files is not None else None
    return Serving(scenario, scenario.fingerprint if scenario else "")


def _read(files: dict[str, str]) -> Scenario:
    scenario, _ = read_case(files, path=CASE)
    assert scenario is not None
    return scenario


def opened(store: Store, viewer: Viewer, serving: Serving) -> StoredDraft:
    source = CaseSource(CASE, FILES, serving.revision)
    return case_drafts.open_draft(store, viewer, source, now=NOW)


def checked(draft: StoredDraft) -> CheckedDraft:
    return check_draft(draft.files, case_id=CASE, known_competencies=CODES)


def publish(store: Store, viewer: Viewer, draft: StoredDraft, serving: Serving) -> Publication:
    asked = PublishAsked(
        checked(draft), serving, change=draft.change, note="A first try.", is_unread=True
    )
    return case_publishing.publish(store, viewer, draft.id, asked, now=NOW)


def reworded(store: Store, viewer: Viewer, draft: StoredDraft) -> StoredDraft:
    def make(files):  # type: ignore[no-untyped-def]
        return set_scene(files, "other-end", text="It rains on the way home.\n")

    return case_drafts.change_draft(store, viewer, draft.id, make, now=NOW)


def rerated(store: Store, viewer: Viewer, draft: StoredDraft) -> StoredDraft:
    def make(files):  # type: ignore[no-untyped-def]
        return set_choice(files, "first-words", "hard-day", keys={"rate": "2"})

    return case_drafts.change_draft(store, viewer, draft.id, make, now=NOW)


def begun(store: Store, cast: Cast) -> StoredRun:
    texts = {f"scenarios/{CASE}/{name}": text for name, text in FILES.items()}
    scenario = replace(_read(FILES), path=CASE)
    ana = as_viewer(store, cast.ana)
    return play.start_case(store, ana, scenario, texts, request_key="k", seed=1, now=NOW)


def test_the_template_can_be_published_as_it_is(store: Store, ben: Viewer) -> None:
    draft = opened(store, ben, serving_now())

    publication = publish(store, ben, draft, serving_now())

    assert errors_only(checked(draft).problems) == []
    assert publication.number == 1
    assert publication.changes == ("A new case with 3 scenes",)
    assert published_cases(store)[CASE].files == FILES


def test_a_changed_case_gets_the_next_version(store: Store, ben: Viewer) -> None:
    serving = serving_now(FILES)
    draft = reworded(store, ben, opened(store, ben, serving))

    publication = publish(store, ben, draft, serving)

    assert "\nversion: 2\n" in publication.files["case.md"]
    assert any("reads differently" in words for words in publication.changes)


def test_a_draft_with_errors_is_not_published(store: Store, ben: Viewer) -> None:
    draft = opened(store, ben, serving_now())

    def broken(files):  # type: ignore[no-untyped-def]
        return set_choice(files, "first-words", "expert", target="nowhere")

    draft = case_drafts.change_draft(store, ben, draft.id, broken, now=NOW)

    with pytest.raises(InvalidInput):
        publish(store, ben, draft, serving_now())
    assert published_cases(store) == {}


def test_a_draft_that_changed_meanwhile_is_not_published(store: Store, ben: Viewer) -> None:
    draft = opened(store, ben, serving_now())
    reworded(store, ben, draft)

    with pytest.raises(Conflict, match="changed after"):
        publish(store, ben, draft, serving_now())


def test_a_case_that_changed_meanwhile_is_not_overwritten(store: Store, ben: Viewer) -> None:
    draft = reworded(store, ben, opened(store, ben, serving_now(FILES)))
    newer = serving_now({**FILES, "case.md": FILES["case.md"].replace("Client:", "Sam:")})

    with pytest.raises(Conflict, match="from elsewhere"):
        publish(store, ben, draft, newer)


def test_a_run_that_met_nothing_changed_goes_on_in_the_new_text(
    store: Store, ben: Viewer, cast: Cast
) -> None:
    run = begun(store, cast)
    serving = serving_now(FILES)
    draft = reworded(store, ben, opened(store, ben, serving))
    outlook = case_publishing.publish_outlook(store, draft, checked(draft), serving)

    publication = publish(store, ben, draft, serving)
    stands = case_publishing.move_open_runs(store, publication, now=NOW)

    assert dict(outlook.open_runs) == dict(stands) == {RunStand.SAME_PATH: 1}
    assert store.runs.find(run.id).revision == publication.revision  # type: ignore[union-attr]
    move = StepAsked(Move("", CHOICE, "hard-day"), 0, "step")
    ana = as_viewer(store, cast.ana)
    in_play = play.take_step(store, ana, run_id=run.id, asked=move, now=NOW)
    scene = in_play.scenario.scene_by_id["other-end"]
    assert "It rains" in scene.blocks[0].text  # type: ignore[union-attr]


def test_a_run_whose_decision_changed_ends_in_the_old_text(
    store: Store, ben: Viewer, cast: Cast
) -> None:
    run = begun(store, cast)
    serving = serving_now(FILES)
    draft = rerated(store, ben, opened(store, ben, serving))

    publication = publish(store, ben, draft, serving)
    stands = case_publishing.move_open_runs(store, publication, now=NOW)

    assert dict(stands) == {RunStand.DECISION_CHANGED: 1}
    assert store.runs.find(run.id).revision == run.revision  # type: ignore[union-attr]
    assert play.open_run(store, as_viewer(store, cast.ana), run.id).position == 0
