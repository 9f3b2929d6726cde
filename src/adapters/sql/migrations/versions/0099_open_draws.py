"""Series of draws are found by lead and year; draws frozen before there were any are in them."""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

from adapters.sql.engine.mapper import json_text
from adapters.sql.migrations.conversion import every_row, reseal, write_rows
from supervision_core.draws.model.series import series_id
from supervision_core.kernel.days import local_day

revision = "0099"
down_revision = "0097"
branch_labels = None
depends_on = None

_TABLE = "draw_series"
_INDEX = "ix_draw_series_draw_year"
_SERIES = sa.table(
    _TABLE,
    *(sa.column(name) for name in ("id", "version", "lead", "draw_year", "body", "row_seal")),
)
_TASK = sa.table("task", sa.column("id"), sa.column("scene"), sa.column("state"), sa.column("body"))
_SENT = frozenset({"dispatched", "in_progress", "closed", "archived", "published"})


def upgrade() -> None:
    """Make the columns, and number what has no number, by deadline of its first round."""
    connection = op.get_bind()
    op.add_column(_TABLE, sa.Column("lead", sa.String(36), nullable=False, server_default="-"))
    op.add_column(_TABLE, sa.Column("draw_year", sa.BigInteger, nullable=False, server_default="0"))
    write_rows(connection, _TABLE, _with_columns(connection))
    op.create_index(_INDEX, _TABLE, ["draw_year", "lead"])
    _number(connection)
    reseal(connection, _TABLE)


def downgrade() -> None:
    """Take the columns away; numbers stay."""
    connection = op.get_bind()
    found = [(row["id"], row["lead"], row["draw_year"]) for row in every_row(connection, _TABLE)]
    said = {id_: {"lead": lead, "year": year} for id_, lead, year in found}
    op.drop_index(_INDEX, table_name=_TABLE)
    op.drop_column(_TABLE, "draw_year")
    op.drop_column(_TABLE, "lead")
    bodies = ((row["id"], row["body"]) for row in every_row(connection, _TABLE))
    write_rows(
        connection,
        _TABLE,
        ((id_, {"body": json_text(json.loads(text) | said[id_])}) for id_, text in bodies),
    )
    reseal(connection, _TABLE)


def _with_columns(connection: sa.Connection) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for row in every_row(connection, _TABLE):
        body = json.loads(row["body"])
        lead, year = body.pop("lead"), body.pop("year")
        yield row["id"], {"lead": lead, "draw_year": year, "body": json_text(body)}


def _number(connection: sa.Connection) -> None:
    """Let every draw without a number follow those of its lead, scene and year."""
    found = sorted(
        (one for row in every_row(connection, "draw") if (one := _unnumbered(connection, row))),
        key=lambda one: (one["due"], one["draw"]),
    )
    if not found:
        return
    numbers: dict[str, Mapping[str, Any]] = {}
    series = {
        row["id"]: json.loads(row["body"]) | {"draw_year": row["draw_year"], "lead": row["lead"]}
        for row in every_row(connection, _TABLE)
    }
    known = frozenset(series)
    for one in found:
        lead, scene, year = one["lead"], one["scene"], one["year"]
        id_ = series_id(lead, scene, year)
        own = series.setdefault(
            id_, {"lead": lead, "scene": scene, "draw_year": year, "_numbered": []}
        )
        own["_numbered"].append({name: one[name] for name in ("draw", "fate", "reason")})
        number = len(own["_numbered"])
        numbers[one["draw"]] = {"lead": lead, "scene": scene, "year": year, "number": number}
    for id_, own in series.items():
        columns = {"lead": own.pop("lead"), "draw_year": own.pop("draw_year")}
        values = {**columns, "body": json_text(own)}
        if id_ in known:
            connection.execute(sa.update(_SERIES).where(_SERIES.c.id == id_).values(values))
        else:
            values |= {"id": id_, "version": 1, "row_seal": "-"}
            connection.execute(sa.insert(_SERIES).values(values))
    bodies = (
        (row["id"], {"body": json_text(json.loads(row["body"]) | {"number": numbers[row["id"]]})})
        for row in every_row(connection, "draw")
        if row["id"] in numbers
    )
    write_rows(connection, "draw", bodies)
    reseal(connection, "draw")


def _unnumbered(connection: sa.Connection, row: Mapping[str, Any]) -> dict[str, Any] | None:
    body = json.loads(row["body"])
    if body.get("number"):
        return None
    task = connection.execute(sa.select(_TASK).where(_TASK.c.id == row["task"])).first()
    due = body["_rounds"][0]["due"]
    cleared = row["state"] == "cleared"
    of_task = task is not None and json.loads(task.body)["_sheet"].get("draw") == row["id"]
    sent = of_task and task is not None and task.state in _SENT
    return {
        "draw": row["id"],
        "lead": body["lead"],
        "scene": "" if task is None else task.scene,
        "year": local_day(datetime.fromisoformat(due)).year,
        "due": due,
        "fate": "cleared" if cleared else "dispatched" if sent else "open",
        "reason": (body.get("_cleared_because") or "") if cleared else "",
    }
