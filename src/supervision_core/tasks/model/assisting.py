"""What people of third parties do around a visit: they come, hand over, and report problems."""

from datetime import datetime
from enum import StrEnum

from attrs import frozen


@frozen(kw_only=True)
class Arrival:
    """协助签到 (Arrival): an assistant came, by scanning the firm's code or with a reason why not.

    It begins no check: that only officers do. Source: proposal 6.4.2.5.3.7.2.
    """

    by: str
    at: datetime
    scanned: bool
    reason: str = ""


@frozen(kw_only=True)
class AssistanceHandover:
    """任务移交 (AssistanceHandover): one assistant hands his visit to another of his institution.

    Source: proposal 6.4.2.5.3.7.2.
    """

    old: str
    new: str
    reason: str
    at: datetime


class ProblemState(StrEnum):
    """Whether the department has answered a reported problem."""

    REPORTED = "reported"
    ANSWERED = "answered"


@frozen(kw_only=True)
class ReportedProblem:
    """问题反馈 (ReportedProblem): what an assistant lets a department of the visit know.

    It is no finding; ``item`` is the item of the visit that it is about, empty for none.
    Source: proposal 6.4.2.5.3.7.4.
    """

    id: str
    department: str
    item: str
    text: str
    by: str
    at: datetime
    files: tuple[str, ...] = ()
    state: ProblemState = ProblemState.REPORTED
    answer: str = ""
    answered_by: str = ""
    answered_at: datetime | None = None
