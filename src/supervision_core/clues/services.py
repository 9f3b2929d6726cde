"""What is done with clues; each use case is one command."""

from attrs import evolve, field, frozen

from supervision_core.clues.model import (
    MORE_WORKING_DAYS,
    TERM_WORKING_DAYS,
    Clue,
    ClueAnswer,
    ClueSheet,
    Complainant,
    Triage,
    Verdict,
)
from supervision_core.clues.ports import Clues
from supervision_core.identity.model import Purpose
from supervision_core.identity.services import Work, does, use_case
from supervision_core.kernel.calendar import Calendars
from supervision_core.kernel.days import local_day
from supervision_core.kernel.fields import said
from supervision_core.tasks.ports import Tasks


def _clue(work: Work, clue_id: str, departments: frozenset[str] | None = None) -> Clue:
    clue = work[Clues].get(clue_id)
    reached = clue.departments if departments is None else departments
    work.reach("clue", clue.id, region=clue.sheet.region, departments=reached)
    return clue


def _as_registrar(work: Work, clue_id: str) -> Clue:
    clue = work[Clues].get(clue_id)
    return _clue(work, clue_id, frozenset({clue.sheet.registered_by}))


def _as_holder(work: Work, clue_id: str) -> Clue:
    clue = work[Clues].get(clue_id)
    return _clue(work, clue_id, frozenset({clue.handler}))


@frozen(kw_only=True)
class RegisterClue:
    """What is said about whom, by whom, and who gets a copy."""

    sheet: ClueSheet = field(metadata=said("线索信息"))
    complainant: Complainant | None = field(
        default=None, metadata=said("投诉举报人，没有留下的为空")
    )
    copies: tuple[str, ...] = field(default=(), metadata=said("抄送部门的编号", to="department"))


@use_case("clues.register", "登记线索")
def register_clue(work: Work, cmd: RegisterClue) -> str:
    """Take a clue in for one's own department; its legal term runs in working days."""
    sheet = evolve(cmd.sheet, registered_by=work.actor.department)
    work.reach("region", sheet.region, region=sheet.region, departments=frozenset())
    calendar = work[Calendars].working_calendar()
    due_on = calendar.add_working_days(local_day(work.now), TERM_WORKING_DAYS[sheet.kind])
    clue = Clue.register(
        id=work.ids.next_id(),
        sheet=sheet,
        due_on=due_on,
        complainant=cmd.complainant,
        at=work.now,
    )
    clue.copy_to(cmd.copies)
    work.save(Clues, clue)
    return clue.id


@frozen(kw_only=True)
class CopyClue:
    """A clue, and who else shall see it."""

    clue_id: str = field(metadata=said("线索的编号", example="0123abcd", to="clue"))
    departments: tuple[str, ...] = field(metadata=said("抄送部门的编号", to="department"))


@does(Clue, "copy_to")
def copy_clue(work: Work, cmd: CopyClue) -> None:
    """Send departments a copy."""
    clue = _clue(work, cmd.clue_id)
    clue.copy_to(cmd.departments)
    work.save(Clues, clue)


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
    reason: str = field(metadata=said("研判理由", example="涉及食品安全，需要现场核查"))
    urgent: bool = field(default=False, metadata=said("是否紧急"))


@does(Clue, "triage")
def triage_clue(work: Work, cmd: TriageClue) -> None:
    """Judge a clue: inspect, handle, or no action, which concludes it."""
    clue = _as_registrar(work, cmd.clue_id)
    clue.triage(
        Triage(
            verdict=cmd.verdict,
            reason=cmd.reason,
            by=work.actor.user,
            at=work.now,
            urgent=cmd.urgent,
        )
    )
    work.save(Clues, clue)


@frozen(kw_only=True)
class HandOnClue:
    """A clue and its next department; ``reason`` is asked for when a holder forwards it."""

    clue_id: str = field(metadata=said("线索的编号", example="0123abcd", to="clue"))
    to: str = field(metadata=said("承办部门的编号", example="nanning", to="department"))
    reason: str = field(
        default="", metadata=said("转办理由，转办时必填", example="属于农业农村部门职责")
    )


@does(Clue, "distribute")
def distribute_clue(work: Work, cmd: HandOnClue) -> None:
    """Give a registered clue to a department."""
    clue = _as_registrar(work, cmd.clue_id)
    clue.distribute(to=cmd.to, by=work.actor.user, at=work.now)
    work.save(Clues, clue)


@does(Clue, "forward")
def forward_clue(work: Work, cmd: HandOnClue) -> None:
    """Pass a clue that one's department holds on to another, for a reason (转办)."""
    clue = _as_holder(work, cmd.clue_id)
    clue.forward(to=cmd.to, reason=cmd.reason, by=work.actor.user, at=work.now)
    work.save(Clues, clue)


@frozen(kw_only=True)
class SignForClue:
    """A clue that one's department holds."""

    clue_id: str = field(metadata=said("线索的编号", example="0123abcd", to="clue"))


@does(Clue, "sign_for")
def sign_for_clue(work: Work, cmd: SignForClue) -> None:
    """Take up a clue that was given to one's department (签收)."""
    clue = _as_holder(work, cmd.clue_id)
    clue.sign_for(department=work.actor.department)
    work.save(Clues, clue)


@frozen(kw_only=True)
class AnswerClue:
    """What one's department did about a clue."""

    clue_id: str = field(metadata=said("线索的编号", example="0123abcd", to="clue"))
    text: str = field(metadata=said("办理情况", example="已到现场核查并责令整改"))
    attachments: tuple[str, ...] = field(default=(), metadata=said("附件的文件编号"))


@does(Clue, "answer")
def answer_clue(work: Work, cmd: AnswerClue) -> None:
    """Say what was done (反馈); one judged to be inspected needs its task first."""
    clue = _as_holder(work, cmd.clue_id)
    clue.answer(
        ClueAnswer(
            department=work.actor.department,
            text=cmd.text,
            by=work.actor.user,
            at=work.now,
            attachments=cmd.attachments,
        )
    )
    work.save(Clues, clue)


@frozen(kw_only=True)
class SettleClue:
    """An answered clue, and the words that send it back or end it."""

    clue_id: str = field(metadata=said("线索的编号", example="0123abcd", to="clue"))
    text: str = field(metadata=said("退回理由或办结意见", example="情况属实，已处理完毕"))


@does(Clue, "send_back")
def send_back_clue(work: Work, cmd: SettleClue) -> None:
    """Ask the holder for more than its answer gave."""
    clue = _as_registrar(work, cmd.clue_id)
    clue.send_back(reason=cmd.text)
    work.save(Clues, clue)


@does(Clue, "conclude")
def conclude_clue(work: Work, cmd: SettleClue) -> None:
    """End a clue whose problem is dealt with (办结); its channel is told."""
    clue = _as_registrar(work, cmd.clue_id)
    clue.conclude(text=cmd.text, at=work.now)
    work.save(Clues, clue)


@frozen(kw_only=True)
class ExtendClue:
    """A clue that needs more time, and why."""

    clue_id: str = field(metadata=said("线索的编号", example="0123abcd", to="clue"))
    reason: str = field(metadata=said("延期理由", example="需要抽样检测"))


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
    task_id: str = field(
        metadata=said("据此线索开展检查的任务的编号", example="0123abcd", to="task")
    )


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
