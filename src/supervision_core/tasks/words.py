"""The Chinese titles of the context's code lists, for screens, documents and workbooks."""

from collections.abc import Mapping
from enum import StrEnum

from supervision_core.tasks.model.publication import PublicationState
from supervision_core.tasks.model.rectification import RecheckResult, RectificationState
from supervision_core.tasks.model.results import ItemOutcome, Measure, Outcome, PendingMatter
from supervision_core.tasks.model.sheet import PartState, TaskKind, TaskState
from supervision_core.tasks.model.visit import VisitState

TITLES: Mapping[type[StrEnum], Mapping[str, str]] = {
    TaskKind: {
        TaskKind.ROUTINE: "日常检查",
        TaskKind.SPECIAL: "专项检查",
        TaskKind.CASE: "个案检查",
    },
    TaskState: {
        TaskState.DRAFTED: "起草",
        TaskState.CONSULTING: "征求意见",
        TaskState.READY: "待分发",
        TaskState.DISPATCHED: "待认领",
        TaskState.IN_PROGRESS: "执行中",
        TaskState.CLOSED: "已办结",
        TaskState.ARCHIVED: "已归档",
        TaskState.PUBLISHED: "已公开",
        TaskState.DELETED: "已删除",
    },
    PartState: {
        PartState.PENDING: "待认领",
        PartState.DECLINED: "不参与",
        PartState.CLAIMED: "已认领",
        PartState.CLOSED: "已办结",
    },
    VisitState: {
        VisitState.ASSIGNED: "待检查",
        VisitState.STARTED: "检查中",
        VisitState.SIGNED: "已签字",
        VisitState.COMPLETED: "已反馈",
    },
    ItemOutcome: {
        ItemOutcome.PASSED: "合格",
        ItemOutcome.FAILED: "不合格",
        ItemOutcome.NOT_CHECKED: "未检查",
        ItemOutcome.NOT_APPLICABLE: "合理缺项",
    },
    Outcome: {
        Outcome.NO_PROBLEM: "未发现问题",
        Outcome.CORRECTED: "发现问题已责令改正",
        Outcome.PENDING: "发现问题待后续处理",
        Outcome.NO_ACTIVITY: "未发现开展本次抽查涉及的经营活动",
        Outcome.CLOSED_DOWN: "已关闭停业或正在组织清算",
        Outcome.UNCOOPERATIVE: "不配合检查情节严重",
        Outcome.DEREGISTERED: "注销",
        Outcome.LICENCE_REVOKED: "被吊销",
        Outcome.REGISTRATION_ANNULLED: "被撤销",
        Outcome.MOVED_AWAY: "迁出",
    },
    PendingMatter: {
        PendingMatter.NOT_DISCLOSED: "未按规定公示应当公示的信息",
        PendingMatter.FALSE_DISCLOSURE: "公示信息隐瞒真实情况弄虚作假",
        PendingMatter.UNREACHABLE: "通过登记的住所（经营场所）无法联系",
        PendingMatter.OTHER_BREACH: "违反其他规定的行为",
    },
    Measure: {
        Measure.CORRECT_ON_SPOT: "责令改正（当场整改）",
        Measure.CORRECT_IN_TERM: "责令改正（限期整改）",
        Measure.GUIDANCE: "行政指导",
        Measure.PENALTY_PROCEDURE: "转行政处罚",
        Measure.COERCION: "采取行政强制措施",
        Measure.OTHER: "其他处理措施",
    },
    RecheckResult: {
        RecheckResult.NO_PROBLEM: "未发现问题",
        RecheckResult.GUIDANCE: "发现问题做出行政指导",
        RecheckResult.ORDERED_AGAIN: "发现问题做出责令整改等行政命令",
        RecheckResult.TRANSFER: "发现问题并具备移交执法线索条件",
    },
    RectificationState: {
        RectificationState.ORDERED: "待送达",
        RectificationState.DELIVERED: "待整改",
        RectificationState.REPORTED: "待复查",
        RectificationState.CORRECTED: "复查通过",
        RectificationState.DONE: "已整改",
        RectificationState.TRANSFERRED: "已移交",
    },
    PublicationState: {
        PublicationState.DUE: "待公开",
        PublicationState.SHOWN: "公示中",
        PublicationState.WITHHELD: "不公开",
        PublicationState.WITHDRAWN: "已撤回",
    },
}


def title(value: StrEnum) -> str:
    """Give the Chinese title of a value of one of the lists. Raises ``KeyError`` for others."""
    return TITLES[type(value)][value]
