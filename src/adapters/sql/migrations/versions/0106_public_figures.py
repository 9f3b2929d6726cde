"""What the public reads by department and year is counted: urgent checks, clues by own staff."""

import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

from adapters.sql.migrations.conversion import every_row, reseal, write_rows
from supervision_core.kernel.days import local_day

revision = "0106"
down_revision = "0104"
branch_labels = None
depends_on = None

_BY_STAFF: sa.Column[bool] = sa.Column(
    "by_staff", sa.Boolean(), nullable=False, server_default=sa.false()
)
_TOLD_ID_SIGNS = 32
"""Ids of clues that a channel outside told are digests so long; others are shorter."""


def upgrade() -> None:
    """Make the columns, and fill them from what each row says."""
    connection = op.get_bind()
    op.add_column("task", sa.Column("confirm_by", sa.Date, nullable=True))
    op.add_column("task", sa.Column("confirmed_on", sa.Date, nullable=True))
    write_rows(connection, "task", _urgent(connection))
    op.create_index("ix_task_confirm_by", "task", ["confirm_by"])
    reseal(connection, "task")
    op.add_column("clue", _BY_STAFF)
    write_rows(connection, "clue", _by_staff(connection))
    op.create_index("ix_clue_disposal", "clue", ["disposal", "registered_on"])
    reseal(connection, "clue")


def downgrade() -> None:
    """Take the columns away."""
    op.drop_index("ix_clue_disposal", table_name="clue")
    op.drop_column("clue", "by_staff")
    op.drop_index("ix_task_confirm_by", table_name="task")
    op.drop_column("task", "confirmed_on")
    op.drop_column("task", "confirm_by")
    for name in ("task", "clue"):
        reseal(op.get_bind(), name)


def _urgent(connection: sa.Connection) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for row in every_row(connection, "task"):
        body = json.loads(row["body"])
        if due := body.get("_approval_due"):
            approval = body.get("_approval")
            at = datetime.fromisoformat(approval["at"]) if approval else None
            on = None if at is None else local_day(at)
            yield row["id"], {"confirm_by": date.fromisoformat(due), "confirmed_on": on}


def _by_staff(connection: sa.Connection) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for row in every_row(connection, "clue"):
        if not row["reporter_index"] and len(row["id"]) != _TOLD_ID_SIGNS:
            yield row["id"], {"by_staff": True}
