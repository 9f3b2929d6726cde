"""What was softened, kept back or contradicted stands on the public page of a result (§14)."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest
from attrs import evolve

from adapters.crypto.platform_keys import PlatformKeys
from adapters.memory.ports import memory_transactions
from adapters.memory.unit import MemoryStore
from adapters.system import SystemIds
from supervision_core.content.model import OpenColumn
from supervision_core.content.services.opening import OpenShelf
from supervision_core.identity.model import NOWHERE, DataScope, SceneRole
from supervision_core.identity.ports import Users
from supervision_core.identity.services import Work
from supervision_core.identity.services.lists import cases_of
from supervision_core.kernel.days import local_day
from supervision_core.kernel.listing import ListFilter, ListQuery, Lists
from supervision_core.kernel.paging import FIRST_PAGE
from supervision_core.tasks.lists import REVIEWS, TASKS, TRANSFERS, VISITS
from supervision_core.tasks.model.presence import SignatureRefused
from supervision_core.tasks.model.results import ItemOutcome, Measure, Outcome, PendingMatter
from supervision_core.tasks.model.transfer import TransferKind
from supervision_core.tasks.ports import Tasks
from supervision_core.tasks.services.archiving import whole_file
from supervision_core.tasks.services.handovers import (
    AssignReview,
    ExplainTransfer,
    FillTransfer,
    RecordReview,
    StepTransfer,
    approve_transfer,
    assign_review,
    drop_transfer,
    fill_transfer,
    record_review,
    reject_transfer,
    send_transfer,
)
from supervision_core.tasks.services.publications import PublishResult, publish_result
from supervision_core.tasks.services.tasks import (
    CreateTask,
    DispatchTask,
    EngageThirdParty,
    NameAssistants,
    NameTask,
    create_task,
    dispatch_task,
    engage_third_party,
    name_assistants,
    skip_consultation,
)
from supervision_core.tasks.services.visits import (
    AllotAssistants,
    CheckInAtVisit,
    ConcludeVisit,
    ItemAnswer,
    OpenVisits,
    RecordResults,
    ReopenRecord,
    SignVisit,
    allot_assistants,
    check_in,
    conclude_visit,
    open_visits,
    record_results,
    reopen_record,
    sign_visit,
)

from .test_conduct_after import _formed, _interested
from .test_cycle import (
    BESIDE,
    _dispatched,
    _finish,
    _inspect,
    _of_institution,
    _order,
    _record,
    _refused,
    _sheet,
    _World,
    _world_on,
    actor_of,
    keep_world,
)

_REFUSAL = SignatureRefused(reason="拒签", witness="王五")


@pytest.fixture
def world(platform_keys: PlatformKeys) -> _World:
    """Give the office."""
    made = _world_on(memory_transactions(MemoryStore(), BESIDE), platform_keys)
    keep_world(made)
    return made


def _told(world: _World, visit: str) -> Mapping[str, str]:
    """Give what everybody reads of a result, shown for years."""
    return _read(world, visit, local_day(world.clock.now()) + timedelta(days=1))


def _read(world: _World, visit: str, today: date) -> Mapping[str, str]:
    with world.commands.transactions.begin_reading() as unit:
        found = OpenShelf(unit, today).read(OpenColumn.RESULTS, visit)
    return {one.title: one.text for one in found.facts}


def _shown(world: _World, visit: str) -> None:
    world.run("lead-9", publish_result, PublishResult(visit_id=visit, until=date(2029, 4, 7)))


def test_items_that_nobody_looked_at_are_counted(world: _World) -> None:
    """未发现问题, with every item passed over: nobody could tell it from a check."""
    _, (visit, _) = _dispatched(world)
    world.run("lead-1", check_in, CheckInAtVisit(visit_id=visit, reason="没有张贴码"))
    for officer, item, found in (
        ("lead-1", "item-1", ItemOutcome.NOT_APPLICABLE),
        ("farm-1", "item-2", ItemOutcome.NOT_CHECKED),
    ):
        answer = ItemAnswer(item=item, outcome=found, note="略")
        world.run(officer, record_results, RecordResults(visit_id=visit, answers=(answer,)))
    well = ConcludeVisit(visit_id=visit, outcomes=frozenset({Outcome.NO_PROBLEM}))
    world.run("lead-1", conclude_visit, well)
    world.run("lead-1", sign_visit, SignVisit(visit_id=visit, party=_REFUSAL))
    _finish(world, visit)
    _shown(world, visit)
    assert _told(world, visit)["没有检查的事项"] == "未检查1项，不适用1项"


def test_a_record_that_was_given_back_and_a_milder_conclusion_are_told(world: _World) -> None:
    """退回检查记录: signed for a penalty, given back, signed for guidance: it looked the same."""
    _, (visit, _) = _dispatched(world)
    _inspect(world, visit, ItemOutcome.FAILED)
    penalty = ConcludeVisit(
        visit_id=visit, outcomes=frozenset({Outcome.PENDING}),
        pending=frozenset({PendingMatter.OTHER_BREACH}),
        measures=frozenset({Measure.PENALTY_PROCEDURE}),
    )  # fmt: skip
    world.run("lead-1", conclude_visit, penalty)
    world.run("lead-1", sign_visit, SignVisit(visit_id=visit, party=_REFUSAL))
    world.run("lead-9", reopen_record, ReopenRecord(visit_id=visit, reason="请核对"))
    mild = evolve(penalty, measures=frozenset({Measure.GUIDANCE}))
    world.run("lead-1", conclude_visit, mild)
    world.run("lead-1", sign_visit, SignVisit(visit_id=visit, party=_REFUSAL))
    _finish(world, visit)
    _shown(world, visit)
    told = _told(world, visit)
    assert told["退回重录"].startswith("2026-04-07，")
    assert told["更正"] == "检查结论更正过2次"


def _case(world: _World) -> tuple[str, str]:
    """Give a shown result that goes to a penalty, and its case."""
    _, (visit, _) = _dispatched(world)
    _inspect(world, visit, ItemOutcome.FAILED)
    penalty = ConcludeVisit(
        visit_id=visit, outcomes=frozenset({Outcome.PENDING}),
        pending=frozenset({PendingMatter.OTHER_BREACH}),
        measures=frozenset({Measure.PENALTY_PROCEDURE}),
    )  # fmt: skip
    world.run("lead-1", conclude_visit, penalty)
    world.run("lead-1", sign_visit, SignVisit(visit_id=visit, party=_REFUSAL))
    _finish(world, visit)
    _shown(world, visit)
    with world.commands.transactions.begin_reading() as unit:
        (row,) = unit[Lists].page(TRANSFERS, ListFilter(), FIRST_PAGE).items
    return visit, row.id


def test_a_case_that_the_head_dropped_is_told(world: _World) -> None:
    """不移交: the head of a department alone let a case vanish that a result had marked."""
    visit, case = _case(world)
    assert "移交执法" not in _told(world, visit)
    dropped = ExplainTransfer(transfer_id=case, note="情节轻微")
    world.run("farm-9", drop_transfer, dropped)
    told = _told(world, visit)["移交执法"]
    assert told.startswith("2026-04-07，由")
    assert told.endswith("决定不移交：情节轻微")


def test_a_case_that_lies_is_told_once_it_should_have_left(world: _World) -> None:
    """Nobody fills it in: marked it stayed for ever, whatever was closed and archived since."""
    visit, _ = _case(world)
    assert _read(world, visit, date(2026, 6, 30))["移交执法"] == "已满公示期限，尚未移交"


def test_a_department_hands_no_case_over_to_itself(world: _World) -> None:
    """It would take it up, and close it."""
    _, case = _case(world)
    filled = FillTransfer(
        transfer_id=case, kind=TransferKind.ENFORCEMENT, receiver="dept-farm", reason="拟立案",
        reporters=("farm-1", "farm-2"),
    )  # fmt: skip
    assert _refused(world, "farm-0", fill_transfer, filled) == ["tasks.transfer_to_itself"]


def test_what_an_outside_body_is_said_to_have_answered_is_marked(world: _World) -> None:
    """代录: that a case is not taken up outside is entered by another than sent it, and told so."""
    visit, case = _case(world)
    filled = FillTransfer(
        transfer_id=case, kind=TransferKind.ENFORCEMENT, to="示例执法支队", reason="拟立案",
        reporters=("farm-1", "farm-2"),
    )  # fmt: skip
    world.run("farm-0", fill_transfer, filled)
    for user, act in (("farm-9", approve_transfer), ("farm-0", send_transfer)):
        world.run(user, act, StepTransfer(transfer_id=case))
    rejected = ExplainTransfer(transfer_id=case, note="证据不足")
    assert _refused(world, "farm-0", reject_transfer, rejected) == ["tasks.answer_by_sender"]
    world.run("farm-9", reject_transfer, rejected)
    mark = "移送部门代“示例执法支队”录入"
    assert _told(world, visit)["移交执法"] == f"2026-04-07，不予受理（{mark}）"
    with world.commands.transactions.begin_reading() as unit:
        (row,) = unit[Lists].page(TRANSFERS, ListFilter(), FIRST_PAGE).items
        file = whole_file(Work(actor_of("farm-0"), world.clock.now(), SystemIds(), unit), (
            unit[Tasks].get(row.task)
        ))  # fmt: skip
    assert row.entered == mark
    assert f"移交执法：不予受理（{mark}）" in {one.step for one in file.chronicle}


def _assisted(world: _World) -> str:
    """Give a formed visit that a third party assisted."""
    with world.commands.transactions.begin() as unit:
        for user in ("head", "tester"):
            unit[Users].save(_of_institution(user, "lab-1"))
        _record(unit, "lab-1", date(2026, 12, 31))
        unit.commit()
    task, (visit, _) = _dispatched(world, "lab-1")
    for case, command in (
        (name_assistants, NameAssistants(task_id=task, people=("tester",))),
        (allot_assistants, AllotAssistants(visit_id=visit, people=frozenset({"tester"}))),
    ):
        world.as_party("head", "lab-1", SceneRole.THIRD_PARTY, case, command)
    _formed(world, visit)
    return visit


def test_a_review_that_differs_is_told(world: _World) -> None:
    """任务复核: what an honest second look found was read by nobody outside.

    One that was given by hand, and not drawn, is marked with who did so and why.
    """
    visit = _assisted(world)
    given = AssignReview(visit_id=visit, officers=("lead-2",), reason="企业申请复核")
    blank = evolve(given, reason=" ")
    assert _refused(world, "lead-0", assign_review, blank) == ["tasks.field_empty"]
    review = world.run("lead-0", assign_review, given)
    _shown(world, visit)
    by_hand = "未经抽取，2026-04-07由"
    assert _told(world, visit)["任务复核"].startswith(f"待复核（{by_hand}")
    assert _told(world, visit)["任务复核"].endswith("指定：企业申请复核）")
    shown = world.commands.ask(
        (cases := cases_of(REVIEWS)).view, cases.named(id=review), actor=actor_of("lead-0")
    ).content
    assert (shown.picked_by, shown.picked_because) == ("account-lead-0", "企业申请复核")
    differs = RecordReview(
        review_id=review, agrees=False, differing_items=("item-1",), note="许可证已过期"
    )
    world.run("lead-2", record_review, differs)
    assert _told(world, visit)["任务复核"].startswith(f"与检查结果不一致，涉及1项（{by_hand}")


def test_who_must_withdraw_reviews_nothing(world: _World) -> None:
    """回避: asked of whoever looks a second time as of whoever inspects."""
    visit = _assisted(world)
    _interested(world, "lead-2")
    given = AssignReview(visit_id=visit, officers=("lead-2",), reason="企业申请复核")
    assert _refused(world, "lead-0", assign_review, given) == ["tasks.officer_recused"]


def test_an_institution_reads_whom_it_is_to_assist_once_the_task_went_out(world: _World) -> None:
    """§14: engaged for a draft, a laboratory read which of its customers would be inspected."""
    with world.commands.transactions.begin() as unit:
        _record(unit, "lab-1", date(2026, 12, 31))
        unit.commit()
    task = world.run("lead-0", create_task, CreateTask(sheet=_sheet()))
    engaged = EngageThirdParty(task_id=task, institution="lab-1", duty="抽样检测", headcount=1)
    world.run("lead-0", engage_third_party, engaged)
    orders = OpenVisits(task_id=task, orders=(_order("subject-1"),))
    world.run("lead-0", open_visits, orders)

    lists: tuple[ListQuery[Any], ...] = (TASKS, VISITS)

    def read() -> list[int]:
        scope = DataScope(region=NOWHERE, role=SceneRole.THIRD_PARTY, party="lab-1")
        wanted = ListFilter(reach=scope.predicate())
        with world.commands.transactions.begin_reading() as unit:
            return [len(unit[Lists].page(one, wanted, FIRST_PAGE).items) for one in lists]

    assert read() == [0, 0]
    world.run("lead-0", skip_consultation, NameTask(task_id=task))
    world.run("lead-0", dispatch_task, DispatchTask(task_id=task, urgent_because="可能危及安全"))
    assert read() == [1, 1]
