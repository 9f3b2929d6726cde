"""Opening a database so that it keeps what it acknowledges (see ``requirements``)."""

import os
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from time import monotonic, sleep
from typing import Any, ClassVar, Final

from attrs import define
from sqlalchemy import (
    URL,
    Column,
    Connection,
    Engine,
    String,
    create_engine,
    event,
    make_url,
    text,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.exc import InvalidatePoolError, NoSuchModuleError
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.sql import ColumnElement

from adapters.sql.engine import direct
from adapters.sql.engine.confirming import CONFIRMING, LOCK_SECONDS, Confirming
from adapters.sql.sealing.protection import OPTION, Sealing
from supervision_core.kernel.errors import Refused, Violation

BUSY_MILLISECONDS = 15_000
CACHE_KIBIBYTES = 8_000
"""Of each SQLite connection: an import writes to more of the file than the 2 MB that it has by
itself. It is full soon, so that what a process holds stops growing within minutes."""
SCANNING_KIBIBYTES = 2_000
"""While a whole table goes by: no page of it is needed twice."""
WAL_SECONDS = 0.01
LOG_PAGES = 8_000
"""Pages (4 KiB) in SQLite's log before it is carried into the file: pages that an import writes
again and again are carried once."""
LOG_LIMIT = 40 * 2**20
"""Bytes of SQLite's log beyond which it is carried whole: a quarter more than ``LOG_PAGES``."""
LOG_WAIT_MILLISECONDS = 200
LAG_PAGES = 1_000
"""Of the log behind which somebody reads who will not be done within a fifth of a second."""
READING = "supervision_reading"
LAID_DOWN = "supervision_laid_down"
FRESH_SECONDS = 1.0
"""A connection used within is taken as it is: trying each costs a round trip a request."""
NEVER = 2**31
"""Times that a statement made for one question would be executed before psycopg prepares it: it is
planned for its values. Those that are made once are prepared at once (``direct``)."""
MOST_PREPARED = 500
"""Statements that a connection keeps prepared: all that are made once, with what types each takes;
of 100, as psycopg has it, the rare ones would turn out the frequent ones."""
ONE_STATE = frozenset({"postgresql", "kingbase"})
SEVERAL = {"target_session_attrs": "read-write"}
"""Of several servers, the one that takes writing is meant."""
NETWORK = {
    "connect_timeout": 5, "keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3,
    "tcp_user_timeout": 20_000,
}  # fmt: skip
"""A server that is gone without a word is noticed within half a minute; by itself a connection
waits a quarter of an hour, and one on which nothing was sent two hours."""
_COLLATION: Final = (
    "SELECT CASE WHEN to_jsonb(d) ->> 'datlocprovider' = 'i' THEN '' ELSE datcollate END"
    " FROM pg_database d WHERE datname = current_database()"
)
"""As JSON, for servers before 15 know one provider only, and no column that names it."""
_BY_CODE_POINT: Final = frozenset({"C", "POSIX", "C.UTF-8", "C.utf8"})


@define(eq=False)
class DriverMissing(Refused):
    """The address names a kind of database that the platform or this installation lacks."""

    code: ClassVar[str] = "sql.driver_missing"


def open_engine(url: str, *, pool_size: int = 8, sealing: Sealing | None = None) -> Engine:
    """Open the database at ``url``; of SQLite, files only.

    ``sealing`` protects its rows; without it, tables that need protection are refused.

    SQLite gets a file that only its owner reads, WAL, ``synchronous=FULL``, foreign keys and a busy
    timeout on each connection, and every transaction takes the write lock at its beginning, unless
    it only reads.
    Raises ``DriverMissing``.
    """
    parsed = make_url(url)
    _require_driver(parsed)
    options = {OPTION: sealing, CONFIRMING: Confirming()}
    if parsed.get_backend_name() == "sqlite":
        engine = create_engine(
            parsed, pool_size=pool_size, max_overflow=0, execution_options=options
        )
        event.listen(engine, "do_connect", _make_own_file)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    engine = create_engine(
        parsed,
        pool_size=pool_size,
        max_overflow=0,
        execution_options=options,
        connect_args=_spoken(parsed),
    )
    if direct.prepares(engine.dialect):
        event.listen(engine, "do_connect", _connect_patiently)
        event.listen(engine, "connect", _keep_prepared)
    event.listen(engine, "checkin", _laid_down)
    event.listen(engine, "checkout", partial(_tried, engine.dialect))
    return engine


def hosts(url: URL) -> Sequence[str]:
    """Give the servers that an address names beside each other, in their order."""
    told = url.query.get("host", ())
    return told.split(",") if isinstance(told, str) else told


def _spoken(url: URL) -> Mapping[str, Any]:
    """Give what the driver is told where the address says nothing else."""
    if url.get_backend_name() not in ONE_STATE:
        return {}
    told: dict[str, Any] = {"client_encoding": "UTF8"}
    if url.get_driver_name() == "psycopg":
        told |= {**NETWORK, "options": f"-c lock_timeout={LOCK_SECONDS}s"}
    if len(hosts(url)) > 1:
        told |= SEVERAL
    return {name: value for name, value in told.items() if name not in url.query}


def _connect_patiently(
    _dialect: Dialect, _entry: ConnectionPoolEntry, told: Sequence[Any], named: Mapping[str, Any]
) -> Any:
    from adapters.sql.engine.patient import PatientConnection  # noqa: PLC0415 - a driver of many

    return PatientConnection.connect(*told, **named)


def _require_driver(url: URL) -> None:
    try:
        url.get_dialect().import_dbapi()
    except (NoSuchModuleError, ImportError) as error:
        name = url.get_backend_name()
        raise DriverMissing((Violation(DriverMissing.code, data={"name": name}),)) from error


def _keep_prepared(connection: Any, entry: ConnectionPoolEntry) -> None:
    del entry
    connection.prepare_threshold, connection.prepared_max = NEVER, MOST_PREPARED


def _laid_down(connection: object, entry: ConnectionPoolEntry) -> None:
    del connection
    entry.info[LAID_DOWN] = monotonic()


def _tried(dialect: Dialect, connection: Any, entry: ConnectionPoolEntry, *_: object) -> None:
    """Try whether the server still answers on a connection that lay idle.

    Raises ``InvalidatePoolError`` where it does not: all of the pool is then made anew.
    """
    if monotonic() - entry.info.get(LAID_DOWN, 0.0) <= FRESH_SECONDS or LAID_DOWN not in entry.info:
        return
    try:
        dialect.do_ping(connection)
    except dialect.loaded_dbapi.Error as error:
        if dialect.is_disconnect(error, connection, None):
            raise InvalidatePoolError from error
        raise


def _make_own_file(
    _dialect: Dialect, _entry: ConnectionPoolEntry, places: Sequence[Any], _options: object
) -> None:
    """Make a file that is not there yet for its owner alone; the logs beside it take after it."""
    with suppress(OSError):  # what is wrong with the place, SQLite says
        os.close(os.open(places[0], os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def _prepare_sqlite(connection: Any, entry: ConnectionPoolEntry) -> None:
    del entry
    connection.isolation_level = None  # the driver's own BEGIN comes too late to lock for writing
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
    _keep_log(cursor)
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute(f"PRAGMA cache_size = -{CACHE_KIBIBYTES}")
    cursor.execute(f"PRAGMA wal_autocheckpoint = {LOG_PAGES}")
    cursor.close()


def _keep_log(cursor: Any) -> None:
    """Let the file keep a log, waiting for others as every statement does.

    SQLite itself does not wait here: where another process writes to a file that keeps no log yet,
    as when several open a new one, it says at once that the database is locked.
    """
    until = monotonic() + BUSY_MILLISECONDS / 1_000
    while True:
        try:
            cursor.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or monotonic() > until:
                raise
            sleep(WAL_SECONDS)
        else:
            return


def _begin_sqlite(connection: Connection) -> None:
    reading = connection.get_execution_options().get(READING, False)
    if reading:  # waits for nobody, and so cannot fail: no need of SQLAlchemy's way, which is slow
        connection.connection.cursor().execute("BEGIN").close()
    else:
        direct.execute_text(connection, "BEGIN IMMEDIATE")


def shorten_log(engine: Engine) -> None:
    """Carry all of SQLite's log into the file and begin it anew, if it is longer than it should be.

    By itself SQLite begins anew when nobody looks at what stands in it: where somebody always does,
    it would grow. Readers are not held up, writers a fifth of a second at most, and not at all
    while somebody has long been reading what was there before. Nothing for other databases.
    """
    if engine.dialect.name != "sqlite":
        return
    log = Path(f"{engine.url.database}-wal")
    if not log.exists() or log.stat().st_size <= LOG_LIMIT:
        return
    with engine.connect() as connection:
        raw: Any = connection.connection.driver_connection
        _, pages, carried = raw.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
        if pages - carried > LAG_PAGES:
            return
        raw.execute(f"PRAGMA busy_timeout = {LOG_WAIT_MILLISECONDS}")
        try:
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        finally:
            raw.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")


def is_collated(connection: Connection) -> bool:
    """Tell whether the database orders texts otherwise than by code point, as far as is known."""
    if connection.dialect.name == "postgresql":
        return connection.execute(text(_COLLATION)).scalar_one() not in _BY_CODE_POINT
    return connection.dialect.name == "kingbase"


def by_code_point(column: Column[Any], *, collated: bool) -> ColumnElement[Any]:
    """Order by a column as code points do; ``collated`` where the database has another order."""
    return column.collate("C") if collated and isinstance(column.type, String) else column


@contextmanager
def scanning(engine: Engine) -> Iterator[Connection]:
    """Give a connection through which whole tables may go, of which SQLite keeps little.

    Memory does not grow with the tables, as it would by the cache that writing needs.
    """
    with engine.connect().execution_options(**{READING: True}) as connection:
        if engine.dialect.name != "sqlite":
            yield connection
            return
        raw = connection.connection
        _keep_pages(raw, SCANNING_KIBIBYTES)
        try:
            yield connection
        finally:
            _keep_pages(raw, CACHE_KIBIBYTES)


def _keep_pages(raw: Any, kibibytes: int) -> None:
    """Tell SQLite how much of the file to keep; it lets go of the rest at once.

    As a script, since it is done while the statement is prepared: of one that is executed the
    driver keeps what it prepared, and the second time nothing would happen.
    """
    raw.driver_connection.executescript(f"PRAGMA cache_size = -{kibibytes}")


def looking_options(engine: Engine) -> Mapping[str, Any]:
    """Give the options of a connection for one statement that reads: each shows one state."""
    if engine.dialect.name in ONE_STATE:
        return {"isolation_level": "AUTOCOMMIT"}
    return {READING: True}


def reading_options(engine: Engine) -> Mapping[str, Any]:
    """Give the options of a connection on which nothing is written.

    SQLite takes no lock and shows one state anyway; PostgreSQL and KingbaseES show one by
    REPEATABLE READ. DM shows what is committed at each statement.
    """
    if engine.dialect.name in ONE_STATE:
        return {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    return {READING: True}
