"""What each of the last epochs of access changed."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "access_change",
        sa.Column("epoch", sa.BigInteger(), nullable=False),
        sa.Column("target", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("epoch", "target", name=op.f("pk_access_change")),
    )


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("access_change")
