"""Mock exams: time, marks, score reports, regrades, reports of questions."""

import sqlalchemy as sa
from alembic import op

revision = "20261122_0010"
down_revision = "20261121_2100"
branch_labels = None
depends_on = None

RUNNING = sa.text("finished_at is null and limit_seconds is not null")
NEW_KINDS = "kind in ('practice', 'check', 'mock')"
OLD_KINDS = "kind in ('practice', 'check')"


def upgrade() -> None:
    _take_kinds(NEW_KINDS)
    op.add_column("attempts", sa.Column("limit_seconds", sa.Integer(), nullable=True))
    op.add_column(
        "attempts",
        sa.Column("closed_by_time", sa.Boolean(), server_default=sa.text("false"), nullable=False),
    )
    op.create_index(
        "ix_attempts_running",
        "attempts",
        ["organisation_id", "started_at"],
        unique=False,
        sqlite_where=RUNNING,
        postgresql_where=RUNNING,
    )
    op.add_column(
        "responses",
        sa.Column("is_late", sa.Boolean(), server_default=sa.text("false"), nullable=False),
    )

    op.drop_index(op.f("ix_responses_organisation_id"), table_name="responses")
    op.create_index(
        "ix_responses_item_id_item_version", "responses", ["item_id", "item_version"], unique=False
    )

    op.create_table(
        "item_exposures",
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("item_id", sa.String(length=120), nullable=False),
        sa.Column("shown", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_item_exposures_organisation_id_organisations"),
        ),
        sa.PrimaryKeyConstraint("organisation_id", "item_id", name=op.f("pk_item_exposures")),
    )
    op.create_table(
        "bookmarks",
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("item_id", sa.String(length=120), nullable=False),
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_bookmarks_organisation_id_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_bookmarks_person_id_people")
        ),
        sa.PrimaryKeyConstraint("person_id", "item_id", name=op.f("pk_bookmarks")),
    )
    with op.batch_alter_table("bookmarks", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_bookmarks_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "exam_allowances",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("extra_percent", sa.Integer(), nullable=False),
        sa.Column("break_minutes", sa.Integer(), nullable=False),
        sa.Column("set_by", sa.String(length=36), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "break_minutes between 0 and 240",
            name=op.f("ck_exam_allowances_break_minutes_sensible"),
        ),
        sa.CheckConstraint(
            "extra_percent between 0 and 300",
            name=op.f("ck_exam_allowances_extra_percent_sensible"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_exam_allowances_organisation_id_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_exam_allowances_person_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["set_by"], ["people.id"], name=op.f("fk_exam_allowances_set_by_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exam_allowances")),
    )
    with op.batch_alter_table("exam_allowances", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_exam_allowances_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            "ix_exam_allowances_person_id_set_at", ["person_id", "set_at"], unique=False
        )

    op.create_table(
        "news",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("about", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_news_organisation_id_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_news_person_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_news")),
    )
    with op.batch_alter_table("news", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_news_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index("ix_news_person_id_made_at", ["person_id", "made_at"], unique=False)

    op.create_table(
        "practice_presets",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("wish", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_practice_presets_organisation_id_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_practice_presets_person_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practice_presets")),
        sa.UniqueConstraint("person_id", "name", name=op.f("uq_practice_presets_person_id_name")),
    )
    with op.batch_alter_table("practice_presets", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_practice_presets_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "regrades",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("item_id", sa.String(length=120), nullable=False),
        sa.Column("item_version", sa.String(length=32), nullable=False),
        sa.Column("policy", sa.String(length=20), nullable=False),
        sa.Column("accepted", sa.JSON(), nullable=False),
        sa.Column("never_lower", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("signed_by", sa.String(length=36), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_by", sa.String(length=36), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "policy in ('accept', 'drop', 'credit', 'rekey')", name=op.f("ck_regrades_policy_known")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_regrades_organisation_id_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["signed_by"], ["people.id"], name=op.f("fk_regrades_signed_by_people")
        ),
        sa.ForeignKeyConstraint(
            ["undone_by"], ["people.id"], name=op.f("fk_regrades_undone_by_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_regrades")),
    )
    with op.batch_alter_table("regrades", schema=None) as batch_op:
        batch_op.create_index("ix_regrades_item_id", ["item_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_regrades_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "exam_breaks",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("attempt_id", sa.String(length=36), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["attempt_id"], ["attempts.id"], name=op.f("fk_exam_breaks_attempt_id_attempts")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_exam_breaks_organisation_id_organisations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exam_breaks")),
    )
    with op.batch_alter_table("exam_breaks", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_exam_breaks_attempt_id"), ["attempt_id"], unique=False)

    op.create_table(
        "item_reports",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("attempt_id", sa.String(length=36), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.String(length=120), nullable=False),
        sa.Column("item_version", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_by", sa.String(length=36), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "kind in ('key', 'unclear', 'outdated', 'typo', 'other')",
            name=op.f("ck_item_reports_kind_known"),
        ),
        sa.CheckConstraint(
            "state in ('open', 'looking', 'mended', 'kept')",
            name=op.f("ck_item_reports_state_known"),
        ),
        sa.ForeignKeyConstraint(
            ["answered_by"], ["people.id"], name=op.f("fk_item_reports_answered_by_people")
        ),
        sa.ForeignKeyConstraint(
            ["attempt_id"], ["attempts.id"], name=op.f("fk_item_reports_attempt_id_attempts")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_item_reports_organisation_id_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_item_reports_person_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_reports")),
        sa.UniqueConstraint(
            "attempt_id", "position", name=op.f("uq_item_reports_attempt_id_position")
        ),
    )
    with op.batch_alter_table("item_reports", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_item_reports_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            "ix_item_reports_organisation_id_state", ["organisation_id", "state"], unique=False
        )

    op.create_table(
        "score_reports",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("attempt_id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("cause", sa.String(length=20), nullable=False),
        sa.Column("regrade_id", sa.String(length=36), nullable=True),
        sa.Column("right_count", sa.Integer(), nullable=False),
        sa.Column("scored_count", sa.Integer(), nullable=False),
        sa.Column("scaled", sa.Integer(), nullable=False),
        sa.Column("is_pass", sa.Boolean(), nullable=False),
        sa.Column("parts", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "cause in ('submitted', 'time', 'regrade', 'undone')",
            name=op.f("ck_score_reports_cause_known"),
        ),
        sa.ForeignKeyConstraint(
            ["attempt_id"], ["attempts.id"], name=op.f("fk_score_reports_attempt_id_attempts")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_score_reports_organisation_id_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_score_reports_person_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["regrade_id"], ["regrades.id"], name=op.f("fk_score_reports_regrade_id_regrades")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_score_reports")),
        sa.UniqueConstraint(
            "attempt_id", "number", name=op.f("uq_score_reports_attempt_id_number")
        ),
    )
    with op.batch_alter_table("score_reports", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_score_reports_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            "ix_score_reports_person_id_made_at", ["person_id", "made_at"], unique=False
        )

    op.create_table(
        "slot_marks",
        sa.Column("attempt_id", sa.String(length=36), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("is_flagged", sa.Boolean(), nullable=False),
        sa.Column("struck", sa.JSON(), nullable=False),
        sa.Column("confidence", sa.String(length=10), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "confidence in ('', 'guess', 'fairly', 'sure')",
            name=op.f("ck_slot_marks_confidence_known"),
        ),
        sa.ForeignKeyConstraint(
            ["attempt_id"], ["attempts.id"], name=op.f("fk_slot_marks_attempt_id_attempts")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_slot_marks_organisation_id_organisations"),
        ),
        sa.PrimaryKeyConstraint("attempt_id", "position", name=op.f("pk_slot_marks")),
    )


def downgrade() -> None:
    op.drop_table("slot_marks")
    with op.batch_alter_table("score_reports", schema=None) as batch_op:
        batch_op.drop_index("ix_score_reports_person_id_made_at")
        batch_op.drop_index(batch_op.f("ix_score_reports_organisation_id"))

    op.drop_table("score_reports")
    with op.batch_alter_table("item_reports", schema=None) as batch_op:
        batch_op.drop_index("ix_item_reports_organisation_id_state")
        batch_op.drop_index(batch_op.f("ix_item_reports_organisation_id"))

    op.drop_table("item_reports")
    with op.batch_alter_table("exam_breaks", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_exam_breaks_attempt_id"))

    op.drop_table("exam_breaks")
    with op.batch_alter_table("regrades", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_regrades_organisation_id"))
        batch_op.drop_index("ix_regrades_item_id")

    op.drop_table("regrades")
    with op.batch_alter_table("practice_presets", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_practice_presets_organisation_id"))

    op.drop_table("practice_presets")
    with op.batch_alter_table("news", schema=None) as batch_op:
        batch_op.drop_index("ix_news_person_id_made_at")
        batch_op.drop_index(batch_op.f("ix_news_organisation_id"))

    op.drop_table("news")
    with op.batch_alter_table("exam_allowances", schema=None) as batch_op:
        batch_op.drop_index("ix_exam_allowances_person_id_set_at")
        batch_op.drop_index(batch_op.f("ix_exam_allowances_organisation_id"))

    op.drop_table("exam_allowances")
    with op.batch_alter_table("bookmarks", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_bookmarks_organisation_id"))

    op.drop_table("bookmarks")
    op.drop_table("item_exposures")

    op.execute(
        "DELETE FROM responses WHERE attempt_id IN (SELECT id FROM attempts WHERE kind = 'mock')"
    )
    op.execute("DELETE FROM attempts WHERE kind = 'mock'")
    op.drop_index("ix_attempts_running", table_name="attempts")
    op.drop_index("ix_responses_item_id_item_version", table_name="responses")
    with op.batch_alter_table("responses") as batch:
        batch.drop_column("is_late")
    op.create_index(
        op.f("ix_responses_organisation_id"), "responses", ["organisation_id"], unique=False
    )
    with op.batch_alter_table("attempts", recreate="never") as batch:
        batch.drop_column("closed_by_time")
        batch.drop_column("limit_seconds")
    _take_kinds(OLD_KINDS)


def _take_kinds(kinds: str) -> None:
    """Changes which kinds of attempts are taken. SQLite makes the table anew for that."""
    with op.batch_alter_table("attempts") as batch:
        batch.drop_constraint(op.f("ck_attempts_kind_known"), type_="check")
        batch.create_check_constraint(op.f("ck_attempts_kind_known"), kinds)
