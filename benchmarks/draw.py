"""A draw over 6 million candidates in 4 strata with its proof, against the bare SM3 ranking.

    python -m benchmarks.draw [--sizes 60000 600000 6000000]

The bare ranking is ``hashlib`` alone on two processes that hold their ids in memory already:
``SM3(seed 0x00 id)`` of each, nothing read, sorted, compared or written. The product reads the
file, freezes it, ranks, picks and writes pool and proof, each time in a new Python process (start
and imports counted, too). Peak memory is that of the process plus twice its largest child.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from attrs import evolve
from benchmarks._measuring import Asked, Case, Sample, in_child, measure, tell, timed

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


def write_pool(path: Path, size: int, *, ordered: bool) -> None:
    """Write ids as long as a credit code; out of order, neighbours lie far apart."""
    step = 1 if ordered else 2_654_435_761
    with path.open("w", encoding="utf-8") as file:
        for at in range(size):
            n = at * step % size
            file.write(f"9145{n * 7:09}MA{n % 1000:03}\t{STRATA[n * 7919 % 100]}\n")


def bare(size: int) -> Sample:
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
    return Sample(taken, cpu)


def child(what: str, pool: Path, out: Path, *, plain: bool) -> Sample:
    """Draw or verify in a new process, its start counted."""
    words = ["-m", "benchmarks.draw", "--child", what, str(pool), str(out)]
    told: list[Sample] = []
    taken = timed(lambda: told.append(in_child([*words, "plain"] if plain else words)))
    return evolve(told[0], wall=taken.wall)


def do(what: str, pool: Path, out: Path) -> None:
    """Draw or verify here, and tell processor time and peak memory."""
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
    crew = resource.getrusage(resource.RUSAGE_CHILDREN)
    mb = (own.ru_maxrss + crew.ru_maxrss * (os.cpu_count() or 1)) / 1024
    cpu = own.ru_utime + own.ru_stime + crew.ru_utime + crew.ru_stime
    tell(Sample(0.0, cpu, {"峰值 MB": mb}))


def cases(size: int, _asked: Asked) -> Iterator[Case]:
    """Give drawing beside the bare ranking, and verifying beside drawing."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ordered, mixed, out = folder / "ordered.tsv", folder / "mixed.tsv", folder / "out"
        write_pool(ordered, size, ordered=True)
        write_pool(mixed, size, ordered=False)
        child("draw", mixed, folder / "warm", plain=False)  # compiles, once for all
        yield Case(
            "抽取",
            {
                "裸排位": lambda: bare(size),
                "编译": lambda: child("draw", ordered, out, plain=False),
                "标准库": lambda: child("draw", ordered, out, plain=True),
                "编译，名单未排序": lambda: child("draw", mixed, out, plain=False),
                "标准库，名单未排序": lambda: child("draw", mixed, out, plain=True),
            },
            peer="裸排位",
        )
        yield Case(
            "验证",
            {
                "抽取，编译": lambda: child("draw", ordered, out, plain=False),
                "编译": lambda: child("verify", ordered, out, plain=False),
                "标准库": lambda: child("verify", ordered, out, plain=True),
            },
            peer="抽取，编译",
        )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        what, pool, out, *plain = sys.argv[2:]
        if plain:
            adapters.ranking.crew.WORTH_COMPILING = 1 << 60
        do(what, Path(pool), Path(out))
    else:
        measure(__doc__, cases, sizes=(60_000, 600_000, 6_000_000), small=(300, 600), rounds=3)
