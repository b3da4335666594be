"""The chain of supervision: contract, plan, observation, rating, feedback, sign-off.

Contracts, ratings, sign-offs and everything said beside them are only ever added.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Index,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.tables.declarative import Base, id_column, organisation_column, reference

ONCE_READ = text("kind = 'read'")


class SentFormRow(Base):
    """A form that took effect, by the key it carried: sent again, it has no second effect."""

    __tablename__ = "sent_forms"

    organisation_id: Mapped[str] = organisation_column()
    person_id: Mapped[str] = reference("people.id", primary_key=True)
    form_key: Mapped[str] = mapped_column(String(64), primary_key=True)
    mark: Mapped[str] = mapped_column(String(36))  # tells the arrival that took effect
    sent_at: Mapped[datetime]


class SupervisionContractRow(Base):
    """One version of a contract between a supervisor and a member of staff."""

    __tablename__ = "supervision_contracts"
    __table_args__ = (
        UniqueConstraint("person_id", "supervisor_id", "number"),
        CheckConstraint("ends_on >= starts_on", name="dates_in_order"),
    )

    id: Mapped[str] = id_column()
    organisation_id: Mapped[str] = organisation_column()
    person_id: Mapped[str] = reference("people.id")
    supervisor_id: Mapped[str] = reference("people.id")
    number: Mapped[int]
    terms: Mapped[dict[str, str]] = mapped_column(JSON)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    written_at: Mapped[datetime]


class ContractAcceptanceRow(Base):
    """That one of the two accepted a version."""

    __tablename__ = "contract_acceptances"

    contract_id: Mapped[str] = reference("supervision_contracts.id", primary_key=True)
    person_id: Mapped[str] = reference("people.id", primary_key=True)
    organisation_id: Mapped[str] = organisation_column()
    accepted_at: Mapped[datetime]


class DevelopmentGoalRow(Base):
    """A goal of an individual development plan; settled once, never reworded."""

    __tablename__ = "development_goals"
    __table_args__ = (
        CheckConstraint(
            "state in ('open', 'demonstrated', 'not yet', 'dropped')", name="state_known"
        ),
        Index("ix_development_goals_person_id", "person_id"),
    )

    id: Mapped[str] = id_column()
    organisation_id: Mapped[str] = organisation_column()
    person_id: Mapped[str] = reference("people.id")
    competency_code: Mapped[str] = mapped_column(String(80))
    goal: Mapped[str] = mapped_column(Text)
    steps: Mapped[str] = mapped_column(Text)
    target_on: Mapped[date]
    reobserve_on: Mapped[date]
    # Ids of observations without a reference: giving up a draft would search every goal for it.
    observation_id: Mapped[str | None] = mapped_column(String(36))  # the feedback it grew from
    set_by: Mapped[str] = reference("people.id")
    set_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(20))
    settled_at: Mapped[datetime | None]
    settled_by: Mapped[str | None] = reference("people.id")
    settled_by_observation: Mapped[str | None] = mapped_column(String(36))
    settled_words: Mapped[str] = mapped_column(Text)


class ObservationRequestRow(Base):
    """Staff asking to be observed, and the supervisor's answer."""

    __tablename__ = "observation_requests"
    __table_args__ = (
        CheckConstraint("answer in ('', 'planned', 'declined')", name="answer_known"),
        Index("ix_observation_requests_person_id", "person_id"),
    )

    id: Mapped[str] = id_column()
    organisation_id: Mapped[str] = organisation_column()
    person_id: Mapped[str] = reference("people.id")
    competency_code: Mapped[str] = mapped_column(String(80))  # empty: no focus wished
    words: Mapped[str] = mapped_column(Text)
    wished_on: Mapped[date]
    asked_at: Mapped[datetime]
    answer: Mapped[str] = mapped_column(String(20))
    answer_words: Mapped[str] = mapped_column(Text)
    answered_by: Mapped[str | None] = reference("people.id")
    answered_at: Mapped[datetime | None]


class ObservationRow(Base):
    """An observation: a draft of its observer until it is finished, then part of the record."""

    __tablename__ = "observations"
    __table_args__ = (
        CheckConstraint(
            "mode in ('', 'live', 'recorded', 'role-play', 'simulation', 'co-therapy', "
            "'chart review', 'case presentation')",
            name="mode_known",
        ),
        Index("ix_observations_person_id_finished_at", "person_id", "finished_at"),
    )

    id: Mapped[str] = id_column()
    organisation_id: Mapped[str] = organisation_column()
    person_id: Mapped[str] = reference("people.id")
    observer_id: Mapped[str] = reference("people.id")
    mode: Mapped[str] = mapped_column(String(20))  # empty only in a draft
    observed_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(Text)
    went_well: Mapped[str] = mapped_column(Text)
    next_step: Mapped[str] = mapped_column(Text)
    marks: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    counts: Mapped[dict[str, int | None]] = mapped_column(JSON)
    goal_id: Mapped[str | None] = mapped_column(String(36))  # the goal it looks at again
    revision: Mapped[int]  # counts up with every save of the draft
    saved_by_tab: Mapped[str] = mapped_column(String(64))  # which browser tab saved last
    tab_step: Mapped[int]  # and its how-manieth save that was: a late one must not undo a newer
    started_at: Mapped[datetime]
    saved_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]


class FeedbackReplyRow(Base):
    """What the observed person said to an observation: that they read it, or a comment."""

    __tablename__ = "feedback_replies"
    __table_args__ = (
        CheckConstraint("kind in ('read', 'comment')", name="kind_known"),
        Index("ix_feedback_replies_observation_id", "observation_id"),
        Index(
            "ix_feedback_replies_read_once",
            "observation_id",
            unique=True,
            sqlite_where=ONCE_READ,
            postgresql_where=ONCE_READ,
        ),
    )

    id: Mapped[str] = id_column()
    organisation_id: Mapped[str] = organisation_column()
    observation_id: Mapped[str] = reference("observations.id")
    person_id: Mapped[str] = reference("people.id")
    kind: Mapped[str] = mapped_column(String(20))
    words: Mapped[str] = mapped_column(Text)
    said_at: Mapped[datetime]


class RatingRow(Base):
    """One rating of one competency. Rows are only added."""

    __tablename__ = "ratings"
    __table_args__ = (
        CheckConstraint("source in ('observation', 'self', 'review')", name="source_known"),
        CheckConstraint(
            "observed_support in ('', 'alone', 'prompts', 'help', 'shown')", name="support_known"
        ),
        CheckConstraint("level >= 1", name="level_is_a_rank"),
        # An observation rates a competency once, however often its form arrives.
        UniqueConstraint("observation_id", "competency_code", "rater_id"),
        Index("ix_ratings_person_id_rated_at", "person_id", "rated_at"),
    )

    id: Mapped[str] = id_column()
    organisation_id: Mapped[str] = organisation_column()
    person_id: Mapped[str] = reference("people.id")
    competency_code: Mapped[str] = mapped_column(String(80))
    framework_id: Mapped[str] = mapped_column(String(80))
    framework_version: Mapped[str] = mapped_column(String(60))
    scale_id: Mapped[str] = mapped_column(String(80))
    level: Mapped[int]
    level_title: Mapped[str] = mapped_column(String(120))  # what the level was called then
    observed_support: Mapped[str] = mapped_column(String(20))
    source: Mapped[str] = mapped_column(String(20))
    observation_id: Mapped[str | None] = reference("observations.id")
    rater_id: Mapped[str] = reference("people.id")
    rater_credential: Mapped[str] = mapped_column(Text)  # as it stood at that moment
    note: Mapped[str] = mapped_column(Text)
    rated_at: Mapped[datetime]


class ReconcilingNoteRow(Base):
    """What explains two ratings that lie far apart."""

    __tablename__ = "reconciling_notes"
    __table_args__ = (Index("ix_reconciling_notes_person_id", "person_id"),)

    id: Mapped[str] = id_column()
    organisation_id: Mapped[str] = organisation_column()
    person_id: Mapped[str] = reference("people.id")
    lower_rating_id: Mapped[str] = reference("ratings.id")
    higher_rating_id: Mapped[str] = reference("ratings.id")
    words: Mapped[str] = mapped_column(Text)
    written_by: Mapped[str] = reference("people.id")
    written_at: Mapped[datetime]


class SignOffRow(Base):
    """A signed decision. Nothing in it ever changes."""

    __tablename__ = "sign_offs"
    __table_args__ = (
        CheckConstraint("target_kind in ('competency', 'area')", name="target_kind_known"),
        Index("ix_sign_offs_person_id_signed_at", "person_id", "signed_at"),
    )

    id: Mapped[str] = id_column()
    organisation_id: Mapped[str] = organisation_column()
    person_id: Mapped[str] = reference("people.id")
    target_kind: Mapped[str] = mapped_column(String(20))
    target_code: Mapped[str] = mapped_column(String(80))
    framework_id: Mapped[str] = mapped_column(String(80))
    framework_version: Mapped[str] = mapped_column(String(60))
    scale_id: Mapped[str] = mapped_column(String(80))
    level: Mapped[int]
    level_title: Mapped[str] = mapped_column(String(120))
    evidence: Mapped[list[str]] = mapped_column(JSON)  # ids of the ratings it rested on
    shortfalls: Mapped[list[str]] = mapped_column(JSON)  # in words, as they were told
    exception: Mapped[str] = mapped_column(Text)
    statement: Mapped[str] = mapped_column(Text)
    typed_name: Mapped[str] = mapped_column(String(120))
    signed_by: Mapped[str] = reference("people.id")
    credential_id: Mapped[str] = mapped_column(String(36))  # the row it was read from
    credential: Mapped[str] = mapped_column(Text)  # in words, as it stood at that moment
    signed_at: Mapped[datetime]


class SignOffAmendmentRow(Base):
    """Something said beside a sign-off afterwards."""

    __tablename__ = "sign_off_amendments"
    __table_args__ = (
        CheckConstraint(
            "kind in ('amendment', 'withdrawal', 'comment', 'dispute', 'second review')",
            name="kind_known",
        ),
        Index("ix_sign_off_amendments_sign_off_id", "sign_off_id"),
    )

    id: Mapped[str] = id_column()
    organisation_id: Mapped[str] = organisation_column()
    sign_off_id: Mapped[str] = reference("sign_offs.id")
    kind: Mapped[str] = mapped_column(String(20))
    words: Mapped[str] = mapped_column(Text)
    said_by: Mapped[str] = reference("people.id")
    credential: Mapped[str] = mapped_column(Text)
    said_at: Mapped[datetime]


class PrivateNoteRow(Base):
    """A supervisor's own note about somebody. Nobody else reads it, and it holds no rating."""

    __tablename__ = "private_notes"
    __table_args__ = (Index("ix_private_notes_author_id_person_id", "author_id", "person_id"),)

    id: Mapped[str] = id_column()
    organisation_id: Mapped[str] = organisation_column()
    author_id: Mapped[str] = reference("people.id")
    person_id: Mapped[str] = reference("people.id")
    words: Mapped[str] = mapped_column(Text)
    written_at: Mapped[datetime]
