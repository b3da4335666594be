"""Requirements of teams in competencies, and frameworks of an organisation's own."""

import sqlalchemy as sa
from alembic import op

revision = "20261122_0600"
down_revision = "20261122_0510"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "team_requirements",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("cohort_id", sa.String(length=36), nullable=False),
        sa.Column("framework_id", sa.String(length=80), nullable=False),
        sa.Column("requirements", sa.JSON(), nullable=False),
        sa.Column("set_by", sa.String(length=36), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        _reference("team_requirements", "organisation_id", "organisations"),
        _reference("team_requirements", "cohort_id", "cohorts"),
        _reference("team_requirements", "set_by", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team_requirements")),
    )
    op.create_index(
        "ix_team_requirements_cohort_id_framework_id",
        "team_requirements",
        ["cohort_id", "framework_id", "set_at"],
        unique=False,
    )
    op.create_table(
        "own_frameworks",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("framework_id", sa.String(length=80), nullable=False),
        sa.Column("version", sa.String(length=60), nullable=False),
        sa.Column("package", sa.JSON(), nullable=False),
        sa.Column("imported_by", sa.String(length=36), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        _reference("own_frameworks", "organisation_id", "organisations"),
        _reference("own_frameworks", "imported_by", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_frameworks")),
        sa.UniqueConstraint(
            "organisation_id",
            "framework_id",
            "version",
            name=op.f("uq_own_frameworks_organisation_id_framework_id_version"),
        ),
    )


def downgrade() -> None:
    op.drop_table("own_frameworks")
    op.drop_table("team_requirements")


def _reference(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{target}")
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name)
