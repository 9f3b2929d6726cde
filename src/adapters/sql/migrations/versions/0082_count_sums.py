"""Sums beside the counts, in which groups a department is, and indexes of the counts.

The sums are empty after the upgrade: the worker sums up when it starts.
"""

import sqlalchemy as sa
from alembic import op

revision = "0082"
down_revision = "0081"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add tables and indexes."""
    op.create_index("ix_count_cell_day", "count_cell", ["measure", "counted_on", "group_id"])
    op.create_index("ix_count_cell_group", "count_cell", ["group_id", "measure", "counted_on"])
    op.create_table(
        "count_member",
        sa.Column("department", sa.String(length=36), nullable=False),
        sa.Column("group_id", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("department", "group_id", name=op.f("pk_count_member")),
    )
    op.create_index("ix_count_member_group", "count_member", ["group_id"])
    op.create_table(
        "count_sum",
        sa.Column("along", sa.String(length=10), nullable=False),
        sa.Column("region", sa.String(length=12), nullable=False),
        sa.Column("measure", sa.String(length=30), nullable=False),
        sa.Column("counted_in", sa.Date(), nullable=False),
        sa.Column("value", sa.String(length=40), nullable=False),
        sa.Column("concerned", sa.String(length=36), nullable=False),
        sa.Column("many", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint(
            "along", "region", "measure", "counted_in", "value", "concerned",
            name=op.f("pk_count_sum"),
        ),
    )  # fmt: skip


def downgrade() -> None:
    """Take them away."""
    op.drop_table("count_sum")
    op.drop_table("count_member")
    op.drop_index("ix_count_cell_group", table_name="count_cell")
    op.drop_index("ix_count_cell_day", table_name="count_cell")
