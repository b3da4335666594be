"""The debrief: everything that was held back is told, counted and kept apart."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from app.domain.scenario import Scenario
from app.web.play.debrief_tables import ground_cell
from tests.web.play.case_player import (
    CasePlayer,
    case_in,
    edit,
    telltales,
    to_last,
    words_of,
)
from tests.web.visit import Visitor

if TYPE_CHECKING:
    from flask import Flask

    from tests.cast import Cast

OpenApp = Callable[[], "Flask"]


@pytest.fixture
def kept(reader: Visitor, scenario: Scenario) -> str:
    """The debrief after good decisions, from its first heading on."""
    player = CasePlayer(reader, scenario).start("kept")
    to_last(player).choose("last-plan")
    return player.page.partition("<main")[2]


@pytest.fixture
def told(reader: Visitor, scenario: Scenario) -> str:
    """The debrief after Ruth was told, by way of a second round."""
    player = CasePlayer(reader, scenario).start("told")
    player.choose("zznever-harmful")
    again(player, "zznever-expert")
    to_end(player, "last-leave")
    return player.page.partition("<main")[2]


def again(player: CasePlayer, choice: str) -> None:
    to_end(player, "last-over")
    player.choose(choice)


def to_end(player: CasePlayer, last: str) -> None:
    player.send({"chosen": player.numbered("Call Ruth")})
    player.go_on()
    player.send({"place.1": "1", "place.2": "2", "place.3": "3"})
    player.go_on()
    player.send({"words": "Well."})
    player.choose("say-form")
    player.send({"judgment": "1"})
    player.go_on()
    player.place({"ruth": 1}, [])
    player.go_on()
    player.choose(last)


def section(page: str, name: str) -> str:
    """The words of one section of the debrief."""
    found = re.search(rf'aria-labelledby="{name}".*?</section>', page, re.DOTALL)
    return words_of(found[0]) if found else ""


def test_the_ending_is_told_first_and_apart_from_decisions(kept: str) -> None:
    words = words_of(kept.partition('id="decisions"')[0])

    assert "zzending-good A page in her hand" in words
    assert "zzending-good-words" in words
    assert "a good ending" in words
    assert "told apart from them" in words


def test_what_was_never_for_learners_stays_out(kept: str, told: str) -> None:
    assert not any(word.startswith("zznever") for word in telltales(kept + told))


def test_a_decision_stands_beside_the_expert_with_reasons(told: str) -> None:
    words = section(told, "step-1-title") or words_of(told.partition('id="step-1"')[2][:3000])

    assert words.index("harmful") < words.index("Say “yes” & hang up.")
    assert "zzfeedback-two" in words
    assert words.index("an expert would") < words.index("Say nothing about anyone.")
    assert "zzdebrief why of the expert" in words


def test_a_critical_error_is_set_apart(told: str, kept: str) -> None:
    words = section(told, "criticals")

    assert "1 critical error" in words
    assert "Zzdebrief unauthorized disclosure" in words
    assert section(kept, "criticals") == ""


def test_competencies_are_counted_and_never_shared_out(kept: str) -> None:
    words = section(kept, "shown")

    # The call, the order and the last scene met it, the pick did not; the case has four.
    assert "CONF CONF 3 4 4" in spaced(kept, "shown")
    assert "%" not in words
    assert "0." not in words


def test_what_was_told_to_whom_names_its_ground(told: str, kept: str) -> None:
    words = section(told, "told")

    assert "That Lena comes here" in words
    assert "not covered" in words
    assert "zzdebrief no release names Ruth" in words
    assert "Lena’s written release for Ruth" in words
    assert "asked for" in words
    assert "Nothing about the client was told to anybody." in section(kept, "told")


def test_what_was_told_in_an_emergency_names_the_section_and_what_to_write_down(
    open_app: OpenApp, cast: Cast, folder: Path
) -> None:
    edit(
        folder,
        "  breach: zzdebrief no release names Ruth\n  critical: zzdebrief unauthorized disclosure",
        "  under: emergency\n  why: zzdebrief Ruth rides in the ambulance with her",
    )
    player = CasePlayer(Visitor(open_app()).sign_in(cast.ana), case_in(folder)).start()

    player.choose("zznever-harmful")
    again(player, "zznever-expert")
    to_end(player, "last-leave")

    words = section(player.page.partition("<main")[2], "told")
    assert "not covered" not in words
    assert "Medical emergency, 42 CFR 2.51." in words
    assert "the date and time, and the nature of the emergency" in words
    assert all("42 CFR 2.51" not in page for page in player.pages[:-1])


def test_a_ground_whose_section_names_no_record_points_to_the_program() -> None:
    assert "Follow your program’s policy" in ground_cell("court-order").detail
    assert "Follow your program’s policy" not in ground_cell("emergency").detail


def test_values_are_drawn_and_told_in_a_table(kept: str) -> None:
    words = section(kept, "values")

    assert "zzdebrief strain, 0 to 5" in words
    assert "Show as a table" in words
    assert "written down after “Your words”" in words
    assert "zznever" not in words


def test_the_written_parts_follow_what_happened(told: str, kept: str) -> None:
    assert "zzdebrief-breached" in section(told, "think")
    assert "zzdebrief-kept" in section(kept, "think")
    assert "zzdebrief prompt" in section(kept, "think")


def test_tasks_are_told_beside_what_the_author_looked_for(kept: str) -> None:
    words = words_of(kept)

    assert "Ruth: distant" in words
    assert "Lena and Ruth: strains" in words
    assert "7 less likely" in words
    assert "I hear how worn out you are." in words


def test_a_second_pass_is_practice_and_is_not_counted(told: str) -> None:
    words = words_of(told)

    assert "not the first time here: practice" in words
    assert "for the second time" in words


def test_another_way_is_shown_after_a_poor_ending_only(told: str, kept: str) -> None:
    words = section(told, "other-way")

    assert (
        "1 other decision would have led to a good ending, “zzending-good A page in her hand”"
        in words
    )
    assert "Write the plan with her." in words
    assert section(kept, "other-way") == ""


def test_sources_are_listed_and_an_unknown_one_is_told_as_unchecked(kept: str) -> None:
    words = section(kept, "sources")

    assert "42 CFR Part 2, section 2.31" in words
    assert "not checked yet" in words
    assert "Not yet reviewed by a licensed clinician" in words


def test_the_path_leads_to_what_was_done_in_each_scene(kept: str) -> None:
    path = kept.partition('aria-label="Your path"')[2]
    links = re.findall(r'href="#([\w-]+)"', path)

    assert links[0] == "step-1"
    assert links[-1] == "ending"
    for link in links:
        assert f'id="{link}"' in kept


def test_the_case_can_be_played_again_at_once(reader: Visitor, kept: str) -> None:
    form = re.search(
        r'action="(/play/cases/[\w-]+)".*?name="request_key" value="([^"]+)"', kept, re.S
    )
    assert form is not None

    location = reader.post(form[1], {"request_key": form[2]}).location

    assert "A call" in reader.text(location)


def spaced(page: str, name: str) -> str:
    """A section with a space between all of its pieces."""
    found = re.search(rf'aria-labelledby="{name}".*?</section>', page, re.DOTALL)
    return words_of(re.sub(r"<", " <", found[0])) if found else ""


def test_the_map_tells_the_scenes_that_were_met_and_no_others(kept: str, told: str) -> None:
    for page in (kept, told):
        drawn = page.partition('aria-labelledby="path-map-title"')[2].partition("</figure>")[0]
        path = page.partition('aria-label="Your path"')[2].partition("</nav>")[0]
        met = set(re.findall(r'<a href="#[^"]*">([^<]+)</a>', path))
        links = re.findall(r'<a class="case-map__scene[^>]*aria-label="([^"]*)"', drawn)

        assert len(links) == len(met)
        assert all(any(title in link for title in met) for link in links)
        assert drawn.count('class="case-map__dot"') == 1 + unmet_count(page)


def test_the_map_of_one_ending_does_not_name_the_other(kept: str, scenario: Scenario) -> None:
    drawn = section(kept, "your-path")

    assert "A page in her hand" in drawn
    others = [scene for scene in scenario.endings if "zzending-good" not in scene.title]
    assert others
    assert not any(scene.title in drawn or scene.id in kept for scene in others)


def unmet_count(page: str) -> int:
    found = re.search(r"(\d+) scenes? you did not meet", words_of(page))
    return int(found[1]) if found else 0
