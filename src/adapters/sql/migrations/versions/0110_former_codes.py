"""The codes by which subjects were known before stand beside them, to keep them from others."""

import sqlalchemy as sa
from alembic import op

revision = "0110"
down_revision = "0108"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table; which codes subjects had until now, no row says."""
    op.create_table(
        "subject_former_code",
        sa.Column("subject_id", sa.String(length=36), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["subject.id"], name=op.f("fk_subject_former_code")
        ),
        sa.PrimaryKeyConstraint("subject_id", "code", name=op.f("pk_subject_former_code")),
    )
    op.create_index("ix_subject_former_code_code", "subject_former_code", ["code"], unique=False)


def downgrade() -> None:
    """Take the table away; the rows of subjects go on saying what they said."""
    op.drop_index("ix_subject_former_code_code", table_name="subject_former_code")
    op.drop_table("subject_former_code")
