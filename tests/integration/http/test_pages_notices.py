"""The pages on messages: an administrator sends and follows them, everybody reads his own."""

import pytest

from supervision_core.identity.model import SignOnRecord
from supervision_core.identity.ports import Notices, Users
from supervision_core.identity.services.notices import NoticeDelivery
from supervision_core.kernel.errors import Violation
from supervision_core.testing.notices import PlayedNotices

from .browsing import Document, entered
from .conftest import Surface
from .furnished import KEEPER

PAGE = "/gov/identity/users/clerk/notices"
OWN = "/gov/notices"


def words(page: Document) -> str:
    """Give the words of a page."""
    return " ".join(page.words)


def known_to_the_platform(surface: Surface, user: str) -> None:
    """Let a user have come from the unified platform before."""
    platform = surface.province.platform
    with platform.transactions.begin() as unit:
        found = unit[Users].get(user)
        record = SignOnRecord(user_code=f"GX-{user}", updated_at="x")
        found.remember_sign_on(record, at=platform.clock.now())
        unit[Users].save(found)
        unit.commit()


@pytest.mark.function("F218", surface="page")
def test_a_message_is_sent_followed_and_read(surface: Surface) -> None:
    """消息发送历史、送达状态、统计: each step with its moment; its receiver reads it."""
    known_to_the_platform(surface, "clerk")
    system = entered(surface, "system")
    sent = system.send(PAGE, title="检查任务", text="您有新的检查任务<b>")
    assert sent.headers["location"] == f"{PAGE}?done=sent"
    assert "待发送 1 条" in words(system.see(PAGE))
    platform, service = surface.province.platform, PlayedNotices()
    delivery = NoticeDelivery(platform.transactions, platform.clock, service)
    delivery.run()
    assert "已受理 1 条" in words(system.see(PAGE))
    service.ends[next(iter(service.sent))] = True
    delivery.run()
    page = words(system.see(PAGE))
    for said in ("已送达 1 条", "待发送 0 条", "检查任务", "您有新的检查任务<b>"):
        assert said in page
    steps = [one for one in system.see(PAGE).words if one.endswith(("待发送", "已受理", "已送达"))]
    assert [one.split("\u3000")[1] for one in steps if "\u3000" in one] == [
        "已送达", "待发送", "已受理", "已送达",
    ]  # fmt: skip
    clerk = entered(surface, "clerk")
    assert OWN in clerk.see("/gov").links
    assert "还没有消息" in words(clerk.see(OWN))
    surface.relay()
    assert "您有新的检查任务<b>" in words(clerk.see(OWN))
    assert "还没有消息" in words(entered(surface, "reader").see(OWN))
    theirs = surface.call("system", "GET", "/api/v1/identity/users/clerk/notices").json()
    assert theirs["counts"] == {"delivered": 1}


def test_messages_are_read_by_their_user(surface: Surface) -> None:
    """站内消息: newest first, unread counted, marked as read one by one and all; nobody else's."""
    entered(surface, "system").send(PAGE, title="第一条", text="内容一")
    entered(surface, "system").send(PAGE, title="第二条", text="内容二")
    surface.relay()
    clerk, mine = entered(surface, "clerk"), "/api/v1/identity/me/messages"
    newest, oldest = surface.call("clerk", "GET", mine).json()["items"]
    assert [newest["title"], oldest["title"]] == ["第二条", "第一条"]
    read = clerk.send(OWN, to=f"{OWN}/{oldest['id']}/open")
    assert read.headers["location"] == OWN
    assert surface.call("clerk", "GET", f"{mine}/unread").json() == {"unread": 1}
    unread = words(clerk.see(f"{OWN}?unread=yes"))
    assert "第二条" in unread
    assert "第一条" not in unread
    others = surface.call("reader", "POST", f"{mine}/read", body={"ids": [newest["id"]]})
    assert others.json() == {"unread": 0}
    assert surface.call("clerk", "GET", f"{mine}/unread").json() == {"unread": 1}
    done = clerk.send(OWN, to=f"{OWN}/read")
    assert done.headers["location"] == f"{OWN}?done=read"
    assert "没有未读消息" in words(clerk.see(f"{OWN}?unread=yes"))


def test_a_message_leads_a_firm_to_its_own_data(whole: Surface) -> None:
    """打开: a firm sees itself on the one page of its space, others by id; both are there."""
    whole.restore()
    for user, place in (("firm", "/ent/data"), (KEEPER, "/gov/subjects/subjects/subject-1")):
        browser = entered(whole, user)
        form = browser.form("/gov/password")
        about = {"kind": "subject", "thing": "subject-1"}
        answer = browser.go(f"{OWN}/0123abcd/open", {**form, **about})
        assert answer.headers["location"] == place
        assert browser.go(place).status_code == 200


@pytest.mark.function("F218", surface="page")
def test_a_message_that_does_not_arrive_says_why(surface: Surface) -> None:
    """未送达: with its reason in words; a message under way is never shown as delivered."""
    system = entered(surface, "system")
    system.send(PAGE, title="检查任务", text="内容")
    platform = surface.province.platform
    NoticeDelivery(platform.transactions, platform.clock, PlayedNotices()).run()
    page = words(system.see(PAGE))
    assert "未送达 1 条" in page
    assert "已送达 0 条" in page
    reason = platform.messages.explain(Violation("identity.notice_receiver_unknown")).reason
    assert reason in page


def test_a_message_that_cannot_be_sent_is_shown_again(surface: Surface) -> None:
    """有误: the reason stands beside the field, what was typed is kept, nothing is sent."""
    system = entered(surface, "system")
    refused = system.send(PAGE, title="  ", text="内容")
    assert refused.status_code == 422
    page = Document(refused.text)
    assert "没有标题或内容" in words(page)
    assert page.forms[PAGE]["text"] == "内容"
    with surface.province.platform.transactions.begin() as unit:
        assert unit[Notices].of_user("clerk", 9) == []


def test_who_may_only_look_gets_no_form(surface: Surface) -> None:
    """The security administrator sees what was sent, and is offered no form to send."""
    assert PAGE in entered(surface, "security").see("/gov/identity/users/clerk").links
    assert PAGE not in entered(surface, "security").see(PAGE).forms
