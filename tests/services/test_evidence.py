"""Who gets which rows: reader by kind, asked of the database and not only left out after."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine, event

from app.demo.activity import Month
from app.demo.cases import play_cases
from app.domain.assignment import AssignmentKind
from app.domain.attempt import AttemptKind
from app.domain.competency import Competency
from app.domain.competency_exchange import to_package
from app.domain.competency_requirement import Requirement
from app.domain.competency_state import CompetencyState
from app.domain.errors import Conflict, InvalidInput, NotAllowed, NotFound
from app.domain.evidence import EvidenceKind, EvidenceReader, seen_kinds
from app.domain.rating import Rating, RatingSource
from app.domain.sign_off import EntryKind, SignOff, SignOffEntry
from app.library.library import Library, read_library
from app.library.places import find_places
from app.services import cohort, reading
from app.services.competencies import (
    UnusablePackage,
    frameworks_of,
    import_framework,
    judging,
    set_requirements,
    standings_of,
)
from app.services.evidence import EvidenceByPlace, own_evidence, team_evidence
from app.storage.queries.team_pages import TeamView, open_team
from app.storage.store import Store
from tests.cast import NOW, Cast, as_viewer
from tests.domain.test_competency_exchange import a_framework
from tests.learning_builders import a_response
from tests.storage.rows import add_attempt
from tests.supervision_builders import a_course, a_credential

CODE = "TAP21-56"
TODAY = NOW.date()
PRACTICE_TABLES = ("responses", "attempts", "steps", "score_reports", "slot_marks", "bookmarks")


@pytest.fixture(scope="module")
def library() -> Library:
    return read_library(find_places(None, None))


@contextmanager
def statements(engine: Engine) -> Iterator[list[str]]:
    found: list[str] = []

    def keep(_connection, _cursor, statement, *_rest) -> None:  # type: ignore[no-untyped-def]
        found.append(statement)

    event.listen(engine, "after_cursor_execute", keep)
    try:
        yield found
    finally:
        event.remove(engine, "after_cursor_execute", keep)


def eastside(store: Store, cast: Cast) -> TeamView:
    return open_team(store, as_viewer(store, cast.cora), cast.eastside.id)


def rate(store: Store, cast: Cast, *, days_ago: int = 0, level: int = 3, **changes: str) -> None:
    at = NOW - timedelta(days=days_ago)
    rating = Rating(
        id=store.new_id(at),
        person_id=cast.ana.id,
        competency=CODE,
        framework_id="TAP21",
        framework_version="2006, version 1",
        scale_id=changes.get("scale", "five-steps"),
        level=level,
        level_title="Competent",
        source=RatingSource(changes.get("source", "observation")),
        rater_id=cast.cora.id,
        rated_at=at,
        rater_credential="CCS 12",
    )
    with store.writing():
        store.ratings.add([rating])


def sign(store: Store, cast: Cast, *, level: int = 3, target: str = CODE, kind: str = "") -> str:
    credential = a_credential(person_id=cast.cora.id)
    signed = SignOff(
        id=store.new_id(NOW),
        person_id=cast.ana.id,
        target_kind=kind or "competency",
        target=target,
        framework_id="TAP21",
        framework_version="2006, version 1",
        scale_id="five-steps",
        level=level,
        level_title="Competent",
        evidence=(),
        shortfalls=(),
        exception="Seen for years.",
        statement="Ready.",
        typed_name="Cora Lindqvist",
        signed_by=cast.cora.id,
        credential_id=credential.id,
        credential="CCS 12",
        signed_at=NOW,
    )
    with store.writing():
        store.credentials.add(credential, by=cast.eli.id, now=NOW)
        store.sign_offs.add(signed)
    return signed.id


def do_everything(store: Store, cast: Cast, library: Library) -> None:
    """Gives Ana a row of every kind that there is a source for."""
    ana, cora = as_viewer(store, cast.ana), as_viewer(store, cast.cora)
    for kind in (AttemptKind.PRACTICE, AttemptKind.MOCK):
        item = next(one for one in library.items.values() if CODE in one.competencies)
        attempt = add_attempt(store, cast.ana, item, kind=kind, request_key=str(kind))
        with store.writing():
            store.attempts.add_response(store.new_id(NOW), attempt, a_response())
            store.attempts.finish(attempt.id, right_count=1, now=NOW)
    lesson = next(one for one in library.lessons.values() if "TAP21-61" in one.competencies)
    wish = cohort.AssignmentWish(AssignmentKind.LESSON, lesson.id, NOW.date())
    cohort.assign(store, cora, cohort_id=cast.eastside.id, wish=wish, now=NOW)
    for section in lesson.sections:
        reading.mark_section(store, ana, lesson=lesson, section_id=section.id, now=NOW)
    month = Month(store, library, {"ana": ana}, NOW.date(), NOW.date())
    play_cases(month, "ana")
    for source in ("observation", "self", "review"):
        rate(store, cast, source=source)
    sign(store, cast)
    run = store.runs.ended_of([cast.ana.id])[0]
    course = a_course(person_id=cast.ana.id, area="TAP21/PD8", done_on=TODAY)
    with store.writing():
        store.education.add(course, now=NOW)
        store.runs.keep_commitment(run, "Ask first.", now=NOW)


def kinds_in(found: EvidenceByPlace) -> set[EvidenceKind]:
    return {row.kind for rows in found.values() for row in rows}


def test_a_supervisor_gets_the_kinds_they_may_see_and_no_practice(
    store: Store, cast: Cast, library: Library
) -> None:
    do_everything(store, cast, library)
    tap21, others = library.frameworks["TAP21"], tuple(library.frameworks.values())

    found = team_evidence(store, library, eastside(store, cast), tap21, others, today=TODAY)

    assert kinds_in(found) == seen_kinds(EvidenceReader.SUPERVISOR)


def test_people_see_every_kind_of_their_own(store: Store, cast: Cast, library: Library) -> None:
    do_everything(store, cast, library)
    tap21, others = library.frameworks["TAP21"], tuple(library.frameworks.values())

    found = own_evidence(store, library, as_viewer(store, cast.ana), tap21, others, today=TODAY)

    assert kinds_in(found) == set(EvidenceKind)
    assert {person for person, _ in found} == {cast.ana.id}


def test_a_supervisors_page_never_asks_for_practice(
    store: Store, engine: Engine, cast: Cast, library: Library
) -> None:
    do_everything(store, cast, library)
    team, tap21 = eastside(store, cast), library.frameworks["TAP21"]

    with statements(engine) as found:
        team_evidence(store, library, team, tap21, tuple(library.frameworks.values()), today=TODAY)

    assert found
    asked = " ".join(found)
    assert [table for table in PRACTICE_TABLES if f"{table}." in asked] == []


def test_a_larger_team_takes_no_more_questions(
    store: Store, engine: Engine, cast: Cast, library: Library
) -> None:
    do_everything(store, cast, library)
    team, tap21 = eastside(store, cast), library.frameworks["TAP21"]
    counts = []
    for members in (team.members[:1], team.members):
        with statements(engine) as found:
            some = replace(team, members=members)
            team_evidence(store, library, some, tap21, (), today=TODAY)
        counts.append(len(found))

    assert counts[0] == counts[1] <= 10


def test_training_people_noted_supports_and_meets_nothing_by_itself(
    store: Store, cast: Cast, library: Library
) -> None:
    team, tap21 = eastside(store, cast), library.frameworks["TAP21"]
    foundation = tap21.top_groups[0].id
    course = a_course(person_id=cast.ana.id, area=f"TAP21/{foundation}", done_on=TODAY)
    with store.writing():
        store.education.add(course, now=NOW)
    ask(store, cast, library, Requirement("TAP21", foundation, 1))

    found = team_evidence(store, library, team, tap21, (), today=TODAY)

    standings = standings_of(
        team.member(cast.ana.id), judging(store, library, team, tap21), found, on=TODAY
    )
    members = tap21.members_of(foundation)
    assert {code for _, code in found} == {one.code for one in members}
    assert {standings[one.code].state for one in members} == {CompetencyState.OPEN}


def test_a_withdrawn_sign_off_is_no_evidence(store: Store, cast: Cast, library: Library) -> None:
    tap21 = library.frameworks["TAP21"]
    signed = sign(store, cast, target="TAP21/PD3", kind="area")
    team = eastside(store, cast)
    before = team_evidence(store, library, team, tap21, (), today=TODAY)
    entry = SignOffEntry("entry-1", signed, EntryKind.WITHDRAWAL, "Too early.", cast.cora.id, NOW)
    with store.writing():
        store.sign_offs.add_entry(entry)

    after = team_evidence(store, library, team, tap21, (), today=TODAY)

    assert {code for _, code in before} == {one.code for one in tap21.members_of("PD3")}
    assert kinds_in(after) == set()


def test_a_level_on_another_scale_is_told_and_decides_nothing(
    store: Store, cast: Cast, library: Library
) -> None:
    for days_ago in (9, 5, 1):
        rate(store, cast, days_ago=days_ago, scale="entrustment")
    team, tap21 = eastside(store, cast), library.frameworks["TAP21"]
    ask(store, cast, library, Requirement("TAP21", CODE, 1))

    found = team_evidence(store, library, team, tap21, (), today=TODAY)
    by = judging(store, library, team, tap21)
    standing = standings_of(team.member(cast.ana.id), by, found, on=NOW.date())[CODE]

    assert (standing.state, standing.rows) == (CompetencyState.OPEN, 3)


def test_a_rating_reaches_another_framework_as_support_only(
    store: Store, cast: Cast, library: Library
) -> None:
    for days_ago in (9, 5, 1):
        rate(store, cast, days_ago=days_ago)
    functions, team = library.frameworks["CF"], eastside(store, cast)
    by = judging(store, library, team, functions)
    asked = (Requirement("CF", "CF-2", 1),)
    cora = as_viewer(store, cast.cora)
    set_requirements(store, cora, by, cohort_id=team.id, requirements=asked, now=NOW)

    found = team_evidence(
        store, library, team, functions, tuple(library.frameworks.values()), today=TODAY
    )
    by = judging(store, library, team, functions)
    standing = standings_of(team.member(cast.ana.id), by, found, on=NOW.date())["CF-2"]

    assert {row.via for row in found[cast.ana.id, "CF-2"]} == {CODE}
    assert (standing.state, standing.rows) == (CompetencyState.OPEN, 3)


def ask(store: Store, cast: Cast, library: Library, *asked: Requirement) -> None:
    team, tap21 = eastside(store, cast), library.frameworks["TAP21"]
    by = judging(store, library, team, tap21)
    cora = as_viewer(store, cast.cora)
    set_requirements(store, cora, by, cohort_id=cast.eastside.id, requirements=asked, now=NOW)


def test_the_credential_goes_before_everybody_and_the_competency_before_its_area(
    store: Store, cast: Cast, library: Library
) -> None:
    ask(
        store,
        cast,
        library,
        Requirement("TAP21", "PD4", 3),
        Requirement("TAP21", "PD4", 4, role="CADC"),
        Requirement("TAP21", CODE, 2),
        Requirement("TAP21", "TAP21-57", 0),
    )

    by = judging(store, library, eastside(store, cast), library.frameworks["TAP21"])

    levels = {
        role: [
            asked[code].requirement.level if code in asked else None
            for code in (CODE, "TAP21-57", "TAP21-58", "TAP21-1")
        ]
        for role, asked in ((role, by.of_role(role)) for role in ("LCAS-A", "CADC"))
    }
    assert levels == {"LCAS-A": [2, None, 3, None], "CADC": [2, None, 4, None]}


@pytest.mark.parametrize(
    "wrong",
    [
        Requirement("TAP21", "PD99", 3),
        Requirement("TAP21", "PD4", 6),
        Requirement("TAP21", "PD4", 3, validity_months=0),
        Requirement("TAP21", "PD4", 3, validity_months=999),
    ],
)
def test_what_cannot_be_asked_is_refused_and_nothing_changes(
    store: Store, cast: Cast, library: Library, wrong: Requirement
) -> None:
    with pytest.raises(InvalidInput):
        ask(store, cast, library, Requirement("TAP21", "PD3", 3), wrong)

    assert store.requirements.of_team(cast.eastside.id, "TAP21") is None


def test_nobody_asks_anything_of_somebody_elses_team(
    store: Store, cast: Cast, library: Library
) -> None:
    by = judging(store, library, eastside(store, cast), library.frameworks["TAP21"])

    with pytest.raises(NotFound):
        set_requirements(
            store,
            as_viewer(store, cast.dov),
            by,
            cohort_id=cast.eastside.id,
            requirements=(),
            now=NOW,
        )


def package(**changes: str) -> str:
    told = to_package(a_framework(**changes))
    return json.dumps(told)


def test_an_imported_framework_serves_beside_those_of_the_content(
    store: Store, cast: Cast, library: Library
) -> None:
    eli = as_viewer(store, cast.eli)

    import_framework(store, eli, library, text=package(), now=NOW)

    assert frameworks_of(store, library)["MINE"] == a_framework()
    assert store.audit.newest()[0].action == "framework-imported"


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        (package(id="TAP21"), Conflict),
        (package(competencies=(Competency("TAP21-1", "MINE", "H", "A", "A", "own"),)), Conflict),
        ("{}", UnusablePackage),
    ],
)
def test_a_framework_that_would_clash_is_refused_whole(
    store: Store, cast: Cast, library: Library, text: str, refusal: type[Exception]
) -> None:
    before = frameworks_of(store, library)

    with pytest.raises(refusal):
        import_framework(store, as_viewer(store, cast.eli), library, text=text, now=NOW)

    assert frameworks_of(store, library) == before


def test_a_version_is_imported_once_and_the_newest_serves(
    store: Store, cast: Cast, library: Library
) -> None:
    eli = as_viewer(store, cast.eli)
    import_framework(store, eli, library, text=package(), now=NOW)
    with pytest.raises(Conflict):
        import_framework(store, eli, library, text=package(), now=NOW)

    later = NOW + timedelta(days=1)
    import_framework(store, eli, library, text=package(version="3"), now=later)

    assert frameworks_of(store, library)["MINE"].version == "3"


def test_only_administrators_import(store: Store, cast: Cast, library: Library) -> None:
    with pytest.raises(NotAllowed):
        import_framework(store, as_viewer(store, cast.ben), library, text=package(), now=NOW)
