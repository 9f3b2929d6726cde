"""任务全流程: what happened in a task from its draft to the display of its results, in order."""

from collections.abc import Iterator
from datetime import datetime

from attrs import frozen

from supervision_core.tasks.model.publication import Publication
from supervision_core.tasks.model.rectification import ENTERED_FOR_FIRM, Rectification
from supervision_core.tasks.model.review import Review
from supervision_core.tasks.model.task import Task
from supervision_core.tasks.model.transfer import VERBS as TRANSFER
from supervision_core.tasks.model.transfer import Transfer
from supervision_core.tasks.model.visit import Visit


@frozen(kw_only=True)
class Happened:
    """任务事件 (Happened): one step of a task: what, by which department or officer, about what.

    ``by`` is an account, ``officer`` an officer; empty where nobody in particular did it.
    """

    at: datetime
    step: str
    note: str = ""
    department: str = ""
    by: str = ""
    officer: str = ""
    subject: str = ""


@frozen(kw_only=True)
class TaskFile:
    """任务档案 (TaskFile): a task with everything that followed from it."""

    task: Task
    visits: tuple[Visit, ...] = ()
    rectifications: tuple[Rectification, ...] = ()
    transfers: tuple[Transfer, ...] = ()
    reviews: tuple[Review, ...] = ()
    publications: tuple[Publication, ...] = ()

    @property
    def chronicle(self) -> tuple[Happened, ...]:
        """What happened, oldest first. Source: proposal 6.4.2.5.2.7."""
        subjects = {one.id: one.sheet.subject for one in self.visits}
        found = [
            *_of_task(self.task),
            *(each for one in self.visits for each in _of_visit(one)),
            *(each for one in self.rectifications for each in _of_rectification(one)),
            *(each for one in self.transfers for each in _of_transfer(one)),
            *(each for one in self.reviews for each in _of_review(one, subjects)),
        ]
        return tuple(sorted(found, key=lambda one: one.at))


def _at(at: datetime | None, step: str, **told: str) -> Iterator[Happened]:
    if at is not None:
        yield Happened(at=at, step=step, **told)


def _of_task(task: Task) -> Iterator[Happened]:
    lead = task.sheet.lead
    yield from _at(task.created_at, "起草任务", department=lead)
    if task.approval is not None:
        yield from _at(task.approval.at, "批准检查", department=lead, by=task.approval.by)
    yield from _at(task.dispatched_at, "分发任务", department=lead, note=task.urgent_because)
    for part in task.parts:
        if (said := part.opinion) is not None:
            step = "反馈意见：参与" if said.participates else "反馈意见：不参与"
            yield Happened(
                at=said.at, step=step, department=part.department, by=said.by, note=said.changes
            )
            if (answer := said.answer) is not None:
                step = "采纳会商意见" if answer.adopted else "未采纳会商意见"
                yield Happened(at=answer.at, step=step, department=lead, by=answer.by,
                               note=answer.text)  # fmt: skip
        yield from _at(part.claimed_at, "认领任务", department=part.department, by=part.claimed_by)
        yield from _at(
            part.closed_at, "办结部门任务", department=part.department, by=part.closed_by
        )
    for one in task.urgings:
        yield Happened(at=one.at, step="督办", department=one.department, by=one.by, note=one.text)
        yield from _at(one.answered_at, "督办反馈", department=one.department, note=one.answer)
    for drawn in task.review_draws:
        note = f"从{len(drawn.candidates)}户中抽取{len(drawn.picks)}户"
        yield Happened(at=drawn.at, step="抽取任务复核", department=lead, by=drawn.by, note=note)
    yield from _at(task.closed_at, "统一办结", department=lead)
    elsewhere = task.manifest_elsewhere
    note = f"；另行制作的档案{elsewhere}，未经核对" if elsewhere else ""
    yield from _at(task.archived_at, "归档", department=lead, note=f"{task.manifest}{note}")


def _of_visit(visit: Visit) -> Iterator[Happened]:
    subject = visit.sheet.subject
    if visit.started is not None:
        yield Happened(
            at=visit.started.at, step="开始检查", officer=visit.started.by, subject=subject,
            note=visit.started.reason,
        )  # fmt: skip
    for one in visit.replacements:
        yield Happened(at=one.at, step="人员替换", by=one.by, subject=subject, note=one.reason)
    for each in visit.adjustments:
        yield Happened(at=each.at, step="增减检查人员", by=each.by, subject=subject,
                       note=each.reason)  # fmt: skip
    for found in visit.repeated:
        yield Happened(
            at=found.at, step="照片与其他检查相同", by=found.by, subject=subject,
            note=f"与检查{found.number}的照片相同",
        )  # fmt: skip
    for asked in visit.extensions:
        yield Happened(
            at=asked.asked_at, step="申请延期", department=asked.department, officer=asked.by,
            subject=subject, note=asked.reason,
        )  # fmt: skip
        yield from _at(
            asked.decided_at, "审核延期", by=asked.decided_by, subject=subject, note=asked.answer
        )
    if visit.conclusion is not None:
        yield Happened(
            at=visit.conclusion.at, step="作出检查结论", officer=visit.conclusion.by,
            subject=subject, note=visit.conclusion.note,
        )  # fmt: skip
    if visit.signatures is not None:
        yield Happened(at=visit.signatures.at, step="检查签字", subject=subject)


def _of_rectification(one: Rectification) -> Iterator[Happened]:
    told = {"department": one.sheet.department, "subject": one.sheet.subject}
    yield Happened(at=one.ordered_at, step="责令改正", note=one.sheet.number, **told)
    if one.delivery is not None:
        yield Happened(at=one.delivery.at, step="送达责令改正文书", by=one.delivery.by, **told)
    for sent in one.delivered_again:
        yield Happened(at=sent.at, step="再次送达责令改正文书", by=sent.by, **told)
    if (taken_back := one.withdrawal) is not None:
        yield Happened(
            at=taken_back.at, step="撤回责令改正", by=taken_back.by, note=taken_back.reason, **told
        )
    for report in one.reports:
        step = "企业反馈整改" + (f"（{ENTERED_FOR_FIRM}）" if report.entered_by else "")
        yield Happened(at=report.at, step=step, by=report.entered_by, note=report.text, **told)
    for given in one.extensions:
        step = f"延长整改期限：{given.old_due}至{given.new_due}"
        yield Happened(at=given.at, step=step, by=given.by, note=given.reason, **told)
    for again in one.rechecks:
        yield Happened(at=again.at, step="整改复查", note=again.note, **told)


def _of_transfer(one: Transfer) -> Iterator[Happened]:
    for step in one.steps:
        yield Happened(
            at=step.at, by=step.by, department=one.sheet.department, subject=one.sheet.subject,
            step=f"移交执法：{TRANSFER.states[step.state]}"
            + (f"（{step.entered}）" if step.entered else ""),
            note=step.note,
        )  # fmt: skip


def _of_review(one: Review, subjects: dict[str, str]) -> Iterator[Happened]:
    subject = one.subject or subjects.get(one.visit, "")
    if (picked := one.handpicked) is not None:
        yield Happened(
            at=picked.at, step="指定任务复核（未经抽取）", by=picked.by, subject=subject,
            department=one.department, note=picked.reason,
        )  # fmt: skip
    if (found := one.result) is not None:
        step = "任务复核：一致" if found.agrees else "任务复核：不一致"
        yield Happened(at=found.at, step=step, officer=found.by, subject=subject, note=found.note)
