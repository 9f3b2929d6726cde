"""What is kept of records that changed nothing: why they were refused, or that they are lost."""

from attrs import field, frozen

from supervision_core.field_records.model import FieldRecord, RecordSheet, RecordState, place_of
from supervision_core.field_records.ports import FieldRecords
from supervision_core.identity.services import Work, use_case
from supervision_core.identity.services.keeping import find
from supervision_core.kernel.errors import Violation
from supervision_core.kernel.fields import said


@frozen(kw_only=True)
class KeepOutcome:
    """What came of a record that changed nothing, and why."""

    sheet: RecordSheet = field(metadata=said("记录的编号、顺序、记录人、手机和摘要"))
    state: RecordState = field(metadata=said("结果", example="refused"))
    action: str = field(default="", metadata=said("办理的操作", example="tasks.check_in"))
    kind: str = field(default="", metadata=said("对象种类", example="visit"))
    thing: str = field(default="", metadata=said("对象编号", example="0123abcd"))
    version: int = field(default=0, metadata=said("对象现在的版本", example=4))
    reasons: tuple[Violation, ...] = field(default=(), metadata=said("原因"))


@use_case("field_records.send", "报送离线记录")
def keep_outcome(work: Work, cmd: KeepOutcome) -> str:
    """Keep why a record that a phone sent was not carried out, for at least 90 days."""
    made = FieldRecord.of(
        cmd.sheet, department=work.actor.department, state=cmd.state, at=work.now,
        action=cmd.action, kind=cmd.kind, thing=cmd.thing, left_version=cmd.version,
        reasons=cmd.reasons,
    )  # fmt: skip
    work.save(FieldRecords, made)
    return made.id


@frozen(kw_only=True)
class ReportLost:
    """A record of one's own that the phone has no more, and how that came."""

    record: str = field(metadata=said("丢失的记录编号", example="0f" * 16))
    sequence: int = field(metadata=said("丢失的记录在手机内的顺序号", example=3))
    device: str = field(metadata=said("手机的编号", example="0e" * 16))
    reason: str = field(metadata=said("丢失的说明", example="手机存储损坏", long=True))


@use_case("field_records.report_lost", "说明丢失的离线记录")
def report_lost(work: Work, cmd: ReportLost) -> None:
    """Say that a record of one's own is lost; what waits for it is carried out from then on.

    Where something of it is known already, that stays.
    """
    keep_lost(work, work.actor.user, work.actor.department, cmd)


def keep_lost(
    work: Work, author: str, department: str, cmd: ReportLost, *, brought_by: str = ""
) -> None:
    """Keep that an author's record is lost."""
    made = FieldRecord.lost(
        author=author, department=department, record=cmd.record, sequence=cmd.sequence,
        device=cmd.device, note=cmd.reason, at=work.now, brought_by=brought_by,
    )  # fmt: skip
    if find(work.unit, FieldRecords, place_of(author, cmd.record)) is None:
        work.save(FieldRecords, made)
        work.note(lost=cmd.record, author=author, reason=made.note)
