"""One seal a row, or a batch: seals kept apart go, and the sums that counted rows."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take them away."""
    op.drop_table("permission_seal")
    op.drop_table("tally")


def downgrade() -> None:
    """Make the tables anew, empty: whoever goes back puts a backup back as well."""
    op.create_table(
        "tally",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("row_seal", sa.String(length=80), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tally")),
    )
    op.create_table(
        "permission_seal",
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("sealed_id", sa.String(length=64), nullable=False),
        sa.Column("seal", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("kind", "sealed_id", name=op.f("pk_permission_seal")),
    )
