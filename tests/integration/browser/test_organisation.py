"""A real browser: the organisation is taken in, a role is tied, a message reaches its reader."""

from collections.abc import Iterator
from typing import Any

import pytest

from .driving import (
    NEW_PASSWORD,
    Installation,
    become,
    choose,
    fill,
    follow,
    installed,
    reach,
    write,
)
from .test_kinds import fits, phone_of, sign_on
from .test_regions import DESK, said, seen


@pytest.fixture(scope="module")
def whole(chromium: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """Give the platform of the whole province: the organisation is for who reaches everything."""
    del chromium
    yield from installed(tmp_path_factory.mktemp("whole"), region="450000")


def let_run(page: Any, at: Installation, button: str) -> None:
    """Ask for a run, let the worker work, and look again."""
    follow(page, "统一组织架构")
    follow(page, button)
    assert "同步已发起" in said(page)
    assert "等待执行" in page.locator("main").inner_text()
    at.work()
    follow(page, "统一组织架构")


def counted(page: Any) -> list[str]:
    """Give the lines of what was counted."""
    return ["".join(one.inner_text().split("\t")) for one in page.locator("tbody tr").all()]


def takes_in(page: Any, at: Installation) -> None:
    """机构和用户: a conflict stands with its reason, the rest goes in; mended, it goes in too."""
    wei = at.organisation.told["users"][1]
    follow(page, "统一组织架构")
    assert "从未同步" in page.locator("main").inner_text()
    seen(page, at, "organisation-never")
    wei["idCard"] = "1"
    let_run(page, at, "立即同步机构和用户")
    assert counted(page)[:2] == ["机构3000", "用户1000"]
    assert "4002" in counted(page)[2]
    seen(page, at, "organisation-conflict")
    del wei["idCard"]
    let_run(page, at, "立即同步机构和用户")
    assert counted(page) == ["机构0003", "用户1001"]


def ties(page: Any, at: Installation) -> None:
    """角色: taken in, tied after being asked, and given with the next run."""
    follow(page, "角色")
    follow(page, "新增角色")
    fill(page, name="检查员")
    let_run(page, at, "立即同步用户角色")
    follow(page, "现有平台的角色")
    seen(page, at, "told-roles")
    follow(page, "绑定检查人员")
    assert page.locator("h1").inner_text() == "再次核验身份"
    fill(page, password=NEW_PASSWORD)
    choose(page, "role_id", "检查员")
    follow(page, "下一步")
    seen(page, at, "tie")
    follow(page, "确认绑定")
    assert "角色已绑定" in said(page)
    assert "检查员" in page.locator("tbody").inner_text()
    let_run(page, at, "立即同步用户角色")
    assert "用户角色0200" in counted(page)


def sends(page: Any, at: Installation, account: str) -> None:
    """消息: written here, handed on and followed by the worker, delivered."""
    follow(page, "用户")
    fill(page, text=account)
    follow(page, account)
    follow(page, "消息")
    write(page, title="检查任务")
    reach(page, "text")
    page.keyboard.type("您有新的检查任务，请登录平台查看。")
    follow(page, "发送")
    assert "等待发送" in said(page)
    for _ in range(2):
        at.work()
    page.reload()
    assert "已送达 1 条" in " ".join(page.locator("main").inner_text().split())
    seen(page, at, "user-notices")


@pytest.mark.function("F218", surface="page")
def test_the_organisation_is_taken_in_and_a_message_arrives(
    whole: Installation, chromium: Any
) -> None:
    """组织同步、角色绑定、统一消息: by keyboard, through the worker, to the phone of its reader."""
    at, people = whole, whole.unified.people
    li = at.organisation.told["users"][0]
    people["li"] = {
        "userType": "1",
        "personalInfo": {
            **people["servant"]["personalInfo"], "id": "1010", "userIdcode": "GX1010",
            "userName": li["name"], "userIdcard": li["idCard"],
        },
    }  # fmt: skip
    system, security = (
        chromium.new_context(java_script_enabled=False, viewport=DESK).new_page() for _ in range(2)
    )
    become(system, at)
    become(security, at, who=1)
    takes_in(system, at)
    ties(security, at)
    phone = phone_of(chromium)
    sign_on(phone, at, "li")
    sends(system, at, li["account"])
    follow(phone, "我的消息")
    assert "您有新的检查任务" in phone.locator("main").inner_text()
    fits(phone, at, "notices")
    for page in (system, security, phone):
        page.context.close()
