"""Conditions on sets of ids of any size, each set one bound value where the engine takes it so."""

import json
from collections.abc import Callable
from functools import lru_cache
from typing import Any, Self

from sqlalchemy import BindParameter, Boolean, ColumnElement, bindparam, or_
from sqlalchemy.engine import Dialect
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import UserDefinedType

from adapters.sql.repository import chunks

MOST_SETS = 500
"""Kept as text: the scope of everybody at work is asked with again and again."""
ARRAYS = frozenset({"postgresql", "kingbase"})
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
    return f"{one} = ANY ({ids}::VARCHAR[])"


@compiles(among, "dm")
def _in_lists(element: among, compiler: SQLCompiler, **more: Any) -> str:
    _, _, *parts = element.clauses
    return compiler.process(or_(*parts).self_group(), **more)
