"""Registers in memory."""

import json
from typing import Any, Generic, cast

from adapters.memory.repository import MemoryRepository
from supervision_core.kernel.errors import Scalar
from supervision_core.kernel.paging import Page, PageRequest, page_of, position
from supervision_core.kernel.plain import to_plain
from supervision_core.kernel.registers import Entry, EntryFilter, RegisterStore, describe
from supervision_core.kernel.registers.description import C


class MemoryRegisterStore(MemoryRepository[Entry[C]], RegisterStore[C], Generic[C]):
    """The entries of one register; a subclass sets ``cls = Entry[ItsContent]`` and ``kind``."""

    def uniques(self, root: Entry[C]) -> frozenset[str]:
        """Say that a living entry shares no value of a unique column that is filled."""
        if root.deleted:
            return frozenset()
        values = {
            one.name: getattr(root.content, one.name)
            for one in describe(type(root.content)).columns
            if one.unique
        }
        return frozenset(
            json.dumps([name, to_plain(value)])
            for name, value in values.items()
            if value not in {None, ""}
        )

    def holder(self, name: str, value: Scalar) -> str | None:
        """Give the id of the living entry that has ``value`` in the unique column ``name``."""
        return next((one.id for one in self._with_unique([json.dumps([name, value])])), None)

    def last_position(self) -> int:
        """Give the highest position of a living entry, 0 where there is none."""
        return max((one.position for one in self._all() if not one.deleted), default=0)

    def page(self, filter: EntryFilter, request: PageRequest) -> Page[Entry[C]]:
        """List living entries by position, then id. Raises ``BadCursor``."""
        query = {"register": self.kind, "filter": to_plain(filter)}
        after = cast("Any", position(request, query=query, kinds=(int, str)))
        rows = sorted(
            (one for one in self._all() if filter.admits(one)),
            key=lambda one: (one.position, one.id),
        )
        rest = [one for one in rows if after is None or (one.position, one.id) > after]
        return page_of(
            rest, request, query=query, key=lambda one: (one.position, one.id), item=lambda one: one
        )
