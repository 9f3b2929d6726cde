"""``draw/1`` step 5: the assignment that the text defines, complete and balanced."""

import json
import runpy
from collections.abc import Callable, Iterable
from datetime import date
from itertools import combinations, product
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from supervision_core.draws.model import assignment
from supervision_core.draws.model.assignment import DemandsUnmet, assign
from supervision_core.draws.model.matching import Group, Matching, cap_for, fill, least_cap
from supervision_core.draws.model.ranking import sm3_of
from supervision_core.draws.model.shortage import Remedy
from supervision_core.draws.model.staffing import (
    Bar,
    Certificate,
    Demand,
    Ground,
    Inspector,
    Recusal,
    Staffing,
    StaffingUnusable,
    Ties,
    Visit,
    certificate_bar,
    recusals,
)
from supervision_core.kernel.plain import to_plain

SCRIPT = runpy.run_path(str(Path(__file__).parents[3] / "docs" / "verify_draw.py"))
by_the_script: Callable[[Any, bytes], dict[str, set[str]]] = SCRIPT["assignment"]
DAY = date(2026, 11, 24)
CERTIFICATE = Certificate(
    frozenset({"m"}), frozenset({"450100"}), date(2026, 1, 1), date(2026, 12, 31)
)
SEED = b"\x11" * 32


def _inspectors(count: int, department: str = "d") -> tuple[Inspector, ...]:
    return tuple(Inspector(f"{department}{n}", department, (CERTIFICATE,)) for n in range(count))


def _visits(count: int, *demands: Demand) -> tuple[Visit, ...]:
    return tuple(
        Visit(f"s{n}", "450103", demands or (Demand(("d",), 2, "m"),)) for n in range(count)
    )


@st.composite
def staffings(draw: st.DrawFn, *, overlapping: bool = True) -> Staffing:
    """Small problems with every constraint."""
    departments = ("d1", "d2", "d3")
    inspectors = tuple(
        Inspector(
            f"o{n}",
            draw(st.sampled_from(departments)),
            (
                Certificate(
                    frozenset(draw(st.sets(st.sampled_from("mn"), min_size=1))),
                    frozenset({draw(st.sampled_from(["450000", "450100", "450200"]))}),
                    DAY,
                    draw(st.sampled_from([DAY, DAY, DAY, date(2026, 1, 1)])),
                ),
            ),
            draw(st.integers(0, 3)),
        )
        for n in range(draw(st.integers(2, 9)))
    )
    visits = []
    for n in range(draw(st.integers(1, 6))):
        if overlapping:
            demands = tuple(
                Demand(
                    tuple(draw(st.sets(st.sampled_from(departments), min_size=1))),
                    draw(st.integers(1, 2)),
                    draw(st.sampled_from("mn")),
                )
                for _ in range(2)
            )
        else:
            one, other = draw(st.permutations(departments))[:2]
            demands = (Demand((one,), 1, "m"), Demand((other,), 1, "n"))
        visits.append(Visit(f"s{n}", draw(st.sampled_from(["450103", "450203"])), demands))
    barred = draw(st.sets(st.tuples(st.integers(0, 8), st.integers(0, 5)), max_size=4))
    return Staffing(
        DAY,
        tuple(visits),
        inspectors,
        tuple(Recusal(f"o{o}", f"s{s}", Ground.REQUEST) for o, s in sorted(barred)),
    )


def _answer(seed: bytes, staffing: Staffing) -> dict[str, set[str]] | None:
    try:
        return {each.id: set(each.officers) for each in assign(seed, staffing).visits}
    except DemandsUnmet:
        return None


def _script_answer(seed: bytes, staffing: Staffing) -> dict[str, set[str]] | None:
    try:
        return by_the_script(json.loads(json.dumps(to_plain(staffing))), seed)
    except AssertionError:
        return None


def test_the_script_exceeds_no_cap_either() -> None:
    """Six places and two officers: with three each there is an answer, with two each none."""
    asked = Staffing(DAY, _visits(3), _inspectors(2), cap=3)
    assert _script_answer(SEED, asked) is not None
    assert _script_answer(SEED, evolve(asked, cap=2)) is None


@settings(max_examples=250, deadline=None)
@given(staffings(), st.binary(min_size=32, max_size=32))
def test_equal_to_the_second_implementation(staffing: Staffing, seed: bytes) -> None:
    """The assignment is the one that a plain script written from the text alone computes."""
    assert _answer(seed, staffing) == _script_answer(seed, staffing)


@settings(deadline=None)
@given(staffings(), st.binary(min_size=32, max_size=32))
def test_put_in_order_at_once_or_when_asked_for(staffing: Staffing, seed: bytes) -> None:
    """How many candidates are put in order at first, and when more, changes nobody."""
    found: list[object] = []
    for first in (assignment.FIRST, 1):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(assignment, "FIRST", first)
            try:
                found.append(assign(seed, staffing))
            except DemandsUnmet as unmet:
                found.append(unmet.shortage)
    assert found[0] == found[1]


@st.composite
def tight_staffings(draw: st.DrawFn) -> Staffing:
    """Hardly enough officers: long paths, many steps back, caps that must climb."""
    officers = draw(st.integers(3, 7))
    departments = draw(st.sampled_from([("d1",), ("d1", "d2")]))
    inspectors = tuple(
        Inspector(
            f"o{n}",
            draw(st.sampled_from(departments)),
            (evolve(CERTIFICATE, matters=frozenset(draw(st.sampled_from(["m", "mn", "mn"])))),),
            draw(st.integers(0, 4)),
        )
        for n in range(officers)
    )
    shapes = st.sampled_from(
        [
            (Demand(departments, 2, "m"),),
            (Demand(departments, 3, "m"),),
            (Demand(departments, 1, "n"), Demand(departments, 1, "m")),
            (Demand(departments[:1], 1, "m"), Demand(departments, 2, "n")),
        ]
    )
    visits = tuple(Visit(f"s{n}", "450103", draw(shapes)) for n in range(draw(st.integers(4, 9))))
    barred = draw(st.sets(st.tuples(st.integers(0, 6), st.integers(0, 8)), max_size=6))
    recused = tuple(Recusal(f"o{o}", f"s{s}", Ground.REQUEST) for o, s in sorted(barred))
    return Staffing(DAY, visits, inspectors, recused)


@settings(max_examples=250, deadline=None)
@given(tight_staffings(), st.binary(min_size=32, max_size=32), st.sampled_from([1, 2, 128]))
def test_equal_to_the_second_implementation_where_it_is_tight(
    staffing: Staffing, seed: bytes, first: int
) -> None:
    """So it is where paths are long, turn back and go through several groups of a visit."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(assignment, "FIRST", first)
        assert _answer(seed, staffing) == _script_answer(seed, staffing)


def test_hardly_anybody_is_put_in_order() -> None:
    """Of a thousand candidates of a visit only the first are ranked and sorted."""
    ranked: list[int] = []

    def counted(prefix: bytes, parts: Iterable[bytes]) -> list[bytes]:
        listed = list(parts)
        ranked.append(len(listed))
        return sm3_of(prefix, listed)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(assignment, "sm3_of", counted)
        made = assign(SEED, Staffing(DAY, _visits(5), _inspectors(1000)))
    assert len(ranked) == len(made.visits)
    assert max(ranked) < 2 * assignment.FIRST


def test_nobody_is_put_in_order_where_nobody_is_left_to_try() -> None:
    """That a department has too few officers is seen without ranking all for every visit."""
    ranked: list[int] = []

    def counted(prefix: bytes, parts: Iterable[bytes]) -> list[bytes]:
        listed = list(parts)
        ranked.append(len(listed))
        return sm3_of(prefix, listed)

    short = Staffing(DAY, _visits(300, Demand(("d",), 3, "m")), _inspectors(299), cap=3)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(assignment, "sm3_of", counted)
        with pytest.raises(DemandsUnmet):
            assign(SEED, short)
    assert sum(each == len(short.inspectors) for each in ranked) < len(short.visits) / 10


@settings(max_examples=100, deadline=None)
@given(staffings(overlapping=False), st.binary(min_size=32, max_size=32), st.randoms())
def test_order_blind(staffing: Staffing, seed: bytes, randoms: Any) -> None:
    """The order of visits, groups, inspectors and recusals plays no part."""

    def mixed(values: tuple[Any, ...]) -> tuple[Any, ...]:
        shuffled = list(values)
        randoms.shuffle(shuffled)
        return tuple(shuffled)

    other = evolve(
        staffing,
        visits=tuple(evolve(it, demands=mixed(it.demands)) for it in mixed(staffing.visits)),
        inspectors=mixed(staffing.inspectors),
        recusals=mixed(staffing.recusals),
    )
    assert _answer(seed, staffing) == _answer(seed, other)


@st.composite
def problems(draw: st.DrawFn) -> tuple[list[Group], list[int]]:
    """Small matchings, small enough to try everything."""
    officers = draw(st.integers(1, 4))
    groups = []
    for visit in range(draw(st.integers(1, 3))):
        for _ in range(draw(st.integers(1, 2))):
            some = draw(st.sets(st.integers(0, officers - 1)))
            groups.append(
                Group(visit, draw(st.integers(1, 2)), draw(st.permutations(sorted(some))))
            )
    return groups, [draw(st.integers(0, 2)) for _ in range(officers)]


def _all_loads(groups: list[Group], prior: list[int]) -> list[list[int]]:
    """Every way to meet the demands, as the loads that it gives."""
    found = []
    for chosen in product(*(combinations(sorted(it.first), it.count) for it in groups)):
        pairs = [
            (group.visit, each) for group, some in zip(groups, chosen, strict=True) for each in some
        ]
        if len(set(pairs)) == len(pairs):
            loads = prior.copy()
            for _, each in pairs:
                loads[each] += 1
            found.append(loads)
    return found


@settings(max_examples=400, deadline=None)
@given(problems(), st.one_of(st.none(), st.integers(1, 4)))
def test_cap_and_balance_are_the_best_there_are(
    problem: tuple[list[Group], list[int]], limit: int | None
) -> None:
    """Against every assignment tried out: the least cap, then the least sum of squared loads."""
    groups, prior = problem
    useful = {each for group in groups for each in group.first}

    def cap(loads: list[int]) -> int:
        return max((loads[each] for each in useful if loads[each] > prior[each]), default=0)

    ways = [each for each in _all_loads(groups, prior) if limit is None or cap(each) <= limit]
    matching, violator = fill(groups, prior, limit)
    assert (violator is None) == bool(ways)
    if violator:
        room = sum(max(0, matching.cap - prior[each]) for each in violator.officers)
        assert room == violator.needed - 1
        return
    assert max(cap(matching.load), least_cap(groups, prior)) <= matching.cap
    assert all(cap(each) >= cap(matching.load) or cap(each) >= matching.cap for each in ways)
    assert matching.cap <= max(min(cap(each) for each in ways), least_cap(groups, prior))
    matching.balance()
    within = [each for each in ways if cap(each) <= matching.cap]
    assert sum(it * it for it in matching.load) == min(sum(it * it for it in x) for x in within)
    for place, officer in enumerate(matching.holder):
        assert officer in groups[matching.group_of[place]].first
        assert place in matching.held[officer]


@pytest.mark.parametrize(
    ("wanted", "prior", "expected"),
    [
        (0, [1, 2], 0),
        (3, [], 0),
        (1, [5], 6),
        (4, [0, 0], 2),
        (5, [0, 0], 3),
        (3, [0, 3], 3),
        (4, [0, 3], 4),
        (5, [3, 0], 4),
        (6, [0, 1, 9], 4),
        (1, [0, 0, 0], 1),
    ],
)
def test_cap_for(wanted: int, prior: list[int], expected: int) -> None:
    """The cap at which officers with these loads can take so many more."""
    assert cap_for(wanted, prior) == expected


def test_first_assignment_is_kuhns() -> None:
    """Places in order, depth first: a full officer's place moves on before the next candidate."""
    groups = [Group(0, 1, [0, 1]), Group(1, 1, [0, 2])]
    matching = Matching(groups, [0, 0, 0], 1)
    assert matching.fill() is None
    assert matching.holder == [1, 0]
    assert matching.load == [1, 1, 0]


def test_officer_counts_once_per_visit() -> None:
    """Two groups of a visit never share an officer; one gives way where only it can."""
    matching, violator = fill([Group(0, 1, [0, 1]), Group(0, 1, [0])], [0, 0], None)
    assert violator is None
    assert matching.holder == [1, 0]
    _, violator = fill([Group(0, 1, [0]), Group(0, 1, [0])], [0], None)
    assert violator is not None
    assert violator.places == {0, 1}
    assert violator.needed == 1


def test_loads_and_cap_count_what_officers_had() -> None:
    """Workloads from before are part of the loads that are balanced."""
    busy = (evolve(_inspectors(1)[0], workload=3), *_inspectors(4)[1:])
    found = assign(SEED, Staffing(DAY, _visits(3), busy))
    assert found.loads == {"d0": 3, "d1": 2, "d2": 2, "d3": 2}
    assert found.cap == 2
    assert [len(each.officers) for each in found.visits] == [2, 2, 2]
    assert all(list(each.officers) == sorted(each.officers) for each in found.visits)


@pytest.mark.parametrize(
    ("matter", "region", "day", "expected"),
    [
        ("m", "450103", date(2026, 1, 1), None),
        ("m", "450103", date(2026, 12, 31), None),
        ("m", "450103", date(2027, 1, 1), Bar.EXPIRED),
        ("m", "450103", date(2025, 12, 31), Bar.EXPIRED),
        ("x", "450103", DAY, Bar.MATTER),
        ("m", "450203", DAY, Bar.REGION),
        ("m", "450100", DAY, None),
    ],
)
def test_certificates(matter: str, region: str, day: date, expected: Bar | None) -> None:
    """A certificate admits to its matters, within its regions, on its days, ends included."""
    assert certificate_bar(_inspectors(1)[0], matter, region, day) is expected


def test_one_certificate_must_cover_all() -> None:
    """Matter, region and day are covered by one and the same certificate."""
    old = evolve(CERTIFICATE, valid_until=date(2026, 2, 1))
    elsewhere = evolve(CERTIFICATE, regions=frozenset({"450200"}))
    assert certificate_bar(Inspector("o", "d", (old, elsewhere)), "m", "450103", DAY) is Bar.EXPIRED
    assert certificate_bar(Inspector("o", "d", (old, CERTIFICATE)), "m", "450103", DAY) is None
    assert certificate_bar(Inspector("o", "d", ()), "m", "450103", DAY) is Bar.MATTER


def test_recusals_from_ties() -> None:
    """Declared interest (by either side), same address, same legal person, granted request."""
    officers = {
        "o1": Ties(interests=frozenset({"s1"}), addresses=frozenset({"x"})),
        "o2": Ties(legal_persons=frozenset({"p"})),
        "o3": Ties(addresses=frozenset({"y"})),
    }
    subjects = {
        "s1": Ties(legal_persons=frozenset({"p"})),
        "s2": Ties(addresses=frozenset({"x"}), interests=frozenset({"o3"})),
    }
    found = recusals(officers, subjects, [("o3", "s1")])
    assert [(each.officer, each.subject, each.ground) for each in found] == [
        ("o1", "s1", Ground.INTEREST),
        ("o1", "s2", Ground.ADDRESS),
        ("o2", "s1", Ground.LEGAL_PERSON),
        ("o3", "s1", Ground.REQUEST),
        ("o3", "s2", Ground.INTEREST),
    ]


def test_the_recused_do_not_inspect() -> None:
    """A recused officer is given to others only."""
    staffing = Staffing(DAY, _visits(4), _inspectors(3), (Recusal("d0", "s2", Ground.INTEREST),))
    found = {each.id: each.officers for each in assign(SEED, staffing).visits}
    assert found["s2"] == ("d1", "d2")


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"cap": 0}, [("draws.cap_unusable", "cap")]),
        ({"inspectors": _inspectors(2) * 2}, [("draws.id_repeated", "inspectors")] * 2),
        ({"inspectors": (Inspector("", "d", ()),)}, [("draws.id_missing", "inspectors")]),
        (
            {"inspectors": (*_inspectors(2), Inspector("x", "d", (), -1))},
            [("draws.workload_negative", "inspectors[2].workload")],
        ),
        ({"visits": _visits(1) * 2}, [("draws.id_repeated", "visits")]),
        (
            {"visits": (Visit("s\n", "450103", _visits(1)[0].demands),)},
            [("draws.id_unusable", "visits")],
        ),
        (
            {"visits": _visits(1, Demand(("d",), 1, "m"))},
            [("draws.too_few_officers", "visits[0].demands")],
        ),
        (
            {"visits": _visits(1, Demand((), 2, "m"))},
            [("draws.demand_unusable", "visits[0].demands")],
        ),
        (
            {"visits": _visits(1, Demand(("d",), 0, "m"), Demand(("d",), 2, "m"))},
            [("draws.demand_unusable", "visits[0].demands")],
        ),
        (
            {"visits": _visits(1, Demand(("d",), 1001, "m"))},
            [("draws.demand_unusable", "visits[0].demands")],
        ),
        (
            {"visits": _visits(1, Demand(("d", "d"), 2, "m"))},
            [("draws.department_repeated", "visits[0].demands")],
        ),
    ],
)
def test_unusable_inputs(changes: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    """Contradictory inputs, and fewer than two officers a visit, are refused with every reason."""
    staffing = evolve(Staffing(DAY, _visits(1), _inspectors(2)), **changes)
    with pytest.raises(StaffingUnusable) as refused:
        assign(SEED, staffing)
    assert [(each.code, each.at) for each in refused.value.violations] == expected
    assert refused.value.code == "draws.staffing_unusable"


def _unmet(staffing: Staffing) -> DemandsUnmet:
    with pytest.raises(DemandsUnmet) as refused:
        assign(SEED, staffing)
    assert [each.code for each in refused.value.violations] == ["draws.officers_short"]
    return refused.value


def test_shortage_by_cap() -> None:
    """A cap that is too low: named with what it leaves, and the cap that would do."""
    shortage = _unmet(Staffing(DAY, _visits(3), _inspectors(2), cap=2)).shortage
    assert shortage.officers == ("d0", "d1")
    assert set(shortage.visits) == {"s0", "s1", "s2"}
    assert shortage.departments == ("d",)
    assert shortage.needed == shortage.available + 1
    by_remedy = {each.remedy: each for each in shortage.offers}
    assert set(by_remedy) == {Remedy.RAISE_CAP, Remedy.POSTPONE_VISITS}
    assert by_remedy[Remedy.RAISE_CAP].cap == 3
    assert len(by_remedy[Remedy.POSTPONE_VISITS].visits) == 1


def test_shortage_by_certificates_and_departments() -> None:
    """Who is kept out is named by constraint; only remedies that suffice are offered."""
    expired = evolve(CERTIFICATE, valid_until=date(2026, 1, 2))
    narrow = evolve(CERTIFICATE, matters=frozenset({"other"}))
    inspectors = (
        Inspector("d0", "d", (CERTIFICATE,)),
        Inspector("d1", "d", (expired,)),
        Inspector("d2", "d", (narrow,)),
        Inspector("d3", "d", (CERTIFICATE,), workload=9),
        Inspector("e0", "e", (CERTIFICATE,)),
        Inspector("e1", "e", (narrow,)),
        Inspector("d4", "d", (CERTIFICATE,)),
    )
    recused = (Recusal("d4", "s0", Ground.INTEREST),)
    refused = _unmet(Staffing(DAY, _visits(1), inspectors, recused, cap=9))
    shortage = refused.shortage
    assert {each.bar: each.officers for each in shortage.barred} == {
        Bar.EXPIRED: ("d1",),
        Bar.MATTER: ("d2",),
        Bar.RECUSED: ("d4",),
        Bar.BUSY: ("d3",),
    }
    assert {each.remedy: (each.cap, each.officers, each.visits) for each in shortage.offers} == {
        Remedy.RAISE_CAP: (10, (), ()),
        Remedy.RENEW_CERTIFICATES: (None, ("d1",), ()),
        Remedy.WIDEN_CERTIFICATES: (None, ("d2",), ()),
        Remedy.LEND_OFFICERS: (None, ("e0",), ()),
        Remedy.REPLACE_RECUSED: (None, ("d4",), ("s0",)),
        Remedy.POSTPONE_VISITS: (None, (), ("s0",)),
    }
    assert refused.violations[0].data == {
        "visits": 1,
        "departments": "d",
        "needed": shortage.needed,
        "available": shortage.available,
    }


def test_remedies_that_do_not_suffice_are_not_offered() -> None:
    """One renewed certificate is no offer where two officers are missing."""
    expired = evolve(CERTIFICATE, valid_until=date(2026, 1, 2))
    shortage = _unmet(Staffing(DAY, _visits(1), (Inspector("d1", "d", (expired,)),))).shortage
    assert [each.remedy for each in shortage.offers] == [Remedy.POSTPONE_VISITS]


POSTPONE: dict[Remedy, tuple[str, ...]] = {Remedy.POSTPONE_VISITS: ()}


def _offered(staffing: Staffing) -> dict[Remedy, tuple[str, ...]]:
    return {each.remedy: each.officers for each in _unmet(staffing).shortage.offers}


def test_each_shortage_by_itself() -> None:
    """A remedy is offered where it unblocks the blocking set, though other visits stay blocked."""
    narrow = evolve(CERTIFICATE, regions=frozenset({"450200"}))
    staffing = Staffing(
        DAY,
        tuple(Visit(f"s-{it}", "450103", (Demand((it,), 2, it),)) for it in "de"),
        tuple(
            Inspector(f"{it}{n}", it, (evolve(certificate, matters=frozenset({it})),))
            for it in "de"
            for n, certificate in enumerate((CERTIFICATE, narrow))
        ),
    )
    (blocked,) = _unmet(staffing).shortage.departments
    assert _offered(staffing) == {Remedy.WIDEN_CERTIFICATES: (f"{blocked}1",), **POSTPONE}


def test_a_certificate_that_is_not_valid_yet() -> None:
    """A certificate that begins later than the day is one to renew, too."""
    later = evolve(CERTIFICATE, valid_from=date(2026, 11, 25))
    inspectors = (*_inspectors(1), Inspector("d1", "d", (later,)))
    staffing = Staffing(DAY, _visits(1), inspectors)
    assert _offered(staffing) == {Remedy.RENEW_CERTIFICATES: ("d1",), **POSTPONE}


def test_no_remedy_does_the_work_of_another() -> None:
    """With two officers missing, each for a reason of his own, no remedy alone is offered."""
    elsewhere = evolve(CERTIFICATE, regions=frozenset({"450200"}))
    expired = evolve(CERTIFICATE, valid_until=date(2026, 1, 2))
    inspectors = (
        *_inspectors(2),
        Inspector("d2", "d", (elsewhere,)),
        Inspector("d3", "d", (expired,)),
        Inspector("e0", "e", (CERTIFICATE,)),
    )
    recused = (Recusal("d1", "s0", Ground.INTEREST),)
    staffing = Staffing(DAY, _visits(1, Demand(("d",), 3, "m")), inspectors, recused)
    assert _offered(staffing) == POSTPONE
