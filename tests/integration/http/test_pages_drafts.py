"""Drafts: kept for their owners alone, shown again when wanted, gone when the form is through."""

from datetime import timedelta

import pytest
from attrs import evolve

from entrypoints.http.answering import COOKIE
from entrypoints.http.web import web_pages
from entrypoints.http.web.drafts import Drafting
from supervision_core.identity.model.drafts import (
    KEPT_FOR,
    LONGEST_DRAFT,
    MOST_DRAFTS,
    PICKING_FOR,
)
from supervision_core.identity.ports import FormDrafts
from supervision_core.kernel.registers import RegisterVerb
from supervision_core.testing.files import MovingClock

from .browsing import Browser, Document, entered
from .conftest import Surface
from .test_pages_kept import TRADE, USER, grant

ADD = f"{TRADE}/add"
DRAFTS = "/gov/drafts"
FILLED = {"name": "餐饮", "code": "CY", "draw_ratio": "0.05", "risk_level": "high"}


@pytest.fixture
def clerk(surface: Surface) -> Browser:
    """Give the browser of a clerk who maintains trades."""
    grant(surface)
    return entered(surface, USER)


def keep(clerk: Browser, path: str = ADD, to: str = DRAFTS, **filled: str) -> str:
    """Keep what is filled in of a form as its button does; give where one is led."""
    action = path.partition("?")[0]
    answer = clerk.go(to, {**clerk.see(path).forms[action], **filled})
    assert answer.status_code == 303, Document(answer.text).words
    return str(answer.headers["location"])


def said(page: Document) -> str:
    """Give the words of a page."""
    return " ".join(page.words)


def values(page: Document, action: str = ADD) -> dict[str, str]:
    """Give what a form shows of what may be filled in of a trade."""
    return {name: page.forms[action].get(name, "") for name in FILLED}


def drafts(surface: Surface, user: str = USER) -> list[str]:
    """Give the addresses of the forms of which somebody keeps drafts."""
    with surface.province.platform.transactions.begin_reading() as unit:
        return [one.place for one in unit[FormDrafts].of(user)]


def test_what_was_kept_is_offered_resumed_and_gone_when_sent(
    clerk: Browser, surface: Surface
) -> None:
    """存草稿 → 有未提交的内容 → 继续填写 → 提交: no audit row, no command, but that of the form."""
    rows = len(surface.audited())
    there = keep(clerk, **FILLED)
    assert there == f"{ADD}?draft=resume&done=drafted"
    assert len(surface.audited()) == rows
    page = clerk.see(ADD)
    assert "有未提交的内容" in said(page)
    assert values(page) != FILLED
    assert f"{ADD}?draft=resume" in page.links
    page = clerk.see(there)
    assert "草稿已保存，附件不在内。" in said(page)
    assert values(page) == FILLED
    assert clerk.go(ADD, page.forms[ADD]).status_code == 303
    assert drafts(surface) == []
    assert "有未提交的内容" not in said(clerk.see(ADD))


def test_a_refused_form_keeps_its_draft_and_shows_what_was_sent(
    clerk: Browser, surface: Surface
) -> None:
    """What was sent just now goes before what was kept."""
    keep(clerk, **FILLED)
    answer = clerk.send(ADD, **FILLED | {"draw_ratio": "多"})
    assert answer.status_code == 422
    page = Document(answer.text)
    assert values(page) == FILLED | {"draw_ratio": "多"}
    assert "有未提交的内容" not in said(page)
    assert drafts(surface) == [ADD]
    assert clerk.go(ADD, page.forms[ADD] | FILLED).status_code == 303
    assert drafts(surface) == []


def test_a_form_that_asks_once_more_is_through_when_confirmed(surface: Surface) -> None:
    """Until then its draft stays."""
    form = "/gov/identity/departments/qingxiu/change"
    clerk = entered(surface, USER)
    keep(clerk, form, enabled="no")
    asked = clerk.send(form, enabled="no")
    assert asked.status_code == 200
    assert drafts(surface) == [form]
    assert clerk.go(form, Document(asked.text).forms[form]).status_code == 303
    assert drafts(surface) == []


def test_what_is_given_up_is_gone(clerk: Browser, surface: Surface) -> None:
    """放弃: the form is shown as ever."""
    keep(clerk, **FILLED)
    drop = clerk.see(ADD).forms[f"{DRAFTS}/drop"]
    answer = clerk.go(f"{DRAFTS}/drop", drop)
    page = clerk.see(answer.headers["location"])
    assert "草稿已放弃。" in said(page)
    assert values(page) != FILLED
    assert drafts(surface) == []


def test_each_form_has_its_own(clerk: Browser, surface: Surface) -> None:
    """Of each record, and of each address that says more than which version was seen."""
    assert clerk.send(ADD, **FILLED).status_code == 303
    change = next(one for one in clerk.see(TRADE).links if one.endswith("/change"))
    keep(clerk, change, name="餐饮业")
    keep(clerk, name="药品零售")
    assert sorted(drafts(surface)) == sorted([ADD, change])
    assert values(clerk.see(f"{change}?draft=resume"), change)["name"] == "餐饮业"
    assert values(clerk.see(f"{ADD}?draft=resume"))["name"] == "药品零售"


def test_a_record_that_changed_meanwhile_is_told_of(clerk: Browser) -> None:
    """Which fields say something else now; the form is then about the version of now."""
    assert clerk.send(ADD, **FILLED).status_code == 303
    change = next(one for one in clerk.see(TRADE).links if one.endswith("/change"))
    keep(clerk, change, name="餐饮业")
    assert "被修改过" not in said(clerk.see(f"{change}?draft=resume"))
    assert clerk.send(change, code="CY-1").status_code == 303
    keep(clerk, change, name="餐饮业", code="CY", version="1")
    page = clerk.see(f"{change}?draft=resume")
    assert "存草稿之后，这条记录被修改过" in said(page)
    assert "CY-1" in page.words
    assert page.forms[change]["version"] == "2"
    assert values(page, change) == FILLED | {"name": "餐饮业"}
    assert clerk.go(change, page.forms[change]).status_code == 303


def test_nobody_sees_what_another_keeps(clerk: Browser, surface: Surface) -> None:
    """Neither by the form nor by the list from which something is chosen."""
    picking = keep(clerk, to=f"{DRAFTS}/pick", pick="name|department||名称", **FILLED)
    assert clerk.go(picking).status_code == 200
    grant(surface)
    other = entered(surface, "security")
    assert other.go(picking).status_code == 404
    path = picking.partition("?")[0]
    form = clerk.see(picking).forms[path]
    tokens = {"form_token": other.cookies.get("__Host-form", "")}
    assert other.go(path, {**form, **tokens, "choice": "x"}).status_code in {403, 404}
    assert drafts(surface, "security") == []


def test_nothing_is_kept_across_a_change_of_user(clerk: Browser, surface: Surface) -> None:
    """A page that was opened by one sends nothing for another who logged in since."""
    form = clerk.see(ADD).forms[ADD] | FILLED
    clerk.cookies[COOKIE] = surface.province.tokens["security"]
    answer = clerk.go(DRAFTS, form)
    assert answer.status_code == 403
    assert drafts(surface) == drafts(surface, "security") == []


def test_whoever_may_no_longer_fill_the_form_in_sees_no_draft(
    clerk: Browser, surface: Surface
) -> None:
    """A draft gives no right."""
    there = keep(clerk, **FILLED)
    grant(surface, RegisterVerb.ADD, revoke=True)
    answer = clerk.go(there)
    assert answer.status_code == 403
    assert "餐饮" not in said(Document(answer.text))


def test_the_script_is_told_what_was_kept(clerk: Browser) -> None:
    """A few words in place of a page."""
    answer = clerk.go(DRAFTS, {**clerk.see(ADD).forms[ADD], **FILLED, "draft_by": "script"})
    assert answer.status_code == 200
    assert answer.text.startswith("草稿已保存（")
    assert values(clerk.see(f"{ADD}?draft=resume")) == FILLED


def test_a_draft_is_bounded(clerk: Browser, surface: Surface) -> None:
    """identity.draft_large; of many the oldest goes; one of no form of ours is refused."""
    form = {**clerk.see(ADD).forms[ADD], "name": "字" * LONGEST_DRAFT}
    answer = clerk.go(DRAFTS, form)
    assert answer.status_code == 422
    assert f"草稿最多保存{LONGEST_DRAFT}字，这次没有保存" in said(Document(answer.text))
    clock = MovingClock(surface.province.platform.clock.now())
    log_ins = evolve(surface.province.platform.log_ins, clock=clock)
    for number in range(MOST_DRAFTS + 1):
        log_ins.keep_draft(USER, f"{ADD}?of={number}", {"name": "餐"}, lasts=KEPT_FOR)
        clock.at += timedelta(seconds=1)
    assert len(drafts(surface)) == MOST_DRAFTS
    assert f"{ADD}?of=0" not in drafts(surface)
    for place in ("", "https://example.com/", "//example.com", "/gov/x\\y", "/m/login"):
        sent = clerk.see(ADD).forms[ADD] | {"draft_place": place}
        assert clerk.go(DRAFTS, sent).status_code == 404


def test_drafts_go_after_their_time(surface: Surface) -> None:
    """Seven days, and a day for one that waits for a choice; the worker sweeps them."""
    platform = surface.province.platform
    clock = MovingClock(platform.clock.now())
    log_ins = evolve(platform.log_ins, clock=clock)
    log_ins.keep_draft(USER, ADD, FILLED, lasts=KEPT_FOR)
    log_ins.keep_draft(USER, f"{ADD}?of=1", {"name": "餐"}, lasts=PICKING_FOR)
    clock.at += PICKING_FOR
    assert log_ins.own_draft(USER, f"{ADD}?of=1") is None
    assert log_ins.own_draft(USER, ADD) is not None
    clock.at += KEPT_FOR - PICKING_FOR
    assert log_ins.own_draft(USER, ADD) is None
    clock.at += timedelta(days=1)
    log_ins.forget_traces()
    assert drafts(surface) == []


def test_which_forms_keep_drafts_follows_from_the_pages() -> None:
    """Whatever is shown again as it was filled in; nothing that asks who one is."""
    found = Drafting.of(web_pages()).sending
    assert {ADD, "/gov/tasks/do/{verb}", "/gov/officers/officers/add"} <= set(found)
    assert not any(one.critical for one in found.values())
    assert not any("password" in one or "login" in one for one in found if one != "/gov/password")


def test_something_is_chosen_from_its_own_list(clerk: Browser, surface: Surface) -> None:
    """选择…: the half-filled form waits; what is chosen stands in it, of several each once.

    What is searched for stands in no address.
    """
    there = keep(clerk, to=f"{DRAFTS}/pick", pick="name|department|yes|所属部门", **FILLED)
    path = there.partition("?")[0]
    page = clerk.see(there)
    assert "选择所属部门" in page.words
    found = Document(clerk.go(path, page.forms[path] | {"text": "liuzhou"}).text)
    choices = [
        str(one["value"]) for tag, one in found.shown
        if tag == "button" and one.get("name") == "choice"
    ]  # fmt: skip
    assert len(choices) == 1
    assert "liuzhou" in choices[0]
    for _ in range(2):
        answer = clerk.go(path, found.forms[path] | {"choice": choices[0]})
        assert answer.headers["location"] == f"{ADD}?draft=resume#name"
    page = clerk.see(f"{ADD}?draft=resume")
    assert values(page)["name"] == f"{FILLED['name']}\n{choices[0]}"
    assert values(page) | {"name": ""} == FILLED | {"name": ""}
    assert drafts(surface) == [ADD]
