"""Sitting mock exams: what is noted beside an answer, time, reports, regrades.

Responses and score reports are added, never changed. Marks beside an answer are working notes of
the person sitting: the newest ones count, and nothing is scored from them.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.tables.declarative import (
    ID_LENGTH,
    Base,
    id_column,
    organisation_column,
    reference,
)


class SlotMarkRow(Base):
    """What a person noted at one place of a form: never part of any score."""

    __tablename__ = "slot_marks"
    __table_args__ = (
        CheckConstraint("confidence in ('', 'guess', 'fairly', 'sure')", name="confidence_known"),
    )

    attempt_id: Mapped[str] = reference("attempts.id", primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[str] = organisation_column()
    is_flagged: Mapped[bool]
    struck: Mapped[list[str]] = mapped_column(JSON)
    confidence: Mapped[str] = mapped_column(String(10))
    note: Mapped[str] = mapped_column(Text)
    noted_at: Mapped[datetime]


class BreakRow(Base):
    """A break in a running exam. None: `ended_at` is None while it lasts."""

    __tablename__ = "exam_breaks"

    id: Mapped[str] = id_column()
    organisation_id: Mapped[str] = organisation_column()
    attempt_id: Mapped[str] = reference("attempts.id", index=True)
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class AllowanceRow(Base):
    """Extra time and breaks of one person, from a day on. The newest row counts."""

    __tablename__ = "exam_allowances"
    __table_args__ = (
        CheckConstraint("extra_percent between 0 and 300", name="extra_percent_sensible"),
        CheckConstraint("break_minutes between 0 and 240", name="break_minutes_sensible"),
        Index("ix_exam_allowances_person_id_set_at", "person_id", "set_at"),
    )

    id: Mapped[str] = id_column()
    organisation_id: Mapped[str] = organisation_column()
    person_id: Mapped[str] = reference("people.id")
    extra_percent: Mapped[int]
    break_minutes: Mapped[int]
    set_by: Mapped[str] = reference("people.id")
    set_at: Mapped[datetime]


class ScoreReportRow(Base):
    """The outcome of an attempt as it was worked out once. A regrade adds another row."""

    __tablename__ = "score_reports"
    __table_args__ = (
        CheckConstraint("cause in ('submitted', 'time', 'regrade', 'undone')", name="cause_known"),
        # Finishing twice at the same moment must not make two reports.
        UniqueConstraint("attempt_id", "number"),
        Index("ix_score_reports_person_id_made_at", "person_id", "made_at"),
    )

    id: Mapped[str] = id_column()
    organisation_id: Mapped[str] = organisation_column()
    person_id: Mapped[str] = reference("people.id")
    attempt_id: Mapped[str] = reference("attempts.id")
    number: Mapped[int]  # counts the reports of one attempt from 1; the highest one counts
    cause: Mapped[str] = mapped_column(String(20))
    regrade_id: Mapped[str | None] = reference("regrades.id", nullable=True)
    right_count: Mapped[int]
    scored_count: Mapped[int]
    scaled: Mapped[int]
    is_pass: Mapped[bool]
    parts: Mapped[list[list[Any]]] = mapped_column(JSON)  # [code, title, right, asked]
    made_at: Mapped[datetime]


class RegradeRow(Base):
    """One signed decision about an item after people had answered it."""

    __tablename__ = "regrades"
    __table_args__ = (
        CheckConstraint("policy in ('accept', 'drop', 'credit', 'rekey')", name="policy_known"),
        Index("ix_regrades_item_id", "item_id"),
    )

    id: Mapped[str] = id_column()
    organisation_id: Mapped[str] = organisation_column()
    item_id: Mapped[str] = mapped_column(String(120))
    item_version: Mapped[str] = mapped_column(String(32))
    policy: Mapped[str] = mapped_column(String(20))
    accepted: Mapped[list[str]] = mapped_column(JSON)
    never_lower: Mapped[bool]
    reason: Mapped[str] = mapped_column(Text)
    signed_by: Mapped[str] = reference("people.id")
    signed_at: Mapped[datetime]
    undone_by: Mapped[str | None] = reference("people.id", nullable=True)
    undone_at: Mapped[datetime | None]
    # The last exam, by id, that signing and undoing have reached; "~" comes after every id.
    applied_to: Mapped[str] = mapped_column(String(ID_LENGTH), server_default="~")
    undone_to: Mapped[str] = mapped_column(String(ID_LENGTH), server_default="")
    moved: Mapped[int] = mapped_column(server_default="0")  # exams that its newest step has moved


class ItemExposureRow(Base):
    """How many exam forms an item has stood on in one organisation."""

    __tablename__ = "item_exposures"

    organisation_id: Mapped[str] = reference("organisations.id", primary_key=True)
    item_id: Mapped[str] = mapped_column(String(120), primary_key=True)
    shown: Mapped[int]


class AnswerTallyRow(Base):
    """How many people chose one option of a wording in the first finished exam that asked them."""

    __tablename__ = "answer_tallies"

    organisation_id: Mapped[str] = reference("organisations.id", primary_key=True)
    item_id: Mapped[str] = mapped_column(String(120), primary_key=True)
    item_version: Mapped[str] = mapped_column(String(32), primary_key=True)
    option_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    answers: Mapped[int]  # each of another person


class ItemReportRow(Base):
    """A learner's report about a question, from where they stood when they sent it."""

    __tablename__ = "item_reports"
    __table_args__ = (
        CheckConstraint(
            "kind in ('key', 'unclear', 'outdated', 'typo', 'other')", name="kind_known"
        ),
        CheckConstraint("state in ('open', 'looking', 'mended', 'kept')", name="state_known"),
        # One report for each place of an attempt: the evidence, and the limit on abuse.
        UniqueConstraint("attempt_id", "position"),
        Index(
            "ix_item_reports_organisation_id_state_sent_at", "organisation_id", "state", "sent_at"
        ),
        Index("ix_item_reports_person_id_sent_at", "person_id", "sent_at"),
        Index("ix_item_reports_item_id_sent_at", "item_id", "sent_at"),
    )

    id: Mapped[str] = id_column()
    organisation_id: Mapped[str] = organisation_column()
    person_id: Mapped[str] = reference("people.id")
    attempt_id: Mapped[str] = reference("attempts.id")
    position: Mapped[int]
    item_id: Mapped[str] = mapped_column(String(120))
    item_version: Mapped[str] = mapped_column(String(32))
    kind: Mapped[str] = mapped_column(String(20))
    words: Mapped[str] = mapped_column(Text)
    sent_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(20))
    answer: Mapped[str] = mapped_column(Text)
    answered_by: Mapped[str | None] = reference("people.id", nullable=True)
    answered_at: Mapped[datetime | None]


class BookmarkRow(Base):
    """A question a person wants to meet again."""

    __tablename__ = "bookmarks"

    person_id: Mapped[str] = reference("people.id", primary_key=True)
    item_id: Mapped[str] = mapped_column(String(120), primary_key=True)
    organisation_id: Mapped[str] = organisation_column()
    made_at: Mapped[datetime]


class PracticePresetRow(Base):
    """A quiz that a person likes to build again, under a name of their own."""

    __tablename__ = "practice_presets"
    __table_args__ = (UniqueConstraint("person_id", "name"),)

    id: Mapped[str] = id_column()
    organisation_id: Mapped[str] = organisation_column()
    person_id: Mapped[str] = reference("people.id")
    name: Mapped[str] = mapped_column(String(60))
    wish: Mapped[dict[str, Any]] = mapped_column(JSON)
    made_at: Mapped[datetime]


class NewsRow(Base):
    """Something a person should hear of: an answer to their report, a changed result."""

    __tablename__ = "news"
    __table_args__ = (Index("ix_news_person_id_made_at", "person_id", "made_at"),)

    id: Mapped[str] = id_column()
    organisation_id: Mapped[str] = organisation_column()
    person_id: Mapped[str] = reference("people.id")
    kind: Mapped[str] = mapped_column(String(20))
    about: Mapped[dict[str, Any]] = mapped_column(JSON)
    made_at: Mapped[datetime]
    seen_at: Mapped[datetime | None]
