"""For whom, and why, another supervisor signed a line of hours."""

import sqlalchemy as sa
from alembic import op

revision = "20261122_0700"
down_revision = "20261122_0690"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("hour_entries") as batch:
        batch.add_column(
            sa.Column("signed_for", sa.String(length=120), server_default="", nullable=False)
        )
        batch.add_column(sa.Column("signed_for_why", sa.Text(), server_default="", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("hour_entries") as batch:
        batch.drop_column("signed_for_why")
        batch.drop_column("signed_for")
