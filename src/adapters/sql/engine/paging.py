"""Keyset pages by the index: a page costs the same however deep it lies."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeVar

from attrs import field, frozen
from sqlalchemy import Column, ColumnElement, Date, Integer, Row, Select, Table, literal, tuple_

from adapters.sql.engine.reading import Reader
from adapters.sql.engine.types import BODY
from adapters.sql.sealing.protection import ROW_SEAL, SEALED
from supervision_core.kernel.canonical import Json
from supervision_core.kernel.errors import Scalar, Violation
from supervision_core.kernel.paging import BadCursor, Key, Page, PageRequest, page_of, position

Item = TypeVar("Item")
Keys = tuple[tuple[str, ColumnElement[Any]], ...]
UNLISTED = frozenset({BODY, SEALED, ROW_SEAL})


class Unfit(Exception):
    """A row was read that the page does not show."""


def listed(table: Table) -> list[Column[Any]]:
    """Give the columns that lists may read: neither what is nested nor what is personal."""
    return [column for column in table.c if column.name not in UNLISTED]


def next_by_id(statement: Select[Any], id: Column[str], after: str, limit: int) -> Select[Any]:
    """Ask for the next rows of a walk by id, from the start where ``after`` is empty.

    The empty text is not compared with: Oracle's mode takes it for NULL, and nothing is after that.
    """
    wanted = statement.order_by(id).limit(limit)
    return wanted.where(id > after) if after else wanted


@frozen(eq=False)
class Listing:
    """Rows in an order: ``keys`` are columns of texts, days or integers with their names in rows.

    All go upwards, or all ``down``. What asks for the first page is kept with it, by its size.
    """

    statement: Select[Any]
    keys: Keys
    down: bool = False
    _first: dict[int, Select[Any]] = field(factory=dict, init=False)

    def page(self, size: int, after: Key | None) -> Select[Any]:
        """Give what asks for one row more than a page, behind the key ``after``."""
        if after is not None:
            columns = [column for _, column in self.keys]
            bounds = [bound(column, value) for column, value in zip(columns, after, strict=True)]
            one, other = tuple_(*columns), tuple_(*bounds)
            behind = one < other if self.down else one > other
            return self._ordered(self.statement.where(behind), size)
        found = self._first.get(size)
        if found is None:
            found = self._first[size] = self._ordered(self.statement, size)
        return found

    def _ordered(self, statement: Select[Any], size: int) -> Select[Any]:
        columns = (column for _, column in self.keys)
        ordered = (one.desc() if self.down else one for one in columns)
        return statement.order_by(*ordered).limit(size + 1)


def read_page(
    reader: Reader,
    listing: Listing,
    request: PageRequest,
    *,
    query: Json,
    item: Callable[[Row[Any]], Item],
) -> Page[Item]:
    """Read one page of ``listing``.

    ``query`` is the filter and whatever else decides the rows. Raises ``BadCursor``.
    """

    def key(row: Row[Any]) -> Key:
        return tuple(_scalar(getattr(row, name)) for name, _ in listing.keys)

    rows = reader.rows(listing.page(request.size, _after(listing, request, query)))
    return page_of(rows, request, query=query, key=key, item=item)


def read_values(  # noqa: PLR0913 - what a page is made of
    reader: Reader,
    listing: Listing,
    request: PageRequest,
    *,
    query: Json,
    item: Callable[[Mapping[str, Any]], Item],
    kept: bool,
    fits: Callable[[Mapping[str, Any]], bool] | None = None,
) -> Page[Item]:
    """Read one page of ``listing``; ``item`` is given the values of a row by name.

    What asks for the first page of one that is ``kept`` is made once. Raises ``BadCursor``, and
    ``Unfit`` where a row that was read does not do what ``fits`` asks.
    """

    def key(values: Mapping[str, Any]) -> Key:
        return tuple(_scalar(values[name]) for name, _ in listing.keys)

    after = _after(listing, request, query)
    asked = listing.page(request.size, after)
    once = kept and after is None
    rows = reader.every(asked, {}) if once else [one._asdict() for one in reader.rows(asked)]
    if fits is not None and not all(map(fits, rows)):
        raise Unfit
    return page_of(rows, request, query=query, key=key, item=item)


def _after(listing: Listing, request: PageRequest, query: Json) -> Key | None:
    kinds = [int if isinstance(column.type, Integer) else str for _, column in listing.keys]
    return position(request, query=query, kinds=kinds)


def _scalar(value: Any) -> Scalar:
    return value.isoformat() if isinstance(value, date) else value


def bound(column: ColumnElement[Any], value: Scalar) -> ColumnElement[Any]:
    """Give a part of a key to compare a column with. Raises ``BadCursor``."""
    if not isinstance(column.type, Date):
        return literal(value, column.type)
    try:
        return literal(date.fromisoformat(str(value)), column.type)
    except ValueError:
        raise BadCursor((Violation("kernel.bad_cursor", "cursor"),)) from None
