"""Who opened whose record, and people who asked to be forgotten."""

import sqlalchemy as sa
from alembic import op

revision = "20261122_0640"
down_revision = "20261122_0630"
branch_labels = None
depends_on = None

ASKED = sa.text("done_at is null and taken_back_at is null")


def _person(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=36), nullable=nullable)


def _names(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=f"fk_{table}_{column}_{target}")


def upgrade() -> None:
    op.create_table(
        "record_looks",
        _person("person_id"),
        sa.Column("day", sa.Date(), nullable=False),
        _person("viewer_id"),
        sa.Column("kind", sa.String(length=40), nullable=False),
        _person("organisation_id"),
        _names("record_looks", "person_id", "people"),
        _names("record_looks", "viewer_id", "people"),
        _names("record_looks", "organisation_id", "organisations"),
        sa.PrimaryKeyConstraint("person_id", "day", "viewer_id", "kind", name="pk_record_looks"),
    )
    op.create_table(
        "erasure_requests",
        _person("id"),
        _person("organisation_id"),
        _person("person_id"),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True),
        _person("taken_back_by", nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        _person("done_by", nullable=True),
        sa.CheckConstraint(
            "taken_back_at is null or done_at is null", name="one_end"
        ),
        _names("erasure_requests", "organisation_id", "organisations"),
        _names("erasure_requests", "person_id", "people"),
        _names("erasure_requests", "taken_back_by", "people"),
        _names("erasure_requests", "done_by", "people"),
        sa.PrimaryKeyConstraint("id", name="pk_erasure_requests"),
    )
    op.create_index(
        "ix_erasure_requests_asked",
        "erasure_requests",
        ["person_id"],
        unique=True,
        sqlite_where=ASKED,
        postgresql_where=ASKED,
    )
    op.create_index(
        "ix_erasure_requests_organisation_id_asked_at",
        "erasure_requests",
        ["organisation_id", "asked_at"],
    )


def downgrade() -> None:
    op.drop_table("erasure_requests")
    op.drop_table("record_looks")
