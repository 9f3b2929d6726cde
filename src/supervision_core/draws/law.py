"""What the law demands of whom to check, and by whom."""

from typing import Final

from supervision_core.kernel.law import LegalRule

_BUSINESS = "优化营商环境条例 第54条"

LAW: Final = (
    LegalRule(
        demand="随机抽取检查对象：名单和规则先冻结，各方的随机数先锁定后公开，机会和人工增减写入证明",
        sources=(_BUSINESS,),
        refusals=(
            "draws.commitment_used", "draws.nonce_differs", "draws.nonce_missing",
            "draws.deadline_passed",
        ),
    ),
    LegalRule(
        demand="随机选派执法人员，证件在检查当日、当地有效",
        sources=(_BUSINESS, "行政处罚法 第42条"),
        refusals=("draws.visits_differ",),
    ),
)  # fmt: skip
