"""Aggregates as JSON texts in memory, guarded by their version."""

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any, ClassVar, Final, Generic, TypeVar, cast

from adapters.memory.unit import MemoryUnitOfWork
from supervision_core.kernel.errors import Conflict, NotFound
from supervision_core.kernel.events import Aggregate
from supervision_core.kernel.plain import from_plain, to_plain
from supervision_core.kernel.ports import Repository

Root = TypeVar("Root", bound=Aggregate)
Plain = dict[str, Any]
LATELY: Final = 8192
"""So many aggregates are kept as they were made of their texts."""


@lru_cache(LATELY)
def _made(cls: type[Any], text: str) -> Any:
    """Make an aggregate of its text; whoever asks works with a twin of it."""
    return from_plain(cls, json.loads(text))


class MemoryRepository(Repository[Root], Generic[Root]):
    """A repository over one table; a subclass names its class and adds the context's questions.

    Questions are answered by looking at everything: meant for thousands, not for millions.
    """

    cls: ClassVar[type[Any]]

    def __init__(self, unit: MemoryUnitOfWork) -> None:
        """Work in ``unit``."""
        self._unit = unit

    def get(self, id: str) -> Root:
        """Give the aggregate, whole. Raises ``NotFound``."""
        text = self._unit.find(self.kind, id)
        if text is None:
            raise NotFound(self.kind, id)
        return self._root(text)

    def save(self, root: Root) -> None:
        """Store the aggregate and raise its version. Raises ``Conflict``."""
        text = self._unit.find(self.kind, root.id)
        stored = 0 if text is None else json.loads(text)["version"]
        if root.version != stored:
            raise Conflict(self.kind, root.id)
        self._keep_unique(root, text)
        root.version += 1
        self._unit.put(self.kind, root.id, json.dumps(to_plain(root), ensure_ascii=False))

    def uniques(self, root: Root) -> frozenset[str]:
        """Give what no two aggregates share, beside their ids."""
        del root
        return frozenset()

    def _keep_unique(self, root: Root, before: str | None) -> None:
        old = frozenset() if before is None else self.uniques(self._root(before))
        new = self.uniques(root)
        table = f"{self.kind}.unique"
        for text in sorted(new - old):
            if self._unit.find(table, text) is not None:
                raise Conflict(self.kind, root.id)
            self._unit.put(table, text, root.id)
        for text in sorted(old - new):
            self._unit.put(table, text, None)

    def _with_unique(self, values: Iterable[str]) -> list[Root]:
        found = (self._unit.find(f"{self.kind}.unique", value) for value in sorted(set(values)))
        return [self.get(owner) for owner in sorted({one for one in found if one is not None})]

    def every(self) -> Iterator[Root]:
        """Give every one, by id."""
        return map(self._root, self._texts())

    def walk(self, after: str, limit: int, *, hold: bool = False) -> Sequence[Root]:
        """Give the next by id: units do not see what others write meanwhile."""
        del hold
        beyond = (text for key, text in self._unit.scan(self.kind) if key > after)
        return [self._root(text) for text in islice(beyond, limit)]

    def _texts(self) -> Iterator[str]:
        return (text for _, text in self._unit.scan(self.kind))

    def _plain(self) -> Iterator[Plain]:
        return map(json.loads, self._texts())

    def _root(self, text: str) -> Root:
        return cast("Root", _made(cast("Any", self.cls), text).twin())
