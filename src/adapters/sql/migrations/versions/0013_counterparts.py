"""What things of the existing platform are here."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "counterpart",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("row_seal", sa.String(length=80), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_counterpart")),
    )
    op.create_index("ix_counterpart_kind", "counterpart", ["kind", "id"], unique=False)


def downgrade() -> None:
    """Take the table away."""
    op.drop_index("ix_counterpart_kind", table_name="counterpart")
    op.drop_table("counterpart")
