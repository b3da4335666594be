"""One thing of each kind that routes carry ids of, and whose it is."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING

from app.domain.assignment import Assignment, AssignmentKind
from app.domain.attempt import AnswerGiven, Attempt, Feedback
from app.domain.development_goal import GoalWish
from app.domain.item import Item
from app.domain.item_report import ItemReport, ReportKind
from app.domain.person import Person, Role, RoleGrant
from app.domain.practice import PracticeWish, Seen, practice_pool
from app.domain.regrade import Regrade, RegradePolicy
from app.library.library import Library
from app.services import account, cohort, exam, item_reports, observing, play, supervision
from app.services import practice as kept
from app.services.case_drafts import CaseSource, open_draft
from app.services.case_reviews import add_comment
from app.services.erasure import ask_to_be_erased
from app.services.supervised import Sent
from app.storage.queries.admin_pages import open_invitations
from app.storage.store import Store
from tests.cast import as_viewer
from tests.exam_builders import start_exam
from tests.services.supervising import Supervising
from tests.supervision_chain import terms
from tests.web.hour_things import make_hour_things
from tests.web.packet_things import make_packet_things
from tests.web.thing import NOBODYS, Thing

if TYPE_CHECKING:
    from tests.cast import Cast

NO_TOKEN = "a-token-that-was-never-made"


def make_things(store: Store, cast: Cast, library: Library) -> dict[str, Thing]:
    now = datetime.now(UTC)
    draft_id = _draft(store, cast, library, now)
    return {
        **_of_content(library),
        "regrade": Thing(
            {"regrade_id": _regrade(store, cast, next(iter(library.items.values())), now)},
            {"regrade_id": NOBODYS},
        ),
        "draft": Thing({"draft_id": draft_id}, {"draft_id": NOBODYS}),
        "comment": Thing(
            {"draft_id": draft_id, "comment_id": _comment(store, cast, draft_id, now)},
            {"draft_id": draft_id, "comment_id": NOBODYS},
        ),
        **_of_ana(store, cast, library, now),
        **_exams(store, cast, now),
        **_of_supervision(store, cast, library, now),
        **_of_teams(store, cast, library, now),
        **make_packet_things(store, cast, library, now=now),
        **make_hour_things(store, cast, library, now=now),
        "sign-in": Thing({"sign_in_id": NOBODYS}, {"sign_in_id": NOBODYS}, frozenset({"nobody"})),
        "setup token": Thing({"token": NO_TOKEN}, {"token": NO_TOKEN}, frozenset({"nobody"})),
        "invitation": Thing({"token": _invitation(store, cast, now)}, {"token": NO_TOKEN}),
        "open invitation": Thing(
            {"invitation_id": _open_invitation(store, cast, now)}, {"invitation_id": NOBODYS}
        ),
        "feed": Thing({"token": NO_TOKEN}, {"token": NO_TOKEN}, frozenset({"nobody"})),
        "asset": Thing({"name": "css/none.css"}, {"name": "css/none.css"}, frozenset({"nobody"})),
    }


def _of_content(library: Library) -> dict[str, Thing]:
    scenario = next(iter(library.scenarios.values()))
    lesson = next(iter(library.lessons.values()))
    check = library.checks_of(lesson.id)[0]
    figure = next(path for path in library.figures if f"/{lesson.area}/" in path)
    item = next(iter(library.items.values()))
    in_lesson = {"area": lesson.area, "slug": lesson.slug}
    return {
        "problem code": Thing({"code": "SC204"}, {"code": "SC000"}),
        "case": Thing({"scenario_id": scenario.id}, {"scenario_id": "no-such-case"}),
        "lesson": Thing(
            {
                **in_lesson,
                "section_id": lesson.sections[0].id,
                "item_id": check.id,
                "name": figure.rpartition("/")[2],
            },
            {**in_lesson, "slug": "none", "section_id": "x", "item_id": "x", "name": "none.svg"},
        ),
        "item": Thing({"item_id": item.id}, {"item_id": "no-such-question"}),
        "framework": Thing({"framework_id": "TAP21"}, {"framework_id": "NONE"}),
        "area": Thing({"area": "PD4"}, {"area": "PD99"}),
    }


def _of_ana(store: Store, cast: Cast, library: Library, now: datetime) -> dict[str, Thing]:
    ana = as_viewer(store, cast.ana)
    attempt = _attempt(store, cast, library, now)
    scenario = next(iter(library.scenarios.values()))
    run = play.start_case(
        store, ana, scenario, library.texts, request_key="things", seed=1, now=now
    )
    report = _report(store, cast, attempt, now)
    return {
        "attempt": Thing(
            {"attempt_id": attempt.id, "position": 1},
            {"attempt_id": NOBODYS, "position": 1},
            frozenset({"ana"}),
        ),
        "preset": Thing(
            {"preset_id": _preset(store, cast, now)}, {"preset_id": NOBODYS}, frozenset({"ana"})
        ),
        "run": Thing({"run_id": run.id}, {"run_id": NOBODYS}, frozenset({"ana"})),
        "item report": Thing({"report_id": report.id}, {"report_id": NOBODYS}),
    }


def _draft(store: Store, cast: Cast, library: Library, now: datetime) -> str:
    case = next(iter(library.scenarios.values()))
    folder = f"scenarios/{case.id}/"
    files = {
        path.removeprefix(folder): text
        for path, text in library.texts.items()
        if path.startswith(folder)
    }
    source = CaseSource(case.id, files, case.fingerprint)
    return open_draft(store, as_viewer(store, cast.ben), source, now=now).id


def _comment(store: Store, cast: Cast, draft_id: str, now: datetime) -> str:
    add_comment(
        store, as_viewer(store, cast.ben), draft_id, place="brief", words="Who speaks?", now=now
    )
    (comment,) = store.case_reviews.comments(draft_id)
    return comment.id


def _of_teams(store: Store, cast: Cast, library: Library, now: datetime) -> dict[str, Thing]:
    assignment = _assignment(store, cast, next(iter(library.lessons)), now)
    return {
        "team": Thing({"cohort_id": cast.eastside.id}, {"cohort_id": NOBODYS}, frozenset({"cora"})),
        "member": Thing(
            {"cohort_id": cast.eastside.id, "person_id": cast.ana.id},
            {"cohort_id": cast.eastside.id, "person_id": cast.mika.id},
            frozenset({"cora"}),
        ),
        "team area": Thing(
            {"cohort_id": cast.eastside.id, "area": "PD4"},
            {"cohort_id": cast.eastside.id, "area": "PD99"},
            frozenset({"cora"}),
        ),
        "member area": Thing(
            {"cohort_id": cast.eastside.id, "person_id": cast.ana.id, "target": "TAP21-56"},
            {"cohort_id": cast.eastside.id, "person_id": cast.mika.id, "target": "TAP21-56"},
            frozenset({"cora"}),
        ),
        "assignment": Thing(
            {"cohort_id": cast.eastside.id, "assignment_id": assignment.id},
            {"cohort_id": cast.eastside.id, "assignment_id": NOBODYS},
            frozenset({"cora"}),
        ),
        "asked person": Thing(
            {
                "cohort_id": cast.eastside.id,
                "assignment_id": assignment.id,
                "person_id": cast.ana.id,
            },
            {
                "cohort_id": cast.eastside.id,
                "assignment_id": NOBODYS,
                "person_id": cast.ana.id,
            },
            frozenset({"cora"}),
        ),
        "leave": Thing(
            {
                "cohort_id": cast.eastside.id,
                "person_id": cast.ana.id,
                "leave_id": _leave(store, cast.cora, cast.ana, now),
            },
            {"cohort_id": cast.eastside.id, "person_id": cast.ana.id, "leave_id": NOBODYS},
            frozenset({"cora"}),
        ),
        "leave of a person": Thing(
            {
                "person_id": cast.jonas.id,
                "leave_id": _leave(store, cast.eli, cast.jonas, now),
            },
            {"person_id": cast.jonas.id, "leave_id": NOBODYS},
        ),
        **_of_people(store, cast, now),
    }


def _of_people(store: Store, cast: Cast, now: datetime) -> dict[str, Thing]:
    role = {"person_id": cast.jonas.id, "role": "candidate"}
    return {
        "person who asked to be forgotten": Thing(
            {"person_id": _asks_to_go(store, cast, now)}, {"person_id": NOBODYS}
        ),
        "person": Thing({"person_id": cast.jonas.id}, {"person_id": NOBODYS}),
        "role of a person": Thing(
            {**role, "cohort_id": cast.westside.id}, {**role, "cohort_id": NOBODYS}
        ),
    }


def _exams(store: Store, cast: Cast, now: datetime) -> dict[str, Thing]:
    sitting = start_exam(store, as_viewer(store, cast.ana), now=now)
    shape: dict[str, object] = {"blueprint_id": "aadc", "shape_id": "quick"}
    return {
        "exam": Thing(shape, {**shape, "shape_id": "none"}),
        "sitting": Thing(
            {"attempt_id": sitting.id, "position": 1},
            {"attempt_id": NOBODYS, "position": 1},
            frozenset({"ana"}),
        ),
    }


def _of_supervision(store: Store, cast: Cast, library: Library, now: datetime) -> dict[str, Thing]:
    chain = Supervising(store, cast, library)
    chain.licence()
    wish = GoalWish("CONF", "Checks first", "Read", now.date(), now.date())
    supervision.set_goal(store, chain.cora, chain.place, wish, library, Sent("goal", now))
    supervision.write_contract(
        store,
        chain.cora,
        chain.place,
        terms(starts_on=now.date(), ends_on=now.date()),
        library=library,
        seen_number=0,
        sent=Sent("contract", now),
    )
    asked = observing.ObservationWish("CONF", "Soon", now.date())
    observing.ask_for_observation(store, chain.ana, asked, library, sent=Sent("ask", now))
    seen = chain.look(now=now)
    chain.sign(exception="For the table.", now=now)
    draft = observing.start_observation(store, chain.cora, chain.place, now=now)
    place = {"cohort_id": cast.eastside.id, "person_id": cast.ana.id}
    ids: dict[str, tuple[str, str]] = {
        "goal": ("goal_id", store.goals.of_person(cast.ana.id)[0].id),
        "request": ("request_id", store.observation_requests.of_people([cast.ana.id])[0].id),
        "observation": ("observation_id", seen),
        "observation draft": ("observation_id", draft.id),
        "sign-off": ("sign_off_id", store.sign_offs.of_people([cast.ana.id])[0].id),
    }
    contract = store.contracts.of_person(cast.ana.id)[0].contract.id
    ana = {"person_id": cast.ana.id}
    return {
        **{
            name: Thing({**place, key: own}, {**place, key: NOBODYS}, frozenset({"cora"}))
            for name, (key, own) in ids.items()
        },
        **{
            f"{name} of a person": Thing({**ana, key: own}, {**ana, key: NOBODYS})
            for name, (key, own) in ids.items()
            if name in ("observation", "sign-off")
        },
        **{
            f"own {name}": Thing({key: own}, {key: NOBODYS}, frozenset({"ana"}))
            for name, (key, own) in (
                *((name, ids[name]) for name in ("observation", "sign-off")),
                ("contract", ("contract_id", contract)),
            )
        },
    }


def _attempt(store: Store, cast: Cast, library: Library, now: datetime) -> Attempt:
    start = exam.PracticeStart(
        PracticeWish(frozenset(), 5, Seen.ANY, Feedback.TUTOR),
        practice_pool(library.items.values()),
        "All topics",
        "things",
    )
    ana = as_viewer(store, cast.ana)
    return exam.start_practice(store, ana, start, now=now, random=Random(1))


def _report(store: Store, cast: Cast, attempt: Attempt, now: datetime) -> ItemReport:
    ana = as_viewer(store, cast.ana)
    answer = AnswerGiven(2, attempt.slot(2).option_order[:1], 0, "things")
    exam.answer_item(store, ana, attempt_id=attempt.id, answer=answer, now=now)
    wish = item_reports.ReportWish(attempt.id, 2, ReportKind.TYPO, "")
    return item_reports.send_report(store, ana, wish, now=now).report


def _preset(store: Store, cast: Cast, now: datetime) -> str:
    wish = PracticeWish(frozenset(), 5, Seen.ANY, Feedback.TUTOR)
    ana = as_viewer(store, cast.ana)
    return kept.save_preset(store, ana, name="Five of all", wish=wish, now=now).id


def _assignment(store: Store, cast: Cast, lesson_id: str, now: datetime) -> Assignment:
    due_on = date.today() + timedelta(days=9)
    wish = cohort.AssignmentWish(AssignmentKind.LESSON, lesson_id, due_on)
    cora = as_viewer(store, cast.cora)
    return cohort.assign(store, cora, cohort_id=cast.eastside.id, wish=wish, now=now)


def _leave(store: Store, keeper: Person, person: Person, now: datetime) -> str:
    days = (now.date() + timedelta(days=40), now.date() + timedelta(days=45))
    viewer = as_viewer(store, keeper)
    return cohort.keep_leave(store, viewer, person_id=person.id, days=days, now=now).id


def _regrade(store: Store, cast: Cast, item: Item, now: datetime) -> str:
    """An entry of the ledger that concerns no exam: signing one takes an exam that was sat."""
    regrade = Regrade(
        id=store.new_id(now),
        item_id=item.id,
        item_version=item.version,
        policy=RegradePolicy.CREDIT,
        accepted=(),
        never_lower=True,
        reason="Two answers are defensible.",
        signed_by=cast.ben.id,
        signed_at=now,
    )
    with store.writing():
        store.attempts.freeze([item], now=now)
        store.regrades.add(regrade)
    return regrade.id


def _open_invitation(store: Store, cast: Cast, now: datetime) -> str:
    email = "withdrawn@harbor.example"
    _invitation(store, cast, now, email=email)
    found = open_invitations(store, now=now)
    store.end_reading()  # an open look would keep every writer waiting
    return next(one.id for one in found if one.email == email)


def _invitation(
    store: Store, cast: Cast, now: datetime, *, email: str = "newcomer@harbor.example"
) -> str:
    return account.invite(
        store,
        as_viewer(store, cast.eli),
        email=email,
        full_name="New Comer",
        grant=RoleGrant(Role.TRAINER),
        now=now,
    )


def _asks_to_go(store: Store, cast: Cast, now: datetime) -> str:
    ask_to_be_erased(store, as_viewer(store, cast.jonas), now=now)
    return cast.jonas.id
