"""Aggregates as rows: a column for each field that a table asks for, JSON text for the rest."""

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, Generic, TypeVar

import attrs
from sqlalchemy import Date, Row, Table, Text
from sqlalchemy.types import TypeEngine

from adapters.sql.types import BODY, Moment
from supervision_core.kernel.errors import CorruptState
from supervision_core.kernel.events import Aggregate
from supervision_core.kernel.plain import from_plain, to_plain

Root = TypeVar("Root", bound=Aggregate)
Values = dict[str, Any]


@attrs.frozen
class Lookup(Generic[Root]):
    """Rows derived from an aggregate so that queries can ask for what lies inside it.

    The truth stays in the aggregate's own row; both are written by the same save.
    ``owner`` is the column that holds the aggregate's id.
    """

    table: Table
    owner: str
    rows: Callable[[Root], Iterable[Values]]


class Mapper(Generic[Root]):
    """Takes an aggregate apart into a row and rebuilds it, dropping nothing.

    A field is stored in the column of its name (without a leading underscore; ``renamed`` gives
    another where an engine reserves the word), as JSON text where that is a ``Text``. Every field
    without a column goes into ``body``. ``derived`` fills columns which only queries read; they
    are not read back. A column that nothing fills is refused at once.
    """

    def __init__(
        self,
        cls: type[Root],
        table: Table,
        derived: Callable[[Root], Values] | None = None,
        lookups: tuple[Lookup[Root], ...] = (),
        renamed: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        """Map ``cls`` to ``table``."""
        self.cls, self.table, self.derived, self.lookups = cls, table, derived, lookups
        fields = [field.name for field in attrs.fields(cls) if field.init]
        named = {name: renamed.get(name, name.lstrip("_")) for name in fields}
        self._columns: dict[str, tuple[str, Codec]] = {
            name: (column, _codec(table.c[column].type))
            for name, column in named.items()
            if column in table.c and column != BODY
        }
        self._extra = {column.name for column in table.c} - {BODY}
        self._extra -= {column for column, _ in self._columns.values()}
        if self._extra and derived is None:
            raise TypeError(sorted(self._extra))

    def row(self, root: Root) -> Values:
        """Give the row of ``root``."""
        plain = to_plain(root)
        if not isinstance(plain, dict):
            raise TypeError(root)
        values = {
            column: codec.store(plain.pop(name)) for name, (column, codec) in self._columns.items()
        }
        values[BODY] = json_text(plain)
        if self.derived is not None:
            more = self.derived(root)
            if more.keys() != self._extra:
                raise TypeError(sorted(more.keys() ^ self._extra))
            values.update(more)
        return values

    def root(self, row: Row[Any]) -> Root:
        """Rebuild the aggregate. Raises ``CorruptState`` for a row that gives none."""
        values = row._mapping  # noqa: SLF001 - SQLAlchemy's public name for it
        try:
            plain = json.loads(values[BODY])
            for name, (column, codec) in self._columns.items():
                plain[name] = codec.load(values[column])
            return from_plain(self.cls, plain)
        except Exception as error:
            raise CorruptState(self.table.name, values.get("id")) from error


@attrs.frozen
class Codec:
    """How a plain value enters a column and leaves it."""

    store: Callable[[Any], Any]
    load: Callable[[Any], Any]


def json_text(value: Any) -> str:
    """Give ``value`` as compact JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _same(value: Any) -> Any:
    return value


def _iso(value: date | None) -> str | None:
    return None if value is None else value.isoformat()


def _codec(kind: TypeEngine[Any]) -> Codec:
    if isinstance(kind, Moment):
        return Codec(lambda text: None if text is None else datetime.fromisoformat(text), _iso)
    if isinstance(kind, Text):
        return Codec(json_text, json.loads)
    if isinstance(kind, Date):
        return Codec(lambda text: None if text is None else date.fromisoformat(text), _iso)
    return Codec(_same, _same)
