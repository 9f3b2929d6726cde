"""What is done with clues; each use case is one command."""

from typing import Final

from attrs import evolve, field, frozen

from supervision_core.clues.files import ANSWERED, SAID
from supervision_core.clues.model import (
    MORE_WORKING_DAYS,
    Clue,
    ClueAnswer,
    ClueRefused,
    ClueSheet,
    Complainant,
    Triage,
    Verdict,
    term_of,
)
from supervision_core.clues.ports import Clues
from supervision_core.clues.services.intake import take_in
from supervision_core.files.services.attaching import attach
from supervision_core.identity.model import Purpose
from supervision_core.identity.services import Deeds, Work, does, use_case
from supervision_core.identity.services.keeping import find
from supervision_core.identity.services.proposing import proposers
from supervision_core.kernel.calendar import Calendars
from supervision_core.kernel.errors import NotFound, Violation, refuse_if
from supervision_core.kernel.fields import said
from supervision_core.kernel.listing import ListFilter, Lists
from supervision_core.kernel.paging import PageRequest
from supervision_core.kernel.registers import files
from supervision_core.officers.ports import Officers
from supervision_core.subjects.ports import Subjects
from supervision_core.tasks.lists import VISITS
from supervision_core.tasks.model.opening import party_of
from supervision_core.tasks.model.sheet import TaskState
from supervision_core.tasks.ports import Tasks, Visits
from supervision_core.tasks.services.grounds import resting_on


def _clue(work: Work, clue_id: str, departments: frozenset[str] | None = None) -> Clue:
    clue = work[Clues].get(clue_id)
    reached = clue.departments if departments is None else departments
    work.reach("clue", clue.id, region=clue.sheet.region, departments=reached)
    return clue


def _as_registrar(work: Work, clue_id: str) -> Clue:
    clue = work[Clues].get(clue_id)
    return _clue(work, clue_id, frozenset({clue.sheet.registered_by}))


def _to_judge(work: Work, clue_id: str) -> Clue:
    """Load a clue that one's department judges, for somebody who need not withdraw from the firm.

    Where a visit rests on it, its judgement stands: who judged it then does not inspect. Visits of
    a task that was given up are none. Raises ``ClueRefused``.
    """
    clue = _as_registrar(work, clue_id)
    _require_disinterested(work, clue)
    if clue.judged is not None:
        refuse_if(ClueRefused, (
            Violation("clues.visit_rests_on_it", "clue_id", {"number": one.sheet.number})
            for one in resting_on(work, clue.sheet.subject, clue.id)
            if work[Tasks].get(one.sheet.task).state is not TaskState.DELETED
        ))  # fmt: skip
    return clue


def _require_disinterested(work: Work, clue: Clue) -> None:
    """Refuse an officer who must withdraw from the firm that a clue is about (回避)."""
    officer = work[Officers].of_user(work.actor.user)
    subject = find(work.unit, Subjects, clue.sheet.subject)
    if officer is not None and subject is not None and officer.must_withdraw(party_of(subject)):
        raise ClueRefused((Violation("clues.judge_recused", "clue_id"),))


def _as_holder(work: Work, clue_id: str) -> Clue:
    clue = work[Clues].get(clue_id)
    return _clue(work, clue_id, frozenset({clue.handler}))


def _as_giver(work: Work, clue_id: str) -> Clue:
    clue = work[Clues].get(clue_id)
    return _clue(work, clue_id, frozenset({clue.giver}))


@frozen(kw_only=True)
class RegisterClue:
    """What is said about whom, by whom, and who gets a copy."""

    sheet: ClueSheet = field(metadata=said("线索信息"))
    complainant: Complainant | None = field(
        default=None, metadata=said("投诉举报人，没有留下的为空")
    )
    copies: tuple[str, ...] = field(default=(), metadata=said("抄送部门", to="department"))
    to: str = field(
        default="",
        metadata=said(
            "移交部门", to="department", hint="填写的，登记后直接交其办理；不填的，由登记部门研判"
        ),
    )


@use_case("clues.register", "登记线索")
def register_clue(work: Work, cmd: RegisterClue) -> str:
    """Take a clue in for one's own department; its legal term runs in working days.

    Where it is handed to a department at once (proposal 3230), it waits there to be signed for.
    """
    sheet = evolve(cmd.sheet, registered_by=work.actor.department)
    work.reach("region", sheet.region, region=sheet.region, departments=frozenset())
    due_on = term_of(sheet.kind, work[Calendars].working_calendar(), work.now)
    clue = Clue.register(
        id=work.ids.next_id(),
        sheet=sheet,
        due_on=due_on,
        complainant=cmd.complainant,
        at=work.now,
    )
    clue.copy_to(cmd.copies)
    if cmd.to:
        clue.distribute(to=cmd.to, by=work.actor.user, at=work.now)
    attach(work, SAID, clue.id, sheet.attachments, at="sheet.attachments")
    work.save(Clues, clue)
    return clue.id


@frozen(kw_only=True)
class CopyClue:
    """A clue, and who else shall see it."""

    clue_id: str = field(metadata=said("线索的编号", example="0123abcd", to="clue"))
    departments: tuple[str, ...] = field(metadata=said("抄送部门", to="department"))


_CLUE: Final = Deeds(Clues, Clue, _clue)
copy_clue = _CLUE.does("copy_to", CopyClue, "Send departments a copy.", answer=None)


@frozen(kw_only=True)
class TriageClue:
    """What the triage makes of a clue."""

    clue_id: str = field(metadata=said("线索的编号", example="0123abcd", to="clue"))
    verdict: Verdict = field(
        metadata=said(
            "研判结论",
            codes={"inspect": "开展检查", "handle": "直接处置", "no_action": "不予处理"},
            example="inspect",
        )
    )
    reason: str = field(metadata=said("研判理由", example="涉及食品安全，需要现场核查", long=True))
    urgent: bool = field(default=False, metadata=said("是否紧急"))


def _entered_by(work: Work, clue: Clue) -> frozenset[str]:
    """Give the account that entered a clue; none where another system or its reporter did."""
    return proposers(work, Clues.kind, clue.id, "clues.register", take_in.name)


@does(Clue, "triage")
def triage_clue(work: Work, cmd: TriageClue) -> None:
    """Judge a clue: inspect, handle, or no action, which concludes it.

    Once a visit rests on it, its judgement stands.
    """
    clue = _to_judge(work, cmd.clue_id)
    clue.triage(
        Triage(
            verdict=cmd.verdict,
            reason=cmd.reason,
            by=work.actor.user,
            at=work.now,
            urgent=cmd.urgent,
        ),
        entered_by=_entered_by(work, clue),
    )
    work.save(Clues, clue)


@frozen(kw_only=True)
class InspectClue:
    """A clue that shall be inspected, and by whom."""

    clue_id: str = field(metadata=said("线索的编号", example="0123abcd", to="clue"))
    to: str = field(metadata=said("承办部门", example="nanning", to="department"))
    officer: str = field(
        default="",
        metadata=said("承办人员", hint="承办部门的人员，不选则由部门签收", to="officer"),
    )
    reason: str = field(metadata=said("检查理由", example="涉及食品安全，需要现场核查", long=True))


@does(Clue, "inspect")
def inspect_clue(work: Work, cmd: InspectClue) -> None:
    """Have a clue inspected by a department, or an officer of it, who makes the task."""
    clue = _to_judge(work, cmd.clue_id)
    officer = officer_of(work, cmd.to, cmd.officer)
    clue.inspect(
        to=cmd.to, officer=officer, reason=cmd.reason, by=work.actor.user, at=work.now,
        entered_by=_entered_by(work, clue),
    )  # fmt: skip
    work.save(Clues, clue)


@frozen(kw_only=True)
class IgnoreClue:
    """A clue about which nothing is to be done, and why."""

    clue_id: str = field(metadata=said("线索的编号", example="0123abcd", to="clue"))
    reason: str = field(
        metadata=said(
            "不处理的理由", example="不属于监管职责范围，请向消费者协会反映",
            hint="反映人会看到这里写的理由", long=True,
        )
    )  # fmt: skip


@does(Clue, "ignore")
def ignore_clue(work: Work, cmd: IgnoreClue) -> None:
    """Do nothing about a clue, for a reason; whoever reported it is told that reason."""
    clue = _to_judge(work, cmd.clue_id)
    clue.ignore(
        reason=cmd.reason, by=work.actor.user, at=work.now, entered_by=_entered_by(work, clue)
    )
    work.save(Clues, clue)


@frozen(kw_only=True)
class JoinClue:
    """A clue, and the open one of the same matter with which it is dealt with."""

    clue_id: str = field(metadata=said("线索的编号", example="0123abcd", to="clue"))
    into: str = field(metadata=said("并入的线索的编号", example="0123abcd", to="clue"))


@does(Clue, "join")
def join_clue(work: Work, cmd: JoinClue) -> None:
    """Join a clue to another of one's own department that reports the same; it ends by that.

    Both are of the same firm; whoever entered one of them does not join them.
    """
    clue = _to_judge(work, cmd.clue_id)
    try:
        principal = _as_registrar(work, cmd.into)
    except NotFound:
        raise ClueRefused((Violation("clues.principal_unknown", "into"),)) from None
    clue.join(
        principal, by=work.actor.user, at=work.now,
        entered_by=_entered_by(work, clue) | _entered_by(work, principal),
    )  # fmt: skip
    work.save(Clues, clue)
    work.save(Clues, principal)


@frozen(kw_only=True)
class HandOnClue:
    """A clue and its next department, or an officer of that.

    ``reason`` is asked for when a holder forwards it.
    """

    clue_id: str = field(metadata=said("线索的编号", example="0123abcd", to="clue"))
    to: str = field(metadata=said("承办部门", example="nanning", to="department"))
    officer: str = field(
        default="",
        metadata=said("承办人员", hint="承办部门的人员，不选则由部门签收", to="officer"),
    )
    reason: str = field(
        default="", metadata=said("转办理由，转办时必填", example="属于农业农村部门职责", long=True)
    )


def officer_of(work: Work, department: str, officer: str) -> str:
    """Give the officer to whom a clue goes. Raises ``ClueRefused`` for one of elsewhere."""
    found = work[Officers].find_many([officer]) if officer else []
    if any(one.department != department for one in found):
        raise ClueRefused((Violation("clues.officer_of_other_department", "officer"),))
    return officer


def _own_officer(work: Work) -> str:
    """Give the officer of the acting account, nothing where it has none."""
    found = work[Officers].of_user(work.actor.user)
    return "" if found is None else found.id


@does(Clue, "distribute")
def distribute_clue(work: Work, cmd: HandOnClue) -> None:
    """Give a registered clue to a department, or to an officer of it."""
    clue = _as_registrar(work, cmd.clue_id)
    officer = officer_of(work, cmd.to, cmd.officer)
    clue.distribute(to=cmd.to, officer=officer, by=work.actor.user, at=work.now)
    work.save(Clues, clue)


@does(Clue, "forward")
def forward_clue(work: Work, cmd: HandOnClue) -> None:
    """Pass a clue that one's department holds on to another, or to an officer, for a reason.

    What he or that department answers comes back to one's own department (转办).
    """
    clue = _as_holder(work, cmd.clue_id)
    officer, by = officer_of(work, cmd.to, cmd.officer), work.actor.user
    clue.forward(to=cmd.to, officer=officer, reason=cmd.reason, by=by, at=work.now)
    work.save(Clues, clue)


@frozen(kw_only=True)
class SignForClue:
    """A clue that one's department holds."""

    clue_id: str = field(metadata=said("线索的编号", example="0123abcd", to="clue"))


@does(Clue, "sign_for")
def sign_for_clue(work: Work, cmd: SignForClue) -> None:
    """Take up a clue that was given to one's department, or to oneself (签收)."""
    clue = _as_holder(work, cmd.clue_id)
    clue.sign_for(department=work.actor.department, officer=_own_officer(work))
    work.save(Clues, clue)


@frozen(kw_only=True)
class AnswerClue:
    """What one's department did about a clue."""

    clue_id: str = field(metadata=said("线索的编号", example="0123abcd", to="clue"))
    text: str = field(metadata=said("办理情况", example="已到现场核查并责令整改", long=True))
    attachments: tuple[str, ...] = files("附件")


@does(Clue, "answer")
def answer_clue(work: Work, cmd: AnswerClue) -> None:
    """Say what was done (反馈).

    One judged to be inspected needs its task first, and that its visit of the firm is over.
    """
    clue = _as_holder(work, cmd.clue_id)
    clue.answer(
        ClueAnswer(
            department=work.actor.department,
            text=cmd.text,
            by=work.actor.user,
            at=work.now,
            attachments=cmd.attachments,
        ),
        officer=_own_officer(work),
        inspected=_inspected(work, clue),
    )
    attach(work, ANSWERED, clue.id, cmd.attachments, at="attachments")
    work.save(Clues, clue)


def _inspected(work: Work, clue: Clue) -> bool:
    """Tell whether the task that follows a clue up has been to the firm since it came in.

    Of a clue that names no firm nobody can tell.
    """
    subject = clue.sheet.subject
    if not (clue.to_inspect and clue.task and subject):
        return True
    asked = ListFilter(asked={"task": clue.task, "subject": subject})
    rows = work[Lists].page(VISITS, asked, PageRequest(size=1)).items
    return any(
        not one.unfinished and (one.started is None or one.started.at >= clue.registered_at)
        for one in work[Visits].find_many(row.id for row in rows)
    )


@frozen(kw_only=True)
class SettleClue:
    """An answered clue, and the words that send it back or end it."""

    clue_id: str = field(metadata=said("线索的编号", example="0123abcd", to="clue"))
    text: str = field(
        metadata=said("退回理由或办结意见", example="情况属实，已处理完毕", long=True)
    )


@does(Clue, "send_back")
def send_back_clue(work: Work, cmd: SettleClue) -> None:
    """Ask the holder, to whom one's department handed it, for more than its answer gave."""
    clue = _as_giver(work, cmd.clue_id)
    clue.send_back(reason=cmd.text)
    work.save(Clues, clue)


@does(Clue, "conclude")
def conclude_clue(work: Work, cmd: SettleClue) -> None:
    """End a clue that one's department handed on and that is dealt with (办结).

    Its channel is told. Whoever gave the answer does not conclude it.
    """
    clue = _as_giver(work, cmd.clue_id)
    _require_disinterested(work, clue)
    clue.conclude(text=cmd.text, by=work.actor.user, at=work.now)
    work.save(Clues, clue)


@frozen(kw_only=True)
class ExtendClue:
    """A clue that needs more time, and why."""

    clue_id: str = field(metadata=said("线索的编号", example="0123abcd", to="clue"))
    reason: str = field(metadata=said("延期理由", example="需要抽样检测", long=True))


@does(Clue, "extend")
def extend_clue(work: Work, cmd: ExtendClue) -> None:
    """Extend a clue's term by fifteen working days, once."""
    clue = _as_registrar(work, cmd.clue_id)
    calendar = work[Calendars].working_calendar()
    new_due = calendar.add_working_days(clue.due_on, MORE_WORKING_DAYS)
    clue.extend(new_due=new_due, reason=cmd.reason)
    work.save(Clues, clue)


@frozen(kw_only=True)
class LinkClueTask:
    """A clue, and the task that follows it up."""

    clue_id: str = field(metadata=said("线索的编号", example="0123abcd", to="clue"))
    task_id: str = field(metadata=said("据此线索开展检查的任务", example="0123abcd", to="task"))


@does(Clue, "link_task")
def link_clue_task(work: Work, cmd: LinkClueTask) -> None:
    """Name the inspection task, of one's own reach, that follows a clue up."""
    clue = _as_holder(work, cmd.clue_id)
    task = work[Tasks].get(cmd.task_id)
    work.reach("task", task.id, region=task.sheet.region, departments=task.departments)
    clue.link_task(task.id)
    work.save(Clues, clue)


@frozen(kw_only=True)
class ShowComplainant:
    """The clue whose complainant is wanted, and what for."""

    clue_id: str = field(metadata=said("线索编号", example="0123abcd"))
    purpose: Purpose = field(
        metadata=said(
            "使用目的：contact联系、identify核实、correct更正、complaint投诉、inspection检查",
            example="contact",
        )
    )


@frozen(kw_only=True)
class ComplainantView:
    """Who complained, in the clear; nobody where the clue came without."""

    id: str = field(metadata=said("编号", example="n000001"))
    complainant: Complainant | None = field(metadata=said("投诉举报人，没有留下则为空"))


@use_case("clues.show_complainant", "查看投诉举报人")
def show_complainant(work: Work, about: ShowComplainant) -> ComplainantView:
    """Show who complained to the department that deals with the clue, and to no other.

    The log keeps who looked, and what for; an attempt of another department is denied there too.
    Source: GB/T 33358-2016; 市场监督管理投诉举报处理暂行办法; 个人信息保护法 第51条.
    """
    clue = _clue(work, about.clue_id)
    complainant = clue.complainant_for(work.actor.department)
    work.wrote("clue", clue.id)
    work.note(purpose=about.purpose)
    return ComplainantView(id=clue.id, complainant=complainant)
