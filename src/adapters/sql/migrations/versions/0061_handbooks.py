"""Handbooks, and how often they are read."""

import sqlalchemy as sa
from alembic import op

revision = "0061"
down_revision = "0059"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the two tables."""
    op.create_table(
        "handbook",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("region", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=True),
        sa.Column("trade", sa.String(length=36), nullable=True),
        sa.Column("scene", sa.String(length=36), nullable=True),
        sa.Column("department", sa.String(length=36), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("batch", sa.String(length=40), nullable=True),
        sa.Column("changed_on", sa.Date(), nullable=False),
        sa.Column("changed_by", sa.String(length=36), nullable=False),
        sa.Column("line", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("row_seal", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handbook")),
    )
    for name in ("position", "changed_on"):
        op.create_index(f"ix_handbook_{name}", "handbook", [name, "id"])
        op.create_index(f"ix_handbook_region_{name}", "handbook", ["region", name, "id"])
    op.create_table(
        "handbook_reading",
        sa.Column("handbook_id", sa.String(length=36), nullable=False),
        sa.Column("channel", sa.String(length=10), nullable=False),
        sa.Column("read_on", sa.Date(), nullable=False),
        sa.Column("reads", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint(
            "handbook_id", "channel", "read_on", name=op.f("pk_handbook_reading")
        ),
    )


def downgrade() -> None:
    """Take the two tables away."""
    op.drop_table("handbook_reading")
    op.drop_table("handbook")
