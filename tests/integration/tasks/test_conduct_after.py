"""What follows from a visit is not made to vanish by one person's lawful requests (design §14)."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta

import pytest
from attrs import evolve
from tests.scan_codes import codes_of_test

from adapters.crypto.platform_keys import PlatformKeys
from adapters.memory.ports import memory_transactions
from adapters.memory.unit import MemoryStore
from supervision_core.identity.model import SceneRole
from supervision_core.kernel.days import local_day
from supervision_core.kernel.errors import Refused
from supervision_core.kernel.scan_codes import ScanCodes
from supervision_core.officers.model import Interest, InterestKind
from supervision_core.officers.ports import Officers
from supervision_core.subjects.ports import Subjects
from supervision_core.tasks.model.grounds import VisitGround
from supervision_core.tasks.model.presence import PlaceProof, SignatureRefused, WaiverGround
from supervision_core.tasks.model.rectification import DeliveryChannel, RecheckResult
from supervision_core.tasks.model.results import ItemOutcome, Outcome
from supervision_core.tasks.model.visit import Visit
from supervision_core.tasks.ports import Rectifications, Visits
from supervision_core.tasks.services.own import (
    ConfirmVisit,
    ShowVisitCode,
    confirm_visit,
    show_visit_code,
)
from supervision_core.tasks.services.rectifications import (
    ConfirmRecheck,
    DeliverRectification,
    ExtendRectification,
    IssueRectification,
    RecheckRectification,
    WithdrawRectification,
    confirm_recheck,
    deliver_rectification,
    extend_rectification,
    issue_rectification,
    recheck_rectification,
    withdraw_rectification,
)
from supervision_core.tasks.services.tasks import (
    CreateTask,
    NameTask,
    claim_part,
    close_part,
    create_task,
)
from supervision_core.tasks.services.visits import (
    CheckInAtVisit,
    ConcludeVisit,
    DecideUnvisited,
    ItemAnswer,
    NameVisit,
    OpenVisits,
    RecordResults,
    ReportUnvisited,
    SignVisit,
    TypeResults,
    check_in,
    conclude_visit,
    confirm_unvisited,
    decide_unvisited,
    open_visits,
    record_results,
    report_unvisited,
    sign_visit,
    type_results,
)

from .test_cycle import (
    BESIDE,
    SUBJECTS,
    _dispatched,
    _finish,
    _goes_out,
    _inspect,
    _order,
    _refused,
    _sheet,
    _World,
    _world_on,
    actor_of,
    keep_world,
)


@pytest.fixture
def world(platform_keys: PlatformKeys) -> _World:
    """Give the office."""
    beside = {**BESIDE, ScanCodes: lambda _: codes_of_test()}
    made = _world_on(memory_transactions(MemoryStore(), beside), platform_keys)
    keep_world(made)
    return made


def _formed(world: _World, visit: str, outcome: ItemOutcome = ItemOutcome.PASSED) -> None:
    """Let two officers form a result."""
    _inspect(world, visit, outcome)
    party = SignatureRefused(reason="拒签", witness="王五")
    world.run("lead-1", sign_visit, SignVisit(visit_id=visit, party=party))
    _finish(world, visit)


def test_what_is_to_be_put_right_is_ordered_before_a_part_closes(world: _World) -> None:
    """责令改正: a clerk ordered nothing, or took the order back, and closed: the finding was gone.

    Who found nothing closes as before.
    """
    task, (first, second) = _dispatched(world)
    _formed(world, first, ItemOutcome.FAILED)
    _formed(world, second)
    close = NameTask(task_id=task)
    assert _refused(world, "farm-0", close_part, close) == ["tasks.findings_unordered"]
    order = IssueRectification(visit_id=first, number="责改〔2026〕1号", days=5)
    made = world.run("farm-1", issue_rectification, order)
    assert _refused(world, "farm-0", close_part, close) == ["tasks.rectifications_open"]
    back = WithdrawRectification(rectification_id=made, reason="期限填错")
    world.run("farm-1", withdraw_rectification, back)
    assert _refused(world, "farm-0", close_part, close) == ["tasks.findings_unordered"]
    world.run("lead-0", close_part, close)


def _ordered(world: _World, days: int = 3, *, delivered: bool = True) -> str:
    """Order what was found of a firm to be put right in some working days."""
    _, (visit, _) = _dispatched(world)
    _formed(world, visit, ItemOutcome.FAILED)
    order = IssueRectification(visit_id=visit, number="责改〔2026〕1号", days=days)
    made = world.run("farm-1", issue_rectification, order)
    if delivered:
        _delivered(world, made)
    return made


def _delivered(world: _World, order: str) -> None:
    handed = DeliverRectification(rectification_id=order, channel=DeliveryChannel.ON_SPOT)
    world.run("farm-1", deliver_rectification, handed)


def _is_late(world: _World, order: str) -> bool:
    with world.commands.transactions.begin_reading() as unit:
        return unit[Rectifications].get(order).late(local_day(world.clock.now()))


def _looked_at(world: _World, order: str, result: RecheckResult, days: int | None = None) -> None:
    """Let two officers look again."""
    look = RecheckRectification(
        rectification_id=order, officers=("farm-1", "farm-2"), result=result, note="见照片",
        days=days,
    )  # fmt: skip
    world.run("farm-1", recheck_rectification, look)
    world.run("farm-2", confirm_recheck, ConfirmRecheck(rectification_id=order))


def _extended(world: _World, order: str) -> None:
    longer = ExtendRectification(rectification_id=order, days=5, reason="设备没有到货")
    world.run("farm-0", extend_rectification, longer)


@pytest.mark.parametrize(
    "forgive",
    [
        _extended,
        lambda world, order: _looked_at(world, order, RecheckResult.NO_PROBLEM),
        lambda world, order: _looked_at(world, order, RecheckResult.ORDERED_AGAIN, 5),
    ],
)
def test_a_term_that_passed_without_a_report_stays_so(
    world: _World, forgive: Callable[[_World, str], None]
) -> None:
    """逾期未整改: a longer term, or a second look, given afterwards made a late firm punctual."""
    order = _ordered(world)
    world.clock.moment += timedelta(days=20)
    assert _is_late(world, order)
    forgive(world, order)
    assert _is_late(world, order)
    assert world.facts("subject-1").get("overdue_rectifications_1y") == 1


def test_an_order_that_did_not_reach_the_firm_makes_it_late_by_nothing(world: _World) -> None:
    """An officer kept an order back until its term was over, and the firm was graded as late.

    Such an order is not handed over any more: it is withdrawn and given anew.
    """
    order = _ordered(world, delivered=False)
    world.clock.moment += timedelta(days=20)
    assert not _is_late(world, order)
    handed = DeliverRectification(rectification_id=order, channel=DeliveryChannel.ON_SPOT)
    assert _refused(world, "farm-1", deliver_rectification, handed) == ["tasks.delivered_too_late"]
    back = WithdrawRectification(rectification_id=order, reason="没有按期送达")
    world.run("farm-1", withdraw_rectification, back)


def test_who_has_an_interest_does_not_look_again(world: _World) -> None:
    """回避 (行政处罚法 第43条): asked of whoever looks again as of whoever inspects."""
    order = _ordered(world)
    _interested(world, "farm-2")
    look = RecheckRectification(
        rectification_id=order, officers=("farm-1", "farm-2"), result=RecheckResult.NO_PROBLEM
    )
    with pytest.raises(Refused) as refused:
        world.run("farm-1", recheck_rectification, look)
    assert [(one.code, dict(one.data)) for one in refused.value.reasons] == [
        ("tasks.officer_recused", {"officer": "farm-2"})
    ]


def _interested(world: _World, officer: str, subject: str = "subject-1") -> None:
    """Let an officer declare an interest in a firm."""
    with world.commands.transactions.begin() as unit:
        code = unit[Subjects].get(subject).identity.code
        found = unit[Officers].get(officer)
        found.declare(
            Interest(subject_code=code, kind=InterestKind.KINSHIP, declared_on=date(2026, 4, 1))
        )
        unit[Officers].save(found)
        unit.commit()


def _scans(world: _World, visit: str) -> None:
    """Let the firm scan the code that officers show today."""
    shown = world.commands.ask(
        show_visit_code, ShowVisitCode(visit_id=visit), actor=actor_of("lead-1")
    )
    scan = ConfirmVisit(visit_id=visit, code=shown.text)
    world.as_party("firm", "subject-1", SceneRole.ENTERPRISE, confirm_visit, scan)


def _visit(world: _World, visit: str) -> Visit:
    with world.commands.transactions.begin_reading() as unit:
        return unit[Visits].get(visit)


def test_a_scan_of_days_before_does_not_prove_that_officers_came(world: _World) -> None:
    """到场证明: sent by telephone days before, the code proved a visit that was made at a desk."""
    _, (visit, _) = _dispatched(world)
    _scans(world, visit)
    world.clock.moment += timedelta(days=3)
    world.run("lead-1", check_in, CheckInAtVisit(visit_id=visit, reason="没有张贴码"))
    assert _visit(world, visit).place_proof is PlaceProof.REASON
    _scans(world, visit)
    assert _visit(world, visit).place_proof is PlaceProof.FIRM


def test_no_code_is_shown_of_a_visit_that_nobody_has_sent_out(world: _World) -> None:
    """By it a firm read, of a draft, who would come and what for."""
    task = world.run("lead-0", create_task, CreateTask(sheet=_sheet()))
    orders = OpenVisits(task_id=task, orders=(_order("subject-1"),))
    (visit,) = world.run("lead-0", open_visits, orders)
    with pytest.raises(Refused) as refused:
        _scans(world, visit)
    assert [one.code for one in refused.value.reasons] == ["tasks.approval_missing"]


def test_a_firm_in_which_something_was_found_was_visited(world: _World) -> None:
    """依法未检查: two officers had what they had found replaced by 查无此处."""
    _, (visit, other) = _dispatched(world)
    _inspect(world, visit, ItemOutcome.FAILED)
    report = ReportUnvisited(
        visit_id=visit, ground=WaiverGround.GONE, note="查无此处",
        evidence=(world.sends("lead-1", "大门.txt"),),
    )  # fmt: skip
    found = ["tasks.waiver_after_findings"]
    assert _refused(world, "lead-1", report_unvisited, report) == found
    world.run("lead-1", report_unvisited, evolve(report, visit_id=other, evidence=(
        world.sends("lead-1", "门.txt"),
    )))  # fmt: skip
    world.run("farm-1", confirm_unvisited, NameVisit(visit_id=other))
    _inspect(world, other, ItemOutcome.FAILED)
    decide = DecideUnvisited(visit_id=other, granted=True)
    assert _refused(world, "lead-9", decide_unvisited, decide) == found
    world.run("lead-9", decide_unvisited, evolve(decide, granted=False, answer="已有检查结果"))


def test_a_firm_of_which_nothing_could_be_looked_at_stays_in_the_pool(world: _World) -> None:
    """§14: what two officers call closed down uses no cap, and keeps no firm from being drawn."""
    sheet = _sheet(plan="plan-whole", sub_plan="sub-1")
    task = world.run("lead-0", create_task, CreateTask(sheet=sheet))
    orders = tuple(_order(one, ground=VisitGround.PLAN) for one in SUBJECTS)
    (visit, other) = world.run("lead-0", open_visits, OpenVisits(task_id=task, orders=orders))
    _goes_out(world, task)
    for one in ("lead-0", "farm-0"):
        with suppress(Refused):
            world.run(one, claim_part, NameTask(task_id=task))
    world.run("lead-1", check_in, CheckInAtVisit(visit_id=visit, reason="没有张贴码"))
    gone = ConcludeVisit(visit_id=visit, outcomes=frozenset({Outcome.CLOSED_DOWN}))
    world.run("lead-1", conclude_visit, gone)
    party = SignatureRefused(reason="无人", witness="王五")
    world.run("lead-1", sign_visit, SignVisit(visit_id=visit, party=party))
    _finish(world, visit)
    _formed(world, other)
    shielded = [
        _visit(world, one).shields(today=date(2026, 9, 1), dispatched=True)
        for one in (visit, other)
    ]
    assert shielded == [False, True]


def test_who_types_results_in_replaces_none(world: _World) -> None:
    """代录: a clerk put 未发现问题 in the place of what an officer had found, in his name."""
    _, (visit, _) = _dispatched(world)
    world.run("lead-1", check_in, CheckInAtVisit(visit_id=visit, reason="没有张贴码"))
    found = ItemAnswer(item="item-2", outcome=ItemOutcome.FAILED, note="没有交接单")
    world.run("farm-1", record_results, RecordResults(visit_id=visit, answers=(found,)))
    other = ItemAnswer(item="item-2", outcome=ItemOutcome.PASSED, corrected_because="笔误")
    typed = TypeResults(visit_id=visit, officer="farm-1", answers=(other,))
    assert _refused(world, "farm-0", type_results, typed) == ["tasks.typed_over_result"]


def test_a_position_far_from_the_registered_place_proves_nothing(world: _World) -> None:
    """ADR 0151: a posted code can be photographed, and scanned where nobody is."""
    _, visits = _dispatched(world)
    codes, now = codes_of_test(), world.clock.now()
    texts = []
    with world.commands.transactions.begin() as unit:
        for firm in map(unit[Subjects].get, SUBJECTS):
            code = firm.next_code(at=now)
            texts.append(codes.make(code))
            firm.issue_code(texts[-1], code, by="account-lead-1", at=now)
            unit[Subjects].save(firm)
        unit.commit()
    places = ("22.817500,108.366500（误差9米）", "22.830000,108.366500（误差9米）")
    for visit, text, place in zip(visits, texts, places, strict=True):
        photo = world.sends("lead-1", f"招牌{visit}.png")
        arrival = CheckInAtVisit(visit_id=visit, code=text, place=place, photo=photo)
        world.run("lead-1", check_in, arrival)
    near, far = (_visit(world, one) for one in visits)
    assert (near.place_proof, far.place_proof) == (PlaceProof.POSTED, PlaceProof.FAR)
    assert [one.started and one.started.metres for one in (near, far)] == [56, 1445]
