from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import CheckConstraint, Connection, Engine, inspect, text

from app.storage import revisions, schema
from app.storage.engine import open_engine, write_mode
from app.storage.store import Store
from app.storage.tables import Base
from app.storage.trouble import StorageTrouble

ROOT = Path(__file__).resolve().parents[2]
FIRST = """\
import sqlalchemy as sa
from alembic import op

revision, down_revision = "1", None


def upgrade():
    op.create_table(
        "parents",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("name", sa.String(10)),
    )
    parent = sa.ForeignKey("parents.id", ondelete="CASCADE")
    op.create_table("children", sa.Column("parent_id", sa.Integer(), parent))
"""
SECOND = """\
import sqlalchemy as sa
from alembic import op

revision, down_revision = "2", "1"


def upgrade():
    {change}
"""
REBUILD = """\
with op.batch_alter_table("parents") as batch:
        batch.alter_column("name", type_=sa.String(20))"""
# Forked by a process without threads, and started at one moment.
TWO_STARTS = """\
import multiprocessing
import sys
from app.storage.engine import open_engine
from app.storage.schema import upgrade

fork = multiprocessing.get_context("fork")
barrier = fork.Barrier(2)

def start():
    barrier.wait()
    upgrade(open_engine(sys.argv[1]))

starting = [fork.Process(target=start) for _ in range(2)]
for process in starting:
    process.start()
for process in starting:
    process.join()
    print(process.exitcode)
"""
ABANDON = 'op.execute("DELETE FROM parents")'


def test_a_database_is_made_from_nothing(engine: Engine) -> None:
    schema.downgrade(engine)
    before = revisions.current_revision(engine)

    schema.upgrade(engine)

    assert before == ""
    assert revisions.current_revision(engine) == revisions.newest_revision()
    assert set(Base.metadata.tables) <= set(inspect(engine).get_table_names())


def test_the_newest_migration_is_known_by_its_file_name() -> None:
    scripts = ScriptDirectory(str(schema.MIGRATIONS))

    assert revisions.newest_revision() == scripts.get_current_head()


def test_a_database_is_current_only_at_the_newest_revision(engine: Engine) -> None:
    before = revisions.is_current(engine)
    _set_revision(engine, "20200101_0000")

    assert before
    assert not revisions.is_current(engine)


def test_going_back_to_the_beginning_leaves_no_table(engine: Engine) -> None:
    schema.downgrade(engine)

    assert inspect(engine).get_table_names() == ["alembic_version"]


def test_migrating_again_changes_nothing(engine: Engine, store: Store) -> None:
    schema.upgrade(engine)

    assert store.people.organisation_name() == "Harbor Counseling"


def test_models_and_migrations_agree(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = compare_metadata(context, Base.metadata)

    assert differences == []


def test_models_and_migrations_agree_on_what_a_column_may_hold(engine: Engine) -> None:
    """Alembic does not compare CHECK constraints, so this does."""
    found = inspect(engine)

    for table in Base.metadata.sorted_tables:
        modelled = {
            str(c.name): _quoted(str(c.sqltext))
            for c in table.constraints
            if isinstance(c, CheckConstraint)
        }
        migrated = {
            c["name"]: _quoted(c["sqltext"]) for c in found.get_check_constraints(table.name)
        }
        assert modelled == migrated, table.name


def _quoted(check: str) -> list[str]:
    """What a check allows: the texts and numbers in it; the databases word the rest anew."""
    return sorted(re.findall(r"'([^']*)'|\b(\d+)\b", check))


def test_a_database_of_newer_code_is_refused_in_words(engine: Engine) -> None:
    _set_revision(engine, "99990101_0000")

    with pytest.raises(StorageTrouble) as refused:
        schema.upgrade(engine)

    assert "newer Waymark" in str(refused.value)
    assert "99990101_0000" in str(refused.value)
    assert revisions.current_revision(engine) == "99990101_0000"


def test_two_processes_that_start_together_migrate_once(engine: Engine, database_url: str) -> None:
    schema.downgrade(engine)
    done = subprocess.run(
        [sys.executable, "-c", TWO_STARTS, database_url], cwd=ROOT, check=True, capture_output=True
    )

    assert done.stdout.split() == [b"0", b"0"]
    assert revisions.current_revision(engine) == revisions.newest_revision()


def test_a_rebuilt_table_keeps_the_rows_that_refer_to_it(family: Engine) -> None:
    schema.upgrade(family)

    assert _count(family, "children") == 2
    assert revisions.current_revision(family) == "2"


def test_with_foreign_keys_on_the_same_migration_would_lose_them(
    family: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control of the test above."""

    @contextmanager
    def left_on(_connection: Connection) -> Iterator[None]:
        yield

    monkeypatch.setattr(schema, "_foreign_keys_off", left_on)

    schema.upgrade(family)

    assert _count(family, "children") == 0


def test_foreign_keys_are_on_again_after_a_migration(family: Engine) -> None:
    schema.upgrade(family)

    with family.connect() as connection:
        assert connection.execute(text("PRAGMA foreign_keys")).scalar_one() == 1


def test_a_migration_that_abandons_rows_is_undone(family: Engine) -> None:
    _write_second(schema.MIGRATIONS, ABANDON)

    with pytest.raises(RuntimeError, match="2 rows"):
        schema.upgrade(family)

    assert _count(family, "parents") == 1
    assert _count(family, "children") == 2
    assert revisions.current_revision(family) == "1"


@pytest.fixture
def family(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """A SQLite database at the first of two migrations: a parent with two children."""
    folder = tmp_path / "migrations"
    (folder / "versions").mkdir(parents=True)
    shutil.copy(schema.MIGRATIONS / "env.py", folder)
    (folder / "versions" / "1_first.py").write_text(FIRST)
    _write_second(folder, REBUILD)
    monkeypatch.setattr(schema, "MIGRATIONS", folder)
    engine = open_engine(f"sqlite:///{tmp_path / 'family.db'}")
    schema.upgrade(engine, "1")
    with write_mode(), engine.begin() as connection:
        connection.execute(text("INSERT INTO parents VALUES (1, 'Ruth')"))
        connection.execute(text("INSERT INTO children VALUES (1), (1)"))
    yield engine
    engine.dispose()


def _write_second(folder: Path, change: str) -> None:
    (folder / "versions" / "2_second.py").write_text(SECOND.format(change=change))


def _count(engine: Engine, table: str) -> int:
    with engine.connect() as connection:
        return int(connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())


def _set_revision(engine: Engine, revision: str) -> None:
    with write_mode(), engine.begin() as connection:
        connection.execute(
            text("UPDATE alembic_version SET version_num = :revision"), {"revision": revision}
        )
