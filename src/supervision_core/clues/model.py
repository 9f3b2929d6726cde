"""The clue: from its channel to its conclusion, with everyone through whose hands it went."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar, Final, Self

from attrs import define, field, frozen, setters

from supervision_core.identity.model import PermissionDenied
from supervision_core.kernel.days import local_day
from supervision_core.kernel.errors import Refused, Violation, refuse_if
from supervision_core.kernel.events import Aggregate, Event
from supervision_core.kernel.fields import said
from supervision_core.kernel.verbs import Responsible, Verb, Verbs, always, departments


class ClueChannel(StrEnum):
    """Where a clue comes from (proposal 6.4.2.5.1)."""

    HOTLINE_12345 = "hotline_12345"
    DEPARTMENT = "department"
    DATA_ALERT = "data_alert"
    DEVICE = "device"
    ASSOCIATION = "association"
    SCAN = "scan"
    VISIT = "visit"
    MANUAL = "manual"


class ClueKind(StrEnum):
    """What the law makes of it: its terms differ (市场监督管理投诉举报处理暂行办法)."""

    COMPLAINT = "complaint"
    REPORT = "report"
    OTHER = "other"


TERM_WORKING_DAYS: Mapping[ClueKind, int] = {
    ClueKind.COMPLAINT: 7,
    ClueKind.REPORT: 15,
    ClueKind.OTHER: 15,
}
"""Working days until a complaint is taken up (第14条) or a report verified (第23条)."""

MORE_WORKING_DAYS = 15
"""By so many working days a report's term may be extended, once (第23条)."""


class ClueState(StrEnum):
    """How far a clue has come."""

    REGISTERED = "registered"
    DISTRIBUTED = "distributed"
    SIGNED_FOR = "signed_for"
    ANSWERED = "answered"
    CONCLUDED = "concluded"


class Verdict(StrEnum):
    """What the triage makes of a clue."""

    INSPECT = "inspect"
    HANDLE = "handle"
    NO_ACTION = "no_action"


@define(eq=False)
class ClueRefused(Refused):
    """The clue's state or content forbids the command."""

    code: ClassVar[str] = "clues.clue_refused"


class ComplainantConfidential(PermissionDenied):
    """举报人保密 (ComplainantConfidential): only who deals with the clue learns who complained.

    Source: GB/T 33358-2016; 市场监督管理投诉举报处理暂行办法.
    """

    code: ClassVar[str] = "clues.complainant_confidential"


_S = ClueState
_OPEN = frozenset({_S.REGISTERED, _S.DISTRIBUTED, _S.SIGNED_FOR, _S.ANSWERED})


@frozen(kw_only=True)
class Complainant:
    """投诉举报人 (Complainant): who complained; personal, shown to nobody who need not know.

    ``confidential`` asks that the inspected body never learn it (GB/T 33358-2016).
    """

    name: str = field(default="", repr=False, metadata=said("投诉举报人姓名"))
    phone: str = field(default="", repr=False, metadata=said("投诉举报人电话"))
    confidential: bool = field(default=True, metadata=said("是否要求对被检查对象保密"))


@frozen(kw_only=True)
class ClueSheet:
    """线索信息 (ClueSheet): what is said about whom; ``reference`` is the channel's own number."""

    title: str = field(metadata=said("线索标题", example="反映某乳制品厂生产环境脏乱"))
    content: str = field(metadata=said("线索内容", example="厂区排水沟积水，原料露天堆放"))
    channel: ClueChannel = field(
        metadata=said(
            "线索来源",
            codes={
                "hotline_": "12345 12345热线",
                "department": "部门移送",
                "data_alert": "数据预警",
                "device": "设备告警",
                "association": "行业协会",
                "scan": "扫码举报",
                "visit": "检查发现",
                "manual": "人工登记",
            },
            example="manual",
        )
    )
    kind: ClueKind = field(
        metadata=said(
            "线索类型",
            codes={"complaint": "投诉", "report": "举报", "other": "其他"},
            example="report",
        )
    )
    region: str = field(metadata=said("所属区划代码", example="450100", to="region"))
    registered_by: str = field(metadata=said("登记部门的编号", example="nanning", to="department"))
    subject: str = field(
        default="", metadata=said("所涉监管对象的编号，尚不能确定的为空", to="subject")
    )
    subject_text: str = field(
        default="", metadata=said("所涉对象的文字描述", example="南宁示例乳业有限公司")
    )
    reference: str = field(
        default="", metadata=said("来源渠道的工单编号", example="12345-2026-000001")
    )
    attachments: tuple[str, ...] = field(default=(), metadata=said("附件的文件编号"))


@frozen(kw_only=True)
class Triage:
    """线索研判 (Triage): what is to be done with the clue, and why. Proposal 6.4.2.5.1.3."""

    verdict: Verdict
    reason: str
    by: str
    at: datetime
    urgent: bool = False


@frozen(kw_only=True)
class Handoff:
    """转办 (Handoff): the clue passes from one department to the next."""

    giver: str
    taker: str
    by: str
    at: datetime
    reason: str = ""


@frozen(kw_only=True)
class ClueAnswer:
    """线索反馈 (ClueAnswer): what the department did, told to who gave it the clue."""

    department: str
    text: str
    by: str
    at: datetime
    attachments: tuple[str, ...] = ()


@frozen(kw_only=True)
class ClueRegistered(Event):
    """A clue came in."""

    clue: str
    channel: str


@frozen(kw_only=True)
class ClueHandedOn(Event):
    """A clue went to a department, to be dealt with by ``due_on``."""

    clue: str
    department: str
    due_on: date


@frozen(kw_only=True)
class ClueAnswered(Event):
    """A department said what it did."""

    clue: str
    department: str


@frozen(kw_only=True)
class ClueConcluded(Event):
    """A clue is settled; its channel is to be told (``channel`` and ``reference``)."""

    clue: str
    channel: str
    reference: str


def _to_hand_on(clue: "Clue", _: object) -> bool:
    return clue.judged is not None


def _to_inspect(clue: "Clue", _: object) -> bool:
    """Tell whether the inspection that the triage asks for is not begun."""
    return bool(clue.judged and clue.judged.verdict is Verdict.INSPECT and not clue.task)


VERBS: Final = Verbs(
    context="clues",
    noun="clue",
    title="问题线索",
    states={
        _S.REGISTERED: "待研判", _S.DISTRIBUTED: "待签收", _S.SIGNED_FOR: "办理中",
        _S.ANSWERED: "已反馈", _S.CONCLUDED: "已办结",
    },
    label=lambda clue: clue.sheet.title,
    subject=lambda clue: clue.sheet.subject,
    assignees={
        Responsible.LEAD: lambda clue, _: departments(clue.sheet.registered_by),
        Responsible.DEPARTMENT: lambda clue, _: departments(clue.handler),
        Responsible.DEPARTMENTS: lambda clue, _: departments(*clue.departments),
    },
    verbs=(
        Verb(name="copy_to", title="抄送线索", by=Responsible.DEPARTMENTS, starts=_OPEN,
             permission="clues.copy"),
        Verb(name="triage", title="研判线索", by=Responsible.LEAD,
             starts=_OPEN - {_S.ANSWERED},
             leads=_S.CONCLUDED,
             owed=lambda clue, _: clue.state is _S.REGISTERED and clue.judged is None,
             term="due_on"),
        Verb(name="distribute", title="分发线索", by=Responsible.LEAD, starts=_S.REGISTERED,
             leads=_S.DISTRIBUTED, owed=_to_hand_on, term="due_on"),
        Verb(name="forward", title="转办线索", by=Responsible.DEPARTMENT,
             starts={_S.DISTRIBUTED, _S.SIGNED_FOR}, leads=_S.DISTRIBUTED),
        Verb(name="sign_for", title="签收线索", by=Responsible.DEPARTMENT, starts=_S.DISTRIBUTED,
             leads=_S.SIGNED_FOR, owed=always, term="due_on"),
        Verb(name="answer", title="反馈线索", by=Responsible.DEPARTMENT, starts=_S.SIGNED_FOR,
             leads=_S.ANSWERED, owed=lambda *clue: not _to_inspect(*clue), term="due_on"),
        Verb(name="link_task", title="为线索关联检查任务", by=Responsible.DEPARTMENT,
             starts={_S.DISTRIBUTED, _S.SIGNED_FOR}, owed=_to_inspect, term="due_on"),
        Verb(name="send_back", title="退回线索", by=Responsible.LEAD, starts=_S.ANSWERED,
             leads=_S.SIGNED_FOR),
        Verb(name="conclude", title="办结线索", by=Responsible.LEAD, starts=_S.ANSWERED,
             leads=_S.CONCLUDED, owed=always, term="due_on"),
        Verb(name="extend", title="延长线索期限", by=Responsible.LEAD,
             starts={_S.DISTRIBUTED, _S.SIGNED_FOR}),
    ),
)  # fmt: skip
"""What is done with a clue; every other state is refused as ``clues.clue_is_<state>``."""


@define(eq=False, kw_only=True)
class Clue(Aggregate):
    """问题线索 (Clue): a hint at a problem, handed on until it is dealt with.

    Source: proposal 6.4.2.5.1; 市场监督管理投诉举报处理暂行办法 第14, 23条.
    """

    verbs: ClassVar[Verbs | None] = VERBS

    sheet: ClueSheet = field(on_setattr=setters.frozen)
    registered_at: datetime = field(on_setattr=setters.frozen)
    complainant: Complainant | None = field(default=None, repr=False, on_setattr=setters.frozen)
    _due_on: date
    _state: ClueState = ClueState.REGISTERED
    _copies: tuple[str, ...] = ()
    _triage: Triage | None = None
    _handoffs: tuple[Handoff, ...] = ()
    _answers: tuple[ClueAnswer, ...] = ()
    _sent_back: tuple[str, ...] = ()
    _task: str = ""
    _extended_because: str = ""
    _conclusion: str = ""

    @classmethod
    def register(
        cls,
        *,
        id: str,
        sheet: ClueSheet,
        due_on: date,
        complainant: Complainant | None = None,
        at: datetime,
    ) -> Self:
        """Take a clue in, to be dealt with by ``due_on``. Raises ``ClueRefused``."""
        refuse_if(ClueRefused, _sheet_violations(sheet, due_on, local_day(at)))
        clue = cls(id=id, sheet=sheet, registered_at=at, complainant=complainant, due_on=due_on)
        clue._record(ClueRegistered(at=at, clue=id, channel=sheet.channel.value))
        return clue

    @property
    def state(self) -> ClueState:
        """How far it has come."""
        return self._state

    @property
    def due_on(self) -> date:
        """The last day for dealing with it."""
        return self._due_on

    @property
    def copies(self) -> tuple[str, ...]:
        """Departments that were sent a copy (抄送)."""
        return self._copies

    @property
    def judged(self) -> Triage | None:
        """What the triage made of it."""
        return self._triage

    @property
    def handoffs(self) -> tuple[Handoff, ...]:
        """Through whose hands it went, oldest first."""
        return self._handoffs

    @property
    def holder(self) -> str:
        """The department that has it now; empty while it is not distributed."""
        return self._handoffs[-1].taker if self._handoffs else ""

    @property
    def handler(self) -> str:
        """The department that deals with it: its holder, or who registered it until it has one."""
        return self.holder or self.sheet.registered_by

    @property
    def answers(self) -> tuple[ClueAnswer, ...]:
        """What departments said they did."""
        return self._answers

    @property
    def sent_back(self) -> tuple[str, ...]:
        """Why answers were not enough."""
        return self._sent_back

    @property
    def task(self) -> str:
        """The inspection task that came of it; empty if none."""
        return self._task

    @property
    def extended_because(self) -> str:
        """Why its term was extended; empty if it was not."""
        return self._extended_because

    @property
    def conclusion(self) -> str:
        """How it ended; empty while it is open."""
        return self._conclusion

    @property
    def departments(self) -> frozenset[str]:
        """Everyone who may see it: who registered, holds or held it, or got a copy."""
        held = {handoff.taker for handoff in self._handoffs}
        return frozenset({self.sheet.registered_by, *held, *self._copies})

    def complainant_for(self, department: str) -> Complainant | None:
        """Give who complained to the department that deals with it.

        Raises ``ComplainantConfidential`` for every other one, whatever its reach.
        """
        if department != self.handler:
            raise ComplainantConfidential("clues.show_complainant")
        return self.complainant

    def overdue_days(self, today: date) -> int:
        """Count the days past the term while nobody has answered; else 0."""
        answered = self._state in (ClueState.ANSWERED, ClueState.CONCLUDED)
        return 0 if answered else max(0, (today - self._due_on).days)

    def copy_to(self, departments: tuple[str, ...]) -> None:
        """Send departments a copy; one that has it already gets none. Raises ``ClueRefused``."""
        refuse_if(ClueRefused, self.forbids("copy_to"))
        new = tuple(each for each in dict.fromkeys(departments) if each not in self._copies)
        self._copies += new

    def triage(self, triage: Triage) -> None:
        """Judge the clue; one that needs no action is concluded at once.

        Raises ``ClueRefused``.
        """
        refuse_if(ClueRefused, (*self.forbids("triage"), *_missing(triage.reason, "reason")))
        self._triage = triage
        if triage.verdict is Verdict.NO_ACTION:
            self._end(triage.reason, triage.at)

    def distribute(self, *, to: str, by: str, at: datetime) -> None:
        """Give the clue to a department. Raises ``ClueRefused``."""
        refuse_if(ClueRefused, (*self.forbids("distribute"), *_missing(to, "to")))
        self._hand_on(Handoff(giver=self.sheet.registered_by, taker=to, by=by, at=at))

    def forward(self, *, to: str, reason: str, by: str, at: datetime) -> None:
        """Let the holder pass it to another department, for a reason. Raises ``ClueRefused``."""
        refuse_if(ClueRefused, self._forward_violations(to, reason))
        self._hand_on(Handoff(giver=self.holder, taker=to, by=by, at=at, reason=reason))

    def _forward_violations(self, to: str, reason: str) -> Iterator[Violation]:
        yield from self.forbids("forward")
        yield from _missing(to, "to")
        yield from _missing(reason, "reason")
        if to and to == self.holder:
            yield Violation("clues.forwarded_to_holder", "to", {"department": to})

    def sign_for(self, *, department: str) -> None:
        """Let the holder take it up (签收). Raises ``ClueRefused``."""
        refuse_if(ClueRefused, (*self.forbids("sign_for"), *self._not_holder(department)))
        self._state = ClueState.SIGNED_FOR

    def answer(self, answer: ClueAnswer) -> None:
        """Take what the holder did about it. Raises ``ClueRefused``."""
        refuse_if(ClueRefused, self._answer_violations(answer))
        self._answers += (answer,)
        self._state = ClueState.ANSWERED
        self._record(ClueAnswered(at=answer.at, clue=self.id, department=answer.department))

    def _answer_violations(self, answer: ClueAnswer) -> Iterator[Violation]:
        yield from self.forbids("answer")
        yield from self._not_holder(answer.department)
        yield from _missing(answer.text, "text")
        if self._triage and self._triage.verdict is Verdict.INSPECT and not self._task:
            yield Violation("clues.inspection_missing")

    def send_back(self, *, reason: str) -> None:
        """Ask the holder for more, for a reason. Raises ``ClueRefused``."""
        refuse_if(ClueRefused, (*self.forbids("send_back"), *_missing(reason, "reason")))
        self._sent_back += (reason,)
        self._state = ClueState.SIGNED_FOR

    def conclude(self, *, text: str, at: datetime) -> None:
        """End it: the answer deals with the problem (办结). Raises ``ClueRefused``."""
        refuse_if(ClueRefused, (*self.forbids("conclude"), *_missing(text, "text")))
        self._end(text, at)

    def extend(self, *, new_due: date, reason: str) -> None:
        """Extend the term, once, for a reason. Raises ``ClueRefused``."""
        refuse_if(ClueRefused, self._extend_violations(new_due, reason))
        self._due_on, self._extended_because = new_due, reason

    def _extend_violations(self, new_due: date, reason: str) -> Iterator[Violation]:
        yield from self.forbids("extend")
        yield from _missing(reason, "reason")
        if self._extended_because:
            yield Violation("clues.extended_already")
        if new_due <= self._due_on:
            yield Violation("clues.term_not_longer", "new_due")

    def link_task(self, task: str) -> None:
        """Name the inspection task that follows it up. Raises ``ClueRefused``."""
        refuse_if(ClueRefused, (*self.forbids("link_task"), *_missing(task, "task")))
        self._task = task

    def _hand_on(self, handoff: Handoff) -> None:
        self._handoffs += (handoff,)
        self._state = ClueState.DISTRIBUTED
        self._record(
            ClueHandedOn(at=handoff.at, clue=self.id, department=handoff.taker, due_on=self._due_on)
        )

    def _end(self, text: str, at: datetime) -> None:
        self._state, self._conclusion = ClueState.CONCLUDED, text
        self._record(
            ClueConcluded(
                at=at,
                clue=self.id,
                channel=self.sheet.channel.value,
                reference=self.sheet.reference,
            )
        )

    def _not_holder(self, department: str) -> Iterator[Violation]:
        if department != self.holder:
            yield Violation("clues.not_holder", data={"department": department})


def _sheet_violations(sheet: ClueSheet, due_on: date, today: date) -> Iterator[Violation]:
    for name in ("title", "content", "region", "registered_by"):
        yield from _missing(getattr(sheet, name), name)
    if due_on < today:
        yield Violation("clues.due_day_past", "due_on")


def _missing(text: str, at: str) -> Iterator[Violation]:
    if not text.strip():
        yield Violation("clues.field_empty", at)
