"""Accounts of officers, what finds an officer by identity number, and whom a task concerns."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import sqlalchemy as sa
from alembic import op

from adapters.sql.migrations.conversion import every_row, reseal, write_rows
from adapters.sql.sealing.protection import sealing_of
from supervision_core.kernel.sealing import BlindIndex, Place

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

TASK = sa.table("task", sa.column("id", sa.String), sa.column("body", sa.Text))
PARTY = sa.table("task_party", sa.column("task_id", sa.String), sa.column("party", sa.String))


def upgrade() -> None:
    """Add them, and fill them from what each row says."""
    op.add_column("officer", sa.Column("document_index", sa.String(length=80)))
    op.add_column("officer", sa.Column("account", sa.String(length=36)))
    connection = op.get_bind()
    write_rows(connection, "officer", _indexed(connection))
    op.create_index("ix_officer_document_index", "officer", ["document_index"], unique=False)
    op.create_index("ix_officer_account", "officer", ["account"], unique=True)
    reseal(connection, "officer")
    op.create_table(
        "task_party",
        sa.Column("task_id", sa.String(length=36), nullable=False),
        sa.Column("party", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_task_party")),
        sa.PrimaryKeyConstraint("task_id", "party", name=op.f("pk_task_party")),
    )
    op.create_index("ix_task_party_party", "task_party", ["party", "task_id"], unique=False)
    found = [
        {"task_id": row.id, "party": party}
        for row in connection.execute(sa.select(TASK).order_by(TASK.c.id))
        for party in sorted({one["institution"] for one in _parts(row.body)})
    ]
    if found:
        connection.execute(sa.insert(PARTY), found)


def downgrade() -> None:
    """Take them away."""
    op.drop_index("ix_task_party_party", table_name="task_party")
    op.drop_table("task_party")
    op.drop_index("ix_officer_account", table_name="officer")
    op.drop_index("ix_officer_document_index", table_name="officer")
    op.drop_column("officer", "account")
    op.drop_column("officer", "document_index")


def _indexed(connection: sa.Connection) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for row in every_row(connection, "officer"):
        sealing = sealing_of(connection)
        index = BlindIndex(sealing.keys, "officer.document_index", lambda one: one.strip().upper())
        place = Place("officer", "sealed", row["id"])
        hidden = json.loads(sealing.fields.open(row["sealed"], place))
        number = hidden["_contact"]["identity_card"].strip()
        yield (
            row["id"],
            {
                "document_index": index.of(number) if number else None,
                "account": json.loads(row["body"]).get("_user") or None,
            },
        )


def _parts(body: str) -> list[dict[str, str]]:
    parts: list[dict[str, str]] = json.loads(body)["_third_parties"]
    return parts
