"""Series of draws: which number a draw has among those of its lead, scene and year."""

import sqlalchemy as sa
from alembic import op

revision = "0092"
down_revision = "0087"
branch_labels = None
depends_on = None

_TABLE = "draw_series"


def upgrade() -> None:
    """Make the table; draws frozen before it have no number."""
    op.create_table(
        _TABLE,
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("row_seal", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{_TABLE}")),
    )


def downgrade() -> None:
    """Take it away."""
    op.drop_table(_TABLE)
