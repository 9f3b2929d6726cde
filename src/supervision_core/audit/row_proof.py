"""The proof that one row is in the log, as a file of its own (``audit-proof/1``)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, ClassVar, Final

from attrs import define, field, frozen

from supervision_core.audit.log_file import is_checkpoint, read_checkpoint_line, read_hash
from supervision_core.audit.model import (
    CheckpointMalformed,
    Cosignature,
    Frontier,
    SignedCheckpoint,
    cosignature_content,
    inclusion_path,
    root_from_proof,
)
from supervision_core.kernel.canonical import Json, sm3
from supervision_core.kernel.crypto import SignatureInvalid, Verifier
from supervision_core.kernel.errors import Refused, Violation
from supervision_core.kernel.signing import verify_document

PROOF_FORMAT: Final = "audit-proof/1"


@define(eq=False)
class NotProvable(Refused):
    """No checkpoint covers the row yet, or the source does not hold it."""

    code: ClassVar[str] = "audit.not_provable"


@define(eq=False)
class ProofWrong(Refused):
    """The proof does not show that the row is in the log."""

    code: ClassVar[str] = "audit.proof_wrong"


@frozen(kw_only=True)
class RowProof:
    """Proof that a row is in the log: its path up to the root of a signed checkpoint."""

    text: str
    number: int
    path: tuple[bytes, ...]
    signed: SignedCheckpoint
    cosignatures: tuple[Cosignature, ...] = field(default=())

    def plain(self) -> dict[str, Json]:
        """Give it as plain JSON."""
        return {
            "format": PROOF_FORMAT,
            "row": self.text,
            "number": self.number,
            "path": [one.hex() for one in self.path],
            "checkpoint": self.signed.plain(),
            "cosignatures": [one.plain() for one in self.cosignatures],
        }

    @classmethod
    def read(cls, plain: Mapping[str, Any]) -> "RowProof":
        """Read what ``plain`` gave. Raises ``ProofWrong`` (``audit.proof_malformed``)."""
        try:
            if plain["format"] != PROOF_FORMAT or type(plain["number"]) is not int:
                raise ValueError(PROOF_FORMAT)  # noqa: TRY301 - one way out
            return cls(
                text=str(plain["row"]),
                number=plain["number"],
                path=tuple(bytes.fromhex(one) for one in plain["path"]),
                signed=SignedCheckpoint.read(plain["checkpoint"]),
                cosignatures=tuple(Cosignature.read(one) for one in plain["cosignatures"]),
            )
        except (KeyError, TypeError, ValueError, AttributeError, CheckpointMalformed):
            raise ProofWrong((Violation("audit.proof_malformed"),)) from None

    def verify(
        self, trusted: Mapping[str, Verifier], witnesses: Mapping[str, Verifier] | None = None
    ) -> None:
        """Demand that the row is in the log. Raises ``ProofWrong`` with every reason.

        Given keys of ``witnesses``, each of them must have co-signed.
        """
        faults = [*self._faults(trusted, witnesses or {})]
        if faults:
            raise ProofWrong(tuple(faults))

    def _faults(
        self, trusted: Mapping[str, Verifier], witnesses: Mapping[str, Verifier]
    ) -> Iterator[Violation]:
        checkpoint = self.signed.checkpoint
        try:
            self.signed.verify(trusted)
        except SignatureInvalid as error:
            yield from error.reasons
        if not self.text.endswith(f'"number":{self.number}}}'):
            yield Violation("audit.proof_row_wrong", "number")
        leaf = sm3(b"\x00" + self.text.encode())
        root = root_from_proof(leaf, self.number, checkpoint.size, self.path)
        if root != checkpoint.root:
            yield Violation("audit.proof_root_wrong", "path")
        for name in witnesses:
            if not any(self._holds(one, name, witnesses) for one in self.cosignatures):
                yield Violation("audit.proof_not_witnessed", name)

    def _holds(self, given: Cosignature, name: str, witnesses: Mapping[str, Verifier]) -> bool:
        content = cosignature_content(self.signed.checkpoint, given.witness, given.at)
        try:
            signer = verify_document(given.signature, content, witnesses)
        except SignatureInvalid:
            return False
        return signer == name == given.witness


def prove(
    before: SignedCheckpoint | None,
    leaves: Sequence[bytes],
    signed: SignedCheckpoint,
    row: str,
    number: int,
) -> RowProof:
    """Prove a row by the checkpoint behind it, from the frontier of the one before.

    ``leaves`` are those between the two; ``row`` is the row's canonical JSON.
    """
    start = before.frontier if before else Frontier()
    path = inclusion_path(start, leaves, number)
    return RowProof(text=row, number=number, path=path, signed=signed)


def prove_from_lines(lines: Iterable[bytes], number: int) -> RowProof:
    """Prove a row from a file of the log. Raises ``NotProvable``; nothing is verified."""
    before: SignedCheckpoint | None = None
    leaves: list[bytes] = []
    wanted = ""
    mark = f'"number":{number}}}'.encode()
    for line in lines:
        if is_checkpoint(line):
            signed = read_checkpoint_line(line)
            if signed is None:
                break
            if wanted:
                return prove(before, leaves, signed, wanted, number)
            before, leaves = signed, []
            continue
        text, tab, written = line.rstrip(b"\n").rpartition(b"\t")
        if tab:
            leaves.append(read_hash(written))
            if text.endswith(mark):
                wanted = text.decode()
    raise NotProvable((Violation(NotProvable.code, data={"number": number}),))
