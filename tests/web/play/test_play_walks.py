"""The shipped cases, played from the list to the debrief by their own test walks."""

from __future__ import annotations

from functools import cache

import pytest

from app.domain.scenario import Scenario
from app.domain.scenario_walk import ExpectStep, Walk
from app.domain.walk_player import play_walk
from app.library.library import read_library
from app.library.places import find_places
from app.web.play.case_words import plain_words
from tests.web.play.case_player import CasePlayer, words_of
from tests.web.visit import Visitor


@cache
def shipped() -> dict[str, Scenario]:
    return dict(read_library(find_places(None, None)).scenarios)


WALKS = [
    pytest.param(case, number, id=f"{case}-{walk.name.removeprefix('walks/')}")
    for case, scenario in shipped().items()
    for number, walk in enumerate(scenario.walks)
]


@pytest.mark.parametrize(("case", "number"), WALKS)
def test_a_walk_leads_to_its_ending_and_leaks_nothing_on_its_way(
    ana: Visitor, case: str, number: int
) -> None:
    scenario = shipped()[case]
    walk = scenario.walks[number]

    player = CasePlayer(ana, scenario).start()
    player.walk(walk)

    ending = scenario.scene_by_id[play_walk(scenario, walk).ending or ""]
    assert player.has_ended
    assert plain(ending.title) in player.words
    assert kind_wanted(walk) in player.words
    for page in [page for page in player.pages if "Debrief:" not in page]:
        assert leaks(scenario, walk, words_of(page)) == []


def leaks(scenario: Scenario, walk: Walk, words: str) -> list[str]:
    """What a page before the end says and may not: reasons, marks, endings."""
    taken = set(play_walk(scenario, walk).choices)
    hidden = [scene.title for scene in scenario.endings]
    for scene in scenario.scenes:
        for choice in scene.choices:
            hidden += [choice.why, choice.critical, choice.breach]
            hidden += [] if choice.id in taken else [choice.feedback]
    hidden.append(scenario.trainer_notes)
    hidden.append("what an expert would do")
    return [text for text in hidden if text and plain(text) in words]


def kind_wanted(walk: Walk) -> str:
    wanted = [s for s in walk.steps if isinstance(s, ExpectStep) and s.subject == "ending"]
    if not wanted:
        return "ending"
    kind = wanted[0].wanted[0]
    return "broken off" if kind == "stopped" else f"a {kind} ending"


def plain(text: str) -> str:
    """What stands before the first citation, as the page prints it."""
    return " ".join(plain_words(text.partition(" [")[0]).split())
