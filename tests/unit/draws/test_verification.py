"""Forged proofs are rejected at the step that was forged; hostile ones are only ever rejected."""

import copy
import json
import runpy
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supervision_core.draws.model.assignment import assign
from supervision_core.draws.model.draw import Draw
from supervision_core.draws.model.pool import Pool
from supervision_core.draws.model.proof import Outcome, PoolFileName, proof_of
from supervision_core.draws.model.ranking import rank
from supervision_core.draws.model.selection import Action
from supervision_core.draws.model.staffing import Staffing
from supervision_core.draws.model.verification import (
    Step,
    Verification,
    check_subject,
    pool_file_of,
    verify,
)
from supervision_core.kernel.plain import from_plain
from supervision_core.testing.draws import DUE, POOL, completed_draw, frozen_draw, staffing_for

SCRIPT = runpy.run_path(str(Path(__file__).parents[3] / "docs" / "verify_draw.py"))
verify_by_script: Callable[[dict[str, Any], Path], None] = SCRIPT["verify"]
LATER = DUE + timedelta(hours=4)


def _draw() -> Draw:
    draw = completed_draw()
    draw.adjust(Action.ADD, "firm-extra", by="u-1", reason="举报", at=LATER)
    draw.adjust(Action.REMOVE, draw.picks[0].id, by="u-1", reason="停业", at=LATER)
    draw.assign_inspectors(staffing_for(draw.course.subjects), at=LATER)
    return draw


def _document() -> dict[str, Any]:
    outcome = Outcome.of(_draw(), POOL)
    assert outcome is not None
    document: dict[str, Any] = json.loads(json.dumps(proof_of(outcome)))
    return document


DOCUMENT = _document()
OF_DRAW_2 = {Step.LEAF, Step.OUTSIDER, Step.CHANCES, Step.NUMBER, Step.MARKS}


def _failed(document: object) -> tuple[str, ...]:
    return tuple(each.value for each in verify(document).failed)


def _codes(found: Verification) -> set[str]:
    return {fault.code for each in found.checks for fault in each.faults}


def test_members_in_order() -> None:
    """The proof has the members of the definition, in its order, and "items" beside them."""
    assert list(DOCUMENT) == [
        "format",
        "draw_id",
        "task_id",
        "pool",
        "pool_hash",
        "rule",
        "rule_hash",
        "contributions",
        "seed",
        "picks",
        "thresholds",
        "manual",
        "items",
        "officers",
        "assignment",
        "audit",
        "signature",
    ]
    assert DOCUMENT["format"] == "draw-proof/1"
    assert set(DOCUMENT["contributions"][0]) == {
        "contributor",
        "commitment",
        "nonce",
        "committed_at",
        "revealed_at",
    }
    assert set(DOCUMENT["picks"][0]) == {"id", "stratum", "rank"}
    assert set(DOCUMENT["manual"][0]) == {"action", "id", "by", "at", "reason"}
    assert set(DOCUMENT["assignment"][0]) == {"id", "officers"}


def test_own_proof_holds() -> None:
    """What a draw proves, both implementations accept, every step."""
    found = verify(DOCUMENT)
    assert found.ok
    assert [each.step for each in found.checks] == [
        step for step in Step if step not in {*OF_DRAW_2, Step.SIGNATURE}
    ]
    assert all(each.ok for each in found.checks)
    verify_by_script(DOCUMENT, Path())


def _forged(*path: str | int, value: object) -> dict[str, Any]:
    document = copy.deepcopy(DOCUMENT)
    place: Any = document
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return document


def _untouched_pick() -> str:
    manual = {each["id"] for each in DOCUMENT["manual"]}
    return str(next(each["id"] for each in DOCUMENT["picks"] if each["id"] not in manual))


@pytest.mark.parametrize(
    ("document", "step"),
    [
        (_forged("manual", 0, "id", value=_untouched_pick()), "manual"),
        (_forged("manual", 1, "id", value="firm-nobody"), "manual"),
        (_forged("manual", 1, "action", value="swap"), "manual"),
        (_forged("manual", 0, "reason", value=" "), "manual"),
        (_forged("manual", value=DOCUMENT["manual"][:1]), "items"),
        (_forged("items", 0, "items", value=[]), "items"),
        (_forged("items", value=DOCUMENT["items"][1:]), "items"),
        (_forged("items", value=[*DOCUMENT["items"], DOCUMENT["items"][0]]), "items"),
        (_forged("officers", "visits", value=DOCUMENT["officers"]["visits"][1:]), "officers"),
        (_forged("officers", "visits", 0, "subject", value="firm-nobody"), "officers"),
        (_forged("officers", value={}), "assignment"),
        (_forged("assignment", value=[*DOCUMENT["assignment"]] * 2), "assignment"),
    ],
    ids=[
        "picked-added", "stranger-removed", "action-unknown", "no-reason", "manual-left-out",
        "items-emptied", "items-lost", "items-twice", "visit-lost", "visit-of-stranger",
        "officers-lost", "assignment-twice",
    ],
)  # fmt: skip
def test_the_script_finds_what_does_not_follow_from_the_picks(
    document: dict[str, Any], step: str
) -> None:
    """Manual changes, items and visits are held against the picks by both implementations."""
    with pytest.raises(AssertionError, match=f"^{step}$"):
        verify_by_script(document, Path())
    assert step in _failed(document)


def test_nothing_to_prove_before_completion() -> None:
    """A draw that is not completed proves nothing."""
    assert Outcome.of(frozen_draw(), POOL) is None


def test_pick_only_proof_holds() -> None:
    """Without inspectors, items or corrections the members are empty or absent."""
    draw = completed_draw()
    outcome = Outcome.of(draw, POOL)
    assert outcome is not None
    document = proof_of(outcome)
    assert (document["officers"], document["assignment"]) == ({}, [])
    assert (document["audit"], document["signature"], document["manual"]) == ({}, {}, [])
    assert verify(json.loads(json.dumps(document))).ok


OTHER = "0" * 64
FORGERIES: list[tuple[str, Callable[[dict[str, Any]], object], str, str]] = [
    ("format", lambda d: d.update(format="draw-proof/3"), "format", "proof_format_unknown"),
    ("draw id", lambda d: d.update(draw_id=1), "format", "proof_malformed"),
    ("task id", lambda d: d.pop("task_id"), "format", "proof_malformed"),
    ("pool type", lambda d: d.update(pool={}), "pool", "proof_malformed"),
    ("pool entry", lambda d: d["pool"].append({"id": "x"}), "pool", "proof_malformed"),
    ("pool order", lambda d: d["pool"].reverse(), "pool", "proof_pool_unsorted"),
    ("pool twice", lambda d: d["pool"].append(d["pool"][-1]), "pool", "id_repeated"),
    ("pool empty", lambda d: d["pool"].clear(), "pool", "pool_empty"),
    ("pool grown", lambda d: d["pool"].append({"id": "z", "stratum": "A"}), "pool_hash",
     "proof_pool_hash_differs"),
    ("pool cut", lambda d: d["pool"].pop(), "pool_hash", "proof_pool_hash_differs"),
    ("stratum", lambda d: d["pool"][9].update(stratum="D"), "pool_hash",
     "proof_pool_hash_differs"),
    ("pool hash", lambda d: d.update(pool_hash=OTHER), "pool_hash", "proof_pool_hash_differs"),
    ("pool hash case", lambda d: d.update(pool_hash=d["pool_hash"].upper()), "pool_hash",
     "proof_malformed"),
    ("rule", lambda d: d["rule"].update(filters=[]), "rule_hash", "proof_rule_hash_differs"),
    ("rule float", lambda d: d["rule"]["strata"]["A"].update(ratio=0.25), "rule",
     "rule_not_plain"),
    ("rule stratum", lambda d: d["rule"]["strata"].pop("A"), "rule", "stratum_without_quota"),
    ("rule hash", lambda d: d.update(rule_hash=OTHER), "rule_hash", "proof_rule_hash_differs"),
    ("no contributions", lambda d: d["contributions"].clear(), "contributions",
     "contributors_missing"),
    ("one out", lambda d: d["contributions"].pop(), "seed", "proof_seed_differs"),
    ("twice", lambda d: d["contributions"].append(d["contributions"][0]), "contributions",
     "contributor_repeated"),
    ("nonce", lambda d: d["contributions"][0].update(nonce=OTHER), "contributions",
     "proof_commitment_differs"),
    ("commitment", lambda d: d["contributions"][1].update(commitment=OTHER), "contributions",
     "proof_commitment_differs"),
    ("contributor", lambda d: d["contributions"][1].update(contributor="dept-x"),
     "contributions", "proof_commitment_differs"),
    ("contributor sign", lambda d: d["contributions"][1].update(contributor="\x1f"),
     "contributions", "proof_malformed"),
    ("early reveal", lambda d: d["contributions"][0].update(
        revealed_at="2026-03-02T01:00:00+00:00"), "contributions", "proof_revealed_too_early"),
    ("late commitment", lambda d: d["contributions"][0].update(
        committed_at="2027-03-02T01:00:00+00:00"), "contributions", "proof_revealed_too_early"),
    ("naive time", lambda d: d["contributions"][0].update(committed_at="2026-03-02T01:00:00"),
     "contributions", "proof_malformed"),
    ("no time", lambda d: d["contributions"][0].update(revealed_at="soon"), "contributions",
     "proof_malformed"),
    ("seed", lambda d: d.update(seed=OTHER), "seed", "proof_seed_differs"),
    ("pick out", lambda d: d["picks"].pop(0), "picks", "proof_picks_differ"),
    ("pick order", lambda d: d["picks"].reverse(), "picks", "proof_picks_differ"),
    ("pick rank", lambda d: d["picks"][0].update(rank=OTHER), "picks", "proof_picks_differ"),
    ("pick stratum", lambda d: d["picks"][0].update(stratum="D"), "picks",
     "proof_picks_differ"),
    ("pick id", lambda d: d["picks"][0].update(id="firm-99"), "picks", "proof_picks_differ"),
    ("pick form", lambda d: d["picks"][0].update(rank=7), "picks", "proof_malformed"),
    ("threshold", lambda d: d["thresholds"].update(A=OTHER), "thresholds",
     "proof_thresholds_differ"),
    ("threshold more", lambda d: d["thresholds"].update(Z=OTHER), "thresholds",
     "proof_thresholds_differ"),
    ("threshold out", lambda d: d["thresholds"].pop("D"), "thresholds",
     "proof_thresholds_differ"),
    ("threshold form", lambda d: d.update(thresholds=[]), "thresholds", "proof_malformed"),
    ("manual action", lambda d: d["manual"][0].update(action="swap"), "manual",
     "proof_malformed"),
    ("manual list", lambda d: d["manual"][0].update(action=[]), "manual", "proof_malformed"),
    ("manual id", lambda d: d["manual"][0].update(id=""), "manual", "proof_malformed"),
    ("manual reason", lambda d: d["manual"][0].update(reason=" "), "manual", "reason_missing"),
    ("manual by", lambda d: d["manual"][0].update(by=""), "manual", "reason_missing"),
    ("manual at", lambda d: d["manual"][0].update(at=""), "manual", "proof_malformed"),
    ("manual twice", lambda d: d["manual"].append(d["manual"][0]), "manual",
     "already_selected"),
    ("manual remove", lambda d: d["manual"][1].update(id="nobody"), "manual", "not_selected"),
    ("manual hidden", lambda d: d["manual"].clear(), "items", "proof_items_differ"),
    ("manual other", lambda d: d["manual"][0].update(id="other"), "officers", "visits_differ"),
    ("items out", lambda d: d.pop("items"), "items", "proof_malformed"),
    ("items", lambda d: d["items"][0]["items"].append("item-2"), "items", "proof_items_differ"),
    ("items twice", lambda d: d["items"].append(d["items"][0]), "items", "proof_items_differ"),
    ("officers out", lambda d: d.update(officers={}), "assignment",
     "proof_assignment_differs"),
    ("officers form", lambda d: d["officers"].update(extra=1), "officers", "proof_malformed"),
    ("officers type", lambda d: d["officers"]["inspectors"][0].update(workload="0"),
     "officers", "proof_malformed"),
    ("officers day", lambda d: d["officers"].update(day="x"), "officers", "proof_malformed"),
    ("officers visit", lambda d: d["officers"]["visits"].pop(), "officers", "visits_differ"),
    ("workload", lambda d: d["officers"]["inspectors"][1].update(workload=30), "assignment",
     "proof_assignment_differs"),
    ("cap", lambda d: d["officers"].update(cap=1), "assignment", "officers_short"),
    ("cap nought", lambda d: d["officers"].update(cap=0), "assignment", "cap_unusable"),
    ("assigned", lambda d: d["assignment"][0].update(officers=["officer-9", "officer-8"]),
     "assignment", "proof_assignment_differs"),
    ("assigned out", lambda d: d["assignment"].pop(), "assignment", "proof_assignment_differs"),
    ("assigned twice", lambda d: d["assignment"].append(d["assignment"][0]), "assignment",
     "proof_assignment_differs"),
    ("assigned form", lambda d: d["assignment"][0].update(officers="x"), "assignment",
     "proof_malformed"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("forge", "step", "code"),
    [pytest.param(*rest, id=name.replace(" ", "-")) for name, *rest in FORGERIES],
)
def test_forged_proof_fails_at_its_step(
    forge: Callable[[dict[str, Any]], object], step: str, code: str
) -> None:
    """Whatever is altered in a proof is named at the step it belongs to."""
    document = copy.deepcopy(DOCUMENT)
    forge(document)
    found = verify(document)
    by_step = {each.step.value: {it.code for it in each.faults} for each in found.checks}
    assert f"draws.{code}" in by_step[step]
    assert not found.ok


@pytest.mark.parametrize("name", [each for each in DOCUMENT if each not in {"audit", "signature"}])
@pytest.mark.parametrize(
    "value",
    [None, 1, "x", [1], {"a": 1}, True, 1.5, "\ud800"],
    ids=["none", "number", "text", "list", "object", "flag", "fraction", "surrogate"],
)
def test_any_member_of_any_wrong_type(name: str, value: object) -> None:
    """A member of a wrong type is rejected, never an exception."""
    if name in {"draw_id", "task_id"} and value == "x":
        pytest.skip("any text will do")
    assert not verify(DOCUMENT | {name: value}).ok


@pytest.mark.parametrize("name", [each for each in DOCUMENT if each not in {"audit", "signature"}])
def test_any_member_missing(name: str) -> None:
    """A member that is missing is rejected."""
    assert not verify({key: value for key, value in DOCUMENT.items() if key != name}).ok


def test_seed_step_names_only_itself_and_what_follows() -> None:
    """A forged seed leaves the steps before it standing."""
    assert _failed(DOCUMENT | {"seed": OTHER}) == ("seed", "picks", "items", "assignment")


def test_pool_step_blocks_what_needs_a_pool() -> None:
    """Without a readable pool the steps that need one say that they could not be checked."""
    found = verify(DOCUMENT | {"pool": 1})
    assert "draws.proof_step_blocked" in _codes(found)
    assert found.failed[0] is Step.POOL
    assert Step.SEED not in found.failed


@pytest.mark.parametrize("document", [None, [], "x", 1, {}, {"format": "draw-proof/1"}, {1: 2}])
def test_no_proof_at_all(document: object) -> None:
    """What is no proof fails at the first steps."""
    found = verify(document)
    assert not found.ok
    assert "draws.proof_malformed" in _codes(found)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


def _paths(value: object, path: tuple[object, ...] = ()) -> list[tuple[object, ...]]:
    found = [path]
    if isinstance(value, dict):
        for key, inner in value.items():
            found += _paths(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            found += _paths(inner, (*path, index))
    return found


PATHS = [path for path in _paths(DOCUMENT) if path]


def _assigned_alike(document: dict[str, Any]) -> bool:
    """Tell whether the officers that are stated lead to the assignment that is stated.

    No hash pins them: another cap or workload that changes nothing makes no other proof.
    """
    made = assign(bytes.fromhex(document["seed"]), from_plain(Staffing, document["officers"]))
    found = [{"id": each.id, "officers": list(each.officers)} for each in made.visits]
    return found == list(document["assignment"])


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(PATHS), JSON)
def test_hostile_values_anywhere(path: tuple[Any, ...], value: object) -> None:
    """Any value at any place gives a verdict, never an exception."""
    document: Any = copy.deepcopy(DOCUMENT)
    inner = document
    for step in path[:-1]:
        inner = inner[step]
    same = inner[path[-1]] == value
    inner[path[-1]] = value
    found = verify(document)
    free = path[0] in {"draw_id", "task_id", "audit", "signature"} or path[-1] in {
        "by",
        "reason",
        "at",
        "ground",
        "committed_at",
        "revealed_at",
    }
    assert same or free or not found.ok or (path[0] == "officers" and _assigned_alike(document))


def test_another_cap_that_changes_nothing_is_no_forgery() -> None:
    """Without a cap the same officers are assigned, and the proof holds; one too low fails."""
    for cap, holds in ((None, True), (41, True), (1, False)):
        document = copy.deepcopy(DOCUMENT)
        document["officers"]["cap"] = cap
        assert verify(document).ok is holds


def test_pool_file_is_checked_by_its_pool() -> None:
    """A pool in a file is compared by count and hash; its name must be a plain name."""
    outcome = Outcome.of(completed_draw(), POOL)
    assert outcome is not None
    pool = outcome.pool
    assert isinstance(pool, Pool)
    document = proof_of(outcome, PoolFileName("pool.tsv", OTHER, 16))
    assert "pool" not in document
    assert document["pool_file"] == {"name": "pool.tsv", "sm3": OTHER, "count": 16}
    assert verify(document, pool).ok
    assert verify(document).failed[0] is Step.POOL
    fewer = Pool.of([(each.id, each.stratum) for each in pool.candidates[1:]])
    assert verify(document, fewer).failed[:2] == (Step.POOL, Step.POOL_HASH)
    assert "draws.proof_pool_count_differs" in _codes(verify(document, fewer))
    assert "draws.proof_pool_twice" in _codes(verify(document | {"pool": []}, pool))
    assert pool_file_of(document) == PoolFileName("pool.tsv", OTHER, 16)


@pytest.mark.parametrize(
    "named",
    [
        None,
        {},
        {"name": "../pool.tsv", "sm3": OTHER, "count": 16},
        {"name": "a\\b", "sm3": OTHER, "count": 16},
        {"name": "..", "sm3": OTHER, "count": 16},
        {"name": "", "sm3": OTHER, "count": 16},
        {"name": "p", "sm3": "x", "count": 16},
        {"name": "p", "sm3": OTHER, "count": True},
        {"name": "p", "sm3": OTHER, "count": -1},
        {"name": "p", "sm3": OTHER, "count": "16"},
        {"name": "p", "sm3": OTHER, "count": 16, "more": 1},
    ],
)
def test_pool_file_must_lie_beside_the_proof(named: object) -> None:
    """A pool file is named by a plain name, a hash and a count; anything else is not followed."""
    assert pool_file_of({"pool_file": named}) is None
    assert pool_file_of([]) is None
    assert pool_file_of({}) is None
    found = verify(DOCUMENT | {"pool_file": named})
    assert "draws.proof_malformed" in {it.code for it in found.checks[1].faults}


def test_own_case() -> None:
    """With seed and thresholds alone a firm sees whether it was drawn, and so does the list."""
    draw = completed_draw()
    seed = draw.seed or b""
    last = {each.stratum: each.rank for each in draw.picks}
    drawn = {each.id for each in draw.picks}
    for each in POOL.candidates:
        own = check_subject(seed, last, each.id, each.stratum)
        assert own.rank == rank(seed, each.id)
        assert own.drawn == (each.id in drawn)
    assert not check_subject(seed, {}, "firm-01", "A").drawn
