"""An organisation with one row of each kind, for tests that go through every shelf."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from app.domain.assignment import Assignment
from app.domain.attempt import Attempt, AttemptKind
from app.domain.audit_packet import AuditPacket, PacketState
from app.domain.case_review import CaseReview, ReviewAct
from app.domain.competency_requirement import Requirement
from app.domain.credential import Credential
from app.domain.due_day import Extension, ExtensionReason, Leave
from app.domain.exam_clock import Allowance
from app.domain.exam_score import ExamScore
from app.domain.item_report import ItemReport
from app.domain.person import Person, Role, RoleGrant
from app.domain.person_data import ErasureRequest
from app.domain.practice_preset import Preset, read_wish
from app.domain.record_look import Look as RecordLook
from app.domain.regrade import NO_EXAM, Regrade
from app.domain.slot_marks import SlotMarks
from app.domain.supervision_ratio import PhaseStart
from app.storage.audit import AuditEntry
from app.storage.case_drafts import StoredDraft, StoredEdit
from app.storage.case_reviews import CaseComment
from app.storage.cohorts import Cohort
from app.storage.news import News
from app.storage.reading import SectionRead
from app.storage.runs import StoredRun
from app.storage.sittings import KeptReport
from app.storage.store import Store
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
    packets: dict[str, AuditPacket]


def a_look_at(person: Person) -> RecordLook:
    return RecordLook(person.id, person.id, "overview", A_MOMENT.date(), person.full_name)


def _sit_exam(store: Store, ana: Person) -> Attempt:
    exam = add_attempt(store, ana, kind=AttemptKind.MOCK, request_key="exam")
    store.attempts.add_response(store.new_id(A_MOMENT), exam, a_response())
    store.attempts.finish(exam.id, right_count=0, now=A_MOMENT)
    store.answer_tallies.count_in(exam.id)
    store.sittings.expose([exam.slots[0].item_id])
    outcome = ExamScore(0, 1, 200, is_pass=False, parts=())
    kept = KeptReport(exam.id, ana.id, 1, "submitted", outcome, A_MOMENT)
    store.sittings.add_reports([(store.new_id(A_MOMENT), kept)])
    return exam


def _join(store: Store, ana: Person) -> None:
    entry = AuditEntry(A_MOMENT, "joined", actor_id=ana.id, subject_id=ana.id)
    store.audit.add(store.new_id(A_MOMENT), entry)


def _ask_in_competencies(store: Store, ana: Person, team: Cohort) -> None:
    asked_of_team = (Requirement("TAP21", "PD4", 3),)
    store.requirements.add(
        store.new_id(A_MOMENT), team.id, "TAP21", asked_of_team, by=ana.id, now=A_MOMENT
    )
    store.own_frameworks.add(
        store.new_id(A_MOMENT), "MINE", "1", {"CFItems": []}, by=ana.id, now=A_MOMENT
    )


def make_home(store: Store) -> Home:
    with store.writing():
        ana, team = add_person(store), add_cohort(store)
        role = grant(store, ana, Role.CANDIDATE, team)
        asked = _ask_and_remind(store, ana, team)
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
        exam = _sit_exam(store, ana)
        store.news.add_many([News("news-1", ana.id, "regrade", {}, A_MOMENT)])
        _join(store, ana)
        preset = Preset(store.new_id(A_MOMENT), "Short", read_wish({"length": 5}), A_MOMENT)
        store.practice.add_preset(ana.id, preset)
        store.runs.keep_commitment(run, "Ask first.", now=A_MOMENT)
        draft = _add_draft(store, ana)
        review = CaseReview(ReviewAct.ASKED, ana.id, A_MOMENT, "", "mark")
        store.case_reviews.add(draft.id, review, id="review-1")
        comment = CaseComment("comment-1", "brief", "Who speaks?", ana.id, A_MOMENT)
        store.case_reviews.add_comment(draft.id, comment)
        store.practice.bookmark(ana.id, "consent-01", now=A_MOMENT)
        _ask_in_competencies(store, ana, team)
        licence = _add_hours(store, ana)
        store.record_looks.add(a_look_at(ana))
        store.erasures.add(ErasureRequest("wish-1", ana.id, A_MOMENT, A_MOMENT.date()))
        chain = add_chain(store, ana.id, now=A_MOMENT)
        packets = _add_packets(store, ana, team)
    things = (store, ana, team, role, asked, quiz, check, run, report, preset, exam, regrade)
    return Home(*things, draft, licence, chain, packets)


def _add_packets(store: Store, ana: Person, team: Cohort) -> dict[str, AuditPacket]:
    waiting = AuditPacket("packet-waiting", team.id, None, ana.id, A_MOMENT)
    making = replace(
        waiting, id="packet-making", person_id=ana.id, state=PacketState.MAKING, tries=1
    )
    for one in (waiting, making):
        store.audit_packets.add(one)
    store.audit_packets.add_part(making.id, 0, b"half")
    return {"waiting": waiting, "making": making}


def _add_hours(store: Store, ana: Person) -> Credential:
    licence = a_credential(person_id=ana.id)
    store.credentials.add(licence, by=ana.id, now=A_MOMENT)
    store.education.add(a_course(person_id=ana.id), now=A_MOMENT)
    for entry_id in ("hours-1", "hours-2"):
        hours = practice_of(60, id=entry_id, person_id=ana.id, supervisor_id=ana.id)
        unsigned = replace(hours, staff=None, supervisor=None)
        store.hours.add(unsigned, by=ana.id, now=A_MOMENT)
    waiting = practice_of(60, id="hours-3", person_id=ana.id, supervisor_id=ana.id)
    store.hours.add(replace(waiting, supervisor=None), by=ana.id, now=A_MOMENT)
    phase = PhaseStart("practicum", A_MOMENT.date())
    store.hours.start_phase(store.new_id(A_MOMENT), ana.id, phase, by=ana.id, now=A_MOMENT)
    return licence


def _add_draft(store: Store, ana: Person) -> StoredDraft:
    draft = a_draft(store.new_id(A_MOMENT), by=ana.id)
    store.case_drafts.add(draft)
    edit = StoredEdit("edit-1", 1, {"what": "Changed it"}, ana.id, A_MOMENT)
    store.case_drafts.add_edit(draft.id, edit)
    return draft


def _ask_and_remind(store: Store, ana: Person, team: Cohort) -> Assignment:
    asked = an_assignment(cohort_id=team.id, assigned_by=ana.id)
    store.cohorts.assign(asked)
    more = Extension(
        asked.id, ana.id, A_MOMENT.date(), ExtensionReason.OTHER, "", ana.id, A_MOMENT.date()
    )
    store.due_days.extend(store.new_id(A_MOMENT), more, now=A_MOMENT)
    away = Leave("leave-1", ana.id, A_MOMENT.date(), A_MOMENT.date())
    store.due_days.keep_leave(away, by=ana.id, now=A_MOMENT)
    store.due_days.nudge(asked.id, ana.id, day=A_MOMENT.date(), by=ana.id, now=A_MOMENT)
    store.digests.claim(ana.id, A_MOMENT.date(), held_until=A_MOMENT)
    store.digests.mark_sent(ana.id, A_MOMENT.date(), now=A_MOMENT)
    day_after = A_MOMENT.date() + timedelta(days=1)
    store.digests.claim(ana.id, day_after, held_until=A_MOMENT)
    store.digests.choose(ana.id, is_off=True, now=A_MOMENT)
    return asked
