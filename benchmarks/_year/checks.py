"""What must hold of a year, whoever lived it: each check names what it finds against the law.

A check looks at what is stored, not at the rules of the model that let it be stored; so it counts
and compares again by itself. ``SPOILED`` does to a year what each check must find.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any, Final

from attrs import evolve, frozen
from benchmarks._year.city import YEAR
from benchmarks._year.found import Found

from supervision_core.clues.model import MORE_WORKING_DAYS, TERM_WORKING_DAYS, ClueState, Verdict
from supervision_core.kernel.days import local_day, months_before
from supervision_core.plans.model import PlanState
from supervision_core.tasks.model.publication import PublicationState
from supervision_core.tasks.model.rectification import RecheckResult, RectificationState
from supervision_core.tasks.model.sheet import PartState, TaskKind, TaskState
from supervision_core.tasks.model.transfer import TransferState
from supervision_core.tasks.model.visit import Visit, VisitState

_TWO = 2
_PUBLISHED_WITHIN = 20
_CLAIMED_WITHIN = 3
_ABOVE_MONTHS = 3
_RUNNING = frozenset({TaskState.DISPATCHED, TaskState.IN_PROGRESS})
_OVER = frozenset({TaskState.CLOSED, TaskState.ARCHIVED, TaskState.PUBLISHED})
_MONEY = ("fine", "penalt", "confiscat", "罚")

Faults = Iterator[str]


@frozen
class Check:
    """A rule of law in words, where it stands, and who finds what is against it."""

    title: str
    source: str
    faults: Callable[[Found], Faults]
    spoil: Callable[[Found], None]
    """Puts something into a year that the check must find."""


def _two_certified(found: Found) -> Faults:
    for one in found.visits.values():
        day = local_day(one.started.at) if one.started else one.due_on
        fit = {each.id for each in one.officers if each.certified(day)}
        if len(fit) < _TWO or len(fit) < len(one.officers):
            yield f"{one.sheet.number}：持有效证件的只有{len(fit)}人"


def _no_conflict(found: Found) -> Faults:
    for one in found.visits.values():
        for each in one.officers:
            if found.officers[each.id].must_withdraw(found.parties[one.sheet.subject]):
                yield f"{one.sheet.number}：{each.id}应当回避"


def _approved_first(found: Found) -> Faults:
    for one in found.visits.values():
        task = found.tasks[one.sheet.task]
        if one.started is None:
            continue
        sent = task.dispatched_at
        if sent is None or one.started.at < sent:
            yield f"{one.sheet.number}：任务分发前已开始检查"
        if task.approval is None:
            yield f"{one.sheet.number}：检查未经批准"
        elif task.approval.at > one.started.at and not task.urgent_because:
            yield f"{one.sheet.number}：先检查后批准，且未说明紧急理由"


def _checks_of(found: Found) -> Counter[tuple[str, str]]:
    return Counter(
        (one.sheet.subject, department)
        for one in found.visits.values()
        if one.sheet.counts_toward_cap and one.due_on.year == YEAR
        for department in one.departments
    )


def _within_cap(found: Found) -> Faults:
    for (subject, department), count in _checks_of(found).items():
        if count > found.caps.get(department, count):
            yield f"{subject}：{department}一年内检查{count}次，上限{found.caps[department]}次"


def _not_after_above(found: Found) -> Faults:
    of_subject: dict[str, list[Visit]] = {}
    for one in found.visits.values():
        of_subject.setdefault(one.sheet.subject, []).append(one)
    for one in found.visits.values():
        starts, above = one.sheet.starts_on, found.above.get(one.sheet.lead, frozenset())
        if not one.sheet.counts_toward_cap or starts is None:
            continue
        matters = {item.matter for item in one.sheet.items} - {""}
        for other in of_subject[one.sheet.subject]:
            formed = other.formed_on
            if (
                other.sheet.lead in above
                and formed is not None
                and months_before(starts, _ABOVE_MONTHS) <= formed <= starts
                and matters & {item.matter for item in other.sheet.items}
            ):
                yield f"{one.sheet.number}：{other.sheet.lead}已于{formed}检查过同一事项"


def _counts_of_checks(found: Found) -> Faults:
    mine = _checks_of(found)
    for key in sorted(mine.keys() | found.counted.keys()):
        if mine[key] != found.counted.get(key, 0):
            yield f"{key}：平台统计{found.counted.get(key, 0)}次，实有{mine[key]}次"


def _drawn(found: Found) -> Faults:
    for one in found.visits.values():
        task = found.tasks[one.sheet.task]
        if task.sheet.kind is not TaskKind.ROUTINE:
            continue
        draw = found.draws[task.sheet.draw]
        code = found.codes[one.sheet.subject]
        assigned = draw.assignment.visits if draw.assignment else ()
        officers = {each.id: set(each.officers) for each in assigned}.get(code)
        replaced = {each.new for each in one.replacements}
        if code not in draw.selection:
            yield f"{one.sheet.number}：不是抽中的对象"
        elif officers is None or {each.id for each in one.officers} - replaced - officers:
            yield f"{one.sheet.number}：检查人员不是抽取的人员"


def _published_in_time(found: Found) -> Faults:
    for one in found.publications.values():
        due = found.calendar.add_working_days(one.formed_on, _PUBLISHED_WITHIN)
        late = (one.shown_on or found.today) > due
        excused = one.withdrawals or one.id in found.meant_late
        if one.due_on != due:
            yield f"{one.id}：期限{one.due_on}，应为{due}"
        if late and not excused and one.state is not PublicationState.WITHHELD:
            yield f"{one.id}：应于{due}前公示，{one.shown_on or '至今'}才公示"
    for visit in found.visits.values():
        if (visit.state is VisitState.COMPLETED) != (visit.id in found.publications):
            yield f"{visit.sheet.number}：已完成的检查没有待公示的结果，或者相反"


def _claimed_in_time(found: Found) -> Faults:
    for one in found.tasks.values():
        if one.dispatched_at is None:
            continue
        due = found.calendar.add_working_days(local_day(one.dispatched_at), _CLAIMED_WITHIN)
        if one.claim_due != due:
            yield f"{one.sheet.number}：认领期限{one.claim_due}，应为{due}"
        urged = {each.department for each in one.urgings}
        for part in one.parts:
            if (
                part.claimed_at
                and local_day(part.claimed_at) > due
                and part.department not in urged
            ):
                yield f"{one.sheet.number}：{part.department}逾期认领，无人催办"


def _states_agree(found: Found) -> Faults:
    for one in found.tasks.values():
        parts = {each.state for each in one.parts}
        visits = found.visits_of.get(one.id, [])
        if one.state in _OVER:
            if parts - {PartState.CLOSED, PartState.DECLINED}:
                yield f"{one.sheet.number}：任务已办结，部门任务未办结"
            if any(each.state is not VisitState.COMPLETED for each in visits):
                yield f"{one.sheet.number}：任务已办结，检查未完成"
            orders = (each for visit in visits for each in found.orders_of.get(visit.id, ()))
            if any(each.open for each in orders):
                yield f"{one.sheet.number}：任务已办结，整改未办结"
        elif one.state not in _RUNNING and any(each.started for each in visits):
            yield f"{one.sheet.number}：任务未分发，检查已开始"
        if one.state is TaskState.DISPATCHED and PartState.CLAIMED in parts:
            yield f"{one.sheet.number}：已有部门认领，任务仍为待认领"
        due = (found.publications.get(each.id) for each in visits)
        if one.state is TaskState.PUBLISHED and any(
            each is None or each.state is PublicationState.DUE for each in due
        ):
            yield f"{one.sheet.number}：任务已公示，有结果尚未决定"


def _archives_unchanged(found: Found) -> Faults:
    for one in found.tasks.values():
        if one.archived_at is not None and found.manifests[one.id] != one.manifest:
            yield f"{one.sheet.number}：归档后有改动"


def _put_right(found: Found) -> Faults:
    for one in found.orders.values():
        visit, last = found.visits[one.sheet.visit], one.rechecks[-1:]
        failed = {each.item for each in visit.findings if each.department == one.sheet.department}
        if {each.item for each in one.sheet.findings} - failed:
            yield f"{one.sheet.number}：责令改正的问题不是检查发现的"
        for look in one.rechecks:
            if (
                len({each.id for each in look.officers if each.certified(local_day(look.at))})
                < _TWO
            ):
                yield f"{one.sheet.number}：复查人员不足两人"
        ends = {RectificationState.DONE: RecheckResult.NO_PROBLEM,
                RectificationState.TRANSFERRED: RecheckResult.TRANSFER}  # fmt: skip
        if one.state in ends and (not last or last[0].result is not ends[one.state]):
            yield f"{one.sheet.number}：办结所依据的复查结果不符"
    covered = {
        (each.sheet.visit, item.item)
        for each in found.orders.values()
        for item in each.sheet.findings
    }
    for visit in found.visits.values():
        if visit.state is VisitState.COMPLETED:
            for problem in visit.findings:
                if (visit.id, problem.item) not in covered:
                    yield f"{visit.sheet.number}：问题{problem.item}未责令改正"


def _transfers_lawful(found: Found) -> Faults:
    for one in found.transfers.values():
        states = [each.state for each in one.steps]
        if TransferState.SENT in states and TransferState.APPROVED not in states:
            yield f"{one.id}：未经批准移送"
        if TransferState.REPORTED in states and len(set(one.sheet.reporters)) < _TWO:
            yield f"{one.id}：报告人不足两人"


def _clues_ended_well(found: Found) -> Faults:
    for one in found.clues.values():
        due = found.calendar.add_working_days(
            local_day(one.registered_at), TERM_WORKING_DAYS[one.sheet.kind]
        )
        if one.extended_because:
            due = found.calendar.add_working_days(due, MORE_WORKING_DAYS)
        if one.due_on != due:
            yield f"{one.sheet.reference}：期限{one.due_on}，应为{due}"
        ended = one.state is ClueState.CONCLUDED
        refused = one.judged is not None and one.judged.verdict is Verdict.NO_ACTION
        if ended and not (one.answers or one.joined_to or refused):
            yield f"{one.sheet.reference}：没有办理情况就办结"
        if (
            one.judged is not None
            and one.judged.verdict is Verdict.INSPECT
            and ended
            and not one.task
        ):
            yield f"{one.sheet.reference}：研判为开展检查，没有关联任务"
        if one.joined_to and one.id not in found.clues[one.joined_to].duplicates:
            yield f"{one.sheet.reference}：并入的线索不知有它"


def _plans_heard(found: Found) -> Faults:
    for one in found.plans.values():
        if one.state is not PlanState.SETTLED:
            continue
        if one.displayed is None or any(each.answer is None for each in one.objections):
            yield f"{one.sheet.name}：未经公示，或异议未答复，就已确定"
        tasks = [each for each in found.tasks.values() if each.sheet.plan == one.id]
        subs = {each.id: each for each in one.sub_plans}
        for task in tasks:
            sub = subs.get(task.sheet.sub_plan)
            if sub is None or not sub.starts_on <= task.sheet.starts_on <= sub.ends_on:
                yield f"{task.sheet.number}：不在计划期间内"


def _not_by_money(found: Found) -> Faults:
    for name, orders in found.orderings.items():
        for order in orders:
            if any(word in order for word in _MONEY):
                yield f"{name}：可以按罚没排序"


def _told(name: str) -> Callable[[Found], Faults]:
    return lambda found: iter(getattr(found, name))


def _first(things: Any) -> Any:
    return next(iter(things))


def _started(found: Found) -> Visit:
    return next(one for one in found.visits.values() if one.started)


def _with_findings(found: Found) -> Visit:
    return next(one for one in found.visits.values() if one.findings and one.id in found.orders_of)


def _put(thing: Any, **fields: Any) -> None:
    for name, value in fields.items():
        object.__setattr__(thing, name, value)


def _spoil_officers(found: Found) -> None:
    one = _started(found)
    _put(one, _officers=one.officers[:1])


def _spoil_conflict(found: Found) -> None:
    one = _started(found)
    party = found.parties[one.sheet.subject]
    name = found.officers[one.officers[0].id].name
    _put(party, principal=name)


def _spoil_approval(found: Found) -> None:
    one = _started(found)
    task = found.tasks[one.sheet.task]
    if task.approval is not None and one.started is not None:
        late = evolve(task.approval, at=one.started.at + timedelta(days=1))
        _put(task, _approval=late, _urgent_because="")


def _spoil_cap(found: Found) -> None:
    one, other, *_ = (one for one in found.visits.values() if one.sheet.counts_toward_cap)
    sheet = evolve(
        other.sheet, subject=one.sheet.subject, lead=one.sheet.lead, items=one.sheet.items
    )
    _put(other, sheet=sheet, _formed_on=one.formed_on)


def _spoil_above(found: Found) -> None:
    one, other, *_ = (one for one in found.visits.values() if one.sheet.counts_toward_cap)
    found.above[one.sheet.lead] = frozenset({"上级部门"})
    sheet = evolve(other.sheet, subject=one.sheet.subject, items=one.sheet.items, lead="上级部门")
    _put(other, sheet=sheet, _formed_on=one.sheet.starts_on)


def _spoil_count(found: Found) -> None:
    key = _first(found.counted)
    found.counted[key] += 1


def _spoil_draw(found: Found) -> None:
    for draw in found.draws.values():
        if draw.assignment is not None:
            fewer = evolve(draw.assignment, visits=draw.assignment.visits[1:])
            _put(draw, _assignment=fewer)


def _spoil_publication(found: Found) -> None:
    one = next(
        one for one in found.publications.values()
        if one.state is PublicationState.SHOWN and not one.withdrawals
        and one.id not in found.meant_late
    )  # fmt: skip
    _put(one, _shown_on=one.due_on + timedelta(days=1))


def _spoil_claim(found: Found) -> None:
    one = next(one for one in found.tasks.values() if one.claim_due)
    _put(one, _claim_due=one.dispatched_at)


def _spoil_states(found: Found) -> None:
    one = next(one for one in found.tasks.values() if one.state in _OVER)
    _put(found.visits_of[one.id][0], _state=VisitState.STARTED)


def _spoil_archive(found: Found) -> None:
    found.manifests[_first(found.manifests)] = "00"


def _spoil_order(found: Found) -> None:
    order = found.orders_of[_with_findings(found).id][0]
    look = evolve(order.rechecks[0], officers=order.rechecks[0].officers[:1])
    _put(order, _rechecks=(look, *order.rechecks[1:]))


def _spoil_transfer(found: Found) -> None:
    one = next(
        one for one in found.transfers.values()
        if TransferState.SENT in {each.state for each in one.steps}
    )  # fmt: skip
    _put(one, _steps=tuple(each for each in one.steps if each.state is not TransferState.APPROVED))


def _spoil_clue(found: Found) -> None:
    one = next(one for one in found.clues.values() if one.answers)
    _put(one, _answers=())


def _spoil_plan(found: Found) -> None:
    one = next(one for one in found.plans.values() if one.state is PlanState.SETTLED)
    _put(one, _displayed=None)


def _spoil_order_of_list(found: Found) -> None:
    found.orderings["tasks.task"].append("fines")


def _spoil_told(name: str) -> Callable[[Found], None]:
    def spoil(found: Found) -> None:
        getattr(found, name).append("另有一处")

    return spoil


CHECKS: Final = (
    Check("每次检查由两名以上持有效证件的执法人员进行", "行政处罚法 第42条", _two_certified,
          _spoil_officers),
    Check("与被检查对象有利害关系的人员回避", "行政处罚法 第43条", _no_conflict, _spoil_conflict),
    Check("先批准后检查，紧急的先分发后补批", "国办发〔2024〕54号", _approved_first,
          _spoil_approval),
    Check("不超过公布的年度检查频次上限", "国办发〔2024〕54号", _within_cap, _spoil_cap),
    Check("上级部门检查后三个月内不重复检查同一事项", "食品生产经营监督检查管理办法 第42条",
          _not_after_above, _spoil_above),
    Check("平台统计的检查次数与检查逐次相加一致", "", _counts_of_checks, _spoil_count),
    Check("日常检查的对象和人员出自抽取", "优化营商环境条例 第54条", _drawn, _spoil_draw),
    Check("检查结果形成后20个工作日内公示", "食品生产经营监督检查管理办法 第39条",
          _published_in_time, _spoil_publication),
    Check("3个工作日内认领，逾期的有催办", "建设方案 6.4.2.5.2.5", _claimed_in_time,
          _spoil_claim),
    Check("任务、部门任务、检查、整改、公示的状态相符", "", _states_agree, _spoil_states),
    Check("归档后没有改动", "", _archives_unchanged, _spoil_archive),
    Check("发现的问题都责令改正，复查由两人进行，结果与办结相符", "行政处罚法 第28条",
          _put_right, _spoil_order),
    Check("移送由两人报告，经批准后移送", "行政执法机关移送涉嫌犯罪案件的规定 第5条",
          _transfers_lawful, _spoil_transfer),
    Check("线索期限按工作日计算，有结果才办结", "市场监督管理投诉举报处理暂行办法 第14条、第23条",
          _clues_ended_well, _spoil_clue),
    Check("计划经公示、异议有答复才确定，任务在计划期间内", "", _plans_heard, _spoil_plan),
    Check("没有一个列表可以按罚没排序", "国办发〔2024〕54号", _not_by_money, _spoil_order_of_list),
    Check("违反规定的办理都被拒绝", "", _told("not_refused"), _spoil_told("not_refused")),
    Check("待办与业务对象一致", "", _told("todos"), _spoil_told("todos")),
    Check("统计与业务对象一致", "", _told("miscounts"), _spoil_told("miscounts")),
    Check("审计日志首尾相连，与库中内容一致", "网络安全法 第21条", _told("log"),
          _spoil_told("log")),
    Check("没有送不到的事件", "", _told("letters"), _spoil_told("letters")),
)  # fmt: skip
