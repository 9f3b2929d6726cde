"""A witness that keeps what it saw in files that are only ever added to."""

import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from supervision_core.audit.model import (
    CheckpointMalformed,
    Cosignature,
    SignedCheckpoint,
    WitnessRefused,
    cosignature_content,
    require_consistent,
)
from supervision_core.audit.ports import Witness
from supervision_core.kernel.canonical import canonical_json
from supervision_core.kernel.crypto import Signer, Verifier
from supervision_core.kernel.errors import Violation
from supervision_core.kernel.ports import Clock
from supervision_core.kernel.signing import key_id, sign_document

_LOG = re.compile(r"[A-Za-z0-9-]{1,36}")


class FileWitness(Witness):
    """Keeps one file a log, ``<log>.jsonl``: a line for each checkpoint that it co-signed.

    Lines are synced before the co-signature is given. The folder belongs on a medium that takes
    additions only, or on a machine of other people.
    """

    def __init__(
        self, folder: Path, signer: Signer, trusted: Mapping[str, Verifier], clock: Clock
    ) -> None:
        """Keep files in ``folder``; accept checkpoints signed by one of ``trusted``."""
        folder.mkdir(parents=True, exist_ok=True)
        self._folder, self._signer, self._trusted, self._clock = folder, signer, trusted, clock

    @property
    def name(self) -> str:
        """Name the witness by its key."""
        return key_id(self._signer.public_key)

    def seen(self, log: str) -> int:
        """Give the size of the checkpoint co-signed last."""
        last = self._last(self._path(log))
        return last[0].checkpoint.size if last else 0

    def cosign(self, signed: SignedCheckpoint, proof: Sequence[bytes]) -> Cosignature:
        """Co-sign what has only grown. The same checkpoint again gets the same answer."""
        path = self._path(signed.checkpoint.log)
        with _locked(path) as file:
            last = self._last(path)
            if last is not None and last[0].checkpoint == signed.checkpoint:
                return last[1]
            require_consistent(last[0].checkpoint if last else None, signed, proof, self._trusted)
            at = self._clock.now()
            content = cosignature_content(signed.checkpoint, self.name, at)
            given = Cosignature(
                witness=self.name, at=at, signature=sign_document(self._signer, content)
            )
            line = canonical_json({"checkpoint": signed.plain(), "cosignature": given.plain()})
            torn = b"\n" if _ends_torn(path) else b""
            os.write(file, torn + line + b"\n")
            os.fsync(file)
            return given

    def checkpoints(self, log: str) -> list[SignedCheckpoint]:
        """Give every checkpoint of ``log`` that it co-signed, in order."""
        return [signed for signed, _ in read_ledger(self._path(log))]

    def _path(self, log: str) -> Path:
        if not _LOG.fullmatch(log):
            raise WitnessRefused((Violation("audit.witness_other_log", "log"),))
        return self._folder / f"{log}.jsonl"

    def _last(self, path: Path) -> tuple[SignedCheckpoint, Cosignature] | None:
        found = None
        for found in read_ledger(path):  # noqa: B007 - the last one is wanted
            pass
        return found


def read_ledger(path: Path) -> Iterator[tuple[SignedCheckpoint, Cosignature]]:
    """Give what a witness's file holds, in order; a line that was cut off is passed over."""
    if not path.exists():
        return
    with path.open("rb") as lines:
        for line in lines:
            try:
                plain = json.loads(line)
                signed = SignedCheckpoint.read(plain["checkpoint"])
                given = Cosignature.read(plain["cosignature"])
            except (ValueError, KeyError, TypeError, CheckpointMalformed):
                continue
            yield signed, given


def _ends_torn(path: Path) -> bool:
    size = path.stat().st_size
    if not size:
        return False
    with path.open("rb") as file:
        file.seek(size - 1)
        return file.read(1) != b"\n"


@contextmanager
def _locked(path: Path) -> Iterator[int]:
    """Open for additions, one process at a time; a new file is in its folder for good."""
    import fcntl  # noqa: PLC0415 - not on Windows, which reads ledgers alone

    is_new = not path.exists()
    file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
    try:
        fcntl.flock(file, fcntl.LOCK_EX)
        if is_new:
            folder = os.open(path.parent, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)
        yield file
    finally:
        os.close(file)
