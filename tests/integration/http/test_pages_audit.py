"""The log on a page, as the audit administrator's browser without JavaScript."""

import re
from urllib.parse import quote

from supervision_core.audit.model import Outcome
from supervision_core.kernel.days import local_day

from .browsing import Browser, Document, entered
from .conftest import Surface

AUDIT = "/gov/audit"


def rows(page: Document) -> int:
    """Count the rows of the table."""
    return sum(tag == "tr" for tag, _ in page.shown) - 1


def told(browser: Browser, query: str = "") -> Document:
    """Search."""
    return browser.see(f"{AUDIT}?{query}")


def test_the_auditor_finds_who_did_what(surface: Surface) -> None:
    """By actor, action, outcome, object and day; looking is a row of the log itself."""
    system = entered(surface, "system")
    system.send("/gov/identity/users/clerk/delete")
    assert entered(surface, "nobody").go("/gov/identity/users").status_code == 403
    auditor = entered(surface, "auditor")
    assert AUDIT in auditor.see("/gov").links
    found = told(auditor, f"action={quote('删除用户')}&outcome=done")
    assert rows(found) == 1
    assert {"删除用户", "已执行"} <= set(found.words)
    assert any("（system）" in word for word in found.words)
    assert any("用户“" in word and "clerk" in word for word in found.words)
    assert "identity.delete_user" not in " ".join(found.words)
    assert rows(told(auditor, "outcome=denied")) == 1
    assert rows(told(auditor, "actor=system")) == 1
    day = local_day(surface.audited()[0].at).isoformat()
    assert rows(told(auditor, f"actor=system&since={day}&until={day}")) == 1
    assert "没有符合条件的记录。" in told(auditor, "actor=system&until=2020-01-01").words
    last = surface.audited()[-1]
    assert (last.actor, last.action, last.outcome) == ("auditor", "audit.search", Outcome.DONE)


def test_a_wrong_day_is_told_beside_its_field(surface: Surface) -> None:
    """What cannot be searched for is said on the page, and nothing is searched."""
    auditor = entered(surface, "auditor")
    before = len(surface.audited())
    answer = auditor.go(f"{AUDIT}?since=2026-13-45")
    assert answer.status_code == 422
    assert "since-fault" in answer.text
    assert len(surface.audited()) == before


def test_what_nobody_is_or_does_is_told(surface: Surface) -> None:
    """An account or an operation that is none: each beside its field, and nothing is searched."""
    answer = entered(surface, "auditor").go(f"{AUDIT}?actor=nobody.here&action={quote('飞行')}")
    assert answer.status_code == 422
    assert {"actor-fault", "action-fault"} <= set(re.findall(r"[a-z]+-fault", answer.text))


def test_operations_are_offered_by_their_titles(surface: Surface) -> None:
    """The picker: at most twenty titles that hold what was typed."""
    path = f"/api/v1/references/operation?text={quote('删除')}"
    found = surface.call("auditor", "GET", path).json()["items"]
    assert 0 < len(found) <= 20
    assert all("删除" in one["name"] for one in found)


def test_what_was_done_to_one_thing_is_found_by_its_name(surface: Surface) -> None:
    """Kind and name, or the id as a page of the thing links it; the one without the other is told.

    Control: of another thing there is nothing.
    """
    entered(surface, "system").send("/gov/identity/users/clerk/delete")
    auditor = entered(surface, "auditor")
    by_id = told(auditor, "kind=user&thing=clerk")
    assert {"删除用户", "已执行"} <= set(by_id.words)
    assert rows(by_id) == 1
    assert "没有符合条件的记录。" in told(auditor, "kind=user&thing=reader").words
    office = quote("机构nanning")
    found = auditor.go(f"{AUDIT}?kind=department&thing={office}")
    assert found.status_code == 200
    for query, at in (
        ("thing=clerk", "kind"),
        ("kind=user", "thing"),
        ("kind=user&thing=x", "thing"),
    ):
        answer = auditor.go(f"{AUDIT}?{query}")
        assert (answer.status_code, f"{at}-fault" in answer.text) == (422, True)


def test_the_page_of_a_thing_leads_into_the_log(surface: Surface) -> None:
    """Whoever looks into the log finds the way from what he looks at; nobody else does."""
    link = f"{AUDIT}?kind=user&thing=clerk"
    assert link not in entered(surface, "system").see("/gov/identity/users/clerk").links
    surface.let("auditor", "identity.view_user")
    assert link in entered(surface, "auditor").see("/gov/identity/users/clerk").links


def test_the_auditor_reads_what_an_export_was_asked_for(surface: Surface) -> None:
    """导出登记册: the log keeps its criteria in words, "全部" for none; the page shows them."""
    trades = "/api/v1/identity/trades/table"
    for asked in ("", f"?text={quote('乳')}&risk_level=low&enabled=true"):
        assert surface.call("system", "GET", f"{trades}{asked}").status_code == 200
    found = told(entered(surface, "auditor"), f"action={quote('导出业态')}")
    said = [one for one in found.words if "条件：" in one]
    assert said[1].endswith("条；条件：全部")
    assert said[0].endswith(
        "条；条件：在可模糊检索的字段中查找：乳；是否启用：是；风险等级：低风险"
    )
