"""The aggregate of one draw: from the frozen pool to picks, corrections and clearing."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import ClassVar, Final

from attrs import define, evolve, field, frozen, setters

from supervision_core.draws.model.assignment import Assignment
from supervision_core.draws.model.deposits import (
    LONGEST_SEALED,
    ClosedList,
    Deposit,
    Keeper,
    round_label,
)
from supervision_core.draws.model.in_turn import Correction, Course, Withdrawal, assign_in_turn
from supervision_core.draws.model.leaves import Leaf
from supervision_core.draws.model.picking import Chance, chances, drawn_pool, in_rank, pick_items
from supervision_core.draws.model.pool import FrozenPool, Pick, Pool, id_fault
from supervision_core.draws.model.ranking import NONCE_SIZE, commitment, seed_of, seed_of_2
from supervision_core.draws.model.roster import Roster
from supervision_core.draws.model.rounds import (
    DeadlineMoved,
    DeadlineNotMovable,
    DepositRefused,
    MovedDeadline,
    NamedValue,
    NonceDeposited,
    OutsiderNotReplaceable,
    OutsiderReplaced,
    PublicValueEntered,
    RedrawConsent,
    RedrawConsented,
    RedrawNotConsentable,
    RoundClosed,
    RoundNotClosable,
    RoundNotOpenable,
    RoundOpened,
    ValueEntered,
    ValueRefused,
)
from supervision_core.draws.model.rule import Rule, ratio_over_one, uncovered
from supervision_core.draws.model.selection import (
    Action,
    Adjustment,
    Selection,
    much_adjusted,
)
from supervision_core.draws.model.sources import (
    DRAW_1,
    DRAW_2,
    DrawNumber,
    Mark,
    OpenedBy,
    Opening,
    Outsider,
    OutsiderKind,
    PublicValue,
)
from supervision_core.draws.model.staffing import (
    DECIDED,
    Ground,
    Recusal,
    Staffing,
    Ties,
    in_order,
)
from supervision_core.kernel.calendar import WorkingCalendar
from supervision_core.kernel.days import local_day
from supervision_core.kernel.errors import Refused, Violation, refuse_if
from supervision_core.kernel.events import Aggregate, Event
from supervision_core.kernel.tones import good, over, waiting
from supervision_core.kernel.verbs import (
    Responsible,
    Verb,
    Verbs,
    always,
    decided_by_another,
    departments,
)

DIGEST_SIZE = 32
Assigns = Callable[[bytes, Staffing, Course], Assignment]
"""Gives the assignment of seed, staffing and course."""
LEAST_ROUND: Final = timedelta(hours=1)
"""Working time that contributors have at least."""


class DrawState(StrEnum):
    """抽取状态 (DrawState): how far a draw has come.

    A ``draw/2`` is depositing, closed, opened; a ``draw/1`` collecting, revealing.
    """

    DEPOSITING = "depositing"
    CLOSED = "closed"
    OPENED = "opened"
    COLLECTING = "collecting"
    REVEALING = "revealing"
    DRAWN = "drawn"
    ADJUSTED = "adjusted"
    CLEARED = "cleared"


@frozen
class Contribution:
    """随机数贡献 (Contribution): one contributor's commitment, and its nonce once that is known.

    In a ``draw/2`` commitment and ``sealed`` nonce are deposited together at ``committed_at``; once
    it is ``opened``, no nonce means that the deposit did not open to its commitment.
    """

    contributor: str
    commitment: bytes
    committed_at: datetime
    nonce: bytes | None = None
    revealed_at: datetime | None = None
    opened: bool = False
    sealed: bytes = b""

    @property
    def share(self) -> bytes:
        """What goes into the seed of a ``draw/2``: the nonce, or the commitment in its place."""
        return self.commitment if self.nonce is None else self.nonce


@frozen
class Round:
    """抽取轮次 (Round): one try to make a seed together, until ``due``.

    ``late`` names those who did not commit, reveal or deposit in time; in a ``draw/1`` it is set
    when the round is repeated without them, in a ``draw/2`` when the round is closed. The round of
    a ``draw/2`` bears the ``id`` of the draw for which it began, also where another carries it on.
    """

    contributors: tuple[str, ...]
    due: datetime
    contributions: tuple[Contribution, ...] = ()
    late: tuple[str, ...] = ()
    id: str = ""
    began_at: datetime | None = None
    moved: MovedDeadline | None = None
    closed_at: datetime | None = None

    @property
    def label(self) -> str:
        """What deposits are sealed for: the round and until when nobody may open it.

        A deadline that was moved since leaves it as it was.
        """
        return round_label(self.id, self.moved.before if self.moved else self.due)

    def of(self, contributor: str) -> Contribution | None:
        """Give what ``contributor`` has committed in this round."""
        return next((it for it in self.contributions if it.contributor == contributor), None)

    def absent(self) -> tuple[str, ...]:
        """Name who has committed to nothing."""
        return tuple(each for each in self.contributors if not self.of(each))

    def missing(self) -> tuple[str, ...]:
        """Name who still owes: the commitment while any is missing, then the nonce."""
        uncommitted = self.absent()
        unrevealed = tuple(it.contributor for it in self.contributions if it.nonce is None)
        return uncommitted or unrevealed


@frozen
class GrantedRecusal:
    """准予回避 (GrantedRecusal): an officer whom the head let keep away from a subject, and why.

    ``ground`` is request or absence, ``after`` how many corrections were made before it: a step of
    the course. Without that, of older releases, it is one of the inputs of the assignment.
    Source: 行政处罚法 第43条; design §14.
    """

    officer: str
    subject: str
    reason: str
    by: str
    at: datetime
    ground: Ground = Ground.REQUEST
    after: int | None = None


@frozen(kw_only=True)
class DrawFrozen(Event):
    """Pool and rule were frozen; the contributors' nonces are awaited."""

    draw: str
    task: str
    pool_hash: str
    rule_hash: str
    contributors: tuple[str, ...]
    due: datetime


@frozen(kw_only=True)
class NonceCommitted(Event):
    """A contributor committed to a nonce, for this very pool and rule."""

    draw: str
    contributor: str
    commitment: str
    pool_hash: str
    rule_hash: str


@frozen(kw_only=True)
class NonceRevealed(Event):
    """A contributor revealed the nonce of its commitment."""

    draw: str
    contributor: str
    nonce: str


@frozen(kw_only=True)
class RoundRepeated(Event):
    """The round began anew without those who were late; every nonce must be new."""

    draw: str
    late: tuple[str, ...]
    contributors: tuple[str, ...]
    due: datetime


@frozen(kw_only=True)
class SubjectsDrawn(Event):
    """All nonces are known: the seed is made and the subjects are picked."""

    draw: str
    task: str
    seed: str
    picked: int


@frozen(kw_only=True)
class InspectorsAssigned(Event):
    """Every selected subject has its officers."""

    draw: str
    task: str
    officers: tuple[str, ...]
    cap: int


@frozen(kw_only=True)
class InspectorRecused(Event):
    """An officer keeps away from a subject, as the head decided; the next took the place."""

    draw: str
    task: str
    officer: str
    subject: str
    by: str


@frozen(kw_only=True)
class DrawAdjusted(Event):
    """A subject was added or removed by hand, with a reason."""

    draw: str
    task: str
    action: str
    subject: str
    by: str
    reason: str
    approver: str = ""
    replacement: str = ""


@frozen(kw_only=True)
class DrawCleared(Event):
    """The result was cleared, with a reason; it stays in the log."""

    draw: str
    task: str
    by: str
    reason: str


@define(eq=False)
class DrawNotFrozen(Refused):
    """A draw cannot begin."""

    code: ClassVar[str] = "draws.not_frozen"


@define(eq=False)
class CommitmentRefused(Refused):
    """A commitment cannot be taken."""

    code: ClassVar[str] = "draws.commitment_refused"


@define(eq=False)
class NonceRefused(Refused):
    """A nonce cannot be taken."""

    code: ClassVar[str] = "draws.nonce_refused"


@define(eq=False)
class RoundNotRepeatable(Refused):
    """The round cannot be repeated."""

    code: ClassVar[str] = "draws.round_not_repeatable"


@define(eq=False)
class DrawNotComplete(Refused):
    """The subjects cannot be picked yet."""

    code: ClassVar[str] = "draws.not_complete"


@define(eq=False)
class InspectorsNotAssignable(Refused):
    """Inspectors cannot be assigned to this draw now."""

    code: ClassVar[str] = "draws.inspectors_not_assignable"


@define(eq=False)
class DrawNotAdjustable(Refused):
    """The result cannot be corrected by hand like this."""

    code: ClassVar[str] = "draws.not_adjustable"


@define(eq=False)
class DrawNotClearable(Refused):
    """The draw cannot be cleared."""

    code: ClassVar[str] = "draws.not_clearable"


_S = DrawState
_PICKED = frozenset({_S.DRAWN, _S.ADJUSTED})
_UNDER_WAY = frozenset({_S.DEPOSITING, _S.CLOSED, _S.OPENED, _S.COLLECTING, _S.REVEALING})

VERBS: Final = Verbs(
    context="draws",
    noun="draw",
    title="随机抽取",
    states={
        _S.DEPOSITING: waiting("收集随机数"), _S.CLOSED: waiting("待开启"),
        _S.OPENED: waiting("待抽取"),
        _S.COLLECTING: waiting("收集承诺"), _S.REVEALING: waiting("公布随机数"),
        _S.DRAWN: good("已抽取"), _S.ADJUSTED: good("已调整"), _S.CLEARED: over("已清空"),
    },
    label=lambda draw: draw.called,
    assignees={
        Responsible.LEAD: lambda draw, _: departments(draw.lead),
        Responsible.HEAD: lambda draw, _: departments(draw.lead),
        Responsible.DEPARTMENTS: lambda draw, _: departments(*draw.owing),
    },
    roles=("task_administrator",),
    verbs=(
        Verb(name="deposit", title="提交随机数", by=Responsible.DEPARTMENTS, starts=_S.DEPOSITING,
             owed=always, term="round.due", permission="draws.deposit_nonce",
             roles=("task_administrator", "clerk")),
        Verb(name="move_deadline", title="因故障顺延截止时间", by=Responsible.LEAD,
             starts=_S.DEPOSITING),
        Verb(name="replace_outsider", title="以公开数值代替外部参与方", by=Responsible.LEAD,
             starts=_S.DEPOSITING),
        Verb(name="consent", title="批准更换名单后重新抽取", by=Responsible.HEAD,
             starts=_S.DEPOSITING, owed=lambda draw, _: draw.awaits_consent,
             permission="draws.consent_to_redraw", roles=("leader",)),
        Verb(name="close", title="截止收集", by=Responsible.LEAD, starts=_S.DEPOSITING,
             leads=_S.CLOSED, owed=lambda draw, _: not draw.round.absent(), term="round.due",
             permission="draws.close_round"),
        Verb(name="enter_value", title="录入公开数值", by=Responsible.DEPARTMENTS,
             starts=_S.CLOSED, owed=lambda draw, _: draw.awaits_value, term="value_day",
             permission="draws.enter_public_value", roles=("task_administrator", "clerk")),
        Verb(name="open", title="开启随机数", by=Responsible.LEAD, starts=_S.CLOSED,
             leads=_S.OPENED, owed=lambda draw, _: not draw.awaits_value,
             permission="draws.open_round"),
        Verb(name="commit", title="提交承诺", by=Responsible.DEPARTMENTS, starts=_S.COLLECTING,
             leads={_S.COLLECTING, _S.REVEALING}, owed=always, term="round.due",
             permission="draws.commit_nonce", roles=("task_administrator", "clerk")),
        Verb(name="reveal", title="公布随机数", by=Responsible.DEPARTMENTS, starts=_S.REVEALING,
             owed=always, term="round.due",
             permission="draws.reveal_nonce", roles=("task_administrator", "clerk")),
        Verb(name="repeat_round", title="剔除逾期部门后重新抽取", by=Responsible.LEAD,
             starts={_S.COLLECTING, _S.REVEALING}, leads=_S.COLLECTING),
        Verb(name="complete", title="完成抽取", by=Responsible.LEAD,
             starts={_S.OPENED, _S.REVEALING}, leads=_S.DRAWN,
             owed=lambda draw, _: draw.state is _S.OPENED or not draw.round.missing()),
        Verb(name="adjust", title="调整抽取结果", by=Responsible.LEAD, starts=_PICKED,
             leads=_S.ADJUSTED),
        Verb(name="assign_inspectors", title="抽取检查人员", by=Responsible.LEAD, starts=_PICKED),
        Verb(name="recuse_inspector", title="准予检查人员回避", by=Responsible.HEAD, starts=_PICKED,
             roles=("leader",)),
        Verb(name="clear", title="清空抽取结果", by=Responsible.LEAD,
             starts=_UNDER_WAY | _PICKED, leads=_S.CLEARED),
    ),
)  # fmt: skip
"""What is done with a draw; every other state is refused as ``draws.draw_is_<state>``."""


@define(eq=False, kw_only=True)
class Draw(Aggregate):
    """双随机抽查 (Draw): one draw of subjects for a task, replayable by anyone (see ``format``).

    Pool and rule never change once frozen; the pool lies elsewhere, found by ``pool_hash``, and so
    do the picks, as a pool of their own, found by ``drawn_hash`` (``recall`` takes it back). In a
    ``draw/2`` every contributor deposits a commitment and the nonce, sealed to the ``keeper``; the
    list is closed, then opened, and nobody leaves the round once he has seen another's nonce. One
    honest contributor makes the seed unforeseeable, and an ``outsider`` to the lead's line takes
    part in every round, perhaps a ``public_value`` too. Drawn again from the same pool by the same
    rule, a draw carries the round on and picks the same; from another it needs new nonces
    (``spent`` are the commitments of the draws before) and, as ``changed``, the head's consent.
    A draw of a pool of one's ``own`` belongs to no ``task``: what it was drawn from its department
    gave, and it is marked so. ``region`` and the ``lead`` department say whose it is, ``called``
    what the task was called when it was frozen, ``sizes`` how many candidates each stratum had,
    ``levels`` what the strata are called (both empty of draws that are older than that is kept);
    ``number`` is its place among the draws of lead, scene and year, ``pool_changes`` counts by
    kind (``PoolChange``) how the pool came about otherwise than that of the draw ``since``,
    ``changes_hash`` finds the list of what that counts (``kept_list``; none of older draws),
    ``ties`` are what bound the officers of its ``roster`` to subjects, as texts that only the
    platform can make, ``quotas_because`` is why other shares than those of the grading rule were
    chosen, and ``marked`` is what was to be marked; all of them were given, and ``frozen_at`` was,
    when it was frozen. A ``draw/1``, which nobody freezes any more, was committed to by all before
    anyone revealed.
    Sources: proposal 6.4.2.5.2.2.2; 优化营商环境条例 第54条.
    """

    verbs: ClassVar[Verbs | None] = VERBS

    task: str = field(on_setattr=setters.frozen)
    region: str = field(on_setattr=setters.frozen)
    lead: str = field(on_setattr=setters.frozen)
    pool_hash: bytes = field(on_setattr=setters.frozen)
    rule: Rule = field(on_setattr=setters.frozen, repr=False)
    spent: frozenset[bytes] = field(on_setattr=setters.frozen, default=frozenset(), repr=False)
    called: str = field(on_setattr=setters.frozen, default="")
    sizes: Mapping[str, int] = field(on_setattr=setters.frozen, factory=dict, repr=False)
    levels: Mapping[str, str] = field(on_setattr=setters.frozen, factory=dict, repr=False)
    format: str = field(on_setattr=setters.frozen, default=DRAW_1)
    number: DrawNumber | None = field(on_setattr=setters.frozen, default=None)
    keeper: Keeper | None = field(on_setattr=setters.frozen, default=None)
    frozen_at: datetime | None = field(on_setattr=setters.frozen, default=None)
    frozen_by: str = field(on_setattr=setters.frozen, default="")
    changed: bool = field(on_setattr=setters.frozen, default=False)
    since: str = field(on_setattr=setters.frozen, default="")
    pool_changes: Mapping[str, int] = field(on_setattr=setters.frozen, factory=dict, repr=False)
    changes_hash: bytes | None = field(on_setattr=setters.frozen, default=None, repr=False)
    quotas_because: str = field(on_setattr=setters.frozen, default="")
    marked: tuple[Mark, ...] = field(on_setattr=setters.frozen, default=())
    ties: Mapping[str, Ties] = field(on_setattr=setters.frozen, factory=dict, repr=False)
    _outsider: Outsider | None = None
    _consent: RedrawConsent | None = None
    _entered: ValueEntered | None = None
    _leaf: Leaf | None = None
    _public_value: PublicValue | None = None
    _value_day: date | None = None
    _opening: Opening | None = None
    _rounds: tuple[Round, ...] = ()
    _state: DrawState = DrawState.DEPOSITING
    _seed: bytes | None = None
    _drawn_hash: bytes | None = None
    _drawn: Pool | None = field(init=False, default=None, repr=False)
    _adjustments: tuple[Adjustment, ...] = ()
    _staffing: Staffing | None = None
    _assignment: Assignment | None = None
    _settled: Staffing | None = None
    _former: tuple[Assignment, ...] = ()
    _granted: tuple[GrantedRecusal, ...] = ()
    _cleared_because: str | None = None

    @classmethod
    def freeze(  # noqa: PLR0913 - what a draw is made of
        cls,
        *,
        id: str,
        task: str,
        region: str,
        lead: str,
        pool: FrozenPool,
        rule: Rule,
        contributors: Collection[str],
        due: datetime,
        at: datetime,
        by: str,
        calendar: WorkingCalendar,
        leaf: Leaf,
        outsider: Outsider,
        keeper: Keeper,
        public_value: NamedValue | None = None,
        earlier: Collection["Draw"] = (),
        called: str = "",
        levels: Mapping[str, str] = MappingProxyType({}),
        number: DrawNumber | None = None,
        since: str = "",
        pool_changes: Mapping[str, int] = MappingProxyType({}),
        changes_hash: bytes | None = None,
        quotas_because: str = "",
        marked: Collection[Mark] = (),
        ties: Mapping[str, Ties] = MappingProxyType({}),
    ) -> "Draw":
        """Begin a ``draw/2``: deposits of all ``contributors`` are awaited until ``due``.

        An outsider that is a department contributes too. ``earlier`` are the draws of the same
        task, none of which has this pool and rule (``freeze_again`` is for those). Raises
        ``DrawNotFrozen`` for a rule that leaves a stratum out or takes more than all of one,
        missing or repeated contributors, a deadline before an hour of work has passed, a public
        value that is missing though there is no other outsider or no witness, or one that may be
        known before the deadline.
        """
        named = sorted({outsider.contributor, *contributors} - {""})
        refuse_if(
            DrawNotFrozen,
            [
                *_rule_violations(pool, rule),
                *_contributor_violations(contributors),
                *_due_violations(due, at, calendar),
                *_source_violations(outsider, keeper, public_value, due),
            ],
        )
        draw = cls(
            id=id,
            task=task,
            region=region,
            lead=lead,
            pool_hash=pool.hash,
            rule=rule,
            spent=frozenset().union(*(one.used_commitments() for one in earlier)),
            called=called,
            sizes=dict(pool.sizes),
            levels=dict(levels),
            format=DRAW_2,
            number=number,
            keeper=keeper,
            frozen_at=at,
            frozen_by=by,
            changed=bool(earlier),
            outsider=outsider,
            leaf=leaf,
            public_value=_awaited(public_value),
            value_day=None if public_value is None else public_value.day,
            rounds=(Round(tuple(named), due, id=id, began_at=at),),
            since=since,
            pool_changes=dict(pool_changes),
            changes_hash=changes_hash,
            quotas_because=quotas_because,
            marked=tuple(sorted(marked)),
            ties=dict(ties),
        )
        draw._record_frozen(at)
        return draw

    @classmethod
    def freeze_again(  # noqa: PLR0913 - what is new of a draw that carries another on
        cls,
        before: "Draw",
        *,
        id: str,
        at: datetime,
        by: str,
        number: DrawNumber | None = None,
        since: str = "",
        pool_changes: Mapping[str, int] = MappingProxyType({}),
        changes_hash: bytes | None = None,
        quotas_because: str = "",
        marked: Collection[Mark] = (),
    ) -> "Draw":
        """Draw again from the same pool by the same rule: the round is carried on as it came.

        So are leaf, public value and consent: whatever was deposited, closed or opened stays so,
        and what is drawn is what was drawn.
        """
        state = DrawState.DEPOSITING
        if before.opening is not None:
            state = DrawState.OPENED
        elif before.round.closed_at is not None:
            state = DrawState.CLOSED
        draw = cls(
            id=id,
            task=before.task,
            region=before.region,
            lead=before.lead,
            pool_hash=before.pool_hash,
            rule=before.rule,
            spent=before.spent,
            called=before.called,
            sizes=before.sizes,
            levels=before.levels,
            format=before.format,
            number=number,
            keeper=before.keeper,
            frozen_at=at,
            frozen_by=by,
            since=since,
            pool_changes=dict(pool_changes),
            changes_hash=changes_hash,
            quotas_because=quotas_because,
            marked=tuple(sorted(marked)),
            changed=before.changed,
            ties=before.ties,
            outsider=before.outsider,
            consent=before.consented,
            entered=before.entered,
            leaf=before.leaf,
            public_value=before.public_value,
            value_day=before.value_day,
            opening=before.opening,
            rounds=(before.round,),
            state=state,
        )
        draw._record_frozen(at)
        return draw

    def _record_frozen(self, at: datetime) -> None:
        self._record(
            DrawFrozen(
                at=at,
                draw=self.id,
                task=self.task,
                pool_hash=self.pool_hash.hex(),
                rule_hash=self.rule.hash.hex(),
                contributors=self.round.contributors,
                due=self.round.due,
            )
        )

    def level(self, stratum: str) -> str:
        """Give what a stratum is called, by default as the rule does."""
        return self.levels.get(stratum, stratum)

    @property
    def state(self) -> DrawState:
        """How far the draw has come."""
        return self._state

    @property
    def outsider(self) -> Outsider | None:
        """Who of the round is outside the lead's line; none in a ``draw/1``."""
        return self._outsider

    @property
    def outsider_absent(self) -> bool:
        """Whether the outsider is a department that has not deposited."""
        return self._outsider is not None and self._outsider.contributor in self.round.absent()

    @property
    def consented(self) -> RedrawConsent | None:
        """The head's consent to draw again, where it was given."""
        return self._consent

    @property
    def awaits_consent(self) -> bool:
        """Whether the head has to consent, since the pool or the rule is another than before."""
        return self.changed and self._consent is None

    @property
    def entered(self) -> ValueEntered | None:
        """What one department entered as the public value, until another enters the same."""
        return self._entered

    @property
    def awaits_value(self) -> bool:
        """Whether a public value counts that two departments have not entered yet."""
        return self._public_value is not None and self._public_value.value is None

    @property
    def value_day(self) -> date | None:
        """From which day on the public value is known."""
        return self._value_day

    @property
    def owing(self) -> tuple[str, ...]:
        """Name the departments that owe something to the round."""
        match self._state:
            case DrawState.DEPOSITING:
                return self.round.absent()
            case DrawState.CLOSED:
                first = self._entered and self._entered.department
                return tuple(one for one in self.round.contributors if one != first)
            case _:
                return self.round.missing()

    @property
    def closed_list(self) -> ClosedList | None:
        """What was deposited when the round was closed; none before."""
        leaf, value, round_ = self._leaf, self._public_value, self.round
        if round_.closed_at is None or leaf is None:
            return None
        return ClosedList(
            round=round_.label,
            pool_hash=self.pool_hash,
            rule_hash=self.rule.hash,
            root=leaf.root,
            index=leaf.index,
            due=round_.due,
            closed_at=round_.closed_at,
            deposits=tuple(
                Deposit(contributor=it.contributor, commitment=it.commitment, sealed=it.sealed)
                for it in round_.contributions
            ),
            late=round_.late,
            public_value="" if value is None else f"{value.name} {value.issue}",
        )

    @property
    def leaf(self) -> Leaf | None:
        """The platform's value; none in a ``draw/1``."""
        return self._leaf

    @property
    def public_value(self) -> PublicValue | None:
        """The public value that was fixed at freezing, if one was."""
        return self._public_value

    @property
    def opening(self) -> Opening | None:
        """When and by whom the round was opened, once it is; none in a ``draw/1``."""
        return self._opening

    @property
    def round(self) -> Round:
        """The current round."""
        return self._rounds[-1]

    @property
    def rounds(self) -> tuple[Round, ...]:
        """Every round, oldest first; those before the last name who was late."""
        return self._rounds

    @property
    def seed(self) -> bytes | None:
        """The seed, once every nonce of the round is known."""
        return self._seed

    @property
    def picks(self) -> tuple[Pick, ...]:
        """What chance picked, before any correction by hand."""
        drawn = self.drawn
        return () if drawn is None else drawn.smallest(self._seed or b"", drawn.sizes)

    @property
    def drawn_hash(self) -> bytes | None:
        """The hash of the pool of those picked, once they are."""
        return self._drawn_hash

    @property
    def drawn(self) -> Pool | None:
        """Those picked, as a pool of their own. Raises ``ValueError`` before it is recalled."""
        if self._drawn_hash is not None and self._drawn is None:
            raise ValueError(self.id)
        return self._drawn

    def recall(self, drawn: Pool) -> None:
        """Take back the pool of those picked. Raises ``ValueError`` for another one."""
        if drawn.hash != self._drawn_hash:
            raise ValueError(drawn.hash.hex())
        self._drawn = drawn

    @property
    def adjustments(self) -> tuple[Adjustment, ...]:
        """The corrections by hand, oldest first."""
        return self._adjustments

    @property
    def staffing(self) -> Staffing | None:
        """What the inspectors were assigned from."""
        return self._staffing

    @property
    def assignment(self) -> Assignment | None:
        """Who inspects whom; none before inspectors are assigned, or after a later correction."""
        return self._assignment

    @property
    def settled(self) -> Staffing | None:
        """What inspectors were first assigned from: later it stays so, whoever is visited."""
        return self._settled

    @property
    def former_assignments(self) -> tuple[Assignment, ...]:
        """What corrections and recusals superseded, oldest first."""
        return self._former

    @property
    def roster(self) -> Roster | None:
        """Of whom inspectors are drawn, as it was frozen; none of own pools and older draws."""
        return self.rule.officers

    @property
    def decided(self) -> tuple[Recusal, ...]:
        """What the head granted that is one of the inputs of an assignment, and no step of it."""
        subjects = set(self.course.subjects)
        found = {
            Recusal(one.officer, one.subject, one.ground)
            for one in self._granted
            if one.after is None
        }
        return in_order(one for one in found if one.subject in subjects)

    @property
    def granted(self) -> tuple[GrantedRecusal, ...]:
        """Every recusal that the head granted once there was a seed, oldest first."""
        return self._granted

    @property
    def cleared_because(self) -> str | None:
        """Why the draw was cleared, if it was."""
        return self._cleared_because

    @property
    def selection(self) -> tuple[str, ...]:
        """The subjects to inspect: picks and corrections, in order of pick, then of addition."""
        return self._selection.ids

    @property
    def by_chance(self) -> Mapping[str, str]:
        """The strata of the selected whom their rank brought in: picks, and who replaced one."""
        return self._selection.by_chance

    @property
    def ever_selected(self) -> Mapping[str, str | None]:
        """Everyone who was selected at any time, with the stratum of those whom a rank brought."""
        return self._selection.ever

    @property
    def course(self) -> Course:
        """In which order inspectors are assigned: the picks, then what was decided since.

        In a ``draw/1`` all who are selected at the end are assigned together.
        """
        if self.format == DRAW_1:
            return Course(self.selection)
        made = tuple(Correction.of(one) for one in self._adjustments)
        return Course(tuple(one.id for one in self.picks), made, withdrawn(self._granted))

    @property
    def replaces_removed(self) -> bool:
        """Whether the next in rank stands in for a pick that is removed."""
        return self.format != DRAW_1

    @property
    def chances(self) -> Mapping[str, Chance]:
        """The chance of each stratum of a ``draw/2``, once it is drawn; else nothing."""
        if self.format == DRAW_1 or self.drawn is None:
            return {}
        return chances(self.rule, self.sizes, self.drawn.sizes)

    @property
    def marks(self) -> tuple[Mark, ...]:
        """What about it departs from chance or plan, and is shown with it."""
        return self.marks_with(())

    def marks_with(self, added: Collection[Adjustment]) -> tuple[Mark, ...]:
        """Give its marks beside whom its task ``added`` by hand to those whom it selects."""
        every = (*self._adjustments, *added)
        much = self._drawn_hash and much_adjusted(every, len(self.selection) + len(added))
        found = {*self.marked}.union([Mark.ADJUSTED] if much else (), [Mark.GIVEN] * self.own)
        return tuple(sorted(found))

    @property
    def own(self) -> bool:
        """Whether pool and officers were given by its department, and no task rests on it."""
        return not self.task

    @property
    def _selection(self) -> Selection:
        return Selection(self.picks, self._adjustments)

    @property
    def departments(self) -> frozenset[str]:
        """Whose draw it is: the lead department, and all who contribute to its randomness."""
        return frozenset({self.lead, *self._rounds[0].contributors})

    def items(self, pool: FrozenPool) -> Mapping[str, tuple[str, ...]]:
        """Give the check items drawn for each selected subject (none without an item rule).

        Raises ``ValueError`` for a pool that is not the one frozen.
        """
        self._require(pool)
        if self._seed is None or not self.rule.items:
            return {}
        strata = pool.strata_of(self.selection)
        return {each: self.items_of(each, strata.get(each)) for each in self.selection}

    def items_of(self, subject: str, stratum: str | None) -> tuple[str, ...]:
        """Give the check items drawn for one subject of a stratum (none without an item rule)."""
        if self._seed is None or not self.rule.items:
            return ()
        return pick_items(self._seed, subject, stratum, self.rule)

    def used_commitments(self) -> frozenset[bytes]:
        """Give every commitment ever made for this draw or one that it replaces."""
        made = {it.commitment for each in self._rounds for it in each.contributions}
        return self.spent | made

    def deposit(self, contributor: str, commitment: bytes, sealed: bytes, *, at: datetime) -> None:
        """Take a contributor's commitment together with its nonce, sealed to the keeper.

        Raises ``DepositRefused`` for a stranger, a second deposit, a commitment used before in this
        draw or an earlier one (also by somebody else: a copy), after the deadline or the closing.
        """
        refuse_if(DepositRefused, self._deposit_violations(contributor, commitment, sealed, at))
        made = Contribution(contributor, commitment, at, sealed=sealed)
        self._contribute(made)
        self._record(
            NonceDeposited(
                at=at,
                draw=self.id,
                contributor=contributor,
                commitment=commitment.hex(),
                pool_hash=self.pool_hash.hex(),
                rule_hash=self.rule.hash.hex(),
            )
        )

    def move_deadline(  # noqa: PLR0913 - who, why, until when, and which public value then
        self,
        *,
        due: datetime,
        reason: str,
        by: str,
        at: datetime,
        calendar: WorkingCalendar,
        public_value: NamedValue | None = None,
    ) -> None:
        """Move the deadline since there was an outage: once, before the list is closed.

        A public value that may be known by then gives way to another, ``public_value``, of the
        same name. Raises ``DeadlineNotMovable``.
        """
        value = public_value or self._named_value
        refuse_if(DeadlineNotMovable, self._move_violations(due, reason, at, calendar, value))
        moved = MovedDeadline(before=self.round.due, reason=reason, by=by, at=at)
        self._replace_round(evolve(self.round, due=due, moved=moved))
        self._fix_value(value)
        self._record(DeadlineMoved(at=at, draw=self.id, due=due, by=by, reason=reason))

    def replace_outsider(self, public_value: NamedValue, *, at: datetime) -> None:
        """Let a public value of a day to come take the place of an outsider who is late.

        Raises ``OutsiderNotReplaceable`` while he can still deposit, where a public value counts
        anyway, and for a changed draw, which needs his deposit.
        """
        refuse_if(OutsiderNotReplaceable, self._replacement_violations(public_value, at))
        outsider = self._outsider.contributor if self._outsider else ""
        self._fix_value(public_value)
        self._record(
            OutsiderReplaced(
                at=at,
                draw=self.id,
                outsider=outsider,
                name=public_value.name,
                issue=public_value.issue,
                day=public_value.day,
            )
        )

    def consent(self, *, by: str, at: datetime) -> None:
        """Consent to draw again from another pool or by another rule, as the lead's head.

        Raises ``RedrawNotConsentable`` where nobody waits for it, or for whoever froze the draw.
        """
        refuse_if(RedrawNotConsentable, self._consent_violations(by))
        self._consent = RedrawConsent(by=by, at=at)
        self._record(RedrawConsented(at=at, draw=self.id, by=by))

    def close(self, *, at: datetime) -> None:
        """Take no more deposits and name who is late: what was deposited is fixed for good.

        Raises ``RoundNotClosable`` before the deadline while anybody can still deposit, without
        the outsider unless a public value counts, and without a consent that is awaited.
        """
        refuse_if(RoundNotClosable, self._close_violations(at))
        late = self.round.absent()
        if self._outsider and self._outsider.contributor in late:
            self._outsider = Outsider(kind=OutsiderKind.PUBLIC_VALUE)
        self._replace_round(evolve(self.round, late=late, closed_at=at))
        self._state = DrawState.CLOSED
        closed = self.closed_list
        digest = closed.digest.hex() if closed else ""
        self._record(RoundClosed(at=at, draw=self.id, digest=digest, late=late))

    def enter_value(self, department: str, value: str, *, at: datetime) -> None:
        """Enter the public value as published; it counts once two departments entered the same.

        Until then a department may correct what it entered itself. Raises ``ValueRefused`` where
        none counts, before its day, and naming both departments where they differ.
        """
        value = value.strip()
        refuse_if(ValueRefused, self._entry_violations(department, value, at))
        first, public = self._entered, self._public_value
        if first is None or first.department == department or public is None:
            self._entered = ValueEntered(department=department, value=value, at=at)
        else:
            both = tuple(sorted((first.department, department)))
            self._public_value = evolve(public, value=value, entered_by=both)
        self._record(PublicValueEntered(at=at, draw=self.id, department=department, value=value))

    def open(self, opened: Mapping[str, bytes], leaf: Leaf | None, *, at: datetime) -> None:
        """Take what the keeper opened, by contributor, and the platform's leaf.

        A deposit that is missing there, or does not open to its commitment, counts with its
        commitment. So do all where no witness keeps them, whatever is given: who operates the
        platform could otherwise say which of his own open, knowing the public value.
        Raises ``RoundNotOpenable`` before the list is closed and the public value known,
        ``ValueError`` for another leaf than the one that was fixed at freezing.
        """
        refuse_if(RoundNotOpenable, self._open_violations())
        closed, fixed, keeper = self.closed_list, self._leaf, self.keeper
        if closed is None or fixed is None or keeper is None:
            raise ValueError(self.id)
        if leaf is None or not leaf.is_at(fixed):
            raise ValueError(self.id)
        nonces = {
            one.contributor: closed.nonce_of(one, opened.get(one.contributor))
            for one in closed.deposits
            if keeper.by is OpenedBy.WITNESS
        }
        contributions = tuple(
            evolve(it, nonce=nonces[it.contributor], opened=True, revealed_at=at)
            if it.contributor in nonces
            else it
            for it in self.round.contributions
        )
        self._replace_round(evolve(self.round, contributions=contributions))
        self._leaf = leaf
        self._opening = Opening(
            closed_at=closed.closed_at, opened_at=at, by=keeper.by, demo=keeper.demo
        )
        self._state = DrawState.OPENED
        unopened = tuple(name for name, nonce in nonces.items() if nonce is None)
        self._record(RoundOpened(at=at, draw=self.id, by=keeper.by.value, unopened=unopened))

    @property
    def _named_value(self) -> NamedValue | None:
        value, day = self._public_value, self._value_day
        if value is None or day is None:
            return None
        return NamedValue(name=value.name, issue=value.issue, day=day)

    def _fix_value(self, named: NamedValue | None) -> None:
        self._public_value = _awaited(named)
        self._value_day = None if named is None else named.day

    def _contribute(self, made: Contribution) -> None:
        together = sorted((*self.round.contributions, made), key=lambda each: each.contributor)
        self._replace_round(evolve(self.round, contributions=tuple(together)))

    def commit(self, contributor: str, commitment: bytes, *, at: datetime) -> None:
        """Take a contributor's commitment to a ``draw/1``; with the last one the reveals begin.

        Raises ``CommitmentRefused`` for a stranger, a second commitment, one used before in this
        draw or one it replaces (also by somebody else: a copy), one after the deadline or after
        the reveals have begun.
        """
        refuse_if(CommitmentRefused, self._commit_violations(contributor, commitment, at))
        self._contribute(Contribution(contributor, commitment, at))
        if not self.round.absent():
            self._state = DrawState.REVEALING
        self._record(
            NonceCommitted(
                at=at,
                draw=self.id,
                contributor=contributor,
                commitment=commitment.hex(),
                pool_hash=self.pool_hash.hex(),
                rule_hash=self.rule.hash.hex(),
            )
        )

    def reveal(self, contributor: str, nonce: bytes, *, at: datetime) -> None:
        """Take the nonce of a commitment to a ``draw/1``.

        Raises ``NonceRefused`` before all have committed, for a stranger, a second or late
        reveal, or a nonce that is not the one committed to.
        """
        refuse_if(NonceRefused, self._reveal_violations(contributor, nonce, at))
        contributions = tuple(
            evolve(it, nonce=nonce, revealed_at=at) if it.contributor == contributor else it
            for it in self.round.contributions
        )
        self._replace_round(evolve(self.round, contributions=contributions))
        self._record(NonceRevealed(at=at, draw=self.id, contributor=contributor, nonce=nonce.hex()))

    def repeat_round(self, *, due: datetime, at: datetime) -> None:
        """Name who was late for a ``draw/1`` and begin anew without them, every nonce new.

        Raises ``RoundNotRepeatable`` before the deadline, when nobody is late, when nobody would
        remain, or when ``due`` has passed already.
        """
        late = self.round.missing()
        rest = tuple(each for each in self.round.contributors if each not in late)
        refuse_if(RoundNotRepeatable, self._repeat_violations(late, rest, due, at))
        self._replace_round(evolve(self.round, late=late))
        self._rounds = (*self._rounds, Round(rest, due))
        self._state = DrawState.COLLECTING
        self._record(RoundRepeated(at=at, draw=self.id, late=late, contributors=rest, due=due))

    def complete(self, pool: FrozenPool, *, at: datetime) -> None:
        """Make the seed of what was opened, or revealed, and pick of the frozen pool.

        Raises ``DrawNotComplete``, and ``ValueError`` for a pool that is not the one frozen.
        """
        self._require(pool)
        refuse_if(DrawNotComplete, self._complete_violations())
        self._seed = self._made_seed()
        self._drawn = drawn_pool(self._seed, pool, self.rule, self.format)
        self._drawn_hash = self._drawn.hash
        self._state = DrawState.DRAWN
        self._record(
            SubjectsDrawn(
                at=at,
                draw=self.id,
                task=self.task,
                seed=self._seed.hex(),
                picked=len(self.picks),
            )
        )

    def assign_inspectors(
        self,
        staffing: Staffing,
        *,
        at: datetime,
        by: Assigns = assign_in_turn,
    ) -> None:
        """Assign officers to every selected subject, from the same seed, once.

        ``staffing`` has a visit for each subject of the ``course``. It is done from the ``roster``,
        with what the head granted. Where there is none, it is done after a correction by hand from
        what it was ``settled`` from at first: the same officers, demands, day and cap. ``by`` gives
        what ``assign_in_turn`` gives, perhaps known from before.
        Raises ``InspectorsNotAssignable`` before the pick, after clearing, once it is done, for
        another staffing than was frozen or settled, or when the visits are not exactly those of
        the course; ``StaffingUnusable`` and ``DemandsUnmet`` as ``assign``.
        """
        refuse_if(InspectorsNotAssignable, self._staffing_violations(staffing))
        self._assignment = by(self._seed or b"", staffing, self.course)
        self._staffing = staffing
        self._settled = self._settled or staffing
        officers = {officer for each in self._assignment.visits for officer in each.officers}
        self._record(
            InspectorsAssigned(
                at=at,
                draw=self.id,
                task=self.task,
                officers=tuple(sorted(officers)),
                cap=self._assignment.cap,
            )
        )

    def recuse_inspector(  # noqa: PLR0913 - who, of whom, why, decided by whom
        self,
        *,
        officer: str,
        subject: str,
        reason: str,
        by: str,
        at: datetime,
        ground: Ground = Ground.REQUEST,
        assigned: Assigns = assign_in_turn,
    ) -> None:
        """Let an officer keep away from a subject, as the head decides: the next by lot comes.

        In a ``draw/2`` it is a step of the ``course``, whenever it is decided: nobody else's
        officers change (ADR 0154), and a former assignment is kept. In a ``draw/1`` it is one of
        the inputs, from which all are assigned anew. Raises ``InspectorsNotAssignable``, and what
        ``assign`` raises.
        """
        found = self._recusal_violations(officer, subject, reason, ground)
        refuse_if(InspectorsNotAssignable, found)
        after = None if self.format == DRAW_1 else len(self._adjustments)
        made = GrantedRecusal(officer, subject, reason, by, at, ground, after)
        granted = (*self._granted, made)
        if self._staffing is not None and self._assignment is not None:
            staffing, course = self._staffing, self.course
            if after is None:
                kept = Recusal(officer, subject, ground)
                staffing = evolve(staffing, recusals=(*staffing.recusals, kept))
            else:
                course = evolve(course, withdrawals=withdrawn(granted))
            fresh = assigned(self._seed or b"", staffing, course)
            self._former = (*self._former, self._assignment)
            self._staffing, self._assignment = staffing, fresh
        self._granted = granted
        self._record(
            InspectorRecused(
                at=at, draw=self.id, task=self.task, officer=officer, subject=subject, by=by
            )
        )

    def _recusal_violations(
        self, officer: str, subject: str, reason: str, ground: Ground
    ) -> Iterator[Violation]:
        yield from self.forbids("recuse_inspector")
        if not reason.strip():
            yield Violation("draws.reason_missing", "reason")
        if ground not in DECIDED:
            yield Violation("draws.ground_not_decided", "ground")
        if not self._may_go(officer, subject):
            yield Violation("draws.inspector_not_assigned", "officer", {"id": officer})

    def _may_go(self, officer: str, subject: str) -> bool:
        """Tell whether an officer goes to a subject, or could be drawn for it."""
        if self._assignment is not None:
            visits = self._assignment.visits
            return any(one.id == subject and officer in one.officers for one in visits)
        roster = self.roster
        there = () if roster is None or self._seed is None else roster.going(self._seed)
        return subject in self.selection and any(one.id == officer for one in there)

    def adjust(  # noqa: PLR0913 - what a correction states
        self,
        action: Action,
        subject: str,
        *,
        by: str,
        reason: str,
        at: datetime,
        approver: str = "",
        pool: FrozenPool | None = None,
    ) -> None:
        """Add or remove a subject by hand; the proof shows it as such.

        Who is removed from a ``draw/2`` is replaced by the next rank of its stratum, for which the
        frozen ``pool`` is needed; not who was added by hand. Inspectors must be assigned anew
        afterwards, which changes nobody's but those of whom is added or comes in the place.
        Raises ``DrawNotAdjustable`` before the pick, after clearing, without a reason, for a
        subject already selected or removed after its officers were drawn (add), which would draw
        others for it, or not selected (remove), and ``ValueError`` for a pool that
        is not the one frozen, or none where one is needed.
        """
        refuse_if(DrawNotAdjustable, self._adjust_violations(action, subject, reason))
        replacement = self._replacement(subject, pool) if action is Action.REMOVE else None
        made = Adjustment(action, subject, by, at, reason, approver, replacement)
        self._adjustments = (*self._adjustments, made)
        if self._assignment is not None:
            self._former = (*self._former, self._assignment)
        self._staffing = self._assignment = None
        self._state = DrawState.ADJUSTED
        self._record(
            DrawAdjusted(
                at=at,
                draw=self.id,
                task=self.task,
                action=action.value,
                subject=subject,
                by=by,
                reason=reason,
                approver=approver,
                replacement=replacement or "",
            )
        )

    def approve_adjustments(self, *, by: str) -> bool:
        """Let the head decide every correction that nobody has decided; tell whether one was.

        Raises ``DrawNotAdjustable`` for the head who proposed one of them.
        """
        undecided = [one for one in self._adjustments if not one.approver]
        refuse_if(DrawNotAdjustable, decided_by_another(by, *(one.by for one in undecided)))
        self._adjustments = tuple(
            one if one.approver else evolve(one, approver=by) for one in self._adjustments
        )
        return bool(undecided)

    def clear(self, *, by: str, reason: str, at: datetime) -> None:
        """Set the draw aside; it stays on record. Raises ``DrawNotClearable``."""
        refuse_if(DrawNotClearable, self._clear_violations(reason))
        self._state = DrawState.CLEARED
        self._cleared_because = reason
        self._record(DrawCleared(at=at, draw=self.id, task=self.task, by=by, reason=reason))

    def _made_seed(self) -> bytes:
        """Give the seed. Raises ``ValueError`` for a draw/2 whose leaf is not known."""
        given = self.round.contributions
        if self.format == DRAW_1:
            nonces = {it.contributor: it.nonce or b"" for it in given}
            return seed_of(self.pool_hash, self.rule.hash, nonces)
        if self._leaf is None or self._leaf.value is None:
            raise ValueError(self.id)
        shares = {it.contributor: it.share for it in given}
        public = None if self._public_value is None else self._public_value.value
        return seed_of_2(self.pool_hash, self.rule.hash, self._leaf.value, shares, public)

    def _replacement(self, subject: str, pool: FrozenPool | None) -> str | None:
        if not self.replaces_removed or subject not in self.by_chance:
            return None
        if pool is None:
            raise ValueError(self.id)
        self._require(pool)
        taken = len(self.picks) + len(self._adjustments)
        return self._selection.next_of(subject, in_rank(self._seed or b"", pool, taken + 1))

    def _require(self, pool: FrozenPool) -> None:
        if pool.hash != self.pool_hash:
            raise ValueError(pool.hash.hex())

    def _replace_round(self, changed: Round) -> None:
        self._rounds = (*self._rounds[:-1], changed)

    def _deposit_violations(
        self, contributor: str, commitment: bytes, sealed: bytes, at: datetime
    ) -> Iterator[Violation]:
        if self._state not in VERBS["deposit"].starts:
            yield from self.forbids("deposit")
            return
        if contributor not in self.round.contributors:
            yield Violation("draws.contributor_unknown", "contributor", {"id": contributor})
        if at > self.round.due:
            yield Violation("draws.deposit_late", data={"due": self.round.due.isoformat()})
        if len(commitment) != DIGEST_SIZE:
            yield Violation("draws.commitment_malformed", "commitment")
        if not 0 < len(sealed) <= LONGEST_SEALED:
            yield Violation("draws.deposit_malformed", "sealed")
        if self.round.of(contributor):
            yield Violation("draws.already_deposited", "contributor", {"id": contributor})
        elif commitment in self.used_commitments():
            yield Violation("draws.commitment_used", "commitment")

    def _move_violations(
        self,
        due: datetime,
        reason: str,
        at: datetime,
        calendar: WorkingCalendar,
        value: NamedValue | None,
    ) -> Iterator[Violation]:
        if self._state not in VERBS["move_deadline"].starts:
            yield from self.forbids("move_deadline")
            return
        if self.round.moved is not None:
            yield Violation("draws.deadline_moved_before")
        if due <= self.round.due:
            yield Violation("draws.deadline_not_later", "due")
        if not reason.strip():
            yield Violation("draws.reason_missing", "reason")
        yield from _due_violations(due, at, calendar)
        named = self._public_value
        if value is not None:
            yield from _value_violations(value, due)
            if named is None or value.name != named.name:
                yield Violation("draws.public_value_other", "public_value")

    def _replacement_violations(self, value: NamedValue, at: datetime) -> Iterator[Violation]:
        if self._state not in VERBS["replace_outsider"].starts:
            yield from self.forbids("replace_outsider")
            return
        if not self.outsider_absent:
            yield Violation("draws.outsider_not_missing")
        elif at <= self.round.due:
            yield Violation("draws.deadline_ahead", data={"due": self.round.due.isoformat()})
        if self._public_value is not None:
            yield Violation("draws.public_value_fixed")
        if self.changed:
            yield Violation("draws.outsider_needed")
        yield from _value_violations(value, at)

    def _consent_violations(self, by: str) -> Iterator[Violation]:
        yield from self.forbids("consent")
        if not self.awaits_consent:
            yield Violation("draws.no_consent_awaited")
        if by == self.frozen_by:
            yield Violation("draws.consent_by_proposer")

    def _close_violations(self, at: datetime) -> Iterator[Violation]:
        if self._state not in VERBS["close"].starts:
            yield from self.forbids("close")
            return
        absent = self.round.absent()
        if absent and at <= self.round.due:
            yield Violation("draws.deadline_ahead", data={"due": self.round.due.isoformat()})
        if self.outsider_absent and (self.changed or self._public_value is None):
            outsider = self._outsider.contributor if self._outsider else ""
            code = "draws.outsider_needed" if self.changed else "draws.outsider_missing"
            yield Violation(code, data={"id": outsider})
        if self.awaits_consent:
            yield Violation("draws.consent_missing")

    def _entry_violations(self, department: str, value: str, at: datetime) -> Iterator[Violation]:
        if self._state not in VERBS["enter_value"].starts:
            yield from self.forbids("enter_value")
            return
        public, first = self._public_value, self._entered
        if public is None:
            yield Violation("draws.no_public_value")
            return
        if public.value is not None:
            yield Violation("draws.public_value_known")
        if self._value_day is not None and local_day(at) < self._value_day:
            day = self._value_day.isoformat()
            yield Violation("draws.public_value_early", data={"day": day})
        if not value:
            yield Violation("draws.public_value_empty", "value")
        if first and first.department != department and first.value != value:
            both = {"first": first.department, "second": department}
            yield Violation("draws.public_values_differ", "value", both)

    def _open_violations(self) -> Iterator[Violation]:
        yield from self.forbids("open")
        if self.format != DRAW_1 and self._leaf is None:
            yield Violation("draws.leaf_missing")
        if self.awaits_value:
            yield Violation("draws.public_value_missing")

    def _commit_violations(
        self, contributor: str, commitment: bytes, at: datetime
    ) -> Iterator[Violation]:
        if self._state not in VERBS["commit"].starts:
            yield from self.forbids("commit")
            return
        if contributor not in self.round.contributors:
            yield Violation("draws.contributor_unknown", "contributor", {"id": contributor})
        if at > self.round.due:
            yield Violation("draws.deadline_passed", data={"due": self.round.due.isoformat()})
        if len(commitment) != DIGEST_SIZE:
            yield Violation("draws.commitment_malformed", "commitment")
        if self.round.of(contributor):
            yield Violation("draws.already_committed", "contributor", {"id": contributor})
        elif commitment in self.used_commitments():
            yield Violation("draws.commitment_used", "commitment")

    def _reveal_violations(
        self, contributor: str, nonce: bytes, at: datetime
    ) -> Iterator[Violation]:
        if self._state not in VERBS["reveal"].starts:
            yield from self.forbids("reveal")
            return
        if at > self.round.due:
            yield Violation("draws.deadline_passed", data={"due": self.round.due.isoformat()})
        contribution = self.round.of(contributor)
        if contribution is None:
            yield Violation("draws.contributor_unknown", "contributor", {"id": contributor})
        elif contribution.nonce is not None:
            yield Violation("draws.already_revealed", "contributor", {"id": contributor})
        elif len(nonce) != NONCE_SIZE:
            yield Violation("draws.nonce_malformed", "nonce")
        elif commitment(contributor, nonce) != contribution.commitment:
            yield Violation("draws.nonce_differs", "nonce", {"id": contributor})

    def _repeat_violations(
        self, late: tuple[str, ...], rest: tuple[str, ...], due: datetime, at: datetime
    ) -> Iterator[Violation]:
        if self._state not in VERBS["repeat_round"].starts:
            yield from self.forbids("repeat_round")
            return
        if at <= self.round.due:
            yield Violation("draws.deadline_ahead", data={"due": self.round.due.isoformat()})
        if not late:
            yield Violation("draws.nobody_late")
        if not rest:
            yield Violation("draws.nobody_left")
        if due <= at:
            yield Violation("draws.deadline_not_ahead", "due")

    def _complete_violations(self) -> Iterator[Violation]:
        if self._state not in VERBS["complete"].starts:
            yield from self.forbids("complete")
            return
        for each in self.round.missing() if self.format == DRAW_1 else ():
            yield Violation("draws.nonce_missing", "contributor", {"id": each})

    def _staffing_violations(self, staffing: Staffing) -> Iterator[Violation]:
        if self._state not in VERBS["assign_inspectors"].starts:
            yield from self.forbids("assign_inspectors")
            return
        if self._assignment is not None:
            yield Violation("draws.inspectors_assigned")
        elif {each.subject for each in staffing.visits} != set(self.course.subjects):
            yield Violation("draws.visits_differ", "visits")
        elif (roster := self.roster) is not None:
            yield from roster.against(staffing, self._seed or b"")
            heeded = set(staffing.recusals)
            if not heeded.issuperset(self.decided):
                yield Violation("draws.roster_differs", "recusals")
        elif self._settled is not None and not _as_settled(self._settled, staffing, self._granted):
            yield Violation("draws.staffing_settled")

    def _adjust_violations(self, action: Action, subject: str, reason: str) -> Iterator[Violation]:
        if self._state not in VERBS["adjust"].starts:
            yield from self.forbids("adjust")
            return
        if not reason.strip():
            yield Violation("draws.reason_missing", "reason")
        if fault := id_fault(subject):
            yield Violation(fault, "subject")
        elif action is Action.ADD and subject in self.selection:
            yield Violation("draws.already_selected", "subject", {"id": subject})
        elif action is Action.ADD and self._had_officers(subject):
            yield Violation("draws.removed_with_officers", "subject", {"id": subject})
        elif action is Action.REMOVE and subject not in self.selection:
            yield Violation("draws.not_selected", "subject", {"id": subject})

    def _had_officers(self, subject: str) -> bool:
        former = (visit for one in self._former for visit in one.visits)
        return any(visit.id == subject for visit in former)

    def _clear_violations(self, reason: str) -> Iterator[Violation]:
        yield from self.forbids("clear")
        if not reason.strip():
            yield Violation("draws.reason_missing", "reason")


def _as_settled(settled: Staffing, staffing: Staffing, granted: Collection[GrantedRecusal]) -> bool:
    """Tell whether officers, demands, day and cap are those that were settled.

    Whoever was added is sent officers as somebody else was; of the others no recusal is new but
    those that the head granted.
    """
    before = {one.subject: one.demands for one in settled.visits}
    fits = all(
        before.get(one.subject, one.demands) == one.demands and one.demands in set(before.values())
        for one in staffing.visits
    )
    decided = {(one.officer, one.subject) for one in granted if one.after is None}
    known = decided.union((one.officer, one.subject) for one in settled.recusals)
    now = {(one.officer, one.subject) for one in staffing.recusals if one.subject in before}
    selected = {one.subject for one in staffing.visits}
    return (
        fits
        and (staffing.day, staffing.cap) == (settled.day, settled.cap)
        and set(staffing.inspectors) == set(settled.inspectors)
        and now == {one for one in known if one[1] in selected and one[1] in before}
    )


def withdrawn(granted: Iterable[GrantedRecusal]) -> tuple[Withdrawal, ...]:
    """Give the steps that recusals are, oldest first; those of before are none."""
    return tuple(
        Withdrawal(one.officer, one.subject, one.after) for one in granted if one.after is not None
    )


def _rule_violations(pool: FrozenPool, rule: Rule) -> Iterator[Violation]:
    yield from uncovered(rule, pool.sizes)
    yield from ratio_over_one(rule)


def _contributor_violations(contributors: Collection[str]) -> Iterator[Violation]:
    if not contributors:
        yield Violation("draws.contributors_missing", "contributors")
    if len(set(contributors)) < len(contributors):
        yield Violation("draws.contributor_repeated", "contributors")
    for each in sorted(set(contributors)):
        if fault := id_fault(each):
            yield Violation(fault, "contributors")


def _due_violations(due: datetime, at: datetime, calendar: WorkingCalendar) -> Iterator[Violation]:
    if due <= at:
        yield Violation("draws.deadline_not_ahead", "due")
    elif not calendar.has_work(at, due, LEAST_ROUND):
        yield Violation("draws.round_too_short", "due")


def _source_violations(
    outsider: Outsider, keeper: Keeper, value: NamedValue | None, due: datetime
) -> Iterator[Violation]:
    if value is not None:
        yield from _value_violations(value, due)
    elif outsider.kind is OutsiderKind.PUBLIC_VALUE:
        yield Violation("draws.no_outsider", "public_value")
    elif keeper.by is OpenedBy.PLATFORM:
        yield Violation("draws.public_value_required", "public_value")


def _awaited(named: NamedValue | None) -> PublicValue | None:
    """Give the public value as a draw keeps it, nobody having entered anything."""
    if named is None:
        return None
    return PublicValue(name=named.name.strip(), issue=named.issue.strip())


def _value_violations(value: NamedValue, due: datetime) -> Iterator[Violation]:
    if not value.name.strip() or not value.issue.strip():
        yield Violation("draws.public_value_unnamed", "public_value")
    if value.day <= local_day(due):
        yield Violation("draws.public_value_day", "public_value")


def carried_by(earlier: Collection[Draw], pool_hash: bytes, rule_hash: bytes) -> Draw | None:
    """Give that of earlier draws whose round a new one of this pool and rule carries on.

    Where several have both, it is the one that came furthest. One without a leaf goes no further.
    """
    same = [
        one
        for one in earlier
        if one.leaf is not None and (one.pool_hash, one.rule.hash) == (pool_hash, rule_hash)
    ]
    return max(same, key=_came, default=None)


def _came(draw: Draw) -> tuple[bool, bool, bool, int]:
    known = draw.public_value is not None and draw.public_value.value is not None
    round_ = draw.round
    return draw.opening is not None, round_.closed_at is not None, known, len(round_.contributions)
