"""Every reason for a refusal, whole: its code, the field it is at, and what fills its words."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import TypeVar

import pytest

from supervision_core.kernel.errors import Refused, Violation
from supervision_core.tasks.model.presence import (
    CheckIn,
    MaterialUse,
    Replacement,
    ReplacementCause,
    SignatureRefused,
    SignatureSheet,
    Signed,
    signature_violations,
)
from supervision_core.tasks.model.publication import (
    Publication,
    WithdrawalGround,
    WithholdingGround,
)
from supervision_core.tasks.model.rectification import (
    Delivery,
    DeliveryChannel,
    Recheck,
    RecheckResult,
    Rectification,
    RectificationReport,
)
from supervision_core.tasks.model.results import (
    Conclusion,
    Inspector,
    ItemOutcome,
    Measure,
    Outcome,
    PendingMatter,
    conclusion_violations,
    officer_violations,
    result_violations,
)
from supervision_core.tasks.model.review import Review, ReviewResult
from supervision_core.tasks.model.sheet import ChecklistUsed, Opinion, TaskKind, sheet_violations
from supervision_core.tasks.model.task import Task
from supervision_core.tasks.model.transfer import (
    Transfer,
    TransferKind,
    TransferPaper,
    TransferSheet,
    TransferState,
    TransferStep,
)
from supervision_core.tasks.model.visit import Visit
from supervision_core.testing.tasks import (
    FARM,
    INSPECTORS,
    ITEMS,
    LEAD,
    MOMENT,
    TODAY,
    inspector,
    order_sheet,
    publication,
    result,
    review,
    shown,
    task_sheet,
    visit,
    visit_sheet,
)

Thing = TypeVar("Thing")
Reasons = tuple[Violation, ...]
YESTERDAY = TODAY - timedelta(days=1)
DUE = date(2026, 5, 29)
PARTY = Signed(signer="李四", image="file-9")


def because(code: str, at: str = "", **data: str | int) -> Violation:
    """Give a violation of the context."""
    return Violation(f"tasks.{code}", at, data)


def reasons(deed: Callable[[], object]) -> Reasons:
    """Do what must be refused, and give every reason."""
    with pytest.raises(Refused) as refusal:
        deed()
    return refusal.value.violations


def conclusion(*outcomes: Outcome, **changes: object) -> Conclusion:
    """Give a conclusion."""
    told: dict[str, object] = {"outcomes": frozenset(outcomes), "by": "officer-1", "at": MOMENT}
    return Conclusion(**(told | changes))  # type: ignore[arg-type]


PENDING, CORRECTED = Outcome.PENDING, Outcome.CORRECTED
OTHER = frozenset({PendingMatter.OTHER_BREACH})
UNREACHABLE = frozenset({PendingMatter.UNREACHABLE})
ON_SPOT, IN_TERM = frozenset({Measure.CORRECT_ON_SPOT}), frozenset({Measure.CORRECT_IN_TERM})
CONCLUSIONS: dict[str, tuple[Conclusion, int, Reasons]] = {
    "nothing": (conclusion(), 0, (because("outcome_missing", "outcomes"),)),
    "no problem": (conclusion(Outcome.NO_PROBLEM), 0, ()),
    "two statements": (
        conclusion(Outcome.NO_PROBLEM, Outcome.NO_ACTIVITY),
        0,
        (because("outcome_exclusive", "outcomes"),),
    ),
    "two register states": (
        conclusion(Outcome.DEREGISTERED, Outcome.MOVED_AWAY),
        0,
        (because("register_status_twice", "outcomes"),),
    ),
    "one register state beside another": (
        conclusion(Outcome.DEREGISTERED, Outcome.NO_ACTIVITY),
        0,
        (),
    ),
    "pending without its matter": (
        conclusion(PENDING, measures=IN_TERM),
        1,
        (because("pending_matter_missing", "pending"),),
    ),
    "a matter without pending": (
        conclusion(CORRECTED, pending=OTHER, measures=ON_SPOT),
        1,
        (because("pending_matter_unasked", "pending"),),
    ),
    "findings hidden": (
        conclusion(Outcome.NO_PROBLEM, measures=frozenset({Measure.GUIDANCE})),
        2,
        (because("outcome_hides_findings", "outcomes", count=2),),
    ),
    "problem without findings": (
        conclusion(PENDING, pending=OTHER),
        0,
        (because("outcome_without_findings", "outcomes"),),
    ),
    "not to be reached": (conclusion(PENDING, pending=UNREACHABLE), 0, ()),
    "corrected without findings": (
        conclusion(CORRECTED),
        0,
        (
            because("outcome_without_findings", "outcomes"),
            because("correction_not_ordered", "measures"),
        ),
    ),
    "findings without measure": (
        conclusion(PENDING, pending=OTHER),
        1,
        (because("measure_missing", "measures"),),
    ),
    "measure without findings": (
        conclusion(Outcome.NO_PROBLEM, measures=frozenset({Measure.GUIDANCE})),
        0,
        (because("measure_without_findings", "measures"),),
    ),
    "correction not ordered": (
        conclusion(CORRECTED, measures=frozenset({Measure.GUIDANCE})),
        1,
        (because("correction_not_ordered", "measures"),),
    ),
    "term without pending": (
        conclusion(CORRECTED, measures=ON_SPOT | IN_TERM),
        1,
        (because("term_without_pending", "outcomes"),),
    ),
    "pending in a term": (conclusion(PENDING, pending=OTHER, measures=IN_TERM), 1, ()),
    "pending, guided": (
        conclusion(PENDING, pending=OTHER, measures=frozenset({Measure.GUIDANCE})),
        1,
        (),
    ),
    "corrected on the spot": (conclusion(CORRECTED, measures=ON_SPOT), 1, ()),
}


@pytest.mark.parametrize("case", CONCLUSIONS)
def test_each_contradiction_of_a_conclusion_is_told(case: str) -> None:
    """Outcomes, pending matters, measures and findings agree, or each contradiction is named."""
    given, findings, wanted = CONCLUSIONS[case]
    assert tuple(conclusion_violations(given, findings)) == wanted


@pytest.mark.parametrize("outcome", ItemOutcome)
def test_the_item_that_lacks_words_is_named(outcome: ItemOutcome) -> None:
    """The reason names the item, at the place of its result; without a place, at the whole."""
    bare = result("item-2", outcome, note=" ")
    missing = outcome is not ItemOutcome.PASSED
    for at in ("", "results[3]"):
        wanted = (because("item_note_missing", at, item="item-2"),) if missing else ()
        assert tuple(result_violations(bare, at)) == wanted
    wanted = (because("item_note_missing", item="item-2"),) if missing else ()
    assert tuple(result_violations(bare)) == wanted


def test_officers_are_counted_as_people() -> None:
    """Who is named twice or three times is told once, in order of ids; each counts once."""
    a, b = inspector("a"), inspector("b")
    assert tuple(officer_violations((a, b), TODAY)) == ()
    assert tuple(officer_violations((b, a, b, a, a), TODAY, "officers")) == (
        because("officer_twice", "officers", officer="a"),
        because("officer_twice", "officers", officer="b"),
    )
    assert tuple(officer_violations((), TODAY)) == (because("officers_too_few", certified=0),)
    assert tuple(officer_violations((a,), TODAY, "new")) == (
        because("officers_too_few", "new", certified=1),
    )


@pytest.mark.parametrize(
    ("certificate", "until", "certified"),
    [
        ("桂A1", TODAY, True),
        ("桂A1", YESTERDAY, False),
        (" ", TODAY, False),
        ("", TODAY + timedelta(days=1), False),
    ],
)
def test_a_certificate_is_there_and_in_force(
    certificate: str, until: date, *, certified: bool
) -> None:
    """A certificate has a number and holds to the end of its last day."""
    one = Inspector(id="a", department=LEAD, certificate=certificate, certificate_until=until)
    assert one.certified(TODAY) is certified


@pytest.mark.parametrize(
    ("party", "wanted"),
    [
        (PARTY, ()),
        (Signed(signer=" ", image="file-9"), (because("signature_missing", "party"),)),
        (Signed(signer="李四", image=" "), (because("signature_missing", "party"),)),
        (Signed(signer="", image=""), (because("signature_missing", "party"),)),
        (SignatureRefused(reason="拒签", witness="王五"), ()),
        (SignatureRefused(reason="拒签", recording="file-1"), ()),
        (
            SignatureRefused(reason="拒签", witness=" ", recording=" "),
            (because("refusal_unwitnessed", "party.witness"),),
        ),
        (
            SignatureRefused(reason=" ", witness="王五"),
            (because("refusal_reason_missing", "party.reason"),),
        ),
    ],
)
def test_a_signature_or_its_refusal_is_complete(
    party: Signed | SignatureRefused, wanted: Reasons
) -> None:
    """Signed: who, and the image. Refused: why, and a witness or a recording."""
    assert tuple(signature_violations(party)) == wanted


@pytest.mark.parametrize("name", ["number", "name", "scene", "region", "lead"])
def test_each_field_of_a_task_is_needed(name: str) -> None:
    """A task without one of its plain fields names that field alone."""
    assert tuple(sheet_violations(task_sheet(**{name: " "}))) == (because("field_empty", name),)


def test_what_a_task_says_fits_together() -> None:
    """Checklist, departments, period, reason and plan each have their own reason."""
    told: list[tuple[dict[str, object], Reasons]] = [
        ({}, ()),
        ({"checklist": ChecklistUsed(id="", version=1)}, (because("field_empty", "checklist"),)),
        ({"joining": (LEAD,)}, (because("lead_joins_itself", "joining"),)),
        ({"joining": (FARM, FARM)}, (because("department_twice", "joining"),)),
        ({"starts_on": DUE, "ends_on": TODAY}, (because("period_backwards", "ends_on"),)),
        ({"kind": TaskKind.CASE, "reason": " "}, (because("case_reason_missing", "reason"),)),
        ({"kind": TaskKind.CASE, "reason": "举报"}, ()),
        ({"kind": TaskKind.ROUTINE, "reason": ""}, ()),
        ({"plan": ""}, (because("sub_plan_without_plan", "sub_plan"),)),
        ({"plan": "", "sub_plan": ""}, ()),
        ({"sub_plan": ""}, ()),
    ]
    for changes, wanted in told:
        assert tuple(sheet_violations(task_sheet(**changes))) == wanted


def drafted(**changes: object) -> Task:
    """Give a drafted task."""
    return Task.create(id="task-1", sheet=task_sheet(**changes), at=MOMENT)


def consulting() -> Task:
    """Give a task out for opinions until today."""
    made = drafted()
    made.consult(due_on=TODAY, at=MOMENT)
    return made


def ready(**changes: object) -> Task:
    """Give a task ready for dispatch, not yet approved, with a third party."""
    made = drafted(**changes)
    made.engage_third_party(institution="i-1", duty="抽样", headcount=1)
    made.skip_consultation()
    return made


def send(made: Task, **changes: object) -> None:
    """Dispatch a task."""
    told: dict[str, object] = {
        "claim_due": TODAY,
        "published": frozenset({"matter-1"}),
        "visits": 1,
        "at": MOMENT,
    }
    made.dispatch(**(told | changes))  # type: ignore[arg-type]


def running() -> Task:
    """Give a dispatched task of which the lead has claimed its part and was urged."""
    made = ready()
    made.approve(visits=1, by="head-1", at=MOMENT)
    send(made)
    made.claim(department=LEAD, by="u-1", at=MOMENT)
    made.urge(urging="w-1", department=LEAD, text="请认领", by="u-0", at=MOMENT)
    made.answer_urging(urging="w-1", department=LEAD, text="好", at=MOMENT)
    return made


def close_part(made: Task, department: str, visits: int = 0, rectifications: int = 0) -> None:
    """Close a part."""
    made.close_part(
        department=department,
        by="u-1",
        open_visits=visits,
        open_rectifications=rectifications,
        at=MOMENT,
    )


def assistants(made: Task, people: tuple[str, ...], institution: str = "i-1") -> None:
    """Name assistants."""
    made.name_assistants(institution=institution, people=people)


def closed() -> Task:
    """Give a closed task."""
    made = running()
    made.claim(department=FARM, by="u-2", at=MOMENT)
    close_part(made, LEAD)
    close_part(made, FARM)
    made.close(at=MOMENT)
    return made


def archived() -> Task:
    """Give an archived task."""
    made = closed()
    made.archive(manifest="ab" * 32, at=MOMENT)
    return made


def declined(by: str) -> Opinion:
    """Give an opinion of no words against taking part."""
    return Opinion(participates=False, by=by, at=MOMENT, changes=" ")


PUBLISHED = frozenset({"matter-1"})
TASKS: dict[str, tuple[Callable[[], object], Reasons]] = {
    "approved twice": (
        lambda: running().approve(visits=1, by="head-1", at=MOMENT),
        (because("approved_already"),),
    ),
    "deleted for no reason": (
        lambda: drafted().delete(reason=" ", at=MOMENT),
        (because("field_empty", "reason"),),
    ),
    "nobody to consult": (
        lambda: drafted(joining=()).consult(due_on=TODAY, at=MOMENT),
        (because("nobody_to_consult", "joining"),),
    ),
    "consulted too late": (
        lambda: drafted().consult(due_on=YESTERDAY, at=MOMENT),
        (because("due_day_past", "due_on"),),
    ),
    "a stranger's opinion": (
        lambda: consulting().give_opinion("x", declined("u-9")),
        (
            because("department_not_joining", department="x"),
            because("field_empty", "changes"),
        ),
    ),
    "opinions missing": (
        lambda: consulting().end_consultation(at=MOMENT),
        (because("opinion_missing", department=FARM),),
    ),
    "a third party of nothing": (
        lambda: drafted().engage_third_party(institution=" ", duty=" ", headcount=0),
        (
            because("field_empty", "institution"),
            because("field_empty", "duty"),
            because("headcount_missing", "headcount"),
        ),
    ),
    "a third party twice": (
        lambda: ready().engage_third_party(institution="i-1", duty="检测", headcount=1),
        (because("third_party_twice", "institution"),),
    ),
    "assistants of a stranger": (
        lambda: assistants(running(), (), "i-9"),
        (because("third_party_unknown", "institution"), because("field_empty", "people")),
    ),
    "too many assistants, one twice": (
        lambda: assistants(running(), ("h-1", "h-1")),
        (
            because("too_many_assistants", "people", headcount=1),
            because("assistant_twice", "people"),
        ),
    ),
    "a stranger claims assistance": (
        lambda: running().claim_assistance(institution="i-9", by="h-1", at=MOMENT),
        (because("third_party_unknown", "institution"),),
    ),
    "dispatched with nothing in order": (
        lambda: send(
            ready(matters=(), starts_on=YESTERDAY, ends_on=YESTERDAY),
            claim_due=YESTERDAY,
            visits=0,
            urgent_because=" ",
        ),
        (
            because("matters_missing", "matters"),
            because("approval_missing"),
            because("no_visits"),
            because("period_over", "ends_on"),
            because("due_day_past", "claim_due"),
        ),
    ),
    "dispatched without approval": (lambda: send(ready()), (because("approval_missing"),)),
    "claimed by a stranger": (
        lambda: running().claim(department="x", by="u-9", at=MOMENT),
        (because("part_unknown", department="x"),),
    ),
    "claimed twice": (
        lambda: running().claim(department=LEAD, by="u-1", at=MOMENT),
        (because("part_is_claimed"),),
    ),
    "urged without words": (
        lambda: running().urge(urging="w-2", department="x", text=" ", by="u-0", at=MOMENT),
        (because("part_unknown", department="x"), because("field_empty", "text")),
    ),
    "another's urging answered": (
        lambda: running().answer_urging(urging="w-1", department=FARM, text=" ", at=MOMENT),
        (because("field_empty", "text"), because("urging_unknown", "urging")),
    ),
    "an urging answered twice": (
        lambda: running().answer_urging(urging="w-1", department=LEAD, text="好", at=MOMENT),
        (because("urging_is_answered"),),
    ),
    "a part closed too early": (
        lambda: close_part(running(), FARM, 2, 3),
        (
            because("part_is_pending"),
            because("visits_open", count=2),
            because("rectifications_open", count=3),
        ),
    ),
    "one visit is open": (
        lambda: close_part(running(), LEAD, 1),
        (because("visits_open", count=1),),
    ),
    "closed with open parts": (
        lambda: running().close(at=MOMENT),
        (because("part_open", department=LEAD), because("part_open", department=FARM)),
    ),
    "archived without a manifest": (
        lambda: closed().archive(manifest=" ", at=MOMENT),
        (because("field_empty", "manifest"),),
    ),
    "published with results due": (
        lambda: archived().publish(results_due=4, at=MOMENT),
        (because("results_due", count=4),),
    ),
}


@pytest.mark.parametrize("case", TASKS)
def test_each_refusal_of_a_task_is_whole(case: str) -> None:
    """Each refused command on a task gives every reason with its field and its data."""
    deed, wanted = TASKS[case]
    assert reasons(deed) == wanted


def open_visit(**changes: object) -> Visit:
    """Open a visit."""
    told: dict[str, object] = {
        "id": "visit-1",
        "sheet": visit_sheet(),
        "officers": INSPECTORS,
        "due_on": DUE,
        "at": MOMENT,
    }
    return Visit.open(**(told | changes))  # type: ignore[arg-type]


def started() -> Visit:
    """Give a started visit with an assistant and a request for days."""
    made = open_visit()
    made.allot_assistants(frozenset({"helper-1"}), named=frozenset({"helper-1"}))
    made.check_in(CheckIn(by="officer-1", at=MOMENT, code="gt:subject-1"))
    made.ask_extension(extension="e-1", by="officer-1", reason="停产", days=1, at=MOMENT)
    return made


def replaced(new: Inspector, old: str = "officer-1", reason: str = "出差") -> None:
    """Replace an officer of a started visit, officer-9 being recused."""
    started().replace_officer(
        Replacement(
            old=old, new=new, cause=ReplacementCause.ABSENCE, reason=reason, by="u-1", at=MOMENT
        ),
        recused=frozenset({"officer-9"}),
    )


def decided_twice() -> None:
    """Decide an extension again."""
    made = started()
    made.decide_extension(extension="e-1", granted=True, by="u-1", at=MOMENT)
    made.decide_extension(extension="e-1", granted=False, by="u-1", answer=" ", at=MOMENT)


def concluded_badly() -> None:
    """Conclude on a key item left unchecked and another one left open."""
    made = started()
    made.record([result("item-1", ItemOutcome.NOT_CHECKED)])
    made.conclude(conclusion(Outcome.NO_PROBLEM, by="x"))


LATER = datetime(2029, 1, 2, tzinfo=UTC)
VISITS: dict[str, tuple[Callable[[], object], Reasons]] = {
    "opened on nothing": (
        lambda: open_visit(sheet=visit_sheet(items=()), due_on=YESTERDAY),
        (because("items_missing", "items"), because("due_day_past", "due_on")),
    ),
    "opened by the wrong people": (
        lambda: open_visit(
            sheet=visit_sheet(items=(ITEMS[1], ITEMS[1])), officers=(inspector("a"),)
        ),
        (
            because("item_twice", "items"),
            because("officers_too_few", "officers", certified=1),
            because("department_without_officer", "officers", department=FARM),
        ),
    ),
    "arrived unscanned": (
        lambda: open_visit().check_in(CheckIn(by="x", at=LATER, code=" ", reason=" ")),
        (
            because("officer_not_assigned", "by", officer="x"),
            because("scan_missing", "code"),
            because("officers_too_few", "officers", certified=0),
        ),
    ),
    "not on the spot": (
        lambda: open_visit().start_offsite(by="x", at=LATER),
        (
            because("officer_not_assigned", "by", officer="x"),
            because("presence_needed", "items"),
            because("officers_too_few", "officers", certified=0),
        ),
    ),
    "nothing recorded": (
        lambda: started().record([]),
        (because("results_missing", "answers"),),
    ),
    "recorded at the wrong places": (
        lambda: started().record(
            [
                result("item-9"),
                result("item-1", by="officer-2"),
                result("item-2", ItemOutcome.FAILED, by="helper-1", note=" "),
                result("item-2", by="x"),
            ]
        ),
        (
            because("item_answered_twice", "answers", item="item-2"),
            because("item_unknown", "answers[0].item", item="item-9"),
            because("item_of_other_department", "answers[1].item", item="item-1"),
            because("item_note_missing", "answers[2].note", item="item-2"),
            because("assistant_may_not_inspect", "answers[2]"),
            because("officer_not_assigned", "answers[3]", officer="x"),
        ),
    ),
    "noted by a stranger": (
        lambda: started().note_by_assistant(
            [result("item-1", by="helper-1"), result("item-9", by="x")]
        ),
        (
            because("assistant_unknown", "answers[1]"),
            because("item_unknown", "answers[1].item", item="item-9"),
        ),
    ),
    "material of nowhere": (
        lambda: started().use_material(
            MaterialUse(item="item-9", material="f", source="rumour", by="x", at=MOMENT)
        ),
        (
            because("officer_not_assigned", "by", officer="x"),
            because("item_unknown", "item", item="item-9"),
            because("material_source_unknown", "source"),
        ),
    ),
    "concluded badly": (
        concluded_badly,
        (
            because("officer_not_assigned", "by", officer="x"),
            because("key_item_unchecked", "results", item="item-1"),
            because("item_unanswered", "results", item="item-2"),
        ),
    ),
    "signed badly": (
        lambda: started().sign(
            SignatureSheet(party=Signed(signer="", image=""), recorder="helper-1", at=MOMENT)
        ),
        (
            because("assistant_may_not_inspect", "by"),
            because("conclusion_missing"),
            because("signature_missing", "party"),
        ),
    ),
    "completed by a stranger": (
        lambda: started().complete(by="x", at=MOMENT),
        (because("visit_is_started"), because("officer_not_assigned", "by", officer="x")),
    ),
    "a stranger assists": (
        lambda: open_visit().allot_assistants(frozenset({"h", "i"}), named=frozenset({"h"})),
        (because("assistant_unknown", "people"),),
    ),
    "an officer assists": (
        lambda: open_visit().allot_assistants(
            frozenset({"officer-1", "h"}), named=frozenset({"officer-1", "h"})
        ),
        (because("officer_cannot_assist", "people"),),
    ),
    "nobody replaced": (
        lambda: replaced(inspector("officer-2", FARM), old="x", reason=" "),
        (
            because("field_empty", "reason"),
            because("officer_not_assigned", "old", officer="x"),
            because("officer_twice", "new", officer="officer-2"),
        ),
    ),
    "replaced by the recused of another department": (
        lambda: replaced(inspector("officer-9", FARM)),
        (
            because("officer_of_other_department", "new", officer="officer-9"),
            because("officer_recused", "new", officer="officer-9"),
        ),
    ),
    "replaced by an assistant": (
        lambda: replaced(inspector("helper-1", certificate_until=DUE - timedelta(days=1))),
        (
            because("assistant_may_not_inspect", "new"),
            because("officer_uncertified", "new", officer="helper-1"),
        ),
    ),
    "no days asked for": (
        lambda: started().ask_extension(extension="e-2", by="x", reason=" ", days=0, at=MOMENT),
        (
            because("officer_not_assigned", "by", officer="x"),
            because("field_empty", "reason"),
            because("extension_days", "days"),
            because("extension_pending"),
        ),
    ),
    "no such request": (
        lambda: started().decide_extension(extension="e-9", granted=False, by="u-1", at=MOMENT),
        (because("extension_unknown", "extension"), because("field_empty", "answer")),
    ),
    "decided twice": (
        decided_twice,
        (because("extension_is_granted"), because("field_empty", "answer")),
    ),
}


@pytest.mark.parametrize("case", VISITS)
def test_each_refusal_of_a_visit_is_whole(case: str) -> None:
    """Each refused command on a visit gives every reason with its field and its data."""
    deed, wanted = VISITS[case]
    assert reasons(deed) == wanted


def order(**changes: object) -> Rectification:
    """Give an order due on 29 May."""
    return Rectification.order(id="r-1", sheet=order_sheet(**changes), due_on=DUE, at=MOMENT)


def delivered() -> Rectification:
    """Give a delivered order."""
    made = order()
    made.deliver(Delivery(channel=DeliveryChannel.ON_SPOT, at=MOMENT, by="officer-1"))
    return made


def rechecked(result: RecheckResult, **changes: object) -> None:
    """Look again."""
    told: dict[str, object] = {
        "officers": INSPECTORS,
        "at": MOMENT,
        "result": result,
        "note": "情况",
    }
    delivered().recheck(Recheck(**(told | changes)))  # type: ignore[arg-type]


def assigned(made: Visit, officers: tuple[str, ...] = ("officer-5",)) -> Review:
    """Give a visit to review."""
    return Review.assign(id="w-1", visit=made, officers=officers)


def fresh_review() -> Review:
    """Give a review without a result."""
    return assigned(visit("visit-1"))


def reviewed(made: Review, **changes: object) -> None:
    """Record a review."""
    told: dict[str, object] = {"by": "officer-5", "at": MOMENT, "agrees": True}
    made.record(ReviewResult(**(told | changes)))  # type: ignore[arg-type]


def transfer_sheet(kind: TransferKind = TransferKind.CRIMINAL, **changes: object) -> TransferSheet:
    """Give a complete sheet."""
    told: dict[str, object] = {
        "kind": kind,
        "visit": "visit-1",
        "subject": "subject-1",
        "region": "450100",
        "department": LEAD,
        "to": "police",
        "reason": "涉嫌犯罪",
        "reporters": ("officer-1", "officer-2"),
        "papers": frozenset(TransferPaper),
    }
    return TransferSheet(**(told | changes))  # type: ignore[arg-type]


def report(sheet: TransferSheet) -> Transfer:
    """Report a case."""
    return Transfer.report(id="t-1", sheet=sheet, by="officer-1", at=MOMENT)


def stepped(sheet: TransferSheet, *states: TransferState) -> None:
    """Take steps without any words."""
    made = report(sheet)
    for state in states:
        made.step(TransferStep(state=state, by="u-1", at=MOMENT, note=" "))


def shown_publication() -> Publication:
    """Give a result that is shown."""
    made = Publication.of(visit("visit-1"), shown(), due_on=DUE)
    made.show(until=DUE, least=TODAY, at=MOMENT)
    return made


def corrected_badly() -> None:
    """Correct the result of another subject, for no time."""
    made = shown_publication()
    made.withdraw(ground=WithdrawalGround.MISTAKEN, reason="有误", by="u-1", at=MOMENT)
    other = shown(subject=type(shown().subject).firm(id="x", name="甲", credit_code="9"))
    made.correct(other, until=TODAY, least=TODAY, at=MOMENT)


TOO_SHORT = because("display_too_short", "until", least=(TODAY + timedelta(days=1)).isoformat())
AFTERMATH: dict[str, tuple[Callable[[], object], Reasons]] = {
    "an order of nothing": (
        lambda: order(number=" ", findings=(), days=0),
        (
            because("field_empty", "number"),
            because("findings_missing", "findings"),
            because("term_missing", "days"),
        ),
    ),
    "an order due today": (
        lambda: Rectification.order(id="r-1", sheet=order_sheet(days=1), due_on=TODAY, at=MOMENT),
        (because("due_day_past", "due_on"),),
    ),
    "sent nowhere": (
        lambda: order().deliver(
            Delivery(channel=DeliveryChannel.SMS, at=MOMENT, by="officer-1", address=" ")
        ),
        (because("delivery_address_missing", "address"),),
    ),
    "reported without words": (
        lambda: delivered().report(RectificationReport(text=" ", at=MOMENT)),
        (because("field_empty", "text"),),
    ),
    "no longer term": (
        lambda: delivered().extend(new_due=DUE, reason=" ", by="u-1", at=MOMENT),
        (because("field_empty", "reason"), because("term_not_longer", "new_due")),
    ),
    "rechecked by one": (
        lambda: rechecked(
            RecheckResult.ORDERED_AGAIN, officers=INSPECTORS[:1], note=" ", new_due=TODAY
        ),
        (
            because("officers_too_few", "officers", certified=1),
            because("field_empty", "note"),
            because("new_term_missing", "new_due"),
        ),
    ),
    "a term nobody asked for": (
        lambda: rechecked(RecheckResult.NO_PROBLEM, note="", new_due=DUE),
        (because("new_term_unasked", "new_due"),),
    ),
    "guidance without words": (
        lambda: rechecked(RecheckResult.GUIDANCE, note=" "),
        (because("field_empty", "note"),),
    ),
    "shown for no time": (
        lambda: Publication.of(visit("visit-1"), shown(), due_on=DUE).show(
            until=TODAY, least=TODAY, at=MOMENT
        ),
        (TOO_SHORT,),
    ),
    "withheld for no reason": (
        lambda: Publication.of(visit("visit-1"), shown(), due_on=DUE).withhold(
            ground=WithholdingGround.PRIVACY, reason=" ", by="u-1", at=MOMENT
        ),
        (because("field_empty", "reason"),),
    ),
    "withdrawn for no reason": (
        lambda: shown_publication().withdraw(
            ground=WithdrawalGround.MISTAKEN, reason=" ", by="u-1", at=MOMENT
        ),
        (because("field_empty", "reason"),),
    ),
    "corrected badly": (
        corrected_badly,
        (TOO_SHORT, because("other_subject_shown", "subject")),
    ),
    "reviewed by nobody": (
        lambda: assigned(open_visit(), ()),
        (
            because("visit_is_assigned"),
            because("visit_not_assisted"),
            because("field_empty", "officers"),
        ),
    ),
    "reviewed again by a stranger": (
        lambda: reviewed(review("w-1"), by="x", agrees=False, note=" "),
        (
            because("review_is_recorded"),
            because("officer_not_assigned", "by", officer="x"),
            because("field_empty", "note"),
        ),
    ),
    "agreed and differed": (
        lambda: reviewed(fresh_review(), differing_items=("item-1",)),
        (because("review_contradicts_itself", "differing_items"),),
    ),
    "a case of nothing": (
        lambda: report(
            transfer_sheet(
                visit="",
                subject=" ",
                department="",
                to=" ",
                reason="",
                reporters=("officer-1", "officer-1"),
                papers=frozenset(),
            )
        ),
        (
            because("field_empty", "visit"),
            because("field_empty", "subject"),
            because("field_empty", "department"),
            because("field_empty", "reason"),
            because("no_receiver", "to"),
            because("reporters_too_few", "reporters"),
            because("paper_missing_investigation_report", "papers"),
            because("paper_missing_list_of_articles", "papers"),
            because("paper_missing_transfer_letter", "papers"),
        ),
    ),
    "a step over another": (
        lambda: stepped(transfer_sheet(), TransferState.SENT),
        (because("transfer_is_reported"),),
    ),
    "denied without words": (
        lambda: stepped(transfer_sheet(), TransferState.DENIED),
        (because("field_empty", "note"),),
    ),
    "reconsidered though no crime": (
        lambda: stepped(
            transfer_sheet(TransferKind.ENFORCEMENT, reporters=(), papers=frozenset()),
            TransferState.APPROVED,
            TransferState.SENT,
            TransferState.SUPERVISED,
        ),
        (because("transfer_is_sent"), because("transfer_not_criminal")),
    ),
}


@pytest.mark.parametrize("case", AFTERMATH)
def test_each_refusal_after_a_visit_is_whole(case: str) -> None:
    """Orders, results shown, reviews and cases give every reason with its field and data."""
    deed, wanted = AFTERMATH[case]
    assert reasons(deed) == wanted


def test_a_shown_result_is_withdrawn_by_its_publication_alone() -> None:
    """The filled example of a publication is beyond every verb but correcting."""
    made = publication("visit-1")
    assert reasons(lambda: made.show(until=DUE, least=TODAY, at=MOMENT)) == (
        because(f"publication_is_{made.state}"),
    )
