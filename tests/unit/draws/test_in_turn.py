"""``draw/2`` step 5: hands that correct a draw move nobody else's officers."""

import json
import runpy
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from supervision_core.draws.model.assignment import Assignment, DemandsUnmet, assign
from supervision_core.draws.model.in_turn import (
    Correction,
    Course,
    Withdrawal,
    assign_in_turn,
)
from supervision_core.draws.model.staffing import Ground, Recusal, Staffing
from supervision_core.kernel.canonical import sm3
from supervision_core.kernel.plain import to_plain

from .in_turn_cases import Case, Officers, case, officers_of, withdrawn
from .test_assignment import DAY, SEED, _inspectors, _visits

SCRIPT = runpy.run_path(str(Path(__file__).parents[3] / "docs" / "verify_draw.py"))
by_the_script: Callable[..., dict[str, set[str]]] = SCRIPT["in_turn"]
Rule = Callable[[bytes, Staffing, Course], Assignment]


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


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 2**32))
def test_who_withdraws_moves_nobody_else(number: int) -> None:
    """The last recusal changes one officer of one firm; whoever comes is the first by lot."""
    asked = withdrawn(evolve(case(number), course=Course(case(number).course.subjects)), number)
    *before, last = asked.course.withdrawals
    former = officers_of(evolve(asked.course, withdrawals=tuple(before)), asked)
    found = officers_of(asked.course, asked)
    if former is None or found is None:
        return
    left = {one: former[one] - found[one] for one in former}
    expected = {last.officer} & former[last.subject]
    assert {one: those for one, those in left.items() if those} == (
        {last.subject: expected} if expected else {}
    )
    for came in found[last.subject] - former[last.subject]:
        lots = {
            one.id: sm3(asked.seed + b"\x01" + f"{last.subject}\x1f{one.id}".encode())
            for one in asked.staffing.inspectors
        }
        pairs = {(one.officer, one.subject) for one in asked.staffing.recusals}
        pairs |= {(one.officer, one.subject) for one in before}
        barred = former[last.subject].union(one for one, of in pairs if of == last.subject)
        two_of_all = all(len(one.demands) == 1 for one in asked.staffing.visits)
        if asked.staffing.cap is None and two_of_all:
            assert came == min(lots.keys() - barred, key=lambda one: lots[one])


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 2**32))
def test_withdrawals_are_equal_to_the_second_implementation(number: int) -> None:
    """Between corrections too, and where nobody is left to come."""
    asked = withdrawn(case(number), number)
    turns = [
        (one.officer, one.subject, one.after) if isinstance(one, Withdrawal)
        else (one.left, one.came)
        for one in asked.course.steps
    ]  # fmt: skip
    plain: Any = json.loads(json.dumps(to_plain(asked.staffing)))
    found = officers_of(asked.course, asked)
    if found is None:
        with pytest.raises(AssertionError):
            by_the_script(plain, asked.seed, list(asked.course.picks), turns)
    else:
        assert by_the_script(plain, asked.seed, list(asked.course.picks), turns) == found


def test_the_former_rule_moved_others_by_a_recusal() -> None:
    """As one more input of the whole, a recusal of one officer moves those of other firms."""
    moved = False
    for number in range(100):
        asked = evolve(case(number), course=Course(case(number).course.subjects))
        former = officers_of(asked.course, asked)
        for officer in sorted(former[asked.course.picks[0]]) if former else ():
            recused = Recusal(officer, asked.course.picks[0], Ground.REQUEST)
            staffing = evolve(asked.staffing, recusals=(*asked.staffing.recusals, recused))
            found = officers_of(asked.course, evolve(asked, staffing=staffing))
            if former is not None and found is not None:
                moved |= any(former[one] != found[one] for one in asked.course.picks[1:])
    assert moved


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
