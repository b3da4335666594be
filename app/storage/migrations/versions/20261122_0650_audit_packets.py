"""Audit packets and their archives."""

import sqlalchemy as sa
from alembic import op

revision = "20261122_0650"
down_revision = "20261122_0640"
branch_labels = None
depends_on = None


def _id(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=36), nullable=nullable)


def _moment(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _count(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False)


def _names(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=f"fk_{table}_{column}_{target}")


def upgrade() -> None:
    op.create_table(
        "audit_packets",
        _id("id"),
        _id("organisation_id"),
        _id("cohort_id"),
        _id("person_id", nullable=True),
        _id("asked_by"),
        _moment("as_of"),
        sa.Column("state", sa.String(length=20), nullable=False),
        *(_count(name) for name in ("done", "total", "tries")),
        _moment("held_until", nullable=True),
        sa.Column("data_sha256", sa.String(length=64), nullable=False),
        sa.Column("archive_sha256", sa.String(length=64), nullable=False),
        _count("size"),
        _moment("ready_at", nullable=True),
        _moment("expires_at"),
        sa.CheckConstraint(
            "state in ('waiting', 'making', 'ready', 'failed')", name="state_known"
        ),
        sa.CheckConstraint(
            "(ready_at is null) = (state <> 'ready')", name="ready_has_a_moment"
        ),
        _names("audit_packets", "organisation_id", "organisations"),
        _names("audit_packets", "cohort_id", "cohorts"),
        _names("audit_packets", "person_id", "people"),
        _names("audit_packets", "asked_by", "people"),
        sa.PrimaryKeyConstraint("id", name="pk_audit_packets"),
    )
    for columns in (
        ("cohort_id", "as_of"),
        ("person_id",),
        ("state",),
        ("expires_at",),
    ):
        op.create_index(f"ix_audit_packets_{'_'.join(columns)}", "audit_packets", list(columns))
    op.create_table(
        "audit_packet_parts",
        _id("packet_id"),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        _id("organisation_id"),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        _names("audit_packet_parts", "packet_id", "audit_packets"),
        _names("audit_packet_parts", "organisation_id", "organisations"),
        sa.PrimaryKeyConstraint("packet_id", "number", name="pk_audit_packet_parts"),
    )


def downgrade() -> None:
    op.drop_table("audit_packet_parts")
    op.drop_table("audit_packets")
