"""What the log tells of backups: that one was made, and that a database was restored from one."""

from attrs import frozen

from supervision_core.identity.services.frame import Work, use_case
from supervision_core.identity.services.keeping import require_everything
from supervision_core.kernel.backups import BackupKind


@frozen(kw_only=True)
class TellBackup:
    """A backup that lies safe: its id, kind, rows, and the SM3 of its manifest."""

    backup: str
    kind: BackupKind
    rows: int
    sm3: str


@use_case("identity.back_up")
def tell_backup(work: Work, cmd: TellBackup) -> str:
    """Tell the log that a backup was made, so that one put in its place is seen."""
    require_everything(work, "identity.back_up")
    work.note(backup=cmd.backup, kind=cmd.kind.value, rows=str(cmd.rows), sm3=cmd.sm3)
    return cmd.backup


@use_case("identity.restore")
def tell_restoration(work: Work, cmd: TellBackup) -> str:
    """Tell the log of a restored database from which backup it comes."""
    require_everything(work, "identity.restore")
    work.note(backup=cmd.backup, kind=cmd.kind.value, rows=str(cmd.rows), sm3=cmd.sm3)
    return cmd.backup
