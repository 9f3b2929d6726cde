"""Jobs that give the rows of a list out: of any number, in files that can be opened."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache, partial
from itertools import chain, count, islice
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from attrs import evolve

from entrypoints.catalogue import asked_type
from entrypoints.element_sets import elements_asked
from entrypoints.jobs.files import order_in, order_of
from entrypoints.jobs.running import Came, Run, Running
from entrypoints.list_tables import ListSheet
from entrypoints.registered import lists
from supervision_core.identity.services.lists import cases_of
from supervision_core.kernel.canonical import sm3
from supervision_core.kernel.listing import ListQuery
from supervision_core.kernel.paging import every_page
from supervision_core.kernel.plain import to_plain
from supervision_core.kernel.tables import Cell

ROWS_A_FILE: Final = 50_000
"""What a workbook of the widest list still holds within the size of files that are kept."""


def export_order(query: ListQuery[Any], asked: Any, columns: Sequence[str] = ()) -> bytes:
    """Give the file that tells a job which rows of a list to give out, and which columns."""
    return order_of({"list": query.name, "asked": to_plain(asked), "columns": list(columns)})


@cache
def exports() -> Mapping[str, Run]:
    """Give what the export of each list does, by its use case."""
    return MappingProxyType({
        cases_of(query).export.name: partial(_export, query)
        for query in lists().values()
        if query.exported
    })  # fmt: skip


def _export(query: ListQuery[Any], running: Running) -> Came:
    cases, platform, actor = cases_of(query), running.platform, running.actor
    asked: Any = order_in(running.file, "asked", cases.asking)
    columns: Any = order_in(running.file, "columns", tuple[str, ...], without=[])
    sheet = ListSheet(query, elements_asked(platform, query, asked, actor), columns)
    files = list(_files(sheet, _rows(sheet, asked, running), running))
    running.expect(running.through)
    given = asked_type(cases.noting)(asked=asked, rows=running.through)
    key = sm3(f"{running.job.key}/given".encode()).hex()
    platform.commands.run(cases.noting, given, actor=actor, key=key)
    said = f"共导出{running.through}条" + (f"，分{len(files)}个文件" if len(files) > 1 else "")
    if not running.through:
        said = "没有导出任何一行：按所选条件没有数据，请核对查询条件和数据范围后重新导出"
    return Came(done=running.through, lines=(said,), files=tuple(_named(query.title, files)))


def _rows(sheet: ListSheet, asked: Any, running: Running) -> Iterator[tuple[Cell, ...]]:
    """Give the rows page by page: rights are asked for anew with each."""
    cases = cases_of(sheet.query)

    def page(request: Any) -> Any:
        about = evolve(asked, page=request)
        return running.platform.commands.ask(cases.exporting, about, actor=running.actor)

    for found in every_page(page, order=asked.page.order):
        yield from sheet.rows(found)
        running.advance(len(found.items))


def _files(sheet: ListSheet, rows: Iterator[tuple[Cell, ...]], running: Running) -> Iterator[Path]:
    """Write as many workbooks as it takes, one at least."""
    for number in count():
        first = list(islice(rows, 1))
        if number and not first:
            return
        path = running.folder / f"{number}.xlsx"
        part = islice(chain(first, rows), ROWS_A_FILE)
        with path.open("wb") as into:
            running.platform.tables.stream([sheet.of(part)], into)
        yield path


def _named(title: str, files: list[Path]) -> Iterator[tuple[str, Path]]:
    for number, path in enumerate(files, 1):
        yield (f"{title}（{number}）.xlsx" if len(files) > 1 else f"{title}.xlsx"), path
