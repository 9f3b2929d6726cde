"""Aggregates as rows: a column for each field that a table asks for, JSON text for the rest."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, Generic, TypeVar

import attrs
from sqlalchemy import Connection, Date, Delete, Engine, Row, Table, Text, bindparam, delete
from sqlalchemy.types import TypeEngine

from adapters.sql.engine.direct import new_version
from adapters.sql.engine.types import BODY, Moment, Sorted
from adapters.sql.sealing.protection import (
    ROW_SEAL,
    SEALED,
    Blind,
    Sealing,
    check_row,
    is_own,
    seal_of_row,
    sealing_of,
)
from supervision_core.kernel.crypto import KeyMissing, Tampered
from supervision_core.kernel.errors import CorruptState
from supervision_core.kernel.events import Aggregate
from supervision_core.kernel.plain import from_plain, to_plain
from supervision_core.kernel.sealing import Place

Root = TypeVar("Root", bound=Aggregate)
Values = dict[str, Any]


@attrs.frozen
class Lookup(Generic[Root]):
    """Rows derived from an aggregate so that queries can ask for what lies inside it.

    The truth stays in the aggregate's own row; both are written by the same save.
    """

    table: Table
    rows: Callable[[Root], Iterable[Values]]
    anew: bool = attrs.field(default=False, kw_only=True)
    """Whether each save writes its rows, because they follow from more than the aggregate."""
    owner: str = attrs.field(init=False)
    """The column that holds the aggregate's id: the table's one foreign key."""
    clearing: Delete = attrs.field(init=False)
    """The statement that takes the rows of an aggregate away."""

    @owner.default
    def _owner(self) -> str:
        (key,) = self.table.foreign_keys
        return key.parent.name

    @clearing.default
    def _clearing(self) -> Delete:
        return delete(self.table).where(self.table.c[self.owner] == bindparam("owned_by"))

    @classmethod
    def of(cls, table: Table, said: Callable[[Root], Iterable[str]]) -> "Lookup[Root]":
        """Give the look-up of a table made by ``several_of``: a row for each that is said."""
        column = list(table.primary_key)[-1].name
        return cls(table, lambda root: [{column: one} for one in sorted(set(said(root)))])


class Mapper(Generic[Root]):
    """Takes an aggregate apart into a row and rebuilds it, dropping nothing.

    A field is stored in the column of its name (without a leading underscore; ``renamed`` gives
    another where an engine reserves the word), as JSON text where that is a ``Text``. Every field
    without a column goes into ``body``. ``derived`` fills columns which only queries read; they
    are not read back. A column that nothing fills is refused at once.

    Fields named in ``sealed`` are stored enciphered, each in the ``Text`` column of its name or,
    where there is none, together in column ``sealed``. ``blind`` columns find them by equality.
    In a table with column ``row_seal`` a seal over every other column is stored there, and checked
    at each load; where rows may be ``batched``, the id of a batch stands there instead.
    """

    def __init__(  # noqa: PLR0913 - what a mapping is made of
        self,
        cls: type[Root],
        table: Table,
        derived: Callable[[Root], Values] | None = None,
        lookups: tuple[Lookup[Root], ...] = (),
        renamed: Mapping[str, str] = MappingProxyType({}),
        *,
        sealed: tuple[str, ...] = (),
        blind: tuple[Blind[Root], ...] = (),
        batched: bool = False,
    ) -> None:
        """Map ``cls`` to ``table``."""
        self.batched = batched
        self.cls, self.table, self.derived, self.lookups = cls, table, derived, lookups
        self.update = new_version(table)
        self.compared = bool(lookups) and not any(one.anew for one in lookups)
        self.ordered_by = next((one.name for one in table.c if isinstance(one.type, Sorted)), None)
        self.blind = {one.column: one for one in blind}
        self.row_seal = ROW_SEAL in table.c
        fields = [field.name for field in attrs.fields(cls) if field.init]
        if unknown := set(sealed) - set(fields):
            raise TypeError(sorted(unknown))
        named = {name: renamed.get(name, name.lstrip("_")) for name in fields}
        self._sealed: dict[str, list[str]] = {}
        for name in sealed:
            column = table.c.get(named.pop(name))
            own = column is not None and isinstance(column.type, Text)
            place = column.name if column is not None and own else SEALED
            self._sealed.setdefault(place, []).append(name)
        self._columns: dict[str, tuple[str, Codec]] = {
            name: (column, _codec(table.c[column].type))
            for name, column in named.items()
            if column in table.c and column != BODY
        }
        filled = {BODY, *self._sealed, *self.blind, *([ROW_SEAL] if self.row_seal else [])}
        if absent := filled - set(table.c.keys()):
            raise TypeError(sorted(absent))
        self._extra = set(table.c.keys()) - filled
        self._extra -= {column for column, _ in self._columns.values()}
        if self._extra and derived is None:
            raise TypeError(sorted(self._extra))

    def sealing_on(self, source: Engine | Connection) -> Sealing | None:
        """Give what protects the rows behind ``source``, ``None`` where nothing is protected.

        Raises ``SealingMissing`` where something is and no keys are there.
        """
        return sealing_of(source) if self._sealed or self.blind or self.row_seal else None

    def row(self, root: Root, sealing: Sealing | None = None, *, own: bool = True) -> Values:
        """Give the row that the next save of ``root`` stores, its version raised.

        Without its ``own`` seal where a batch is to seal it.
        """
        plain = to_plain(root)
        if not isinstance(plain, dict):
            raise TypeError(root)
        values = {
            column: codec.store(plain.pop(name)) for name, (column, codec) in self._columns.items()
        }
        hidden = {
            column: {name: plain.pop(name) for name in names}
            for column, names in self._sealed.items()
        }
        values[BODY] = json_text(plain)
        values["version"] += 1
        if self.derived is not None:
            more = self.derived(root)
            if more.keys() != self._extra:
                raise TypeError(sorted(more.keys() ^ self._extra))
            values.update(more)
        if sealing is not None:
            texts = {column: json_text(value) for column, value in hidden.items()}
            values.update(self._protection(root, values, texts, sealing, own=own))
        elif hidden or self.blind or self.row_seal:
            raise TypeError(self.table.name)
        return values

    def root(self, row: Row[Any], sealing: Sealing | None = None) -> Root:
        """Rebuild the aggregate. Raises ``CorruptState`` for a row that gives none, ``Tampered``.

        ``sealing`` is what ``sealing_on`` gave.
        """
        return self.root_of(values_of(row), sealing)

    def root_of(self, values: Mapping[str, Any], sealing: Sealing | None = None) -> Root:
        """Rebuild the aggregate of a row's values by name. Raises as ``root`` does."""
        with self._corruption_told(values):
            return from_plain(self.cls, self._plain(values, sealing))

    def _plain(self, values: Mapping[str, Any], sealing: Sealing | None) -> dict[str, Any]:
        hidden = self._opened(values, sealing)
        plain: dict[str, Any] = json.loads(values[BODY])
        for name, (column, codec) in self._columns.items():
            plain[name] = codec.load(values[column])
        for text in hidden.values():
            plain.update(json.loads(text))
        return plain

    def sealed_of(self, values: Mapping[str, Any], name: str, sealing: Sealing | None) -> Any:
        """Give what one sealed field says, plainly, of a row that is as it was sealed.

        It costs a third of the whole aggregate. Raises as ``root`` does.
        """
        (column,) = (one for one, names in self._sealed.items() if name in names)
        if sealing is None:
            raise TypeError(self.table.name)
        with self._corruption_told(values):
            self._check(values, sealing)
            return json.loads(self._open(values, column, sealing))[name]

    @contextmanager
    def _corruption_told(self, values: Mapping[str, Any]) -> Iterator[None]:
        try:
            yield
        except (Tampered, KeyMissing):
            raise
        except Exception as error:
            raise CorruptState(self.table.name, values.get("id")) from error

    def renewed(self, row: Row[Any], sealing: Sealing) -> Values:
        """Give the protected columns of a stored row anew, under the newest keys.

        Nothing else of the row is touched. Raises ``Tampered``: what was changed is not blessed.
        """
        values = values_of(row)
        root = self.root(row, sealing)
        return self._protection(root, values, self._opened(values, sealing), sealing, own=True)

    def is_current(self, row: Row[Any], sealing: Sealing) -> bool:
        """Tell whether the newest keys protect all of a stored row."""
        values = values_of(row)
        return (
            all(sealing.fields.is_current(values[column]) for column in self._sealed)
            and all(
                one.is_current(self.table, values[one.column], sealing)
                for one in self.blind.values()
            )
            and (not self.row_seal or self._sealed_currently(values[ROW_SEAL], sealing))
        )

    def _sealed_currently(self, seal: str, sealing: Sealing) -> bool:
        return sealing.rows.is_current(seal) or (self.batched and not is_own(seal))

    def protected(self) -> tuple[str, ...]:
        """Name the columns that change with the keys."""
        return (*self._sealed, *self.blind, *([ROW_SEAL] if self.row_seal else []))

    def _opened(self, values: Mapping[str, Any], sealing: Sealing | None) -> dict[str, str]:
        if sealing is None:
            if self.protected():
                raise TypeError(self.table.name)
            return {}
        self._check(values, sealing)
        return {column: self._open(values, column, sealing) for column in self._sealed}

    def _check(self, values: Mapping[str, Any], sealing: Sealing) -> None:
        if self.row_seal:
            check_row(self.table, values, sealing)

    def _open(self, values: Mapping[str, Any], column: str, sealing: Sealing) -> str:
        return sealing.fields.open(values[column], self._place(column, values["id"]))

    def _protection(
        self,
        root: Root,
        values: Mapping[str, Any],
        texts: Mapping[str, str],
        sealing: Sealing,
        *,
        own: bool,
    ) -> Values:
        made: Values = {
            column: sealing.fields.seal(text, self._place(column, root.id))
            for column, text in texts.items()
        }
        for column, blind in self.blind.items():
            made[column] = blind.stored(self.table, root, sealing)
        if self.row_seal and own:
            made[ROW_SEAL] = seal_of_row(self.table, {**values, **made}, sealing)
        return made

    def _place(self, column: str, id: str) -> Place:
        return Place(self.table.name, column, id)


@attrs.frozen
class Codec:
    """How a plain value enters a column and leaves it."""

    store: Callable[[Any], Any]
    load: Callable[[Any], Any]


def values_of(row: Row[Any]) -> dict[str, Any]:
    """Give the values of a row by name."""
    return dict(zip(row._fields, row, strict=True))


_COMPACT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def json_text(value: Any) -> str:
    """Give ``value`` as compact JSON."""
    return _COMPACT.encode(value)


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
