"""What the law demands of a check, and of what follows from it."""

from typing import Final

from supervision_core.kernel.law import LegalRule
from supervision_core.tasks.model.opening import CHECKED_ABOVE_WITHIN_MONTHS
from supervision_core.tasks.model.publication import PUBLISH_WITHIN_WORKING_DAYS
from supervision_core.tasks.model.results import MIN_OFFICERS
from supervision_core.tasks.model.transfer import DEADLINES, TransferState

_PENALTY_LAW, _MEASURES = "行政处罚法", "食品生产经营监督检查管理办法"
CORRECTION_BASIS: Final = f"《中华人民共和国{_PENALTY_LAW}》第二十八条第一款"
"""By what law a firm is told to correct what is unlawful."""
_OPINION = "国办发〔2024〕54号"
_TRANSFER = "行政执法机关移送涉嫌犯罪案件的规定"


def _days(state: TransferState) -> str:
    return f"{DEADLINES[state].days}日"


LAW: Final = (
    LegalRule(
        demand=f"检查由{MIN_OFFICERS}名以上持有效执法证件的人员进行，复查也一样",
        sources=(f"{_PENALTY_LAW} 第42条", f"{_MEASURES} 第23条"),
        refusals=("tasks.officers_too_few", "tasks.officer_twice"),
    ),
    LegalRule(
        demand="与被检查对象有利害关系的人员回避",
        sources=(f"{_PENALTY_LAW} 第43条", f"{_MEASURES} 第23条"),
        refusals=("tasks.officer_recused",),
    ),
    LegalRule(
        demand="检查前经本机关负责人批准；依据线索或上级部署的，紧急时可以先分发，写明理由后补批，没有按期补批的向社会公开",
        sources=(_OPINION,),
        refusals=("tasks.approval_missing", "tasks.urgent_without_clue"),
    ),
    LegalRule(
        demand="只检查已公布的监管事项",
        sources=(_OPINION,),
        refusals=("plans.matter_unpublished",),
    ),
    LegalRule(
        demand="上级部门已检查的事项，下级部门不重复检查；因线索、应企业申请的检查和上级部署的专项检查除外",
        sources=(f"{_MEASURES} 第42条",),
        refusals=("tasks.checked_above",),
        term=f"{CHECKED_ABOVE_WITHIN_MONTHS}个月",
    ),
    LegalRule(
        demand="当事人拒绝签名的，注明原因，由见证人签名或录音录像",
        sources=(f"{_MEASURES} 第34条",),
        refusals=("tasks.refusal_reason_missing", "tasks.refusal_unwitnessed"),
    ),
    LegalRule(
        demand="检查结果形成后向社会公开",
        sources=(f"{_MEASURES} 第39条",),
        term=f"{PUBLISH_WITHIN_WORKING_DAYS}个工作日",
    ),
    LegalRule(
        demand="发现违法行为的，责令改正或者限期改正，并复查",
        sources=(f"{_PENALTY_LAW} 第28条", f"{_MEASURES} 第32条"),
        refusals=("tasks.findings_missing", "tasks.new_term_missing"),
    ),
    LegalRule(
        demand="涉嫌犯罪的，由两名以上执法人员核实并报告，移送的材料齐全",
        sources=(f"{_TRANSFER} 第5条", f"{_TRANSFER} 第6条"),
        refusals=(
            "tasks.reporters_too_few",
            "tasks.paper_missing_transfer_letter",
            "tasks.paper_missing_investigation_report",
            "tasks.paper_missing_list_of_articles",
        ),
    ),
    LegalRule(
        demand="涉嫌犯罪的，负责人接到报告后决定是否移送",
        sources=(f"{_TRANSFER} 第5条",),
        term=_days(TransferState.REPORTED),
    ),
    LegalRule(
        demand="决定移送的，向公安机关移送",
        sources=(f"{_TRANSFER} 第5条",),
        term=f"{DEADLINES[TransferState.APPROVED].total_seconds() / 3600:.0f}小时",
    ),
    LegalRule(
        demand="公安机关接受移送后审查是否立案",
        sources=(f"{_TRANSFER} 第8条",),
        term=_days(TransferState.SENT),
    ),
    LegalRule(
        demand="对不予立案的通知申请复议，公安机关作出决定",
        sources=(f"{_TRANSFER} 第9条",),
        term=_days(TransferState.REJECTED),
    ),
)
