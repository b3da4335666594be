"""Opens what commands work with: settings, places, the database brought up to date."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from app.config import Settings, read_settings
from app.library.places import Places, find_places
from app.storage.engine import open_engine
from app.storage.revisions import is_current
from app.storage.store import Store, open_store


def now() -> datetime:
    """The moment of this command."""
    return datetime.now(UTC)


def content_places(settings: Settings) -> Places:
    """Where content and cases lie."""
    return find_places(settings.content_dir, settings.scenarios_dir)


@contextmanager
def ready_store(settings: Settings | None = None) -> Iterator[Store]:
    """Opens the database, migrated, scoped to the organisation that is set up, if one is."""
    settings = settings or read_settings()
    settings.instance_dir.mkdir(parents=True, exist_ok=True)
    engine = open_engine(settings.database_url)
    try:
        if not is_current(engine):
            from app.storage.schema import upgrade  # loads the migration tool: seldom needed

            upgrade(engine)
        with open_store(engine, zone=settings.time_zone) as store:
            organisation_id = store.people.any_organisation_id()
            store.end_reading()
            yield store if organisation_id is None else store.for_organisation(organisation_id)
    finally:
        engine.dispose()
