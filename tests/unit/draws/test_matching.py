"""The matching behind the assignment: which of several balanced answers ``draw/1`` means."""

import pytest

from supervision_core.draws.model.matching import Group, Matching, fill, least_cap

A, B, C, D, E = range(5)
PLENTY = 9


def _balanced(groups: list[Group], prior: list[int]) -> Matching:
    matching = Matching(groups, prior, PLENTY)
    assert matching.fill() is None
    matching.balance()
    return matching


@pytest.mark.parametrize(
    ("groups", "prior", "holder", "load"),
    [
        pytest.param(
            [Group(0, 1, [A, B]), Group(1, 1, [A, C]), Group(2, 1, [A, D])],
            [0, 0, 0, 0],
            [B, C, A],
            [1, 1, 1, 0],
            id="again from where a path began",
        ),
        pytest.param(
            [Group(0, 1, [A, B]), Group(1, 1, [B, C])],
            [4, 2, 0],
            [B, C],
            [4, 3, 1],
            id="on from where a path ended",
        ),
        pytest.param(
            [Group(n, 1, [A, B]) for n in range(4)],
            [0, 0],
            [B, B, A, A],
            [2, 2],
            id="the only two again and again",
        ),
        pytest.param(
            [Group(0, 1, [A, B]), Group(1, 1, [A, C])],
            [1, 0, 0],
            [B, C],
            [1, 1, 1],
            id="two who are free alike",
        ),
    ],
)
def test_no_path_is_left(
    groups: list[Group], prior: list[int], holder: list[int], load: list[int]
) -> None:
    """Paths are applied until none is left, whoever they begin and end with."""
    matching = _balanced(groups, prior)
    assert matching.holder == holder
    assert matching.load == load


def test_a_path_through_another_group_of_the_visit() -> None:
    """Who is on the visit already takes a place over and gives his own up, to a third officer."""
    matching = _balanced([Group(0, 1, [A, B]), Group(0, 1, [B, C])], [1, 1, 0])
    assert matching.holder == [B, C]
    assert matching.load == [1, 2, 1]


def test_no_path_goes_in_circles() -> None:
    """Three groups of a visit that could exchange their officers for ever end the search."""
    around = [Group(0, 1, [A, B]), Group(0, 1, [B, C]), Group(0, 1, [B, C])]
    matching = _balanced([*around, Group(1, 1, [D, E])], [1, 0, 0, 0, 0])
    assert matching.holder == [A, C, B, D]


def test_who_was_passed_by_still_gives_up_other_visits() -> None:
    """A path that could not go on through an officer's one place says nothing of his others."""
    matching = _balanced([Group(0, 1, [A, B]), Group(0, 1, [B]), Group(1, 1, [B, C])], [2, 0, 0])
    assert matching.holder == [A, B, C]


def test_places_of_a_group_are_filled_in_order() -> None:
    """A place of a group never takes over the officer of another place of the same group."""
    matching = Matching([Group(0, 2, [A, B])], [0, 0], PLENTY)
    assert matching.fill() is None
    assert matching.holder == [A, B]


def test_the_cap_climbs_no_further_than_it_must() -> None:
    """Where the bound on all is too low, the blocking set's own bound is the next to be tried."""
    matching, violator = fill(
        [Group(0, 1, [A]), Group(1, 1, [A]), Group(2, 1, [B, C])], [0, 0, 0], None
    )
    assert violator is None
    assert matching.cap == 2


def test_demands_without_anybody() -> None:
    """Where there is no officer at all, the first demand is what cannot be met."""
    _, violator = fill([Group(0, 1, []), Group(1, 1, [])], [], None)
    assert violator is not None
    assert violator.places == {0}
    assert not violator.officers
    assert violator.needed == 1
    assert fill([], [], None)[1] is None


@pytest.mark.parametrize(
    ("groups", "prior", "expected"),
    [
        ([Group(0, 2, [A, B]), Group(1, 1, [B])], [0, 0, 7], 2),
        ([Group(0, 1, [C])], [0, 0, 7], 8),
        ([Group(0, 1, [])], [3], 0),
        ([], [3], 0),
    ],
)
def test_least_cap(groups: list[Group], prior: list[int], expected: int) -> None:
    """The bound counts every place, and the loads of those alone who are wanted somewhere."""
    assert least_cap(groups, prior) == expected
