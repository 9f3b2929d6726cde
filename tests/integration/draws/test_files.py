"""Draws and verifications by file, small and large, compiled and by processes."""

import json
import os
import random  # noqa: TID251 - seeded examples
import runpy
from collections import Counter
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from adapters.ranking import crew, freezing, sifting, worker
from adapters.ranking import files as ranking_files
from adapters.ranking.files import draw_files, read_rule, verify_files
from adapters.ranking.pool_file import PoolFile
from adapters.ranking.sifting import FastSifter
from adapters.ranking.worker import Scan
from adapters.system import SystemClock, SystemRandomness
from supervision_core.draws.model.draw import DrawNotFrozen
from supervision_core.draws.model.picking import in_rank, pick
from supervision_core.draws.model.pool import Pool, PoolNotFreezable
from supervision_core.draws.model.ranking import Sieve, sift
from supervision_core.draws.model.rule import Rule, RuleNotFreezable
from supervision_core.draws.model.sources import DRAW_1, DRAW_2
from supervision_core.draws.model.verification import Step
from supervision_core.kernel.canonical import sm3

SCRIPT = runpy.run_path(str(Path(__file__).parents[3] / "docs" / "verify_draw.py"))
verify_by_script: Callable[[dict[str, Any], Path], None] = SCRIPT["verify"]
RULE = Rule.of({"strata": {"A": {"ratio": "0.05"}, "D": {"count": 7}, "甲": {"ratio": "1"}}})
SEED = b"\x21" * 32


def _pairs(count: int) -> list[tuple[str, str]]:
    rng = random.Random(count)  # noqa: S311 - an example, not a secret
    strata = ["A"] * 8 + ["D", "甲"]
    return [(f"9145{n:09}企{n % 7}", rng.choice(strata)) for n in range(count)]


def _tsv(path: Path, pairs: list[tuple[str, str]]) -> Path:
    path.write_bytes("".join(f"{id_}\t{stratum}\n" for id_, stratum in pairs).encode())
    return path


def _drawn(
    pool: Path, out: Path, rule: Rule | Path = RULE, definition: str = DRAW_2
) -> ranking_files.DrawnFiles:
    return draw_files(
        pool,
        rule,
        out,
        contributors=["市监", "农业"],
        clock=SystemClock(),
        randomness=SystemRandomness(),
        definition=definition,
    )


@pytest.fixture(params=["processes", "compiled"])
def scanner(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Scan small parts, in either way."""
    if request.param == "compiled":
        pytest.importorskip("numba")
    monkeypatch.setattr(crew, "PART", 20_000)
    monkeypatch.setattr(freezing, "RUN", 20_000)
    monkeypatch.setattr(freezing, "PIECE", 30_000)
    worth = 0 if request.param == "compiled" else 1 << 60
    monkeypatch.setattr(crew, "WORTH_COMPILING", worth)
    return str(request.param)


@pytest.mark.usefixtures("scanner")
def test_file_pool_equals_the_core(tmp_path: Path) -> None:
    """A pool in a file has the hash, sizes, picks and strata that the core's definition gives."""
    pairs = _pairs(20_000)
    core, file = Pool.of(pairs), PoolFile(_tsv(tmp_path / "pool.tsv", pairs))
    assert file.hash == core.hash
    assert file.sizes == core.sizes
    picks = pick(SEED, core, RULE)
    assert pick(SEED, file, RULE) == picks
    asked = [pairs[0][0], pairs[-1][0], pairs[777][0], "", "zzz", "9145"]
    assert file.strata_of(asked) == core.strata_of(asked)
    last = {each.stratum: each.rank for each in picks}
    known = PoolFile(tmp_path / "pool.tsv", expected=(SEED, last))
    assert pick(SEED, known, RULE) == picks
    forged = PoolFile(tmp_path / "pool.tsv", expected=(SEED, dict.fromkeys(last, b"\0" * 32)))
    assert pick(SEED, forged, RULE) == picks


@pytest.mark.usefixtures("scanner")
def test_a_file_is_drawn_of_alike_by_draw_2(tmp_path: Path) -> None:
    """Whatever does the hashing, as many are drawn as the definition says, the same come next."""
    ratios = {"A": "0.0513", "D": "0.0007", "甲": "1"}
    rule = Rule.of({"strata": {name: {"ratio": ratio} for name, ratio in ratios.items()}})
    pairs = _pairs(20_000)
    core, file = Pool.of(pairs), PoolFile(_tsv(tmp_path / "pool.tsv", pairs))
    for seed in (SEED, *(sm3(b"%d" % n) for n in range(4))):
        picks = pick(seed, core, rule, DRAW_2)
        assert pick(seed, file, rule, DRAW_2) == picks
        assert in_rank(seed, file, 99) == in_rank(seed, core, 99)
        drawn = Counter(one.stratum for one in picks)
        for stratum, size in core.sizes.items():
            share = Fraction(ratios[stratum]) * size
            lot = Fraction(int.from_bytes(sm3(seed + b"\x05" + stratum.encode()), "big"), 2**256)
            assert drawn[stratum] == int(share) + (lot < share - int(share))


def test_compiled_equals_worker(tmp_path: Path) -> None:
    """Compiled code and the standard library find the same in every part, good or bad."""
    compiled = pytest.importorskip("adapters.ranking.compiled", exc_type=ImportError)
    rng = random.Random(5)  # noqa: S311 - an example, not a secret
    lengths = [1, 3, 18, 22, 23, 30, 31, 86, 87, 95]
    for turn in range(40):
        ids = {
            "".join(rng.choice("AB12é企") for _ in range(rng.choice(lengths))) for _ in range(99)
        }
        lines = sorted(ids)
        if turn % 5 == 1:
            rng.shuffle(lines)
        if turn % 5 == 2:
            lines.insert(0, "")
        if turn % 5 == 3:
            lines.append(lines[-1])
        path = _tsv(
            tmp_path / "part.tsv", [(each, rng.choice(["A", "甲", "", "AA"])) for each in lines]
        )
        cuts = {b"A": rng.randbytes(32), "甲".encode(): b"\xff" * 32, b"": rng.randbytes(32)}
        for census, prefix in ((True, None), (False, SEED + b"\0"), (True, SEED)):
            task = Scan(str(path), 0, path.stat().st_size, census, prefix, cuts)
            assert compiled.scan(task) == worker.scan(task)


def test_compiled_sifts_like_the_core(monkeypatch: pytest.MonkeyPatch) -> None:
    """The heads of all groups are the same, whatever does the hashing, however long the ids."""
    pytest.importorskip("adapters.ranking.compiled", exc_type=ImportError)
    monkeypatch.setattr(sifting, "WORTH_COMPILING", 0)
    rng = random.Random(7)  # noqa: S311 - an example, not a secret
    lengths = [1, 6, 15, 16, 32, 80]
    sieves = [
        Sieve(
            rng.randbytes(8),
            [SEED + b"\1" + rng.randbytes(rng.choice(lengths)) + b"\x1f" for _ in range(subjects)],
            [rng.randbytes(rng.choice(lengths)) for _ in range(officers)],
        )
        for subjects, officers in [(1, 1), (3, 16), (2, 40), (5, 33)]
    ]
    found = [list(each) for each in FastSifter()(sieves)]
    assert found == list(sift(sieves))
    assert len(found) == 11
    assert any(found)


def _id_bytes(line: bytes) -> bytes:
    return line.rstrip(b"\n").partition(b"\t")[0]


def test_compiled_sorts_like_the_worker() -> None:
    """Both sort lines by the bytes of their ids, whatever these hold, and one id begins another."""
    compiled = pytest.importorskip("adapters.ranking.compiled", exc_type=ImportError)
    rng = random.Random(6)  # noqa: S311 - an example, not a secret
    letters = [b"A", b"B", b"\x00", b"\x01", b"\x1f", b"\xff", "é".encode(), "企".encode()]
    for turn in range(60):
        shared = b"9145" * (turn % 7)
        ids = {
            shared + b"".join(rng.choice(letters) for _ in range(rng.randrange(12)))
            for _ in range(1 + turn * 5)
        }
        lines = [id_ + rng.choice([b"\tA\n", b"\t\n", b"\n", b"\tA\tB\n"]) for id_ in ids]
        rng.shuffle(lines)
        data = b"".join(lines)
        expected = b"".join(line for _, line in sorted((_id_bytes(line), line) for line in lines))
        assert worker.sort_lines(data) == expected
        assert compiled.sort_lines(data) == expected
    alike = [b"%d%020d\tA\n" % (n % 2, n * 7919 % 1000) for n in range(1000)]
    assert compiled.sort_lines(b"".join(alike)) == b"".join(sorted(alike))


@pytest.mark.usefixtures("scanner")
@pytest.mark.parametrize("sorted_lines", [0, 3000])
def test_sorted_in_pieces(tmp_path: Path, sorted_lines: int) -> None:
    """A file is sorted piece by piece as it would be at once, and no other file is left behind."""
    pairs = _pairs(9_000)
    mixed = pairs[sorted_lines:]
    random.Random(2).shuffle(mixed)  # noqa: S311 - an example, not a secret
    source = _tsv(tmp_path / "mixed.tsv", pairs[:sorted_lines] + mixed)
    sorted_ = _tsv(tmp_path / "sorted.tsv", pairs).read_bytes()
    target, told = tmp_path / "pool.tsv", list[tuple[str, int, int]]()
    freezing.sort_lines(source, target, progress=lambda *now: told.append(now))
    assert target.read_bytes() == sorted_
    assert told[-1] == ("sort", len(sorted_), len(sorted_))
    freezing.sort_lines(source, source)
    assert source.read_bytes() == sorted_
    assert {each.name for each in tmp_path.iterdir()} == {"mixed.tsv", "pool.tsv", "sorted.tsv"}


@pytest.mark.usefixtures("scanner")
def test_disorder_found_late(tmp_path: Path) -> None:
    """A list that begins in order and goes on out of order is sorted all the same."""
    pairs = _pairs(12_000)
    made = _drawn(_tsv(tmp_path / "names.txt", pairs[:6_000] + pairs[:5_999:-1]), tmp_path / "out")
    assert verify_files(made.proof).ok
    assert made.pool is not None
    assert made.pool.read_bytes() == _tsv(tmp_path / "sorted.tsv", pairs).read_bytes()


@pytest.mark.parametrize("lines", ["b\tA\na\tA\n\n", "b\tA\na\tA\n\tA\n", "b\tA\na\tA", "b\na\n"])
@pytest.mark.usefixtures("scanner")
def test_refused_out_of_order(tmp_path: Path, lines: str) -> None:
    """Being sorted first excuses no other fault of a list."""
    names = tmp_path / "names.txt"
    names.write_text(lines, encoding="utf-8")
    with pytest.raises(PoolNotFreezable) as refused:
        _drawn(names, tmp_path / "out")
    assert "draws.proof_pool_unsorted" not in {each.code for each in refused.value.violations}


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "draws.pool_empty"),
        (b"a\tA", "draws.pool_line_malformed"),
        (b"a\n", "draws.pool_line_malformed"),
        (b"a\tA\tB\nb\n", "draws.pool_line_malformed"),
        (b"a\xff\tA\n", "draws.pool_line_malformed"),
        (b"\tA\nb\tA\n", "draws.id_missing"),
        (b"a\x1f\tA\n", "draws.id_unusable"),
        (b"b\tA\na\tA\n", "draws.proof_pool_unsorted"),
        (b"a\tA\na\tB\n", "draws.pool_id_repeated"),
    ],
)
@pytest.mark.usefixtures("scanner")
def test_unusable_pool_files(tmp_path: Path, data: bytes, code: str) -> None:
    """A file that is no frozen pool is refused with the reason."""
    path = tmp_path / "pool.tsv"
    path.write_bytes(data)
    with pytest.raises(PoolNotFreezable) as refused:
        PoolFile(path)
    assert [each.code for each in refused.value.violations] == [code]


@pytest.mark.function("F106")
@pytest.mark.usefixtures("scanner")
@pytest.mark.parametrize("definition", [DRAW_1, DRAW_2])
@pytest.mark.parametrize("count", [500, 12_000])
def test_drawn_by_file_verified_by_two(tmp_path: Path, count: int, definition: str) -> None:
    """A draw by file, in any order, gives a proof that both implementations accept."""
    pairs = _pairs(count)
    random.Random(1).shuffle(pairs)  # noqa: S311 - an example, not a secret
    made = _drawn(_tsv(tmp_path / "names.txt", pairs), tmp_path / "out", definition=definition)
    assert verify_files(made.proof).ok
    document = json.loads(made.proof.read_text(encoding="utf-8"))
    verify_by_script(document, tmp_path / "out")
    assert ("pool_file" in document) == (count > 10_000)
    assert (made.pool is not None) == ("pool_file" in document)
    picks = pick(bytes.fromhex(made.seed), Pool.of(pairs), RULE, definition)
    assert [each["id"] for each in document["picks"]] == [each.id for each in picks]
    assert sum(made.picked.values()) == len(picks)
    assert made.sizes == Pool.of(pairs).sizes


def test_forged_pool_file(tmp_path: Path) -> None:
    """A pool file that was changed, or is gone, fails at the pool."""
    made = _drawn(_tsv(tmp_path / "names.tsv", _pairs(10_001)), tmp_path / "out")
    assert made.pool is not None
    data = made.pool.read_bytes()
    made.pool.write_bytes(data.replace(b"\tA\n", b"\tD\n", 1))
    found = verify_files(made.proof)
    assert found.failed[:2] == (Step.POOL, Step.POOL_HASH)
    assert found.checks[1].faults[0].code == "draws.proof_pool_file_differs"
    made.pool.write_bytes(data[:-1])
    assert verify_files(made.proof).checks[1].faults[0].code == "draws.pool_line_malformed"
    made.pool.unlink()
    assert verify_files(made.proof).checks[1].faults[0].code == "draws.proof_pool_file_missing"


@pytest.mark.parametrize("text", ["", "{", '{"a":1,"a":2}', "[" * 100_000, "\x00", "[1]"])
def test_files_that_are_no_proof(tmp_path: Path, text: str) -> None:
    """Whatever the file holds, verification answers, and says no."""
    path = tmp_path / "proof.json"
    path.write_text(text, encoding="utf-8")
    assert not verify_files(path).ok
    assert not verify_files(tmp_path / "absent.json").ok


def test_csv_and_yaml(tmp_path: Path) -> None:
    """A table with a header, in any column order, and a rule in YAML are read as documented."""
    names = tmp_path / "names.csv"
    names.write_text('﻿stratum,name,id\nA,"甲,厂",9\nD,乙,10\n', encoding="utf-8")
    rule = tmp_path / "rule.yaml"
    rule.write_text(
        'strata:\n  A: {ratio: "1"}\n  D: {count: 1}\nitems:\n  strata: {A: {count: 1}}\n'
        "  pool:\n  - {id: i1, strata: [A, D]}\n  - {id: i2, strata: [A]}\n",
        encoding="utf-8",
    )
    made = _drawn(names, tmp_path / "out", rule)
    document = json.loads(made.proof.read_text(encoding="utf-8"))
    assert document["pool"] == [{"id": "10", "stratum": "D"}, {"id": "9", "stratum": "A"}]
    assert [len(each["items"]) for each in document["items"]] == [1, 1]
    assert verify_files(made.proof).ok
    verify_by_script(document, tmp_path)


def test_refused_files(tmp_path: Path) -> None:
    """Missing columns, unreadable rules and files, and bad nonces are refused with their code."""
    names = tmp_path / "names.csv"
    names.write_text("id,x\n1,2\n", encoding="utf-8")
    with pytest.raises(PoolNotFreezable) as pool_refused:
        _drawn(names, tmp_path / "out")
    assert [each.data["column"] for each in pool_refused.value.violations] == ["stratum"]
    names.write_text("id,stratum\n,A\na\tb,A\n", encoding="utf-8")
    with pytest.raises(PoolNotFreezable) as pool_refused:
        _drawn(names, tmp_path / "out")
    assert [(each.code, each.at) for each in pool_refused.value.violations] == [
        ("draws.pool_line_malformed", "pool[2]"),
        ("draws.pool_line_malformed", "pool[3]"),
    ]
    with pytest.raises(PoolNotFreezable) as pool_refused:
        _drawn(tmp_path / "absent.tsv", tmp_path / "out")
    assert pool_refused.value.violations[0].code == "draws.file_unreadable"
    rule = tmp_path / "rule.yaml"
    rule.write_text("strata: [", encoding="utf-8")
    with pytest.raises(RuleNotFreezable) as rule_refused:
        read_rule(rule)
    assert rule_refused.value.violations[0].code == "draws.file_unreadable"
    good = _tsv(tmp_path / "good.tsv", [("a", "A")])
    with pytest.raises(DrawNotFrozen) as refused:
        draw_files(
            good,
            RULE,
            tmp_path / "out",
            contributors={"\n": os.urandom(31)},
            clock=SystemClock(),
            randomness=SystemRandomness(),
        )
    assert [each.code for each in refused.value.violations] == [
        "draws.id_unusable",
        "draws.nonce_malformed",
    ]
    with pytest.raises(DrawNotFrozen) as refused:
        _drawn(_tsv(tmp_path / "b.tsv", [("a", "B")]), tmp_path / "out")
    assert [each.code for each in refused.value.violations] == ["draws.stratum_without_quota"]


def test_progress_reaches_the_end(tmp_path: Path) -> None:
    """Whoever asks is told of each stage up to its last byte."""
    told: list[tuple[str, int, int]] = []
    made = _drawn(_tsv(tmp_path / "names.tsv", _pairs(10_001)), tmp_path / "out")
    assert verify_files(made.proof, progress=lambda *now: told.append(now)).ok
    assert told[-1][0] == "freeze"
    assert told[-1][1] == told[-1][2] > 0
