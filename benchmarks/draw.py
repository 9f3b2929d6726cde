# ruff: noqa: T201 - its answer is what it prints
"""A draw over 6 million candidates in 4 strata with its proof, against the bare SM3 ranking.

    python -m benchmarks.draw [--most 6000000] [--rounds 3]

The bare ranking is ``hashlib`` alone on two processes that hold their ids in memory already:
``SM3(seed 0x00 id)`` of each, nothing read, sorted, compared or written. The product reads the
file, freezes it, ranks, picks and writes pool and proof, each time in a new Python process (start
and imports counted, too). Peak memory is that of the process plus twice its largest child. Beside
the clock, the processors' time of all processes is told: it says less, but others who use the
machine spoil it less.
"""

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from attrs import frozen

import adapters.ranking.crew
from adapters.ranking.files import draw_files, verify_files
from adapters.system import SystemClock, SystemRandomness
from supervision_core.draws.model.rule import Rule

RULE = Rule.of(
    {
        "strata": {
            "A": {"ratio": "0.01"},
            "B": {"ratio": "0.05"},
            "C": {"ratio": "0.10"},
            "D": {"ratio": "0.30"},
        },
        "filters": [],
        "exclusions": [],
    }
)
STRATA = "A" * 65 + "B" * 25 + "C" * 8 + "D" * 2
BARE = """
import hashlib, sys, time
first, last = map(int, sys.argv[1:])
ids = [b"9145%09dMA%03d" % (n * 7, n % 1000) for n in range(first, last)]
print("ready", flush=True)
sys.stdin.readline()
began = time.process_time()
start, found = hashlib.new("sm3", b"s" * 33).copy, []
for one in ids:
    state = start()
    state.update(one)
    found.append(state.digest())
print(time.process_time() - began, flush=True)
"""


@frozen
class Taken:
    """What something took: seconds by the clock, seconds of all processors, and peak MB."""

    wall: float
    cpu: float
    mb: float = 0.0


def write_pool(path: Path, size: int, *, ordered: bool) -> None:
    """Write ids as long as a credit code; out of order, neighbours lie far apart."""
    step = 1 if ordered else 2_654_435_761
    with path.open("w", encoding="utf-8") as file:
        for at in range(size):
            n = at * step % size
            file.write(f"9145{n * 7:09}MA{n % 1000:03}\t{STRATA[n * 7919 % 100]}\n")


def bare(size: int) -> Taken:
    """Rank on two processes, from their start until both are done."""
    halves = [(0, size // 2), (size // 2, size)]
    crew = [
        subprocess.Popen(  # noqa: S603 - the script above
            [sys.executable, "-c", BARE, *map(str, half)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for half in halves
    ]
    for each in crew:
        assert each.stdout  # noqa: S101 - opened with a pipe
        each.stdout.readline()
    began = time.perf_counter()
    for each in crew:
        assert each.stdin  # noqa: S101 - as above
        each.stdin.write("\n")
        each.stdin.flush()
    cpu = 0.0
    for each in crew:
        assert each.stdout  # noqa: S101 - as above
        cpu += float(each.stdout.readline())
    taken = time.perf_counter() - began
    for each in crew:
        each.communicate()
    return Taken(taken, cpu)


def product(what: str, pool: Path, out: Path, *, plain: bool) -> Taken:
    """Draw or verify in a new process."""
    command = [sys.executable, __file__, "--do", what, "--pool", str(pool), "--out", str(out)]
    began = time.perf_counter()
    done = subprocess.run(  # noqa: S603 - this script
        [*command, *(["--plain"] if plain else [])], check=True, capture_output=True, text=True
    )
    taken = time.perf_counter() - began
    return Taken(taken, **json.loads(done.stdout))


def do(what: str, pool: Path, out: Path) -> None:
    """Draw or verify here, and tell the peak memory."""
    if what == "draw":
        draw_files(
            pool,
            RULE,
            out,
            contributors=["dept-market", "dept-farm"],
            clock=SystemClock(),
            randomness=SystemRandomness(),
        )
    elif not verify_files(out / "proof.json").ok:
        sys.exit("the proof does not hold")
    own = resource.getrusage(resource.RUSAGE_SELF)
    child = resource.getrusage(resource.RUSAGE_CHILDREN)
    mb = (own.ru_maxrss + child.ru_maxrss * (os.cpu_count() or 1)) / 1024
    cpu = own.ru_utime + own.ru_stime + child.ru_utime + child.ru_stime
    print(json.dumps({"cpu": cpu, "mb": mb}))


def measure(size: int, rounds: int, folder: Path) -> None:
    """Print one row a way."""
    pools = {True: folder / "ordered.tsv", False: folder / "mixed.tsv"}
    for ordered, path in pools.items():
        write_pool(path, size, ordered=ordered)
    ways = {
        "compiled (extra `speed`)": (pools[True], False),
        "standard library, 2 processes": (pools[True], True),
        "compiled, pool out of order": (pools[False], False),
        "standard library, pool out of order": (pools[False], True),
    }
    found: dict[str, list[list[float]]] = {each: [] for each in ways}
    product("draw", pools[False], folder / "warm", plain=False)
    for _ in range(rounds):
        for way, (pool, plain) in ways.items():
            base = bare(size)
            drawn = product("draw", pool, folder / "out", plain=plain)
            verified = product("verify", pool, folder / "out", plain=plain)
            times = [base.wall, drawn.wall, verified.wall, drawn.wall / base.wall]
            cpu = [base.cpu, drawn.cpu, verified.cpu]
            found[way].append([*times, *cpu, max(drawn.mb, verified.mb)])
    for way, each in found.items():
        row = [statistics.median(column) for column in zip(*each, strict=True)]
        numbers = " | ".join(f"{value:.2f}" for value in row[:-1])
        print(f"| {size:,} | {way} | {numbers} | {row[-1]:.0f} |", flush=True)


def main() -> None:
    """Measure at three sizes, or do one part of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--most", type=int, default=6_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--do", choices=["draw", "verify"])
    parser.add_argument("--pool", type=Path)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--plain", action="store_true")
    told = parser.parse_args()
    if told.plain:
        adapters.ranking.crew.WORTH_COMPILING = 1 << 60
    if told.do:
        do(told.do, told.pool, told.out)
        return
    print(
        "| candidates | way | bare ranking s | draw s | verify s | draw ÷ bare "
        "| bare CPU s | draw CPU s | verify CPU s | peak MB |"
    )
    print("|---" * 10 + "|")
    for size in (told.most // 100, told.most // 10, told.most):
        with tempfile.TemporaryDirectory() as folder:
            measure(size, told.rounds, Path(folder))


if __name__ == "__main__":
    main()
