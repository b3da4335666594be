"""A supervisor's pages: what was asked, whether it is done, and nothing else about anybody."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event

from app.domain.assignment import AssignmentKind
from app.domain.attempt import AnswerGiven, Feedback
from app.domain.person import Role, RoleGrant
from app.domain.practice import PracticeWish, Seen, practice_pool
from app.services import account, cohort, exam, play, reading
from app.web.shared.database import db
from app.web.shared.filters import say_short_day
from tests.cast import a_person, as_viewer

if TYPE_CHECKING:
    from flask import Flask

    from app.domain.assignment import Assignment
    from app.domain.person import Person
    from app.library.library import Library
    from app.storage.store import Store
    from tests.cast import Cast
    from tests.web.visit import Visitor

LESSON, OTHER_LESSON = "advocacy/what-advocacy-is", "family/why-families"
CASE = "what-hal-may-know"
CHANGES_EACH_TIME = re.compile(r'value="[^"]*"|nonce="[^"]*"|X-CSRFToken": "[^"]*"')


@pytest.fixture
def library(app: Flask) -> Library:
    found: Library = app.extensions["waymark-content"].library()
    return found


def ask(
    store: Store,
    supervisor: Person,
    *,
    target: str = LESSON,
    due_in: int = 7,
    asked_ago: int = 0,
    person: Person | None = None,
) -> Assignment:
    now = datetime.now(UTC)
    viewer = as_viewer(store, supervisor)
    return cohort.assign(
        store,
        viewer,
        cohort_id=next(iter(viewer.cohorts_as(Role.SUPERVISOR))),
        wish=cohort.AssignmentWish(
            AssignmentKind.SCENARIO if target == CASE else AssignmentKind.LESSON,
            target,
            (now + timedelta(days=due_in)).date(),
            person.id if person else None,
        ),
        now=now - timedelta(days=asked_ago),
    )


def read_all(
    store: Store, library: Library, person: Person, lesson_id: str = LESSON, *, ago: int = 0
) -> None:
    lesson, viewer = library.lessons[lesson_id], as_viewer(store, person)
    for section in lesson.sections:
        reading.mark_section(
            store,
            viewer,
            lesson=lesson,
            section_id=section.id,
            now=datetime.now(UTC) - timedelta(days=ago),
        )


def end_case(store: Store, library: Library, person: Person, *, ago: int = 0) -> None:
    now, viewer = datetime.now(UTC) - timedelta(days=ago), as_viewer(store, person)
    run = play.start_case(
        store,
        viewer,
        library.scenarios[CASE],
        library.texts,
        request_key=f"case-{ago}",
        seed=1,
        now=now,
    )
    with store.writing():
        store.runs.end(run.id, ending="end-good", now=now)


def practise(store: Store, library: Library, person: Person) -> None:
    """Sits a quiz whose title is a telltale word, and answers its first question."""
    now, viewer = datetime.now(UTC), as_viewer(store, person)
    start = exam.PracticeStart(
        PracticeWish(frozenset(), 5, Seen.ANY, Feedback.TUTOR),
        practice_pool(library.items.values()),
        "zzcanary",
        "quiz",
    )
    attempt = exam.start_practice(store, viewer, start, now=now, random=Random(1))
    chosen = (attempt.slots[0].option_order[0],)
    answer = AnswerGiven(position=1, chosen=chosen, base_revision=0, request_key="first")
    exam.answer_item(store, viewer, attempt_id=attempt.id, answer=answer, now=now)


def day(days_ago: int) -> str:
    return say_short_day((datetime.now(UTC) - timedelta(days=days_ago)).date())


def bare(html: str) -> str:
    return CHANGES_EACH_TIME.sub("", html)


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_one_team_opens_at_once(cora: Visitor, cast: Cast) -> None:
    response = cora.get("/team/", expect=303)

    assert response.location == f"/team/{cast.eastside.id}"


def test_several_teams_are_listed_by_name(cora: Visitor, store: Store, cast: Cast) -> None:
    with store.writing():
        grant = RoleGrant(Role.SUPERVISOR, cast.westside.id)
        store.people.grant("one-more", cast.cora.id, grant, now=datetime.now(UTC))

    page = cora.text("/team/")

    assert page.index("Open Eastside") < page.index("Open Westside")
    assert "3 people" in page
    assert "2 people" in page


def test_a_new_team_says_what_to_do_next(cora: Visitor, cast: Cast) -> None:
    page = cora.text(f"/team/{cast.eastside.id}")

    assert "Nothing is asked of this team yet" in page
    assert f"/team/{cast.eastside.id}/assignments" in cora.page(f"/team/{cast.eastside.id}").links


def test_who_is_overdue_stands_first(
    cora: Visitor, store: Store, cast: Cast, library: Library
) -> None:
    ask(store, cast.cora, due_in=-2, asked_ago=9, person=cast.noor)
    ask(store, cast.cora, target=OTHER_LESSON, due_in=3)

    page = words(cora.text(f"/team/{cast.eastside.id}"))

    assert "Overdue 1 person" in page
    assert "Due within 14 days 3 people" in page
    told = page[page.index("Who needs you today") : page.index("Everyone")]
    assert told.index("Noor Haddad") < told.index("Ana Reyes") < told.index("Luis Ferro")
    assert told.count("Noor Haddad") == 1


def test_nobody_needs_anybody_when_all_is_done_or_far_away(
    cora: Visitor, store: Store, cast: Cast, library: Library
) -> None:
    ask(store, cast.cora, person=cast.ana)
    ask(store, cast.cora, target=OTHER_LESSON, due_in=40)
    read_all(store, library, cast.ana)

    assert "Nobody needs you today" in cora.text(f"/team/{cast.eastside.id}")


def test_a_lesson_is_done_on_the_day_its_last_section_was_read(
    cora: Visitor, store: Store, cast: Cast, library: Library
) -> None:
    ask(store, cast.cora, asked_ago=9)
    lesson, viewer = library.lessons[LESSON], as_viewer(store, cast.ana)
    for place, section in enumerate(lesson.sections):
        moment = datetime.now(UTC) - timedelta(days=6 - min(place, 2))
        reading.mark_section(store, viewer, lesson=lesson, section_id=section.id, now=moment)

    assert f"done {day(4)}" in words(cora.text(f"/team/{cast.eastside.id}"))


def test_a_lesson_read_in_part_is_not_done(
    cora: Visitor, store: Store, cast: Cast, library: Library
) -> None:
    ask(store, cast.cora, person=cast.ana)
    lesson = library.lessons[LESSON]
    reading.mark_section(
        store,
        as_viewer(store, cast.ana),
        lesson=lesson,
        section_id=lesson.sections[0].id,
        now=datetime.now(UTC),
    )

    page = words(cora.text(f"/team/{cast.eastside.id}/people/{cast.ana.id}"))

    assert "due soon" in page
    assert "done" not in page.partition("What you see here")[0]


def test_a_case_is_done_on_the_day_of_its_first_ending(
    cora: Visitor, store: Store, cast: Cast, library: Library
) -> None:
    ask(store, cast.cora, target=CASE, asked_ago=9)
    end_case(store, library, cast.ana, ago=1)
    end_case(store, library, cast.ana, ago=5)

    page = words(cora.text(f"/team/{cast.eastside.id}"))

    assert f"done {day(5)}" in page
    assert f"done {day(1)}" not in page


def test_what_was_done_before_it_was_asked_keeps_its_day_to_itself(
    cora: Visitor, store: Store, cast: Cast, library: Library
) -> None:
    read_all(store, library, cast.ana, ago=20)
    ask(store, cast.cora, asked_ago=2)

    page = words(cora.text(f"/team/{cast.eastside.id}"))

    assert "done before it was asked" in page
    assert f"done {day(20)}" not in page


def test_nothing_that_was_not_asked_changes_a_team_page(
    cora: Visitor, store: Store, cast: Cast, library: Library
) -> None:
    team = f"/team/{cast.eastside.id}"
    urls = [team, f"{team}/people/{cast.ana.id}", f"{team}/assignments"]
    ask(store, cast.cora)
    before = [bare(cora.text(url)) for url in urls]

    practise(store, library, cast.ana)
    read_all(store, library, cast.ana, OTHER_LESSON)
    end_case(store, library, cast.ana)
    account.set_plan(
        store,
        as_viewer(store, cast.ana),
        exam_on=datetime.now(UTC).date() + timedelta(days=77),
        minutes_a_day=35,
    )

    assert [bare(cora.text(url)) for url in urls] == before
    assert not any("zzcanary" in page for page in before)


def test_team_pages_say_what_is_seen_and_show_no_address_and_no_hour(
    cora: Visitor, store: Store, cast: Cast, library: Library
) -> None:
    ask(store, cast.cora, asked_ago=3)
    read_all(store, library, cast.ana)
    team = f"/team/{cast.eastside.id}"

    for url in (team, f"{team}/people/{cast.ana.id}", f"{team}/assignments"):
        page = words(cora.text(url))
        assert "You do not see practice answers" in page
        assert cast.ana.email not in page
        assert not re.search(r"\d:\d\d", page)


def test_opening_a_person_writes_nothing(
    cora: Visitor, store: Store, cast: Cast, library: Library
) -> None:
    ask(store, cast.cora)
    before = len(store.audit.about(cast.ana.id))
    store.end_reading()

    cora.get(f"/team/{cast.eastside.id}/people/{cast.ana.id}")

    assert len(store.audit.about(cast.ana.id)) == before


def test_a_person_of_another_team_is_not_found(cora: Visitor, cast: Cast) -> None:
    cora.get(f"/team/{cast.eastside.id}/people/{cast.mika.id}", expect=404)


@pytest.mark.parametrize("rest", ["", "/assignments", "/people/{person}"])
def test_another_supervisors_team_is_not_found(dov: Visitor, cast: Cast, rest: str) -> None:
    dov.get(f"/team/{cast.eastside.id}{rest}".format(person=cast.ana.id), expect=404)


def test_another_supervisors_team_cannot_be_asked(dov: Visitor, store: Store, cast: Cast) -> None:
    sent = {"target": f"lesson:{LESSON}", "whom": "team", "due_on": "2099-01-01"}

    dov.post(f"/team/{cast.eastside.id}/assignments", sent, expect=404)

    assert store.cohorts.assignments(frozenset({cast.eastside.id})) == []


def test_an_assignment_of_another_team_cannot_be_withdrawn(
    dov: Visitor, store: Store, cast: Cast
) -> None:
    asked = ask(store, cast.cora)
    for team in (cast.eastside, cast.westside):
        url = f"/team/{team.id}/assignments/{asked.id}/withdraw"
        dov.get(url, expect=404)
        dov.post(url, expect=404)

    assert [one.id for one in store.cohorts.assignments(frozenset({cast.eastside.id}))] == [
        asked.id
    ]


def test_a_candidate_is_kept_out(ana: Visitor, cast: Cast) -> None:
    ana.get("/team/", expect=403)
    ana.get(f"/team/{cast.eastside.id}", expect=403)


def test_asking_the_team_reaches_everyone(
    cora: Visitor, ana: Visitor, store: Store, cast: Cast, library: Library
) -> None:
    due = datetime.now(UTC).date() + timedelta(days=5)
    sent = {"target": f"lesson:{LESSON}", "whom": "team", "due_on": due.isoformat()}

    response = cora.post(f"/team/{cast.eastside.id}/assignments", sent)

    assert response.location.endswith("?notice=assigned")
    assert "0 of 3" in cora.text(f"/team/{cast.eastside.id}/assignments")
    assert f"due {say_short_day(due)}" in ana.text("/learn/")


def test_asking_one_person_asks_nobody_else(cora: Visitor, store: Store, cast: Cast) -> None:
    due = datetime.now(UTC).date() + timedelta(days=5)
    sent = {"target": f"scenario:{CASE}", "whom": cast.luis.id, "due_on": due.isoformat()}

    cora.post(f"/team/{cast.eastside.id}/assignments", sent)

    assert "due soon" in cora.text(f"/team/{cast.eastside.id}/people/{cast.luis.id}")
    assert "Nothing is asked" in cora.text(f"/team/{cast.eastside.id}/people/{cast.ana.id}")


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"target": ""}, "Choose what to ask for."),
        ({"target": "lesson:no/such"}, "Choose one of the list."),
        ({"whom": "somebody"}, "Choose one of the list."),
        ({"due_on": ""}, "Choose a due date."),
        ({"due_on": "soon"}, "Give a day, such as 2026-11-30."),
        ({"due_on": "2020-01-01"}, "not in the past"),
    ],
)
def test_a_form_that_cannot_be_used_comes_back_as_typed(
    cora: Visitor, cast: Cast, changes: dict[str, object], told: str
) -> None:
    sent = {"target": f"lesson:{LESSON}", "whom": cast.ana.id, "due_on": "2099-01-01"} | changes

    page = cora.post(f"/team/{cast.eastside.id}/assignments", sent, expect=422).text

    assert "One thing needs a change" in page
    assert told in page
    for value in sent.values():
        if value in (f"lesson:{LESSON}", cast.ana.id):
            assert f'selected value="{value}"' in page
    assert f'value="{sent["due_on"]}"' in page


def test_the_same_thing_is_not_asked_twice(cora: Visitor, store: Store, cast: Cast) -> None:
    sent = {"target": f"lesson:{LESSON}", "whom": "team", "due_on": "2099-01-01"}
    url = f"/team/{cast.eastside.id}/assignments"
    cora.post(url, sent)

    page = cora.post(url, sent, expect=422).text

    assert "This is asked already, due January 1." in page
    assert len(store.cohorts.assignments(frozenset({cast.eastside.id}))) == 1


def test_an_assignment_is_withdrawn_after_a_question(
    cora: Visitor, store: Store, cast: Cast, library: Library
) -> None:
    asked = ask(store, cast.cora)
    url = f"/team/{cast.eastside.id}/assignments/{asked.id}/withdraw"
    assert library.lessons[LESSON].title in cora.text(url)

    response = cora.post(url)

    assert response.location.endswith("?notice=withdrawn")
    assert store.cohorts.assignments(frozenset({cast.eastside.id})) == []


def test_a_lesson_that_has_left_the_content_is_said_so_and_never_overdue(
    cora: Visitor, store: Store, cast: Cast
) -> None:
    ask(store, cast.cora, target="advocacy/long-gone", due_in=-9, asked_ago=20)

    page = words(cora.text(f"/team/{cast.eastside.id}"))

    assert "not offered now" in page
    assert "Nobody needs you today" in page


def test_a_larger_team_costs_no_more_queries(
    cora: Visitor, store: Store, cast: Cast, library: Library, app: Flask
) -> None:
    ask(store, cast.cora)
    ask(store, cast.cora, target=CASE)
    url = f"/team/{cast.eastside.id}"
    with counted_queries(app) as few:
        cora.get(url)

    for name in ("Petra Lang", "Quinn Abara", "Rosa Diaz"):
        person = a_person(store, name, team=cast.eastside, now=datetime.now(UTC))
        read_all(store, library, person)
    with counted_queries(app) as many:
        cora.get(url)

    assert len(many) == len(few)


@contextmanager
def counted_queries(app: Flask) -> Iterator[list[str]]:
    statements: list[str] = []

    def keep(_c: object, _cursor: object, statement: str, *_: object) -> None:
        # The look for new content comes every few seconds, in a transaction of its own.
        if "case_publications" not in statement and not statement.startswith("BEGIN"):
            statements.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", keep)
    try:
        yield statements
    finally:
        event.remove(engine, "before_cursor_execute", keep)
