"""消息规则: whoever started a job is told when it has ended."""

from typing import Final

from supervision_core.identity.model import Audience, Telling
from supervision_core.jobs.model import JobCameToNothing, JobDone, JobFailed

_AUTHOR: Final = Audience(users=lambda told: (told.thing.author,))
TELLINGS: Final = (
    Telling(JobDone, "后台作业已完成", "您发起的后台作业“{title}”已完成，请查看结果。", _AUTHOR),
    Telling(
        JobCameToNothing, "后台作业没有结果",
        "您发起的后台作业“{title}”{said}，请查看原因，按所列办法处理后重新发起。", _AUTHOR,
    ),
    Telling(
        JobFailed, "后台作业失败", "您发起的后台作业“{title}”没有完成，请查看原因后重试。", _AUTHOR
    ),
)  # fmt: skip
"""Everything about jobs that somebody is told."""
