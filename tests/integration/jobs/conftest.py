"""A platform on SQLite with a clerk who may import, and tables of firms."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from attrs import define
from python_calamine import CalamineWorkbook
from sqlalchemy import Connection, create_engine, func, make_url, select, text

from adapters.documents.workbooks import WorkbookTables
from adapters.sql.engine.schema import audit_row, outbox
from entrypoints.container import Platform, open_platform
from entrypoints.jobs import stage
from entrypoints.words import all_messages
from supervision_core.audit.model import AuditEntry, Outcome, target_of
from supervision_core.audit.ports import AuditLog
from supervision_core.files.services import FetchFile, fetch_file
from supervision_core.identity.model import (
    Actor,
    Department,
    DepartmentData,
    GrantSheet,
    HolderKind,
    User,
    sheet_id,
)
from supervision_core.identity.ports import Departments, GrantSheets, Users
from supervision_core.identity.services.actors import actor_now
from supervision_core.jobs.model import Job, JobKind
from supervision_core.jobs.ports import Jobs
from supervision_core.jobs.services import StartJob, start_job
from supervision_core.kernel.codes.credit_code import complete_credit_code
from supervision_core.kernel.days import local_day
from supervision_core.kernel.documents import ResultColumn, ResultSheet
from supervision_core.kernel.errors import NotFound
from supervision_core.kernel.ports import UnitOfWork
from supervision_core.testing.identity import full_draft

CLERK = "clerk"
RIGHTS = (
    "subjects.import", "subjects.export_subjects", "subjects.tag",
    "subjects.list_subjects", "subjects.view_subject", "files.fetch", "jobs.start", "jobs.cancel",
    "jobs.retry", "jobs.list", "jobs.view",
)  # fmt: skip
HEADINGS = ("企业名称", "统一社会信用代码", "所属区划", "法定代表人")


def firms(
    count: int, *, wrong: int = 0, doubted: int = 0, name: str = "示例食品厂", first: int = 0
) -> bytes:
    """Give a workbook of so many firms, behind them some without any code, and mistyped ones."""
    rows = [
        (f"{name}{one}号", complete_credit_code(f"91450103MA5{one:06}"), "南宁市", "赵某某")
        for one in range(first, first + count)
    ]
    rows += [(f"没有代码的厂{one}", "", "南宁市", "钱某某") for one in range(wrong)]
    rows += [
        (f"代码有误的厂{one}", f"91450103MA6{one:06}0", "南宁市", "孙某某")
        for one in range(doubted)
    ]
    columns = [ResultColumn(one) for one in HEADINGS]
    sheet = ResultSheet(name="表", columns=columns, rows=rows)
    return WorkbookTables(all_messages()).results([sheet])


@define
class Office:
    """A platform with one clerk, and what he does."""

    platform: Platform
    url: str

    def clerk(self) -> Actor:
        """Give the clerk with the rights that he has now."""
        day = local_day(self.platform.clock.now())
        with self.platform.transactions.begin_reading() as unit:
            found = actor_now(unit, CLERK, "nanning", day)
        assert found is not None
        return found

    def start(self, table: bytes) -> str:
        """Let the clerk start the import of a table."""
        return self.begin(JobKind.IMPORT, "subjects.import", table, name="表.xlsx")

    def begin(self, kind: JobKind, case: str, content: bytes, name: str = "要求.txt") -> str:
        """Let the clerk start a job with a file of this content."""
        clerk = self.clerk()
        file = stage(self.platform, clerk, name, content)
        command = StartJob(kind=kind, case=case, source="名录", file=file)
        return self.platform.commands.run(start_job, command, actor=clerk)

    def fetched(self, job: str, file: str, folder: Path) -> tuple[str, list[list[str]]]:
        """Let the clerk download a workbook of a job; give its name and rows."""
        about = FetchFile(kind=Jobs.kind, thing_id=job, file_id=file)
        found = self.platform.commands.ask(fetch_file, about, actor=self.clerk())
        chunks = self.platform.files.sealed.chunks(found.id, found.form.value, found.part)
        path = folder / found.name
        path.write_bytes(b"".join(chunks))
        sheet = CalamineWorkbook.from_path(path).get_sheet_by_index(0)
        return found.name, [[str(cell) for cell in row] for row in sheet.to_python()]

    def noted(self, action: str) -> dict[str, str]:
        """Give what the log keeps of what was done last under that name."""
        with self.platform.engine.connect() as connection:
            asked = select(audit_row.c.note).where(audit_row.c.action == action)
            note = connection.execute(asked.order_by(audit_row.c.position.desc())).scalars().first()
        return dict(json.loads(str(note)))

    def counted(self, action: str) -> int:
        """Count how often the log names it as done."""
        with self.platform.engine.connect() as connection:
            asked = select(func.count()).where(
                audit_row.c.action == action, audit_row.c.outcome == Outcome.DONE.value
            )
            return connection.execute(asked).scalar_one()

    def events(self, kind: str) -> dict[str, str]:
        """Give what was told of things of a kind last, by their ids."""
        with self.platform.engine.connect() as connection:
            asked = select(outbox.c.thing, outbox.c.name).where(outbox.c.kind == kind)
            found = connection.execute(asked.order_by(outbox.c.position)).all()
        return {one.thing: one.name for one in found}

    def job(self, id: str) -> Job:
        """Give a job."""
        with self.platform.transactions.begin_reading() as unit:
            return unit[Jobs].get(id)

    def revoke(self, *permissions: str) -> None:
        """Take rights from the clerk."""
        with self.platform.transactions.begin() as unit:
            sheet = unit[GrantSheets].get(sheet_id(HolderKind.USER, CLERK))
            for one in permissions:
                sheet.revoke(one, at=self.platform.clock.now())
            unit[GrantSheets].save(sheet)
            _log(unit, self.platform, target_of(GrantSheets.kind, sheet.id, sheet.version))
            unit.commit()


def _log(unit: UnitOfWork, platform: Platform, *targets: str) -> None:
    """Name what was written in the log, so that the worker finds nothing written behind it."""
    entry = AuditEntry(
        at=platform.clock.now(), actor="test", department="", action="x.y", outcome=Outcome.DONE,
        request="0" * 64, targets=targets,
    )  # fmt: skip
    unit[AuditLog].append(entry)


@define
class Store:
    """Where the queue is kept."""

    url: str

    @property
    def schema(self) -> str | None:
        """In which schema its tables lie."""
        return None if self.url.startswith("sqlite") else "dbos"

    @contextmanager
    def open(self) -> Iterator[Connection]:
        """Open it as whoever has its password can, and write what is done."""
        engine = create_engine(self._psycopg)
        with engine.begin() as connection:
            yield connection
        engine.dispose()

    def lose(self) -> None:
        """Let everything in it be gone."""
        url = make_url(self.url)
        if self.schema:
            with self.open() as connection:
                connection.execute(text("DROP SCHEMA IF EXISTS dbos CASCADE"))
        else:
            Path(str(url.database)).unlink(missing_ok=True)

    @property
    def _psycopg(self) -> str:
        return self.url.replace("postgresql:", "postgresql+psycopg:")


@pytest.fixture(params=["sqlite", "postgres"])
def store(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """Give an empty store on each engine, and let the worker keep the queue there.

    On PostgreSQL it is written as in the guide, without the name of a driver.
    """
    found = Store(f"sqlite:///{tmp_path}/queue.db")
    if request.param == "postgres":
        address = make_url(request.getfixturevalue("postgres_dsn")).set(drivername="postgresql")
        found = Store(address.render_as_string(hide_password=False))
        found.lose()
    monkeypatch.setenv("SUPERVISION_JOBS_DATABASE", found.url)
    return found


@contextmanager
def office_at(url: str) -> Iterator[Office]:
    """Give the office over a database, its clerk taken on where there is none."""
    platform = open_platform(url, make_keys=True)
    try:
        with platform.transactions.begin_reading() as unit:
            unit[Users].get(CLERK)
    except NotFound:
        _take_on(platform)
    try:
        yield Office(platform, url)
    finally:
        platform.engine.dispose()


def _take_on(platform: Platform) -> None:
    now = platform.clock.now()
    with platform.transactions.begin() as unit:
        data = DepartmentData(
            name="南宁局", code="nanning", region="450100", parent="", coordinates=False
        )
        unit[Departments].save(Department.add(data, id="nanning", at=now))
        unit[Users].save(User.register(full_draft(CLERK, "nanning"), id=CLERK, at=now))
        sheet = GrantSheet.empty(HolderKind.USER, CLERK)
        for one in RIGHTS:
            sheet.grant(one, passable=False, by="test", at=now)
        unit[GrantSheets].save(sheet)
        _log(
            unit,
            platform,
            target_of(Departments.kind, "nanning", 1),
            target_of(Users.kind, CLERK, 1),
            target_of(GrantSheets.kind, sheet.id, 1),
        )
        unit.commit()


@pytest.fixture
def office(
    migrated_sqlite_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Office]:
    """Give the office, in a copy of a database with every table."""
    shutil.copy(migrated_sqlite_file, tmp_path / "a.db")
    monkeypatch.setenv("SUPERVISION_KEYS", str(tmp_path / "keys"))
    monkeypatch.setenv("SUPERVISION_MASTER_KEY", str(tmp_path / "master.key"))
    monkeypatch.setenv("SUPERVISION_WORKER_FOLDER", str(tmp_path / "worker"))
    with office_at(f"sqlite:///{tmp_path}/a.db") as made:
        yield made
