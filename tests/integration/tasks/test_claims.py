"""认领时抽取检查人员, as departments do it: who is left, drawn again, kept out, and told."""

import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from attrs import define, evolve

from adapters.crypto.platform_keys import PlatformKeys
from adapters.memory.ports import memory_transactions
from adapters.memory.unit import MemoryStore
from adapters.sql.engine.database import open_engine
from adapters.sql.ports import sql_transactions
from supervision_core.draws.model.staffing import Ground
from supervision_core.draws.ports import Draws
from supervision_core.identity.services import UseCase
from supervision_core.identity.services.lists import cases_of
from supervision_core.kernel.errors import Refused
from supervision_core.kernel.paging import PageRequest
from supervision_core.officers.model import Certificate, Interest, InterestKind, Officer
from supervision_core.officers.ports import Officers
from supervision_core.subjects.ports import Subjects
from supervision_core.tasks.lists import TASKS, VISITS
from supervision_core.tasks.model.presence import ReplacementCause
from supervision_core.tasks.model.sheet import DepartmentPart, StaffedAt
from supervision_core.tasks.model.visit import Visit
from supervision_core.tasks.ports import Tasks, Visits
from supervision_core.tasks.services.claim_draws import (
    ClaimChoices,
    ClaimDraws,
    ViewClaimChoices,
    ViewClaimDraws,
    view_claim_choices,
    view_claim_draws,
)
from supervision_core.tasks.services.claiming import (
    ClaimByDraw,
    UnstaffedFirm,
    claim_by_draw,
    draw_again,
    places,
)
from supervision_core.tasks.services.replacing import ReplaceOfficer, replace_officer
from supervision_core.tasks.services.tasks import (
    ChangeTask,
    Consult,
    CreateTask,
    DispatchTask,
    GiveOpinion,
    NameTask,
    approve_task,
    change_task,
    consult,
    create_task,
    dispatch_task,
    end_consultation,
    give_opinion,
    skip_consultation,
)
from supervision_core.tasks.services.visits import (
    AskExtension,
    CheckInAtVisit,
    DecideExtension,
    OpenVisits,
    ask_extension,
    check_in,
    decide_extension,
    open_visits,
)
from supervision_core.testing.draws import completed_draw, staffing_for
from supervision_core.testing.tasks import FARM, ITEMS, TODAY

from .test_cycle import (
    BESIDE,
    _dispatched,
    _heard_again,
    _order,
    _rests_on,
    _sheet,
    _World,
    _world_on,
    actor_of,
    keep_world,
)

DUE = date(2026, 5, 29)


@define
class _Claims:
    """A task that went out, whose departments draw their officers when they claim."""

    world: _World
    task: str
    visits: list[str]

    def claims(self, user: str, **wanted: Any) -> tuple[UnstaffedFirm, ...]:
        """Claim for the department of ``user``."""
        return self.world.run(user, claim_by_draw, ClaimByDraw(task_id=self.task, **wanted))

    def draws_again(self, user: str, **wanted: Any) -> tuple[UnstaffedFirm, ...]:
        """Draw once more for the department of ``user``."""
        return self.world.run(user, draw_again, ClaimByDraw(task_id=self.task, **wanted))

    def refused(
        self, user: str, case: UseCase[Any, Any] = claim_by_draw, **wanted: Any
    ) -> list[tuple[str, str, dict[str, Any]]]:
        """Give why a draw is refused: code, place and data of each reason."""
        with pytest.raises(Refused) as refusal:
            self.world.run(user, case, ClaimByDraw(task_id=self.task, **wanted))
        return [(one.code, one.at, dict(one.data)) for one in refusal.value.violations]

    def replaces(self, visit: str, old: str) -> str:
        """Let an officer of the farm department leave; give who takes over."""
        command = ReplaceOfficer(
            visit_id=visit, old=old, cause=ReplacementCause.ABSENCE, reason="外出培训"
        )
        return str(self.world.run("farm-0", replace_officer, command))

    def choices(self, user: str) -> ClaimChoices:
        """Give what the form of a claim shows to ``user``."""
        about = ViewClaimChoices(task_id=self.task)
        return self.world.commands.ask(view_claim_choices, about, actor=actor_of(user))

    def part(self, department: str) -> DepartmentPart:
        """Give the part of a department."""
        with self.world.commands.transactions.begin_reading() as unit:
            part = unit[Tasks].get(self.task).part(department)
        assert part is not None
        return part

    def found(self) -> list[Visit]:
        """Give the visits as they are."""
        with self.world.commands.transactions.begin_reading() as unit:
            return [unit[Visits].get(one) for one in self.visits]

    def sent(self, department: str) -> dict[str, list[str]]:
        """Give whom a department sends to which subject."""
        return {
            visit.sheet.subject: [
                one.id for one in visit.officers if one.department == department
            ]
            for visit in self.found()
        }  # fmt: skip

    def allowed(self, query: Any, id_: str, user: str) -> set[str]:
        """Give what somebody is offered to do with one of a list."""
        cases = cases_of(query)
        shown = self.world.commands.ask(cases.view, cases.named(id=id_), actor=actor_of(user))
        return {one.permission.partition(".")[2] for one in shown.allowed}

    def change(self, *officers: Officer) -> None:
        """Keep officers as the register knows them now."""
        with self.world.commands.transactions.begin() as unit:
            for one in officers:
                unit[Officers].save(one)
            unit.commit()

    def officer(self, id_: str) -> Officer:
        """Give an officer."""
        with self.world.commands.transactions.begin_reading() as unit:
            return unit[Officers].get(id_)

    def binds(self, subject: str, *officers: str) -> None:
        """Let officers declare an interest in a subject."""
        with self.world.commands.transactions.begin_reading() as unit:
            code = unit[Subjects].get(subject).identity.code
        bound = [self.officer(one) for one in officers]
        for one in bound:
            one.declare(Interest(subject_code=code, kind=InterestKind.KINSHIP, declared_on=TODAY))
        self.change(*bound)


@pytest.fixture(params=["memory", "sqlite"])
def claims(
    request: pytest.FixtureRequest, platform_keys: PlatformKeys, tmp_path: Path
) -> Iterator[_Claims]:
    """Give it on each store."""
    if request.param == "memory":
        made = _world_on(memory_transactions(MemoryStore(), BESIDE), platform_keys)
        keep_world(made)
        yield _Claims(made, *_dispatched(made, staffed=StaffedAt.CLAIM))
        return
    path = tmp_path / "copy.db"
    shutil.copy(request.getfixturevalue("migrated_sqlite_file"), path)
    engine = open_engine(f"sqlite:///{path}", sealing=request.getfixturevalue("sealing"))
    made = _world_on(sql_transactions(engine, BESIDE), platform_keys)
    keep_world(made)
    yield _Claims(made, *_dispatched(made, staffed=StaffedAt.CLAIM))
    engine.dispose()


def _newcomer(id_: str = "farm-3", **certificate: Any) -> Officer:
    said = Certificate(number=f"桂{id_}", regions=frozenset({"450000"}), **certificate)
    return Officer(
        id=id_, name=f"检查员{id_}", department=FARM, region="450100", certificates=(said,),
        user=f"account-{id_}",
    )  # fmt: skip


def test_firms_that_can_be_staffed_are_and_the_others_are_drawn_for_later(claims: _Claims) -> None:
    """One firm for which nobody may go does not keep a department from claiming.

    The answer names it with reason and remedy; once somebody is there it is drawn for, by a leaf of
    its own. What both draws were made from finds the same officers again.
    """
    claims.binds("subject-2", "farm-1", "farm-2")
    (left,) = claims.claims("farm-0")
    assert (left.subject, left.name) == ("subject-2", "南宁示例乳业有限公司")
    assert left.why == "需派1人，可派的有0人：须回避的2人"
    assert "登记或恢复本部门执法人员" in left.remedy
    assert {one: len(sent) for one, sent in claims.sent(FARM).items()} == {
        "subject-1": 1, "subject-2": 0,
    }  # fmt: skip
    assert "draw_again" in claims.allowed(TASKS, claims.task, "farm-0")
    assert [one.subject for one in claims.choices("farm-0").unstaffed] == ["subject-2"]
    assert claims.choices("lead-0").unstaffed == ()
    assert claims.refused("farm-0", draw_again)[0] == (
        "tasks.nobody_to_draw", "team", {"visits": 1, "officers": 2}
    )  # fmt: skip
    claims.change(_newcomer())
    assert claims.draws_again("farm-0") == ()
    assert claims.sent(FARM)["subject-2"] == ["farm-3"]
    assert "draw_again" not in claims.allowed(TASKS, claims.task, "farm-0")
    assert claims.refused("farm-0", draw_again) == [("tasks.nobody_unstaffed", "", {})]
    first, second = claims.part(FARM).draws
    where = places(claims.found())
    assert first.holds(where)
    assert second.holds({"subject-2": where["subject-2"]})
    assert [one.leaf and one.leaf.index for one in (first, second)] == [1, 2]
    assert second.seed != first.seed
    assert not second.holds(where)


def test_where_nobody_can_be_drawn_nothing_is_claimed(claims: _Claims) -> None:
    """Each firm is named, with who must withdraw and who has no certificate for it."""
    claims.binds("subject-2", "farm-1", "farm-2")
    claims.binds("subject-1", "farm-1")
    worn = evolve(_newcomer("farm-2").certificates[0], valid_to=date(2026, 4, 30))
    claims.change(evolve_certificate(claims.officer("farm-2"), worn))
    summary, *firms = claims.refused("farm-0")
    assert summary[2] == {"visits": 2, "officers": 2}
    assert [one[2]["subject"] for one in firms] == ["subject-1", "subject-2"]
    assert firms[0][2]["why"] == (
        "需派1人，可派的有0人：须回避的1人，没有在2026-05-29有效、含该对象所在区划的执法证的1人"
    )
    assert claims.part(FARM).draws == ()


def evolve_certificate(officer: Officer, certificate: Certificate) -> Officer:
    """Give an officer with no other certificate."""
    officer.revise(evolve(officer.draft, certificates=(certificate,)))
    return officer


def test_what_is_asked_for_is_refused_in_words_of_the_form(claims: _Claims) -> None:
    """Once, at its field, and not for each firm again."""
    assert claims.refused("farm-0", count=0, cap=0) == [
        ("tasks.claim_count", "count", {}), ("tasks.claim_cap", "cap", {}),
    ]  # fmt: skip
    assert claims.refused("lead-0", count=2, cap=1) == [
        ("tasks.cap_too_low", "cap",
         {"visits": 2, "needed": 4, "officers": 2, "cap": 1, "least": 2}),
    ]  # fmt: skip


def test_who_judged_the_clue_of_a_visit_is_not_drawn_for_it(claims: _Claims) -> None:
    """Nor does he take over there: who judges neither approves nor inspects."""
    judge = claims.officer("farm-1")
    judge._user = "u-judge"
    claims.change(judge)
    assert claims.claims("farm-0") == ()
    drawn = claims.part(FARM).draws[0]
    assert {(one.officer, one.ground) for one in drawn.recusals} == {("farm-1", Ground.JUDGED)}
    assert "farm-1" not in {who for those in claims.sent(FARM).values() for who in those}


def test_certificates_are_good_until_the_visit_is_due(claims: _Claims) -> None:
    """A term that was extended meanwhile counts: who is certified no longer is not drawn for it."""
    assert claims.claims("lead-0") == ()
    _extended(claims)
    ends = date(2026, 6, 1)
    worn = evolve(_newcomer("farm-1").certificates[0], valid_to=ends)
    claims.change(evolve_certificate(claims.officer("farm-1"), worn))
    assert claims.claims("farm-0") == ()
    assert claims.part(FARM).draws[0].day_of("subject-1") > ends
    assert claims.sent(FARM) == {"subject-1": ["farm-2"], "subject-2": ["farm-1"]}


def _extended(claims: _Claims) -> None:
    """Let the first visit be due 20 days later than the other."""
    asked = claims.world.run(
        "lead-1", ask_extension,
        AskExtension(visit_id=claims.visits[0], days=20, reason="企业停产"),
    )  # fmt: skip
    claims.world.run(
        "lead-0", decide_extension,
        DecideExtension(visit_id=claims.visits[0], extension_id=asked, granted=True),
    )  # fmt: skip


def test_an_officer_whose_certificate_ends_keeps_no_other_department_from_claiming(
    claims: _Claims,
) -> None:
    """He was certified when he was drawn; after an extension his own are asked at arrival."""
    for one in ("lead-1", "lead-2"):
        ends = evolve(claims.officer(one).certificates[0], valid_to=DUE + timedelta(days=2))
        claims.change(evolve_certificate(claims.officer(one), ends))
    assert claims.claims("lead-0") == ()
    _extended(claims)
    assert claims.claims("farm-0") == ()
    assert all(claims.sent(FARM).values())
    claims.world.clock.moment += timedelta(days=(DUE - TODAY).days + 3)
    with pytest.raises(Refused) as late:
        claims.world.run(
            "farm-1", check_in, CheckInAtVisit(visit_id=claims.visits[0], reason="没有张贴码")
        )
    assert "tasks.officers_too_few" in [one.code for one in late.value.violations]


def test_who_is_certified_only_later_goes_to_visits_that_are_due_later(claims: _Claims) -> None:
    """Who is certified only later goes to those due later; the others are named, and drawn for."""
    claims.claims("lead-0")
    _extended(claims)
    for one in ("farm-1", "farm-2"):
        begins = evolve(claims.officer(one).certificates[0], valid_from=DUE + timedelta(days=5))
        claims.change(evolve_certificate(claims.officer(one), begins))
    (left,) = claims.claims("farm-0")
    assert left.subject == "subject-2"
    assert "没有在2026-05-29有效、含该对象所在区划的执法证的2人" in left.why
    assert claims.sent(FARM)["subject-2"] == []
    claims.change(_newcomer())
    assert claims.draws_again("farm-0") == ()
    assert len(claims.sent(FARM)["subject-1"]) == 1
    assert claims.sent(FARM)["subject-2"] == ["farm-3"]


def test_a_firm_whose_day_is_past_is_drawn_for_by_the_day_of_the_draw(claims: _Claims) -> None:
    """Whose certificate begins today may go; whose ended since it was due may not."""
    claims.binds("subject-2", "farm-1", "farm-2")
    claims.claims("lead-0")
    claims.claims("farm-0")
    claims.world.clock.moment += timedelta(days=(DUE - TODAY).days + 10)
    today = DUE + timedelta(days=10)
    claims.change(_newcomer(valid_to=today - timedelta(days=1)))
    assert claims.refused("farm-0", draw_again)[0][0] == "tasks.nobody_to_draw"
    claims.change(_newcomer("farm-4", valid_from=today))
    assert claims.draws_again("farm-0") == ()
    assert claims.sent(FARM)["subject-2"] == ["farm-4"]
    other = _newcomer("farm-5", valid_from=today)
    claims.change(other)
    assert claims.replaces(claims.visits[1], "farm-4") == "farm-5"
    assert claims.sent(FARM)["subject-2"] == ["farm-5"]


def test_whoever_must_withdraw_does_not_come_as_a_replacement(claims: _Claims) -> None:
    """Of those from whom officers were drawn the next comes, then others, told as such."""
    claims.binds("subject-1", "farm-1")
    claims.claims("lead-0")
    claims.claims("farm-0")
    assert claims.sent(FARM)["subject-1"] == ["farm-2"]
    with pytest.raises(Refused) as refusal:
        claims.replaces(claims.visits[0], "farm-2")
    assert [one.code for one in refusal.value.violations] == ["tasks.nobody_next"]
    claims.change(_newcomer())
    assert claims.replaces(claims.visits[0], "farm-2") == "farm-3"
    assert [one.beyond for one in claims.found()[0].replacements] == [True]


def _of_one_department(claims: _Claims) -> _Claims:
    """Give a task of whose visits one department alone answers all items."""
    world = claims.world
    task = world.run("lead-0", create_task, CreateTask(sheet=_numbered(StaffedAt.CLAIM)))
    orders = tuple(
        evolve(
            _heard_again(world, order, task),
            officers=(),
            items=tuple(i.id for i in ITEMS if i.department == FARM),
        )
        for order in map(_order, ("subject-1", "subject-2"))
    )
    visits = world.run("lead-0", open_visits, OpenVisits(task_id=task, orders=orders))
    world.run("lead-0", consult, Consult(task_id=task, due_on=date(2026, 4, 9)))
    world.run("farm-0", give_opinion, GiveOpinion(task_id=task, participates=True))
    world.run("lead-0", end_consultation, NameTask(task_id=task))
    world.run("lead-9", approve_task, NameTask(task_id=task))
    world.run("lead-0", dispatch_task, DispatchTask(task_id=task))
    return _Claims(world, task, visits)


def test_a_department_alone_is_not_advised_to_send_one(claims: _Claims) -> None:
    """Whatever number it gave: two are needed, so sending fewer is no way out."""
    alone = _of_one_department(claims)
    alone.binds("subject-2", "farm-1")
    (left,) = alone.claims("farm-0", count=2)
    assert (left.subject, left.why) == ("subject-2", "需派2人，可派的有1人：须回避的1人")
    assert "把每户派出的人数减为" not in left.remedy
    assert alone.part(FARM).draws[0].alone == ("subject-1", "subject-2")


def test_material_is_typed_in_by_whoever_answers_items(claims: _Claims) -> None:
    """代录引用的材料 is not offered to a lead that answers none, as 引用已有材料 is not."""
    alone = _of_one_department(claims)
    alone.claims("farm-0")
    visit = alone.visits[0]
    alone.world.run("farm-1", check_in, CheckInAtVisit(visit_id=visit, reason="没有张贴码"))
    assert "type_material" in alone.allowed(VISITS, visit, "farm-0")
    assert "type_material" not in alone.allowed(VISITS, visit, "lead-0")


def test_a_draw_that_cannot_be_made_again_is_shown_as_not_the_same(claims: _Claims) -> None:
    """否 for that draw alone; who was drawn in others is shown page by page."""
    claims.claims("lead-0")
    claims.claims("farm-0")

    def seen(user: str, **asked: Any) -> ClaimDraws:
        page = PageRequest(**asked)
        about = ViewClaimDraws(task_id=claims.task, page=page)
        return claims.world.commands.ask(view_claim_draws, about, actor=actor_of(user))

    assert [one.holds for one in seen("lead-0").draws] == [True, True]
    first = seen("farm-0", size=3)
    (last,) = seen("farm-0", size=3, cursor=first.next_cursor).sent
    assert (*first.sent, last) == seen("lead-0").sent
    assert [one.department for one in first.sent] == ["dept-market", "dept-market", FARM]
    with claims.world.commands.transactions.begin() as unit:
        task = unit[Tasks].get(claims.task)
        (drawn,) = claims.part(FARM).draws
        task._put(FARM, drawn=evolve(drawn, cap=0))
        unit[Tasks].save(task)
        unit.commit()
    found = seen("farm-0")
    assert [(one.department, one.holds) for one in found.draws] == [
        ("dept-market", True), (FARM, False),
    ]  # fmt: skip
    assert {one.department for one in found.sent} == {"dept-market"}


def test_nobody_is_drawn_for_two_departments(claims: _Claims) -> None:
    """Who goes for the department of which he was is no candidate of that which he joined."""
    claims.claims("lead-0")
    moved = claims.officer("lead-1")
    moved.revise(evolve(moved.draft, department=FARM))
    claims.change(moved)
    assert claims.claims("farm-0", count=2) == ()
    assert all(sent == ["farm-1", "farm-2"] for sent in claims.sent(FARM).values())
    (drawn,) = claims.part(FARM).draws
    assert [one.id for one in drawn.candidates] == ["farm-1", "farm-2"]


def test_officers_are_added_by_hand_to_no_visit_that_was_drawn_for(claims: _Claims) -> None:
    """增减检查人员 is offered where it is not refused: before dispatch, officers being named."""
    assert "adjust_officers" not in claims.allowed(VISITS, claims.visits[0], "lead-0")
    world = claims.world
    for staffed in StaffedAt:
        task = world.run("lead-0", create_task, CreateTask(sheet=_numbered(staffed)))
        world.run("lead-0", skip_consultation, NameTask(task_id=task))
        order = _heard_again(world, _order("subject-1"), task)
        if staffed is StaffedAt.CLAIM:
            order = evolve(order, officers=())
        (visit,) = world.run("lead-0", open_visits, OpenVisits(task_id=task, orders=(order,)))
        offered = "adjust_officers" in claims.allowed(VISITS, visit, "lead-0")
        assert offered == (staffed is StaffedAt.BEFORE)
        if offered:
            world.run("lead-9", approve_task, NameTask(task_id=task))
            world.run("lead-0", dispatch_task, DispatchTask(task_id=task))
            assert "adjust_officers" not in claims.allowed(VISITS, visit, "lead-0")


def _numbered(staffed: StaffedAt, **changes: Any) -> Any:
    return _sheet(number=f"RW-{staffed}", staffed=staffed, **changes)


def test_the_check_is_offered_once_it_can_begin(claims: _Claims) -> None:
    """Not while a department has still to draw."""
    claims.claims("lead-0")
    assert "check_in" not in claims.allowed(VISITS, claims.visits[0], "lead-1")
    claims.claims("farm-0")
    assert "check_in" in claims.allowed(VISITS, claims.visits[0], "lead-1")


def test_a_department_that_declined_keeps_the_task_from_going_out(claims: _Claims) -> None:
    """Nobody would draw for the items that it was to answer: said by its name at dispatch."""
    world, wanted = claims.world, _numbered(StaffedAt.CLAIM)
    task = world.run("lead-0", create_task, CreateTask(sheet=wanted))
    order = evolve(_heard_again(world, _order("subject-1"), task), officers=())
    world.run("lead-0", open_visits, OpenVisits(task_id=task, orders=(order,)))
    world.run("lead-0", consult, Consult(task_id=task, due_on=date(2026, 4, 9)))
    world.run("farm-0", give_opinion,
              GiveOpinion(task_id=task, participates=False, changes="人手不足"))  # fmt: skip
    world.run("lead-0", end_consultation, NameTask(task_id=task))
    world.run("lead-9", approve_task, NameTask(task_id=task))
    with pytest.raises(Refused) as refusal:
        world.run("lead-0", dispatch_task, DispatchTask(task_id=task))
    assert [(one.code, dict(one.data)) for one in refusal.value.violations] == [
        ("tasks.department_claims_nothing", {"department": FARM})
    ]


def test_officers_of_the_draw_and_of_the_claim_exclude_each_other(claims: _Claims) -> None:
    """Who has drawn officers before keeps that setting, or clears the draw."""
    world = claims.world
    task = world.run("lead-0", create_task, CreateTask(sheet=_numbered(StaffedAt.BEFORE)))
    at = world.clock.now() + timedelta(days=90)
    _rests_on(world, task, completed_draw("draw-9"))
    before, claim = (evolve(_numbered(StaffedAt.BEFORE), staffed=one) for one in StaffedAt)
    world.run("lead-0", change_task, ChangeTask(task_id=task, sheet=claim))
    with world.commands.transactions.begin() as unit:
        found = unit[Draws].get("draw-9")
        found.assign_inspectors(staffing_for(found.course.subjects), at=at)
        unit[Draws].save(found)
        unit.commit()
    told = [("tasks.officers_assigned_before", "staffed")]
    order = evolve(_heard_again(world, _order("subject-1"), task), officers=())
    world.run("lead-0", skip_consultation, NameTask(task_id=task))
    refusals: list[tuple[UseCase[Any, Any], Any]] = [
        (open_visits, OpenVisits(task_id=task, orders=(order,))),
        (dispatch_task, DispatchTask(task_id=task)),
        (change_task, ChangeTask(task_id=task, sheet=claim)),
    ]
    for case, command in refusals:
        with pytest.raises(Refused) as refusal:
            world.run("lead-0", case, command)
        assert [(one.code, one.at) for one in refusal.value.violations] == told
    world.run("lead-0", change_task, ChangeTask(task_id=task, sheet=before))
    with world.commands.transactions.begin() as unit:
        found = unit[Draws].get("draw-9")
        found.clear(by="u-1", reason="改为认领时抽取", at=at)
        unit[Draws].save(found)
        unit.commit()
    world.run("lead-0", change_task, ChangeTask(task_id=task, sheet=claim))
