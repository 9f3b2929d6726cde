"""What is done with draws; each use case is one command, and the log keeps each step."""

from contextlib import suppress
from datetime import datetime

from attrs import field, frozen

from supervision_core.draws.model.draw import (
    Draw,
    DrawNotAdjustable,
    DrawNotClearable,
    DrawNotComplete,
    InspectorsNotAssignable,
)
from supervision_core.draws.model.pool import Pool
from supervision_core.draws.model.proof import Outcome, proof_of
from supervision_core.draws.model.rounds import NamedValue
from supervision_core.draws.model.rule import Rule
from supervision_core.draws.model.selection import Action
from supervision_core.draws.model.staffing import DECIDED, GROUND_TITLES, Ground, Staffing
from supervision_core.draws.ports import Draws, Pools
from supervision_core.draws.services.assigning import (
    AssignedBeforehand,
    assigned_beforehand,
    assigner,
    officers_by_subject,
)
from supervision_core.draws.services.freezing import new_draw
from supervision_core.draws.services.numbering import (
    against_changing,
    keep_cleared,
    siblings_of,
)
from supervision_core.identity.model import Actor, PermissionDenied, region_contains
from supervision_core.identity.services import Commands, Work, does, use_case
from supervision_core.identity.services.insight import require_insight
from supervision_core.kernel.canonical import Json
from supervision_core.kernel.errors import NotFound, Violation, refuse_if
from supervision_core.kernel.fields import said
from supervision_core.subjects.model import SubjectStatus
from supervision_core.subjects.ports import Subjects


def draw_in_reach(work: Work, draw_id: str, *, lead_only: bool = True) -> Draw:
    """Load a draw that the actor reaches: through its lead only, or through any contributor."""
    draw = work[Draws].get(draw_id)
    departments = frozenset({draw.lead}) if lead_only else draw.departments
    work.reach("draw", draw.id, region=draw.region, departments=departments)
    return draw


def _drawn(work: Work, draw_id: str) -> Pool | None:
    """Give what a draw picked, ranked."""
    draw = draw_in_reach(work, draw_id)
    draw.picks  # noqa: B018 - ranked here, not while others wait
    return draw.drawn


def _recall(draw: Draw, drawn: object) -> None:
    """Let the draw have what was ranked beforehand, if it is that."""
    if isinstance(drawn, Pool) and drawn.hash == draw.drawn_hash:
        draw.recall(drawn)


def save_draw(work: Work, draw: Draw) -> None:
    """Store a draw, and name pool and rule in the audit row."""
    work.save(Draws, draw)
    work.note(pool_hash=draw.pool_hash.hex(), rule_hash=draw.rule.hash.hex())


def _pool(work: Work, pool_hash: bytes) -> Pool:
    """Give the pool that was read beforehand, or read it."""
    ready = work.ready
    if isinstance(ready, Pool) and ready.hash == pool_hash:
        return ready
    return work[Pools].get(pool_hash)


def keep_pool(commands: Commands, pool: Pool, *, actor: Actor) -> str:
    """Store a pool part by part, so that draws may be frozen of it; answers with its hash in hex.

    Each part is a short transaction of its own. No command of its own: the content names itself,
    and means nothing until a draw is frozen of it. Raises ``PermissionDenied``.
    """
    if not actor.may(freeze_draw.permission):
        raise PermissionDenied(freeze_draw.permission)
    for number, part in enumerate(pool.parts):
        with commands.transactions.begin() as unit:
            unit[Pools].put(pool.hash, number, part)
            unit.commit()
    return pool.hash.hex()


@frozen(kw_only=True)
class FreezeDraw:
    """A pool of one's own, kept before, the rule as JSON, and who contributes until when.

    ``keep_pool`` answers with the pool's hash. Where no contributor is outside the lead's line, the
    supervising department of the region contributes as well, or a public value takes its place.
    """

    region: str = field(metadata=said("所属区划代码", example="450100", to="region"))
    pool_hash: bytes = field(metadata=said("抽取对象库的SM3，十六进制", example="00ff"))
    rule: Json = field(metadata=said("抽取规则"))
    contributors: tuple[str, ...] = field(metadata=said("提交随机数的部门的编号", to="department"))
    due: datetime = field(metadata=said("提交随机数的截止时间", example="2026-07-01T09:00:00Z"))
    public_value: NamedValue | None = field(
        default=None, metadata=said("一并计入种子的公开数值，没有见证方或外部参与方时必填")
    )


def _pool_to_freeze(work: Work, cmd: FreezeDraw) -> Pool | None:
    lead = frozenset({work.actor.department})
    work.reach("region", cmd.region, region=cmd.region, departments=lead)
    with suppress(NotFound):
        pool = work[Pools].get(cmd.pool_hash)
        pool.sizes  # noqa: B018 - counted here, not while others wait
        return pool
    return None


@use_case(
    "draws.freeze", "冻结抽取名单", beforehand=_pool_to_freeze,
    by_programs="自备的抽取对象库和规则由程序送来，任务的抽取在抽取页面上冻结",
)  # fmt: skip
def freeze_draw(work: Work, cmd: FreezeDraw) -> str:
    """Freeze pool and rule of a draw for a system of one's own; the departments owe their nonces.

    It belongs to no task, has a number of the department's own series, and bears 材料由部门提供.
    One of the same pool and rule is carried on instead, and picks the same.
    """
    lead = work.actor.department
    work.reach("region", cmd.region, region=cmd.region, departments=frozenset({lead}))
    draw = new_draw(
        work,
        task="",
        region=cmd.region,
        lead=lead,
        pool=_pool(work, cmd.pool_hash),
        rule=Rule.of(cmd.rule),
        contributors=cmd.contributors,
        due=cmd.due,
        public_value=cmd.public_value,
        scene="",
    )
    save_draw(work, draw)
    return draw.id


@frozen(kw_only=True)
class CommitNonce:
    """``SM3(department 0x1F nonce)`` of the actor's department, in hex."""

    draw_id: str = field(metadata=said("抽取的编号", example="0123abcd", to="draw"))
    commitment: bytes = field(
        metadata=said("承诺值，即部门编号、0x1F和随机数连接后的SM3，十六进制", example="00ff")
    )


@does(Draw, "commit")
def commit_nonce(work: Work, cmd: CommitNonce) -> None:
    """Commit one's own department to a nonce of a ``draw/1`` before anyone reveals."""
    draw = draw_in_reach(work, cmd.draw_id, lead_only=False)
    draw.commit(work.actor.department, cmd.commitment, at=work.now)
    work.note(commitment=cmd.commitment.hex())
    save_draw(work, draw)


@frozen(kw_only=True)
class RevealNonce:
    """The 32-byte nonce that the actor's department committed to."""

    draw_id: str = field(metadata=said("抽取的编号", example="0123abcd", to="draw"))
    nonce: bytes = field(metadata=said("此前承诺的32字节随机数，十六进制", example="00ff"))


@does(Draw, "reveal")
def reveal_nonce(work: Work, cmd: RevealNonce) -> None:
    """Reveal one's own department's nonce of a ``draw/1`` once all have committed."""
    draw = draw_in_reach(work, cmd.draw_id, lead_only=False)
    draw.reveal(work.actor.department, cmd.nonce, at=work.now)
    work.note(nonce=cmd.nonce.hex())
    save_draw(work, draw)


@frozen(kw_only=True)
class RepeatRound:
    """A new deadline for those who were in time."""

    draw_id: str = field(metadata=said("抽取的编号", example="0123abcd", to="draw"))
    due: datetime = field(
        metadata=said("重新提交和公布随机数的截止时间", example="2026-07-02T09:00:00Z")
    )


@does(Draw, "repeat_round", answers="逾期部门的编号")
def repeat_round(work: Work, cmd: RepeatRound) -> tuple[str, ...]:
    """Name who is late for a ``draw/1`` in the log and begin anew without them."""
    draw = draw_in_reach(work, cmd.draw_id)
    draw.repeat_round(due=cmd.due, at=work.now)
    late = draw.rounds[-2].late
    work.note(late=",".join(late))
    save_draw(work, draw)
    return late


@frozen(kw_only=True)
class CompleteDraw:
    """A draw whose round is opened, or whose nonces are all revealed."""

    draw_id: str = field(metadata=said("抽取的编号", example="0123abcd", to="draw"))


def _picked(work: Work, cmd: CompleteDraw) -> Pool:
    """Complete a copy of the draw: the pool remembers what was picked of it."""
    draw = draw_in_reach(work, cmd.draw_id)
    pool = work[Pools].get(draw.pool_hash)
    with suppress(DrawNotComplete):
        draw.complete(pool, at=work.now)
    return pool


@does(Draw, "complete", answers="抽中的监管对象的编号", beforehand=_picked)
def complete_draw(work: Work, cmd: CompleteDraw) -> tuple[str, ...]:
    """Make the seed and pick the subjects; answers with their ids."""
    draw = draw_in_reach(work, cmd.draw_id)
    draw.complete(_pool(work, draw.pool_hash), at=work.now)
    work.note(seed=(draw.seed or b"").hex())
    save_draw(work, draw)
    return draw.selection


@frozen(kw_only=True)
class AssignInspectors:
    """What inspectors of an own pool are assigned from: one visit for each subject selected.

    Also for those that were removed by hand since: whoever stays keeps his officers.
    """

    draw_id: str = field(metadata=said("抽取的编号", example="0123abcd", to="draw"))
    staffing: Staffing = field(metadata=said("派员方案输入"))


def _assigned(work: Work, cmd: AssignInspectors) -> AssignedBeforehand | None:
    drawn, draw = _drawn(work, cmd.draw_id), work[Draws].get(cmd.draw_id)
    _recall(draw, drawn)
    return assigned_beforehand(work, draw, cmd.staffing, drawn)


@does(Draw, "assign_inspectors", beforehand=_assigned)
def assign_inspectors(work: Work, cmd: AssignInspectors) -> dict[str, list[str]]:
    """Assign inspectors to every subject that was selected of an own pool, from material given.

    Answers with the officers by subject. Those of a task are drawn from the register alone.
    """
    draw, ready = draw_in_reach(work, cmd.draw_id), work.ready
    if not draw.own:
        raise InspectorsNotAssignable((Violation("draws.inspectors_of_task", "draw_id"),))
    if isinstance(ready, AssignedBeforehand):
        _recall(draw, ready.drawn)
    draw.assign_inspectors(cmd.staffing, at=work.now, by=assigner(work))
    save_draw(work, draw)
    return officers_by_subject(draw)


@frozen(kw_only=True)
class RecuseInspector:
    """Who keeps away from which subject, and on which ground the head decides so."""

    draw_id: str = field(metadata=said("抽取的编号", example="0123abcd", to="draw"))
    officer: str = field(metadata=said("回避的执法人员", example="0123abcd", to="officer"))
    subject: str = field(
        metadata=said("抽中监管对象的身份代码", example="91450100MA5K000017", to="subject",
                      looked_up=False)
    )  # fmt: skip
    reason: str = field(metadata=said("准予回避的理由", example="与法定代表人为近亲属", long=True))
    ground: Ground = field(
        default=Ground.REQUEST,
        metadata=said(
            "事由", codes={one.value: GROUND_TITLES[one] for one in DECIDED}, example="request"
        ),
    )


@does(Draw, "recuse_inspector")
def recuse_inspector(work: Work, cmd: RecuseInspector) -> dict[str, list[str]]:
    """Let an officer keep away from a subject; whoever is next takes the place, nobody is chosen.

    Before inspectors are drawn it is heeded then; once its task went out, officers are replaced in
    their visits. Answers with the officers by subject. The former assignment is kept.
    """
    draw = draw_in_reach(work, cmd.draw_id)
    refuse_if(InspectorsNotAssignable, against_changing(work, draw))
    draw.recuse_inspector(
        officer=cmd.officer, subject=cmd.subject, reason=cmd.reason, by=work.actor.user,
        at=work.now, ground=cmd.ground, assigned=assigner(work),
    )  # fmt: skip
    save_draw(work, draw)
    known = {one.identity.code: one.id for one in work[Subjects].find_by_codes([cmd.subject])}
    work.note(officer=cmd.officer, subject=known.get(cmd.subject, ""))
    return officers_by_subject(draw)


@frozen(kw_only=True)
class AdjustDraw:
    """A subject to add or remove by hand, and why."""

    draw_id: str = field(metadata=said("抽取的编号", example="0123abcd", to="draw"))
    action: Action = field(
        metadata=said("调整方式", codes={"add": "添加", "remove": "剔除"}, example="remove")
    )
    subject: str = field(
        metadata=said(
            "被调整监管对象", example="0123abcd", to="subject", looked_up=False,
            hint="也可以是抽取对象库中的主体身份代码",
        )
    )  # fmt: skip
    reason: str = field(metadata=said("调整理由", example="该企业已停产"))


def _drawn_as(work: Work, draw: Draw, cmd: AdjustDraw) -> str:
    """Give the id under which a pool has a subject that is named by its id or its code.

    What is added must be a candidate, or an active subject of the region that is drawn in: nothing
    that nobody knows, nor whose number no proof may show. Raises ``DrawNotAdjustable``.
    """
    known = [*work[Subjects].find_many([cmd.subject]), *work[Subjects].find_by_codes([cmd.subject])]
    chosen = draw.selection
    for one in (cmd.subject, *(each.code_among(chosen) for each in known)):
        if one in chosen:
            return one
    if cmd.action is Action.REMOVE:
        return cmd.subject
    for subject in known:
        if subject.status is SubjectStatus.ACTIVE and region_contains(draw.region, subject.region):
            if not subject.identity.shown:
                unnumbered = Violation("draws.subject_unnumbered", "subject")
                raise DrawNotAdjustable((*draw.forbids("adjust"), unnumbered))
            return subject.identity.code
    if work[Pools].get(draw.pool_hash).strata_of([cmd.subject]):
        return cmd.subject
    unknown = Violation("draws.subject_unknown", "subject", {"id": cmd.subject})
    raise DrawNotAdjustable((*draw.forbids("adjust"), unknown))


@frozen(eq=False)
class _Ranked:
    """What a draw picked, and the pool of which another is to stand in for who is removed."""

    drawn: Pool | None
    pool: Pool | None


def _ranked(work: Work, cmd: AdjustDraw) -> _Ranked:
    """Adjust a copy of the draw: the pool remembers who comes next."""
    draw = draw_in_reach(work, cmd.draw_id)
    replaces = draw.replaces_removed and cmd.action is Action.REMOVE
    pool = work[Pools].get(draw.pool_hash) if replaces else None
    with suppress(DrawNotAdjustable):
        _adjust(work, draw, cmd, pool)
    return _Ranked(draw.drawn, pool)


def _adjust(work: Work, draw: Draw, cmd: AdjustDraw, pool: Pool | None) -> None:
    subject = _drawn_as(work, draw, cmd)
    actor = work.actor.user
    draw.adjust(cmd.action, subject, by=actor, reason=cmd.reason, at=work.now, pool=pool)


@does(Draw, "adjust", answers="调整后抽中的监管对象的编号", beforehand=_ranked)
def adjust_draw(work: Work, cmd: AdjustDraw) -> tuple[str, ...]:
    """Add or remove a subject by hand, marked as such in the proof; answers with the selection.

    Who is removed from a draw/2 is replaced by the next rank of its stratum. Once its task went
    out, a draw stands.
    """
    draw, ready = draw_in_reach(work, cmd.draw_id), work.ready
    refuse_if(DrawNotAdjustable, against_changing(work, draw))
    pool: Pool | None = None
    if isinstance(ready, _Ranked):
        _recall(draw, ready.drawn)
        pool = ready.pool
    if pool is None and draw.replaces_removed and cmd.action is Action.REMOVE:
        pool = work[Pools].get(draw.pool_hash)
    _adjust(work, draw, cmd, pool)
    save_draw(work, draw)
    return draw.selection


@frozen(kw_only=True)
class ClearDraw:
    """A draw to set aside, and why."""

    draw_id: str = field(metadata=said("抽取的编号", example="0123abcd", to="draw"))
    reason: str = field(metadata=said("清空理由", example="抽取对象库有误"))


@does(Draw, "clear")
def clear_draw(work: Work, cmd: ClearDraw) -> None:
    """Clear a draw's result before its task goes out; draw, reason and log stay."""
    draw = draw_in_reach(work, cmd.draw_id)
    refuse_if(DrawNotClearable, against_changing(work, draw))
    draw.clear(by=work.actor.user, reason=cmd.reason, at=work.now)
    keep_cleared(work, draw, reason=cmd.reason)
    work.note(reason=cmd.reason)
    save_draw(work, draw)


@frozen(kw_only=True)
class ProveDraw:
    """A completed draw."""

    draw_id: str = field(metadata=said("抽取的编号", example="0123abcd", to="draw"))


@frozen
class _Proved:
    version: int
    proof: dict[str, Json]


def _proof(work: Work, draw: Draw) -> dict[str, Json]:
    pool = work[Pools].get(draw.pool_hash)
    outcome = Outcome.of(draw, pool, siblings_of(work.unit, draw))
    if outcome is None:
        raise DrawNotComplete((Violation("draws.nothing_to_prove"),))
    return proof_of(outcome)


def _proved(work: Work, cmd: ProveDraw) -> _Proved | None:
    draw = draw_in_reach(work, cmd.draw_id, lead_only=False)
    with suppress(DrawNotComplete):
        return _Proved(draw.version, _proof(work, draw))
    return None


@use_case("draws.prove", "公布抽取证明", beforehand=_proved)
def prove_draw(work: Work, cmd: ProveDraw) -> dict[str, Json]:
    """Give the proof of a completed draw, which anyone can verify without the database."""
    draw = draw_in_reach(work, cmd.draw_id, lead_only=False)
    require_insight(work, "draw", draw.id, draw.departments)
    ready = work.ready
    if isinstance(ready, _Proved) and ready.version == draw.version:
        return ready.proof
    return _proof(work, draw)
