"""Keyset pages by the index: a page costs the same however deep it lies."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import Column, ColumnElement, Date, Integer, Row, Select, Table, literal, tuple_

from adapters.sql.reading import Reader
from adapters.sql.sealing import ROW_SEAL, SEALED
from adapters.sql.types import BODY
from supervision_core.kernel.canonical import Json
from supervision_core.kernel.errors import Scalar, Violation
from supervision_core.kernel.paging import BadCursor, Key, Page, PageRequest, page_of, position

Item = TypeVar("Item")
UNLISTED = frozenset({BODY, SEALED, ROW_SEAL})


def listed(table: Table) -> list[Column[Any]]:
    """Give the columns that lists may read: neither what is nested nor what is personal."""
    return [column for column in table.c if column.name not in UNLISTED]


def next_by_id(statement: Select[Any], id: Column[str], after: str, limit: int) -> Select[Any]:
    """Ask for the next rows of a walk by id, from the start where ``after`` is empty.

    The empty text is not compared with: Oracle's mode takes it for NULL, and nothing is after that.
    """
    wanted = statement.order_by(id).limit(limit)
    return wanted.where(id > after) if after else wanted


def read_page(  # noqa: PLR0913 - what a page is made of
    reader: Reader,
    statement: Select[Any],
    request: PageRequest,
    *,
    keys: Sequence[tuple[str, ColumnElement[Any]]],
    query: Json,
    item: Callable[[Row[Any]], Item],
) -> Page[Item]:
    """Read one page of ``statement`` ordered by ``keys``: columns of texts, days or integers.

    Each key comes with its name in the statement's rows. ``query`` is the filter and whatever else
    decides the rows. Raises ``BadCursor``.
    """
    columns = [column for _, column in keys]
    kinds = [int if isinstance(column.type, Integer) else str for column in columns]
    after = position(request, query=query, kinds=kinds)
    if after is not None:
        bounds = [_bound(column, value) for column, value in zip(columns, after, strict=True)]
        statement = statement.where(tuple_(*columns) > tuple_(*bounds))

    def key(row: Row[Any]) -> Key:
        return tuple(_scalar(getattr(row, name)) for name, _ in keys)

    rows = reader.rows(statement.order_by(*columns).limit(request.size + 1))
    return page_of(rows, request, query=query, key=key, item=item)


def _scalar(value: Any) -> Scalar:
    return value.isoformat() if isinstance(value, date) else value


def _bound(column: ColumnElement[Any], value: Scalar) -> ColumnElement[Any]:
    if not isinstance(column.type, Date):
        return literal(value, column.type)
    try:
        return literal(date.fromisoformat(str(value)), column.type)
    except ValueError:
        raise BadCursor((Violation("kernel.bad_cursor", "cursor"),)) from None
