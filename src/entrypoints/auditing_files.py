"""Rows of the audit log as files for people, and the whole of it as a file to verify."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from entrypoints.auditing import write_file
from entrypoints.container import Platform
from supervision_core.audit.model import AuditRow, Outcome
from supervision_core.audit.ports import AuditFilter, AuditQueries
from supervision_core.identity.model import Actor
from supervision_core.identity.services.auditing import ExportLog, export_log
from supervision_core.kernel.documents import ResultColumn, ResultSheet
from supervision_core.kernel.paging import Page, PageRequest, every_page
from supervision_core.kernel.plain import from_plain
from supervision_core.kernel.tables import ColumnKind

_COLUMNS: Final = (
    ResultColumn("序号", ColumnKind.INTEGER, 10),
    ResultColumn("时间（UTC）", width=28),
    ResultColumn("操作人", width=28),
    ResultColumn("部门", width=28),
    ResultColumn("操作", width=28),
    ResultColumn("结果", width=8),
    ResultColumn("请求摘要", ColumnKind.CODE, 66),
    ResultColumn("对象", width=60),
    ResultColumn("备注", width=60),
)
_OUTCOMES: Final = {Outcome.DONE: "完成", Outcome.DENIED: "拒绝"}
_RISKY: Final = ("=", "+", "-", "@", "\t", "\r")


def export_rows(platform: Platform, file: Path, wanted: AuditFilter, *, actor: Actor) -> int:
    """Write the rows that are wanted, as far as the actor reaches; give how many.

    The log notes it before a row leaves. A ``.jsonl`` holds the whole log and its checkpoints.
    """
    asked = ExportLog(wanted=wanted, kind=file.suffix)
    reached = from_plain(AuditFilter, platform.commands.run(export_log, asked, actor=actor))
    if file.suffix == ".jsonl":
        store = platform.auditing().store
        segments = store.checkpoints.segments()
        first = segments[-1].upto if segments else 0
        size = store.checkpoints.end(first).size
        write_file(file, store, first, size)
        return size - first
    rows = [_cells(row) for row in _all(platform, reached)]
    if file.suffix == ".csv":
        with file.open("w", encoding="utf-8-sig", newline="") as out:
            written = csv.writer(out)
            written.writerow(column.title for column in _COLUMNS)
            written.writerows([_harmless(cell) for cell in row] for row in rows)
    else:
        sheet = ResultSheet(name="审计日志", columns=_COLUMNS, rows=rows)
        file.write_bytes(platform.tables.results([sheet]))
    return len(rows)


def _all(platform: Platform, wanted: AuditFilter) -> Iterator[AuditRow]:
    def ask(request: PageRequest) -> Page[AuditRow]:
        with platform.transactions.begin_reading() as unit:
            return unit[AuditQueries].search(wanted, request)

    for page in every_page(ask, order="oldest"):
        yield from page.items


def _cells(row: AuditRow) -> tuple[int | str, ...]:
    entry = row.entry
    return (
        row.number,
        entry.at.isoformat(),
        entry.actor,
        entry.department,
        entry.action,
        _OUTCOMES[entry.outcome],
        entry.request,
        "、".join(entry.targets),
        "；".join(f"{name}={fact}" for name, fact in entry.note),
    )


def _harmless(cell: int | str) -> int | str:
    """Keep a spreadsheet from taking text for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_RISKY) else cell
