"""消息规则: the members of a review group are told of an evaluation that they will review."""

from typing import Final

from supervision_core.assessment.model.rounds import RoundPublished
from supervision_core.identity.model import Audience, Telling, fact

TELLINGS: Final = (
    Telling(
        RoundPublished,
        "评价工单",
        "评价“{batch}”已发布，您是评审小组成员。可以查看各对象的评价结果，征求意见时请反馈。",
        Audience(officers=fact("reviewers")),
    ),
)
"""Everything about evaluations that somebody is told."""
