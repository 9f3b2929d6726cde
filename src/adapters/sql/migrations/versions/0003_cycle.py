"""The cycle: plans, tasks, visits, models, clues, draws."""

import sqlalchemy as sa
from alembic import op

from adapters.sql.engine.types import Sorted

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "check_cap",
        sa.Column("department", sa.String(length=36), nullable=False),
        sa.Column("most", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("department", name=op.f("pk_check_cap")),
    )
    op.create_table(
        "clue",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=True),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("subject", sa.String(length=36), nullable=True),
        sa.Column("region", sa.String(length=12), nullable=False),
        sa.Column("holder", sa.String(length=36), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("complainant", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clue")),
    )
    op.create_index("ix_clue_channel", "clue", ["channel", "due_on", "id"], unique=False)
    op.create_index("ix_clue_due_on", "clue", ["due_on", "id"], unique=False)
    op.create_index("ix_clue_state", "clue", ["state", "due_on", "id"], unique=False)
    op.create_index("ix_clue_subject", "clue", ["subject", "due_on", "id"], unique=False)
    op.create_table(
        "credit_model",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("region", sa.String(length=12), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credit_model")),
    )
    op.create_table(
        "draw",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("task", sa.String(length=36), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("pool", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draw")),
    )
    op.create_index("ix_draw_task", "draw", ["task"], unique=False)
    op.create_table(
        "evaluation_round",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("model_id", sa.String(length=36), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evaluation_round")),
    )
    op.create_index("ix_evaluation_round_model_id", "evaluation_round", ["model_id"], unique=False)
    op.create_table(
        "grading_rule",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("region", sa.String(length=12), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grading_rule")),
    )
    op.create_table(
        "plan",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("name", Sorted(200), nullable=False),
        sa.Column("scene", sa.String(length=36), nullable=False),
        sa.Column("plan_year", sa.BigInteger(), nullable=False),
        sa.Column("region", sa.String(length=12), nullable=False),
        sa.Column("lead_department", sa.String(length=36), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan")),
    )
    op.create_index("ix_plan_plan_year", "plan", ["plan_year", "name", "id"], unique=False)
    op.create_index("ix_plan_scene", "plan", ["scene", "name", "id"], unique=False)
    op.create_table(
        "publication",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("task", sa.String(length=36), nullable=False),
        sa.Column("subject", sa.String(length=36), nullable=False),
        sa.Column("region", sa.String(length=12), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("formed_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publication")),
    )
    op.create_index("ix_publication_due_on", "publication", ["due_on", "id"], unique=False)
    op.create_index("ix_publication_state", "publication", ["state", "due_on", "id"], unique=False)
    op.create_index("ix_publication_task", "publication", ["task", "due_on", "id"], unique=False)
    op.create_table(
        "rectification",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("visit", sa.String(length=36), nullable=False),
        sa.Column("task", sa.String(length=36), nullable=False),
        sa.Column("subject", sa.String(length=36), nullable=False),
        sa.Column("region", sa.String(length=12), nullable=False),
        sa.Column("department", sa.String(length=36), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rectification")),
    )
    op.create_index(
        "ix_rectification_department", "rectification", ["department", "due_on", "id"], unique=False
    )
    op.create_index("ix_rectification_due_on", "rectification", ["due_on", "id"], unique=False)
    op.create_index(
        "ix_rectification_state", "rectification", ["state", "due_on", "id"], unique=False
    )
    op.create_index(
        "ix_rectification_subject", "rectification", ["subject", "due_on", "id"], unique=False
    )
    op.create_index(
        "ix_rectification_task", "rectification", ["task", "due_on", "id"], unique=False
    )
    op.create_table(
        "review",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("visit", sa.String(length=36), nullable=False),
        sa.Column("task", sa.String(length=36), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review")),
    )
    op.create_table(
        "risk_model",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("region", sa.String(length=12), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_risk_model")),
    )
    op.create_table(
        "task",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("code", Sorted(64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("scene", sa.String(length=36), nullable=False),
        sa.Column("plan", sa.String(length=36), nullable=True),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("region", sa.String(length=12), nullable=False),
        sa.Column("lead_department", sa.String(length=36), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task")),
        sa.UniqueConstraint("code", name=op.f("uq_task_code")),
    )
    op.create_index("ix_task_plan", "task", ["plan", "code", "id"], unique=False)
    op.create_index("ix_task_region", "task", ["region", "code", "id"], unique=False)
    op.create_index("ix_task_scene", "task", ["scene", "code", "id"], unique=False)
    op.create_index("ix_task_state", "task", ["state", "code", "id"], unique=False)
    op.create_table(
        "transfer",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transfer")),
    )
    op.create_table(
        "visit",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("code", Sorted(64), nullable=False),
        sa.Column("task", sa.String(length=36), nullable=False),
        sa.Column("subject", sa.String(length=36), nullable=False),
        sa.Column("region", sa.String(length=12), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("formed_on", sa.Date(), nullable=True),
        sa.Column("cap_year", sa.BigInteger(), nullable=True),
        sa.Column("findings", sa.BigInteger(), nullable=False),
        sa.Column("key_findings", sa.BigInteger(), nullable=False),
        sa.Column("obstructed", sa.Boolean(), nullable=False),
        sa.Column("unreachable", sa.Boolean(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit")),
    )
    op.create_index("ix_visit_code", "visit", ["code", "id"], unique=False)
    op.create_index("ix_visit_due_on", "visit", ["due_on"], unique=False)
    op.create_index("ix_visit_is_open", "visit", ["is_open", "code", "id"], unique=False)
    op.create_index("ix_visit_region", "visit", ["region", "code", "id"], unique=False)
    op.create_index("ix_visit_subject", "visit", ["subject", "code", "id"], unique=False)
    op.create_index("ix_visit_task", "visit", ["task", "code", "id"], unique=False)
    op.create_table(
        "clue_department",
        sa.Column("clue_id", sa.String(length=36), nullable=False),
        sa.Column("department", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["clue_id"], ["clue.id"], name=op.f("fk_clue_department")),
        sa.PrimaryKeyConstraint("clue_id", "department", name=op.f("pk_clue_department")),
    )
    op.create_table(
        "task_department",
        sa.Column("task_id", sa.String(length=36), nullable=False),
        sa.Column("department", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_task_department")),
        sa.PrimaryKeyConstraint("task_id", "department", name=op.f("pk_task_department")),
    )
    op.create_index(
        "ix_task_department_department", "task_department", ["department", "task_id"], unique=False
    )
    op.create_table(
        "visit_department",
        sa.Column("visit_id", sa.String(length=36), nullable=False),
        sa.Column("department", sa.String(length=36), nullable=False),
        sa.Column("task", sa.String(length=36), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_visit_department")),
        sa.PrimaryKeyConstraint("visit_id", "department", name=op.f("pk_visit_department")),
    )
    op.create_index(
        "ix_visit_department_task",
        "visit_department",
        ["task", "department", "is_open"],
        unique=False,
    )
    op.create_table(
        "visit_officer",
        sa.Column("visit_id", sa.String(length=36), nullable=False),
        sa.Column("officer", sa.String(length=36), nullable=False),
        sa.Column("code", Sorted(64), nullable=False),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_visit_officer")),
        sa.PrimaryKeyConstraint("visit_id", "officer", name=op.f("pk_visit_officer")),
    )
    op.create_index(
        "ix_visit_officer_officer", "visit_officer", ["officer", "code", "visit_id"], unique=False
    )


def downgrade() -> None:
    """Take the tables away."""
    op.drop_index("ix_visit_officer_officer", table_name="visit_officer")
    op.drop_table("visit_officer")
    op.drop_index("ix_visit_department_task", table_name="visit_department")
    op.drop_table("visit_department")
    op.drop_index("ix_task_department_department", table_name="task_department")
    op.drop_table("task_department")
    op.drop_table("clue_department")
    op.drop_index("ix_visit_task", table_name="visit")
    op.drop_index("ix_visit_subject", table_name="visit")
    op.drop_index("ix_visit_region", table_name="visit")
    op.drop_index("ix_visit_is_open", table_name="visit")
    op.drop_index("ix_visit_due_on", table_name="visit")
    op.drop_index("ix_visit_code", table_name="visit")
    op.drop_table("visit")
    op.drop_table("transfer")
    op.drop_index("ix_task_state", table_name="task")
    op.drop_index("ix_task_scene", table_name="task")
    op.drop_index("ix_task_region", table_name="task")
    op.drop_index("ix_task_plan", table_name="task")
    op.drop_table("task")
    op.drop_table("risk_model")
    op.drop_table("review")
    op.drop_index("ix_rectification_task", table_name="rectification")
    op.drop_index("ix_rectification_subject", table_name="rectification")
    op.drop_index("ix_rectification_state", table_name="rectification")
    op.drop_index("ix_rectification_due_on", table_name="rectification")
    op.drop_index("ix_rectification_department", table_name="rectification")
    op.drop_table("rectification")
    op.drop_index("ix_publication_task", table_name="publication")
    op.drop_index("ix_publication_state", table_name="publication")
    op.drop_index("ix_publication_due_on", table_name="publication")
    op.drop_table("publication")
    op.drop_index("ix_plan_scene", table_name="plan")
    op.drop_index("ix_plan_plan_year", table_name="plan")
    op.drop_table("plan")
    op.drop_table("grading_rule")
    op.drop_index("ix_evaluation_round_model_id", table_name="evaluation_round")
    op.drop_table("evaluation_round")
    op.drop_index("ix_draw_task", table_name="draw")
    op.drop_table("draw")
    op.drop_table("credit_model")
    op.drop_index("ix_clue_subject", table_name="clue")
    op.drop_index("ix_clue_state", table_name="clue")
    op.drop_index("ix_clue_due_on", table_name="clue")
    op.drop_index("ix_clue_channel", table_name="clue")
    op.drop_table("clue")
    op.drop_table("check_cap")
