"""Indexes that lead to one person, attempt or item, where one of the organisation was taken."""

import sqlalchemy as sa
from alembic import op

revision = "20261122_0300"
down_revision = "20261122_0010"
branch_labels = None
depends_on = None

RUNNING = sa.text("finished_at is null and limit_seconds is not null")
# No page lists the whole organisation from these.
NO_LONGER_BY_ORGANISATION = (
    "assignments",
    "attempts",
    "bookmarks",
    "cohorts",
    "exam_allowances",
    "item_reports",
    "news",
    "practice_presets",
    "regrades",
    "runs",
    "score_reports",
    "section_reads",
    "steps",
)
ADDED = (
    ("item_reports", ("organisation_id", "state", "sent_at")),
    ("item_reports", ("person_id", "sent_at")),
    ("item_reports", ("item_id", "sent_at")),
    ("item_versions", ("version",)),
    ("role_grants", ("person_id", "organisation_id")),
    ("sign_in_failures", ("failed_at",)),
)


def upgrade() -> None:
    for table in NO_LONGER_BY_ORGANISATION:
        op.drop_index(op.f(f"ix_{table}_organisation_id"), table_name=table)
    op.drop_index("ix_item_reports_organisation_id_state", table_name="item_reports")
    for table, columns in ADDED:
        op.create_index(_name(table, columns), table, list(columns), unique=False)
    op.create_index(
        "ix_attempts_running_of_person",
        "attempts",
        ["person_id", "organisation_id", "started_at"],
        unique=False,
        sqlite_where=RUNNING,
        postgresql_where=RUNNING,
    )


def downgrade() -> None:
    op.drop_index("ix_attempts_running_of_person", table_name="attempts")
    for table, columns in ADDED:
        op.drop_index(_name(table, columns), table_name=table)
    op.create_index(
        "ix_item_reports_organisation_id_state", "item_reports", ["organisation_id", "state"]
    )
    for table in NO_LONGER_BY_ORGANISATION:
        op.create_index(op.f(f"ix_{table}_organisation_id"), table, ["organisation_id"])


def _name(table: str, columns: tuple[str, ...]) -> str:
    return f"ix_{table}_{'_'.join(columns)}"
