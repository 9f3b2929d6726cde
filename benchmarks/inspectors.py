# ruff: noqa: PLR2004, T201 - an example made of literal values; its answer is what it prints
"""Inspectors for 2,000 visits out of 3,000 officers, with every constraint.

    python -m benchmarks.inspectors [--visits 2000] [--officers 3000]

Certificates by matter and region, some expired; recusals; workloads from before; groups. That no
better spread exists is proven in the unit tests, which try every assignment of small problems;
here the search ends only where no improving path is left.
"""

import argparse
import random  # noqa: TID251 - seeded examples
import time
from collections import Counter
from collections.abc import Callable
from datetime import date
from functools import partial

from supervision_core.draws.model.assignment import assign
from supervision_core.draws.model.staffing import (
    Certificate,
    Demand,
    Ground,
    Inspector,
    Recusal,
    Staffing,
    Visit,
)

DAY = date(2026, 11, 24)
CITIES = [f"45{city:02}00" for city in range(1, 15)]
Groups = Callable[[random.Random, list[str]], tuple[Demand, ...]]


def two_departments(rng: random.Random, departments: list[str]) -> tuple[Demand, ...]:
    """One officer of each of two departments."""
    one, other = rng.sample(departments, 2)
    return Demand((one,), 1, rng.choice(["m0", "m1"])), Demand((other,), 1, "m2")


def out_of_all(count: int) -> Groups:
    """Ask for so many out of all departments: the most candidates there can be."""
    return lambda rng, departments: (Demand(tuple(departments), count, rng.choice(["m0", "m1"])),)


def overlapping(rng: random.Random, departments: list[str]) -> tuple[Demand, ...]:
    """One officer of one department, and two out of three that may include it."""
    return (
        Demand((rng.choice(departments),), 1, "m0"),
        Demand(tuple(rng.sample(departments, 3)), 2, "m1"),
    )


def staffing(
    departments: int, groups: Groups, *, before: int, visits: int, officers: int
) -> Staffing:
    """Give a seeded problem; ``before`` is the largest workload from elsewhere."""
    rng = random.Random(20_261_124)  # noqa: S311 - an example, not a secret
    names = [f"d{n:02}" for n in range(departments)]
    inspectors = tuple(
        Inspector(
            f"o{n:05}",
            names[n % departments],
            (
                Certificate(
                    frozenset({"m0", "m1", "m2"} if rng.random() < 0.9 else {"m0"}),
                    frozenset(["450000"] if rng.random() < 0.6 else rng.sample(CITIES, 4)),
                    date(2024, 1, 1),
                    date(2027, 1, 1) if rng.random() < 0.95 else date(2026, 1, 1),
                ),
            ),
            rng.randrange(before + 1),
        )
        for n in range(officers)
    )
    wanted = tuple(
        Visit(f"s{n:05}", f"{rng.choice(CITIES)[:4]}03", groups(rng, names)) for n in range(visits)
    )
    recused = {
        (rng.randrange(officers), rng.randrange(visits)) for _ in range(visits * officers // 1000)
    }
    return Staffing(
        DAY,
        wanted,
        inspectors,
        tuple(Recusal(f"o{o:05}", f"s{s:05}", Ground.INTEREST) for o, s in sorted(recused)),
    )


def main() -> None:
    """Print one row a problem."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--visits", type=int, default=2_000)
    parser.add_argument("--officers", type=int, default=3_000)
    made = partial(staffing, **vars(parser.parse_args()))
    cases = {
        "2 of 10 departments, 1 each": made(10, two_departments, before=0),
        "2 of 30 departments, 1 each": made(30, two_departments, before=0),
        "2 out of all": made(10, out_of_all(2), before=0),
        "3 out of all": made(10, out_of_all(3), before=0),
        "3 out of all, busy before": made(10, out_of_all(3), before=3),
        "overlapping groups, busy before": made(10, overlapping, before=2),
    }
    print("| problem | seconds | processor | cap | officers by load |")
    print("|---|---|---|---|---|")
    for name, problem in cases.items():
        began, used = time.perf_counter(), time.process_time()
        found = assign(b"s" * 32, problem)
        taken, busy = time.perf_counter() - began, time.process_time() - used
        loads = ", ".join(
            f"{load}: {n}" for load, n in sorted(Counter(found.loads.values()).items())
        )
        print(f"| {name} | {taken:.2f} | {busy:.2f} | {found.cap} | {loads} |", flush=True)


if __name__ == "__main__":
    main()
