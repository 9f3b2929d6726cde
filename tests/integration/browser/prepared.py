"""A task that went out to two departments, made through the product by accounts of its users."""

from datetime import timedelta
from typing import Any

import httpx
from attrs import define

from adapters.system import SystemClock
from supervision_core.kernel.days import local_day

from .staff import Staff

LEAD, FARM = "市场监管局", "农业农村局"
MAKERS = ("scene_administrator", "checklist_editor")
TASK = "乳品安全综合检查"
FIRM = "南宁示例乳业有限公司"


@define
class Hand:
    """An account that works through the interface, as its app would."""

    client: httpx.Client

    def do(self, use_case: str, **command: Any) -> Any:
        """Carry out a use case by its derived route."""
        answer = self.client.post(f"/api/v1/{use_case.replace('.', '/')}", json=command)
        assert answer.is_success, f"{use_case}: {answer.text}"
        return answer.json() if answer.content else None

    def adds_matter(self, name: str) -> str:
        """Put a matter into the catalogue; give its code."""
        path = "/api/v1/items/catalogue"
        added = self.client.post(path, json={"content": {"name": name}})
        assert added.is_success, added.text
        found = self.client.get(f"{path}/{_id(added.json())}")
        assert found.is_success, found.text
        return str(found.json()["content"]["code"])


def hand(staff: Staff, *roles: str, department: str, **draft: Any) -> Hand:
    """Give the hand of a new account, which has renewed its first password."""
    return hand_of(staff, staff.hire(*roles, department=department, **draft))


def hand_of(staff: Staff, account: str) -> Hand:
    """Give the hand of an account that was let in."""
    return Hand(staff.interface(account))


def based(
    staff: Staff, *asked: tuple[str, str], lead: str = LEAD, matter: str = ""
) -> dict[str, Any]:
    """Make a scene and a checklist; give what the sheet of a task says of them.

    What departments are ``asked`` stands in the checklist as items 1, 2 and so on of a ``matter``;
    it is published then.
    """
    maker, department = hand(staff, *MAKERS, department=lead), staff.department(lead)
    scene = maker.do("scenes.create", code="DAIRY", region="450100", basics={
        "name": "乳品安全", "lead": department,
    })  # fmt: skip
    checklist = _id(maker.do("checklists.create", code="DAIRY-1", region="450100", content={
        "name": "乳品检查单", "trade": trade_of(staff) if asked else "", "lead": department,
        "joining": sorted({staff.department(one) for one, _ in asked} - {department}),
        "items": [listed(at, words, staff.department(one), matter)
                  for at, (one, words) in enumerate(asked, 1)],
    }))  # fmt: skip
    if asked:
        maker.do("checklists.publish", checklist_id=checklist)
    return {"scene": _id(scene), "checklist": {"id": checklist, "version": 1}}


def listed(number: int, words: str, department: str, matter: str) -> dict[str, Any]:
    """Give a line of a checklist that a department answers."""
    return {"code": str(number), "content": {
        "matter": "食品生产监督检查", "matter_code": matter, "content": words,
        "department": department, "importance": "key",
        "basis": [{"document": "中华人民共和国食品安全法", "article": "第三十五条"}],
    }}  # fmt: skip


def trade_of(staff: Staff) -> str:
    """Let the administrator add a trade; give its id."""
    content = {"content": {"name": "乳品", "code": "RP"}}
    return _id(staff.call(0, "POST", "/api/v1/identity/trades", content))


def heard(staff: Staff, *firms: str, department: str = LEAD) -> list[dict[str, Any]]:
    """Let a clue of each firm be registered and judged; give the ground of a visit of each.

    Before the task is drafted that visits them, by nobody who approves or inspects.
    """
    analyst, other = (hand(staff, "clue_analyst", department=department) for _ in range(2))
    grounds = []
    for firm in firms:
        clue = _id(analyst.do("clues.register", sheet={
            "title": "反映生产环境脏乱", "content": "排水沟积水", "channel": "manual",
            "kind": "report", "region": "450100", "subject": firm,
        }))  # fmt: skip
        other.do("clues.triage", clue_id=clue, verdict="inspect", reason="需要现场核查")
        grounds.append({"subject": firm, "ground": "clue", "clue": clue})
    return grounds


def dispatched(staff: Staff, *, number: str = "RW20260001") -> str:
    """Let a task go out; give its id. Its departments have not claimed it yet."""
    region = "450100"
    hands = {
        role: hand(staff, role, department=LEAD)
        for role in ("checklist_editor", "task_administrator", "department_administrator", "leader")
    }
    lead, farm = staff.department(LEAD), staff.department(FARM)
    matter = hands["checklist_editor"].adds_matter("食品生产监督检查")
    officers = [
        _id(hands["department_administrator"].do("officers.register", draft={
            "name": name, "department": lead, "region": region,
            "certificates": [{"number": f"4501002026000{at}", "regions": ["450000"]}],
        }))
        for at, name in enumerate(("王示例", "李示例"))
    ]  # fmt: skip
    task_admin = hands["task_administrator"]
    firm = task_admin.do("subjects.register", draft={
        "kind": "enterprise", "name": FIRM, "region": region,
        "identity": {"kind": "credit_code", "code": "91450100MA5K000017"},
    })  # fmt: skip
    today = local_day(SystemClock().now())
    (ground,) = heard(staff, _id(firm))
    rests = based(staff, (LEAD, "许可证"), matter=matter)
    task = _id(task_admin.do("tasks.create", sheet={
        "number": number, "name": TASK, **rests, "kind": "special",
        "region": region, "lead": lead, "joining": [farm], "matters": [matter],
        "starts_on": today.isoformat(), "ends_on": (today + timedelta(days=20)).isoformat(),
    }))  # fmt: skip
    task_admin.do("tasks.skip_consultation", task_id=task)
    task_admin.do("tasks.open_visits", task_id=task, orders=[{**ground, "officers": officers}])
    hands["leader"].do("tasks.approve", task_id=task)
    task_admin.do("tasks.dispatch", task_id=task)
    return task


def _id(answer: Any) -> str:
    return str(answer["id"] if isinstance(answer, dict) else answer)
