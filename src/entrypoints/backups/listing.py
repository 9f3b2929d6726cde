"""Which backups there are, as they were signed: read with the platform's public keys alone."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from attrs import frozen

from supervision_core.kernel.backups import (
    BackupAbsent,
    BackupDamaged,
    BackupHead,
    BackupStore,
    Manifest,
)
from supervision_core.kernel.canonical import canonical_json, sm3
from supervision_core.kernel.crypto import Verifier
from supervision_core.kernel.errors import Violation
from supervision_core.kernel.plain import from_plain, to_plain
from supervision_core.kernel.ports import Clock
from supervision_core.kernel.signing import verify_document

HEAD: Final = "head.json"
MANIFEST: Final = "manifest.json"


@frozen(kw_only=True)
class BackupList:
    """The backups of one store. Each head is signed (SM2) and holds the hash of its manifest."""

    store: BackupStore
    trusted: Mapping[str, Verifier]
    clock: Clock

    def survey(self) -> tuple[Sequence[BackupHead], Sequence[str]]:
        """List the backups by their time, and the heads that are damaged by their names."""
        found, damaged = [], []
        for name in self.store.names(HEAD):
            try:
                found.append(self._head(name))
            except BackupDamaged:
                damaged.append(name)
        return sorted(found, key=lambda head: (head.at, head.id)), damaged

    def heads(self) -> Sequence[BackupHead]:
        """List the backups by their time; one whose head is damaged is none."""
        return self.survey()[0]

    def manifest(self, id: str) -> Manifest:
        """Give a manifest whose head holds. Raises ``BackupAbsent``, ``BackupDamaged``."""
        if f"{id}/{HEAD}" not in self.store.names(HEAD):
            raise BackupAbsent((Violation(BackupAbsent.code),))
        head = self._head(f"{id}/{HEAD}")
        name = f"{id}/{MANIFEST}"
        content = self.store.get(name)
        if sm3(content).hex() != head.manifest:
            raise BackupDamaged.at(name)
        manifest = from_plain(Manifest, json.loads(content))
        if manifest.head() != head:
            raise BackupDamaged.at(name)
        return manifest

    def _head(self, name: str) -> BackupHead:
        content = self.store.get(name)
        try:
            document = json.loads(content)
            head = from_plain(BackupHead, document["head"])
            signature = document["signature"]
            verify_document(signature, head.content(), self.trusted)
        except Exception as error:  # whatever a changed byte does to it
            raise BackupDamaged.at(name) from error
        # one moment can be written in several ways: only the way in which it was written counts
        if head_document(head, signature) != content or name != f"{head.id}/{HEAD}":
            raise BackupDamaged.at(name)
        return head

    def before(self, moment: datetime | None) -> str:
        """Give the id of the newest backup not after ``moment``, or not after now.

        Raises ``BackupAbsent``; ``BackupDamaged`` where the one sought may be a damaged one.
        """
        until = moment or self.clock.now()
        heads, damaged = self.survey()
        if damaged:
            raise BackupDamaged(
                tuple(Violation(BackupDamaged.code, at=one, data={"file": one}) for one in damaged)
            )
        fit = [head.id for head in heads if head.at <= until]
        if not fit:
            raise BackupAbsent((Violation(BackupAbsent.code),))
        return fit[-1]


def head_document(head: BackupHead, signature: Mapping[str, str]) -> bytes:
    """Give the bytes of a head's file."""
    return canonical_json({"head": to_plain(head), "signature": {**signature}})
