"""消息规则: which events of tasks and of what follows from them tell whom, in which words."""

from collections.abc import Iterable
from typing import Final

from supervision_core.identity.model import Audience, Telling, Told, fact
from supervision_core.subjects.ports import Subjects
from supervision_core.tasks.model import events
from supervision_core.tasks.model.term_warning import TermPassed, WarningIssued
from supervision_core.tasks.ports import Visits


def _lead(told: Told) -> Iterable[str]:
    return (told.thing.sheet.lead,)


def _leading(told: Told) -> Iterable[str]:
    return (told.thing.lead,)


def _departments(told: Told) -> Iterable[str]:
    found: frozenset[str] = told.thing.departments
    return found


def _department(told: Told) -> Iterable[str]:
    return (told.thing.sheet.department,)


def _receiver(told: Told) -> Iterable[str]:
    return filter(None, (told.thing.sheet.receiver,))


def _inspectors(told: Told) -> Iterable[str]:
    return [one.id for one in told.thing.officers]


def _named_inspectors(told: Told) -> Iterable[str]:
    """Give who was named when the visit was opened: those drawn at the claim are told then."""
    return [] if told.thing.sheet.drawn_at_claim else _inspectors(told)


def _inspectors_of_visit(told: Told) -> Iterable[str]:
    visit = told.load(Visits.kind, told.thing.sheet.visit)
    return [one.id for one in visit.officers]


def _firm(told: Told) -> Iterable[str]:
    found: frozenset[str] = told.load(Subjects.kind, told.thing.sheet.subject).parties
    return found


TELLINGS: Final = (
    Telling(
        events.TaskConsulted,
        "征求意见",
        "检查任务“{thing}”征求意见，请在{due_on}前反馈。",
        Audience(departments=fact("departments"), permission="tasks.give_opinion"),
    ),
    Telling(
        events.TaskDispatched,
        "待认领任务",
        "检查任务“{thing}”已分发，请在{claim_due}前认领。",
        Audience(departments=fact("departments"), permission="tasks.claim"),
    ),
    Telling(
        events.PartClaimed,
        "任务已认领",
        "{department}已认领检查任务“{thing}”。",
        Audience(departments=_lead, permission="tasks.dispatch"),
    ),
    Telling(
        events.PartUrged,
        "任务督办",
        "检查任务“{thing}”已超期，牵头部门督办，请尽快办理并反馈。",
        Audience(departments=fact("department"), permission="tasks.answer_urging"),
    ),
    Telling(
        events.PartClosed,
        "部门已办结",
        "{department}已办结检查任务“{thing}”中本部门的部分。",
        Audience(departments=_lead, permission="tasks.close"),
    ),
    Telling(
        events.TaskClosed,
        "任务已办结",
        "检查任务“{thing}”已办结。",
        Audience(departments=_departments, permission="tasks.close_part"),
    ),
    Telling(
        events.VisitOpened,
        "新的现场检查",
        "您被指派检查“{subject}”（{thing}）。",
        Audience(officers=_named_inspectors),
    ),
    Telling(
        events.OfficersDrawn,
        "新的现场检查",
        "您被指派检查“{subject}”（{thing}）。",
        Audience(officers=fact("officers")),
    ),
    Telling(
        events.OfficerReplaced,
        "新的现场检查",
        "您接替其他执法人员参加现场检查{thing}。",
        Audience(officers=fact("new")),
    ),
    Telling(
        events.AssistanceHandedOver,
        "移交给您的三方任务",
        "现场检查{thing}已移交给您协助，请按时办理。",
        Audience(users=fact("new")),
    ),
    Telling(
        events.ProblemReported,
        "第三方问题反馈",
        "第三方人员在协助现场检查{thing}时反馈了问题，请答复。",
        Audience(departments=fact("department"), permission="tasks.answer_problem",
                 officers=_inspectors),
    ),
    Telling(
        events.ExtensionAsked,
        "待审核的延期",
        "现场检查{thing}申请延期{days}天，请审核。",
        Audience(departments=_lead, permission="tasks.decide_extension"),
    ),
    Telling(
        events.ExtensionDecided,
        "延期审核结果",
        "现场检查{thing}的延期申请已审核，办理期限为{due_on}。",
        Audience(officers=_inspectors),
    ),
    Telling(
        events.VisitCompleted,
        "检查结果已形成",
        "“{subject}”的检查结果已形成（{thing}）。",
        Audience(departments=_lead, permission="tasks.dispatch"),
    ),
    Telling(
        events.RectificationOrdered,
        "责令改正",
        "“{subject}”被责令改正（{thing}），请在{due_on}前整改并提交整改报告。",
        Audience(
            departments=_department, permission="tasks.finish_rectification", parties=_firm
        ),
    ),
    Telling(
        events.RectificationWithdrawn,
        "责令改正已撤回",
        "“{subject}”的责令改正（{thing}）已撤回，不需要整改。",
        Audience(
            departments=_department, permission="tasks.finish_rectification", parties=_firm
        ),
    ),
    Telling(
        events.LetterOpened,
        "文书已签收",
        "“{subject}”已签收责令改正文书（{rectification}）。",
        Audience(departments=_department, permission="tasks.finish_rectification"),
    ),
    Telling(
        events.RectificationReported,
        "待复查的整改",
        "“{subject}”已提交整改报告（{thing}），请复查。",
        Audience(officers=_inspectors_of_visit, departments=_department,
                 permission="tasks.finish_rectification"),
    ),
    Telling(
        events.RectificationFinished,
        "整改已办结",
        "“{subject}”的整改已办结（{thing}）。",
        Audience(parties=_firm, departments=_department,
                 permission="tasks.finish_rectification"),
    ),
    Telling(
        WarningIssued,
        "期限预警",
        "检查任务“{task}”{what}，办理期限为{due_on}，请尽快办理。",
        Audience(departments=fact("department"), permission="tasks.answer_supervision"),
    ),
    Telling(
        TermPassed,
        "超期预警",
        "{department}办理检查任务“{task}”{what}，办理期限为{due_on}。",
        Audience(departments=fact("department"), permission="tasks.answer_supervision"),
        Audience(departments=fact("department"), permission="tasks.approve"),
        Audience(departments=_leading, permission="tasks.supervise"),
    ),
    Telling(
        events.WithdrawalProposed,
        "待答复的撤回申请",
        "{department}申请撤回“{subject}”检查结果的公示，请在{due_on}前答复。",
        Audience(departments=_leading, permission="tasks.withdraw_result"),
    ),
    Telling(
        events.WithdrawalDeclined,
        "不同意撤回公示",
        "“{subject}”检查结果的公示不予撤回：{reason}",
        Audience(departments=_departments, permission="tasks.propose_withdrawal"),
    ),
    Telling(
        events.ResultWithheld,
        "检查结果不予公示",
        "“{subject}”的检查结果不予公示：{reason}",
        Audience(departments=_departments, permission="tasks.publish_result"),
    ),
    Telling(
        events.ResultWithdrawn,
        "公示的结果已撤回",
        "“{subject}”检查结果的公示已撤回：{reason}",
        Audience(departments=_departments, permission="tasks.publish_result"),
    ),
    Telling(
        events.TransferMade,
        "移交执法",
        "现场检查{visit}的案件已移送{to}，请接收部门受理或退回。",
        Audience(departments=_department, permission="tasks.send_transfer"),
        Audience(departments=_receiver, permission="tasks.accept_transfer"),
    ),
    Telling(
        events.TransferReturned,
        "案件退回",
        "移送的案件已退回，请依法处理。",
        Audience(departments=_department, permission="tasks.fill_transfer"),
    ),
)  # fmt: skip
"""Everything about tasks, visits, rectifications and transfers that somebody is told."""
REMINDED: Final = frozenset({
    events.TaskConsulted, events.TaskDispatched, events.PartUrged, events.VisitOpened,
    events.OfficersDrawn, events.OfficerReplaced,
})  # fmt: skip
"""检查任务通知: of these, departments and officers are told by short message too (F100)."""
