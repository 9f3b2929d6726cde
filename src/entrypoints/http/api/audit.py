"""The audit log for its administrators: search, the newest checkpoint, the proof of a row."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final, cast

from attrs import frozen

from entrypoints.auditing import prove_row
from entrypoints.http.api.login import Nothing
from entrypoints.http.routes import Call, Reply, Route
from supervision_core.audit.model import Outcome, SignedCheckpoint
from supervision_core.audit.ports import AuditFilter
from supervision_core.audit.row_proof import NotProvable
from supervision_core.identity.services.auditing import SearchLog, search_log
from supervision_core.identity.services.questions import ReadProofs, read_proofs
from supervision_core.kernel.errors import NotFound
from supervision_core.kernel.paging import UnknownOrder

_BASE: Final = "/api/v1/audit"


@frozen(kw_only=True)
class SearchEntries:
    """Which rows are wanted; what is empty restricts nothing."""

    since: datetime | None = None
    until: datetime | None = None
    actor: str = ""
    action: str = ""
    outcome: Outcome | None = None
    target: str = ""
    department: str = ""
    page_size: int = 50
    cursor: str | None = None
    order: str = ""


@frozen(kw_only=True)
class EntryView:
    """A row of the log."""

    number: int
    at: datetime
    actor: str
    department: str
    action: str
    outcome: Outcome
    request: str
    targets: tuple[str, ...]
    note: Mapping[str, str]


@frozen(kw_only=True)
class EntriesView:
    """A page of the log."""

    items: tuple[EntryView, ...]
    next_cursor: str | None


@frozen(kw_only=True)
class CosignatureView:
    """A witness's word about a checkpoint."""

    witness: str
    at: datetime
    signature: Mapping[str, str]


@frozen(kw_only=True)
class CheckpointView:
    """A signed checkpoint (``audit-checkpoint/1``), to be verified offline."""

    format: str
    log: str
    size: int
    root: str
    at: datetime
    previous: str
    frontier: tuple[str, ...]
    signature: Mapping[str, str]


@frozen(kw_only=True)
class WitnessedView:
    """A checkpoint and what its witnesses said."""

    checkpoint: CheckpointView
    cosignatures: tuple[CosignatureView, ...]


@frozen(kw_only=True)
class ProofView:
    """The proof of a row (``audit-proof/1``), to be verified by ``supervision audit verify``."""

    format: str
    row: str
    number: int
    path: tuple[str, ...]
    checkpoint: CheckpointView
    cosignatures: tuple[CosignatureView, ...]


@frozen(kw_only=True)
class ProveEntry:
    """The row to be proved."""

    number: int


def _search(call: Call, asked: SearchEntries) -> Reply:
    wanted = AuditFilter(
        since=asked.since,
        until=asked.until,
        actor=asked.actor,
        action=asked.action,
        outcome=asked.outcome,
        target=asked.target,
        department=asked.department,
    )
    command = SearchLog(wanted=wanted, size=asked.page_size, cursor=asked.cursor, order=asked.order)
    found = cast("Mapping[str, Any]", call.platform.commands.run(
        search_log, command, actor=call.who
    ))  # fmt: skip
    items = [{**row, "note": dict(row["note"])} for row in found["rows"]]
    return Reply(value={"items": items, "next_cursor": found["next_cursor"]})


def _plain(signed: SignedCheckpoint, cosignatures: Any) -> dict[str, Any]:
    return {
        "checkpoint": signed.plain(), "cosignatures": [one.plain() for one in cosignatures],
    }  # fmt: skip


def _newest(call: Call, _: Nothing) -> Reply:
    call.platform.commands.ask(read_proofs, ReadProofs(), actor=call.who)
    checkpoints = call.platform.auditing().store.checkpoints
    signed = checkpoints.last()
    if signed is None:
        raise NotFound("checkpoint", "")
    return Reply(value=_plain(signed, checkpoints.cosignatures(signed.checkpoint.size)))


def _proof(call: Call, asked: ProveEntry) -> Reply:
    call.platform.commands.ask(read_proofs, ReadProofs(number=asked.number), actor=call.who)
    try:
        return Reply(value=prove_row(call.platform.auditing().store, asked.number).plain())
    except NotProvable:
        raise NotFound("audit_row", str(asked.number)) from None


AUDIT_ROUTES: tuple[Route, ...] = (
    Route(
        method="GET", path=f"{_BASE}/entries", name="audit_search", title="检索审计日志",
        access=search_log.permission, asked=SearchEntries, answered=EntriesView, run=_search,
        text="默认从新到旧，order为oldest时从旧到新；只列出数据范围内各部门的记录。检索本身也记入日志。",
        audited=True, orders=("oldest",), refusals=(UnknownOrder,),
    ),
    Route(
        method="GET", path=f"{_BASE}/checkpoints/newest", name="audit_newest_checkpoint",
        title="最新的审计检查点", access=read_proofs.permission, asked=Nothing,
        answered=WitnessedView, run=_newest,
        text="附签名和见证方的会签，可用公钥离线核对；还没有检查点时答复404。",
    ),
    Route(
        method="GET", path=f"{_BASE}/proofs/{{number}}", name="audit_proof",
        title="一条审计记录的证明", access=read_proofs.permission, asked=ProveEntry,
        answered=ProofView, run=_proof,
        text="证明该条记录在已签名的检查点之内，可用公钥离线核对；尚未进入检查点时答复404。",
    ),
)  # fmt: skip
"""What the audit administrator reads."""
