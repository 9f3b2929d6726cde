"""What the law demands of the log."""

from typing import Final

from supervision_core.audit.model.policy import SHORTEST
from supervision_core.kernel.law import LegalRule

LAW: Final = (
    LegalRule(
        demand="网络日志留存不少于六个月",
        sources=("网络安全法 第21条",),
        refusals=("audit.retention_too_short",),
        term=f"{SHORTEST.days}天",
    ),
)
