"""评价、分级、场景在页面上: configured, tried, reviewed by accounts that administrators made."""

from collections.abc import Iterator, Mapping
from types import SimpleNamespace
from typing import Any, Final

import pytest
from attrs import define
from tests.integration.http.browsing import Browser, Document

from adapters.documents.workbooks import WorkbookTables
from entrypoints.http.answering import COOKIE
from entrypoints.list_intake import intake_of
from entrypoints.words import all_messages
from supervision_core.dashboards.services import COUNT_RECEIVER
from supervision_core.items.lists import DOCUMENT_TEMPLATES, STANDARD_MATERIALS
from supervision_core.kernel.documents import ResultColumn, ResultSheet
from supervision_core.kernel.listing import ListQuery
from supervision_core.kernel.registers.elements import NO_ELEMENTS
from supervision_core.officers.lists import TEAMS
from supervision_core.subjects.lists import TAGS

from .acting import Person, first_started
from .desks import MESSENGER, Desk, opened, relayed
from .preparing import FARM, FIRST_DAY, MARKET, ORGANISATION, REGION, Preparation

FIRM: Final = "南宁示例乳业有限公司"
ASSOCIATION: Final = "南宁示例乳业协会"
LAW: Final = "中华人民共和国食品安全法"
KINDS: Final = {"risk": "乳品风险模型", "credit": "乳品信用模型"}
RULES: Final[Mapping[str, Mapping[str, str]]] = {
    "FlagPoints": {"fact": "abnormal_listed", "yes": "20", "no": "0"},
    "Occurrences": {"fact": "penalties_3y", "each": "7.5", "cap": "4"},
    "Computed": {"formula": "min(lawsuits_3y, 5)", "each": "2"},
    "Manual": {"least": "0", "most": "90"},
}
"""Fields of rules, as an analyst fills them in."""


@define
class Worker:
    """Somebody at the pages of the workbench."""

    person: Person
    browser: Browser

    @classmethod
    def of(cls, person: Person) -> "Worker":
        """Let somebody who has an account work."""
        person.ask("GET", "/api/v1/identity/regions")
        browser = Browser(SimpleNamespace(client=person.at.client))
        browser.cookies[COOKIE] = person.token
        return cls(person, browser)

    def words(self, path: str) -> str:
        """Give what the page itself says."""
        answer = self.browser.go(path)
        assert answer.status_code == 200, path
        return _said(answer.text)

    def send(
        self, path: str, fields: Mapping[str, str], *, rows: tuple[str, ...] = (), to: str = "",
        wrong: bool = False,
    ) -> str:  # fmt: skip
        """Fill a form in, with rows that are added first, send it; give what is said then."""
        action = to or path.partition("?")[0]
        form = self.browser.see(path).forms[action]
        for row in rows:
            form = Document(self.browser.go(action, {**form, "rows": row}).text).forms[action]
            form.pop("rows", "")
        answer = self.browser.go(action, {**form, **fields})
        assert (answer.status_code == 422) == wrong, _said(answer.text)
        while answer.status_code == 303:
            answer = self.browser.go(answer.headers["location"])
        assert answer.status_code == (422 if wrong else 200), _said(answer.text)
        return _said(answer.text)

    def tick(self, path: str, title: str, act: str) -> str:
        """Tick the row called so, do something with it, and give what is said then."""
        page = self.browser.see(path)
        ticked = next(
            str(found["name"])
            for _, found in page.shown
            if found.get("aria-label") == f"选择{title}"
        )
        form = {**page.forms[path], ticked: "yes", "act": act}
        form |= {"trade": page.fields["trade"]} if "trade" in page.fields else {}
        answer = self.browser.go(path, form)
        assert answer.status_code == 303, _said(answer.text)
        return self.words(answer.headers["location"])

    def take_in(self, path: str, query: ListQuery[Any], *rows: Mapping[str, str]) -> str:
        """Send a table of a list by its page, and give what is said of it."""
        page = f"/gov/{path}/import"
        intake = intake_of(query)
        assert intake is not None
        assert page in self.browser.see(f"/gov/{path}").links
        columns = intake.table(NO_ELEMENTS).columns
        sheet = ResultSheet(
            name="表", columns=[ResultColumn(one.title, one.kind) for one in columns],
            rows=[[row.get(one.name, "") for one in columns] for row in rows],
        )  # fmt: skip
        table = WorkbookTables(all_messages()).results([sheet])
        form = self.browser.see(page).forms[page]
        answer = self.browser.go(page, form, {"workbook": ("表.xlsx", table)})
        assert answer.status_code == 200, _said(answer.text)
        return _said(answer.text)

    def one(self, path: str, name: str, field: str = "name") -> str:
        """Give where the page of what a list calls so is; the list leads there."""
        found = next(one["id"] for one in self.person.see(path)["items"] if one[field] == name)
        assert f"/gov/{path}/{found}" in self.browser.see(f"/gov/{path}").links
        return f"/gov/{path}/{found}"


def _said(text: str) -> str:
    return " ".join(Document(text.partition("<main")[2]).words)


@define
class Office:
    """Who works here, and what there is."""

    analyst: Worker
    association: Worker
    builder: Worker
    reviewer: Worker
    owner: Worker
    manager: Worker


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """Let administrators make accounts, and their owners what is evaluated and inspected."""
    with first_started(tmp_path_factory.mktemp("pages"), ORGANISATION, FIRST_DAY) as place:
        made = Preparation(place)
        made.found()
        market, (_, security, _) = made.departments[MARKET], place.administrators
        manager = made.let_in("管理员", "部门管理员", department=MARKET)
        path = f"/api/v1/identity/departments/{market}/administrators"
        security.call("PUT", path, {"administrators": [manager.id]})
        builder = made.let_in("编制", "检查单编制人员", "任务管理员", department=MARKET)
        reviewer = made.let_in("评审员", "评审人员", department=MARKET)
        officers = {}
        for name, person in (("赵示例", reviewer), ("钱示例", None)):
            officers[name] = officer = manager.do("officers.register", draft={
                "name": name, "department": market, "region": REGION,
                "certificates": [{"number": f"4501002026{len(name)}{bool(person):04}",
                                  "regions": [REGION]}],
            })  # fmt: skip
            if person is not None:
                manager.do("officers.tie_account", officer_id=officer, user_id=person.id)
        for kind, name in (("risk", "乳品风险小组"), ("credit", "乳品信用小组")):
            team = manager.do("officers.create_team", name=name, kind=kind, region=REGION,
                              department=market)  # fmt: skip
            manager.do("officers.join_team", team_id=team, officer_ids=[officers["赵示例"]])
        tag = manager.do("subjects.create_tag", name="乳品企业", region=REGION)
        firm = manager.do("subjects.register", draft={
            "kind": "enterprise", "name": FIRM, "region": REGION,
            "identity": {"kind": "credit_code", "code": "91450100MA5K000017"},
            "basic": {"scope": "乳制品生产、销售", "domicile": "南宁市青秀区示例路1号"},
            "personal": {"principal": "吴示例", "contact_phone": "13800000097"},
        })  # fmt: skip
        manager.do("subjects.tag", subject_id=firm, put=[tag], reason="现场核实")
        manager.do("officers.create_team", name="乳品执法小组", region=REGION, department=market)
        manager.add("officers/institutions", name="南宁示例检测有限公司", sort="testing")
        dairy = manager.add(
            "officers/associations", name=ASSOCIATION, trades=[made.ids["trade"]]
        )  # fmt: skip
        for one, more in (
            ("people", {"name": "孙示例", "phone": "13800000099", "head": True}),
            ("qualifications", {"name": "社会团体法人", "number": "S-1"}),
            ("extras", {"name": "会员单位数量", "said": "32家"}),
        ):
            manager.add(f"officers/association_{one}", association=dairy, **more)
        other = manager.add("officers/associations", name="南宁示例旅行协会")
        manager.add("officers/association_people", association=other, name="周示例")
        member = made.let_in(
            "协会秘书", "行业协会", extended={"kind": "third_party", "party": dairy}
        )  # fmt: skip
        _checklist(made, builder)
        people = [
            Worker.of(made.let_in(name, role, department=MARKET))
            for name, role in (("分析", "评价分析人员"), ("场景", "场景管理员"))
        ]
        yield Office(
            people[0],
            Worker.of(member),
            Worker.of(builder),
            Worker.of(reviewer),
            people[1],
            Worker.of(manager),
        )


def _checklist(made: Preparation, builder: Person) -> None:
    """Publish a checklist of one item."""
    market, name = made.departments[MARKET], "乳品质量安全监督检查"
    matter = builder.add("items/catalogue", name=name, kind="inspection")
    law = builder.do("items.add_law", content={
        "title": LAW, "kind": "statute",
        "promulgated_on": "2021-04-29", "in_force_from": "2021-04-29",
        "whole": "第三十四条 禁止生产经营。\n第三十五条 从事食品生产应当依法取得许可。\n"
        "县级以上部门应当依法审核。",
    })  # fmt: skip
    builder.do("items.enable_law", law_id=law)
    content = {
        "matter": name, "matter_code": builder.see(f"items/catalogue/{matter}")["content"]["code"],
        "content": "许可证是否在有效期内", "department": market, "importance": "key",
        "basis": [{"document": LAW, "article": "第三十五条第二款"}],
    }  # fmt: skip
    item = builder.do("items.add_check_item", code="RP-1", content=content)
    builder.do("items.enable_check_item", check_item_id=item)
    sheet = {
        "name": "乳品综合检查单", "trade": made.ids["trade"], "lead": market,
        "joining": [made.departments[FARM]],
        "items": [{"code": "RP-1", "content": content, "origin": item}],
    }  # fmt: skip
    checklist = builder.do("checklists.create", code="RP", content=sheet, region=REGION)
    builder.do("checklists.publish", checklist_id=checklist)


@pytest.mark.function("F164", surface="page")
@pytest.mark.function("F165", surface="page", complete=True)
@pytest.mark.function("F166", surface="page", complete=True)
@pytest.mark.function("F167", surface="page", complete=True)
@pytest.mark.function("F168", surface="page", complete=True)
@pytest.mark.function("F169", surface="page", complete=True)
@pytest.mark.function("F183", surface="page")
@pytest.mark.function("F184", surface="page", complete=True)
@pytest.mark.function("F185", surface="page", complete=True)
@pytest.mark.function("F186", surface="page", complete=True)
@pytest.mark.function("F187", surface="page", complete=True)
@pytest.mark.function("F188", surface="page", complete=True)
@pytest.mark.parametrize("kind", KINDS)
def test_a_model_is_configured_in_four_steps(office: Office, kind: str) -> None:
    """基本信息、评审小组、结果等级、指标配置: 分类, 录入, 计分, 等级, 启停, 维护, 复制, 删除."""
    desk, name = office.analyst, KINDS[kind]
    models = f"assessment/{kind}_models"
    begin = f"/gov/assessment/do/begin_model?kind={kind}"
    assert begin in desk.browser.see(f"/gov/{models}").links
    desk.send(begin, {
        "name": name, "code": f"dairy_{kind}", "object_type": "乳制品生产企业", "cycle": "month",
        "reviewed": "yes" if kind == "risk" else "no",
    })  # fmt: skip
    page = desk.one(models, name)
    assert "模型没有启用的指标" in desk.words(page)
    assert "乳品企业" in desk.send(f"{page}/steps/basics", {"object_tags": "乳品企业"})
    for cycle, title in (("quarter", "每季度"), ("half_year", "每半年"), ("two_years", "每两年")):
        said = desk.send(f"{page}/steps/basics", {"cycle": cycle, "description": "乳品生产环节"})
        assert title in said
        assert "乳品生产环节" in said
    group = {"group.name": "评审组", "group.members": "赵示例\n钱示例", "group.leader": "赵示例"}
    assert "评审组" in desk.send(f"{page}/steps/group", group)
    levels, gap = f"{page}/steps/levels", {"standards[1].lower": "20", "standards[0].upper": "20"}
    if kind == "risk":
        wrong = {"standards[0].upper": "20"}
        assert "没有区间可落" in desk.send(levels, wrong, wrong=True)
        assert "不足20分" in desk.send(levels, {**gap, "standards[0].note": "少检查"})
    else:
        assert "信用优秀" in desk.words(page)
        better = {"standards[0].lower": "95", "standards[1].upper": "95"}
        assert "95分及以上" in desk.send(levels, better)
        drawn = {"by_credit": "yes", "content_draw": "by_ratio"}
        assert "按比例抽取" in desk.send(f"{page}/steps/draw", drawn)
    fixed = {"categories[1].code": "fixed", "categories[1].name": "静态",
             "categories[1].parent": "general"}  # fmt: skip
    assert "静态" in desk.send(f"{page}/steps/categories", fixed, rows=("+categories",))
    for number, (rule, fields) in enumerate(RULES.items()):
        path = f"{page}/indicator"
        form = desk.browser.see(path).forms[path] | {"indicator.rule._type": rule, "rows": "="}
        form = Document(desk.browser.go(path, form).text).forms[path]
        form.pop("rows", "")
        filled = {
            "indicator.code": f"item_{number}", "indicator.name": f"指标{number}",
            "indicator.category": "fixed", "indicator.rule.missing.treatment": "exclude",
            **{f"indicator.rule.{one}": text for one, text in fields.items()},
        }  # fmt: skip
        answer = desk.browser.go(path, {**form, **filled})
        assert answer.status_code == 303, _said(answer.text)
    said = desk.words(page)
    for words in ("每次7.5分，最多计4次", "现场打分0分至90分", "自动评分", "草稿没有问题"):
        assert words in said
    act = f"{page}/indicators"
    levelled = {"indicator.rule.choices[0].name": "差", "indicator.rule.choices[0].points": "90"}
    note = {"indicator.note": "现场看", **levelled}
    desk.send(f"{page}/indicator/item_3", note, rows=("+indicator.rule.choices",))
    assert "差90分" in desk.words(page)
    both = {"row-item_0": "yes", "row-item_1": "yes"}
    assert "item_1_2" in desk.send(page, {**both, "act": "copy"}, to=act)
    desk.send(page, {"row-item_0_2": "yes", "act": "enable"}, to=act)
    desk.send(page, {"row-item_0_2": "yes", "act": "disable"}, to=act)
    asked = desk.browser.go(act, {
        **desk.browser.see(page).forms[act], "row-item_0_2": "yes", "row-item_1_2": "yes",
        "act": "delete",
    })  # fmt: skip
    desk.browser.go(act, Document(asked.text).forms[act])
    assert "item_1_2" not in desk.words(page)
    found = desk.words(f"{page}?name=指标1&category=general&enabled=yes")
    assert ("指标1" in found, "指标2" in found) == (True, False)


@pytest.mark.function("F170", surface="page", complete=True)
@pytest.mark.function("F189", surface="page", complete=True)
@pytest.mark.parametrize("kind", KINDS)
def test_a_model_in_force_keeps_its_levels_and_stays(office: Office, kind: str) -> None:
    """试算, 启用; 已启用的等级不能改、模型不能删, with the reason; a draft is deleted, copied."""
    desk, name, models = office.analyst, KINDS[kind], f"/gov/assessment/{kind}_models"
    page = desk.one(f"assessment/{kind}_models", name)
    told = desk.send(f"{page}/trial", {"subject": FIRM})
    assert "怎样得来" in told
    assert "数据缺失，不计该项" in told
    links = desk.browser.see(models).links
    enable = next(one for one in links if "/do/enable_model?" in one)
    desk.send(enable, {})
    assert f"{page}/steps/levels" not in desk.browser.see(page).links
    copy = f"/gov/assessment/do/copy_model?kind={kind}&model_id={page.rpartition('/')[2]}"
    desk.send(copy, {"name": "副本", "code": "copied"})
    ids = [
        desk.one(f"assessment/{kind}_models", each).rpartition("/")[2] for each in (name, "副本")
    ]
    several = {"act": "assessment.delete_model", **{f"row-{one}": "yes" for one in ids}}
    to = f"{models}/several"
    asked = Document(desk.browser.send(models, to=to, **several).text)
    done = _said(desk.browser.go(to, asked.forms[to]).text)
    assert "成功 1，跳过 1" in done
    assert "处于“启用”状态" in done
    assert "副本" not in desk.words(models)


@pytest.mark.function("F164", surface="page", complete=True)
@pytest.mark.function("F183", surface="page", complete=True)
@pytest.mark.parametrize("kind", KINDS)
def test_models_are_listed_searched_and_switched(office: Office, kind: str) -> None:
    """左树右表、各列、检索、详情, 启用停用(逐个、批量), 关联场景数打开场景列表; 停用的不能评价."""
    desk, name, models = office.analyst, KINDS[kind], f"/gov/assessment/{kind}_models"
    told = desk.words(models)
    columns = ("模型名称", "评价对象类型", "制定部门", "评价次数", "总分", "状态", "关联场景数",
               MARKET,
               *(["是否信用抽取"] if kind == "credit" else []))  # fmt: skip
    for words in columns:
        assert words in told, words
    for asked, found in (
        ("name=乳品", True), ("name=旅行", False), ("object_type=乳制品", True),
        ("object_type=旅行社", False), (f"department={MARKET}", True),
        (f"department={FARM}", False), ("state=enabled", True), ("state=disabled", False),
    ):  # fmt: skip
        assert (name in desk.words(f"{models}?{asked}")) is found, asked
    page = desk.one(f"assessment/{kind}_models", name)
    id_ = page.rpartition("/")[2]
    assert "乳制品生产企业" in desk.words(page)
    scene = {"code": f"S-{kind}", "basics.name": f"乳品{kind}场景", "basics.lead": MARKET}
    office.owner.send("/gov/scenes/do/create", {**scene, "basics.trades": "乳品"})
    built = office.owner.one("scenes/scenes", scene["code"], "code")
    used = f"{kind}_models[0]"
    office.owner.send(f"{built}/steps/{kind}", {
        f"{used}.trade": "乳品", f"{used}.model": name,
    }, rows=(f"+{kind}_models",))  # fmt: skip
    scene_asked = f"scene=乳品{kind}场景"
    assert name in desk.words(f"{models}?{scene_asked}")
    (other,) = (one for one in KINDS if one != kind)
    assert KINDS[other] in desk.words(f"/gov/assessment/{other}_models")
    assert KINDS[other] not in desk.words(f"/gov/assessment/{other}_models?{scene_asked}")
    assert f"{page}#scenes" in desk.browser.see(models).links
    shown = desk.words(page)
    for words in (
        "场景名称",
        "场景分类",
        "场景对象",
        "牵头部门",
        "配合部门",
        "场景状态",
        f"乳品{kind}场景",
    ):
        assert words in shown, words
    several = to = f"{models}/several"
    for act, state, again in (
        ("disable", "停用", "处于“停用”状态"), ("enable", "启用", "模型已经启用"),
    ):  # fmt: skip
        chosen = {"act": f"assessment.{act}_model", f"row-{id_}": "yes"}
        sure = Document(desk.browser.send(models, to=to, **chosen).text)
        assert "成功 1" in _said(desk.browser.go(several, sure.forms[several]).text)
        assert state in desk.words(f"{models}?name={name}")
        sure = Document(desk.browser.send(models, to=to, **chosen).text)
        done = _said(desk.browser.go(several, sure.forms[several]).text)
        assert again in done
        if act == "disable":
            begin = f"/gov/assessment/do/initiate_round?kind={kind}&model_id={id_}"
            refused = desk.send(begin, {"batch": "停用之后", "subjects": FIRM}, wrong=True)
            assert "模型没有启用" in refused


@pytest.mark.function("F192", surface="page", complete=True)
def test_a_rule_grades_the_subjects_of_tags_whose_models_come_by_themselves(
    office: Office,
) -> None:
    """基本要素, 场景的对象标签带出模型, 各级监管措施, 按等级或按比例抽取检查项, 客体对象."""
    desk, owner = office.analyst, office.owner
    code = "GRADED"
    owner.send("/gov/scenes/do/create", {
        "code": code, "basics.name": "乳品分级场景", "basics.lead": MARKET, "basics.trades": "乳品",
    })  # fmt: skip
    built = owner.one("scenes/scenes", code, "code")
    owner.send(f"{built}/steps/resources", {
        "resources.tags[0].tag": "乳品企业",
    }, rows=("+resources.tags",))  # fmt: skip
    owner.person.do("subjects.create_tag", name="冷库", region=REGION)
    begin = "/gov/grading/do/begin_rule"
    basics = {"name": "标签分级", "trade": "乳品", "scenes": "乳品分级场景"}
    assert "请选择对象标签以带出模型" in desk.send(begin, basics, wrong=True)
    wrong = desk.send(begin, {**basics, "object_tags": "冷库"}, wrong=True)
    for kind in ("风险", "信用"):
        assert f"所选对象标签没有对应的启用的{kind}模型" in wrong
    desk.send(begin, {**basics, "object_tags": "乳品企业", "description": "按标签分级"})
    page = desk.one("grading/rules", "标签分级")
    said = desk.words(page)
    for words in (*KINDS.values(), "乳品分级场景", "乳品企业", "按标签分级", "按等级差异化抽查"):
        assert words in said, words
    objects = f"{page}/objects"
    assert objects in desk.browser.see(page).links
    (takes,) = (one for one in desk.browser.see(objects).links if one.startswith(f"{objects}?"))
    assert desk.browser.see(takes).forms[objects]["object_tags"].startswith("乳品企业")
    twin = f"/gov/assessment/do/copy_model?kind=risk&model_id={_id(desk, 'risk')}"
    desk.send(twin, {"name": "乳品风险模型二", "code": "dairy_twin"})
    other = desk.one("assessment/risk_models", "乳品风险模型二")
    switch = f"?kind=risk&model_id={other.rpartition('/')[2]}"
    desk.send(f"/gov/assessment/do/enable_model{switch}", {})
    wrong = desk.send(takes, {"risk_model": ""}, to=objects, wrong=True)
    assert "所选对象标签对应多个启用的风险模型：乳品风险模型、乳品风险模型二" in wrong
    assert "乳品风险模型二" in desk.send(objects, {"risk_model": "乳品风险模型二"})
    desk.send(f"/gov/assessment/do/disable_model{switch}", {})
    said = desk.send(objects, {"risk_model": "", "credit_model": ""})
    assert "乳品风险模型二" not in said
    matrix, grades = f"{page}/matrix", "definition.grades"
    measured = {f"{grades}[{at}].measure": text for at, text in enumerate(
        ("自主监管", "一般监管", "重点监管", "严格监管")
    )}  # fmt: skip
    for way, title in (("by_grade", "按等级抽取"), ("by_ratio", "按比例抽取")):
        said = desk.send(matrix, {
            **measured, "definition.item_draw": way, f"{grades}[0].item_ratio": "0.2",
        })  # fmt: skip
        for words in (title, "0.2", *measured.values(), "乳品企业"):
            assert words in said, words
    second = "definition.secondary[0]"
    said = desk.send(matrix, {
        f"{second}.tag": "冷库", f"{second}.model_id": KINDS["risk"], f"{second}.draw": "by_ratio",
        f"{second}.ratio": "0.1",
    }, rows=("+definition.secondary",))  # fmt: skip
    for words in ("客体对象", "冷库", "0.1"):
        assert words in said, words
    desk.send(f"/gov/grading/do/enable_rule?rule_id={page.rpartition('/')[2]}", {})
    assert "标签分级" in desk.words("/gov/grading/rules?object_tags=乳品企业")
    assert "标签分级" not in desk.words("/gov/grading/rules?object_tags=冷库")


def _id(desk: Worker, kind: str) -> str:
    return desk.one(f"assessment/{kind}_models", KINDS[kind]).rpartition("/")[2]


@pytest.mark.function("F191", surface="page", complete=True)
@pytest.mark.function("F193", surface="page", complete=True)
@pytest.mark.function("F194", surface="page", complete=True)
def test_a_grading_rule_is_set_in_its_matrix(office: Office) -> None:
    """列表, 等级, 抽取比例, 综合评级矩阵, 查看, 查询; what breaks the matrix stands in its cell."""
    desk, rules = office.analyst, "/gov/grading/rules"
    said = desk.words(rules)
    for words in ("规则名称", "分级分类对象", "制定部门", "风险模型", "信用模型", "关联场景"):
        assert words in said
    desk.send("/gov/grading/do/begin_rule", {
        "name": "乳品分级", "trade": "乳品", "risk_model": KINDS["risk"],
        "credit_model": KINDS["credit"], "description": "按风险与信用",
    })  # fmt: skip
    page = desk.one("grading/rules", "乳品分级")
    matrix = f"{page}/matrix"
    wrong = desk.send(matrix, {"cell-0-1": "4", "rows": "check"}, wrong=True)
    assert "的等级轻于信用更好的同类对象" in wrong
    grade = "definition.grades[0]"
    said = desk.send(matrix, {
        f"{grade}.name": "A级", f"{grade}.object_ratio": "0.02", f"{grade}.item_ratio": "0.2",
        "definition.item_draw": "by_ratio", "cell-0-1": "1",
    })  # fmt: skip
    for words in ("A级", "0.02", "自主监管", "严格监管", "按比例抽取", "草稿没有问题"):
        assert words in said
    desk.send(f"/gov/grading/do/enable_rule?rule_id={page.rpartition('/')[2]}", {})
    assert "乳品分级" in desk.words(f"{rules}?name=分级")
    assert "乳品分级" not in desk.words(f"{rules}?name=旅行")


def test_all_that_a_search_finds_are_graded(office: Office) -> None:
    """批量按规则分级: 监管对象列表中查询到的全部对象; 名单和对象页面上有等级; 别的权限不能."""
    desk, subjects = office.analyst, "/gov/subjects/subjects"
    to, act = f"{subjects}/several", {"act": "grading.grade_subject"}
    assert "批量按规则分级" in desk.browser.go(f"{subjects}?name=南宁示例").text
    chosen = {**act, "every": "yes", "of-name": "南宁示例"}
    asked = Document(desk.browser.send(subjects, to=to, **chosen).text)
    assert FIRM in " ".join(asked.words)
    filled = {**asked.forms[to], "rule_id": "乳品分级", "as_of": "2026-03-02"}
    done = _said(desk.browser.go(to, filled).text)
    assert "成功 1" in done, done
    graded = desk.words("/gov/grading/graded_subjects?rule=乳品分级")
    assert FIRM in graded
    assert "批量按规则分级" not in office.reviewer.browser.go(subjects).text


def test_an_association_sees_what_is_recorded_of_it_and_of_no_other(office: Office) -> None:
    """行业协会: from its own menu its data, people, qualifications and 额外信息; nothing else."""
    desk, page = office.association, "/gov/officers/own_association"
    assert page in desk.browser.see("/gov").links
    said = desk.words(page)
    for words in (ASSOCIATION, "乳品", "孙示例", "13800000099", "社会团体法人 S-1", "32家"):
        assert words in said
    assert "周示例" not in said
    assert "参与的监管场景" in said
    for other in ("own_institution", "associations", "association_people", "institutions"):
        assert desk.browser.go(f"/gov/officers/{other}").status_code == 403
    assert office.owner.browser.go(page).status_code == 403


@pytest.mark.function("F070", surface="page")
def test_an_association_proposes_and_its_department_decides(office: Office) -> None:
    """行业协会申请修改本协会信息、新增和删除: 同意后生效, 不同意时看到理由; 业态保持不变."""
    desk, manager = office.association, office.manager
    page, wanted = "/gov/officers/own_association", "/gov/officers/proposals"
    change = next(one for one in desk.browser.see(page).links if f"{page}/association/" in one)
    desk.send(change, {"address": "南宁市示例路5号", "description": "服务乳品企业。"})
    desk.send(f"{page}/association_person/add", {"name": "吴示例", "phone": "13800000098"})
    extra = next(
        one for one in desk.browser.see(page).links
        if f"{page}/association_extra/" in one and one.endswith("/delete")
    )  # fmt: skip
    desk.send(extra, {})
    assert "南宁市示例路5号" not in desk.words(page)
    said = manager.words(wanted)
    assert said.count(ASSOCIATION) == 3
    for row in manager.person.see("officers/proposals")["items"]:
        about = f"?proposal_id={row['id']}"
        if row["act"] == "delete":
            manager.send(f"/gov/officers/do/refuse_proposal{about}", {"reason": "仍需登记。"})
        else:
            manager.send(f"/gov/officers/do/accept_proposal{about}", {})
    said = desk.words(page)
    for words in ("南宁市示例路5号", "服务乳品企业。", "吴示例", "13800000098", "乳品", "32家"):
        assert words in said
    assert "仍需登记。" in desk.words(wanted)
    assert manager.browser.go(f"{page}/association_person/add").status_code == 403


def test_tables_of_tags_teams_and_materials_are_taken_in(office: Office) -> None:
    """导入: by the template; wrong rows are told and come back, the others are there at once."""
    desk = office.owner
    said = desk.take_in("subjects/tags", TAGS, {"name": "冷饮企业"}, {"note": "没有名称"})
    assert "新增 1" in said
    assert "标签名称" in said
    assert "冷饮企业" in desk.words("/gov/subjects/tags")
    said = desk.take_in("officers/teams", TEAMS, {
        "name": "冷饮执法小组", "officer_ids": "赵示例\n钱示例", "officer_id": "钱示例",
    }, {"name": "无人小组", "officer_ids": "查无此人"})  # fmt: skip
    assert "新增 1" in said
    assert "查无此人" in said
    page = desk.words(desk.one("officers/teams", "冷饮执法小组"))
    assert "钱**" in page or "钱示例" in page
    desk = office.builder
    material = {"name": "冷饮规范", "code": "M-7", "department": MARKET, "kind": "国家标准"}
    said = desk.take_in("items/standard_materials", STANDARD_MATERIALS, material)
    assert "新增 1" in said
    said = desk.take_in("items/standard_materials", STANDARD_MATERIALS, {
        **material, "name": "冷饮卫生规范",
    })  # fmt: skip
    assert "更新 1" in said
    assert "冷饮卫生规范 M-7" in desk.words("/gov/items/standard_materials")


@pytest.mark.function("F048", surface="page")
def test_a_table_of_papers_is_taken_in(office: Office) -> None:
    """导入部门文书: rows are drafts, corrected by the next table; a file comes before review."""
    desk, path = office.builder, "items/document_templates"
    paper = {
        "name": "责令改正通知书", "document": "责令改正通知书", "department": MARKET,
        "path": "责令改正/{年度}", "order": "3",
    }  # fmt: skip
    wrong = {"name": "处罚决定书", "document": "处罚决定书", "department": MARKET}
    foreign = {"name": "外单位文书", "document": "检查通知书", "department": FARM}
    said = desk.take_in(path, DOCUMENT_TEMPLATES, paper, wrong, foreign)
    assert "新增 1" in said
    assert "文书类型" in said
    assert "外单位文书" not in desk.words(f"/gov/{path}")
    said = desk.take_in(path, DOCUMENT_TEMPLATES, {**paper, "note": "对外送达。"})
    assert "更新 1" in said
    page = desk.one(path, paper["name"])
    assert "对外送达。" in desk.words(page)
    assert "试填预览" not in desk.words(page)
    about = f"document_template_id={page.rpartition('/')[2]}"
    assert desk.browser.go(f"/api/v1{page.removeprefix('/gov')}/preview").status_code == 404
    submit = f"/gov/items/do/submit_document_template?{about}"
    assert "文书还没有模板文件" in desk.send(submit, {}, wrong=True)
    own = desk.browser.go("/api/v1/items/own_templates/correction_order").content
    replace = f"/gov/items/do/replace_template_file?{about}"
    action = replace.partition("?")[0]
    form = desk.browser.see(replace).forms[action]
    assert desk.browser.go(action, form, {"file": ("责令.docx", own)}).status_code == 303
    desk.send(submit, {})
    assert "待审核" in desk.words(page)
    said = desk.take_in(path, DOCUMENT_TEMPLATES, paper)
    assert "审核" in said
    assert "更新 0" in said
    desk.take_in(path, DOCUMENT_TEMPLATES, {**paper, "name": "另一份"})
    second = desk.one(path, "另一份")
    about = f"document_template_id={second.rpartition('/')[2]}"
    desk.send(f"/gov/items/do/change_document_template?{about}", {"name": paper["name"]})
    said = desk.take_in(path, DOCUMENT_TEMPLATES, {**paper, "note": "由谁更正？"})
    assert "表 2 文书名称 该部门有2份名为“责令改正通知书”的文书，不能确定更正哪一份" in said
    assert "由谁更正？" not in desk.words(second) + desk.words(page)


def test_what_another_department_keeps_is_told_in_the_form(office: Office) -> None:
    """新增检查事项 of a department out of reach: what was typed stays, and why is said."""
    desk, path = office.builder, "/gov/items/do/add_check_item"
    typed = {"code": "NY-1", "matter": "收购检查", "content": "台账是否完整", "department": FARM}
    answer = desk.browser.go(path, {**desk.browser.see(path).forms[path], **typed})
    assert answer.status_code == 404
    assert "有的不在您的管理范围内，或已不存在" in _said(answer.text)
    assert Document(answer.text).forms[path].items() >= typed.items()


def test_a_law_leads_to_the_check_items_that_cite_it(office: Office) -> None:
    """关联检查项 (2248): from the law, an article and its paragraph, with how many there are."""
    desk = office.builder
    page = desk.browser.see(desk.one("items/laws", LAW, "title"))
    items = [one for one in page.links if one.startswith("/gov/items/check_items?")]
    assert sorted(one.partition("?")[2].partition("=")[0] for one in items) == [
        "law", "provision", "provision",
    ]  # fmt: skip
    for one in items:
        assert "RP-1" in desk.words(one)
    assert page.words.count("1项") == 2
    assert "RP-1" not in desk.words("/gov/items/check_items?law=中华人民共和国广告法")


@pytest.mark.function("F172", surface="page", complete=True)
@pytest.mark.function("F173", surface="page", complete=True)
@pytest.mark.function("F174", surface="page", complete=True)
@pytest.mark.function("F171", surface="page")
def test_an_evaluation_is_scored_reviewed_and_archived(office: Office) -> None:
    """发起, 打分, 得出等级, 征求小组成员意见, 反馈, 归档; never without review where asked."""
    desk, rounds = office.analyst, "assessment/rounds"
    model = desk.one("assessment/risk_models", KINDS["risk"])
    links = desk.browser.see(model).links
    assert any("/do/initiate_round?" in one for one in links)
    begin = "/gov/assessment/do/initiate_round"
    asked = desk.browser.see(f"{begin}?kind=risk")
    assert ("input", "risk_model") in [(tag, one.get("data-picker")) for tag, one in asked.shown]
    desk.send(f"{begin}?kind=risk", {
        "model_id": KINDS["risk"], "batch": "2026年", "subjects": FIRM,
    })  # fmt: skip
    page = desk.one(rounds, "2026年", "batch")
    about = f"?round_id={page.rpartition('/')[2]}"
    desk.send(f"/gov/assessment/do/publish_round{about}", {})
    desk.send(f"/gov/assessment/do/score_subject{about}", {
        "subject": FIRM, "as_of": "2026-03-02", "facts.item_3": "90",
        "facts.abnormal_listed": "yes", "facts.penalties_3y": "2",
    })  # fmt: skip
    assert "125分" in desk.words(page)
    complete = f"/gov/assessment/do/complete_round{about}"
    assert "评审" in desk.send(complete, {}, wrong=True)
    desk.send(f"/gov/assessment/do/ask_reviewers{about}", {
        "reviewers": "赵示例", "deadline": "2026-03-20 09:00",
    })  # fmt: skip
    assert "2026年" in office.reviewer.words("/gov/todos")
    opinion = f"/gov/assessment/do/give_opinion{about}"
    assert opinion.partition("?")[0] in "".join(office.reviewer.browser.see("/gov/todos").links)
    office.reviewer.send(opinion, {"opinion": "objection", "text": "核对罚款"})
    desk.send(f"/gov/assessment/do/reopen_round{about}", {"note": "已核对"})
    desk.send(f"/gov/assessment/do/ask_reviewers{about}", {
        "reviewers": "赵示例", "deadline": "2026-03-20 09:00",
    })  # fmt: skip
    office.reviewer.send(opinion, {"opinion": "no_objection", "text": "得分与检查情况相符"})
    desk.send(complete, {})
    said = desk.words(page)
    for words in ("已归档", "得分与检查情况相符", "征求意见", "退回重新评分", "高"):
        assert words in said


@pytest.mark.function("F171", surface="page", complete=True)
def test_an_evaluation_is_begun_online(office: Office) -> None:
    """发起: 基本信息, 按标签选对象, 市场主体信息, 风险检查单; 草稿编辑、删除、批量删除, 发布."""
    desk, rounds = office.analyst, "/gov/assessment/rounds"
    begin = f"/gov/assessment/do/initiate_round?kind=risk&model_id={_id(desk, 'risk')}"
    basics = {"batch": "第三批评价", "needs_report": "yes", "review_team": "乳品信用小组"}
    assert "所选小组不评审这一类评价" in desk.send(begin, basics, wrong=True)
    basics["review_team"] = "乳品风险小组"
    for asked, told in (("旅行企业", "没有带有这些标签的存续对象"), ("不存在的标签", "没有")):
        if asked == "旅行企业":
            office.owner.person.do("subjects.create_tag", name=asked, region=REGION)
        assert told in desk.send(begin, {**basics, "object_tags": asked}, wrong=True)
    desk.send(begin, {**basics, "object_tags": "乳品企业"})
    page = desk.one("assessment/rounds", "第三批评价", "batch")
    about = f"?round_id={page.rpartition('/')[2]}"
    said = desk.words(page)
    for words in (
        "评价基本信息", "评价记录", "PJ20260302-", "考评批次", "评价发起部门", MARKET, "草稿",
        KINDS["risk"], "乳品企业", "乳品风险小组", "是否需要经营数据上报", "市场主体信息", FIRM,
        "乳制品生产、销售", "91450100MA5K000017", "吴", "0097", "示例路1号", "未上报",
        "风险检查单", "指标0", "每次7.5分，最多计4次", "现场打分", "自动评分",
    ):  # fmt: skip
        assert words in said, words
    assert "第三批评价" not in office.reviewer.words(rounds)
    refused = desk.browser.see(page).links
    assert not any("/do/score_subject" in one for one in refused)
    desk.send(f"/gov/assessment/do/edit_round{about}", {"batch": "第四批评价"})
    said = desk.words(page)
    for words in ("第四批评价", FIRM, "乳品风险小组"):
        assert words in said, words
    for batch in ("不要的甲", "不要的乙", "不要的丙"):
        desk.send(begin, {**basics, "batch": batch, "subjects": FIRM})
    found = {one["batch"]: one["id"] for one in desk.person.see("assessment/rounds")["items"]}
    delete = f"/gov/assessment/do/delete_round?round_id={found['不要的甲']}"
    assert "将删除“不要的甲”" in desk.words(delete)
    desk.send(delete, {})
    several = {"act": "assessment.delete_round",
               **{f"row-{found[one]}": "yes" for one in ("不要的乙", "不要的丙")}}  # fmt: skip
    to = f"{rounds}/several"
    sure = Document(desk.browser.send(rounds, to=to, **several).text)
    assert "成功 2" in _said(desk.browser.go(to, sure.forms[to]).text)
    assert "不要的" not in desk.words(rounds)
    desk.send(f"/gov/assessment/do/publish_round{about}", {})
    relayed(desk.person.at, COUNT_RECEIVER, MESSENGER)
    assert "评价“第四批评价”已发布" in office.reviewer.words("/gov/notices")
    assert FIRM in office.reviewer.words(page)
    assert office.reviewer.browser.go("/gov/assessment/do/initiate_round").status_code == 403


def _a_scene_is_shown_in_three_ways(desk: Worker) -> None:
    """场景概况: 监管机制和部门职责, 按部门、按职责、按流程."""
    for by, said in (
        ("department", (MARKET, FARM, "牵头部门", "配合部门", "负责生鲜乳收购")),
        ("duty", ("各部门联合检查", "负责生鲜乳收购", FARM, "未填写")),
        ("process", ("各部门联合检查", "公示检查计划", "认领检查任务", "现场签到", "复查整改",
                     "各部门执法人员", "被检查企业")),
    ):  # fmt: skip
        told = desk.words(f"/gov/scenes/profiles?by={by}")
        for words in ("乳品安全", *said):
            assert words in told, (by, words)


@pytest.mark.function("F175", surface="page", complete=True)
@pytest.mark.function("F171", surface="page")
def test_results_are_overseen_and_looked_up(office: Office) -> None:
    """评价结果总览: 等级分布、趋势, 每个数字打开列表; 列表各列, 按记录、对象、时间、状态查询."""
    desk = office.analyst
    relayed(desk.person.at)
    overview = "/gov/assessment/overview"
    said = opened(Desk(desk.person), overview)
    for words in ("评价结果总览", "已归档的风险评价", "风险评价的等级分布", "监管对象的分级分布",
                  "评价趋势", "2026-03", "查询评价"):  # fmt: skip
        assert words in said
    rounds = "/gov/assessment/rounds"
    told = desk.words(rounds)
    for words in ("评价记录", "评价对象", "评价发起部门", "考评批次", "创建时间", "状态", "得分",
                  "等级", "PJ20260302-"):  # fmt: skip
        assert words in told
    for asked, found in (
        ("record=PJ20260302", True), ("record=PJ1999", False), (f"subjects={FIRM}", True),
        ("state=completed", True), ("state=scoring", False), ("created_on_from=2026-03-01", True),
        ("created_on_to=2026-02-28", False), ("kind=credit", False),
    ):  # fmt: skip
        assert ("2026年" in desk.words(f"{rounds}?{asked}")) is found, asked


@pytest.mark.function("F190", surface="page")
def test_credit_is_evaluated(office: Office) -> None:
    """信用评价管理: 发起、检索、删除草稿, 打分, 得出等级, 归档.

    资质性质, and grades that follow approvals and the calendar: test_approval_pages.py.
    """
    desk, rounds = office.analyst, "/gov/assessment/rounds"
    model = desk.one("assessment/credit_models", KINDS["credit"])
    links = desk.browser.see(model).links
    begin = next(one for one in links if "/do/initiate_round?" in one)
    for batch in ("重复的信用评价", "2026年信用评价"):
        desk.send(begin, {"batch": batch, "subjects": FIRM})
    found = {
        one["batch"]: one["id"]
        for one in desk.person.see("assessment/rounds", kind="credit")["items"]
    }
    drafts = f"{rounds}?kind=credit&state=draft"
    assert "重复的信用评价" in desk.words(drafts)
    assert "重复的信用评价" not in office.reviewer.words(rounds)
    desk.send(f"/gov/assessment/do/delete_round?round_id={found['重复的信用评价']}", {})
    assert "重复的信用评价" not in desk.words(drafts)
    about = f"?round_id={found['2026年信用评价']}"
    desk.send(f"/gov/assessment/do/publish_round{about}", {})
    desk.send(f"/gov/assessment/do/score_subject{about}", {
        "subject": FIRM, "as_of": "2026-03-02", "facts.item_3": "90",
        "facts.abnormal_listed": "no", "facts.penalties_3y": "0",
    })  # fmt: skip
    desk.send(f"/gov/assessment/do/complete_round{about}", {})
    said = desk.words(f"{rounds}?kind=credit&state=completed&subjects={FIRM}")
    for words in ("2026年信用评价", "信用评价", "已归档", "90分"):
        assert words in said, words


@pytest.mark.function("F035", surface="page", complete=True)
def test_handbooks_are_chosen_for_a_scene(office: Office) -> None:
    """经营手册配置: 从统一的手册列表选择, 关联、启用和停用, 查看次数."""
    desk, name = office.owner, "乳品合规经营手册"
    person = desk.person
    desk.send("/gov/scenes/do/create", {
        "code": "BOOK", "basics.name": "乳品手册场景", "basics.lead": MARKET,
        "basics.trades": "乳品",
    })  # fmt: skip
    page = desk.one("scenes/scenes", "BOOK", "code")
    scene = person.see(f"scenes/scenes/{page.rpartition('/')[2]}")
    book = person.do("handbooks.create", region=scene["content"]["region"], basics={
        "name": name, "trade": scene["content"]["trades"][0], "scene": scene["id"],
        "scope": "乳品企业", "department": scene["content"]["lead"],
    })  # fmt: skip
    chapter = person.do("handbooks.put_chapter", handbook_id=book, content={"name": "经营资质"})
    person.do("handbooks.put_element", handbook_id=book, chapter_id=chapter,
              content={
                  "requirement": "取得食品生产许可证", "risk": "未经许可生产的，依法处罚",
                  "basis": [{"document": "中华人民共和国食品安全法", "article": "第三十五条"}],
              })  # fmt: skip
    person.do("handbooks.publish", handbook_id=book)
    step, used = f"{page}/steps/handbooks", "handbooks[0]"
    chosen = {f"{used}.handbook": name, f"{used}.trade": "乳品", f"{used}.enabled": "yes"}
    desk.send(step, chosen, rows=("+handbooks",))
    assert "取得食品生产许可证" in office.analyst.words(f"/gov/handbooks/reading?handbook={book}")
    said = desk.words(page)
    for words in ("合规经营手册", name, "查看次数", "乳品 是 1"):
        assert words in said, words
    desk.send(step, {f"{used}.enabled": "no"})
    assert "乳品 否 1" in desk.words(page)


@pytest.mark.function("F030", surface="page", complete=True)
@pytest.mark.function("F031", surface="page", complete=True)
@pytest.mark.function("F032", surface="page", complete=True)
@pytest.mark.function("F033", surface="page", complete=True)
@pytest.mark.function("F036", surface="page", complete=True)
@pytest.mark.function("F037", surface="page", complete=True)
@pytest.mark.function("F038", surface="page", complete=True)
@pytest.mark.function("F039", surface="page", complete=True)
@pytest.mark.function("F040", surface="page", complete=True)
@pytest.mark.function("F041", surface="page", complete=True)
@pytest.mark.function("F042", surface="page", complete=True)
@pytest.mark.function("F021", surface="page", complete=True)
@pytest.mark.function("F034", surface="page")
def test_a_scene_is_configured_step_by_step(office: Office) -> None:
    """新增, 九步, 缺什么随时可见, 启用, 总览, 停用, 删除后不再出现在列表中."""
    desk, scenes = office.owner, "/gov/scenes/scenes"
    desk.person.add("scenes/categories", name="食品安全")
    desk.send("/gov/scenes/do/create", {
        "code": "DAIRY", "basics.name": "乳品安全", "basics.lead": MARKET,
    })  # fmt: skip
    page = desk.one("scenes/scenes", "DAIRY", "code")
    assert "跨部门场景至少选择一个配合部门" in desk.words(page)
    said = desk.send(f"{page}/steps/basics", {
        "basics.joining": FARM, "basics.trades": "乳品", "basics.sort": "食品安全",
        "basics.tenant": "dairy", "basics.mechanism": "各部门联合检查",
        "basics.duties[0].department": FARM, "basics.duties[0].duty": "负责生鲜乳收购",
    }, rows=("+basics.duties",))  # fmt: skip
    assert "没有启用的检查单" in said
    switches = {"tasks.consultation": "yes", "tasks.differentiated": "yes", "switches.risk": "yes"}
    desk.send(f"{page}/steps/switches", switches)
    own = next(one for one in desk.browser.see(f"{page}/steps/switches").links
               if one == f"{page}/checklists")  # fmt: skip
    assert "下一步：" in desk.tick(f"{own}/choose", "乳品综合检查单", "link")
    desk.send(f"{page}/steps/resources", {
        "resources.tags[0].tag": "乳品企业", "resources.subjects_added": FIRM,
        "resources.teams": "乳品执法小组", "resources.institutions": "南宁示例检测有限公司",
        "resources.associations": ASSOCIATION,
    }, rows=("+resources.tags",))  # fmt: skip
    assert "是 1" in desk.words(f"{page}/steps/resources")
    for kind, name in KINDS.items():
        used = f"{kind}_models[0]"
        desk.send(f"{page}/steps/{kind}", {
            f"{used}.trade": "乳品", f"{used}.model": name, f"{used}.automatic": "yes",
        }, rows=(f"+{kind}_models",))  # fmt: skip
    assert "全部步骤已完成" in desk.send(f"{page}/steps/grading", {"grading_rule": "乳品分级"})
    about = f"?scene_id={page.rpartition('/')[2]}"
    desk.send(f"/gov/scenes/do/publish{about}", {})
    said = desk.words(page)
    for words in ("食品安全", "乳品企业", MARKET, FARM, "启用", *KINDS.values(), "乳品分级"):
        assert words in said
    for words in ("各部门联合检查", "负责生鲜乳收购", "乳品执法小组", "南宁示例检测有限公司"):
        assert words in said
    _a_scene_is_shown_in_three_ways(desk)
    own = "/gov/officers/own_association"
    said = office.association.words(own)
    for words in ("参与的监管场景", "乳品安全", "各部门联合检查", "负责生鲜乳收购", MARKET, FARM):
        assert words in said
    for words in ("乳品执法小组", FIRM, *KINDS.values()):
        assert words not in said
    model = office.analyst.one("assessment/risk_models", KINDS["risk"])
    assert "乳品安全" in office.analyst.words(model)
    desk.send(f"/gov/scenes/do/disable{about}", {})
    assert "乳品安全" not in office.association.words(own)
    desk.send(f"/gov/scenes/do/delete{about}", {})
    assert "DAIRY" not in desk.words(scenes)
