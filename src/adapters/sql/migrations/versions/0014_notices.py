"""Messages to users, with their ways."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "notice",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("owner", sa.String(length=36), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("row_seal", sa.String(length=80), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
    )
    op.create_index("ix_notice_owner", "notice", ["owner", "made_at", "id"], unique=False)
    op.create_index("ix_notice_state", "notice", ["state", "made_at", "id"], unique=False)


def downgrade() -> None:
    """Take the table away."""
    op.drop_index("ix_notice_state", table_name="notice")
    op.drop_index("ix_notice_owner", table_name="notice")
    op.drop_table("notice")
