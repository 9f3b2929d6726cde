"""``draw/2`` step 5: hands that correct a draw move nobody else's officers."""

import json
import runpy
from collections.abc import Callable, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from supervision_core.draws.model.assignment import Assignment, DemandsUnmet, assign
from supervision_core.draws.model.in_turn import Correction, Course, assign_in_turn
from supervision_core.draws.model.staffing import Staffing
from supervision_core.kernel.plain import to_plain

from .in_turn_cases import Case, case
from .test_assignment import DAY, SEED, _inspectors, _visits

SCRIPT = runpy.run_path(str(Path(__file__).parents[3] / "docs" / "verify_draw.py"))
by_the_script: Callable[..., dict[str, set[str]]] = SCRIPT["in_turn"]
Rule = Callable[[bytes, Staffing, Course], Assignment]
Officers = Mapping[str, frozenset[str]]


def _all_at_once(seed: bytes, staffing: Staffing, course: Course) -> Assignment:
    """Assign all who are selected in the end together, as a ``draw/1`` does."""
    here = list(course.picks)
    for one in course.corrections:
        here = [each for each in [*here, one.came] if each not in (one.left, None)]
    return assign(
        seed, evolve(staffing, visits=tuple(one for one in staffing.visits if one.subject in here))
    )


def _officers(rule: Rule, asked: Case, corrections: int) -> Officers | None:
    course = evolve(asked.course, corrections=asked.course.corrections[:corrections])
    visits = tuple(one for one in asked.staffing.visits if one.subject in course.subjects)
    try:
        found = rule(asked.seed, evolve(asked.staffing, visits=visits), course)
    except DemandsUnmet:
        return None
    return {one.id: frozenset(one.officers) for one in found.visits}


def _moved(rule: Rule, asked: Case) -> list[str]:
    """Give those who stay and whose officers a correction of the case changes."""
    states = [_officers(rule, asked, n) for n in range(len(asked.course.corrections) + 1)]
    return [
        one
        for before, after in pairwise(states)
        if before is not None and after is not None
        for one in before.keys() & after.keys()
        if before[one] != after[one]
    ]


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 2**32))
def test_a_correction_changes_nobody_elses_officers(number: int) -> None:
    """Whoever is added or removed by hand: all who stay keep the officers that they had."""
    assert _moved(assign_in_turn, case(number)) == []


def test_the_former_rule_did_move_others() -> None:
    """Assigned together, the lead's choice of whom to add or remove moves officers of others."""
    assert any(_moved(_all_at_once, case(number)) for number in range(50))


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 2**32))
def test_equal_to_the_second_implementation(number: int) -> None:
    """The script, written from the text alone, finds the same officers, or none as well."""
    asked = case(number)
    found = _officers(assign_in_turn, asked, len(asked.course.corrections))
    turns = [(one.left, one.came) for one in asked.course.corrections]
    plain: Any = json.loads(json.dumps(to_plain(asked.staffing)))
    if found is None:
        with pytest.raises(AssertionError):
            by_the_script(plain, asked.seed, list(asked.course.picks), turns)
    else:
        assert by_the_script(plain, asked.seed, list(asked.course.picks), turns) == found


def test_loads_and_cap_hold_for_who_comes_too() -> None:
    """Who left gives his officers back; who comes finds the others as loaded as they are."""
    staffing = Staffing(DAY, _visits(4), _inspectors(4), cap=1)
    course = Course(("s0", "s1"), (Correction("s0", "s2"),))
    asked = evolve(staffing, visits=staffing.visits[:3])
    found = assign_in_turn(SEED, asked, course)
    assert {one.id for one in found.visits} == {"s1", "s2"}
    assert set(found.loads.values()) == {1}
    with pytest.raises(DemandsUnmet) as refused:
        assign_in_turn(SEED, staffing, Course(("s0", "s1"), (*course.corrections,
                                                             Correction(None, "s3"))))  # fmt: skip
    assert refused.value.shortage.visits == ("s3",)


def test_who_waits_comes_in_where_another_leaves() -> None:
    """Picks beyond the officers there are wait, the last by rank; a removal lets one in."""
    staffing = Staffing(DAY, _visits(3), _inspectors(4), cap=1)
    picks = ("s0", "s1", "s2")
    with pytest.raises(DemandsUnmet):
        assign_in_turn(SEED, staffing, Course(picks))
    for gone in picks:
        found = assign_in_turn(SEED, staffing, Course(picks, (Correction(gone, None),)))
        assert {one.id for one in found.visits} == set(picks) - {gone}
