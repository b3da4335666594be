"""The credential under which somebody who is invited will work."""

import sqlalchemy as sa
from alembic import op

revision = "20261122_0690"
down_revision = "20261122_0680"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("invitations") as batch:
        batch.add_column(
            sa.Column("credential", sa.String(length=60), server_default="", nullable=False)
        )


def downgrade() -> None:
    with op.batch_alter_table("invitations") as batch:
        batch.drop_column("credential")
