"""Checklists as files: the sheet on paper, as a Word document, and as a workbook."""

from collections.abc import Callable
from functools import partial
from typing import Final

from entrypoints.checklist_sheets import paper_of, workbook_of
from entrypoints.http.api.items import DOCX, PDF
from entrypoints.http.api.tables import XLSX
from entrypoints.http.routes import Call, Reply, Route
from supervision_core.checklists.model import ChecklistLocked
from supervision_core.checklists.services.sheets import ChecklistSheet, ViewSheet, view_sheet
from supervision_core.kernel.documents import LetterKind

_BASE: Final = "/api/v1/checklists/checklists/{checklist_id}/sheet"
Render = Callable[[Call, ChecklistSheet], bytes]


def _file(render: Render, ending: str, call: Call, about: ViewSheet) -> Reply:
    found = call.platform.commands.ask(view_sheet, about, actor=call.who)
    return Reply(value=render(call, found), filename=f"{found.sheet.name}.{ending}")


def _on_paper(kind: LetterKind) -> Render:
    return lambda call, found: call.platform.papers.render(paper_of(found), kind)


def _workbook(call: Call, found: ChecklistSheet) -> bytes:
    return call.platform.tables.results(workbook_of(found))


def _route(ending: str, title: str, media: str, render: Render) -> Route:
    return Route(
        method="GET", path=f"{_BASE}/{ending}", name=f"checklists_sheet_{ending}",
        title=f"下载检查单（{title}）", access=view_sheet.permission, asked=ViewSheet,
        answered=bytes, run=partial(_file, render, ending), gives=media,
        refusals=(ChecklistLocked,), text="检查单一个版本的表样，表头留空，供检查时填写。",
    )  # fmt: skip


CHECKLIST_ROUTES: tuple[Route, ...] = (
    _route("docx", "Word", DOCX, _on_paper(LetterKind.DOCX)),
    _route("pdf", "PDF", PDF, _on_paper(LetterKind.PDF)),
    _route("xlsx", "Excel", XLSX, _workbook),
)
"""Routes by hand of what questions cannot say."""
