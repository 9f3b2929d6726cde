"""文书送达 in real browsers: a clerk sends the link, the firm opens it on a phone, and it is known.

What leads to the order is done through the interface by accounts of its users, as in their app.
"""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import pytest
from attrs import frozen

from adapters.documents.letters import TemplateLetters
from adapters.system import SystemClock
from supervision_core.kernel.canonical import sm3
from supervision_core.kernel.codes.identity_card import complete_identity_card
from supervision_core.kernel.days import local_day
from supervision_core.kernel.documents import LetterKind

from .desk import PHONE
from .prepared import FIRM, LEAD, Hand, based, hand
from .staff import Staff

CONTACT: Final = "13900000077"
MAIL: Final = "firm@example.cn"
NUMBER: Final = "南市监责改〔2026〕1号"
LINK: Final = re.compile(r"http://localhost:\d+/m/letters/[0-9a-f]{32}")


def _officer(staff: Staff, office: Hand, number: int) -> tuple[str, str]:
    """Let an officer in; give his account, and his id in the register."""
    card = complete_identity_card(f"4501031985010{1 + number}{number:03}")
    account = staff.hire("officer", department=LEAD, person={"document_number": card})
    made = office.do("officers.register", draft={
        "name": f"示例人员{number}", "department": staff.department(LEAD), "region": "450100",
        "certificates": [{"number": f"4501002026000{number}", "regions": ["450000"]}],
        "contact": {"identity_card": card},
    })  # fmt: skip
    return account, str(made["id"])


def _sent(client: Any, name: str, content: bytes) -> str:
    """Stage a file; give its id."""
    asked = {"name": name, "size": len(content), "sm3": sm3(content).hex()}
    begun = client.post("/api/v1/files", json=asked)
    assert begun.is_success, begun.text
    file, size = begun.json()["id"], begun.json()["piece_size"]
    for number in range(begun.json()["pieces"]):
        piece = content[number * size : (number + 1) * size]
        path = f"/api/v1/files/{file}/pieces/{number}"
        octets = {"content-type": "application/octet-stream"}
        assert client.put(path, content=piece, headers=octets).is_success
    done = client.post(f"/api/v1/files/{file}/finish")
    assert done.is_success, done.text
    return str(file)


@frozen(kw_only=True)
class Checked:
    """A check that found something: the hand of its officer, his account, visit, and the firm."""

    officer: Hand
    account: str
    visit: str
    firm: str


def checked(staff: Staff) -> Checked:
    """Let officers check a firm, and find something that is to be put right in a term."""
    roles = ("checklist_editor", "task_administrator", "department_administrator", "leader")
    hands = {role: hand(staff, role, department=LEAD) for role in roles}
    clerk, lead = hand(staff, "clerk", department=LEAD), staff.department(LEAD)
    matter = hands["checklist_editor"].adds_matter("食品生产监督检查")
    people = [_officer(staff, hands["department_administrator"], at) for at in (1, 2)]
    keeper, today = hands["task_administrator"], local_day(SystemClock().now())
    firm = keeper.do("subjects.register", draft={
        "kind": "enterprise", "name": FIRM, "region": "450100",
        "identity": {"kind": "credit_code", "code": "91450100MA5K000017"},
        "personal": {"contact_name": "示例联系人", "contact_phone": CONTACT},
    })  # fmt: skip
    task = keeper.do("tasks.create", sheet={
        "number": "RW20260009", "name": "乳品专项检查", **based(staff), "kind": "special",
        "region": "450100", "lead": lead, "joining": [], "matters": [matter],
        "starts_on": today.isoformat(), "ends_on": (today + timedelta(days=20)).isoformat(),
    })["id"]  # fmt: skip
    keeper.do("tasks.skip_consultation", task_id=task)
    keeper.do("tasks.open_visits", task_id=task, orders=[{
        "subject": firm["id"], "officers": [one for _, one in people],
        "items": [{"id": "1", "title": "许可证", "department": lead, "matter": matter}],
    }])  # fmt: skip
    hands["leader"].do("tasks.approve", task_id=task)
    keeper.do("tasks.dispatch", task_id=task)
    clerk.do("tasks.claim", task_id=task)
    account, _ = people[0]
    officer = Hand(staff.interface(account))
    visit = officer.client.get("/api/v1/tasks/visits").json()["items"][0]["id"]
    officer.do("tasks.check_in", visit_id=visit, reason="扫码设备故障", place="示例路1号")
    officer.do("tasks.record_results", visit_id=visit, answers=[
        {"item": "1", "outcome": "failed", "note": "没有公示"},
    ])  # fmt: skip
    officer.do("tasks.conclude", visit_id=visit, outcomes=["pending"], pending=["other_breach"],
               measures=["correct_in_term"])  # fmt: skip
    officer.do("tasks.sign", visit_id=visit, party={
        "_type": "SignatureRefused", "reason": "拒签", "witness": "王五",
    })  # fmt: skip
    officer.do("tasks.complete_visit", visit_id=visit)
    return Checked(officer=officer, account=account, visit=visit, firm=firm["id"])


def _ordered(staff: Staff, letter: bytes) -> None:
    """Have what a check found ordered to be put right."""
    found = checked(staff)
    officer, visit = found.officer, found.visit
    document = _sent(officer.client, "责令改正通知书.pdf", letter)
    officer.do("tasks.issue_rectification", visit_id=visit, number=NUMBER, days=10,
               document=document)  # fmt: skip


@pytest.mark.function("F133", surface="page")
def test_a_letter_reaches_the_firm_and_its_receipt_the_department(  # noqa: PLR0915 - one walk
    staff: Staff, chromium: Any, tmp_path: Path
) -> None:
    """邮箱送达: 填写邮箱发送; the firm opens the link with a code, fetches it; 送达回执 is seen."""
    letters = TemplateLetters()
    form = "rectification_order"
    letter = letters.render(form, letters.sample(form), LetterKind.PDF)
    _ordered(staff, letter)
    clerk = staff.desk("clerk", department=LEAD)
    clerk.open("一业一查", "整改复查")
    clerk.act(NUMBER, "送达责令改正通知")
    clerk.fill(channel="电子邮件", address="不是邮箱")
    clerk.press()
    clerk.drawer.get_by_text("送达地址不是有效的邮箱或手机号").first.wait_for()
    clerk.keep("letter-refused")
    clerk.fill(channel="电子邮件", address=MAIL)
    clerk.press()
    clerk.told("已办理")
    clerk.open("一业一查", "文书送达")
    assert "待发送" in clerk.row(NUMBER).inner_text()
    staff.at.work()
    (mail,) = staff.at.letters
    assert mail.to == MAIL
    link = LINK.search(mail.text)
    assert link, mail.text

    context = chromium.new_context(viewport=PHONE, accept_downloads=True)
    page = context.new_page()
    page.goto(link[0])
    shown = page.locator("main").inner_text()
    assert not [one for one in (FIRM, NUMBER, CONTACT, CONTACT[-4:]) if one in shown]
    for width in (1440, 390):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        staff.at.keep(page, f"letter-{width}")
    before = len(staff.at.sent)
    page.get_by_role("button", name="获取验证码").click()
    page.get_by_role("heading", name="短信验证码").wait_for()
    code = staff.at.sent[-1]
    assert (len(staff.at.sent), code.phone) == (before + 1, CONTACT)
    page.locator("[name=code]").fill("0" if code.code != "0" else "1")
    page.get_by_role("button", name="签收并查看").click()
    assert "验证码不正确或已过时" in page.get_by_role("alert").inner_text()
    staff.at.keep(page, "letter-code")
    page.locator("[name=code]").fill(code.code)
    page.get_by_role("button", name="签收并查看").click()
    page.get_by_role("heading", name="文书已签收").wait_for()
    assert NUMBER in page.locator("main").inner_text()
    staff.at.keep(page, "letter-open")
    with page.expect_download() as coming:
        page.get_by_role("button", name="下载文书").click()
    kept = tmp_path / "letter.pdf"
    coming.value.save_as(kept)
    assert coming.value.suggested_filename == "责令改正通知书.pdf"
    assert kept.read_bytes() == letter
    page.goto(f"{staff.at.url}/m/letters/{'0' * 32}")
    assert "链接无效或已过期" in page.get_by_role("alert").inner_text()
    context.close()

    clerk.page.reload()
    assert "已签收" in clerk.row(NUMBER).inner_text()
    clerk.keep("letters-list")
    clerk.act(NUMBER, NUMBER)
    said = clerk.drawer.inner_text()
    assert "签收手机尾号" in said
    assert CONTACT[-4:] in said
    clerk.keep("letter-receipt")
    clerk.close()
    staff.at.work()
    clerk.open("我的工作台", "我的消息")
    clerk.main.get_by_text(f"“{FIRM}”已签收责令改正文书").wait_for()
