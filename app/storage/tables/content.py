"""The last good text of each content file, so that a broken edit never takes a lesson away."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.tables.declarative import Base


class ContentFileRow(Base):
    """A content file as it last passed the checker."""

    __tablename__ = "content_files"

    path: Mapped[str] = mapped_column(String(300), primary_key=True)
    fingerprint: Mapped[str] = mapped_column(String(32))
    text: Mapped[str] = mapped_column(Text)
    stored_at: Mapped[datetime]
