"""A database read as one state, and filled from nothing: what backups need of SQL.

Rows are JSON lists of the columns' values, so that every engine gives the same bytes for the same
rows; bytes stand in base64. Log-ins under way, sessions and staged files are left out: nobody is
logged in after a restoration, and who was sending a file begins anew.
"""

import base64
import json
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date, datetime
from typing import Any, Final

from alembic.runtime.migration import MigrationContext
from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Date,
    Engine,
    Integer,
    LargeBinary,
    MetaData,
    Select,
    Table,
    delete,
    func,
    insert,
    inspect,
    select,
)
from sqlalchemy.exc import DBAPIError

from adapters.sql.engine.bulk import insert_rows
from adapters.sql.engine.database import READING, by_code_point, is_collated
from adapters.sql.engine.schema import audit_row
from adapters.sql.engine.types import Moment
from adapters.sql.files import staged_content, staged_file, staged_piece
from adapters.sql.identity.drafts import form_draft
from adapters.sql.identity.logins import (
    challenge,
    guess_limit,
    log_in,
    log_in_session,
    phone_change,
    phone_notice,
    source_limit,
)
from adapters.sql.migrations import migrate_within, revisions
from adapters.sql.tables import metadata
from supervision_core.kernel.backups import (
    BackupUnfit,
    Loading,
    Snapshot,
    StoredDatabase,
    StoredTable,
)
from supervision_core.kernel.errors import Violation, refuse_if

PASSING: Final = frozenset(
    table.name
    for table in (
        challenge, form_draft, guess_limit, log_in, log_in_session, phone_change, phone_notice,
        source_limit, staged_content, staged_file, staged_piece,
    )
)  # fmt: skip
LEAST, MOST = 200, 4_000
"""Rows of a piece, at least (but for the last one) and at most."""
LARGEST = 8_000_000
"""Characters of a piece, which then has fewer rows, but for those of its last row."""
_ONE_IN = 1_024
ALEMBIC: Final = "alembic_version"
MARK: Final = Table(
    "restoration_mark", MetaData(), Column("id", Integer, primary_key=True, autoincrement=False)
)
"""A row of it says that a restoration is at work, or was and left what is there."""


def tables() -> list[Table]:
    """Give the tables that are kept, what others refer to first."""
    return [table for table in metadata.sorted_tables if table.name not in PASSING]


def asked_for(table: Table, *, collated: bool) -> Select[Any]:
    """Ask for all rows in order of the key; ``collated`` where the index of the key has another."""
    keys = table.primary_key.columns
    return select(*table.c).order_by(*(by_code_point(one, collated=collated) for one in keys))


def _plain(value: object) -> object:
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(value).decode()
    return value.isoformat() if isinstance(value, date | datetime) else value


class SqlSnapshot(Snapshot):
    """What one transaction sees."""

    def __init__(self, connection: Connection) -> None:
        """Read by ``connection``, which is in its transaction."""
        self._connection = connection
        self._collated = is_collated(connection)
        self.schema = MigrationContext.configure(connection).get_current_revision() or ""
        last = connection.execute(select(func.max(audit_row.c.position))).scalar_one()
        self.audit_size = 0 if last is None else int(last) + 1

    def tables(self) -> Iterator[StoredTable]:
        """Give every table."""
        for table in tables():
            columns = tuple(column.name for column in table.c)
            yield StoredTable(name=table.name, columns=columns, pieces=self._pieces(table))

    def _pieces(self, table: Table) -> Iterator[tuple[int, bytes]]:
        keys = [place for place, column in enumerate(table.c) if column.primary_key]
        asked = asked_for(table, collated=self._collated)
        at_once = 1 if any(isinstance(one.type, LargeBinary) for one in table.c) else 1_000
        rows = self._connection.execute(asked, execution_options={"yield_per": at_once})
        lines, size = list[str](), 0
        for row in rows:
            plain = [_plain(value) for value in row]
            lines.append(json.dumps(plain, ensure_ascii=False, separators=(",", ":")))
            size += len(lines[-1])
            key = json.dumps([plain[place] for place in keys]).encode()
            ends = len(lines) >= LEAST and zlib.crc32(key) % _ONE_IN == 0
            if ends or len(lines) >= MOST or size >= LARGEST:
                yield len(lines), "\n".join(lines).encode()
                lines, size = [], 0
        if lines:
            yield len(lines), "\n".join(lines).encode()


class SqlLoading(Loading):
    """A transaction that fills empty tables."""

    def __init__(self, connection: Connection) -> None:
        """Fill by ``connection``."""
        self._connection = connection

    def load(self, table: str, columns: Sequence[str], lines: bytes) -> None:
        """Add the rows of a piece."""
        kept = metadata.tables[table]
        places = {name: place for place, name in enumerate(columns)}
        order = [places[column.name] for column in kept.c]
        readers = [_reader(column.type) for column in kept.c]
        rows = (json.loads(line) for line in lines.decode().split("\n"))
        insert_rows(
            self._connection,
            kept,
            [
                [
                    None if row[place] is None else read(row[place])
                    for place, read in zip(order, readers, strict=True)
                ]
                for row in rows
            ],
        )

    def snapshot(self) -> Snapshot:
        """Give what this transaction sees."""
        return SqlSnapshot(self._connection)


def _reader(kind: object) -> Any:
    if isinstance(kind, Moment):
        return datetime.fromisoformat
    if isinstance(kind, Date):
        return date.fromisoformat
    if isinstance(kind, Boolean):
        return bool
    if isinstance(kind, LargeBinary):
        return base64.b64decode
    return _same


def _same(value: Any) -> Any:
    return value


class SqlDatabase(StoredDatabase):
    """The database of an engine."""

    def __init__(self, engine: Engine) -> None:
        """Read and fill what ``engine`` opens."""
        self._engine = engine

    @contextmanager
    def snapshot(self) -> Iterator[Snapshot]:
        """Give one state: of SQLite that of a read transaction, of others a repeatable read."""
        options: dict[str, Any] = {READING: True}
        if self._engine.dialect.name in {"postgresql", "kingbase"}:
            options |= {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        elif self._engine.dialect.name == "dm":
            options |= {"isolation_level": "SERIALIZABLE"}
        with self._engine.connect().execution_options(**options) as connection, connection.begin():
            yield SqlSnapshot(connection)

    @contextmanager
    def filling(self, schema: str) -> Iterator[Loading]:
        """Fill it in one transaction, its tables included: what is broken off leaves nothing.

        Not so where changes of tables are committed at once (DM), or the process is killed: then a
        mark tells the next one that what is there was left by one like it, and may be taken away.
        """
        refuse_if(BackupUnfit, self._unfit(schema))
        self._mark()
        self._take_away_tables()
        try:
            with self._engine.begin() as connection:
                migrate_within(connection)
                for table in reversed(metadata.sorted_tables):
                    connection.execute(table.delete())
                yield SqlLoading(connection)
                # the row goes with the rows that were filled in, the table thereby or thereafter
                connection.execute(delete(MARK))
                MARK.drop(connection)
        except BaseException:
            with suppress(DBAPIError):  # a connection that is lost: the mark stays
                self._take_away_tables()
                self._unmark()
            raise

    def _unfit(self, schema: str) -> Iterator[Violation]:
        _, head = revisions(self._engine)
        if schema != head:
            data = {"found": schema, "wanted": head}
            yield Violation("kernel.backup_other_schema", data=data)
        if not self._is_free():
            yield Violation("kernel.backup_not_empty")

    def _is_free(self) -> bool:
        """Tell whether nothing is there but what a restoration left that did not end."""
        names = self._names() - {ALEMBIC, MARK.name}
        if not self._is_marked():
            return not names and not revisions(self._engine)[0]
        with self._engine.connect() as connection:
            used = (
                audit_row.name in names
                and connection.execute(select(audit_row.c.position).limit(1)).first()
            )
        return not used and names <= set(metadata.tables)

    def _names(self) -> set[str]:
        return set(inspect(self._engine).get_table_names())

    def _is_marked(self) -> bool:
        if MARK.name not in self._names():
            return False
        with self._engine.connect() as connection:
            return connection.execute(select(MARK)).first() is not None

    def _mark(self) -> None:
        if not self._is_marked():
            with self._engine.begin() as connection:
                MARK.create(connection, checkfirst=True)
                connection.execute(insert(MARK).values(id=1))

    def _unmark(self) -> None:
        with self._engine.begin() as connection:
            MARK.drop(connection, checkfirst=True)

    def _take_away_tables(self) -> None:
        """Remove what is there, as long as the mark is."""
        names = self._names()
        if names == {MARK.name} or not self._is_marked():
            return
        with self._engine.begin() as connection:
            for table in reversed(metadata.sorted_tables):
                if table.name in names:
                    table.drop(connection)
            if ALEMBIC in names:
                Table(ALEMBIC, MetaData()).drop(connection)
