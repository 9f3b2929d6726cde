"""Who reported a clue is sealed like who complained, and found by a blind index."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import sqlalchemy as sa
from alembic import op

from adapters.sql.engine.mapper import json_text
from adapters.sql.migrations.conversion import every_row, reseal, write_rows
from adapters.sql.sealing.protection import sealing_of
from supervision_core.kernel.sealing import BlindIndex, Place

revision = "0083"
down_revision = "0082"
branch_labels = None
depends_on = None

_INDEX = "ix_clue_reporter"


def upgrade() -> None:
    """Seal what stood in clear, and take its column away."""
    connection = op.get_bind()
    op.add_column("clue", sa.Column("reporter_index", sa.String(length=80)))
    write_rows(connection, "clue", _sealed(connection))
    op.drop_index(_INDEX, table_name="clue")
    op.drop_column("clue", "reporter")
    op.create_index(_INDEX, "clue", ["reporter_index", "registered_on", "id"])
    reseal(connection, "clue")


def downgrade() -> None:
    """Put it back in clear."""
    connection = op.get_bind()
    op.add_column("clue", sa.Column("reporter", sa.String(length=80)))
    write_rows(connection, "clue", _clear(connection))
    op.drop_index(_INDEX, table_name="clue")
    op.drop_column("clue", "reporter_index")
    op.create_index(_INDEX, "clue", ["reporter", "registered_on", "id"])
    reseal(connection, "clue")


def _sealed(connection: sa.Connection) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for row in every_row(connection, "clue"):
        sealing = sealing_of(connection)
        index = BlindIndex(sealing.keys, "clue.reporter_index", str.strip)
        place = Place("clue", "sealed", row["id"])
        hidden, reporter = json.loads(sealing.fields.open(row["sealed"], place)), row["reporter"]
        sealed = sealing.fields.seal(json_text({**hidden, "reporter": reporter or ""}), place)
        yield (
            row["id"],
            {"sealed": sealed, "reporter_index": index.of(reporter) if reporter else ""},
        )


def _clear(connection: sa.Connection) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for row in every_row(connection, "clue"):
        fields, place = sealing_of(connection).fields, Place("clue", "sealed", row["id"])
        hidden = json.loads(fields.open(row["sealed"], place))
        reporter = hidden.pop("reporter") or None
        yield (
            row["id"],
            {"sealed": fields.seal(json_text(hidden), place), "reporter": reporter or None},
        )
