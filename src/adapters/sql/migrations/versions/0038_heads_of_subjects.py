"""Heads of subjects, masked and found by their whole name; subjects taken off all lists."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import sqlalchemy as sa
from alembic import op

from adapters.sql.migrations.conversion import every_row, reseal, write_rows
from adapters.sql.sealing.protection import sealing_of
from supervision_core.kernel.sealing import BlindIndex, Place
from supervision_core.subjects.model import masked_name

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add them, and fill them from what each row says."""
    gone: sa.Column[bool] = sa.Column(
        "deleted", sa.Boolean(), nullable=False, server_default=sa.false()
    )
    op.add_column("subject", gone)
    op.add_column("subject", sa.Column("principal", sa.String(length=200)))
    op.add_column("subject", sa.Column("principal_index", sa.String(length=80)))
    connection = op.get_bind()
    write_rows(connection, "subject", _heads(connection))
    reseal(connection, "subject")
    columns = ["principal_index", "name", "id"]
    op.create_index("ix_subject_principal_index", "subject", columns, unique=False)


def downgrade() -> None:
    """Take them away."""
    op.drop_index("ix_subject_principal_index", table_name="subject")
    for column in ("principal_index", "principal", "deleted"):
        op.drop_column("subject", column)


def _heads(connection: sa.Connection) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for row in every_row(connection, "subject"):
        sealing = sealing_of(connection)
        index = BlindIndex(sealing.keys, "subject.principal_index", str.strip)
        hidden = json.loads(
            sealing.fields.open(row["sealed"], Place("subject", "sealed", row["id"]))
        )
        head = hidden["_personal"].get("principal", "").strip()
        head = head or (hidden["_name"] if row["kind"] == "person" else "")
        if head:
            yield row["id"], {"principal": masked_name(head), "principal_index": index.of(head)}
