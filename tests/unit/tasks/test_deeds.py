"""What a verb leaves behind: every field it was told, and the event that tells of it."""

from datetime import date, datetime, timedelta

import pytest
from attrs import evolve

from supervision_core.tasks.model import events
from supervision_core.tasks.model.archive import make_manifest
from supervision_core.tasks.model.facts import (
    FormedResult,
    OrderRecord,
    formed_result,
    order_record,
    result_facts,
)
from supervision_core.tasks.model.presence import (
    CheckIn,
    ConfirmationWay,
    Extension,
    ExtensionState,
    RecordConfirmation,
    Replacement,
    ReplacementCause,
    SignatureSheet,
    Signed,
)
from supervision_core.tasks.model.publication import (
    Publication,
    PublicationRefused,
    PublicSubject,
    ShownResult,
    Withdrawal,
    WithdrawalGround,
    shown_result,
)
from supervision_core.tasks.model.rectification import (
    Delivery,
    DeliveryChannel,
    Recheck,
    RecheckResult,
    Rectification,
    RectificationReport,
    TermExtension,
)
from supervision_core.tasks.model.results import (
    Conclusion,
    Finding,
    ItemOutcome,
    Outcome,
    PendingMatter,
    VisitItem,
    findings_of,
)
from supervision_core.tasks.model.review import Review
from supervision_core.tasks.model.sheet import Approval, ThirdPartyPart, Urging
from supervision_core.tasks.model.task import Task
from supervision_core.tasks.model.transfer import (
    Transfer,
    TransferState,
    TransferStep,
)
from supervision_core.tasks.model.visit import Visit
from supervision_core.tasks.model.warnings import (
    LateWarning,
    WarningKind,
    publication_warning,
    rectification_warning,
    task_warnings,
    visit_warning,
)
from supervision_core.testing.tasks import (
    FARM,
    INSPECTORS,
    ITEMS,
    LEAD,
    MOMENT,
    TODAY,
    inspector,
    order_sheet,
    result,
    shown,
    task_sheet,
    transfer,
    visit,
    visit_sheet,
)

LATER = MOMENT + timedelta(hours=3)
DUE = date(2026, 5, 29)
DAY = timedelta(days=1)
PARTY = Signed(signer="李四", image="file-9")
OFFSITE = tuple(
    VisitItem(id=item.id, title=item.title, department=item.department, onsite=False)
    for item in ITEMS
)


def sent() -> Task:
    """Give a dispatched task with two third parties."""
    made = Task.create(id="task-1", sheet=task_sheet(), at=MOMENT)
    made.engage_third_party(institution="i-1", duty="抽样", headcount=1)
    made.engage_third_party(institution="i-2", duty="检测", headcount=2)
    made.approve(visits=1, by="head-1", at=LATER)
    made.skip_consultation()
    made.dispatch(claim_due=DUE, published=frozenset({"matter-1"}), visits=1, at=MOMENT)
    return made


def test_a_task_keeps_who_allowed_it_and_who_assists() -> None:
    """Approval and each third party stand as they were told; the dispatch is told whole."""
    made = sent()
    assert made.approval == Approval(by="head-1", at=LATER)
    assert made.third_parties == (
        ThirdPartyPart(institution="i-1", duty="抽样", headcount=1),
        ThirdPartyPart(institution="i-2", duty="检测", headcount=2),
    )
    assert made.take_events()[-1] == events.TaskDispatched(
        at=MOMENT, task="task-1", departments=(LEAD, FARM), claim_due=DUE
    )


def test_only_the_named_third_party_changes() -> None:
    """Naming and claiming change one institution's part and leave the other's."""
    made = sent()
    made.name_assistants(institution="i-2", people=("h-1", "h-2"))
    made.claim_assistance(institution="i-2", by="h-1", at=LATER)
    first, second = made.third_parties
    assert first == ThirdPartyPart(institution="i-1", duty="抽样", headcount=1)
    assert second == ThirdPartyPart(
        institution="i-2",
        duty="检测",
        headcount=2,
        assistants=("h-1", "h-2"),
        claimed_by="h-1",
        claimed_at=LATER,
    )


def test_each_urging_is_kept_and_answered_alone() -> None:
    """Urgings add up; an answer goes to the one that it names."""
    made = sent()
    for number in ("w-1", "w-2"):
        made.urge(urging=number, department=FARM, text=f"请认领{number}", by="u-0", at=MOMENT)
    made.answer_urging(urging="w-2", department=FARM, text="好", at=LATER)
    assert made.urgings == (
        Urging(id="w-1", department=FARM, text="请认领w-1", by="u-0", at=MOMENT),
        Urging(
            id="w-2",
            department=FARM,
            text="请认领w-2",
            by="u-0",
            at=MOMENT,
            answer="好",
            answered_at=LATER,
        ),
    )


def opened(items: tuple[VisitItem, ...] = ITEMS) -> Visit:
    """Give a visit nobody has begun, with an assistant."""
    made = Visit.open(
        id="visit-1", sheet=visit_sheet(items=items), officers=INSPECTORS, due_on=DUE, at=MOMENT
    )
    made.allot_assistants(frozenset({"helper-1"}), named=frozenset({"helper-1"}))
    return made


def test_a_scanned_arrival_is_told_as_scanned() -> None:
    """The event tells a scan from a reason; an off-site check has neither."""
    made = opened()
    arrival = CheckIn(by="officer-1", at=LATER, code="gt:subject-1", place="南宁市")
    made.check_in(arrival)
    assert made.started == arrival
    assert made.take_events()[-1] == events.VisitStarted(at=LATER, visit="visit-1", scanned=True)
    offsite = opened(OFFSITE)
    offsite.start_offsite(by="officer-2", at=LATER)
    assert offsite.started == CheckIn(by="officer-2", at=LATER)
    assert offsite.take_events()[-1] == events.VisitStarted(
        at=LATER, visit="visit-1", scanned=False
    )


def begun() -> Visit:
    """Give a started visit."""
    made = opened()
    made.check_in(CheckIn(by="officer-1", at=MOMENT, code="gt:subject-1"))
    return made


def test_notes_of_assistants_add_up() -> None:
    """A later note of an assistant stands beside the earlier one."""
    made = begun()
    notes = [result("item-1", by="helper-1"), result("item-1", by="helper-1", note="又看")]
    for note in notes:
        made.note_by_assistant([note])
    assert made.assistant_notes == tuple(notes)


def replacement(old: str, new: str) -> Replacement:
    """Give a replacement."""
    return Replacement(
        old=old,
        new=inspector(new),
        cause=ReplacementCause.ABSENCE,
        reason="出差",
        by="u-1",
        at=LATER,
    )


def test_replacements_add_up() -> None:
    """Who took over from whom is kept, each time."""
    made = begun()
    each = (replacement("officer-1", "officer-3"), replacement("officer-3", "officer-4"))
    for one in each:
        made.replace_officer(one)
    assert made.replacements == each
    assert made.officers == (inspector("officer-4"), INSPECTORS[1])
    assert made.take_events()[-1] == events.OfficerReplaced(
        at=LATER, visit="visit-1", old="officer-3", new="officer-4", reason="出差"
    )


@pytest.mark.parametrize("granted", [True, False])
def test_requests_for_days_are_kept_whole(*, granted: bool) -> None:
    """Who asked, why, how many days, who decided what and when; days count from the term."""
    made = begun()
    made.ask_extension(extension="e-0", by="officer-1", reason="停电", days=2, at=MOMENT)
    made.decide_extension(extension="e-0", granted=True, by="u-1", at=MOMENT)
    made.ask_extension(extension="e-1", by="officer-2", reason="停产", days=3, at=MOMENT)
    due = DUE + 2 * DAY
    asked = Extension(
        id="e-1",
        by="officer-2",
        department=FARM,
        reason="停产",
        days=3,
        asked_at=MOMENT,
        old_due=due,
        new_due=due + 3 * DAY,
    )
    assert made.extensions[-1] == asked
    assert made.take_events()[-1] == events.ExtensionAsked(at=MOMENT, visit="visit-1", days=3)
    made.decide_extension(extension="e-1", granted=granted, by="u-2", answer="批复", at=LATER)
    first, decided = made.extensions
    assert (first.id, first.state, first.answer) == ("e-0", ExtensionState.GRANTED, "")
    assert (decided.by, decided.decided_by, decided.decided_at) == ("officer-2", "u-2", LATER)
    assert decided.answer == "批复"
    assert decided.state is (ExtensionState.GRANTED if granted else ExtensionState.REJECTED)
    assert made.due_on == (asked.new_due if granted else due)
    assert made.take_events()[-1] == events.ExtensionDecided(
        at=LATER, visit="visit-1", granted=granted, due_on=made.due_on
    )


def concluded() -> Visit:
    """Give a visit concluded with one key item failed."""
    made = begun()
    made.record([result("item-1", ItemOutcome.FAILED), result("item-2")])
    made.conclude(visit_conclusion())
    return made


def visit_conclusion() -> Conclusion:
    """Give the conclusion of the filled example."""
    given = visit("visit-1").conclusion
    assert given is not None
    return given


@pytest.mark.parametrize("note", ["", "备注"])
def test_signatures_and_result_are_kept_and_told(note: str) -> None:
    """Signatures stand as given, the note may be left out; the completion is told whole."""
    made = concluded()
    if note:
        made.sign(SignatureSheet(party=PARTY, recorder="officer-2", note=note, at=LATER))
    else:
        made.sign(SignatureSheet(party=PARTY, recorder="officer-2", at=LATER))
    assert made.signatures == SignatureSheet(party=PARTY, recorder="officer-2", at=LATER, note=note)
    assert formed_result(made) is None
    made.confirm_record(RecordConfirmation(by="officer-1", at=LATER, way=ConfirmationWay.ACCOUNT))
    late = datetime(2026, 4, 7, 16, tzinfo=MOMENT.tzinfo)
    made.complete(by="officer-1", at=late)
    assert made.take_events()[-1] == events.VisitCompleted(
        at=late,
        visit="visit-1",
        task="task-1",
        subject="subject-1",
        formed_on=TODAY + DAY,
        outcomes=("corrected", "pending"),
        findings=1,
    )
    assert formed_result(made) == FormedResult(
        visit="visit-1",
        formed_on=TODAY + DAY,
        findings=1,
        key_findings=1,
        obstructed=False,
        unreachable=False,
    )


def test_a_finding_quotes_the_item_and_the_officer() -> None:
    """A failed item is quoted whole; whatever did not fail is none."""
    results = [
        result("item-2", ItemOutcome.FAILED, note="缺"),
        result("item-1", ItemOutcome.NOT_APPLICABLE, note="无"),
    ]
    assert findings_of(ITEMS, results) == (
        Finding(item="item-2", title="生乳有交接单", department=FARM, key=False, note="缺"),
    )


def ordered() -> Rectification:
    """Give a delivered order due on 29 May."""
    made = Rectification.order(id="r-1", sheet=order_sheet(), due_on=DUE, at=MOMENT)
    made.deliver(Delivery(channel=DeliveryChannel.ON_SPOT, at=MOMENT, by="officer-1"))
    return made


def test_reports_add_up_and_the_last_day_is_in_time() -> None:
    """A report on the last day of the term is in time; each report is kept and told."""
    made = ordered()
    assert made.late(DUE + DAY)
    assert not made.late(DUE)
    last = datetime(2026, 5, 29, 15, 59, tzinfo=MOMENT.tzinfo)
    reports = (
        RectificationReport(text="已整改", at=last),
        RectificationReport(text="补充", at=last),
    )
    for report in reports:
        made.report(report)
    assert made.reports == reports
    assert not made.late(DUE + DAY)
    assert made.take_events()[-1] == events.RectificationReported(
        at=last, rectification="r-1", subject="subject-1"
    )


def test_longer_terms_and_rechecks_add_up() -> None:
    """Each longer term and each re-check is kept with all that was told."""
    made = ordered()
    for days in (1, 2):
        made.extend(new_due=DUE + days * DAY, reason=f"停电{days}", by="u-1", at=LATER)
    assert made.extensions == tuple(
        TermExtension(
            at=LATER,
            by="u-1",
            reason=f"停电{days}",
            old_due=DUE + (days - 1) * DAY,
            new_due=DUE + days * DAY,
        )
        for days in (1, 2)
    )
    again = Recheck(
        officers=INSPECTORS,
        at=LATER,
        result=RecheckResult.ORDERED_AGAIN,
        note="仍缺",
        new_due=DUE - 9 * DAY,
    )
    passed = Recheck(officers=INSPECTORS, at=LATER, result=RecheckResult.NO_PROBLEM, note="")
    for one in (again, passed):
        made.recheck(one)
        made.confirm_recheck(officer=INSPECTORS[1].id, by="u-2", at=LATER)
    assert [one.result for one in made.rechecks] == [again.result, passed.result]
    assert order_record(made, today=DUE) == OrderRecord(
        rectification="r-1", visit="visit-1", ordered_on=TODAY, findings=1, open=True, late=False
    )


def test_a_result_is_shown_and_withdrawn_with_all_that_was_told() -> None:
    """The public sees the example whole; each withdrawal keeps what was shown, why, by whom."""
    subject = PublicSubject.firm(id="subject-1", name="某乳业", credit_code="9145")
    assert subject == PublicSubject(id="subject-1", name="某乳业", credit_code="9145")
    found = shown_result(visit("visit-1"), subject=subject, task_name="乳品检查")
    assert found == ShownResult(
        subject=subject,
        task="乳品检查",
        departments=(FARM, LEAD),
        checked_on=TODAY,
        items=2,
        failed_items=("生乳有交接单",),
        outcomes=frozenset({Outcome.PENDING, Outcome.CORRECTED}),
        pending=frozenset({PendingMatter.OTHER_BREACH}),
    )
    made = Publication.of(visit("visit-1"), found, due_on=DUE)
    assert (made.task, made.region) == ("task-1", "450100")
    assert (made.id, made.formed_on, made.departments) == (
        "visit-1",
        TODAY,
        frozenset({LEAD, FARM}),
    )
    made.show(until=DUE, least=DUE, at=MOMENT)
    made.withdraw(ground=WithdrawalGround.MISTAKEN, reason="有误", by="u-1", at=LATER)
    corrected = shown(task="更正")
    made.correct(corrected, until=DUE + DAY, least=DUE, at=LATER)
    assert made.until == DUE + DAY
    assert made.take_events()[-1] == events.ResultPublished(
        at=LATER, publication="visit-1", subject="subject-1", until=DUE + DAY
    )
    made.withdraw(ground=WithdrawalGround.MISTAKEN, reason="又有误", by="u-2", at=LATER)
    assert made.withdrawals == (
        Withdrawal(
            at=LATER, by="u-1", reason="有误", shown=found, ground=WithdrawalGround.MISTAKEN
        ),
        Withdrawal(
            at=LATER, by="u-2", reason="又有误", shown=corrected, ground=WithdrawalGround.MISTAKEN
        ),
    )
    assert made.take_events()[-1] == events.ResultWithdrawn(
        at=LATER, publication="visit-1", subject="subject-1", reason="又有误"
    )


def test_what_is_concluded_but_not_formed_is_not_shown() -> None:
    """Concluded and signed, a result is still not formed, and not public."""
    made = concluded()
    with pytest.raises(PublicationRefused) as refusal:
        shown_result(made, subject=shown().subject, task_name="乳品检查")
    assert [each.code for each in refusal.value.violations] == ["tasks.visit_is_started"]


def test_a_case_keeps_its_steps() -> None:
    """Each step stands after the one before, the first with who reported it."""
    sheet = transfer("t-0").sheet
    made = Transfer.report(id="t-1", sheet=sheet, by="officer-1", at=MOMENT)
    steps = (
        TransferStep(state=TransferState.APPROVED, by="head-1", at=LATER),
        TransferStep(state=TransferState.SENT, by="u-1", at=LATER),
    )
    for step in steps:
        made.step(step)
    first = TransferStep(state=TransferState.REPORTED, by="officer-1", at=MOMENT)
    assert made.steps == (first, *steps)


def test_a_review_belongs_to_the_lead_of_the_visit() -> None:
    """A review keeps visit, task, subject, region and lead of what it looks at again."""
    made = Review.assign(id="w-1", visit=visit("visit-1"), officers=("officer-5",))
    found = (made.id, made.visit, made.task, made.region, made.department, made.officers)
    assert found == ("w-1", "visit-1", "task-1", "450100", LEAD, ("officer-5",))
    assert made.subject == visit("visit-1").sheet.subject


def test_a_manifest_names_its_task() -> None:
    """Pieces stand in order of their names, under the task they belong to."""
    made = make_manifest("task-1", {"乙": b"2", "b": b"1", "甲": b"", "Z": b"0"})
    assert made.task == "task-1"
    assert [entry.name for entry in made.entries] == ["Z", "b", "乙", "甲"]


def formed(day: date, *, bad: bool) -> FormedResult:
    """Give a result formed on ``day``."""
    return FormedResult(
        visit=f"v-{day}",
        formed_on=day,
        findings=1,
        key_findings=1,
        obstructed=bad,
        unreachable=bad,
    )


@pytest.mark.parametrize(("ordered_on", "late"), [(date(2025, 4, 7), 0), (date(2025, 4, 8), 1)])
def test_the_last_year_begins_the_day_after(ordered_on: date, late: int) -> None:
    """An order of the same day a year ago no longer counts; the day after it does."""
    record = OrderRecord(
        rectification="r", visit="v-1", ordered_on=ordered_on, findings=1, open=False, late=True
    )
    told = evolve(formed(TODAY, bad=False), visit="v-1")
    facts = dict(result_facts([told], [record], on=TODAY))
    assert facts["overdue_rectifications_1y"] == late
    assert (facts["check_obstructed"], facts["unreachable"]) == (False, False)


@pytest.mark.parametrize("bad", [True, False])
def test_the_last_visit_says_whether_it_was_obstructed(*, bad: bool) -> None:
    """Obstruction and unreachability are those of the last visit, not of earlier ones."""
    results = [formed(TODAY, bad=bad), formed(TODAY - DAY, bad=not bad)]
    facts = dict(result_facts(results, [], on=TODAY))
    assert facts["check_obstructed"] is bad
    assert facts["unreachable"] is bad


def test_warnings_name_task_target_and_departments() -> None:
    """Each warning is whole: its kind, its task, what is late, whose it is, how many days."""
    assert task_warnings(sent(), DUE) == ()
    drafted = Task.create(id="task-1", sheet=task_sheet(), at=MOMENT)
    assert task_warnings(drafted, DUE + 400 * DAY) == ()
    assert task_warnings(sent(), DUE + DAY) == tuple(
        LateWarning(
            kind=WarningKind.CLAIM_OVERDUE,
            task="task-1",
            target="task-1",
            departments=(department,),
            due_on=DUE,
            days=1,
        )
        for department in (LEAD, FARM)
    )
    assert visit_warning(begun(), DUE + 2 * DAY) == LateWarning(
        kind=WarningKind.RESULT_OVERDUE,
        task="task-1",
        target="visit-1",
        departments=(FARM, LEAD),
        due_on=DUE,
        days=2,
    )
    assert rectification_warning(ordered(), DUE + DAY) == LateWarning(
        kind=WarningKind.RECTIFICATION_OVERDUE,
        task="task-1",
        target="r-1",
        departments=(FARM,),
        due_on=DUE,
        days=1,
    )
    due = Publication.of(visit("visit-1"), shown(), due_on=DUE)
    assert publication_warning(due, DUE + DAY) == LateWarning(
        kind=WarningKind.PUBLICATION_OVERDUE,
        task="task-1",
        target="visit-1",
        departments=(FARM, LEAD),
        due_on=DUE,
        days=1,
    )
