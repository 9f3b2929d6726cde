"""Sealed deposits of a round: what is handed in, which list is closed, how it opens."""

from datetime import datetime
from typing import ClassVar

from attrs import define, frozen

from supervision_core.draws.model.ranking import NONCE_SIZE, commitment
from supervision_core.draws.model.sources import OpenedBy
from supervision_core.kernel.canonical import canonical_json, sm3
from supervision_core.kernel.crypto import Encryptor
from supervision_core.kernel.errors import Refused
from supervision_core.kernel.plain import to_plain

FORMAT = "draw-deposits/1"
LONGEST_SEALED = 512
"""Bytes of a sealed nonce: an SM2 ciphertext of 64 bytes takes fewer in every spelling."""


@define(eq=False)
class DepositsUnopened(Refused):
    """Who keeps the key of the deposits did not open them."""

    code: ClassVar[str] = "draws.deposits_unopened"


@frozen(kw_only=True)
class Keeper:
    """随机数保管方 (Keeper): to whose SM2 key the deposits of a round are sealed.

    ``public_key`` is ``04 ‖ x ‖ y``. ``demo`` where a demonstration plays the witness.
    """

    by: OpenedBy
    public_key: bytes
    demo: bool = False


@frozen(kw_only=True)
class Deposit:
    """密封随机数 (Deposit): a contributor's commitment with its nonce, sealed to the keeper."""

    contributor: str
    commitment: bytes
    sealed: bytes


def round_label(draw_id: str, due: datetime) -> str:
    """Name a round by the draw for which it began and its first deadline."""
    return f"{draw_id}@{due.isoformat()}"


def due_of(label: str) -> datetime | None:
    """Give the deadline in the label of a round; none in what is no label."""
    try:
        due = datetime.fromisoformat(label.rpartition("@")[2])
    except ValueError:
        return None
    return None if due.tzinfo is None else due


def deposit_mark(label: str, contributor: str) -> bytes:
    """Give what is sealed behind a nonce: it opens for this round and contributor alone."""
    return sm3(f"draw-deposit/1\x1f{label}\x1f{contributor}".encode())


def sealed_content(label: str, contributor: str, nonce: bytes) -> bytes:
    """Give the 64 bytes that are sealed: the nonce, and for which round and whom it is."""
    return nonce + deposit_mark(label, contributor)


def sealed_to(encryptor: Encryptor, label: str, contributor: str, nonce: bytes) -> bytes:
    """Seal a nonce to the key of ``encryptor``, as a contributor does before it deposits."""
    return encryptor.encrypt(sealed_content(label, contributor, nonce))


@frozen(kw_only=True)
class ClosedList:
    """截止名单 (ClosedList): who had deposited what when a round was closed, and who had not.

    Its digest is written into the audit log before anything is opened: what is opened is this.
    ``round`` is the label of the round.
    """

    round: str
    pool_hash: bytes
    rule_hash: bytes
    root: bytes
    index: int
    due: datetime
    closed_at: datetime
    deposits: tuple[Deposit, ...]
    late: tuple[str, ...]
    public_value: str = ""
    """Which public value counts: name and issue."""

    @property
    def digest(self) -> bytes:
        """The SM3 of its canonical JSON."""
        plain = to_plain(self)
        return sm3(canonical_json({"format": FORMAT, "list": plain}))

    def nonce_of(self, deposit: Deposit, opened: bytes | None) -> bytes | None:
        """Give the nonce that was sealed, if it is one of this round and opens the commitment."""
        if opened is None or len(opened) != NONCE_SIZE + NONCE_SIZE:
            return None
        nonce, mark = opened[:NONCE_SIZE], opened[NONCE_SIZE:]
        meant = deposit_mark(self.round, deposit.contributor)
        fits = commitment(deposit.contributor, nonce) == deposit.commitment
        return nonce if mark == meant and fits else None
