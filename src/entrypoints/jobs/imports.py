"""Jobs that take tables in: one for each use case that does, found by its declaration."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from pathlib import Path
from types import MappingProxyType
from typing import Any, BinaryIO, Final

from entrypoints.container import Platform
from entrypoints.directory_intake import IMPORTS, import_directory
from entrypoints.intake import (
    ImportReport,
    Reason,
    open_subjects,
    reasons_of,
    store_subjects,
)
from entrypoints.jobs.running import Came, Run, Running
from entrypoints.list_intake import import_list, intake_of
from entrypoints.officer_tables import take_in_workbook
from entrypoints.register_tables import import_register
from entrypoints.registered import lists, registers
from supervision_core.identity.services.registers import cases_of
from supervision_core.kernel.registers import RegisterVerb
from supervision_core.officers.services import import_officers
from supervision_core.subjects.services import import_subjects

MOST_REASONS: Final = 20
"""Of a table, in the log of its job; all are in the workbook at its end."""
MOST_PLACES: Final = 5
WRONG_ROWS: Final = "未导入的行.xlsx"
Import = Callable[..., ImportReport]
"""Takes platform and file; ``actor``, ``errors``, ``key``, ``expect`` and ``advance`` by name."""


@cache
def workbooks() -> Mapping[str, Import]:
    """Give what takes a workbook in, by the name of its use case."""
    found: dict[str, Import] = {import_officers.name: take_in_workbook}
    for register in registers().values():
        if case := cases_of(register).of(RegisterVerb.IMPORT):
            found[case.name] = partial(_of_register, register)
    for intake in filter(None, map(intake_of, lists().values())):
        found[intake.case.name] = partial(_of_list, intake)
    for what, (case, _) in IMPORTS.items():
        found[case.name] = partial(_of_directory, what)
    return MappingProxyType(found)


@cache
def imports() -> Mapping[str, Run]:
    """Give what the import of each use case does, by its name."""
    runs = {name: partial(_run, one) for name, one in workbooks().items()}
    return MappingProxyType({import_subjects.name: _subjects, **runs})


def _of_register(register: Any, platform: Platform, file: BinaryIO, **how: Any) -> ImportReport:
    return import_register(platform, register, file, **how)


def _of_list(intake: Any, platform: Platform, file: BinaryIO, **how: Any) -> ImportReport:
    return import_list(platform, intake, file, **how)


def _of_directory(what: str, platform: Platform, file: BinaryIO, **how: Any) -> ImportReport:
    return import_directory(platform, what, file, **how)


def _run(take_in: Import, running: Running) -> Came:
    with running.file.open("rb") as file:
        found = take_in(running.platform, file, **_how(running))
    return _came(running, found)


def _subjects(running: Running) -> Came:
    region = running.actor.scope.region
    with open_subjects(running.platform, running.file, region=region) as reading:
        source = running.job.source or running.job.title
        found = store_subjects(running.platform, reading, source=source, **_how(running))
    return _came(running, found)


def _how(running: Running) -> dict[str, Any]:
    return {
        "actor": running.actor, "errors": _errors(running), "key": running.job.key,
        "expect": running.expect, "advance": running.advance,
    }  # fmt: skip


def _errors(running: Running) -> Path:
    return running.folder / "errors.xlsx"


def _came(running: Running, found: ImportReport) -> Came:
    errors = _errors(running)
    files = ((WRONG_ROWS, errors),) if errors.exists() else ()
    return Came(done=found.taken, lines=tuple(_told(found, running.platform)), files=files)


def _told(found: ImportReport, platform: Platform) -> Iterator[str]:
    if found.nothing:
        yield found.nothing
    repeated = f"重复{found.repeated}，" if found.repeated else ""
    yield (
        f"共{found.rows}行：新增{found.added}，更新{found.changed}，未变{found.same}，"
        f"{repeated}未导入{found.refused}"
    )
    for sheet in found.unread:
        yield f"工作表“{sheet.sheet}”没有读取：表头不全"
    reasons = reasons_of(found, platform.messages)
    sheets = len({one.sheet for one in found.faults})
    yield from (_reason(one, sheets) for one in reasons[:MOST_REASONS])
    if len(reasons) > MOST_REASONS:
        yield f"另有{len(reasons) - MOST_REASONS}种原因未列出，见结果文件"
    if found.refused:
        yield "未导入的行在结果文件中，每行写明原因和办法，改好后再导入这个文件即可"


def _reason(one: Reason, sheets: int) -> str:
    """Say what is wrong in which rows, and what to do; the sheet too where there are several."""
    rows = "、".join(
        f"{each.sheet}!{each.fault.row}" if sheets > 1 else str(each.fault.row)
        for each in one.places[:MOST_PLACES]
    )
    more = f"等{count}行" if (count := len(one.places)) > MOST_PLACES else ""
    became = "未导入，" if one.kept_out else "已导入，请核对"
    column, said = one.column or "整行", one.said
    return f"第{rows}行{more}{became}“{column}”：{said.reason}；{said.remedy}"
