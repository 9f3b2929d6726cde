"""The newest request for more days at each visit, in a table that its list reads."""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa
from alembic import op

from adapters.sql.engine.types import Sorted
from adapters.sql.migrations.conversion import every_row

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None

_INDEXES = {
    "region": ["region", "old_due", "id"],
    "old_due": ["old_due", "id"],
    "lead": ["lead", "state", "old_due", "id"],
}


def upgrade() -> None:
    """Add the table, and fill it from what each visit says."""
    made = op.create_table(
        "visit_extension",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("code", Sorted(64), nullable=False),
        sa.Column("task", sa.String(length=36), nullable=False),
        sa.Column("subject", sa.String(length=36), nullable=False),
        sa.Column("region", sa.String(length=12), nullable=False),
        sa.Column("lead", sa.String(length=36), nullable=False),
        sa.Column("department", sa.String(length=36), nullable=False),
        sa.Column("officer", sa.String(length=36), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("days", sa.BigInteger(), nullable=False),
        sa.Column("old_due", sa.Date(), nullable=False),
        sa.Column("new_due", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["id"], ["visit.id"], name=op.f("fk_visit_extension")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_extension")),
    )
    connection = op.get_bind()
    for row in _newest(connection):
        connection.execute(sa.insert(made).values(row))
    for name, columns in _INDEXES.items():
        op.create_index(f"ix_visit_extension_{name}", "visit_extension", columns, unique=False)


def downgrade() -> None:
    """Take it away."""
    for name in reversed(_INDEXES):
        op.drop_index(f"ix_visit_extension_{name}", table_name="visit_extension")
    op.drop_table("visit_extension")


def _newest(connection: sa.Connection) -> Iterator[Mapping[str, Any]]:
    for row in every_row(connection, "visit"):
        body = json.loads(row["body"])
        for asked in body.get("_extensions", ())[-1:]:
            yield {
                "id": row["id"], "lead": body["sheet"]["lead"], "officer": asked["by"],
                **{one: row[one] for one in ("code", "task", "subject", "region")},
                **{one: asked[one] for one in ("department", "state", "days")},
                **{one: date.fromisoformat(asked[one]) for one in ("old_due", "new_due")},
            }  # fmt: skip
