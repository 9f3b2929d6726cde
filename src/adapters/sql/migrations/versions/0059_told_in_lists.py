"""What lists tell beside: task and scene of transfers, codes of graded subjects, evaluations."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import sqlalchemy as sa
from alembic import op

from adapters.sql.engine.mapper import json_text
from adapters.sql.migrations.conversion import every_row, reseal, write_rows

revision = "0059"
down_revision = "0058"
branch_labels = None
depends_on = None

_NEW = {
    "transfer": ("task", "scene"),
    "evaluation_round": ("counts_for",),
    "current_grade": ("code",),
}
_UNTOLD = {"draft", "deleted"}


def upgrade() -> None:
    """Add the columns, and fill them from what transfers, rounds and subjects say."""
    connection = op.get_bind()
    for table, columns in _NEW.items():
        for name in columns:
            op.add_column(table, sa.Column(name, sa.String(length=64 if name == "code" else 36)))
    op.drop_index("ix_evaluation_round_model_id", table_name="evaluation_round")
    op.create_index("ix_evaluation_round_counts_for", "evaluation_round", ["counts_for"])
    op.create_index("ix_current_grade_code", "current_grade", ["code", "id"])
    write_rows(connection, "transfer", _transfers(connection))
    write_rows(connection, "evaluation_round", _rounds(connection))
    write_rows(connection, "current_grade", _grades(connection))
    for table in _NEW:
        reseal(connection, table)


def downgrade() -> None:
    """Take the columns away."""
    connection = op.get_bind()
    op.drop_index("ix_current_grade_code", table_name="current_grade")
    op.drop_index("ix_evaluation_round_counts_for", table_name="evaluation_round")
    op.create_index("ix_evaluation_round_model_id", "evaluation_round", ["model_id"])
    for table, columns in _NEW.items():
        for name in columns:
            op.drop_column(table, name)
        reseal(connection, table)


def _known(connection: sa.Connection, table: str, column: str) -> Mapping[str, str]:
    known = sa.table(table, sa.column("id"), sa.column(column))
    rows = connection.execute(sa.select(known.c.id, known.c[column]))
    return {row[0]: row[1] or "" for row in rows}


def _transfers(connection: sa.Connection) -> Iterator[tuple[str, Mapping[str, Any]]]:
    tasks, scenes = _known(connection, "visit", "task"), _known(connection, "task", "scene")
    for row in every_row(connection, "transfer"):
        body = json.loads(row["body"])
        task = tasks.get(row["visit"], "")
        told = {"task": task, "scene": scenes.get(task, "")}
        body["sheet"] |= told
        yield row["id"], {**told, "body": json_text(body)}


def _rounds(connection: sa.Connection) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for row in every_row(connection, "evaluation_round"):
        if json.loads(row["body"])["_state"] not in _UNTOLD:
            yield row["id"], {"counts_for": row["model_id"]}


def _grades(connection: sa.Connection) -> Iterator[tuple[str, Mapping[str, Any]]]:
    codes = _known(connection, "subject", "code")
    for row in every_row(connection, "current_grade"):
        body = json.loads(row["body"])
        code = codes.get(row["subject"], "")
        body["_place"]["code"] = "" if code.startswith("#") else code
        yield row["id"], {"code": body["_place"]["code"], "body": json_text(body)}
