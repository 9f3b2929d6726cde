"""Counts of the work by day, region, departments and scene; the relay fills them from events.

Nothing of them is there after the upgrade: the worker counts what there is when it starts.
"""

import sqlalchemy as sa
from alembic import op

from adapters.sql.engine.types import Sorted

revision = "0069"
down_revision = "0067"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "counted",
        sa.Column("kind", Sorted(40), nullable=False),
        sa.Column("root_id", Sorted(36), nullable=False),
        sa.Column("cells", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "root_id", name=op.f("pk_counted")),
    )
    op.create_table(
        "count_group",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_count_group")),
    )
    op.create_table(
        "count_cell",
        sa.Column("measure", sa.String(length=30), nullable=False),
        sa.Column("about", sa.String(length=36), nullable=False),
        sa.Column("counted_on", sa.Date(), nullable=False),
        sa.Column("region", sa.String(length=12), nullable=False),
        sa.Column("group_id", sa.String(length=32), nullable=False),
        sa.Column("value", sa.String(length=40), nullable=False),
        sa.Column("many", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint(
            "measure",
            "about",
            "counted_on",
            "region",
            "group_id",
            "value",
            name=op.f("pk_count_cell"),
        ),
    )


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("count_cell")
    op.drop_table("count_group")
    op.drop_table("counted")
