"""Checkpoints: what the log was at a moment, in a form that can be signed and carried away."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

from attrs import define, field, frozen

from supervision_core.audit.model.tree import Frontier
from supervision_core.kernel.canonical import Json, canonical_json, sm3
from supervision_core.kernel.crypto import Signer, Verifier
from supervision_core.kernel.errors import Refused, Violation
from supervision_core.kernel.signing import sign_document, verify_document

FORMAT = "audit-checkpoint/1"
COSIGNED = "audit-cosignature/1"
Signature = Mapping[str, str]


@define(eq=False)
class CheckpointMalformed(Refused):
    """What was given is no checkpoint."""

    code: ClassVar[str] = "audit.checkpoint_malformed"


@frozen(kw_only=True)
class Checkpoint:
    """审计检查点 (Checkpoint): size and root of the log at a moment, which hold it to what it was.

    ``log`` names the log, ``previous`` is the digest of the checkpoint before (empty for the
    first). Source: RFC 6962 3.5; GB/T 22239-2019 8.1.4; GB/T 39786-2021 8.4.
    """

    log: str
    size: int
    root: bytes
    at: datetime
    previous: str = ""

    def content(self) -> bytes:
        """Give the canonical JSON that is signed."""
        return canonical_json(self.plain())

    def plain(self) -> dict[str, Json]:
        """Give it as plain JSON."""
        return {
            "format": FORMAT,
            "log": self.log,
            "size": self.size,
            "root": self.root.hex(),
            "at": self.at.isoformat(),
            "previous": self.previous,
        }

    def digest(self) -> str:
        """Give the SM3 of the content in hex: what the next checkpoint calls ``previous``."""
        return sm3(self.content()).hex()


@frozen(kw_only=True)
class Cosignature:
    """A witness's word that it saw this checkpoint and that the log had only grown until then."""

    witness: str
    at: datetime
    signature: Signature = field(hash=False)

    def plain(self) -> dict[str, Json]:
        """Give it as plain JSON."""
        signature = dict(self.signature)
        return {"witness": self.witness, "at": self.at.isoformat(), "signature": signature}

    @classmethod
    def read(cls, plain: Mapping[str, Any]) -> "Cosignature":
        """Read what ``plain`` gave. Raises ``CheckpointMalformed``; nothing is verified."""
        try:
            signature = {str(key): str(value) for key, value in plain["signature"].items()}
            at = datetime.fromisoformat(plain["at"])
            return cls(witness=str(plain["witness"]), at=at, signature=signature)
        except (KeyError, TypeError, ValueError, AttributeError):
            raise CheckpointMalformed((Violation(CheckpointMalformed.code),)) from None


def cosignature_content(checkpoint: Checkpoint, witness: str, at: datetime) -> bytes:
    """Give the canonical JSON that a witness signs."""
    plain: dict[str, Json] = {
        "format": COSIGNED,
        "checkpoint": checkpoint.digest(),
        "witness": witness,
        "at": at.isoformat(),
    }
    return canonical_json(plain)


def _check_frontier(signed: "SignedCheckpoint", _attribute: object, frontier: Frontier) -> None:
    if (frontier.size, frontier.root()) != (signed.checkpoint.size, signed.checkpoint.root):
        raise ValueError(signed.checkpoint.size)


@frozen(kw_only=True)
class SignedCheckpoint:
    """A checkpoint with its signature, and the frontier that its root proves."""

    checkpoint: Checkpoint
    signature: Signature = field(hash=False)
    frontier: Frontier = field(validator=_check_frontier)

    @classmethod
    def make(cls, checkpoint: Checkpoint, frontier: Frontier, signer: Signer) -> "SignedCheckpoint":
        """Sign."""
        signature = sign_document(signer, checkpoint.content())
        return cls(checkpoint=checkpoint, signature=signature, frontier=frontier)

    def verify(self, trusted: Mapping[str, Verifier]) -> str:
        """Give the id of the trusted key that signed. Raises ``SignatureInvalid``."""
        return verify_document(self.signature, self.checkpoint.content(), trusted)

    def plain(self) -> dict[str, Json]:
        """Give it as plain JSON, to be read back by ``read``."""
        return {
            **self.checkpoint.plain(),
            "frontier": [peak.hex() for peak in self.frontier.peaks],
            "signature": dict(self.signature),
        }

    @classmethod
    def read(cls, plain: Mapping[str, Any]) -> "SignedCheckpoint":
        """Read what ``plain`` gave, signature unchecked. Raises ``CheckpointMalformed``."""
        try:
            if plain["format"] != FORMAT or type(plain["size"]) is not int:
                raise ValueError(FORMAT)  # noqa: TRY301 - one way out for whatever is wrong
            checkpoint = Checkpoint(
                log=str(plain["log"]),
                size=plain["size"],
                root=bytes.fromhex(plain["root"]),
                at=datetime.fromisoformat(plain["at"]),
                previous=str(plain["previous"]),
            )
            peaks = tuple(bytes.fromhex(peak) for peak in plain["frontier"])
            found = cls(
                checkpoint=checkpoint,
                signature={str(key): str(value) for key, value in plain["signature"].items()},
                frontier=Frontier(checkpoint.size, peaks),
            )
            if set(plain) != {*checkpoint.plain(), "frontier", "signature"}:
                raise ValueError(FORMAT)  # noqa: TRY301 - as above
        except (KeyError, TypeError, ValueError, AttributeError):
            raise CheckpointMalformed((Violation(CheckpointMalformed.code),)) from None
        return found
