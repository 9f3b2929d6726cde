"""Entries of registers: one table of entries, one of what is asked of them.

A register needs no migration: what its content says is JSON text in ``register_entry``; each value
that somebody searches by, refers to or must not share stands in ``register_cell`` beside it. One
with personal data has two tables of its own kind, with its contents enciphered.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Generic, TypeVar

from attrs import frozen
from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    ForeignKey,
    Index,
    PrimaryKeyConstraint,
    Row,
    Select,
    String,
    Table,
    UniqueConstraint,
    and_,
    false,
    func,
    or_,
    select,
    true,
)

from adapters.sql.engine import direct
from adapters.sql.engine.id_sets import among, looked_at
from adapters.sql.engine.mapper import Lookup, Mapper, Values
from adapters.sql.engine.paging import Listing, read_page
from adapters.sql.engine.regions import REGION_LENGTH, regions_above, within
from adapters.sql.engine.repository import SqlRepository, chunks
from adapters.sql.engine.schema import metadata
from adapters.sql.engine.types import (
    ID_LENGTH,
    TAG_LENGTH,
    body,
    flag,
    key,
    maybe,
    moment,
    part,
    required,
    row_seal,
    version,
    whole,
    words,
)
from adapters.sql.sealing.batches import sealing_for
from adapters.sql.sealing.protection import Sealing, check_row, sealing_of
from adapters.sql.sealing.sealed_rows import AggregateWalk
from supervision_core.kernel.canonical import canonical_json, sm3
from supervision_core.kernel.errors import NotFound, Scalar
from supervision_core.kernel.paging import Page, PageRequest
from supervision_core.kernel.plain import to_plain
from supervision_core.kernel.registers import (
    Between,
    Entries,
    Entry,
    EntryFilter,
    Reach,
    Register,
    RegisterStore,
    Search,
    is_blank,
    values_in,
)
from supervision_core.kernel.registers.description import C
from supervision_core.kernel.registers.register import SHARED
from supervision_core.kernel.registers.store import Value
from supervision_core.kernel.sealing import BlindIndex

Wanted = TypeVar("Wanted")
DIGEST_LENGTH = 64
VALUE_LENGTH = 200
"""Characters of a value by which entries are found."""
_FEW = 1_000
"""Entries of which a page is sorted rather than read in their order."""
_ZERO = 10**17
"""Added to whole numbers, so that their texts are in the order of the numbers."""


@frozen(eq=False)
class EntryTables:
    """The two tables of one kind of entries; ``sealed`` where their contents are enciphered."""

    entry: Table
    cell: Table
    kind: str = SHARED
    sealed: bool = False

    @property
    def sealing(self) -> tuple[str, ...]:
        """Name the fields of an entry that are enciphered."""
        return ("_content",) if self.sealed else ()

    def sum(self, cells: Iterable[Mapping[str, Any]]) -> str:
        """Give the digest of the cells of an entry, which stands in its sealed row."""
        names = [column.name for column in self.cell.c]
        told = sorted(canonical_json([one[name] or None for name in names]) for one in cells)
        return sm3(b"\n".join(told)).hex()


def _tables(entry: str, cell: str, *, kind: str = SHARED, sealed: bool = False) -> EntryTables:
    entries = Table(
        entry,
        metadata,
        key(),
        version(),
        required("register", 60),
        whole("position"),
        flag("enabled"),
        moment("deleted_at", nullable=True),
        maybe("region", REGION_LENGTH),
        maybe("department", ID_LENGTH),
        required("label", VALUE_LENGTH),
        words("reference_code", 60),
        flag("synchronised"),
        moment("added_at", nullable=True),
        part("content"),
        required("cells", DIGEST_LENGTH),
        row_seal(),
        body(),
        Index(f"ix_{entry}_position", "register", "position", "id"),
        Index(f"ix_{entry}_label", "register", "label"),
        Index(f"ix_{entry}_code", "register", "reference_code"),
    )
    cells = Table(
        cell,
        metadata,
        Column("entry_id", key().type, ForeignKey(entries.c.id)),
        required("name", 80),
        whole("place"),
        required("register", 60),
        maybe("refers", 60),
        maybe("value", VALUE_LENGTH),
        Column("living", String(TAG_LENGTH if sealed else DIGEST_LENGTH)),
        PrimaryKeyConstraint("entry_id", "name", "place"),
        UniqueConstraint("living"),
        Index(f"ix_{cell}_value", "register", "name", "value"),
        Index(f"ix_{cell}_refers", "refers", "value"),
    )
    return EntryTables(entries, cells, kind, sealed)


def _apart(kind: str, table: str) -> EntryTables:
    return _tables(table, f"{table}_cell", kind=kind, sealed=True)


_SHARED = _tables("register_entry", "register_cell")
register_entry, register_cell = _SHARED.entry, _SHARED.cell
_APART: Mapping[str, EntryTables] = {
    "officers.institution": _apart("institution", "institution"),
    "officers.institution_person": _apart("institution_person", "partner_person"),
    "officers.institution_qualification": _apart("institution_qualification", "partner_licence"),
    "officers.association_person": _apart("association_person", "assoc_person"),
    "subjects.approval_file": _apart("approval_file", "approval_file"),
}
TABLES = (_SHARED, *_APART.values())
"""The tables of entries: those that registers share, and those of registers apart."""


def tables_of(register: str) -> EntryTables:
    """Give the tables of the register of that name."""
    return _APART.get(register, _SHARED)


def own_tables(register: Register[Any]) -> EntryTables:
    """Give the tables of a register. Raises ``TypeError`` where one apart would share them.

    What is personal would stand there unsealed.
    """
    tables = tables_of(register.name)
    if tables.kind != register.kind:
        raise TypeError(
            f"{register.name} is apart and has no tables: name them in _APART of {__name__}, "
            "and make them in a migration"
        )
    return tables


def _told(value: Value, search: Search) -> str | None:
    """Give the text by which a value is found: equal for equal ones, in their order."""
    match value:
        case bool():
            return "1" if value else "0"
        case int():
            return f"{value + _ZERO:018d}"
        case datetime() | date():
            return value.isoformat()
        case None:
            return None
        case _:
            return (value.casefold() if search is Search.FUZZY else value)[:VALUE_LENGTH]


def _digest(register: str, group: Sequence[str], values: Sequence[Value]) -> str:
    told: Any = [register, list(group), [to_plain(one) for one in values]]
    return sm3(canonical_json(told)).hex()


@frozen
class _Marks:
    """What stands for the values of a group of unique fields: of personal ones, under a key."""

    register: Register[Any]
    sealing: Sealing | None

    def of(self, group: Sequence[str], values: Sequence[Value]) -> str:
        """Give what is stored."""
        digest = _digest(self.register.name, group, values)
        index = self._index(group)
        return digest if index is None else index.of(digest)

    def all(self, group: Sequence[str], values: Sequence[Value]) -> tuple[str, ...]:
        """Give all that may be stored: one for each version of the key."""
        digest = _digest(self.register.name, group, values)
        index = self._index(group)
        return (digest,) if index is None else index.candidates(digest)

    def _index(self, group: Sequence[str]) -> BlindIndex | None:
        if self.sealing is None or self.register.personal.isdisjoint(group):
            return None
        return BlindIndex(self.sealing.keys, f"{self.register.kind}.living", str)


def _cells(register: Register[Any], marks: _Marks, root: Entry[Any]) -> Iterator[Values]:
    for one in register.fields:
        if one.search is Search.NONE and one.to is None:
            continue
        value = getattr(root.content, one.name)
        for place, each in enumerate(value if isinstance(value, tuple) else (value,)):
            if not is_blank(each):
                yield {
                    "name": one.name, "place": place, "register": register.name,
                    "refers": one.to, "value": _told(each, one.search), "living": None,
                }  # fmt: skip
    for group in () if root.deleted else register.groups:
        values = values_in(root, group)
        if values is not None:
            yield {
                "name": "=" + "+".join(group), "place": 0, "register": register.name,
                "refers": None, "value": None,
                "living": marks.of(group, values),
            }  # fmt: skip


@lru_cache(maxsize=1_000)
def _mapper(register: Register[Any], sealing: Sealing | None) -> Mapper[Any]:
    kind: Any = Entry[register.content]  # type: ignore[name-defined]
    tables, marks = own_tables(register), _Marks(register, sealing)

    def derived(root: Any) -> Values:
        cells = ({**one, "entry_id": root.id} for one in _cells(register, marks, root))
        return {"cells": tables.sum(cells)}

    lookup: Lookup[Any] = Lookup(tables.cell, lambda root: _cells(register, marks, root), anew=True)
    return Mapper(kind, tables.entry, derived=derived, lookups=(lookup,), sealed=tables.sealing)


class EntryWalk(AggregateWalk):
    """Walks entries: their row seals, and their cells by the digest that the row holds."""

    def __init__(self, tables: EntryTables) -> None:
        """Walk the entries of ``tables``."""
        super().__init__(ENTRIES[tables.kind].mapper)
        self._tables = tables

    def _look(self, connection: Connection, rows: Sequence[Row[Any]], *, begins: bool) -> set[str]:
        """Name the broken ones among rows, and those with other cells than they had."""
        del begins
        sealing, tables = sealing_for(connection, rows), self._tables
        good, broken = self._each(rows, lambda row: _checked(tables.entry, row, sealing))
        found: dict[str, list[Mapping[str, Any]]] = {one: [] for one in good}
        for some in chunks(list(good)):
            asked = select(tables.cell).where(tables.cell.c.entry_id.in_(some))
            for row in connection.execute(asked):
                found[row.entry_id].append(row._asdict())
        return broken | {
            f"{tables.cell.name}/{one}"
            for one, row in good.items()
            if tables.sum(found[one]) != row.cells
        }


def _checked(table: Table, row: Row[Any], sealing: Sealing) -> Row[Any]:
    check_row(table, row._asdict(), sealing)
    return row


@lru_cache(maxsize=1_000)
def _of_register(entry: Table, register: str) -> Select[Any]:
    """Give the statement for whole entries of a register: made once, like what is made of it."""
    return direct.whole(entry).where(entry.c.register == register)


def _every(tables: EntryTables) -> type[SqlRepository[Entry[Any]]]:
    """Give the repository of every entry of a kind, whatever its register."""
    mapper: Mapper[Any] = Mapper(
        Entry[Any],
        tables.entry,
        derived=lambda _: {"cells": ""},
        lookups=(Lookup(tables.cell, lambda _: ()),),
        sealed=tables.sealing,
    )
    members = {"kind": tables.kind, "mapper": mapper}
    return type("SqlRegisterEntries", (SqlRepository,), members)


ENTRIES: Mapping[str, type[SqlRepository[Entry[Any]]]] = MappingProxyType(
    {tables.kind: _every(tables) for tables in TABLES}
)
"""Every entry by its kind: what walks over all rows needs no more."""


class _Store(SqlRepository[Entry[C]], RegisterStore[C], Generic[C]):
    """The entries of one register."""

    def __init__(self, connection: Connection, register: Register[C]) -> None:
        sealing = sealing_of(connection) if register.personal else None
        self.kind, self._tables = register.kind, own_tables(register)
        self.mapper = _mapper(register, sealing)  # type: ignore[misc]
        super().__init__(connection)
        self._register, self._marks = register, _Marks(register, sealing)

    def _root(self, values: Values) -> Entry[C]:
        """Rebuild an entry; one of another register, whose content is of another class, is absent.

        Raises ``NotFound``.
        """
        if values["register"] != self._register.name:
            raise NotFound(self.kind, str(values["id"]))
        found: Entry[C] = super()._root(values)
        return found

    def _all_matching(self, **values: str) -> list[Entry[C]]:
        return super()._all_matching(register=self._register.name, **values)

    def _whole(self) -> Select[Any]:
        return _of_register(self._tables.entry, self._register.name)

    def sharing(self, group: Sequence[str], values: Sequence[Value]) -> str | None:
        cell = self._tables.cell.c
        wanted = self._marks.all(group, values)
        asked = select(cell.entry_id).where(cell.living.in_(wanted))
        return next((row.entry_id for row in self._reader.rows(asked)), None)

    def last_position(self) -> int:
        columns = self._tables.entry.c
        mine = columns.register == self._register.name
        asked = select(func.max(columns.position)).where(mine, columns.deleted_at.is_(None))
        return int(self._reader.rows(asked)[0][0] or 0)

    def issued(self) -> int:
        mine = self._tables.entry.c.register == self._register.name
        asked = select(func.count()).select_from(self._tables.entry).where(mine)
        return int(self._reader.rows(asked)[0][0])

    def revision(self) -> int:
        entry = self._tables.entry.c
        asked = select(func.sum(entry.version)).where(entry.register == self._register.name)
        return int(self._reader.rows(asked)[0][0] or 0)

    def ever(self, name: str, value: Scalar) -> bool:
        cell, told = self._tables.cell.c, _told(value, self._register.by_name[name].search)
        asked = select(cell.entry_id).where(
            cell.register == self._register.name, cell.name == name, cell.value == told
        )
        return bool(self._reader.rows(asked.limit(1)))

    def naming(self, name: str, ids: Collection[str], *, deleted: bool = False) -> list[Entry[C]]:
        asked = self._of_ids(self._pointed(name, frozenset(ids)))
        if not deleted:
            asked = asked.where(self._tables.entry.c.deleted_at.is_(None))
        return sorted(self._read(asked), key=lambda one: one.id)

    def _pointed(
        self, name: str, values: frozenset[str], most: int | None = None
    ) -> frozenset[str]:
        """Give the ids of entries, gone ones too, one of whose cells of a field holds a value."""
        cell = self._tables.cell.c
        mine = (cell.register == self._register.name, cell.name == name)
        asked = select(cell.entry_id).where(*mine, among(cell.value, values)).limit(most)
        return frozenset(row.entry_id for row in self._reader.rows(asked))

    def _of_ids(self, ids: frozenset[str]) -> Select[Any]:
        """Ask for entries that are known by id: the register is looked at, not searched by."""
        columns = self._tables.entry.c
        mine = looked_at(columns.register) == self._register.name
        return direct.whole(self._tables.entry).where(mine, among(columns.id, ids))

    def _few(self, filter: EntryFilter) -> frozenset[str] | None:
        """Give among which entries of a large register those wanted are, where they are few.

        What a link or a whole text says is looked up first: engines would else go through all
        entries in their order, asking each of them.
        """
        if not self._register.apart:
            return None
        for name, those in self._asked(filter.among):
            if self._register.by_name[name].to is not None and "" not in those:
                return self._fewer(name, those)
        for name, value in self._asked(filter.values):
            one = self._register.by_name[name]
            if isinstance(value, str) and value and not one.codes:
                return self._fewer(name, frozenset({_told(value, one.search) or value}))
        return None

    def _fewer(self, name: str, values: frozenset[str]) -> frozenset[str] | None:
        found = self._pointed(name, values, _FEW + 1)
        return found if len(found) <= _FEW else None

    def labels(self, filter: EntryFilter) -> Mapping[str, str]:
        columns = self._tables.entry.c
        asked = select(columns.id, columns.label).where(
            columns.register == self._register.name, *self._wanted(filter)
        )
        return {row.id: row.label for row in self._reader.rows(asked)}

    def page(self, filter: EntryFilter, request: PageRequest) -> Page[Entry[C]]:
        columns = self._tables.entry.c
        few = self._few(filter)
        whole = self._whole() if few is None else self._of_ids(few)
        asked = whole.where(*self._wanted(filter))
        return read_page(
            self._reader,
            Listing(asked, (("position", columns.position), ("id", columns.id))),
            request,
            query={"register": self._register.name, "filter": to_plain(filter)},
            item=self._listed,
        )

    def _wanted(self, filter: EntryFilter) -> Iterator[ColumnElement[bool]]:
        columns, value = self._tables.entry.c, self._tables.cell.c.value
        if not filter.deleted:
            yield columns.deleted_at.is_(None)
        if filter.enabled is not None:
            yield columns.enabled == (true() if filter.enabled else false())
        if filter.ids:
            yield among(columns.id, filter.ids)
        if filter.within:
            yield within(columns.region, filter.within)
        if filter.reach is not None:
            yield _reached(columns, filter.reach)
        if wanted := filter.text.strip().casefold():
            fuzzy = [one.name for one in self._register.fields if one.search is Search.FUZZY]
            yield self._has(*fuzzy, said=value.contains(wanted, autoescape=True))
        yield from self._cells_wanted(filter)
        yield from self._columns_wanted(filter)

    def _cells_wanted(self, filter: EntryFilter) -> Iterator[ColumnElement[bool]]:
        """Say what is wanted of the contents of entries, by their cells."""
        value = self._tables.cell.c.value
        for name, each in self._asked(filter.values):
            search = self._register.by_name[name].search
            if is_blank(each):
                yield ~self._has(name)
            else:
                yield self._has(name, said=value == _told(each, search))
        for name, those in self._asked(filter.among):
            found = self._has(name, said=among(value, those - {""}))
            yield or_(found, ~self._has(name)) if "" in those else found
        for name, fragment in self._asked(filter.fragments):
            folded = fragment.strip().casefold()
            yield self._has(name, said=value.contains(folded, autoescape=True))
        for name, span in self._asked(filter.ranges):
            yield self._has(name, said=and_(true(), *self._between(name, span)))

    def _columns_wanted(self, filter: EntryFilter) -> Iterator[ColumnElement[bool]]:
        """Say what is wanted of entries themselves, by their columns."""
        columns = self._tables.entry.c
        for _, value in self._asked(filter.values, own=True):
            yield columns.synchronised == (true() if value == "synchronised" else false())
        for name, those in self._asked(filter.among, own=True):
            yield among(columns[name], those)
        for name, span in self._asked(filter.ranges, own=True):
            yield from _spanned(columns[name], span)

    def _asked(
        self, asked: Mapping[str, Wanted], *, own: bool = False
    ) -> Iterator[tuple[str, Wanted]]:
        """Give what is asked of contents, or of what is the entry's ``own``."""
        said = {one.name for one in self._register.fields}
        return ((name, one) for name, one in sorted(asked.items()) if (name in said) is not own)

    def _between(self, name: str, span: Between) -> Iterator[ColumnElement[bool]]:
        search, value = self._register.by_name[name].search, self._tables.cell.c.value
        if span.since is not None:
            yield value >= _told(span.since, search)
        if span.until is not None:
            yield value <= _told(span.until, search)

    def _has(self, *names: str, said: ColumnElement[bool] | None = None) -> ColumnElement[bool]:
        """Say that a field of one of these names holds something, or what is ``said``."""
        cell = self._tables.cell.c
        mine = (cell.entry_id == self._tables.entry.c.id, cell.name.in_(names))
        wanted = () if said is None else (said,)
        return select(1).where(*mine, *wanted).correlate(self._tables.entry).exists()


def _spanned(column: ColumnElement[Any], span: Between) -> Iterator[ColumnElement[bool]]:
    if span.since is not None:
        yield column >= span.since
    if span.until is not None:
        yield column <= span.until


def _reached(columns: Any, reach: Reach) -> ColumnElement[bool]:
    places = [columns.region.is_(None), within(columns.region, reach.region)]
    if reach.upward:
        places.append(columns.region.in_(sorted(regions_above(reach.region))))
    owners: ColumnElement[bool] = true()
    if reach.departments:
        mine = columns.department.in_(sorted(reach.departments))
        owners = or_(columns.department.is_(None), mine)
    return and_(or_(*places), owners)


class SqlEntries(Entries):
    """Every register that this technology keeps, in the tables of its kind."""

    def __init__(self, connection: Connection) -> None:
        """Work on the connection of a unit of work."""
        self._connection = connection

    def of(self, register: Register[C]) -> RegisterStore[C]:
        """Give the entries of one."""
        return _Store(self._connection, register)
