"""Every look and every change of the shelves, at home: for tests of scoping and of plans."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from app.domain.assignment import Assignment
from app.domain.attempt import Attempt, AttemptKind
from app.domain.case_review import CaseReview, ReviewAct
from app.domain.competency_requirement import Requirement
from app.domain.credential import Credential
from app.domain.development_goal import GoalState
from app.domain.exam_clock import Allowance
from app.domain.exam_score import ExamScore
from app.domain.hours import Signature
from app.domain.item_report import ItemReport, ReportState
from app.domain.person import Person, Role, RoleGrant
from app.domain.person_data import ErasureRequest
from app.domain.practice_preset import Preset, read_wish
from app.domain.record_look import Look as RecordLook
from app.domain.regrade import NO_EXAM, Regrade
from app.domain.slot_marks import SlotMarks
from app.domain.supervision_ratio import PhaseStart
from app.storage.answer_tallies import AnswerTallyShelf
from app.storage.attempts import AttemptShelf
from app.storage.audit import AuditEntry, AuditShelf
from app.storage.case_drafts import CaseDraftShelf, StoredDraft, StoredEdit
from app.storage.case_reviews import CaseComment, CaseReviewShelf
from app.storage.cohorts import Cohort, CohortShelf
from app.storage.concerned import ConcernedShelf
from app.storage.credentials import CredentialShelf
from app.storage.development_goals import GoalShelf, Settling
from app.storage.education import EducationShelf
from app.storage.erasures import ErasureShelf
from app.storage.hours import HourShelf
from app.storage.item_reports import ItemReportShelf
from app.storage.news import News, NewsShelf
from app.storage.observation_requests import ObservationRequestShelf
from app.storage.observations import ObservationShelf
from app.storage.own_frameworks import OwnFrameworkShelf
from app.storage.people import PeopleShelf
from app.storage.person_data import PersonDataShelf
from app.storage.practice import PracticeShelf
from app.storage.private_notes import PrivateNoteShelf
from app.storage.ratings import RatingShelf
from app.storage.reading import ReadingShelf, SectionRead
from app.storage.record_looks import RecordLookShelf
from app.storage.regrades import RegradeShelf
from app.storage.requirements import RequirementShelf
from app.storage.runs import RunShelf, StoredRun
from app.storage.sent_forms import SentFormShelf
from app.storage.sign_offs import SignOffShelf
from app.storage.sittings import KeptReport, SittingShelf
from app.storage.store import Store
from app.storage.supervision_contracts import ContractShelf
from tests.domain.regrades import a_regrade
from tests.learning_builders import A_MOMENT, a_response, a_slot, an_assignment
from tests.report_builders import a_report
from tests.storage.rows import a_draft, a_step, add_attempt, add_cohort, add_person, add_run, grant
from tests.supervision_builders import a_course, a_credential, practice_of
from tests.supervision_chain import Chain, add_chain


@dataclass(frozen=True, slots=True)
class Home:
    """An organisation with one row of each kind, all of one person."""

    store: Store
    ana: Person
    team: Cohort
    role: RoleGrant
    asked: Assignment
    quiz: Attempt
    check: Attempt
    run: StoredRun
    report: ItemReport
    preset: Preset
    exam: Attempt
    regrade: Regrade
    draft: StoredDraft
    licence: Credential
    chain: Chain


def a_look_at(person: Person) -> RecordLook:
    return RecordLook(person.id, person.id, "overview", A_MOMENT.date(), person.full_name)


def make_home(store: Store) -> Home:
    with store.writing():
        ana, team = add_person(store), add_cohort(store)
        role = grant(store, ana, Role.CANDIDATE, team)
        asked = an_assignment(cohort_id=team.id, assigned_by=ana.id)
        store.cohorts.assign(asked, now=A_MOMENT)
        quiz = add_attempt(store, ana)
        store.attempts.add_response(store.new_id(A_MOMENT), quiz, a_response())
        check = add_attempt(
            store, ana, kind=AttemptKind.CHECK, title="family/one", request_key="check"
        )
        report = a_report(person_id=ana.id, attempt_id=quiz.id)
        store.item_reports.add(report)
        run = add_run(store, ana)
        mock = add_attempt(
            store, ana, kind=AttemptKind.MOCK, limit=timedelta(hours=1), request_key="mock"
        )
        store.sittings.note(quiz.id, SlotMarks(1, is_flagged=True), now=A_MOMENT)
        store.sittings.begin_break(store.new_id(A_MOMENT), quiz.id, now=A_MOMENT)
        store.sittings.set_allowance(
            store.new_id(A_MOMENT), ana.id, Allowance(50, 10), by=ana.id, now=A_MOMENT
        )
        store.sittings.expose([a_slot().item_id])
        score = ExamScore(3, 4, 600, is_pass=True, parts=())
        kept = KeptReport(quiz.id, ana.id, 1, "submitted", score, A_MOMENT)
        store.sittings.add_reports([(store.new_id(A_MOMENT), kept)])
        regrade = a_regrade(mock.slot(1), signed_by=ana.id)
        store.regrades.add(regrade)
        store.regrades.add(
            replace(regrade, id="regrade-2", item_id="another", applied_to=NO_EXAM)  # interrupted
        )
        store.runs.add_step(store.new_id(A_MOMENT), run.id, a_step())
        read = SectionRead(ana.id, "family/one", "opening", "v1", A_MOMENT)
        store.reading.mark(store.new_id(A_MOMENT), read)
        exam = add_attempt(store, ana, kind=AttemptKind.MOCK, request_key="exam")
        store.attempts.add_response(store.new_id(A_MOMENT), exam, a_response())
        store.attempts.finish(exam.id, right_count=0, now=A_MOMENT)
        store.answer_tallies.count_in(exam.id)
        store.sittings.expose([exam.slots[0].item_id])
        outcome = ExamScore(0, 1, 200, is_pass=False, parts=())
        kept = KeptReport(exam.id, ana.id, 1, "submitted", outcome, A_MOMENT)
        store.sittings.add_reports([(store.new_id(A_MOMENT), kept)])
        store.news.add_many([News("news-1", ana.id, "regrade", {}, A_MOMENT)])
        entry = AuditEntry(A_MOMENT, "joined", actor_id=ana.id, subject_id=ana.id)
        store.audit.add(store.new_id(A_MOMENT), entry)
        preset = Preset(store.new_id(A_MOMENT), "Short", read_wish({"length": 5}), A_MOMENT)
        store.practice.add_preset(ana.id, preset)
        store.runs.keep_commitment(run, "Ask first.", now=A_MOMENT)
        draft = a_draft(store.new_id(A_MOMENT), by=ana.id)
        store.case_drafts.add(draft)
        edit = StoredEdit("edit-1", 1, {"what": "Changed it"}, ana.id, A_MOMENT)
        store.case_drafts.add_edit(draft.id, edit)
        review = CaseReview(ReviewAct.ASKED, ana.id, A_MOMENT, "", "mark")
        store.case_reviews.add(draft.id, review, id="review-1")
        comment = CaseComment("comment-1", "brief", "Who speaks?", ana.id, A_MOMENT)
        store.case_reviews.add_comment(draft.id, comment)
        store.practice.bookmark(ana.id, "consent-01", now=A_MOMENT)
        asked_of_team = (Requirement("TAP21", "PD4", 3),)
        store.requirements.add(
            store.new_id(A_MOMENT), team.id, "TAP21", asked_of_team, by=ana.id, now=A_MOMENT
        )
        store.own_frameworks.add(
            store.new_id(A_MOMENT), "MINE", "1", {"CFItems": []}, by=ana.id, now=A_MOMENT
        )
        licence = a_credential(person_id=ana.id)
        store.credentials.add(licence, by=ana.id, now=A_MOMENT)
        store.record_looks.add(a_look_at(ana))
        wish = ErasureRequest("wish-1", ana.id, A_MOMENT, A_MOMENT.date())
        store.erasures.add(wish)
        store.education.add(a_course(person_id=ana.id), now=A_MOMENT)
        for entry_id in ("hours-1", "hours-2"):
            hours = practice_of(60, id=entry_id, person_id=ana.id, supervisor_id=ana.id)
            unsigned = replace(hours, staff=None, supervisor=None)
            store.hours.add(unsigned, by=ana.id, now=A_MOMENT)
        phase = PhaseStart("practicum", A_MOMENT.date())
        store.hours.start_phase(store.new_id(A_MOMENT), ana.id, phase, by=ana.id, now=A_MOMENT)
        chain = add_chain(store, ana.id, now=A_MOMENT)
    return Home(
        store,
        ana,
        team,
        role,
        asked,
        quiz,
        check,
        run,
        report,
        preset,
        exam,
        regrade,
        draft,
        licence,
        chain,
    )


Look = Callable[[Any, Home], object]

LOOKS: dict[type, dict[str, Look]] = {
    PeopleShelf: {
        "find": lambda shelf, home: shelf.find(home.ana.id),
        "find_by_email": lambda shelf, home: shelf.find_by_email(home.ana.email),
        "everyone": lambda shelf, _: shelf.everyone(),
        "grants_of": lambda shelf, home: shelf.grants_of(home.ana.id),
    },
    CohortShelf: {
        "find": lambda shelf, home: shelf.find(home.team.id),
        "all": lambda shelf, _: shelf.all(),
        "members": lambda shelf, home: shelf.members(home.team.id),
        "assignments": lambda shelf, home: shelf.assignments(frozenset({home.team.id})),
    },
    ReadingShelf: {
        "sections_read": lambda shelf, home: shelf.sections_read(home.ana.id, "family/one"),
        "all_of": lambda shelf, home: shelf.all_of([home.ana.id]),
    },
    AttemptShelf: {
        "find": lambda shelf, home: shelf.find(home.quiz.id),
        "find_by_request": lambda shelf, home: shelf.find_by_request(home.ana.id, "start"),
        "newest_check": lambda shelf, home: shelf.newest_check(home.ana.id, "family/one"),
        "running": lambda shelf, home: shelf.running(home.ana.id),
        "past_their_limit": lambda shelf, _: shelf.past_their_limit(
            A_MOMENT + timedelta(days=3), kind=AttemptKind.MOCK
        ),
        "recent_mocks": lambda shelf, home: shelf.recent_mocks(home.ana.id, limit=3),
        "all_responses": lambda shelf, home: shelf.all_responses(home.quiz.id),
        "responses_to": lambda shelf, home: shelf.responses_to(home.quiz.id, 1),
        "current_responses": lambda shelf, home: shelf.current_responses(home.quiz.id),
        "last_right": lambda shelf, home: shelf.last_right(home.ana.id),
    },
    SittingShelf: {
        "marks": lambda shelf, home: shelf.marks(home.quiz.id),
        "breaks": lambda shelf, home: shelf.breaks(home.quiz.id),
        "allowances": lambda shelf, home: shelf.allowances(home.ana.id),
        "allowance": lambda shelf, home: shelf.allowance(home.ana.id) != Allowance(),
        "reports": lambda shelf, home: shelf.reports(home.quiz.id),
        "current_reports": lambda shelf, home: shelf.current_reports([home.quiz.id]),
        "shown": lambda shelf, _: shelf.shown(),
    },
    AnswerTallyShelf: {
        "of": lambda shelf, home: shelf.of(
            [(home.exam.slots[0].item_id, home.exam.slots[0].item_version)]
        ),
    },
    RegradeShelf: {
        "find": lambda shelf, _: shelf.find("regrade-1"),
        "all": lambda shelf, _: shelf.all(),
        "standing": lambda shelf, _: shelf.standing({a_slot().item_id}),
        "unsettled": lambda shelf, _: shelf.unsettled(),
        "counting_for": lambda shelf, home: shelf.counting_for(home.exam.id, {a_slot().item_id}),
    },
    ItemReportShelf: {
        "find": lambda shelf, home: shelf.find(home.report.id),
        "find_at": lambda shelf, home: shelf.find_at(home.quiz.id, 1),
        "of_person": lambda shelf, home: shelf.of_person(home.ana.id, limit=9),
        "of_item": lambda shelf, home: shelf.of_item(home.report.item_id, limit=9),
        "queue": lambda shelf, _: (
            shelf.queue(ReportState.OPEN, limit=9) or shelf.queue(ReportState.LOOKING, limit=9)
        ),
        "counts": lambda shelf, _: shelf.counts(),
    },
    PracticeShelf: {
        "record": lambda shelf, home: shelf.record(home.ana.id).last,
        "last_times": lambda shelf, home: shelf.last_times(home.ana.id),
        "bookmarks": lambda shelf, home: shelf.bookmarks(home.ana.id),
        "presets": lambda shelf, home: shelf.presets(home.ana.id),
    },
    RunShelf: {
        "find": lambda shelf, home: shelf.find(home.run.id),
        "find_by_request": lambda shelf, home: shelf.find_by_request(home.ana.id, "start"),
        "of_person": lambda shelf, home: shelf.of_person(home.ana.id),
        "steps": lambda shelf, home: shelf.steps(home.run.id),
        "steps_of": lambda shelf, home: shelf.steps_of([home.run.id]),
        "open_of_case": lambda shelf, home: shelf.open_of_case(home.run.scenario_id),
        "commitment": lambda shelf, home: shelf.commitment(home.run.id),
    },
    CaseDraftShelf: {
        "find": lambda shelf, home: shelf.find(home.draft.id),
        "open_of": lambda shelf, home: shelf.open_of(home.draft.case_id),
        "all_open": lambda shelf, _: shelf.all_open(),
        "edits": lambda shelf, home: shelf.edits(home.draft.id),
    },
    CaseReviewShelf: {
        "of_draft": lambda shelf, home: shelf.of_draft(home.draft.id),
        "of_open_drafts": lambda shelf, _: shelf.of_open_drafts(),
        "comments": lambda shelf, home: shelf.comments(home.draft.id),
    },
    ConcernedShelf: {
        "wordings": lambda shelf, home: shelf.wordings(home.quiz.slots[0].item_id),
        "was_answered": lambda shelf, home: shelf.was_answered(
            home.exam.slots[0].item_id, home.exam.slots[0].item_version
        ),
        "count": lambda shelf, _: shelf.count(),
        "stretch": lambda shelf, home: (
            shelf.stretch(
                home.exam.slots[0].item_id, home.exam.slots[0].item_version, after=""
            ).exams
        ),
    },
    CredentialShelf: {
        "of_person": lambda shelf, home: shelf.of_person(home.ana.id),
        "of_people": lambda shelf, home: shelf.of_people([home.ana.id]),
    },
    EducationShelf: {"of_people": lambda shelf, home: shelf.of_people([home.ana.id])},
    HourShelf: {
        "find": lambda shelf, _: shelf.find("hours-1"),
        "of_people": lambda shelf, home: shelf.of_people([home.ana.id]),
        "phase_starts": lambda shelf, home: shelf.phase_starts([home.ana.id]),
    },
    ContractShelf: {
        "of_person": lambda shelf, home: [
            (one.contract, one.accepted) for one in shelf.of_person(home.ana.id)
        ],
    },
    GoalShelf: {"of_person": lambda shelf, home: shelf.of_person(home.ana.id)},
    ObservationShelf: {
        "find": lambda shelf, home: shelf.find(home.chain.draft.id),
        "finished_of": lambda shelf, home: shelf.finished_of([home.ana.id]),
        "drafts_of": lambda shelf, home: shelf.drafts_of(home.ana.id, home.ana.id),
        "replies": lambda shelf, home: shelf.replies([home.chain.finished.id]),
    },
    ObservationRequestShelf: {"of_people": lambda shelf, home: shelf.of_people([home.ana.id])},
    RatingShelf: {
        "of_people": lambda shelf, home: shelf.of_people([home.ana.id]),
        "notes_of": lambda shelf, home: shelf.notes_of(home.ana.id),
    },
    SignOffShelf: {
        "find": lambda shelf, home: shelf.find(home.chain.signed.id),
        "of_people": lambda shelf, home: shelf.of_people([home.ana.id]),
        "entries": lambda shelf, home: shelf.entries([home.chain.signed.id]),
    },
    PrivateNoteShelf: {"own": lambda shelf, home: shelf.own(home.ana.id, about=home.ana.id)},
    SentFormShelf: {},
    NewsShelf: {"unseen": lambda shelf, home: shelf.unseen(home.ana.id)},
    RequirementShelf: {"of_team": lambda shelf, home: shelf.of_team(home.team.id, "TAP21")},
    OwnFrameworkShelf: {
        "newest": lambda shelf, _: shelf.newest(),
        "has": lambda shelf, _: shelf.has("MINE", "1"),
    },
    ErasureShelf: {
        "open_of": lambda shelf, home: shelf.open_of(home.ana.id),
        "all_open": lambda shelf, _: shelf.all_open(),
    },
    PersonDataShelf: {
        "copy_of": lambda shelf, home: [
            (name, rows) for name, rows in shelf.copy_of(home.ana.id).items() if rows
        ],
    },
    RecordLookShelf: {
        "has": lambda shelf, home: shelf.has(a_look_at(home.ana)),
        "of_person": lambda shelf, home: shelf.of_person(home.ana.id, since=A_MOMENT.date()),
    },
    AuditShelf: {
        "newest": lambda shelf, _: shelf.newest(),
        "about": lambda shelf, home: shelf.about(home.ana.id),
    },
}
CHANGES: dict[type, dict[str, Look]] = {
    PeopleShelf: {
        "revoke": lambda shelf, home: shelf.revoke(home.ana.id, home.role),
        "set_active": lambda shelf, home: shelf.set_active(home.ana.id, active=False),
        "set_password_hash": lambda shelf, home: shelf.set_password_hash(home.ana.id, "mine"),
        "set_plan": lambda shelf, home: shelf.set_plan(
            home.ana.id, exam_on=A_MOMENT.date(), minutes_a_day=40
        ),
    },
    CohortShelf: {
        "withdraw": lambda shelf, home: shelf.withdraw(
            home.asked.id, cohort_id=home.team.id, now=A_MOMENT
        ),
    },
    ReadingShelf: {
        "unmark": lambda shelf, home: shelf.unmark(home.ana.id, "family/one", "opening"),
    },
    AttemptShelf: {
        "finish": lambda shelf, home: shelf.finish(home.quiz.id, right_count=0, now=A_MOMENT),
    },
    SittingShelf: {
        "end_breaks": lambda shelf, home: shelf.end_breaks(home.quiz.id, now=A_MOMENT),
    },
    AnswerTallyShelf: {
        "count_in": lambda shelf, home: shelf.count_in(home.exam.id),  # now it counts double
        "rebuild": lambda shelf, _: shelf.rebuild(),
    },
    RegradeShelf: {
        "reach": lambda shelf, home: shelf.reach(
            replace(home.regrade, applied_to=home.exam.id), moved=1
        ),
        "undo": lambda shelf, home: shelf.undo("regrade-1", by=home.ana.id, now=A_MOMENT),
    },
    ItemReportShelf: {
        "settle": lambda shelf, home: shelf.settle(replace(home.report, state=ReportState.LOOKING)),
    },
    PracticeShelf: {
        "change_preset": lambda shelf, home: shelf.change_preset(
            home.ana.id, replace(home.preset, wish=read_wish({"length": 30}))
        ),
        "remove_preset": lambda shelf, home: shelf.remove_preset(home.ana.id, home.preset.id),
        "remove_bookmark": lambda shelf, home: shelf.remove_bookmark(home.ana.id, "consent-01"),
    },
    RunShelf: {
        "move_to": lambda shelf, home: shelf.move_to(home.run.id, "another"),
        "end": lambda shelf, home: shelf.end(home.run.id, ending="good", now=A_MOMENT),
    },
    CaseDraftShelf: {
        "change": lambda shelf, home: shelf.change(home.draft, {}, by=home.ana.id, now=A_MOMENT),
        "close": lambda shelf, home: shelf.close(home.draft.id, outcome="discarded", now=A_MOMENT),
        "mark_edit": lambda shelf, _: shelf.mark_edit("edit-1", is_undone=True),
        "rebase": lambda shelf, home: shelf.rebase(home.draft.id, "another"),
    },
    CaseReviewShelf: {
        "settle": lambda shelf, home: shelf.settle(home.draft.id, "comment-1", now=A_MOMENT),
    },
    ConcernedShelf: {},
    CredentialShelf: {
        "take_back": lambda shelf, home: shelf.take_back(
            home.licence.id, person_id=home.ana.id, now=A_MOMENT
        ),
    },
    EducationShelf: {
        "take_back": lambda shelf, home: shelf.take_back(
            "course-1", person_id=home.ana.id, now=A_MOMENT
        ),
    },
    HourShelf: {
        "sign_as_staff": lambda shelf, home: shelf.sign_as_staff(
            "hours-1", Signature(home.ana.id, "Ana Reyes", "", A_MOMENT)
        ),
        "sign_as_supervisor": lambda shelf, home: shelf.sign_as_supervisor(
            "hours-1", Signature(home.ana.id, "Ana Reyes", "", A_MOMENT)
        ),
        "take_back": lambda shelf, _: shelf.take_back("hours-2", now=A_MOMENT),
    },
    ContractShelf: {},
    GoalShelf: {
        "settle": lambda shelf, home: shelf.settle(
            home.chain.goal.id,
            Settling(GoalState.DEMONSTRATED, "Steady.", home.ana.id),
            now=A_MOMENT,
        ),
    },
    ObservationShelf: {
        "save_draft": lambda shelf, home: shelf.save_draft(replace(home.chain.draft, revision=7)),
        "finish": lambda shelf, home: shelf.finish(home.chain.draft, now=A_MOMENT),
        "discard": lambda shelf, home: shelf.discard(
            home.chain.other_draft.id, observer_id=home.ana.id
        ),
    },
    ObservationRequestShelf: {
        "answer": lambda shelf, home: shelf.answer(
            replace(
                home.chain.request,
                answer="planned",
                answered_by=home.ana.id,
                answered_at=A_MOMENT,
            )
        ),
    },
    RatingShelf: {},
    SignOffShelf: {},
    PrivateNoteShelf: {},
    SentFormShelf: {},
    NewsShelf: {
        "mark_seen": lambda shelf, home: shelf.mark_seen(home.ana.id, ["news-1"], now=A_MOMENT),
    },
    RequirementShelf: {},
    OwnFrameworkShelf: {},
    ErasureShelf: {
        "take_back": lambda shelf, home: (
            shelf.take_back(home.ana.id, by=home.ana.id, now=A_MOMENT)
            and shelf.add(ErasureRequest("wish-2", home.ana.id, A_MOMENT, A_MOMENT.date()))
        ),
        "done": lambda shelf, home: shelf.done(home.ana.id, by=home.ana.id, now=A_MOMENT),
    },
    RecordLookShelf: {},
    AuditShelf: {},
    # Last: little is left after it.
    PersonDataShelf: {"erase": lambda shelf, home: shelf.erase(home.ana.id)},
}
SHELVES: dict[type, str] = {
    PeopleShelf: "people",
    CohortShelf: "cohorts",
    ReadingShelf: "reading",
    AttemptShelf: "attempts",
    SittingShelf: "sittings",
    AnswerTallyShelf: "answer_tallies",
    RegradeShelf: "regrades",
    ItemReportShelf: "item_reports",
    PracticeShelf: "practice",
    RunShelf: "runs",
    CaseDraftShelf: "case_drafts",
    CaseReviewShelf: "case_reviews",
    ConcernedShelf: "concerned",
    CredentialShelf: "credentials",
    EducationShelf: "education",
    HourShelf: "hours",
    ContractShelf: "contracts",
    GoalShelf: "goals",
    ObservationShelf: "observations",
    ObservationRequestShelf: "observation_requests",
    RatingShelf: "ratings",
    SignOffShelf: "sign_offs",
    PrivateNoteShelf: "private_notes",
    SentFormShelf: "sent_forms",
    NewsShelf: "news",
    RequirementShelf: "requirements",
    OwnFrameworkShelf: "own_frameworks",
    ErasureShelf: "erasures",
    PersonDataShelf: "person_data",
    RecordLookShelf: "record_looks",
    AuditShelf: "audit",
}
