"""Statements of a single row given to the driver itself, for what every command ends with.

SQLAlchemy's own way takes longer than the database does: it looks up the text of a statement by
everything that the statement is made of, and gives the result a description. Who listens to
``before_cursor_execute`` hears of these statements too, without a context.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

from attrs import frozen
from sqlalchemy import (
    ColumnElement,
    Connection,
    Delete,
    Insert,
    Select,
    Table,
    Update,
    bindparam,
    insert,
    select,
    update,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.dml import ReturningUpdate

Processor = Callable[[Any], Any]
WANTED: Final = "wanted"
STALE_PLAN: Final = "0A000"
"""What PostgreSQL says of a statement that was prepared before a column changed its type."""
Statement = Select[Any] | Delete | Update | ReturningUpdate[Any] | Insert


def prepares(dialect: Dialect) -> bool:
    """Tell whether the driver keeps statements prepared, until it rolls back: psycopg."""
    return dialect.driver == "psycopg"


@frozen
class Prepared:
    """The text of a statement for one dialect, and how its values are handed over."""

    text: str
    order: tuple[str, ...] | None
    """The names of the parameters by position; none where the driver takes them by name."""
    processors: tuple[tuple[str, Processor], ...]
    constants: Mapping[str, Any]
    """The values that the statement itself names."""
    options: Mapping[str, Any]
    """What the driver is told beside: psycopg keeps the statement prepared."""
    columns: tuple[tuple[str, Processor | None], ...]
    """What a select gives: names, and how the driver's values become ours."""
    expands: bool = False
    """Whether the text is finished only with the values: SQLAlchemy has to execute it."""

    def given(self, values: Mapping[str, Any]) -> Any:
        """Give the values as the driver takes them."""
        kept = {**self.constants, **values}
        for name, process in self.processors:
            kept[name] = process(kept[name])
        return kept if self.order is None else tuple(map(kept.__getitem__, self.order))

    def read(self, found: Sequence[Any]) -> dict[str, Any]:
        """Give the values that the driver gave."""
        told = zip(self.columns, found, strict=True)
        return {name: one if take is None else take(one) for (name, take), one in told}


@lru_cache(maxsize=1_000)
def prepared(statement: Statement, dialect: Dialect) -> Prepared:
    """Compile ``statement``, once for each dialect."""
    compiled = statement.compile(dialect=dialect)
    order = compiled.positiontup
    kinds = {name: bind.type.dialect_impl(dialect) for name, bind in compiled.binds.items()}
    found = {name: kind.bind_processor(dialect) for name, kind in kinds.items()}
    return Prepared(
        text=str(compiled),
        order=None if order is None else tuple(order),
        processors=tuple((name, process) for name, process in found.items() if process is not None),
        constants={name: bind.value for name, bind in compiled.binds.items() if not bind.required},
        options={"prepare": True} if prepares(dialect) else {},
        columns=tuple(
            (str(column.key), column.type.dialect_impl(dialect).result_processor(dialect, None))
            for column in (statement.selected_columns if isinstance(statement, Select) else ())
        ),
        expands=bool(compiled.post_compile_params),
    )


@lru_cache(maxsize=1_000)
def whole(table: Table) -> Select[Any]:
    """Give the statement that asks for whole rows."""
    return select(table)


@lru_cache(maxsize=1_000)
def matching(asked: Select[Any], *names: str) -> Select[Any]:
    """Give a statement that is made once, narrowed to what holds a value in each such column."""
    columns = asked.selected_columns
    return asked.where(*(columns[name] == bindparam(name) for name in names))


@lru_cache(maxsize=1_000)
def among(asked: Select[Any], column: ColumnElement[Any]) -> Select[Any]:
    """Give a statement that is made once, narrowed to what holds one of the values ``WANTED``."""
    return asked.where(column.in_(bindparam(WANTED, expanding=True)))


@lru_cache(maxsize=1_000)
def whole_row(table: Table) -> Insert:
    """Give the statement that inserts a row, with a value for every column."""
    return insert(table).values({column.name: bindparam(column.name) for column in table.c})


def new_version(table: Table) -> Update:
    """Give the statement that writes all of a row anew where it stands in ``old_version``."""
    old = table.c.id == bindparam("old_id"), table.c.version == bindparam("old_version")
    changed = [column.name for column in table.c if column.name != "id"]
    return update(table).where(*old).values({name: bindparam(name) for name in changed})


def execute(connection: Connection, statement: Statement, values: Mapping[str, Any]) -> None:
    """Execute ``statement`` in the transaction of ``connection``, which has begun.

    Raises what SQLAlchemy raises; a connection that is lost is given up, as it does, and so is one
    whose prepared statement no longer fits its table.
    """
    _run(connection, prepared(statement, connection.dialect), values, _counted)


def count(connection: Connection, statement: Statement, values: Mapping[str, Any]) -> int:
    """Execute ``statement`` and give how many rows it changed. Raises as ``execute``."""
    return int(_run(connection, prepared(statement, connection.dialect), values, _counted))


def row(
    connection: Connection, statement: Select[Any], values: Mapping[str, Any]
) -> dict[str, Any] | None:
    """Execute ``statement`` and give its first row by names, if any. Raises as ``execute``."""
    ready = prepared(statement, connection.dialect)
    found = _run(connection, ready, values, _first)
    return None if found is None else ready.read(found)


def rows(
    connection: Connection, statement: Select[Any], values: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """Execute ``statement`` and give its rows by names. Raises as ``execute``."""
    ready = prepared(statement, connection.dialect)
    return [ready.read(one) for one in _run(connection, ready, values, _every)]


def number(connection: Connection, statement: Statement, values: Mapping[str, Any]) -> int:
    """Execute ``statement`` and give the number in its one row. Raises as ``execute``."""
    (found,) = _run(connection, prepared(statement, connection.dialect), values, _first)
    return int(found)


def execute_text(connection: Connection, text: str) -> None:
    """Execute a statement without values, which the engine takes as it stands."""
    ready = Prepared(text=text, order=(), processors=(), constants={}, options={}, columns=())
    _run(connection, ready, {}, _counted)


def _first(cursor: Any) -> Any:
    return cursor.fetchone()


def _every(cursor: Any) -> Any:
    return cursor.fetchall()


def _counted(cursor: Any) -> Any:
    return cursor.rowcount


def _run(
    connection: Connection,
    ready: Prepared,
    values: Mapping[str, Any],
    told: Callable[[Any], Any],
) -> Any:
    dialect = connection.dialect
    raw = connection.connection
    cursor = raw.cursor()
    given = ready.given(values)
    for listener in connection.dispatch.before_cursor_execute:
        listener(connection, cursor, ready.text, given, None, False)  # noqa: FBT003 - not many
    try:
        cursor.execute(ready.text, given, **ready.options)
        return told(cursor)
    except dialect.loaded_dbapi.Error as error:
        stale = bool(ready.options) and getattr(error, "sqlstate", None) == STALE_PLAN
        lost = stale or dialect.is_disconnect(error, raw.dbapi_connection, cursor)
        if lost:
            connection.invalidate(error)
        raise DBAPIError.instance(
            ready.text, None, error, dialect.loaded_dbapi.Error, connection_invalidated=lost
        ) from error
    finally:
        cursor.close()
