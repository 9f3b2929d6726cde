"""Two persons for what concerns an administrator, by accounts that the product made, over HTTP."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from attrs import define, evolve
from httpx import Response
from litestar.testing import TestClient

from entrypoints.actors import operator as cli_operator
from entrypoints.container import Platform
from entrypoints.http.app import make_app
from entrypoints.http.limits import Rate
from entrypoints.http.settings import HttpSettings
from supervision_core.identity.model import Duty, HolderKind, duties_in
from supervision_core.identity.ports import CredentialsStore, GrantSheets, Users
from supervision_core.identity.services import Commands
from supervision_core.identity.services.dead_letters import resend_dead_letter
from supervision_core.identity.services.granting import RevokePermission, revoke
from supervision_core.identity.services.second_person import ASKABLE
from supervision_core.kernel.plain import to_plain
from supervision_core.kernel.ports import Clock

from .test_installation import ACCOUNTS, HOME, Operator

NO_LIMIT = Rate(1e9, 10**9)
SETTINGS = HttpSettings(hosts=("office.example.cn",), per_source=NO_LIMIT, per_user=NO_LIMIT)
REQUESTS = "/api/v1/identity/second_person_requests"
NEW = "ab" * 32
SECOND_SECRET = "Correct-horse-7"  # noqa: S105 - of a key that this test makes


@define
class Moving(Clock):
    """The clock of the platform, some time later."""

    inner: Clock
    later: timedelta = timedelta()

    def now(self) -> Any:
        """Give that moment."""
        return self.inner.now() + self.later


@define
class Office:
    """An installation with two auditors, and everybody's session."""

    operator: Operator
    platform: Platform
    clock: Moving
    client: Any
    tokens: dict[str, str]
    secrets: dict[str, str]

    def enter(self, account: str) -> None:
        """Log in by certificate, and prove oneself anew for what is critical."""
        log_ins, secret = self.platform.log_ins, self.secrets[account]
        token = self.tokens[account] = self.operator.enter(self.platform, account, secret)
        asked = log_ins.begin_step_up(source=HOME)
        answer = self.operator.sign(asked.nonce, account, secret)
        log_ins.finish_step_up(token, asked.token, *answer, source=HOME)

    def call(self, account: str, method: str, path: str, body: object = None) -> Response:
        """Call the interface as somebody."""
        headers = {"authorization": f"Bearer {self.tokens[account]}"}
        given: Any = {} if body is None else {"json": body}
        answer: Response = self.client.request(method, path, headers=headers, **given)
        return answer

    def id_of(self, account: str) -> str:
        """Give a user's id."""
        with self.platform.transactions.begin() as unit:
            user = unit[Users].find_by_account(account)
        assert user is not None
        return user.id

    def certificates(self, account: str) -> frozenset[str]:
        """Give what lets somebody in."""
        user = self.id_of(account)
        with self.platform.transactions.begin() as unit:
            return unit[CredentialsStore].get(user).certificates

    def asked(self, account: str = "admin.audit", by: str = "admin.security") -> Response:
        """Ask to bind a certificate."""
        command = {"user_id": self.id_of(account), "thumbprint": NEW}
        body = {"action": "identity.bind_certificate", "command": command, "reason": "证书遗失"}
        return self.call(by, "POST", REQUESTS, body)

    def waiting(self) -> str:
        """Ask, and give the id of the request."""
        answer = self.asked()
        assert answer.status_code == 200, answer.text
        found: str = answer.json()["request_id"]
        return found

    def decide(self, request: str, by: str, *, consented: bool = True) -> Response:
        """Decide on a request."""
        body = {"consented": consented, "reason": "已电话核实"}
        return self.call(by, "POST", f"{REQUESTS}/{request}/decision", body)


def reasons(answer: Response) -> list[str]:
    """Give the codes of the reasons of a refusal."""
    return [one["code"] for one in answer.json()["reasons"]]


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """Make an installation with a second auditor, whom the operator appointed and let in."""
    folder = tmp_path_factory.mktemp("founded")
    with pytest.MonkeyPatch.context() as patch:
        operator = at_work(folder, patch)
        made = operator.run("init", "--administrators", folder, "--json").data
        secrets = {one["account"]: one["secret"] for one in made["administrators"]}
        role = _role_of(operator, "admin.audit")
        draft = {
            "account": {"account": "audit.second"}, "person": {"name": "王示例"},
            "memberships": [{"department": made["department"]}],
        }  # fmt: skip
        second = _do(operator, "identity.register_user", {"draft": draft})
        given = {"holder": "user", "holder_id": second, "roles": [role]}
        _do(operator, "identity.assign_roles", given)
        passphrase = folder / "given"
        passphrase.write_text(SECOND_SECRET, "utf-8")
        issuing = "certificate", "issue", "audit.second", folder
        assert operator.run(*issuing, "--passphrase-file", passphrase).code == 0
        binding = "certificate", "bind", "audit.second", folder / "audit.second.cer"
        assert operator.run(*binding).code == 0
    return folder, {**secrets, "audit.second": SECOND_SECRET}


def at_work(folder: Path, patch: pytest.MonkeyPatch) -> Operator:
    """Give the operator of the installation in a folder."""
    patch.chdir(folder)
    patch.setenv("SUPERVISION_TRUST", str(folder / "trust"))
    patch.setenv("SUPERVISION_AUTHORITY", str(folder / "authority"))
    patch.setenv("SUPERVISION_DATABASE", f"sqlite:///{folder / 'first.db'}")
    return Operator(folder, f"sqlite:///{folder / 'first.db'}")


def _role_of(operator: Operator, account: str) -> str:
    platform = operator.opened()
    with platform.transactions.begin() as unit:
        user = unit[Users].find_by_account(account)
        assert user is not None
        (sheet,) = unit[GrantSheets].find_many([f"user/{user.id}"])
    platform.engine.dispose()
    (role,) = sheet.roles
    return role


@pytest.fixture
def office(
    founded: tuple[Path, dict[str, str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Office]:
    """Give a copy of the installation, with everybody logged in."""
    folder, secrets = founded
    operator = at_work(copytree(folder, tmp_path / "copy"), monkeypatch)
    platform = operator.opened()
    clock = Moving(platform.clock)
    log_ins = evolve(platform.log_ins, clock=clock)
    commands = Commands(platform.transactions, clock, platform.ids)
    moved = evolve(platform, clock=clock, log_ins=log_ins, commands=commands)
    app: Any = make_app(moved, SETTINGS)
    with TestClient(app, base_url="https://office.example.cn") as client:
        made = Office(operator, moved, clock, client, {}, secrets)
        for one in secrets:
            made.enter(one)
        yield made
    platform.engine.dispose()


def _do(operator: Operator, name: str, command: dict[str, Any]) -> str:
    file = operator.folder / "command.json"
    file.write_text(json.dumps(command), "utf-8")
    done = operator.run("do", name, "--data", file, "--yes", "--json")
    assert done.code == 0, done.err
    return str(done.data["answer"])


def test_alone_nobody_binds_a_certificate_to_an_auditor(office: Office) -> None:
    """409, and how to ask. Error: identity.second_person_required."""
    path = f"/api/v1/identity/users/{office.id_of('admin.audit')}/certificates"
    answer = office.call("admin.security", "POST", path, {"thumbprint": NEW})
    assert (answer.status_code, answer.json()["code"]) == (409, "identity.second_person_required")
    assert "second_person_requests" in answer.json()["detail"]
    assert NEW not in office.certificates("admin.audit")


def test_another_auditor_consents_and_it_is_done(office: Office) -> None:
    """Another auditor looks and consents: 另一名审计管理员看清内容后同意，证书随即绑定."""
    request = office.waiting()
    assert office.waiting() == request
    listed = office.call("audit.second", "GET", REQUESTS).json()["items"]
    assert [one["id"] for one in listed] == [request]
    seen = office.call("audit.second", "GET", f"{REQUESTS}/{request}").json()
    assert (seen["title"], seen["account"], seen["name"]) == (
        "绑定用户的数字证书", "admin.audit", "审计管理员",
    )  # fmt: skip
    assert seen["differences"] == [{"what": "thumbprint", "before": "", "after": NEW}]
    assert [one["given_by"] for one in seen["ways"]] == ["cli"]
    assert NEW not in office.certificates("admin.audit")
    assert office.decide(request, "audit.second").status_code == 200
    assert NEW in office.certificates("admin.audit")
    own = office.call("admin.security", "GET", f"{REQUESTS}?which=own").json()["items"]
    assert [(one["id"], one["state"]) for one in own] == [(request, "consented")]


def test_neither_asker_nor_target_nor_another_duty_decides(office: Office) -> None:
    """None of them is the second person: 申请人、本人、其他职责的管理员都不能同意."""
    request = office.waiting()
    assert reasons(office.decide(request, "admin.security")) == ["identity.second_person_own"]
    assert reasons(office.decide(request, "admin.audit")) == ["identity.second_person_self"]
    assert reasons(office.decide(request, "admin.system")) == ["identity.second_person_duty"]
    assert NEW not in office.certificates("admin.audit")


def test_a_duty_swap_takes_every_duty(office: Office) -> None:
    """安全和系统管理员两人不能把审计管理员改任系统管理员：还缺审计管理员的同意，页面写明."""
    second, role = office.id_of("audit.second"), _role_of(office.operator, "admin.system")
    command = {"holder": "user", "holder_id": second, "roles": [role], "groups": []}
    body = {"action": "identity.assign_roles", "command": command, "reason": "岗位调整"}
    request = office.call("admin.security", "POST", REQUESTS, body).json()["request_id"]
    assert office.decide(request, "admin.system").status_code == 200
    seen = office.call("admin.audit", "GET", f"{REQUESTS}/{request}").json()
    assert (seen["state"], seen["deciding"]) == ("waiting", True)
    assert [(one["duty"], one["everywhere"], one["given_by"]) for one in seen["consents"]] == [
        ("audit", False, ""), ("system", True, "admin.system"),
    ]  # fmt: skip
    shown = office.operator.run("second-person", "show", request).out
    assert f"须由 {seen['consents'][0]['department']}或其上级机构的审计管理员 同意：还缺" in shown
    assert "须由 管理全部机构的系统管理员 同意：admin.system已同意" in shown
    assert _role_of(office.operator, "audit.second") != role
    assert office.decide(request, "admin.audit").status_code == 200
    assert _role_of(office.operator, "audit.second") == role


def test_security_takes_the_consents_from_no_auditor(office: Office) -> None:
    """审计管理员角色的同意权限不能由安全管理员一人收回. Error: identity.role_of_duty_held."""
    role = _role_of(office.operator, "admin.audit")
    body = {"revoked": ["identity.decide_second_person"]}
    answer = office.call("admin.security", "PUT", f"/api/v1/identity/grants/role/{role}", body)
    assert reasons(answer) == ["identity.role_of_duty_held"]
    assert office.decide(office.waiting(), "audit.second").status_code == 200


def test_after_three_days_nobody_consents(office: Office) -> None:
    """超过72小时的申请不再有效. Error: identity.second_person_lapsed."""
    request = office.waiting()
    office.clock.later = timedelta(hours=72)
    office.enter("audit.second")
    assert reasons(office.decide(request, "audit.second")) == ["identity.second_person_lapsed"]
    assert NEW not in office.certificates("admin.audit")


def test_the_asker_lost_the_permission_meanwhile(office: Office) -> None:
    """申请人已无此权限的，不能再办理. Error: identity.second_person_asker."""
    request = office.waiting()
    role = _role_of(office.operator, "admin.security")
    taken = RevokePermission(
        holder=HolderKind.ROLE, holder_id=role, permission="identity.bind_certificate"
    )
    office.platform.commands.run(revoke, taken, actor=cli_operator())
    assert reasons(office.decide(request, "audit.second")) == ["identity.second_person_asker"]
    assert NEW not in office.certificates("admin.audit")
    assert office.decide(request, "audit.second", consented=False).status_code == 200


def test_the_operator_consents_only_where_nobody_else_can(office: Office) -> None:
    """Only where nobody else is left: 另有审计管理员可以同意的，运维人员不能代办."""
    request = office.waiting()
    run = office.operator.run
    assert request in run("second-person", "list").out
    shown = run("second-person", "show", request)
    assert f"数字证书：无 → {NEW}" in shown.out
    refused = run("second-person", "consent", request, "--yes")
    assert (refused.code, "另有可以同意的管理员" in refused.err) == (3, True)
    _do(office.operator, "identity.switch_user", {
        "user_id": office.id_of("audit.second"), "enabled": False,
    })  # fmt: skip
    assert run("second-person", "consent", request).code != 0  # nobody answers the question
    assert NEW not in office.certificates("admin.audit")
    done = run("second-person", "consent", request, "--yes")
    assert done.code == 0, done.err
    assert NEW in office.certificates("admin.audit")


def test_all_three_administrators_may_ask_and_decide(office: Office) -> None:
    """``init`` gives it to all three: 三种管理员都有双人复核的权限."""
    for account in ACCOUNTS:
        assert office.call(account, "GET", REQUESTS).status_code == 200


def _auditors_locked_out(office: Office) -> None:
    """Take back every certificate of the auditors: neither can log in any more."""
    issued = office.operator.run("certificate", "list", "--json").data["certificates"]
    for row in issued:
        if row["name"] in {"admin.audit", "audit.second"}:
            assert office.operator.run("certificate", "revoke", row["serial"]).code == 0


def _restored(office: Office, account: str = "audit.third") -> Any:
    return office.operator.run(
        "init", "--restore-duty", "audit", "--account", account,
        "--administrators", office.operator.folder / "new", "--json",
    )  # fmt: skip


def _rows(office: Office) -> list[tuple[str, str]]:
    """Give action and outcome of what the log holds."""
    rows = office.platform.auditing().store.log.rows(0)
    return [(one.entry.action, one.entry.outcome.value) for one in rows]


def test_while_a_holder_can_log_in_nothing_is_restored(office: Office) -> None:
    """还有人能登录的，不予恢复. Error: identity.duty_still_held."""
    said = _restored(office)
    assert (said.code, said.data["error"]) == (3, "identity.restoration_refused")
    assert [one["code"] for one in said.data["reasons"]] == ["identity.duty_still_held"]


def test_a_duty_without_holders_is_restored(office: Office, monkeypatch: Any) -> None:
    """The witness sees it first; then there is an auditor who logs in: 恢复后可以登录."""
    _auditors_locked_out(office)
    monkeypatch.setenv("SUPERVISION_AUDIT_WITNESSES", str(office.operator.folder / "witness"))
    said = _restored(office)
    assert said.code == 0, said.err
    (made,) = said.data["administrators"]
    operator = Operator(office.operator.folder / "new", office.operator.database)
    token = operator.enter(office.platform, "audit.third", made["secret"])
    actor = office.platform.log_ins.resume(token)
    assert duties_in(actor.permissions) == {Duty.AUDIT}
    actions = [action for action, _ in _rows(office)]
    begun = actions.index("identity.restore_duty")
    assert actions[begun + 1 :] == [
        "identity.register_user", "identity.assign_roles", "identity.bind_certificate",
        *actions[begun + 4 :],
    ]  # fmt: skip
    (checkpoint, *_) = (
        one.checkpoint
        for one in office.platform.auditing().store.checkpoints.between(0)
        if one.checkpoint.size > begun
    )
    assert checkpoint.size == begun + 1
    assert _restored(office, "audit.fourth").code == 3


def test_without_the_witness_nothing_is_changed(office: Office, monkeypatch: Any) -> None:
    """见证方不在时拒绝，什么也不变更. Error: audit.witness_unavailable."""
    _auditors_locked_out(office)
    monkeypatch.setenv("SUPERVISION_AUDIT_WITNESSES", f"http://127.0.0.1:9#{_public_key(office)}")
    said = _restored(office)
    assert (said.code, said.data["error"]) == (3, "audit.witness_unavailable")
    assert _rows(office)[-1] == ("identity.restore_duty", "done")
    with office.platform.transactions.begin() as unit:
        assert unit[Users].find_by_account("audit.third") is None


def _public_key(office: Office) -> str:
    """Give some public key: nobody answers whose it could be."""
    return office.platform.keys.signer.public_key.hex()


def _acts(office: Office, plain: str) -> dict[str, tuple[str, dict[str, Any]]]:
    """Give who asks what of the second auditor, for each use case that can be asked for."""
    user = office.id_of("audit.second")
    (own,) = office.certificates("audit.second")
    with office.platform.transactions.begin() as unit:
        draft: Any = to_plain(unit[Users].get(user).draft)
    until = {**draft, "extended": {**draft["extended"], "valid_until": "2030-12-31"}}
    holder = {"holder": "user", "holder_id": user}
    contact = {"phone": "13900000007", "document_kind": None, "document_number": None}
    return {
        "identity.bind_certificate": ("admin.security", {"user_id": user, "thumbprint": NEW}),
        "identity.unbind_certificate": ("admin.security", {"user_id": user, "thumbprint": own}),
        "identity.assign_roles": ("admin.security", {**holder, "roles": [], "groups": []}),
        "identity.grant": (
            "admin.security", {"holder": "user", "holder_id": plain, "permission": "audit.search"}
        ),
        "identity.revoke": ("admin.security", {**holder, "permission": "audit.*"}),
        "identity.change_grants": ("admin.security", {**holder, "revoked": ["audit.*"]}),
        "identity.change_user": ("admin.system", {"user_id": user, "draft": until}),
        "identity.change_contact": ("admin.security", {"user_id": user, **contact}),
        "identity.switch_user": ("admin.system", {"user_id": user, "enabled": False}),
        "identity.delete_user": ("admin.system", {"user_id": user}),
    }  # fmt: skip


def test_whatever_two_must_do_waits_and_is_then_done(office: Office) -> None:
    """Each act on an administrator can be asked for, has written nothing, and says what changes."""
    second = office.id_of("audit.second")
    granted = {"holder": "user", "holder_id": second, "permission": "audit.*"}
    _do(office.operator, "identity.grant", granted)
    with office.platform.transactions.begin() as unit:
        (home,) = unit[Users].get(second).departments
    draft = {
        "account": {"account": "plain.user"}, "person": {"name": "李示例"},
        "memberships": [{"department": home}],
    }  # fmt: skip
    acts = _acts(office, _do(office.operator, "identity.register_user", {"draft": draft}))
    apart = {resend_dead_letter.name}  # about no account: tests/unit/identity/test_dead_letters.py
    assert set(acts) == {one.name for one in ASKABLE} - apart
    before = len(_rows(office))
    waiting = {}
    for action, (by, command) in acts.items():
        seen = {"kind": "user", "id": command.get("user_id", ""), "version": 1}
        body = {"action": action, "command": command, "reason": "岗位调整", "seen": seen}
        answer = office.call(by, "POST", REQUESTS, body)
        assert answer.status_code == 200, (action, answer.text)
        assert answer.json()["request_id"], action
        waiting[action] = answer.json()["request_id"]
    asked = {"identity.request_second_person"}
    assert {action for action, _ in _rows(office)[before:]} == asked
    for action, request in waiting.items():
        seen = office.call("admin.audit", "GET", f"{REQUESTS}/{request}").json()
        assert seen["deciding"], action
        assert seen["differences"], action
    said = office.operator.run("second-person", "list").out
    assert all(one in said for one in waiting.values())
    answer = office.decide(waiting["identity.switch_user"], "admin.audit")
    assert answer.status_code == 200, answer.text
    with office.platform.transactions.begin() as unit:
        assert not unit[Users].get(second).active
