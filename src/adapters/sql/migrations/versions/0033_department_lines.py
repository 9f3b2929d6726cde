"""Departments say their short name and their business line."""

import sqlalchemy as sa
from alembic import op

from adapters.sql.migrations.conversion import reseal

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add them, empty."""
    op.add_column("department", sa.Column("short_name", sa.String(40)))
    op.add_column("department", sa.Column("line", sa.String(36)))
    op.create_index("ix_department_place", "department", ["place", "id"])
    reseal(op.get_bind(), "department")


def downgrade() -> None:
    """Take them away."""
    op.drop_index("ix_department_place", table_name="department")
    op.drop_column("department", "line")
    op.drop_column("department", "short_name")
