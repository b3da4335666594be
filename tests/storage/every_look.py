"""Every look and every change of the shelves, at home: for tests of scoping and of plans."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from app.domain.attempt import AttemptKind
from app.domain.audit_packet import KEPT_FOR, PacketState
from app.domain.development_goal import GoalState
from app.domain.exam_clock import Allowance
from app.domain.hours import Signature
from app.domain.item_report import ReportState
from app.domain.person_data import ErasureRequest
from app.domain.practice_preset import read_wish
from app.storage.answer_tallies import AnswerTallyShelf
from app.storage.attempts import AttemptShelf
from app.storage.audit import AuditShelf
from app.storage.audit_packets import AuditPacketShelf
from app.storage.case_drafts import CaseDraftShelf
from app.storage.case_reviews import CaseReviewShelf
from app.storage.cohorts import CohortShelf
from app.storage.concerned import ConcernedShelf
from app.storage.credentials import CredentialShelf
from app.storage.development_goals import GoalShelf, Settling
from app.storage.digests import DigestShelf
from app.storage.due_days import DueDayShelf
from app.storage.education import EducationShelf
from app.storage.erasures import ErasureShelf
from app.storage.hours import HourShelf
from app.storage.item_reports import ItemReportShelf
from app.storage.news import NewsShelf
from app.storage.observation_requests import ObservationRequestShelf
from app.storage.observations import ObservationShelf
from app.storage.own_frameworks import OwnFrameworkShelf
from app.storage.people import PeopleShelf
from app.storage.person_data import PersonDataShelf
from app.storage.practice import PracticeShelf
from app.storage.private_notes import PrivateNoteShelf
from app.storage.ratings import RatingShelf
from app.storage.reading import ReadingShelf
from app.storage.record_looks import RecordLookShelf
from app.storage.regrades import RegradeShelf
from app.storage.requirements import RequirementShelf
from app.storage.runs import RunShelf
from app.storage.sent_forms import SentFormShelf
from app.storage.sign_offs import SignOffShelf
from app.storage.sittings import SittingShelf
from app.storage.supervision_contracts import ContractShelf
from tests.learning_builders import A_MOMENT, a_slot
from tests.storage.a_home import Home, a_look_at

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
    DueDayShelf: {
        "memberships": lambda shelf, home: shelf.memberships({home.team.id}),
        "extensions": lambda shelf, home: shelf.extensions([home.asked.id]),
        "leaves": lambda shelf, home: shelf.leaves([home.ana.id]),
        "nudges": lambda shelf, home: shelf.nudges([home.ana.id], since=A_MOMENT.date()),
    },
    DigestShelf: {
        "last_sent": lambda shelf, _: shelf.last_sent(),
        "find": lambda shelf, home: shelf.find(home.ana.id, A_MOMENT.date() + timedelta(days=1)),
        "turned_off": lambda shelf, _: shelf.turned_off(),
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
        "allowance_at": lambda shelf, home: (
            shelf.allowance_at(home.ana.id, A_MOMENT) != Allowance()
        ),
        "reports": lambda shelf, home: shelf.reports(home.quiz.id),
        "current_reports": lambda shelf, home: shelf.current_reports([home.quiz.id]),
        "shown": lambda shelf, _: shelf.shown(),
    },
    AnswerTallyShelf: {
        "of": lambda shelf, home: shelf.of(
            [(home.exam.slots[0].item_id, home.exam.slots[0].item_version)]
        ),
        "of_others": lambda shelf, home: shelf.of_others(
            [(home.exam.slots[0].item_id, home.exam.slots[0].item_version)], person_id="somebody"
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
        "commitments": lambda shelf, home: shelf.commitments(home.ana.id),
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
        "waiting_of": lambda shelf, home: shelf.waiting_of([home.ana.id]),
        "phase_starts": lambda shelf, home: shelf.phase_starts([home.ana.id]),
    },
    ContractShelf: {
        "of_person": lambda shelf, home: [
            (one.contract, one.accepted) for one in shelf.of_person(home.ana.id)
        ],
        "of_people": lambda shelf, home: [
            (one.contract, one.accepted) for one in shelf.of_people([home.ana.id])
        ],
    },
    GoalShelf: {
        "of_person": lambda shelf, home: shelf.of_person(home.ana.id),
        "of_people": lambda shelf, home: shelf.of_people([home.ana.id]),
    },
    ObservationShelf: {
        "find": lambda shelf, home: shelf.find(home.chain.draft.id),
        "finished_of": lambda shelf, home: shelf.finished_of([home.ana.id]),
        "drafts_of": lambda shelf, home: shelf.drafts_of(home.ana.id, home.ana.id),
        "drafts_about": lambda shelf, home: shelf.drafts_about(home.ana.id, [home.ana.id]),
        "replies": lambda shelf, home: shelf.replies([home.chain.finished.id]),
    },
    ObservationRequestShelf: {
        "of_people": lambda shelf, home: shelf.of_people([home.ana.id]),
        "waiting_of": lambda shelf, home: shelf.waiting_of([home.ana.id]),
    },
    RatingShelf: {
        "of_people": lambda shelf, home: shelf.of_people([home.ana.id]),
        "notes_of": lambda shelf, home: shelf.notes_of(home.ana.id),
        "notes_of_people": lambda shelf, home: shelf.notes_of_people([home.ana.id]),
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
    AuditPacketShelf: {
        "find": lambda shelf, _: shelf.find("packet-waiting"),
        "of_team": lambda shelf, home: shelf.of_team(home.team.id),
        "of_person": lambda shelf, home: shelf.of_person(home.ana.id),
        "unfinished": lambda shelf, _: shelf.unfinished(),
        "content": lambda shelf, _: shelf.content("packet-making"),
        "any_expired": lambda shelf, _: shelf.any_expired(A_MOMENT + KEPT_FOR),
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
        "set_credential": lambda shelf, home: shelf.set_credential(home.ana.id, "CADC"),
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
    DueDayShelf: {
        "remove_leave": lambda shelf, home: shelf.remove_leave(
            "leave-1", person_id=home.ana.id, by=home.ana.id, now=A_MOMENT
        ),
    },
    DigestShelf: {
        "claim_again": lambda shelf, home: shelf.claim_again(
            home.ana.id, A_MOMENT.date() + timedelta(days=1), held_until=A_MOMENT
        ),
        "mark_sent": lambda shelf, home: shelf.mark_sent(
            home.ana.id, A_MOMENT.date() + timedelta(days=1), now=A_MOMENT
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
    AuditPacketShelf: {
        "go_on": lambda shelf, home: shelf.go_on(
            home.packets["making"], done=1, total=3, now=A_MOMENT
        ),
        "take": lambda shelf, home: shelf.take(home.packets["waiting"], now=A_MOMENT),
        "give_up": lambda shelf, home: shelf.give_up(
            replace(home.packets["waiting"], state=PacketState.MAKING, tries=1)
        ),
        "finish": lambda shelf, home: shelf.finish(
            home.packets["making"], sums=("a", "b"), size=2, now=A_MOMENT
        ),
        "remove_of_teams": lambda shelf, home: shelf.remove_of_teams([home.team.id]),
        "remove_expired": lambda shelf, _: shelf.remove_expired(A_MOMENT + KEPT_FOR),
    },
    RecordLookShelf: {},
    AuditShelf: {},
    # Last: little is left after it.
    PersonDataShelf: {"erase": lambda shelf, home: shelf.erase(home.ana.id)},
}
SHELVES: dict[type, str] = {
    PeopleShelf: "people",
    CohortShelf: "cohorts",
    DigestShelf: "digests",
    DueDayShelf: "due_days",
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
    AuditPacketShelf: "audit_packets",
    RecordLookShelf: "record_looks",
    AuditShelf: "audit",
}
