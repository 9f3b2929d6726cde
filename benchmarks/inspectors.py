# ruff: noqa: PLR2004 - an example made of literal values
"""Inspectors for visits, out of half as many officers more, every constraint.

    python -m benchmarks.inspectors [--sizes 500 2000 8000]

Sizes are given as visits and reported as pairs of a visit and an officer, so that an exponent of 1
is linear in the pairs that have to be ranked. The compiled code hashes on every processor where it
is installed and worth it; loading it is counted, compiling it for the first time too.

Certificates by matter and region, some expired; recusals; workloads from before; groups. That no
better spread exists is proven in the unit tests, which try every assignment of small problems;
here the search ends only where no improving path is left.
"""

import random  # noqa: TID251 - seeded examples
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial

from benchmarks._measuring import Asked, Case, Sample, measure, timed

from adapters.ranking.sifting import FastSifter
from supervision_core.draws.model.assignment import assign
from supervision_core.draws.model.ranking import Sift, sift
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


def assigned(problem: Staffing, by: Sift) -> Sample:
    """Assign, and count officers by how far they are from the busiest."""
    found = []
    taken = timed(lambda: found.append(assign(b"s" * 32, problem, by)))
    loads = Counter(found[0].loads.values())
    idle = {"最大工作量": found[0].cap, "没有任务的人数": loads[0]}
    return Sample(taken.wall, taken.processor, idle)


def cases(size: int, _asked: Asked) -> Iterator[Case]:
    """Give one case a problem."""
    made = partial(staffing, visits=size, officers=size * 3 // 2)
    problems = {
        "10个部门中的2个，各1人": made(10, two_departments, before=0),
        "30个部门中的2个，各1人": made(30, two_departments, before=0),
        "全部人员中2人": made(10, out_of_all(2), before=0),
        "全部人员中3人": made(10, out_of_all(3), before=0),
        "全部人员中3人，原有工作量不等": made(10, out_of_all(3), before=3),
        "部门组互相重叠，原有工作量不等": made(10, overlapping, before=2),
    }
    for name, problem in problems.items():
        ways = {
            "标准库": partial(assigned, problem, sift),
            "编译": partial(assigned, problem, FastSifter()),
        }
        yield Case(name, ways, size=size * len(problem.inspectors))


if __name__ == "__main__":
    measure(__doc__, cases, sizes=(500, 2_000, 8_000), small=(200, 300), rounds=3)
