"""A server with a synchronous copy: the copy goes and comes back, the server goes for good.

``nox -s failover`` runs it; root and network namespaces are needed.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from signal import SIGCONT, SIGKILL
from time import monotonic, sleep
from typing import Final

import pytest
from attrs import define, evolve, frozen
from sqlalchemy import text
from tests.halting import halt

from adapters.sql.engine.confirming import COMMIT_SECONDS, TRIAL_SECONDS
from adapters.sql.engine.database import open_engine
from adapters.system import SystemClock
from entrypoints.actors import operator
from entrypoints.container import Platform, open_platform
from supervision_core.audit.ports import AuditLog
from supervision_core.clues.lists import CLUES
from supervision_core.clues.services import register_clue
from supervision_core.identity.model import GrantSheet, HolderKind, Session
from supervision_core.identity.ports import Departments, GrantSheets, Sessions, Users
from supervision_core.identity.services.lists import cases_of
from supervision_core.identity.services.login.stored import written
from supervision_core.kernel.canonical import sm3
from supervision_core.testing.directory import a_department, a_user
from supervision_core.testing.units import entry

from .failover_workload import LIBRARY, READER, SEED
from .networks import Networks, Node, networks, why_not
from .oracle import faults
from .running import ROOT
from .workload import ACTOR, REGION, add_regions

pytestmark = [
    pytest.mark.slow, pytest.mark.skipif(bool(why_not()), reason=why_not() or "-"),
]  # fmt: skip
LONGEST_FAILOVER: Final = 300.0
LISTENING: Final = 8123
WRITERS: Final = ("writer-1", "writer-2")
STARTING: Final = 600.0
ANSWERING: Final = 2.0
"""Within this a server has answered what it was asked, when nothing is away."""
PATIENT: Final = TRIAL_SECONDS + 10.0
"""Within this everybody is answered, however: what waits longest, and room for a busy machine."""


@frozen
class Answered:
    """A line of what the users were told."""

    who: str
    kind: str
    status: int
    at: float
    took: float = 0.0
    number: int = -1
    digest: str = ""
    code: str = ""


@define
class Watched:
    """What the users were told so far."""

    into: Path

    def all(self, since: float = 0.0, until: float = float("inf")) -> list[Answered]:
        """Give all that was answered in between."""
        lines = self.into.read_text(encoding="utf-8").splitlines() if self.into.exists() else []
        found = [Answered(**json.loads(one)) for one in lines if one.endswith("}")]
        return [one for one in found if since <= one.at < until]

    def acknowledged(self, who: str) -> dict[int, str]:
        """Give what somebody was told that it is done."""
        return {one.number: one.digest for one in self.all()
                if (one.who, one.kind, one.status) == (who, "write", 200)}  # fmt: skip

    def first_write(self, since: float) -> dict[str, float]:
        """Give for each writer the moment of his first acknowledged write since then."""
        found: dict[str, float] = {}
        for one in self.all(since):
            if (one.kind, one.status) == ("write", 200):
                found.setdefault(one.who, one.at)
        return found

    def all_write(self, since: float) -> bool:
        """Tell whether every writer wrote since."""
        return len(self.first_write(since)) == len(WRITERS) + 1


def wait(until: Callable[[], bool], seconds: float) -> float:
    """Wait; give how long it took. Fails where it takes too long."""
    began = monotonic()
    while not until():
        assert monotonic() - began < seconds
        sleep(0.2)
    return monotonic() - began


def populate(platform: Platform) -> dict[str, str]:
    """Let those in who write and who reads; give the tokens of their sessions."""
    now = SystemClock().now()
    permissions = {register_clue.permission, cases_of(CLUES).list.permission}
    tokens = {one: f"failover-{one}-" + "0" * 32 for one in (*WRITERS, READER)}
    with platform.transactions.begin() as unit:
        home = a_department("d-1", region=REGION)
        unit[Departments].save(home)
        logged = [written(Departments.kind, home)]
        for name, token in tokens.items():
            user = a_user(name, "d-1")
            unit[Users].save(user)
            sheet = GrantSheet.empty(HolderKind.USER, name)
            for permission in permissions:
                sheet.grant(permission, passable=False, by="test", at=now)
            unit[GrantSheets].save(sheet)
            session = Session(
                id=sm3(token.encode()).hex(), user=name, department="d-1", started_at=now,
                seen_at=now,
            )  # fmt: skip
            unit[Sessions].save(session)
            logged += [written(Users.kind, user), written(GrantSheets.kind, sheet)]
            logged.append(written(Sessions.kind, session))
        unit[AuditLog].append(evolve(entry(), targets=tuple(logged)))
        unit.commit()
    return tokens


@define
class Scene:
    """The servers, the platform over them, and its users."""

    networks: Networks
    watched: Watched
    users: "subprocess.Popen[bytes]"

    @contextmanager
    def quiet(self) -> Iterator[None]:
        """Let nobody write until the end of the block."""
        halt(self.users.pid)
        sleep(ANSWERING)
        yield
        self.users.send_signal(SIGCONT)

    def wrong(self, node: Node) -> list[str]:
        """Say what is lost or doubled on a server."""
        with self.quiet():
            return list(self._wrong(node))

    def _wrong(self, node: Node) -> Iterator[str]:
        engine = open_engine(node.url.replace("/postgres?", "/platform?"))
        for who in (LIBRARY, *WRITERS):
            actor = ACTOR if who == LIBRARY else who
            told = faults(engine, actor, SEED, self.watched.acknowledged(who))
            used = f"('{Sessions.kind}', "  # that a session was used is not logged
            yield from (f"{who}: {one}" for one in told if not one.startswith(used))
        with engine.connect() as connection:
            asked = "SELECT count(*), count(DISTINCT title) FROM clue WHERE title LIKE 'writer-%'"
            clues, titles = connection.execute(text(asked)).one()
        engine.dispose()
        if clues != titles:
            yield f"{clues} clues of {titles} titles"


@contextmanager
def scene(folder: Path) -> Iterator[Scene]:
    """Give a server with its copy, the platform served over both, and users at work."""
    with networks() as made:
        one, other = made.nodes
        one.create()
        one.start()
        url = one.database("platform")
        platform = open_platform(url)
        add_regions(platform, operator(ACTOR))
        tokens = populate(platform)
        platform.engine.dispose()
        other.copy_of(one)
        other.start()
        one.confirm_by_copy("*")
        into = folder / "told.jsonl"
        program = "from entrypoints.starting import main; main()"
        serve = ("-c", program, "serve", "--workers", "1", "--port", str(LISTENING))
        work = ("-m", "tests.integration.faults.failover_workload", made.url, str(LISTENING),
                json.dumps(tokens), str(into))  # fmt: skip
        started: list[subprocess.Popen[bytes]] = []
        try:
            for words in (serve, work):
                log = folder / f"{len(started)}.log"
                given = environment(SUPERVISION_DATABASE=made.url)
                started.append(made.start(log, given, *words))
            watched = Watched(into)
            wait(lambda: watched.all_write(0.0), STARTING)
            yield Scene(made, watched, started[-1])
        finally:
            for process in reversed(started):
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, SIGKILL)
                process.wait()


def environment(**more: str) -> dict[str, str]:
    """Give that of the platform's programs: its keys are those of this process."""
    return {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}", **more}


def lose(scene: Scene, lost: Node, heir: Node, end: Callable[[], None]) -> float:
    """Let a server go and its copy take over; give the seconds until all writers go on."""
    end()
    lost_at = monotonic()
    heir.promote()
    promoted = monotonic()  # what was acknowledged before may be of the lost one
    wait(lambda: scene.watched.all_write(promoted), LONGEST_FAILOVER)
    lost.stop()
    return max(scene.watched.first_write(promoted).values()) - lost_at


def test_nothing_acknowledged_is_lost_with_the_server(tmp_path: Path) -> None:
    """Cut off, then killed: its copy takes over each time, and users go on without a restart.

    In between the first server comes back as the copy of its own copy.
    """
    with scene(tmp_path) as made:
        one, other = made.networks.nodes
        taken = [lose(made, one, other, lambda: made.networks.cut(one))]
        assert made.wrong(other) == []
        made.networks.join(one)
        one.come_back_behind(other)
        one.start()
        other.confirm_by_copy("*")
        wait(lambda: other.followed() == "sync", STARTING)
        since = monotonic()
        wait(lambda: made.watched.all_write(since), PATIENT)
        taken.append(lose(made, other, one, other.kill))
        assert made.wrong(one) == []
        with made.quiet():
            assert verified(one, tmp_path) == 0
        print("seconds until every writer went on: cut off, killed:", taken)  # noqa: T201 - a record


def verified(node: Node, folder: Path) -> int:
    """Verify the audit log by the public key alone; give the exit code."""
    url = node.url.replace("/postgres?", "/platform?")
    begin = (sys.executable, "-c", "from entrypoints.starting import main; main()", "audit")
    key = str(folder / "public.pem")
    given = environment(SUPERVISION_DATABASE=url)
    subprocess.run([*begin, "key", key], check=True, env=given)  # noqa: S603 - our own program
    verify = [*begin, "verify", url, "--public-key", key]
    return subprocess.run(verify, check=False, env=given).returncode  # noqa: S603 - as above


def test_writing_waits_for_the_copy_and_reading_does_not(tmp_path: Path) -> None:
    """Cut off from its copy the server acknowledges nothing, and says so in time; lists go on."""
    with scene(tmp_path) as made:
        one, other = made.networks.nodes
        made.networks.cut(other)
        cut = monotonic()
        sleep(PATIENT)
        settled = monotonic()
        sleep(TRIAL_SECONDS + 60)  # longer than a session goes without being counted
        end = monotonic()
        told = made.watched.all(cut + 1, end)
        assert [line for line in told if line.kind == "write" and line.status == 200] == []
        refused = [line for line in told if line.who in WRITERS]
        assert {line.status for line in refused} == {503}
        assert max(line.took for line in told) < PATIENT
        assert "sql.unconfirmed" in refused[-1].code
        read = [line for line in told if line.kind == "read" and line.at > settled]
        assert {line.status for line in read} == {200}
        assert len(read) > 100
        assert sorted(line.took for line in read)[len(read) * 99 // 100] < COMMIT_SECONDS
        made.networks.join(other)
        back = monotonic()
        wait(lambda: made.watched.all_write(back), 60)
        assert made.wrong(one) == []
        wait(lambda: one.followed() == "sync", 60)
        early = [line for line in told if line.kind == "read" and line.at <= settled]
        print(  # noqa: T201 - a record
            "reads at first:", len(early), "refused:", sum(one.status != 200 for one in early),
            "slowest:", max((one.took for one in early), default=0),
            "writers go on after:", made.watched.first_write(back), back,
        )  # fmt: skip


def test_what_no_copy_confirmed_is_missed(tmp_path: Path) -> None:
    """The control: without waiting for the copy, the same loss takes what was acknowledged."""
    with scene(tmp_path) as made:
        one, other = made.networks.nodes
        one.confirm_by_copy("")
        made.networks.cut(other)
        cut = monotonic()
        wait(lambda: made.watched.all_write(cut + 1), STARTING)
        one.kill()
        other.promote()
        assert [line for line in made.wrong(other) if line.endswith("is lost")]
