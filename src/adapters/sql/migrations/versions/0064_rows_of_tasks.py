"""What rows of tasks, visits and clues say beside: their beginning, their lead, their register."""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa
from alembic import op

from adapters.sql.engine.types import Moment
from adapters.sql.migrations.conversion import every_row, reseal, write_rows
from adapters.sql.sealing.protection import sealing_of
from supervision_core.kernel.sealing import Place

revision = "0064"
down_revision = "0060"
branch_labels = None
depends_on = None

_NEW = {
    "task": ("checklist", "task_year", "created_at", "dispatched_at"),
    "visit": ("lead", "starts_on", "assisted"),
    "clue": ("registered_by",),
}


def upgrade() -> None:
    """Add the columns, and fill them from what each thing says."""
    connection = op.get_bind()
    for table, name in (("task", "checklist"), ("visit", "lead"), ("clue", "registered_by")):
        op.add_column(table, sa.Column(name, sa.String(length=36)))
    op.add_column(
        "task", sa.Column("task_year", sa.BigInteger(), nullable=False, server_default="0")
    )
    op.add_column("task", sa.Column("created_at", Moment()))
    op.add_column("task", sa.Column("dispatched_at", Moment()))
    op.add_column("visit", sa.Column("starts_on", sa.Date()))
    op.add_column(
        "visit", sa.Column("assisted", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    starts = {row["id"]: row["starts_on"] for row in every_row(connection, "task")}
    write_rows(connection, "task", _tasks(connection))
    write_rows(connection, "visit", _visits(connection, starts))
    write_rows(connection, "clue", _clues(connection))
    for table in _NEW:
        reseal(connection, table)


def downgrade() -> None:
    """Take the columns away."""
    connection = op.get_bind()
    for table, columns in _NEW.items():
        for name in columns:
            op.drop_column(table, name)
        reseal(connection, table)


def _tasks(connection: sa.Connection) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for row in every_row(connection, "task"):
        sheet = json.loads(row["body"])["_sheet"]
        yield row["id"], {"checklist": sheet["checklist"]["id"],
                          "task_year": row["starts_on"].year}  # fmt: skip


def _visits(
    connection: sa.Connection, starts: Mapping[str, date]
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for row in every_row(connection, "visit"):
        body = json.loads(row["body"])
        yield row["id"], {"lead": body["sheet"]["lead"], "starts_on": starts.get(row["task"]),
                          "assisted": bool(body.get("_assistants"))}  # fmt: skip


def _clues(connection: sa.Connection) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for row in every_row(connection, "clue"):
        fields = sealing_of(connection).fields
        hidden = json.loads(fields.open(row["sealed"], Place("clue", "sealed", row["id"])))
        yield row["id"], {"registered_by": hidden["sheet"]["registered_by"]}
