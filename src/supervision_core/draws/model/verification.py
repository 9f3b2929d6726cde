"""Checking a proof step by step, without a database; nothing it holds is trusted."""

from collections.abc import Callable, Iterator, Mapping
from enum import Enum

from attrs import frozen

from supervision_core.draws.model.assignment import DemandsUnmet
from supervision_core.draws.model.in_turn import assign_in_turn
from supervision_core.draws.model.picking import in_rank, pick, pick_items, thresholds
from supervision_core.draws.model.pool import FrozenPool, Pick, Pool, PoolNotFreezable
from supervision_core.draws.model.proof import FORMAT, FORMAT_2, PoolFileName, plain_picks
from supervision_core.draws.model.ranking import Sift, commitment, rank, seed_of, sift
from supervision_core.draws.model.reading import (
    Blocked,
    Malformed,
    State,
    adjustment_of,
    contribution_of,
    digest_of,
    objects_of,
    pool_file_named,
    staffing_of,
    text_of,
    texts_of,
)
from supervision_core.draws.model.rule import Rule, RuleNotFreezable, roster_hash, uncovered
from supervision_core.draws.model.selection import Action, Adjustment, Selection
from supervision_core.draws.model.sources import DRAW_1
from supervision_core.draws.model.staffing import DECIDED, Staffing, StaffingUnusable
from supervision_core.draws.model.verification_2 import (
    check_chances,
    check_deposits,
    check_leaf,
    check_marks,
    check_number,
    check_outsider,
    check_seed_2,
)
from supervision_core.kernel.errors import Violation

_MANUAL = frozenset({"action", "id", "by", "at", "reason"})
_MANUAL_2 = _MANUAL | {"approver", "replacement"}


class Step(Enum):
    """校验步骤 (Step): what of a proof is checked, in this order.

    Leaf, outsider, chances, number and marks are those of a ``draw/2``.
    """

    FORMAT = "format"
    POOL = "pool"
    POOL_HASH = "pool_hash"
    RULE = "rule"
    RULE_HASH = "rule_hash"
    LEAF = "leaf"
    CONTRIBUTIONS = "contributions"
    OUTSIDER = "outsider"
    SEED = "seed"
    CHANCES = "chances"
    PICKS = "picks"
    THRESHOLDS = "thresholds"
    MANUAL = "manual"
    ITEMS = "items"
    OFFICERS = "officers"
    ASSIGNMENT = "assignment"
    NUMBER = "number"
    MARKS = "marks"
    SIGNATURE = "signature"


@frozen
class Check:
    """校验项 (Check): one step and everything wrong with it."""

    step: Step
    faults: tuple[Violation, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults


@frozen
class Verification:
    """抽取校验结果 (Verification): every step of a proof, in order."""

    checks: tuple[Check, ...]

    @property
    def ok(self) -> bool:
        """Whether the whole proof holds."""
        return all(each.ok for each in self.checks)

    @property
    def failed(self) -> tuple[Step, ...]:
        """The steps that fail, in order; the first is where the proof breaks."""
        return tuple(each.step for each in self.checks if not each.ok)


def verify(document: object, pool: FrozenPool | None = None, by: Sift = sift) -> Verification:
    """Check every step of a proof as ``json.loads`` gives it; never raises, whatever it holds.

    ``pool`` is the pool read from the file that ``pool_file`` names; whoever read it compares the
    file's own ``sm3`` and ``count`` (see ``pool_file_of``). Each step is checked against what the
    proof states for the steps before it, so that only the step that was tampered with (and what
    truly follows from it) fails. ``by`` is that of ``assign``.
    """
    state = State(document, pool, by)
    steps = _STEPS if state.definition == DRAW_1 else _STEPS_2
    return Verification(tuple(Check(step, _faults(check, state)) for step, check in steps.items()))


def pool_file_of(document: object) -> PoolFileName | None:
    """Give what the proof says of its pool file, if it is a well-formed name of one."""
    try:
        if isinstance(document, Mapping) and "pool_file" in document:
            return pool_file_named(document["pool_file"])
    except Malformed:
        return None
    return None


@frozen
class OwnCase:
    """本户核验 (OwnCase): one subject's rank against the threshold of its stratum."""

    rank: bytes
    threshold: bytes | None

    @property
    def drawn(self) -> bool:
        """Whether the rank is at or below the threshold: then and only then it was drawn."""
        return self.threshold is not None and self.rank <= self.threshold


def check_subject(
    seed: bytes, thresholds: Mapping[str, bytes], subject: str, stratum: str
) -> OwnCase:
    """Let a firm check its own case with the published seed and thresholds alone."""
    return OwnCase(rank(seed, subject), thresholds.get(stratum))


def _faults(step: Callable[[State], Iterator[Violation]], state: State) -> tuple[Violation, ...]:
    try:
        return tuple(step(state))
    except Malformed as fault:
        return (Violation("draws.proof_malformed", fault.at),)
    except Blocked:
        return (Violation("draws.proof_step_blocked"),)


def _check_format(state: State) -> Iterator[Violation]:
    if state.member("format") not in (FORMAT, FORMAT_2):
        yield Violation("draws.proof_format_unknown", "format")
    for name in ("draw_id", "task_id"):
        text_of(state.member(name), name)


def _check_pool(state: State) -> Iterator[Violation]:
    if not isinstance(state.document, Mapping):
        raise Malformed("")
    if "pool_file" in state.document:
        if "pool" in state.document:
            yield Violation("draws.proof_pool_twice", "pool")
        stated = pool_file_named(state.document["pool_file"])
        if sum(state.known_pool().sizes.values()) != stated.count:
            yield Violation("draws.proof_pool_count_differs", "pool_file.count")
        return
    pairs = [
        (text_of(each["id"], at), text_of(each["stratum"], at))
        for at, each in objects_of(state.member("pool"), "pool", {"id", "stratum"})
    ]
    try:
        state.pool = Pool.of(pairs)
    except PoolNotFreezable as refused:
        yield from refused.violations
        return
    if pairs != sorted(pairs):
        yield Violation("draws.proof_pool_unsorted", "pool")


def _check_pool_hash(state: State) -> Iterator[Violation]:
    if state.digest("pool_hash") != state.known_pool().hash:
        yield Violation("draws.proof_pool_hash_differs", "pool_hash")


def _check_rule(state: State) -> Iterator[Violation]:
    try:
        state.rule = Rule.of(state.member("rule"))
        if state.rule.kept_roster is not None:
            raise Malformed("rule.officers")
    except RuleNotFreezable as refused:
        yield from refused.violations
        return
    yield from uncovered(state.rule, state.known_pool().sizes)


def _check_rule_hash(state: State) -> Iterator[Violation]:
    if state.rule is None:
        raise Blocked
    if state.digest("rule_hash") != state.rule.hash:
        yield Violation("draws.proof_rule_hash_differs", "rule_hash")


def _check_contributions(state: State) -> Iterator[Violation]:
    read = [
        contribution_of(each, at)
        for at, each in objects_of(
            state.member("contributions"),
            "contributions",
            {"contributor", "commitment", "nonce", "committed_at", "revealed_at"},
        )
    ]
    if not read:
        yield Violation("draws.contributors_missing", "contributions")
        return
    if len({each.contributor for each in read}) < len(read):
        yield Violation("draws.contributor_repeated", "contributions")
        return
    state.contributions = tuple(read)
    for index, each in enumerate(read):
        if commitment(each.contributor, each.nonce or b"") != each.commitment:
            at = f"contributions[{index}].commitment"
            yield Violation("draws.proof_commitment_differs", at, {"id": each.contributor})
    last_commitment = max(each.committed_at for each in read)
    if any(each.revealed_at and each.revealed_at < last_commitment for each in read):
        yield Violation("draws.proof_revealed_too_early", "contributions")


def _check_seed(state: State) -> Iterator[Violation]:
    if state.contributions is None:
        raise Blocked
    nonces = {each.contributor: each.nonce or b"" for each in state.contributions}
    made = seed_of(state.digest("pool_hash"), state.digest("rule_hash"), nonces)
    if state.digest("seed") != made:
        yield Violation("draws.proof_seed_differs", "seed")


def _check_picks(state: State) -> Iterator[Violation]:
    stated = state.member("picks")
    made = None
    if state.pool and state.rule and not any(uncovered(state.rule, state.pool.sizes)):
        made = pick(state.digest("seed"), state.pool, state.rule, state.definition)
        if stated == plain_picks(made):  # at once, and not one by one: there may be very many
            state.picks = made
            return
    state.picks = tuple(
        Pick(text_of(each["id"], at), text_of(each["stratum"], at), digest_of(each["rank"], at))
        for at, each in objects_of(stated, "picks", {"id", "stratum", "rank"})
    )
    if made is None:
        raise Blocked
    if state.picks != made:
        yield Violation("draws.proof_picks_differ", "picks")


def _check_thresholds(state: State) -> Iterator[Violation]:
    stated = state.member("thresholds")
    if state.picks is None:
        raise Blocked
    if not isinstance(stated, Mapping):
        raise Malformed("thresholds")
    read = {str(name): digest_of(value, "thresholds") for name, value in stated.items()}
    if read != thresholds(state.picks):
        yield Violation("draws.proof_thresholds_differ", "thresholds")


def _check_manual(state: State) -> Iterator[Violation]:
    members = _MANUAL if state.definition == DRAW_1 else _MANUAL_2
    read = [
        adjustment_of({name: each[name] for name in members}, at)
        for at, each in objects_of(state.member("manual"), "manual", members)
    ]
    if state.picks is None:
        raise Blocked
    chosen, ranked = Selection(state.picks), _ranked(state, read)
    for index, each in enumerate(read):
        at, data = f"manual[{index}]", {"id": each.id}
        if not each.reason.strip() or not each.by.strip():
            yield Violation("draws.reason_missing", at)
        if each.action is Action.ADD and each.id in chosen:
            yield Violation("draws.already_selected", at, data)
            return
        if each.action is Action.REMOVE and each.id not in chosen:
            yield Violation("draws.not_selected", at, data)
            return
        removed = each.action is Action.REMOVE
        if each.replacement != (chosen.next_of(each.id, ranked) if removed and ranked else None):
            yield Violation("draws.proof_replacement_differs", at, data)
            return
        chosen.take(each)
    state.manual, state.selected = tuple(read), chosen


def _ranked(state: State, read: list[Adjustment]) -> dict[str, tuple[str, ...]] | None:
    """Give enough of each stratum by rank where somebody was removed from a ``draw/2``."""
    removed = any(each.action is Action.REMOVE for each in read)
    if state.definition == DRAW_1 or not removed:
        return None
    return in_rank(state.digest("seed"), state.known_pool(), len(state.picks or ()) + len(read))


def _check_items(state: State) -> Iterator[Violation]:
    if not isinstance(state.document, Mapping) or state.rule is None:
        raise Blocked
    selection = state.selection()
    if not state.rule.items:
        if state.document.get("items", []) != []:
            yield Violation("draws.proof_items_differ", "items")
        return
    stated = [
        (text_of(each["id"], at), texts_of(each["items"], at))
        for at, each in objects_of(state.member("items"), "items", {"id", "items"})
    ]
    seed, rule = state.digest("seed"), state.rule
    strata = state.known_pool().strata_of(selection)
    drawn = [(each, pick_items(seed, each, strata.get(each), rule)) for each in selection]
    if sorted(stated) != sorted(drawn):
        yield Violation("draws.proof_items_differ", "items")


def _check_officers(state: State) -> Iterator[Violation]:
    stated, roster = state.member("officers"), state.roster()
    yield from _roster_faults(state)
    if stated == {}:
        return
    state.staffing = staffing_of(stated)
    if _visited(state.staffing) != set(state.course().subjects):
        yield Violation("draws.visits_differ", "officers.visits")
    if roster is not None:
        yield from roster.against(state.staffing, state.digest("seed"))
        yield from _check_recusals(state, state.staffing)


def _roster_faults(state: State) -> Iterator[Violation]:
    """Hold officers that the rule says by their SM3 against those that the proof lists."""
    wanted = state.rule.officers_hash if state.rule is not None else ""
    shown = isinstance(state.document, Mapping) and "roster" in state.document
    if wanted and shown and roster_hash(state.member("roster")) != wanted:
        yield Violation("draws.roster_differs", "roster")


def _check_recusals(state: State, staffing: Staffing) -> Iterator[Violation]:
    """See that what the head decided has its reason, and that nobody else was let off."""
    members = {"officer", "subject", "ground", "reason", "by", "at"}
    told = set()
    for at, each in objects_of(state.member("recused"), "recused", members):
        if not text_of(each["reason"], at).strip() or not text_of(each["by"], at).strip():
            yield Violation("draws.reason_missing", at)
        told.add(tuple(text_of(each[name], at) for name in ("officer", "subject", "ground")))
    for one in staffing.recusals:
        if one.ground in DECIDED and (one.officer, one.subject, one.ground.value) not in told:
            yield Violation("draws.proof_recusal_untold", "recused", {"id": one.officer})


def _visited(staffing: Staffing) -> set[str]:
    return {each.subject for each in staffing.visits}


def _check_assignment(state: State) -> Iterator[Violation]:
    read = [
        (text_of(each["id"], at), tuple(sorted(texts_of(each["officers"], at))))
        for at, each in objects_of(state.member("assignment"), "assignment", {"id", "officers"})
    ]
    if state.staffing is None:
        if state.member("officers") != {}:
            raise Blocked
        if read:
            yield Violation("draws.proof_assignment_differs", "assignment")
        return
    if _visited(state.staffing) != set(state.course().subjects):
        raise Blocked
    try:
        made = assign_in_turn(state.digest("seed"), state.staffing, state.course(), state.sifter)
    except (StaffingUnusable, DemandsUnmet) as refused:
        yield from refused.violations
        return
    if sorted(read) != sorted((each.id, each.officers) for each in made.visits):
        yield Violation("draws.proof_assignment_differs", "assignment")


_Steps = Mapping[Step, Callable[[State], Iterator[Violation]]]
_STEPS: _Steps = {
    Step.FORMAT: _check_format,
    Step.POOL: _check_pool,
    Step.POOL_HASH: _check_pool_hash,
    Step.RULE: _check_rule,
    Step.RULE_HASH: _check_rule_hash,
    Step.CONTRIBUTIONS: _check_contributions,
    Step.SEED: _check_seed,
    Step.PICKS: _check_picks,
    Step.THRESHOLDS: _check_thresholds,
    Step.MANUAL: _check_manual,
    Step.ITEMS: _check_items,
    Step.OFFICERS: _check_officers,
    Step.ASSIGNMENT: _check_assignment,
}
_STEPS_2: _Steps = {
    Step.FORMAT: _check_format,
    Step.POOL: _check_pool,
    Step.POOL_HASH: _check_pool_hash,
    Step.RULE: _check_rule,
    Step.RULE_HASH: _check_rule_hash,
    Step.LEAF: check_leaf,
    Step.CONTRIBUTIONS: check_deposits,
    Step.OUTSIDER: check_outsider,
    Step.SEED: check_seed_2,
    Step.CHANCES: check_chances,
    Step.PICKS: _check_picks,
    Step.THRESHOLDS: _check_thresholds,
    Step.MANUAL: _check_manual,
    Step.ITEMS: _check_items,
    Step.OFFICERS: _check_officers,
    Step.ASSIGNMENT: _check_assignment,
    Step.NUMBER: check_number,
    Step.MARKS: check_marks,
}
