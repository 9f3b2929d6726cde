"""The pages on the existing platform's organisation: runs with their conflicts, and tied roles."""

import pytest

from supervision_core.audit.model import Outcome
from supervision_core.identity.model import (
    CounterpartKind,
    GrantSheet,
    HolderKind,
    SyncConflict,
    SyncCount,
    SyncPart,
    counterpart_id,
)
from supervision_core.identity.ports import GrantSheets
from supervision_core.identity.services.synchronisations import SynchronisationRecord
from supervision_core.kernel.errors import Violation

from .browsing import Document, entered
from .conftest import Surface

PAGE = "/gov/organisation"
ROLES = f"{PAGE}/roles"
TIE = f"{ROLES}/{counterpart_id(CounterpartKind.ROLE, '5001')}"
API = "/api/v1/identity"


def words(page: Document) -> str:
    """Give the words of a page."""
    return " ".join(page.words)


def granted(surface: Surface, role: str, permission: str) -> None:
    """Let a role hold a permission."""
    platform = surface.province.platform
    with platform.transactions.begin() as unit:
        sheet = GrantSheet.empty(HolderKind.ROLE, role)
        sheet.grant(permission, passable=False, by="test", at=platform.clock.now())
        unit[GrantSheets].save(sheet)
        unit.commit()


@pytest.mark.function("F218", surface="page")
def test_each_administrator_lets_his_part_run(surface: Surface) -> None:
    """立即同步: 机构和用户由系统管理员、用户角色由安全管理员发起; the worker then finds it due."""
    system, security = entered(surface, "system"), entered(surface, "security")
    assert "从未同步" in words(system.see(PAGE))
    for browser, own, other in (
        (system, f"{PAGE}/directory", f"{PAGE}/holders"),
        (security, f"{PAGE}/holders", f"{PAGE}/directory"),
    ):
        assert other not in browser.see(PAGE).forms
        for _ in range(2):
            asked = browser.send(PAGE, to=own)
            assert asked.headers["location"] == f"{PAGE}?done=requested"
    assert words(system.see(PAGE)).count("等待执行") == 2
    platform = surface.province.platform
    record = SynchronisationRecord(platform.transactions, platform.clock)
    assert record.due(None, tuple(SyncPart)) == tuple(SyncPart)
    record.begin(SyncPart.DIRECTORY, by="worker")
    record.end(SyncPart.DIRECTORY, (), ())
    assert record.due(None, tuple(SyncPart)) == (SyncPart.ROLES,)
    done = [one.action for one in surface.audited() if one.outcome is Outcome.DONE]
    assert done.count("identity.request_directory_synchronisation") == 2
    assert done.count("identity.request_role_synchronisation") == 2


@pytest.mark.function("F218", surface="page")
def test_a_run_shows_what_it_did_and_each_conflict(surface: Surface) -> None:
    """同步结果: who, when, counts; each conflict with object, reason and remedy, nobody's name."""
    platform = surface.province.platform
    record = SynchronisationRecord(platform.transactions, platform.clock)
    why = Violation("identity.told_department_unknown", "posts", {"id": "3009"})
    conflicts = [SyncConflict(what="user", id=f"4{one:03}", violation=why) for one in range(250)]
    record.begin(SyncPart.DIRECTORY, by="worker")
    record.end(SyncPart.DIRECTORY, [SyncCount(what="user", added=12, same=3)], conflicts)
    record.begin(SyncPart.ROLES, by="cli")
    record.fail(SyncPart.ROLES, Violation("zhiguitong.unreachable"))
    page = words(entered(surface, "system").see(PAGE))
    for said in ("已完成", "定时同步", "没有做完", "命令行", "统一平台没有在规定时间内应答",
                 "现有平台的机构“3009”没有同步到本系统", "请先处理该机构未能同步的原因",
                 "共 250 条，列出前 200 条"):  # fmt: skip
        assert said in page
    told = surface.call("system", "GET", f"{API}/synchronisations").json()["items"]
    assert (told[0]["state"], told[0]["refused"], len(told[0]["conflicts"])) == ("done", 250, 200)
    assert told[0]["conflicts"][0] == {
        "what": "user", "id": "4000", "code": "identity.told_department_unknown",
        "reason": "现有平台的机构“3009”没有同步到本系统",
        "remedy": "请先处理该机构未能同步的原因",
    }  # fmt: skip
    assert told[1]["failure"]["code"] == "zhiguitong.unreachable"


@pytest.mark.function("F218", surface="page")
def test_without_a_platform_it_says_so(surface: Surface, monkeypatch: pytest.MonkeyPatch) -> None:
    """没有接入: said in Chinese with what to set; no button, and a form kept open is refused."""
    system = entered(surface, "system")
    form = system.see(PAGE).forms[f"{PAGE}/directory"]
    monkeypatch.delenv("SUPERVISION_ORGANISATION_URL")
    page = system.see(PAGE)
    assert "本系统没有接入现有平台的统一组织架构" in words(page)
    assert f"{PAGE}/directory" not in page.forms
    refused = system.go(f"{PAGE}/directory", form)
    assert refused.status_code == 503
    assert "本系统没有接入现有平台的统一组织架构" in refused.text
    answer = surface.call("system", "POST", f"{API}/synchronisations/directory")
    assert (answer.status_code, answer.json()["code"]) == (503, "zhiguitong.unavailable")
    assert "SUPERVISION_ORGANISATION_URL" in answer.text


@pytest.mark.function("F218", surface="page")
def test_a_role_is_tied_and_untied_after_being_asked(surface: Surface) -> None:
    """绑定、解除绑定: what it will give is shown before; each is asked about, done and told."""
    granted(surface, "role_office", "tasks.claim")
    security = entered(surface, "security")
    assert "未绑定" in words(security.see(ROLES))
    page = security.see(f"{TIE}?role_id=role_office")
    assert "认领检查任务" in words(page)
    assert page.forms[TIE]["role_id"] == "role_office"
    stale = page.forms[TIE]
    tied = security.send(f"{TIE}?role_id=role_office")
    assert tied.headers["location"] == f"{ROLES}?done=tied"
    page = security.see(ROLES)
    assert "/gov/identity/roles/role_office" in page.links
    assert f"{TIE}?untie=yes" in page.links
    late = security.go(TIE, {**stale, "key": "another"})
    assert late.status_code == 412
    untied = security.send(f"{TIE}?untie=yes")
    assert untied.headers["location"] == f"{ROLES}?done=untied"
    assert "未绑定" in words(security.see(ROLES))


@pytest.mark.function("F218", surface="page")
def test_a_role_of_a_duty_is_tied_to_nothing(surface: Surface) -> None:
    """含管理员职责的角色不能绑定: refused in words, on the page of the form."""
    granted(surface, "role_office", "identity.register_user")
    refused = entered(surface, "security").send(f"{TIE}?role_id=role_office")
    assert refused.status_code == 422
    words_of_it = surface.province.platform.messages.explain(
        Violation("identity.tied_role_of_duty", "role_id", {"id": "role_office"})
    )
    assert words_of_it.reason in words(Document(refused.text))
    assert "未绑定" in words(entered(surface, "security").see(ROLES))
