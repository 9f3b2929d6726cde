"""Attachments are found by their content, so that one picture at two visits is seen."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import sqlalchemy as sa
from alembic import op

from adapters.sql.migrations.conversion import every_row, reseal, write_rows
from adapters.sql.sealing.protection import sealing_of
from supervision_core.kernel.sealing import BlindIndex, Place

revision = "0113"
down_revision = "0112"
branch_labels = None
depends_on = None

_TABLE = "attachment"
_COLUMN = "content_index"
_INDEX = "ix_attachment_content_index"


def upgrade() -> None:
    """Make the column, and reckon it from each content."""
    connection = op.get_bind()
    op.add_column(_TABLE, sa.Column(_COLUMN, sa.String(length=80)))
    write_rows(connection, _TABLE, _indexed(connection))
    op.create_index(_INDEX, _TABLE, [_COLUMN])
    reseal(connection, _TABLE)


def downgrade() -> None:
    """Take it away."""
    op.drop_index(_INDEX, table_name=_TABLE)
    op.drop_column(_TABLE, _COLUMN)
    reseal(op.get_bind(), _TABLE)


def _indexed(connection: sa.Connection) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for row in every_row(connection, _TABLE):
        sealing = sealing_of(connection)
        place = Place(_TABLE, "sealed", row["id"])
        content = json.loads(sealing.fields.open(row["sealed"], place))["content"]
        index = BlindIndex(sealing.keys, f"{_TABLE}.{_COLUMN}", str.strip)
        yield row["id"], {_COLUMN: index.of(content["sm3"])}
