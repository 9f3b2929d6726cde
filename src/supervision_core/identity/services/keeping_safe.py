"""What the log tells of backups: that one was made, and that a database was restored from one."""

from attrs import field, frozen

from supervision_core.identity.services.frame import Work, use_case
from supervision_core.identity.services.keeping import require_everything
from supervision_core.kernel.backups import BackupKind
from supervision_core.kernel.fields import said


@frozen(kw_only=True)
class TellBackup:
    """A backup that lies safe: its id, kind, rows, and the SM3 of its manifest."""

    backup: str = field(metadata=said("备份的编号", example="0123abcd"))
    kind: BackupKind = field(metadata=said("对象类型", example="user"))
    rows: int = field(metadata=said("数据行数", example=3))
    sm3: str = field(metadata=said("备份的SM3，十六进制", example="00ff"))


@use_case("identity.back_up", "备份")
def tell_backup(work: Work, cmd: TellBackup) -> str:
    """Tell the log that a backup was made, so that one put in its place is seen."""
    require_everything(work, "identity.back_up")
    work.note(backup=cmd.backup, kind=cmd.kind.value, rows=str(cmd.rows), sm3=cmd.sm3)
    return cmd.backup


@use_case("identity.restore", "恢复备份")
def tell_restoration(work: Work, cmd: TellBackup) -> str:
    """Tell the log of a restored database from which backup it comes."""
    require_everything(work, "identity.restore")
    work.note(backup=cmd.backup, kind=cmd.kind.value, rows=str(cmd.rows), sm3=cmd.sm3)
    return cmd.backup
