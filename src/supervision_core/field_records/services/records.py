"""What a phone sends, what it sealed inside, and the receipt that it gets."""

from datetime import datetime

from attrs import field, frozen

from supervision_core.field_records.model import FieldRecord, RecordSheet, RecordState
from supervision_core.field_records.services.photos import SentPhoto
from supervision_core.kernel.canonical import Json
from supervision_core.kernel.errors import Violation
from supervision_core.kernel.fields import said


@frozen(kw_only=True)
class SealedRecord:
    """A record as a phone sends it: what it says openly, what is sealed, and the phone's signature.

    ``photos`` says where the pieces of each photo that it names were staged.
    """

    sheet: RecordSheet = field(metadata=said("记录的编号、顺序、记录人、手机和摘要"))
    sealed: str = field(repr=False, metadata=said("加密的内容，Base64", example="AAAAAQ=="))
    signature: str = field(
        repr=False, metadata=said("手机的SM2签名，r‖s十六进制", example="0c" * 64)
    )
    photos: tuple[SentPhoto, ...] = field(default=(), metadata=said("照片的密文传到了哪里"))


@frozen(kw_only=True)
class SendRecords:
    """What a phone has to send, oldest first; at most 50 at once."""

    records: tuple[SealedRecord, ...] = field(metadata=said("离线记录，按顺序号排列"))
    clock: datetime | None = field(
        default=None, metadata=said("报送时手机的时间，用来核对手机时钟的偏差")
    )


@frozen(kw_only=True)
class Receipt:
    """回执 (Receipt): what came of a record; ``retry_after`` seconds where it is to be sent again.

    ``version`` is that of the thing once done, or as it is stored now where it was changed.
    """

    record: str
    state: RecordState | None
    retry_after: int = 0
    action: str = ""
    kind: str = ""
    thing: str = ""
    version: int = 0
    at: datetime | None = None
    reasons: tuple[Violation, ...] = ()

    @classmethod
    def of(cls, found: FieldRecord) -> "Receipt":
        """Give the receipt of what was kept."""
        return cls(
            record=found.sheet.record, state=found.state, action=found.action, kind=found.kind,
            thing=found.thing, version=found.left_version, at=found.received_at,
            reasons=found.reasons,
        )  # fmt: skip

    @classmethod
    def later(cls, record: str, seconds: int, *reasons: Violation) -> "Receipt":
        """Ask for a record again after some seconds."""
        return cls(record=record, state=None, retry_after=seconds, reasons=reasons)


@frozen(kw_only=True)
class Recorded:
    """What is sealed: a use case, its command, and what it is about in the version seen."""

    action: str
    kind: str
    thing: str
    seen: int
    command: Json


@frozen(kw_only=True)
class Delivery:
    """A record to be carried out, as it was sealed: when it was done, and who brought it."""

    sheet: RecordSheet
    recorded: Recorded
    done_at: datetime
    by: str
