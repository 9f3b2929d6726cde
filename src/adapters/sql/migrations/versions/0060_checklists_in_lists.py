"""Lists say when checklists were begun, whether they are a pilot's, and which scenes use them."""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

from adapters.sql.engine.types import Moment
from adapters.sql.migrations.conversion import every_row, reseal, write_rows

revision = "0060"
down_revision = "0061"
branch_labels = None
depends_on = None

_ID = sa.String(length=36)
USED = sa.table(
    "scene_checklist", sa.column("scene_id", sa.String), sa.column("checklist", sa.String)
)


def upgrade() -> None:
    """Add the columns; the moment is that of the first entry of the history."""
    connection = op.get_bind()
    op.add_column(
        "checklist", sa.Column("pilot", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.add_column("checklist", sa.Column("created_at", Moment()))
    write_rows(connection, "checklist", _begun(connection))
    reseal(connection, "checklist")
    op.create_table(
        "scene_checklist",
        sa.Column("scene_id", _ID, nullable=False),
        sa.Column("checklist", _ID, nullable=False),
        sa.ForeignKeyConstraint(["scene_id"], ["scene.id"], name=op.f("fk_scene_checklist")),
        sa.PrimaryKeyConstraint("scene_id", "checklist", name=op.f("pk_scene_checklist")),
    )
    op.create_index("ix_scene_checklist", "scene_checklist", ["checklist"], unique=False)
    if used := list(_used(connection)):
        connection.execute(sa.insert(USED), used)


def downgrade() -> None:
    """Take them away."""
    op.drop_table("scene_checklist")
    op.drop_column("checklist", "pilot")
    op.drop_column("checklist", "created_at")
    reseal(op.get_bind(), "checklist")


def _begun(connection: sa.Connection) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for row in every_row(connection, "checklist"):
        history = json.loads(row["body"])["_history"]
        if history:
            at = datetime.fromisoformat(history[0]["at"]).astimezone(UTC)
            yield row["id"], {"created_at": at}


def _used(connection: sa.Connection) -> Iterator[Mapping[str, str]]:
    for row in every_row(connection, "scene"):
        if row["state"] != "deleted":
            said = json.loads(row["body"])["_checklists"]
            for one in sorted({each["checklist"] for each in said}):
                yield {"scene_id": row["id"], "checklist": one}
