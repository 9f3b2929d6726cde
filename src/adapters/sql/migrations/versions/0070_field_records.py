"""What phones send without signal, and the phones that may."""

import sqlalchemy as sa
from alembic import op

revision = "0070"
down_revision = "0069"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the two tables."""
    op.create_table(
        "field_record",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("owner", sa.String(length=36), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("thing", sa.String(length=36), nullable=True),
        sa.Column("left_version", sa.BigInteger(), nullable=False),
        sa.Column("row_seal", sa.String(length=80), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_field_record")),
    )
    op.create_index("ix_field_record_owner", "field_record", ["owner", "thing"])
    op.create_table(
        "field_device",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("owner", sa.String(length=36), nullable=False),
        sa.Column("row_seal", sa.String(length=80), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_field_device")),
    )
    op.create_index("ix_field_device_owner", "field_device", ["owner"])


def downgrade() -> None:
    """Take them away."""
    op.drop_table("field_device")
    op.drop_table("field_record")
