"""A visit says what proves that officers were on the spot, so that it can be counted."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import sqlalchemy as sa
from alembic import op

from adapters.sql.migrations.conversion import every_row, reseal, write_rows
from adapters.sql.sealing.protection import sealing_of
from supervision_core.kernel.sealing import Place

revision = "0104"
down_revision = "0102"
branch_labels = None
depends_on = None

_TABLE = "visit"
_COLUMN = "place_proof"
_INDEX = "ix_visit_formed_on"
_POSITION = re.compile(r"-?[0-9]{1,2}\.[0-9]+,-?[0-9]{1,3}\.[0-9]+")


def upgrade() -> None:
    """Make the column, and read from each visit how its officers came."""
    connection = op.get_bind()
    op.add_column(_TABLE, sa.Column(_COLUMN, sa.String(length=10)))
    write_rows(connection, _TABLE, _proved(connection))
    op.create_index(_INDEX, _TABLE, ["formed_on", "lead", _COLUMN])
    reseal(connection, _TABLE)


def downgrade() -> None:
    """Take it away."""
    op.drop_index(_INDEX, table_name=_TABLE)
    op.drop_column(_TABLE, _COLUMN)
    reseal(op.get_bind(), _TABLE)


def _proved(connection: sa.Connection) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for row in every_row(connection, _TABLE):
        fields, place = sealing_of(connection).fields, Place(_TABLE, "sealed", row["id"])
        arrival = json.loads(fields.open(row["sealed"], place)).get("_check_in")
        if proof := _proof(json.loads(row["body"]), arrival):
            yield row["id"], {_COLUMN: proof}


def _proof(body: Mapping[str, Any], arrival: Mapping[str, str] | None) -> str:
    if arrival is None or not any(item["onsite"] for item in body["sheet"]["items"]):
        return ""
    if body.get("_party_scan"):
        return "firm"
    code, place = arrival["code"].strip(), arrival["place"].strip()
    if code and arrival.get("photo") and _POSITION.match(place):
        return "posted"
    return "reason" if arrival["reason"].strip() else "none"
