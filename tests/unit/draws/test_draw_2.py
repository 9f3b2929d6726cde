"""``draw/2``, against values computed by openssl or in plain fractions from the published text."""

import copy
import hashlib
import json
import runpy
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from supervision_core.audit.model.tree import root_from_proof
from supervision_core.draws.model.draw import Draw, DrawAdjusted, DrawNotAdjustable
from supervision_core.draws.model.leaves import DEPTH, LEAVES, Leaf, leaf_hash, only_leaf
from supervision_core.draws.model.picking import ChanceKind, chances, pick
from supervision_core.draws.model.pool import Pool
from supervision_core.draws.model.proof import Outcome, proof_of
from supervision_core.draws.model.ranking import rank, seed_of_2
from supervision_core.draws.model.rule import Quota, Rule
from supervision_core.draws.model.selection import Action, much_adjusted
from supervision_core.draws.model.series import DrawSeries, Fate, Sibling
from supervision_core.draws.model.sources import DRAW_2, Mark
from supervision_core.draws.model.verification import Step, verify
from supervision_core.kernel.canonical import sm3
from supervision_core.kernel.plain import to_plain
from supervision_core.testing.draws import (
    DUE,
    LEAF,
    POOL,
    completed_draw,
    drawn_2,
    leaf_at,
    place,
    staffing_for,
)

SCRIPT = runpy.run_path(str(Path(__file__).parents[3] / "docs" / "verify_draw.py"))
verify_by_script: Callable[[dict[str, Any], Path], None] = SCRIPT["verify"]
SEED = b"\x05" * 32
SIBLINGS = (
    Sibling(year=2026, number=1, draw_id="d-1", state=Fate.CLEARED, reason="名单有误"),
    Sibling(year=2026, number=2, draw_id="d-2", state=Fate.OPEN),
)


def _draw() -> Draw:
    draw = drawn_2()
    draw.adjust(Action.ADD, "firm-extra", by="u-1", reason="举报", at=DUE, approver="u-9")
    draw.adjust(Action.REMOVE, draw.picks[0].id, by="u-1", reason="停业", at=DUE, pool=POOL)
    draw.assign_inspectors(staffing_for(draw.course.subjects), at=DUE)
    return draw


def _proof(draw: Draw, siblings: tuple[Sibling, ...] = SIBLINGS) -> dict[str, Any]:
    outcome = Outcome.of(draw, POOL, siblings)
    assert outcome is not None
    document: dict[str, Any] = json.loads(json.dumps(proof_of(outcome)))
    return document


DOCUMENT = _proof(_draw())


def test_seed_vectors() -> None:
    """The seed takes leaf, shares by the bytes of their contributor, and SM3 of a public value."""
    shares = {"b": b"\x0b" * 32, "a": b"\x0a" * 32}
    bound = b"\x01" * 32, b"\x02" * 32, b"\x03" * 32
    assert seed_of_2(*bound, shares, None).hex() == (
        "f83f78ad343fc25f409807a5674df1f2d41e0f3b4d10e59846f5c313ea0e2e54"
    )
    assert seed_of_2(*bound, shares, "03 08 12").hex() == (
        "2303ec0f898a491644e3967f6cc4eb6487cd2188deaa4a00e64f5dc71c21c117"
    )
    assert seed_of_2(*bound, {}, "") != seed_of_2(*bound, {}, None)


@pytest.mark.parametrize(
    ("stratum", "quota", "size", "expected"),
    [
        # lots of the seed by openssl: A 0.60121862…, B 0.24595438…, 三级 0.39596011…
        ("A", Quota(ratio="0.61"), 1, 1),
        ("A", Quota(ratio="0.60"), 1, 0),
        ("A", Quota(ratio="0.601"), 1000, 601),
        ("A", Quota(ratio="0.3"), 42, 12),
        ("A", Quota(ratio="0.3"), 49, 15),
        ("B", Quota(ratio="0.05"), 4, 0),
        ("B", Quota(ratio="0.05"), 5, 1),
        ("B", Quota(ratio="0.05"), 40, 2),
        ("三级", Quota(ratio="0.39"), 1, 0),
        ("三级", Quota(ratio="0.40"), 1, 1),
        ("B", Quota(ratio="0.000000000000000001"), 7, 0),
        ("B", Quota(ratio="0"), 7, 0),
        ("B", Quota(ratio="1"), 7, 7),
        ("B", Quota(ratio="2.5"), 7, 7),
        ("B", Quota(count=3), 7, 3),
        ("B", Quota(count=9), 7, 7),
    ],
)
def test_quota_vectors(stratum: str, quota: Quota, size: int, expected: int) -> None:
    """The whole part, and one more where the lot of the stratum lies below the remainder."""
    assert quota.drawn_by(SEED, stratum, size) == expected


def test_the_lot_itself_is_not_below() -> None:
    """The comparison is exact: a remainder equal to the lot draws none more, one above it does."""
    lot = int.from_bytes(hashlib.new("sm3", SEED + b"\x05A").digest(), "big")
    digits = lot * 10**18 >> 256
    assert Quota(ratio=f"0.{digits:018}").drawn_by(SEED, "A", 1) == 0
    assert Quota(ratio=f"0.{digits + 1:018}").drawn_by(SEED, "A", 1) == 1


PARTS = st.lists(st.integers(1, 500), min_size=1, max_size=12)


@given(PARTS, st.integers(0, 1000), st.binary(min_size=32, max_size=32))
def test_splitting_changes_nobodys_chance(parts: list[int], milli: int, seed: bytes) -> None:
    """However a stratum is cut up, the expected count is the same to the last fraction.

    The chance of one more is the number of lots below the remainder, of 2^256 that there are.
    """
    quota = Quota(ratio=f"{milli // 1000}.{milli % 1000:03}")
    whole = quota.chance(sum(parts)) * sum(parts)
    assert whole == Fraction(milli, 1000) * sum(parts)
    assert sum(quota.chance(one) * one for one in parts) == whole
    for one in parts:
        expected = quota.chance(one) * one
        more = expected - int(expected)
        lots = -(-(more.numerator << 256) // more.denominator)  # 0 <= lot < lots draws one more
        assert 0 <= Fraction(lots, 2**256) - more < Fraction(1, 2**256)
        lot = int.from_bytes(hashlib.new("sm3", seed + b"\x05S").digest(), "big")
        assert quota.drawn_by(seed, "S", one) == int(expected) + (lot < lots)


@pytest.mark.parametrize(
    "seeds", [1_000, pytest.param(20_000, marks=pytest.mark.slow)], ids=["gates", "night"]
)
def test_honest_chance(seeds: int) -> None:
    """Over many seeds a firm of a split pool is drawn as often as the rule says (99.9 % band)."""
    rule = Rule.of({"strata": {"A": {"ratio": "0.15"}, "B": {"count": 2}}})
    pool = Pool.of([(f"firm-{n:02}", "A" if n < 7 else "B") for n in range(12)])
    drawn = dict.fromkeys((each.id for each in pool.candidates), 0)
    for n in range(seeds):
        for one in pick(sm3(b"honest %d" % n), pool, rule, DRAW_2):
            drawn[one.id] += 1
    for each in pool.candidates:
        chance = 0.15 if each.stratum == "A" else 0.4
        # 3.84 deviations: 99.9 % of all twelve together
        band = 3.84 * (seeds * chance * (1 - chance)) ** 0.5
        assert abs(drawn[each.id] - seeds * chance) < band, each.id


def test_chances_are_named_for_what_they_are() -> None:
    """Up to a half it is 随机, above it 定向, at one 全查; the fraction is reduced."""
    strata = {"A": {"ratio": "0.50"}, "B": {"count": 4}, "C": {"count": 9}, "D": {"ratio": "0"}}
    rule = Rule.of({"strata": strata})
    found = chances(rule, {"A": 7, "B": 6, "C": 9, "D": 3}, {"A": 3, "B": 4, "C": 9})
    assert [(one.numerator, one.denominator, one.kind) for one in found.values()] == [
        (1, 2, ChanceKind.RANDOM), (2, 3, ChanceKind.TARGETED),
        (1, 1, ChanceKind.ALL), (0, 1, ChanceKind.RANDOM),
    ]  # fmt: skip
    assert [(one.size, one.drawn) for one in found.values()] == [(7, 3), (6, 4), (9, 9), (3, 0)]


LEAF_VECTOR = Leaf(
    root=bytes.fromhex("aa40eb7c860d306b75dcc7e94bfcbd43f4e5c869ce7505bec0f449cdeecdaae0"),
    index=2,
    value=b"\x01" * 32,
    path=(b"\x02" * 32,) * DEPTH,
)


def test_leaf_vector() -> None:
    """By openssl: SM3(0x00, index, value), then SM3(0x01, left, right) seventeen times."""
    assert leaf_hash(2, b"\x01" * 32).hex() == (
        "8a278829120dfcb54aee7d8d6cf0964bb936c979c854903d07d846f7b08e015f"
    )
    assert LEAF_VECTOR.holds


def test_a_leaf_stands_at_its_place() -> None:
    """A value leads to the root by its own index and path; by any other it does not."""
    assert LEAF.holds
    assert LEAF.value is not None
    turned = tuple(reversed(LEAF.path))
    for wrong in (
        *(evolve(LEAF, index=one) for one in (-1, 0, 1, 2, 4, 3 + LEAVES, 2**80)),
        evolve(LEAF, value=sm3(LEAF.value)),
        evolve(LEAF, value=None),
        evolve(LEAF, root=sm3(LEAF.root)),
        *(evolve(LEAF, path=one) for one in ((), LEAF.path[1:], LEAF.path[:-1], turned)),
        evolve(LEAF, path=(*LEAF.path, LEAF.path[0])),
    ):
        assert not wrong.holds
        assert not wrong.is_at(place(3))
    assert LEAF.is_at(place(3))
    assert not LEAF.is_at(place(2))
    assert not only_leaf(LEAF.value, 3).is_at(place(3))


def test_a_root_says_one_value_for_an_index() -> None:
    """A leaf that was hung in at another depth, as a second value of an index, does not hold."""
    one, second = only_leaf(b"\x01" * 32, 3), b"\x02" * 32
    left = root_from_proof(leaf_hash(3, b"\x01" * 32), 2, LEAVES // 2, one.path[:-1])
    hung = leaf_hash(3, second)
    assert left is not None
    right = sm3(b"\x01" + hung + bytes(32))
    true = evolve(one, root=sm3(b"\x01" + left + right), path=(*one.path[:-1], right))
    assert true.holds
    short = (bytes(32), left)
    assert root_from_proof(hung, 2, 4, short) == true.root
    assert not evolve(true, value=second, path=short).holds


def _told_by(value: bytes) -> set[bytes]:
    """Give what anybody can make of a published value by hashing it."""
    told = set[bytes]()
    for _ in range(70):
        value = sm3(value)
        told.add(value)
    return told


@given(st.integers(1, 64), st.binary(min_size=1, max_size=8))
def test_of_a_published_leaf_no_other_follows(index: int, secret: bytes) -> None:
    """Whoever knows a leaf with its path knows no other; of a chain he knew all before it."""
    known = leaf_at(index, secret)
    assert known.value is not None
    others = {
        one: leaf_at(one, secret).value for one in {1, index - 1, index + 1, 64} - {0, index, 65}
    }
    told = {known.value, *known.path, *_told_by(known.value)}
    assert told.isdisjoint(others.values())
    for one in others:
        tries = (evolve(known, index=one, value=each) for each in told)
        assert not any(each.holds for each in tries)
    chain = [sm3(secret)]
    while len(chain) < 64:
        chain.append(sm3(chain[-1]))
    links = dict(enumerate(reversed(chain), 1))
    assert {links[one] for one in range(1, index)} <= _told_by(links[index])


def test_what_did_not_open_counts_as_its_commitment() -> None:
    """The draw's seed is that of the definition, with a commitment where no nonce is."""
    draw = drawn_2()
    assert draw.format == DRAW_2
    shares = b"\x01" * 32 + b"\x07" * 32
    made = sm3(
        b"draw/2"
        + draw.pool_hash
        + draw.rule.hash
        + (LEAF.value or b"")
        + shares
        + sm3(b"03 08 12")
    )
    assert draw.seed == made
    assert draw.picks == pick(made, POOL, draw.rule, DRAW_2)


def test_no_seed_without_the_leaf() -> None:
    """Before its leaf is known, a draw/2 cannot be completed."""
    draw = drawn_2()
    draw._leaf = place(3)
    with pytest.raises(ValueError, match="draw-2"):
        draw._made_seed()


def _ranked(draw: Draw, stratum: str) -> list[str]:
    ids = [each.id for each in POOL.candidates if each.stratum == stratum]
    return sorted(ids, key=lambda id_: rank(draw.seed or b"", id_))


def test_who_is_removed_is_replaced_by_the_next() -> None:
    """The next rank of the stratum stands in, not one removed before or selected already."""
    draw = drawn_2()
    ranked = _ranked(draw, "D")
    assert [each.id for each in draw.picks if each.stratum == "D"] == ranked[:2]
    draw.adjust(Action.ADD, ranked[2], by="u", reason="投诉", at=DUE)
    draw.adjust(Action.REMOVE, ranked[0], by="u", reason="停业", at=DUE, pool=POOL)
    assert draw.adjustments[-1].replacement == ranked[3]
    assert draw.by_chance[ranked[3]] == "D"
    assert ranked[2] not in draw.by_chance
    assert set(ranked[1:4]) <= set(draw.selection)
    event = draw.take_events()[-1]
    assert isinstance(event, DrawAdjusted)
    assert event.replacement == ranked[3]
    draw.adjust(Action.REMOVE, ranked[3], by="u", reason="搬走", at=DUE, pool=POOL)
    assert draw.adjustments[-1].replacement is None  # nobody of four is left
    assert verify(_proof(draw)).ok


def test_who_was_added_by_hand_is_not_replaced() -> None:
    """What came in by hand goes out by hand: nobody takes its place."""
    draw = drawn_2()
    before = draw.selection
    draw.adjust(Action.ADD, "firm-extra", by="u", reason="投诉", at=DUE)
    draw.adjust(Action.REMOVE, "firm-extra", by="u", reason="撤诉", at=DUE)
    assert draw.selection == before
    assert draw.adjustments[-1].replacement is None


def test_replacing_needs_the_frozen_pool() -> None:
    """Who stands in is looked for in the pool that was frozen; a refusal comes before that."""
    draw = drawn_2()
    first = draw.picks[0].id
    with pytest.raises(ValueError, match="draw-2"):
        draw.adjust(Action.REMOVE, first, by="u", reason="停业", at=DUE)
    other = Pool.of([("a", "A")])
    with pytest.raises(ValueError, match=r"[0-9a-f]{64}"):
        draw.adjust(Action.REMOVE, first, by="u", reason="停业", at=DUE, pool=other)
    with pytest.raises(DrawNotAdjustable):
        draw.adjust(Action.REMOVE, "nobody", by="u", reason="停业", at=DUE)
    assert draw.adjustments == ()


def test_nobody_replaces_who_is_removed_from_a_draw_1() -> None:
    """What was frozen as draw/1 ends as draw/1: one removed is one fewer, and nothing is marked."""
    draw = completed_draw()
    before = len(draw.selection)
    for each in draw.picks[:3]:
        draw.adjust(Action.REMOVE, each.id, by="u", reason="停业", at=DUE)
    assert len(draw.selection) == before - 3
    assert (draw.marks, draw.chances) == ((Mark.ADJUSTED,), {})


@pytest.mark.parametrize(
    ("adjusted", "selected", "marked"),
    [(0, 5, False), (1, 9, True), (1, 10, False), (2, 20, False), (2, 19, True), (3, 90, True)],
)
def test_more_than_a_few_corrections_are_marked(
    adjusted: int, selected: int, *, marked: bool
) -> None:
    """More than a tenth of the selection, or more than two, and the draw bears 含非随机对象."""
    draw = _draw()
    assert much_adjusted(draw.adjustments[:1] * adjusted, selected) is marked
    assert draw.marks == (Mark.ADJUSTED, Mark.UNPLANNED)
    assert drawn_2().marks == (Mark.UNPLANNED,)


def test_members_in_order() -> None:
    """The proof has the members of the definition, in its order."""
    assert list(DOCUMENT) == [
        "format", "draw_id", "task_id", "number", "pool", "pool_hash", "rule", "rule_hash", "leaf",
        "outsider", "contributions", "late", "public_value", "opening", "seed", "chances", "picks",
        "thresholds", "manual", "items", "officers", "assignment", "pool_changes", "siblings",
        "marks", "audit", "signature",
    ]  # fmt: skip
    assert DOCUMENT["number"] == {
        "lead": "dept-market", "scene": "scene-1", "year": 2026, "number": 3,
    }  # fmt: skip
    assert list(DOCUMENT["contributions"][1]) == [
        "contributor", "commitment", "nonce", "deposited_at",
    ]  # fmt: skip
    assert DOCUMENT["contributions"][1]["nonce"] is None
    assert DOCUMENT["manual"][0]["approver"] == "u-9"
    assert DOCUMENT["chances"]["A"]["denominator"] == 4
    assert DOCUMENT["marks"] == ["adjusted", "unplanned"]


def test_own_proof_holds() -> None:
    """What a draw/2 proves, both implementations accept, every step."""
    found = verify(DOCUMENT)
    assert found.failed == ()
    assert {each.step for each in found.checks} == set(Step) - {Step.SIGNATURE}
    verify_by_script(DOCUMENT, Path())


OTHER = "0" * 64


FORGERIES: list[tuple[str, Callable[[dict[str, Any]], object], str, str]] = [
    ("as draw 1", lambda d: d.update(format="draw-proof/1"), "contributions", "proof_malformed"),
    ("root", lambda d: d["leaf"].update(root=OTHER), "leaf", "proof_leaf_differs"),
    ("value", lambda d: d["leaf"].update(value=OTHER), "leaf", "proof_leaf_differs"),
    ("index", lambda d: d["leaf"].update(index=2), "leaf", "proof_leaf_differs"),
    ("index 0", lambda d: d["leaf"].update(index=0), "leaf", "proof_malformed"),
    ("index huge", lambda d: d["leaf"].update(index=2**52), "leaf", "proof_leaf_differs"),
    ("index of another", lambda d: d["leaf"].update(index=3 + 2**17), "leaf",
     "proof_leaf_differs"),
    ("path", lambda d: d["leaf"]["path"].reverse(), "leaf", "proof_leaf_differs"),
    ("path short", lambda d: d["leaf"]["path"].pop(), "leaf", "proof_leaf_differs"),
    ("no path", lambda d: d["leaf"].update(path={}), "leaf", "proof_malformed"),
    ("another leaf", lambda d: d.update(leaf=to_plain(only_leaf(b"\0" * 32))), "seed",
     "proof_seed_differs"),
    ("nonce", lambda d: d["contributions"][0].update(nonce=OTHER), "contributions",
     "proof_commitment_differs"),
    ("nonce hidden", lambda d: d["contributions"][0].update(nonce=None), "seed",
     "proof_seed_differs"),
    ("unopened", lambda d: d["contributions"][1].update(commitment=OTHER), "seed",
     "proof_seed_differs"),
    ("late too", lambda d: d["late"].append("dept-farm"), "contributions",
     "contributor_repeated"),
    ("late form", lambda d: d.update(late=""), "contributions", "proof_malformed"),
    ("outsider stranger", lambda d: d["outsider"].update(contributor="x"), "outsider",
     "proof_outsider_missing"),
    ("outsider late", lambda d: d["outsider"].update(contributor="dept-late"), "outsider",
     "proof_outsider_missing"),
    ("outsider nobody", lambda d: d["outsider"].update(kind="public_value"), "outsider",
     "proof_outsider_missing"),
    ("outsider gone", lambda d: d.update(outsider=None), "outsider", "proof_outsider_missing"),
    ("outsider kind", lambda d: d["outsider"].update(kind="friend"), "outsider",
     "proof_malformed"),
    ("value", lambda d: d["public_value"].update(value="1"), "seed", "proof_seed_differs"),
    ("value gone", lambda d: d.update(public_value=None), "seed", "proof_seed_differs"),
    ("value by one", lambda d: d["public_value"].update(entered_by=["a", "a"]), "outsider",
     "proof_malformed"),
    ("opened by platform", lambda d: d.update(
        opening=d["opening"] | {"by": "platform"}, public_value=None), "outsider",
     "proof_public_value_missing"),
    ("opened by none", lambda d: d.update(opening=None), "outsider", "proof_opening_missing"),
    ("opened early", lambda d: d["opening"].update(opened_at="2026-03-02T01:31:00+00:00"),
     "outsider", "proof_opened_early"),
    ("deposited late", lambda d: d["contributions"][1].update(
        deposited_at="2026-03-03T01:31:00+00:00"), "outsider", "proof_deposited_late"),
    ("seed", lambda d: d.update(seed=OTHER), "seed", "proof_seed_differs"),
    ("chance", lambda d: d["chances"]["A"].update(numerator=1, denominator=2), "chances",
     "proof_chances_differ"),
    ("chance kind", lambda d: d["chances"]["D"].update(kind="all"), "chances",
     "proof_chances_differ"),
    ("chance drawn", lambda d: d["chances"]["D"].update(drawn=1), "chances",
     "proof_chances_differ"),
    ("chance form", lambda d: d.update(chances=[]), "chances", "proof_malformed"),
    ("pick out", lambda d: d["picks"].pop(0), "picks", "proof_picks_differ"),
    ("replacement out", lambda d: d["manual"][1].update(replacement=None), "manual",
     "proof_replacement_differs"),
    ("replacement other", lambda d: d["manual"][1].update(replacement="firm-00"), "manual",
     "proof_replacement_differs"),
    ("replacement added", lambda d: d["manual"][0].update(replacement="firm-00"), "manual",
     "proof_replacement_differs"),
    ("replacement lost", lambda d: d["manual"][1].pop("replacement"), "manual",
     "proof_malformed"),
    ("number", lambda d: d["number"].update(number=4), "number", "proof_siblings_differ"),
    ("number gone", lambda d: d.update(number=None), "number", "proof_siblings_differ"),
    ("number form", lambda d: d["number"].update(number=True), "number", "proof_malformed"),
    ("sibling hidden", lambda d: d["siblings"].pop(), "number", "proof_siblings_differ"),
    ("sibling fate", lambda d: d["siblings"][0].update(state="gone"), "number",
     "proof_malformed"),
    ("sibling no reason", lambda d: d["siblings"][0].update(reason=""), "number",
     "reason_missing"),
    ("sibling uncleared", lambda d: d["siblings"][0].update(state="open"), "number",
     "reason_missing"),
    ("marks", lambda d: d.update(marks=[]), "marks", "proof_marks_differ"),
    ("marks other", lambda d: d.update(marks=["fair"]), "marks", "proof_malformed"),
    ("changes", lambda d: d.update(pool_changes={"status": -1}), "marks", "proof_malformed"),
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


@pytest.mark.parametrize(
    ("forge", "step"),
    [
        pytest.param(forge, step, id=name.replace(" ", "-"))
        for name, forge, step, code in FORGERIES
        if code != "proof_malformed"
    ],
)
def test_the_script_finds_the_same(forge: Callable[[dict[str, Any]], object], step: str) -> None:
    """The independent script rejects what the core rejects."""
    document = copy.deepcopy(DOCUMENT)
    forge(document)
    with pytest.raises((AssertionError, TypeError, KeyError)):
        verify_by_script(document, Path())
    assert step in {each.value for each in verify(document).failed}


@pytest.mark.parametrize("name", [each for each in DOCUMENT if each not in {"audit", "signature"}])
@pytest.mark.parametrize(
    "value",
    [1, "x", [1], {"a": 1}, True, 1.5, "\ud800"],
    ids=["number", "text", "list", "object", "flag", "fraction", "surrogate"],
)
def test_any_member_of_any_wrong_type(name: str, value: object) -> None:
    """A member of a wrong type, or none, is rejected, never an exception."""
    if name == "pool_changes" and value == {"a": 1}:
        value = {"a": "1"}
    if name not in {"draw_id", "task_id"} or value != "x":
        assert not verify(DOCUMENT | {name: value}).ok
    assert not verify({key: held for key, held in DOCUMENT.items() if key != name}).ok


def test_a_machine_of_ones_own_has_no_outsider() -> None:
    """Without a number a draw may have no outsider and no opening: nobody else drew."""
    draw = drawn_2()
    plain = _proof(draw, ()) | {"number": None, "outsider": None, "opening": None}
    assert verify(plain).ok
    verify_by_script(plain, Path())
    assert not verify(plain | {"number": DOCUMENT["number"]}).ok


def test_numbers_have_no_gap() -> None:
    """Each draw gets the next number and keeps it, also when it is cleared."""
    series = DrawSeries.begin(lead="dept-market", scene="scene-1", year=2026)
    first, second = (series.enter(id_) for id_ in ("d-1", "d-2"))
    assert (first.number, second.number, second.lead, second.scene, second.year) == (
        1, 2, "dept-market", "scene-1", 2026,
    )  # fmt: skip
    series.clear(1, reason="名单有误")
    assert series.enter("d-3").number == 3
    assert series.before(3) == SIBLINGS
    with pytest.raises(ValueError, match="d-1"):
        series.enter("d-1")


def test_siblings_go_back_to_the_last_that_was_dispatched() -> None:
    """What came before a dispatched draw is told by the proof of that one."""
    series = DrawSeries.begin(lead="dept-market", scene="scene-1", year=2026)
    for n in range(1, 6):
        series.enter(f"d-{n}")
    series.dispatch(2)
    series.clear(4, reason="名单有误")
    assert [(one.number, one.state) for one in series.before(5)] == [(3, "open"), (4, "cleared")]
    assert [one.number for one in series.before(2)] == [1]
    assert [one.number for one in series.left] == [3, 4, 5]
    assert series.any_dispatched(5)
    assert not series.any_dispatched(2)
