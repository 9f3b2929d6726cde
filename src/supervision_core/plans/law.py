"""What the law demands of the plan of a year's checks."""

from typing import Final

from supervision_core.kernel.law import LegalRule

_OPINION = "国办发〔2024〕54号"

LAW: Final = (
    LegalRule(
        demand="只计划检查已公布的监管事项",
        sources=(_OPINION,),
        refusals=("plans.matter_unpublished",),
    ),
    LegalRule(
        demand="公布对同一企业的年度检查频次上限，不超过上限；因线索、应企业申请的检查和上级部署的专项检查除外",
        sources=(_OPINION,),
        refusals=("plans.cap_reached",),
    ),
    LegalRule(
        demand="多个部门同月计划检查同一企业的，建议合并为一次",
        sources=(_OPINION, "优化营商环境条例 第54条"),
    ),
)
