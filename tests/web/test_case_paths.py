"""The paths through a case in the studio: widths and tables, and nobody to be made out."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from app.config import read_settings
from app.domain.scenario import Scenario
from app.domain.small_counts import Band, Share
from app.library.case_folder import read_case_folder, read_case_texts
from app.web.studio.path_view import band_words, relation_words, seconds_words, share_words
from tests.builders import a_content_folder
from tests.path_builders import a_run, keep_run
from tests.storage.rows import add_person
from tests.web.visit import Visitor

if TYPE_CHECKING:
    from app.config import Settings
    from app.storage.store import Store

FOLDER = Path(__file__).resolve().parents[1] / "library" / "cases" / "lena-and-ruth"
PATHS = "/studio/cases/lena-and-ruth/paths"
NAMES = ("Gil", "Hao", "Ida", "Jun", "Kim", "Lea", "Max")


@pytest.fixture
def settings(tmp_path: Path, database_url: str) -> Settings:
    case = (FOLDER / "case.md").read_text("utf-8")
    a_content_folder(tmp_path, {"scenarios/lena-and-ruth/case.md": case})
    return read_settings(
        {
            "WAYMARK_INSTANCE_DIR": str(tmp_path / "instance"),
            "WAYMARK_DATABASE_URL": database_url,
            "WAYMARK_SECRET_KEY": "a secret for tests only, long enough to sign with",
            "WAYMARK_CONTENT_DIR": str(tmp_path / "content"),
            "WAYMARK_SCENARIOS_DIR": str(tmp_path / "scenarios"),
        }
    )


@pytest.fixture
def scenario() -> Scenario:
    texts, _ = read_case_texts(FOLDER, told="scenarios/lena-and-ruth")
    case, _ = read_case_folder(texts, told="scenarios/lena-and-ruth")
    assert case is not None
    return case


def play(store: Store, scenario: Scenario, names: tuple[str, ...], *choices: str) -> None:
    began = datetime.now(UTC) - timedelta(days=3)
    for name in names:
        keep_run(store, add_person(store, name), scenario, a_run(scenario, *choices, began=began))


@pytest.fixture
def played(store: Store, scenario: Scenario) -> None:
    """Five end alone, one hangs up and stops, one gives everything away and stops."""
    play(store, scenario, NAMES[:5], "neither", "push", "wait")
    play(store, scenario, NAMES[5:6], "hangup")
    play(store, scenario, NAMES[6:], "reassure", "reflect")


def words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def test_fewer_than_five_people_are_not_shown(
    ben: Visitor, store: Store, scenario: Scenario
) -> None:
    play(store, scenario, NAMES[:4], "neither", "push", "wait")

    page = ben.text(PATHS)

    assert "Not enough people yet" in page
    assert "case-map" not in page
    assert "fewer than 5 people" in words(page)


@pytest.mark.usefixtures("played")
def test_people_are_told_in_bands_on_the_map_and_in_the_table(ben: Visitor) -> None:
    page = ben.text(PATHS)

    assert 'aria-label="Start, decision. 5 to 9. A message on the clinic line"' in page
    table = words(page.partition("Show as a table")[2].partition("</table>")[0])
    assert "Lena, later that day (5 to 9)" in table
    assert "The people around her (fewer than 5)" in table


@pytest.mark.usefixtures("played")
def test_a_wider_way_was_taken_by_more_people(ben: Visitor) -> None:
    page = ben.text(PATHS)

    widths = {float(width) for width in re.findall(r'stroke-width="([\d.]+)"/><path', page)}
    assert min(widths) == 1.5
    assert max(widths) == 12.0


@pytest.mark.usefixtures("played")
def test_a_decision_tells_options_in_bands_and_what_few_people_cannot_tell(ben: Visitor) -> None:
    page = ben.text(PATHS)

    first = words(page.partition('id="decision-voicemail"')[2].partition("</table>")[0])
    assert "Decided here 5 to 9 people" in first
    assert "Time to decide, median about 30 seconds" in first
    assert "too few to tell; at least 30 people" in first
    assert "3, expert" in first
    assert first.count("fewer than 5") == 2
    assert "Met by fewer than 5 people, so nothing is told:" in words(page)


@pytest.mark.usefixtures("played")
def test_no_exact_count_of_people_and_no_name_stands_on_the_page(ben: Visitor) -> None:
    page = ben.text(PATHS)
    told = words(page.partition("<main")[2].partition("</main>")[0])

    assert not any(f" {name} " in told for name in NAMES)
    assert set(re.findall(r"(?:\d+ to |fewer than )?\d+ (?:person|people)\b", told)) == {
        "5 to 9 people",
        "fewer than 5 people",
        "30 people",  # how many a correlation takes
        "fewer than 20 people",  # how many it takes to tell that nobody did
    }


@pytest.mark.usefixtures("played")
def test_choosing_a_scene_marks_its_ways_only(ben: Visitor) -> None:
    page = ben.text(f"{PATHS}?scene=session")

    marked = page.count('class="case-map__way case-map__way--marked"')
    assert marked == 2 + 1  # in, out, and the key
    assert page.count('aria-current="true"') == 1
    assert "From “Lena, later that day”" in page
    assert "Mark no scene" in page


@pytest.mark.usefixtures("played")
def test_a_scene_that_is_not_there_marks_nothing(ben: Visitor) -> None:
    page = ben.text(f"{PATHS}?scene=%22nowhere%22")

    assert 'aria-current="true"' not in page
    assert "nowhere" not in page


def test_the_case_leads_to_its_paths_and_back(ben: Visitor) -> None:
    assert f'href="{PATHS}"' in ben.text("/studio/cases/lena-and-ruth")
    assert 'href="/studio/cases/lena-and-ruth"' in ben.text(PATHS)


def test_paths_of_a_case_that_is_not_there_are_not_found(ben: Visitor) -> None:
    page = ben.get("/studio/cases/none/paths", expect=404).text

    assert "There is no such case." in page


@pytest.mark.parametrize(
    ("said", "words_"),
    [
        (band_words(Band(0, 4), "person", "people"), "fewer than 5 people"),
        (band_words(Band(1, 4)), "fewer than 5"),
        (band_words(Band(0, 0), "person", "people"), "nobody"),
        (band_words(Band(10, 14)), "10 to 14"),
        (band_words(None), "held back, so that nobody can be made out"),
        (share_words(Share(45, 55)), "45 to 55%"),
        (share_words(Share(0, 0)), "0%"),
        (share_words(Share(20, 100)), "too few to tell"),
        (share_words(None), "too few to tell"),
        (seconds_words(35), "about 35 seconds"),
        (seconds_words(180), "about 3 minutes"),
        (seconds_words(195), "about 3 minutes 15 seconds"),
        (seconds_words(None), "too few to tell"),
        (relation_words(0.4), "+0.4: who does well here tends to do well elsewhere"),
        (relation_words(0.1), "+0.1: hardly goes with the other decisions"),
        (
            relation_words(-0.3),
            "−0.3: who does well here tends to do worse elsewhere; look at its ratings",
        ),
    ],
)
def test_figures_are_said_with_what_they_rest_on(said: str, words_: str) -> None:
    assert said == words_


DESK = "/studio/cases/lena-and-ruth/draft"


@pytest.mark.usefixtures("played")
def test_the_desk_tells_beside_a_choice_how_many_learners_took_it(ben: Visitor) -> None:
    desk = ben.post(DESK).location

    page = words(ben.text(f"{desk}?at=scene:scope"))

    assert page.count("Learners: 0 to 45% chose this. Paths") == 2


@pytest.mark.usefixtures("played")
def test_the_desk_tells_nothing_of_learners_about_a_choice_that_is_new(ben: Visitor) -> None:
    desk = ben.post(DESK).location
    asked = {"do": "rename-choice", "at": "scene:scope", "choice": "write", "id": "later"}
    ben.post(f"{desk}/edits", asked)

    page = words(ben.text(f"{desk}?at=scene:scope"))

    assert page.count("Learners:") == 1


def test_the_desk_tells_nothing_of_fewer_than_five_learners(
    ben: Visitor, store: Store, scenario: Scenario
) -> None:
    play(store, scenario, NAMES[:4], "neither", "push", "wait")
    desk = ben.post(DESK).location

    assert "Learners:" not in ben.text(f"{desk}?at=scene:scope")
