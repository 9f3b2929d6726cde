"""The task: drafted by the lead, answered, claimed and closed by departments, then archived."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from types import MappingProxyType
from typing import ClassVar, Final, Self

from attrs import define, evolve

from supervision_core.draws.model.staffing import Ground, Recusal
from supervision_core.draws.model.staffing import Inspector as Candidate
from supervision_core.kernel.days import local_day
from supervision_core.kernel.errors import Refused, Violation, refuse_if
from supervision_core.kernel.events import Aggregate
from supervision_core.kernel.tones import bad, good, over, waiting
from supervision_core.kernel.verbs import (
    Assignee,
    Parts,
    Responsible,
    Verb,
    Verbs,
    always,
    decided_by_another,
    departments,
    parties,
)
from supervision_core.plans.model import unpublished_violations
from supervision_core.tasks.model import events
from supervision_core.tasks.model.claim_draw import ClaimDraw
from supervision_core.tasks.model.grounds import (
    NOTHING_DRAWN,
    SENT_FOR,
    DrawOutcome,
    VisitGround,
)
from supervision_core.tasks.model.opening import VisitOrder
from supervision_core.tasks.model.review_draw import WHOLE, ReviewDraw
from supervision_core.tasks.model.sheet import (
    Approval,
    AssistanceState,
    DepartmentPart,
    Opinion,
    OpinionAnswer,
    OpinionState,
    PartState,
    SentBack,
    TaskSheet,
    TaskState,
    ThirdPartyPart,
    Urging,
    UrgingState,
    period_violations,
    sheet_violations,
)


@define(eq=False)
class TaskRefused(Refused):
    """The task's state or content forbids the command."""

    code: ClassVar[str] = "tasks.task_refused"


@define(eq=False)
class TaskNotDispatchable(Refused):
    """The task may not go out to the departments."""

    code: ClassVar[str] = "tasks.not_dispatchable"


@define(eq=False)
class PartRefused(Refused):
    """The department cannot do this with its part."""

    code: ClassVar[str] = "tasks.part_refused"


@define(eq=False)
class TaskNotClosable(Refused):
    """The task cannot be closed, archived or published yet."""

    code: ClassVar[str] = "tasks.not_closable"


_S = TaskState
_BEFORE_DISPATCH = frozenset({_S.DRAFTED, _S.CONSULTING, _S.READY})
_SENT_OUT = frozenset(_S) - _BEFORE_DISPATCH - {_S.DELETED}
_RUNNING = frozenset({_S.DISPATCHED, _S.IN_PROGRESS})
_AFTER_CLAIM = frozenset({_S.IN_PROGRESS, _S.CLOSED, _S.ARCHIVED})


def _lead(task: "Task", _: object) -> frozenset[Assignee]:
    return departments(task.sheet.lead)


def _all_closed(task: "Task", _: object) -> bool:
    return task.approval is not None and all(
        part.state in (PartState.CLOSED, PartState.DECLINED) for part in task.parts
    )


_SM3: Final = re.compile(r"[0-9a-f]{64}")

VERBS: Final = Verbs(
    context="tasks",
    noun="task",
    title="检查任务",
    states={
        _S.DRAFTED: "起草", _S.CONSULTING: waiting("征求意见"), _S.READY: waiting("待分发"),
        _S.DISPATCHED: waiting("待认领"),
        _S.IN_PROGRESS: "执行中", _S.CLOSED: good("已办结"), _S.ARCHIVED: over("已归档"),
        _S.PUBLISHED: good("已公开"), _S.DELETED: over("已删除"),
    },
    parts=(
        Parts(
            noun="part", title="部门任务", all=lambda task: task.parts,
            id=lambda part: part.department,
            states={
                PartState.PENDING: waiting("待认领"), PartState.DECLINED: bad("不参与"),
                PartState.CLAIMED: "已认领", PartState.CLOSED: good("已办结"),
            },
        ),
        Parts(
            noun="opinion", title="会商意见", all=lambda task: task.suggestions,
            id=lambda part: part.department, state=lambda part: part.opinion.state,
            states={
                OpinionState.GIVEN: waiting("待答复"), OpinionState.ADOPTED: good("已采纳"),
                OpinionState.NOT_ADOPTED: over("未采纳"),
            },
        ),
        Parts(
            noun="assistance", title="三方任务", all=lambda task: task.third_parties,
            id=lambda part: part.institution,
            states={AssistanceState.ENGAGED: "待认领", AssistanceState.CLAIMED: "已认领"},
        ),
        Parts(
            noun="urging", title="督办", all=lambda task: task.urgings,
            states={UrgingState.ASKED: "待答复", UrgingState.ANSWERED: "已答复"},
        ),
    ),
    label=lambda task: task.sheet.name,
    assignees={
        Responsible.LEAD: _lead,
        Responsible.HEAD: _lead,
        Responsible.DEPARTMENT: lambda _, part: departments(part.department),
        Responsible.JOINING: lambda task, part: departments(part.department) - _lead(task, part),
        Responsible.INSTITUTION: lambda _, part: parties(part.institution),
    },
    verbs=(
        Verb(name="change", title="修改检查任务", by=Responsible.LEAD,
             starts={_S.DRAFTED, _S.READY}, roles=("task_administrator",)),
        Verb(name="approve", title="批准检查任务", by=Responsible.HEAD,
             starts=_BEFORE_DISPATCH | _RUNNING, term="approval_due",
             owed=lambda task, _: (
                 task.approval is None and task.state is not _S.DRAFTED and not task.waits_for_lead
             ),
             roles=("leader",)),
        Verb(name="send_back", title="退回检查任务", by=Responsible.HEAD, starts=_BEFORE_DISPATCH,
             roles=("leader",), permission="tasks.send_back_task"),
        Verb(name="resubmit", title="重新报批", by=Responsible.LEAD, starts=_BEFORE_DISPATCH,
             owed=lambda task, _: task.waits_for_lead, roles=("task_administrator",)),
        Verb(name="delete", title="删除检查任务", by=Responsible.LEAD, starts=_BEFORE_DISPATCH,
             leads=_S.DELETED, roles=("task_administrator",)),
        Verb(name="consult", title="征求会商意见", by=Responsible.LEAD, starts=_S.DRAFTED,
             leads=_S.CONSULTING, owed=lambda task, _: bool(task.sheet.joining),
             roles=("task_administrator",)),
        Verb(name="give_opinion", title="提出会商意见", by=Responsible.JOINING,
             starts=_S.CONSULTING, part="part", part_starts={PartState.PENDING, PartState.DECLINED},
             part_leads={PartState.PENDING, PartState.DECLINED},
             owed=lambda _, part: part.opinion is None, term="opinions_due", roles=("clerk",)),
        Verb(name="answer_opinion", title="答复会商意见", by=Responsible.LEAD,
             starts=_S.CONSULTING, part="opinion", part_starts=OpinionState.GIVEN,
             part_leads={OpinionState.ADOPTED, OpinionState.NOT_ADOPTED}, owed=always,
             term="opinions_due", roles=("task_administrator",)),
        Verb(name="end_consultation", title="确认会商意见", by=Responsible.LEAD,
             starts=_S.CONSULTING, leads=_S.READY, owed=always, term="opinions_due",
             roles=("task_administrator",)),
        Verb(name="skip_consultation", title="不经会商", by=Responsible.LEAD, starts=_S.DRAFTED,
             leads=_S.READY, owed=lambda task, _: not task.sheet.joining,
             roles=("task_administrator",)),
        Verb(name="engage_third_party", title="委托第三方机构", by=Responsible.LEAD,
             starts=_BEFORE_DISPATCH, roles=("task_administrator",)),
        Verb(name="draw_by", title="随机抽取", by=Responsible.LEAD, starts={_S.DRAFTED, _S.READY},
             permission="tasks.freeze_draw", roles=("task_administrator",)),
        Verb(name="admit_visits", title="生成检查", by=Responsible.LEAD, starts=_BEFORE_DISPATCH,
             permission="tasks.open_visits", roles=("task_administrator",)),
        Verb(name="name_assistants", title="确定协助人员", by=Responsible.INSTITUTION,
             starts=_RUNNING, part="assistance",
             part_starts={AssistanceState.ENGAGED, AssistanceState.CLAIMED},
             owed=lambda _, part: not part.assistants, roles=("institution_head",)),
        Verb(name="claim_assistance", title="认领协助", by=Responsible.INSTITUTION,
             starts=_RUNNING, part="assistance", part_starts=AssistanceState.ENGAGED,
             part_leads=AssistanceState.CLAIMED, owed=always, term="claim_due",
             roles=("institution_head",)),
        Verb(name="dispatch", title="分发检查任务", by=Responsible.LEAD, starts=_S.READY,
             leads=_S.DISPATCHED, owed=lambda task, _: task.approval is not None,
             roles=("task_administrator",)),
        Verb(name="claim", title="认领检查任务", by=Responsible.DEPARTMENT, starts=_RUNNING,
             leads=_S.IN_PROGRESS, part="part", part_starts=PartState.PENDING,
             part_leads=PartState.CLAIMED, owed=lambda task, _: not task.sheet.drawn_at_claim,
             term="claim_due", roles=("clerk",)),
        Verb(name="claim_by_draw", title="认领并抽取检查人员", by=Responsible.DEPARTMENT,
             starts=_RUNNING, leads=_S.IN_PROGRESS, part="part", part_starts=PartState.PENDING,
             part_leads=PartState.CLAIMED, owed=lambda task, _: task.sheet.drawn_at_claim,
             term="claim_due", roles=("clerk",)),
        Verb(name="draw_again", title="继续抽取检查人员", by=Responsible.DEPARTMENT,
             starts=_S.IN_PROGRESS, part="part", part_starts=PartState.CLAIMED,
             owed=lambda _, part: bool(part.unstaffed), term="sheet.ends_on", roles=("clerk",)),
        Verb(name="urge", title="催办", by=Responsible.LEAD, starts=_RUNNING, part="part",
             part_starts={PartState.PENDING, PartState.CLAIMED},
             roles=("leader", "task_administrator")),
        Verb(name="answer_urging", title="答复催办", by=Responsible.DEPARTMENT, starts=_RUNNING,
             part="urging", part_starts=UrgingState.ASKED, part_leads=UrgingState.ANSWERED,
             owed=always, roles=("clerk",)),
        Verb(name="close_part", title="办结本部门的部分", by=Responsible.DEPARTMENT,
             starts=_S.IN_PROGRESS, part="part", part_starts=PartState.CLAIMED,
             part_leads=PartState.CLOSED, owed=always, term="sheet.ends_on", roles=("clerk",)),
        Verb(name="close", title="办结检查任务", by=Responsible.LEAD, starts=_S.IN_PROGRESS,
             leads=_S.CLOSED, owed=_all_closed, term="sheet.ends_on",
             roles=("task_administrator",)),
        Verb(name="archive", title="归档检查任务", by=Responsible.LEAD, starts=_S.CLOSED,
             leads=_S.ARCHIVED, owed=always, roles=("task_administrator",)),
        Verb(name="draw_reviews", title="抽取任务复核", by=Responsible.LEAD, starts=_AFTER_CLAIM,
             roles=("task_administrator",)),
        Verb(name="decide_results", title="决定结果公示", by=Responsible.LEAD,
             starts=_AFTER_CLAIM, roles=("leader", "task_administrator")),
        Verb(name="publish", title="完成检查任务公示", by=Responsible.LEAD, starts=_S.ARCHIVED,
             leads=_S.PUBLISHED, owed=always, roles=("task_administrator",)),
    ),
)  # fmt: skip
"""What is done with a task; every other state is refused as ``tasks.task_is_<state>``."""


@define(eq=False, kw_only=True)
class Task(Aggregate):
    """综合监管任务 (Task): one joint inspection of many subjects, led by one department.

    Source: proposal 6.4.2.5.2.2 to 6.4.2.5.2.7; 国办发〔2024〕54号 (approval, published matters,
    third parties only assist).
    """

    verbs: ClassVar[Verbs | None] = VERBS

    _sheet: TaskSheet
    _parts: tuple[DepartmentPart, ...]
    _state: TaskState = TaskState.DRAFTED
    _third_parties: tuple[ThirdPartyPart, ...] = ()
    _approval: Approval | None = None
    _urgent_because: str = ""
    _opinions_due: date | None = None
    _visited: frozenset[str] = frozenset()
    _grounds: frozenset[VisitGround] = frozenset()
    _judges: frozenset[str] = frozenset()
    _proposers: frozenset[str] = frozenset()
    _sent_back: tuple[SentBack, ...] = ()
    _approval_due: date | None = None
    _claim_due: date | None = None
    _urgings: tuple[Urging, ...] = ()
    _manifest: str = ""
    _manifest_elsewhere: str = ""
    _deleted_because: str = ""
    _created_at: datetime | None = None
    _dispatched_at: datetime | None = None
    _closed_at: datetime | None = None
    _archived_at: datetime | None = None
    _review_draws: tuple[ReviewDraw, ...] = ()

    @classmethod
    def create(cls, *, id: str, sheet: TaskSheet, at: datetime, by: str = "") -> Self:
        """Draft a task with a part for the lead and each joining department.

        ``by`` is who proposes it. Raises ``TaskRefused``.
        """
        refuse_if(TaskRefused, sheet_violations(sheet, local_day(at)))
        task = cls(id=id, sheet=sheet, parts=_fresh_parts(sheet), created_at=at)
        task._proposers = frozenset({by} - {""})
        task._record(events.TaskCreated(at=at, task=id))
        return task

    @property
    def sheet(self) -> TaskSheet:
        """What the task says."""
        return self._sheet

    @property
    def state(self) -> TaskState:
        """How far it has come."""
        return self._state

    @property
    def parts(self) -> tuple[DepartmentPart, ...]:
        """The departments' parts, the lead's first."""
        return self._parts

    @property
    def third_parties(self) -> tuple[ThirdPartyPart, ...]:
        """Institutions that assist."""
        return self._third_parties

    @property
    def assistants(self) -> frozenset[str]:
        """The people of third parties who are named for the task."""
        return frozenset(each for part in self._third_parties for each in part.assistants)

    def assistants_of(self, institution: str) -> frozenset[str]:
        """Give the people whom an institution named."""
        part = self._third_party(institution)
        return frozenset() if part is None else frozenset(part.assistants)

    @property
    def institutions(self) -> frozenset[str]:
        """Ids of the institutions that assist: the task concerns them, once it went out.

        Until then it is nobody's outside who is to be visited.
        """
        if self._state not in _SENT_OUT:
            return frozenset()
        return frozenset(part.institution for part in self._third_parties)

    @property
    def approval(self) -> Approval | None:
        """Who allowed the check, and when."""
        return self._approval

    @property
    def urgent_because(self) -> str:
        """Why it went out before it was approved; empty otherwise."""
        return self._urgent_because

    @property
    def approval_due(self) -> date | None:
        """Until when the head confirms what went out before it was approved; none otherwise."""
        return self._approval_due

    @property
    def confirmed_on(self) -> date | None:
        """When the head confirmed what went out before it was approved; none otherwise."""
        urgent = self._approval_due is not None and self._approval is not None
        return local_day(self._approval.at) if urgent and self._approval else None

    def unconfirmed(self, today: date) -> bool:
        """Tell whether the day to confirm it is over, and nobody has (未补批)."""
        due = self._approval_due
        return due is not None and self._approval is None and due < today

    @property
    def sent_back(self) -> tuple[SentBack, ...]:
        """Every time that the head did not approve it, oldest first."""
        return self._sent_back

    @property
    def waits_for_lead(self) -> bool:
        """Tell whether it was sent back, and the lead has not said yet what was done about it."""
        return bool(self._sent_back) and self._sent_back[-1].answered_at is None

    @property
    def judges(self) -> frozenset[str]:
        """The accounts that judged the clues on which its visits rest."""
        return self._judges

    @property
    def grounds(self) -> frozenset[VisitGround]:
        """The grounds on which its visits rest."""
        return self._grounds

    @property
    def sent_for(self) -> bool:
        """Tell whether each of its visits rests on a clue or an order from above."""
        return bool(self._grounds) and self._grounds <= SENT_FOR

    @property
    def opinions_due(self) -> date | None:
        """The last day for opinions, once asked for."""
        return self._opinions_due

    @property
    def claim_due(self) -> date | None:
        """The last day for claiming a part, once dispatched."""
        return self._claim_due

    @property
    def urgings(self) -> tuple[Urging, ...]:
        """Every urging, answered or not."""
        return self._urgings

    @property
    def manifest(self) -> str:
        """SM3 of the archive's manifest; empty before it is archived."""
        return self._manifest

    @property
    def manifest_elsewhere(self) -> str:
        """SM3 of a file that was made elsewhere, as it was typed in: nobody compared it."""
        return self._manifest_elsewhere

    @property
    def deleted_because(self) -> str:
        """Why it was deleted; empty otherwise."""
        return self._deleted_because

    @property
    def review_draws(self) -> tuple[ReviewDraw, ...]:
        """Every draw of finished visits for a second look, oldest first."""
        return self._review_draws

    @property
    def created_at(self) -> datetime | None:
        """When it was drafted; unknown of what older releases drafted."""
        return self._created_at

    @property
    def dispatched_at(self) -> datetime | None:
        """When it went out to its departments, once it did."""
        return self._dispatched_at

    @property
    def closed_at(self) -> datetime | None:
        """When the whole was closed, once it was."""
        return self._closed_at

    @property
    def archived_at(self) -> datetime | None:
        """When its file was fixed, once it was."""
        return self._archived_at

    @property
    def departments(self) -> frozenset[str]:
        """Every department with a part."""
        return frozenset(part.department for part in self._parts)

    @property
    def closed(self) -> frozenset[str]:
        """The departments that alone read of it while it names firms for whom nobody could go."""
        named = any(part.unstaffed for part in self._parts)
        return self.departments if named else frozenset()

    @property
    def taking_part(self) -> tuple[str, ...]:
        """The departments that have not declined, the lead first."""
        return tuple(
            part.department for part in self._parts if part.state is not PartState.DECLINED
        )

    @property
    def granted(self) -> frozenset[Recusal]:
        """The requests to withdraw that were granted when departments drew their officers."""
        return frozenset(
            one
            for part in self._parts
            for drawn in part.draws
            for one in drawn.recusals
            if one.ground is Ground.REQUEST
        )

    def part(self, department: str) -> DepartmentPart | None:
        """Give the part of ``department``, if it has one."""
        return next((part for part in self._parts if part.department == department), None)

    @property
    def _drafted_on(self) -> date | None:
        return None if self._created_at is None else local_day(self._created_at)

    def change(
        self, sheet: TaskSheet, *, visited: bool = False, drawn: bool = False, by: str = ""
    ) -> None:
        """Replace what the task says, as ``by`` proposes; an approval lapses, opinions are kept.

        Its draw stays the one it has. When officers are drawn stays as it is once subjects are
        ``visited``, or officers were asked for; where departments draw them, so does who takes
        part. What a draw fixes is changed no more once subjects were both ``drawn`` and
        ``visited``; before, the caller clears the draw. Raises ``TaskRefused``.
        """
        sheet = evolve(sheet, draw=self._sheet.draw)
        fresh = _fresh_parts(sheet)
        faults = [*self.forbids("change"), *sheet_violations(sheet, self._drafted_on)]
        if drawn and visited and (changed := self._sheet.differences(sheet)):
            faults.append(Violation("tasks.sheet_fixed", data={"changed": "、".join(changed)}))
        if sheet.staffed is not self._sheet.staffed and (visited or self.wanted_officers):
            faults.append(Violation("tasks.staffing_settled", "staffed"))
        gone = self.departments - {part.department for part in fresh}
        if visited and self._sheet.drawn_at_claim and gone:
            faults.append(Violation("tasks.staffing_settled", "joining"))
        refuse_if(TaskRefused, faults)
        kept = {part.department: part for part in self._parts}
        self._parts = tuple(kept.get(part.department, part) for part in fresh)
        self._sheet, self._approval = sheet, None
        self._proposers |= {by} - {""}

    def draw_by(self, draw: str, *, stands: bool, by: str = "") -> None:
        """Rest on a draw, by shares and demands of ``by``; a given approval lapses.

        ``stands`` tells that the draw named before is not cleared. Raises ``TaskRefused``.
        """
        refuse_if(TaskRefused, self._draw_violations(stands=stands))
        self._sheet, self._approval = evolve(self._sheet, draw=draw), None
        self._proposers |= {by} - {""}

    def _draw_violations(self, *, stands: bool) -> Iterator[Violation]:
        yield from self.forbids("draw_by")
        if stands:
            yield Violation("tasks.draw_stands")

    def approve(self, *, visits: int, selection: str = "", by: str, at: datetime) -> None:
        """Let the head of the lead body allow the check, once, of ``visits`` subjects.

        ``selection`` is the digest of what is drawn now: what is drawn otherwise later is not.
        Nobody allows what they proposed (the task, its draw or its visits), a check for a clue that
        they judged, or a task that an opinion which they gave or adopted changed.
        Raises ``TaskRefused``.
        """
        refuse_if(TaskRefused, self._approve_violations(visits, by))
        due = self._approval_due
        late = due is not None and local_day(at) > due
        self._approval = Approval(by=by, at=at, selection=selection, late=late)

    def _approve_violations(self, visits: int, by: str) -> Iterator[Violation]:
        yield from self.forbids("approve")
        if self._approval is not None:
            yield Violation("tasks.approved_already")
        if visits < 1:
            yield Violation("tasks.no_visits")
        if by in self._proposers:
            yield Violation("tasks.approver_proposed")
        if by in self._judges:
            yield Violation("tasks.approver_judged_clue")
        if by in self._persuaded_by:
            yield Violation("tasks.approver_adopted")
        if self.waits_for_lead:
            yield Violation("tasks.task_sent_back")

    @property
    def _persuaded_by(self) -> frozenset[str]:
        """The accounts that gave an opinion which was adopted, or adopted one."""
        opinions = (part.opinion for part in self._parts if part.opinion is not None)
        adopted = (one for one in opinions if one.state is OpinionState.ADOPTED)
        return frozenset(
            by for one in adopted for by in (one.by, one.answer.by if one.answer else "")
        )

    def send_back(self, *, reason: str, by: str, at: datetime) -> None:
        """Let the head give the list back with a reason; a given approval ends.

        The lead says what was done about it before it can be approved. Raises ``TaskRefused``.
        """
        refuse_if(TaskRefused, self._send_back_violations(reason))
        self._sent_back += (SentBack(reason=reason, by=by, at=at),)
        self._approval = None

    def _send_back_violations(self, reason: str) -> Iterator[Violation]:
        yield from self.forbids("send_back")
        yield from _missing(reason, "reason")
        if self.waits_for_lead:
            yield Violation("tasks.task_sent_back")

    def resubmit(self, *, answer: str, at: datetime) -> None:
        """Let the lead say what was done about what the head asked for. Raises ``TaskRefused``."""
        faults = [*self.forbids("resubmit"), *_missing(answer, "answer")]
        if not self.waits_for_lead:
            faults.append(Violation("tasks.not_sent_back"))
        refuse_if(TaskRefused, faults)
        answered = evolve(self._sent_back[-1], answer=answer, answered_at=at)
        self._sent_back = (*self._sent_back[:-1], answered)

    def delete(self, *, reason: str, at: datetime) -> None:
        """Give the task up before dispatch. Raises ``TaskRefused``."""
        refuse_if(TaskRefused, (*self.forbids("delete"), *_missing(reason, "reason")))
        self._state, self._deleted_because = TaskState.DELETED, reason
        self._record(events.TaskDeleted(at=at, task=self.id, reason=reason))

    def consult(self, *, due_on: date, at: datetime) -> None:
        """Ask the joining departments for their opinion until ``due_on``, included.

        Raises ``TaskRefused``.
        """
        refuse_if(TaskRefused, self._consult_violations(local_day(at), due_on))
        self._state, self._opinions_due = TaskState.CONSULTING, due_on
        asked = self._sheet.joining
        self._record(events.TaskConsulted(at=at, task=self.id, departments=asked, due_on=due_on))

    def _consult_violations(self, today: date, due_on: date) -> Iterator[Violation]:
        yield from self.forbids("consult")
        if not self._sheet.joining:
            yield Violation("tasks.nobody_to_consult", "joining")
        if due_on < today:
            yield Violation("tasks.due_day_past", "due_on")

    def give_opinion(self, department: str, opinion: Opinion) -> None:
        """Take a joining department's opinion; a later one replaces an earlier one.

        Raises ``PartRefused``.
        """
        refuse_if(PartRefused, self._opinion_violations(department, opinion))
        state = PartState.PENDING if opinion.participates else PartState.DECLINED
        self._put(department, opinion=opinion, state=state)

    def _opinion_violations(self, department: str, opinion: Opinion) -> Iterator[Violation]:
        yield from self.forbids("give_opinion", self.part(department))
        if department not in self._sheet.joining:
            yield Violation("tasks.department_not_joining", data={"department": department})
        if not opinion.participates and not opinion.changes.strip():
            yield Violation("tasks.field_empty", "changes")
        if self._sheet.drawn_at_claim and opinion.officers_to_add:
            yield Violation("tasks.officers_at_claim", "officers_to_add")

    @property
    def suggestions(self) -> tuple[DepartmentPart, ...]:
        """The parts of the departments that want something changed before dispatch."""
        return tuple(
            part for part in self._parts if part.opinion is not None and part.opinion.suggests
        )

    def answer_opinion(
        self, department: str, *, adopted: bool, text: str, by: str, at: datetime
    ) -> None:
        """Adopt what a department suggests, or say why not; adopted matters change the task.

        A given approval lapses where they do. Raises ``PartRefused``.
        """
        faults = self._opinion_answer_violations(department, text, by, adopted=adopted)
        refuse_if(PartRefused, faults)
        (opinion,) = (one.opinion for one in self.suggestions if one.department == department)
        answer = OpinionAnswer(adopted=adopted, by=by, at=at, text=text)
        self._put(department, opinion=None if opinion is None else evolve(opinion, answer=answer))
        if adopted and opinion is not None:
            self._change_matters(opinion)

    def _opinion_answer_violations(
        self, department: str, text: str, by: str, *, adopted: bool
    ) -> Iterator[Violation]:
        found = next((one for one in self.suggestions if one.department == department), None)
        yield from self.forbids("answer_opinion", found)
        if found is None:
            yield Violation("tasks.opinion_suggests_nothing", data={"department": department})
        elif found.opinion is not None:
            yield from decided_by_another(by, found.opinion.by)
        if not adopted:
            yield from _missing(text, "text")

    def _change_matters(self, opinion: Opinion) -> None:
        kept = (one for one in self._sheet.matters if one not in opinion.matters_to_drop)
        matters = tuple(dict.fromkeys((*kept, *opinion.matters_to_add)))
        if matters != self._sheet.matters:
            self._sheet, self._approval = evolve(self._sheet, matters=matters), None

    @property
    def wanted_subjects(self) -> frozenset[str]:
        """The subjects that departments asked to visit as well, and the lead adopted."""
        return frozenset(each for one in self._adopted for each in one.subjects_to_add)

    @property
    def wanted_officers(self) -> frozenset[str]:
        """The officers whom departments asked to send as well, and the lead adopted."""
        return frozenset(each for one in self._adopted for each in one.officers_to_add)

    @property
    def orders(self) -> tuple[VisitOrder, ...]:
        """The visits still to be set up for adopted opinions: each subject, and whom to send."""
        return tuple(
            VisitOrder(subject=each, ground=VisitGround.ADJUSTMENT, officers=one.officers_to_add)
            for one in self._adopted
            for each in one.subjects_to_add
            if each not in self._visited
        )

    @property
    def _adopted(self) -> Iterator[Opinion]:
        for part in self._parts:
            if part.opinion is not None and part.opinion.state is OpinionState.ADOPTED:
                yield part.opinion

    def end_consultation(self, *, at: datetime) -> None:
        """Confirm the opinions: all given, or their last day past, and every suggestion answered.

        Raises ``TaskRefused``.
        """
        refuse_if(TaskRefused, self._end_consultation_violations(local_day(at)))
        self._state = TaskState.READY

    def _end_consultation_violations(self, today: date) -> Iterator[Violation]:
        yield from self.forbids("end_consultation")
        if self._opinions_due is not None and today <= self._opinions_due:
            for part in self._parts:
                if part.department in self._sheet.joining and part.opinion is None:
                    yield Violation("tasks.opinion_missing", data={"department": part.department})
        for part in self.suggestions:
            if part.opinion is not None and part.opinion.answer is None:
                yield Violation("tasks.opinion_unanswered", data={"department": part.department})

    def skip_consultation(self, *, demanded: bool = False) -> None:
        """Make a task ready without asking anybody.

        Refused where the scene ``demanded`` opinions (征求意见) and there is somebody to ask.
        Raises ``TaskRefused``.
        """
        asked = [Violation("tasks.consultation_demanded", "task_id")] if demanded else []
        faults = [*self.forbids("skip_consultation"), *(asked if self._sheet.joining else [])]
        refuse_if(TaskRefused, faults)
        self._state = TaskState.READY

    def engage_third_party(self, *, institution: str, duty: str, headcount: int) -> None:
        """Let an institution assist with a number of people fixed beforehand.

        An approval without it lapses. Raises ``TaskRefused``.
        """
        refuse_if(TaskRefused, self._engage_violations(institution, duty, headcount))
        part = ThirdPartyPart(institution=institution, duty=duty, headcount=headcount)
        self._third_parties += (part,)
        self._approval = None

    def _engage_violations(
        self, institution: str, duty: str, headcount: int
    ) -> Iterator[Violation]:
        yield from self.forbids("engage_third_party")
        yield from _missing(institution, "institution")
        yield from _missing(duty, "duty")
        if headcount < 1:
            yield Violation("tasks.headcount_missing", "headcount")
        if institution in {each.institution for each in self._third_parties}:
            yield Violation("tasks.third_party_twice", "institution")

    def admit_visits(
        self,
        subjects: Sequence[str] = (),
        *,
        visited: Mapping[str, str] = MappingProxyType({}),
        grounds: Iterable[VisitGround] = (),
        judges: Iterable[str] = (),
        by: str = "",
    ) -> None:
        """Let visits of ``subjects`` be added: an approval of the list without them lapses.

        ``visited`` are those among them that have a visit in this task, with its number: a subject
        is visited once for all departments (proposal 6.4.2.5.2), and no visit is ever withdrawn.
        ``grounds`` are those of the visits, ``judges`` the accounts that judged the clues among
        them, ``by`` is who proposes them. Raises ``TaskRefused``.
        """
        refuse_if(TaskRefused, self._admit_violations(subjects, visited))
        self._approval = None
        self._grounds |= frozenset(grounds)
        self._judges |= frozenset(judges)
        self._proposers |= {by} - {""}
        self.note_visits(subjects)

    def _admit_violations(
        self, subjects: Sequence[str], visited: Mapping[str, str]
    ) -> Iterator[Violation]:
        yield from self.forbids("admit_visits")
        for place, subject in enumerate(subjects):
            if subject in visited:
                yield Violation(
                    "tasks.subject_visited",
                    f"orders[{place}].subject",
                    {"subject": subject, "number": visited[subject]},
                )

    def note_visits(self, subjects: Iterable[str]) -> None:
        """Note that ``subjects`` have a visit: adopted opinions that want one are carried out."""
        self._visited |= self.wanted_subjects.intersection(subjects)

    def withholds_visits(self, on: date | None = None) -> Iterator[Violation]:
        """Give why none of its visits may begin: its list is approved first, or it is urgent.

        Nor does one begin ``on`` a day before the task does; no day asks of the list alone.
        Source: 国办发〔2024〕54号.
        """
        if self._dispatched_at is None:
            code = "approval_missing" if self._approval is None else "not_sent_out"
            yield Violation(f"tasks.{code}")
        if on is not None and on < self._sheet.starts_on:
            data = {"starts_on": str(self._sheet.starts_on)}
            yield Violation("tasks.period_not_begun", data=data)

    def name_assistants(self, *, institution: str, people: tuple[str, ...]) -> None:
        """Let an institution name (or rename) the people it sends. Raises ``PartRefused``."""
        refuse_if(PartRefused, self._assistants_violations(institution, people))
        self._put_third_party(institution, assistants=people)

    def _assistants_violations(
        self, institution: str, people: tuple[str, ...]
    ) -> Iterator[Violation]:
        part = self._third_party(institution)
        yield from self.forbids("name_assistants", part)
        if part is None:
            yield Violation("tasks.third_party_unknown", "institution")
        elif len(people) > part.headcount:
            yield Violation("tasks.too_many_assistants", "people", {"headcount": part.headcount})
        if not people:
            yield Violation("tasks.field_empty", "people")
        if len(set(people)) != len(people):
            yield Violation("tasks.assistant_twice", "people")

    def claim_assistance(self, *, institution: str, by: str, at: datetime) -> None:
        """Let one of the institution's people take up its part. Raises ``PartRefused``."""
        refuse_if(PartRefused, self._claim_assistance_violations(institution))
        self._put_third_party(institution, claimed_by=by, claimed_at=at)

    def _claim_assistance_violations(self, institution: str) -> Iterator[Violation]:
        part = self._third_party(institution)
        yield from self.forbids("claim_assistance", part)
        if part is None:
            yield Violation("tasks.third_party_unknown", "institution")

    def dispatch(  # noqa: PLR0913 - one for each condition
        self,
        *,
        claim_due: date,
        published: frozenset[str],
        visits: int,
        outcome: DrawOutcome = NOTHING_DRAWN,
        urgent_because: str = "",
        approval_due: date | None = None,
        heeded: frozenset[str] = frozenset(),
        absent: frozenset[str] = frozenset(),
        rosters: Mapping[str, tuple[Candidate, ...]] = MappingProxyType({}),
        at: datetime,
    ) -> None:
        """Send the task out to its departments.

        ``published`` are the published matters among the task's, ``visits`` the number of
        visits it holds, ``outcome`` what became of its draw, ``heeded`` those of the wanted
        subjects and officers that have a visit, ``absent`` the departments with items that take
        no part, so that nobody would draw their officers, ``rosters`` the officers of departments
        that will. Only an urgent task, for a reason, goes
        out before it is approved, and only where each visit rests on a clue or an order from
        above; the head confirms it by ``approval_due``. Raises ``TaskNotDispatchable``.
        """
        refuse_if(
            TaskNotDispatchable,
            (
                *self._dispatch_violations(
                    local_day(at), claim_due, published, visits, urgent_because
                ),
                *self._outcome_violations(outcome),
                *self._unheeded(heeded),
                *self._never_drawn(absent),
            ),
        )
        self._state, self._claim_due = TaskState.DISPATCHED, claim_due
        self._dispatched_at = at
        for department, officers in rosters.items():
            self._put(department, roster=officers)
        self._urgent_because = "" if self._approval else urgent_because
        self._approval_due = None if self._approval else approval_due
        self._record(
            events.TaskDispatched(
                at=at, task=self.id, departments=self.taking_part, claim_due=claim_due
            )
        )

    def _outcome_violations(self, outcome: DrawOutcome) -> Iterator[Violation]:
        if not outcome.finished:
            yield Violation("tasks.draw_unfinished")
        if outcome.unvisited:
            count, first = len(outcome.unvisited), outcome.unvisited[0]
            yield Violation("tasks.drawn_unvisited", data={"count": count, "subject": first})
        if outcome.ungrounded:
            yield Violation("tasks.visits_ungrounded", data={"count": outcome.ungrounded})
        if self._approval is not None and self._approval.selection != outcome.digest:
            yield Violation("tasks.drawn_since_approved")

    def _unheeded(self, heeded: frozenset[str]) -> Iterator[Violation]:
        """Name what was adopted of the opinions, and is not carried out."""
        for subject in sorted(self.wanted_subjects - heeded):
            yield Violation("tasks.adopted_subject_unvisited", data={"subject": subject})
        for officer in sorted(self.wanted_officers - heeded):
            yield Violation("tasks.adopted_officer_unsent", data={"officer": officer})

    def _never_drawn(self, absent: Iterable[str]) -> Iterator[Violation]:
        if self._sheet.drawn_at_claim:
            for one in sorted(absent):
                yield Violation("tasks.department_claims_nothing", data={"department": one})

    def _dispatch_violations(
        self,
        today: date,
        claim_due: date,
        published: frozenset[str],
        visits: int,
        urgent_because: str,
    ) -> Iterator[Violation]:
        yield from self.forbids("dispatch")
        if not self._sheet.matters:
            yield Violation("tasks.matters_missing", "matters")
        yield from unpublished_violations(self._sheet.matters, published)
        if self._approval is None and not urgent_because.strip():
            yield Violation("tasks.approval_missing")
        elif self._approval is None and not self.sent_for:
            yield Violation("tasks.urgent_without_clue", "urgent_because")
        if visits < 1:
            yield Violation("tasks.no_visits")
        yield from period_violations(self._sheet, self._drafted_on)
        if self._sheet.ends_on < today:
            yield Violation("tasks.period_over", "ends_on")
        if claim_due < today:
            yield Violation("tasks.due_day_past", "claim_due")

    def claim(self, *, department: str, by: str, at: datetime) -> None:
        """Let a department take up its part; the first claim starts the task.

        Raises ``PartRefused``.
        """
        faults = list(self._part_violations("claim", department))
        if self._sheet.drawn_at_claim:
            faults.append(Violation("tasks.officers_not_drawn"))
        refuse_if(PartRefused, faults)
        self._take_up(department, by=by, at=at)

    def claim_by_draw(
        self, *, department: str, draw: Callable[[], ClaimDraw], by: str, at: datetime
    ) -> None:
        """Let a department take up its part with the officers that it draws.

        ``draw`` is asked once nothing forbids the claim. Raises ``PartRefused``, and what that
        raises.
        """
        faults = list(self._part_violations("claim_by_draw", department))
        if not self._sheet.drawn_at_claim:
            faults.append(Violation("tasks.officers_drawn_before"))
        refuse_if(PartRefused, faults)
        drawn = draw()
        self._take_up(department, by=by, at=at)
        self._put(department, drawn=drawn)

    def draw_again(self, *, department: str, draw: Callable[[DepartmentPart], ClaimDraw]) -> None:
        """Let a department draw officers for subjects that its draws before had to leave without.

        It owes this until the task ends, as the visits are due: it has claimed in time.
        ``draw`` is asked once nothing forbids it. Raises ``PartRefused``, and what that raises.
        """
        faults, part = list(self._part_violations("draw_again", department)), self.part(department)
        if part is None or not part.unstaffed:
            faults.append(Violation("tasks.nobody_unstaffed"))
        refuse_if(PartRefused, faults)
        if part is not None:
            self._put(department, drawn_again=(*part.drawn_again, draw(part)))

    def _take_up(self, department: str, *, by: str, at: datetime) -> None:
        self._put(department, state=PartState.CLAIMED, claimed_by=by, claimed_at=at)
        self._state = TaskState.IN_PROGRESS
        self._record(events.PartClaimed(at=at, task=self.id, department=department))

    def urge(self, *, urging: str, department: str, text: str, by: str, at: datetime) -> None:
        """Press a department that is late with its part. Raises ``PartRefused``."""
        refuse_if(
            PartRefused,
            (*self._part_violations("urge", department), *_missing(text, "text")),
        )
        self._urgings += (Urging(id=urging, department=department, text=text, by=by, at=at),)
        self._record(events.PartUrged(at=at, task=self.id, department=department, urging=urging))

    def answer_urging(self, *, urging: str, department: str, text: str, at: datetime) -> None:
        """Take the department's answer to an urging, once. Raises ``PartRefused``."""
        refuse_if(PartRefused, self._answer_violations(urging, department, text))
        self._urgings = tuple(
            evolve(each, answer=text, answered_at=at) if each.id == urging else each
            for each in self._urgings
        )

    def _answer_violations(self, urging: str, department: str, text: str) -> Iterator[Violation]:
        found = next(
            (one for one in self._urgings if (one.id, one.department) == (urging, department)), None
        )
        yield from self.forbids("answer_urging", found)
        yield from _missing(text, "text")
        if found is None:
            yield Violation("tasks.urging_unknown", "urging")

    def close_part(  # noqa: PLR0913 - one for each condition
        self,
        *,
        department: str,
        by: str,
        open_visits: int,
        open_rectifications: int,
        unordered: int = 0,
        at: datetime,
    ) -> None:
        """Let a department close its part, nothing of it being open. Raises ``PartRefused``.

        ``unordered`` are its findings that are to be put right, and that no order takes in.
        """
        refuse_if(
            PartRefused,
            (
                *self._part_violations("close_part", department),
                *_open("tasks.visits_open", open_visits),
                *_open("tasks.rectifications_open", open_rectifications),
                *_open("tasks.findings_unordered", unordered),
            ),
        )
        self._put(department, state=PartState.CLOSED, closed_by=by, closed_at=at)
        self._record(events.PartClosed(at=at, task=self.id, department=department))

    def close(self, *, at: datetime) -> None:
        """Close the whole, every part being closed or declined. Raises ``TaskNotClosable``."""
        refuse_if(TaskNotClosable, self._close_violations())
        self._state, self._closed_at = TaskState.CLOSED, at
        self._record(events.TaskClosed(at=at, task=self.id))

    def _close_violations(self) -> Iterator[Violation]:
        yield from self.forbids("close")
        for part in self._parts:
            if part.state not in (PartState.CLOSED, PartState.DECLINED):
                yield Violation("tasks.part_open", data={"department": part.department})
        if self._approval is None:
            yield Violation("tasks.approval_missing")

    def archive(self, *, manifest: str, at: datetime, elsewhere: str = "") -> None:
        """Fix the whole file of the task by its manifest's SM3.

        That of a file which was made ``elsewhere`` is kept beside. Raises ``TaskNotClosable``.
        """
        faults = (*self.forbids("archive"), *_missing(manifest, "manifest"))
        refuse_if(TaskNotClosable, (*faults, *_unfit_digest(elsewhere, "manifest")))
        self._state, self._manifest = TaskState.ARCHIVED, manifest
        self._manifest_elsewhere = elsewhere
        self._archived_at = at
        self._record(events.TaskArchived(at=at, task=self.id, manifest=manifest))

    @property
    def listed_for_review(self) -> frozenset[str]:
        """The visits that stood in a list for reviews: no lot is cast for them again."""
        return frozenset(one for each in self._review_draws for one in each.candidates)

    def draw_reviews(self, listed: ReviewDraw, draw: Callable[[ReviewDraw], ReviewDraw]) -> None:
        """Draw finished visits of a list for a second look, a visit being in one list alone.

        ``draw`` is asked once nothing forbids it. Raises ``TaskRefused``, and what that raises.
        """
        refuse_if(TaskRefused, self._review_draw_violations(listed))
        self._review_draws += (draw(listed),)

    def _review_draw_violations(self, drawn: ReviewDraw) -> Iterator[Violation]:
        yield from self.forbids("draw_reviews")
        if not 1 <= drawn.share <= WHOLE:
            yield Violation("tasks.review_share", "share")
        if not drawn.candidates:
            yield Violation("tasks.nothing_to_review")
        if not self.listed_for_review.isdisjoint(drawn.candidates):
            yield Violation("tasks.review_listed_before")

    def decide_results(self, *, results_due: int) -> None:
        """Confirm that results wait to be shown or withheld. Raises ``TaskRefused``."""
        faults = [Violation("tasks.no_results_due")] if not results_due else []
        refuse_if(TaskRefused, (*self.forbids("decide_results"), *faults))

    def publish(self, *, results_due: int, at: datetime) -> None:
        """Note that no result waits to be shown any more. Raises ``TaskNotClosable``."""
        refuse_if(
            TaskNotClosable,
            (*self.forbids("publish"), *_open("tasks.results_due", results_due)),
        )
        self._state = TaskState.PUBLISHED
        self._record(events.TaskPublished(at=at, task=self.id))

    def _part_violations(self, verb: str, department: str) -> Iterator[Violation]:
        part = self.part(department)
        yield from self.forbids(verb, part)
        if part is None:
            yield Violation("tasks.part_unknown", data={"department": department})

    def _put(self, department: str, **changes: object) -> None:
        self._parts = tuple(
            evolve(part, **changes) if part.department == department else part  # type: ignore[arg-type]
            for part in self._parts
        )

    def _third_party(self, institution: str) -> ThirdPartyPart | None:
        named = (each for each in self._third_parties if each.institution == institution)
        return next(named, None)

    def _put_third_party(self, institution: str, **changes: object) -> None:
        self._third_parties = tuple(
            evolve(each, **changes) if each.institution == institution else each  # type: ignore[arg-type]
            for each in self._third_parties
        )


def _fresh_parts(sheet: TaskSheet) -> tuple[DepartmentPart, ...]:
    return tuple(DepartmentPart(department=each) for each in (sheet.lead, *sheet.joining))


def _unfit_digest(digest: str, at: str) -> Iterator[Violation]:
    if digest and not _SM3.fullmatch(digest):
        yield Violation("tasks.digest_unfit", at)


def _missing(text: str, at: str) -> Iterator[Violation]:
    if not text.strip():
        yield Violation("tasks.field_empty", at)


def _open(code: str, count: int) -> Iterator[Violation]:
    if count:
        yield Violation(code, data={"count": count})
