"""Small problems of officers for picks that were corrected by hand."""

from collections.abc import Mapping
from datetime import date
from random import Random  # noqa: TID251 - examples, by their number

from attrs import evolve, frozen

from supervision_core.draws.model.assignment import DemandsUnmet
from supervision_core.draws.model.in_turn import (
    Correction,
    Course,
    Withdrawal,
    assign_in_turn,
)
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
Officers = Mapping[str, frozenset[str]]


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


def officers_of(course: Course, asked: Case) -> Officers | None:
    """Give who goes where by a course of a case, or none where officers do not suffice."""
    try:
        found = assign_in_turn(asked.seed, asked.staffing, course)
    except DemandsUnmet:
        return None
    return {one.id: frozenset(one.officers) for one in found.visits}


def withdrawn(asked: Case, number: int) -> Case:
    """Let a few officers withdraw from firms, most of them from one to whom they were to go."""
    luck, steps = Random(number), list[Withdrawal]()  # noqa: S311 - examples
    made = len(asked.course.corrections)
    for after in sorted(luck.randint(0, made) for _ in range(luck.randint(1, 3))):
        known = officers_of(evolve(asked.course, withdrawals=tuple(steps)), asked) or {}
        pairs = [(one, subject) for subject, those in known.items() for one in sorted(those)]
        officer, subject = luck.choice(pairs or [("o0", asked.course.picks[0])])
        if luck.random() < 0.2:
            officer = luck.choice([one.id for one in asked.staffing.inspectors])
        steps.append(Withdrawal(officer, subject, after))
    return evolve(asked, course=evolve(asked.course, withdrawals=tuple(steps)))
