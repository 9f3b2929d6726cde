"""The aggregate of one draw: from the frozen pool to picks, corrections and clearing."""

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import datetime
from enum import Enum, StrEnum
from types import MappingProxyType
from typing import ClassVar, Final

from attrs import define, evolve, field, frozen, setters

from supervision_core.draws.model.assignment import Assignment, assign
from supervision_core.draws.model.picking import drawn_pool, pick_items
from supervision_core.draws.model.pool import FrozenPool, Pick, Pool, id_fault
from supervision_core.draws.model.ranking import NONCE_SIZE, commitment, seed_of
from supervision_core.draws.model.rule import Rule, ratio_over_one, uncovered
from supervision_core.draws.model.staffing import Ground, Recusal, Staffing
from supervision_core.kernel.errors import Refused, Violation, refuse_if
from supervision_core.kernel.events import Aggregate, Event
from supervision_core.kernel.tones import good, over, waiting
from supervision_core.kernel.verbs import Responsible, Verb, Verbs, always, departments

DIGEST_SIZE = 32


class DrawState(StrEnum):
    """抽取状态 (DrawState): how far a draw has come."""

    COLLECTING = "collecting"
    REVEALING = "revealing"
    DRAWN = "drawn"
    ADJUSTED = "adjusted"
    CLEARED = "cleared"


class Action(Enum):
    """调整方式 (Action): what a manual correction does."""

    ADD = "add"
    REMOVE = "remove"


@frozen
class Contribution:
    """随机数贡献 (Contribution): one contributor's commitment, and its nonce once revealed."""

    contributor: str
    commitment: bytes
    committed_at: datetime
    nonce: bytes | None = None
    revealed_at: datetime | None = None


@frozen
class Round:
    """抽取轮次 (Round): one try to make a seed together, until ``due``.

    ``late`` names those who did not commit or reveal in time; it is set when the round is
    repeated without them.
    """

    contributors: tuple[str, ...]
    due: datetime
    contributions: tuple[Contribution, ...] = ()
    late: tuple[str, ...] = ()

    def of(self, contributor: str) -> Contribution | None:
        """Give what ``contributor`` has committed in this round."""
        return next((it for it in self.contributions if it.contributor == contributor), None)

    def missing(self) -> tuple[str, ...]:
        """Name who still owes: the commitment while any is missing, then the nonce."""
        uncommitted = tuple(each for each in self.contributors if not self.of(each))
        unrevealed = tuple(it.contributor for it in self.contributions if it.nonce is None)
        return uncommitted or unrevealed


@frozen
class Adjustment:
    """手动调整 (Adjustment): a subject added or removed by hand (proposal 6.4.2.5.2.2.2.2)."""

    action: Action
    id: str
    by: str
    at: datetime
    reason: str


@frozen
class GrantedRecusal:
    """准予回避 (GrantedRecusal): an officer whom the head let keep away from a subject, and why.

    Source: 行政处罚法 第43条; design §14.
    """

    officer: str
    subject: str
    reason: str
    by: str
    at: datetime


@frozen(kw_only=True)
class DrawFrozen(Event):
    """Pool and rule were frozen; commitments are awaited."""

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

VERBS: Final = Verbs(
    context="draws",
    noun="draw",
    title="随机抽取",
    states={
        _S.COLLECTING: waiting("收集承诺"), _S.REVEALING: waiting("公布随机数"),
        _S.DRAWN: good("已抽取"), _S.ADJUSTED: good("已调整"), _S.CLEARED: over("已清空"),
    },
    label=lambda draw: draw.called,
    assignees={
        Responsible.LEAD: lambda draw, _: departments(draw.lead),
        Responsible.HEAD: lambda draw, _: departments(draw.lead),
        Responsible.DEPARTMENTS: lambda draw, _: departments(*draw.round.missing()),
    },
    roles=("task_administrator",),
    verbs=(
        Verb(name="commit", title="提交承诺", by=Responsible.DEPARTMENTS, starts=_S.COLLECTING,
             leads={_S.COLLECTING, _S.REVEALING}, owed=always, term="round.due",
             permission="draws.commit_nonce", roles=("task_administrator", "clerk")),
        Verb(name="reveal", title="公布随机数", by=Responsible.DEPARTMENTS, starts=_S.REVEALING,
             owed=always, term="round.due",
             permission="draws.reveal_nonce", roles=("task_administrator", "clerk")),
        Verb(name="repeat_round", title="剔除逾期部门后重新抽取", by=Responsible.LEAD,
             starts={_S.COLLECTING, _S.REVEALING}, leads=_S.COLLECTING),
        Verb(name="complete", title="完成抽取", by=Responsible.LEAD, starts=_S.REVEALING,
             leads=_S.DRAWN, owed=lambda draw, _: not draw.round.missing()),
        Verb(name="adjust", title="调整抽取结果", by=Responsible.LEAD, starts=_PICKED,
             leads=_S.ADJUSTED),
        Verb(name="assign_inspectors", title="抽取检查人员", by=Responsible.LEAD, starts=_PICKED),
        Verb(name="recuse_inspector", title="准予检查人员回避", by=Responsible.HEAD, starts=_PICKED,
             roles=("leader",)),
        Verb(name="clear", title="清空抽取结果", by=Responsible.LEAD,
             starts={_S.COLLECTING, _S.REVEALING, *_PICKED}, leads=_S.CLEARED),
    ),
)  # fmt: skip
"""What is done with a draw; every other state is refused as ``draws.draw_is_<state>``."""


@define(eq=False, kw_only=True)
class Draw(Aggregate):
    """双随机抽查 (Draw): one draw of subjects for a task, replayable by anyone (``draw/1``).

    Pool and rule never change once frozen; the pool lies elsewhere, found by ``pool_hash``, and so
    do the picks, as a pool of their own, found by ``drawn_hash`` (``recall`` takes it back). Every
    contributor commits to a nonce before anyone reveals; one honest contributor makes the seed
    unforeseeable. ``spent`` are the commitments of earlier draws that this one replaces: a redraw
    needs new nonces. ``region`` and the ``lead`` department say whose it is, ``called`` what the
    task was called when it was frozen, ``sizes`` how many candidates each stratum had, ``levels``
    what the strata are called (both empty of draws that are older than that is kept).
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
    _rounds: tuple[Round, ...] = ()
    _state: DrawState = DrawState.COLLECTING
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
        spent: Collection[bytes] = (),
        called: str = "",
        levels: Mapping[str, str] = MappingProxyType({}),
    ) -> "Draw":
        """Begin a draw: commitments of all ``contributors`` are awaited until ``due``.

        Raises ``DrawNotFrozen`` for a rule that leaves a stratum out or takes more than all of
        one, missing or repeated contributors, or a deadline that has passed.
        """
        refuse_if(DrawNotFrozen, _freeze_violations(pool, rule, contributors, due, at))
        draw = cls(
            id=id,
            task=task,
            region=region,
            lead=lead,
            pool_hash=pool.hash,
            rule=rule,
            spent=frozenset(spent),
            called=called,
            sizes=dict(pool.sizes),
            levels=dict(levels),
        )
        draw._rounds = (Round(tuple(sorted(contributors)), due),)
        draw._record(
            DrawFrozen(
                at=at,
                draw=id,
                task=task,
                pool_hash=draw.pool_hash.hex(),
                rule_hash=rule.hash.hex(),
                contributors=draw.round.contributors,
                due=due,
            )
        )
        return draw

    def level(self, stratum: str) -> str:
        """Give what a stratum is called, by default as the rule does."""
        return self.levels.get(stratum, stratum)

    @property
    def state(self) -> DrawState:
        """How far the draw has come."""
        return self._state

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
    def granted(self) -> tuple[GrantedRecusal, ...]:
        """Every recusal that the head granted once inspectors were assigned, oldest first."""
        return self._granted

    @property
    def cleared_because(self) -> str | None:
        """Why the draw was cleared, if it was."""
        return self._cleared_because

    @property
    def selection(self) -> tuple[str, ...]:
        """The subjects to inspect: picks and corrections, in order of pick, then of addition."""
        return selected(self.picks, self._adjustments)

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

    def commit(self, contributor: str, commitment: bytes, *, at: datetime) -> None:
        """Take a contributor's commitment; with the last one the reveals begin.

        Raises ``CommitmentRefused`` for a stranger, a second commitment, one used before in this
        draw or one it replaces (also by somebody else: a copy), one after the deadline or after
        the reveals have begun.
        """
        refuse_if(CommitmentRefused, self._commit_violations(contributor, commitment, at))
        contribution = Contribution(contributor, commitment, at)
        together = sorted(
            (*self.round.contributions, contribution), key=lambda each: each.contributor
        )
        self._replace_round(evolve(self.round, contributions=tuple(together)))
        if len(together) == len(self.round.contributors):
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
        """Take the nonce of a commitment.

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
        """Name those who were late and begin the round anew without them, every nonce new.

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
        """Make the seed of the revealed nonces and pick of the frozen pool.

        Raises ``DrawNotComplete``, and ``ValueError`` for a pool that is not the one frozen.
        """
        self._require(pool)
        refuse_if(DrawNotComplete, self._complete_violations())
        nonces = {it.contributor: it.nonce or b"" for it in self.round.contributions}
        self._seed = seed_of(self.pool_hash, self.rule.hash, nonces)
        self._drawn = drawn_pool(self._seed, pool, self.rule)
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
        by: Callable[[bytes, Staffing], Assignment] = assign,
    ) -> None:
        """Assign officers to every selected subject, from the same seed, once.

        After a correction by hand it is done from what it was ``settled`` from at first: the same
        officers, demands, day and cap. ``by`` gives what ``assign`` gives for seed and staffing,
        perhaps known from before.
        Raises ``InspectorsNotAssignable`` before the pick, after clearing, once it is done, for
        another staffing than the settled one, or when the visits are not exactly the selection;
        ``StaffingUnusable`` and ``DemandsUnmet`` as ``assign``.
        """
        refuse_if(InspectorsNotAssignable, self._staffing_violations(staffing))
        self._assignment = by(self._seed or b"", staffing)
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
        assigned: Callable[[bytes, Staffing], Assignment] = assign,
    ) -> None:
        """Let an officer keep away from a subject, as the head decides: the next take the place.

        The assignment is made anew from the same seed and staffing with that recusal alone; the
        former one is kept. Raises ``InspectorsNotAssignable``, and what ``assign`` raises.
        """
        refuse_if(InspectorsNotAssignable, self._recusal_violations(officer, subject, reason))
        if self._staffing is None or self._assignment is None:
            raise ValueError(self.id)
        kept = Recusal(officer, subject, Ground.REQUEST)
        staffing = evolve(self._staffing, recusals=(*self._staffing.recusals, kept))
        fresh = assigned(self._seed or b"", staffing)
        self._former = (*self._former, self._assignment)
        self._staffing, self._assignment = staffing, fresh
        self._granted = (*self._granted, GrantedRecusal(officer, subject, reason, by, at))
        self._record(
            InspectorRecused(
                at=at, draw=self.id, task=self.task, officer=officer, subject=subject, by=by
            )
        )

    def _recusal_violations(self, officer: str, subject: str, reason: str) -> Iterator[Violation]:
        yield from self.forbids("recuse_inspector")
        if not reason.strip():
            yield Violation("draws.reason_missing", "reason")
        visits = self._assignment.visits if self._assignment else ()
        if not any(one.id == subject and officer in one.officers for one in visits):
            yield Violation("draws.inspector_not_assigned", "officer", {"id": officer})

    def adjust(self, action: Action, subject: str, *, by: str, reason: str, at: datetime) -> None:
        """Add or remove a subject by hand; the proof shows it as such.

        Inspectors must be assigned anew afterwards.
        Raises ``DrawNotAdjustable`` before the pick, after clearing, without a reason, for a
        subject already selected (add) or not selected (remove).
        """
        refuse_if(DrawNotAdjustable, self._adjust_violations(action, subject, reason))
        self._adjustments = (*self._adjustments, Adjustment(action, subject, by, at, reason))
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
            )
        )

    def clear(self, *, by: str, reason: str, at: datetime) -> None:
        """Set the draw aside; it stays on record. Raises ``DrawNotClearable``."""
        refuse_if(DrawNotClearable, self._clear_violations(reason))
        self._state = DrawState.CLEARED
        self._cleared_because = reason
        self._record(DrawCleared(at=at, draw=self.id, task=self.task, by=by, reason=reason))

    def _require(self, pool: FrozenPool) -> None:
        if pool.hash != self.pool_hash:
            raise ValueError(pool.hash.hex())

    def _replace_round(self, changed: Round) -> None:
        self._rounds = (*self._rounds[:-1], changed)

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
        for each in self.round.missing():
            yield Violation("draws.nonce_missing", "contributor", {"id": each})

    def _staffing_violations(self, staffing: Staffing) -> Iterator[Violation]:
        if self._state not in VERBS["assign_inspectors"].starts:
            yield from self.forbids("assign_inspectors")
            return
        if self._assignment is not None:
            yield Violation("draws.inspectors_assigned")
        elif {each.subject for each in staffing.visits} != set(self.selection):
            yield Violation("draws.visits_differ", "visits")
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
        elif action is Action.REMOVE and subject not in self.selection:
            yield Violation("draws.not_selected", "subject", {"id": subject})

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
    decided = {(one.officer, one.subject) for one in granted}
    known = decided.union((one.officer, one.subject) for one in settled.recusals)
    now = {(one.officer, one.subject) for one in staffing.recusals if one.subject in before}
    selected = {one.subject for one in staffing.visits}
    return (
        fits
        and (staffing.day, staffing.cap) == (settled.day, settled.cap)
        and set(staffing.inspectors) == set(settled.inspectors)
        and now == {one for one in known if one[1] in selected and one[1] in before}
    )


def _freeze_violations(
    pool: FrozenPool, rule: Rule, contributors: Collection[str], due: datetime, at: datetime
) -> Iterator[Violation]:
    yield from uncovered(rule, pool.sizes)
    yield from ratio_over_one(rule)
    if not contributors:
        yield Violation("draws.contributors_missing", "contributors")
    if len(set(contributors)) < len(contributors):
        yield Violation("draws.contributor_repeated", "contributors")
    for each in sorted(set(contributors)):
        if fault := id_fault(each):
            yield Violation(fault, "contributors")
    if due <= at:
        yield Violation("draws.deadline_not_ahead", "due")


def selected(picks: Collection[Pick], adjustments: Collection[Adjustment]) -> tuple[str, ...]:
    """Give the subjects after the corrections, in order of pick, then of addition."""
    chosen = dict.fromkeys(each.id for each in picks)
    for each in adjustments:
        if each.action is Action.ADD:
            chosen[each.id] = None
        else:
            del chosen[each.id]
    return tuple(chosen)
