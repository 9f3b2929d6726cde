"""What clues say as complaints: when they came, of which service and scene, what was decided."""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

from adapters.sql.engine.mapper import json_text
from adapters.sql.migrations.conversion import every_row, reseal, write_rows
from adapters.sql.sealing.protection import sealing_of
from supervision_core.kernel.days import local_day
from supervision_core.kernel.sealing import Place

revision = "0076"
down_revision = "0070"
branch_labels = None
depends_on = None

_NEW = ("registered_on", "service", "scene", "disposal", "reporter")
_INDEXES = {
    "ix_clue_reporter": ("reporter",), "ix_clue_complained": ("subject",),
    "ix_clue_registered_on": (), "ix_clue_region_registered_on": ("region",),
}  # fmt: skip
_DECIDED = {"inspect": "inspected", "handle": "handled", "no_action": "ignored"}


def upgrade() -> None:
    """Add the columns, and fill them from what each clue says."""
    connection = op.get_bind()
    op.add_column(
        "clue", sa.Column("registered_on", sa.Date(), nullable=False, server_default="1970-01-01")
    )
    for name, length in (("service", 100), ("scene", 36), ("reporter", 80)):
        op.add_column("clue", sa.Column(name, sa.String(length=length)))
    op.add_column(
        "clue",
        sa.Column("disposal", sa.String(length=20), nullable=False, server_default="waiting"),
    )
    for name, led in _INDEXES.items():
        op.create_index(name, "clue", [*led, "registered_on", "id"])
    write_rows(connection, "clue", _clues(connection))
    reseal(connection, "clue")


def downgrade() -> None:
    """Take the columns away; who reported stays with what each says."""
    connection = op.get_bind()
    for row in every_row(connection, "clue"):
        body = json_text({**json.loads(row["body"]), "reporter": row["reporter"] or ""})
        write_rows(connection, "clue", [(row["id"], {"body": body})])
    for name in _INDEXES:
        op.drop_index(name, table_name="clue")
    for name in _NEW:
        op.drop_column("clue", name)
    reseal(connection, "clue")


def _clues(connection: sa.Connection) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for row in every_row(connection, "clue"):
        body = json.loads(row["body"])
        hidden = sealing_of(connection).fields.open(
            row["sealed"], Place("clue", "sealed", row["id"])
        )
        sheet = json.loads(hidden)["sheet"]
        reporter = body.pop("reporter", "")
        judged, handed = body.get("_triage"), body.get("_handoffs") or body.get("_joined_to")
        decided = _DECIDED[judged["verdict"]] if judged else "handled" if handed else "waiting"
        came = local_day(datetime.fromisoformat(body["registered_at"]))
        yield row["id"], {"registered_on": came, "service": sheet.get("service", ""),
                          "scene": sheet.get("scene", ""), "reporter": reporter,
                          "disposal": decided, "body": json_text(body)}  # fmt: skip
