"""The whole thread, by clicks: from the scene to the citizen who checks how a firm was drawn.

Those who walk it have accounts that administrators made; each goes by what pages offer. No address
is typed but the front doors of the spaces, and no id. The leader comes back on a later day.
``SUPERVISION_THREAD_FIRMS`` says of how many firms, ``SUPERVISION_THREAD_FILM`` where pictures of
every step are kept.
"""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Final

import pytest
from attrs import frozen
from tests.integration.forked import play

from adapters.system import SystemClock
from supervision_core.kernel.days import local_day
from supervision_core.kernel.listing import MOST_COUNTED

from .desk import PHONE, Desk, pressed
from .driving import NEW_PASSWORD, log_in
from .staff import Staff
from .test_phone import Hand, photo
from .thread import FARM, INSTITUTION, MARKET, People, film, firms, hired

TRADE: Final = "乳品"
SCENE: Final = "乳品安全"
TAG: Final = "乳品生产企业"
LAW: Final = "乳品质量安全监督管理条例"
LAW_TEXT: Final = """第一条　为了加强乳品质量安全监督管理，制定本条例。
第十八条　生鲜乳收购站应当建立收购记录。
第二十条　从事乳品生产应当依法取得食品生产许可证。"""
MATTER: Final = "乳品质量安全监督检查"
SHEET: Final = "乳品综合检查单"
ITEMS: Final = (
    ("RP-1", "食品生产许可证在有效期内", MARKET, "第二十条"),
    ("RP-2", "进货查验记录齐全", MARKET, "第二十条"),
    ("RP-3", "生鲜乳收购台账完整", FARM, "第十八条"),
)
MODELS: Final = {"风险": "乳品风险模型", "信用": "乳品信用模型"}
FACT: Final = "近一年检查发现问题数（项）"
RULE: Final = "乳品分级"
DRAWN: Final = 1
OWN_OFFICERS: Final = "市示例甲\n市示例乙"
TROUBLE: Final = "近三个月的进货查验记录缺失"
ORDER: Final = "南市监责改〔2026〕1号"
BATCH: Final = "首次评价"
PLAN: Final = "乳品检查计划"
OPINION: Final = "同意，建议避开产奶高峰"
OBJECTION: Final = "与本部门的专项检查时间重叠"
ANSWER: Final = "两项检查合并进行，不另行进企业"
DISPLAYED: Final = 3
"""Days for which a plan is displayed."""
EXPOSED: Final = "乳品企业进货查验记录缺失的通报"
TASK: Final = "乳品安全综合检查"
NUMBER: Final = re.compile("^RW")
TODAY: Final = local_day(SystemClock().now())
UNTIL: Final = TODAY + timedelta(days=365)
VALUE_IN: Final = 8
"""In how many days the public value comes out that goes into the seed."""
LAST: Final = TODAY + timedelta(days=20)


@frozen
class Drawn:
    """A firm that was drawn, and who is sent there: of the lead, and of the other department."""

    firm: str
    code: str
    first: str
    second: str


@pytest.fixture(scope="module")
def people(staff: Staff) -> Iterator[People]:
    """Give those who walk the thread."""
    staff.call(0, "POST", "/api/v1/identity/trades", {"content": {"name": TRADE, "code": "RP"}})
    walking = People(staff, film(), hired(staff))
    yield walking
    walking.leave()


def sent(desk: Desk, words: str = "") -> None:
    """Press the button of the drawer; wait until it is gone, and what was done is told anew."""
    told = desk.main.locator(".told")
    told.evaluate_all("all => all.forEach((one) => (one.dataset.before = ''))")
    desk.press(words)
    desk.drawer.wait_for(state="hidden")
    desk.main.locator(".told:not([data-before])").first.wait_for()


def written(desk: Desk, **fields: str) -> None:
    """Fill fields of the page in; a choice takes the words of its option."""
    for name, text in fields.items():
        field = desk.main.locator(f'[name="{name}"]').first
        if field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(label=text)
        else:
            field.fill(text)


def kept(desk: Desk, words: str = "保存") -> None:
    """Press the button of a form that is a page, and wait for what was done to be told."""
    pressed(desk.main, words)
    desk.page.get_by_role("status").first.wait_for()


def build_scene(people: People) -> None:
    """场景管理员: 标签和打标规则、场景."""
    desk = people["场景管理员"]
    desk.open("监管对象", "监管对象标签")
    desk.start("新增标签")
    desk.fill(name=TAG)
    sent(desk)
    desk.row(TAG).get_by_role("link", name=TAG, exact=True).click()
    desk.drawer.get_by_role("link", name="新增打标规则").click()
    desk.drawer.get_by_label("企业", exact=True).check()
    desk.fill(words="乳业")
    sent(desk)
    desk.open("场景", "监管场景")
    desk.start("新增场景")
    desk.fill(**{"code": "RP", "basics.name": SCENE, "basics.trades": TRADE,
                 "basics.joining": FARM})  # fmt: skip
    sent(desk)


def take_firms_in(people: People) -> None:
    """任务管理员: 导入企业名录."""
    desk = people["任务管理员"]
    desk.open("监管对象", "监管对象")
    desk.main.get_by_role("link", name="导入", exact=True).click()
    desk.main.locator("[name=source]").fill("乳品生产企业名录")
    table = firms()
    desk.main.locator("[name=workbook]").set_input_files(
        {"name": "乳品生产企业名录.csv", "mimeType": "text/csv", "buffer": table.content}
    )
    desk.main.get_by_role("button", name="导入", exact=True).click()
    desk.page.get_by_role("status").filter(has_text=f"新增 {table.count}").wait_for()
    people.film.shoot(desk.page, "导入企业名录")


def compile_checklist(people: People) -> None:
    """检查单编制人员: 法规、监管目录、两部门的检查事项、综合检查单."""
    desk = people["检查单编制人员"]
    desk.open("监管事项", "法律法规")
    desk.start("新增法律法规")
    desk.fill(title=LAW, kind="行政法规", issuer="国务院", promulgated_on="2008-10-09",
              in_force_from="2008-10-09", whole=LAW_TEXT)  # fmt: skip
    sent(desk, "保存")
    desk.act(LAW, "启用")
    sent(desk)
    desk.open("监管事项", "监管目录")
    desk.start("新增监管目录")
    desk.fill(name=MATTER)
    sent(desk, "保存")
    for name, department in (("检查单编制人员", MARKET), ("农业检查单编制人员", FARM)):
        own = people[name]
        own.open("监管事项", "检查事项")
        for code, content, at, article in ITEMS:
            if at == department:
                own.start("新增检查事项")
                own.fill(code=code, matter=MATTER, content=content, method="查看原件和台账",
                         site="现场", importance="重点", matter_code=MATTER,
                         basis=f"《{LAW}》（2008-10-09）{article}")  # fmt: skip
                sent(own, "保存")
                own.search(code=code)
                own.act(code, "启用")
                sent(own)
                own.search(code="")
    desk.open("一业一单", "综合检查单")
    desk.start("新增检查单")
    desk.fill(**{"code": "RP", "content.name": SHEET, "content.trade": TRADE,
                 "content.joining": FARM})  # fmt: skip
    desk.press()
    desk.page.get_by_role("heading", name=f"综合检查单：{SHEET}").wait_for()
    desk.main.get_by_role("link", name="编制检查内容").click()
    desk.page.get_by_role("heading", name=f"编制检查内容：{SHEET}").wait_for()
    desk.main.get_by_role("link", name="关联检查事项").click()
    desk.page.get_by_role("heading", name=f"关联检查事项：{SHEET}").wait_for()
    desk.page.get_by_label("归入的检查领域").fill("乳品生产")
    desk.page.get_by_label("全选").check()
    desk.page.get_by_role("button", name="加入检查单").click()
    desk.told("新增成功")
    desk.main.get_by_role("link", name="返回编制").click()
    desk.until(desk.page.locator('td[data-title="编码"]').count, len(ITEMS))
    people.film.shoot(desk.page, "编制检查单")
    desk.main.get_by_role("link", name="发布", exact=True).click()
    desk.drawer.get_by_role("heading").first.wait_for()
    sent(desk)


def make_models(people: People) -> None:
    """评价分析人员: 风险和信用模型、分级分类规则, 各自启用."""
    desk = people["评价分析人员"]
    for kind, name in MODELS.items():
        desk.open("一业一评", f"{kind}模型")
        desk.start("新建评价模型")
        desk.fill(kind=kind, name=name, code=f"dairy_{'ab'[kind == '信用']}", cycle="每年",
                  object_type=TAG)  # fmt: skip
        sent(desk)
        desk.row(name).get_by_role("link", name=name, exact=True).first.click()
        desk.drawer.get_by_role("link", name="新增指标").click()
        desk.page.get_by_role("heading", name="新增指标").wait_for()
        desk.main.locator('[name="indicator.rule._type"]').select_option(label="按次计分")
        desk.main.locator('[name="indicator.rule.fact"]').wait_for()
        written(desk, **{
            "indicator.code": "found", "indicator.name": "检查发现的问题",
            "indicator.category": "综合", "indicator.rule.fact": FACT,
            "indicator.rule.each": "30", "indicator.rule.cap": "3",
            "indicator.rule.missing.treatment": "按规定得分",
        })  # fmt: skip
        kept(desk, "")
        people.film.shoot(desk.page, name)
        desk.main.get_by_role("link", name="启用评价模型").click()
        desk.drawer.get_by_role("heading").first.wait_for()
        sent(desk)


def make_rule(people: People) -> None:
    """评价分析人员: 分级分类规则, 启用."""
    desk = people["评价分析人员"]
    desk.open("一业一评", "分级分类规则")
    desk.start("新建分级分类规则")
    desk.fill(name=RULE, trade=TRADE, risk_model=MODELS["风险"], credit_model=MODELS["信用"])
    sent(desk)
    desk.row(RULE).get_by_role("link", name=RULE, exact=True).first.click()
    desk.drawer.get_by_role("link", name="启用分级分类规则").click()
    desk.drawer.get_by_role("heading", name="启用分级分类规则").wait_for()
    sent(desk)
    people.film.shoot(desk.page, "分级分类规则")


def configure_scene(people: People) -> None:
    """场景管理员: 检查单、资源、模型、规则逐步配置, 启用."""
    desk = people["场景管理员"]
    desk.open("场景", "监管场景")
    desk.row(SCENE).get_by_role("link", name="RP", exact=True).click()
    desk.drawer.get_by_role("link", name="综合检查单", exact=True).click()
    desk.page.get_by_role("heading", name=f"综合检查单配置：{SCENE}").wait_for()
    desk.main.get_by_role("link", name="选择检查单").click()
    desk.page.get_by_label(f"选择{SHEET}").check()
    kept(desk, "关联到场景")
    desk.main.get_by_role("link", name="返回场景", exact=True).click()
    desk.main.get_by_role("link", name="基础资源", exact=True).click()
    desk.page.get_by_role("heading", name=f"{SCENE}：基础资源").wait_for()
    _added(desk, "resources.tags[0].tag", TAG)
    desk.main.locator('[name="resources.institutions"]').fill(INSTITUTION)
    kept(desk)
    people.film.shoot(desk.page, "场景资源")
    for kind, name in MODELS.items():
        field = f"{'risk' if kind == '风险' else 'credit'}_models[0]"
        desk.main.get_by_role("link", name=f"{kind}评价模型", exact=True).click()
        desk.page.get_by_role("heading", name=f"{SCENE}：{kind}评价模型").wait_for()
        _added(desk, f"{field}.trade", TRADE)
        written(desk, **{f"{field}.model": name, f"{field}.automatic": "是"})
        kept(desk)
    desk.main.get_by_role("link", name="分级分类规则", exact=True).click()
    desk.page.get_by_role("heading", name=f"{SCENE}：分级分类规则").wait_for()
    written(desk, grading_rule=RULE)
    kept(desk)
    desk.main.get_by_role("link", name="启用场景").click()
    desk.drawer.get_by_role("heading", name="启用场景").wait_for()
    sent(desk)
    people.film.shoot(desk.page, "场景总览")


def _added(desk: Desk, name: str, text: str) -> None:
    """Add a row to the form of the page, and fill its field in."""
    desk.main.get_by_role("button", name="添加一项").first.click()
    desk.main.locator(f'[name="{name}"]').fill(text)


def evaluate(people: People) -> None:
    """评价分析人员: 发起一次评价、打分、归档; 其余由后台按周期评价, 得出分级名单."""
    desk = people["评价分析人员"]
    desk.open("一业一评", "评价任务")
    desk.start("发起评价")
    desk.fill(kind="风险")
    desk.drawer.locator("[data-picker=risk_model]").first.wait_for()
    desk.fill(model_id=MODELS["风险"], batch=BATCH, subjects=firms().names[0])
    sent(desk)
    for act, fields in (("开始评价打分", {}), ("为监管对象打分", {"subject": firms().names[0]}),
                        ("归档评价", {})):  # fmt: skip
        desk.act(BATCH, act)
        desk.fill(**fields, **({"as_of": TODAY.isoformat()} if fields else {}))
        sent(desk)
    desk.until(lambda: "已归档" in desk.row(BATCH).inner_text(), wanted=True)
    people.film.shoot(desk.page, "评价任务")
    people.staff.at.work()
    desk.open("一业一评", "分级名单")
    count = firms().count
    told = f"共{count}条" if count < MOST_COUNTED else f"{MOST_COUNTED}条以上"
    desk.page.get_by_text(told).first.wait_for()
    people.film.shoot(desk.page, "分级名单")


def plan(people: People) -> None:
    """任务管理员拟订、征集意见, 农业部门反馈; 领导公示, 农业部门提出异议, 领导答复."""
    desk, leader = people["任务管理员"], people["领导"]
    desk.open("一业一查", "检查计划")
    desk.start("拟订检查计划")
    desk.fill(**{"sheet.name": PLAN, "sheet.scene": SCENE, "sheet.year": str(TODAY.year),
                 "sheet.joining": FARM})  # fmt: skip
    desk.drawer.get_by_role("button", name="添加一项").last.click()
    desk.drawer.locator('[name="sub_plans[0].name"]').wait_for()
    said = {"name": "第一批", "starts_on": TODAY.isoformat(), "ends_on": LAST.isoformat(),
            "joining": FARM, "scope": "青秀区乳品企业", "matters": MATTER,
            "joint": "是"}  # fmt: skip
    desk.fill(**{f"sub_plans[0].{name}": text for name, text in said.items()})
    sent(desk)
    desk.act(PLAN, "征集意见")
    desk.fill(until=(TODAY + timedelta(days=DISPLAYED)).isoformat())
    sent(desk)
    other = people["农业经办人员"]
    _opened(other, PLAN)
    other.drawer.get_by_role("link", name="反馈计划意见").click()
    other.drawer.get_by_role("heading", name="反馈计划意见").wait_for()
    other.fill(text=OPINION)
    sent(other)
    _opened(desk, PLAN)
    desk.drawer.get_by_text(OPINION).wait_for()
    people.film.shoot(desk.page, "计划意见")
    desk.close()
    todo(leader, "公示检查计划")
    leader.fill(until=(TODAY + timedelta(days=DISPLAYED)).isoformat())
    sent(leader)
    other.open("一业一查", "检查计划")
    other.until(lambda: "公示中" in other.row(PLAN).inner_text(), wanted=True)
    people.film.shoot(other.page, "检查计划")
    other.act(PLAN, "提出异议")
    other.fill(reason=OBJECTION)
    sent(other)
    todo(leader, "答复对计划的异议")
    leader.fill(accepted="否", text=ANSWER)
    people.film.shoot(leader.page, "答复异议")
    sent(leader)


def _opened(desk: Desk, plan: str) -> None:
    """Open a plan beside the list of plans."""
    desk.open("一业一查", "检查计划")
    desk.row(plan).get_by_role("link", name=re.compile("^JH")).click()
    desk.drawer.get_by_role("heading").first.wait_for()


def task(people: People) -> None:
    """任务管理员: 发起任务、委托三方机构、会商; 农业经办人员答复."""
    desk, other = people["任务管理员"], people["农业经办人员"]
    desk.open("一业一查", "检查任务")
    desk.start("新增检查任务")
    desk.drawer.locator('[name="sheet.grading_rule._type"]').select_option(label="填写")
    desk.drawer.locator('[name="sheet.grading_rule.id"]').wait_for()
    for field, name in (("checklist", SHEET), ("grading_rule", RULE)):
        desk.choose(f"sheet.{field}.version", **{f"sheet.{field}.id": name})
    said = {
        "name": TASK, "scene": SCENE, "kind": "日常检查", "joining": FARM,
        "starts_on": TODAY.isoformat(), "ends_on": LAST.isoformat(), "matters": MATTER,
    }  # fmt: skip
    desk.fill(**{f"sheet.{name}": text for name, text in said.items()})
    sent(desk)
    desk.row(TASK).get_by_role("link", name=NUMBER).first.click()
    desk.drawer.get_by_role("link", name="委托第三方机构").click()
    desk.drawer.get_by_role("heading", name="委托第三方机构").wait_for()
    desk.fill(institution=INSTITUTION, duty="抽样检测", headcount="1")
    sent(desk)
    desk.act(TASK, "征求会商意见")
    desk.fill(due_on=(TODAY + timedelta(days=3)).isoformat())
    sent(desk)
    other.open("我的工作台", "待办事宜")
    people.film.shoot(other.page, "待办会商")
    other.main.get_by_role("link", name="提出会商意见", exact=True).click()
    other.drawer.get_by_role("heading").first.wait_for()
    other.fill(participates="是")
    sent(other)
    desk.open("一业一查", "检查任务")
    desk.act(TASK, "确认会商意见")
    sent(desk)
    people.film.shoot(desk.page, "检查任务")


def draw(people: People) -> Drawn:
    """任务管理员冻结名单, 两部门密封提交, 开启, 抽取, 生成检查; give who is drawn first."""
    desk = people["任务管理员"]
    desk.open("一业一查", "检查任务")
    desk.row(TASK).get_by_role("link", name=NUMBER).first.click()
    desk.drawer.get_by_role("link", name="随机抽取").click()
    desk.page.get_by_role("heading", name=f"随机抽取：{TASK}").wait_for()
    day = TODAY + timedelta(days=VALUE_IN)
    written(desk, quotas_because="春季专项整治", public_name="双色球", public_issue="2026078",
            public_day=day.isoformat(), **{"g4-count": str(DRAWN)})  # fmt: skip
    kept(desk, "冻结名单和规则")
    people.film.shoot(desk.page, "冻结名单")
    hands = [people[name] for name in ("经办人员", "农业经办人员")]
    for hand in hands:
        _ceremony(hand, "提交随机数")
        people.film.shoot(hand.page, "提交随机数")
        hand.main.get_by_role("button", name="生成随机数并提交").click()
        hand.page.get_by_role("status").filter(has_text="已办理").wait_for()
    desk.main.get_by_role("button", name="截止收集").wait_for()
    kept(desk, "截止收集")
    draw = desk.page.url.split("/draws/draws/")[1].split("/")[0]
    program = f"from tests.integration.browser.opened import main; main({draw!r}, {VALUE_IN + 1})"
    done = play(program, people.staff.at.environment, people.staff.at.pictures)
    assert done.code == 0, done.err
    desk.main.get_by_role("button", name="完成抽取").wait_for()
    kept(desk, "完成抽取")
    desk.main.get_by_role("heading", name=re.compile("检查对象（")).wait_for()
    people.film.shoot(desk.page, "抽中的对象")
    desk.main.get_by_role("link", name="抽取检查人员").click()
    kept(desk, "抽取检查人员")
    desk.main.get_by_text("已抽取").first.wait_for()
    people.film.shoot(desk.page, "抽中的人员")
    cells = desk.main.get_by_role("table", name="检查对象").locator("tbody tr").first.locator("td")
    _, firm, code, *_, officers = cells.all_inner_texts()
    first, second = sorted(officers.split("、"), key=lambda one: one[0] == FARM[0])
    kept(desk, "按抽取结果生成检查")
    return Drawn(firm, code, first, second)


def _ceremony(hand: Desk, words: str) -> None:
    """Open what waits for a department in the draw."""
    hand.open("我的工作台", "待办事宜")
    hand.main.get_by_role("link", name=words, exact=True).first.click()
    hand.page.get_by_role("heading", name=f"随机抽取：{TASK}").wait_for()


def send_out(people: People) -> None:
    """领导批准检查清单, 任务管理员分发, 两部门认领, 机构负责人确定协助人员."""
    leader, desk = people["领导"], people["任务管理员"]
    todo(leader, "批准检查任务")
    leader.drawer.get_by_role("heading", name=f"检查清单（{DRAWN}户").wait_for()
    people.film.shoot(leader.page, "批准检查清单")
    sent(leader)
    todo(desk, "分发检查任务")
    sent(desk)
    for name in ("经办人员", "农业经办人员"):
        todo(people[name], "认领检查任务")
        sent(people[name])
    people.film.shoot(people["经办人员"].page, "认领")


def todo(desk: Desk, words: str) -> None:
    """Open what waits for whoever sits at the desk."""
    desk.open("我的工作台", "待办事宜")
    desk.main.get_by_role("link", name=words, exact=True).first.click()
    desk.drawer.get_by_role("heading").first.wait_for()


def assist(people: People) -> None:
    """机构负责人确定协助人员; 检测员认领、签到."""
    head = Hand(people.phone("机构负责人"), people.staff)
    people.film.shoot(head.page, "机构负责人首页")
    head.follow("确定协助人员")
    head.main.get_by_label(re.compile("检测员")).first.check()
    head.press()
    head.page.get_by_role("status").first.wait_for()


def help_on_site(people: People, firm: str) -> None:
    """检测员在手机上认领、签到、记录, 附照片反馈问题."""
    hand = Hand(people.phone("检测员"), people.staff)
    people.film.shoot(hand.page, "三方机构首页")
    hand.follow(firm)
    hand.follow("认领任务")
    hand.press()
    hand.page.get_by_role("status").filter(has_text="已办理").wait_for()
    hand.follow("协助人员签到")
    hand.press("现场没有张贴码")
    hand.press("签到")
    hand.page.get_by_role("status").filter(has_text="已办理").wait_for()
    people.film.shoot(hand.page, "三方任务")
    hand.follow("反馈问题")
    hand.heads("反馈问题")
    hand.main.locator("[name=text]").fill("抽样的冷藏柜温度偏高")
    hand.main.locator("input[type=file]").first.set_input_files(
        {"name": "冷藏柜.jpg", "mimeType": "image/jpeg", "buffer": photo()}
    )
    people.film.shoot(hand.page, "三方反馈问题")
    hand.press()
    hand.page.get_by_role("status").filter(has_text="已办理").wait_for()
    assert "抽样的冷藏柜温度偏高" in hand.unfold("问题反馈").inner_text()


def visit(people: People, firm: str, first: str, second: str) -> None:
    """执法人员在手机上签到、逐项检查、拍照; 另一部门的执法人员查自己的项."""
    hand, other = (Hand(people.phone(one), people.staff) for one in (first, second))
    people.film.shoot(hand.page, "执法人员首页")
    hand.bar("检查任务")
    hand.heads("检查任务")
    hand.follow(firm)
    hand.heads(firm)
    people.film.shoot(hand.page, "现场检查")
    hand.follow("现场签到")
    hand.heads("现场签到")
    hand.press("获取当前位置")
    hand.main.get_by_text("已取得当前位置").wait_for()
    hand.press("现场没有张贴码")
    people.film.shoot(hand.page, "现场签到")
    hand.press("签到")
    hand.page.get_by_role("status").filter(has_text="已办理").wait_for()
    hand.follow("记录检查结果")
    hand.main.get_by_role("radio", name="未发现问题", exact=True).check()
    hand.press("保存，看下一项")
    hand.main.get_by_text("已检查 1/3").wait_for()
    hand.main.get_by_role("radio", name="发现问题", exact=True).check()
    hand.main.locator('[name="answers[0].note"]').fill(TROUBLE)
    hand.main.locator("input[type=file]").set_input_files(
        {"name": "台账.jpg", "mimeType": "image/jpeg", "buffer": photo()}
    )
    hand.main.get_by_text("待上传 1 个文件").wait_for()
    people.film.shoot(hand.page, "发现问题")
    hand.press("保存，看下一项")
    hand.heads(firm)
    other.bar("检查任务")
    other.follow(firm)
    other.heads(firm)
    other.follow("记录检查结果")
    other.main.get_by_role("radio", name="未发现问题", exact=True).check()
    other.press("保存，看下一项")
    other.heads(firm)


def scan(people: People, firm: str, first: str) -> None:
    """执法人员出示检查码, 企业扫码核对."""
    hand = Hand(people.phone(first), people.staff)
    hand.follow("出示检查码")
    hand.page.get_by_role("img", name="检查码二维码").wait_for()
    people.film.shoot(hand.page, "检查码")
    hand.main.get_by_text("码值（企业不能扫码时复制给对方）").click()
    code = hand.main.locator(".code-text").inner_text()
    hand.page.go_back()
    company = Hand(people.phone(firm), people.staff)
    people.film.shoot(company.page, "企业首页")
    company.follow("扫码核对检查")
    company.page.get_by_role("heading", name="扫一扫").wait_for()
    company.page.get_by_label("扫描到的内容").fill(code)
    people.film.shoot(company.page, "企业扫码")
    company.press("查看")
    company.main.get_by_text("检查码有效").wait_for()
    people.film.shoot(company.page, "企业看到的检查")
    company.press("已核对，记录扫码")
    company.main.get_by_text("本企业扫码核对时间").wait_for()


def conclude(people: People, firm: str, first: str, second: str) -> None:
    """作出结论、责令改正、送达、双方签字、另一名执法人员确认记录、完成."""
    hand = Hand(people.phone(first), people.staff)
    hand.follow("作出检查结论")
    hand.heads("作出检查结论")
    hand.main.get_by_label("违反其他规定的行为").check()
    people.film.shoot(hand.page, "检查结论")
    hand.press("保存结论")
    hand.heads(firm)
    hand.follow("责令改正")
    hand.heads("责令改正通知书")
    for name, words in (("number", ORDER), ("contact", "示例联系人"), ("phone", "0771-0000000"),
                        ("law-1", f"《{LAW}》第二十条")):  # fmt: skip
        hand.main.locator(f"[name={name}]").fill(words)
    people.film.shoot(hand.page, "责令改正通知书")
    hand.press("签发")
    hand.heads(firm)
    hand.follow("责令改正通知书")
    hand.heads("整改复查")
    hand.follow("送达责令改正通知")
    hand.main.locator("[name=channel]").select_option(label="现场")
    hand.press()
    hand.page.get_by_role("status").filter(has_text="已办理").wait_for()
    hand.bar("检查任务")
    hand.follow(firm)
    hand.heads(firm)
    hand.follow("检查签字")
    hand.heads("检查签字")
    hand.main.locator('[name="party.signer"]').fill("示例当事人")
    hand.press("无异议")
    hand.sign("party.image")
    hand.sign("recorder_image")
    people.film.shoot(hand.page, "检查签字")
    hand.press("提交签字")
    hand.heads(firm)
    other = Hand(people.phone(second), people.staff)
    other.bar("检查任务")
    other.follow(firm)
    other.heads(firm)
    other.follow("确认检查记录")
    other.press()
    other.page.get_by_role("status").filter(has_text="已办理").wait_for()
    hand.bar("检查任务")
    hand.follow(firm)
    hand.heads(firm)
    hand.follow("完成检查")
    hand.press()
    hand.page.get_by_role("status").filter(has_text="已办理").wait_for()
    people.film.shoot(hand.page, "检查完成")


def rate_and_answer(people: People, firm: str) -> None:
    """企业评价检查、报告整改并附照片."""
    company = Hand(people.phone(firm), people.staff)
    _at_home(company)
    company.main.get_by_role("link", name=NUMBER).first.click()
    company.follow("评价这次检查")
    company.page.locator("[name=lawful]").last.wait_for()
    for name, words in (("lawful", "5分"), ("courteous", "4分"), ("helpful", "4分")):
        field = company.page.locator(f"[name={name}]").last
        field.select_option(label=next(
            one for one in field.locator("option").all_inner_texts() if one.startswith(words)
        ))  # fmt: skip
    people.film.shoot(company.page, "企业评价")
    company.page.get_by_role("button", name="评价检查", exact=True).click()
    company.page.get_by_role("status").filter(has_text="已办理").wait_for()
    _at_home(company)
    people.film.shoot(company.page, "企业首页的整改")
    company.follow("报告整改情况")
    company.page.get_by_role("heading", name="报告整改情况").wait_for()
    company.page.locator("[name=text]").last.fill("已补齐近三个月的进货查验记录")
    company.page.locator("input[type=file]").last.set_input_files(
        {"name": "补齐的记录.jpg", "mimeType": "image/jpeg", "buffer": photo()}
    )
    people.film.shoot(company.page, "报告整改")
    company.page.get_by_role("button", name="报告整改情况", exact=True).click()
    company.page.get_by_role("status").filter(has_text="已办理").wait_for()
    company.page.locator("dialog[open]").wait_for(state="hidden")


def _at_home(company: Hand) -> None:
    """Go back to where a firm begins."""
    company.page.get_by_role("link", name="综合监管平台").first.click()
    company.heads("首页")


def recheck(people: People, firm: str, first: str) -> None:
    """执法人员复查, 另一执法人员确认, 经办人员办结整改, 报告移交执法."""
    hand = Hand(people.phone(first), people.staff)
    hand.bar("整改复查")
    hand.follow(firm)
    hand.heads("整改复查")
    people.film.shoot(hand.page, "整改复查")
    hand.follow("复查整改")
    hand.main.locator("[name=officers]").fill(OWN_OFFICERS)
    hand.main.locator("[name=result]").select_option(label="未发现问题")
    hand.main.locator("[name=note]").fill("记录已补齐")
    hand.press()
    hand.page.get_by_role("status").filter(has_text="已办理").wait_for()
    (second,) = set(OWN_OFFICERS.split()) - {first}
    other = Hand(people.phone(second), people.staff)
    other.bar("整改复查")
    other.follow(firm)
    other.heads("整改复查")
    other.follow("确认整改复查")
    other.press()
    other.page.get_by_role("status").filter(has_text="已办理").wait_for()
    clerk = people["经办人员"]
    todo(clerk, "办结整改")
    sent(clerk)
    hand.bar("检查任务")
    hand.follow("已反馈")
    hand.follow(firm)
    hand.heads(firm)
    hand.follow("移交执法")
    hand.main.locator("[name=kind]").wait_for()
    hand.main.locator("[name=kind]").select_option(label="移交执法")
    for name, words in (("to", "南宁市市场监管综合行政执法支队"), ("reason", TROUBLE),
                        ("reporters", OWN_OFFICERS)):  # fmt: skip
        hand.main.locator(f"[name={name}]").fill(words)
    hand.main.get_by_label("移送书").check()
    people.film.shoot(hand.page, "移交执法")
    hand.press()
    hand.page.get_by_role("status").filter(has_text="已办理").wait_for()


def hand_over(people: People, firm: str) -> None:
    """领导批准移交, 经办人员移送."""
    leader, clerk = people["领导"], people["经办人员"]
    for desk, act in ((leader, "批准移送"), (clerk, "移送案件")):
        todo(desk, act)
        sent(desk)
    clerk.open("一业一查", "移交执法")
    clerk.until(lambda: "已移送" in clerk.row(firm).inner_text(), wanted=True)
    people.film.shoot(clerk.page, "移交执法")


def show(people: People, firm: str) -> None:
    """领导公示检查结果."""
    leader = people["领导"]
    leader.open("一业一查", "结果公示")
    leader.act(firm, "公示检查结果")
    leader.fill(until=UNTIL.isoformat())
    sent(leader)
    people.film.shoot(leader.page, "结果公示")


def expose(people: People) -> None:
    """经办人员撰写曝光信息, 领导审核, 经办人员发布; 农业经办人员按标题、发布者、业态查到."""
    clerk, leader, other = (people[name] for name in ("经办人员", "领导", "农业经办人员"))
    clerk.open("内容管理", "内容信息")
    clerk.start("新增内容信息")
    clerk.fill(column="监管曝光台", kind="违法违规行为", title=EXPOSED, department=MARKET,
               region="青秀区", trade=TRADE, body=TROUBLE)  # fmt: skip
    sent(clerk, "保存")
    clerk.act(EXPOSED, "提交审核")
    sent(clerk)
    todo(leader, "审核通过内容信息")
    leader.fill(opinion="情况属实")
    sent(leader)
    todo(clerk, "发布内容信息")
    sent(clerk)
    other.open("信息查询", "监管曝光台")
    other.more()
    other.search(text=EXPOSED[:6], department=MARKET, trade=TRADE)
    people.film.shoot(other.page, "监管曝光台")
    other.go(EXPOSED)
    other.main.get_by_text(TROUBLE).wait_for()
    people.film.shoot(other.page, "曝光信息")


def settle(people: People) -> None:
    """公示期满, 领导确定检查计划; 意见、异议和答复都在计划里."""
    leader = people["领导"]
    with people.staff.at.later(DISPLAYED + 1) as at:
        log_in(leader.page, at, NEW_PASSWORD, account=people.accounts["领导"])
        todo(leader, "确定检查计划")
        sent(leader)
        _opened(leader, PLAN)
        for words in ("已确定", OPINION, OBJECTION, ANSWER):
            leader.drawer.get_by_text(words).first.wait_for()
        people.film.shoot(leader.page, "确定的计划")


def check_as_citizen(people: People, firm: str) -> None:
    """市民不登录, 按企业名称查到结果, 核对抽取, 看曝光信息."""
    context = people.staff.chromium.new_context(viewport=PHONE, is_mobile=True, locale="zh-CN")
    page = context.new_page()
    page.goto(people.staff.at.url)
    people.film.shoot(page, "公众首页")
    page.get_by_label("查询企业的检查结果").fill(firm)
    page.get_by_role("button", name="查询").click()
    page.get_by_role("link", name=firm).last.click()
    page.get_by_role("link", name="在本页面核对").wait_for()
    people.film.shoot(page, "公示的结果")
    page.get_by_role("link", name="在本页面核对").click()
    page.get_by_role("button", name="核对这一户").click()
    page.get_by_text(re.compile("：抽中。")).wait_for()
    people.film.shoot(page, "核对抽取")
    page.get_by_role("link", name="监管曝光台").first.click()
    page.get_by_role("link", name=EXPOSED).click()
    page.get_by_text(TROUBLE).wait_for()
    context.close()


@pytest.mark.function("F105", surface="page")
@pytest.mark.function("F106", surface="page")
@pytest.mark.function("F206", surface="page")
def test_the_thread_is_walked_by_its_users(people: People) -> None:
    """From the scene to the citizen, each user on his own surface, by what it offers."""
    for act in (build_scene, take_firms_in, compile_checklist, make_models, make_rule,
                configure_scene, evaluate, plan, task):  # fmt: skip
        act(people)
    drawn = draw(people)
    send_out(people)
    assist(people)
    visit(people, drawn.firm, drawn.first, drawn.second)
    help_on_site(people, drawn.firm)
    people.firm(drawn.firm, drawn.code)
    scan(people, drawn.firm, drawn.first)
    conclude(people, drawn.firm, drawn.first, drawn.second)
    rate_and_answer(people, drawn.firm)
    recheck(people, drawn.firm, drawn.first)
    hand_over(people, drawn.firm)
    show(people, drawn.firm)
    expose(people)
    check_as_citizen(people, drawn.firm)
    settle(people)
