"""Playing cases: each step counts once, in the wording the run was begun in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from functools import partial

import pytest

from app.domain.errors import Conflict, InvalidInput, NotFound
from app.domain.person import Viewer
from app.domain.run import ACTIVITY, CHOICE, Move
from app.domain.scenario import Scenario
from app.library.case_folder import read_case_folder
from app.services import play
from app.services.play import StepAsked
from app.storage.runs import StoredRun
from app.storage.store import Store
from tests.at_once import at_once
from tests.cast import NOW, a_person, as_viewer
from tests.scenario_builders import sample_text

TABS = 6
FOLDER = "scenarios/lena-and-ruth"


@pytest.fixture
def ana(store: Store) -> Viewer:
    return as_viewer(store, a_person(store, "Ana Reyes"))


@pytest.fixture
def luis(store: Store) -> Viewer:
    return as_viewer(store, a_person(store, "Luis Ferro"))


def a_case(text: str = "") -> tuple[Scenario, Mapping[str, str]]:
    texts = {
        f"{FOLDER}/case.md": text or sample_text(),
        f"{FOLDER}/walks/good.walk": "pick neither",
        "scenarios/lena-and-ruth-two/case.md": "of another case",
    }
    own = {path: words for path, words in texts.items() if path.startswith(f"{FOLDER}/")}
    scenario, _ = read_case_folder(own, told=FOLDER)
    assert scenario is not None
    return scenario, texts


def begun(store: Store, viewer: Viewer, *, key: str = "start", text: str = "") -> StoredRun:
    scenario, texts = a_case(text)
    return play.start_case(store, viewer, scenario, texts, request_key=key, seed=7, now=NOW)


def chosen(choice: str, *, position: int = 0, key: str = "") -> StepAsked:
    return StepAsked(Move("", CHOICE, choice), position, key or f"{position}-{choice}")


def walked(store: Store, viewer: Viewer, run: StoredRun, *choices: str) -> play.RunInPlay:
    for position, choice in enumerate(choices):
        asked = chosen(choice, position=position)
        in_play = play.take_step(store, viewer, run_id=run.id, asked=asked, now=NOW)
    return in_play


def test_starting_twice_with_one_key_starts_one_run(store: Store, ana: Viewer) -> None:
    first = begun(store, ana)
    second = begun(store, ana)

    assert first == second
    assert len(store.runs.of_person(ana.id)) == 1


def test_another_key_starts_another_run(store: Store, ana: Viewer) -> None:
    begun(store, ana, key="one")
    begun(store, ana, key="two")

    assert len(store.runs.of_person(ana.id)) == 2


def test_a_run_keeps_the_texts_learners_play_and_nothing_else(store: Store, ana: Viewer) -> None:
    run = begun(store, ana)

    assert store.runs.frozen(run.scenario_id, run.revision) == {"case.md": sample_text()}


def test_two_people_begin_the_same_wording(store: Store, ana: Viewer, luis: Viewer) -> None:
    assert begun(store, ana).revision == begun(store, luis).revision
    assert begun(store, ana).id != begun(store, luis).id


def test_a_step_leads_on_and_is_kept(store: Store, ana: Viewer) -> None:
    run = begun(store, ana)

    in_play = walked(store, ana, run, "neither")

    assert in_play.replay.state.scene == "session"
    (step,) = store.runs.steps(run.id)
    assert step.move == {"scene": "voicemail", "kind": CHOICE, "choice_id": "neither"}


def test_the_same_step_sent_twice_counts_once(store: Store, ana: Viewer) -> None:
    run = begun(store, ana)

    first = walked(store, ana, run, "neither")
    second = walked(store, ana, run, "neither")

    assert first == second
    assert second.position == 1


def test_another_choice_under_a_used_key_changes_nothing(store: Store, ana: Viewer) -> None:
    run = begun(store, ana)
    walked(store, ana, run, "neither")

    asked = chosen("hangup", key="0-neither")
    in_play = play.take_step(store, ana, run_id=run.id, asked=asked, now=NOW)

    assert in_play.replay.state.has_chosen("neither")
    assert not in_play.replay.state.has_chosen("hangup")


def test_a_page_that_is_behind_is_refused_and_nothing_is_lost(store: Store, ana: Viewer) -> None:
    run = begun(store, ana)
    walked(store, ana, run, "neither")

    with pytest.raises(Conflict, match="another tab"):
        play.take_step(store, ana, run_id=run.id, asked=chosen("hangup"), now=NOW)

    assert play.open_run(store, ana, run.id).position == 1


def test_a_choice_of_another_scene_is_refused(store: Store, ana: Viewer) -> None:
    run = begun(store, ana)

    with pytest.raises(Conflict):
        play.take_step(store, ana, run_id=run.id, asked=chosen("hold"), now=NOW)

    assert store.runs.steps(run.id) == []


def test_an_answer_that_cannot_be_used_is_refused(store: Store, ana: Viewer) -> None:
    run = begun(store, ana)
    walked(store, ana, run, "neither", "reflect", "write")
    asked = StepAsked(Move("", ACTIVITY, answer={"rings": {"nobody": 1}}), 3, "map")

    with pytest.raises(InvalidInput):
        play.take_step(store, ana, run_id=run.id, asked=asked, now=NOW)

    assert play.open_run(store, ana, run.id).position == 3


def test_an_answer_is_kept_without_odds_and_ends(store: Store, ana: Viewer) -> None:
    run = begun(store, ana)
    walked(store, ana, run, "neither", "reflect", "write")
    answer = {"rings": {"jo": 1}, "ties": [], "more": "of it"}
    asked = StepAsked(Move("", ACTIVITY, answer=answer), 3, "map")

    play.take_step(store, ana, run_id=run.id, asked=asked, now=NOW)

    kept = store.runs.steps(run.id)[-1].move["answer"]
    assert kept == {"rings": {"jo": 1}, "ties": []}


def test_an_ending_closes_the_run(store: Store, ana: Viewer) -> None:
    run = begun(store, ana)

    in_play = walked(store, ana, run, "neither", "push", "wait")

    assert in_play.has_ended
    ended = store.runs.find(run.id)
    assert ended is not None
    assert (ended.ending, ended.ended_at) == ("end-alone", NOW)


def test_a_closed_run_takes_no_more_steps(store: Store, ana: Viewer) -> None:
    run = begun(store, ana)
    walked(store, ana, run, "neither", "push", "wait")

    with pytest.raises(Conflict, match="come to its end"):
        play.take_step(store, ana, run_id=run.id, asked=chosen("wait", position=3), now=NOW)


def test_the_last_step_sent_again_keeps_the_time_of_the_end(store: Store, ana: Viewer) -> None:
    run = begun(store, ana)
    walked(store, ana, run, "neither", "push", "wait")

    later = NOW + timedelta(hours=1)
    again = chosen("wait", position=2)
    in_play = play.take_step(store, ana, run_id=run.id, asked=again, now=later)

    assert in_play.has_ended
    assert in_play.run.ended_at == NOW


def test_a_run_goes_on_in_the_wording_it_was_begun_in(store: Store, ana: Viewer) -> None:
    run = begun(store, ana)
    edited = sample_text().replace("{#neither}", "{#other}").replace("voicemail", "message")
    newer = begun(store, ana, key="newer", text=edited)

    in_play = walked(store, ana, run, "neither")

    assert in_play.scenario.scene("voicemail") is not None
    assert newer.revision != run.revision
    assert walked(store, ana, newer, "other").scenario.scene("message") is not None


def test_someone_elses_run_is_not_found(store: Store, ana: Viewer, luis: Viewer) -> None:
    run = begun(store, ana)

    with pytest.raises(NotFound):
        play.open_run(store, luis, run.id)
    with pytest.raises(NotFound):
        play.take_step(store, luis, run_id=run.id, asked=chosen("neither"), now=NOW)


def test_a_run_whose_wording_cannot_be_read_is_told_kindly(store: Store, ana: Viewer) -> None:
    scenario, _ = a_case()
    unreadable = StoredRun(store.new_id(NOW), ana.id, scenario.id, "0" * 16, 1, NOW)
    with store.writing():
        store.runs.freeze(scenario.id, unreadable.revision, {"case.md": "no case"}, now=NOW)
        store.runs.add(unreadable, request_key="unreadable")

    with pytest.raises(Conflict, match="can no longer be read"):
        play.open_run(store, ana, unreadable.id)


def test_a_case_of_one_scene_ends_as_it_starts(store: Store, ana: Viewer) -> None:
    text = sample_text().replace("start: voicemail", "start: end-alone")

    run = begun(store, ana, text=text)

    assert (run.ending, run.ended_at) == ("end-alone", NOW)


def test_a_run_started_in_every_tab_is_one_run(store: Store, ana: Viewer) -> None:
    scenario, texts = a_case()
    start = partial(
        play.start_case,
        viewer=ana,
        scenario=scenario,
        texts=texts,
        request_key="one",
        seed=7,
        now=NOW,
    )

    replies = at_once(store, *[start] * TABS)

    assert replies == [replies[0]] * TABS
    assert len(store.runs.of_person(ana.id)) == 1


def test_people_who_begin_a_new_wording_at_once_all_get_a_run(store: Store, ana: Viewer) -> None:
    people = [ana, *(as_viewer(store, a_person(store, f"Person{n} Price")) for n in range(3))]

    for number in range(3):
        text = sample_text().replace("late", f"late {number}", 1) + f"\n{number}\n"
        starts = [partial(begun, viewer=one, key=str(number), text=text) for one in people]
        replies = at_once(store, *starts)

        assert not [reply for reply in replies if isinstance(reply, Exception)]


def test_steps_taken_at_once_in_several_tabs_count_once(store: Store, ana: Viewer) -> None:
    run = begun(store, ana)
    choices = ["neither", "reassure", "hangup"] * 2
    steps = [
        partial(
            play.take_step,
            viewer=ana,
            run_id=run.id,
            asked=chosen(choice, key=f"tab-{number}"),
            now=NOW,
        )
        for number, choice in enumerate(choices)
    ]

    replies = at_once(store, *steps)

    refused = [reply for reply in replies if isinstance(reply, Conflict)]
    assert len(refused) == len(choices) - 1
    assert play.open_run(store, ana, run.id).position == 1
