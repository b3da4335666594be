"""Cases being written: drafts with their edits, and what was published from them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Index, String, Text, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.tables.declarative import Base, id_column, organisation_column, reference

OPEN = text("closed_at is null")


class CaseDraftRow(Base):
    """The text of a case while it is being written; one open draft per case."""

    __tablename__ = "case_drafts"
    __table_args__ = (
        CheckConstraint("outcome in ('', 'published', 'discarded')", name="outcome_known"),
        Index(
            "ix_case_drafts_open",
            "organisation_id",
            "case_id",
            unique=True,
            sqlite_where=OPEN,
            postgresql_where=OPEN,
        ),
    )

    id: Mapped[str] = id_column()
    organisation_id: Mapped[str] = organisation_column()
    case_id: Mapped[str] = mapped_column(String(120))
    files: Mapped[dict[str, str]] = mapped_column(JSON)
    started_from: Mapped[dict[str, str]] = mapped_column(JSON)  # the files the draft began with
    base_revision: Mapped[str] = mapped_column(String(32))  # of the case then; empty for a new one
    change: Mapped[int]  # counts up with every change, undoing too
    made_by: Mapped[str] = reference("people.id")
    made_at: Mapped[datetime]
    changed_by: Mapped[str] = reference("people.id")
    changed_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    outcome: Mapped[str] = mapped_column(String(20))


class CaseDraftEditRow(Base):
    """One edit of a draft, so that it can be taken back and made again."""

    __tablename__ = "case_draft_edits"
    __table_args__ = (UniqueConstraint("draft_id", "number"),)

    id: Mapped[str] = id_column()
    organisation_id: Mapped[str] = organisation_column()
    draft_id: Mapped[str] = reference("case_drafts.id")
    number: Mapped[int]
    edit: Mapped[dict[str, Any]] = mapped_column(JSON)
    made_by: Mapped[str] = reference("people.id")
    made_at: Mapped[datetime]
    is_undone: Mapped[bool]


class CaseReviewRow(Base):
    """One act about the review of a draft: asked, withdrawn, read, changes asked."""

    __tablename__ = "case_reviews"
    __table_args__ = (
        CheckConstraint("act in ('asked', 'withdrawn', 'read', 'changes')", name="act_known"),
        UniqueConstraint("draft_id", "number"),
    )

    id: Mapped[str] = id_column()
    organisation_id: Mapped[str] = organisation_column()
    draft_id: Mapped[str] = reference("case_drafts.id")
    number: Mapped[int]
    act: Mapped[str] = mapped_column(String(20))
    made_by: Mapped[str] = reference("people.id")
    made_at: Mapped[datetime]
    note: Mapped[str] = mapped_column(Text)
    text_mark: Mapped[str] = mapped_column(String(32))  # of the text that stood then


class CaseCommentRow(Base):
    """A reader's words about one place of a draft."""

    __tablename__ = "case_comments"

    id: Mapped[str] = id_column()
    organisation_id: Mapped[str] = organisation_column()
    draft_id: Mapped[str] = reference("case_drafts.id", index=True)
    place: Mapped[str] = mapped_column(String(120))  # of the desk, as scene:voicemail
    words: Mapped[str] = mapped_column(Text)
    made_by: Mapped[str] = reference("people.id")
    made_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]


class CasePublicationRow(Base):
    """A wording of a case that a trainer published; the newest one of a case serves."""

    __tablename__ = "case_publications"
    __table_args__ = (UniqueConstraint("case_id", "number"),)

    id: Mapped[str] = id_column()
    organisation_id: Mapped[str] = organisation_column()
    case_id: Mapped[str] = mapped_column(String(120))
    number: Mapped[int]
    revision: Mapped[str] = mapped_column(String(32))
    disk_revision: Mapped[str] = mapped_column(String(32))  # of the folder then; empty without one
    files: Mapped[dict[str, str]] = mapped_column(JSON)
    changes: Mapped[list[str]] = mapped_column(JSON)  # in words
    note: Mapped[str] = mapped_column(Text)
    published_by: Mapped[str] = reference("people.id")
    published_at: Mapped[datetime]
    reviewed_by: Mapped[str | None] = reference("people.id")  # the second reader of this text
    reviewed_at: Mapped[datetime | None]
    review_note: Mapped[str] = mapped_column(Text, server_default="")
    is_unread: Mapped[bool] = mapped_column(server_default=false())  # knowingly without a reader
