"""A record that a phone sent, what came of it, and the phones that may send."""

import re
from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, Final, Self

from attrs import define, field, frozen, setters

from supervision_core.kernel.canonical import sm3
from supervision_core.kernel.errors import Refused, Violation, refuse_if
from supervision_core.kernel.events import Aggregate
from supervision_core.kernel.fields import said

_RECORD: Final = re.compile(r"[0-9a-f]{32}")
_SM3: Final = re.compile(r"[0-9a-f]{64}")
_NOTHING: Final = "0" * 64
_LATEST: Final = 2_147_483_647


@define(eq=False)
class RecordRefused(Refused):
    """A record cannot be taken as it was sent."""

    code: ClassVar[str] = "field_records.record_refused"


class RecordState(StrEnum):
    """What came of a record."""

    DONE = "done"
    REFUSED = "refused"
    CONFLICT = "conflict"
    LOST = "lost"


@frozen(kw_only=True)
class RecordSheet:
    """What a phone says of a record beside what it seals: whose it is, when, after which other.

    ``record`` is the id that the phone gave it, ``digest`` the SM3 (hex) over what is sealed,
    ``recorded_at`` the time of the phone, which may be wrong.
    """

    record: str = field(metadata=said("记录编号，由手机生成", example="0f" * 16))
    sequence: int = field(metadata=said("手机内的顺序号", example=3))
    after: str = field(default="", metadata=said("前一条记录的编号，没有的为空"))
    author: str = field(metadata=said("记录人的用户编号", example="n000001"))
    device: str = field(metadata=said("手机的编号", example="0e" * 16))
    recorded_at: datetime = field(metadata=said("手机上的记录时间"))
    digest: str = field(metadata=said("内容的SM3，小写十六进制", example="0d" * 32))

    def stated(self) -> bytes:
        """Give what the phone signs, and binds to what it seals."""
        parts = (
            "field-record/1", self.record, str(self.sequence), self.after, self.author,
            self.device, self.recorded_at.isoformat(), self.digest,
        )  # fmt: skip
        return "\n".join(parts).encode()

    def violations(self) -> Iterator[Violation]:
        """Give what is wrong with its form."""
        for name in ("record", "after"):
            text = getattr(self, name)
            if (text or name == "record") and not _RECORD.fullmatch(text):
                yield Violation("field_records.record_form", name)
        if not _SM3.fullmatch(self.digest):
            yield Violation("field_records.digest_form", "digest")
        if not 1 <= self.sequence <= _LATEST:
            yield Violation("field_records.sequence_form", "sequence")
        if self.recorded_at.utcoffset() is None:
            yield Violation("field_records.time_without_offset", "recorded_at")


def place_of(author: str, record: str) -> str:
    """Give the id under which the platform keeps what came of a record: each author has his own."""
    return sm3(f"{author}\x1f{record}".encode()).hex()[:32]


@define(eq=False, kw_only=True)
class FieldRecord(Aggregate):
    """离线记录 (FieldRecord): what came of one record that a phone sent; it stays as it is.

    ``action`` is the use case that it asked for, on ``thing`` of a ``kind``; ``left_version`` the
    version of the thing once it was done. ``brought_by`` handed it in for its author. One that the
    phone lost is kept as such, ``note`` saying how that came.
    Source: proposal 3158-3206.
    """

    sheet: RecordSheet = field(on_setattr=setters.frozen)
    owner: str = field(on_setattr=setters.frozen)
    department: str = field(on_setattr=setters.frozen)
    state: RecordState = field(on_setattr=setters.frozen)
    received_at: datetime = field(on_setattr=setters.frozen)
    action: str = field(default="", on_setattr=setters.frozen)
    kind: str = field(default="", on_setattr=setters.frozen)
    thing: str = field(default="", on_setattr=setters.frozen)
    left_version: int = field(default=0, on_setattr=setters.frozen)
    brought_by: str = field(default="", on_setattr=setters.frozen)
    note: str = field(default="", on_setattr=setters.frozen)
    _reasons: tuple[Violation, ...] = ()

    @classmethod
    def of(  # noqa: PLR0913 - what a receipt says
        cls,
        sheet: RecordSheet,
        *,
        department: str,
        state: RecordState,
        at: datetime,
        action: str = "",
        kind: str = "",
        thing: str = "",
        left_version: int = 0,
        brought_by: str = "",
        reasons: tuple[Violation, ...] = (),
    ) -> Self:
        """Keep what came of a record."""
        return cls(
            id=place_of(sheet.author, sheet.record), sheet=sheet, owner=sheet.author,
            department=department, state=state, received_at=at, action=action, kind=kind,
            thing=thing, left_version=left_version, brought_by=brought_by, reasons=reasons,
        )  # fmt: skip

    @classmethod
    def lost(  # noqa: PLR0913 - which one it was, and what is said of it
        cls, *, author: str, department: str, record: str, sequence: int, device: str, note: str,
        at: datetime, brought_by: str = "",
    ) -> Self:  # fmt: skip
        """Keep that a phone has a record no more: what followed it is carried out without it.

        Raises ``RecordRefused``.
        """
        sheet = RecordSheet(
            record=record, sequence=sequence, author=author, device=device, recorded_at=at,
            digest=_NOTHING,
        )  # fmt: skip
        missing = [] if note.strip() else [Violation("field_records.reason_missing", "reason")]
        refuse_if(RecordRefused, [*sheet.violations(), *missing])
        return cls(
            id=place_of(author, record), sheet=sheet, owner=author, department=department,
            state=RecordState.LOST, received_at=at, brought_by=brought_by, note=note.strip(),
        )  # fmt: skip

    @property
    def reasons(self) -> tuple[Violation, ...]:
        """Why it was refused, or what stood against it."""
        return self._reasons
