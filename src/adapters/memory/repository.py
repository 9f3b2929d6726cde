"""Aggregates as JSON texts in memory, guarded by their version."""

import json
from collections.abc import Iterator, Sequence
from typing import Any, ClassVar, Generic, TypeVar, cast

from adapters.memory.unit import MemoryUnitOfWork
from supervision_core.kernel.errors import Conflict, NotFound
from supervision_core.kernel.events import Aggregate
from supervision_core.kernel.plain import from_plain, to_plain
from supervision_core.kernel.ports import Repository

Root = TypeVar("Root", bound=Aggregate)


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
        root.version += 1
        self._unit.put(self.kind, root.id, json.dumps(to_plain(root), ensure_ascii=False))

    def save_all(self, roots: Sequence[Root]) -> None:
        """Store many; the first that is stale or taken raises ``Conflict``."""
        for root in roots:
            self.save(root)

    def _all(self) -> Iterator[Root]:
        return (self._root(text) for _, text in self._unit.scan(self.kind))

    def _root(self, text: str) -> Root:
        return cast("Root", from_plain(self.cls, json.loads(text)))
