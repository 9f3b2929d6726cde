"""Counts of a department found by its groups within a region, in the order of days."""

from alembic import op

revision = "0087"
down_revision = "0086"
branch_labels = None
depends_on = None

_TABLE, _INDEX = "count_cell", "ix_count_cell_group"


def upgrade() -> None:
    """Put region and day before the measure."""
    op.drop_index(_INDEX, table_name=_TABLE)
    op.create_index(_INDEX, _TABLE, ["group_id", "region", "counted_on", "measure"])


def downgrade() -> None:
    """Put the measure before the day again."""
    op.drop_index(_INDEX, table_name=_TABLE)
    op.create_index(_INDEX, _TABLE, ["group_id", "measure", "counted_on"])
