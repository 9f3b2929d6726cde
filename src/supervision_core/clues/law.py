"""What the law demands of complaints and reports."""

from typing import Final

from supervision_core.clues.model import MORE_WORKING_DAYS, TERM_WORKING_DAYS, ClueKind
from supervision_core.kernel.law import LegalRule

_MEASURES = "市场监督管理投诉举报处理暂行办法"

LAW: Final = (
    LegalRule(
        demand="收到投诉后决定是否受理",
        sources=(f"{_MEASURES} 第14条",),
        term=f"{TERM_WORKING_DAYS[ClueKind.COMPLAINT]}个工作日",
    ),
    LegalRule(
        demand="收到举报线索后核查",
        sources=(f"{_MEASURES} 第23条",),
        term=f"{TERM_WORKING_DAYS[ClueKind.REPORT]}个工作日",
    ),
    LegalRule(
        demand="核查举报的期限可以延长一次",
        sources=(f"{_MEASURES} 第23条",),
        refusals=("clues.extended_already",),
        term=f"{MORE_WORKING_DAYS}个工作日",
    ),
)
