"""What is to be done, by who is to do it."""

import sqlalchemy as sa
from alembic import op

from adapters.sql.engine.types import Sorted, Words

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table; ``supervision todo rebuild`` fills it."""
    op.create_table(
        "todo",
        sa.Column("kind", Sorted(40), nullable=False),
        sa.Column("root_id", Sorted(36), nullable=False),
        sa.Column("part", Sorted(64), nullable=False),
        sa.Column("verb", Sorted(40), nullable=False),
        sa.Column("assignee", Sorted(80), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("permission", sa.String(length=80), nullable=False),
        sa.Column("label", Words(300), nullable=True),
        sa.Column("subject", Words(36), nullable=True),
        sa.PrimaryKeyConstraint(
            "kind", "root_id", "part", "verb", "assignee", name=op.f("pk_todo")
        ),
    )
    op.create_index(
        "ix_todo_assignee", "todo", ["assignee", "due_on", "kind", "root_id", "part", "verb"]
    )


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("todo")
