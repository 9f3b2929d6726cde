"""结果公开: show, withhold, withdraw, correct."""

from datetime import date
from typing import Final

from attrs import field, frozen

from supervision_core.identity.services import Deeds, Work, does
from supervision_core.kernel.fields import said
from supervision_core.subjects.ports import Subjects
from supervision_core.tasks.model.publication import Publication, PublicSubject, shown_result
from supervision_core.tasks.ports import Publications, Tasks, Visits


def _publication(work: Work, visit_id: str) -> Publication:
    return work.reached(Publications, visit_id)


@frozen(kw_only=True)
class PublishResult:
    """A visit's result, and the last day of its display."""

    visit_id: str = field(metadata=said("检查对象任务的编号", example="0123abcd", to="publication"))
    until: date = field(metadata=said("公示截止日期", example="2027-09-30"))


_PUBLICATION: Final = Deeds(Publications, Publication)
publish_result = _PUBLICATION.does(
    "show", PublishResult, "Show a result to the public, without personal data.", answer=None
)


@frozen(kw_only=True)
class WithholdResult:
    """A visit's result, and why it is not shown."""

    visit_id: str = field(metadata=said("检查对象任务的编号", example="0123abcd", to="publication"))
    reason: str = field(metadata=said("不公示的理由", example="涉及商业秘密", long=True))


withhold_result = _PUBLICATION.does(
    "withhold", WithholdResult, "Decide, for a reason, not to show a result.", answer=None
)


@frozen(kw_only=True)
class WithdrawResult:
    """A shown result, and why it is taken back."""

    visit_id: str = field(metadata=said("检查对象任务的编号", example="0123abcd", to="publication"))
    reason: str = field(metadata=said("撤回理由", example="检查结果有误", long=True))


withdraw_result = _PUBLICATION.does(
    "withdraw", WithdrawResult,
    "Take a shown result back, for a reason; what was shown is kept.",
    answer=None,
)  # fmt: skip


@does(Publication, "correct")
def correct_result(work: Work, cmd: PublishResult) -> None:
    """Show a withdrawn result again, made anew from the visit and the corrected register."""
    found = _publication(work, cmd.visit_id)
    visit = work[Visits].get(found.id)
    subject = work[Subjects].get(visit.sheet.subject)
    task = work[Tasks].get(found.task)
    shown = shown_result(
        visit, subject=PublicSubject.of(subject), task_name=task.sheet.name,
        scene=task.sheet.scene,
    )  # fmt: skip
    found.correct(shown, until=cmd.until, at=work.now)
    work.save(Publications, found)
