"""The audit log for its administrators: search, the newest checkpoint, the proof of a row."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final, cast

from attrs import field, frozen

from entrypoints.auditing import prove_row
from entrypoints.http.api.login import Nothing
from entrypoints.http.routes import Call, Reply, Route
from supervision_core.audit.model import Outcome, SignedCheckpoint
from supervision_core.audit.ports import AuditFilter
from supervision_core.audit.row_proof import NotProvable
from supervision_core.identity.services.auditing import SearchLog, search_log
from supervision_core.identity.services.questions import ReadProofs, read_proofs
from supervision_core.kernel.errors import NotFound
from supervision_core.kernel.fields import said
from supervision_core.kernel.paging import UnknownOrder

_BASE: Final = "/api/v1/audit"


@frozen(kw_only=True)
class SearchEntries:
    """Which rows are wanted; what is empty restricts nothing."""

    since: datetime | None = field(
        default=None, metadata=said("不早于", example="2026-01-31T08:00:00+00:00")
    )
    until: datetime | None = field(
        default=None, metadata=said("早于", example="2026-02-01T00:00:00+00:00")
    )
    actor: str = field(default="", metadata=said("操作人的用户编号", example="clerk"))
    action: str = field(
        default="",
        metadata=said(
            "操作，即权限名；以.*结尾时为该模块的全部操作", example="identity.change_user"
        ),
    )
    outcome: Outcome | None = field(
        default=None, metadata=said("结果：done为完成，denied为拒绝", example="done")
    )
    target: str = field(
        default="", metadata=said("对象：类型/编号，可带@版本", example="user/clerk")
    )
    department: str = field(default="", metadata=said("操作人所属机构的编号", example="nanning"))
    page_size: int = field(default=50, metadata=said("每页行数", example=20))
    cursor: str | None = field(default=None, metadata=said("上一页答复中的next_cursor"))
    order: str = field(default="", metadata=said("排序方式，空为常用排序"))


@frozen(kw_only=True)
class EntryView:
    """A row of the log."""

    number: int = field(metadata=said("记录编号，从0起连续", example=0))
    at: datetime = field(metadata=said("时间", example="2026-01-31T08:00:00+00:00"))
    actor: str = field(metadata=said("操作人的用户编号", example="clerk"))
    department: str = field(metadata=said("操作人所属机构的编号", example="nanning"))
    action: str = field(
        metadata=said(
            "操作，即权限名；以.*结尾时为该模块的全部操作", example="identity.change_user"
        )
    )
    outcome: Outcome = field(metadata=said("结果：done为完成，denied为拒绝", example="done"))
    request: str = field(metadata=said("请求内容的SM3，十六进制", example="00ff"))
    targets: tuple[str, ...] = field(metadata=said("写入的对象"))
    note: Mapping[str, str] = field(metadata=said("不依赖数据库也须读懂的事实"))


@frozen(kw_only=True)
class EntriesView:
    """A page of the log."""

    items: tuple[EntryView, ...] = field(metadata=said("本页各行"))
    next_cursor: str | None = field(metadata=said("下一页的游标，最后一页为空"))


@frozen(kw_only=True)
class CosignatureView:
    """A witness's word about a checkpoint."""

    witness: str = field(metadata=said("见证方的密钥编号", example="0123abcd"))
    at: datetime = field(metadata=said("时间", example="2026-01-31T08:00:00+00:00"))
    signature: Mapping[str, str] = field(metadata=said("签名及其算法、密钥编号"))


@frozen(kw_only=True)
class CheckpointView:
    """A signed checkpoint (``audit-checkpoint/1``), to be verified offline."""

    format: str = field(metadata=said("格式", example="audit-proof/1"))
    log: str = field(metadata=said("日志的名称", example="0123abcd"))
    size: int = field(metadata=said("日志的记录数", example=1000))
    root: str = field(metadata=said("Merkle树根的散列，十六进制", example="00ff"))
    at: datetime = field(metadata=said("时间", example="2026-01-31T08:00:00+00:00"))
    previous: str = field(metadata=said("上一个检查点的SM3，十六进制"))
    frontier: tuple[str, ...] = field(metadata=said("Merkle树右缘各峰的散列，十六进制"))
    signature: Mapping[str, str] = field(metadata=said("签名及其算法、密钥编号"))


@frozen(kw_only=True)
class WitnessedView:
    """A checkpoint and what its witnesses said."""

    checkpoint: CheckpointView = field(metadata=said("检查点"))
    cosignatures: tuple[CosignatureView, ...] = field(metadata=said("见证方的会签"))


@frozen(kw_only=True)
class ProofView:
    """The proof of a row (``audit-proof/1``), to be verified by ``supervision audit verify``."""

    format: str = field(metadata=said("格式", example="audit-proof/1"))
    row: str = field(metadata=said("该条记录的规范JSON文本", example="{}"))
    number: int = field(metadata=said("记录编号，从0起连续", example=0))
    path: tuple[str, ...] = field(metadata=said("从叶到根的散列，十六进制"))
    checkpoint: CheckpointView = field(metadata=said("检查点"))
    cosignatures: tuple[CosignatureView, ...] = field(metadata=said("见证方的会签"))


@frozen(kw_only=True)
class ProveEntry:
    """The row to be proved."""

    number: int = field(metadata=said("记录编号，从0起连续", example=0))


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
