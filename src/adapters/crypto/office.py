"""A certificate authority of one's own in a folder, for installations without a licensed one."""

import base64
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar, Final

from attrs import define, frozen

from adapters.crypto.authority import Authority
from adapters.crypto.certificates import read_certificate, read_revocation_list
from adapters.crypto.key_file import write_new
from adapters.crypto.sm2 import new_private_key
from adapters.crypto.trust import LISTS, ROOTS
from supervision_core.kernel.canonical import sm3
from supervision_core.kernel.certificates import Certificate
from supervision_core.kernel.crypto import Algorithms
from supervision_core.kernel.errors import Refused, Violation
from supervision_core.kernel.ports import Clock, Randomness
from supervision_core.kernel.sealing import FieldCipher, Place

ROOT: Final = "root.cer"
KEY: Final = "root.key"
ISSUED: Final = "issued.json"
NAME: Final = "跨部门综合监管自建证书机构"
LIST: Final = "authority.crl"
LIST_DAYS: Final = 30
_OLD: Final = timedelta(days=7)
_PLACE = Place("authority", "private_key", "root")
_SERIAL_BYTES = 16
_YEARS = 20
_SLACK = timedelta(minutes=5)
"""Clocks differ: what is issued is valid from a little earlier."""


@define(eq=False)
class NotIssued(Refused):
    """The authority never issued a certificate of that serial number."""

    code: ClassVar[str] = "crypto.certificate_not_issued"


def pem(certificate: bytes, kind: str = "CERTIFICATE") -> bytes:
    """Write DER as PEM."""
    text = base64.b64encode(certificate).decode("ascii")
    lines = [text[at : at + 64] for at in range(0, len(text), 64)]
    return "\n".join((f"-----BEGIN {kind}-----", *lines, f"-----END {kind}-----", "")).encode()


def thumbprint(certificate: Certificate) -> str:
    """Give what a certificate is bound to a user by: SM3 of its DER, hex."""
    return sm3(certificate.der).hex()


@frozen
class Office:
    """自建证书机构 (Office): a root whose key is sealed under the platform's data keys.

    It puts its root and its list of revoked certificates where ``TrustFolder`` looks. Without a
    fresh list nobody logs in: the worker renews it every week (``keep_fresh``).
    """

    folder: Path
    trust: Path
    fields: FieldCipher
    algorithms: Algorithms
    clock: Clock
    randomness: Randomness

    def found(self) -> bool:
        """Make root, key and an empty list, unless they are there; tell whether they were made."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with self._locked():
            if (self.folder / KEY).exists():
                return False
            now = self.clock.now().replace(microsecond=0)
            private_key = new_private_key(self.randomness)
            root = Authority.root(
                NAME,
                self.algorithms.signer(private_key),
                start=now - _SLACK,
                end=now + timedelta(days=365 * _YEARS),
            )
            write_new(self.folder / ROOT, pem(root.certificate.der), 0o644)
            self._replace(self.folder / ISSUED, b"[]\n")
            sealed = self.fields.seal(private_key.hex(), _PLACE)
            write_new(self.folder / KEY, sealed.encode("ascii"), 0o600)
        self.publish()
        return True

    def issue(self, name: str, public_key: bytes, *, days: int) -> Certificate:
        """Issue to who holds the private half of ``public_key``."""
        now = self.clock.now().replace(microsecond=0)
        serial = int.from_bytes(self.randomness.token(_SERIAL_BYTES), "big") >> 1 or 1
        made = self._authority().issue(
            name, public_key, serial=serial, start=now - _SLACK, end=now + timedelta(days=days)
        )
        row = {
            "serial": f"{serial:x}",
            "name": name,
            "until": made.not_after.isoformat(),
            "thumbprint": thumbprint(made),
            "revoked_at": "",
        }
        with self._locked():
            self._write([*self._rows(), row])
        return made

    def revoke(self, serial: str) -> None:
        """Take a certificate back, and publish that. Raises ``NotIssued``."""
        wanted = serial.lower().removeprefix("0x").lstrip("0")
        with self._locked():
            rows = self._rows()
            found = [row for row in rows if row["serial"] == wanted]
            if not found:
                raise NotIssued((Violation(NotIssued.code, data={"serial": serial}),))
            found[0]["revoked_at"] = found[0]["revoked_at"] or self.clock.now().isoformat()
            self._write(rows)
        self.publish()

    def issued(self) -> list[dict[str, str]]:
        """Give what was issued: serial, name, until, thumbprint, revoked_at."""
        return self._rows()

    def publish(self, *, days: int = LIST_DAYS) -> datetime:
        """Put root and a fresh list into the folder of trust; give until when the list is good."""
        with self._locked():  # so that no list is replaced by one that knows less
            return self._publish(days)

    def keep_fresh(self) -> datetime | None:
        """Publish a fresh list, where there is an authority, once the last is a week old.

        Gives until when a list is good that was published now, ``None`` where none was.
        """
        if not (self.folder / KEY).exists():
            return None
        last = self.trust / LISTS / LIST
        if last.exists():
            ends = read_revocation_list(last.read_bytes()).next_update
            if ends > self.clock.now() + timedelta(days=LIST_DAYS) - _OLD:
                return None
        return self.publish()

    def _publish(self, days: int) -> datetime:
        now = self.clock.now().replace(microsecond=0)
        until = now + timedelta(days=days)
        revoked = [int(row["serial"], 16) for row in self._rows() if row["revoked_at"]]
        made = self._authority().revocation_der(revoked, at=now - _SLACK, until=until)
        root = (self.folder / ROOT).read_bytes()
        wanted = ((ROOTS, "authority.cer", root), (LISTS, LIST, pem(made, "X509 CRL")))
        for place, name, content in wanted:
            folder = self.trust / place
            folder.mkdir(mode=0o755, parents=True, exist_ok=True)
            self._replace(folder / name, content)
        return until

    def _authority(self) -> Authority:
        sealed = (self.folder / KEY).read_text("ascii")
        private_key = bytes.fromhex(self.fields.open(sealed, _PLACE))
        root = read_certificate((self.folder / ROOT).read_bytes())
        return Authority(root, self.algorithms.signer(private_key))

    def _rows(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = json.loads((self.folder / ISSUED).read_text("utf-8"))
        return found

    def _write(self, rows: list[dict[str, Any]]) -> None:
        text = json.dumps(rows, ensure_ascii=False, indent=1) + "\n"
        self._replace(self.folder / ISSUED, text.encode())

    def _replace(self, path: Path, content: bytes) -> None:
        fresh = path.with_name(f".{path.name}.{self.randomness.token(6).hex()}")
        write_new(fresh, content, 0o644)
        os.replace(fresh, path)  # noqa: PTH105 - atomic, and says so

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Let one process at a time change the folder."""
        import fcntl  # noqa: PLC0415 - not on Windows, where no authority is kept

        with (self.folder / ".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
