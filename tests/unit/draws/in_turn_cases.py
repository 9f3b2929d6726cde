"""Small problems of officers for picks that were corrected by hand."""

from datetime import date
from random import Random  # noqa: TID251 - examples, by their number

from attrs import frozen

from supervision_core.draws.model.in_turn import Correction, Course
from supervision_core.draws.model.staffing import (
    Certificate,
    Demand,
    Ground,
    Inspector,
    Recusal,
    Staffing,
    Visit,
)

_DAY = date(2026, 11, 24)
_FIRMS = tuple(f"s{n}" for n in range(8))


@frozen
class Case:
    """A seed, what officers are assigned from, and who came and left."""

    seed: bytes
    staffing: Staffing
    course: Course


def case(number: int) -> Case:
    """Give a problem by its number, scarce officers in about every second."""
    luck = Random(number)  # noqa: S311 - examples
    places = list(_FIRMS)
    luck.shuffle(places)
    picks, outside = places[: luck.randint(2, 4)], places[4:]
    here, corrections = list(picks), list[Correction]()
    for _ in range(luck.randint(1, 4)):
        left = luck.choice(here) if here and luck.random() < 0.5 else None
        came = outside.pop() if outside and (left is None or luck.random() < 0.7) else None
        if left is None and came is None:
            continue
        corrections.append(Correction(left, came))
        here = [one for one in [*here, came] if one not in (left, None)]
    certificate = Certificate(frozenset({"m"}), frozenset({"450000"}), _DAY, _DAY)
    inspectors = tuple(
        Inspector(f"o{n}", luck.choice(("d1", "d2")), (certificate,), luck.randint(0, 2))
        for n in range(luck.randint(4, 9))
    )
    course = Course(tuple(picks), tuple(corrections))
    kinds = (
        (Demand(("d1", "d2"), 2, "m"),),
        (Demand(("d1",), 1, "m"), Demand(("d1", "d2"), 1, "m")),
    )
    staffing = Staffing(
        day=_DAY,
        visits=tuple(Visit(one, "450103", luck.choice(kinds)) for one in course.subjects),
        inspectors=inspectors,
        recusals=tuple(
            Recusal(one.id, luck.choice(course.subjects), Ground.INTEREST)
            for one in inspectors[: luck.randint(0, 3)]
        ),
        cap=luck.choice((None, 3, 4)),
    )
    return Case(luck.randbytes(32), staffing, course)
