"""More ways to ask, more time, leave, digests that were sent, and calendar addresses."""

import sqlalchemy as sa
from alembic import op

revision = "20261122_0630"
down_revision = "20261122_0620"
branch_labels = None
depends_on = None

TABLES = (
    "calendar_feeds",
    "mail_choices",
    "digests",
    "nudges",
    "leaves",
    "assignment_extensions",
)


def upgrade() -> None:
    with op.batch_alter_table("assignments") as batch:
        batch.alter_column("due_on", existing_type=sa.Date(), nullable=True)
        batch.add_column(sa.Column("days_after_joining", sa.Integer(), nullable=True))
        batch.add_column(
            sa.Column("role", sa.String(length=60), server_default="", nullable=False)
        )
        batch.add_column(
            sa.Column("shows_result", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
        batch.add_column(
            sa.Column("quiz_questions", sa.Integer(), server_default="0", nullable=False)
        )
        batch.add_column(
            sa.Column("quiz_percent", sa.Integer(), server_default="0", nullable=False)
        )
        batch.drop_constraint(op.f("ck_assignments_kind_known"), type_="check")
        batch.create_check_constraint(
            op.f("ck_assignments_kind_known"), "kind in ('lesson', 'scenario', 'quiz', 'mock')"
        )
        batch.create_check_constraint(
            op.f("ck_assignments_due_one_way"), "(due_on is null) <> (days_after_joining is null)"
        )
    _add_moving_tables()
    _add_mail_tables()


def _add_moving_tables() -> None:
    op.create_table(
        "assignment_extensions",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("assignment_id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("given_by", sa.String(length=36), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("reason in ('workload', 'personal', 'access', 'unclear', 'other')", name=op.f("ck_assignment_extensions_reason_known")),
        _reference("assignment_extensions", "organisation_id", "organisations"),
        _reference("assignment_extensions", "assignment_id", "assignments"),
        _reference("assignment_extensions", "person_id", "people"),
        _reference("assignment_extensions", "given_by", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment_extensions")),
    )
    op.create_index(op.f("ix_assignment_extensions_assignment_id"), "assignment_extensions", ["assignment_id"])
    op.create_table(
        "leaves",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("kept_by", sa.String(length=36), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_by", sa.String(length=36), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("last_day >= first_day", name=op.f("ck_leaves_days_in_order")),
        _reference("leaves", "organisation_id", "organisations"),
        _reference("leaves", "person_id", "people"),
        _reference("leaves", "kept_by", "people"),
        _reference("leaves", "removed_by", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leaves")),
    )
    op.create_index(op.f("ix_leaves_person_id"), "leaves", ["person_id"])


def _add_mail_tables() -> None:
    op.create_table(
        "nudges",
        sa.Column("assignment_id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("sent_by", sa.String(length=36), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        _reference("nudges", "organisation_id", "organisations"),
        _reference("nudges", "assignment_id", "assignments"),
        _reference("nudges", "person_id", "people"),
        _reference("nudges", "sent_by", "people"),
        sa.PrimaryKeyConstraint("assignment_id", "person_id", "day", name=op.f("pk_nudges")),
    )
    op.create_index("ix_nudges_person_id_day", "nudges", ["person_id", "day"])
    op.create_table(
        "digests",
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("held_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        _reference("digests", "organisation_id", "organisations"),
        _reference("digests", "person_id", "people"),
        sa.PrimaryKeyConstraint("person_id", "day", name=op.f("pk_digests")),
    )
    op.create_index("ix_digests_organisation_id_day", "digests", ["organisation_id", "day"])
    op.create_table(
        "mail_choices",
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("is_off", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        _reference("mail_choices", "organisation_id", "organisations"),
        _reference("mail_choices", "person_id", "people"),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_mail_choices")),
    )
    op.create_table(
        "calendar_feeds",
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("token_digest", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("hour_began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("fetches", sa.Integer(), nullable=False),
        _reference("calendar_feeds", "organisation_id", "organisations"),
        _reference("calendar_feeds", "person_id", "people"),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_calendar_feeds")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_calendar_feeds_token_digest")),
    )

def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
    # The earlier version cannot tell these.
    op.execute(
        "DELETE FROM assignments WHERE kind in ('quiz', 'mock') or days_after_joining is not null"
    )
    with op.batch_alter_table("assignments") as batch:
        batch.drop_constraint(op.f("ck_assignments_due_one_way"), type_="check")
        batch.drop_constraint(op.f("ck_assignments_kind_known"), type_="check")
        batch.create_check_constraint(
            op.f("ck_assignments_kind_known"), "kind in ('lesson', 'scenario')"
        )
        for column in (
            "quiz_percent",
            "quiz_questions",
            "shows_result",
            "role",
            "days_after_joining",
        ):
            batch.drop_column(column)
        batch.alter_column("due_on", existing_type=sa.Date(), nullable=False)


def _reference(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{target}")
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name)
