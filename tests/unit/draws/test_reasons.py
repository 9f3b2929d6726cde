"""Every reason for a refusal, whole: its code, the field it is at, and what fills its words."""

import json
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import cache
from typing import Any

import pytest
from attrs import evolve

from supervision_core.draws.model.assignment import assign
from supervision_core.draws.model.draw import Draw
from supervision_core.draws.model.picking import pick_items
from supervision_core.draws.model.pool import Pool, id_fault
from supervision_core.draws.model.proof import Outcome, PoolFileName, plain_picks, proof_of
from supervision_core.draws.model.ranking import commitment
from supervision_core.draws.model.rule import Quota, Rule, rule_violations
from supervision_core.draws.model.selection import Action, Adjustment, Selection
from supervision_core.draws.model.staffing import (
    Certificate,
    Demand,
    Inspector,
    Staffing,
    Visit,
    staffing_violations,
)
from supervision_core.draws.model.verification import Step, pool_file_of, verify
from supervision_core.kernel.errors import Refused, Violation
from supervision_core.kernel.plain import to_plain
from supervision_core.testing.draws import (
    DUE,
    MOMENT,
    NONCES,
    POOL,
    completed_draw,
    earlier_draw,
    frozen_draw,
    staffing_for,
)

Reasons = tuple[Violation, ...]
LATER = DUE + timedelta(hours=4)
MOST = {"due": DUE.isoformat()}


def because(code: str, at: str = "", **data: str | int) -> Violation:
    """Give a violation of the context."""
    return Violation(f"draws.{code}", at, data)


def reasons(deed: Callable[[], object]) -> Reasons:
    """Do what must be refused, and give every reason."""
    with pytest.raises(Refused) as refusal:
        deed()
    return refusal.value.violations


def nonce(contributor: str) -> bytes:
    """Give the nonce of a contributor."""
    return contributor.encode() * 32


FOUR = Pool.of([(f"f{n}", "A") for n in range(4)])


def collecting() -> Draw:
    """Give a draw of contributors a and b, of whom nobody has committed."""
    rule = Rule.of({"strata": {"A": {"count": 2}}})
    return earlier_draw("d", FOUR, ("a", "b"), task="t", lead="a", rule=rule, spent=frozenset())


def revealing() -> Draw:
    """Give a draw to which both have committed, and a has revealed."""
    draw = collecting()
    for each in ("a", "b"):
        draw.commit(each, commitment(each, nonce(each)), at=MOMENT)
    draw.reveal("a", nonce("a"), at=MOMENT)
    return draw


def drawn() -> Draw:
    """Give a drawn one."""
    draw = revealing()
    draw.reveal("b", nonce("b"), at=MOMENT)
    draw.complete(FOUR, at=MOMENT)
    return draw


def freeze(**changes: object) -> None:
    """Freeze a draw that is faulty."""
    told: dict[str, Any] = {
        "pool": Pool.of([("f", "A")]),
        "rule": Rule.of({"strata": {"A": {"count": 1}}}),
    }
    frozen_draw(**(told | changes))


def committed_twice() -> None:
    """Commit again to the same."""
    draw = collecting()
    for _ in range(2):
        draw.commit("a", commitment("a", nonce("a")), at=MOMENT)


def copied() -> None:
    """Commit to what another has committed to."""
    draw = collecting()
    draw.commit("a", commitment("a", nonce("a")), at=MOMENT)
    draw.commit("b", commitment("a", nonce("a")), at=MOMENT)


CASES: dict[str, tuple[Callable[[], object], Reasons]] = {
    "frozen without a quota": (
        lambda: freeze(rule=Rule.of({"strata": {"B": {"ratio": "1.01"}}}), contributors=()),
        (
            because("stratum_without_quota", "rule.strata", stratum="A"),
            because("ratio_over_one", "rule.strata", stratum="B"),
            because("contributors_missing", "contributors"),
        ),
    ),
    "frozen with odd contributors, too late": (
        lambda: freeze(contributors=("a", "a", "", "\n"), due=MOMENT),
        (
            because("contributor_repeated", "contributors"),
            because("id_missing", "contributors"),
            because("id_unusable", "contributors"),
            because("deadline_not_ahead", "due"),
        ),
    ),
    "a stranger commits late to nothing": (
        lambda: collecting().commit("x", b"", at=LATER),
        (
            because("contributor_unknown", "contributor", id="x"),
            because("deadline_passed", **MOST),
            because("commitment_malformed", "commitment"),
        ),
    ),
    "committed twice": (
        committed_twice,
        (because("already_committed", "contributor", id="a"),),
    ),
    "committed to what was used": (copied, (because("commitment_used", "commitment"),)),
    "committed too late": (
        lambda: drawn().commit("a", b"", at=MOMENT),
        (because("draw_is_drawn"),),
    ),
    "revealed too early": (
        lambda: collecting().reveal("a", nonce("a"), at=MOMENT),
        (because("draw_is_collecting"),),
    ),
    "a stranger reveals late": (
        lambda: revealing().reveal("x", b"", at=LATER),
        (
            because("deadline_passed", **MOST),
            because("contributor_unknown", "contributor", id="x"),
        ),
    ),
    "revealed twice": (
        lambda: revealing().reveal("a", nonce("a"), at=MOMENT),
        (because("already_revealed", "contributor", id="a"),),
    ),
    "revealed too short": (
        lambda: revealing().reveal("b", b"b", at=MOMENT),
        (because("nonce_malformed", "nonce"),),
    ),
    "revealed another": (
        lambda: revealing().reveal("b", nonce("a"), at=MOMENT),
        (because("nonce_differs", "nonce", id="b"),),
    ),
    "repeated too early": (
        lambda: revealing().repeat_round(due=DUE, at=DUE),
        (because("deadline_ahead", **MOST), because("deadline_not_ahead", "due")),
    ),
    "repeated with nobody": (
        lambda: collecting().repeat_round(due=LATER + timedelta(hours=1), at=LATER),
        (because("nobody_left"),),
    ),
    "repeated after the pick": (
        lambda: drawn().repeat_round(due=LATER, at=LATER),
        (because("draw_is_drawn"),),
    ),
    "completed too early": (
        lambda: revealing().complete(FOUR, at=MOMENT),
        (because("nonce_missing", "contributor", id="b"),),
    ),
    "completed before the reveals": (
        lambda: collecting().complete(FOUR, at=MOMENT),
        (because("draw_is_collecting"),),
    ),
    "assigned before the pick": (
        lambda: collecting().assign_inspectors(staffing_for(("f0",)), at=MOMENT),
        (because("draw_is_collecting"),),
    ),
    "assigned to others": (
        lambda: drawn().assign_inspectors(staffing_for(("f9",)), at=MOMENT),
        (because("visits_differ", "visits"),),
    ),
    "adjusted before the pick": (
        lambda: collecting().adjust(Action.ADD, "f", by="u", reason="", at=MOMENT),
        (because("draw_is_collecting"),),
    ),
    "added for no reason": (
        lambda: drawn().adjust(Action.ADD, "\n", by="u", reason=" ", at=MOMENT),
        (because("reason_missing", "reason"), because("id_unusable", "subject")),
    ),
    "removed what is not selected": (
        lambda: drawn().adjust(Action.REMOVE, "f9", by="u", reason="r", at=MOMENT),
        (because("not_selected", "subject", id="f9"),),
    ),
    "cleared for no reason": (
        lambda: drawn().clear(by="u", reason=" ", at=MOMENT),
        (because("reason_missing", "reason"),),
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_each_refusal_of_a_draw_is_whole(case: str) -> None:
    """Each refused command gives every reason with its field and its data."""
    deed, wanted = CASES[case]
    assert reasons(deed) == wanted


def test_what_is_selected_cannot_be_added() -> None:
    """The subject that is selected already is named."""
    draw = drawn()
    chosen = draw.selection[0]
    assert reasons(lambda: draw.adjust(Action.ADD, chosen, by="u", reason="r", at=MOMENT)) == (
        because("already_selected", "subject", id=chosen),
    )


def test_the_first_deadline_and_moment_are_in_time() -> None:
    """What comes at the deadline is in time; a repeated round may end a moment after now."""
    draw = collecting()
    for each in ("a", "b"):
        draw.commit(each, commitment(each, nonce(each)), at=DUE)
    draw.reveal("a", nonce("a"), at=DUE)
    moment = timedelta(microseconds=1)
    draw.repeat_round(due=DUE + 2 * moment, at=DUE + moment)
    assert draw.round.contributors == ("a",)


def test_without_item_rule_or_seed_no_items_are_drawn() -> None:
    """Items come of a seed and a rule for items; either alone draws none."""
    assert drawn().items(FOUR) == {}
    assert frozen_draw().items(POOL) == {}


def test_a_proof_without_an_item_rule() -> None:
    """Where no items are drawn, the proof needs no member for them, and may state none."""
    outcome = Outcome.of(drawn(), FOUR)
    assert outcome is not None
    document = proof_of(outcome)
    assert "items" not in document
    assert verify(document).ok
    assert verify(document | {"items": []}).ok
    invented = verify(document | {"items": [{"id": outcome.picks[0].id, "items": ["i"]}]})
    assert invented.failed == (Step.ITEMS,)


def test_correction_by_hand_keeps_the_order() -> None:
    """Removed and added again, a subject stands last."""
    draw = drawn()
    first, second = draw.selection

    def by_hand(action: Action, subject: str) -> Adjustment:
        return Adjustment(action, subject, "u", MOMENT, "r")

    again = [by_hand(Action.REMOVE, first), by_hand(Action.ADD, first)]
    assert Selection(draw.picks, again).ids == (second, first)
    assert Selection(draw.picks, again[:1]).ids == (second,)


def whole_draw() -> Draw:
    """Give a draw with corrections and officers."""
    draw = completed_draw()
    draw.adjust(Action.ADD, "firm-extra", by="u-1", reason="举报", at=LATER)
    draw.adjust(Action.REMOVE, draw.picks[0].id, by="u-1", reason="停业", at=LATER)
    draw.assign_inspectors(staffing_for(draw.course.subjects), at=LATER)
    return draw


def stated() -> Outcome:
    """Give what the whole draw states."""
    outcome = Outcome.of(whole_draw(), POOL)
    assert outcome is not None
    return outcome


@cache
def text() -> str:
    """Give the proof of the whole draw, as it lies in a file."""
    return json.dumps(proof_of(stated()))


def test_a_proof_states_everything() -> None:
    """Each member of the proof is what the draw holds, in the form of the definition."""
    draw = whole_draw()
    assert draw.seed is not None
    assert draw.staffing is not None
    assert draw.assignment is not None
    made = proof_of(stated())
    assert (made["format"], made["draw_id"], made["task_id"]) == (
        "draw-proof/1",
        "draw-1",
        "task-1",
    )
    assert made["pool"] == [{"id": each.id, "stratum": each.stratum} for each in POOL.candidates]
    assert made["pool_hash"] == draw.pool_hash.hex()
    assert made["rule"] == draw.rule.document
    assert made["rule_hash"] == draw.rule.hash.hex()
    assert made["contributions"] == [
        {
            "contributor": name,
            "commitment": commitment(name, NONCES[name]).hex(),
            "committed_at": (DUE + timedelta(hours=2)).isoformat(),
            "nonce": NONCES[name].hex(),
            "revealed_at": (DUE + timedelta(hours=2)).isoformat(),
        }
        for name in ("dept-farm", "dept-market")
    ]
    assert made["seed"] == draw.seed.hex()
    assert made["picks"] == [
        {"id": each.id, "stratum": each.stratum, "rank": each.rank.hex()} for each in draw.picks
    ]
    assert made["thresholds"] == {each.stratum: each.rank.hex() for each in draw.picks}
    assert made["manual"] == [
        {
            "action": action,
            "id": subject,
            "by": "u-1",
            "at": LATER.isoformat(),
            "reason": reason,
        }
        for action, subject, reason in (
            ("add", "firm-extra", "举报"),
            ("remove", draw.picks[0].id, "停业"),
        )
    ]
    assert made["items"] == [
        {"id": subject, "items": list(items)} for subject, items in draw.items(POOL).items()
    ]
    assert made["officers"] == to_plain(draw.staffing)
    assert made["assignment"] == [
        {"id": each.id, "officers": list(each.officers)} for each in draw.assignment.visits
    ]
    assert verify(json.loads(json.dumps(made))).ok


def test_contributions_stand_in_order_of_their_contributors() -> None:
    """However they arrived, contributions are listed by contributor."""
    outcome = stated()
    turned = evolve(outcome, contributions=outcome.contributions[::-1])
    assert proof_of(turned)["contributions"] == proof_of(outcome)["contributions"]


def forged(forge: Callable[[dict[str, Any]], object]) -> Mapping[str, Reasons]:
    """Give the faults of a forged proof by the step at which they are found."""
    made = json.loads(text())
    forge(made)
    return {each.step.value: each.faults for each in verify(made).checks if each.faults}


BLOCKED = (because("proof_step_blocked"),)
OTHER = "0" * 64
FIRST = "contributions[0]"


def malformed(at: str) -> Reasons:
    """Give the one reason of a member of another form."""
    return (because("proof_malformed", at),)


FORGED: dict[str, tuple[Callable[[dict[str, Any]], object], str, Reasons]] = {
    "format": (
        lambda d: d.update(format="x"),
        "format",
        (because("proof_format_unknown", "format"),),
    ),
    "no format": (lambda d: d.pop("format"), "format", malformed("format")),
    "draw id": (lambda d: d.update(draw_id=1), "format", malformed("draw_id")),
    "task id": (lambda d: d.update(task_id="\ud800"), "format", malformed("task_id")),
    "pool list": (lambda d: d.update(pool={}), "pool", malformed("pool")),
    "pool entry": (lambda d: d["pool"].insert(1, {"id": "x"}), "pool", malformed("pool[1]")),
    "pool id": (lambda d: d["pool"][2].update(id=1), "pool", malformed("pool[2]")),
    "pool stratum": (lambda d: d["pool"][2].update(stratum=1), "pool", malformed("pool[2]")),
    "pool order": (
        lambda d: d["pool"].reverse(),
        "pool",
        (because("proof_pool_unsorted", "pool"),),
    ),
    "pool empty": (lambda d: d["pool"].clear(), "pool", (because("pool_empty"),)),
    "pool hash": (
        lambda d: d.update(pool_hash=OTHER),
        "pool_hash",
        (because("proof_pool_hash_differs", "pool_hash"),),
    ),
    "pool hash form": (
        lambda d: d.update(pool_hash=OTHER + "0"),
        "pool_hash",
        malformed("pool_hash"),
    ),
    "rule": (lambda d: d.update(rule=[]), "rule", (because("rule_malformed", "rule"),)),
    "rule out": (lambda d: d.pop("rule"), "rule", malformed("rule")),
    "rule leaves out": (
        lambda d: d["rule"]["strata"].pop("A"),
        "rule",
        (because("stratum_without_quota", "rule.strata", stratum="A"),),
    ),
    "no rule to hash": (lambda d: d.pop("rule"), "rule_hash", BLOCKED),
    "rule hash": (
        lambda d: d.update(rule_hash=OTHER),
        "rule_hash",
        (because("proof_rule_hash_differs", "rule_hash"),),
    ),
    "rule hash form": (lambda d: d.update(rule_hash=1), "rule_hash", malformed("rule_hash")),
    "contributions form": (
        lambda d: d.update(contributions=1),
        "contributions",
        malformed("contributions"),
    ),
    "no contributions": (
        lambda d: d["contributions"].clear(),
        "contributions",
        (because("contributors_missing", "contributions"),),
    ),
    "contributor twice": (
        lambda d: d["contributions"].append(d["contributions"][0]),
        "contributions",
        (because("contributor_repeated", "contributions"),),
    ),
    "contributor form": (
        lambda d: d["contributions"][0].update(contributor=1),
        "contributions",
        malformed(FIRST),
    ),
    "contributor id": (
        lambda d: d["contributions"][1].update(contributor=""),
        "contributions",
        malformed("contributions[1]"),
    ),
    "nonce": (
        lambda d: d["contributions"][0].update(nonce="x"),
        "contributions",
        malformed(f"{FIRST}.nonce"),
    ),
    "commitment form": (
        lambda d: d["contributions"][0].update(commitment="x"),
        "contributions",
        malformed(f"{FIRST}.commitment"),
    ),
    "committed at": (
        lambda d: d["contributions"][0].update(committed_at="x"),
        "contributions",
        malformed(f"{FIRST}.committed_at"),
    ),
    "committed at form": (
        lambda d: d["contributions"][0].update(committed_at=1),
        "contributions",
        malformed(f"{FIRST}.committed_at"),
    ),
    "naive moment": (
        lambda d: d["contributions"][0].update(revealed_at="2026-03-02T01:00:00"),
        "contributions",
        malformed(f"{FIRST}.revealed_at"),
    ),
    "moment beyond the calendar": (
        lambda d: d["contributions"][0].update(revealed_at="0001-01-01T00:00:00+23:59"),
        "contributions",
        malformed(f"{FIRST}.revealed_at"),
    ),
    "commitment": (
        lambda d: d["contributions"][1].update(commitment=OTHER),
        "contributions",
        (because("proof_commitment_differs", "contributions[1].commitment", id="dept-market"),),
    ),
    "revealed too early": (
        lambda d: d["contributions"][0].update(revealed_at=MOMENT.isoformat()),
        "contributions",
        (because("proof_revealed_too_early", "contributions"),),
    ),
    "no contributions to the seed": (
        lambda d: d["contributions"].clear(),
        "seed",
        BLOCKED,
    ),
    "seed": (lambda d: d.update(seed=OTHER), "seed", (because("proof_seed_differs", "seed"),)),
    "seed form": (lambda d: d.update(seed=1), "seed", malformed("seed")),
    "picks form": (lambda d: d.update(picks=1), "picks", malformed("picks")),
    "pick form": (lambda d: d["picks"][1].pop("rank"), "picks", malformed("picks[1]")),
    "pick id": (lambda d: d["picks"][1].update(id=1), "picks", malformed("picks[1]")),
    "pick rank": (lambda d: d["picks"][1].update(rank="x"), "picks", malformed("picks[1]")),
    "pick stratum": (
        lambda d: d["picks"][1].update(stratum=None),
        "picks",
        malformed("picks[1]"),
    ),
    "picks": (
        lambda d: d["picks"].pop(),
        "picks",
        (because("proof_picks_differ", "picks"),),
    ),
    "picks of no pool": (lambda d: d["pool"].clear(), "picks", BLOCKED),
    "thresholds of no picks": (lambda d: d.update(picks=1), "thresholds", BLOCKED),
    "thresholds form": (
        lambda d: d.update(thresholds=[]),
        "thresholds",
        malformed("thresholds"),
    ),
    "threshold form": (
        lambda d: d["thresholds"].update(A="x"),
        "thresholds",
        malformed("thresholds"),
    ),
    "thresholds": (
        lambda d: d["thresholds"].update(A=OTHER),
        "thresholds",
        (because("proof_thresholds_differ", "thresholds"),),
    ),
    "manual form": (lambda d: d.update(manual=1), "manual", malformed("manual")),
    "manual entry": (lambda d: d["manual"][1].pop("by"), "manual", malformed("manual[1]")),
    "manual action": (
        lambda d: d["manual"][1].update(action="x"),
        "manual",
        malformed("manual[1].action"),
    ),
    "manual action form": (
        lambda d: d["manual"][1].update(action=1),
        "manual",
        malformed("manual[1].action"),
    ),
    "manual id form": (lambda d: d["manual"][1].update(id=1), "manual", malformed("manual[1]")),
    "manual id": (lambda d: d["manual"][1].update(id=""), "manual", malformed("manual[1].id")),
    "manual by": (lambda d: d["manual"][1].update(by=1), "manual", malformed("manual[1].by")),
    "manual at": (lambda d: d["manual"][1].update(at="x"), "manual", malformed("manual[1].at")),
    "manual reason": (
        lambda d: d["manual"][1].update(reason=1),
        "manual",
        malformed("manual[1].reason"),
    ),
    "no reason": (
        lambda d: d["manual"][0].update(reason=" "),
        "manual",
        (because("reason_missing", "manual[0]"),),
    ),
    "nobody": (
        lambda d: d["manual"][1].update(by=" "),
        "manual",
        (because("reason_missing", "manual[1]"),),
    ),
    "added twice": (
        lambda d: d["manual"].append(d["manual"][0]),
        "manual",
        (because("already_selected", "manual[2]", id="firm-extra"),),
    ),
    "removed before": (
        lambda d: d["manual"][1].update(id="x"),
        "manual",
        (because("not_selected", "manual[1]", id="x"),),
    ),
    "manual of no picks": (lambda d: d.update(picks=1), "manual", BLOCKED),
    "items of no picks": (lambda d: d.update(picks=1), "items", BLOCKED),
    "items of no manual": (lambda d: d.update(manual=1), "items", BLOCKED),
    "items form": (lambda d: d.update(items=1), "items", malformed("items")),
    "item form": (lambda d: d["items"][0].update(items="x"), "items", malformed("items[0]")),
    "item id": (lambda d: d["items"][0].update(id=1), "items", malformed("items[0]")),
    "item text": (lambda d: d["items"][0].update(items=[1]), "items", malformed("items[0]")),
    "items": (
        lambda d: d["items"].pop(),
        "items",
        (because("proof_items_differ", "items"),),
    ),
    "officers form": (lambda d: d.update(officers=1), "officers", malformed("officers")),
    "officers more": (
        lambda d: d["officers"].update(more=1),
        "officers",
        malformed("officers"),
    ),
    "officers written otherwise": (
        lambda d: d["officers"]["inspectors"][0].pop("workload"),
        "officers",
        malformed("officers"),
    ),
    "officers for others": (
        lambda d: d["officers"]["visits"].pop(),
        "officers",
        (because("visits_differ", "officers.visits"),),
    ),
    "assignment form": (
        lambda d: d.update(assignment=1),
        "assignment",
        malformed("assignment"),
    ),
    "assigned form": (
        lambda d: d["assignment"][1].update(officers=1),
        "assignment",
        malformed("assignment[1]"),
    ),
    "assigned id": (
        lambda d: d["assignment"][1].update(id=1),
        "assignment",
        malformed("assignment[1]"),
    ),
    "assignment of no officers": (
        lambda d: d.update(officers=1),
        "assignment",
        BLOCKED,
    ),
    "assignment from nothing": (
        lambda d: d.update(officers={}),
        "assignment",
        (because("proof_assignment_differs", "assignment"),),
    ),
    "assignment": (
        lambda d: d["assignment"].pop(),
        "assignment",
        (because("proof_assignment_differs", "assignment"),),
    ),
    "assignment cap": (
        lambda d: d["officers"].update(cap=0),
        "assignment",
        (because("cap_unusable", "cap"),),
    ),
}


@pytest.mark.parametrize("case", FORGED)
def test_a_forgery_is_named_at_its_place(case: str) -> None:
    """The step that was forged gives its one reason, with the place in the proof."""
    forge, step, wanted = FORGED[case]
    assert forged(forge).get(step) == wanted


def test_a_proof_that_is_no_mapping_breaks_at_once() -> None:
    """What is no mapping is malformed as a whole, and blocks what needs a rule or picks."""
    by_step = {each.step.value: each.faults for each in verify([1]).checks}
    whole = malformed("")
    assert by_step == {
        "format": whole,
        "pool": whole,
        "pool_hash": whole,
        "rule": whole,
        "rule_hash": BLOCKED,
        "contributions": whole,
        "seed": BLOCKED,
        "picks": whole,
        "thresholds": whole,
        "manual": whole,
        "items": BLOCKED,
        "officers": whole,
        "assignment": whole,
    }


def test_officers_are_read_in_any_order_but_named_sorted() -> None:
    """The officers of a visit may be listed in any order; the visits too."""

    def turn(made: dict[str, Any]) -> None:
        made["assignment"].reverse()
        for each in made["assignment"]:
            each["officers"].reverse()

    assert forged(turn) == {}


def test_items_without_a_rule_for_them_are_none() -> None:
    """Where the rule draws no items, an empty list of them is right and any other is not."""
    outcome = Outcome.of(drawn(), FOUR)
    assert outcome is not None
    made: dict[str, Any] = json.loads(json.dumps(proof_of(outcome)))
    assert "items" not in made
    assert made["pool"][0] == {"id": "f0", "stratum": "A"}
    assert verify(made | {"items": []}).ok
    found = verify(made | {"items": [{"id": "f0", "items": []}]})
    assert [(each.step.value, each.faults) for each in found.checks if each.faults] == [
        ("items", (because("proof_items_differ", "items"),))
    ]


def test_a_pool_file_stands_for_the_pool() -> None:
    """A proof names the file of its pool; count, hash and name are read as they stand."""
    outcome = stated()
    pool = outcome.pool
    assert isinstance(pool, Pool)
    made: dict[str, Any] = json.loads(
        json.dumps(proof_of(outcome, PoolFileName("pool.tsv", OTHER, 16)))
    )
    assert list(made)[:5] == ["format", "draw_id", "task_id", "pool_file", "pool_hash"]
    assert verify(made, pool).ok

    def faults(changes: dict[str, object], given: Pool | None = pool) -> Reasons:
        return verify(made | changes, given).checks[1].faults

    assert faults({}, None) == BLOCKED
    assert faults({"pool": []}) == (because("proof_pool_twice", "pool"),)
    for count in (15, 17):
        named = {"name": "pool.tsv", "sm3": OTHER, "count": count}
        assert faults({"pool_file": named}) == (
            because("proof_pool_count_differs", "pool_file.count"),
        )


@pytest.mark.parametrize(
    ("changes", "at"),
    [
        *(({"name": name}, "pool_file.name") for name in (1, "", ".", "..", "a/b", "a\\b", "a\0")),
        *(({"sm3": digest}, "pool_file.sm3") for digest in (1, "x", OTHER[1:], OTHER + "\n")),
        *(({"count": count}, "pool_file.count") for count in ("1", True, False, -1, 1.5, None)),
        ({"more": 1}, "pool_file"),
    ],
)
def test_a_pool_file_is_named_plainly(changes: dict[str, object], at: str) -> None:
    """Name, hash and count each have their form; what has another is malformed at its place."""
    named = {"name": "...", "sm3": OTHER, "count": 0} | changes
    assert pool_file_of({"pool_file": named}) is None
    assert verify({"pool_file": named}).checks[1].faults == malformed(at)
    assert pool_file_of({"pool_file": {"name": "...", "sm3": OTHER, "count": 0}}) == (
        PoolFileName("...", OTHER, 0)
    )


CERTIFICATE = Certificate(
    frozenset({"m"}), frozenset({"450100"}), date(2026, 1, 1), date(2026, 12, 31)
)


def staffing(*demands: Demand, **changes: object) -> Staffing:
    """Give one visit for these demands, and two officers."""
    told: dict[str, object] = {
        "day": date(2026, 11, 24),
        "visits": (Visit("s", "450103", demands or (Demand(("d",), 2, "m"),)),),
        "inspectors": tuple(Inspector(f"o{n}", "d", (CERTIFICATE,)) for n in range(2)),
    }
    return Staffing(**(told | changes))  # type: ignore[arg-type]


def test_each_fault_of_a_staffing_is_whole() -> None:
    """Cap, ids, workloads, groups and their departments: each fault with its place and data."""
    first, second = staffing().inspectors
    at = "visits[0].demands"
    told: list[tuple[Staffing, Reasons]] = [
        (staffing(), ()),
        (staffing(cap=1), ()),
        (staffing(cap=0), (because("cap_unusable", "cap"),)),
        (
            staffing(inspectors=(first, second, first)),
            (because("id_repeated", "inspectors", id="o0"),),
        ),
        (
            staffing(inspectors=(first, evolve(second, id=""))),
            (because("id_missing", "inspectors"),),
        ),
        (staffing(visits=staffing().visits * 2), (because("id_repeated", "visits", id="s"),)),
        (
            staffing(inspectors=(first, evolve(second, workload=-1))),
            (because("workload_negative", "inspectors[1].workload"),),
        ),
        (staffing(Demand(("d",), 1, "m"), Demand(("e",), 1, "m")), ()),
        (staffing(Demand(("d",), 1000, "m")), ()),
        (staffing(Demand(("d",), 1001, "m")), (because("demand_unusable", at),)),
        (staffing(Demand((), 2, "m")), (because("demand_unusable", at),)),
        (
            staffing(Demand(("d",), 0, "m")),
            (because("demand_unusable", at), because("too_few_officers", at, subject="s")),
        ),
        (
            staffing(Demand(("d",), 1, "m")),
            (because("too_few_officers", at, subject="s"),),
        ),
        (staffing(Demand(("d", "d"), 2, "m")), (because("department_repeated", at),)),
    ]
    for given, wanted in told:
        assert tuple(staffing_violations(given)) == wanted


def test_what_is_short_is_said_in_numbers() -> None:
    """Unmet demands give visits, departments by name, the places wanted and those free."""
    lone = staffing(
        Demand(("e", "d"), 1, "m"), Demand(("d",), 1, "m"), inspectors=staffing().inspectors[:1]
    )
    assert reasons(lambda: assign(b"\x01" * 32, lone)) == (
        because("officers_short", "visits", visits=1, departments="d、e", needed=1, available=0),
    )


STRATA = {"strata": {"A": {"count": 1}}}
RULES: list[tuple[object, Reasons]] = [
    (STRATA, ()),
    (STRATA | {"filters": ("x",), "exclusions": ["y"]}, ()),
    ([], (because("rule_malformed", "rule"),)),
    (STRATA | {"filters": 1.5}, (because("rule_not_plain", "rule"),)),
    (STRATA | {"more": 1}, (because("rule_member_unknown", "rule.more"),)),
    (STRATA | {"filters": "x"}, (because("rule_malformed", "rule.filters"),)),
    (STRATA | {"exclusions": "x"}, (because("rule_malformed", "rule.exclusions"),)),
    ({"strata": {}}, (because("rule_malformed", "rule.strata"),)),
    ({"strata": {"A": {}}}, (because("quota_malformed", "rule.strata", stratum="A"),)),
    ({"strata": {"A": {"count": 0}}}, ()),
    ({"strata": {"A": {"count": 2**53 - 1}}}, ()),
    ({"strata": {"A": {"count": 2**53}}}, (because("rule_not_plain", "rule"),)),
    (
        {"strata": {"B": {"count": -1}, "A": {"ratio": "x"}}},
        (
            because("ratio_malformed", "rule.strata", stratum="A"),
            because("count_malformed", "rule.strata", stratum="B"),
        ),
    ),
    (STRATA | {"items": []}, (because("rule_malformed", "rule.items"),)),
    (
        STRATA | {"items": {"strata": {}, "pool": "x"}},
        (
            because("rule_malformed", "rule.items.strata"),
            because("rule_malformed", "rule.items.pool"),
        ),
    ),
    (
        STRATA
        | {
            "items": {
                "strata": {"A": {"count": 1}},
                "pool": [
                    {"id": "i"},
                    {"id": "", "strata": []},
                    {"id": "i", "strata": ["A"]},
                    {"id": "i", "strata": ["A"]},
                    {"id": 1, "strata": ["A"]},
                    {"id": "j", "strata": "A"},
                    {"id": "k", "strata": [1]},
                ],
            }
        },
        (
            because("rule_malformed", "rule.items.pool[0]"),
            because("id_missing", "rule.items.pool[1]"),
            because("id_repeated", "rule.items.pool[3]", id="i"),
            because("rule_malformed", "rule.items.pool[4]"),
            because("rule_malformed", "rule.items.pool[5]"),
            because("rule_malformed", "rule.items.pool[6]"),
        ),
    ),
]


@pytest.mark.parametrize("case", range(len(RULES)))
def test_each_fault_of_a_rule_is_whole(case: int) -> None:
    """Every fault of a rule has its code, its place and the stratum or id that it is about."""
    given, wanted = RULES[case]
    assert tuple(rule_violations(given)) == wanted


def nested(depth: int) -> object:
    """Give lists within lists."""
    value: object = []
    for _ in range(depth):
        value = [value]
    return value


@pytest.mark.parametrize(("depth", "plain"), [(31, True), (32, False)])
def test_a_rule_is_no_deeper_than_can_be_read(depth: int, *, plain: bool) -> None:
    """What a rule holds nests 32 levels at most."""
    found = tuple(rule_violations(STRATA | {"filters": nested(depth)}))
    assert found == (() if plain else (because("rule_not_plain", "rule"),))


def test_quotas_and_ids_at_their_edges() -> None:
    """A quota of nothing draws nothing; an id is any text without the two separators."""
    assert Quota().of(5) == 0
    assert [id_fault(each) for each in ("a", " ", "", "a\n", "\x1f", "\ud800")] == [
        None,
        None,
        "draws.id_missing",
        "draws.id_unusable",
        "draws.id_unusable",
        "draws.id_unusable",
    ]


def test_items_are_ranked_under_seed_subject_and_item() -> None:
    """Without a quota for its stratum a subject gets all open items, in order of rank."""
    rule = Rule.of(
        {
            "strata": {"A": {"count": 1}, "B": {"count": 1}},
            "items": {
                "strata": {"A": {"count": 1}},
                "pool": [
                    {"id": "i1", "strata": ["A", "B"]},
                    {"id": "i2", "strata": ["A", "B"]},
                    {"id": "i3", "strata": ["A"]},
                ],
            },
        }
    )
    seed = b"\x07" * 32
    every = pick_items(seed, "s", None, rule)
    assert set(every) == {"i1", "i2", "i3"}
    assert pick_items(seed, "s", "A", rule) == every[:1]
    assert pick_items(seed, "s", "B", rule) == tuple(each for each in every if each != "i3")
    assert pick_items(seed, "s", "C", rule) == ()


def test_picks_are_listed_plainly() -> None:
    """Ranks are lower-case hex."""
    draw = drawn()
    assert plain_picks(draw.picks[:1]) == [
        {"id": draw.picks[0].id, "stratum": "A", "rank": draw.picks[0].rank.hex()}
    ]
