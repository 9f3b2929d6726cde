"""Reading tables here and in a process beside, and storing them in chunks."""

import pickle
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import func, select

from adapters.sql.engine.schema import audit_row, outbox
from adapters.sql.frame import commit
from adapters.sql.subject_facts import STATED, subject_statement
from adapters.sql.subjects import subject, subject_tag
from entrypoints.actors import operator
from entrypoints.container import Platform, generate_firms, open_platform
from entrypoints.intake import (
    ImportReport,
    Sheets,
    TableUnfit,
    open_subjects,
    opening,
    ordering,
    reading,
    store_subjects,
)
from entrypoints.intake.beside import (
    Correction,
    Order,
    ReaderDied,
    ReadingBeside,
    packed,
    reading_beside,
    serve,
)
from entrypoints.intake.reading import Findings
from entrypoints.words import all_messages
from supervision_core.kernel.canonical import Json
from supervision_core.kernel.codes.credit_code import (
    complete_credit_code,
    complete_organisation_code,
)
from supervision_core.kernel.days import local_day
from supervision_core.kernel.errors import Refused
from supervision_core.kernel.events import Event
from supervision_core.kernel.outbox import event_facts
from supervision_core.kernel.plain import digest
from supervision_core.kernel.tables import RowFault
from supervision_core.testing.units import refuses

HEADINGS = "企业名称,统一社会信用代码,所在区县"
CODES = [
    complete_credit_code("91450100" + complete_organisation_code(f"MA5KA{at:03}"))
    for at in range(9)
]


@pytest.fixture
def platform(tmp_path: Path) -> Iterator[Platform]:
    """Give an empty platform."""
    made = open_platform(f"sqlite:///{tmp_path}/a.db")
    yield made
    made.engine.dispose()


@pytest.fixture
def firms(tmp_path: Path) -> Path:
    """Give a messy workbook of several sheets."""
    path = tmp_path / "firms.xlsx"
    generate_firms(path, 2_000, 7)
    return path


def take(platform: Platform, path: Path, errors: Path, key: str | None = None) -> ImportReport:
    """Import a file."""
    with open_subjects(platform, path, region="450000") as found:
        return store_subjects(
            platform, found, source=path.name, actor=operator(), errors=errors, key=key
        )


def stored(platform: Platform) -> list[list[tuple[object, ...]]]:
    """Give what is stored, without the ids."""
    named = select(subject.c.code, subject.c.name, subject.c.region, subject.c.body)
    tagged = select(subject.c.code, func.count()).join(subject_tag).group_by(subject.c.code)
    said = select(subject.c.code, *(subject_statement.c[name] for name in STATED)).join(
        subject_statement, subject_statement.c.subject_id == subject.c.id
    )
    with platform.engine.connect() as connection:
        return [
            sorted((tuple(row) for row in connection.execute(asked)), key=repr)
            for asked in (named, tagged, said)
        ]


def cells(path: Path) -> Sequence[Sequence[object]]:
    """Read the first sheet."""
    return CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()


def table(path: Path, rows: Sequence[tuple[str, str]]) -> Path:
    """Write a CSV file of names and codes."""
    lines = [HEADINGS, *(f"{name},{code},青秀区" for name, code in rows)]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_read_beside_a_table_is_what_it_is_read_here(
    platform: Platform, firms: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The report, the rows to correct and all that is stored do not depend on who reads."""
    other = open_platform(f"sqlite:///{tmp_path}/b.db")
    monkeypatch.setattr(reading, "CHUNK", 700)
    here = take(platform, firms, tmp_path / "here.xlsx")
    monkeypatch.setattr(opening, "LARGE", 0)
    beside = take(other, firms, tmp_path / "beside.xlsx")
    assert here == beside
    assert here.added > 1_500
    assert here.refused
    assert here.repeated
    assert len({fault.sheet for fault in here.faults}) > 1
    assert cells(tmp_path / "here.xlsx") == cells(tmp_path / "beside.xlsx")
    assert stored(platform) == stored(other)
    other.engine.dispose()


def test_what_passes_between_the_processes_arrives_as_it_was(
    platform: Platform, firms: Path
) -> None:
    """Every entry comes out of its bytes equal, in type too."""
    with open_subjects(platform, firms, region="450000") as found:
        chunks = list(found.chunks())
    assert sum(len(chunk.entries) for chunk in chunks) > 1_500
    for chunk in chunks:
        again = pickle.loads(packed(chunk))  # noqa: S301 - made here
        assert again == chunk
        assert repr(again) == repr(chunk)


def test_the_log_tells_of_which_file_each_part_was(
    platform: Platform, firms: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The digest of a command follows from the file, its place in it and what it was read against.

    So whoever holds the file finds it again, wherever it was read.
    """
    monkeypatch.setattr(reading, "CHUNK", 700)
    copy = tmp_path / "copy.xlsx"
    copy.write_bytes(firms.read_bytes())
    other = table(tmp_path / "t.csv", [("甲公司", CODES[0])])

    def contents(path: Path, region: str = "450000") -> list[str]:
        with open_subjects(platform, path, region=region) as found:
            return [chunk.content for chunk in found.chunks()]

    first = contents(firms)
    assert len(set(first)) == 3
    assert contents(copy) == first
    assert set(first).isdisjoint(contents(firms, region="450100"))
    assert set(first).isdisjoint(contents(other))
    take(platform, firms, tmp_path / "e.xlsx")
    with platform.engine.connect() as connection:
        wanted = {digest({"source": firms.name, "content": one}) for one in first}
        assert set(connection.execute(select(audit_row.c.request)).scalars()) == wanted


def test_rows_wait_for_those_that_may_contradict_them(
    platform: Platform, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A row that the last row of the file contradicts stays out, though chunks went in between."""
    monkeypatch.setattr(reading, "CHUNK", 1)
    rows = [(f"公司{at}", code) for at, code in enumerate(CODES)]
    path = table(tmp_path / "t.csv", [*rows, ("公司一", CODES[1]), ("公司2", CODES[2])])
    report = take(platform, path, tmp_path / "e.xlsx")
    assert (report.added, report.refused, report.repeated) == (len(CODES) - 1, 2, 1)
    assert [row[1] for row in cells(tmp_path / "e.xlsx")[1:]] == ["统一社会信用代码"] * 2
    with platform.engine.connect() as connection:
        assert CODES[1] not in set(connection.execute(select(subject.c.code)).scalars())
        chunks = select(func.count()).where(audit_row.c.action == "subjects.import")
        assert connection.execute(chunks).scalar_one() == len(CODES) - 1


def test_a_status_that_stays_is_told_by_its_row(platform: Platform, tmp_path: Path) -> None:
    """The rest of the row goes in; the report names row, column, reason and remedy."""
    path = tmp_path / "t.csv"

    def taken(name: str, status: str) -> ImportReport:
        path.write_text(f"{HEADINGS},登记状态\n{name},{CODES[0]},青秀区,{status}\n", "utf-8")
        return take(platform, path, tmp_path / "e.xlsx")

    taken("甲公司", "存续")
    report = taken("乙公司", "停业")
    assert (report.changed, report.refused, report.warnings) == (1, 0, 1)
    (placed,) = report.faults
    assert (placed.fault.row, placed.fault.column) == (2, "登记状态")
    said = all_messages().explain(placed.fault.violation)
    assert "与登记簿的“存续”不同" in said.reason
    assert "申请变更登记状态" in said.remedy
    with platform.engine.connect() as connection:
        asked = select(subject.c.name, subject.c.status)
        assert connection.execute(asked).one()[:] == ("乙公司", "active")


def test_a_refusal_beside_is_a_refusal(
    platform: Platform, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is no table is refused alike wherever it is read, and nothing goes in."""
    monkeypatch.setattr(opening, "LARGE", 0)
    page, unfit = tmp_path / "page.csv", tmp_path / "unfit.csv"
    page.write_text("<html></html>", encoding="utf-8")
    unfit.write_text(f"{HEADINGS},企业名称\n甲,1,青秀区,乙\n", encoding="utf-8")
    with pytest.raises(Refused) as refusal:
        take(platform, page, tmp_path / "e.xlsx")
    assert [one.code for one in refusal.value.reasons] == ["documents.file_is_web_page"]
    with refuses(TableUnfit):
        take(platform, unfit, tmp_path / "e.xlsx")
    with platform.engine.connect() as connection:
        assert connection.execute(select(func.count(subject.c.id))).scalar_one() == 0


def test_a_dead_reader_is_told_and_loses_nothing(
    platform: Platform, firms: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was stored before the reader died stays; the file sent again brings the rest."""
    whole = open_platform(f"sqlite:///{tmp_path}/b.db")
    take(whole, firms, tmp_path / "whole.xlsx")
    monkeypatch.setattr(opening, "LARGE", 0)
    with open_subjects(platform, firms, region="450000") as found:
        assert isinstance(found, ReadingBeside)
        found._process.kill()
        with pytest.raises(ReaderDied):
            store_subjects(platform, found, source=firms.name, actor=operator())
    take(platform, firms, tmp_path / "again.xlsx")
    assert stored(platform) == stored(whole)
    whole.engine.dispose()


def test_the_workbook_that_is_likely_to_be_asked_for_is_ready(
    platform: Platform, firms: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is made once, before anybody asks; another, where the store refused more, when asked."""
    with open_subjects(platform, firms, region="450000") as here:
        assert len(list(here.chunks())) == 1
        faults = here.findings().faults
        here.write_faulty(tmp_path / "here.xlsx", faults[:1])
    made: list[int] = []
    make = Sheets.faulty

    def counted(sheets: Sheets, faults: Iterable[RowFault]) -> bytes:
        made.append(len(given := tuple(faults)))
        return make(sheets, given)

    monkeypatch.setattr(Sheets, "faulty", counted)
    order = Order(path=str(firms), region="450000", today=local_day(platform.clock.now()))
    asked = [
        Correction(path=str(tmp_path / "a.xlsx"), faults=faults),
        Correction(path=str(tmp_path / "b.xlsx"), faults=faults[:1]),
    ]
    answers = BytesIO()
    serve(BytesIO(b"".join(map(packed, (order, *asked)))), answers)
    assert made == [len(faults), 1]
    assert (tmp_path / "b.xlsx").read_bytes() == (tmp_path / "here.xlsx").read_bytes()
    answers.seek(0)
    told = [pickle.load(answers) for _ in range(5)]  # noqa: S301 - made here
    assert isinstance(told[2], Findings)
    assert told[3:] == [None, None]


def test_the_reader_loads_no_database() -> None:
    """Before the first row everybody waits for it: it starts with what it reads with, no more."""
    script = "import sys, entrypoints.intake.beside; print('sqlalchemy' in sys.modules)"
    done = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", script], stdout=subprocess.PIPE, text=True, check=True
    )
    assert done.stdout == "False\n"


def test_rows_of_a_chunk_are_stored_in_the_order_of_lists(
    platform: Platform, tmp_path: Path
) -> None:
    """Each page of an index that lists by name is written once a chunk, not once a row."""
    path = tmp_path / "a.csv"
    names = ["丙公司", "甲公司", "乙公司"]
    rows = (f"{name},{code},南宁市青秀区" for name, code in zip(names, CODES, strict=False))
    path.write_text("\n".join([HEADINGS, *rows]), encoding="utf-8")
    take(platform, path, tmp_path / "errors.xlsx")
    with platform.engine.connect() as connection:
        stored = connection.exec_driver_sql("SELECT name FROM subject ORDER BY rowid").scalars()
        assert list(stored) == sorted(names)


def test_a_table_of_many_chunks_is_stored_by_name_and_found_the_same(
    platform: Platform, firms: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever sheet a row stands on: each chunk is a stretch of names, the last those that waited.

    Report, rows to correct and all that is stored are as where the file is one chunk in its order.
    """
    other = open_platform(f"sqlite:///{tmp_path}/b.db")
    whole = take(other, firms, tmp_path / "whole.xlsx")
    monkeypatch.setattr(reading, "CHUNK", 300)
    with open_subjects(platform, firms, region="450000") as found:
        chunks = [[one.draft.name for one in chunk.entries] for chunk in found.chunks()]
        waited = 2 * found.findings().repeated
    names = [name for some in chunks for name in some]
    assert len(chunks) > 4
    assert names[: len(names) - waited] == sorted(names[: len(names) - waited])
    assert take(platform, firms, tmp_path / "parts.xlsx") == whole
    assert cells(tmp_path / "parts.xlsx") == cells(tmp_path / "whole.xlsx")
    assert stored(platform) == stored(other)
    other.engine.dispose()


@pytest.mark.parametrize("count", [0, 5, 6, 20])
def test_names_are_put_in_order_in_parts(monkeypatch: pytest.MonkeyPatch, count: int) -> None:
    """By name, in the order of code points, then by row: however many parts were put aside."""
    monkeypatch.setattr(ordering, "PART", 6)
    monkeypatch.setattr(ordering, "_BLOCK", 4)
    rows = [(f"\U00020000{at * 7 % 4}" if at % 3 else "\uff21", at) for at in range(count)]
    by_name = ordering.ByName()
    for name, number in rows:
        by_name.add(name, number)
    assert list(by_name.numbers()) == [number for _, number in sorted(rows)]


def test_that_many_were_stored_is_written_out_once(
    platform: Platform, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The outbox has a row for each subject, and all of a chunk say the same."""
    told: list[Event] = []

    def counted(event: Event) -> Mapping[str, Json]:
        told.append(event)
        return event_facts(event)

    monkeypatch.setattr(commit, "event_facts", counted)
    with platform.engine.connect() as connection:
        before = connection.execute(select(func.count(outbox.c.position))).scalar_one()
    rows = [(f"公司{at}", code) for at, code in enumerate(CODES)]
    assert take(platform, table(tmp_path / "t.csv", rows), tmp_path / "e.xlsx").added == len(CODES)
    assert len(told) == 1
    with platform.engine.connect() as connection:
        found = connection.execute(select(outbox.c.thing, outbox.c.facts)).all()[before:]
    assert len({row.thing for row in found}) == len(CODES)
    assert len({row.facts for row in found}) == 1


def test_the_reader_never_outlives_its_parent(platform: Platform, firms: Path) -> None:
    """With nobody at the other end of its pipes the process ends, without a word."""
    order = Order(path=str(firms), region="450000", today=local_day(platform.clock.now()))
    for close_first in ("stdin", "stdout"):
        with subprocess.Popen(
            [sys.executable, "-m", "entrypoints.intake"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as process:
            assert process.stdin
            assert process.stdout
            assert process.stderr
            process.stdin.write(packed(order))
            process.stdin.flush()
            getattr(process, close_first).close()
            if close_first == "stdin":
                process.stdout.read()
            else:
                process.stdin.close()
            assert process.wait() == 0
            assert process.stderr.read() == b""


def test_under_a_key_an_import_sent_again_answers_as_before(
    platform: Platform, firms: Path, tmp_path: Path
) -> None:
    """With a key the report is the first one, and nothing is logged again; without, all is same."""
    first = take(platform, firms, tmp_path / "a.xlsx", key="k")
    with platform.engine.connect() as connection:
        logged = connection.execute(select(func.count(audit_row.c.position))).scalar_one()
    assert take(platform, firms, tmp_path / "b.xlsx", key="k") == first
    with platform.engine.connect() as connection:
        assert connection.execute(select(func.count(audit_row.c.position))).scalar_one() == logged
    again = take(platform, firms, tmp_path / "c.xlsx")
    assert (again.added, again.changed, again.same) == (0, 0, first.added)


def test_what_a_killed_reading_process_put_aside_is_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its temporary files lie in a folder of the process that stores, whatever their names."""
    place = tmp_path / "place"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    file = tmp_path / "firms.xlsx"
    generate_firms(file, 50, 7)
    with (
        suppress(KeyboardInterrupt),
        reading_beside(file, region="450000", today=date(2026, 5, 1)) as beside,
    ):
        told = Path(f"/proc/{beside._process.pid}/environ").read_bytes().split(b"\0")
        folder = next(one for one in told if one.startswith(b"TMPDIR=")).removeprefix(b"TMPDIR=")
        (Path(folder.decode()) / "rows").write_text("x")
        assert [Path(folder.decode())] == list(place.iterdir())
        raise KeyboardInterrupt
    assert list(place.iterdir()) == []
