"""Who graded whom beside the calendar; of what was graded before nobody knows any more."""

import sqlalchemy as sa
from alembic import op

revision = "0102"
down_revision = "0100"
branch_labels = None
depends_on = None

_TABLE = "unscheduled_run"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        _TABLE,
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("rule", sa.String(length=36), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("row_seal", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{_TABLE}")),
    )
    op.create_index(f"ix_{_TABLE}_rule", _TABLE, ["rule", "as_of"], unique=False)


def downgrade() -> None:
    """Take it away."""
    op.drop_index(f"ix_{_TABLE}_rule", table_name=_TABLE)
    op.drop_table(_TABLE)
