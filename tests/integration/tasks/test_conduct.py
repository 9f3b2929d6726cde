"""What follows from a visit: two officers form its result, and each firm comes to an end (§14)."""

from datetime import date, timedelta
from functools import partial

import pytest
from attrs import evolve

from adapters.crypto.platform_keys import PlatformKeys
from adapters.memory.ports import memory_transactions
from adapters.memory.unit import MemoryStore
from supervision_core.content.services.opening import OpenShelf
from supervision_core.files.model import AttachmentsRefused
from supervision_core.files.ports import Attachments
from supervision_core.files.services import FetchFile, fetch_file
from supervision_core.identity.model import NOWHERE, Actor, DataScope, SceneRole
from supervision_core.identity.services.lists import cases_of
from supervision_core.kernel.errors import NotFound, Refused
from supervision_core.tasks.lists import VISITS
from supervision_core.tasks.model.presence import SignatureRefused, WaiverGround
from supervision_core.tasks.model.rating import Score
from supervision_core.tasks.model.rectification import DeliveryChannel, RecheckResult
from supervision_core.tasks.model.results import ItemOutcome
from supervision_core.tasks.model.sealing import SealingGround
from supervision_core.tasks.model.visit import VisitState
from supervision_core.tasks.ports import Publications, Visits
from supervision_core.tasks.services.own import ViewOwnVisit, view_own_visit
from supervision_core.tasks.services.places import ViewPlaceShares, view_place_shares
from supervision_core.tasks.services.rating import RateVisit, rate_visit
from supervision_core.tasks.services.rectifications import (
    DeliverRectification,
    IssueRectification,
    RecheckRectification,
    ReportRectification,
    deliver_rectification,
    issue_rectification,
    recheck_rectification,
    report_rectification,
)
from supervision_core.tasks.services.tasks import NameTask, close_part
from supervision_core.tasks.services.visits import (
    CheckInAtVisit,
    CompleteVisit,
    ConfirmRecord,
    DecideSealing,
    DecideUnvisited,
    ItemAnswer,
    NameVisit,
    ProposeSealing,
    RecordResults,
    ReopenRecord,
    ReportUnvisited,
    SignVisit,
    check_in,
    complete_visit,
    confirm_record,
    confirm_unvisited,
    decide_sealing,
    decide_unvisited,
    propose_sealing,
    record_results,
    reopen_record,
    report_unvisited,
    sign_visit,
)
from supervision_core.tasks.services.warnings import WarningRound
from supervision_core.testing.tasks import FARM, LEAD

from .test_cycle import (
    BESIDE,
    _dispatched,
    _inspect,
    _refused,
    _World,
    _world_on,
    actor_of,
    keep_world,
)


@pytest.fixture
def world(platform_keys: PlatformKeys) -> _World:
    """Give the office."""
    made = _world_on(memory_transactions(MemoryStore(), BESIDE), platform_keys)
    keep_world(made)
    return made


def _completed(world: _World, visit: str) -> None:
    """Let one officer do everything: check, sign for a refusal, complete."""
    _inspect(world, visit)
    party = SignatureRefused(reason="拒签", witness="王五")
    world.run("lead-1", sign_visit, SignVisit(visit_id=visit, party=party))
    world.run("lead-1", complete_visit, CompleteVisit(visit_id=visit))


def _published(world: _World, visit: str) -> bool:
    with world.commands.transactions.begin_reading() as unit:
        try:
            unit[Publications].get(visit)
        except NotFound:
            return False
    return True


def test_what_one_officer_did_alone_counts_for_nothing(world: _World) -> None:
    """Finding 7: a check of two officers took one of them 30 s at a desk.

    No term of publication runs, nothing becomes a fact, and the part is not closed.
    """
    task, (visit, _) = _dispatched(world)
    _completed(world, visit)
    assert not _published(world, visit)
    assert "last_checked_on" not in world.facts("subject-1")
    assert "tasks.visits_open" in _refused(world, "farm-0", close_part, NameTask(task_id=task))
    assert _refused(world, "lead-1", confirm_record, ConfirmRecord(visit_id=visit)) == [
        "tasks.confirmed_by_recorder"
    ]
    world.run("farm-1", confirm_record, ConfirmRecord(visit_id=visit))
    assert _published(world, visit)
    assert "last_checked_on" in world.facts("subject-1")


def test_the_head_is_called_on_after_two_working_days(world: _World) -> None:
    """What nobody confirms does not lie about: the head gives it back, or has it confirmed."""
    _, (visit, _) = _dispatched(world)
    _completed(world, visit)
    clock = world.clock
    for days, called in ((2, False), (1, True)):
        clock.moment += timedelta(days=days)
        WarningRound(world.commands.transactions, clock).run()
        with world.commands.transactions.begin_reading() as unit:
            assert unit[Visits].get(visit).leader_called is called
    world.run("lead-9", reopen_record, ReopenRecord(visit_id=visit, reason="请两人重新核对"))
    with world.commands.transactions.begin_reading() as unit:
        assert unit[Visits].get(visit).state is VisitState.STARTED


def test_a_firm_that_is_gone_ends_lawfully_unvisited(world: _World) -> None:
    """§14: ground, evidence of the place, second officer, leader; then nothing of it is open."""
    task, (visit, other) = _dispatched(world)
    photo = world.sends("lead-1", "大门.txt")
    report = ReportUnvisited(
        visit_id=visit, ground=WaiverGround.GONE, note="查无此处", evidence=(photo,)
    )
    world.run("lead-1", report_unvisited, report)
    assert world.sees("farm-1", visit, photo)
    assert _refused(world, "lead-1", confirm_unvisited, NameVisit(visit_id=visit)) == [
        "tasks.waiver_confirmed_by_reporter"
    ]
    world.run("farm-1", confirm_unvisited, NameVisit(visit_id=visit))
    world.run("lead-9", decide_unvisited, DecideUnvisited(visit_id=visit, granted=True))
    assert not _published(world, visit)
    _completed(world, other)
    world.run("farm-1", confirm_record, ConfirmRecord(visit_id=other))
    world.run("lead-0", close_part, NameTask(task_id=task), LEAD)


def test_what_one_officer_orders_makes_no_facts_and_no_rating(world: _World) -> None:
    """§14: an officer alone raised a firm's risk by an order, and it was asked to rate the check.

    Both count once the second officer stands to the record.
    """
    _, (visit, _) = _dispatched(world)
    _inspect(world, visit, ItemOutcome.FAILED)
    party = SignatureRefused(reason="拒签", witness="王五")
    world.run("lead-1", sign_visit, SignVisit(visit_id=visit, party=party))
    order = IssueRectification(visit_id=visit, number="责改〔2026〕1号", days=5)
    made = world.run("farm-1", issue_rectification, order)
    world.run("lead-1", complete_visit, CompleteVisit(visit_id=visit))
    assert world.facts("subject-1").get("open_findings", 0) == 0
    rated = RateVisit(visit_id=visit, lawful=Score.ONE, courteous=Score.ONE, helpful=Score.ONE)
    firm = partial(world.as_party, "firm", "subject-1", SceneRole.ENTERPRISE)
    with pytest.raises(Refused) as early:
        firm(rate_visit, rated)
    assert [one.code for one in early.value.reasons] == ["tasks.visit_not_formed"]
    deliver = DeliverRectification(rectification_id=made, channel=DeliveryChannel.ON_SPOT)
    world.run("farm-1", deliver_rectification, deliver)
    world.run("farm-1", report_rectification, ReportRectification(rectification_id=made, text="改"))
    look = RecheckRectification(
        rectification_id=made, officers=("farm-1", "farm-2"), result=RecheckResult.TRANSFER,
        note="拒不改正",
    )  # fmt: skip
    assert _refused(world, "farm-1", recheck_rectification, look) == ["tasks.visit_not_formed"]
    world.run("farm-1", confirm_record, ConfirmRecord(visit_id=visit))
    assert world.facts("subject-1")["open_findings"] == 1
    firm(rate_visit, rated)


def _with_photo(world: _World, visit: str) -> str:
    """Let a result have a photo; give its file."""
    world.run("lead-1", check_in, CheckInAtVisit(visit_id=visit, reason="没有张贴码"))
    photo = world.sends("lead-1", "顾客.png")
    answer = ItemAnswer(item="item-1", outcome=ItemOutcome.FAILED, note="见照片", evidence=(photo,))
    world.run("lead-1", record_results, RecordResults(visit_id=visit, answers=(answer,)))
    return photo


def test_evidence_with_personal_matter_is_closed_by_two_and_stays_as_a_row(world: _World) -> None:
    """§14: nobody opens it any more; digest, row and ground are seen by staff and by the firm.

    Who proposes does not decide, whatever second role the same account holds.
    """
    _, (visit, other) = _dispatched(world)
    photo = _with_photo(world, visit)
    propose = ProposeSealing(
        visit_id=visit, file=photo, ground=SealingGround.PERSONAL, reason="拍到了顾客的身份证"
    )
    elsewhere = evolve(propose, visit_id=other)
    assert _refused(world, "lead-1", propose_sealing, elsewhere) == ["tasks.file_not_of_visit"]
    with pytest.raises(Refused):
        world.run("lead-9", propose_sealing, propose)
    made = world.run("lead-1", propose_sealing, propose)
    decide = DecideSealing(visit_id=visit, sealing_id=made, granted=True)
    assert _refused(world, "lead-1", decide_sealing, decide) == ["kernel.decided_by_proposer"]
    with pytest.raises(NotFound):
        world.run("farm-0", decide_sealing, decide)
    assert world.sees("farm-1", visit, photo)
    world.run("lead-9", decide_sealing, decide)
    assert not world.sees("lead-1", visit, photo)
    assert not world.sees("lead-9", visit, photo)
    cases = cases_of(VISITS)
    said = world.commands.ask(cases.view, cases.named(id=visit), actor=actor_of("farm-1")).content
    assert [(one.file, one.sealed) for one in said.evidence] == [(photo, SealingGround.PERSONAL)]
    with world.commands.transactions.begin_reading() as unit:
        (hanging,) = unit[Attachments].of("visit", visit)
    assert [one.sm3 for one in said.sealings] == [hanging.content.sm3]
    scope = DataScope(region=NOWHERE, role=SceneRole.ENTERPRISE, party="subject-1")
    firm = Actor(user="firm", department="", scope=scope, permissions=frozenset({"tasks.*"}))
    told = world.commands.ask(view_own_visit, ViewOwnVisit(visit_id=visit), actor=firm).content
    assert [(one.ground, one.sm3) for one in told.sealings] == [
        (SealingGround.PERSONAL, hanging.content.sm3)
    ]
    answer = ItemAnswer(item="item-1", outcome=ItemOutcome.FAILED, note="见照片", evidence=(photo,))
    world.run("lead-1", record_results, RecordResults(visit_id=visit, answers=(answer,)))


def test_who_reports_or_confirms_that_a_firm_is_gone_does_not_decide_it(world: _World) -> None:
    """§14: an officer who leads too, by a second role of his account, decides nothing of it."""
    _, (visit, _) = _dispatched(world)
    photo = world.sends("lead-1", "大门.txt")
    report = ReportUnvisited(
        visit_id=visit, ground=WaiverGround.GONE, note="查无此处", evidence=(photo,)
    )
    world.run("lead-1", report_unvisited, report)
    world.run("farm-1", confirm_unvisited, NameVisit(visit_id=visit))
    decide = DecideUnvisited(visit_id=visit, granted=True)
    assert _refused(world, "lead-1", decide_unvisited, decide) == ["kernel.decided_by_proposer"]
    world.run("lead-9", decide_unvisited, decide)


def test_files_of_a_visit_to_come_are_read_as_the_visit_is(world: _World) -> None:
    """§14: a photo on a visit to come told an official elsewhere within reach who is visited.

    Whoever oversees reads it, and the log keeps that he did.
    """
    _, (visit, _) = _dispatched(world)
    photo = world.sends("lead-1", "大门.txt")
    report = ReportUnvisited(
        visit_id=visit, ground=WaiverGround.GONE, note="查无此处", evidence=(photo,)
    )
    world.run("lead-1", report_unvisited, report)
    above = DataScope(region="450000", departments=frozenset({LEAD, FARM, "dept-office"}))
    may = frozenset({"files.*", "tasks.check_in", "tasks.list_visits", "tasks.view_visit"})
    elsewhere = Actor(user="o-1", department="dept-office", scope=above, permissions=may)
    fetched = FetchFile(kind="visit", thing_id=visit, file_id=photo)
    with pytest.raises(NotFound):
        world.commands.ask(fetch_file, fetched, actor=elsewhere)
    overseer = evolve(elsewhere, permissions=may | {"tasks.supervise"})
    world.commands.ask(fetch_file, fetched, actor=overseer)
    assert world.sees("farm-1", visit, photo)


def test_a_posted_code_keeps_the_digest_of_the_sign(world: _World) -> None:
    """§14: position and photo of the sign are on the record, and a photo is a picture."""
    _, (visit, other) = _dispatched(world)
    arrival = CheckInAtVisit(visit_id=visit, reason="码损坏", place="22.81,108.36")
    for wrong in (world.sends("lead-1", "招牌.txt"), world.sends("lead-1", "招牌.pdf")):
        with pytest.raises(AttachmentsRefused):
            world.run("lead-1", check_in, evolve(arrival, photo=wrong))
    photo = world.sends("lead-1", "招牌.png")
    world.run("lead-1", check_in, evolve(arrival, photo=photo))
    with world.commands.transactions.begin_reading() as unit:
        (hanging,) = unit[Attachments].of("visit", visit)
        arrived = unit[Visits].get(visit).started
    assert arrived is not None
    assert (arrived.photo, arrived.photo_sm3) == (photo, hanging.content.sm3)
    with pytest.raises(AttachmentsRefused):
        world.run("lead-1", check_in, evolve(arrival, visit_id=other, photo=photo))


def test_the_share_without_proof_of_place_is_told_by_department(world: _World) -> None:
    """§14: to the lead and those above, and to everybody, of the year in which they were formed."""
    _, (first, second) = _dispatched(world)
    _completed(world, first)
    _completed(world, second)
    asked = ViewPlaceShares(year=2026)

    def told(user: str, department: str = "") -> list[tuple[str, int, int, str]]:
        found = world.commands.ask(view_place_shares, asked, actor=actor_of(user, department))
        return [(one.department, one.visits, one.reason, one.share) for one in found.items]

    assert told("lead-9") == []
    world.run("farm-1", confirm_record, ConfirmRecord(visit_id=first))
    assert told("lead-9") == [(LEAD, 1, 1, "100.0%")]
    assert told("farm-9", FARM) == []
    with world.commands.transactions.begin_reading() as unit:
        (shown,) = OpenShelf(unit, date(2026, 12, 31)).places(2026)
        assert list(OpenShelf(unit, date(2026, 12, 31)).places(2025)) == []
    assert (shown.visits, shown.reason) == (1, 1)
