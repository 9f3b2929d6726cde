"""A task whose firms are graded, ready to be drawn; made through the product by its accounts."""

from collections.abc import Sequence
from datetime import date, timedelta

from attrs import define
from tests.integration.cycle.preparing import GRADES, model

from adapters.system import SystemClock
from supervision_core.kernel.days import local_day

from .prepared import FARM, LEAD, Hand, _id, hand
from .staff import Staff

REGION = "450100"
NAME = "乳品安全综合检查"


@define
class Graded:
    """What is there: the task, its firms by code, officers, and the day of the grades."""

    task: str
    firms: dict[str, str]
    officers: list[str]
    day: date
    matter: str


def graded_task(staff: Staff, manager: Hand, codes: Sequence[str]) -> Graded:
    """Build a scene with items of two departments, grade firms of these codes, draft a task."""
    lead, farm = staff.department(LEAD), staff.department(FARM)
    builder = hand(staff, "scene_administrator", "checklist_editor", "assessor", department="")
    keepers = {name: hand(staff, "department_administrator", department=name)
               for name in (LEAD, FARM)}  # fmt: skip
    trade = _id(staff.call(0, "POST", "/api/v1/identity/trades",
                           {"content": {"name": "乳品", "code": "RP"}}))  # fmt: skip
    today, both = local_day(SystemClock().now()), {"lead": lead, "joining": [farm]}
    matter, items = builder.adds_matter("乳品质量安全监督检查"), []
    for number, department, weight in ((1, lead, "key"), (2, farm, "key"), (3, farm, "general")):
        content = {
            "matter": "乳品质量安全监督检查", "matter_code": matter, "content": f"检查内容{number}",
            "department": department, "importance": weight,
            "basis": [{"document": "中华人民共和国食品安全法", "article": "第三十五条"}],
        }  # fmt: skip
        item = _id(builder.do("items.add_check_item", code=f"RP-{number}", content=content))
        builder.do("items.enable_check_item", check_item_id=item)
        items.append({"code": f"RP-{number}", "content": content, "origin": item})
    sheet = {"name": "乳品综合检查单", "trade": trade, **both, "items": items}
    place = {"region": REGION}
    checklist = _id(builder.do("checklists.create", code="RP", content=sheet, **place))
    builder.do("checklists.publish", checklist_id=checklist)
    models = {}
    for kind in ("risk", "credit"):
        made = {**model(kind, lead, "findings_1y"), **place}
        models[kind] = _id(builder.do("assessment.create_model", **made))
        builder.do("assessment.enable_model", kind=kind, model_id=models[kind])
    rule = _id(builder.do(
        "grading.create_rule", name="乳品分级", department=lead, trade=trade, definition=GRADES,
        risk_model=models["risk"], credit_model=models["credit"], **place,
    ))  # fmt: skip
    builder.do("grading.enable_rule", rule_id=rule)
    tag = _id(builder.do("subjects.create_tag", name="乳品企业", **place))
    scene = _id(
        builder.do(
            "scenes.create",
            code="RP",
            basics={
                "name": "乳品",
                "trades": [trade],
                **both,
            },
            **place,
        )
    )
    builder.do("scenes.configure", scene_id=scene, resources={"tags": [{"tag": tag}]})
    assessed = {f"{kind}_models": [{"model": one, "trade": trade}] for kind, one in models.items()}
    builder.do("scenes.assess_by", scene_id=scene, grading_rule=rule, **assessed)
    firms = {}
    for number, code in enumerate(codes):
        firms[code] = _id(manager.do("subjects.register", draft={
            "kind": "enterprise", "name": f"南宁示例乳品{number:02}厂", "region": REGION,
            "identity": {"kind": "credit_code", "code": code},
        }))  # fmt: skip
        builder.do("subjects.tag", subject_id=firms[code], put=[tag], reason="现场核实")
    builder.do("grading.grade_subjects", rule_id=rule, as_of=today.isoformat(),
               subject_ids=list(firms.values()))  # fmt: skip
    officers = [
        _id(keepers[name].do("officers.register", draft={
            "name": f"{name[0]}示例{at}", "department": staff.department(name), "region": REGION,
            "certificates": [{"number": f"450100260{ord(name[0]) % 1000:03}{at}",
                              "regions": ["450000"]}],
        }))
        for name in (LEAD, FARM) for at in range(2)
    ]  # fmt: skip
    task = _id(manager.do("tasks.create", sheet={
        "number": "RW20260007", "name": NAME, "scene": scene, "kind": "routine", **place, **both,
        "checklist": {"id": checklist, "version": 1}, "matters": [matter],
        "grading_rule": {"id": rule, "version": 1},
        "starts_on": today.isoformat(), "ends_on": (today + timedelta(days=20)).isoformat(),
    }))  # fmt: skip
    return Graded(task, firms, officers, today, matter)
