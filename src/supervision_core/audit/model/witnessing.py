"""What a witness demands before it puts its name under a checkpoint."""

from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar

from attrs import define

from supervision_core.audit.model.checkpoint import Checkpoint, SignedCheckpoint
from supervision_core.audit.model.tree import is_consistent
from supervision_core.kernel.canonical import sm3
from supervision_core.kernel.crypto import SignatureInvalid, Verifier
from supervision_core.kernel.errors import Refused, Violation, refuse_if


@define(eq=False)
class WitnessRefused(Refused):
    """The witness does not sign: the log was forked, cut or rewritten, or is somebody else's."""

    code: ClassVar[str] = "audit.witness_refused"


@define(eq=False)
class WitnessUnavailable(Refused):
    """The witness cannot be asked now."""

    code: ClassVar[str] = "audit.witness_unavailable"


def require_consistent(
    seen: Checkpoint | None,
    signed: SignedCheckpoint,
    proof: Sequence[bytes],
    trusted: Mapping[str, Verifier],
) -> None:
    """Demand that a trusted key signed, and that the log has only grown since ``seen``.

    ``proof`` is the consistency proof from the size of ``seen`` (none: 0). Raises
    ``WitnessRefused`` with every reason.
    """
    refuse_if(WitnessRefused, _reasons(seen, signed, proof, trusted))


def _reasons(
    seen: Checkpoint | None,
    signed: SignedCheckpoint,
    proof: Sequence[bytes],
    trusted: Mapping[str, Verifier],
) -> Iterator[Violation]:
    try:
        signed.verify(trusted)
    except SignatureInvalid as error:
        yield from error.reasons
    new = signed.checkpoint
    if seen is not None and new.log != seen.log:
        yield Violation("audit.witness_other_log", "log")
        return
    if seen is not None and new.size < seen.size:
        yield Violation("audit.witness_log_shrunk", "size", {"seen": seen.size, "size": new.size})
        return
    if not is_consistent(
        old_size=seen.size if seen else 0,
        old_root=seen.root if seen else sm3(b""),
        size=new.size,
        root=new.root,
        proof=proof,
    ):
        size = seen.size if seen else 0
        yield Violation("audit.witness_log_rewritten", "root", {"seen": size, "size": new.size})
