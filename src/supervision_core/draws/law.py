"""What the law demands of whom to check, and by whom."""

from typing import Final

from supervision_core.kernel.law import LegalRule

_BUSINESS = "优化营商环境条例 第54条"

LAW: Final = (
    LegalRule(
        demand="随机抽取检查对象：名单和规则先冻结，随机数密封提交、截止后一并开启，每次抽取都有牵头部门系统"
        "以外的参与方或公开数值，机会和人工增减写入证明",
        sources=(_BUSINESS,),
        refusals=(
            "draws.no_outsider", "draws.public_value_required", "draws.round_too_short",
            "draws.deposit_late", "draws.commitment_used", "draws.outsider_missing",
            "draws.consent_missing", "draws.public_values_differ", "draws.nonce_differs",
            "draws.nonce_missing", "draws.deadline_passed",
        ),
    ),
    LegalRule(
        demand="随机选派执法人员，证件在检查当日、当地有效；认领时抽取和任务复核抽取没有外部参与方，"
        "运营平台的人可以事先算出预定数",
        sources=(_BUSINESS, "行政处罚法 第42条"),
        refusals=("draws.visits_differ",),
    ),
)  # fmt: skip
