"""Requests for exports listed by region, their purpose in a column."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import sqlalchemy as sa
from alembic import op

from adapters.sql.engine.mapper import json_text
from adapters.sql.migrations.conversion import every_row, reseal, write_rows

revision = "0052"
down_revision = "0051"
branch_labels = None
depends_on = None

_TABLE = "export_request"


def upgrade() -> None:
    """Add the column and the index."""
    op.add_column(
        _TABLE,
        sa.Column("purpose", sa.String(length=20), nullable=False, server_default="-"),
    )
    connection = op.get_bind()
    write_rows(connection, _TABLE, _moved(connection))
    reseal(connection, _TABLE)
    op.create_index("ix_export_request_region", _TABLE, ["region", "id"], unique=False)


def downgrade() -> None:
    """Take them away."""
    op.drop_index("ix_export_request_region", table_name=_TABLE)
    connection = op.get_bind()
    for row in every_row(connection, _TABLE):
        body = json.loads(row["body"]) | {"purpose": row["purpose"]}
        write_rows(connection, _TABLE, [(row["id"], {"body": json_text(body)})])
    op.drop_column(_TABLE, "purpose")


def _moved(connection: sa.Connection) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for row in every_row(connection, _TABLE):
        body = json.loads(row["body"])
        yield row["id"], {"purpose": body.pop("purpose"), "body": json_text(body)}
