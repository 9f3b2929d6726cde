"""To-dos in memory: looked at one by one."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from supervision_core.kernel.paging import Page, PageRequest, page_of, position
from supervision_core.kernel.plain import from_plain, to_plain
from supervision_core.kernel.todos import MOST_TALLIED, Mine, Todos, key_of
from supervision_core.kernel.verbs import Todo

if TYPE_CHECKING:
    from adapters.memory.unit import MemoryUnitOfWork

_TABLE = "todo"


class MemoryTodos(Todos):
    """To-dos as one text an aggregate."""

    def __init__(self, unit: "MemoryUnitOfWork") -> None:
        """Work in ``unit``."""
        self._unit = unit

    def settle(self, kind: str, id: str, duties: Collection[Todo], *, new: bool = False) -> None:
        """Let ``duties`` be all that is to be done about one aggregate."""
        del new
        place = json.dumps([kind, id])
        told = [to_plain(one) for one in sorted(duties, key=key_of)]
        text = json.dumps(told, ensure_ascii=False) if told else None
        if text != self._unit.find(_TABLE, place):
            self._unit.put(_TABLE, place, text)

    def _every(self) -> Iterator[Todo]:
        for _, text in self._unit.scan(_TABLE):
            yield from (from_plain(Todo, one) for one in json.loads(text))

    def _mine(self, mine: Mine) -> list[Todo]:
        return sorted(filter(mine.holds, self._every()), key=key_of)

    def page(self, mine: Mine, request: PageRequest) -> Page[Todo]:
        """Give one page. Raises ``BadCursor``."""
        after = position(request, query=mine.query, kinds=[str] * 6)
        found = [one for one in self._mine(mine) if after is None or key_of(one) > after]
        return page_of(found, request, query=mine.query, key=key_of, item=lambda one: one)

    def tally(self, mine: Mine) -> Mapping[str, int]:
        """Count them by kind."""
        counts: dict[str, int] = {}
        left = dict.fromkeys(mine.assignees, MOST_TALLIED + 1)
        for one in self._mine(mine):
            if left[one.assignee]:
                left[one.assignee] -= 1
                counts[one.kind] = counts.get(one.kind, 0) + 1
        return counts

    def about(self, kind: str, ids: Collection[str], mine: Mine) -> Sequence[Todo]:
        """Give those about some aggregates of a kind."""
        return [one for one in self._mine(mine) if one.kind == kind and one.id in ids]

    def of(self, kind: str, ids: Collection[str]) -> Mapping[str, frozenset[Todo]]:
        """Give all that stands about each of some aggregates."""
        every = [one for one in self._every() if one.kind == kind]
        return {id_: frozenset(one for one in every if one.id == id_) for id_ in ids}

    def ids(self, kind: str, after: str, limit: int) -> Sequence[str]:
        """Give ids of a kind about which something stands."""
        found = {one.id for one in self._every() if one.kind == kind and one.id > after}
        return sorted(found)[:limit]
