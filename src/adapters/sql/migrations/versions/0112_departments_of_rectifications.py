"""An order is seen by those, too, whose officers looked again."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import sqlalchemy as sa
from alembic import op

from adapters.sql.migrations.conversion import every_row

revision = "0112"
down_revision = "0110"
branch_labels = None
depends_on = None

_TABLE = "rectification_department"
_ROWS = sa.table(
    _TABLE, sa.column("rectification_id", sa.String), sa.column("department", sa.String)
)


def upgrade() -> None:
    """Make the table, and fill it from what each order says."""
    op.create_table(
        _TABLE,
        sa.Column("rectification_id", sa.String(length=36), nullable=False),
        sa.Column("department", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["rectification_id"], ["rectification.id"], name=op.f("fk_rectification_department")
        ),
        sa.PrimaryKeyConstraint(
            "rectification_id", "department", name=op.f("pk_rectification_department")
        ),
    )
    connection = op.get_bind()
    for row in every_row(connection, "rectification"):
        for one in sorted({row["department"], *_looked(json.loads(row["body"]))}):
            added = sa.insert(_ROWS).values(rectification_id=row["id"], department=one)
            connection.execute(added)


def downgrade() -> None:
    """Take the table away."""
    op.drop_table(_TABLE)


def _looked(body: Mapping[str, Any]) -> Iterator[str]:
    awaited = body.get("_awaited")
    for one in (*body.get("_rechecks", ()), *([] if awaited is None else [awaited])):
        for officer in one["officers"]:
            yield officer["department"]
