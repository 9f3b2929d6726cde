"""Every visit rests on a ground that is there: nobody chooses who is inspected (design §14)."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from attrs import evolve

from adapters.crypto.platform_keys import PlatformKeys
from adapters.memory.ports import memory_transactions
from adapters.memory.unit import MemoryStore
from adapters.system import SystemIds
from supervision_core.clues.ports import Clues
from supervision_core.draws.lists import MARKS
from supervision_core.draws.model.draw import Draw, DrawNotAdjustable
from supervision_core.draws.model.pool import Pool
from supervision_core.draws.model.ranking import commitment
from supervision_core.draws.model.rule import Rule
from supervision_core.draws.model.selection import Action
from supervision_core.draws.model.sources import Mark
from supervision_core.draws.ports import Draws, Pools, keep
from supervision_core.identity.model import Department, DepartmentData
from supervision_core.identity.ports import Departments
from supervision_core.identity.services import Work
from supervision_core.identity.services.registers import EntryNamed
from supervision_core.identity.services.registers import cases_of as register_cases
from supervision_core.kernel.errors import NotFound, Refused
from supervision_core.kernel.registers import Entries, Entry, EntryInvalid, RegisterVerb
from supervision_core.officers.model import Interest, InterestKind
from supervision_core.officers.ports import Officers
from supervision_core.plans.ports import Plans
from supervision_core.plans.services import (
    DisplayPlan,
    DraftPlan,
    SettlePlan,
    display_plan,
    draft_plan,
    settle_plan,
)
from supervision_core.scenes.model import SceneResources
from supervision_core.scenes.services import ConfigureScene, configure_scene
from supervision_core.subjects.model import Identity, IdentityKind, SubjectStatus
from supervision_core.subjects.ports import Subjects
from supervision_core.subjects.registers import APPROVAL_FILES
from supervision_core.tasks.lists import TASKS
from supervision_core.tasks.model.grounds import VisitGround
from supervision_core.tasks.model.opening import VisitOrder
from supervision_core.tasks.model.presence import ReplacementCause
from supervision_core.tasks.ports import Tasks, Visits
from supervision_core.tasks.registers import SUPERIOR_ORDERS, SuperiorOrderContent
from supervision_core.tasks.services.approving import (
    ApprovalList,
    ViewApprovalList,
    view_approval_list,
)
from supervision_core.tasks.services.grounds import outcome_of, selected_subjects
from supervision_core.tasks.services.replacing import ReplaceOfficer, replace_officer
from supervision_core.tasks.services.tasks import (
    AnswerOpinion,
    Consult,
    CreateTask,
    DeleteTask,
    DispatchTask,
    GiveOpinion,
    NameTask,
    answer_opinion,
    approve_task,
    consult,
    create_task,
    delete_task,
    dispatch_task,
    end_consultation,
    give_opinion,
    skip_consultation,
)
from supervision_core.tasks.services.visits import (
    OpenVisits,
    open_visits,
)
from supervision_core.testing.clues import judged_clue
from supervision_core.testing.draws import DUE, drawn_2, earlier_draw
from supervision_core.testing.plans import plan_sheet, sub_plan
from supervision_core.testing.subjects import full_approval_file
from supervision_core.testing.tasks import FARM, ITEMS, LEAD

from .test_cycle import BESIDE, _order, _refused, _sheet, _World, _world_on, actor_of, keep_world

ABOVE = "dept-above"
NONCE = b"n" * 32


@pytest.fixture
def world(platform_keys: PlatformKeys) -> _World:
    """Give the office, whose lead has a department above it."""
    made = _world_on(memory_transactions(MemoryStore(), BESIDE), platform_keys)
    keep_world(made)
    with made.commands.transactions.begin() as unit:
        data = DepartmentData(name=ABOVE, code="45", region="450000")
        unit[Departments].save(Department.add(data, id=ABOVE, at=made.clock.now()))
        lead = unit[Departments].get(LEAD)
        lead.change(evolve(lead.data, parent=ABOVE), at=made.clock.now(), by="root")
        unit[Departments].save(lead)
        unit.commit()
    return made


def drafted(world: _World, number: str = "RW-1", **says: Any) -> str:
    """Give a drafted task."""
    sheet = _sheet(number=number, **says)
    return str(world.run("lead-0", create_task, CreateTask(sheet=sheet)))


def drawn_for(world: _World, task: str, codes: Sequence[str], count: int) -> Draw:
    """Let a draw of a task pick ``count`` of those of these codes, and the task rest on it."""
    pool = Pool.of([(code, "1") for code in codes])
    at, named = DUE - timedelta(hours=1), f"draw-{task}"
    made = earlier_draw(
        named, pool, (LEAD,), task=task, region="450100", lead=LEAD,
        rule=Rule.of({"strata": {"1": {"count": count}}}),
    )  # fmt: skip
    made.commit(LEAD, commitment(LEAD, NONCE), at=at)
    made.reveal(LEAD, NONCE, at=at)
    made.complete(pool, at=at)
    with world.commands.transactions.begin() as unit:
        keep(unit[Pools], pool)
        unit[Draws].save(made)
        found = unit[Tasks].get(task)
        found.draw_by(named, stands=False)
        unit[Tasks].save(found)
        unit.commit()
    return made


def code_of(world: _World, subject: str) -> str:
    """Give the code under which a firm is drawn."""
    with world.commands.transactions.begin_reading() as unit:
        return unit[Subjects].get(subject).identity.code


def opens(world: _World, task: str, *orders: VisitOrder) -> list[str]:
    """Open visits of a task; give the codes of what is against it, empty where nothing is."""
    try:
        world.run("lead-0", open_visits, OpenVisits(task_id=task, orders=orders))
    except NotFound:
        return ["not_found"]
    except Refused as refusal:
        return [one.code for one in refusal.violations]
    return []


def test_a_firm_that_was_not_drawn_is_not_visited_as_drawn(world: _World) -> None:
    """Finding 6: of 98 drawn none was visited, one undrawn firm was. Neither without a draw."""
    pick = _order("subject-1", ground=VisitGround.PICK)
    undrawn = drafted(world)
    assert opens(world, undrawn, pick) == ["tasks.subject_not_drawn"]
    task = drafted(world, "RW-2")
    drawn_for(world, task, [code_of(world, "subject-1")], 1)
    other = _order("subject-2", ground=VisitGround.PICK)
    assert opens(world, task, other) == ["tasks.subject_not_drawn"]
    assert opens(world, task, evolve(other, ground=VisitGround.ADJUSTMENT)) == [
        "tasks.subject_not_added"
    ]
    assert opens(world, task, pick) == []


def test_who_stands_in_for_a_removed_pick_is_visited_as_drawn(world: _World) -> None:
    """The next rank of its stratum came in by chance: it is no addition by hand, and is counted so.

    Whoever was removed is visited on neither ground.
    """
    task = drafted(world)
    ids = {code_of(world, one): one for one in ("subject-1", "subject-2")}
    pool = Pool.of([(code, "1") for code in ids])
    draw = drawn_2(
        f"draw-{task}", pool, task=task, region="450100", lead=LEAD, levels={},
        rule=Rule.of({"strata": {"1": {"count": 1}}}),
    )  # fmt: skip
    (removed,) = draw.selection
    draw.adjust(Action.REMOVE, removed, by="lead-0", reason="停业", at=DUE, pool=pool)
    (coming,) = draw.selection
    with world.commands.transactions.begin() as unit:
        keep(unit[Pools], pool)
        unit[Draws].save(draw)
        found = unit[Tasks].get(task)
        found.draw_by(draw.id, stands=False)
        unit[Tasks].save(found)
        unit.commit()
    assert coming != removed
    out, pick = (_order(ids[one], ground=VisitGround.PICK) for one in (removed, coming))
    assert opens(world, task, out) == ["tasks.subject_not_drawn"]
    by_hand = evolve(pick, ground=VisitGround.ADJUSTMENT)
    assert opens(world, task, by_hand) == ["tasks.subject_not_added"]
    assert opens(world, task, pick) == []
    with world.commands.transactions.begin_reading() as unit:
        work = Work(actor_of("lead-0"), world.clock.now(), SystemIds(), unit)
        found = unit[Tasks].get(task)
        outcome = outcome_of(work, found, selected_subjects(work, found))
    assert (outcome.drawn, outcome.added, outcome.removed) == (1, 0, 1)


def test_a_draw_grounds_visits_of_its_own_task_alone(world: _World) -> None:
    """Finding 1: another task's draw made visits of firms that it had never drawn."""
    task = drafted(world)
    drawn_for(world, task, [code_of(world, "subject-1")], 1)
    other = drafted(world, "RW-2")
    with world.commands.transactions.begin() as unit:
        found = unit[Tasks].get(other)
        found.draw_by(f"draw-{task}", stands=False)
        unit[Tasks].save(found)
        unit.commit()
    pick = _order("subject-1", ground=VisitGround.PICK)
    assert opens(world, other, pick) == ["tasks.subject_not_drawn"]


def test_a_firm_renumbered_since_it_was_drawn_is_visited_all_the_same(world: _World) -> None:
    """Nobody leaves a draw, nor stops it, by another number; whoever had to keep away still does.

    The head reads the firm by its name, and its visit as that of one who was drawn.
    """
    task, code = drafted(world), code_of(world, "subject-1")
    drawn_for(world, task, [code], 1)
    with world.commands.transactions.begin() as unit:
        subject = unit[Subjects].get("subject-1")
        number = "91450100MA5K000025"
        subject.renumber(Identity(kind=IdentityKind.CREDIT_CODE, code=number))
        unit[Subjects].save(subject)
        kin = unit[Officers].get("lead-2")
        kin.declare(
            Interest(subject_code=code, kind=InterestKind.KINSHIP, declared_on=date(2026, 4, 1))
        )
        unit[Officers].save(kin)
        name = subject.name
        unit.commit()
    assert listed(world, task).unvisited == (name,)
    pick = _order("subject-1", ground=VisitGround.PICK)
    bound = evolve(pick, officers=("lead-2", "farm-1"))
    assert opens(world, task, bound) == ["tasks.officer_recused"]
    assert opens(world, task, pick) == []
    shown = listed(world, task)
    assert (shown.unvisited, shown.undrawn, [one.departs for one in shown.rows]) == ((), 0, [False])


def test_who_was_added_by_hand_is_visited_as_that(world: _World) -> None:
    """An adjustment is no pick, and whoever was removed is neither."""
    task = drafted(world)
    codes = [code_of(world, one) for one in ("subject-1", "subject-2")]
    drawn_for(world, task, codes[:1], 1)
    with world.commands.transactions.begin() as unit:
        draw = unit[Draws].get(f"draw-{task}")
        at = world.clock.now()
        draw.adjust(action=Action.ADD, subject=codes[1], by="u", reason="群众反映", at=at)
        draw.adjust(action=Action.REMOVE, subject=codes[0], by="u", reason="停业", at=at)
        unit[Draws].save(draw)
        unit.commit()
    assert opens(world, task, _order("subject-1", ground=VisitGround.PICK)) == [
        "tasks.subject_not_drawn"
    ]
    added = _order("subject-2", ground=VisitGround.PICK)
    assert opens(world, task, added) == ["tasks.subject_not_drawn"]
    assert opens(world, task, evolve(added, ground=VisitGround.ADJUSTMENT)) == []


def test_items_are_those_of_the_checklist(world: _World) -> None:
    """Finding 6: an invented item was approved. Their departments are the checklist's (finding 10).

    What a drawn firm is checked for, the draw says.
    """
    task = drafted(world)
    invented = evolve(_order("subject-1"), items=("item-1", "发票"))
    assert opens(world, task, invented) == ["tasks.item_not_of_checklist"]
    assert opens(world, task, evolve(invented, items=("item-1",))) == []
    with world.commands.transactions.begin_reading() as unit:
        visits: Any = unit[Visits]
        (made,) = visits.every()
    assert [(one.id, one.department, one.title) for one in made.sheet.items] == [
        (ITEMS[0].id, LEAD, ITEMS[0].title)
    ]
    drawn = drafted(world, "RW-2")
    drawn_for(world, drawn, [code_of(world, "subject-1")], 1)
    fewer = evolve(_order("subject-1", ground=VisitGround.PICK), items=("item-1",))
    assert opens(world, drawn, fewer) == ["tasks.items_by_draw"]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"subject": "subject-2"}, "tasks.clue_of_other_firm"),
        ({"judged": ""}, "tasks.clue_unjudged"),
        ({"later": True}, "tasks.clue_too_young"),
        ({"judged": "account-lead-1"}, "tasks.inspector_judged_clue"),
    ],
)
def test_a_clue_is_older_names_the_firm_and_was_judged_by_somebody_else(
    world: _World, changes: dict[str, Any], said: str
) -> None:
    """§14: otherwise whoever wants a firm inspected writes the clue for it."""
    task = drafted(world)
    subject = changes.get("subject", "subject-1")
    clue = judged_clue("clue-x", subject=subject, registered_by=LEAD)
    if "judged" in changes:
        triage = clue.judged
        assert triage is not None
        judged = evolve(triage, by=changes["judged"]) if changes["judged"] else None
        object.__setattr__(clue, "_triage", judged)
    if "later" in changes:
        object.__setattr__(clue, "registered_at", world.clock.now() + timedelta(minutes=1))
    with world.commands.transactions.begin() as unit:
        unit[Clues].save(clue)
        unit.commit()
    assert opens(world, task, evolve(_order("subject-1"), clue="clue-x")) == [said]
    assert opens(world, task, evolve(_order("subject-1"), clue="nobody")) == ["tasks.clue_missing"]


def test_a_clue_of_others_is_out_of_reach(world: _World) -> None:
    """What a client names goes through reach before anything rests on it."""
    task = drafted(world)
    with world.commands.transactions.begin() as unit:
        unit[Clues].save(judged_clue("clue-x", subject="subject-1", registered_by=FARM))
        unit.commit()
    assert opens(world, task, evolve(_order("subject-1"), clue="clue-x")) == ["not_found"]


def _ordered(world: _World, department: str, **changes: Any) -> str:
    told: dict[str, Any] = {
        "number": f"部署-{department}", "title": "关于开展专项检查的通知", "scene": "scene-dairy",
        "area": "450000", "starts_on": date(2026, 4, 1), "ends_on": date(2026, 6, 30),
    }  # fmt: skip
    id_ = "-".join((department, *changes))
    content = SuperiorOrderContent(**(told | changes))
    with world.commands.transactions.begin() as unit:
        entry = Entry.add(
            id=id_, content=content, position=1, at=world.clock.now(),
            register=SUPERIOR_ORDERS.name, region="450000", department=department,
        )  # fmt: skip
        unit[Entries].of(SUPERIOR_ORDERS).save(entry)
        unit.commit()
    return id_


def test_an_order_is_a_row_of_the_department_above(world: _World) -> None:
    """Finding 10: 专项 with superior_order="x" went around every cap."""
    task = drafted(world, kind="special", superior_order="x")

    def order(named: str) -> VisitOrder:
        return VisitOrder(
            subject="subject-1",
            ground=VisitGround.ORDER,
            order=named,
            officers=("lead-1", "farm-1"),
        )

    assert opens(world, task, order("")) == ["tasks.order_missing"]
    for department in (LEAD, FARM):
        assert opens(world, task, order(_ordered(world, department))) == [
            "tasks.order_not_from_above"
        ]
    elsewhere = _ordered(world, ABOVE, area="450200")
    assert opens(world, task, order(elsewhere)) == ["tasks.order_elsewhere"]
    over = _ordered(world, ABOVE, number="旧", ends_on=date(2026, 4, 30))
    assert opens(world, task, order(over)) == ["tasks.order_of_other_time"]
    assert opens(world, task, order(_ordered(world, ABOVE, number="新"))) == []
    with world.commands.transactions.begin_reading() as unit:
        visits: Any = unit[Visits]
        (made,) = visits.every()
    assert made.sheet.counts_toward_cap is False


def _applied(world: _World, id_: str, department: str, **changes: Any) -> str:
    told: dict[str, Any] = {
        "number": id_, "subject": "subject-1", "decided_on": world.clock.now().date(),
        "valid_from": None, "valid_to": None, "papers": (),
    }  # fmt: skip
    later = timedelta(minutes=1) if changes.pop("later", False) else timedelta()
    with world.commands.transactions.begin() as unit:
        entry = Entry.add(
            id=id_, content=evolve(full_approval_file(), **(told | changes)), position=1,
            at=world.clock.now() + later, register=APPROVAL_FILES.name, region="450000",
            department=department,
        )  # fmt: skip
        unit[Entries].of(APPROVAL_FILES).save(entry)
        unit.commit()
    return id_


def test_an_application_is_the_firms_own_and_not_entered_by_the_lead(world: _World) -> None:
    """依申请: recent, of this firm, older than the task, entered by others, for one visit.

    Nearly every firm has a licence, and a clerk of the lead may enter any: else it would name
    whom the lead likes.
    """
    task = drafted(world)

    def order(named: str) -> VisitOrder:
        return VisitOrder(
            subject="subject-1", ground=VisitGround.APPLICATION, application=named,
            officers=("lead-1", "farm-1"),
        )  # fmt: skip

    assert opens(world, task, order("")) == ["tasks.application_missing"]
    refused: list[tuple[str, dict[str, Any], str]] = [
        (LEAD, {}, "own"), (FARM, {"subject": "subject-2"}, "of_other_firm"),
        (FARM, {"later": True}, "too_young"), (FARM, {"decided_on": date(2025, 1, 2)}, "too_old"),
    ]  # fmt: skip
    for number, (department, changes, code) in enumerate(refused):
        named = _applied(world, f"办件-{number}", department, **changes)
        assert opens(world, task, order(named)) == [f"tasks.application_{code}"]
    named = _applied(world, "办件-9", FARM)
    assert opens(world, task, order(named)) == []
    with world.commands.transactions.begin_reading() as unit:
        visits: Any = unit[Visits]
        (made,) = visits.every()
        assert not unit[Tasks].get(task).sent_for
    assert (made.sheet.counts_toward_cap, made.sheet.basis) == (False, named)
    again = drafted(world, "RW-2")
    assert opens(world, again, order(named)) == ["tasks.application_used"]


def _deletes(world: _World, register: Any, id: str, department: str) -> list[str]:
    """Let a keeper of a register delete an entry; give what is against it."""
    keeper = evolve(
        actor_of("keeper", department), permissions=frozenset({"subjects.*", "tasks.*"})
    )
    try:
        delete = register_cases(register).all[RegisterVerb.DELETE]
        world.commands.run(delete, EntryNamed(id=id), actor=keeper)
    except EntryInvalid as refusal:
        return [one.code for one in refusal.violations]
    return []


def test_that_on_which_a_visit_rests_is_not_deleted(world: _World) -> None:
    """An application, or an order from above, is there as long as a visit rests on it.

    One on which none rests, or those of a deleted task alone, is deleted as before.
    """
    filed, ordered = _applied(world, "办件-1", FARM), _ordered(world, ABOVE)
    task = drafted(world)
    named: list[dict[str, Any]] = [
        {"ground": VisitGround.APPLICATION, "application": filed, "subject": "subject-1"},
        {"ground": VisitGround.ORDER, "order": ordered, "subject": "subject-2"},
    ]
    for one in named:
        assert opens(world, task, VisitOrder(officers=("lead-1", "farm-1"), **one)) == []
    both: list[tuple[Any, str, str]] = [
        (APPROVAL_FILES, filed, FARM), (SUPERIOR_ORDERS, ordered, ABOVE),
    ]  # fmt: skip
    for register, id_, department in both:
        assert _deletes(world, register, id_, department) == ["kernel.register_rested_on"]
    assert _deletes(world, APPROVAL_FILES, _applied(world, "办件-2", FARM), FARM) == []
    assert _deletes(world, SUPERIOR_ORDERS, _ordered(world, ABOVE, number="新"), ABOVE) == []
    world.run("lead-0", delete_task, DeleteTask(task_id=task, reason="重复"))
    for register, id_, department in both:
        assert _deletes(world, register, id_, department) == []


def test_a_plan_that_draws_grounds_nothing(world: _World) -> None:
    """Only a sub-plan that was displayed as inspecting everybody does; and only whom it covers."""
    planned = _order("subject-1", ground=VisitGround.PLAN)
    for number, named in enumerate(("sub-2", "")):
        task = drafted(world, f"RW-{number}", plan="plan-whole", sub_plan=named)
        assert opens(world, task, planned) == ["tasks.plan_not_whole"]
    task = drafted(world, "RW-9", plan="plan-whole", sub_plan="sub-1")
    assert opens(world, task, planned) == []


def sent_out(world: _World, task: str) -> list[str]:
    """Dispatch a task; give the codes of what is against it, empty where nothing is."""
    try:
        world.run("lead-0", dispatch_task, DispatchTask(task_id=task))
    except Refused as refusal:
        return [one.code for one in refusal.violations]
    return []


def listed(world: _World, task: str) -> ApprovalList:
    """Give what the head sees before approving."""
    asked = ViewApprovalList(task_id=task)
    return world.commands.ask(view_approval_list, asked, actor=actor_of("lead-9"))


def test_who_orders_no_visit_changes_no_list(world: _World) -> None:
    """Without a visit there is nothing to approve anew: the approval of the list stands."""
    task = drafted(world)
    world.run("lead-0", skip_consultation, NameTask(task_id=task))
    assert opens(world, task, _order("subject-2")) == []
    world.run("lead-9", approve_task, NameTask(task_id=task))
    assert opens(world, task) == ["tasks.no_visits"]
    assert sent_out(world, task) == []


def test_drawn_is_visited_and_departures_are_marked(world: _World) -> None:
    """Finding 6: of 98 drawn none was visited and one undrawn was; the head's list showed neither.

    It goes out once whoever was drawn has a visit, or was taken off with a reason since: that is
    approved once more.
    """
    task = drafted(world)
    world.run("lead-0", skip_consultation, NameTask(task_id=task))
    draw = drawn_for(world, task, [code_of(world, "subject-1")], 1)
    assert opens(world, task, _order("subject-2")) == []
    shown = listed(world, task)
    assert (shown.drawn, shown.count, shown.undrawn) == (1, 1, 1)
    assert shown.unvisited == ("南宁示例乳业有限公司",)
    assert [(one.ground, one.departs) for one in shown.rows] == [(VisitGround.CLUE, True)]
    world.run("lead-9", approve_task, NameTask(task_id=task))
    assert sent_out(world, task) == ["tasks.drawn_unvisited"]
    with world.commands.transactions.begin() as unit:
        found = unit[Draws].get(draw.id)
        at, (code,) = world.clock.now(), found.selection
        found.adjust(action=Action.REMOVE, subject=code, by="u", reason="停业", at=at)
        unit[Draws].save(found)
        unit.commit()
    assert sent_out(world, task) == ["tasks.drawn_since_approved"]
    with world.commands.transactions.begin() as unit:
        made = unit[Tasks].get(task)
        made.admit_visits()
        unit[Tasks].save(made)
        unit.commit()
    departs = {one.title: one.text for one in listed(world, task).departures}
    assert departs["人工剔除"].endswith("待批准，理由：停业")
    assert departs["标记"] == MARKS[Mark.ADJUSTED]
    with world.commands.transactions.begin() as unit:
        found = unit[Draws].get(draw.id)
        found._adjustments = tuple(evolve(one, by="account-lead-9") for one in found.adjustments)
        unit[Draws].save(found)
        unit.commit()
    with pytest.raises(DrawNotAdjustable) as refusal:
        world.run("lead-9", approve_task, NameTask(task_id=task))
    assert [one.code for one in refusal.value.violations] == ["kernel.decided_by_proposer"]
    world.run("lead-8", approve_task, NameTask(task_id=task))
    shown = listed(world, task)
    departs = {one.title: one.text for one in shown.departures}
    assert "account-lead-8批准" in departs["人工剔除"]
    assert shown.removed == 1
    assert sent_out(world, task) == []


def test_the_head_sees_whom_an_adopted_opinion_adds(world: _World) -> None:
    """Else a department beside the lead names the firms, and the list says “undrawn” alone."""
    task = drafted(world)
    world.run("lead-0", consult, Consult(task_id=task, due_on=date(2026, 4, 9)))
    wanted = GiveOpinion(
        task_id=task, participates=True, subjects_to_add=("subject-2",), changes="多次被投诉"
    )
    world.run("farm-0", give_opinion, wanted)
    adopt = AnswerOpinion(task_id=task, opinion_id=FARM, adopted=True)
    world.run("lead-0", answer_opinion, adopt)
    world.run("lead-0", end_consultation, NameTask(task_id=task))
    drawn_for(world, task, [code_of(world, "subject-1")], 1)
    departs = {one.title: one.text for one in listed(world, task).departures}
    assert "account-farm-0" in departs["人工增加"]
    assert departs["人工增加"].endswith("account-lead-0批准，理由：采纳会商意见：多次被投诉")
    assert departs["标记"] == MARKS[Mark.ADJUSTED]
    with world.commands.transactions.begin_reading() as unit:
        found = unit[Tasks].get(task)
        shown = TASKS.completed(unit, found, TASKS.viewed(found))
    assert shown.draw_marks == (MARKS[Mark.ADJUSTED],)
    assert [
        (one.subject, one.department, one.by, one.approver, one.reason) for one in shown.additions
    ] == [("subject-2", FARM, "account-farm-0", "account-lead-0", "采纳会商意见：多次被投诉")]


def test_visits_of_a_cleared_draw_do_not_go_out(world: _World) -> None:
    """Else a lead draws, sets up the one visit that it likes, clears, and draws until all are in.

    The head's list showed nothing: without a draw nobody departs from it.
    """
    task = drafted(world)
    world.run("lead-0", skip_consultation, NameTask(task_id=task))
    drawn_for(world, task, [code_of(world, "subject-1")], 1)
    assert opens(world, task, _order("subject-1", ground=VisitGround.PICK)) == []
    with world.commands.transactions.begin() as unit:
        found = unit[Draws].get(f"draw-{task}")
        found.clear(by="u", reason="对象库有误", at=world.clock.now())
        unit[Draws].save(found)
        unit.commit()
    world.run("lead-9", approve_task, NameTask(task_id=task))
    assert sent_out(world, task) == ["tasks.visits_ungrounded"]


def test_a_plan_that_inspects_all_is_carried_out_whole(world: _World) -> None:
    """Otherwise 全查 would be a list from which the lead chooses."""
    task = drafted(world, plan="plan-whole", sub_plan="sub-1")
    world.run("lead-0", skip_consultation, NameTask(task_id=task))
    for subject, said in (("subject-1", ["tasks.drawn_unvisited"]), ("subject-2", [])):
        assert opens(world, task, _order(subject, ground=VisitGround.PLAN)) == []
        world.run("lead-9", approve_task, NameTask(task_id=task))
        assert sent_out(world, task) == said


def in_scene(world: _World, *subjects: str) -> None:
    """Let the scene inspect these alone, as whoever configures it may at any time."""
    resources = SceneResources(subjects_added=frozenset(subjects))
    command = ConfigureScene(scene_id="scene-dairy", resources=resources)
    keeper = evolve(actor_of("lead-0", "市场监管"), permissions=frozenset({"scenes.*"}))
    world.commands.run(configure_scene, command, actor=keeper)


def test_whom_a_plan_inspects_is_as_displayed_whatever_the_scene_says_since(world: _World) -> None:
    """A tester emptied the scene but for one firm, sent that out alone, and put it back."""
    both = ("subject-1", "subject-2")
    sheet, subs = plan_sheet(attachments=()), (sub_plan(whole=True),)
    plan = str(world.run("lead-0", draft_plan, DraftPlan(sheet=sheet, sub_plans=subs)))
    shown = DisplayPlan(plan_id=plan, until=world.clock.now().date() + timedelta(days=7))
    world.run("lead-0", display_plan, shown)
    world.clock.moment += timedelta(days=8)
    world.run("lead-9", settle_plan, SettlePlan(plan_id=plan))
    in_scene(world, "subject-1")
    task = drafted(world, plan=plan, sub_plan="sub-1")
    world.run("lead-0", skip_consultation, NameTask(task_id=task))
    assert opens(world, task, _order("subject-1", ground=VisitGround.PLAN)) == []
    assert listed(world, task).unvisited == ("subject-2",)
    world.run("lead-9", approve_task, NameTask(task_id=task))
    assert sent_out(world, task) == ["tasks.drawn_unvisited"]
    assert opens(world, task, _order("subject-2", ground=VisitGround.PLAN)) == []
    world.run("lead-9", approve_task, NameTask(task_id=task))
    in_scene(world, *both)
    assert listed(world, task).unvisited == ()
    assert sent_out(world, task) == []


def test_whom_a_plan_inspects_is_what_the_head_approved(world: _World) -> None:
    """Who goes out of the list, or comes in, after the approval is approved once more."""
    task = drafted(world, plan="plan-whole", sub_plan="sub-1")
    world.run("lead-0", skip_consultation, NameTask(task_id=task))
    planned = [_order(one, ground=VisitGround.PLAN) for one in ("subject-1", "subject-2")]
    assert opens(world, task, *planned) == []
    world.run("lead-9", approve_task, NameTask(task_id=task))
    with world.commands.transactions.begin() as unit:
        subject: Any = unit[Subjects].get("subject-2")
        subject._status = SubjectStatus.SUSPENDED
        unit[Subjects].save(subject)
        unit.commit()
    assert "tasks.drawn_since_approved" in sent_out(world, task)


def test_a_plan_settled_without_a_fixed_list_grounds_nothing(world: _World) -> None:
    """Plans of before ADR 0150: whom they inspected when displayed is not known any more."""
    with world.commands.transactions.begin() as unit:
        plan: Any = unit[Plans].get("plan-whole")
        plan._inspected = None
        unit[Plans].save(plan)
        unit.commit()
    task = drafted(world, plan="plan-whole", sub_plan="sub-1")
    planned = _order("subject-1", ground=VisitGround.PLAN)
    assert opens(world, task, planned) == ["tasks.plan_not_whole"]


def test_an_empty_list_is_not_approved_nor_ones_own(world: _World) -> None:
    """Finding 6: a leader approved 0 firms. Finding 10: one person with two roles, himself."""
    task = drafted(world)
    name = NameTask(task_id=task)
    assert _refused(world, "lead-9", approve_task, name) == ["tasks.no_visits"]
    assert opens(world, task, _order("subject-1")) == []
    assert _refused(world, "lead-0", approve_task, name) == ["tasks.approver_proposed"]


def test_an_officer_replaced_after_the_approval_is_approved_once_more(world: _World) -> None:
    """The list that the head allowed says who goes."""
    task = drafted(world)
    world.run("lead-0", skip_consultation, NameTask(task_id=task))
    command = OpenVisits(task_id=task, orders=(_order("subject-1"),))
    (visit,) = world.run("lead-0", open_visits, command)
    world.run("lead-9", approve_task, NameTask(task_id=task))
    replaced = ReplaceOfficer(
        visit_id=visit, old="lead-1", cause=ReplacementCause.ABSENCE, reason="出差"
    )
    world.run("lead-9", replace_officer, replaced)
    assert sent_out(world, task) == ["tasks.approval_missing"]


def test_what_went_out_urgently_shows_when_nobody_confirms(world: _World) -> None:
    """§14: the leader confirms by the next working day, else 未补批."""
    task = drafted(world)
    world.run("lead-0", skip_consultation, NameTask(task_id=task))
    assert opens(world, task, _order("subject-1")) == []
    world.run("lead-0", dispatch_task, DispatchTask(task_id=task, urgent_because="证据可能灭失"))
    shown = listed(world, task)
    assert (shown.approval_due, shown.unapproved) == (date(2026, 4, 8), False)
    world.clock.moment += timedelta(days=2)
    assert listed(world, task).unapproved is True
