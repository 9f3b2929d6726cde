"""Gradings of subjects, one a rule, day and subject."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "graded_subject",
        sa.Column("rule_id", sa.String(length=36), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("subject_id", sa.String(length=36), nullable=False),
        sa.Column("grade", sa.BigInteger(), nullable=True),
        sa.Column("risk_level", sa.String(length=30), nullable=True),
        sa.Column("credit_level", sa.String(length=30), nullable=True),
        sa.Column("record", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("rule_id", "as_of", "subject_id", name=op.f("pk_graded_subject")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_graded_subject_subject_id", "graded_subject", ["subject_id", "as_of"], unique=False
    )


def downgrade() -> None:
    """Take the table away."""
    op.drop_index("ix_graded_subject_subject_id", table_name="graded_subject")
    op.drop_table("graded_subject")
