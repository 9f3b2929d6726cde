"""Running the whole cycle in one folder, anew or on from where it was broken off."""

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import IO, Any, ClassVar

from attrs import define

from entrypoints.cli.console import Console
from entrypoints.container import (
    FixedClock,
    WorkbookTables,
    demo_deposits,
    generate_firms,
    generate_officers,
    open_platform,
)
from entrypoints.demo import closing, drawing, furnishing, inspecting, preparing
from entrypoints.demo.cycle import Cycle
from entrypoints.demo.field import Field
from entrypoints.demo.files import put, put_json
from entrypoints.demo.office import Office
from entrypoints.demo.outcome import Outcomes, outcome_of, sheets
from entrypoints.demo.papers import Papers
from entrypoints.demo.printing import Printer
from entrypoints.demo.settings import FIRST_DAY, DemoSettings, moment_of_stage
from entrypoints.intake import ImportReport, batch, open_sheets
from entrypoints.words import all_messages
from supervision_core.kernel.canonical import Json
from supervision_core.kernel.errors import Refused, Violation
from supervision_core.kernel.plain import from_plain, to_plain
from supervision_core.officers.intake import OFFICER_TABLE
from supervision_core.subjects.intake import SUBJECT_TABLE

MARK = "demo.json"
SUMMARY = "总结.json"
_CLEARING: dict[str, Json] = {"clearing": True}


@define(eq=False)
class DemoNotStarted(Refused):
    """The folder cannot be used for this run."""

    code: ClassVar[str] = "demo.not_started"


@define(eq=False)
class DemoFolderBusy(Refused):
    """Another process carries out a demo in the folder."""

    code: ClassVar[str] = "demo.folder_busy"


def run_demo(settings: DemoSettings, console: Console, *, fresh: bool) -> dict[str, Json]:
    """Carry the pilot scenes through one cycle; give the numbers and lines of its summary.

    A folder of a finished run answers at once; of a broken-off one, the run goes on; with
    ``fresh`` it starts anew. Raises ``DemoNotStarted`` for a folder of something else or of a run
    with other inputs, ``DemoFolderBusy`` for one that another process works in, and a ``Refused``
    for a workbook of the user's that is no table; then the folder is as it was.
    """
    folder = settings.folder
    if _foreign(folder):
        raise DemoNotStarted((Violation("demo.folder_taken", data={"folder": str(folder)}),))
    if fresh or not (folder / MARK).exists():
        _look_at_inputs(settings)
    folder.mkdir(parents=True, exist_ok=True)
    with _alone(folder):
        if fresh or _half_cleared(folder):
            _clear(folder)
        _agree(folder, settings)
        summary = folder / SUMMARY
        if not summary.exists():
            with batch():
                put_json(summary, _carry_out(settings, console))
        found: dict[str, Json] = json.loads(summary.read_text(encoding="utf-8"))
        return found


def _look_at_inputs(settings: DemoSettings) -> None:
    """Refuse what is no table before anything is made or taken away."""
    files = WorkbookTables(all_messages())
    for path, table in ((settings.firms, SUBJECT_TABLE), (settings.officers, OFFICER_TABLE)):
        if path is not None:
            with open_sheets(files, path, table):
                pass


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    lock = folder.parent / f".{folder.name}.lock"
    with lock.open("w") as file:
        try:
            _hold(file)
        except (BlockingIOError, PermissionError) as error:
            raise DemoFolderBusy((Violation(DemoFolderBusy.code),)) from error
        yield


def _hold(file: IO[str]) -> None:
    """Lock a file until it is closed. Raises ``BlockingIOError``; Windows ``PermissionError``."""
    try:
        import fcntl  # noqa: PLC0415 - not on Windows
    except ImportError:
        windows: Any = import_module("msvcrt")
        windows.locking(file.fileno(), windows.LK_NBLCK, 1)
    else:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _foreign(folder: Path) -> bool:
    """Tell whether something lies in the folder that no run has put there."""
    if not folder.exists() or (folder / MARK).exists():
        return False
    return any(not path.match(f".{MARK}.*.part") for path in folder.iterdir())


def _half_cleared(folder: Path) -> bool:
    mark = folder / MARK
    return mark.exists() and json.loads(mark.read_text(encoding="utf-8")) == _CLEARING


def _clear(folder: Path) -> None:
    """Take away what a run left.

    The mark goes last, so that a break leaves it ours, and says before what is being done: what a
    break leaves of a run must not be taken for that run.
    """
    if (folder / MARK).exists():
        put_json(folder / MARK, _CLEARING)
    for path in folder.iterdir():
        if path.name == MARK:
            continue
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()
    (folder / MARK).unlink(missing_ok=True)


def _agree(folder: Path, settings: DemoSettings) -> None:
    mark, stated = folder / MARK, settings.stated()
    if not mark.exists():
        put_json(mark, dict(stated))
        return
    found = json.loads(mark.read_text(encoding="utf-8"))
    if other := sorted(name for name in stated if found.get(name) != stated[name]):
        raise DemoNotStarted(tuple(Violation("demo.inputs_differ", at=name) for name in other))


def _carry_out(settings: DemoSettings, console: Console) -> dict[str, Json]:
    for unfinished in settings.folder.rglob(".*.part"):
        unfinished.unlink(missing_ok=True)
    _generate(settings, console)
    clock = FixedClock(moment_of_stage("import"))
    database = f"sqlite:///{settings.folder / 'supervision.db'}"
    witness = demo_deposits(settings.folder / "演示见证方" / "key.hex")
    platform = open_platform(database, clock=clock, make_keys=True, deposits=witness)
    try:
        cycle = Cycle(
            platform=platform,
            clock=clock,
            settings=settings,
            console=console,
            office=Office(platform),
            people=Field(settings.seed),
        )
        with Printer() as printer:
            return _cycle(cycle, Papers(cycle, printer))
    finally:
        platform.engine.dispose()


def _generate(settings: DemoSettings, console: Console) -> None:
    inputs = settings.folder / "输入"
    inputs.mkdir(exist_ok=True)
    for own, path, generate, count, words in (
        (settings.firms, settings.firms_file, generate_firms, settings.count, "户企业"),
        (
            settings.officers,
            settings.officers_file,
            generate_officers,
            settings.officer_count,
            "名执法人员",
        ),
    ):
        if own is None and not path.exists():
            console.tell(f"· 生成示例名单：{count}{words}")
            beside = path.with_name(f"{path.stem}.part.xlsx")
            generate(beside, count, settings.seed, as_of=FIRST_DAY)
            beside.replace(path)


def _cycle(cycle: Cycle, papers: Papers) -> dict[str, Json]:
    folder = cycle.settings.folder
    scenes = preparing.install(cycle)
    firms = _once(folder / "导入" / "企业.json", lambda: preparing.take_in_firms(cycle))
    officers = _once(folder / "导入" / "执法人员.json", lambda: preparing.take_in_officers(cycle))
    preparing.gather(cycle, scenes)
    preparing.assess(cycle, "assess")
    preparing.plan(cycle)
    drawing.draw(cycle)
    papers.proofs()
    inspecting.dispatch(cycle)
    inspecting.inspect(cycle, papers)
    papers.opinions()
    closing.close(cycle)
    papers.archives()
    papers.checking()
    closing.publish(cycle)
    preparing.assess(cycle, "reassess")
    furnishing.furnish(cycle)
    outcomes = Outcomes(
        firms=firms,
        officers=officers,
        scenes=tuple(outcome_of(cycle, run) for run in cycle.runs),
        skipped=cycle.skipped,
    )
    put(folder / "结果.xlsx", cycle.platform.tables.results(sheets(cycle, outcomes)))
    lines = outcomes.lines(str(folder))
    put(folder / "总结.txt", ("\n".join(lines) + "\n").encode())
    return {"lines": list(lines), **outcomes.plain()}


def _once(path: Path, take_in: Callable[[], ImportReport]) -> ImportReport:
    """Import a file, or give the report of when it was: a second one would count all as same."""
    if path.exists():
        return from_plain(ImportReport, json.loads(path.read_text(encoding="utf-8")))
    report = take_in()
    put_json(path, to_plain(report))
    return report
