"""An installation from nothing to its first log-ins, as its operator makes it."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from threading import Event
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from attrs import define, frozen
from click.testing import CliRunner
from sqlalchemy import Engine, delete, select, update
from tests.integration.jobs.conftest import firms

from adapters.sql.engine.schema import done_command
from adapters.sql.identity.access import grant_sheet
from adapters.sql.identity.directory import app_user
from entrypoints.actors import operator as cli_operator
from entrypoints.cli import main
from entrypoints.cli.working import jobs_of
from entrypoints.container import Platform, log_store, open_platform
from entrypoints.jobs import stage
from entrypoints.organising import SECOND_PERSON
from entrypoints.simulators.serving import served
from entrypoints.simulators.short_messages import (
    SEND,
    ShortMessage,
    SimulatedGateway,
    simulated_gateway,
)
from entrypoints.simulators.signatures import Signatures
from entrypoints.simulators.unified_platform import SimulatedPlatform
from entrypoints.worker.loop import Worker
from supervision_core.identity.model import (
    SUPER,
    HolderKind,
    LogInRefused,
    NotLoggedIn,
    PermissionDenied,
    PolicyTooWeak,
    UserKind,
    duties_in,
)
from supervision_core.identity.ports import Regions, Users
from supervision_core.identity.roles import EVERYBODYS
from supervision_core.identity.services.access import sheet_of
from supervision_core.identity.services.granting import RevokePermission, revoke
from supervision_core.identity.services.login import CertificateRequired, SignOnRefused
from supervision_core.jobs.model import JobKind, JobState
from supervision_core.jobs.services import (
    ListJobs,
    NamedJob,
    StartJob,
    cancel_job,
    list_jobs,
    retry_job,
    start_job,
    view_job,
)
from supervision_core.kernel.errors import NotFound, Violation
from supervision_core.kernel.paging import PageRequest
from supervision_core.kernel.registers import EntryFilter

HOME = "192.0.2.1"
SECRET = "a secret of tests"  # noqa: S105 - of a partner that is played
RETURN_TO = "https://supervision.example/back"
ACCOUNTS = ("admin.system", "admin.security", "admin.audit")
PHONES = ("13900000001", "13900000002", "13900000003")


@frozen
class Said:
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> dict[str, Any]:
        """Give the JSON document that stdout holds."""
        found: dict[str, Any] = json.loads(self.out)
        return found


@define
class Operator:
    """Somebody at the machine, in a folder of his own."""

    folder: Path
    database: str

    def run(self, *words: str | Path) -> Said:
        """Run ``supervision``."""
        found = CliRunner().invoke(main, [str(word) for word in words])
        if found.exception and not isinstance(found.exception, SystemExit):
            raise found.exception
        return Said(found.exit_code, found.stdout, found.stderr)

    def opened(self) -> Platform:
        """Open the platform."""
        return open_platform(self.database)

    def sign(self, nonce: bytes, account: str, passphrase: str) -> tuple[bytes, bytes]:
        """Do by ``login-sign`` what a UKey does."""
        secret = self.folder / "passphrase"
        secret.write_text(passphrase, "utf-8")
        said = self.run(
            "login-sign", nonce.hex(), "--key", self.folder / f"{account}.key",
            "--certificate", self.folder / f"{account}.cer", "--passphrase-file", secret, "--json",
        )  # fmt: skip
        assert said.code == 0, said.err
        certificate, signature = said.data["certificate"], said.data["signature"]
        return bytes.fromhex(certificate), bytes.fromhex(signature)

    def enter(self, platform: Platform, account: str, passphrase: str) -> str:
        """Log in by certificate; give the session's token."""
        asked = platform.log_ins.begin_certificate_log_in(source=HOME)
        answer = self.sign(asked.nonce, account, passphrase)
        return platform.log_ins.finish_certificate_log_in(asked.token, *answer, source=HOME).token


@pytest.fixture
def operator(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Operator:
    """Give an operator with nothing yet."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SUPERVISION_TRUST", str(tmp_path / "trust"))
    monkeypatch.setenv("SUPERVISION_AUTHORITY", str(tmp_path / "authority"))
    monkeypatch.setenv("SUPERVISION_DATABASE", f"sqlite:///{tmp_path / 'first.db'}")
    return Operator(tmp_path, f"sqlite:///{tmp_path / 'first.db'}")


def alarmed(platform: Platform) -> bool:
    """Tell whether the worker finds something wrong in what is stored."""
    looking = {"verify", "compare", "permissions", "seals"}
    working = Worker([one for one in jobs_of(platform, Event()) if one.name in looking])
    working.run_once()
    return working.alarmed


def refused(act: Callable[[], object]) -> None:
    """Hold that nobody is let in."""
    with pytest.raises(LogInRefused):
        act()


@pytest.mark.function("F025", surface="cli")
def test_three_administrators_log_in_and_share_no_duty(operator: Operator) -> None:
    """Init makes regions, lead department and three people apart, each with his certificate."""
    made = operator.run("init", "--administrators", operator.folder, "--json").data
    assert made["regions"] == 126
    assert [one["account"] for one in made["administrators"]] == list(ACCOUNTS)
    platform = operator.opened()
    held = {}
    for one in made["administrators"]:
        token = operator.enter(platform, one["account"], one["secret"])
        actor = platform.log_ins.resume(token)
        assert (actor.department, actor.scope.region) == (made["department"], "450000")
        assert len(duties_in(actor.permissions)) == 1
        held[one["account"]] = actor.permissions
    assert "identity.register_user" in held["admin.system"]
    own = {"identity.grant", "identity.delegate_roles", "identity.change_contact"}
    assert own <= held["admin.security"]
    assert own.isdisjoint(held["admin.system"])
    shared = held["admin.system"] & held["admin.security"]
    assert not duties_in(shared)
    assert {SUPER, "identity.list_regions", "identity.view_department"} <= shared
    auditing = held["admin.audit"] - SECOND_PERSON - {*EVERYBODYS}
    assert {one.partition(".")[0] for one in auditing} == {"audit"}
    assert all(held[one] >= SECOND_PERSON | {*EVERYBODYS} for one in ACCOUNTS)
    with platform.transactions.begin() as unit:
        page = unit[Regions].page(EntryFilter(), PageRequest(size=200))
    assert len(page.items) == 126
    platform.engine.dispose()
    again = operator.run("init", "--administrators", operator.folder, "--json").data
    assert (again["regions"], again["administrators"]) == (126, [])
    for path in operator.folder.glob("*.key"):
        assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.function("F025", surface="cli")
def test_an_older_installation_gains_what_came_to_each_duty(operator: Operator) -> None:
    """升级: what was never granted is, once, audited; what was taken away stays so; no credential.

    An older version knew neither these permissions nor the commands as they are today.
    """
    words: tuple[str | Path, ...] = ("init", "--administrators", operator.folder, "--json")
    operator.run(*words)
    files = {path: path.read_bytes() for path in operator.folder.glob("admin.*")}
    looks = {"identity.list_notices", "identity.list_assignable_roles"}
    newer = (looks, looks | {"identity.delegate_roles", "identity.change_contact"})
    taken = "identity.view_access"
    platform = operator.opened()
    roles = roles_of(platform)
    for role, lacking in zip(roles, newer, strict=False):
        for permission in (*lacking, taken):
            command = RevokePermission(
                holder=HolderKind.ROLE, holder_id=role, permission=permission
            )
            platform.commands.run(revoke, command, actor=cli_operator())
    keys = done_command.c.request_key
    with platform.engine.begin() as connection:
        for one in frozenset().union(*newer):
            connection.execute(delete(done_command).where(keys.endswith(f"/{one}")))
        connection.execute(update(done_command).values(request="of an older version"))
    platform.engine.dispose()
    said = operator.run(*words).data
    assert said["administrators"] == []
    assert said["gained"] == [
        {"title": title, "permissions": sorted(gained)}
        for title, gained in zip(("系统管理员", "安全管理员"), newer, strict=True)
    ]
    assert {path: path.read_bytes() for path in operator.folder.glob("admin.*")} == files
    platform = operator.opened()
    with platform.transactions.begin() as unit:
        held = [sheet_of(unit, HolderKind.ROLE, role).permissions for role in roles[:2]]
    assert [(gained <= one, taken in one) for gained, one in zip(newer, held, strict=True)] == [
        (True, False)
    ] * 2
    actions = [row.entry.action for row in log_store(platform.engine).log.rows()]
    assert actions[-6:] == ["identity.grant"] * 6
    assert actions[-7] == "identity.revoke"
    platform.engine.dispose()
    again = operator.run("init", "--administrators", operator.folder)
    assert "登录凭据不再发放" in again.out
    assert "新增" not in again.out


@pytest.mark.function("F025", surface="cli")
def test_administrators_follow_the_jobs_that_they_start_and_no_others(operator: Operator) -> None:
    """后台作业: each his own; a job gives nobody what it does, another's is as one that is not."""
    made = operator.run("init", "--administrators", operator.folder, "--json").data
    platform = operator.opened()
    system, security, audit = (
        platform.log_ins.resume(operator.enter(platform, one["account"], one["secret"]))
        for one in made["administrators"]
    )
    ask, run = platform.commands.ask, platform.commands.run
    table = stage(platform, system, "用户.xlsx", firms(1))
    command = StartJob(kind=JobKind.IMPORT, case="identity.import_users", file=table)
    with pytest.raises(PermissionDenied, match=r"identity\.import_users"):
        run(start_job, command, actor=security)
    job = NamedJob(job_id=run(start_job, command, actor=system))
    assert ask(view_job, job, actor=system).state is JobState.WAITING
    assert [one.id for one in ask(list_jobs, ListJobs(), actor=system).items] == [job.job_id]
    for other in (security, audit):
        assert ask(list_jobs, ListJobs(), actor=other).items == ()
        with pytest.raises(NotFound):
            ask(view_job, job, actor=other)
        with pytest.raises(NotFound):
            run(cancel_job, job, actor=other)
    run(cancel_job, job, actor=system)
    assert ask(view_job, job, actor=system).state is JobState.CANCELLED
    run(retry_job, job, actor=system)
    platform.engine.dispose()


def roles_of(platform: Platform) -> list[str]:
    """Give the roles of the three administrators, in the order of their duties."""
    with platform.transactions.begin() as unit:
        users = [unit[Users].find_by_account(one) for one in ACCOUNTS]
        sheets = [sheet_of(unit, HolderKind.USER, one.id) for one in users if one]
    return [role for one in sheets for role in one.roles]


@pytest.mark.parametrize("by_file", [True, False], ids=["key", "ukey"])
def test_an_auditor_repairs_what_an_alarm_named(operator: Operator, *, by_file: bool) -> None:
    """修复: shown without a certificate, done with the auditor's, refused with another's.

    Error: identity.repair_not_vouched.
    """
    made = operator.run("init", "--administrators", operator.folder, "--json").data
    secrets = {one["account"]: one["secret"] for one in made["administrators"]}
    platform = operator.opened()
    role = roles_of(platform)[0]
    name, mine = f"grant_sheet/role/{role}", grant_sheet.c.id == f"role/{role}"
    with platform.engine.begin() as connection:
        kept = dict(connection.execute(select(grant_sheet).where(mine)).one()._mapping)
    command = RevokePermission(
        holder=HolderKind.ROLE, holder_id=role, permission="identity.register_user"
    )
    platform.commands.run(revoke, command, actor=cli_operator())
    assert not alarmed(platform)
    with platform.engine.begin() as connection:
        connection.execute(update(grant_sheet).where(mine).values(kept))
    assert alarmed(platform)
    platform.engine.dispose()
    words: tuple[str | Path, ...] = ("audit", "repair", name)
    shown = operator.run(*words)
    assert shown.code == 0, shown.err
    assert "identity.register_user" in shown.out
    assert "identity.revoke" in shown.out
    before = operator.run(*words, "--json").data

    def proof(account: str) -> tuple[str | Path, ...]:
        secret, signature = operator.folder / "passphrase", operator.folder / "signature"
        secret.write_text(secrets[account], "utf-8")
        given: tuple[str | Path, ...] = ("--certificate", operator.folder / f"{account}.cer")
        if by_file:
            key = operator.folder / f"{account}.key"
            return (*given, "--key", key, "--passphrase-file", secret)
        challenge = bytes.fromhex(before["challenge"])
        signature.write_text(operator.sign(challenge, account, secrets[account])[1].hex(), "ascii")
        return (*given, "--signature", signature)

    refused_one = operator.run(*words, *proof("admin.security"))
    assert refused_one.code != 0
    assert "证书没有绑定到现任审计管理员" in refused_one.out + refused_one.err
    done = operator.run(*words, *proof("admin.audit"), "--json")
    assert done.code == 0, done.err
    assert (done.data["version"], done.data["repaired"]) == (before["version"], True)
    platform = operator.opened()
    assert not alarmed(platform)
    last = list(log_store(platform.engine).log.rows())[-1].entry
    assert (last.action, last.targets) == ("audit.repair", (f"{name}@{before['version']}",))
    platform.engine.dispose()


def test_a_city_sets_itself_up_with_what_is_above_it(operator: Operator) -> None:
    """The regions of a city: itself, its counties, and the province over it."""
    said = operator.run("init", "--administrators", operator.folder, "--region", "450100",
                        "--lead", "南宁市综合监管办公室", "--json")  # fmt: skip
    assert said.data["regions"] == 1 + 1 + 12


@pytest.fixture
def shown(operator: Operator, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[ShortMessage]]:
    """Give the messages of a gateway that the platform is set to."""
    sent: list[ShortMessage] = []
    secret = operator.folder / "sms.secret"
    secret.touch(0o600)
    secret.write_text(SECRET, "utf-8")
    with simulated_gateway(
        SimulatedGateway(Signatures("supervision", SECRET), sent.append)
    ) as address:
        monkeypatch.setenv("SUPERVISION_SMS_URL", address + SEND)
        monkeypatch.setenv("SUPERVISION_SMS_APPLICATION", "supervision")
        monkeypatch.setenv("SUPERVISION_SMS_SECRET", str(secret))
        yield sent


def captcha(platform: Platform) -> str:
    """Solve a captcha in words."""
    digits = "零一二三四五六七八九"
    given = platform.log_ins.captchas.issue(in_words=True)

    def number(spoken: str) -> int:
        ones = spoken.removeprefix("十")
        return 10 * spoken.startswith("十") + (digits.index(ones) if ones else 0)

    first, rest = given.question.split("加")
    return f"{given.ticket} {number(first) + number(rest.split('等')[0])}"


def test_a_first_password_only_changes_itself(
    operator: Operator, shown: list[ShortMessage], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One-time passwords: captcha, password, code by message; then nothing but a new password."""
    monkeypatch.setenv("SUPERVISION_ADMINISTRATORS_BY_CERTIFICATE", "no")
    made = operator.run("init", "--phones", *PHONES, "--region", "450100", "--json").data
    platform = operator.opened()
    first = made["administrators"][0]

    def enter(password: str) -> Any:
        token = platform.log_ins.log_in_with_password(
            first["account"], password, source=HOME, captcha=captcha(platform)
        )
        assert shown[-1].phone == PHONES[0]
        return platform.log_ins.confirm_sms_code(token, shown[-1].code, source=HOME)

    given = enter(first["secret"])
    assert given.must_change
    assert platform.log_ins.resume(given.token).permissions == set()
    platform.log_ins.change_password(given.token, first["secret"], "Correct-horse-7", source=HOME)
    with pytest.raises(NotLoggedIn):
        platform.log_ins.resume(given.token)
    refused(lambda: enter(first["secret"]))
    later = enter("Correct-horse-7")
    assert not later.must_change
    assert later.token != given.token
    assert "identity.register_user" in platform.log_ins.resume(later.token).permissions
    used = captcha(platform)
    assert platform.log_ins.captchas.passes(used)
    refused(
        lambda: platform.log_ins.log_in_with_password(
            first["account"], "Correct-horse-7", source=HOME, captcha=used
        )
    )
    platform.engine.dispose()
    monkeypatch.setenv("SUPERVISION_ADMINISTRATORS_BY_CERTIFICATE", "yes")
    platform = operator.opened()
    with pytest.raises(CertificateRequired):
        enter("Correct-horse-7")
    assert not alarmed(platform)
    platform.engine.dispose()


def test_certificates_are_issued_bound_and_revoked(operator: Operator) -> None:
    """An operator without UKeys: issue, bind, log in, revoke, and the list that all depends on."""
    made = operator.run(
        "init", "--administrators", operator.folder, "--region", "450100", "--json"
    ).data
    secret = operator.folder / "own"
    secret.write_text("a passphrase", "utf-8")
    issued = operator.run(
        "certificate", "issue", "second", operator.folder, "--passphrase-file", secret, "--json"
    ).data
    said = operator.run("certificate", "bind", "admin.audit", operator.folder / "second.cer")
    assert said.code == 0, said.err
    platform = operator.opened()
    operator.enter(platform, "second", "a passphrase")
    assert operator.run("certificate", "revoke", issued["serial"]).code == 0
    refused(lambda: operator.enter(platform, "second", "a passphrase"))
    operator.enter(platform, "admin.audit", made["administrators"][2]["secret"])
    rows = operator.run("certificate", "list", "--json").data["certificates"]
    assert [bool(row["revoked_at"]) for row in rows] == [False, False, False, True]
    assert operator.run("certificate", "crl", "--days", "7").code == 0
    wrong = operator.run("certificate", "revoke", "ff", "--json")
    assert (wrong.code, wrong.data["error"]) == (3, "crypto.certificate_not_issued")
    missing = operator.run(
        "certificate", "bind", "nobody", operator.folder / "second.cer", "--json"
    )
    assert (missing.code, missing.data["error"]) == (3, "certificate.refused")
    twice = operator.run(
        "certificate", "issue", "second", operator.folder, "--passphrase-file", secret
    )
    assert twice.code == 1
    platform.engine.dispose()


def test_a_ukeys_public_key_is_certified_alone(operator: Operator) -> None:
    """A key that never leaves its UKey: only its public half is needed."""
    operator.run("init")
    platform = operator.opened()
    path = operator.folder / "ukey.hex"
    path.write_text(platform.keys.signer.public_key.hex(), "ascii")
    said = operator.run("certificate", "issue", "ukey", operator.folder, "--public-key", path)
    assert said.code == 0, said.err
    assert sorted(one.name for one in operator.folder.glob("ukey.*")) == ["ukey.cer", "ukey.hex"]
    platform.engine.dispose()


@pytest.fixture(params=["sqlite", "postgres"])
def address(request: pytest.FixtureRequest) -> str:
    """Give an empty database in each engine."""
    engine: Engine = request.getfixturevalue(f"{request.param}_engine")
    return engine.url.render_as_string(hide_password=False)


@pytest.mark.function("F095")
@pytest.mark.function("F218")
def test_single_sign_on_goes_all_eight_steps(
    operator: Operator, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """单点登录: over real HTTP into a real database; created, admitted, updated, refused, out."""
    simulated = SimulatedPlatform("supervision", SECRET, RETURN_TO)
    secret = operator.folder / "sign_on.secret"
    secret.touch(0o600)
    secret.write_text(SECRET, "utf-8")
    with served(simulated.answer) as partner:
        for name, value in {
            "URL": f"{partner}/oauth2/authorize",
            "TOKEN_URL": f"{partner}/oauth2/token",
            "USER_URL": f"{partner}/gxrz-rest/user/getUserInfoByToken",
            "LOG_OUT_URL": f"{partner}/oauth2/logout",
            "APPLICATION": "supervision",
            "SECRET": str(secret),
            "RETURN_URL": RETURN_TO,
        }.items():
            monkeypatch.setenv(f"SUPERVISION_SIGN_ON_{name}", value)
        platform = open_platform(address)
        log_ins = platform.log_ins

        def enter(name: str, source: str = HOME) -> Any:
            state = log_ins.begin_sign_on(source=HOME)
            there = requests.get(
                f"{log_ins.sign_on_address(state)}&user={name}", allow_redirects=False, timeout=60
            )
            back = parse_qs(urlsplit(there.headers["Location"]).query)
            return log_ins.sign_on(back["code"][0], back["state"][0], source=source)

        citizen = log_ins.resume(enter("citizen").token).user
        assert log_ins.resume(enter("citizen").token).user == citizen
        told = simulated.people["citizen"]["personalInfo"]
        told["updateTime"], told["userName"], told["userIdcode"] = "later", "李改名", "GX-new"
        token = enter("citizen").token
        assert log_ins.resume(token).user == citizen
        with platform.transactions.begin() as unit:
            user = unit[Users].get(citizen)
        assert user.sign_on is not None
        assert (user.person.name, user.sign_on.user_code) == ("李改名", "GX-new")
        firm = log_ins.resume(enter("firm").token)
        assert firm.scope.party == "91350100M000100Y43"
        for name, code in {"servant": "identity.staff_not_registered",
                           "unchecked": "identity.account_not_sufficient"}.items():  # fmt: skip
            with pytest.raises(SignOnRefused) as caught:
                enter(name)
            assert [one.code for one in caught.value.reasons] == [code]
        said = platform.messages.explain(Violation("identity.account_not_sufficient")).reason
        assert said == (
            "您登录本系统的账户类别不满足业务办理要求，请使用符合要求的账户重新登录系统"
        )
        refused(lambda: enter("frozen"))
        refused(lambda: enter("firm", source="198.51.100.1"))
        refused(lambda: log_ins.sign_on(simulated.code_for("firm"), "made-up", source=HOME))
        app = log_ins.sign_on_with_token(simulated.token_for("firm"), source=HOME)
        assert log_ins.resume(app.token).user == firm.user
        assert log_ins.log_out_address(f"{RETURN_TO}").startswith(f"{partner}/oauth2/logout?")
        assert log_ins.sign_off(*simulated.notice_for("citizen"), source=HOME) >= 1
        with pytest.raises(NotLoggedIn):
            log_ins.resume(token)
        with platform.transactions.begin() as unit:
            kinds = {unit[Users].get(one).extended.kind for one in (citizen, firm.user)}
        assert kinds == {UserKind.CITIZEN, UserKind.ENTERPRISE}
        assert not alarmed(platform)
        with platform.engine.begin() as database:  # the control: one whom no log names
            database.execute(update(app_user).values(version=app_user.c.version + 1))
        assert alarmed(platform)
        platform.engine.dispose()


@pytest.mark.parametrize("name", ["sso", "sms", "faces", "organisation", "notices"])
def test_partners_are_played_on_this_machine_alone(operator: Operator, name: str) -> None:
    """``simulate`` tells how to set the platform, answers on loopback, and ends when told."""
    code = "from entrypoints.cli import main; main()"
    with subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, "-c", code, "simulate", name, "--port", "0"],
        cwd=operator.folder,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONUTF8": "1"},
    ) as running:
        assert running.stderr is not None
        lines = [running.stderr.readline() for _ in range(3)]
        assert "SUPERVISION_" in lines[1]
        address = lines[1].split("=", 1)[1].strip()
        assert urlsplit(address).hostname == "127.0.0.1"
        assert requests.get(address, timeout=60).status_code in {400, 404}
        running.send_signal(signal.SIGTERM)
        assert running.wait() == 0
        running.stderr.read()


def test_settings_tell_themselves(operator: Operator, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever sets something up reads every name, what it is for, and what holds now."""
    monkeypatch.setenv("SUPERVISION_SIGN_ON_LEVEL", "2")
    rows = {one["name"]: one for one in operator.run("settings", "--json").data["settings"]}
    level = rows["SUPERVISION_SIGN_ON_LEVEL"]
    assert (level["value"], level["set"]) == ("2", True)
    assert rows["SUPERVISION_ADMINISTRATORS_BY_CERTIFICATE"]["value"] == "yes"
    assert not rows["SUPERVISION_SMS_URL"]["set"]
    assert "SUPERVISION_TRUST" in operator.run("settings").out
    monkeypatch.setenv("SUPERVISION_SIGN_ON_LEVEL", "high")
    wrong = operator.run("settings", "--json")
    assert (wrong.code, wrong.data["error"]) == (3, "settings.wrong")


def test_a_weak_log_in_policy_keeps_the_platform_from_starting(
    operator: Operator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """登录策略: stricter limits hold; each laxer one is named, and nothing is opened."""
    monkeypatch.setenv("SUPERVISION_PASSWORD_LENGTH", "12")
    monkeypatch.setenv("SUPERVISION_IDLE_MINUTES", "10")
    assert operator.run("init").code == 0
    platform = operator.opened()
    policy = platform.log_ins.policy
    assert (policy.least_length, policy.idle) == (12, timedelta(minutes=10))
    platform.engine.dispose()
    monkeypatch.setenv("SUPERVISION_PASSWORD_LENGTH", "6")
    monkeypatch.setenv("SUPERVISION_LOG_IN_TRIES", "9")
    with pytest.raises(PolicyTooWeak) as refused:
        operator.opened()
    assert [one.at for one in refused.value.reasons] == ["least_length", "tries"]
