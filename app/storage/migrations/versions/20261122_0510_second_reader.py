"""The second reader of a case: reviews and comments of drafts, and who read a publication."""

import sqlalchemy as sa
from alembic import op

revision = "20261122_0510"
down_revision = "20261122_0500"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "case_reviews",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("draft_id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(length=20), nullable=False),
        sa.Column("made_by", sa.String(length=36), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("text_mark", sa.String(length=32), nullable=False),
        sa.CheckConstraint(
            "act in ('asked', 'withdrawn', 'read', 'changes')",
            name=op.f("ck_case_reviews_act_known"),
        ),
        _reference("case_reviews", "organisation_id", "organisations"),
        _reference("case_reviews", "draft_id", "case_drafts"),
        _reference("case_reviews", "made_by", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_reviews")),
        sa.UniqueConstraint("draft_id", "number", name=op.f("uq_case_reviews_draft_id_number")),
    )
    op.create_table(
        "case_comments",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("draft_id", sa.String(length=36), nullable=False),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("made_by", sa.String(length=36), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        _reference("case_comments", "organisation_id", "organisations"),
        _reference("case_comments", "draft_id", "case_drafts"),
        _reference("case_comments", "made_by", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_comments")),
    )
    op.create_index("ix_case_comments_draft_id", "case_comments", ["draft_id"], unique=False)
    with op.batch_alter_table("case_publications") as batch:
        batch.add_column(sa.Column("reviewed_by", sa.String(length=36), nullable=True))
        batch.add_column(sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column("review_note", sa.Text(), server_default="", nullable=False))
        batch.add_column(
            sa.Column("is_unread", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
        batch.create_foreign_key(
            op.f("fk_case_publications_reviewed_by_people"), "people", ["reviewed_by"], ["id"]
        )


def downgrade() -> None:
    with op.batch_alter_table("case_publications") as batch:
        batch.drop_constraint(
            op.f("fk_case_publications_reviewed_by_people"), type_="foreignkey"
        )
        batch.drop_column("is_unread")
        batch.drop_column("review_note")
        batch.drop_column("reviewed_at")
        batch.drop_column("reviewed_by")
    op.drop_index("ix_case_comments_draft_id", table_name="case_comments")
    op.drop_table("case_comments")
    op.drop_table("case_reviews")


def _reference(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{target}")
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name)
