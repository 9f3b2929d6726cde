"""Trees of coded things: regions, industries."""

from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

from attrs import frozen


@frozen
class Coded:
    """Something with a code, a name and a parent: its code, empty at a root."""

    code: str
    name: str
    parent: str


Node = TypeVar("Node", bound=Coded)


class Hierarchy(Generic[Node]):
    """Nodes by code, with their places in the tree; immutable."""

    def __init__(self, nodes: Iterable[Node]) -> None:
        """Hold ``nodes``; raises ``ValueError`` for a code twice, an unknown parent or a ring."""
        self._nodes: dict[str, Node] = {}
        self._children: dict[str, list[Node]] = {}
        for node in nodes:
            if node.code in self._nodes:
                raise ValueError(node.code)
            self._nodes[node.code] = node
            self._children.setdefault(node.parent, []).append(node)
        if orphans := self._children.keys() - self._nodes.keys() - {""}:
            raise ValueError(sorted(orphans))
        self._check_acyclic()

    def _check_acyclic(self) -> None:
        reached = 0
        waiting = [""]
        while waiting:
            below = self._children.get(waiting.pop(), ())
            reached += len(below)
            waiting += [node.code for node in below]
        if reached != len(self._nodes):
            raise ValueError("a node is its own ancestor")

    def __contains__(self, code: object) -> bool:
        """Tell whether there is a node of that code."""
        return code in self._nodes

    def __getitem__(self, code: str) -> Node:
        """Give the node of ``code``. Raises ``KeyError``."""
        return self._nodes[code]

    def __iter__(self) -> Iterator[Node]:
        """Give every node, as they were put in."""
        return iter(self._nodes.values())

    def __len__(self) -> int:
        """Count the nodes."""
        return len(self._nodes)

    def children(self, code: str = "") -> tuple[Node, ...]:
        """Give the nodes right below ``code``; the roots for the empty code."""
        return tuple(self._children.get(code, ()))

    def ancestors(self, code: str) -> tuple[Node, ...]:
        """Give the nodes above ``code``, nearest first. Raises ``KeyError`` for an unknown one."""
        above = []
        parent = self._nodes[code].parent
        while parent:
            node = self._nodes[parent]
            above.append(node)
            parent = node.parent
        return tuple(above)

    def contains(self, outer: str, inner: str) -> bool:
        """Tell whether ``inner`` is ``outer`` or lies below it; unknown codes lie nowhere."""
        if inner not in self._nodes or outer not in self._nodes:
            return False
        return outer == inner or any(node.code == outer for node in self.ancestors(inner))
