"""The clue: from its channel to its conclusion, with everyone through whose hands it went."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar, Final, Self

from attrs import define, field, frozen, setters

from supervision_core.identity.model import PermissionDenied
from supervision_core.kernel.calendar import WorkingCalendar
from supervision_core.kernel.canonical import sm3
from supervision_core.kernel.days import local_day
from supervision_core.kernel.errors import Refused, Violation, refuse_if
from supervision_core.kernel.events import Aggregate, Event
from supervision_core.kernel.fields import said
from supervision_core.kernel.registers import files
from supervision_core.kernel.tones import good, waiting
from supervision_core.kernel.verbs import (
    Assignee,
    Responsible,
    Verb,
    Verbs,
    always,
    decided_by_another,
    departments,
    officers,
)


class ClueChannel(StrEnum):
    """Where a clue comes from (proposal 6.4.2.5.1)."""

    HOTLINE_12345 = "hotline_12345"
    DEPARTMENT = "department"
    DATA_ALERT = "data_alert"
    DEVICE = "device"
    ASSOCIATION = "association"
    SCAN = "scan"
    PORTAL = "portal"
    VISIT = "visit"
    MANUAL = "manual"


class ClueKind(StrEnum):
    """What the law makes of it: its terms differ (市场监督管理投诉举报处理暂行办法)."""

    COMPLAINT = "complaint"
    REPORT = "report"
    SUGGESTION = "suggestion"
    INQUIRY = "inquiry"
    REQUEST = "request"
    OTHER = "other"


CHANNELS: Final[Mapping[str, str]] = {
    ClueChannel.HOTLINE_12345: "12345热线", ClueChannel.DEPARTMENT: "部门移交",
    ClueChannel.DATA_ALERT: "数据预警", ClueChannel.DEVICE: "终端预警",
    ClueChannel.ASSOCIATION: "行业协会", ClueChannel.SCAN: "扫码反映",
    ClueChannel.PORTAL: "门户上报", ClueChannel.VISIT: "检查发现",
    ClueChannel.MANUAL: "手动登记",
}  # fmt: skip
_ID_SIGNS: Final = 32
ACCUSING: Final = (ClueKind.COMPLAINT, ClueKind.REPORT)
"""Kinds that say of a firm what it did wrong; anybody may know of them once they are judged."""
OWN_CHANNELS: Final = (ClueChannel.SCAN, ClueChannel.PORTAL)
"""By which the public and firms report from own accounts."""
KINDS: Final[Mapping[str, str]] = {
    ClueKind.COMPLAINT: "投诉", ClueKind.REPORT: "举报", ClueKind.SUGGESTION: "建议",
    ClueKind.INQUIRY: "咨询", ClueKind.REQUEST: "求助", ClueKind.OTHER: "其他",
}  # fmt: skip
TERM_WORKING_DAYS: Mapping[ClueKind, int] = {
    ClueKind.COMPLAINT: 7,
    ClueKind.REPORT: 15,
    ClueKind.SUGGESTION: 15,
    ClueKind.INQUIRY: 15,
    ClueKind.REQUEST: 15,
    ClueKind.OTHER: 15,
}
"""Working days until a complaint is taken up (第14条) or a report verified (第23条)."""


def told_id(channel: ClueChannel, reference: str) -> str:
    """Give the id of a clue that a channel outside told under its own number."""
    return sm3(f"{channel.value}/{reference}".encode()).hex()[:_ID_SIGNS]


def term_of(kind: ClueKind, calendar: WorkingCalendar, at: datetime) -> date:
    """Give the day by which a clue of a kind, registered at a moment, is to be dealt with."""
    return calendar.add_working_days(local_day(at), TERM_WORKING_DAYS[kind])


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


class Disposal(StrEnum):
    """处置状态 (Disposal): what has been decided about a clue. Source: proposal 3995."""

    WAITING = "waiting"
    INSPECTED = "inspected"
    HANDLED = "handled"
    IGNORED = "ignored"


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
    content: str = field(
        metadata=said("线索内容", example="厂区排水沟积水，原料露天堆放", long=True)
    )
    channel: ClueChannel = field(
        metadata=said(
            "线索来源",
            codes=CHANNELS,
            example="manual",
        )
    )
    kind: ClueKind = field(
        metadata=said(
            "线索类型",
            codes=KINDS,
            example="report",
        )
    )
    region: str = field(metadata=said("所属区划代码", example="450100", to="region"))
    registered_by: str = field(
        default="", metadata=said("登记部门的编号", to="department", internal=True)
    )
    subject: str = field(
        default="", metadata=said("所涉监管对象的编号，尚不能确定的为空", to="subject")
    )
    subject_text: str = field(
        default="", metadata=said("所涉对象的文字描述", example="南宁示例乳业有限公司")
    )
    reference: str = field(
        default="", metadata=said("来源渠道的工单编号", example="12345-2026-000001")
    )
    attachments: tuple[str, ...] = files("附件")
    service: str = field(
        default="", metadata=said("所涉服务或产品的名称", example="散装乳制品销售")
    )
    scene: str = field(default="", metadata=said("所属场景，不涉及场景的为空", to="scene"))
    urgent: bool = field(default=False, metadata=said("反映人是否认为紧急"))


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
    """转办 (Handoff): the clue passes from one department to the next, or to an officer of it.

    Without ``officer`` whoever works for the ``taker`` deals with it. Source: proposal 2932.
    """

    giver: str
    taker: str
    by: str
    at: datetime
    reason: str = ""
    officer: str = ""


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
    """A clue went to a department, or to an ``officer`` of it, to be dealt with by ``due_on``."""

    clue: str
    department: str
    due_on: date
    officer: str = ""


@frozen(kw_only=True)
class ClueAnswered(Event):
    """A department said what it did; ``to`` is who handed it the clue."""

    clue: str
    department: str
    to: str = ""


@frozen(kw_only=True)
class ClueConcluded(Event):
    """A clue is settled; its channel is to be told (``channel`` and ``reference``)."""

    clue: str
    channel: str
    reference: str


def _to_hand_on(clue: "Clue", _: object) -> bool:
    return clue.judged is not None


def _handler(clue: "Clue", _: object) -> frozenset[Assignee]:
    return officers([clue.officer]) if clue.officer else departments(clue.handler)


def _to_inspect(clue: "Clue", _: object) -> bool:
    """Tell whether the inspection that the triage asks for is not begun."""
    return clue.to_inspect and not clue.task


VERBS: Final = Verbs(
    context="clues",
    noun="clue",
    title="问题线索",
    states={
        _S.REGISTERED: waiting("待研判"), _S.DISTRIBUTED: waiting("待签收"),
        _S.SIGNED_FOR: "办理中",
        _S.ANSWERED: "已反馈", _S.CONCLUDED: good("已办结"),
    },
    label=lambda clue: clue.sheet.title,
    subject=lambda clue: clue.sheet.subject,
    assignees={
        Responsible.LEAD: lambda clue, _: departments(clue.sheet.registered_by),
        Responsible.DEPARTMENT: lambda clue, _: departments(clue.handler),
        Responsible.HANDLER: _handler,
        Responsible.GIVER: lambda clue, _: departments(clue.giver),
        Responsible.DEPARTMENTS: lambda clue, _: departments(*clue.departments),
    },
    verbs=(
        Verb(name="inspect", title="发起检查任务", by=Responsible.LEAD, starts=_S.REGISTERED,
             leads=_S.DISTRIBUTED, roles=("clerk", "clue_analyst")),
        Verb(name="ignore", title="标记不处理", by=Responsible.LEAD, starts=_S.REGISTERED,
             leads=_S.CONCLUDED, roles=("clerk", "clue_analyst")),
        Verb(name="copy_to", title="抄送线索", by=Responsible.DEPARTMENTS, starts=_OPEN,
             permission="clues.copy", roles=("clerk", "clue_analyst")),
        Verb(name="triage", title="研判线索", by=Responsible.LEAD,
             starts=_OPEN - {_S.ANSWERED},
             leads=_S.CONCLUDED,
             owed=lambda clue, _: clue.state is _S.REGISTERED and clue.judged is None,
             term="due_on", roles=("leader", "clue_analyst")),
        Verb(name="join", title="并案处理线索", by=Responsible.LEAD, starts=_OPEN,
             leads=_S.CONCLUDED, roles=("clue_analyst",)),
        Verb(name="distribute", title="分发线索", by=Responsible.LEAD, starts=_S.REGISTERED,
             leads=_S.DISTRIBUTED, owed=_to_hand_on, term="due_on", roles=("clue_analyst",)),
        Verb(name="forward", title="转办线索", by=Responsible.DEPARTMENT,
             starts={_S.DISTRIBUTED, _S.SIGNED_FOR}, leads=_S.DISTRIBUTED,
             roles=("clerk", "officer")),
        Verb(name="sign_for", title="签收线索", by=Responsible.HANDLER, starts=_S.DISTRIBUTED,
             leads=_S.SIGNED_FOR, owed=always, term="due_on", roles=("clerk", "officer")),
        Verb(name="answer", title="反馈线索", by=Responsible.HANDLER, starts=_S.SIGNED_FOR,
             leads=_S.ANSWERED, owed=lambda *clue: not _to_inspect(*clue), term="due_on",
             roles=("clerk", "officer")),
        Verb(name="link_task", title="为线索关联检查任务", by=Responsible.HANDLER,
             starts={_S.DISTRIBUTED, _S.SIGNED_FOR}, owed=_to_inspect, term="due_on",
             roles=("clerk", "officer")),
        Verb(name="send_back", title="退回线索", by=Responsible.GIVER, starts=_S.ANSWERED,
             leads=_S.SIGNED_FOR, roles=("clerk", "clue_analyst")),
        Verb(name="conclude", title="办结线索", by=Responsible.GIVER, starts=_S.ANSWERED,
             leads=_S.CONCLUDED, owed=always, term="due_on", roles=("clerk", "clue_analyst")),
        Verb(name="extend", title="延长线索期限", by=Responsible.LEAD,
             starts={_S.DISTRIBUTED, _S.SIGNED_FOR}, roles=("leader", "clue_analyst")),
    ),
)  # fmt: skip
"""What is done with a clue; every other state is refused as ``clues.clue_is_<state>``."""


UNANSWERED: Final = frozenset({_S.REGISTERED, _S.DISTRIBUTED, _S.SIGNED_FOR})
"""The states of a clue of which nobody has said, or not enough, what was done."""


@define(eq=False, kw_only=True)
class Clue(Aggregate):
    """问题线索 (Clue): a hint at a problem, handed on until it is dealt with.

    ``reporter`` is the firm or citizen that reported it from an own account: it sees what becomes
    of it, and nobody else learns who it is but the ``handler``, by ``complainant``.
    Source: proposal 6.4.2.5.1; 市场监督管理投诉举报处理暂行办法 第14, 23条.
    """

    verbs: ClassVar[Verbs | None] = VERBS

    sheet: ClueSheet = field(on_setattr=setters.frozen)
    registered_at: datetime = field(on_setattr=setters.frozen)
    complainant: Complainant | None = field(default=None, repr=False, on_setattr=setters.frozen)
    reporter: str = field(default="", on_setattr=setters.frozen)
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
    _joined_to: str = ""
    _duplicates: tuple[str, ...] = ()

    @classmethod
    def register(  # noqa: PLR0913 - what a clue comes with
        cls,
        *,
        id: str,
        sheet: ClueSheet,
        due_on: date,
        complainant: Complainant | None = None,
        reporter: str = "",
        at: datetime,
    ) -> Self:
        """Take a clue in, to be dealt with by ``due_on``. Raises ``ClueRefused``."""
        refuse_if(ClueRefused, _sheet_violations(sheet, due_on, local_day(at)))
        clue = cls(
            id=id, sheet=sheet, registered_at=at, complainant=complainant, reporter=reporter,
            due_on=due_on,
        )  # fmt: skip
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
    def to_inspect(self) -> bool:
        """Tell whether its triage asks for an inspection."""
        return self._triage is not None and self._triage.verdict is Verdict.INSPECT

    def inspection_overdue(self, today: date) -> bool:
        """Tell whether it is to be inspected, and its term is over without an answer."""
        return self.to_inspect and self._state in UNANSWERED and self._due_on < today

    @property
    def disposal(self) -> Disposal:
        """What has been decided about it; one that is joined to another is handled with that."""
        if self._triage is None:
            untouched = not self._handoffs and not self._joined_to
            return Disposal.WAITING if untouched else Disposal.HANDLED
        return {
            Verdict.INSPECT: Disposal.INSPECTED, Verdict.HANDLE: Disposal.HANDLED,
            Verdict.NO_ACTION: Disposal.IGNORED,
        }[self._triage.verdict]  # fmt: skip

    @property
    def public(self) -> bool:
        """Whether anybody, whom it accuses too, may know that it is there.

        Only what the public or a firm sent from an own account, never what departments, devices or
        a hotline brought; and not before it is judged. One that is to be inspected shows once that
        is over, lest the firm be warned; one joined to another shows nothing of its own.
        """
        if not self.reporter or self._joined_to:
            return False
        judged = self._triage.verdict if self._triage else None
        return self._state is ClueState.CONCLUDED or judged is Verdict.HANDLE

    @property
    def by_staff(self) -> bool:
        """Whether a department's own people entered it, whatever channel they named.

        Else somebody reported it from an own account, or a channel outside told it.
        """
        return not self.reporter and self.id != told_id(self.sheet.channel, self.sheet.reference)

    @property
    def told(self) -> str:
        """How it ended, in the words for who reported it: nothing of other clues."""
        return "与反映同一问题的其他线索合并办理" if self._joined_to else self._conclusion

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
    def officer(self) -> str:
        """The officer to whom it was handed; empty where its department alone holds it."""
        return self._handoffs[-1].officer if self._handoffs else ""

    @property
    def giver(self) -> str:
        """The department that handed it to its holder: it is answered, and ends the clue."""
        return self._handoffs[-1].giver if self._handoffs else self.sheet.registered_by

    @property
    def joined_to(self) -> str:
        """The clue with which it is dealt with, being of the same matter; empty if none."""
        return self._joined_to

    @property
    def duplicates(self) -> tuple[str, ...]:
        """The clues that are dealt with together with it, being of the same matter."""
        return self._duplicates

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

    def triage(self, triage: Triage, *, entered_by: frozenset[str] = frozenset()) -> None:
        """Judge the clue; one that needs no action is concluded at once.

        Whoever entered it does not judge it; what was judged to be followed up, or was handed on,
        is answered and concluded, and not dropped. Raises ``ClueRefused``.
        """
        own = decided_by_another(triage.by, *entered_by)
        refuse_if(
            ClueRefused,
            (
                *self.forbids("triage"),
                *_missing(triage.reason, "reason"),
                *own,
                *self._against_dropping(triage.verdict),
            ),
        )
        self._triage = triage
        if triage.verdict is Verdict.NO_ACTION:
            self._end(triage.reason, triage.at)

    def _against_dropping(self, verdict: Verdict) -> Iterator[Violation]:
        """Say why nothing is done about it no more: it is followed up, as was judged before."""
        if verdict is Verdict.NO_ACTION and (self._triage is not None or self._handoffs):
            yield Violation("clues.followed_up", "verdict")

    def inspect(  # noqa: PLR0913 - one for each thing that is said
        self, *, to: str, officer: str = "", reason: str, by: str, at: datetime,
        entered_by: frozenset[str] = frozenset(),
    ) -> None:  # fmt: skip
        """Have it inspected by a department, or an ``officer`` of it (发起检查任务).

        Raises ``ClueRefused``.
        """
        refuse_if(
            ClueRefused,
            (*self.forbids("inspect"), *_missing(to, "to"), *_missing(reason, "reason")),
        )  # fmt: skip
        judged = Triage(verdict=Verdict.INSPECT, reason=reason, by=by, at=at)
        self.triage(judged, entered_by=entered_by)
        self.distribute(to=to, officer=officer, by=by, at=at)

    def ignore(
        self, *, reason: str, by: str, at: datetime, entered_by: frozenset[str] = frozenset()
    ) -> None:
        """Do nothing about it, for a reason that its reporter is told (标记不处理).

        Raises ``ClueRefused``.
        """
        refuse_if(ClueRefused, self.forbids("ignore"))
        judged = Triage(verdict=Verdict.NO_ACTION, reason=reason, by=by, at=at)
        self.triage(judged, entered_by=entered_by)

    def join(
        self,
        principal: "Clue",
        *,
        by: str = "",
        at: datetime,
        entered_by: frozenset[str] = frozenset(),
    ) -> None:
        """Deal with it together with ``principal``, an open clue of the same matter (并案).

        It ends by that, and the ``principal`` says so: that is of the same firm, accuses it as
        well, and may be known where this one may. Whoever entered one of them joins them not.
        Raises ``ClueRefused``.
        """
        own = decided_by_another(by, *entered_by)
        refuse_if(ClueRefused, (*self._join_violations(principal), *own))
        self._joined_to = principal.id
        principal._duplicates += (self.id,)  # noqa: SLF001 - of the same class
        self._end(f"与线索“{principal.sheet.title}”反映同一问题，并案处理", at)

    def _join_violations(self, principal: "Clue") -> Iterator[Violation]:
        yield from self.forbids("join")
        if principal.id == self.id:
            yield Violation("clues.joined_to_itself", "into")
        elif principal.state is ClueState.CONCLUDED:
            yield Violation("clues.principal_concluded", "into")
        elif self.sheet.subject and principal.sheet.subject != self.sheet.subject:
            yield Violation("clues.joined_to_other_firm", "into")
        elif self.sheet.kind in ACCUSING and principal.sheet.kind not in ACCUSING:
            yield Violation("clues.joined_to_milder", "into")
        elif self.reporter and not principal.reporter:
            yield Violation("clues.joined_to_unreported", "into")

    def distribute(self, *, to: str, officer: str = "", by: str, at: datetime) -> None:
        """Give the clue to a department, or to an ``officer`` of it. Raises ``ClueRefused``."""
        refuse_if(ClueRefused, (*self.forbids("distribute"), *_missing(to, "to")))
        giver = self.sheet.registered_by
        self._hand_on(Handoff(giver=giver, taker=to, officer=officer, by=by, at=at))

    def forward(self, *, to: str, officer: str = "", reason: str, by: str, at: datetime) -> None:
        """Let the holder pass it to another department, or to an ``officer``, for a reason.

        Raises ``ClueRefused``.
        """
        refuse_if(ClueRefused, self._forward_violations(to, officer, reason))
        giver = self.giver if to == self.holder else self.holder
        self._hand_on(Handoff(giver=giver, taker=to, officer=officer, by=by, at=at, reason=reason))

    def _forward_violations(self, to: str, officer: str, reason: str) -> Iterator[Violation]:
        yield from self.forbids("forward")
        yield from _missing(to, "to")
        yield from _missing(reason, "reason")
        if to and (to, officer) == (self.holder, self.officer):
            yield Violation("clues.forwarded_to_holder", "to", {"department": to})

    def sign_for(self, *, department: str, officer: str = "") -> None:
        """Let the holder take it up (签收), the ``officer`` where it is his.

        Raises ``ClueRefused``.
        """
        refuse_if(ClueRefused, (*self.forbids("sign_for"), *self._not_holder(department, officer)))
        self._state = ClueState.SIGNED_FOR

    def answer(self, answer: ClueAnswer, *, officer: str = "", inspected: bool = True) -> None:
        """Take what the holder did about it, the ``officer`` where it is his.

        One that is to be inspected is answered once it was ``inspected``: the task that follows it
        up has been to the firm. Raises ``ClueRefused``.
        """
        refuse_if(ClueRefused, self._answer_violations(answer, officer, inspected=inspected))
        self._answers += (answer,)
        self._state = ClueState.ANSWERED
        self._record(
            ClueAnswered(at=answer.at, clue=self.id, department=answer.department, to=self.giver)
        )

    def _answer_violations(
        self, answer: ClueAnswer, officer: str, *, inspected: bool
    ) -> Iterator[Violation]:
        yield from self.forbids("answer")
        yield from self._not_holder(answer.department, officer)
        yield from _missing(answer.text, "text")
        if self.to_inspect and not self._task:
            yield Violation("clues.inspection_missing")
        elif self.to_inspect and not inspected:
            yield Violation("clues.inspection_not_made")

    def send_back(self, *, reason: str) -> None:
        """Ask the holder for more, for a reason. Raises ``ClueRefused``."""
        refuse_if(ClueRefused, (*self.forbids("send_back"), *_missing(reason, "reason")))
        self._sent_back += (reason,)
        self._state = ClueState.SIGNED_FOR

    def conclude(self, *, text: str, by: str = "", at: datetime) -> None:
        """End it: the answer deals with the problem (办结).

        Whoever gave the answer does not say so. Raises ``ClueRefused``.
        """
        answered = decided_by_another(by, *(one.by for one in self._answers[-1:]))
        refuse_if(ClueRefused, (*self.forbids("conclude"), *_missing(text, "text"), *answered))
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
            ClueHandedOn(
                at=handoff.at,
                clue=self.id,
                department=handoff.taker,
                due_on=self._due_on,
                officer=handoff.officer,
            )
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

    def _not_holder(self, department: str, officer: str) -> Iterator[Violation]:
        if department != self.holder:
            yield Violation("clues.not_holder", data={"department": department})
        elif self.officer and officer != self.officer:
            yield Violation("clues.not_its_officer", data={"officer": self.officer})


def _sheet_violations(sheet: ClueSheet, due_on: date, today: date) -> Iterator[Violation]:
    for name in ("title", "content", "region", "registered_by"):
        yield from _missing(getattr(sheet, name), name)
    if due_on < today:
        yield Violation("clues.due_day_past", "due_on")


def _missing(text: str, at: str) -> Iterator[Violation]:
    if not text.strip():
        yield Violation("clues.field_empty", at)
