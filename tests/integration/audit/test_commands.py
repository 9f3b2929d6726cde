"""``supervision audit`` and ``supervision worker`` as their users have them."""

import csv
import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event

import pytest
from attrs import evolve, frozen
from click.testing import CliRunner, Result
from pypdfium2 import PdfDocument
from python_calamine import CalamineWorkbook

from adapters.system import SystemClock
from entrypoints.actors import auditor, operator
from entrypoints.auditing import archive
from entrypoints.cli import main
from entrypoints.cli.working import jobs_of
from entrypoints.container import Platform, open_platform
from entrypoints.worker import reverifying
from entrypoints.worker.anchoring import AnchorJob
from entrypoints.worker.loop import Alarmed, Job, Worker
from supervision_core.audit.model import (
    AnchorPolicy,
    AuditEntry,
    Cosignature,
    Outcome,
    RetentionTooShort,
    WitnessUnavailable,
    target_of,
)
from supervision_core.audit.ports import AuditFilter, AuditLog, Witness
from supervision_core.audit.services import Anchoring, SegmentNotDue
from supervision_core.grading.ports import GradingRules
from supervision_core.identity.lists import ROLES
from supervision_core.identity.model import PermissionDenied, Role, User
from supervision_core.identity.ports import Roles, Users
from supervision_core.identity.services.auditing import (
    ArchiveSegment,
    SearchLog,
    archive_segment,
    search_log,
)
from supervision_core.kernel.canonical import Json
from supervision_core.kernel.crypto import Tampered
from supervision_core.kernel.errors import Violation
from supervision_core.kernel.listing import ListFilter, Lists
from supervision_core.kernel.paging import PageRequest
from supervision_core.subjects.ports import Tags
from supervision_core.subjects.services import CreateTag, create_tag
from supervision_core.testing.cases import CASES
from supervision_core.testing.identity import full_draft
from supervision_core.testing.offices import NOON, keep_directory

Run = Callable[..., Result]
CASE = next(case for case in CASES if case.port is GradingRules)

FAR = {"address": "https://far"}
JOBS = [
    "checkpoint", "verify", "permissions", "seals", "compare", "jobs", "relay", "warnings",
    "evaluations", "approvals", "forget", "certificates", "sweep", "search", "todos", "counts",
    "wal",
]  # fmt: skip


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Give a way to run ``supervision`` in an empty folder, with a witness beside it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SUPERVISION_AUDIT_WITNESSES", str(tmp_path / "witness"))
    monkeypatch.setenv("SUPERVISION_DATABASE", f"sqlite:///{tmp_path}/a.db")

    def ran(*words: str | Path) -> Result:
        found = CliRunner().invoke(main, [str(word) for word in words])
        if found.exception and not isinstance(found.exception, SystemExit):
            raise found.exception
        return found

    return ran


@pytest.fixture
def platform(run: Run, tmp_path: Path) -> Platform:
    """Give a platform on which five tags were made, with a checkpoint after the third."""
    made = open_platform(f"sqlite:///{tmp_path}/a.db", make_keys=True)
    for number in range(5):
        tag(made, f"标签{number}")
        if number == 2:
            assert run("audit", "checkpoint").exit_code == 0
    assert run("audit", "key", "k.pem").exit_code == 0
    return made


class Late(SystemClock):
    """A clock that is a year ahead."""

    def now(self) -> datetime:
        """Give the moment in a year."""
        return super().now() + timedelta(days=365)


class Away(Witness):
    """A witness that cannot be reached."""

    name = "far"

    def seen(self, log: str) -> int:
        """Not answer."""
        del log
        raise WitnessUnavailable((Violation("audit.witness_unavailable", data=FAR),))

    def cosign(self, signed: object, proof: object) -> Cosignature:
        """Never be asked."""
        raise NotImplementedError


def tag(platform: Platform, name: str) -> str:
    """Make a tag: one row of the log."""
    command = CreateTag(name=name, region="")
    return platform.commands.run(create_tag, command, actor=operator())


def raw(path: Path, statement: str) -> None:
    """Write past the platform."""
    with sqlite3.connect(path) as database:
        database.execute(statement)
    database.close()


@pytest.mark.usefixtures("platform")
def test_a_checkpoint_is_made_and_carried_away(run: Run, tmp_path: Path) -> None:
    """The file that is carried away is what ``verify`` takes, and the witness has co-signed it."""
    said = run("audit", "checkpoint", "--out", "c.json", "--json")
    assert said.exit_code == 0
    found = json.loads(said.stdout)
    assert (found["checkpoint"]["size"], found["refused"], found["unavailable"]) == (5, [], 0)
    (ledger,) = (tmp_path / "witness" / "seen").iterdir()
    assert len(ledger.read_text("utf-8").splitlines()) == 2
    words = ("--public-key", "k.pem", "--checkpoint", "c.json", "--checkpoint", ledger)
    good = run("audit", "verify", tmp_path / "a.db", *words)
    assert good.exit_code == 0, good.stdout
    assert "✓ 审计日志完整" in good.stdout


@pytest.mark.usefixtures("platform")
@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("UPDATE audit_row SET actor = 'x' WHERE position = 1", "audit.row_changed"),
        ("DELETE FROM audit_row WHERE position = 1", "audit.rows_missing"),
        ("UPDATE tag SET version = 0 WHERE rowid = 1", "audit.object_put_back"),
        ("UPDATE tag SET version = 2 WHERE rowid = 1", "audit.object_not_logged"),
        ("DELETE FROM tag WHERE rowid = 1", "audit.object_gone"),
        ("UPDATE audit_row SET outcome = 'x' WHERE position = 4", "audit.row_changed"),
        (
            "INSERT INTO audit_segment VALUES (0, 3, 'f', 'd', '2026-01-01')",
            "audit.segment_not_logged",
        ),
    ],
    ids=["changed", "deleted", "put-back", "unlogged", "gone", "unreadable", "segment"],
)
def test_what_was_done_behind_the_platform_is_found(
    run: Run, tmp_path: Path, statement: str, code: str
) -> None:
    """Exit code 4, and the row or object is named; the log alone tells of business rows."""
    words = ("audit", "verify", tmp_path / "a.db", "--public-key", "k.pem", "--json")
    assert run(*words).exit_code == 0
    raw(tmp_path / "a.db", statement)
    bad = run(*words)
    assert bad.exit_code == 4
    assert code in {one["code"] for one in json.loads(bad.stdout)["findings"]}
    assert "✗" in run(*words[:-1]).stdout


@pytest.mark.usefixtures("platform")
def test_verifying_needs_the_public_key_only(run: Run, tmp_path: Path) -> None:
    """In a process of its own, without the platform's keys, on another machine's file."""
    assert run("audit", "export", "log.jsonl").exit_code == 0
    (tmp_path / "elsewhere").mkdir()
    for name in ("log.jsonl", "k.pem"):
        (tmp_path / name).rename(tmp_path / "elsewhere" / name)
    call = "from entrypoints.cli import main; main()"
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", call, "audit", "verify", "log.jsonl", "--public-key", "k.pem"],
        cwd=tmp_path / "elsewhere",
        env={"PATH": os.environ["PATH"], "HOME": str(tmp_path / "nobody"), "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "共 6 条" in done.stdout


@pytest.mark.usefixtures("platform")
def test_one_row_is_proved_to_whoever_asks(run: Run, tmp_path: Path) -> None:
    """From the database or from a file: the proof verifies alone, and a changed one does not."""
    assert run("audit", "checkpoint").exit_code == 0
    assert run("audit", "export", "log.jsonl").exit_code == 0
    assert run("audit", "prove", "3", "--out", "p.json", "--database", "a.db").exit_code == 0
    assert run("audit", "prove", "3", "--out", "q.json", "--log", "log.jsonl").exit_code == 0
    for name in ("p.json", "q.json"):
        good = run("audit", "verify", name, "--public-key", "k.pem", "--json")
        assert (good.exit_code, json.loads(good.stdout)["row"]["number"]) == (0, 3)
    proof = json.loads((tmp_path / "p.json").read_text("utf-8"))
    assert len(proof["cosignatures"]) == 1
    proof["row"] = proof["row"].replace('"cli"', '"you"')
    (tmp_path / "p.json").write_text(json.dumps(proof), "utf-8")
    bad = run("audit", "verify", "p.json", "--public-key", "k.pem")
    assert bad.exit_code == 4
    assert "算不出检查点的根" in bad.stderr
    late = run("audit", "prove", "99", "--out", "r.json", "--log", "log.jsonl", "--json")
    assert (late.exit_code, json.loads(late.stdout)["error"]) == (3, "audit.not_provable")


@pytest.mark.usefixtures("platform")
@pytest.mark.parametrize("words", [("--actor", "zhang.san"), ("--department", "市监局")])
@pytest.mark.parametrize("way", [("search",), ("export", "log.csv")], ids=lambda way: way[0])
def test_the_log_is_not_searched_for_whom_nobody_knows(
    run: Run, tmp_path: Path, way: tuple[str, ...], words: tuple[str, str]
) -> None:
    """A user or department is named as people call it; a typo is not answered by nothing found."""
    said = run("audit", *way, *words, "--json")
    assert said.exit_code == 3
    (reason,) = json.loads(said.stdout)["reasons"]
    assert reason["code"] == "kernel.register_not_called"
    assert words[1] in reason["reason"]
    assert not (tmp_path / "log.csv").exists()


def test_the_log_is_searched_by_account_and_by_name(platform: Platform, run: Run) -> None:
    """As people call somebody, and the department for which he acted."""
    with platform.transactions.begin() as unit:
        keep_directory(unit, ("市场监管",))
        unit[Users].save(User.register(full_draft("wang.shi"), id="u-7", at=NOON))
        unit.commit()
    actor = evolve(operator("u-7"), department="市场监管")
    platform.commands.run(create_tag, CreateTag(name="乳品"), actor=actor)
    for words in (("--actor", "wang.shi"), ("--actor", "u-7"), ("--department", "45010")):
        rows = json.loads(run("audit", "search", *words, "--json").stdout)["rows"]
        assert [row["action"] for row in rows] == ["subjects.create_tag"], words


@pytest.mark.usefixtures("platform")
def test_a_look_into_the_log_stands_in_the_log(run: Run, tmp_path: Path) -> None:
    """Searches and exports are one row each, with how they were asked."""
    found = json.loads(run("audit", "search", "--action", "subjects.*", "--json").stdout)
    assert [row["number"] for row in found["rows"]] == [4, 3, 2, 1, 0]
    assert run("audit", "export", "log.csv", "--actor", "cli").exit_code == 0
    assert run("audit", "export", "log.xlsx").exit_code == 0
    assert run("audit", "export", "log.jsonl").exit_code == 0
    with sqlite3.connect(tmp_path / "a.db") as database:
        rows = database.execute("SELECT action, note FROM audit_row WHERE position > 4").fetchall()
    assert [action for action, _ in rows] == ["audit.search"] + ["audit.export"] * 3
    assert [json.loads(note)[-1] for _, note in rows[1:]] == [
        ["kind", ".csv"], ["kind", ".xlsx"], ["kind", ".jsonl"],
    ]  # fmt: skip
    with (tmp_path / "log.csv").open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.reader(file))
    assert lines[0][:5] == ["序号", "时间（UTC）", "操作人", "部门", "操作"]
    assert len(lines) == 8
    sheet = CalamineWorkbook.from_path(tmp_path / "log.xlsx").get_sheet_by_index(0).to_python()
    assert len(sheet) == 9


def test_only_auditors_look_into_the_log(platform: Platform) -> None:
    """Who administers or inspects has no permission for it, and trying stands in the log."""
    with pytest.raises(PermissionDenied):
        platform.commands.run(search_log, SearchLog(), actor=operator())
    found = platform.commands.run(search_log, SearchLog(size=1), actor=auditor())
    rows = found["rows"]
    assert isinstance(rows, list)
    assert (rows[0]["action"], rows[0]["outcome"]) == ("audit.search", Outcome.DENIED.value)


def test_an_auditor_sees_his_departments_only(platform: Platform) -> None:
    """Whoever audits for one department is shown what was done for it, filter or no filter."""
    mine = auditor()
    scope = type(mine.scope)(region="450000", departments=frozenset({"d-9"}))
    limited = type(mine)(user="u-9", department="d-9", scope=scope, permissions=mine.permissions)
    for wanted in (AuditFilter(), AuditFilter(actor="cli")):
        found = platform.commands.run(search_log, SearchLog(wanted=wanted), actor=limited)
        rows = found["rows"]
        assert isinstance(rows, list)
        assert {row["department"] for row in rows} <= {"d-9"}


@pytest.mark.usefixtures("platform")
def test_the_checkpoint_is_printed_for_the_safe(run: Run, tmp_path: Path) -> None:
    """One page with size, root and signature, as PDF or text."""
    assert run("audit", "paper", "p.txt").exit_code == 0
    assert run("audit", "paper", "p.pdf").exit_code == 0
    text = (tmp_path / "p.txt").read_text("utf-8")
    root = re.search("根（SM3）：([0-9a-f ]+)", text)
    assert root is not None
    for code in ("根（SM3）", "签名密钥", "签名（SM2）"):
        (line,) = re.findall(f"{code}：(.+)", text)
        assert {len(one) for one in line.split()[:-1]} == {8}, code
    page = PdfDocument(tmp_path / "p.pdf")
    assert len(page) == 1
    printed = page[0].get_textpage().get_text_range()
    assert "审计日志检查点" in printed
    assert root[1].split()[0] in printed
    page.close()


def test_rows_leave_the_database_only_past_their_term(platform: Platform, tmp_path: Path) -> None:
    """183 days at least, whole checkpoints only, seen by the witness; then into a sealed file."""
    folder = tmp_path / "archive"
    assert archive(platform, folder, days=183, actor=auditor()) is None
    with pytest.raises(RetentionTooShort):
        archive(platform, folder, days=182, actor=auditor())
    early = ArchiveSegment(first=0, upto=3, file="f", digest="d", days=183)
    with pytest.raises(SegmentNotDue):
        platform.commands.run(archive_segment, early, actor=auditor())


def test_an_archived_segment_is_verified_and_its_row_proved(run: Run, tmp_path: Path) -> None:
    """What was moved into a file still verifies, and the log goes on without it."""
    first = open_platform(f"sqlite:///{tmp_path}/a.db", make_keys=True)
    for number in range(4):
        tag(first, f"标签{number}")
    assert run("audit", "checkpoint").exit_code == 0
    assert run("audit", "key", "k.pem").exit_code == 0
    tag(first, "最后")
    late = open_platform(f"sqlite:///{tmp_path}/a.db", clock=Late())
    done = archive(late, tmp_path / "archive", days=183, actor=auditor())
    assert done is not None
    assert (done.first, done.upto) == (0, 4)
    assert archive(late, tmp_path / "archive", days=183, actor=auditor()) is None
    assert run("audit", "verify", done.file, "--public-key", "k.pem").exit_code == 0
    whole = run("audit", "verify", tmp_path / "a.db", "--public-key", "k.pem", "--json")
    assert whole.exit_code == 0, whole.stdout
    assert (json.loads(whole.stdout)["first"], json.loads(whole.stdout)["size"]) == (4, 6)
    assert run("audit", "prove", "2", "--out", "p.json", "--log", done.file).exit_code == 0
    assert run("audit", "verify", "p.json", "--public-key", "k.pem").exit_code == 0
    assert run("audit", "checkpoint").exit_code == 0
    assert run("audit", "export", "rest.jsonl").exit_code == 0
    assert run("audit", "verify", "rest.jsonl", "--public-key", "k.pem").exit_code == 0
    raw(tmp_path / "a.db", "UPDATE audit_segment SET digest = 'x'")
    bad = run("audit", "verify", tmp_path / "a.db", "--public-key", "k.pem", "--json")
    assert {one["code"] for one in json.loads(bad.stdout)["findings"]} == {
        "audit.segment_not_logged"
    }


def test_the_worker_anchors_and_watches(run: Run, platform: Platform, tmp_path: Path) -> None:
    """Once: all is well. After a change behind it: alarm, exit code 4, and a row in the log."""
    good = run("worker", "--once", "--health", "h.json")
    assert good.exit_code == 0, good.stderr
    health = json.loads((tmp_path / "h.json").read_text("utf-8"))
    assert (health["healthy"], health["jobs"]) == (True, dict.fromkeys(JOBS, "ok"))
    assert set(health["states"]) == {"permissions", "seals", "search"}
    assert health["states"]["seals"].keys() == {"whole_at", "rows", "seconds", "rows_since"}
    raw(tmp_path / "a.db", "UPDATE audit_row SET actor = 'x' WHERE position = 1")
    bad = run("worker", "--once", "--health", "h.json")
    assert bad.exit_code == 4
    health = json.loads((tmp_path / "h.json").read_text("utf-8"))
    assert (health["healthy"], health["jobs"]["verify"]) == (False, "alarm")
    alarm = list(platform.auditing().store.log.rows())[-1].entry
    assert (alarm.action, alarm.outcome, alarm.actor) == (
        "audit.alarm", Outcome.DENIED, "worker",
    )  # fmt: skip
    assert ("audit.row_changed", "1-1") in alarm.note


def test_a_sealed_row_changed_behind_the_platform_is_alarmed(
    platform: Platform, tmp_path: Path
) -> None:
    """A sealed row changed under the same version: the log cannot tell, its seal does."""
    with platform.transactions.begin() as unit:
        unit[CASE.port].save(CASE.example("g-1"))
        unit.commit()
    working = Worker([job for job in jobs_of(platform, Event()) if job.name == "seals"])
    assert working.run_once()
    raw(tmp_path / "a.db", "UPDATE grading_rule SET body = replace(body, '1', '2')")
    assert (working.run_once(), working.alarmed) == (False, True)


def test_what_decides_about_permissions_is_alarmed_within_a_minute(
    platform: Platform, tmp_path: Path
) -> None:
    """Whether anybody lists it or not: a role's name changed behind us is found by one run.

    The worker looks at all that decides about permissions twice a minute. A list refuses it.
    """
    (job,) = (one for one in jobs_of(platform, Event()) if one.name == "permissions")
    with platform.transactions.begin() as unit:
        for one in ("r-1", "r-2", "r-3"):
            role = Role.add(id=one, name="检查员", department="d-1")
            unit[Roles].save(role)
        names = tuple(target_of("role", one, 1) for one in ("r-1", "r-2", "r-3"))
        unit[AuditLog].append(
            AuditEntry(
                at=platform.clock.now(),
                actor="x",
                department="",
                action="identity.add_role",
                outcome=Outcome.DONE,
                request="0" * 64,
                targets=names,
            )
        )
        unit[CASE.port].save(CASE.example("g-1"))
        unit.commit()
    working = Worker([job])
    assert (working.run_once(), working.alarmed) == (True, False)
    raw(tmp_path / "a.db", "UPDATE access_role SET name = '局长' WHERE id = 'r-2'")
    with platform.transactions.begin_reading() as unit, pytest.raises(Tampered):
        unit[Lists].page(ROLES, ListFilter(), PageRequest())
    assert job.every <= timedelta(seconds=30)
    assert (working.run_once(), working.alarmed) == (False, True)
    last = list(platform.auditing().store.log.rows())[-1].entry
    assert (last.action, dict(last.note)["audit.row_seal_broken"]) == (
        "audit.alarm", "0-0 role/r-2",
    )  # fmt: skip


def test_what_is_looked_at_piece_by_piece_is_alarmed_once_until_it_is_whole_again(
    platform: Platform, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two rows that no look finds together: each is told once, and healthy is no piece between.

    Once repaired they are forgotten by the next whole look; broken again they are told again.
    """
    monkeypatch.setattr(reverifying, "SPENT", timedelta(0))
    (tag,) = (one for one in CASES if one.port is Tags)
    with platform.transactions.begin() as unit:
        for case in (CASE, tag):
            unit[case.port].save(case.example("g-1"))
        unit.commit()
    (job,) = (one for one in jobs_of(platform, Event()) if one.name == "seals")
    working = Worker([job])
    broken, repaired = (
        [f"UPDATE {table} SET row_seal = {how}" for table in ("grading_rule", "tag")]  # noqa: S608 - our own words
        for how in ("'x' || row_seal", "substr(row_seal, 2)")
    )

    def pieces() -> Iterator[str]:
        after = None
        while after != "":
            after = platform.auditing().others.look(after or "").after
            yield after

    def whole() -> list[bool]:
        """Look at everything; say after each piece whether all is well."""
        return [working.run_once() for _ in pieces()]

    def told() -> int:
        rows = platform.auditing().store.log.rows()
        return sum(one.entry.action == "audit.alarm" for one in rows)

    assert (all(whole()), told()) == (True, 0)
    assert len(whole()) > 2
    for change in broken:
        raw(tmp_path / "a.db", change)
    assert (all(whole()), told()) == (False, 2)
    assert [any(whole()) for _ in range(2)] == [False] * 2
    assert told() == 2
    for change in repaired:
        raw(tmp_path / "a.db", change)
    whole()
    assert (all(whole()), told()) == (True, 2)
    raw(tmp_path / "a.db", broken[0])
    assert (all(whole()), told()) == (False, 3)


def test_an_alarm_is_told_once(platform: Platform, tmp_path: Path) -> None:
    """The worker stays unhealthy as long as the fault is there, and writes one row about it."""
    working = Worker([job for job in jobs_of(platform, Event()) if job.name == "verify"])
    raw(tmp_path / "a.db", "UPDATE audit_row SET actor = 'x' WHERE position = 1")
    size = platform.auditing().store.checkpoints.end(0).size
    assert [working.run_once() for _ in range(3)] == [False] * 3
    assert platform.auditing().store.checkpoints.end(0).size == size + 1


def test_a_witness_that_is_away_is_told_once(
    platform: Platform, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Until it is back the checkpoint's job fails, and the health file says since when."""
    auditing = platform.auditing()
    there = evolve(auditing.anchoring, policy=AnchorPolicy(rows=1))
    away = evolve(there, witnesses=(*there.witnesses, Away()))
    health = tmp_path / "h.json"

    def ended(anchoring: Anchoring) -> Json:
        job = AnchorJob(platform, evolve(auditing, anchoring=anchoring)).job()
        working = Worker([job], health)
        assert {working.run_once() for _ in range(3)} == {anchoring is not away}
        told = json.loads(health.read_text("utf-8"))
        return [told["jobs"]["checkpoint"], told["states"]]

    oldest = next(iter(auditing.store.log.rows())).entry.at
    with caplog.at_level("ERROR", "supervision.worker"):
        since = {"checkpoint": {"unwitnessed_since": oldest.isoformat()}}
        assert ended(away) == ["failed", since]
    assert [one.getMessage() for one in caplog.records] == [
        "checkpoint: 见证方 https://far 暂时不能访问（请检查网络和见证方服务，稍后重试）"
    ]
    assert ended(there) == ["ok", {}]


@pytest.mark.slow
def test_a_change_is_alarmed_within_a_minute(run: Run, platform: Platform, tmp_path: Path) -> None:
    """A worker that runs finds a row changed behind it in less than 60 seconds, and stops clean."""
    del run, platform
    call = "from entrypoints.cli import main; main()"
    words = ["worker", "--health", str(tmp_path / "h.json")]
    with subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-c", call, *words], stderr=subprocess.PIPE, encoding="utf-8"
    ) as running:
        began = time.monotonic()
        changed = False
        while time.monotonic() - began < 120:
            time.sleep(0.2)
            if not (tmp_path / "h.json").exists():
                continue
            health = json.loads((tmp_path / "h.json").read_text("utf-8"))
            if not changed and len(health["jobs"]) >= 3:
                raw(tmp_path / "a.db", "UPDATE audit_row SET actor = 'x' WHERE position = 1")
                changed, began = True, time.monotonic()
            elif changed and not health["healthy"]:
                break
        seconds = time.monotonic() - began
        running.send_signal(signal.SIGTERM)
        said = running.communicate(timeout=60)[1]
    assert changed
    assert seconds < 60
    assert running.returncode == 4
    assert "audit.row_changed at 1" in said


@frozen
class Counting:
    """Counts how often it ran."""

    runs: list[str]

    def good(self) -> None:
        """Run well."""
        self.runs.append("good")

    def bad(self) -> None:
        """Fail."""
        self.runs.append("bad")
        raise OSError("disk")

    def alarm(self) -> None:
        """Find something."""
        raise Alarmed("row 1")


def test_one_job_that_fails_stops_no_other() -> None:
    """Every job runs at its interval; a failure makes the whole unhealthy and is no alarm."""
    counting = Counting([])
    at_once, never = timedelta(milliseconds=1), timedelta(hours=1)
    stop = Event()

    def end() -> None:
        if counting.runs.count("bad") > 1 and "good" in counting.runs:
            stop.set()

    jobs = [
        Job(name="bad", title="bad", every=at_once, run=counting.bad),
        Job(name="good", title="good", every=never, run=counting.good),
        Job(name="stop", title="stop", every=at_once, run=end),
    ]
    working = Worker(jobs)
    assert working.run(stop) is False
    assert (counting.runs.count("good"), working.alarmed) == (1, False)
    watching = Worker([Job(name="alarm", title="alarm", every=never, run=counting.alarm)])
    assert (watching.run_once(), watching.alarmed) == (False, True)


def test_the_worker_has_its_jobs(platform: Platform) -> None:
    """The jobs of an installation by name."""
    assert [job.name for job in jobs_of(platform, Event())] == JOBS
