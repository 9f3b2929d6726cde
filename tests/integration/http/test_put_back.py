"""Rows put back as they were, by whoever has the database's password: refused in every process.

The house has two processes that serve and one that works, over one database. Rows of a right that
was revoked, of old credentials, of an ended session or of a deleted user are put back by plain SQL.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from attrs import define, evolve, frozen
from httpx import Response
from sqlalchemy import Engine, Table, delete, insert, select

from adapters.sql.engine.schema import audit_row
from adapters.sql.frame.known import follower_of
from adapters.sql.identity.access import grant_holding, grant_sheet
from adapters.sql.identity.directory import app_user, user_department
from adapters.sql.identity.logins import credentials, credentials_certificate, log_in_session
from adapters.sql.tables import metadata
from entrypoints.actors import auditor as cli_auditor
from entrypoints.actors import operator as cli_operator
from entrypoints.cli.working import jobs_of
from entrypoints.container import Platform, open_platform
from entrypoints.http.api import api_routes
from entrypoints.http.app import HttpApp, RouteTable
from entrypoints.worker.loop import Worker
from entrypoints.worker.reverifying import EVERY
from supervision_core.audit.model import ALARM, AuditEntry, AuditRow, Outcome, target_of
from supervision_core.audit.ports import AuditLog
from supervision_core.identity.model import HolderKind, LogInRefused, SealBroken
from supervision_core.identity.ports import DECIDING, GrantSheets
from supervision_core.identity.services.actors import Actors
from supervision_core.identity.services.granting import RevokePermission, revoke
from supervision_core.identity.services.login import UnbindCertificate, unbind_certificate
from supervision_core.identity.services.repairing import (
    RepairRefused,
    RepairState,
    repair_state,
    repaired,
)
from supervision_core.identity.services.users import DeleteUser, delete_user
from supervision_core.kernel.canonical import sm3
from supervision_core.kernel.errors import Outdated

from .conftest import client_of
from .province import SETTINGS, Province, populate

USERS = "/api/v1/identity/users"
READY = "/health/ready"
READER, CLERK = "reader", "clerk"
Rows = dict[Table, list[dict[str, Any]]]


def served_by(platform: Platform) -> HttpApp:
    """Give the surface over a platform, with the addresses alone that are asked here."""
    asked = [one for one in api_routes() if one.path in {USERS, READY}]
    return HttpApp(platform, SETTINGS, RouteTable(asked, ()))


@define
class Process:
    """A process that serves, and a client of it."""

    platform: Platform
    client: Any
    tokens: dict[str, str]

    def get(self, user: str, path: str = USERS) -> Response:
        """Ask as a user."""
        headers = {"authorization": f"Bearer {self.tokens[user]}"}
        answer: Response = self.client.get(path, headers=headers)
        return answer

    def lets_in(self, user: str) -> bool:
        """Tell whether the certificate of a user lets him in."""
        log_ins = self.platform.log_ins
        asked = log_ins.begin_certificate_log_in(source="s")
        paper = f"paper-{user}".encode()
        answer = asked.token, b"good:" + paper, paper + asked.nonce
        try:
            log_ins.finish_certificate_log_in(*answer, source="s")
        except LogInRefused:
            return False
        return True


@define
class House:
    """The processes over one database, and the way past them."""

    province: Province
    url: str
    running: Process
    _opened: list[Platform]

    @property
    def platform(self) -> Platform:
        """The platform of the process that has run all the time."""
        return self.running.platform

    def served(self) -> Process:
        """Give a process that is started now."""
        other = open_platform(self.url)
        self._opened.append(other)
        follower_of(other.engine).every = 0.0
        mine = self.province.platform
        log_ins = evolve(mine.log_ins, transactions=other.transactions, actors=Actors())
        commands = evolve(mine.commands, transactions=other.transactions)
        platform = evolve(other, log_ins=log_ins, commands=commands)
        client = client_of(served_by(platform))
        return Process(platform, client, self.province.tokens)

    def works(self, *names: str) -> Worker:
        """Run jobs once, by default that of half a minute, in a process of its own."""
        other = open_platform(self.url)
        self._opened.append(other)
        wanted = names or ("permissions",)
        jobs = [one for one in jobs_of(other, Event()) if one.name in wanted]
        worker = Worker(jobs)
        worker.run_once()
        return worker

    def rows(self, *tables: Table) -> Rows:
        """Keep tables as they are."""
        with self.platform.engine.begin() as connection:
            return {
                table: [dict(one._mapping) for one in connection.execute(select(table))]
                for table in tables
            }

    def put_back(self, kept: Rows) -> None:
        """Put tables back, look-up tables too."""
        with self.platform.engine.begin() as connection:
            for table in reversed(list(kept)):
                connection.execute(delete(table))
            for table, rows in kept.items():
                if rows:
                    connection.execute(insert(table), rows)

    def log(self) -> list[AuditRow]:
        """Give the log."""
        with self.platform.transactions.begin_reading() as unit:
            return list(unit[AuditLog].rows())

    def alarmed(self) -> set[str]:
        """Give what alarms have named."""
        rows = (row.entry for row in self.log() if row.entry.action == ALARM)
        return {target.partition("@")[0] for one in rows for target in one.targets}


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.slow)])
def house(request: pytest.FixtureRequest) -> Iterator[House]:
    """Give the house; everything in it was named in the log, and a checkpoint covers that."""
    engine: Engine = request.getfixturevalue(f"{request.param}_engine")
    url = engine.url.render_as_string(hide_password=False)
    first = open_platform(url)
    follower_of(first.engine).every = 0.0
    opened = [first]
    province = populate(first, transactions=first.transactions)
    stored = first.auditing().store.versions
    with first.transactions.begin() as unit:
        entry = AuditEntry(
            at=first.clock.now(),
            actor="set-up",
            department="",
            action="testing.set_up",
            outcome=Outcome.DONE,
            request="0" * 64,
            targets=tuple(
                target_of(one.kind, name, version)
                for one in DECIDING
                for name, version in stored.of(one.kind)
            ),
        )
        unit[AuditLog].append(entry)
        unit.commit()
    running = Process(province.platform, client_of(served_by(province.platform)), province.tokens)
    yield House(province, url, running, opened)
    for one in opened:
        one.engine.dispose()


def revoked(house: House) -> None:
    """Withdraw what a user may do."""
    command = RevokePermission(
        holder=HolderKind.USER, holder_id=READER, permission="identity.list_users"
    )
    house.platform.commands.run(revoke, command, actor=cli_operator())


def unbound(house: House) -> None:
    """Let a certificate let nobody in any more."""
    command = UnbindCertificate(user_id=READER, thumbprint=f"paper-{READER}")
    house.platform.commands.run(unbind_certificate, command, actor=cli_operator())


def logged_out(house: House) -> None:
    """End a session."""
    house.platform.log_ins.log_out(house.province.tokens[READER], source="s")


def deleted(house: House) -> None:
    """Delete a user."""
    house.platform.commands.run(delete_user, DeleteUser(user_id=READER), actor=cli_operator())


@frozen
class Case:
    """What was done lawfully, the tables put back behind it, the object, and what it would give."""

    act: Callable[[House], None]
    tables: tuple[Table, ...]
    object: str
    gives: Callable[[Process], bool]


def _answered(process: Process) -> bool:
    return process.get(READER).status_code == 200


def _lets_in(process: Process) -> bool:
    return process.lets_in(READER)


SESSION = "session/{session}"
CASES = {
    "right": Case(revoked, (grant_sheet, grant_holding), f"grant_sheet/user/{READER}", _answered),
    "credentials": Case(
        unbound, (credentials, credentials_certificate), f"credentials/{READER}", _lets_in
    ),
    "session": Case(logged_out, (log_in_session,), SESSION, _answered),
    "user": Case(
        deleted,
        (app_user, user_department, credentials, credentials_certificate, log_in_session),
        f"user/{READER}",
        _answered,
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_what_was_put_back_is_refused_everywhere_and_stays_so(house: House, case: Case) -> None:
    """In the process that runs at once; in one started later as soon as the worker has looked.

    The controls: before, the row gave what it gives; lawfully taken away, it gives it no more; and
    put back it would give it again to a process that knows only a checkpoint past it. The alarm
    names the object, readiness stays, others are answered, and the worker's next look changes
    nothing of it.
    """
    running = house.running
    assert case.gives(running)
    kept = house.rows(*case.tables)
    case.act(house)
    assert not case.gives(running)
    house.platform.auditing().anchoring.anchor()
    assert not house.works().alarmed
    house.put_back(kept)
    assert not case.gives(running)
    later = house.served()
    assert case.gives(later)
    assert house.works().alarmed
    session = sm3(house.province.tokens[READER].encode()).hex()
    name = case.object.format(session=session)
    assert name in house.alarmed()
    for process in (running, later, house.served()):
        assert not case.gives(process)
        ready = process.client.get(READY)
        assert ready.status_code == 200
        assert name in ready.json()["alarms"]
        assert process.get("system").status_code == 200
    rows = len(house.log())
    assert house.works().alarmed
    assert not [one for one in house.log()[rows:] if one.entry.action == ALARM]
    assert not case.gives(running)
    assert EVERY.total_seconds() <= 30


def test_a_user_under_review_is_told_so_and_the_log_says_it_once(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    """503 “核查中” on each request, one line in all. Error: http.under_review."""
    kept = house.rows(grant_sheet, grant_holding)
    revoked(house)
    house.put_back(kept)
    house.works()
    with caplog.at_level("ERROR", "supervision"):
        answers = [house.running.get(READER) for _ in range(4)]
    for one in answers:
        assert (one.status_code, one.json()["code"]) == (503, "http.under_review")
        assert one.json()["title"] == "核查中"
        assert READER not in one.text
    lines = [one.getMessage() for one in caplog.records if one.name.startswith("supervision.http")]
    assert lines == [f"under review: grant_sheet/user/{READER}"]
    named = [one for one in house.log() if one.entry.action == "identity.seal_broken"]
    assert len(named) == 1
    assert house.running.get("system").status_code == 200


def test_a_repair_needs_an_auditor_and_is_believed_everywhere(house: House) -> None:
    """Errors: identity.repair_not_needed, identity.repair_not_vouched, kernel.outdated.

    What is stored is written anew above all that the log knows; the alarm is over.
    """
    kept = house.rows(grant_sheet, grant_holding)
    revoked(house)
    platform, later = house.platform, house.served()
    with platform.transactions.begin_reading() as unit, pytest.raises(RepairRefused) as caught:
        repair_state(unit, "grant_sheet", f"user/{READER}")
    assert caught.value.reasons[0].code == "identity.repair_not_needed"
    house.put_back(kept)
    house.works()
    with platform.transactions.begin_reading() as unit:
        with pytest.raises(SealBroken):
            unit[GrantSheets].get(f"user/{READER}")
        state = repair_state(unit, "grant_sheet", f"user/{READER}")
    assert (state.stored_version, state.version) == (1, 3)
    assert state.written is not None
    assert state.last is not None
    assert (state.written.entry.action, state.last.entry.action) == (
        "testing.set_up", "identity.revoke",
    )  # fmt: skip

    for by, over in (("system", None), ("security", None), ("reader", None), ("auditor", b"x")):
        with pytest.raises((RepairRefused, SealBroken)) as refused:
            signed(house, state, by, over)
        if isinstance(refused.value, RepairRefused):
            assert refused.value.reasons[0].code == "identity.repair_not_vouched"
    assert house.running.get(READER).status_code == 503
    assert signed(house, state, "auditor") == 3
    with pytest.raises((Outdated, RepairRefused)):
        signed(house, state, "auditor")
    row = house.log()[-1].entry
    assert (row.action, row.targets) == ("audit.repair", (f"grant_sheet/user/{READER}@3",))
    assert dict(row.note)["auditor"] == "auditor"
    for process in (house.running, later, house.served()):
        assert process.get(READER).status_code == 200
        assert process.client.get(READY).json()["alarms"] == []
    assert not house.works().alarmed


def test_a_row_taken_away_is_repaired_as_lost(house: House) -> None:
    """The loss is in the log, and nothing is alarmed of any more; put back, it is again."""
    sheet, mine = f"user/{READER}", grant_sheet.c.id == f"user/{READER}"
    kept = house.rows(grant_sheet, grant_holding)
    with house.platform.engine.begin() as connection:
        connection.execute(delete(grant_holding).where(grant_holding.c.sheet_id == sheet))
        connection.execute(delete(grant_sheet).where(mine))
    house.works()
    assert house.alarmed() == {f"grant_sheet/{sheet}"}
    assert house.running.get(READER).status_code == 503
    with house.platform.transactions.begin_reading() as unit:
        state = repair_state(unit, "grant_sheet", sheet)
    assert (state.stored, state.version) == (None, 2)
    assert signed(house, state, "auditor") == 2
    assert dict(house.log()[-1].entry.note)["lost"] == "yes"
    assert house.running.get(READER).status_code == 403
    assert not house.works().alarmed
    house.put_back(kept)
    assert house.works().alarmed
    assert house.running.get(READER).status_code == 503


def signed(house: House, state: RepairState, by: str, over: bytes | None = None) -> int:
    """Repair what somebody signed by his certificate."""
    paper = f"paper-{by}".encode()
    return repaired(
        house.platform.commands,
        house.platform.log_ins.certificates,
        state,
        certificate=b"good:" + paper,
        signature=paper + (state.challenge() if over is None else over),
        actor=cli_auditor(),
    )


def test_an_alarm_or_repair_made_by_hand_gives_nothing(house: House) -> None:
    """Who writes into the log alone cannot make a repair: its seal takes a key.

    The control: the repair of a key holder is believed, in the test above.
    """
    kept = house.rows(grant_sheet, grant_holding)
    revoked(house)
    house.put_back(kept)
    house.works()
    with house.platform.transactions.begin() as unit:
        entry = AuditEntry(
            at=house.platform.clock.now(),
            actor="x",
            department="",
            action="audit.repair",
            outcome=Outcome.DONE,
            request="0" * 64,
            targets=(f"grant_sheet/user/{READER}@3",),
            note=(("seal", f"sm3$v1${'0' * 64}"),),
        )
        unit[AuditLog].append(entry)
        unit.commit()
    for process in (house.running, house.served()):
        assert process.get(READER).status_code == 503


def test_a_log_that_was_cut_is_no_longer_ready(house: House) -> None:
    """A process that followed the log misses its end. Error: http.log_unsound."""
    revoked(house)
    assert house.running.client.get(READY).status_code == 200
    with house.platform.engine.begin() as connection:
        last = len(house.log()) - 1
        connection.execute(delete(audit_row).where(audit_row.c.position == last))
    refused = house.running.client.get(READY)
    assert refused.status_code == 503
    assert [one["code"] for one in refused.json()["reasons"]] == ["http.log_unsound"]


@pytest.mark.parametrize("kept_outside", [True, False], ids=["kept", "control"])
def test_an_older_whole_database_is_seen_by_a_worker_started_anew(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, kept_outside: bool
) -> None:
    """Without a witness: the worker keeps its last checkpoint in its own folder.

    It stays so when the older log goes on and is anchored anew. The control: with nothing kept, the
    older database is as good as any.
    """
    folder = tmp_path / "worker"
    monkeypatch.setenv("SUPERVISION_WORKER_FOLDER", str(folder))
    house.platform.auditing().anchoring.anchor()
    assert not house.works("verify").alarmed
    older = house.rows(*metadata.sorted_tables)
    revoked(house)
    house.platform.auditing().anchoring.anchor()
    assert not house.works("verify").alarmed
    (file,) = folder.iterdir()
    told = file.read_text("utf-8")
    house.put_back(older)
    if not kept_outside:
        file.unlink()
        assert not house.works("verify").alarmed
        return
    assert house.works("verify").alarmed
    deleted(house)
    house.platform.auditing().anchoring.anchor()
    assert house.works("verify").alarmed
    assert file.read_text("utf-8") == told
    codes = {code for row in house.log() for code, _ in row.entry.note if row.entry.action == ALARM}
    assert "audit.checkpoint_lost" in codes
