"""评价与分级, in a real browser: models and subjects come by the tags that are said once."""

from collections.abc import Mapping

import pytest
from attrs import define
from tests.integration.cycle.preparing import model

from .desk import Desk
from .prepared import FIRM, LEAD, _id, hand
from .staff import Staff

REGION = "450100"
TAG, OTHER = "乳品企业", "冷库"
RULE, BATCH = "标签分级", "2026年第一批"


@define
class Tagged:
    """A tag with a firm and two models in force that say it; ``models`` gives id and name."""

    desk: Desk
    url: str
    models: Mapping[str, tuple[str, str]]


@pytest.fixture(scope="module")
def tagged(staff: Staff) -> Tagged:
    """Let the accounts of a department make them."""
    lead, models = staff.department(LEAD), dict[str, tuple[str, str]]()
    staff.call(0, "POST", "/api/v1/identity/trades", {"content": {"name": "乳品", "code": "RP"}})
    maker = hand(staff, "scene_administrator", "assessor", department=LEAD)
    tags = {name: _id(maker.do("subjects.create_tag", name=name, region=REGION))
            for name in (TAG, OTHER)}  # fmt: skip
    for kind in ("risk", "credit"):
        made = {**model(kind, lead, "findings_1y"), "region": REGION}
        id_ = _id(maker.do("assessment.create_model", **made))
        models[kind] = id_, made["definition"]["name"]
        maker.do(
            "assessment.change_model_basics", kind=kind, model_id=id_, cycle="year",
            object_type=made["object_type"], reviewed=False, object_tags=[tags[TAG]],
        )  # fmt: skip
        maker.do("assessment.enable_model", kind=kind, model_id=id_)
    firm = hand(staff, "task_administrator", department=LEAD).do("subjects.register", draft={
        "kind": "enterprise", "name": FIRM, "region": REGION,
        "identity": {"kind": "credit_code", "code": "91450100MA5K000017"},
    })  # fmt: skip
    maker.do("subjects.tag", subject_id=_id(firm), put=[tags[TAG]], reason="现场核实")
    return Tagged(staff.desk("assessor", department=LEAD), staff.at.url, models)


@pytest.mark.function("F192", surface="page")
def test_models_of_a_rule_come_by_its_tags(tagged: Tagged) -> None:
    """新建规则: tags without models are refused with words; those with models bring both up."""
    desk = tagged.desk
    desk.open("一业一评", "分级分类规则")
    desk.start("新建分级分类规则")
    desk.fill(name=RULE, trade="乳品", object_tags=OTHER)
    desk.press()
    for kind in ("风险", "信用"):
        desk.drawer.get_by_text(f"所选对象标签没有对应的启用的{kind}模型").first.wait_for()
    desk.fill(object_tags=TAG)
    desk.press()
    desk.told("新增成功")
    desk.row(RULE).get_by_role("link", name=RULE, exact=True).first.click()
    for name in (*(one for _, one in tagged.models.values()), TAG):
        desk.drawer.get_by_text(name).first.wait_for()
    desk.keep("rule-by-tags")


@pytest.mark.function("F171", surface="page")
def test_subjects_of_an_evaluation_come_by_the_tags_of_its_model(tagged: Tagged) -> None:
    """发起评价: the model's tags bring up the firms; the draft shows model, firm and indicators."""
    desk, (id_, name) = tagged.desk, tagged.models["risk"]
    desk.page.goto(f"{tagged.url}/gov/assessment/do/initiate_round?kind=risk&model_id={id_}")
    desk.main.locator("[name=batch]").fill(BATCH)
    desk.main.get_by_role("button", name="发起评价", exact=True).click()
    desk.page.get_by_role("status").filter(has_text="新增成功").wait_for()
    desk.open("一业一评", "评价任务")
    desk.row(BATCH).get_by_role("link").first.click()
    for words in (name, FIRM, "检查发现的问题"):
        desk.drawer.get_by_text(words).first.wait_for()
    desk.keep("round-by-tags")
