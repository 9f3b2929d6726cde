"""What is named in its body is found by its name: check items, teams, models, grading rules."""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import sqlalchemy as sa
from alembic import op

from adapters.sql.migrations.conversion import every_row, reseal, write_rows

revision = "0065"
down_revision = "0064"
branch_labels = None
depends_on = None

_LENGTH = 200


def _defined(body: Mapping[str, Any]) -> str:
    said = body["_draft"] or body["_versions"][-1]
    return str(said["name"])


_NAMES: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "check_item": lambda body: body["_content"]["matter"],
    "team": lambda body: body["_name"],
    "risk_model": _defined,
    "credit_model": _defined,
    "grading_rule": lambda body: body["name"],
}


def upgrade() -> None:
    """Add the column, fill it from the bodies, and index it."""
    connection = op.get_bind()
    for table in _NAMES:
        op.add_column(table, sa.Column("label", sa.String(length=_LENGTH)))
        write_rows(connection, table, _labels(connection, table))
        reseal(connection, table)
        op.create_index(f"ix_{table}_label", table, ["label"])


def downgrade() -> None:
    """Take it away."""
    connection = op.get_bind()
    for table in _NAMES:
        op.drop_index(f"ix_{table}_label", table_name=table)
        op.drop_column(table, "label")
        reseal(connection, table)


def _labels(connection: sa.Connection, table: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for row in every_row(connection, table):
        yield row["id"], {"label": _NAMES[table](json.loads(row["body"]))[:_LENGTH]}
