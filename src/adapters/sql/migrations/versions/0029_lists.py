"""Indexes led by the region for lists by due day: who sees one county looks at no other."""

from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

_TABLES = ("rectification", "publication", "clue")


def upgrade() -> None:
    """Make them."""
    for table in _TABLES:
        op.create_index(f"ix_{table}_region", table, ["region", "due_on", "id"])


def downgrade() -> None:
    """Drop them."""
    for table in _TABLES:
        op.drop_index(f"ix_{table}_region", table)
