"""One unit of work: the shelves to read and save with, and the only place that commits."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from functools import cached_property

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.domain.ids import time_ordered_id
from app.domain.local_time import day_in
from app.storage.answer_tallies import AnswerTallyShelf
from app.storage.attempts import AttemptShelf
from app.storage.audit import AuditShelf
from app.storage.audit_packets import AuditPacketShelf
from app.storage.case_drafts import CaseDraftShelf
from app.storage.case_publications import CasePublicationShelf
from app.storage.case_reviews import CaseReviewShelf
from app.storage.cohorts import CohortShelf
from app.storage.concerned import ConcernedShelf
from app.storage.content_files import ContentFileShelf
from app.storage.credentials import CredentialShelf
from app.storage.development_goals import GoalShelf
from app.storage.digests import DigestShelf
from app.storage.due_days import DueDayShelf
from app.storage.education import EducationShelf
from app.storage.engine import WRITING, give_way, write_mode, writer_turn
from app.storage.erasures import ErasureShelf
from app.storage.feeds import FeedShelf
from app.storage.hours import HourShelf
from app.storage.invitations import InvitationShelf
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
from app.storage.sign_ins import SignInShelf
from app.storage.sign_offs import SignOffShelf
from app.storage.sittings import SittingShelf
from app.storage.supervision_contracts import ContractShelf


class Store:
    """What services read from and save to, for one organisation.

    None: `organisation_id` is None before anybody has signed in; shelves that hold people's
    data then find nothing. Shape: `zone` names the time zone whose days count here.
    """

    def __init__(
        self, session: Session, organisation_id: str | None = None, *, zone: str = "UTC"
    ) -> None:
        self.session = session
        self._organisation_id = organisation_id
        self.zone = zone

    @property
    def organisation_id(self) -> str:
        """The organisation every query is scoped by; an empty text matches none."""
        return self._organisation_id or ""

    def for_organisation(self, organisation_id: str) -> Store:
        """Gives a store on the same transaction that sees this organisation only."""
        return Store(self.session, organisation_id, zone=self.zone)

    def day_of(self, moment: datetime) -> date:
        """The day of a moment in the site's time zone, the only one that is compared or told."""
        return day_in(self.zone, moment)

    def new_id(self, now: datetime) -> str:
        """Makes an id that sorts by time."""
        return time_ordered_id(now, secrets.token_bytes(10))

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Runs a change as one transaction: all of it is kept, or nothing.

        What was read before is forgotten, so that a rule decides on fresh facts. On return
        the change is committed and synced; only then may anybody say "saved".
        Raises: StorageTrouble when the database cannot keep it.
        """
        if WRITING.get():  # a service inside a service joins its transaction
            yield
            return
        self.session.rollback()
        with write_mode(), writer_turn(self.session.get_bind()):
            try:
                self.session.connection()  # takes the write lock before anything is read
                yield
                self.session.commit()
            except BaseException:
                self.session.rollback()
                raise

    def end_reading(self) -> None:
        """Lets go of the database, so that a slow page keeps no writer waiting.

        Inside a change it does nothing: what has been changed so far must not be lost.
        """
        if not WRITING.get():
            self.session.rollback()

    def give_way(self) -> None:
        """Lets others write, between two changes of something that takes long."""
        if not WRITING.get():
            give_way(self.session)

    @cached_property
    def people(self) -> PeopleShelf:
        """People, roles and the organisation itself."""
        return PeopleShelf(self.session, self.organisation_id)

    @cached_property
    def sign_ins(self) -> SignInShelf:
        """Signed-in browsers and failed tries."""
        return SignInShelf(self.session)

    @cached_property
    def invitations(self) -> InvitationShelf:
        """Invitations by link, and the set-up token."""
        return InvitationShelf(self.session)

    @cached_property
    def cohorts(self) -> CohortShelf:
        """Teams, their members and their assignments."""
        return CohortShelf(self.session, self.organisation_id, self.zone)

    @cached_property
    def credentials(self) -> CredentialShelf:
        """Licences and certificates of people."""
        return CredentialShelf(self.session, self.organisation_id)

    @cached_property
    def education(self) -> EducationShelf:
        """Training that people did for renewals."""
        return EducationShelf(self.session, self.organisation_id)

    @cached_property
    def hours(self) -> HourShelf:
        """The ledger of hours, with phases of supervised work."""
        return HourShelf(self.session, self.organisation_id)

    @cached_property
    def due_days(self) -> DueDayShelf:
        """Extensions, leave, and reminders by hand."""
        return DueDayShelf(self.session, self.organisation_id, self.zone)

    @cached_property
    def digests(self) -> DigestShelf:
        """Digest mails that were sent, and who wants none."""
        return DigestShelf(self.session, self.organisation_id)

    @cached_property
    def feeds(self) -> FeedShelf:
        """Secret calendar addresses."""
        return FeedShelf(self.session)

    @cached_property
    def reading(self) -> ReadingShelf:
        """Sections that people have read."""
        return ReadingShelf(self.session, self.organisation_id)

    @cached_property
    def attempts(self) -> AttemptShelf:
        """Attempts, responses and frozen item versions."""
        return AttemptShelf(self.session, self.organisation_id)

    @cached_property
    def sittings(self) -> SittingShelf:
        """Marks, breaks, allowances, score reports and exposure of exams."""
        return SittingShelf(self.session, self.organisation_id)

    @cached_property
    def answer_tallies(self) -> AnswerTallyShelf:
        """How everybody answered, counted as exams end."""
        return AnswerTallyShelf(self.session, self.organisation_id)

    @cached_property
    def practice(self) -> PracticeShelf:
        """Saved choices, bookmarks, and how items went the last time."""
        return PracticeShelf(self.session, self.organisation_id)

    @cached_property
    def regrades(self) -> RegradeShelf:
        """Signed decisions about questions after people answered them."""
        return RegradeShelf(self.session, self.organisation_id)

    @cached_property
    def item_reports(self) -> ItemReportShelf:
        """What learners reported about questions."""
        return ItemReportShelf(self.session, self.organisation_id)

    @cached_property
    def concerned(self) -> ConcernedShelf:
        """Finished exams that asked one wording."""
        return ConcernedShelf(self.session, self.organisation_id)

    @cached_property
    def news(self) -> NewsShelf:
        """What people should hear of."""
        return NewsShelf(self.session, self.organisation_id)

    @cached_property
    def runs(self) -> RunShelf:
        """Runs, steps and frozen case revisions."""
        return RunShelf(self.session, self.organisation_id)

    @cached_property
    def case_drafts(self) -> CaseDraftShelf:
        """Cases being written."""
        return CaseDraftShelf(self.session, self.organisation_id)

    @cached_property
    def case_reviews(self) -> CaseReviewShelf:
        """What is said about cases being written."""
        return CaseReviewShelf(self.session, self.organisation_id)

    @cached_property
    def case_publications(self) -> CasePublicationShelf:
        """Wordings of cases that trainers published."""
        return CasePublicationShelf(self.session)

    @cached_property
    def requirements(self) -> RequirementShelf:
        """What is asked of teams in competencies."""
        return RequirementShelf(self.session, self.organisation_id)

    @cached_property
    def own_frameworks(self) -> OwnFrameworkShelf:
        """Frameworks the organisation brought with it."""
        return OwnFrameworkShelf(self.session, self.organisation_id)

    @cached_property
    def contracts(self) -> ContractShelf:
        """Contracts of supervision."""
        return ContractShelf(self.session, self.organisation_id)

    @cached_property
    def goals(self) -> GoalShelf:
        """Goals of development plans."""
        return GoalShelf(self.session, self.organisation_id, self.zone)

    @cached_property
    def observations(self) -> ObservationShelf:
        """Observations, drafts of them, and replies to them."""
        return ObservationShelf(self.session, self.organisation_id)

    @cached_property
    def observation_requests(self) -> ObservationRequestShelf:
        """Wishes to be observed."""
        return ObservationRequestShelf(self.session, self.organisation_id)

    @cached_property
    def ratings(self) -> RatingShelf:
        """Ratings, and notes about wide gaps between them."""
        return RatingShelf(self.session, self.organisation_id)

    @cached_property
    def sign_offs(self) -> SignOffShelf:
        """Sign-offs and what is said beside them."""
        return SignOffShelf(self.session, self.organisation_id)

    @cached_property
    def private_notes(self) -> PrivateNoteShelf:
        """Supervisors' notes for themselves."""
        return PrivateNoteShelf(self.session, self.organisation_id)

    @cached_property
    def sent_forms(self) -> SentFormShelf:
        """Forms that took effect."""
        return SentFormShelf(self.session, self.organisation_id)

    @cached_property
    def record_looks(self) -> RecordLookShelf:
        """Who opened whose record."""
        return RecordLookShelf(self.session, self.organisation_id)

    @cached_property
    def audit_packets(self) -> AuditPacketShelf:
        """Audit packets and their archives."""
        return AuditPacketShelf(self.session, self.organisation_id)

    @cached_property
    def erasures(self) -> ErasureShelf:
        """Wishes to be forgotten."""
        return ErasureShelf(self.session, self.organisation_id)

    @cached_property
    def person_data(self) -> PersonDataShelf:
        """Everything kept about one person."""
        return PersonDataShelf(self.session, self.organisation_id)

    @cached_property
    def audit(self) -> AuditShelf:
        """Who did or saw what."""
        return AuditShelf(self.session, self.organisation_id)

    @cached_property
    def content_files(self) -> ContentFileShelf:
        """The last good text of each content file."""
        return ContentFileShelf(self.session)


@contextmanager
def open_store(
    engine: Engine, organisation_id: str | None = None, *, zone: str = "UTC"
) -> Iterator[Store]:
    """Opens a store outside the web server and closes it after use."""
    with Session(engine, expire_on_commit=False) as session:
        yield Store(session, organisation_id, zone=zone)
