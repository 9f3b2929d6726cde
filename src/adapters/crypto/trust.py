"""Certificates for log-in, checked against a folder of roots, issuers and revocation lists."""

import threading
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Final, TypeVar

from attrs import frozen

from adapters.crypto.certificates import read_certificate, read_revocation_list
from supervision_core.identity.ports import Certificates
from supervision_core.kernel.canonical import sm3
from supervision_core.kernel.certificates import (
    Certificate,
    CertificateRefused,
    RevocationList,
    Verifiers,
    check_chain,
)
from supervision_core.kernel.crypto import KeyRejected, SignatureInvalid

ROOTS: Final = "roots"
ISSUERS: Final = "issuers"
LISTS: Final = "lists"
_LARGEST = 16 * 1024 * 1024
_LONGEST_CHAIN = 5

Read = TypeVar("Read")
State = tuple[tuple[str, int, int], ...]


@frozen
class Trust:
    """What the folder holds: whom to believe, and what is no longer believed."""

    roots: tuple[Certificate, ...]
    issuers: tuple[Certificate, ...]
    lists: tuple[RevocationList, ...]


class TrustFolder(Certificates):
    """``roots/``, ``issuers/`` and ``lists/`` of one folder, DER or PEM, a file each.

    A file that changes counts from the next log-in on. What cannot be read is not believed: a bad
    root trusts nobody, and without a fresh list of its issuer a certificate is refused.
    """

    def __init__(self, folder: Path, verifiers: Verifiers) -> None:
        """Trust what stands in ``folder``; it need not exist yet, and then nobody is trusted."""
        self._folder = folder
        self._verifiers = verifiers
        self._known: tuple[State, Trust] | None = None
        self._lock = threading.Lock()

    def thumbprint(self, certificate: bytes, *, at: datetime) -> str | None:
        """Give the SM3 of a certificate that holds."""
        try:
            holder = self.holder(certificate, at=at)
        except CertificateRefused:
            return None
        return sm3(holder.der).hex()

    def holder(self, certificate: bytes, *, at: datetime) -> Certificate:
        """Give the certificate, whole and good. Raises ``CertificateRefused`` with every reason."""
        trust = self._trust()
        chain = [read_certificate(certificate)]
        while len(chain) < _LONGEST_CHAIN and (above := _issuer(chain[-1], trust.issuers)):
            chain.append(above)
        return check_chain(
            chain, roots=trust.roots, revocations=trust.lists, at=at, verifiers=self._verifiers
        )

    def verifies(self, certificate: bytes, data: bytes, signature: bytes) -> bool:
        """Tell whether its key signed ``data``."""
        try:
            key = read_certificate(certificate).public_key
            self._verifiers(key).verify(data, signature)
        except (CertificateRefused, KeyRejected, SignatureInvalid):
            return False
        return True

    def _trust(self) -> Trust:
        state = tuple(self._state())
        with self._lock:
            if self._known is None or self._known[0] != state:
                self._known = (state, self._read())
            return self._known[1]

    def _state(self) -> Iterator[tuple[str, int, int]]:
        for path in self._files(ROOTS, ISSUERS, LISTS):
            found = path.stat()
            yield str(path), found.st_mtime_ns, found.st_size

    def _files(self, *names: str) -> Iterator[Path]:
        for name in names:
            folder = self._folder / name
            if folder.is_dir():
                yield from sorted(path for path in folder.iterdir() if path.is_file())

    def lists(self) -> Mapping[str, datetime]:
        """Give until when each list of revoked certificates is good, by the name of its file.

        Raises ``CertificateRefused`` for what is no such list.
        """
        return {
            path.name: read_revocation_list(path.read_bytes()).next_update
            for path in self._files(LISTS)
        }

    def _read(self) -> Trust:
        return Trust(
            tuple(self._each(ROOTS, read_certificate)),
            tuple(self._each(ISSUERS, read_certificate)),
            tuple(self._each(LISTS, read_revocation_list)),
        )

    def _each(self, name: str, read: Callable[[bytes], Read]) -> Iterator[Read]:
        for path in self._files(name):
            if path.stat().st_size <= _LARGEST:
                try:
                    yield read(path.read_bytes())
                except CertificateRefused:
                    continue


def _issuer(one: Certificate, issuers: tuple[Certificate, ...]) -> Certificate | None:
    if one.issuer == one.subject:
        return None
    return next((each for each in issuers if each.subject == one.issuer), None)
