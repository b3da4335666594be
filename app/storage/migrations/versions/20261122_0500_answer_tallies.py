"""How everybody answered is counted once, as exams end, instead of at each look."""

import sqlalchemy as sa
from alembic import op

revision = "20261122_0500"
down_revision = "20261122_0400"
branch_labels = None
depends_on = None

KEYS = ("organisation_id", "item_id", "item_version", "option_id")


def upgrade() -> None:
    tallies = op.create_table(
        "answer_tallies",
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("item_id", sa.String(length=120), nullable=False),
        sa.Column("item_version", sa.String(length=32), nullable=False),
        sa.Column("option_id", sa.String(length=80), nullable=False),
        sa.Column("answers", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_answer_tallies_organisation_id_organisations"),
        ),
        sa.PrimaryKeyConstraint(*KEYS, name=op.f("pk_answer_tallies")),
    )
    answers = _final_answers().subquery()
    by = [answers.c[key] for key in KEYS]
    counts = sa.select(*by, sa.func.count()).group_by(*by)
    op.execute(tallies.insert().from_select([*KEYS, "answers"], counts))


def downgrade() -> None:
    op.drop_table("answer_tallies")


def _final_answers() -> sa.Select:
    """What people had chosen when their mock exams ended."""
    names = ("organisation_id", "item_id", "item_version", "attempt_id", "position", "revision")
    columns = [sa.column(name) for name in names]
    given = sa.table(
        "responses", *columns, sa.column("chosen", sa.JSON), sa.column("is_late", sa.Boolean)
    )
    exams = sa.table("attempts", sa.column("id"), sa.column("kind"), sa.column("finished_at"))
    later = given.alias("later")
    option = given.c.chosen[0].as_string()
    return (
        sa.select(
            given.c.organisation_id,
            given.c.item_id,
            given.c.item_version,
            option.label("option_id"),
        )
        .join(exams, exams.c.id == given.c.attempt_id)
        .where(
            given.c.is_late.is_(sa.false()),
            option.is_not(None),
            exams.c.kind == "mock",
            exams.c.finished_at.is_not(None),
            ~sa.exists().where(
                later.c.attempt_id == given.c.attempt_id,
                later.c.position == given.c.position,
                later.c.revision > given.c.revision,
                later.c.is_late.is_(sa.false()),
            ),
        )
    )
