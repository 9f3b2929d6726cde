"""``draw/1`` steps 1 to 4, against values computed by hand from the published text."""

import hashlib
from collections import Counter
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervision_core.draws.model import pool as pool_module
from supervision_core.draws.model.picking import pick, pick_items, thresholds
from supervision_core.draws.model.pool import Candidate, Pool, PoolNotFreezable
from supervision_core.draws.model.ranking import commitment, rank, ranks, seed_of
from supervision_core.draws.model.rule import (
    Quota,
    Rule,
    RuleNotFreezable,
    ratio_over_one,
    uncovered,
)
from supervision_core.kernel.errors import Refused

IDS = st.text(st.characters(exclude_characters="\x1f\n", exclude_categories=["Cs"]), min_size=1)
POOLS = st.dictionaries(IDS, st.sampled_from("ABC"), min_size=1, max_size=30)


def _rule(a: str = "0.3", b: int = 2, c: str = "0") -> Rule:
    strata = {"A": {"ratio": a}, "B": {"count": b}, "C": {"ratio": c}}
    return Rule.of({"strata": strata, "filters": [], "exclusions": []})


def _codes(refused: Refused) -> list[tuple[str, str]]:
    return [(each.code, each.at) for each in refused.violations]


def test_pool_hash_vector() -> None:
    """The pool hashes to SM3 over id 0x1F stratum 0x0A, ids sorted by their bytes."""
    pool = Pool.of([("企", "A"), ("b", "B"), ("a", "A")])
    assert pool.hash.hex() == ("fa3bbae93016e0e0e00aa6ba3189d04a2d2937a6830674f148b90f57c8fc40c4")
    assert pool.candidates == (Candidate("a", "A"), Candidate("b", "B"), Candidate("企", "A"))
    assert pool.sizes == {"A": 2, "B": 1}
    assert pool.strata_of(["b", "x"]) == {"b": "B"}


def test_commitment_vector() -> None:
    """A commitment is SM3(contributor 0x1F nonce)."""
    assert commitment("市监", b"\x07" * 32).hex() == (
        "319e1cf858a406e50a080aa9ebe048a5db09ed550e0ce69513f172d9495f2d7d"
    )


def test_seed_vector() -> None:
    """The seed takes the nonces in order of the contributors' bytes, not of arrival."""
    nonces = {"b": b"\x0b" * 32, "a": b"\x0a" * 32}
    assert seed_of(b"\x01" * 32, b"\x02" * 32, nonces).hex() == (
        "0801c0fe02a2fc5e1c6e7b8db22b7fec3badc3e35f86265d7f056bfb3e7d183d"
    )


def test_rank_vector() -> None:
    """A rank is SM3(seed 0x00 id); many at once give the same."""
    assert rank(b"\x05" * 32, "企1").hex() == (
        "92a979603fa4385d814dcc2e4e7390e0b28f8c666543f7d424a65e162fe9600e"
    )
    assert ranks(b"\x05" * 32 + b"\0", ["企1", "b"]) == [
        rank(b"\x05" * 32, "企1"),
        rank(b"\x05" * 32, "b"),
    ]


def test_rule_hash_vector() -> None:
    """The rule hashes to SM3 over its canonical JSON, whatever the order of its members."""
    made = Rule.of(
        {
            "strata": {"B": {"count": 3}, "A": {"ratio": "0.05"}},
            "filters": ["甲"],
            "exclusions": [],
        }
    )
    assert made.hash.hex() == ("21ea6708bed39f9cb1bd323b1b85a48f748fffb162da44fb66d0f3407032571a")
    assert made.quotas == {"A": Quota(ratio="0.05"), "B": Quota(count=3)}
    assert made.items == ()
    assert made.item_quotas == {}


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ([], [("draws.pool_empty", "")]),
        ([("", "A")], [("draws.id_missing", "pool[0].id")]),
        ([("a\x1f", "A")], [("draws.id_unusable", "pool[0].id")]),
        ([("a\n", "A")], [("draws.id_unusable", "pool[0].id")]),
        ([("\ud800", "A")], [("draws.id_unusable", "pool[0].id")]),
        ([("a", "A"), ("b", "\n")], [("draws.stratum_unusable", "pool[1].stratum")]),
        ([("a", "\ud800")], [("draws.stratum_unusable", "pool[0].stratum")]),
        ([("a", "A"), ("a", "B"), ("a", "A")], [("draws.id_repeated", "pool")]),
        (
            [("", "A"), ("a\n", "A"), ("b", "A"), ("b", "A")],
            [
                ("draws.id_missing", "pool[0].id"),
                ("draws.id_unusable", "pool[1].id"),
                ("draws.id_repeated", "pool"),
            ],
        ),
    ],
)
def test_unusable_pools(pairs: list[tuple[str, str]], expected: list[tuple[str, str]]) -> None:
    """A pool with ids that could be confused is refused, every fault named with its place."""
    with pytest.raises(PoolNotFreezable) as refused:
        Pool.of(pairs)
    assert _codes(refused.value) == expected
    assert refused.value.code == "draws.pool_not_freezable"


def test_repeated_id_is_named() -> None:
    """The refusal of a repeated id says which."""
    with pytest.raises(PoolNotFreezable) as refused:
        Pool.of([("x", "A"), ("y", "A"), ("y", "B")])
    assert refused.value.violations[0].data == {"id": "y"}


@pytest.mark.parametrize(
    ("quota", "size", "expected"),
    [
        (Quota(count=0), 5, 0),
        (Quota(count=3), 5, 3),
        (Quota(count=9), 5, 5),
        (Quota(ratio="0"), 5, 0),
        (Quota(ratio="0.0"), 5, 0),
        (Quota(ratio="0.05"), 1, 1),
        (Quota(ratio="0.05"), 20, 1),
        (Quota(ratio="0.05"), 21, 2),
        (Quota(ratio="0.05"), 0, 0),
        (Quota(ratio="0.1"), 10, 1),
        (Quota(ratio="0.07"), 100, 7),
        (Quota(ratio="0.29"), 100, 29),
        (Quota(ratio="0.000000000000000001"), 7, 1),
        (Quota(ratio="1"), 7, 7),
        (Quota(ratio="1.00"), 7, 7),
        (Quota(ratio="2.5"), 7, 7),
    ],
)
def test_quota(quota: Quota, size: int, expected: int) -> None:
    """K is the count or ceil(ratio x size) without floats: at least 1, at most the size."""
    assert quota.of(size) == expected


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.integers(1, 6))
def test_quota_is_monotone(size: int, parts: int, digits: int) -> None:
    """A higher ratio never draws fewer."""
    scale = 10**digits
    one, more = parts % scale, min(parts % scale + 1, scale)
    low = f"{one // scale}.{one % scale:0{digits}}"
    high = f"{more // scale}.{more % scale:0{digits}}"
    assert Quota(ratio=low).of(size) <= Quota(ratio=high).of(size)


def _with_strata(strata: object) -> object:
    return {"strata": strata, "filters": [], "exclusions": []}


ITEM = {"id": "i", "strata": ["A"]}


def _with_items(items: object) -> object:
    return {"strata": {"A": {"count": 1}}, "items": items}


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ([], [("draws.rule_malformed", "rule")]),
        ({}, [("draws.rule_malformed", "rule.strata")]),
        (_with_strata({}), [("draws.rule_malformed", "rule.strata")]),
        (_with_strata(["A"]), [("draws.rule_malformed", "rule.strata")]),
        (_with_strata({"A": 1}), [("draws.quota_malformed", "rule.strata")]),
        (_with_strata({"A": {}}), [("draws.quota_malformed", "rule.strata")]),
        (
            _with_strata({"A": {"ratio": "0.1", "count": 1}}),
            [("draws.quota_malformed", "rule.strata")],
        ),
        (_with_strata({"A": {"ratio": 0.05}}), [("draws.rule_not_plain", "rule")]),
        (_with_strata({"A": {"count": True}}), [("draws.rule_not_plain", "rule")]),
        (_with_strata({"A": {"count": None}}), [("draws.rule_not_plain", "rule")]),
        (_with_strata({"A": {"count": 2**53}}), [("draws.rule_not_plain", "rule")]),
        (_with_strata({"A": {"count": -(2**53)}}), [("draws.rule_not_plain", "rule")]),
        (_with_strata({1: {"count": 1}}), [("draws.rule_not_plain", "rule")]),
        (_with_strata({"\ud800": {"count": 1}}), [("draws.rule_not_plain", "rule")]),
        (_with_strata({"A": {"ratio": b"1"}}), [("draws.rule_not_plain", "rule")]),
        (_with_strata({"A": {"count": -1}}), [("draws.count_malformed", "rule.strata")]),
        (_with_strata({"A": {"count": "1"}}), [("draws.count_malformed", "rule.strata")]),
        (_with_strata({"A": {"ratio": 1}}), [("draws.ratio_malformed", "rule.strata")]),
        (_with_strata({"A": {"ratio": ".5"}}), [("draws.ratio_malformed", "rule.strata")]),
        (_with_strata({"A": {"ratio": "-0.5"}}), [("draws.ratio_malformed", "rule.strata")]),
        (_with_strata({"A": {"ratio": "5e-2"}}), [("draws.ratio_malformed", "rule.strata")]),
        (_with_strata({"A": {"ratio": "0.1 "}}), [("draws.ratio_malformed", "rule.strata")]),
        (
            _with_strata({"A": {"ratio": "\uff10.\uff11"}}),
            [("draws.ratio_malformed", "rule.strata")],
        ),
        (
            _with_strata({"A": {"ratio": "0." + "1" * 5000}}),
            [("draws.ratio_malformed", "rule.strata")],
        ),
        (
            {"strata": {"A": {"count": 1}}, "filters": "x", "exclusions": 1, "seed": ""},
            [
                ("draws.rule_member_unknown", "rule.seed"),
                ("draws.rule_malformed", "rule.filters"),
                ("draws.rule_malformed", "rule.exclusions"),
            ],
        ),
        (_with_items([]), [("draws.rule_malformed", "rule.items")]),
        (_with_items({"pool": []}), [("draws.rule_malformed", "rule.items")]),
        (
            _with_items({"strata": {"A": {}}, "pool": {}}),
            [
                ("draws.quota_malformed", "rule.items.strata"),
                ("draws.rule_malformed", "rule.items.pool"),
            ],
        ),
        (
            _with_items(
                {
                    "strata": {"A": {"count": 1}},
                    "pool": [
                        1,
                        {"id": 1, "strata": []},
                        {"id": "i", "strata": "A"},
                        {"id": "i"},
                        {"id": "i", "strata": [1]},
                        {"id": "", "strata": []},
                        ITEM,
                        ITEM,
                    ],
                }
            ),
            [("draws.rule_malformed", f"rule.items.pool[{n}]") for n in range(5)]
            + [
                ("draws.id_missing", "rule.items.pool[5]"),
                ("draws.id_repeated", "rule.items.pool[7]"),
            ],
        ),
    ],
)
def test_unusable_rules(document: object, expected: list[tuple[str, str]]) -> None:
    """A rule that could be read in two ways, or not hashed, is refused with every reason."""
    with pytest.raises(RuleNotFreezable) as refused:
        Rule.of(document)
    assert _codes(refused.value) == expected
    assert refused.value.code == "draws.rule_not_freezable"


def test_rule_too_deep() -> None:
    """A rule nested without end is refused rather than followed."""
    deep: list[object] = []
    for _ in range(32):
        deep = [deep]
    with pytest.raises(RuleNotFreezable) as refused:
        Rule.of({"strata": {"A": {"count": 1}}, "filters": deep})
    assert _codes(refused.value) == [("draws.rule_not_plain", "rule")]
    assert Rule.of({"strata": {"A": {"count": 1}}, "filters": deep[0]}).items == ()


def test_largest_integers_and_ratio_bounds() -> None:
    """2^53 - 1 is still canonical; a ratio above 1 is named, and 1 is not."""
    made = _rule("1.01", 2**53 - 1, "1.00")
    assert [each.data["stratum"] for each in ratio_over_one(made)] == ["A"]
    assert [each.code for each in ratio_over_one(made)] == ["draws.ratio_over_one"]


def test_uncovered_strata() -> None:
    """A stratum of the pool without a quota is named; a quota without candidates is not."""
    found = list(uncovered(_rule(), {"A": 1, "X": 2, "E": 1}))
    assert [each.data["stratum"] for each in found] == ["E", "X"]
    assert {each.code for each in found} == {"draws.stratum_without_quota"}


@given(POOLS, st.binary(min_size=32, max_size=32))
def test_picks_are_the_smallest(pool: dict[str, str], seed: bytes) -> None:
    """In each stratum exactly the k smallest by (rank, id) are picked, in that order."""
    frozen, its_rule = Pool.of(pool.items()), _rule()
    picks = pick(seed, frozen, its_rule)
    expected = []
    for stratum in sorted(set(pool.values())):
        ids = [id_.encode() for id_, of in pool.items() if of == stratum]
        ranked = sorted((hashlib.new("sm3", seed + b"\0" + id_).digest(), id_) for id_ in ids)
        k = its_rule.quotas[stratum].of(len(ids))
        expected += [(id_.decode(), stratum, its_rank) for its_rank, id_ in ranked[:k]]
    assert [(each.id, each.stratum, each.rank) for each in picks] == expected
    last = {stratum: its_rank for _, stratum, its_rank in expected}
    assert thresholds(picks) == last


@given(POOLS, st.binary(min_size=32, max_size=32), st.randoms())
def test_order_blind(pool: dict[str, str], seed: bytes, randoms: object) -> None:
    """The order in which candidates arrive changes neither hash nor picks."""
    pairs = list(pool.items())
    shuffled = pairs.copy()
    randoms.shuffle(shuffled)  # type: ignore[attr-defined]
    assert Pool.of(pairs) == Pool.of(shuffled)
    assert pick(seed, Pool.of(pairs), _rule()) == pick(seed, Pool.of(shuffled), _rule())


@given(POOLS, st.binary(min_size=32, max_size=32), st.integers(0, 99), st.integers(0, 99))
def test_monotone_in_ratio(pool: dict[str, str], seed: bytes, one: int, other: int) -> None:
    """Raising the ratio keeps every pick and adds to them."""
    low, high = sorted((one, other))
    frozen = Pool.of(pool.items())
    few = pick(seed, frozen, _rule(f"0.{low:02}"))
    many = pick(seed, frozen, _rule(f"0.{high:02}"))
    assert set(few) <= set(many)


def test_fair_over_ten_thousand_seeds() -> None:
    """Over 10,000 seeds each candidate is drawn about equally often (chi-square, 99.9 %)."""
    pool = Pool.of((f"firm-{n:02}", "A") for n in range(40))
    quarter = Rule.of({"strata": {"A": {"ratio": "0.25"}}})
    drawn = dict.fromkeys((each.id for each in pool.candidates), 0)
    for n in range(10_000):
        for each in pick(hashlib.new("sm3", b"%d" % n).digest(), pool, quarter):
            drawn[each.id] += 1
    # Without replacement the variance of a count is n p (1 - p); the statistic has 39 degrees.
    statistic = sum((count - 2500) ** 2 for count in drawn.values()) / (10_000 * 0.25 * 0.75)
    assert sum(drawn.values()) == 100_000
    assert 14 < statistic * 39 / 40 < 73


def _item_rule(quota: dict[str, object] | None) -> Rule:
    strata = {"A": quota} if quota else {"B": {"count": 0}}
    pool = [
        {"id": "i3", "strata": ["A", "B"]},
        {"id": "i1", "strata": ["A"]},
        {"id": "i2", "strata": ["B"]},
        {"id": "i4", "strata": ["A"]},
    ]
    return Rule.of({"strata": {"A": {"count": 1}}, "items": {"strata": strata, "pool": pool}})


def test_items_by_stratum_and_quota() -> None:
    """A subject gets of the items open to its stratum the quota's smallest by rank."""
    seed = b"\x03" * 32
    ranked = sorted(
        (hashlib.new("sm3", seed + b"\x02" + b"firm" + b"\x1f" + item).digest(), item.decode())
        for item in (b"i1", b"i3", b"i4")
    )
    order = tuple(item for _, item in ranked)
    assert pick_items(seed, "firm", "A", _item_rule({"count": 2})) == order[:2]
    assert pick_items(seed, "firm", "A", _item_rule({"ratio": "0.34"})) == order[:2]
    assert pick_items(seed, "firm", "A", _item_rule(None)) == order
    assert pick_items(seed, "firm", "B", _item_rule(None)) == ()
    assert pick_items(seed, "firm", "X", _item_rule(None)) == ()
    assert set(pick_items(seed, "firm", None, _item_rule({"count": 1}))) == {"i1", "i2", "i3", "i4"}


PAIRS = st.lists(st.tuples(st.text(max_size=3), st.text(max_size=2)), max_size=12)


@given(pairs=PAIRS, ordered=st.booleans())
def test_a_pool_is_the_same_in_whatever_order_it_comes(
    pairs: list[tuple[str, str]], *, ordered: bool
) -> None:
    """In order it is taken part by part, otherwise sorted whole: same text, same refusals."""
    given_ = sorted(pairs) if ordered else pairs

    def told(part: int) -> object:
        with mock.patch.object(pool_module, "PART", part):
            try:
                return b"".join(Pool.of(iter(given_)).parts)
            except PoolNotFreezable as refused:
                return refused.violations

    found = told(3)
    assert found == told(100)
    if isinstance(found, bytes):
        lines = [f"{id_}\x1f{stratum}\n".encode() for id_, stratum in sorted(pairs)]
        assert found == b"".join(lines)
        frozen = Pool((found,))
        assert frozen.sizes == Counter(stratum for _, stratum in pairs)
        assert frozen.strata_of([id_ for id_, _ in pairs]) == dict(pairs)
