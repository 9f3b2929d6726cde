"""责令改正 in a real browser: looked at beforehand, given out, taken back, and given out anew."""

from pathlib import Path
from typing import Any, Final

from .desk import Desk
from .staff import Staff
from .test_letters import checked

FIRST: Final = "南市监责改〔2026〕1号"
ANEW: Final = "南市监责改〔2026〕2号"
WHY: Final = "整改期限填写有误"
REST: Final = {
    "contact": "示例联系人",
    "phone": "0771-1000000",
    "law-0": "《食品安全法》第三十五条",
}
"""What is filled in of the letter beside its number."""


def test_an_order_is_previewed_given_out_and_withdrawn(staff: Staff) -> None:
    """下载PDF预览 issues nothing; an order that is not delivered is withdrawn for a reason.

    The firm then sees no order in its list, and that it was withdrawn, when and why where its older
    message leads; the department sees who withdrew it and why, and orders anew.
    """
    found = checked(staff)
    firm = staff.enter(staff.hire(
        "enterprise", memberships=[], person={"name": "企业经办"},
        extended={"kind": "enterprise", "party": found.firm},
        proof={"document": "营业执照", "number": "91450100MA5K000017"},
    ), home="/ent")  # fmt: skip
    officer = staff.enter(found.account)
    page, home = officer.page, staff.at.url
    page.goto(f"{home}/gov/tasks/visits/{found.visit}")
    officer.start("责令改正")
    officer.fill(number=FIRST)
    for words, end in (("下载PDF预览", "pdf"), ("下载Word文书", "docx")):
        with page.expect_download() as kept:
            officer.press(words)
        assert kept.value.suggested_filename == f"责令改正通知书.{end}"
        assert Path(kept.value.path()).stat().st_size > 1000
    officer.keep("order-previewed")
    assert officer.drawer.locator("[name=number]").input_value() == FIRST
    assert _orders(found.officer) == []
    firm.page.goto(f"{home}/ent/orders")
    assert FIRST not in firm.page.locator("main").inner_text()

    officer.fill(**REST)
    officer.press("签发")
    officer.drawer.wait_for(state="hidden")
    (order,) = _orders(found.officer)
    firm.page.reload()
    firm.page.get_by_text(FIRST).first.wait_for()
    page.goto(f"{home}/gov/tasks/rectifications/{order}")
    officer.keep("order-given-out")
    officer.start("撤回责令改正")
    officer.fill(reason=WHY)
    officer.keep("order-withdrawing")
    officer.press()
    officer.drawer.wait_for(state="hidden")
    page.goto(f"{home}/gov/tasks/rectifications/{order}")
    shown = officer.main.inner_text()
    for words in ("已撤回", WHY, "撤回人"):
        assert words in shown, shown
    assert officer.main.get_by_role("link", name="送达责令改正通知").count() == 0
    officer.keep("order-withdrawn")

    firm.page.reload()
    assert FIRST not in firm.page.locator("main").inner_text()
    firm.keep("order-withdrawn-firm")
    assert "没有未读" not in firm.page.goto(f"{home}/m/notices").text()
    _tells_withdrawal(firm, f"{home}/ent/orders/{order}")
    page.goto(f"{home}/gov/tasks/visits/{found.visit}")
    officer.start("责令改正")
    officer.fill(number=ANEW, **REST)
    officer.press("签发")
    officer.drawer.wait_for(state="hidden")
    assert len(_orders(found.officer)) == 2
    firm.page.goto(f"{home}/ent/orders")
    firm.page.get_by_text(ANEW).first.wait_for()


def _tells_withdrawal(firm: Desk, where: str) -> None:
    """Follow an older message: the order was taken back, when and why."""
    firm.page.goto(where)
    shown = firm.main.inner_text()
    for words in ("已撤回，不需要整改", WHY, FIRST, "撤回时间"):
        assert words in shown, shown
    firm.keep("order-withdrawn-told")


def _orders(hand: Any) -> list[str]:
    """Give the orders that there are."""
    found = hand.client.get("/api/v1/tasks/rectifications").json()["items"]
    return [str(one["id"]) for one in found]
