"""Search by looking at every entry: the definition, as the core has it."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from attrs import define, field

from adapters.memory.unit import MemoryUnitOfWork
from supervision_core.audit.ports import AuditLog
from supervision_core.identity.model import Placement, reached_by
from supervision_core.kernel.listing import ListFilter, ListQuery, key_of, reaching
from supervision_core.kernel.listing import selected as selected_rows
from supervision_core.kernel.ports import Repository
from supervision_core.kernel.search import (
    Hits,
    IndexPlace,
    IndexUnusable,
    Row,
    SearchBuilding,
    SearchEntry,
    SearchIndex,
    SearchSource,
    SearchWanted,
    entry_of,
    searched,
    selected,
)


@define
class _Building(SearchBuilding):
    index: "MemorySearchIndex"
    entries: dict[tuple[str, str], SearchEntry] = field(factory=dict)

    def add(self, entries: Iterable[SearchEntry]) -> None:
        """Take in entries that are not there yet."""
        self.entries |= {(one.kind, one.id): one for one in entries}

    def finish(self, place: IndexPlace) -> None:
        """Put it in the place of the former one."""
        self.index.entries, self.index.followed = self.entries, place


@define
class MemorySearchIndex(SearchIndex):
    """An index of a process; there is none before it is built."""

    entries: dict[tuple[str, str], SearchEntry] = field(factory=dict)
    followed: IndexPlace | None = None

    def find(self, wanted: SearchWanted) -> Hits:
        """Give what is wanted. Raises ``IndexUnusable``."""
        self.place()
        reaches = reached_by(wanted.reach)
        near = (one for one in self.entries.values() if reaches(placement_of(one)))
        return selected(near, wanted)

    def place(self) -> IndexPlace:
        """Give up to where the log is taken in. Raises ``IndexUnusable``."""
        if self.followed is None:
            raise IndexUnusable("absent")
        return self.followed

    def change(
        self, entries: Iterable[SearchEntry], gone: Collection[tuple[str, str]], place: IndexPlace
    ) -> None:
        """Take entries in, and forget what is gone."""
        self.place()
        for one in gone:
            self.entries.pop(one, None)
        self.entries |= {(one.kind, one.id): one for one in entries}
        self.followed = place

    @contextmanager
    def rebuild(self) -> Iterator[SearchBuilding]:
        """Begin a new index."""
        yield _Building(self)

    def check(self) -> None:
        """Look whether there is one."""
        self.place()


def placement_of(entry: SearchEntry) -> Placement:
    """Give where what was found stands."""
    return Placement(
        region=entry.region,
        departments=entry.departments,
        lead=entry.lead,
        parties=entry.parties,
    )


class MemorySearchSource(SearchSource):
    """What one unit of work sees."""

    def __init__(self, unit: MemoryUnitOfWork) -> None:
        """Read what ``unit`` sees."""
        self._unit = unit

    def entries(self, query: ListQuery[Any], ids: Sequence[str]) -> Sequence[SearchEntry]:
        """Give the entries of those of ``ids`` that are found."""
        known = {one.id: one for one in self._roots(query)}
        found = (_entry(query, known[one]) for one in ids if one in known)
        return [one for one in found if one is not None]

    def entries_after(
        self, query: ListQuery[Any], id: str, most: int
    ) -> tuple[Sequence[SearchEntry], str | None]:
        """Give entries by id behind ``id``, and the id to go on from."""
        behind = sorted(one.id for one in self._roots(query) if one.id > id)[:most]
        return self.entries(query, behind), behind[-1] if len(behind) == most else None

    def rows(self, query: ListQuery[Row], ids: Sequence[str], wanted: ListFilter) -> Sequence[Row]:
        """Give the rows of those of ``ids`` that are within reach, in their order."""
        found: dict[str, Any] = {one.id: one for one in self._rows(query, wanted)}
        return [found[one] for one in ids if one in found]

    def rows_called(
        self, query: ListQuery[Row], text: str, wanted: ListFilter, most: int
    ) -> Sequence[Row]:
        """Give rows within reach whose code is ``text``, then those whose name begins with it."""
        said = searched(query)
        rows = [one for one in self._rows(query, wanted) if said.open(one)]
        rows.sort(key=key_of(query.orders[0]), reverse=query.orders[0].down)
        coded = [one for one in rows if getattr(one, said.code) == text]
        named = [one for one in rows if getattr(one, said.name).startswith(text)]
        return [*coded, *(one for one in named if one not in coded)][:most]

    def end(self) -> IndexPlace:
        """Give where the log ends."""
        rows = list(self._unit[AuditLog].rows())
        return IndexPlace(len(rows), rows[-1].leaf().hex()) if rows else IndexPlace()

    def waiting_since(self, place: IndexPlace) -> datetime | None:
        """Give the moment of the row at ``place``, ``None`` where the log ends there."""
        rows = list(self._unit[AuditLog].rows())
        if place.next > len(rows) or (
            place.next and rows[place.next - 1].leaf().hex() != place.leaf
        ):
            raise IndexUnusable("foreign")
        return rows[place.next].entry.at if place.next < len(rows) else None

    def _rows(self, query: ListQuery[Any], wanted: ListFilter) -> list[Any]:
        def get(port: type[Repository[Any]], id_: str) -> Any:
            return self._unit[port].get(id_)

        reaches = reaching(query, reached_by(wanted.reach), get)
        return selected_rows(query, self._roots(query), wanted, reaches)

    def _roots(self, query: ListQuery[Any]) -> list[Any]:
        repository: Any = self._unit[query.port]
        return [one for one in repository.every() if query.listed(one)]


def _entry(query: ListQuery[Any], root: Any) -> SearchEntry | None:
    return entry_of(query, query.row_of(root), query.placed(root))
