"""Records of phones: examples, and a phone that seals and signs as a real one does."""

import json
from base64 import b64encode
from datetime import UTC, datetime
from typing import Any

from attrs import frozen

from supervision_core.field_records.devices import CompanionPin, FieldDevice, device_of
from supervision_core.field_records.model import (
    FieldRecord,
    RecordSheet,
    RecordState,
)
from supervision_core.field_records.services.postbox import PostboxKey
from supervision_core.field_records.services.records import SealedRecord
from supervision_core.kernel.canonical import sm3
from supervision_core.kernel.crypto import Algorithms
from supervision_core.kernel.errors import Violation
from supervision_core.kernel.ports import Randomness

MOMENT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


def field_sheet(record: str) -> RecordSheet:
    """Give what a phone says of a record."""
    return RecordSheet(
        record=record, sequence=3, after="0e" * 16, author="user-1", device="0d" * 16,
        recorded_at=MOMENT, digest="0c" * 32,
    )  # fmt: skip


def field_record(id: str) -> FieldRecord:
    """Give what came of one, every field filled."""
    return FieldRecord(
        id=id, sheet=field_sheet("0f" * 16), owner="user-1", department="farm",
        state=RecordState.REFUSED, received_at=MOMENT, action="tasks.check_in", kind="visit",
        thing="visit-1", left_version=4, brought_by="user-2", note="手机存储损坏",
        reasons=(Violation("field_records.seal_broken", "sealed"),),
    )  # fmt: skip


def field_device(id: str) -> FieldDevice:
    """Give a phone that was given up, every field filled."""
    return FieldDevice(
        id=id, owner="user-1", department="farm", public_key="04" + "0a" * 64,
        registered_at=MOMENT, retired_at=MOMENT, retired_by="user-3", reason="手机遗失",
        seen_at=MOMENT, waiting=2, lacking=1, companions=(
            CompanionPin(
                id="companion-1", user="user-2", public_key="04" + "0b" * 64, offered_at=MOMENT,
                agreed_at=MOMENT, wrong=1,
            ),
        ),
    )  # fmt: skip


@frozen(kw_only=True)
class SealingPhone:
    """A phone of ``author``: it seals to a postbox and signs with a key of its own."""

    algorithms: Algorithms
    randomness: Randomness
    private: bytes
    author: str
    postbox: PostboxKey

    @property
    def public_key(self) -> str:
        """The key that it registers."""
        return self.algorithms.public_key(self.private).hex()

    def seal(self, plain: bytes, associated: bytes) -> bytes:
        """Seal something to the postbox."""
        secret, nonce = self.randomness.token(48), self.randomness.token(16)
        encryptor = self.algorithms.encryptor(bytes.fromhex(self.postbox.public_key))
        cipher = self.algorithms.cbc(secret[:16], secret[16:])
        head = self.postbox.version.to_bytes(4, "big") + _raw(encryptor.encrypt(secret))
        return head + nonce + cipher.seal(nonce, plain, associated)

    def record(  # noqa: PLR0913 - what a record says
        self,
        record: str,
        action: str,
        thing: str,
        command: Any,
        *,
        seen: int,
        after: str = "",
        sequence: int = 1,
        at: datetime = MOMENT,
    ) -> SealedRecord:
        """Record an act upon a visit."""
        told = {
            "action": action, "kind": "visit", "thing": thing, "seen": seen, "command": command
        }  # fmt: skip
        text = json.dumps(told, ensure_ascii=False).encode()
        sheet = RecordSheet(
            record=record, sequence=sequence, after=after, author=self.author,
            device=device_of(self.public_key), recorded_at=at, digest=sm3(text).hex(),
        )  # fmt: skip
        signature = self.algorithms.signer(self.private).sign(sheet.stated())
        sealed = b64encode(self.seal(text, sheet.stated())).decode()
        return SealedRecord(sheet=sheet, sealed=sealed, signature=signature.hex())


def _raw(ciphertext: bytes) -> bytes:
    """Give ``04 ‖ C1 ‖ C3 ‖ C2`` of a ciphertext in DER (GM/T 0009)."""
    parts, at = [], 3  # behind the tag and a length of two bytes
    while at < len(ciphertext):
        size = ciphertext[at + 1]
        parts.append(ciphertext[at + 2 : at + 2 + size])
        at += 2 + size
    x, y, check, body = parts
    point = b"".join(int.from_bytes(one, "big").to_bytes(32, "big") for one in (x, y))
    return b"\x04" + point + check + body
