"""The chain of supervision: contracts, plans, observations, ratings, sign-offs."""

import sqlalchemy as sa
from alembic import op

revision = "20261122_0610"
down_revision = "20261122_0600"
branch_labels = None
depends_on = None

ONCE_READ = sa.text("kind = 'read'")


def upgrade() -> None:
    op.create_table(
        "development_goals",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("competency_code", sa.String(length=80), nullable=False),
        sa.Column("goal", sa.Text(), nullable=False),
        sa.Column("steps", sa.Text(), nullable=False),
        sa.Column("target_on", sa.Date(), nullable=False),
        sa.Column("reobserve_on", sa.Date(), nullable=False),
        sa.Column("observation_id", sa.String(length=36), nullable=True),
        sa.Column("set_by", sa.String(length=36), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by", sa.String(length=36), nullable=True),
        sa.Column("settled_by_observation", sa.String(length=36), nullable=True),
        sa.Column("settled_words", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "state in ('open', 'demonstrated', 'not yet', 'dropped')",
            name=op.f("ck_development_goals_state_known"),
        ),
        _reference("development_goals", "organisation_id", "organisations"),
        _reference("development_goals", "person_id", "people"),
        _reference("development_goals", "set_by", "people"),
        _reference("development_goals", "settled_by", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_development_goals")),
    )
    op.create_index(
        "ix_development_goals_person_id", "development_goals", ["person_id"], unique=False
    )
    op.create_table(
        "observation_requests",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("competency_code", sa.String(length=80), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("wished_on", sa.Date(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.String(length=20), nullable=False),
        sa.Column("answer_words", sa.Text(), nullable=False),
        sa.Column("answered_by", sa.String(length=36), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "answer in ('', 'planned', 'declined')",
            name=op.f("ck_observation_requests_answer_known"),
        ),
        _reference("observation_requests", "answered_by", "people"),
        _reference("observation_requests", "organisation_id", "organisations"),
        _reference("observation_requests", "person_id", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_observation_requests")),
    )
    op.create_index(
        "ix_observation_requests_person_id", "observation_requests", ["person_id"], unique=False
    )
    op.create_table(
        "observations",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("observer_id", sa.String(length=36), nullable=False),
        sa.Column("mode", sa.String(length=20), nullable=False),
        sa.Column("observed_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("went_well", sa.Text(), nullable=False),
        sa.Column("next_step", sa.Text(), nullable=False),
        sa.Column("marks", sa.JSON(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("goal_id", sa.String(length=36), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("saved_by_tab", sa.String(length=64), nullable=False),
        sa.Column("tab_step", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "mode in ('', 'live', 'recorded', 'role-play', 'simulation', 'co-therapy', "
            "'chart review', 'case presentation')",
            name=op.f("ck_observations_mode_known"),
        ),
        _reference("observations", "observer_id", "people"),
        _reference("observations", "organisation_id", "organisations"),
        _reference("observations", "person_id", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_observations")),
    )
    op.create_index(
        "ix_observations_person_id_finished_at",
        "observations",
        ["person_id", "finished_at"],
        unique=False,
    )
    op.create_table(
        "private_notes",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("author_id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        _reference("private_notes", "author_id", "people"),
        _reference("private_notes", "organisation_id", "organisations"),
        _reference("private_notes", "person_id", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_private_notes")),
    )
    op.create_index(
        "ix_private_notes_author_id_person_id",
        "private_notes",
        ["author_id", "person_id"],
        unique=False,
    )
    op.create_table(
        "sent_forms",
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("form_key", sa.String(length=64), nullable=False),
        sa.Column("mark", sa.String(length=36), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        _reference("sent_forms", "organisation_id", "organisations"),
        _reference("sent_forms", "person_id", "people"),
        sa.PrimaryKeyConstraint("person_id", "form_key", name=op.f("pk_sent_forms")),
    )
    op.create_table(
        "sign_offs",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("target_kind", sa.String(length=20), nullable=False),
        sa.Column("target_code", sa.String(length=80), nullable=False),
        sa.Column("framework_id", sa.String(length=80), nullable=False),
        sa.Column("framework_version", sa.String(length=60), nullable=False),
        sa.Column("scale_id", sa.String(length=80), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("level_title", sa.String(length=120), nullable=False),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.Column("shortfalls", sa.JSON(), nullable=False),
        sa.Column("exception", sa.Text(), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("typed_name", sa.String(length=120), nullable=False),
        sa.Column("signed_by", sa.String(length=36), nullable=False),
        sa.Column("credential_id", sa.String(length=36), nullable=False),
        sa.Column("credential", sa.Text(), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "target_kind in ('competency', 'area')", name=op.f("ck_sign_offs_target_kind_known")
        ),
        _reference("sign_offs", "organisation_id", "organisations"),
        _reference("sign_offs", "person_id", "people"),
        _reference("sign_offs", "signed_by", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_offs")),
    )
    op.create_index(
        "ix_sign_offs_person_id_signed_at", "sign_offs", ["person_id", "signed_at"], unique=False
    )
    op.create_table(
        "supervision_contracts",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("supervisor_id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("terms", sa.JSON(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "ends_on >= starts_on", name=op.f("ck_supervision_contracts_dates_in_order")
        ),
        _reference("supervision_contracts", "organisation_id", "organisations"),
        _reference("supervision_contracts", "person_id", "people"),
        _reference("supervision_contracts", "supervisor_id", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supervision_contracts")),
        sa.UniqueConstraint(
            "person_id",
            "supervisor_id",
            "number",
            name=op.f("uq_supervision_contracts_person_id_supervisor_id_number"),
        ),
    )
    op.create_table(
        "contract_acceptances",
        sa.Column("contract_id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=False),
        _reference("contract_acceptances", "contract_id", "supervision_contracts"),
        _reference("contract_acceptances", "organisation_id", "organisations"),
        _reference("contract_acceptances", "person_id", "people"),
        sa.PrimaryKeyConstraint("contract_id", "person_id", name=op.f("pk_contract_acceptances")),
    )
    op.create_table(
        "feedback_replies",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("observation_id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind in ('read', 'comment')", name=op.f("ck_feedback_replies_kind_known")
        ),
        _reference("feedback_replies", "observation_id", "observations"),
        _reference("feedback_replies", "organisation_id", "organisations"),
        _reference("feedback_replies", "person_id", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback_replies")),
    )
    op.create_index(
        "ix_feedback_replies_observation_id", "feedback_replies", ["observation_id"], unique=False
    )
    op.create_index(
        "ix_feedback_replies_read_once",
        "feedback_replies",
        ["observation_id"],
        unique=True,
        sqlite_where=ONCE_READ,
        postgresql_where=ONCE_READ,
    )
    op.create_table(
        "ratings",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("competency_code", sa.String(length=80), nullable=False),
        sa.Column("framework_id", sa.String(length=80), nullable=False),
        sa.Column("framework_version", sa.String(length=60), nullable=False),
        sa.Column("scale_id", sa.String(length=80), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("level_title", sa.String(length=120), nullable=False),
        sa.Column("observed_support", sa.String(length=20), nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("observation_id", sa.String(length=36), nullable=True),
        sa.Column("rater_id", sa.String(length=36), nullable=False),
        sa.Column("rater_credential", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("rated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "observed_support in ('', 'alone', 'prompts', 'help', 'shown')",
            name=op.f("ck_ratings_support_known"),
        ),
        sa.CheckConstraint(
            "source in ('observation', 'self', 'review')", name=op.f("ck_ratings_source_known")
        ),
        sa.CheckConstraint("level >= 1", name=op.f("ck_ratings_level_is_a_rank")),
        _reference("ratings", "observation_id", "observations"),
        _reference("ratings", "organisation_id", "organisations"),
        _reference("ratings", "person_id", "people"),
        _reference("ratings", "rater_id", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ratings")),
        sa.UniqueConstraint(
            "observation_id",
            "competency_code",
            "rater_id",
            name=op.f("uq_ratings_observation_id_competency_code_rater_id"),
        ),
    )
    op.create_index(
        "ix_ratings_person_id_rated_at", "ratings", ["person_id", "rated_at"], unique=False
    )
    op.create_table(
        "sign_off_amendments",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("sign_off_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("said_by", sa.String(length=36), nullable=False),
        sa.Column("credential", sa.Text(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind in ('amendment', 'withdrawal', 'comment', 'dispute', 'second review')",
            name=op.f("ck_sign_off_amendments_kind_known"),
        ),
        _reference("sign_off_amendments", "organisation_id", "organisations"),
        _reference("sign_off_amendments", "said_by", "people"),
        _reference("sign_off_amendments", "sign_off_id", "sign_offs"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_off_amendments")),
    )
    op.create_index(
        "ix_sign_off_amendments_sign_off_id", "sign_off_amendments", ["sign_off_id"], unique=False
    )
    op.create_table(
        "reconciling_notes",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("lower_rating_id", sa.String(length=36), nullable=False),
        sa.Column("higher_rating_id", sa.String(length=36), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("written_by", sa.String(length=36), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        _reference("reconciling_notes", "higher_rating_id", "ratings"),
        _reference("reconciling_notes", "lower_rating_id", "ratings"),
        _reference("reconciling_notes", "organisation_id", "organisations"),
        _reference("reconciling_notes", "person_id", "people"),
        _reference("reconciling_notes", "written_by", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reconciling_notes")),
    )
    op.create_index(
        "ix_reconciling_notes_person_id", "reconciling_notes", ["person_id"], unique=False
    )


def downgrade() -> None:
    op.drop_table("reconciling_notes")
    op.drop_table("sign_off_amendments")
    op.drop_table("ratings")
    op.drop_table("feedback_replies")
    op.drop_table("contract_acceptances")
    op.drop_table("supervision_contracts")
    op.drop_table("sign_offs")
    op.drop_table("sent_forms")
    op.drop_table("private_notes")
    op.drop_table("observations")
    op.drop_table("observation_requests")
    op.drop_table("development_goals")


def _reference(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{target}")
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name)
