"""What steps that convert rows share: walking a table, writing rows, sealing rows anew.

A step that adds, drops or rewrites a column of a table with row seals calls ``reseal`` (or
``reseal_table``) after it.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from sqlalchemy import (
    Connection,
    MetaData,
    Row,
    Select,
    Table,
    insert,
    inspect,
    literal_column,
    select,
    tuple_,
    update,
)
from sqlalchemy import table as table_named

from adapters.sql.engine.mapper import json_text
from adapters.sql.engine.types import BODY
from adapters.sql.entries import SqlEntries, tables_of
from adapters.sql.sealing.batches import Batching
from adapters.sql.sealing.protection import ROW_SEAL, sealing_of, stated
from adapters.sql.sealing.sealed_tables import SealedTable
from adapters.sql.tables import metadata
from supervision_core.kernel.canonical import Stated, sm3
from supervision_core.kernel.crypto import KeyMissing, Tampered
from supervision_core.kernel.registers import Entry, Register
from supervision_core.kernel.sealing import RowSeal

AT_ONCE = 1_000
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
"""When what an older release deleted without keeping when is said to be deleted."""


def every_row(connection: Connection, name: str) -> Iterator[Mapping[str, Any]]:
    """Give each row of a table as it now is, a thousand at a time, in order of its key."""
    if _is_empty(connection, name):
        return
    table = _present(connection, name)
    key = list(table.primary_key.columns)
    asked = select(table).order_by(*key).limit(AT_ONCE)
    rows = connection.execute(asked).all()
    while rows:
        for row in rows:
            yield row._asdict()
        last = [rows[-1]._asdict()[column.name] for column in key]
        rows = connection.execute(asked.where(tuple_(*key) > tuple_(*last))).all()


def write_rows(
    connection: Connection, name: str, rows: Iterable[tuple[str, Mapping[str, Any]]]
) -> None:
    """Write the values given for each id."""
    table: Table | None = None
    for one, values in rows:
        table = _present(connection, name) if table is None else table
        connection.execute(update(table).where(table.c.id == one).values(values))


def reseal(connection: Connection, name: str) -> None:
    """Seal every row of a table over the columns that the code knows.

    One that a later step adds counts as empty: that step seals anew. Rows of a table that a later
    step drops are left as they are.
    """
    table = metadata.tables.get(name)
    if table is None:
        return
    for row in every_row(connection, name):
        sealing = sealing_of(connection)
        values: dict[str, Any] = {one.name: row.get(one.name) for one in table.c}
        extra = {}
        if name == "graded_subject":
            extra = {"record_hash": sm3(values["record"].encode()).hex()}
            values |= extra | {"record": ""}
        seal = sealing.rows.of(name, stated(table, values))
        here = [column == row[column.name] for column in table.primary_key.columns]
        connection.execute(update(table).where(*here).values({**extra, ROW_SEAL: seal}))


def rewrite_bodies(
    connection: Connection, name: str, change: Callable[[dict[str, Any]], dict[str, Any]]
) -> None:
    """Change the fields that rows keep in their ``body``, and seal each row anew."""
    changed = (
        (row["id"], {BODY: json_text(change(json.loads(row[BODY])))})
        for row in every_row(connection, name)
    )
    write_rows(connection, name, changed)
    reseal(connection, name)


def insert_entries(
    connection: Connection, register: Register[Any], entries: Iterable[Entry[Any]]
) -> None:
    """Write entries of a register, with the columns that its tables have at this step.

    A later step that adds columns seals them anew.
    """
    entries = tuple(entries)
    if not entries:
        return
    store: Any = SqlEntries(connection).of(register)
    tables, sealing = tables_of(register.name), store.mapper.sealing_on(connection)
    there = {one["name"] for one in inspect(connection).get_columns(tables.entry.name)}
    for entry in entries:
        values = store.mapper.row(entry, sealing)
        present = {name: value for name, value in values.items() if name in there}
        connection.execute(insert(tables.entry).values(present))
        for cell in (one for lookup in store.mapper.lookups for one in lookup.rows(entry)):
            connection.execute(insert(tables.cell).values({"entry_id": entry.id, **cell}))


def unlike(name: str, taken: set[Any], *place: str, most: int = 200) -> str:
    """Give a name that nothing in that place bears yet, the same one where it is free; take it."""
    found, number = name, 1
    while (found, *place) in taken:
        number += 1
        end = f"（{number}）"
        found = f"{name[: most - len(end)]}{end}"
    taken.add((found, *place))
    return found


def reseal_table(connection: Connection, kept: SealedTable) -> None:
    """Give every row of a table that is no aggregates' a seal of its own."""
    for row in _rows(connection, kept):
        seal = sealing_of(connection).rows.of(kept.table.name, kept.state(row))
        _write_seal(connection, kept.table, row, seal)


def seal_in_batches(
    connection: Connection, kept: SealedTable, state: Callable[[Row[Any]], Stated]
) -> Sequence[str]:
    """Put the rows of a table, sealed as stated, into batches; name these as the log does.

    A row that is not as it was sealed is left out, and refused as it was before.
    """
    batching = Batching(connection, kept.table.name)
    for some in _parts(_rows(connection, kept)):
        seals = sealing_of(connection).rows
        good = [row for row in some if _holds(seals, kept.table.name, state(row), row.row_seal)]
        for row, batch in zip(good, batching.add(kept.digests(good)), strict=True):
            _write_seal(connection, kept.table, row, batch)
    return batching.flush()


def _parts(rows: Iterator[Row[Any]]) -> Iterator[list[Row[Any]]]:
    while part := list(islice(rows, AT_ONCE)):
        yield part


def _holds(seals: RowSeal, table: str, stated: Stated, seal: str) -> bool:
    try:
        seals.check(table, stated, seal)
    except (Tampered, KeyMissing):
        return False
    return True


def _rows(connection: Connection, kept: SealedTable) -> Iterator[Row[Any]]:
    cursor, first = "", True
    while cursor or first:
        rows = connection.execute(kept.next(select(kept.table), cursor, AT_ONCE)).all()
        yield from rows
        cursor, first = kept.cursor(rows[-1]) if len(rows) == AT_ONCE else "", False


def _write_seal(connection: Connection, table: Table, row: Row[Any], seal: str) -> None:
    here = [column == getattr(row, column.name) for column in table.primary_key]
    connection.execute(update(table).where(*here).values({ROW_SEAL: seal}))


def _is_empty(connection: Connection, name: str) -> bool:
    """Tell whether there is nothing to convert, as when a database is made: looking is cheap."""
    asked: Select[Any] = select(literal_column("1")).select_from(table_named(name)).limit(1)
    return connection.execute(asked).first() is None


def _present(connection: Connection, name: str) -> Table:
    """Give the table as the database has it, its columns of the types that the code knows."""
    known = metadata.tables.get(name)
    found = Table(name, MetaData(), autoload_with=connection)
    there = {column["name"] for column in inspect(connection).get_columns(name)}
    for column in () if known is None else known.c:
        if column.name in there:
            found.c[column.name].type = column.type
    return found
