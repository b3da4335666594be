"""What Flask-SQLAlchemy binds its engine to: the same tables, without its own model class."""

from __future__ import annotations

from sqlalchemy.orm import DeclarativeBase

from app.storage.tables import Base


class BoundBase(DeclarativeBase):
    """Shares the metadata of our rows. No row ever subclasses it."""

    metadata = Base.metadata
