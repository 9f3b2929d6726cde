"""认领时抽取检查人员: setting, seed, replay, and that nothing begins before officers are there."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

import pytest
from attrs import evolve

from supervision_core.draws.model.assignment import DemandsUnmet, assign
from supervision_core.draws.model.staffing import StaffingUnusable
from supervision_core.kernel.canonical import sm3
from supervision_core.kernel.errors import Refused, Violation
from supervision_core.kernel.plain import from_plain, to_plain
from supervision_core.tasks.model.claim_draw import (
    ClaimDraw,
    UnstaffedSubject,
)
from supervision_core.tasks.model.events import OfficersDrawn
from supervision_core.tasks.model.grounds import VisitGround
from supervision_core.tasks.model.opening import PlannedVisit, never_drawn
from supervision_core.tasks.model.presence import CheckIn, OfficersAdjusted
from supervision_core.tasks.model.sheet import Opinion, PartState, StaffedAt, TaskState
from supervision_core.tasks.model.task import (
    VERBS,
    PartRefused,
    Task,
    TaskNotDispatchable,
    TaskRefused,
)
from supervision_core.tasks.model.visit import VERBS as VISIT_VERBS
from supervision_core.tasks.model.visit import (
    OfficerNotReplaced,
    Visit,
    VisitNotOpened,
    VisitNotStarted,
)
from supervision_core.tasks.words import way_out, why_unstaffed
from supervision_core.testing.draws import leaf_at, place
from supervision_core.testing.tasks import (
    FARM,
    INSPECTORS,
    ITEMS,
    LEAD,
    MOMENT,
    claim_draw,
    inspector,
    task_sheet,
    visit_sheet,
)

PLACES = {f"subject-{number}": "450100" for number in range(2, 8)}
DUE = date(2026, 5, 29)
LATER = date(2026, 6, 18)


def codes(refusal: pytest.ExceptionInfo[Refused]) -> list[str]:
    """Give the codes of every reason."""
    return [violation.code for violation in refusal.value.violations]


def drawn(**changes: object) -> ClaimDraw:
    """Give a draw of two officers, of any number of visits each."""
    prepared = evolve(claim_draw(), cap=None, **changes)  # type: ignore[arg-type]
    return completed(prepared, PLACES)


def completed(prepared: ClaimDraw, places: dict[str, str]) -> ClaimDraw:
    """Give it with the leaf, and with whom that draws."""
    seeded = prepared.seeded(leaf_at(7), places)
    return seeded.finished(seeded.replay(places), places)


def sent_out(staffed: StaffedAt = StaffedAt.CLAIM) -> Task:
    """Give a task that waits to be claimed."""
    made = Task.create(id="task-1", sheet=task_sheet(staffed=staffed), at=MOMENT)
    made.skip_consultation()
    made.approve(visits=1, by="head-1", at=MOMENT)
    made.dispatch(
        claim_due=date(2026, 4, 10), published=frozenset({"matter-1"}), visits=1, at=MOMENT
    )
    return made


def unstaffed() -> Visit:
    """Give a visit whose departments draw their officers when they claim."""
    return Visit.open(
        id="visit-1", sheet=visit_sheet(drawn_at_claim=True), officers=(), due_on=DUE, at=MOMENT
    )


def test_the_seed_follows_from_the_leaf_and_the_list() -> None:
    """SM3(value 0x04 SM3(list)): another team, number, day or firm is another seed."""
    kept = drawn()
    assert kept.leaf is not None
    assert kept.leaf.value is not None
    expected = sm3(kept.leaf.value + b"\x04" + kept.listed(PLACES))
    assert kept.seed == expected.hex()
    listed = {
        one.listed(where)
        for one, where in (
            (kept, PLACES),
            (kept, PLACES | {"subject-9": "450100"}),
            (evolve(kept, team="team-2"), PLACES),
            (evolve(kept, department=LEAD), PLACES),
            (evolve(kept, count=2), PLACES),
            (evolve(kept, cap=9), PLACES),
            (evolve(kept, day=LATER), PLACES),
            (evolve(kept, later={}), PLACES),
            (evolve(kept, alone=()), PLACES),
            (evolve(kept, candidates=kept.candidates[:1]), PLACES),
            (evolve(kept, recusals=()), PLACES),
        )
    }
    assert len(listed) == 11


def test_the_list_is_fixed_before_the_leaf_is_known() -> None:
    """What comes afterwards is no part of it: no value, no seed, no result."""
    kept = drawn()
    before = evolve(kept, seed="", leaf=None, result="", unstaffed=())
    assert before.listed(PLACES) == kept.listed(PLACES)
    with pytest.raises(ValueError, match="Leaf"):
        before.seeded(place(7), PLACES)


def test_what_was_drawn_is_drawn_again_from_what_is_kept() -> None:
    """Stored and read, it gives the same officers, in whatever order the visits come."""
    kept = drawn()
    back: ClaimDraw = from_plain(ClaimDraw, to_plain(kept))
    assert back == kept
    first = kept.replay(PLACES)
    assert {len(one.officers) for one in first.visits} == {1}
    assert set(first.loads.values()) == {3}, "as even as can be"
    assert back.replay(dict(reversed(PLACES.items()))) == first
    assert back.holds(PLACES)


@pytest.mark.parametrize(
    "changes",
    [
        {"seed": sm3(b"another").hex()},
        {"leaf": leaf_at(8)},
        {"leaf": leaf_at(7, b"another tree")},
        {"leaf": evolve(leaf_at(7), value=sm3(b""))},
        {"team": "team-2"},
        {"count": 2},
        {"candidates": claim_draw().candidates[:1]},
        {"result": sm3(b"").hex()},
    ],
)
def test_what_was_drawn_otherwise_does_not_hold(changes: dict[str, object]) -> None:
    """Another seed, leaf, team, number, candidate or result is found out; so is another visit."""
    assert not evolve(drawn(), **changes).holds(PLACES)  # type: ignore[arg-type]
    assert not drawn().holds(PLACES | {"subject-9": "450100"})


@pytest.mark.parametrize("changes", [{"cap": 1}, {"cap": 0}, {"count": 0}])
def test_what_can_no_longer_be_drawn_does_not_hold(changes: dict[str, int]) -> None:
    """Numbers that were tampered with are answered as another draw is, not refused."""
    tampered = evolve(drawn(), **changes)  # type: ignore[arg-type]
    assert tampered.again(PLACES) is None
    assert not tampered.holds(PLACES)


@pytest.mark.parametrize(
    ("first", "until", "left"),
    [
        (date(2026, 1, 1), date(2026, 6, 18), []),
        (date(2026, 6, 3), date(2027, 1, 1), ["subject-2"]),
        (date(2026, 1, 1), date(2026, 6, 3), ["subject-3"]),
        (date(2026, 6, 3), date(2026, 6, 17), ["subject-2", "subject-3"]),
    ],
)
def test_who_goes_is_certified_on_the_day_of_the_visit(
    first: date, until: date, left: list[str]
) -> None:
    """Each subject has its own; nobody is kept from one by the day of another."""
    places = dict.fromkeys(("subject-2", "subject-3"), "450100")
    one, other = claim_draw().candidates
    held = evolve(one.certificates[0], valid_from=first, valid_until=until)
    prepared = evolve(
        claim_draw(), later={"subject-3": LATER}, candidates=(evolve(one, certificates=(held,)),)
    )
    assert [(each.subject, each.uncertified) for each in prepared.short(places)] == [
        (subject, 1) for subject in left
    ]
    kept = completed(prepared, places)
    sent = {each.id: each.officers for each in kept.replay(places).visits}
    assert sent == {subject: (one.id,) for subject in places if subject not in left}
    assert kept.holds(places)
    assert from_plain(ClaimDraw, to_plain(kept)) == kept
    both = evolve(prepared, candidates=(*prepared.candidates, other))
    assert both.short(places) == (), "somebody else may go to those"


def test_a_certificate_that_follows_another_is_as_good() -> None:
    """Whichever is good on the day of the visit, in its region."""
    one = claim_draw().candidates[0]
    old = evolve(one.certificates[0], valid_until=date(2026, 6, 2))
    new = evolve(old, valid_from=date(2026, 6, 3), valid_until=LATER)
    places = dict.fromkeys(("subject-2", "subject-3"), "450100")
    renewed = evolve(one, certificates=(old, new))
    prepared = evolve(claim_draw(), later={"subject-3": LATER}, candidates=(renewed,))
    assert prepared.short(places) == ()
    elsewhere = evolve(one, certificates=(old, evolve(new, regions=frozenset({"450200"}))))
    (left,) = evolve(prepared, candidates=(elsewhere,)).short(places)
    assert left.subject == "subject-3"


def test_who_must_withdraw_and_who_has_enough_is_not_drawn() -> None:
    """Recusals and caps hold at the claim; where too few have room, the shortage is told."""
    own = claim_draw()
    (one,) = own.replay({"subject-1": "450100"}).visits
    assert one.officers == ("officer-2",)
    with pytest.raises(DemandsUnmet) as unmet:
        own.replay(PLACES)
    assert codes(unmet) == ["draws.officers_short"]
    assert unmet.value.shortage.needed > unmet.value.shortage.available


def test_a_subject_for_whom_too_few_may_go_is_left_and_the_others_are_drawn_for() -> None:
    """Whoever must withdraw, or has no good certificate, leaves his subject and no other."""
    places = PLACES | {"subject-1": "450100", "subject-9": "110000"}
    prepared = evolve(claim_draw(), cap=None, count=2)
    kept = completed(prepared, places)
    assert kept.unstaffed == (
        UnstaffedSubject(subject="subject-1", needed=2, fit=1, recused=1, uncertified=0),
        UnstaffedSubject(subject="subject-9", needed=2, fit=0, recused=0, uncertified=2),
    )
    assert {one.id for one in kept.replay(places).visits} == set(PLACES)
    assert kept.holds(places)
    assert not evolve(kept, unstaffed=()).holds(places), "leaving somebody out is found out"
    assert not evolve(kept, unstaffed=kept.unstaffed[:1]).holds(places)


def test_a_full_officer_is_no_reason_to_leave_a_subject() -> None:
    """Caps are raised by whoever draws: they refuse the draw, and leave nobody out."""
    busy = tuple(evolve(one, workload=1) for one in claim_draw().candidates)
    full = evolve(claim_draw(), cap=1, candidates=busy)
    assert full.short(PLACES) == ()
    with pytest.raises(DemandsUnmet):
        full.replay(PLACES)


def test_two_go_where_nobody_else_comes() -> None:
    """Where a department answers alone it sends two at least, elsewhere what it says."""
    some = evolve(claim_draw(), cap=None, alone=("subject-2", "subject-3"))
    sent = {one.id: len(one.officers) for one in some.replay(PLACES).visits}
    assert sent == dict.fromkeys(PLACES, 1) | {"subject-2": 2, "subject-3": 2}
    left = evolve(some, candidates=some.candidates[:1]).short(PLACES)
    assert [(one.subject, one.needed) for one in left] == [("subject-2", 2), ("subject-3", 2)]


@pytest.mark.parametrize(
    ("changes", "told", "helps"),
    [
        ({"recused": 1}, "需派2人，可派的有1人：须回避的1人", "把每户派出的人数减为1人"),
        ({"uncertified": 3}, "没有在2026-05-29有效、含该对象所在区划的执法证的3人", "补充执法证"),
        ({}, "参加抽取的共2人", "换用其他小组或者本部门全部执法人员"),
    ],
)
def test_what_helps_is_said_of_a_subject_without_officers(
    changes: dict[str, int], told: str, helps: str
) -> None:
    """Each reason has its remedy."""
    lack = {"recused": 0, "uncertified": 0} | changes
    one = UnstaffedSubject(subject="subject-1", needed=2, fit=1, **lack)
    assert told in why_unstaffed(one, claim_draw())
    assert helps in way_out(one, claim_draw())
    assert "请牵头部门协调" in way_out(one, claim_draw())


@pytest.mark.parametrize(
    ("alone", "needed", "fit", "fewer"),
    [
        (True, 2, 1, False), (True, 3, 2, True), (False, 2, 1, True), (False, 2, 0, False),
    ],
)  # fmt: skip
def test_sending_fewer_is_advised_where_it_helps(
    needed: int, fit: int, *, alone: bool, fewer: bool
) -> None:
    """Two go at least where nobody else comes, so fewer than two are no way out there."""
    one = UnstaffedSubject(subject="subject-1", needed=needed, fit=fit, recused=0, uncertified=0)
    prepared = evolve(claim_draw(), count=needed, alone=("subject-1",) if alone else ())
    advice = f"把每户派出的人数减为{fit}人"
    assert (advice in way_out(one, prepared)) == fewer


def test_the_day_of_certificates_is_said() -> None:
    """Each firm has its own."""
    one = UnstaffedSubject(subject="subject-1", needed=1, fit=0, recused=0, uncertified=1)
    prepared = evolve(claim_draw(), later={"subject-1": LATER})
    assert "没有在2026-06-18有效" in why_unstaffed(one, prepared)
    assert "没有在2026-05-29有效" in why_unstaffed(evolve(one, subject="subject-2"), prepared)


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"count": 0}, "draws.demand_unusable"), ({"cap": 0}, "draws.cap_unusable")],
)
def test_nobody_is_no_draw(changes: dict[str, object], code: str) -> None:
    """At least one officer goes to each, and each may go somewhere."""
    with pytest.raises(StaffingUnusable) as refusal:
        evolve(claim_draw(), **changes).replay(PLACES)  # type: ignore[arg-type]
    assert code in codes(refusal)


def test_before_dispatch_two_officers_are_still_demanded() -> None:
    """That departments send them together holds of claims alone."""
    kept = drawn()
    with pytest.raises(StaffingUnusable) as refusal:
        assign(bytes.fromhex(kept.seed), kept.staffing(PLACES))
    assert set(codes(refusal)) == {"draws.too_few_officers"}


def test_a_department_claims_with_what_it_draws() -> None:
    """The part keeps it; a second claim is refused by state, and asks nobody to draw."""
    made, kept = sent_out(), drawn()
    made.claim_by_draw(department=FARM, draw=lambda: kept, by="u-2", at=MOMENT)
    part = made.part(FARM)
    assert part is not None
    assert (part.state, part.claimed_by, part.drawn) == (PartState.CLAIMED, "u-2", kept)
    assert made.state is TaskState.IN_PROGRESS
    with pytest.raises(PartRefused) as refusal:
        made.claim_by_draw(department=FARM, draw=pytest.fail, by="u-2", at=MOMENT)
    assert codes(refusal) == ["tasks.part_is_claimed"]


def test_a_department_draws_again_for_whom_it_left() -> None:
    """It owes that while somebody is left; what both draws were made from stays."""
    made, first = sent_out(), claim_draw()
    assert "draw_again" not in {one.verb for one in VERBS.duties(made, "task")}
    made.claim_by_draw(department=FARM, draw=lambda: first, by="u-2", at=MOMENT)
    (owed,) = (one for one in VERBS.duties(made, "task") if one.verb == "draw_again")
    assert (owed.part, owed.assignee.id) == (FARM, FARM)
    assert made.claim_due is not None
    assert owed.due_on == made.sheet.ends_on > made.claim_due, "it claimed in time"
    second = evolve(first, unstaffed=())
    made.draw_again(department=FARM, draw=lambda _: second)
    part = made.part(FARM)
    assert part is not None
    assert (part.draws, part.unstaffed) == ((first, second), ())
    with pytest.raises(PartRefused) as refusal:
        made.draw_again(department=FARM, draw=lambda _: pytest.fail("drawn"))
    assert codes(refusal) == ["tasks.nobody_unstaffed"]
    with pytest.raises(PartRefused) as unclaimed:
        made.draw_again(department=LEAD, draw=lambda _: pytest.fail("drawn"))
    assert codes(unclaimed) == ["tasks.part_is_pending", "tasks.nobody_unstaffed"]


def test_a_draw_that_fails_claims_nothing() -> None:
    """Nothing half done."""
    made = sent_out()
    before = to_plain(made)

    def fails() -> ClaimDraw:
        raise PartRefused((Violation("tasks.team_not_of_scene", "team"),))

    with pytest.raises(PartRefused):
        made.claim_by_draw(department=FARM, draw=fails, by="u-2", at=MOMENT)
    assert to_plain(made) == before


@pytest.mark.parametrize(
    ("staffed", "way", "other", "code"),
    [
        (StaffedAt.BEFORE, "claim", "claim_by_draw", "tasks.officers_drawn_before"),
        (StaffedAt.CLAIM, "claim_by_draw", "claim", "tasks.officers_not_drawn"),
    ],
)
def test_the_setting_says_which_way_is_owed(
    staffed: StaffedAt, way: str, other: str, code: str
) -> None:
    """Departments are asked for one of the two; the other is refused."""
    made = sent_out(staffed)
    owed = {one.verb for one in VERBS.duties(made, "task")}
    assert way in owed
    assert other not in owed
    ways: dict[str, Callable[..., object]] = {
        "claim": made.claim,
        "claim_by_draw": partial(made.claim_by_draw, draw=pytest.fail),
    }
    with pytest.raises(PartRefused) as refusal:
        ways[other](department=FARM, by="u-2", at=MOMENT)
    assert codes(refusal) == [code]


def test_the_setting_stays_once_somebody_is_to_be_visited() -> None:
    """Before, it may be changed; what else the task says may be changed afterwards too."""
    made = Task.create(id="task-1", sheet=task_sheet(), at=MOMENT)
    assert made.sheet.staffed is StaffedAt.BEFORE
    made.change(task_sheet(staffed=StaffedAt.CLAIM))
    made.change(task_sheet(staffed=StaffedAt.CLAIM, name="新名称"), visited=True)
    with pytest.raises(TaskRefused) as refusal:
        made.change(task_sheet(), visited=True)
    assert codes(refusal) == ["tasks.staffing_settled"]


def test_draw_and_departments_stay_once_somebody_is_to_be_visited() -> None:
    """Else the lead could choose the seed, or leave visits that nobody may staff."""
    sheet = task_sheet(staffed=StaffedAt.CLAIM)
    made = Task.create(id="task-1", sheet=sheet, at=MOMENT)
    made.change(evolve(sheet, draw="draw-2"), visited=True)
    assert made.sheet.draw == sheet.draw
    with pytest.raises(TaskRefused) as refusal:
        made.change(evolve(sheet, joining=()), visited=True)
    assert codes(refusal) == ["tasks.staffing_settled"]
    before = Task.create(id="task-2", sheet=task_sheet(), at=MOMENT)
    before.change(evolve(task_sheet(), joining=()), visited=True)


def test_no_officers_are_asked_for_before() -> None:
    """A department that draws its own names none in its opinion."""
    made = Task.create(id="task-1", sheet=task_sheet(staffed=StaffedAt.CLAIM), at=MOMENT)
    made.consult(due_on=date(2026, 4, 8), at=MOMENT)
    said = Opinion(participates=True, by="u-2", at=MOMENT, officers_to_add=("officer-9",))
    with pytest.raises(PartRefused) as refusal:
        made.give_opinion(FARM, said)
    assert codes(refusal) == ["tasks.officers_at_claim"]


def test_who_takes_no_part_answers_no_items() -> None:
    """Nobody would draw his officers: neither opened nor dispatched."""
    planned = PlannedVisit(subject="subject-1", ground=VisitGround.PICK, items=ITEMS)
    (fault,) = never_drawn([planned], (LEAD,))
    assert (fault.code, fault.data) == ("tasks.department_claims_nothing", {"department": FARM})
    for staffed in StaffedAt:
        made = Task.create(id="task-1", sheet=task_sheet(staffed=staffed), at=MOMENT)
        made.skip_consultation()
        made.approve(visits=1, by="head-1", at=MOMENT)
        told = {"claim_due": date(2026, 4, 10), "published": frozenset({"matter-1"}),
                "visits": 1, "absent": frozenset({"dept-gone"}), "at": MOMENT}  # fmt: skip
        if staffed is StaffedAt.BEFORE:
            made.dispatch(**told)  # type: ignore[arg-type]
            continue
        with pytest.raises(TaskNotDispatchable) as refusal:
            made.dispatch(**told)  # type: ignore[arg-type]
        assert codes(refusal) == ["tasks.department_claims_nothing"]


def test_nobody_is_named_before_the_claim() -> None:
    """Neither when the visit is opened, nor by hand afterwards."""
    assert unstaffed().officers == ()
    with pytest.raises(VisitNotOpened) as opening:
        Visit.open(
            id="visit-1", sheet=visit_sheet(drawn_at_claim=True), officers=INSPECTORS, due_on=DUE,
            at=MOMENT,
        )  # fmt: skip
    assert codes(opening) == ["tasks.officers_at_claim"]
    adjusted = OfficersAdjusted(
        added=("officer-1", "officer-2"), removed=(), reason="熟悉", by="u-1", at=MOMENT
    )
    with pytest.raises(OfficerNotReplaced) as adjusting:
        unstaffed().adjust_officers(INSPECTORS, adjusted)
    assert codes(adjusting) == ["tasks.officers_at_claim"]


def test_nothing_begins_before_every_department_has_drawn() -> None:
    """Two officers of one department are not enough where another answers items."""
    made, arrival = unstaffed(), CheckIn(by="officer-1", at=MOMENT, reason="没有二维码")
    with pytest.raises(VisitNotStarted) as refusal:
        made.check_in(arrival)
    assert set(codes(refusal)) == {
        "tasks.officer_not_assigned", "tasks.officers_too_few",
        "tasks.department_without_officer",
    }  # fmt: skip
    made.take_drawn((inspector("officer-1"), inspector("officer-3")), at=MOMENT)
    with pytest.raises(VisitNotStarted) as refusal:
        made.check_in(arrival)
    assert codes(refusal) == ["tasks.department_without_officer"]
    made.take_drawn((inspector("officer-2", FARM),), at=MOMENT)
    assert made.departments == {LEAD, FARM}
    made.check_in(arrival)
    with pytest.raises(OfficerNotReplaced) as late:
        made.take_drawn((inspector("officer-4", FARM),), at=MOMENT)
    assert codes(late) == ["tasks.visit_is_started"]


def test_whoever_is_drawn_comes_certified_and_two_are_asked_for_at_arrival() -> None:
    """On the day when it is due, once that is past on the day of the draw."""
    alone = Visit.open(
        id="visit-1", sheet=visit_sheet(drawn_at_claim=True, items=ITEMS[1:]), officers=(),
        due_on=DUE, at=MOMENT,
    )  # fmt: skip
    late = MOMENT + timedelta(days=90)
    for at, until in ((MOMENT, DUE - timedelta(days=1)), (late, DUE + timedelta(days=1))):
        with pytest.raises(OfficerNotReplaced) as refusal:
            alone.take_drawn((inspector("officer-3", FARM, certificate_until=until),), at=at)
        assert codes(refusal) == ["tasks.officer_uncertified"]
    alone.take_drawn((inspector("officer-2", FARM),), at=MOMENT)
    with pytest.raises(VisitNotStarted) as early:
        alone.check_in(CheckIn(by="officer-2", at=MOMENT, reason="没有二维码"))
    assert codes(early) == ["tasks.officers_too_few"]
    alone.take_drawn((inspector("officer-3", FARM),), at=MOMENT)
    alone.check_in(CheckIn(by="officer-2", at=MOMENT, reason="没有二维码"))


def test_nobody_is_sent_to_a_visit_twice() -> None:
    """Who came for one department is not taken for another, which he joined meanwhile."""
    made = unstaffed()
    made.take_drawn((inspector("officer-1"),), at=MOMENT)
    with pytest.raises(OfficerNotReplaced) as refusal:
        made.take_drawn((inspector("officer-1", "dept-third"),), at=MOMENT)
    assert codes(refusal) == ["tasks.officer_twice"]


def test_those_who_were_drawn_are_told_once_and_owe_nothing_before_all_are() -> None:
    """Each draw tells its own officers; 签到 waits for nobody before the visit can begin."""
    made = unstaffed()
    made.take_events()
    made.take_drawn((inspector("officer-1"),), at=MOMENT)
    assert VISIT_VERBS.duties(made, "visit") == frozenset()
    later = MOMENT + timedelta(hours=2)
    made.take_drawn((inspector("officer-2", FARM),), at=later)
    told = [one.officers for one in made.take_events() if isinstance(one, OfficersDrawn)]
    assert told == [("officer-1",), ("officer-2",)]
    owed = {(one.verb, one.assignee.id) for one in VISIT_VERBS.duties(made, "visit")}
    assert owed == {("check_in", "officer-1"), ("check_in", "officer-2")}
    assert (made.staffed, made.drawn_at) == (True, later)


def test_drawn_officers_come_to_no_other_visit() -> None:
    """Where officers were named before, nobody comes by a claim."""
    made = Visit.open(id="visit-1", sheet=visit_sheet(), officers=INSPECTORS, due_on=DUE, at=MOMENT)
    with pytest.raises(OfficerNotReplaced) as refusal:
        made.take_drawn((inspector("officer-4"),), at=MOMENT)
    assert codes(refusal) == ["tasks.officers_drawn_before"]
