"""Aggregates in tables, guarded by their version."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain
from operator import itemgetter
from typing import Any, ClassVar, Generic, TypeVar

from sqlalchemy import Column, ColumnElement, Connection, Delete, Row, Select, select
from sqlalchemy.exc import IntegrityError

from adapters.sql.engine import direct
from adapters.sql.engine.bulk import insert_rows
from adapters.sql.engine.faults import broken_unique
from adapters.sql.engine.mapper import Mapper, Values, values_of
from adapters.sql.engine.reading import Reader
from adapters.sql.sealing.protection import Lately, Sealing
from supervision_core.kernel.errors import Conflict, NotFound
from supervision_core.kernel.events import Aggregate
from supervision_core.kernel.ports import Repository

Root = TypeVar("Root", bound=Aggregate)
Item = TypeVar("Item")
CHUNK = 500


def chunks(items: Sequence[Item], size: int = CHUNK) -> Iterable[Sequence[Item]]:
    """Cut ``items`` into parts that an IN list of every engine takes."""
    return (items[at : at + size] for at in range(0, len(items), size))


class SqlRepository(Repository[Root], Generic[Root]):
    """A repository over one table; a subclass names its mapper and adds the context's questions."""

    mapper: ClassVar[Mapper[Any]]

    def __init__(self, connection: Connection) -> None:
        """Work on the connection of a unit of work."""
        self._connection = connection
        self._reader = Reader(connection)
        self._sealing = self.mapper.sealing_on(connection)
        self._looked_up: dict[str, Any] = {}

    def get(self, id: str) -> Root:
        """Give the aggregate, whole. Raises ``NotFound``."""
        found = self._matching(id=id)
        if found is None:
            raise NotFound(self.kind, id)
        if self.mapper.compared:
            self._looked_up[id] = self._lookups_of(found)
        return found

    def find_many(self, ids: Iterable[str]) -> list[Root]:
        """Give those of ``ids`` that there are, by id."""
        return sorted(self._where_in(self.mapper.table.c.id, ids), key=lambda one: one.id)

    def save(self, root: Root) -> None:
        """Store the aggregate and raise its version. Raises ``Conflict``."""
        self.save_all([root])

    def save_all(self, roots: Sequence[Root]) -> None:
        """Store many at once; the first that is stale or taken raises ``Conflict``."""
        self._insert([root for root in roots if not root.version])
        self._update([root for root in roots if root.version])
        for root in roots:
            root.version += 1

    def every(self) -> list[Root]:
        """Give every one, by id: of some thousand, no more."""
        return self._read(self._whole().order_by(self.mapper.table.c.id))

    def walk(self, after: str, limit: int, *, hold: bool = False) -> Sequence[Root]:
        """Give the next by id, locked where they are to stay."""
        id_ = self.mapper.table.c.id
        asked = self._whole().order_by(id_).limit(limit)
        if after:
            asked = asked.where(id_ > after)
        if not hold:
            return self._read(asked)
        ids = [row.id for row in self._reader.rows(asked.with_only_columns(id_))]
        held = self._whole().where(id_.in_(ids)).order_by(id_).with_for_update()
        return self._read(held) if ids else []

    def _where(
        self, *conditions: ColumnElement[bool], order: Sequence[ColumnElement[Any]] = ()
    ) -> list[Root]:
        return self._read(self._whole().where(*conditions).order_by(*order))

    def _whole(self) -> Select[Any]:
        return direct.whole(self.mapper.table)

    def _read(self, asked: Select[Any], values: Mapping[str, Any] | None = None) -> list[Root]:
        return self._roots(self._reader.rows(asked, values))

    def _roots(self, rows: Sequence[Row[Any]]) -> list[Root]:
        return [self._root(values_of(row)) for row in rows]

    def _root(self, values: Values) -> Root:
        """Rebuild the aggregate of a row's values; whoever believes less asks more."""
        return self._rebuilt(values, self._sealing)

    def _listed(self, row: Row[Any]) -> Root:
        """Give the aggregate of a row of a list."""
        sealing = self._sealing
        return self._made(values_of(row), sealing, None if sealing is None else sealing.listed)

    def _rebuilt(self, values: Values, sealing: Sealing | None) -> Root:
        """Give what this process made of the very same row lately, or check and rebuild it."""
        return self._made(values, sealing, None if sealing is None else sealing.lately)

    def _made(self, values: Values, sealing: Sealing | None, lately: Lately | None) -> Root:
        def made() -> Root:
            root: Root = self.mapper.root_of(values, sealing)
            return root

        if lately is None:
            return made()
        twin: Root = lately.made(self.mapper, values, made).twin()
        return twin

    def _matching(self, **values: str) -> Root | None:
        """Give the one whose columns hold these values."""
        return next(iter(self._all_matching(**values)), None)

    def _all_matching(self, **values: str) -> list[Root]:
        """Give those whose columns hold these values, by a statement that is made once."""
        asked = direct.matching(direct.whole(self.mapper.table), *values)
        return [self._root(found) for found in self._reader.every(asked, values)]

    def _one(self, *conditions: ColumnElement[bool]) -> Root | None:
        found = self._where(*conditions)
        return found[0] if found else None

    def _held(self, id: str) -> Root | None:
        """Give the aggregate as it is now; until the transaction ends, others wait for its row."""
        table = self.mapper.table
        rows = self._reader.rows(select(table).where(table.c.id == id).with_for_update())
        return next(iter(self._roots(rows)), None)

    def _where_in(self, column: Column[Any], values: Iterable[str]) -> list[Root]:
        wanted = sorted(set(values))
        if len(wanted) == 1:
            return self._all_matching(**{column.key: wanted[0]})
        return self._among(column, wanted)

    def _among(self, column: Column[Any], wanted: Sequence[str]) -> list[Root]:
        asked, found = direct.among(self._whole(), column), list[Root]()
        for part in chunks(wanted):
            found += self._read(asked, {direct.WANTED: part})
        return found

    def _where_blind(self, column: str, values: Iterable[str]) -> list[Root]:
        """Give those whose sealed value is among ``values``, by the blind index ``column``."""
        if self._sealing is None:
            raise TypeError(column)
        blind, table = self.mapper.blind[column], self.mapper.table
        found = (blind.candidates(table, value, self._sealing) for value in values)
        return self._among(table.c[column], sorted(set(chain.from_iterable(found))))

    def _rows(self, roots: Sequence[Root]) -> list[Values]:
        return [self.mapper.row(root, self._sealing) for root in roots]

    def _new_rows(self, roots: Sequence[Root]) -> list[Values]:
        return self._rows(roots)

    def _insert(self, roots: Sequence[Root]) -> None:
        if not roots:
            return
        with self._guarded(roots):
            table = self.mapper.table
            stored = itemgetter(*(str(column.name) for column in table.c))  # plain texts: faster
            found = self._new_rows(roots)
            if by := self.mapper.ordered_by:  # indexes that begin alike are then written in order
                found.sort(key=itemgetter(by))
            insert_rows(self._connection, table, map(stored, found))
            self._insert_lookups(roots)

    def _update(self, roots: Sequence[Root]) -> None:
        if not roots:
            return
        statement = self.mapper.update
        for root, row in zip(roots, self._rows(roots), strict=True):
            row.update(old_id=row.pop("id"), old_version=root.version)
            with self._guarded([root]):
                changed = direct.count(self._connection, statement, row)
            if changed != 1:
                raise Conflict(self.kind, root.id)
        moved = [root for root in roots if self._looked_up.get(root.id) != self._lookups_of(root)]
        if moved:
            for lookup in self.mapper.lookups:
                self._clear(lookup.clearing, [root.id for root in moved])
            with self._guarded(moved):
                self._insert_lookups(moved)

    def _lookups_of(self, root: Root) -> Any:
        """Give what stands in other tables for an aggregate in its version."""
        return root.version, [list(lookup.rows(root)) for lookup in self.mapper.lookups]

    def _clear(self, clearing: Delete, owners: Sequence[str]) -> None:
        if len(owners) == 1:
            direct.execute(self._connection, clearing, {"owned_by": owners[0]})
        else:
            self._connection.execute(clearing, [{"owned_by": one} for one in owners])

    @contextmanager
    def _guarded(self, roots: Sequence[Root]) -> Iterator[None]:
        try:
            yield
        except IntegrityError as error:
            if broken_unique(error, self.mapper.table.metadata) is None:
                raise
            raise Conflict(self.kind, roots[0].id if len(roots) == 1 else "") from error

    def _insert_lookups(self, roots: Sequence[Root]) -> None:
        for lookup in self.mapper.lookups:
            names = [column.name for column in lookup.table.c]
            found = ({lookup.owner: root.id, **row} for root in roots for row in lookup.rows(root))
            rows = ([row[name] for name in names] for row in found)
            insert_rows(self._connection, lookup.table, rows)
