"""A development plan is something to ask for."""

from alembic import op

revision = "20261122_0660"
down_revision = "20261122_0650"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _kinds("kind in ('lesson', 'scenario', 'quiz', 'mock', 'plan')")


def downgrade() -> None:
    # The earlier version cannot tell these, nor what was said about them.
    plans = "SELECT id FROM assignments WHERE kind = 'plan'"
    for table in ("assignment_extensions", "nudges"):
        op.execute(f"DELETE FROM {table} WHERE assignment_id IN ({plans})")
    op.execute("DELETE FROM assignments WHERE kind = 'plan'")
    _kinds("kind in ('lesson', 'scenario', 'quiz', 'mock')")


def _kinds(known: str) -> None:
    with op.batch_alter_table("assignments") as batch:
        batch.drop_constraint(op.f("ck_assignments_kind_known"), type_="check")
        batch.create_check_constraint(op.f("ck_assignments_kind_known"), known)
