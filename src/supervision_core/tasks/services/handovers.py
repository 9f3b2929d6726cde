"""移交执法, 行刑衔接 and 任务复核: cases that leave, and second looks."""

from attrs import frozen

from supervision_core.identity.services import Work, use_case
from supervision_core.tasks.model.review import Review, ReviewResult
from supervision_core.tasks.model.transfer import (
    Transfer,
    TransferKind,
    TransferPaper,
    TransferSheet,
    TransferState,
    TransferStep,
)
from supervision_core.tasks.ports import Reviews, Transfers
from supervision_core.tasks.services.visits import visit_in_reach


@frozen(kw_only=True)
class ReportTransfer:
    """A visit's case: where it shall go, why, who reports it, with which papers."""

    visit_id: str
    kind: TransferKind
    to: str
    reason: str
    reporters: tuple[str, ...]
    papers: frozenset[TransferPaper] = frozenset()


@use_case("tasks.report_transfer")
def report_transfer(work: Work, cmd: ReportTransfer) -> str:
    """Report a case to the head, who decides on a suspected crime within three days."""
    visit = visit_in_reach(work, cmd.visit_id)
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

    transfer_id: str
    state: TransferState
    note: str = ""


@use_case("tasks.step_transfer")
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

    visit_id: str
    officers: tuple[str, ...]


@use_case("tasks.assign_review")
def assign_review(work: Work, cmd: AssignReview) -> str:
    """Give a completed visit with third-party help to officers for a second look."""
    visit = visit_in_reach(work, cmd.visit_id, lead_only=True)
    made = Review.assign(id=work.ids.next_id(), visit=visit, officers=cmd.officers)
    work.save(Reviews, made)
    return made.id


@frozen(kw_only=True)
class RecordReview:
    """What the second look found."""

    review_id: str
    agrees: bool
    differing_items: tuple[str, ...] = ()
    note: str = ""


@use_case("tasks.record_review")
def record_review(work: Work, cmd: RecordReview) -> None:
    """Record, as one of its officers, whether the review agrees with the visit."""
    found = work[Reviews].get(cmd.review_id)
    work.reach("review", found.id, region=found.region, departments=frozenset({found.department}))
    found.record(
        ReviewResult(
            by=work.actor.user,
            at=work.now,
            agrees=cmd.agrees,
            differing_items=cmd.differing_items,
            note=cmd.note,
        )
    )
    work.save(Reviews, found)
