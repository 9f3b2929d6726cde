"""Measures the ways of a benchmark in turns, over several rounds and sizes, and keeps the figures.

A benchmark generates the ``Case``s of one size; what it sets up before a ``yield`` it takes down
after it. Of each case the ways take turns, in the other order every second round, so that whatever
else the machine does hits all alike. Reported are medians, the medians of the rounds' ratios to the
peer, and the exponent of growth: the slope of the logarithm of time over the logarithm of size (1
is linear, 0 is flat). Processor time counts this process and its children; a server that was not
started here is not in it, unless the benchmark adds it.
"""

import argparse
import json
import math
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from attrs import asdict, define, field, frozen

ROOT = Path(__file__).resolve().parents[1]
RAW = ROOT / "benchmarks" / "results" / "raw.jsonl"
DIGITS = 4
THOUSAND = 1_000
PLACES = ("--into", "--postgres")


@frozen
class Sample:
    """What one act took, in seconds, and what else was counted."""

    wall: float
    processor: float
    more: Mapping[str, float] = {}


Act = Callable[[], object]
"""Gives ``Sample``, or one for each of its steps; anything else is timed from outside."""


@frozen
class Case:
    """What is measured at one size; ``peer`` names the way with which the others are compared."""

    name: str
    ways: Mapping[str, Act]
    peer: str = ""
    times: int = 1
    """How many operations an act carries out; figures are those of one."""
    warm: int = 0
    """How many rounds are carried out first and not counted."""
    size: int = 0
    """Where it differs from the size asked for."""


@frozen
class Asked:
    """What the command line said."""

    sizes: Sequence[int]
    rounds: int
    postgres: str
    small: bool
    into: Path | None


Cases = Callable[[int, Asked], Iterable[Case]]


@define
class Figure:
    """The rounds of one way of one case at one size: a line of the raw records."""

    script: str
    words: Sequence[str]
    at: str
    commit: str
    load: float
    case: str
    way: str
    size: int
    peer: bool
    wall: list[float] = field(factory=list)
    processor: list[float] = field(factory=list)
    more: dict[str, list[float]] = field(factory=dict)

    def add(self, sample: Sample, times: int) -> None:
        """Add a round."""
        self.wall.append(_rounded(sample.wall / times))
        self.processor.append(_rounded(sample.processor / times))
        for name, value in sample.more.items():
            self.more.setdefault(name, []).append(_rounded(value))


def _rounded(value: float) -> float:
    return float(f"{value:.{DIGITS}g}")


def timed(act: Act) -> Sample:
    """Time an act from outside."""
    began, busy = time.perf_counter(), processor_seconds()
    act()
    return Sample(time.perf_counter() - began, processor_seconds() - busy)


def processor_seconds() -> float:
    """Give the processor time of this process and of its children that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + used.ru_utime + used.ru_stime


def in_child(words: Sequence[str]) -> Sample:
    """Run Python in a process of its own, and give what it told."""
    done = subprocess.run(  # noqa: S603 - our own scripts
        [sys.executable, *words], cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True
    )
    return Sample(**json.loads(done.stdout.splitlines()[-1]))


def peak_megabytes(process: int | str = "self") -> float:
    """Give the peak memory of a process, of this one, since it began its program.

    ``ru_maxrss`` would begin with that of the process that started this one.
    """
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def tell(sample: Sample) -> None:
    """Print what ``in_child`` reads."""
    sys.stdout.write(json.dumps(asdict(sample)) + "\n")


@frozen
class _Run:
    asked: Asked
    script: str

    @cached_property
    def _commit(self) -> str:
        words = ["git", "describe", "--always", "--dirty"]
        done = subprocess.run(  # noqa: S603 - git, asked for its commit
            words, cwd=ROOT, capture_output=True, text=True, check=False
        )
        return done.stdout.strip()

    def figures(self, case: Case, size: int) -> list[Figure]:
        """Measure a case."""
        found: dict[tuple[str, str], Figure] = {}
        for number in range(-case.warm, self.asked.rounds):
            order = list(case.ways.items())
            for way, act in order if number % 2 == 0 else reversed(order):
                load = os.getloadavg()[0]
                for step, sample in _samples(case.name, act):
                    if number >= 0:
                        key = (step, way)
                        if key not in found:
                            found[key] = self._figure(case, step, way, size, load)
                        found[key].add(sample, case.times)
        places = {way: place for place, way in enumerate(case.ways)}
        steps = {step: place for place, step in enumerate(dict.fromkeys(s for s, _ in found))}
        return [found[key] for key in sorted(found, key=lambda k: (steps[k[0]], places[k[1]]))]

    def _figure(self, case: Case, step: str, way: str, size: int, load: float) -> Figure:
        return Figure(
            self.script,
            _without_places(sys.argv[1:]),
            datetime.now(UTC).isoformat(timespec="seconds"),  # noqa: TID251 - a record's moment
            self._commit,
            round(load, 1),
            step,
            way,
            case.size or size,
            peer=way == case.peer,
        )


def _without_places(words: Sequence[str]) -> list[str]:
    """Leave out addresses and files, which are of one machine."""
    pairs = zip(words, ("", *words), strict=False)
    return [word for word, before in pairs if before not in PLACES]


def _samples(name: str, act: Act) -> Iterator[tuple[str, Sample]]:
    began, busy = time.perf_counter(), processor_seconds()
    answer = act()
    taken = Sample(time.perf_counter() - began, processor_seconds() - busy)
    if isinstance(answer, Mapping) and all(isinstance(one, Sample) for one in answer.values()):
        for step, sample in answer.items():
            yield "，".join(filter(None, (name, step))), sample
    else:
        yield name, answer if isinstance(answer, Sample) else taken


def exponent(sizes: Sequence[int], times: Sequence[float]) -> float | None:
    """Give the slope of log time over log size; None where there are not two sizes or times."""
    points = [(math.log(s), math.log(t)) for s, t in zip(sizes, times, strict=True) if t > 0]
    if len({x for x, _ in points}) <= 1:
        return None
    return statistics.linear_regression(*zip(*points, strict=True)).slope


def report(figures: Sequence[Figure]) -> str:
    """Give the table: wall · processor, and in brackets what they are to the peer's."""
    groups: dict[tuple[str, str], list[Figure]] = {}
    for one in figures:
        groups.setdefault((one.case, one.way), []).append(one)
    peers = {(one.case, one.size): one for one in figures if one.peer}
    sections: dict[tuple[int, ...], list[str]] = {}
    for (case, way), found in groups.items():
        sizes = tuple(one.size for one in found)
        cells = [_cell(one, peers.get((case, one.size))) for one in found]
        medians = [[statistics.median(getattr(one, c)) for one in found] for c in CLOCKS]
        slopes = [exponent(sizes, times) for times in medians]
        growth = " · ".join("—" if one is None else f"{one:.2f}" for one in slopes)
        lines = sections.setdefault(sizes, [])
        lines.append(_line(case, way, *cells, growth))
        for name in found[0].more:
            others = [_counted(statistics.median(one.more[name])) for one in found]
            lines.append(_line(f"{case}：{name}", way, *others, ""))
    tables = []
    for sizes, lines in sections.items():
        head = _line("", "做法", *(f"{size:,}" for size in sizes), "增长指数")
        tables.append("\n".join((head, "|---" * (len(sizes) + 3) + "|", *lines)))
    return "\n\n".join(tables)


CLOCKS = ("wall", "processor")


def _line(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(one: Figure, peer: Figure | None) -> str:
    shown = " · ".join(_shown(statistics.median(getattr(one, clock))) for clock in CLOCKS)
    if peer is None or peer is one:
        return shown
    ratios = []
    for clock in CLOCKS:
        pairs = zip(getattr(one, clock), getattr(peer, clock), strict=True)
        found = [mine / other for mine, other in pairs if other]
        ratios.append(f"×{statistics.median(found):.2f}" if found else "—")
    return f"{shown} ({' · '.join(ratios)})"


def _counted(number: float) -> str:
    return f"{number:,.0f}" if number >= THOUSAND else f"{number:.{DIGITS}g}"


def _shown(seconds: float) -> str:
    for factor, unit in ((1, "s"), (1e3, "ms")):
        if seconds * factor >= 1:
            return f"{seconds * factor:,.3g} {unit}" if seconds < THOUSAND else f"{seconds:,.0f} s"
    return f"{seconds * 1e6:.3g} µs"


def measure(
    doc: str | None,
    cases: Cases,
    *,
    sizes: Sequence[int],
    small: Sequence[int],
    rounds: int = 5,
) -> None:
    """Measure what the command line asks for, print the table, and keep the raw records."""
    parser = argparse.ArgumentParser(
        description=doc, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--sizes", "--requests", type=int, nargs="+", default=(), help=f"default {sizes}"
    )
    parser.add_argument("--rounds", type=int, default=0, help=f"default {rounds}")
    parser.add_argument("--postgres", default="", help="address of a PostgreSQL server")
    parser.add_argument("--small", action="store_true", help="prove only that it runs")
    parser.add_argument("--into", type=Path, help=f"default {RAW.relative_to(ROOT)}, none if small")
    told = parser.parse_args()
    asked = Asked(
        sorted(told.sizes or (small if told.small else sizes)),
        told.rounds or (1 if told.small else rounds),
        told.postgres,
        told.small,
        told.into or (None if told.small else RAW),
    )
    run, found = _Run(asked, Path(sys.argv[0]).stem), list[Figure]()
    for size in asked.sizes:
        for case in cases(size, asked):
            figures = run.figures(case, size)
            found += figures
            keep(figures, asked.into)
            sys.stderr.write(f"{size:,}: {case.name}\n")
    sys.stdout.write(f"墙钟 · 处理器，{asked.rounds}轮\n\n{report(found)}\n")


def keep(figures: Iterable[Figure], into: Path | None) -> None:
    """Append the raw records."""
    if into is not None:
        with into.open("a", encoding="utf-8") as file:
            for one in figures:
                file.write(json.dumps(asdict(one), ensure_ascii=False) + "\n")
