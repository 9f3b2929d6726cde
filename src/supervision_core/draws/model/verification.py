"""Checking a proof step by step, without a database; nothing it holds is trusted."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import UTC, datetime
from enum import Enum

from attrs import define, field, frozen

from supervision_core.draws.model.assignment import DemandsUnmet, assign
from supervision_core.draws.model.draw import Action, Adjustment, Contribution, selected
from supervision_core.draws.model.picking import pick, pick_items, thresholds
from supervision_core.draws.model.pool import FrozenPool, Pick, Pool, PoolNotFreezable, id_fault
from supervision_core.draws.model.proof import FORMAT, PoolFileName, plain_picks
from supervision_core.draws.model.ranking import Sift, commitment, rank, seed_of, sift
from supervision_core.draws.model.rule import Rule, RuleNotFreezable, uncovered
from supervision_core.draws.model.staffing import Staffing, StaffingUnusable
from supervision_core.kernel.canonical import canonical_json
from supervision_core.kernel.errors import Violation
from supervision_core.kernel.plain import from_plain, to_plain

HEX = re.compile(r"[0-9a-f]{64}")


class Step(Enum):
    """校验步骤 (Step): what of a proof is checked, in this order."""

    FORMAT = "format"
    POOL = "pool"
    POOL_HASH = "pool_hash"
    RULE = "rule"
    RULE_HASH = "rule_hash"
    CONTRIBUTIONS = "contributions"
    SEED = "seed"
    PICKS = "picks"
    THRESHOLDS = "thresholds"
    MANUAL = "manual"
    ITEMS = "items"
    OFFICERS = "officers"
    ASSIGNMENT = "assignment"
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


class _Malformed(Exception):
    """A member of the proof has not the form that the format gives it."""

    def __init__(self, at: str) -> None:
        super().__init__(at)
        self.at = at


class _Blocked(Exception):
    """An earlier step left nothing to check this one against."""


def verify(document: object, pool: FrozenPool | None = None, by: Sift = sift) -> Verification:
    """Check every step of a proof as ``json.loads`` gives it; never raises, whatever it holds.

    ``pool`` is the pool read from the file that ``pool_file`` names; whoever read it compares the
    file's own ``sm3`` and ``count`` (see ``pool_file_of``). Each step is checked against what the
    proof states for the steps before it, so that only the step that was tampered with (and what
    truly follows from it) fails. ``by`` is that of ``assign``.
    """
    state = _State(document, pool, by)
    return Verification(tuple(Check(step, _faults(_STEPS[step], state)) for step in _STEPS))


def pool_file_of(document: object) -> PoolFileName | None:
    """Give what the proof says of its pool file, if it is a well-formed name of one."""
    try:
        if isinstance(document, Mapping) and "pool_file" in document:
            return _pool_file(document["pool_file"])
    except _Malformed:
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


@define(eq=False)
class _State:
    """The proof, and what the steps so far have made of it."""

    document: object
    pool: FrozenPool | None
    sifter: Sift
    rule: Rule | None = None
    contributions: tuple[Contribution, ...] | None = None
    picks: tuple[Pick, ...] | None = None
    adjustments: tuple[Adjustment, ...] | None = None
    staffing: Staffing | None = None
    _read: dict[str, object] = field(factory=dict)

    def member(self, name: str) -> object:
        if not isinstance(self.document, Mapping):
            raise _Malformed("")
        if name not in self.document:
            raise _Malformed(name)
        return self.document[name]

    def digest(self, name: str) -> bytes:
        return _digest(self.member(name), name)

    def known_pool(self) -> FrozenPool:
        if self.pool is None:
            raise _Blocked
        return self.pool

    def selection(self) -> tuple[str, ...]:
        if self.picks is None or self.adjustments is None:
            raise _Blocked
        return selected(self.picks, self.adjustments)


def _faults(step: Callable[[_State], Iterator[Violation]], state: _State) -> tuple[Violation, ...]:
    try:
        return tuple(step(state))
    except _Malformed as fault:
        return (Violation("draws.proof_malformed", fault.at),)
    except _Blocked:
        return (Violation("draws.proof_step_blocked"),)


def _check_format(state: _State) -> Iterator[Violation]:
    if state.member("format") != FORMAT:
        yield Violation("draws.proof_format_unknown", "format")
    for name in ("draw_id", "task_id"):
        _text(state.member(name), name)


def _check_pool(state: _State) -> Iterator[Violation]:
    if not isinstance(state.document, Mapping):
        raise _Malformed("")
    if "pool_file" in state.document:
        if "pool" in state.document:
            yield Violation("draws.proof_pool_twice", "pool")
        stated = _pool_file(state.document["pool_file"])
        if sum(state.known_pool().sizes.values()) != stated.count:
            yield Violation("draws.proof_pool_count_differs", "pool_file.count")
        return
    pairs = [
        (_text(each["id"], at), _text(each["stratum"], at))
        for at, each in _objects(state.member("pool"), "pool", {"id", "stratum"})
    ]
    try:
        state.pool = Pool.of(pairs)
    except PoolNotFreezable as refused:
        yield from refused.violations
        return
    if pairs != sorted(pairs):
        yield Violation("draws.proof_pool_unsorted", "pool")


def _check_pool_hash(state: _State) -> Iterator[Violation]:
    if state.digest("pool_hash") != state.known_pool().hash:
        yield Violation("draws.proof_pool_hash_differs", "pool_hash")


def _check_rule(state: _State) -> Iterator[Violation]:
    try:
        state.rule = Rule.of(state.member("rule"))
    except RuleNotFreezable as refused:
        yield from refused.violations
        return
    yield from uncovered(state.rule, state.known_pool().sizes)


def _check_rule_hash(state: _State) -> Iterator[Violation]:
    if state.rule is None:
        raise _Blocked
    if state.digest("rule_hash") != state.rule.hash:
        yield Violation("draws.proof_rule_hash_differs", "rule_hash")


def _check_contributions(state: _State) -> Iterator[Violation]:
    read = [
        _contribution(each, at)
        for at, each in _objects(
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


def _check_seed(state: _State) -> Iterator[Violation]:
    if state.contributions is None:
        raise _Blocked
    nonces = {each.contributor: each.nonce or b"" for each in state.contributions}
    made = seed_of(state.digest("pool_hash"), state.digest("rule_hash"), nonces)
    if state.digest("seed") != made:
        yield Violation("draws.proof_seed_differs", "seed")


def _check_picks(state: _State) -> Iterator[Violation]:
    stated = state.member("picks")
    made = None
    if state.pool and state.rule and not any(uncovered(state.rule, state.pool.sizes)):
        made = pick(state.digest("seed"), state.pool, state.rule)
        if stated == plain_picks(made):  # at once, and not one by one: there may be very many
            state.picks = made
            return
    state.picks = tuple(
        Pick(_text(each["id"], at), _text(each["stratum"], at), _digest(each["rank"], at))
        for at, each in _objects(stated, "picks", {"id", "stratum", "rank"})
    )
    if made is None:
        raise _Blocked
    if state.picks != made:
        yield Violation("draws.proof_picks_differ", "picks")


def _check_thresholds(state: _State) -> Iterator[Violation]:
    stated = state.member("thresholds")
    if state.picks is None:
        raise _Blocked
    if not isinstance(stated, Mapping):
        raise _Malformed("thresholds")
    read = {str(name): _digest(value, "thresholds") for name, value in stated.items()}
    if read != thresholds(state.picks):
        yield Violation("draws.proof_thresholds_differ", "thresholds")


def _check_manual(state: _State) -> Iterator[Violation]:
    read = [
        _adjustment(each, at)
        for at, each in _objects(
            state.member("manual"), "manual", {"action", "id", "by", "at", "reason"}
        )
    ]
    if state.picks is None:
        raise _Blocked
    chosen = {each.id for each in state.picks}
    for index, each in enumerate(read):
        at = f"manual[{index}]"
        if not each.reason.strip() or not each.by.strip():
            yield Violation("draws.reason_missing", at)
        if each.action is Action.ADD and each.id in chosen:
            yield Violation("draws.already_selected", at, {"id": each.id})
            return
        if each.action is Action.REMOVE and each.id not in chosen:
            yield Violation("draws.not_selected", at, {"id": each.id})
            return
        chosen ^= {each.id}
    state.adjustments = tuple(read)


def _check_items(state: _State) -> Iterator[Violation]:
    if not isinstance(state.document, Mapping) or state.rule is None:
        raise _Blocked
    selection = state.selection()
    if not state.rule.items:
        if state.document.get("items", []) != []:
            yield Violation("draws.proof_items_differ", "items")
        return
    stated = [
        (_text(each["id"], at), _texts(each["items"], at))
        for at, each in _objects(state.member("items"), "items", {"id", "items"})
    ]
    seed, rule = state.digest("seed"), state.rule
    strata = state.known_pool().strata_of(selection)
    drawn = [(each, pick_items(seed, each, strata.get(each), rule)) for each in selection]
    if sorted(stated) != sorted(drawn):
        yield Violation("draws.proof_items_differ", "items")


def _check_officers(state: _State) -> Iterator[Violation]:
    stated = state.member("officers")
    if stated == {}:
        return
    state.staffing = _staffing(stated)
    if {each.subject for each in state.staffing.visits} != set(state.selection()):
        yield Violation("draws.visits_differ", "officers.visits")


def _check_assignment(state: _State) -> Iterator[Violation]:
    read = [
        (_text(each["id"], at), tuple(sorted(_texts(each["officers"], at))))
        for at, each in _objects(state.member("assignment"), "assignment", {"id", "officers"})
    ]
    if state.staffing is None:
        if state.member("officers") != {}:
            raise _Blocked
        if read:
            yield Violation("draws.proof_assignment_differs", "assignment")
        return
    try:
        made = assign(state.digest("seed"), state.staffing, state.sifter)
    except (StaffingUnusable, DemandsUnmet) as refused:
        yield from refused.violations
        return
    if sorted(read) != sorted((each.id, each.officers) for each in made.visits):
        yield Violation("draws.proof_assignment_differs", "assignment")


_STEPS: Mapping[Step, Callable[[_State], Iterator[Violation]]] = {
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


def _text(value: object, at: str) -> str:
    if not isinstance(value, str):
        raise _Malformed(at)
    try:
        value.encode()
    except UnicodeEncodeError:
        raise _Malformed(at) from None
    return value


def _texts(value: object, at: str) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise _Malformed(at)
    return tuple(_text(each, at) for each in value)


def _digest(value: object, at: str) -> bytes:
    if not isinstance(value, str) or not HEX.fullmatch(value):
        raise _Malformed(at)
    return bytes.fromhex(value)


def _moment(value: object, at: str) -> datetime:
    try:
        moment = datetime.fromisoformat(_text(value, at))
        if moment.tzinfo is None:
            raise _Malformed(at)
        return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        raise _Malformed(at) from None


def _objects(
    value: object, at: str, members: Collection[str]
) -> Iterator[tuple[str, Mapping[str, object]]]:
    """Give each object of a list, with its place, if it has all of ``members``."""
    if not isinstance(value, list):
        raise _Malformed(at)
    for index, each in enumerate(value):
        if not isinstance(each, Mapping) or not each.keys() >= set(members):
            raise _Malformed(f"{at}[{index}]")
        yield f"{at}[{index}]", each


def _pool_file(value: object) -> PoolFileName:
    if not isinstance(value, Mapping) or value.keys() != {"name", "sm3", "count"}:
        raise _Malformed("pool_file")
    name = _text(value["name"], "pool_file.name")
    if name in {"", ".", ".."} or set(name) & {"/", "\\", "\0"}:
        raise _Malformed("pool_file.name")
    digest = _digest(value["sm3"], "pool_file.sm3").hex()
    count = value["count"]
    if not isinstance(count, int) or isinstance(count, bool) or count < 0:
        raise _Malformed("pool_file.count")
    return PoolFileName(name, digest, count)


def _contribution(each: Mapping[str, object], at: str) -> Contribution:
    contributor = _text(each["contributor"], at)
    if id_fault(contributor):
        raise _Malformed(at)
    return Contribution(
        contributor,
        _digest(each["commitment"], f"{at}.commitment"),
        _moment(each["committed_at"], f"{at}.committed_at"),
        _digest(each["nonce"], f"{at}.nonce"),  # a nonce is as long as a digest
        _moment(each["revealed_at"], f"{at}.revealed_at"),
    )


def _adjustment(each: Mapping[str, object], at: str) -> Adjustment:
    action = _text(each["action"], f"{at}.action")
    if action not in {known.value for known in Action}:
        raise _Malformed(f"{at}.action")
    id_ = _text(each["id"], at)
    if id_fault(id_):
        raise _Malformed(f"{at}.id")
    return Adjustment(
        Action(action),
        id_,
        _text(each["by"], f"{at}.by"),
        _moment(each["at"], f"{at}.at"),
        _text(each["reason"], f"{at}.reason"),
    )


def _staffing(value: object) -> Staffing:
    """Read the inputs of the assignment, which must be exactly what we would have written."""
    try:
        staffing = from_plain(Staffing, value)
        same = canonical_json(to_plain(staffing)) == canonical_json(value)  # type: ignore[arg-type]
    except Exception:  # noqa: BLE001 - cattrs answers hostile input with whatever it met
        raise _Malformed("officers") from None
    if not same:
        raise _Malformed("officers")
    return staffing
