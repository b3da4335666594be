"""The matrix, what stands behind a cell, one's own page, what is asked, and frameworks."""

from __future__ import annotations

import io
import json
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from app.domain.competency_exchange import to_package
from app.domain.competency_import import from_package
from app.domain.competency_requirement import Requirement
from app.domain.observation import Mark, ObservationForm, ObservationMode
from app.library.library import Library
from app.services.competencies import judging, set_requirements
from app.services.observing import SentDraft, finish_observation, start_observation
from app.services.supervised import Place
from app.storage.queries.team_pages import open_team
from app.web.shared.filters import may_break
from tests.cast import as_viewer
from tests.domain.test_competency_exchange import a_framework

if TYPE_CHECKING:
    from flask import Flask

    from app.domain.person import Person
    from app.storage.store import Store
    from tests.cast import Cast
    from tests.web.visit import Visitor

CODE = "TAP21-56"


@pytest.fixture
def library(app: Flask) -> Library:
    found: Library = app.extensions["waymark-content"].library()
    return found


def ask(store: Store, cast: Cast, library: Library, *asked: Requirement) -> None:
    cora, now = as_viewer(store, cast.cora), datetime.now(UTC)
    team = open_team(store, cora, cast.eastside.id)
    by = judging(store, library, team, library.frameworks["TAP21"])
    set_requirements(store, cora, by, cohort_id=team.id, requirements=asked, now=now)


def see(
    store: Store, cast: Cast, library: Library, person: Person, *days_ago: int, level: int = 3
) -> None:
    cora, place = as_viewer(store, cast.cora), Place(cast.eastside.id, person.id)
    for days in days_ago:
        now = datetime.now(UTC)
        draft = start_observation(store, cora, place, now=now)
        form = ObservationForm(
            mode=ObservationMode.LIVE,
            observed_on=date.today() - timedelta(days=days),
            marks=(Mark(CODE, level),),
            went_well="Asked first.",
            next_step="Wait longer.",
        )
        sent = SentDraft(form, seen=draft.revision)
        finish_observation(store, cora, place, draft.id, sent, library=library, now=now)


def matrix_url(cast: Cast, rest: str = "") -> str:
    return f"/team/{cast.eastside.id}/competencies{rest}"


def test_the_matrix_says_in_words_where_everybody_stands(
    cora: Visitor, store: Store, cast: Cast, library: Library
) -> None:
    ask(store, cast, library, Requirement("TAP21", CODE, 3))
    see(store, cast, library, cast.ana, 1, 5, 9)
    see(store, cast, library, cast.luis, 1, 5, 9, level=2)

    told = cora.text(matrix_url(cast))

    assert "met: 1 met" in told
    assert "below: 1 below" in told
    assert "not enough evidence: 1 not enough evidence" in told
    assert told.index("Ana Reyes") < told.index("Luis Ferro") < told.index("Noor Haddad")


def test_two_clicks_lead_from_the_matrix_to_every_row(
    cora: Visitor, store: Store, cast: Cast, library: Library
) -> None:
    ask(store, cast, library, Requirement("TAP21", CODE, 3))
    see(store, cast, library, cast.ana, 1, 5, 9)

    cell = matrix_url(cast, f"/people/{cast.ana.id}/PD4")
    assert f'href="{cell}"' in cora.text(matrix_url(cast))
    told = cora.text(cell)

    assert told.count("Competent, live") == 3
    assert "3 of 3 observations, on 3 of 2 days, 3 of 1 live or recorded" in told
    assert "Cora Lindqvist" in told
    assert "CCS, no valid credential on file" in told
    assert "2006, version 1" in told


def test_people_are_filtered_by_a_state_and_sorted_by_an_area(
    cora: Visitor, store: Store, cast: Cast, library: Library
) -> None:
    ask(store, cast, library, Requirement("TAP21", CODE, 3))
    see(store, cast, library, cast.noor, 1, 5, 9, level=2)
    see(store, cast, library, cast.ana, 1, 5, 9)

    below = cora.text(matrix_url(cast, "?state=below"))
    pressing_first = cora.text(matrix_url(cast, "?sort=PD4"))

    assert "Noor Haddad" in below
    assert "Ana Reyes" not in below
    places = [pressing_first.index(name) for name in ("Noor Haddad", "Luis Ferro", "Ana Reyes")]
    assert places == sorted(places)


def test_a_filter_that_nobody_fits_says_so(cora: Visitor, cast: Cast) -> None:
    assert "Nobody has that state" in cora.text(matrix_url(cast, "?state=expired"))


def test_nothing_is_below_as_long_as_nothing_is_asked(
    cora: Visitor, store: Store, cast: Cast, library: Library
) -> None:
    see(store, cast, library, cast.ana, 1, 5, 9, level=1)

    told = cora.text(matrix_url(cast))

    assert "Nothing is asked of this team" in told
    assert "below: 1" not in told


def test_an_area_opens_to_its_competencies(cora: Visitor, cast: Cast) -> None:
    told = cora.text(matrix_url(cast, "/areas/PD3"))

    assert "7 competencies" in told
    assert "TAP21-55" in told
    assert "TAP21-56" not in told


@pytest.mark.parametrize("framework", ["CF", "WM", "TAP21A", "AADC", "ADC"])
def test_every_framework_has_a_matrix(cora: Visitor, cast: Cast, framework: str) -> None:
    told = cora.text(matrix_url(cast, f"?framework={framework}"))

    assert "Ana Reyes" in told


def test_a_framework_that_is_not_there_is_not_found(cora: Visitor, cast: Cast) -> None:
    cora.get(matrix_url(cast, "?framework=NONE"), 404)


def test_the_person_sees_the_same_cell_and_who_looked(
    cora: Visitor, ana: Visitor, store: Store, cast: Cast, library: Library
) -> None:
    ask(store, cast, library, Requirement("TAP21", CODE, 3))
    see(store, cast, library, cast.ana, 1, 5, 9)
    assert "Nobody has, so far" in ana.text("/learn/competencies")

    cora.get(matrix_url(cast, f"/people/{cast.ana.id}/{CODE}"))

    told = ana.text("/learn/competencies")
    assert "1 of 1 met" in told
    assert "Cora Lindqvist" in told
    assert ana.text("/learn/competencies/PD4").count("Competent, live") == 3


def test_requirements_are_set_for_everybody_and_for_a_credential(
    cora: Visitor, store: Store, cast: Cast
) -> None:
    url = matrix_url(cast, "/asked")
    cora.post(url, {"level-PD4": "3", "months-PD4": "12", "more": CODE, "level-more": "2"})
    cora.post(f"{url}?role=CADC", {"role": "CADC", "level-PD4": "4", "level-PD3": "0"})

    kept = store.requirements.of_team(cast.eastside.id, "TAP21")

    assert kept is not None
    assert set(kept.requirements) == {
        Requirement("TAP21", "PD4", 3, validity_months=12),
        Requirement("TAP21", CODE, 2),
        Requirement("TAP21", "PD4", 4, role="CADC"),
        Requirement("TAP21", "PD3", 0, role="CADC"),
    }
    assert "Requirements set by Cora Lindqvist" in cora.text(url)


@pytest.mark.parametrize(
    "sent",
    [
        {"level-PD4": "9"},
        {"level-PD4": "x"},
        {"level-PD4": "3", "months-PD4": "0"},
        {"level-PD4": "3", "months-PD4": "many"},
        {"level-PD4": "3", "months-PD4": "9" * 9},
        {"level-PD99": "3"},
        {"more": "TAP21-999", "level-more": "3"},
    ],
)
def test_requirements_that_cannot_be_are_refused_and_what_was_typed_stays(
    cora: Visitor, store: Store, cast: Cast, sent: dict[str, object]
) -> None:
    response = cora.post(matrix_url(cast, "/asked"), {"level-PD1": "3", **sent}, expect=422)

    assert store.requirements.of_team(cast.eastside.id, "TAP21") is None
    assert 'name="level-PD1"' in response.get_data(as_text=True)


def test_a_team_can_start_from_a_set(cora: Visitor, store: Store, cast: Cast) -> None:
    cora.post(matrix_url(cast, "/asked/set"), {"set": "tap21-competent"})

    kept = store.requirements.of_team(cast.eastside.id, "TAP21")
    assert kept is not None
    assert len(kept.requirements) == 12
    cora.post(matrix_url(cast, "/asked/set"), {"set": "none"}, expect=422)


@pytest.mark.parametrize("framework", ["TAP21", "TAP21A", "CF", "WM", "AADC"])
def test_an_export_reads_back_as_a_framework(eli: Visitor, framework: str) -> None:
    response = eli.get(f"/admin/frameworks/{framework}/case.json")

    found, faults = from_package(response.get_data(as_text=True))
    assert faults == []
    assert found is not None
    assert found.id == framework


def send(visitor: Visitor, text: bytes, expect: int) -> str:
    data = {"package": (io.BytesIO(text), "mine.json")}
    return visitor.post("/admin/frameworks", data, expect=expect).get_data(as_text=True)


def test_a_framework_is_brought_along_and_serves_a_team(
    eli: Visitor, cora: Visitor, cast: Cast
) -> None:
    send(eli, json.dumps(to_package(a_framework())).encode(), 303)

    assert "Harbor practice" in eli.text("/admin/frameworks")
    assert "Help" in cora.text(matrix_url(cast, "?framework=MINE"))


def test_what_is_wrong_with_a_package_is_told_by_line_and_place(eli: Visitor) -> None:
    package = to_package(a_framework())
    package["CFItems"][2]["color"] = "red"
    text = json.dumps(package, indent=1)

    told = send(eli, text.encode(), 422)

    assert "Nothing of it was taken" in told
    assert "CFItems[2].color" in told
    line = next(n for n, one in enumerate(text.split("\n"), start=1) if '"color"' in one)
    assert f">{line}</th>" in told


@pytest.mark.parametrize("text", [b"", b"\xff\xfe\x00", b"<script>", b"[" * 50_000])
def test_what_is_no_package_is_refused(eli: Visitor, text: bytes) -> None:
    assert "Nothing was imported" in send(eli, text, 422)


@pytest.mark.parametrize(
    ("words", "broken"),
    [
        ("Understanding addiction", "Understand-ing addic-tion"),
        ("Documentation", "Documen-tation"),
        (
            "Professional and ethical responsibilities",
            "Profes-sional and ethical responsi-bilities",
        ),
        ("Application to practice", "Appli-cation to practice"),
        ("Referral", "Referral"),
        ("Meeting", "Meeting"),
        ("TAP21-24", "TAP21-24"),
    ],
)
def test_long_words_of_a_narrow_column_may_break_at_a_syllable(words: str, broken: str) -> None:
    assert may_break(words).replace("\N{SOFT HYPHEN}", "-") == broken
