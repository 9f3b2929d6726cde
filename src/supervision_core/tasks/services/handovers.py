"""移交执法, 行刑衔接 and 任务复核: cases that leave, and second looks."""

from attrs import field, frozen

from supervision_core.identity.services import Work, does, use_case
from supervision_core.kernel.errors import Violation
from supervision_core.kernel.fields import said
from supervision_core.officers.services import acting_officer
from supervision_core.tasks.model.review import Review, ReviewResult
from supervision_core.tasks.model.transfer import (
    Transfer,
    TransferKind,
    TransferPaper,
    TransferRefused,
    TransferSheet,
    TransferState,
    TransferStep,
)
from supervision_core.tasks.model.visit import Visit
from supervision_core.tasks.ports import Reviews, Transfers
from supervision_core.tasks.services.visits import visit_in_reach


@frozen(kw_only=True)
class ReportTransfer:
    """A visit's case: where it shall go, why, who reports it, with which papers."""

    visit_id: str = field(metadata=said("检查对象任务的编号", example="0123abcd", to="visit"))
    kind: TransferKind = field(
        metadata=said(
            "移送类型",
            codes={"enforcement": "移交执法", "criminal": "涉嫌犯罪移送"},
            example="enforcement",
        )
    )
    to: str = field(metadata=said("接收机关", example="南宁市公安局"))
    reason: str = field(metadata=said("移送理由", example="涉嫌生产销售不符合安全标准的食品"))
    reporters: tuple[str, ...] = field(metadata=said("报告人的执法人员编号", to="officer"))
    papers: frozenset[TransferPaper] = field(
        default=frozenset(),
        metadata=said(
            "移送材料",
            codes={
                "transfer_letter": "移送书",
                "investigation_report": "调查报告",
                "list_of_articles": "涉案物品清单",
                "test_report": "检验报告",
                "other": "其他",
            },
        ),
    )


@use_case("tasks.report_transfer", "移送")
def report_transfer(work: Work, cmd: ReportTransfer) -> str:
    """Report, as one of the officers who do, a case to the head.

    The head decides on a suspected crime within three days.
    """
    visit = visit_in_reach(work, cmd.visit_id)
    if acting_officer(work).id not in cmd.reporters:
        raise TransferRefused((Violation("tasks.not_among_officers", "reporters"),))
    sheet = TransferSheet(
        kind=cmd.kind,
        visit=visit.id,
        subject=visit.sheet.subject,
        region=visit.sheet.region,
        department=work.actor.department,
        to=cmd.to,
        reason=cmd.reason,
        reporters=cmd.reporters,
        papers=cmd.papers,
    )
    made = Transfer.report(id=work.ids.next_id(), sheet=sheet, by=work.actor.user, at=work.now)
    work.save(Transfers, made)
    return made.id


@frozen(kw_only=True)
class StepTransfer:
    """The next step of a case."""

    transfer_id: str = field(metadata=said("移送的编号", example="0123abcd", to="transfer"))
    state: TransferState = field(
        metadata=said(
            "移送进展",
            codes={
                "reported": "已报告",
                "approved": "已批准",
                "denied": "不批准",
                "sent": "已移送",
                "accepted": "已受理或立案",
                "rejected": "不予立案",
                "reconsidering": "提请复议",
                "upheld": "维持不立案",
                "supervised": "立案监督",
                "returned": "退回",
            },
            example="approved",
        )
    )
    note: str = field(default="", metadata=said("说明"))


@use_case("tasks.step_transfer", "推进移送")
def step_transfer(work: Work, cmd: StepTransfer) -> None:
    """Approve, deny, send, answer, reconsider or return a case, in the order of the law."""
    found = work[Transfers].get(cmd.transfer_id)
    sheet = found.sheet
    work.reach("transfer", found.id, region=sheet.region, departments=frozenset({sheet.department}))
    found.step(TransferStep(state=cmd.state, by=work.actor.user, at=work.now, note=cmd.note))
    work.save(Transfers, found)


@frozen(kw_only=True)
class AssignReview:
    """An assisted visit, and the officers who look again."""

    visit_id: str = field(metadata=said("检查对象任务的编号", example="0123abcd", to="visit"))
    officers: tuple[str, ...] = field(metadata=said("参加后续核查的执法人员的编号", to="officer"))


@does(Visit, "assign_review")
def assign_review(work: Work, cmd: AssignReview) -> str:
    """Give a completed visit with third-party help to officers for a second look."""
    visit = visit_in_reach(work, cmd.visit_id, lead_only=True)
    made = Review.assign(id=work.ids.next_id(), visit=visit, officers=cmd.officers)
    work.save(Reviews, made)
    return made.id


@frozen(kw_only=True)
class RecordReview:
    """What the second look found."""

    review_id: str = field(metadata=said("后续核查的编号", example="0123abcd", to="review"))
    agrees: bool = field(metadata=said("核查结果与检查结果是否一致"))
    differing_items: tuple[str, ...] = field(default=(), metadata=said("结果不一致的检查项的编号"))
    note: str = field(default="", metadata=said("核查说明"))


@does(Review, "record")
def record_review(work: Work, cmd: RecordReview) -> None:
    """Record, as one of its officers, whether the review agrees with the visit."""
    found = work[Reviews].get(cmd.review_id)
    work.reach("review", found.id, region=found.region, departments=frozenset({found.department}))
    found.record(
        ReviewResult(
            by=acting_officer(work).id,
            at=work.now,
            agrees=cmd.agrees,
            differing_items=cmd.differing_items,
            note=cmd.note,
        )
    )
    work.save(Reviews, found)
