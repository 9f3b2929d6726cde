"""Draws and verifications by file, without a database: formats in ``docs/formats/draw.md``."""

import gc
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType

import yaml
from attrs import frozen

from adapters.ranking.crew import Progress, silent
from adapters.ranking.freezing import sort_lines, write_lines
from adapters.ranking.pool_file import PoolFile
from adapters.ranking.sifting import FastSifter
from supervision_core.draws.model.draw import Contribution, DrawNotFrozen
from supervision_core.draws.model.leaves import only_leaf
from supervision_core.draws.model.picking import Chance, chances, pick, pick_items
from supervision_core.draws.model.pool import Pool, PoolNotFreezable, id_fault
from supervision_core.draws.model.proof import Outcome, PoolFileName, Sources, proof_of
from supervision_core.draws.model.ranking import NONCE_SIZE, commitment, seed_of, seed_of_2
from supervision_core.draws.model.rule import Rule, RuleNotFreezable, ratio_over_one, uncovered
from supervision_core.draws.model.signing import with_signature
from supervision_core.draws.model.sources import DRAW_2
from supervision_core.draws.model.verification import (
    Check,
    Step,
    Verification,
    pool_file_of,
    verify,
)
from supervision_core.kernel.crypto import Verifier
from supervision_core.kernel.errors import Violation, refuse_if
from supervision_core.kernel.ports import Clock, Randomness

INLINE = 10_000
PROOF = "proof.json"
POOL = "pool.tsv"
SIFTER = FastSifter()


@frozen
class DrawnFiles:
    """What a draw by file leaves behind: the proof, and the pool where it is too long for it.

    ``chances`` are those of a ``draw/2``, empty for a ``draw/1``.
    """

    proof: Path
    pool: Path | None
    seed: str
    sizes: Mapping[str, int]
    picked: Mapping[str, int]
    chances: Mapping[str, Chance]


def read_rule(path: Path) -> Rule:
    """Read a rule from JSON or YAML. Raises ``RuleNotFreezable``."""
    try:
        document = yaml.safe_load(path.read_text(encoding="utf-8-sig"))  # YAML holds JSON
    except (OSError, UnicodeDecodeError, yaml.YAMLError, RecursionError) as fault:
        at = Violation("draws.file_unreadable", "rule", {"name": path.name})
        raise RuleNotFreezable((at,)) from fault
    return Rule.of(document)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Collect no cycles: hundreds of thousands of picks hold none, and would be walked in vain."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


@_uncollected()
def draw_files(  # noqa: PLR0913 - a draw is made of these
    pool: Path,
    rule: Rule | Path,
    out: Path,
    *,
    contributors: Sequence[str] | Mapping[str, bytes],
    clock: Clock,
    randomness: Randomness,
    draw_id: str = "draw",
    task_id: str = "",
    definition: str = DRAW_2,
    progress: Progress = silent,
) -> DrawnFiles:
    """Draw from a file into ``out``: ``proof.json``, and ``pool.tsv`` beside it for large pools.

    ``contributors`` gives each contributor's 32-byte nonce, or names contributors for whom fresh
    nonces are made here (which proves the arithmetic, but no more about honesty than the machine
    deserves). The same goes for the platform's value of a ``draw/2``, the only leaf of its tree; it
    has no outsider. Raises ``PoolNotFreezable``, ``RuleNotFreezable`` and ``DrawNotFrozen``.
    """
    rule = read_rule(rule) if isinstance(rule, Path) else rule
    nonces = (
        dict(contributors)
        if isinstance(contributors, Mapping)
        else {each: randomness.token(NONCE_SIZE) for each in contributors}
    )
    refuse_if(DrawNotFrozen, _nonce_violations(nonces))
    out.mkdir(parents=True, exist_ok=True)
    frozen_file = out / POOL
    file = _frozen(pool, frozen_file, progress)
    refuse_if(DrawNotFrozen, [*uncovered(rule, file.sizes), *ratio_over_one(rule)])
    committed = clock.now()
    commitments = {each: commitment(each, nonce) for each, nonce in nonces.items()}
    revealed = clock.now()
    value = randomness.token(NONCE_SIZE) if definition == DRAW_2 else None
    if value is None:
        seed = seed_of(file.hash, rule.hash, nonces)
    else:
        seed = seed_of_2(file.hash, rule.hash, value, nonces, None)
    picks = pick(seed, file, rule, definition)
    picked = dict.fromkeys(file.sizes, 0) | Counter(each.stratum for each in picks)
    count = sum(file.sizes.values())
    inline = count <= INLINE
    outcome = Outcome(
        draw=draw_id,
        task=task_id,
        pool=Pool((_canonical(frozen_file),)) if inline else file,
        rule=rule,
        contributions=tuple(
            Contribution(each, commitments[each], committed, nonces[each], revealed)
            for each in sorted(nonces)
        ),
        seed=seed,
        picks=picks,
        items={it.id: pick_items(seed, it.id, it.stratum, rule) for it in picks}
        if rule.items
        else None,
        sources=None if value is None else _own(value, chances(rule, file.sizes, picked)),
    )
    name = None if inline else PoolFileName(POOL, file.sm3, count)
    proof = out / PROOF
    text = json.dumps(proof_of(outcome, name), ensure_ascii=False)
    proof.write_text(text + "\n", encoding="utf-8")
    if inline:
        frozen_file.unlink()
    return DrawnFiles(
        proof,
        None if inline else frozen_file,
        seed.hex(),
        file.sizes,
        picked,
        {} if outcome.sources is None else outcome.sources.chances,
    )


def _own(value: bytes, found: Mapping[str, Chance]) -> Sources:
    """Give what a draw of one machine rests on: a tree of one leaf, and nobody from outside."""
    return Sources(
        number=None,
        leaf=only_leaf(value),
        outsider=None,
        public_value=None,
        opening=None,
        late=(),
        chances=found,
        pool_changes={},
        siblings=(),
        marks=(),
    )


@_uncollected()
def verify_files(
    proof: Path,
    *,
    progress: Progress = silent,
    trusted: Mapping[str, Verifier] = MappingProxyType({}),
) -> Verification:
    """Verify a proof, and the pool file beside it if it names one; never raises for what it reads.

    A proof that is no JSON, or holds a name twice, fails at its first step. With ``trusted`` keys,
    by their ids, one of them must have signed it.
    """
    try:
        document = json.loads(proof.read_text(encoding="utf-8"), object_pairs_hook=_no_twice)
    except (OSError, ValueError, RecursionError):
        fault = Violation("draws.file_unreadable", "", {"name": proof.name})
        return Verification((Check(Step.FORMAT, (fault,)),))
    found = _verified(document, proof, progress)
    return with_signature(found, document, trusted) if trusted else found


def _verified(document: object, proof: Path, progress: Progress) -> Verification:
    named = pool_file_of(document)
    if named is None:
        return verify(document, by=SIFTER)
    try:
        pool = PoolFile(proof.parent / named.name, expected=_expected(document), progress=progress)
    except PoolNotFreezable as refused:
        return _with_pool_faults(verify(document, by=SIFTER), refused.violations)
    except OSError:
        missing = Violation("draws.proof_pool_file_missing", "pool_file", {"name": named.name})
        return _with_pool_faults(verify(document, by=SIFTER), (missing,))
    found = verify(document, pool, SIFTER)
    if pool.sm3 != named.sm3:
        differs = Violation("draws.proof_pool_file_differs", "pool_file.sm3")
        return _with_pool_faults(found, (differs,))
    return found


def _frozen(source: Path, target: Path, progress: Progress) -> PoolFile:
    try:
        source.open("rb").close()
    except OSError as fault:
        unreadable = Violation("draws.file_unreadable", "pool", {"name": source.name})
        raise PoolNotFreezable((unreadable,)) from fault
    try:
        write_lines(source, target, progress=progress)
    except UnicodeDecodeError as fault:
        unreadable = Violation("draws.file_unreadable", "pool", {"name": source.name})
        raise PoolNotFreezable((unreadable,)) from fault
    try:
        return PoolFile(target, progress=progress)
    except PoolNotFreezable as refused:
        if {each.code for each in refused.violations} != {"draws.proof_pool_unsorted"}:
            raise
    sort_lines(target, target, progress=progress)
    return PoolFile(target, progress=progress)


def _canonical(path: Path) -> bytes:
    return path.read_bytes().replace(b"\t", b"\x1f")


def _nonce_violations(nonces: Mapping[str, bytes]) -> list[Violation]:
    found = [] if nonces else [Violation("draws.contributors_missing", "contributors")]
    for each, nonce in nonces.items():
        if fault := id_fault(each):
            found.append(Violation(fault, "contributors"))
        if len(nonce) != NONCE_SIZE:
            found.append(Violation("draws.nonce_malformed", "contributors"))
    return found


def _expected(document: object) -> tuple[bytes, dict[str, bytes]] | None:
    """Give the stated seed and thresholds, to look for while reading, if they are readable."""
    try:
        stated = document["thresholds"]  # type: ignore[index]
        seed = bytes.fromhex(document["seed"])  # type: ignore[index]
        return seed, {name: bytes.fromhex(value) for name, value in stated.items()}
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


def _with_pool_faults(found: Verification, faults: tuple[Violation, ...]) -> Verification:
    return Verification(
        tuple(Check(Step.POOL, faults) if it.step is Step.POOL else it for it in found.checks)
    )


def _no_twice(pairs: list[tuple[str, object]]) -> dict[str, object]:
    members = dict(pairs)
    if len(members) < len(pairs):
        raise ValueError
    return members
