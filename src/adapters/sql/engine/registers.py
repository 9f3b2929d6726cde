"""Registers in tables: any register gets its two from ``register_tables``, and one store."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any, ClassVar, Generic

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    ForeignKey,
    Index,
    MetaData,
    PrimaryKeyConstraint,
    Select,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    func,
    select,
    true,
)

from adapters.sql.engine.mapper import Lookup, Mapper, Values
from adapters.sql.engine.paging import Listing, read_page
from adapters.sql.engine.repository import SqlRepository
from adapters.sql.engine.schema import metadata
from adapters.sql.engine.types import (
    body,
    flag,
    key,
    moment,
    part,
    required,
    row_seal,
    version,
    whole,
)
from supervision_core.kernel.canonical import canonical_json, sm3
from supervision_core.kernel.errors import Scalar
from supervision_core.kernel.paging import Page, PageRequest
from supervision_core.kernel.plain import to_plain
from supervision_core.kernel.registers import (
    Content,
    Entry,
    EntryFilter,
    Field,
    RegisterStore,
    Search,
    described,
)
from supervision_core.kernel.registers.description import C
from supervision_core.kernel.registers.store import Value

DIGEST_LENGTH = 64
_BETWEEN = "\x1f"


def register_tables(
    name: str, *columns: Column[Any], within: MetaData = metadata
) -> tuple[Table, Table]:
    """Make the tables of a register: its entries, and what each says in each column.

    ``columns`` are more of the entries' own, to be filled by the register's mapper.
    """
    entries = Table(
        name,
        within,
        key(),
        version(),
        whole("position"),
        flag("enabled"),
        moment("deleted_at", nullable=True),
        part("content"),
        Column("search", Text, nullable=False),
        *columns,
        row_seal(),
        body(),
        Index(f"ix_{name}_position", "position", "id"),
    )
    cells = Table(
        f"{name}_cell",
        within,
        Column("entry_id", key().type, ForeignKey(entries.c.id)),
        required("name", 40),
        required("digest", DIGEST_LENGTH),
        Column("living", String(DIGEST_LENGTH)),
        PrimaryKeyConstraint("entry_id", "name"),
        UniqueConstraint("living"),
        Index(f"ix_{name}_cell_digest", "digest", "entry_id"),
    )
    return entries, cells


def register_mapper(
    content: type[Content],
    entries: Table,
    cells: Table,
    more: Callable[[Any], Values] = lambda _: {},
) -> Mapper[Any]:
    """Map the entries of one register; ``more`` fills its own columns."""
    fields = described(content)
    kind: Any = Entry[content]  # type: ignore[valid-type]

    def derived(root: Any) -> Values:
        texts = (getattr(root.content, one.name) for one in fields if one.search is Search.FUZZY)
        return {"search": _BETWEEN.join(_folded(texts)), **more(root)}

    def said(root: Any) -> Iterator[Values]:
        return _cells(fields, root)

    lookup = Lookup(cells, said)
    return Mapper(kind, entries, derived=derived, lookups=(lookup,))


def _folded(texts: Iterator[object]) -> Iterator[str]:
    for value in texts:
        for text in value if isinstance(value, tuple) else (value,):
            yield "" if text is None else str(text).casefold()


def _cells(fields: Sequence[Field], root: Entry[Any]) -> Iterator[Values]:
    for one in fields:
        value = getattr(root.content, one.name)
        found = digest_of(one.name, value)
        taken = one.unique and not root.deleted and value not in {None, ""}
        yield {"name": one.name, "digest": found, "living": found if taken else None}


def digest_of(name: str, value: Scalar | date | tuple[str, ...]) -> str:
    """Give what stands for ``value`` of the column ``name``: equal for equal values only."""
    return sm3(canonical_json([name, to_plain(value)])).hex()


class SqlRegisterStore(SqlRepository[Entry[C]], RegisterStore[C], Generic[C]):
    """The entries of one register; a subclass sets ``mapper``, ``cells`` and ``kind``."""

    cells: ClassVar[Table]

    def __init__(self, connection: Connection) -> None:
        """Work on the connection of a unit of work."""
        super().__init__(connection)
        self._entries = self.mapper.table

    def sharing(self, group: Sequence[str], values: Sequence[Value]) -> str | None:
        """Give the id of the living entry that has a value in a unique field."""
        ((name, value),) = zip(group, values, strict=True)
        asked = select(self.cells.c.entry_id).where(self.cells.c.living == digest_of(name, value))
        return next((row.entry_id for row in self._reader.rows(asked)), None)

    def last_position(self) -> int:
        """Give the highest position of a living entry, 0 where there is none."""
        columns = self._entries.c
        asked = select(func.max(columns.position)).where(columns.deleted_at.is_(None))
        return int(self._reader.rows(asked)[0][0] or 0)

    def revision(self) -> int:
        """Give a number that grows with every change of an entry."""
        asked = select(func.sum(self.mapper.table.c.version))
        return int(self._reader.rows(asked)[0][0] or 0)

    def issued(self) -> int:
        """Give how many entries there ever were, the deleted ones among them."""
        return int(self._reader.rows(select(func.count()).select_from(self._entries))[0][0])

    def page(self, filter: EntryFilter, request: PageRequest) -> Page[Entry[C]]:
        """List living entries by position, then id. Raises ``BadCursor``."""
        columns = self._entries.c
        asked: Select[Any] = select(self._entries).where(*self._wanted(filter))
        return read_page(
            self._reader,
            Listing(asked, (("position", columns.position), ("id", columns.id))),
            request,
            query={"register": self.kind, "filter": to_plain(filter)},
            item=self._listed,
        )

    def _wanted(self, filter: EntryFilter) -> Iterator[ColumnElement[bool]]:
        columns = self._entries.c
        if not filter.deleted:
            yield columns.deleted_at.is_(None)
        if filter.enabled is not None:
            yield columns.enabled == (true() if filter.enabled else false())
        if wanted := filter.text.strip().casefold():
            yield columns.search.contains(wanted, autoescape=True)
        for name, value in sorted(filter.values.items()):
            said = self.cells.alias()
            mine = said.c.entry_id == columns.id
            yield select(1).where(mine, said.c.digest == digest_of(name, value)).exists()
