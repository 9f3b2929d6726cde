"""检查审批: the list of visits that a leader approves in one act."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from functools import partial
from typing import Final

from attrs import field, frozen

from supervision_core.draws.model.draw import Draw
from supervision_core.draws.services.departures import Departure, departures_of
from supervision_core.identity.services import Work, question
from supervision_core.identity.services.insight import require_insight
from supervision_core.kernel.days import local_day
from supervision_core.kernel.fields import said
from supervision_core.kernel.listing import ListFilter, Lists
from supervision_core.kernel.paging import PageRequest, every_page
from supervision_core.kernel.registers import DEPARTMENT, Ask, Entries
from supervision_core.subjects.ports import Subjects
from supervision_core.tasks.lists import VISITS
from supervision_core.tasks.model.grounds import VisitGround
from supervision_core.tasks.model.opening import GROUND_TITLES
from supervision_core.tasks.model.presence import ReplacementCause
from supervision_core.tasks.model.task import Task
from supervision_core.tasks.model.visit import Visit
from supervision_core.tasks.ports import Visits
from supervision_core.tasks.registers import SUPERIOR_ORDERS
from supervision_core.tasks.services.additions import additions_of
from supervision_core.tasks.services.grounds import outcome_of, own_draw, selected_subjects
from supervision_core.tasks.services.kept_away import often_kept_away
from supervision_core.tasks.services.roster_history import roster_departures
from supervision_core.tasks.services.rosters import roster_conditions
from supervision_core.tasks.services.tasks import count_visits, task_in_reach
from supervision_core.tasks.words import TITLES

MOST: Final = 100


@frozen(kw_only=True)
class ViewApprovalList:
    """A task whose visits are to be approved."""

    task_id: str = field(metadata=said("任务的编号", example="0123abcd", to="task"))


@frozen(kw_only=True)
class VisitToApprove:
    """A visit as it is approved: whom, by whom, on how many items, until when."""

    id: str = field(metadata=said("编号", example="0123abcd"))
    number: str = field(metadata=said("检查编号", example="RW45000020260309001-00001"))
    subject: str = field(metadata=said("检查对象的编号", example="0123abcd"))
    subject_name: str = field(metadata=said("检查对象", example="南宁示例乳业有限公司"))
    officers: tuple[str, ...] = field(metadata=said("执法人员的姓名"))
    items: int = field(metadata=said("检查项数", example=12))
    onsite: bool = field(metadata=said("须入企检查"))
    due_on: date = field(metadata=said("反馈期限", example="2026-03-27"))
    ground: VisitGround | None = field(
        metadata=said("检查依据，旧版本生成的为空", codes=GROUND_TITLES, example="pick")
    )
    by_hand: tuple[str, ...] = field(
        metadata=said("其中不是抽取、也不是按次序接替的执法人员的姓名", example=("王示例",))
    )
    departs: bool = field(metadata=said("是否不在抽取（全查）范围之内", example=False))


@frozen(kw_only=True)
class ApprovalList:
    """What a leader approves, beside what was drawn; what departs from it comes first.

    Of long lists the first are shown.
    """

    count: int = field(metadata=said("检查对象总数", example=12))
    drawn_at_claim: bool = field(metadata=said("检查人员是否由各部门认领时抽取", example=False))
    urgent_because: str = field(metadata=said("未批先发的紧急情形，没有的为空"))
    reason: str = field(metadata=said("检查缘由"))
    bound: bool = field(metadata=said("检查对象是否由抽取或全查计划确定", example=True))
    drawn: int = field(metadata=said("抽中户数", example=12))
    added: int = field(metadata=said("手动增加户数", example=0))
    removed: int = field(metadata=said("手动去掉户数", example=0))
    undrawn: int = field(metadata=said("不在抽取（全查）范围之内的检查户数", example=0))
    unvisited: tuple[str, ...] = field(metadata=said("应检查而没有生成检查的对象"))
    sent_back: str = field(metadata=said("最近一次退回的理由，没有的为空"))
    answer: str = field(metadata=said("对退回的处理情况，没有的为空"))
    approval_due: date | None = field(metadata=said("补办审批的截止日期，不需要的为空"))
    unapproved: bool = field(metadata=said("是否未补批", example=False))
    departures: tuple[Departure, ...] = field(metadata=said("抽取中偏离随机、计划和上次名单的事项"))
    rows: tuple[VisitToApprove, ...] = field(metadata=said("检查清单，至多前100户"))


@question("tasks.view_approval_list", "查看待批准的检查清单")
def view_approval_list(work: Work, about: ViewApprovalList) -> ApprovalList:
    """Show of a task that one's department leads whom it shall visit, with which officers."""
    task = task_in_reach(work, about.task_id, lead_only=True)
    selected = selected_subjects(work, task)
    outcome = outcome_of(work, task, selected)
    visits = [work[Visits].get(one) for one in _shown(work, task.id, selected)]
    if any(one.closed for one in visits):
        require_insight(work, "task", task.id, frozenset({task.sheet.lead}))
    draw = own_draw(work, task)
    back = task.sent_back[-1] if task.sent_back else None
    firms = work[Ask].resolve("subject", {one.sheet.subject for one in visits})
    people = work[Ask].resolve("officer", {each.id for one in visits for each in one.officers})
    drawn = _drawn(work, draw, [one.sheet.subject for one in visits])
    rows = (
        VisitToApprove(
            id=one.id, number=one.sheet.number, subject=one.sheet.subject,
            subject_name=firms[one.sheet.subject].name if one.sheet.subject in firms else "",
            officers=tuple(people[each.id].name for each in one.officers if each.id in people),
            by_hand=tuple(
                people[each].name for each in _sent_by_hand(one, drawn.get(one.sheet.subject))
                if each in people
            ),
            items=len(one.sheet.items), onsite=not one.sheet.offsite, due_on=one.due_on,
            ground=one.sheet.ground,
            departs=bool(selected) and one.sheet.subject not in selected,
        )
        for one in visits
    )  # fmt: skip
    return ApprovalList(
        count=count_visits(work, task.id), drawn_at_claim=task.sheet.drawn_at_claim,
        urgent_because=task.urgent_because,
        reason=task.sheet.reason or task.sheet.description, rows=tuple(rows),
        bound=bool(selected), drawn=outcome.drawn, added=outcome.added, removed=outcome.removed,
        undrawn=outcome.undrawn if selected else 0, unvisited=outcome.unvisited[:MOST],
        sent_back=back.reason if back else "", answer=back.answer if back else "",
        departures=tuple(_departures(work, task, draw, visits)),
        approval_due=task.approval_due, unapproved=task.unconfirmed(local_day(work.now)),
    )  # fmt: skip


def _departures(
    work: Work, task: Task, draw: Draw | None, visits: Collection[Visit]
) -> Iterator[Departure]:
    """Give in what a list departs from its draw, what narrowed its officers, and its orders."""
    if draw is not None:
        added = tuple(one.adjustment for one in additions_of(work.unit, task, draw))
        yield from departures_of(work, draw, added)
        yield from roster_conditions(draw.roster, task.sheet.ends_on)
        yield from roster_departures(work, task, draw)
    yield from _orders(work, visits)
    yield from _replaced(work, visits)
    yield from often_kept_away(
        work,
        draw,
        officers={each.id for one in visits for each in one.officers},
        subjects={one.sheet.subject for one in visits},
    )


def _orders(work: Work, visits: Collection[Visit]) -> Iterator[Departure]:
    """Say on which orders from above visits rest, and who entered or changed these, and when."""
    named = {one.sheet.basis for one in visits if one.sheet.ground is VisitGround.ORDER}
    found = work[Entries].of(SUPERIOR_ORDERS).find_many(sorted(named))
    ask = work[Ask]
    people = ask.resolve("user", {one.changed_by for one in found} - {""})
    places = ask.resolve(DEPARTMENT, {one.department for one in found} - {""})
    for one in found:
        by = people[one.changed_by].name if one.changed_by in people else one.changed_by
        place = places[one.department].name if one.department in places else one.department
        at = "" if one.changed_at is None else local_day(one.changed_at).isoformat()
        gone = "，现已停用或删除" if one.deleted or not one.enabled else ""
        yield Departure(
            title="上级部署",
            text=f"{one.content.number}（{place}），{at}由{by or '未记载'}登记或更正{gone}",
        )


def _replaced(work: Work, visits: Collection[Visit]) -> Iterator[Departure]:
    """Say who left a visit, who came for him, why, and who let him leave."""
    changed = [(visit, one) for visit in visits for one in visit.replacements]
    ask = work[Ask]
    firms = ask.resolve("subject", {visit.sheet.subject for visit, _ in changed})
    people = ask.resolve("officer", {id_ for _, one in changed for id_ in (one.old, one.new.id)})
    users = ask.resolve("user", {one.by for _, one in changed})
    for visit, one in changed:
        firm = firms[visit.sheet.subject].name if visit.sheet.subject in firms else ""
        old, new = (people[id_].name if id_ in people else id_ for id_ in (one.old, one.new.id))
        order = "抽取名单已无人可派，另派" if one.beyond else "按抽取的次序接替"
        yield Departure(
            title="更换检查人员",
            text=f"{firm}：{old}退出（{TITLES[ReplacementCause][one.cause]}：{one.reason}），"
            f"{new}{order}，{local_day(one.at).isoformat()}由"
            f"{users[one.by].name if one.by in users else one.by}决定",
        )


def _drawn(
    work: Work, draw: Draw | None, subjects: Collection[str]
) -> Mapping[str, Collection[str]]:
    """Give whom a task's draw sends to which of these subjects."""
    if draw is None or draw.assignment is None:
        return {}
    going = {one.id: one.officers for one in draw.assignment.visits}
    known = work[Subjects].find_many(subjects)
    return {one.id: going[code] for one in known if (code := one.code_among(going)) in going}


def _sent_by_hand(visit: Visit, drawn: Collection[str] | None) -> Iterator[str]:
    """Give who goes there for no lot: nobody of those who took over in their turn."""
    in_turn = {one.new.id for one in visit.replacements if not one.beyond}
    for one in visit.officers:
        if one.id not in in_turn and one.id not in (drawn or ()):
            yield one.id


def _shown(work: Work, task: str, selected: Mapping[str, str]) -> list[str]:
    """Give the first visits of a task, those of nobody who was selected before all others."""
    wanted = ListFilter(asked={"task": task})
    if not selected:
        page = work[Lists].page(VISITS, wanted, PageRequest(size=MOST))
        return [one.id for one in page.items]
    rows = [
        one for page in every_page(partial(work[Lists].page, VISITS, wanted)) for one in page.items
    ]
    rows.sort(key=lambda one: one.subject in selected)
    return [one.id for one in rows[:MOST]]
