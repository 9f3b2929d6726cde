"""移交执法, 行刑衔接 and 任务复核: cases that leave, and second looks."""

from functools import partial
from typing import Final

from attrs import evolve, field, frozen

from supervision_core.identity.services import Deeds, Work, does, use_case
from supervision_core.kernel.errors import Violation, refuse_if
from supervision_core.kernel.fields import said
from supervision_core.kernel.registers import Ask
from supervision_core.kernel.registers.fields import DEPARTMENT
from supervision_core.officers.services import acting_officer
from supervision_core.tasks.model.review import Handpicked, Review, ReviewRefused, ReviewResult
from supervision_core.tasks.model.transfer import (
    SOURCES,
    CaseSource,
    Transfer,
    TransferKind,
    TransferPaper,
    TransferRefused,
    TransferSheet,
    TransferState,
)
from supervision_core.tasks.model.visit import Visit
from supervision_core.tasks.ports import Reviews, Tasks, Transfers
from supervision_core.tasks.services.grounds import judging, withdrawing
from supervision_core.tasks.services.marking import cases_of
from supervision_core.tasks.services.visits import visit_in_reach
from supervision_core.tasks.words import TITLES

_KIND: Final = said("移送类型", codes=TITLES[TransferKind], example="enforcement")
_SOURCE: Final = said("案件来源", codes=SOURCES, example="inspection")
_RECEIVER: Final = said(
    "接收部门", hint="在本平台办公的部门，由其在平台上受理、退回", to="department"
)
_TO: Final = said(
    "接收机关", hint="不在本平台的机关写全称；填了接收部门的可不填", example="南宁市公安局"
)
_REASON: Final = said("移送理由", example="涉嫌生产销售不符合安全标准的食品", long=True)
_REPORTERS: Final = said("报告的执法人员", to="officer")
_PAPERS: Final = said(
    "移送材料",
    codes={
        "transfer_letter": "移送书",
        "investigation_report": "调查报告",
        "list_of_articles": "涉案物品清单",
        "test_report": "检验报告",
        "other": "其他",
    },
)


@frozen(kw_only=True)
class ReportTransfer:
    """A visit's case: where it shall go, why, who reports it, with which papers."""

    visit_id: str = field(metadata=said("检查对象任务的编号", example="0123abcd", to="visit"))
    kind: TransferKind = field(metadata=_KIND)
    source: CaseSource = field(default=CaseSource.INSPECTION, metadata=_SOURCE)
    receiver: str = field(default="", metadata=_RECEIVER)
    to: str = field(default="", metadata=_TO)
    reason: str = field(metadata=_REASON)
    reporters: tuple[str, ...] = field(metadata=_REPORTERS)
    papers: frozenset[TransferPaper] = field(default=frozenset(), metadata=_PAPERS)


@use_case("tasks.report_transfer", "移交执法")
def report_transfer(work: Work, cmd: ReportTransfer) -> str:
    """Report, as one of the officers who do, a case to the head.

    The head decides on a suspected crime within three days. Where a result has marked a case of the
    own department, that one is filled in.
    """
    visit = visit_in_reach(work, cmd.visit_id)
    _require_reporter(work, cmd.reporters)
    sheet = TransferSheet(
        kind=cmd.kind,
        source=cmd.source,
        visit=visit.id,
        subject=visit.sheet.subject,
        region=visit.sheet.region,
        department=work.actor.department,
        receiver=cmd.receiver,
        to=_called(work, cmd.receiver, cmd.to),
        reason=cmd.reason,
        reporters=cmd.reporters,
        papers=cmd.papers,
        task=visit.sheet.task,
        scene=work[Tasks].get(visit.sheet.task).sheet.scene,
    )
    known = cases_of(work, visit, sheet.department)
    made = next((one for one in known if one.state is TransferState.MARKED), None)
    if made is None:
        made = Transfer.report(id=work.ids.next_id(), sheet=sheet, by=work.actor.user, at=work.now)
    else:
        made.fill(sheet, by=work.actor.user, at=work.now)
    work.save(Transfers, made)
    return made.id


def _require_reporter(work: Work, reporters: tuple[str, ...]) -> None:
    """Demand that who acts is one of the officers who report. Raises ``TransferRefused``."""
    if acting_officer(work).id not in reporters:
        raise TransferRefused((Violation("tasks.not_among_officers", "reporters"),))


def _called(work: Work, receiver: str, said: str) -> str:
    """Give what the receiving body is called: as it was written, else as its department is."""
    if said.strip() or not receiver:
        return said.strip()
    found = work[Ask].resolve(DEPARTMENT, [receiver])
    return found[receiver].name if receiver in found else ""


def _transfer(work: Work, transfer_id: str, *, answering: bool = False) -> Transfer:
    """Load a case that the actor reaches: by who hands it over, or by who has to answer."""
    found = work[Transfers].get(transfer_id)
    sheet = found.sheet
    department = (sheet.receiver or sheet.department) if answering else sheet.department
    work.reach("transfer", found.id, region=sheet.region, departments=frozenset({department}))
    return found


_HANDING: Final = Deeds(Transfers, Transfer, _transfer)
_ANSWERING: Final = Deeds(Transfers, Transfer, partial(_transfer, answering=True))


@frozen(kw_only=True)
class FillTransfer:
    """What a marked or returned case is: whence, where it goes, why, who reports it."""

    transfer_id: str = field(metadata=said("移送的编号", example="0123abcd", to="transfer"))
    kind: TransferKind = field(metadata=_KIND)
    source: CaseSource = field(default=CaseSource.INSPECTION, metadata=_SOURCE)
    receiver: str = field(default="", metadata=_RECEIVER)
    to: str = field(default="", metadata=_TO)
    reason: str = field(metadata=_REASON)
    reporters: tuple[str, ...] = field(metadata=_REPORTERS)
    papers: frozenset[TransferPaper] = field(default=frozenset(), metadata=_PAPERS)


@does(Transfer, "reported")
def fill_transfer(work: Work, cmd: FillTransfer) -> None:
    """Say of a marked or returned case where it goes and why, and hand it to the head to decide.

    A suspected crime is reported by the officers who verified it: one of them fills it in.
    """
    found = _transfer(work, cmd.transfer_id)
    sheet = evolve(
        found.sheet,
        kind=cmd.kind,
        source=cmd.source,
        receiver=cmd.receiver,
        to=_called(work, cmd.receiver, cmd.to),
        reason=cmd.reason,
        reporters=cmd.reporters,
        papers=cmd.papers,
    )
    found.fill(sheet, by=work.actor.user, at=work.now)
    if cmd.kind is TransferKind.CRIMINAL:
        _require_reporter(work, cmd.reporters)
    work.save(Transfers, found)


@frozen(kw_only=True)
class StepTransfer:
    """The next step of a case."""

    transfer_id: str = field(metadata=said("移送的编号", example="0123abcd", to="transfer"))
    note: str = field(default="", metadata=said("说明", long=True))


@frozen(kw_only=True)
class ExplainTransfer:
    """The next step of a case, and why or what came of it."""

    transfer_id: str = field(metadata=said("移送的编号", example="0123abcd", to="transfer"))
    note: str = field(metadata=said("说明", example="已立案查处，罚款5000元", long=True))


drop_transfer = _HANDING.does(
    "dropped", ExplainTransfer,
    "Say of a marked or returned case why it stays; the public reads that with the result.",
    answer=None,
)  # fmt: skip
approve_transfer = _HANDING.does(
    "approved", StepTransfer,
    "Let a case go, as the head; of a suspected crime within three days.", answer=None,
)  # fmt: skip
deny_transfer = _HANDING.does(
    "denied", ExplainTransfer, "Keep a case, as the head, for a reason.", answer=None,
)  # fmt: skip
send_transfer = _HANDING.does(
    "sent", StepTransfer,
    "Hand an approved case over; a suspected crime within 24 hours. Who receives it sees it now.",
    answer=None,
)  # fmt: skip
accept_transfer = _ANSWERING.does(
    "accepted", StepTransfer,
    "Take a case up, as the department that received it, or note that an outside body did.",
    answer=None,
)  # fmt: skip
reject_transfer = _ANSWERING.does(
    "rejected", ExplainTransfer, "Open no case, as who received it, for a reason.", answer=None,
)  # fmt: skip
reconsider_transfer = _HANDING.does(
    "reconsidering", ExplainTransfer,
    "Ask the police to reconsider, within three days, that they open no case.", answer=None,
)  # fmt: skip
uphold_transfer = _ANSWERING.does(
    "upheld", ExplainTransfer, "Note that the police stay with their decision.", answer=None,
)  # fmt: skip
press_transfer = _HANDING.does(
    "supervised", StepTransfer,
    "Propose to the procuratorate to supervise that a case is opened.", answer=None,
)  # fmt: skip
return_transfer = _ANSWERING.does(
    "returned", ExplainTransfer,
    "Give a case back to who handed it over: what lacks, or that it is no crime.", answer=None,
)  # fmt: skip
close_transfer = _ANSWERING.does(
    "closed", ExplainTransfer, "Say what came of a case that was taken up.", answer=None,
)  # fmt: skip


@frozen(kw_only=True)
class AssignReview:
    """An assisted visit, the officers who look again, and why it is this one."""

    visit_id: str = field(metadata=said("检查对象任务的编号", example="0123abcd", to="visit"))
    officers: tuple[str, ...] = field(metadata=said("参加任务复核的执法人员", to="officer"))
    reason: str = field(
        metadata=said(
            "不经抽取、指定复核的理由",
            example="企业对检查结果有异议",
            long=True,
            hint="随检查结果公开",
        )
    )


@does(Visit, "assign_review")
def assign_review(work: Work, cmd: AssignReview) -> str:
    """Give a completed visit with third-party help, undrawn, to officers for a second look.

    Who did so and why stands in the review, and with the published result.
    Nobody looks again at what he inspected, or for what he judged a clue, or at a firm from which
    he must withdraw (回避).
    """
    visit = visit_in_reach(work, cmd.visit_id, lead_only=True)
    refuse_if(ReviewRefused, (
        Violation("tasks.officer_recused", "officers", {"officer": one})
        for one in sorted(withdrawing(work, visit, cmd.officers))
    ))  # fmt: skip
    judges = judging(work, visit, cmd.officers)
    refuse_if(ReviewRefused, (
        Violation("tasks.reviewer_judged_clue", "officers",
                  {"officer": one, "visit": visit.sheet.number})
        for one in sorted(judges)
    ))  # fmt: skip
    made = Review.assign(
        id=work.ids.next_id(), visit=visit, officers=cmd.officers,
        handpicked=Handpicked(by=work.actor.user, at=work.now, reason=cmd.reason),
    )  # fmt: skip
    work.save(Reviews, made)
    return made.id


@frozen(kw_only=True)
class RecordReview:
    """What the second look found."""

    review_id: str = field(metadata=said("任务复核的编号", example="0123abcd", to="review"))
    agrees: bool = field(metadata=said("复核结果与检查结果是否一致"))
    differing_items: tuple[str, ...] = field(
        default=(), metadata=said("结果不一致的检查项", among="review_id.checked.id")
    )
    note: str = field(default="", metadata=said("复核说明", long=True))


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
