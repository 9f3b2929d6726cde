"""表单: a check is drawn up, staffed, recorded and signed on pages alone.

Scene, checklist, matter, firm and officers are there already; they have pages of their own.
"""

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import pytest

from entrypoints.container import SystemClock
from supervision_core.kernel.codes.identity_card import complete_identity_card
from supervision_core.kernel.days import local_day

from .desk import Desk
from .prepared import based, hand, heard
from .staff import Staff
from .visited import id_of

LEAD: Final = "市场监管局"
FIRM: Final = "南宁示例乳业有限公司"
NAME: Final = "乳品安全综合检查"
TODAY: Final = local_day(SystemClock().now())
PNG: Final = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


def _officer(staff: Staff, number: int) -> tuple[str, Mapping[str, Any]]:
    """Give an account, and what the department registers of its officer."""
    card = complete_identity_card(f"4501031985010{1 + number}{number:03}")
    account = staff.hire("officer", department=LEAD, person={"document_number": card})
    return account, {
        "name": f"示例人员{number}", "department": staff.department(LEAD), "region": "450100",
        "certificates": [{
            "number": f"4501000000{number}", "regions": ["450100"], "matters": [],
            "valid_from": "2024-01-01", "valid_to": str(TODAY + timedelta(days=900)),
        }],
        "contact": {"identity_card": card},
    }  # fmt: skip


@pytest.fixture(scope="module")
def officers(staff: Staff) -> list[str]:
    """Register two officers with accounts, a firm with its clue, a matter; give the accounts."""
    checklist = based(staff, lead=LEAD)["checklist"]["id"]
    editor, lead = hand(staff, "checklist_editor", department=LEAD), staff.department(LEAD)
    matter = editor.adds_matter("食品生产监督检查")
    trades, trade = "/api/v1/identity/trades", {"content": {"name": "乳品", "code": "RP"}}
    content = {
        "matter": "食品生产监督检查", "matter_code": matter, "content": "许可证在有效期内",
        "department": lead, "importance": "key",
        "basis": [{"document": "中华人民共和国食品安全法", "article": "第三十五条"}],
    }  # fmt: skip
    editor.do("checklists.revise", checklist_id=checklist, content={
        "name": "乳品检查单", "trade": id_of(staff.call(0, "POST", trades, trade)), "lead": lead,
        "items": [{"code": "RP-1", "content": content}],
    })  # fmt: skip
    editor.do("checklists.publish", checklist_id=checklist)
    keeper = hand(staff, "department_administrator", department=LEAD)
    people = [_officer(staff, number) for number in (1, 2)]
    for _, draft in people:
        keeper.do("officers.register", draft=draft)
    firm = keeper.do("subjects.register", draft={
        "kind": "enterprise", "name": FIRM, "region": "450100",
        "identity": {"kind": "credit_code", "code": "91450100MA5K000017"},
    })  # fmt: skip
    heard(staff, id_of(firm))
    return [account for account, _ in people]


@pytest.fixture(scope="module")
def lead(staff: Staff) -> Desk:
    """Give the desk of who draws tasks up."""
    return staff.desk("task_administrator", department=LEAD)


def test_a_task_is_drawn_up(lead: Desk, officers: list[str]) -> None:
    """新增检查任务: what the sheet asks stands in a group; a refusal stands at its field."""
    del officers
    lead.open("一业一查", "检查任务")
    lead.start("新增检查任务")
    lead.keep("task-new")
    sheet = {
        "number": "RW-2026-0001", "name": NAME, "kind": "专项检查", "scene": "乳品安全",
        "matters": "食品生产监督检查",
        "starts_on": str(TODAY), "ends_on": str(TODAY - timedelta(days=1)),
    }  # fmt: skip
    lead.choose("sheet.checklist.version", **{"sheet.checklist.id": "乳品检查单"})
    lead.fill(**{f"sheet.{name}": text for name, text in sheet.items()})
    lead.press("保存并新建")
    wrong = lead.drawer.locator(".field.wrong")
    wrong.first.wait_for()
    lead.keep("task-refused")
    assert "结束日期" in " ".join(wrong.all_inner_texts())
    lead.fill(**{"sheet.ends_on": str(TODAY + timedelta(days=30))})
    lead.press()
    lead.told("新增成功")
    assert NAME in lead.row("RW-2026-0001").inner_text()


def test_a_task_is_changed_as_it_stands(lead: Desk) -> None:
    """修改检查任务: the form says what the task says, by names; sent as it is, nothing is lost."""
    lead.act(NAME, "RW-2026-0001")
    lead.drawer.get_by_role("link", name="修改检查任务").click()
    scene = lead.drawer.locator('[name="sheet.scene"]')
    scene.wait_for()
    assert scene.input_value().startswith("乳品安全")
    lead.fill(**{"sheet.description": "季度安排"})
    lead.press()
    lead.told("修改成功")
    lead.act(NAME, "RW-2026-0001")
    said = lead.drawer.inner_text()
    assert all(word in said for word in ("季度安排", "乳品安全", "专项检查", "食品生产监督检查"))
    lead.close()


def test_its_checks_are_set_up_in_rows(staff: Staff, lead: Desk) -> None:
    """生成检查: 对象一项一行, 写明检查依据; 加一行、删一行, 已填的都在."""
    analyst = hand(staff, "clue_analyst", department=LEAD)
    (clue,) = analyst.client.get("/api/v1/clues/clues").json()["items"]
    lead.act(NAME, "RW-2026-0001")
    lead.drawer.get_by_role("link", name="生成检查").click()
    lead.drawer.locator('[name="orders[0].subject"]').wait_for()
    lead.fill(**{
        "orders[0].subject": FIRM, "orders[0].officers": "示例人员1\n示例人员2",
        "orders[0].ground": "线索", "orders[0].clue": clue["id"], "orders[0].items": "RP-1",
    })  # fmt: skip
    lead.drawer.locator('[value="+orders"]').click()
    second = lead.drawer.locator('[name="orders[1].subject"]')
    second.wait_for()
    lead.keep("visits-new")
    lead.drawer.locator('[value="-orders[1]"]').click()
    second.wait_for(state="detached")
    assert lead.drawer.locator('[name="orders[0].items"]').input_value().strip() == "RP-1"
    assert lead.drawer.locator('[name="orders[0].clue"]').input_value() != ""
    lead.press()
    lead.told("已办理")


def test_an_officer_records_and_takes_the_signature(
    staff: Staff, lead: Desk, officers: list[str], tmp_path: Path
) -> None:
    """待办: 现场签到、记录检查结果、作出结论、检查签字, 都在待办打开的表单里办完."""
    lead.open("一业一查", "检查任务")
    row = lead.row("RW-2026-0001").get_by_role("link", name="RW-2026-0001", exact=True)
    task = str(row.get_attribute("href")).rpartition("/")[2]
    manager = hand(staff, "task_administrator", department=LEAD)
    manager.do("tasks.skip_consultation", task_id=task)
    hand(staff, "leader", department=LEAD).do("tasks.approve", task_id=task)
    manager.do("tasks.dispatch", task_id=task)
    picture = tmp_path / "签名.png"
    picture.write_bytes(PNG)
    mine = staff.enter(officers[0])
    mine.open("我的工作台", "待办事宜")
    mine.act("现场签到", "办理")
    mine.fill(reason="扫码设备故障", place="示例路1号")
    mine.press()
    mine.told("已办理")

    mine.act("记录检查结果", "办理")
    item = mine.drawer.locator('[name="answers[0].item"]')
    assert item.locator("option:checked").inner_text() == "许可证在有效期内"
    mine.fill(**{"answers[0].outcome": "发现问题"})
    mine.drawer.locator('[name="answers[0].evidence"]').set_input_files(picture)
    mine.press()
    mine.drawer.locator(".field.wrong").wait_for()
    mine.keep("results-refused")
    mine.fill(**{"answers[0].note": "许可证已过期"})
    mine.drawer.locator('[name="answers[0].evidence"]').set_input_files(picture)
    mine.press()
    mine.told("已办理")

    mine.act("作出检查结论", "办理")
    for ticked in ("outcomes-corrected", "measures-correct_on_spot"):
        mine.drawer.locator(f'[name="{ticked}"]').check()
    mine.keep("conclusion")
    mine.press()
    mine.told("已办理")

    mine.act("检查签字", "办理")
    mine.keep("signature-kind")
    mine.drawer.locator('[name="party._type"]').select_option(label="被检查人签名")
    mine.drawer.locator('[name="party.signer"]').wait_for()
    mine.fill(**{"party.signer": "李示例"})
    mine.drawer.locator('[name="party.image"]').set_input_files(picture)
    mine.keep("signature")
    mine.press()
    mine.told("已办理")
    mine.until(lambda: mine.row("检查签字").count(), 0)
