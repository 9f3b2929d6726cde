"""结果公开: show, withhold, ask to withdraw, withdraw, correct."""

from datetime import date
from typing import Final

from attrs import field, frozen

from supervision_core.identity.services import Deeds, Work, does
from supervision_core.kernel.calendar import Calendars
from supervision_core.kernel.days import local_day
from supervision_core.kernel.fields import said
from supervision_core.subjects.ports import Subjects
from supervision_core.tasks.model.publication import (
    WITHDRAWAL_ANSWERED_WITHIN_WORKING_DAYS,
    Publication,
    PublicSubject,
    WithdrawalGround,
    WithdrawalProposal,
    WithholdingGround,
    WithholdingProposal,
    shown_result,
    withdrawal_due,
)
from supervision_core.tasks.ports import Publications, Tasks, Visits
from supervision_core.tasks.registers import shown_at_least_until
from supervision_core.tasks.words import TITLES


def _publication(work: Work, visit_id: str) -> Publication:
    return work.reached(Publications, visit_id)


def _led_publication(work: Work, visit_id: str) -> Publication:
    """Load a publication of a check that the actor's department leads."""
    found = work[Publications].get(visit_id)
    work.reach("publication", found.id, region=found.region, departments=frozenset({found.lead}))
    return found


def _least(work: Work, region: str) -> date:
    return shown_at_least_until(work.unit, region, local_day(work.now))


@frozen(kw_only=True)
class PublishResult:
    """A visit's result, and the last day of its display."""

    visit_id: str = field(metadata=said("检查对象任务的编号", example="0123abcd", to="publication"))
    until: date = field(metadata=said("公示截止日期", example="2027-09-30"))


@does(Publication, "show")
def publish_result(work: Work, cmd: PublishResult) -> None:
    """Show a result to the public, without personal data, for at least the term of its region."""
    found = _publication(work, cmd.visit_id)
    found.show(until=cmd.until, least=_least(work, found.region), at=work.now)
    work.save(Publications, found)


@frozen(kw_only=True)
class WithholdResult:
    """A visit's result, the ground on which the law lets it be kept back, and why it applies."""

    visit_id: str = field(metadata=said("检查对象任务的编号", example="0123abcd", to="publication"))
    ground: WithholdingGround = field(
        metadata=said("不予公开的法定事由", codes=TITLES[WithholdingGround], example="trade_secret")
    )
    reason: str = field(metadata=said("具体理由", example="含企业配方", long=True))


@frozen(kw_only=True)
class ProposeWithholding:
    """A result that is not decided on, and on which ground the actor would not have it shown."""

    visit_id: str = field(metadata=said("检查对象任务的编号", example="0123abcd", to="publication"))
    ground: WithholdingGround = field(
        metadata=said("不予公开的法定事由", codes=TITLES[WithholdingGround], example="trade_secret")
    )
    reason: str = field(metadata=said("具体理由", example="含企业配方", long=True))


@does(Publication, "propose_withholding")
def propose_withholding(work: Work, cmd: ProposeWithholding) -> None:
    """Ask the head of the lead not to show a result, on a ground of the law."""
    found = _publication(work, cmd.visit_id)
    found.propose_withholding(
        WithholdingProposal(by=work.actor.user, at=work.now, ground=cmd.ground, reason=cmd.reason)
    )
    work.save(Publications, found)


_LED: Final = Deeds(Publications, Publication, _led_publication)
withhold_result = _LED.does(
    "withhold", WithholdResult,
    "Decide, on a ground of the law, not to show a result; the head of the lead decides.",
    answer=None,
)  # fmt: skip


@frozen(kw_only=True)
class ProposeWithdrawal:
    """A shown result, and why the actor's department wants it taken back."""

    visit_id: str = field(metadata=said("检查对象任务的编号", example="0123abcd", to="publication"))
    ground: WithdrawalGround = field(
        metadata=said("撤回事由", codes=TITLES[WithdrawalGround], example="mistaken")
    )
    reason: str = field(metadata=said("理由", example="检查结果有误", long=True))
    annulled_on: date | None = field(
        default=None,
        metadata=said(
            "决定被变更、撤销、确认违法或者无效的日期", example="2026-07-01",
            hint="撤回事由为这一项时填写",
        ),
    )  # fmt: skip


@does(Publication, "propose_withdrawal")
def propose_withdrawal(work: Work, cmd: ProposeWithdrawal) -> None:
    """Ask the head of the lead to take a shown result back.

    The head answers within a working day; within three days where the decision was annulled.
    """
    found, today = _publication(work, cmd.visit_id), local_day(work.now)
    calendar = work[Calendars].working_calendar()
    next_day = calendar.add_working_days(today, WITHDRAWAL_ANSWERED_WITHIN_WORKING_DAYS)
    found.propose_withdrawal(
        WithdrawalProposal(
            department=work.actor.department, by=work.actor.user, at=work.now,
            ground=cmd.ground, reason=cmd.reason, annulled_on=cmd.annulled_on,
            due_on=withdrawal_due(next_day, cmd.annulled_on),
        )
    )  # fmt: skip
    work.save(Publications, found)


@frozen(kw_only=True)
class DeclineWithdrawal:
    """A result that a department wants taken back, and why it stays shown."""

    visit_id: str = field(metadata=said("检查对象任务的编号", example="0123abcd", to="publication"))
    reason: str = field(metadata=said("不同意的理由", example="经核对，公示内容无误", long=True))


decline_withdrawal = _LED.does(
    "decline_withdrawal", DeclineWithdrawal,
    "Leave a result shown though a department asked to take it back; not by who asked.",
    answer=None,
)  # fmt: skip


@frozen(kw_only=True)
class WithdrawResult:
    """A shown result, and why it is taken back; the public reads ground and reason."""

    visit_id: str = field(metadata=said("检查对象任务的编号", example="0123abcd", to="publication"))
    ground: WithdrawalGround = field(
        metadata=said("撤回事由", codes=TITLES[WithdrawalGround], example="mistaken")
    )
    reason: str = field(
        metadata=said("撤回理由", example="检查结果有误", hint="向社会公开", long=True)
    )


withdraw_result = _LED.does(
    "withdraw", WithdrawResult,
    "Take a shown result back; its public page says so. The head of the lead decides.",
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
    found.correct(shown, until=cmd.until, least=_least(work, found.region), at=work.now)
    work.save(Publications, found)
