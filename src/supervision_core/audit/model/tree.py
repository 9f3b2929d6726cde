"""The Merkle tree over leaf hashes: roots, proofs, and a frontier that grows a leaf at a time."""

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from attrs import field, frozen

from supervision_core.kernel.canonical import sm3

Range = Callable[[int, int], bytes]
"""Gives the tree hash of the leaves from one number up to, not including, another."""


def _node(left: bytes, right: bytes) -> bytes:
    return sm3(b"\x01" + left + right)


def _split(count: int) -> int:
    return int(1 << (count - 1).bit_length() - 1)


def _peak_sizes(size: int) -> list[int]:
    """Give the sizes of the complete subtrees of a tree, from the left: the bits of its size."""
    return [1 << bit for bit in reversed(range(size.bit_length())) if size >> bit & 1]


def _check_peaks(frontier: "Frontier", _attribute: object, peaks: tuple[bytes, ...]) -> None:
    if frontier.size < 0 or len(peaks) != frontier.size.bit_count():
        raise ValueError(frontier.size)


@frozen
class Frontier:
    """The complete subtrees of a tree, from the left: enough to go on, and to know the root.

    A tree of n leaves has as many as n has bits set. Adding a leaf costs one or two hashes on
    average, whatever the size.
    """

    size: int = 0
    peaks: tuple[bytes, ...] = field(default=(), validator=_check_peaks)

    def extended(self, leaves: Iterable[bytes]) -> "Frontier":
        """Give the frontier with these leaves added."""
        size, peaks = self.size, list(self.peaks)
        for leaf in leaves:
            peak, carry = leaf, size
            while carry & 1:
                peak, carry = _node(peaks.pop(), peak), carry >> 1
            peaks.append(peak)
            size += 1
        return Frontier(size, tuple(peaks))

    def root(self) -> bytes:
        """Give the tree hash (RFC 6962 section 2.1, with SM3)."""
        if not self.peaks:
            return sm3(b"")
        *rest, root = self.peaks
        for peak in reversed(rest):
            root = _node(peak, root)
        return root


def tree_root(leaves: Sequence[bytes]) -> bytes:
    """Give the tree hash of the leaf hashes (RFC 6962 section 2.1, with SM3)."""
    return Frontier().extended(leaves).root()


def _ranges(start: Frontier, leaves: Sequence[bytes]) -> Range:
    """Give the hash of any range that the tree's own shape asks for.

    ``leaves`` follow ``start``; what lies wholly to its left is asked for by peaks only.
    """
    places = [0]
    for size in _peak_sizes(start.size):
        places.append(places[-1] + size)
    peaks = dict(zip(pairwise(places), start.peaks, strict=True))

    def hashed(first: int, last: int) -> bytes:
        if (known := peaks.get((first, last))) is not None:
            return known
        if first >= start.size:
            return tree_root(leaves[first - start.size : last - start.size])
        at = first + _split(last - first)
        return _node(hashed(first, at), hashed(at, last))

    return hashed


def inclusion_path(start: Frontier, leaves: Sequence[bytes], number: int) -> tuple[bytes, ...]:
    """Give the audit path of leaf ``number`` in the tree of ``start`` and ``leaves`` behind it.

    From the leaf upwards. Raises ``IndexError`` for a leaf that is not among ``leaves``.
    """
    if not 0 <= number - start.size < len(leaves):
        raise IndexError(number)
    hashed = _ranges(start, leaves)
    path = []
    first, last = 0, start.size + len(leaves)
    while last - first > 1:
        at = first + _split(last - first)
        if number < at:
            path.append(hashed(at, last))
            last = at
        else:
            path.append(hashed(first, at))
            first = at
    return tuple(reversed(path))


def inclusion_proof(leaves: Sequence[bytes], number: int) -> tuple[bytes, ...]:
    """Give the audit path of leaf ``number``, from the leaf upwards. Raises ``IndexError``."""
    return inclusion_path(Frontier(), leaves, number)


def root_from_proof(leaf: bytes, number: int, count: int, path: Sequence[bytes]) -> bytes | None:
    """Recompute the root from an audit path, or ``None`` when the path does not fit the tree."""
    if not 0 <= number < count:
        return None
    if count == 1:
        return leaf if not path else None
    if not path:
        return None
    at = _split(count)
    if number < at:
        left = root_from_proof(leaf, number, at, path[:-1])
        return None if left is None else _node(left, path[-1])
    right = root_from_proof(leaf, number - at, count - at, path[:-1])
    return None if right is None else _node(path[-1], right)


def consistency_proof(start: Frontier, leaves: Sequence[bytes]) -> tuple[bytes, ...]:
    """Prove that the tree of ``start`` begins the tree with ``leaves`` behind it (RFC 6962 2.1.2).

    Nothing is to be proved of an empty start, or where nothing follows.
    """
    if not start.size or not leaves:
        return ()
    hashed = _ranges(start, leaves)
    path = []
    first, last = 0, start.size + len(leaves)
    while last != start.size:
        at = first + _split(last - first)
        if start.size <= at:
            path.append(hashed(at, last))
            last = at
        else:
            path.append(hashed(first, at))
            first = at
    if first:
        path.append(hashed(first, last))
    return tuple(reversed(path))


def is_consistent(
    *, old_size: int, old_root: bytes, size: int, root: bytes, proof: Sequence[bytes]
) -> bool:
    """Tell whether ``proof`` shows that the tree of ``size`` begins with that of ``old_size``.

    RFC 9162 section 2.1.4.2.
    """
    if not 0 <= old_size <= size:
        return False
    if old_size == 0:
        return not proof and old_root == sm3(b"")
    if old_size == size:
        return not proof and old_root == root
    path = [old_root, *proof] if old_size & (old_size - 1) == 0 else list(proof)
    return bool(path) and _roots(path, old_size - 1, size - 1) == (old_root, root)


def _roots(path: Sequence[bytes], at: int, last: int) -> tuple[bytes, bytes] | None:
    """Give both roots that a consistency proof leads to, ``None`` where it does not fit."""
    while at & 1:
        at, last = at >> 1, last >> 1
    old = new = path[0]
    for node in path[1:]:
        if last == 0:
            return None
        if at & 1 or at == last:
            old, new = _node(node, old), _node(node, new)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            new = _node(new, node)
        at, last = at >> 1, last >> 1
    return (old, new) if last == 0 else None
