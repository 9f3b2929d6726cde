"""A draw of a pool of one's own belongs to no task, also where one was named for it."""

import json

import sqlalchemy as sa
from alembic import op

from adapters.sql.migrations.conversion import every_row, reseal, write_rows

revision = "0100"
down_revision = "0099"
branch_labels = None
depends_on = None

_TABLE = "draw"
_NOBODY = "-"


def upgrade() -> None:
    """Keep whose task a draw is but of own pools, on which nothing rests."""
    connection = op.get_bind()
    tasks = every_row(connection, "task")
    rested = {json.loads(row["body"])["_sheet"].get("draw") for row in tasks}
    own = {
        row["id"]
        for row in every_row(connection, _TABLE)
        if row["id"] not in rested and _of_own_pool(row["body"])
    }
    op.add_column(_TABLE, sa.Column("of_task", sa.String(36)))
    kept = ((row["id"], row["task"]) for row in every_row(connection, _TABLE))
    write_rows(
        connection,
        _TABLE,
        ((id_, {"of_task": None if id_ in own else task}) for id_, task in kept),
    )
    op.create_index("ix_draw_of_task", _TABLE, ["of_task"])
    op.drop_index("ix_draw_task", table_name=_TABLE)
    op.drop_column(_TABLE, "task")
    reseal(connection, _TABLE)


def downgrade() -> None:
    """Put tasks back into their column; which task own pools named nobody knows any more."""
    connection = op.get_bind()
    op.add_column(_TABLE, sa.Column("task", sa.String(36), nullable=False, server_default=_NOBODY))
    kept = ((row["id"], row["of_task"]) for row in every_row(connection, _TABLE))
    write_rows(connection, _TABLE, ((id_, {"task": task or _NOBODY}) for id_, task in kept))
    op.create_index("ix_draw_task", _TABLE, ["task"])
    op.drop_index("ix_draw_of_task", table_name=_TABLE)
    op.drop_column(_TABLE, "of_task")
    reseal(connection, _TABLE)


def _of_own_pool(body: str) -> bool:
    number = json.loads(body).get("number")
    return bool(number) and not number["scene"]
