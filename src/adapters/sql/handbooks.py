"""Handbooks in tables, and how often they were read."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from sqlalchemy import Connection, Index, PrimaryKeyConstraint, Table, Text, func, insert, select
from sqlalchemy import update as updated
from sqlalchemy.schema import Column

from adapters.sql.engine.id_sets import among
from adapters.sql.engine.mapper import Mapper, Values, json_text
from adapters.sql.engine.reading import Reader
from adapters.sql.engine.regions import region
from adapters.sql.engine.repository import SqlRepository
from adapters.sql.engine.schema import metadata
from adapters.sql.engine.types import (
    ID_LENGTH,
    body,
    day,
    key,
    required,
    row_seal,
    version,
    whole,
    words,
)
from supervision_core.handbooks.model import (
    Handbook,
    HandbookLine,
    HandbookState,
    ReadingChannel,
    ReadingCounts,
    readable_line,
)
from supervision_core.handbooks.ports import HandbookReadings, Handbooks
from supervision_core.kernel.days import local_day
from supervision_core.kernel.plain import from_plain, to_plain

handbook = Table(
    "handbook",
    metadata,
    key(),
    version(),
    region(),
    words("name", 200),
    words("trade", ID_LENGTH),
    words("scene", ID_LENGTH),
    required("department", ID_LENGTH),
    required("state", 10),
    whole("position"),
    words("batch", 40),
    day("changed_on"),
    required("changed_by", ID_LENGTH),
    Column("line", Text, nullable=False),
    body(),
    row_seal(),
    Index("ix_handbook_region_position", "region", "position", "id"),
    Index("ix_handbook_region_changed_on", "region", "changed_on", "id"),
)
"""``line`` is what readers are told in lists, empty for what is not published."""

handbook_reading = Table(
    "handbook_reading",
    metadata,
    required("handbook_id", ID_LENGTH),
    required("channel", 10),
    day("read_on"),
    whole("reads"),
    PrimaryKeyConstraint("handbook_id", "channel", "read_on"),
)


def _columns(root: Handbook) -> Values:
    basics, line = root.basics, readable_line(root)
    return {
        "name": basics.name,
        "trade": basics.trade,
        "scene": basics.scene,
        "department": basics.department,
        "position": basics.position or 0,
        "batch": basics.batch,
        "changed_on": local_day(root.changed_at),
        "line": json_text({} if line is None else to_plain(line)),
    }


class SqlHandbooks(SqlRepository[Handbook], Handbooks):
    """The handbooks in table ``handbook``."""

    mapper = Mapper(Handbook, handbook, derived=_columns)

    def published(self) -> Sequence[HandbookLine]:
        """Give a line of each that is published, by the position of its draft, then by id."""
        columns = handbook.c
        asked = (
            select(columns.line)
            .where(columns.state == HandbookState.PUBLISHED.value)
            .order_by(columns.position, columns.id)
        )
        rows = Reader(self._connection).rows(asked)
        return [from_plain(HandbookLine, json.loads(row.line)) for row in rows]


class SqlHandbookReadings(HandbookReadings):
    """Counts of readings in table ``handbook_reading``."""

    def __init__(self, connection: Connection) -> None:
        """Work on the connection of a unit of work."""
        self._connection = connection

    def count(self, handbook: str, channel: ReadingChannel, on: date) -> None:
        """Count one reading on a day."""
        columns = handbook_reading.c
        mine = updated(handbook_reading).where(
            columns.handbook_id == handbook, columns.channel == channel.value, columns.read_on == on
        )
        if not self._connection.execute(mine.values(reads=columns.reads + 1)).rowcount:
            first = {"handbook_id": handbook, "channel": channel.value, "read_on": on, "reads": 1}
            self._connection.execute(insert(handbook_reading).values(first))

    def of(self, handbooks: Iterable[str]) -> Mapping[str, ReadingCounts]:
        """Give how often each of these was opened; of those never opened, nothing."""
        columns, found = handbook_reading.c, dict[str, dict[str, int]]()
        asked = (
            select(columns.handbook_id, columns.channel, func.sum(columns.reads).label("reads"))
            .where(among(columns.handbook_id, frozenset(handbooks)))
            .group_by(columns.handbook_id, columns.channel)
        )
        for row in Reader(self._connection).rows(asked):
            found.setdefault(row.handbook_id, {})[row.channel] = int(row.reads)
        return {one: ReadingCounts(**counts) for one, counts in found.items()}
