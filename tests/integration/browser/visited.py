"""A visit that its officers go to, made through the product by accounts of its users."""

from datetime import date, timedelta
from typing import Any, Final

from attrs import frozen

from adapters.system import SystemClock
from supervision_core.kernel.codes.identity_card import complete_identity_card
from supervision_core.kernel.days import local_day

from .prepared import Hand, hand, heard, trade_of
from .staff import Staff

MARKET: Final = "市场监管局"
FARM: Final = "农业农村局"
FIRM: Final = "南宁示例乳业有限公司"
OTHER: Final = "南宁示例牧场有限公司"
SCENE: Final = "乳品安全"
QUIET_SCENE: Final = "校园食品安全"
"""A scene in which nothing is checked."""
SHEET: Final = "乳品综合检查单"
TASK: Final = "乳品质量安全检查"
NUMBER: Final = "RW20260031"
TAG: Final = "乳品生产企业"
METHOD: Final = "查看许可证原件并与公示信息核对"
ITEMS: Final = ("许可证在有效期内", "原料库房整洁", "进货查验记录齐全")
CONTACT: Final = "13900000077"
REGION: Final = "450100"


def today() -> date:
    """Give the day of now: a run may last over midnight."""
    return local_day(SystemClock().now())


TODAY: Final = today()
ENDS: Final = TODAY + timedelta(days=2)


@frozen(kw_only=True)
class Visited:
    """What stands: the ids of the scene and of the visits by their firms, and the hands."""

    scene: str
    visits: dict[str, str]
    hands: dict[str, Hand]
    officers: tuple[str, ...]
    institution: str = ""


def officer(staff: Staff, office: Hand, number: int) -> tuple[str, str]:
    """Let an officer in and register him; give the account and his id in the register."""
    card = complete_identity_card(f"4501031985010{1 + number}{number:03}")
    account = staff.hire(
        "officer", department=MARKET,
        person={"document_number": card, "name": f"执法员{'甲乙丙'[number - 1]}"},
    )  # fmt: skip
    made = office.do("officers.register", draft={
        "name": f"执法员{'甲乙丙'[number - 1]}", "department": staff.department(MARKET),
        "region": REGION, "contact": {"identity_card": card},
        "certificates": [{"number": f"4501002026000{number}", "regions": ["450000"]}],
    })  # fmt: skip
    return account, id_of(made)


def prepare(staff: Staff, *accounts: Any, institution: str = "") -> Visited:
    """Let a task of two firms go out to two officers, whose accounts are put into ``accounts``.

    An ``institution`` is entered and engaged to assist, where one is named.
    """
    roles = ("scene_administrator", "checklist_editor"), ("task_administrator",), (
        "department_administrator",
    ), ("leader",), ("clerk",)  # fmt: skip
    hands = {one[-1]: hand(staff, *one, department=MARKET) for one in roles}
    maker, keeper = hands["checklist_editor"], hands["task_administrator"]
    lead = staff.department(MARKET)
    matter = maker.adds_matter("食品生产监督检查")
    people = [officer(staff, hands["department_administrator"], at) for at in (1, 2)]
    accounts[0].extend(account for account, _ in people)
    items = [
        {"code": f"RP-{at}", "content": {
            "matter": "食品生产监督检查", "matter_code": matter, "content": words, "method": METHOD,
            "department": lead, "importance": "key" if at == 1 else "general",
            "basis": [{"document": "中华人民共和国食品安全法", "article": "第三十五条"}],
        }}
        for at, words in enumerate(ITEMS, 1)
    ]  # fmt: skip
    checklist = id_of(maker.do("checklists.create", code="RP", region=REGION, content={
        "name": SHEET, "trade": trade_of(staff), "lead": lead, "items": items,
    }))  # fmt: skip
    maker.do("checklists.publish", checklist_id=checklist)
    tag = id_of(maker.do("subjects.create_tag", name=TAG, region=REGION))
    scene = id_of(maker.do("scenes.create", code="RP", region=REGION, basics={
        "name": SCENE, "lead": lead,
    }))  # fmt: skip
    maker.do("scenes.create", code="XY", region=REGION, basics={
        "name": QUIET_SCENE, "lead": lead,
    })  # fmt: skip
    maker.do("scenes.configure", scene_id=scene, resources={"tags": [{"tag": tag}]},
             checklists=[{"checklist": checklist, "trade": ""}])  # fmt: skip
    firms = [
        id_of(keeper.do("subjects.register", draft={
            "kind": "enterprise", "name": name, "region": REGION,
            "identity": {"kind": "credit_code", "code": code},
            "personal": {"contact_name": "示例联系人", "contact_phone": CONTACT},
        }))
        for name, code in ((FIRM, "91450100MA5K000017"), (OTHER, "91450100MA5K000025"))
    ]  # fmt: skip
    for firm in firms:
        maker.do("subjects.tag", subject_id=firm, put=[tag], reason="现场核实")
    grounds = heard(staff, *firms, department=MARKET)
    task = id_of(keeper.do("tasks.create", sheet={
        "number": NUMBER, "name": TASK, "scene": scene,
        "checklist": {"id": checklist, "version": 1},
        "kind": "special", "region": REGION, "lead": lead, "joining": [staff.department(FARM)],
        "matters": [matter],
        "starts_on": TODAY.isoformat(), "ends_on": ENDS.isoformat(),
    }))  # fmt: skip
    party = _engaged(keeper, task, institution) if institution else ""
    keeper.do("tasks.skip_consultation", task_id=task)
    keeper.do("tasks.open_visits", task_id=task, orders=[
        {**ground, "officers": [one for _, one in people]} for ground in grounds
    ])  # fmt: skip
    hands["leader"].do("tasks.approve", task_id=task)
    keeper.do("tasks.dispatch", task_id=task)
    hands["clerk"].do("tasks.claim", task_id=task)
    found = keeper.client.get("/api/v1/tasks/visits").json()["items"]
    visits = {one["subject"]: one["id"] for one in found}
    return Visited(
        scene=scene, visits={FIRM: visits[firms[0]], OTHER: visits[firms[1]]}, hands=hands,
        officers=tuple(one for _, one in people), institution=party,
    )  # fmt: skip


def _engaged(keeper: Hand, task: str, name: str) -> str:
    """Enter an institution and engage it for a task; give its id."""
    content = {"name": name, "sort": "testing"}
    made = keeper.client.post("/api/v1/officers/institutions", json={"content": content})
    assert made.is_success, made.text
    party = id_of(made.json())
    keeper.do("tasks.engage_third_party", task_id=task, institution=party, duty="抽样检测",
              headcount=2)  # fmt: skip
    return party


def id_of(answer: Any) -> str:
    """Give the id that an answer gives."""
    return str(answer["id"] if isinstance(answer, dict) else answer)
