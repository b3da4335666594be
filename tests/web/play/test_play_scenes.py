"""Playing a case in a browser: what is shown when, and what a double or stale press does."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from app.domain.scenario import Scenario
from app.storage.runs import StoredRun
from tests.cast import NOW
from tests.web.play.case_player import (
    CasePlayer,
    case_in,
    edit,
    telltales,
    to_last,
    to_say,
)
from tests.web.visit import Visitor

if TYPE_CHECKING:
    from flask import Flask

    from app.storage.store import Store
    from tests.cast import Cast

OpenApp = Callable[[], "Flask"]


def test_the_list_counts_endings_and_names_none(player: CasePlayer) -> None:
    page = player.visitor.text("/play/")

    assert "0</b> of 2 endings seen" in page
    assert "Go on where you stopped" in page
    assert telltales(page) == set()

    to_last(player).choose("last-plan")

    page = player.visitor.text("/play/")
    assert "1</b> of 2 endings seen" in page
    assert telltales(page) == {"zzending-good"}
    assert "Go on where you stopped" not in page


def test_the_brief_tells_the_cast_and_nothing_of_the_way(
    reader: Visitor, scenario: Scenario
) -> None:
    page = reader.text(f"/play/cases/{scenario.id}")

    assert "You have met Lena twice." in page
    assert "Lena’s older sister, 44" in page
    assert "Not yet reviewed by a licensed clinician" in page
    assert telltales(page) == set()


def test_a_case_that_does_not_exist_is_told_kindly(reader: Visitor) -> None:
    assert "There is no such case." in reader.text("/play/cases/nothing", expect=404)


def test_starting_twice_with_one_press_starts_one_run(reader: Visitor, scenario: Scenario) -> None:
    url = f"/play/cases/{scenario.id}"

    first = reader.post(url, {"request_key": "one"}).location
    second = reader.post(url, {"request_key": "one"}).location

    assert first == second


def test_nothing_is_told_before_it_may_be(player: CasePlayer) -> None:
    """Every hidden thing of the case carries a word of its own; feedback comes when it is due."""
    may_be_seen: set[str] = set()
    assert telltales(player.page) == may_be_seen

    to_last(player)

    due = ["one", "pick", "order", "say", "reflect", "sct", "map"]
    may_be_seen = {f"zzfeedback-{name}" for name in due}
    for page in player.pages:
        assert telltales(page) <= may_be_seen
    assert telltales(player.page) == may_be_seen


def test_feedback_stands_above_the_next_scene(player: CasePlayer) -> None:
    player.choose("zznever-expert")

    scene = player.page.partition('id="scene"')[2]
    assert scene.index("You chose") < scene.index("zzfeedback-one") < scene.index("What first")


def test_feedback_waits_for_the_debrief_where_the_case_says_so(
    open_app: OpenApp, cast: Cast, folder: Path
) -> None:
    edit(folder, "feedback: at-once", "feedback: debrief")
    player = CasePlayer(Visitor(open_app()).sign_in(cast.ana), case_in(folder)).start()

    to_last(player)
    for page in player.pages:
        assert telltales(page) == set()
    player.choose("last-plan")

    assert "zzfeedback-one" in player.page
    assert "zzfeedback-plan" in player.page


def test_a_picture_is_told_in_short_and_in_full(
    open_app: OpenApp, cast: Cast, folder: Path
) -> None:
    lines = "media: media/family.png\nalt: Genogram of her family\ndescribe: Two sisters, both …"
    edit(folder, "## [call] A call\n", f"## [call] A call\n{lines}\n")

    player = CasePlayer(Visitor(open_app()).sign_in(cast.ana), case_in(folder)).start()

    assert "<p>[Genogram of her family]</p><p>Two sisters, both …</p>" in player.page


def test_a_locked_choice_is_shown_with_its_reason_and_cannot_be_taken(player: CasePlayer) -> None:
    assert "Not possible now: Lena does not trust you enough." in player.words
    assert "Ask for the impossible." not in player.words
    assert len(player.buttons()) == 2
    locked = ({"1", "2", "3"} - set(player.buttons().values())).pop()

    response = player.send({"choice": locked}, expect=409)

    assert "Lena does not trust you enough." in response.text
    assert "A call" in response.text


@pytest.mark.parametrize("sent", ["", "0", "9", "x", "zznever-expert", "-1", "²", "1" * 5000])
def test_a_choice_that_is_not_on_the_page_is_refused_kindly(player: CasePlayer, sent: str) -> None:
    response = player.send({"choice": sent}, expect=409)

    assert "This choice is not open here." in response.text
    assert telltales(response.text) == set()
    assert player.hidden()["base_position"] == "0"


def test_a_watched_value_is_live_and_others_wait(player: CasePlayer) -> None:
    assert "<dd>3 (of 0 to 5)</dd>" in player.page

    player.choose("zznever-harmful")

    assert "<dd>2 (of 0 to 5)</dd>" in player.page


def test_the_same_press_twice_counts_once(player: CasePlayer) -> None:
    sent = {**player.hidden(), "choice": player.buttons()["Say nothing about anyone."]}
    url = f"/play/runs/{player.run_id}/steps"

    player.visitor.post(url, sent)
    player.visitor.post(url, sent)

    player.look()
    assert player.hidden()["base_position"] == "1"
    assert "What first" in player.words


def test_a_second_tab_that_is_behind_is_told_and_changes_nothing(player: CasePlayer) -> None:
    other = CasePlayer(player.visitor, player.scenario)
    other.run = player.run
    other.look()
    player.choose("zznever-expert")

    response = other.send({"choice": "1"}, expect=409)

    assert "You went on with this case in another tab" in response.text
    assert "What first" in response.text
    other.send({"chosen": [other.numbered("Ask Lena.")]})
    assert "You answered" in other.page


def test_words_typed_in_a_tab_that_was_behind_are_given_back(player: CasePlayer) -> None:
    other = CasePlayer(player.visitor, player.scenario)
    to_say(player)
    other.run = player.run
    other.look()
    player.send({"words": "Mine."})

    response = other.send({"words": "Long and <careful>."}, expect=409)

    assert "Long and &lt;careful&gt;." in response.text
    assert "it was not added" in response.text


def test_history_can_be_read_again_with_feedback(player: CasePlayer) -> None:
    to_say(player)

    so_far = player.page.partition('id="scene"')[0]
    for words in ("The brief", "Is she coming?", "zzfeedback-one", "Ask Lena.", "1. Ask"):
        assert words in so_far


def test_a_run_goes_on_after_a_restart(player: CasePlayer, open_app: OpenApp, cast: Cast) -> None:
    player.choose("zznever-expert")

    again = CasePlayer(Visitor(open_app()).sign_in(cast.ana), player.scenario)
    again.run = player.run
    again.look()

    assert "zzfeedback-one" in again.page
    again.send({"chosen": [again.numbered("Ask Lena.")]})
    assert again.hidden()["base_position"] == "2"


def test_an_edit_of_the_case_leaves_a_run_as_it_was_begun(
    player: CasePlayer, open_app: OpenApp, cast: Cast, folder: Path
) -> None:
    player.choose("zznever-expert")
    edit(folder, "ask: What matters first?", "ask: Edited since.")
    edit(folder, "zzending-good A page", "Edited ending")

    ana = Visitor(open_app()).sign_in(cast.ana)
    old = CasePlayer(ana, player.scenario)
    old.run = player.run
    old.look()
    new = CasePlayer(ana, case_in(folder)).start("newer")
    new.choose("zznever-expert")

    assert "What matters first?" in old.page
    assert "Edited since." in new.page


def test_a_case_that_is_gone_can_be_played_to_its_end(
    player: CasePlayer, open_app: OpenApp, cast: Cast, folder: Path
) -> None:
    to_last(player)
    shutil.rmtree(folder)
    ana = Visitor(open_app()).sign_in(cast.ana)
    old = CasePlayer(ana, player.scenario)
    old.run = player.run
    old.look()

    old.choose("last-plan")

    assert "zzending-good" in old.page
    assert "Play again" not in old.page


def test_someone_elses_run_is_not_found(player: CasePlayer, luis: Visitor) -> None:
    for path in ("", "/debrief"):
        luis.get(f"/play/runs/{player.run_id}{path}", expect=404)
    luis.post(f"/play/runs/{player.run_id}/steps", {"choice": "1"}, expect=404)


def test_a_run_whose_case_cannot_be_read_is_told_kindly(
    reader: Visitor, store: Store, cast: Cast, scenario: Scenario
) -> None:
    run = StoredRun(store.new_id(NOW), cast.ana.id, scenario.id, "f" * 16, 1, NOW)
    with store.writing():
        store.runs.freeze(scenario.id, run.revision, {"case.md": "unreadable"}, now=NOW)
        store.runs.add(run, request_key="unreadable")

    page = reader.text(f"/play/runs/{run.id}", expect=409)

    assert "can no longer be read" in page
    assert "What you did is kept." in page


def test_the_debrief_waits_for_the_end_and_the_scenes_end_with_it(player: CasePlayer) -> None:
    ana = player.visitor
    early = ana.get(f"/play/runs/{player.run_id}/debrief", expect=303)
    to_last(player).choose("last-plan")
    late = ana.get(player.run, expect=303)

    assert early.location.endswith(player.run)
    assert late.location.endswith("/debrief")


def test_a_press_after_the_end_leads_to_the_debrief(player: CasePlayer) -> None:
    to_last(player)
    sent = {**player.hidden(), "choice": "1", "request_key": "late"}
    player.choose("last-plan")

    response = player.visitor.post(f"/play/runs/{player.run_id}/steps", sent)

    assert "notice=run-ended" in response.location
