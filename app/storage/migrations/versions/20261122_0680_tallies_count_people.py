"""Each person counts once for a wording in how people answered, not each of their exams."""

import sqlalchemy as sa
from alembic import op

revision = "20261122_0680"
down_revision = "20261122_0670"
branch_labels = None
depends_on = None

KEYS = ("organisation_id", "item_id", "item_version", "option_id")
TALLIES = sa.table("answer_tallies", *(sa.column(name) for name in (*KEYS, "answers")))


def upgrade() -> None:
    answers = _final_answers()
    _count_again(answers, answers.c.place == 1)


def downgrade() -> None:
    _count_again(_final_answers())


def _count_again(answers: sa.Subquery, *narrowed: sa.ColumnElement[bool]) -> None:
    by = [answers.c[key] for key in KEYS]
    counts = sa.select(*by, sa.func.count()).where(*narrowed).group_by(*by)
    op.execute(TALLIES.delete())
    op.execute(TALLIES.insert().from_select([*KEYS, "answers"], counts))


def _final_answers() -> sa.Subquery:
    """What people had chosen when their mock exams ended; `place` counts those of a person."""
    wording = ("item_id", "item_version")
    names = ("organisation_id", "person_id", *wording, "attempt_id", "position", "revision")
    columns = [sa.column(name) for name in names]
    given = sa.table(
        "responses", *columns, sa.column("chosen", sa.JSON), sa.column("is_late", sa.Boolean)
    )
    exams = sa.table("attempts", sa.column("id"), sa.column("kind"), sa.column("finished_at"))
    later = given.alias("later")
    option = given.c.chosen[0].as_string()
    place = sa.func.row_number().over(
        partition_by=(given.c.person_id, given.c.item_id, given.c.item_version),
        order_by=(given.c.attempt_id, given.c.position),
    )
    return (
        sa.select(
            given.c.organisation_id,
            given.c.item_id,
            given.c.item_version,
            option.label("option_id"),
            place.label("place"),
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
        .subquery("final_answers")
    )
