"""Registers in memory."""

import json
from collections.abc import Iterator, Sequence
from typing import Any, Final, Generic, cast

from adapters.memory.repository import MemoryRepository
from adapters.memory.unit import MemoryUnitOfWork
from supervision_core.kernel.errors import NotFound, Scalar
from supervision_core.kernel.paging import Page, PageRequest, page_of, position
from supervision_core.kernel.plain import to_plain
from supervision_core.kernel.registers import (
    Entries,
    Entry,
    EntryFilter,
    Register,
    RegisterStore,
    described,
    values_in,
)
from supervision_core.kernel.registers.description import C
from supervision_core.kernel.registers.store import Value

REFERS: Final = "entry.refers"
"""The table of what each living entry refers to."""


class MemoryRegisterStore(MemoryRepository[Entry[C]], RegisterStore[C], Generic[C]):
    """The entries of one register; a subclass sets ``cls = Entry[ItsContent]`` and ``kind``."""

    @property
    def groups(self) -> Sequence[Sequence[str]]:
        """Give the groups of fields that no two living entries share."""
        (content,) = self.cls.__args__
        return [(one.name,) for one in described(content) if one.unique]

    @property
    def register(self) -> str:
        """Name the register, so that unique values of others are no concern."""
        return self.kind

    def uniques(self, root: Entry[C]) -> frozenset[str]:
        """Say that a living entry shares no values of a group of unique fields that is filled."""
        if root.deleted:
            return frozenset()
        found = ((group, values_in(root, group)) for group in self.groups)
        return frozenset(self._mark(group, values) for group, values in found if values is not None)

    def _mark(self, group: Sequence[str], values: Sequence[Value]) -> str:
        return json.dumps([self.register, list(group), [to_plain(one) for one in values]])

    def sharing(self, group: Sequence[str], values: Sequence[Value]) -> str | None:
        """Give the id of the living entry that has ``values`` in a ``group`` of unique fields."""
        return next((one.id for one in self._with_unique([self._mark(group, values)])), None)

    def last_position(self) -> int:
        """Give the highest position of a living entry, 0 where there is none."""
        return max((one.position for one in self.every() if not one.deleted), default=0)

    def issued(self) -> int:
        """Give how many entries there ever were, the deleted ones among them."""
        return sum(1 for _ in self._plain())

    def revision(self) -> int:
        """Give a number that grows with every change of an entry."""
        return sum(one["version"] for one in self._plain())

    def page(self, filter: EntryFilter, request: PageRequest) -> Page[Entry[C]]:
        """List living entries by position, then id. Raises ``BadCursor``."""
        query = {"register": self.register, "filter": to_plain(filter)}
        after = cast("Any", position(request, query=query, kinds=(int, str)))
        rows = sorted(
            (one for one in self.every() if filter.admits(one)),
            key=lambda one: (one.position, one.id),
        )
        rest = [one for one in rows if after is None or (one.position, one.id) > after]
        return page_of(
            rest, request, query=query, key=lambda one: (one.position, one.id), item=lambda one: one
        )


class _Store(MemoryRegisterStore[Any]):
    """The entries of one register among those of all of its kind."""

    def __init__(self, unit: MemoryUnitOfWork, described: Register[Any]) -> None:
        super().__init__(unit)
        self.kind, self._register = described.kind, described
        self.cls: Any = Entry[described.content]  # type: ignore[misc, name-defined]

    @property
    def groups(self) -> Sequence[Sequence[str]]:
        return self._register.groups

    @property
    def register(self) -> str:
        return self._register.name

    def get(self, id: str) -> Entry[Any]:
        found = super().get(id)
        if found.register != self._register.name:
            raise NotFound(self.kind, id)
        return found

    def save(self, root: Entry[Any]) -> None:
        super().save(root)
        refers = [
            [one.to, each] for one, ids in self._register.references(root.content) for each in ids
        ]
        told = json.dumps({"register": root.register, "refers": refers})
        self._unit.put(REFERS, root.id, None if root.deleted else told)

    def ever(self, name: str, value: Scalar) -> bool:
        return any(one["_content"][name] == value for one in self._plain())

    def _texts(self) -> Iterator[str]:
        own = self._register.name
        return (text for text in super()._texts() if json.loads(text)["_register"] == own)


class MemoryEntries(Entries):
    """Every register, in memory."""

    def __init__(self, unit: MemoryUnitOfWork) -> None:
        """Work in ``unit``."""
        self._unit = unit

    def of(self, register: Register[C]) -> RegisterStore[C]:
        """Give the entries of one."""
        return _Store(self._unit, register)
