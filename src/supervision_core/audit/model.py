"""Audit rows and the Merkle tree over them (RFC 6962 shape, SM3 instead of SHA-256)."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from attrs import frozen

from supervision_core.kernel.canonical import canonical_json, sm3
from supervision_core.kernel.plain import to_plain


class Outcome(StrEnum):
    """How an attempt ended."""

    DONE = "done"
    DENIED = "denied"


@frozen(kw_only=True)
class AuditEntry:
    """审计记录 (AuditEntry): one attempt by one actor. Holds ids and digests, no personal data.

    ``request`` is the SM3 of the command's canonical JSON; ``targets`` are ``kind/id`` of what was
    written; ``note`` holds what must be readable without the database (hashes of a draw).
    Source: GB/T 22239-2019 8.1.4 安全审计; proposal 5974-6042.
    """

    at: datetime
    actor: str
    department: str
    action: str
    outcome: Outcome
    request: str
    targets: tuple[str, ...] = ()
    note: tuple[tuple[str, str], ...] = ()


@frozen(kw_only=True)
class AuditRow:
    """An entry at its place in the log; ``number`` counts from 0 without gaps."""

    number: int
    entry: AuditEntry

    def leaf(self) -> bytes:
        """Give the leaf hash, SM3(0x00 ‖ canonical JSON of number and entry): 32 bytes."""
        plain = {"number": self.number, "entry": to_plain(self.entry)}
        return sm3(b"\x00" + canonical_json(plain))


def _split(count: int) -> int:
    return int(1 << (count - 1).bit_length() - 1)


def tree_root(leaves: Sequence[bytes]) -> bytes:
    """Give the Merkle tree hash of the leaf hashes (RFC 6962 section 2.1, with SM3)."""
    if not leaves:
        return sm3(b"")
    if len(leaves) == 1:
        return leaves[0]
    at = _split(len(leaves))
    return sm3(b"\x01" + tree_root(leaves[:at]) + tree_root(leaves[at:]))


def inclusion_proof(leaves: Sequence[bytes], number: int) -> tuple[bytes, ...]:
    """Give the audit path of leaf ``number``, from the leaf upwards. Raises ``IndexError``."""
    if not 0 <= number < len(leaves):
        raise IndexError(number)
    if len(leaves) == 1:
        return ()
    at = _split(len(leaves))
    if number < at:
        return (*inclusion_proof(leaves[:at], number), tree_root(leaves[at:]))
    return (*inclusion_proof(leaves[at:], number - at), tree_root(leaves[:at]))


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
        return None if left is None else sm3(b"\x01" + left + path[-1])
    right = root_from_proof(leaf, number - at, count - at, path[:-1])
    return None if right is None else sm3(b"\x01" + path[-1] + right)
