"""The studio for cases: drafts, edits, publications; assessed runs and commitments."""

import sqlalchemy as sa
from alembic import op

revision = "20261122_0400"
down_revision = "20261122_0330"
branch_labels = None
depends_on = None

OPEN = sa.text("closed_at is null")
GOES_ON = sa.text("ended_at is null")


def upgrade() -> None:
    with op.batch_alter_table("runs") as batch:
        batch.add_column(
            sa.Column("mode", sa.String(length=20), server_default="practice", nullable=False)
        )
        batch.create_check_constraint(
            op.f("ck_runs_mode_known"), "mode in ('practice', 'assessed')"
        )
    op.create_index(
        "ix_runs_open",
        "runs",
        ["organisation_id", "scenario_id"],
        unique=False,
        sqlite_where=GOES_ON,
        postgresql_where=GOES_ON,
    )
    op.create_table(
        "commitments",
        sa.Column("run_id", sa.String(length=36), nullable=False),
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        _reference("commitments", "run_id", "runs"),
        _reference("commitments", "organisation_id", "organisations"),
        _reference("commitments", "person_id", "people"),
        sa.PrimaryKeyConstraint("run_id", name=op.f("pk_commitments")),
    )
    op.create_table(
        "case_drafts",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("case_id", sa.String(length=120), nullable=False),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.Column("started_from", sa.JSON(), nullable=False),
        sa.Column("base_revision", sa.String(length=32), nullable=False),
        sa.Column("change", sa.Integer(), nullable=False),
        sa.Column("made_by", sa.String(length=36), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.String(length=36), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.CheckConstraint(
            "outcome in ('', 'published', 'discarded')", name=op.f("ck_case_drafts_outcome_known")
        ),
        _reference("case_drafts", "organisation_id", "organisations"),
        _reference("case_drafts", "made_by", "people"),
        _reference("case_drafts", "changed_by", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_drafts")),
    )
    op.create_index(
        "ix_case_drafts_open",
        "case_drafts",
        ["organisation_id", "case_id"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )
    op.create_table(
        "case_draft_edits",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("draft_id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("edit", sa.JSON(), nullable=False),
        sa.Column("made_by", sa.String(length=36), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_undone", sa.Boolean(), nullable=False),
        _reference("case_draft_edits", "organisation_id", "organisations"),
        _reference("case_draft_edits", "draft_id", "case_drafts"),
        _reference("case_draft_edits", "made_by", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_draft_edits")),
        sa.UniqueConstraint(
            "draft_id", "number", name=op.f("uq_case_draft_edits_draft_id_number")
        ),
    )
    op.create_table(
        "case_publications",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("case_id", sa.String(length=120), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("revision", sa.String(length=32), nullable=False),
        sa.Column("disk_revision", sa.String(length=32), nullable=False),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("published_by", sa.String(length=36), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        _reference("case_publications", "organisation_id", "organisations"),
        _reference("case_publications", "published_by", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_publications")),
        sa.UniqueConstraint(
            "case_id", "number", name=op.f("uq_case_publications_case_id_number")
        ),
    )


def downgrade() -> None:
    op.drop_table("case_publications")
    op.drop_table("case_draft_edits")
    op.drop_table("case_drafts")
    op.drop_table("commitments")
    op.drop_index("ix_runs_open", table_name="runs")
    with op.batch_alter_table("runs") as batch:
        batch.drop_constraint(op.f("ck_runs_mode_known"), type_="check")
        batch.drop_column("mode")


def _reference(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{target}")
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name)
