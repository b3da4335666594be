"""Credentials, training, phases of supervised work, and the ledger of hours."""

import sqlalchemy as sa
from alembic import op

revision = "20261122_0620"
down_revision = "20261122_0610"
branch_labels = None
depends_on = None

STANDS = sa.text("amends is not null and taken_back_at is null")
WAITS = sa.text(
    "(staff_signed_at is null or supervisor_signed_at is null) and taken_back_at is null"
)


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
    op.create_table(
        "education",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("provider", sa.String(length=120), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("topic", sa.String(length=80), nullable=False),
        sa.Column("way", sa.String(length=80), nullable=False),
        sa.Column("is_specific", sa.Boolean(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "minutes between 1 and 60000", name=op.f("ck_education_minutes_sensible")
        ),
        _reference("education", "organisation_id", "organisations"),
        _reference("education", "person_id", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_education")),
    )
    op.create_index("ix_education_person_id_done_on", "education", ["person_id", "done_on"])
    op.create_table(
        "phase_starts",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("phase_id", sa.String(length=80), nullable=False),
        sa.Column("begins_on", sa.Date(), nullable=False),
        sa.Column("set_by", sa.String(length=36), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        _reference("phase_starts", "organisation_id", "organisations"),
        _reference("phase_starts", "person_id", "people"),
        _reference("phase_starts", "set_by", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phase_starts")),
    )
    op.create_index("ix_phase_starts_person_id_set_at", "phase_starts", ["person_id", "set_at"])
    _create_ledger()


def _create_ledger() -> None:
    op.create_table(
        "hour_entries",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("function", sa.String(length=80), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("supervisor_id", sa.String(length=36), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("zone", sa.String(length=60), nullable=False),
        sa.Column("group_kind", sa.String(length=20), nullable=False),
        sa.Column("mode", sa.String(length=20), nullable=False),
        sa.Column("functions", sa.JSON(), nullable=False),
        sa.Column("co_supervisor", sa.String(length=120), nullable=False),
        sa.Column("staff_name", sa.String(length=120), nullable=False),
        sa.Column("staff_credential", sa.Text(), nullable=False),
        sa.Column("staff_signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("supervisor_name", sa.String(length=120), nullable=False),
        sa.Column("supervisor_credential", sa.Text(), nullable=False),
        sa.Column("supervisor_signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("amends", sa.String(length=36), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("is_void", sa.Boolean(), nullable=False),
        sa.Column("entered_by", sa.String(length=36), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "minutes between 1 and 1440", name=op.f("ck_hour_entries_minutes_within_a_day")
        ),
        sa.CheckConstraint(
            "(started_at is null) = (ended_at is null) and (started_at is null or"
            " ended_at > started_at)",
            name=op.f("ck_hour_entries_start_before_end"),
        ),
        sa.CheckConstraint(
            "group_kind in ('', 'individual', 'group')", name=op.f("ck_hour_entries_group_known")
        ),
        sa.CheckConstraint(
            "mode in ('', 'in person', 'live video')", name=op.f("ck_hour_entries_mode_known")
        ),
        sa.CheckConstraint(
            "supervisor_signed_at is null or supervisor_id is not null",
            name=op.f("ck_hour_entries_signer_named"),
        ),
        _reference("hour_entries", "organisation_id", "organisations"),
        _reference("hour_entries", "person_id", "people"),
        _reference("hour_entries", "supervisor_id", "people"),
        _reference("hour_entries", "amends", "hour_entries"),
        _reference("hour_entries", "entered_by", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hour_entries")),
    )
    op.create_index("ix_hour_entries_person_id_day", "hour_entries", ["person_id", "day"])
    op.create_index(
        "ix_hour_entries_amends",
        "hour_entries",
        ["amends"],
        unique=True,
        sqlite_where=STANDS,
        postgresql_where=STANDS,
    )
    op.create_index(
        "ix_hour_entries_waiting",
        "hour_entries",
        ["person_id"],
        sqlite_where=WAITS,
        postgresql_where=WAITS,
    )


def downgrade() -> None:
    op.drop_table("hour_entries")
    op.drop_table("phase_starts")
    op.drop_table("education")
    op.drop_table("credentials")


def _reference(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{target}")
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name)
