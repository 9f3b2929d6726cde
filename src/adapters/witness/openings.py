"""A witness's keeping of deposits: one list a round, of closed lists that it has witnessed."""

import os
from collections.abc import Mapping
from pathlib import Path

from adapters.witness.ledger import FileWitness
from supervision_core.audit.row_proof import RowProof
from supervision_core.draws.model.deposits import ClosedList, DepositsUnopened, Keeper
from supervision_core.draws.model.sources import OpenedBy
from supervision_core.draws.model.witnessed import opening_violations
from supervision_core.draws.ports import Deposits
from supervision_core.kernel.canonical import canonical_json, sm3
from supervision_core.kernel.crypto import Signer, Verifier
from supervision_core.kernel.errors import refuse_if
from supervision_core.kernel.ports import Clock
from supervision_core.kernel.signing import sign_document

KEY_FORMAT = "draw-deposit-key/1"


def key_content(public_key: bytes) -> bytes:
    """Give the canonical JSON by which a witness states to which key deposits are sealed."""
    return canonical_json({"format": KEY_FORMAT, "public_key": public_key.hex()})


class FileOpenings:
    """Opens deposits for others; a file a round says which list was opened, and is never changed.

    ``kept`` holds the key; ``witness`` is who co-signed, with the same clock and trusted keys.
    """

    def __init__(  # noqa: PLR0913, PLR0917 - what a witness has
        self,
        folder: Path,
        kept: Deposits,
        witness: FileWitness,
        signer: Signer,
        trusted: Mapping[str, Verifier],
        clock: Clock,
    ) -> None:
        """Keep files in ``folder``."""
        folder.mkdir(parents=True, exist_ok=True)
        self._folder, self._kept, self._witness = folder, kept, witness
        self._signer, self._trusted, self._clock = signer, trusted, clock

    def key(self) -> tuple[bytes, dict[str, str]]:
        """Give the key of deposits, and the witness's signature of it."""
        public_key = self._kept.keeper().public_key
        return public_key, sign_document(self._signer, key_content(public_key))

    def open(self, closed: ClosedList, proof: RowProof, key: bytes) -> Mapping[str, bytes]:
        """Open a closed list that is sealed to ``key``. Raises ``DepositsUnopened``.

        What was sealed for another round, deadline or contributor is not given out. Asked again for
        the same list it answers the same.
        """
        checkpoint = proof.signed.checkpoint
        own = [one.checkpoint for one in self._witness.checkpoints(checkpoint.log)]
        path = self._folder / f"{sm3(f'{checkpoint.log}/{closed.round}'.encode()).hex()}.txt"
        before = path.read_text("ascii") if path.exists() else ""
        refuse_if(
            DepositsUnopened,
            opening_violations(
                closed,
                proof,
                trusted=self._trusted,
                is_own=checkpoint in own,
                before=before,
                now=self._clock.now(),
            ),
        )
        if not before:
            self._note(path, closed.digest.hex())
        found = self._kept.open(closed, Keeper(by=OpenedBy.WITNESS, public_key=key))
        fits = {
            one.contributor: closed.nonce_of(one, found.get(one.contributor))
            for one in closed.deposits
        }
        return {name: plain for name, plain in found.items() if fits[name] is not None}

    def _note(self, path: Path, digest: str) -> None:
        """Write which list is opened, for good, before it is. Raises ``FileExistsError``."""
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
        try:
            os.write(file, digest.encode())
            os.fsync(file)
        finally:
            os.close(file)
