"""Who walks the whole thread, and with what: accounts, desks, phones, and a film of it all."""

import os
from pathlib import Path
from typing import Any, Final

from attrs import Factory, define
from tests.integration.chromium import PATIENCE, WATCH

from supervision_core.kernel.codes.credit_code import (
    complete_credit_code,
    complete_organisation_code,
)
from supervision_core.kernel.codes.identity_card import complete_identity_card

from .desk import DESK, PHONE, Desk
from .prepared import hand
from .staff import Staff

MARKET, FARM = "市场监管局", "农业农村局"
REGION: Final = "450100"
INSTITUTION: Final = "南宁示例检测有限公司"
FIRMS: Final = "SUPERVISION_THREAD_FIRMS"
"""How many firms there are."""
FILM: Final = "SUPERVISION_THREAD_FILM"
"""The folder that takes the film: numbered pictures of every step."""
"""Milliseconds that a page may take, of few firms."""
PEOPLE: Final = {
    "场景管理员": (MARKET, "scene_administrator"),
    "检查单编制人员": (MARKET, "checklist_editor"),
    "农业检查单编制人员": (FARM, "checklist_editor"),
    "评价分析人员": (MARKET, "assessor"),
    "任务管理员": (MARKET, "task_administrator"),
    "经办人员": (MARKET, "clerk", "content_author", "content_publisher"),
    "农业经办人员": (FARM, "clerk"),
    "领导": (MARKET, "leader", "content_editor"),
}
"""Who sits at a desk: department by name, and roles."""


@define
class Film:
    """Pictures of what is seen, numbered as it happens, at a desk's width and at a phone's."""

    folder: Path | None
    number: int = 0

    def shoot(self, page: Any, name: str) -> None:
        """Hold that the page fits both widths, and keep both pictures where a folder is given."""
        self.number += 1
        before = page.viewport_size
        for device, size in (("phone", PHONE), ("desk", DESK)):
            if self.folder is not None:
                page.evaluate("scrollTo(0, 0)")
                page.set_viewport_size(size)
                path = self.folder / f"{self.number:03}-{name}-{device}.png"
                page.screenshot(path=path, full_page=True)
            page.set_viewport_size(size)
            wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert wide <= 0, (name, device, wide)
        page.set_viewport_size(before)


def film() -> Film:
    """Give the film: it is kept where the environment names a folder."""
    told = os.environ.get(FILM, "")
    folder = Path(told) if told else None
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
    return Film(folder)


@define
class People:
    """Those who walk the thread: the desk of each by his name, the phones of who is under way."""

    staff: Staff
    film: Film
    accounts: dict[str, str]
    """Those who go out on phones, by their names."""
    desks: dict[str, Desk] = Factory(dict)
    phones: dict[str, Any] = Factory(dict)

    def __getitem__(self, name: str) -> Desk:
        """Give somebody's desk; he comes to it at the first call."""
        if name not in self.desks:
            department, *roles = PEOPLE[name]
            account = self.staff.hire(*roles, department=department, person={"name": name})
            self.accounts[name] = account
            self.desks[name] = self.staff.enter(account)
            self.desks[name].page.set_default_timeout(PATIENCE * 1000 + firms().count * 10)
        return self.desks[name]

    def firm(self, name: str, code: str) -> str:
        """Let administrators make an account of a firm; give it."""
        client = self.staff.interface(self.accounts["任务管理员"])
        found = client.get("/api/v1/subjects/subjects", params={"code": code}).json()["items"]
        self.accounts[name] = self.staff.hire(
            "enterprise", memberships=[], person={"name": "企业经办"},
            extended={"kind": "enterprise", "party": found[0]["id"]},
            proof={"document": "营业执照", "number": code},
        )  # fmt: skip
        return self.accounts[name]

    def phone(self, name: str) -> Any:
        """Give the phone of somebody, who comes to it at the first call."""
        if name in self.phones:
            return self.phones[name]
        context = self.staff.chromium.new_context(
            viewport=PHONE, has_touch=True, is_mobile=True, locale="zh-CN",
            geolocation={"latitude": 22.817, "longitude": 108.366, "accuracy": 12},
            permissions=["geolocation"],
        )  # fmt: skip
        context.add_init_script(WATCH)
        self.phones[name] = self.staff.seat(context, self.accounts[name], home="/m")
        return self.phones[name]

    def leave(self) -> None:
        """Close what is open."""
        for desk in self.desks.values():
            desk.page.context.close()
        for page in self.phones.values():
            page.context.close()


def hired(staff: Staff) -> dict[str, str]:
    """Let administrators make accounts of officers and of an institution; give them by names."""
    accounts, held = dict[str, str](), ""
    for department in (MARKET, FARM):
        keeper = hand(staff, "department_administrator", department=department)
        for at, sign in enumerate("甲乙", 1):
            name = f"{department[0]}示例{sign}"
            card = complete_identity_card(f"4501031985{ord(department[0]) % 12 + 1:02}0{at}{at:03}")
            accounts[name] = staff.hire(
                "officer", department=department, person={"document_number": card, "name": name}
            )
            keeper.do("officers.register", draft={
                "name": name, "department": staff.department(department), "region": REGION,
                "contact": {"identity_card": card},
                "certificates": [{"number": f"4501002026{ord(department[0]) % 1000:03}{at}",
                                  "regions": ["450000"]}],
            })  # fmt: skip
        if department == MARKET:
            held = keeper.client.post("/api/v1/officers/institutions", json={
                "content": {"name": INSTITUTION, "sort": "testing"},
            }).json()["id"]  # fmt: skip
    for name, role in (("机构负责人", "institution_head"), ("检测员", "institution_member")):
        accounts[name] = staff.hire(
            role, memberships=[], person={"name": name},
            extended={"kind": "third_party", "party": held},
        )  # fmt: skip
    return accounts


@define
class Table:
    """A table of firms as their registry writes it."""

    content: bytes
    names: list[str]
    codes: list[str]

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.names)


def firms() -> Table:
    """Give as many firms as the environment says; each is called so that its tag finds it."""
    count = int(os.environ.get(FIRMS, "8"))
    numbers = [complete_organisation_code(f"MA{at:06}") for at in range(count)]
    codes = [complete_credit_code(f"91450103{one}") for one in numbers]
    names = [f"南宁示例{at + 1:0{len(str(count))}}号乳业有限公司" for at in range(count)]
    lines = ["企业名称,统一社会信用代码,所属区划,法定代表人"]
    lines += [f"{name},{code},青秀区,赵某某" for name, code in zip(names, codes, strict=True)]
    return Table(("\ufeff" + "\n".join(lines)).encode(), names, codes)
