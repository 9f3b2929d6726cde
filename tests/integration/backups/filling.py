"""What the tests of backups share: full databases, what they hold, and the backups of a folder."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from attrs import frozen
from sqlalchemy import Connection, Engine, MetaData, Table, insert, inspect, select
from sqlalchemy.types import TypeDecorator

from adapters.crypto.platform_keys import PlatformKeys
from adapters.sql.backups import PASSING, SqlDatabase
from adapters.sql.ports import PORTS
from adapters.sql.tables import metadata
from adapters.system import FixedClock
from entrypoints.actors import operator
from entrypoints.backups import Backups
from entrypoints.container import Platform, backups_in
from supervision_core.kernel.backups import BackupKind, Manifest
from supervision_core.subjects.services import CreateTag, create_tag
from supervision_core.testing.cases import CASES
from supervision_core.testing.draws import keep_pool

EXAMPLES: Mapping[type, object] = {
    str: "例",
    int: 7,
    bool: True,
    date: date(2026, 2, 28),
    datetime: datetime(2026, 2, 28, 23, 59, 59, 999_999, tzinfo=UTC),
    bytes: bytes(range(256)),
}
Content = Mapping[str, Sequence[tuple[Any, ...]]]


def tag(platform: Platform, name: str) -> str:
    """Make a tag: a row of the table and one of the log."""
    command = CreateTag(name=name, region="")
    return platform.commands.run(create_tag, command, actor=operator(), key=f"tag/{name}")


def fill(platform: Platform) -> None:
    """Store one of every kind, some by commands; a row of any sort in tables still empty."""
    for number in range(5):
        tag(platform, f"标签{number}")
    with platform.transactions.begin() as unit:
        for case in (one for one in CASES if one.port in PORTS):
            unit[case.port].save(case.example(f"{case.port.kind}-1"))
        keep_pool(unit)
        unit.commit()
    platform.auditing().anchoring.anchor()
    with platform.engine.begin() as connection:
        for table in metadata.sorted_tables:
            if connection.execute(select(table).limit(1)).first() is None:
                connection.execute(insert(table).values(_any_row(connection, table)))


def _any_row(connection: Connection, table: Table) -> Mapping[str, object]:
    row: dict[str, object] = {}
    for column in table.c:
        kind = column.type.impl_instance if isinstance(column.type, TypeDecorator) else column.type
        value = EXAMPLES[kind.python_type]
        for key in column.foreign_keys:
            value = connection.execute(select(key.column).limit(1)).scalar_one()
        row[column.name] = value
    return row


def content(engine: Engine) -> Content:
    """Give all rows of all tables in order, read by nothing that backups use."""
    found = MetaData()
    found.reflect(engine)
    rows = {}
    with engine.connect() as connection:
        for table in found.sorted_tables:
            asked = select(table)
            rows[table.name] = sorted(map(tuple, connection.execute(asked)), key=repr)
    return {name: [] if name in PASSING else listed for name, listed in rows.items()}


def is_empty(engine: Engine) -> bool:
    """Tell whether a database holds not even a table."""
    return not inspect(engine).get_table_names()


@frozen
class Shelf:
    """A folder of backups."""

    folder: Path
    keys: PlatformKeys
    clock: FixedClock

    @property
    def backups(self) -> Backups:
        """Give them."""
        return backups_in(self.folder, self.keys, self.clock)

    def make(self, engine: Engine, kind: BackupKind = BackupKind.FULL) -> Manifest:
        """Make one."""
        return self.backups.make(SqlDatabase(engine), kind)

    def restore(self, id: str, engine: Engine) -> Manifest:
        """Restore one."""
        return self.backups.restore(id, SqlDatabase(engine))
