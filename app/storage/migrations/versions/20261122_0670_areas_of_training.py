"""Which area of competencies a training was about."""

import sqlalchemy as sa
from alembic import op

revision = "20261122_0670"
down_revision = "20261122_0640"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("education") as batch:
        batch.add_column(sa.Column("area", sa.String(length=80), server_default="", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("education") as batch:
        batch.drop_column("area")
