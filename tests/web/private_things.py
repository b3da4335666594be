"""One telltale of every kind of data about Ana, planted so that a crawl finds it wherever it is.

Words stand where people write; days and moments that nothing else has stand for the rest.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING

from app.domain.assignment import AssignmentKind
from app.domain.attempt import AnswerGiven, Feedback
from app.domain.hours import Signature
from app.domain.observation import Mark, ObservationForm, ObservationMode
from app.domain.practice import PracticeWish, Seen, practice_pool
from app.domain.rating import Rating, RatingSource
from app.domain.record_look import Look
from app.domain.scenario import Scenario
from app.domain.sign_off import SignOff
from app.library.library import Library
from app.services import cohort, exam, mock_exam, play
from app.services.audit_packets import ask_for_oneself, ask_for_person, ask_for_team
from app.services.erasure import ask_to_be_erased
from app.services.packet_making import make_packets
from app.services.practice import save_preset
from app.services.supervised import Place
from app.storage.observations import StoredObservation
from app.storage.private_notes import PrivateNote
from app.storage.store import Store
from app.web.shared.filters import say_short_day
from tests.cast import as_viewer
from tests.exam_builders import a_shape, save, start_exam
from tests.supervision_builders import a_course, a_credential, practice_of

if TYPE_CHECKING:
    from tests.cast import Cast

FRAMEWORK, CODE = "TAP21", "TAP21-24"
ODD_HOUR = 3  # nothing else of the tests happens at 3:17


@dataclass(frozen=True, slots=True)
class Planted:
    """Shape: `signs` are patterns by kind; `values` fill the addresses that lead to Ana."""

    signs: dict[str, re.Pattern[str]]
    values: dict[str, object]


def plant(store: Store, cast: Cast, library: Library) -> Planted:
    """Plants everything of the matrix in Ana's record."""
    today = datetime.now(UTC).date()
    practiced, case_day = today - timedelta(days=47), today - timedelta(days=33)
    attempt_id = _practice(store, cast, library, _at(practiced))
    mock_id = _mock(store, cast, _at(today - timedelta(days=41)))
    ask_to_be_erased(store, as_viewer(store, cast.ana), now=datetime.now(UTC))
    run_id = _assigned_case(store, cast, library, case_day)
    observation_id = _observation(store, cast, today)
    _beside(store, cast, datetime.now(UTC))
    packet_id = _packets(store, cast, library)
    values = {
        "cohort_id": cast.eastside.id,
        "person_id": cast.ana.id,
        "attempt_id": attempt_id,
        "run_id": run_id,
        "observation_id": observation_id,
        "packet_id": packet_id,
        "sign_off_id": "planted-sign-off",
        "position": 1,
        "target": CODE,
    }
    words = {
        "answers in practice": f"zzpractice|zzpreset|{attempt_id}|\\b{say_short_day(practiced)}\\b",
        "time of day": r"\b0?3:17\b|T03:17",
        "private reflection": "zzreflection",
        "assigned case done": rf"done {say_short_day(case_day)}\b",
        "mock exam": f"zzmock|{mock_id}",
        "observation": "zzobserved",
        "rating": "zzrated",
        "sign-off": "zzsigned",
        "draft of an observation": "zzdraft",
        "supervisor's private note": "zznote",
        "hours": "zzhours",
        "credential": "zzlicense",
        "training of an area": "zzcourse",
        "training of no area": "zzpastime",
        "who opened": "zzlooked",
        "wish to be forgotten": r"asks to be forgotten|You asked on",
    }
    return Planted({kind: re.compile(sign) for kind, sign in words.items()}, values)


def _at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, ODD_HOUR, 17, tzinfo=UTC)


def _practice(store: Store, cast: Cast, library: Library, at: datetime) -> str:
    ana = as_viewer(store, cast.ana)
    wish = PracticeWish(frozenset(), 5, Seen.ANY, Feedback.TUTOR)
    pool = practice_pool(library.items.values())
    start = exam.PracticeStart(wish, pool, "zzpractice", "planted")
    attempt = exam.start_practice(store, ana, start, now=at, random=Random(1))
    for position in range(1, 6):
        option = attempt.slot(position).option_order[:1]
        answer = AnswerGiven(position, option, 0, f"planted-{position}")
        exam.answer_item(store, ana, attempt_id=attempt.id, answer=answer, now=at)
    exam.finish_attempt(store, ana, attempt_id=attempt.id, now=at)
    save_preset(store, ana, name="zzpreset", wish=wish, now=at)
    return attempt.id


def _mock(store: Store, cast: Cast, at: datetime) -> str:
    ana = as_viewer(store, cast.ana)
    sat = start_exam(store, ana, shape=a_shape(title="zzmock"), key="planted-mock", now=at)
    save(store, ana, sat, now=at)
    mock_exam.hand_in(store, ana, attempt_id=sat.id, now=at)
    return sat.id


def _assigned_case(store: Store, cast: Cast, library: Library, day: date) -> str:
    case = next(iter(library.scenarios.values()))
    wish = cohort.AssignmentWish(
        AssignmentKind.SCENARIO, case.id, datetime.now(UTC).date() + timedelta(days=9)
    )
    cora = as_viewer(store, cast.cora)
    asked_at = _at(day - timedelta(days=3))
    cohort.assign(store, cora, cohort_id=cast.eastside.id, wish=wish, now=asked_at)
    ana = as_viewer(store, cast.ana)
    run = play.start_case(
        store, ana, case, library.texts, request_key="planted", seed=1, now=_at(day)
    )
    with store.writing():
        store.runs.end(run.id, ending=_ending(case), now=_at(day))
    play.commit_to(store, ana, run.id, "zzreflection", now=_at(day))
    return run.id


def _observation(store: Store, cast: Cast, today: date) -> str:
    now = datetime.now(UTC)
    form = ObservationForm(
        ObservationMode.LIVE,
        today - timedelta(days=5),
        (Mark(CODE, 3, None, "zzrated"),),
        *("zzobserved", "zzobserved", "zzobserved"),
    )
    done = StoredObservation(
        "planted-observation", cast.ana.id, cast.cora.id, form, "", 1, "", 0, now, now, now
    )
    draft = replace(
        done,
        id="planted-draft",
        form=replace(form, note="zzdraft", went_well="zzdraft", next_step="zzdraft"),
        finished_at=None,
    )
    rating = Rating(
        id="planted-rating",
        person_id=cast.ana.id,
        competency=CODE,
        framework_id=FRAMEWORK,
        framework_version="1",
        scale_id="five-steps",
        level=3,
        level_title="Competent",
        source=RatingSource.OBSERVATION,
        rater_id=cast.cora.id,
        rated_at=now,
        observation_id=done.id,
        rater_credential="CCS",
        note="zzrated",
    )
    signed = SignOff(
        id="planted-sign-off",
        person_id=cast.ana.id,
        target_kind="competency",
        target=CODE,
        framework_id=FRAMEWORK,
        framework_version="1",
        scale_id="five-steps",
        level=3,
        level_title="Competent",
        evidence=(rating.id,),
        shortfalls=(),
        exception="",
        statement="zzsigned",
        typed_name="Cora Lindqvist",
        signed_by=cast.cora.id,
        credential_id="credential-1",
        credential="CCS 4711",
        signed_at=now,
    )
    with store.writing():
        store.observations.add(replace(done, revision=0))
        assert store.observations.finish(done, now=now)
        store.observations.add(draft)
        store.ratings.add([rating])
        store.sign_offs.add(signed)
    return done.id


def _beside(store: Store, cast: Cast, now: datetime) -> None:
    staff = Signature(cast.ana.id, "Ana Reyes", "LCAS-A", now)
    hours = practice_of(60, id="planted-hours", person_id=cast.ana.id, note="zzhours")
    hours = replace(hours, supervisor_id=cast.cora.id, staff=staff, supervisor=None)
    license_ = a_credential(id="planted-license", person_id=cast.ana.id, number="zzlicense")
    course = a_course(id="c", person_id=cast.ana.id, title="zzcourse", area="TAP21/PD1")
    pastime = a_course(id="p", person_id=cast.ana.id, title="zzpastime")
    with store.writing():
        store.education.add(course, now=now)
        store.education.add(pastime, now=now)
        store.hours.add(hours, by=cast.ana.id, now=now)
        store.credentials.add(license_, by=cast.ana.id, now=now)
        store.private_notes.add(
            PrivateNote("planted-note", cast.cora.id, cast.ana.id, "zznote", now)
        )
        store.record_looks.add(Look(cast.ana.id, cast.cora.id, "zzlooked", now.date()))


def _packets(store: Store, cast: Cast, library: Library) -> str:
    """Of the team and of Ana alone, by everybody who may ask. Gives that of the team."""
    cora, team, now = as_viewer(store, cast.cora), cast.eastside.id, datetime.now(UTC)
    of_team = ask_for_team(store, cora, cohort_id=team, now=now)
    ask_for_person(store, cora, Place(team, cast.ana.id), now=now)
    ask_for_oneself(store, as_viewer(store, cast.ana), cohort_id=team, now=now)
    assert make_packets(store, library, lambda: now) == 3
    return of_team.id


def _ending(case: Scenario) -> str:
    return next(scene.id for scene in case.scenes if scene.ending is not None)
