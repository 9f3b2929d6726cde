"""The Chinese titles of the context's code lists, for screens, documents and workbooks."""

from collections.abc import Mapping
from enum import StrEnum

from supervision_core.draws.model.changes import CHANGE_TITLES
from supervision_core.draws.model.staffing import LEAST_OFFICERS
from supervision_core.kernel.tones import bad, good, over, waiting
from supervision_core.tasks.model import publication, rectification, task, visit
from supervision_core.tasks.model.claim_draw import ClaimDraw, UnstaffedSubject
from supervision_core.tasks.model.grounds import VisitGround
from supervision_core.tasks.model.letters import LetterState
from supervision_core.tasks.model.opening import GROUND_TITLES
from supervision_core.tasks.model.presence import (
    ConfirmationWay,
    PlaceProof,
    ReplacementCause,
    WaiverGround,
)
from supervision_core.tasks.model.publication import (
    PublicationState,
    WithdrawalGround,
    WithholdingGround,
)
from supervision_core.tasks.model.rectification import RecheckResult, RectificationState
from supervision_core.tasks.model.results import ItemOutcome, Measure, Outcome, PendingMatter
from supervision_core.tasks.model.sealing import SealingGround, SealingState
from supervision_core.tasks.model.sheet import (
    OpinionState,
    PartState,
    StaffedAt,
    TaskKind,
    TaskState,
)
from supervision_core.tasks.model.term_warning import WarningState
from supervision_core.tasks.model.transfer import TransferKind
from supervision_core.tasks.model.visit import VisitState
from supervision_core.tasks.model.warnings import WarningKind

TITLES: Mapping[type[StrEnum], Mapping[str, str]] = {
    TaskKind: {
        TaskKind.ROUTINE: "日常检查",
        TaskKind.SPECIAL: "专项检查",
        TaskKind.CASE: "个案检查",
    },
    StaffedAt: {
        StaffedAt.BEFORE: "下发前抽取",
        StaffedAt.CLAIM: "认领时由部门抽取",
    },
    VisitGround: GROUND_TITLES,
    PlaceProof: {
        PlaceProof.FIRM: good("企业扫码核对"),
        PlaceProof.POSTED: good("张贴码、位置和照片"),
        PlaceProof.FAR: bad("未证明，位置远离登记地址"),
        PlaceProof.REASON: waiting("未证明，写明理由"),
        PlaceProof.NONE: bad("未证明"),
    },
    WaiverGround: {
        WaiverGround.CLOSED: "停业、歇业",
        WaiverGround.GONE: "查无此处、已迁出",
        WaiverGround.DEREGISTERED: "已注销、被吊销",
        WaiverGround.FORCE_MAJEURE: "不可抗力",
        WaiverGround.SUSPENDED: "依法中止检查",
    },
    SealingGround: {
        SealingGround.PERSONAL: "涉及个人信息、个人隐私",
        SealingGround.MINOR: "涉及未成年人",
        SealingGround.BYSTANDER: "拍到与检查无关的人",
    },
    SealingState: visit.VERBS.parts[2].states,
    TaskState: task.VERBS.states,
    PartState: task.VERBS.parts[0].states,
    OpinionState: task.VERBS.parts[1].states,
    VisitState: visit.VERBS.states,
    WarningKind: {
        WarningKind.CLAIM_OVERDUE: "认领超期",
        WarningKind.RESULT_DUE_SOON: "反馈即将超期",
        WarningKind.RESULT_OVERDUE: "反馈超期",
        WarningKind.RECTIFICATION_OVERDUE: "整改超期",
        WarningKind.PUBLICATION_OVERDUE: "公示超期",
    },
    WarningState: {
        WarningState.OPEN: bad("预警中"),
        WarningState.SUPERVISED: waiting("已督办"),
        WarningState.ANSWERED: "已反馈",
        WarningState.OVER: over("已解除"),
    },
    TransferKind: {
        TransferKind.ENFORCEMENT: "移交执法",
        TransferKind.CRIMINAL: "涉嫌犯罪移送",
    },
    ConfirmationWay: {
        ConfirmationWay.ACCOUNT: "本人账号",
        ConfirmationWay.PIN: "同机确认（在记录人手机上用口令）",
    },
    ReplacementCause: {
        ReplacementCause.ABSENCE: "缺勤",
        ReplacementCause.RECUSAL: "回避",
        ReplacementCause.OTHER: "其他",
    },
    ItemOutcome: {
        ItemOutcome.PASSED: "未发现问题",
        ItemOutcome.FAILED: "发现问题",
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
    RectificationState: rectification.VERBS.states,
    LetterState: {
        LetterState.WAITING: waiting("待发送"),
        LetterState.SENT: waiting("待签收"),
        LetterState.OPENED: good("已签收"),
    },
    PublicationState: publication.VERBS.states,
    WithholdingGround: {
        WithholdingGround.STATE_SECRET: "国家秘密",
        WithholdingGround.SAFETY: "公开可能危及国家安全、公共安全、经济安全、社会稳定",
        WithholdingGround.TRADE_SECRET: "商业秘密",
        WithholdingGround.PRIVACY: "个人隐私",
        WithholdingGround.CASE_FILE: "行政执法案卷信息，公开会影响正在办理的案件",
    },
    WithdrawalGround: {
        WithdrawalGround.ANNULLED: "所依据的决定被依法变更、撤销、确认违法或者确认无效",
        WithdrawalGround.MISTAKEN: "公示内容有误",
    },
}


def title(value: StrEnum) -> str:
    """Give the Chinese title of a value of one of the lists. Raises ``KeyError`` for others."""
    return TITLES[type(value)][value]


def claim_words(drawn: ClaimDraw) -> str:
    """Say out of how many a department drew, what had changed among them, and who kept away."""
    said = f"参加抽取{len(drawn.candidates)}人，每户派{drawn.count}人"
    if drawn.staff:
        team = "，从一个执法小组中抽取" if drawn.team else ""
        said = f"执法人员{drawn.staff}人{team}，{said}"
    kept = [
        f"{title_}：{drawn.changes[kind]}"
        for kind, title_ in CHANGE_TITLES.items() if drawn.changes.get(kind)
    ]  # fmt: skip
    if kept:
        said += f"；任务分发以来{'，'.join(kept)}"
    if drawn.recusals:
        said += f"；回避{len(drawn.recusals)}人次"
    return said


def why_unstaffed(one: UnstaffedSubject, drawn: ClaimDraw) -> str:
    """Say why a draw found too few officers for a subject."""
    barred = [
        f"须回避的{one.recused}人" if one.recused else "",
        f"没有在{drawn.day_of(one.subject)}有效、含该对象所在区划的执法证的{one.uncertified}人"
        if one.uncertified
        else "",
    ]
    lack = "，".join(filter(None, barred)) or f"参加抽取的共{len(drawn.candidates)}人"
    return f"需派{one.needed}人，可派的有{one.fit}人：{lack}"


def way_out(one: UnstaffedSubject, drawn: ClaimDraw) -> str:
    """Say what helps where a draw found too few officers for a subject."""
    fewer = one.fit >= (LEAST_OFFICERS if one.subject in drawn.alone else 1)
    ways = [
        "换用其他小组或者本部门全部执法人员" if drawn.team else "",
        "增加小组人员" if drawn.team else "登记或恢复本部门执法人员",
        "补充执法证" if one.uncertified else "",
        f"把每户派出的人数减为{one.fit}人" if fewer else "",
    ]
    return (
        f"{'、'.join(filter(None, ways))}，再抽取；"
        "本部门确实无人可派的，请牵头部门协调其他部门借调人员，登记到本部门后再抽取"
    )
