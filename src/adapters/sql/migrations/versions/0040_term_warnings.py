"""Warnings of terms; caps of checks, which nobody could write, are a register."""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None

_INDEXES = {
    "task": ["task", "id"],
    "state": ["state", "due_on", "id"],
    "due_on": ["due_on", "id"],
    "region": ["region", "due_on", "id"],
}


def upgrade() -> None:
    """Add the tables, and take one away."""
    op.drop_table("check_cap")
    op.create_table(
        "term_warning",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("task", sa.String(length=36), nullable=False),
        sa.Column("department", sa.String(length=36), nullable=False),
        sa.Column("lead", sa.String(length=36), nullable=False),
        sa.Column("region", sa.String(length=12), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("row_seal", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_term_warning")),
    )
    for name, columns in _INDEXES.items():
        op.create_index(f"ix_term_warning_{name}", "term_warning", columns, unique=False)
    op.create_table(
        "term_warning_department",
        sa.Column("warning_id", sa.String(length=36), nullable=False),
        sa.Column("department", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["warning_id"], ["term_warning.id"], name=op.f("fk_term_warning_department")
        ),
        sa.PrimaryKeyConstraint(
            "warning_id", "department", name=op.f("pk_term_warning_department")
        ),
    )
    op.create_index(
        "ix_term_warning_department",
        "term_warning_department",
        ["department", "warning_id"],
        unique=False,
    )


def downgrade() -> None:
    """Take them away."""
    op.drop_index("ix_term_warning_department", table_name="term_warning_department")
    op.drop_table("term_warning_department")
    for name in reversed(_INDEXES):
        op.drop_index(f"ix_term_warning_{name}", table_name="term_warning")
    op.drop_table("term_warning")
    op.create_table(
        "check_cap",
        sa.Column("department", sa.String(length=36), nullable=False),
        sa.Column("most", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("department", name=op.f("pk_check_cap")),
    )
