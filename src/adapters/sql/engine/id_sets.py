"""Conditions on sets of ids of any size, each set one bound value where the engine takes it so."""

import json
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any, Self

from sqlalchemy import BindParameter, Boolean, ColumnElement, Select, bindparam, case, or_
from sqlalchemy.engine import Dialect
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import UserDefinedType

from adapters.sql.engine.direct import WANTED
from adapters.sql.engine.reading import Reader
from adapters.sql.engine.repository import chunks

MOST_SETS = 500
"""Kept as text: the scope of everybody at work is asked with again and again."""
ARRAYS = frozenset({"postgresql", "kingbase"})
LISTS = frozenset({"dm"})
_ESCAPED = str.maketrans({"\\": "\\\\", '"': '\\"'})


class IdSet(UserDefinedType[frozenset[str]]):
    """A set of ids as one text: an array of PostgreSQL's, JSON elsewhere."""

    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], str]:
        """Give what writes a set."""
        return _as_array if dialect.name in ARRAYS else _as_json


@lru_cache(MOST_SETS)
def _as_array(ids: frozenset[str]) -> str:
    quoted = (f'"{one.translate(_ESCAPED)}"' for one in sorted(ids))
    return "{" + ",".join(quoted) + "}"


@lru_cache(MOST_SETS)
def _as_json(ids: frozenset[str]) -> str:
    return json.dumps(sorted(ids), ensure_ascii=False, separators=(",", ":"))


@lru_cache(MOST_SETS)
def _in_parts(ids: frozenset[str]) -> tuple[tuple[str, ...], ...]:
    return tuple(map(tuple, chunks(sorted(ids)))) or ((),)


class looked_at(FunctionElement[Any]):  # noqa: N801 - reads as the column that it is
    """The column of a row that is found by something else.

    SQLite and PostgreSQL would else look up a row for each id of a set that the column is to be in,
    and PostgreSQL weighs each of them beforehand.
    """

    inherit_cache = True

    def __init__(self, column: ColumnElement[Any]) -> None:
        """Take ``column`` as it is."""
        super().__init__(column)
        self.type = column.type


@compiles(looked_at)
def _as_it_is(element: looked_at, compiler: SQLCompiler, **more: Any) -> str:
    (column,) = element.clauses
    return compiler.process(column, **more)


@compiles(looked_at, "sqlite")
def _without_index(element: looked_at, compiler: SQLCompiler, **more: Any) -> str:
    return f"+{_as_it_is(element, compiler, **more)}"


def mostly(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """Say that a condition holds, as one that nearly every row that is found fulfils.

    An optimizer that takes it for rare would read all that may be found and sort it, where walking
    an index in its order ends with the first page.
    """
    return case((condition, 1), else_=0) != 0


class among(FunctionElement[bool]):  # noqa: N801 - reads as the condition that it is
    """The column holds one of ``ids``; what is in no row, and the empty set, holds for none.

    The text of the statement is the same for every set, so that it is compiled once. DM has no
    list as one value: its statements hold a list of at most 500 for each 500 ids, and differ by
    how many those are.
    """

    type = Boolean()
    inherit_cache = True

    def __init__(self, column: ColumnElement[Any], ids: frozenset[str]) -> None:
        """Compare ``column``."""
        whole = bindparam("ids", ids, IdSet(), unique=True)
        parts: list[BindParameter[str]] = [
            bindparam("ids", one, expanding=True, unique=True) for one in _in_parts(ids)
        ]
        super().__init__(column, whole, *map(column.in_, parts))

    def self_group(self, against: object = None) -> Self:
        """Stand as it is: engines without truth values would else compare it with 1."""
        del against
        return self


class among_many(among):  # noqa: N801 - as above
    """The same of many ids, where the columns are of rows that are found otherwise.

    PostgreSQL weighs each id of an array beforehand, every time, or joins with all of them for each
    row; so it makes one table of them, and plans once.
    """

    inherit_cache = True


class among_wanted(among):  # noqa: N801 - as above
    """The same with a set that ``rows_among`` hands over: for statements that are made once."""

    inherit_cache = True

    def __init__(self, column: ColumnElement[Any]) -> None:
        """Compare ``column``."""
        part = column.in_(bindparam(WANTED, expanding=True))
        FunctionElement.__init__(self, column, bindparam(WANTED, type_=IdSet()), part)


def rows_among(
    reader: Reader, asked: Select[Any], ids: Iterable[str], **values: object
) -> list[dict[str, Any]]:
    """Give the rows by name of a statement that is made once, with ``among_wanted`` in it."""
    wanted = frozenset(ids)
    if reader.dialect not in LISTS:
        return reader.every(asked, {**values, WANTED: wanted})
    parts = (reader.rows(asked, {**values, WANTED: one}) for one in chunks(sorted(wanted)))
    return [row._asdict() for rows in parts for row in rows]


@compiles(among)
def _in_json(element: among, compiler: SQLCompiler, **more: Any) -> str:
    column, whole, *_ = element.clauses
    one, ids = compiler.process(column, **more), compiler.process(whole, **more)
    return f"{one} IN (SELECT value FROM json_each({ids}))"  # noqa: S608 - names of parameters


@compiles(among, "postgresql")
@compiles(among, "kingbase")
def _in_array(element: among, compiler: SQLCompiler, **more: Any) -> str:
    column, whole, *_ = element.clauses
    one, ids = compiler.process(column, **more), compiler.process(whole, **more)
    if isinstance(column, looked_at):
        return f"{one} IN (SELECT unnest({ids}::VARCHAR[]))"
    return f"{one} = ANY ({ids}::VARCHAR[])"


@compiles(among_many, "postgresql")
@compiles(among_many, "kingbase")
def _in_table(element: among_many, compiler: SQLCompiler, **more: Any) -> str:
    column, whole, *_ = element.clauses
    one, ids = compiler.process(column, **more), compiler.process(whole, **more)
    return f"({one} IN (SELECT unnest({ids}::VARCHAR[]))) IS TRUE"


@compiles(among, "dm")
def _in_lists(element: among, compiler: SQLCompiler, **more: Any) -> str:
    _, _, *parts = element.clauses
    return compiler.process(or_(*parts).self_group(), **more)
