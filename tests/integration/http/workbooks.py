"""Workbooks as administrators send and get them."""

import io
from collections.abc import Mapping, Sequence
from functools import cache

from python_calamine import CalamineWorkbook

from adapters.documents.workbooks import WorkbookTables
from entrypoints.directory_tables import FORMATS
from entrypoints.words import all_messages
from supervision_core.kernel.documents import ResultColumn, ResultSheet


def workbook(what: str, *rows: Mapping[str, str], **row: str) -> bytes:
    """Give a table of ``what`` with these rows, by the names of its columns."""
    asked = tuple(tuple(sorted(one.items())) for one in (*rows, *((row,) if row else ())))
    return _made(what, asked)


@cache
def _made(what: str, rows: tuple[tuple[tuple[str, str], ...], ...]) -> bytes:
    columns = FORMATS[what].columns
    sheet = ResultSheet(
        name="表",
        columns=[ResultColumn(one.title, one.kind) for one in columns],
        rows=[[dict(row).get(one.name, "") for one in columns] for row in rows],
    )
    return WorkbookTables(all_messages()).results([sheet])


def read(content: bytes) -> Sequence[Mapping[str, str]]:
    """Give the rows of a workbook by the titles of its columns."""
    titles, *rows = (
        CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    )
    return [dict(zip(map(str, titles), map(str, row), strict=True)) for row in rows]
