"""What every space shows beside the cycle: laws, articles, handbooks, and a task that goes on."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from attrs import evolve, frozen

from entrypoints.demo.cycle import Cycle, SceneRun
from entrypoints.demo.settings import day_of_stage
from supervision_core.content.model import ArticleContent, OpenColumn
from supervision_core.content.services.writing import (
    ApproveArticle,
    CreateArticle,
    NameArticle,
    approve_article,
    create_article,
    publish_article,
    submit_article,
)
from supervision_core.handbooks.model import ChapterContent, ElementContent, HandbookBasics
from supervision_core.handbooks.services.editing import (
    CreateHandbook,
    PutChapter,
    PutElement,
    create_handbook,
    put_chapter,
    put_element,
)
from supervision_core.handbooks.services.publishing import NameHandbook, publish_handbook
from supervision_core.identity.services.registers import cases_of
from supervision_core.items.model import LawArticle, LawContent
from supervision_core.items.services.laws import AddLaw, NameLaw, add_law, enable_law
from supervision_core.kernel.registers import RegisterVerb
from supervision_core.tasks.model.grounds import VisitGround
from supervision_core.tasks.model.opening import VisitOrder
from supervision_core.tasks.model.sheet import TaskKind
from supervision_core.tasks.ports import Publications, Tasks
from supervision_core.tasks.registers import SUPERIOR_ORDERS, SuperiorOrderContent
from supervision_core.tasks.services.tasks import (
    CreateTask,
    DispatchTask,
    NameTask,
    approve_task,
    claim_part,
    create_task,
    dispatch_task,
    skip_consultation,
)
from supervision_core.tasks.services.visits import OpenVisits, open_visits

_LAWS: Final = (
    ("广西壮族自治区跨部门综合监管工作办法（示例）", "local_rule", "自治区人民政府"),
    ("广西壮族自治区行政检查公示规定（示例）", "document", "自治区综合监管办公室"),
)
_TEXT: Final = (
    "第一条 为规范跨部门综合监管，减轻企业负担，制定本办法。\n"
    "第二条 对同一检查对象的多项检查，由牵头部门会同配合部门一次完成。\n"
    "第三条 检查结果自形成之日起二十个工作日内向社会公示。"
)
_CITED: Final = f"《{_LAWS[0][0]}》（2025-12-01）第二条"
_ENACTED: Final = date(2025, 12, 1)
_IN_FORCE: Final = date(2026, 1, 1)


@frozen
class _Told:
    """An article: where it stands, what it is about, its title and its text."""

    column: OpenColumn
    kind: str
    title: str
    body: str


_ARTICLES: Final = (
    _Told(OpenColumn.NOTICES, "inspection", "关于开展2026年第一批跨部门综合检查的通知",
          "各有关单位：第一批跨部门综合检查自七月中旬开始，检查对象由随机抽取产生，抽取过程可以核对。"),
    _Told(OpenColumn.NOTICES, "result", "关于公布第一批综合检查结果的通知",
          "第一批综合检查的结果已经公示，企业可以凭统一社会信用代码查询。"),
    _Told(OpenColumn.NOTICES, "policy", "关于启用合规经营手册的通知",
          "合规经营手册已经发布，列明常见检查项的要求和风险提示，供企业自查。"),
    _Told(OpenColumn.NEWS, "meeting", "自治区召开跨部门综合监管工作推进会",
          "会议通报了四个试点场景的进展，要求做到进一次门、查多项事。"),
    _Told(OpenColumn.NEWS, "activity", "综合监管进企业宣传活动举行",
          "活动现场讲解了检查单、检查码的用法，解答企业提问。"),
)  # fmt: skip
_HANDBOOKS: Final = 2
_REQUIREMENTS: Final = 4
_VISITS: Final = 3
_DAYS: Final = 90
"""So long the task that goes on lasts."""


def furnish(cycle: Cycle) -> None:
    """Publish a few of each, and send a task out whose visits are still to be done."""
    cycle.at("furnish")
    with cycle.console.progress("公开内容、进行中的检查", 4) as advance:
        _laws(cycle)
        advance(1)
        _articles(cycle)
        advance(1)
        for run in cycle.runs[:_HANDBOOKS]:
            _handbook(cycle, run)
        advance(1)
        for run in cycle.runs[:1]:
            _task(cycle, run)
        advance(1)


def _laws(cycle: Cycle) -> None:
    top = cycle.office.top
    for place, (title, kind, issuer) in enumerate(_LAWS, 1):
        content = LawContent(
            title=title, kind=kind, issuer=issuer, promulgated_on=_ENACTED,
            in_force_from=_IN_FORCE, whole=_TEXT,
        )  # fmt: skip
        law = cycle.do(add_law, AddLaw(content=content), by=top, key=f"law/{place}")
        cycle.do(enable_law, NameLaw(law_id=law), by=top, key=f"law/{place}/enable")


def _articles(cycle: Cycle) -> None:
    """One writes, another reviews and publishes."""
    top = cycle.office.top
    for place, one in enumerate((*_ARTICLES, *_exposures(cycle)), 1):
        content = ArticleContent(
            column=one.column, title=one.title, kind=one.kind, department=top,
            region=cycle.office.region, summary=one.body[:40], body=one.body,
        )  # fmt: skip
        key = f"article/{place}"
        made = cycle.do(create_article, CreateArticle(content=content), by=top, key=key)
        named = NameArticle(article_id=made)
        cycle.do(submit_article, named, by=top, key=f"{key}/submit")
        approved = ApproveArticle(article_id=made)
        cycle.do(approve_article, approved, by=top, key=f"{key}/approve")
        cycle.do(publish_article, named, by=top, key=f"{key}/publish")


def _exposures(cycle: Cycle) -> Iterator[_Told]:
    """Tell of the first firm of whose check a problem is before the public.

    Nothing is told of firms that the user brought: what is found of them here is made up.
    """
    if cycle.settings.firms is not None:
        return
    visits = [one.id for run in cycle.runs for one in cycle.visits(run)]
    with cycle.platform.transactions.begin_reading() as work:
        results = work[Publications].find_many(visits)
    today = day_of_stage("furnish")
    for one in results:
        shown = one.shown
        if one.visible(today) and shown.failed_items and shown.subject.credit_code:
            name = shown.subject.name
            yield _Told(
                OpenColumn.EXPOSURES, "breach", f"{name}检查发现的问题（示例）",
                f"{shown.checked_on}，{shown.task}发现{name}（{shown.subject.credit_code}）存在"
                f"下列问题：{'；'.join(shown.failed_items)}。检查结果已经公示。企业和内容均为虚构。",
            )  # fmt: skip
            return


def _handbook(cycle: Cycle, run: SceneRun) -> None:
    """Say in it what the scene's checklist asks for."""
    top, scene, key = cycle.office.top, run.scene, f"{run.scene.code}/handbook"
    basics = HandbookBasics(
        name=f"{scene.name}合规经营手册", trade=scene.trades[0], scene=scene.scene,
        scope=f"{scene.name}场景的经营者", department=top,
    )  # fmt: skip
    created = CreateHandbook(region=cycle.office.region, basics=basics)
    book = cycle.do(create_handbook, created, by=top, key=key)
    put = PutChapter(handbook_id=book, content=ChapterContent(name="日常经营要求"))
    chapter = cycle.do(put_chapter, put, by=top, key=f"{key}/chapter")
    for place, item in enumerate(run.items[:_REQUIREMENTS], 1):
        element = ElementContent(
            requirement=f"做到：{item.content.content}", position=place,
            risk="检查时未做到的，责令限期改正；逾期不改正的，依法处理。",
            departments=(item.content.department,),
            basis=item.content.basis or (LawArticle.parse(_CITED),),
        )  # fmt: skip
        told = PutElement(handbook_id=book, chapter_id=chapter, content=element)
        cycle.do(put_element, told, by=top, key=f"{key}/element/{place}")
    cycle.do(publish_handbook, NameHandbook(handbook_id=book), by=top, key=f"{key}/publish")


def _task(cycle: Cycle, run: SceneRun) -> None:
    """Send the officers of the first visits out once more, as a superior body ordered."""
    code, lead, begins = f"{run.scene.code}/next", run.lead, day_of_stage("furnish")
    with cycle.platform.transactions.begin_reading() as work:
        before = work[Tasks].get(run.task).sheet
    sheet = evolve(
        before, number=f"{before.number[:-1]}2", name=f"2026年第四季度{run.scene.name}专项检查",
        kind=TaskKind.SPECIAL, superior_order="桂综监函〔2026〕2号（示例）", starts_on=begins,
        ends_on=begins + timedelta(days=_DAYS), plan="", sub_plan="", draw="",
    )  # fmt: skip
    cases = cases_of(SUPERIOR_ORDERS)
    content = SuperiorOrderContent(
        number=f"{sheet.superior_order}{run.scene.code}", title=f"关于开展{sheet.name}的通知",
        scene=sheet.scene, area=sheet.region, starts_on=sheet.starts_on, ends_on=sheet.ends_on,
    )  # fmt: skip
    order = cycle.do(
        cases.all[RegisterVerb.ADD], cases.adding(content=content), by=cycle.office.top,
        key=f"{code}/order",
    )  # fmt: skip
    task = cycle.do(create_task, CreateTask(sheet=sheet), by=lead, key=f"{code}/task")
    visits = [cycle.load_visit(one.id) for one in cycle.visits(run)[:_VISITS]]
    orders = tuple(
        VisitOrder(
            subject=one.sheet.subject, ground=VisitGround.ORDER, order=order,
            items=tuple(each.id for each in one.sheet.items),
            officers=tuple(each.id for each in one.officers),
        )
        for one in visits
    )  # fmt: skip
    opened = OpenVisits(task_id=task, orders=orders)
    cycle.do(open_visits, opened, by=lead, key=f"{code}/open")
    named = NameTask(task_id=task)
    cycle.do(skip_consultation, named, by=lead, key=f"{code}/ready")
    cycle.do(approve_task, named, by=lead, key=f"{code}/approve")
    cycle.do(dispatch_task, DispatchTask(task_id=task), by=lead, key=f"{code}/dispatch")
    for department in run.departments:
        cycle.do(claim_part, named, by=department, key=f"{code}/claim/{department}")
    for officer in {each for one in orders for each in one.officers}:
        cycle.office.officer(officer)
