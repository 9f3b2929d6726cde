"""Days of commands, so that old ones can be forgotten; the log by department, in its order."""

import sqlalchemy as sa
from alembic import op

revision = "0086"
down_revision = "0085"
branch_labels = None
depends_on = None

_TABLE, _INDEX, _BY_DEPARTMENT = (
    "done_command", "ix_done_command_done_on", "ix_audit_row_department",
)  # fmt: skip


def upgrade() -> None:
    """Add the day; of those that are there it is not known."""
    op.add_column(_TABLE, sa.Column("done_on", sa.Date(), nullable=True))
    op.create_index(_INDEX, _TABLE, ["done_on"])
    op.create_index(_BY_DEPARTMENT, "audit_row", ["department", "position"])


def downgrade() -> None:
    """Take them away."""
    op.drop_index(_BY_DEPARTMENT, table_name="audit_row")
    op.drop_index(_INDEX, table_name=_TABLE)
    op.drop_column(_TABLE, "done_on")
