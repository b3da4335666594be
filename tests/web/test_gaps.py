"""Trend and gaps: figures of five and more, never a name, the same in the chart and its table."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from app.domain.competency_requirement import Requirement
from app.domain.competency_trend import days_of_trend
from app.web.shared.filters import say_date
from tests.cast import a_person
from tests.web.test_competencies import CODE, ask, see
from tests.web.test_team import counted_queries, words

if TYPE_CHECKING:
    from flask import Flask

    from app.domain.person import Person
    from app.library.library import Library
    from app.storage.store import Store
    from tests.cast import Cast
    from tests.web.visit import Visitor

AREA = "Service coordination"
TODAY = date.today()


def gaps_url(cast: Cast, rest: str = "") -> str:
    return f"/team/{cast.eastside.id}/gaps{rest}"


@pytest.fixture
def library(app: Flask) -> Library:
    found: Library = app.extensions["waymark-content"].library()
    return found


@pytest.fixture
def five(store: Store, cast: Cast) -> list[Person]:
    """Eastside with five people."""
    now = datetime.now(UTC)
    more = [
        a_person(store, name, team=cast.eastside, credential="LCAS-A", now=now)
        for name in ("Petra Lang", "Quinn Abara")
    ]
    return [cast.ana, cast.luis, cast.noor, *more]


def trend(page: str, title: str) -> str:
    found = next(
        one
        for one in re.findall(r'<figure class="card trend".*?</figure>', page, re.DOTALL)
        if title in one
    )
    return str(found)


def rows(figure: str) -> dict[str, list[str]]:
    lines = re.findall(r'<tr role="row">(.*?)</tr>', figure.partition("<tbody")[2], re.DOTALL)
    told = [
        [words(cell) for cell in re.findall(r"<t[hd].*?</t[hd]>", one, re.DOTALL)] for one in lines
    ]
    return {one[0]: one[1:] for one in told}


def test_four_people_are_told_no_figures_and_why(
    cora: Visitor,
    store: Store,
    cast: Cast,
    library: Library,
) -> None:
    a_person(store, "Petra Lang", team=cast.eastside, now=datetime.now(UTC))
    ask(store, cast, library, Requirement("TAP21", CODE, 3))

    page = cora.text(gaps_url(cast))

    assert "This team has 4 people. Figures are told from five on" in page
    assert "<figure" not in page


def test_five_people_are_told_by_area_today_and_six_months_back(
    cora: Visitor,
    store: Store,
    cast: Cast,
    library: Library,
    five: list[Person],
) -> None:
    ask(store, cast, library, Requirement("TAP21", CODE, 3))
    see(store, cast, library, cast.ana, 100, 101, 102)
    see(store, cast, library, cast.luis, 1, 2, 3, level=2)

    figure = trend(cora.text(gaps_url(cast)), AREA)

    told, days = rows(figure), days_of_trend(TODAY)
    assert told[f"Today, {say_date(days[-1])}"] == ["1", "0", "3", "1", "0"]
    for day in days[:-1]:
        is_met = day >= TODAY - timedelta(days=100)
        assert told[say_date(day)] == [str(int(is_met)), "0", str(5 - is_met), "0", "0"]
    assert "met by 1 of 5 people, 1 more than six months ago" in figure
    assert "1 below" in words(figure)


def test_the_chart_says_what_its_table_says(
    cora: Visitor,
    store: Store,
    cast: Cast,
    library: Library,
    five: list[Person],
) -> None:
    ask(store, cast, library, Requirement("TAP21", CODE, 3))
    see(store, cast, library, cast.ana, 1, 2, 3)

    figure = trend(cora.text(gaps_url(cast)), AREA)

    drawn = re.findall(r"trend__piece--(\w+)", figure)
    assert drawn.count("met") == 1
    assert drawn.count("open") == 7
    described = re.search(r'role="img" aria-label="([^"]*)"', figure)
    assert described is not None
    assert described[1].endswith(f"Today, {say_date(TODAY)}: 1 met, 4 not enough evidence")


def test_nobody_is_named(
    cora: Visitor,
    store: Store,
    cast: Cast,
    library: Library,
    five: list[Person],
) -> None:
    ask(store, cast, library, Requirement("TAP21", CODE, 3))
    see(store, cast, library, cast.ana, 1, 2, 3)

    page = cora.text(gaps_url(cast))

    assert not any(person.full_name in page or person.first_name in page for person in five)


def test_an_area_that_only_some_are_asked_for_tells_no_figures(
    cora: Visitor,
    store: Store,
    cast: Cast,
    library: Library,
    five: list[Person],
) -> None:
    ask(store, cast, library, Requirement("TAP21", CODE, 3, role="CADC"))

    page = words(cora.text(gaps_url(cast)))

    assert f"{AREA} asked of fewer than five people, so no figures are told" in page


def test_the_largest_gap_stands_first(
    cora: Visitor,
    store: Store,
    cast: Cast,
    library: Library,
    five: list[Person],
) -> None:
    ask(store, cast, library, Requirement("TAP21", CODE, 3), Requirement("TAP21", "TAP21-109", 3))
    for person in five:
        see(store, cast, library, person, 1, 2, 3)

    page = cora.text(gaps_url(cast))

    assert page.index(">Documentation<") < page.index(f">{AREA}<")


def test_without_requirements_the_way_to_set_them_is_shown(
    cora: Visitor, cast: Cast, five: list[Person]
) -> None:
    page = cora.text(gaps_url(cast))

    assert "Nothing is asked of this team in this framework yet" in page
    assert f"/team/{cast.eastside.id}/competencies/asked" in page


def test_another_team_and_an_unknown_framework_are_not_found(
    cora: Visitor, dov: Visitor, cast: Cast
) -> None:
    dov.get(gaps_url(cast), expect=404)
    cora.get(gaps_url(cast, "?framework=NONE"), expect=404)


def test_more_people_cost_no_more_queries(
    cora: Visitor,
    store: Store,
    cast: Cast,
    library: Library,
    five: list[Person],
    app: Flask,
) -> None:
    ask(store, cast, library, Requirement("TAP21", CODE, 3))
    see(store, cast, library, cast.ana, 1, 2, 3)
    cora.get(gaps_url(cast))
    with counted_queries(app) as few:
        cora.get(gaps_url(cast))
    for name in ("Rosa Diaz", "Sol Wren"):
        person = a_person(store, name, team=cast.eastside, now=datetime.now(UTC))
        see(store, cast, library, person, 1, 40, 80)
    with counted_queries(app) as many:
        cora.get(gaps_url(cast))

    assert len(many) == len(few)
