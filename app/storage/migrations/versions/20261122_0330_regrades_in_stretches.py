"""How far signing and undoing a regrade have come: exams are reached in stretches."""

import sqlalchemy as sa
from alembic import op

revision = "20261122_0330"
down_revision = "20261122_0300"
branch_labels = None
depends_on = None

SAT = sa.text("kind = 'mock' and finished_at is not null")


def upgrade() -> None:
    op.add_column(
        "regrades",
        sa.Column("applied_to", sa.String(length=36), server_default="~", nullable=False),
    )
    op.add_column(
        "regrades", sa.Column("undone_to", sa.String(length=36), server_default="", nullable=False)
    )
    op.add_column(
        "regrades", sa.Column("moved", sa.Integer(), server_default="0", nullable=False)
    )
    # What was signed or undone before this was so for every exam at once.
    op.execute("UPDATE regrades SET undone_to = '~' WHERE undone_at IS NOT NULL")
    op.create_index(
        "ix_attempts_sat",
        "attempts",
        ["organisation_id", "id"],
        unique=False,
        sqlite_where=SAT,
        postgresql_where=SAT,
    )


def downgrade() -> None:
    op.drop_index("ix_attempts_sat", table_name="attempts")
    for column in ("moved", "undone_to", "applied_to"):
        with op.batch_alter_table("regrades") as batch:
            batch.drop_column(column)
