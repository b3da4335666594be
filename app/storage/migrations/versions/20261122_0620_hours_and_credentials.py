"""Credentials of people."""

import sqlalchemy as sa
from alembic import op

revision = "20261122_0620"
down_revision = "20261122_0610"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "credentials",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("issuer", sa.String(length=120), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("noted_by", sa.String(length=36), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "expires_on is null or expires_on >= issued_on",
            name=op.f("ck_credentials_dates_in_order"),
        ),
        _reference("credentials", "organisation_id", "organisations"),
        _reference("credentials", "person_id", "people"),
        _reference("credentials", "noted_by", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credentials")),
    )
    op.create_index(
        "ix_credentials_person_id_kind", "credentials", ["person_id", "kind"], unique=False
    )


def downgrade() -> None:
    op.drop_table("credentials")


def _reference(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{target}")
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name)
