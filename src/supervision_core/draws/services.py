"""What is done with draws; each use case is one command, and the log keeps each step."""

from datetime import datetime

from attrs import frozen

from supervision_core.draws.model.draw import Action, Draw, DrawNotComplete
from supervision_core.draws.model.pool import Pool
from supervision_core.draws.model.proof import Outcome, proof_of
from supervision_core.draws.model.rule import Rule
from supervision_core.draws.model.staffing import Staffing
from supervision_core.draws.ports import Draws
from supervision_core.identity.services import Work, use_case
from supervision_core.kernel.canonical import Json
from supervision_core.kernel.errors import Violation


def _draw(work: Work, draw_id: str, *, lead_only: bool = True) -> Draw:
    draw = work[Draws].get(draw_id)
    departments = frozenset({draw.lead}) if lead_only else draw.departments
    work.reach("draw", draw.id, region=draw.region, departments=departments)
    return draw


def _save(work: Work, draw: Draw) -> None:
    work.save(Draws, draw)
    work.note(pool_hash=draw.pool.hash.hex(), rule_hash=draw.rule.hash.hex())


@frozen(kw_only=True)
class FreezeDraw:
    """A task's candidates ``(id, stratum)``, the rule as JSON, and who contributes until when.

    ``replaces`` names the cleared draw that this one redraws.
    """

    task_id: str
    region: str
    candidates: tuple[tuple[str, str], ...]
    rule: Json
    contributors: tuple[str, ...]
    due: datetime
    replaces: str | None = None


@use_case("draws.freeze")
def freeze_draw(work: Work, cmd: FreezeDraw) -> str:
    """Freeze pool and rule of a draw and ask the departments for their commitments."""
    lead = work.actor.department
    work.reach("region", cmd.region, region=cmd.region, departments=frozenset({lead}))
    spent = _draw(work, cmd.replaces).used_commitments() if cmd.replaces else frozenset()
    draw = Draw.freeze(
        id=work.ids.next_id(),
        task=cmd.task_id,
        region=cmd.region,
        lead=lead,
        pool=Pool.of(cmd.candidates),
        rule=Rule.of(cmd.rule),
        contributors=cmd.contributors,
        due=cmd.due,
        at=work.now,
        spent=spent,
    )
    _save(work, draw)
    return draw.id


@frozen(kw_only=True)
class CommitNonce:
    """``SM3(department 0x1F nonce)`` of the actor's department, in hex."""

    draw_id: str
    commitment: bytes


@use_case("draws.commit_nonce")
def commit_nonce(work: Work, cmd: CommitNonce) -> None:
    """Commit one's own department to a nonce before anyone reveals."""
    draw = _draw(work, cmd.draw_id, lead_only=False)
    draw.commit(work.actor.department, cmd.commitment, at=work.now)
    work.note(commitment=cmd.commitment.hex())
    _save(work, draw)


@frozen(kw_only=True)
class RevealNonce:
    """The 32-byte nonce that the actor's department committed to."""

    draw_id: str
    nonce: bytes


@use_case("draws.reveal_nonce")
def reveal_nonce(work: Work, cmd: RevealNonce) -> None:
    """Reveal one's own department's nonce once all have committed."""
    draw = _draw(work, cmd.draw_id, lead_only=False)
    draw.reveal(work.actor.department, cmd.nonce, at=work.now)
    work.note(nonce=cmd.nonce.hex())
    _save(work, draw)


@frozen(kw_only=True)
class RepeatRound:
    """A new deadline for those who were in time."""

    draw_id: str
    due: datetime


@use_case("draws.repeat_round")
def repeat_round(work: Work, cmd: RepeatRound) -> tuple[str, ...]:
    """Name the late departments in the log and begin anew without them, every nonce new."""
    draw = _draw(work, cmd.draw_id)
    draw.repeat_round(due=cmd.due, at=work.now)
    late = draw.rounds[-2].late
    work.note(late=",".join(late))
    _save(work, draw)
    return late


@frozen(kw_only=True)
class CompleteDraw:
    """A draw whose nonces are all revealed."""

    draw_id: str


@use_case("draws.complete")
def complete_draw(work: Work, cmd: CompleteDraw) -> tuple[str, ...]:
    """Make the seed and pick the subjects; answers with their ids."""
    draw = _draw(work, cmd.draw_id)
    draw.complete(at=work.now)
    work.note(seed=(draw.seed or b"").hex())
    _save(work, draw)
    return draw.selection


@frozen(kw_only=True)
class AssignInspectors:
    """What inspectors are assigned from: one visit for each selected subject."""

    draw_id: str
    staffing: Staffing


@use_case("draws.assign_inspectors")
def assign_inspectors(work: Work, cmd: AssignInspectors) -> dict[str, list[str]]:
    """Assign inspectors to every selected subject; answers with the officers by subject."""
    draw = _draw(work, cmd.draw_id)
    draw.assign_inspectors(cmd.staffing, at=work.now)
    _save(work, draw)
    visits = draw.assignment.visits if draw.assignment else ()
    return {each.id: list(each.officers) for each in visits}


@frozen(kw_only=True)
class AdjustDraw:
    """A subject to add or remove by hand, and why."""

    draw_id: str
    action: Action
    subject: str
    reason: str


@use_case("draws.adjust")
def adjust_draw(work: Work, cmd: AdjustDraw) -> tuple[str, ...]:
    """Add or remove a subject by hand, marked as such in the proof; answers with the selection."""
    draw = _draw(work, cmd.draw_id)
    draw.adjust(cmd.action, cmd.subject, by=work.actor.user, reason=cmd.reason, at=work.now)
    _save(work, draw)
    return draw.selection


@frozen(kw_only=True)
class ClearDraw:
    """A draw to set aside, and why."""

    draw_id: str
    reason: str


@use_case("draws.clear")
def clear_draw(work: Work, cmd: ClearDraw) -> None:
    """Clear a draw's result; draw, reason and log stay."""
    draw = _draw(work, cmd.draw_id)
    draw.clear(by=work.actor.user, reason=cmd.reason, at=work.now)
    work.note(reason=cmd.reason)
    _save(work, draw)


@frozen(kw_only=True)
class ProveDraw:
    """A completed draw."""

    draw_id: str


@use_case("draws.prove")
def prove_draw(work: Work, cmd: ProveDraw) -> dict[str, Json]:
    """Give the proof of a completed draw, which anyone can verify without the database."""
    outcome = Outcome.of(_draw(work, cmd.draw_id, lead_only=False))
    if outcome is None:
        raise DrawNotComplete((Violation("draws.nothing_to_prove"),))
    return proof_of(outcome)
