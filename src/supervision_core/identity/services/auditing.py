"""What the audit administrator does with the log; every look into it stands in it."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from attrs import evolve, field, frozen

from supervision_core.audit.model import AuditRow
from supervision_core.audit.ports import (
    AuditFilter,
    AuditLog,
    AuditQueries,
    Segment,
    Segments,
)
from supervision_core.audit.services import require_due, segments_digest
from supervision_core.identity.model import Actor
from supervision_core.identity.ports import Departments
from supervision_core.identity.services.frame import Work, use_case
from supervision_core.identity.services.keeping import require_everything
from supervision_core.kernel.canonical import Json
from supervision_core.kernel.fields import said
from supervision_core.kernel.paging import PageRequest
from supervision_core.kernel.plain import to_plain

_WHOLE = "0000"
"""How the code of a province's own level ends: its auditor sees every department."""


@frozen(kw_only=True)
class SearchLog:
    """Which rows of the log are wanted, and which page of them (1 to 200 rows)."""

    wanted: AuditFilter = field(factory=AuditFilter, metadata=said("查询条件"))
    size: int = field(default=50, metadata=said("日志的记录数", example=1000))
    cursor: str | None = field(default=None, metadata=said("上一页答复中的next_cursor"))
    order: str = field(default="", metadata=said("排序方式，空为常用排序"))


@use_case("audit.search", "查询审计日志")
def search_log(work: Work, cmd: SearchLog) -> Mapping[str, Json]:
    """Look rows up in the log, the newest first, as far as they concern the auditor's departments.

    The search itself is one row of the log. Order ``oldest`` begins with the oldest.
    """
    request = PageRequest(size=cmd.size, cursor=cmd.cursor, order=cmd.order)
    request.require_order("oldest")
    page = work[AuditQueries].search(within_reach(work, cmd.wanted), request)
    work.note(found=str(len(page.items)))
    return {"rows": [row_plain(row) for row in page.items], "next_cursor": page.next_cursor}


def row_plain(row: AuditRow) -> Mapping[str, Json]:
    """Give a row as plain JSON."""
    entry = to_plain(row.entry)
    return {"number": row.number, **(entry if isinstance(entry, Mapping) else {})}


def within_reach(work: Work, wanted: AuditFilter) -> AuditFilter:
    """Limit what is wanted to the departments whose log the actor may read.

    Those of his scope; where it names none, his own and those below it, or all for the auditor of
    the whole region.
    """
    actor = work.actor
    reached = actor.scope.departments or _own(work, actor)
    return evolve(wanted, departments=reached)


def _own(work: Work, actor: Actor) -> frozenset[str] | None:
    if actor.scope.region.endswith(_WHOLE):
        return None
    below = work[Departments].tree().below(actor.department) if actor.department else ()
    return frozenset({actor.department, *below})


@frozen(kw_only=True)
class ExportLog:
    """Which rows are given out, and as what kind of file."""

    wanted: AuditFilter = field(factory=AuditFilter, metadata=said("导出条件"))
    kind: str = field(metadata=said("对象类型", example="user"))


@use_case("audit.export", "导出审计日志")
def export_log(work: Work, cmd: ExportLog) -> Mapping[str, Json]:
    """Note that rows of the log are given out as a file; answers the filter that holds for it."""
    reached = within_reach(work, cmd.wanted)
    work.note(kind=cmd.kind)
    plain = to_plain(reached)
    return plain if isinstance(plain, Mapping) else {}


@frozen(kw_only=True)
class ArchiveSegment:
    """Rows ``first`` up to, not including, ``upto``, that a file with that digest (SM3) holds."""

    first: int = field(metadata=said("归档的第一条记录的编号", example=0))
    upto: int = field(metadata=said("归档到哪一条记录之前", example=1000))
    file: str = field(metadata=said("归档文件的名称", example="audit-0-1000.jsonl"))
    digest: str = field(metadata=said("归档文件的SM3，十六进制", example="00ff"))
    days: int = field(metadata=said("归档多少天以前的记录", example=180))


@use_case("audit.archive", "归档审计日志")
def archive_segment(work: Work, cmd: ArchiveSegment) -> int:
    """Take rows off the database that a file holds, never before 183 days; answers how many.

    The log keeps the digest of the file, and one over all that was ever archived. It is for the
    auditor of the whole province.
    """
    require_everything(work, "audit.archive")
    term = timedelta(days=cmd.days)
    kept = work[Segments].all()
    begins = kept[-1].upto if kept else 0
    last = _moment(work, cmd.upto - 1) if cmd.upto > cmd.first else None
    require_due(first=cmd.first, begins=begins, last=last, term=term, now=work.now)
    segment = Segment(first=cmd.first, upto=cmd.upto, file=cmd.file, digest=cmd.digest, at=work.now)
    work[Segments].prune(segment)
    work.wrote("segment", f"{cmd.first}-{cmd.upto}")
    work.note(digest=cmd.digest, segments=segments_digest([*kept, segment]))
    return cmd.upto - cmd.first


def _moment(work: Work, number: int) -> datetime | None:
    row = next(work[AuditLog].rows(number), None)
    return row.entry.at if row is not None and row.number == number else None
