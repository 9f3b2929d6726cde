from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from supervision_core.kernel.errors import Refused, Violation
from supervision_core.kernel.plain import from_plain, to_plain
from supervision_core.kernel.verbs import Responsible
from supervision_core.subjects.facts import FACT_CATALOGUE, day_number
from supervision_core.tasks.model import events
from supervision_core.tasks.model import publication as publications
from supervision_core.tasks.model import rectification as rectifications
from supervision_core.tasks.model.archive import (
    Manifest,
    make_manifest,
    manifest_violations,
)
from supervision_core.tasks.model.chronicle import TaskFile
from supervision_core.tasks.model.facts import (
    FormedResult,
    OrderRecord,
    formed_result,
    order_record,
    result_facts,
    year_before,
)
from supervision_core.tasks.model.publication import (
    Publication,
    PublicationRefused,
    PublicationState,
    PublicSubject,
    WithdrawalGround,
    WithdrawalProposal,
    WithholdingGround,
    WithholdingProposal,
    shown_result,
)
from supervision_core.tasks.model.rectification import (
    Delivery,
    DeliveryChannel,
    OrderWithdrawal,
    Recheck,
    RecheckResult,
    Rectification,
    RectificationRefused,
    RectificationReport,
    RectificationState,
    TermDecision,
    TermRequest,
    findings_to_order,
)
from supervision_core.tasks.model.results import Inspector, ItemOutcome
from supervision_core.tasks.model.review import Review, ReviewRefused, ReviewResult
from supervision_core.tasks.model.transfer import (
    VERBS,
    Transfer,
    TransferKind,
    TransferPaper,
    TransferRefused,
    TransferSheet,
    TransferState,
    TransferStep,
)
from supervision_core.tasks.model.visit import Visit, VisitState
from supervision_core.tasks.model.warnings import (
    WarningKind,
    publication_warning,
    rectification_warning,
)
from supervision_core.tasks.registers import least_months
from supervision_core.testing.tasks import (
    FARM,
    FINDING,
    INSPECTORS,
    LEAD,
    MOMENT,
    TODAY,
    order_sheet,
    publication,
    rectification,
    result,
    review,
    shown,
    task,
    transfer,
    visit,
    visit_sheet,
)

DUE = date(2026, 4, 22)
UNTIL = date(2029, 4, 20)


def codes(refusal: pytest.ExceptionInfo[Refused]) -> list[str]:
    """Give the codes of every reason."""
    return [violation.code for violation in refusal.value.violations]


def ordered() -> Rectification:
    """Give a fresh order."""
    return Rectification.order(id="r-1", sheet=order_sheet(), due_on=DUE, at=MOMENT)


def recheck(result: RecheckResult, **changes: object) -> Recheck:
    """Give a re-check by two officers."""
    told: dict[str, object] = {
        "officers": INSPECTORS,
        "at": MOMENT,
        "result": result,
        "note": "复查情况",
    }
    return Recheck(**({"kept_by": INSPECTORS[0].id} | told | changes))  # type: ignore[arg-type]


def look_again(made: Rectification, found: Recheck) -> None:
    """Record a re-check, and let the other officer stand to it."""
    made.recheck(found)
    made.confirm_recheck(officer=INSPECTORS[1].id, by="u-second", at=MOMENT)


def test_a_recheck_counts_once_a_second_officer_stands_to_it() -> None:
    """One officer records in two names: nothing follows until the other agrees."""
    made = rectified(R.REPORTED)
    with pytest.raises(RectificationRefused) as refusal:
        made.confirm_recheck(officer=INSPECTORS[1].id, by="u-2", at=MOMENT)
    assert codes(refusal) == ["tasks.recheck_not_recorded"]
    made.recheck(recheck(RecheckResult.NO_PROBLEM, by="u-1"))
    assert (made.state, made.rechecks) == (R.REPORTED, ())
    assert made.confirmers == {INSPECTORS[1].id}
    with pytest.raises(RectificationRefused):
        made.finish(by="u-2", at=MOMENT)
    for officer, by, code in (
        (INSPECTORS[0].id, "u-1", "tasks.confirmed_by_recorder"),
        (INSPECTORS[1].id, "u-1", "tasks.confirmed_by_recorder"),
        ("officer-9", "u-9", "tasks.not_among_officers"),
    ):
        with pytest.raises(RectificationRefused) as refusal:
            made.confirm_recheck(officer=officer, by=by, at=MOMENT)
        assert codes(refusal) == [code]
    made.confirm_recheck(officer=INSPECTORS[1].id, by="u-2", at=MOMENT)
    (formed,) = made.rechecks
    assert (formed.second, formed.second_at, made.awaited) == (INSPECTORS[1].id, MOMENT, None)
    assert made.state is R.CORRECTED


def test_a_recheck_is_recorded_anew_and_what_was_before_stays() -> None:
    """The second officer sees it otherwise; a term that is over cannot be confirmed any more."""
    made = rectified(R.REPORTED)
    first = recheck(RecheckResult.ORDERED_AGAIN, new_due=date(2026, 4, 9))
    made.recheck(first)
    with pytest.raises(RectificationRefused) as refusal:
        made.confirm_recheck(
            officer=INSPECTORS[1].id, by="u-2", at=datetime(2026, 4, 9, 2, tzinfo=UTC)
        )
    assert codes(refusal) == ["tasks.recheck_term_past"]
    look_again(made, recheck(RecheckResult.GUIDANCE))
    assert made.superseded == (first,)
    assert [one.result for one in made.rechecks] == [RecheckResult.GUIDANCE]


def test_who_looked_again_does_not_finish() -> None:
    """One officer ordered, reported for the firm, looked again in a colleague's name, finished."""
    made = ordered()
    for verb in ("deliver", "report"):
        RECTIFY[verb](made)
    look_again(made, recheck(RecheckResult.NO_PROBLEM, by="u-1"))
    with pytest.raises(RectificationRefused) as refusal:
        made.finish(by="u-1", at=MOMENT)
    assert [one.code for one in refusal.value.violations] == ["kernel.decided_by_proposer"]
    made.finish(by="u-2", at=MOMENT)
    assert made.state is RectificationState.DONE


def term_request(id: str = "request-1", **changes: object) -> TermRequest:
    """Give a firm's request for two more working days."""
    told: dict[str, object] = {"id": id, "by": "f-1", "at": MOMENT, "days": 2, "reason": "停电"}
    return TermRequest(**(told | changes))  # type: ignore[arg-type]


def decide(made: Rectification, *, granted: bool, answer: str = "不同意") -> None:
    """Decide on a firm's request, which is there where there can be one."""
    if made.state in rectifications.VERBS["decide_term"].starts and not made.term_requests:
        made._term_requests = (term_request(),)
    decision = TermDecision(
        granted=granted, new_due=DUE + timedelta(days=4), by="u-1", answer=answer, at=MOMENT
    )
    made.decide_term("request-1", decision)


RECTIFY: dict[str, Callable[[Rectification], None]] = {
    "deliver": lambda made: made.deliver(
        Delivery(channel=DeliveryChannel.ON_SPOT, at=MOMENT, by="officer-1")
    ),
    "withdraw": lambda made: made.withdraw(reason="期限填错", by="u-1", at=MOMENT),
    "report": lambda made: made.report(RectificationReport(text="已整改", at=MOMENT)),
    "extend": lambda made: made.extend(
        new_due=DUE + timedelta(days=1), reason="停电", by="u-1", at=MOMENT
    ),
    "recheck": lambda made: made.recheck(recheck(RecheckResult.NO_PROBLEM)),
    "confirm_recheck": lambda made: look_again(made, recheck(RecheckResult.NO_PROBLEM)),
    "finish": lambda made: made.finish(by="u-2", at=MOMENT),
    "ask_term": lambda made: made.ask_term(term_request("request-2")),
    "decide_term": lambda made: decide(made, granted=False),
}
R = RectificationState
PATHS: dict[RectificationState, tuple[str, ...]] = {
    R.ORDERED: (),
    R.DELIVERED: ("deliver",),
    R.REPORTED: ("deliver", "report"),
    R.CORRECTED: ("deliver", "confirm_recheck"),
    R.DONE: ("deliver", "report", "confirm_recheck", "finish"),
    R.TRANSFERRED: ("deliver",),
    R.WITHDRAWN: ("withdraw",),
}


def rectified(state: RectificationState) -> Rectification:
    """Give a rectification brought to ``state`` by its verbs."""
    made = ordered()
    for verb in PATHS[state]:
        RECTIFY[verb](made)
    if state is R.TRANSFERRED:
        look_again(made, recheck(RecheckResult.TRANSFER))
    return made


@pytest.mark.parametrize("verb", RECTIFY)
@pytest.mark.parametrize("state", RectificationState)
def test_no_rectification_starts_from_a_forbidden_state(
    state: RectificationState, verb: str
) -> None:
    """Each verb refuses every state it may not start from, by that state's code."""
    made = rectified(state)
    assert made.state is state
    before, refused = to_plain(made), []
    try:
        RECTIFY[verb](made)
    except RectificationRefused as refusal:
        refused = [violation.code for violation in refusal.violations]
        assert to_plain(made) == before
    assert refused == (
        [] if state in rectifications.VERBS[verb].starts else [f"tasks.rectification_is_{state}"]
    )
    assert set(rectifications.VERBS.by_name) == set(RECTIFY)


def test_a_firm_asks_for_more_days_once_at_a_time_and_in_time() -> None:
    """Granted, the term ends later, and says why; rejected, with a reason, it stays."""
    made = rectified(R.DELIVERED)
    for changes, reason in (
        ({"reason": " "}, "tasks.field_empty"),
        ({"days": 0}, "tasks.extension_days"),
        ({"at": MOMENT.replace(year=MOMENT.year + 1)}, "tasks.term_over"),
    ):
        with pytest.raises(RectificationRefused) as refusal:
            made.ask_term(term_request(**changes))
        assert codes(refusal) == [reason]
    made.ask_term(term_request())
    with pytest.raises(RectificationRefused) as refusal:
        made.ask_term(term_request("request-2"))
    assert codes(refusal) == ["tasks.extension_pending"]
    with pytest.raises(RectificationRefused) as refusal:
        decide(made, granted=False, answer=" ")
    assert codes(refusal) == ["tasks.field_empty"]
    decide(made, granted=True, answer="")
    assert (made.due_on, made.extensions[-1].reason) == (DUE + timedelta(days=4), "停电")
    with pytest.raises(RectificationRefused):
        decide(made, granted=True)
    assert made.due_on == DUE + timedelta(days=4)


def test_an_order_has_number_findings_and_term() -> None:
    """An order about nothing, without number or term, or due today is refused."""
    with pytest.raises(RectificationRefused) as refusal:
        Rectification.order(
            id="r-1", sheet=order_sheet(number="", findings=(), days=0), due_on=DUE, at=MOMENT
        )
    assert codes(refusal) == [
        "tasks.field_empty",
        "tasks.findings_missing",
        "tasks.term_missing",
    ]
    with pytest.raises(RectificationRefused) as refusal:
        Rectification.order(id="r-1", sheet=order_sheet(days=1), due_on=TODAY, at=MOMENT)
    assert codes(refusal) == ["tasks.due_day_past"]
    assert ordered().take_events() == (
        events.RectificationOrdered(
            at=MOMENT, rectification="r-1", visit="visit-1", subject="subject-1", due_on=DUE
        ),
    )


def test_only_findings_in_term_are_ordered() -> None:
    """A department orders its own findings, where the conclusion asks for 限期整改."""
    made = visit("visit-1")
    assert [each.item for each in findings_to_order(made, None, department=FARM)] == ["item-2"]
    with pytest.raises(RectificationRefused) as refusal:
        findings_to_order(made, None, department=LEAD)
    assert codes(refusal) == ["tasks.findings_missing"]
    fresh = Visit.open(
        id="visit-2", sheet=visit_sheet(), officers=INSPECTORS, due_on=DUE, at=MOMENT
    )
    with pytest.raises(RectificationRefused) as refusal:
        findings_to_order(fresh, None, department=FARM)
    assert codes(refusal) == ["tasks.visit_is_assigned", "tasks.findings_missing"]


def test_no_finding_is_ordered_twice() -> None:
    """A further order takes in what was recorded since the first, and nothing is left otherwise."""
    made = visit("visit-1")
    first = ordered()
    with pytest.raises(RectificationRefused) as refusal:
        findings_to_order(made, None, department=FARM, earlier=[first])
    assert list(refusal.value.reasons) == [
        Violation("tasks.ordered_already", "visit_id", {"number": first.sheet.number})
    ]
    both = tuple(evolve(one, department=FARM) for one in made.sheet.items)
    object.__setattr__(made, "sheet", evolve(made.sheet, items=both))
    made._results = tuple(result(one.id, ItemOutcome.FAILED) for one in both)
    assert [one.item for one in findings_to_order(made, None, department=FARM)] == [
        "item-1", "item-2",
    ]  # fmt: skip
    left = findings_to_order(made, None, department=FARM, earlier=[first])
    assert [one.item for one in left] == ["item-1"]


def test_an_order_is_withdrawn_for_a_reason_before_it_is_delivered() -> None:
    """A withdrawn order is closed, concerns nobody, and its findings are ordered anew."""
    made, first = visit("visit-1"), ordered()
    with pytest.raises(RectificationRefused) as refusal:
        first.withdraw(reason=" ", by="u-1", at=MOMENT)
    assert codes(refusal) == ["tasks.field_empty"]
    assert first.parties == {"subject-1"}
    first.take_events()
    first.withdraw(reason="期限填错", by="u-1", at=MOMENT)
    assert first.withdrawal == OrderWithdrawal(
        at=MOMENT, by="u-1", reason="期限填错", for_firm=True
    )
    assert first.withdrawal.told == "期限填错"
    assert OrderWithdrawal(at=MOMENT, by="u-1", reason="期限填错").told == ""
    assert (first.open, first.stands, first.parties) == (False, False, frozenset())
    assert not first.late(DUE + timedelta(days=1))
    assert [type(one) for one in first.take_events()] == [events.RectificationWithdrawn]
    anew = findings_to_order(made, None, department=FARM, earlier=[first])
    assert [one.item for one in anew] == ["item-2"]
    second = Rectification.order(id="r-2", sheet=order_sheet(number="2号"), due_on=DUE, at=MOMENT)
    second.withdraw(reason="期限又填错", by="u-1", at=MOMENT)
    for earlier in ([first, ordered(), second], [ordered(), first]):
        with pytest.raises(RectificationRefused) as refusal:
            findings_to_order(made, None, department=FARM, earlier=earlier)
        assert list(refusal.value.reasons) == [
            Violation("tasks.ordered_already", "visit_id", {"number": ordered().sheet.number})
        ]


@pytest.mark.function("F133")
@pytest.mark.parametrize("channel", DeliveryChannel)
def test_sending_needs_an_address(channel: DeliveryChannel) -> None:
    """By e-mail or text message an address is needed, else none; none is ever printed."""
    made = ordered()
    if channel in {DeliveryChannel.ON_SPOT, DeliveryChannel.NOTICE}:
        made.deliver(Delivery(channel=channel, at=MOMENT, by="officer-1"))
    else:
        with pytest.raises(RectificationRefused) as refusal:
            made.deliver(Delivery(channel=channel, at=MOMENT, by="officer-1", address=" "))
        assert codes(refusal) == ["tasks.delivery_address_missing"]
        sent = Delivery(channel=channel, at=MOMENT, by="officer-1", address="19900000001")
        made.deliver(sent)
        assert "19900000001" not in repr(made)
    assert made.state is R.DELIVERED


def test_a_second_delivery_stands_beside_the_first() -> None:
    """The first is when the order reached the firm; sent again, nothing of it is overwritten."""
    made = ordered()
    first = Delivery(channel=DeliveryChannel.SMS, at=MOMENT, by="officer-1", address="19900000001")
    again = Delivery(channel=DeliveryChannel.ON_SPOT, at=MOMENT + timedelta(days=1), by="u-2")
    made.deliver(first)
    made.deliver(again)
    assert (made.delivery, made.delivered_again) == (first, (again,))
    assert made.due_on == DUE


@pytest.mark.function("F152")
def test_a_report_needs_words_and_a_longer_term_a_reason() -> None:
    """Empty reports, reasonless or not longer terms are refused."""
    made = rectified(R.DELIVERED)
    with pytest.raises(RectificationRefused) as refusal:
        made.report(RectificationReport(text=" ", at=MOMENT))
    assert codes(refusal) == ["tasks.field_empty"]
    with pytest.raises(RectificationRefused) as refusal:
        made.extend(new_due=DUE, reason="", by="u-1", at=MOMENT)
    assert codes(refusal) == ["tasks.field_empty", "tasks.term_not_longer"]
    made.extend(new_due=date(2026, 4, 23), reason="停电", by="u-1", at=MOMENT)
    assert made.due_on == date(2026, 4, 23)
    assert [(each.old_due, each.new_due) for each in made.extensions] == [(DUE, date(2026, 4, 23))]


def longer(made: Rectification, days: int) -> None:
    """Let a clerk extend the term by calendar days."""
    made.extend(new_due=made.due_on + timedelta(days=days), reason="停电", by="u-1", at=MOMENT)


@pytest.mark.parametrize(
    ("given", "more", "data"),
    [
        ((1, 1), 1, {"most": 2, "days": 60, "used": 2, "added": 2}),
        ((40,), 21, {"most": 2, "days": 60, "used": 1, "added": 40}),
        ((), 61, {"most": 2, "days": 60, "used": 0, "added": 0}),
    ],
)
def test_a_term_is_extended_twice_and_by_sixty_days_in_all(
    given: tuple[int, ...], more: int, data: dict[str, int]
) -> None:
    """A clerk puts the end off again and again: the third time, and the 61st day, are refused."""
    made = rectified(R.DELIVERED)
    for days in given:
        longer(made, days)
    before = made.due_on
    with pytest.raises(RectificationRefused) as refusal:
        longer(made, more)
    (violation,) = refusal.value.violations
    assert (violation.code, violation.data) == ("tasks.terms_used", data)
    assert (made.due_on, len(made.extensions)) == (before, len(given))


def test_a_term_is_extended_to_its_bounds() -> None:
    """Two extensions of sixty days together are given; what a re-check orders anew is none."""
    made = rectified(R.DELIVERED)
    longer(made, 40)
    longer(made, 20)
    look_again(made, recheck(RecheckResult.ORDERED_AGAIN, new_due=date(2026, 5, 8)))
    assert (made.due_on, len(made.extensions)) == (date(2026, 5, 8), 2)


def test_it_is_not_ordered_again_for_ever() -> None:
    """Twice, each time for sixty days at most: then it is put right, or handed over."""
    made = rectified(R.DELIVERED)
    last = TODAY + timedelta(days=60)
    with pytest.raises(RectificationRefused) as refusal:
        made.recheck(recheck(RecheckResult.ORDERED_AGAIN, new_due=last + timedelta(days=1)))
    assert codes(refusal) == ["tasks.new_term_long"]
    for _ in range(2):
        look_again(made, recheck(RecheckResult.ORDERED_AGAIN, new_due=last))
    with pytest.raises(RectificationRefused) as refusal:
        made.recheck(recheck(RecheckResult.ORDERED_AGAIN, new_due=last))
    assert codes(refusal) == ["tasks.ordered_again_used"]
    look_again(made, recheck(RecheckResult.TRANSFER))
    assert made.state is R.TRANSFERRED


def test_longer_terms_stand_in_the_course_of_the_task() -> None:
    """Who extended a term, by what, and why is read where the whole task is."""
    made = rectified(R.DELIVERED)
    longer(made, 7)
    found = TaskFile(task=task("task-1"), rectifications=(made,)).chronicle
    assert [(one.by, one.note, one.subject) for one in found if "延长整改期限" in one.step] == [
        ("u-1", "停电", "subject-1")
    ]


def test_what_a_firm_asks_for_is_within_the_bounds_too() -> None:
    """A request is neither taken nor granted beyond them, and stays open where it is not."""
    made = rectified(R.DELIVERED)
    longer(made, 58)
    made.ask_term(term_request())
    with pytest.raises(RectificationRefused) as refusal:
        made.decide_term(
            "request-1",
            TermDecision(
                granted=True, new_due=made.due_on + timedelta(days=3), by="u-1", at=MOMENT
            ),
        )
    assert codes(refusal) == ["tasks.terms_used"]
    assert made.term_asked
    longer(made, 1)
    decide(made, granted=False)
    with pytest.raises(RectificationRefused) as refusal:
        made.ask_term(term_request("request-2"))
    assert codes(refusal) == ["tasks.terms_used"]


@pytest.mark.function("F137")
@pytest.mark.parametrize(
    ("result", "state", "left"),
    [
        (RecheckResult.NO_PROBLEM, R.CORRECTED, True),
        (RecheckResult.GUIDANCE, R.CORRECTED, True),
        (RecheckResult.ORDERED_AGAIN, R.DELIVERED, True),
        (RecheckResult.TRANSFER, R.TRANSFERRED, False),
    ],
)
def test_the_four_results_of_a_recheck(
    result: RecheckResult, state: RectificationState, *, left: bool
) -> None:
    """Each of the four 整改结果状态 leads on: finish, a new term, or enforcement."""
    made = rectified(R.REPORTED)
    new_due = date(2026, 5, 8) if result is RecheckResult.ORDERED_AGAIN else None
    look_again(made, recheck(result, new_due=new_due))
    assert made.state is state
    assert made.open is left
    assert made.due_on == (new_due or DUE)
    assert made.take_events()[-1] == events.RectificationRechecked(
        at=MOMENT, rectification="r-1", result=result.value
    )


def test_a_recheck_is_made_by_two_and_explained() -> None:
    """One officer is too few, words and a new term go with a further order only."""
    made = rectified(R.REPORTED)
    lone: tuple[Inspector, ...] = INSPECTORS[:1]
    with pytest.raises(RectificationRefused) as refusal:
        made.recheck(recheck(RecheckResult.ORDERED_AGAIN, officers=lone, note="", new_due=TODAY))
    assert codes(refusal) == [
        "tasks.officers_too_few",
        "tasks.field_empty",
        "tasks.new_term_missing",
    ]
    with pytest.raises(RectificationRefused) as refusal:
        made.recheck(recheck(RecheckResult.ORDERED_AGAIN))
    assert codes(refusal) == ["tasks.new_term_missing"]
    with pytest.raises(RectificationRefused) as refusal:
        made.recheck(recheck(RecheckResult.NO_PROBLEM, new_due=DUE, note=""))
    assert codes(refusal) == ["tasks.new_term_unasked"]


@pytest.mark.function("F138")
def test_finishing_is_told() -> None:
    """完成整改 ends it and says so."""
    made = rectified(R.DONE)
    assert not made.open
    assert made.take_events()[-1] == events.RectificationFinished(
        at=MOMENT, rectification="r-1", visit="visit-1", subject="subject-1"
    )


def test_a_firm_is_late_while_it_owes_its_report() -> None:
    """Late from the day after the term; a report in time is never late, a late one stays so."""
    made = rectified(R.DELIVERED)
    assert made.overdue_days(DUE) == 0
    assert made.overdue_days(DUE + timedelta(days=2)) == 2
    assert rectification_warning(made, DUE) is None
    warning = rectification_warning(made, DUE + timedelta(days=2))
    assert warning is not None
    assert (warning.kind, warning.days, warning.target, warning.departments) == (
        WarningKind.RECTIFICATION_OVERDUE,
        2,
        "r-1",
        (FARM,),
    )
    in_time = rectified(R.REPORTED)
    assert not in_time.late(DUE + timedelta(days=30))
    made.report(RectificationReport(text="迟了", at=datetime(2026, 4, 22, 16, tzinfo=UTC)))
    assert made.late(DUE)
    assert made.overdue_days(DUE + timedelta(days=9)) == 0


def due() -> Publication:
    """Give a publication nobody decided on."""
    return Publication.of(visit("visit-1"), shown(), due_on=date(2026, 5, 8))


def withhold(made: Publication, reason: str) -> None:
    """Keep a result back as a state secret."""
    ground = WithholdingGround.STATE_SECRET
    made.withhold(ground=ground, reason=reason, by="head", at=MOMENT)


def withdraw(made: Publication, reason: str, by: str = "head") -> None:
    """Take a shown result back as mistaken."""
    made.withdraw(ground=WithdrawalGround.MISTAKEN, reason=reason, by=by, at=MOMENT)


def proposal(**changes: Any) -> WithdrawalProposal:
    """Give what the joining department asks for."""
    asked = WithdrawalProposal(
        department=FARM, by="u-1", at=MOMENT, ground=WithdrawalGround.MISTAKEN, reason="有误",
        due_on=TODAY + timedelta(days=1),
    )  # fmt: skip
    return evolve(asked, **changes)


def decline(made: Publication) -> None:
    """Leave it shown; where it is, somebody asked."""
    if made.state is P.SHOWN and made.proposed is None:
        made.propose_withdrawal(proposal())
    made.decline_withdrawal(reason="无误", by="head", at=MOMENT)


KEEP_BACK = WithholdingProposal(
    by="u-1", at=MOMENT, ground=WithholdingGround.PRIVACY, reason="涉及个人"
)
PUBLISH: dict[str, Callable[[Publication], None]] = {
    "show": lambda made: made.show(until=UNTIL, least=TODAY, at=MOMENT),
    "propose_withholding": lambda made: made.propose_withholding(KEEP_BACK),
    "withhold": lambda made: withhold(made, "涉密"),
    "propose_withdrawal": lambda made: made.propose_withdrawal(proposal()),
    "decline_withdrawal": decline,
    "withdraw": lambda made: withdraw(made, "有误"),
    "correct": lambda made: made.correct(shown(task="更正"), until=UNTIL, least=TODAY, at=MOMENT),
}
P = PublicationState
PUBLISH_PATHS: dict[PublicationState, tuple[str, ...]] = {
    P.DUE: (),
    P.SHOWN: ("show",),
    P.WITHHELD: ("withhold",),
    P.WITHDRAWN: ("show", "withdraw"),
}


@pytest.mark.parametrize("verb", PUBLISH)
@pytest.mark.parametrize("state", PublicationState)
def test_no_publication_starts_from_a_forbidden_state(state: PublicationState, verb: str) -> None:
    """Each verb refuses every state it may not start from, by that state's code."""
    made = due()
    for step in PUBLISH_PATHS[state]:
        PUBLISH[step](made)
    assert made.state is state
    before, refused = to_plain(made), []
    try:
        PUBLISH[verb](made)
    except PublicationRefused as refusal:
        refused = [violation.code for violation in refusal.violations]
        assert to_plain(made) == before
    assert refused == (
        [] if state in publications.VERBS[verb].starts else [f"tasks.publication_is_{state}"]
    )
    assert set(publications.VERBS.by_name) == set(PUBLISH)


def test_a_result_unpublished_on_working_day_21_is_warned_of() -> None:
    """Test g of the facts: on the due day none, the day after a warning, none once decided."""
    made = due()
    assert publication_warning(made, made.due_on) is None
    late = publication_warning(made, made.due_on + timedelta(days=1))
    assert late is not None
    assert (late.kind, late.days, late.target) == (
        WarningKind.PUBLICATION_OVERDUE,
        1,
        "visit-1",
    )
    assert late.departments == (FARM, LEAD)
    withhold(made, "涉密")
    assert publication_warning(made, date(2030, 1, 1)) is None


def test_a_display_has_its_term() -> None:
    """It is seen to its last day, never before it is shown, and not for no day."""
    made = due()
    assert not made.visible(TODAY)
    with pytest.raises(PublicationRefused) as refusal:
        made.show(until=TODAY, least=TODAY, at=MOMENT)
    assert codes(refusal) == ["tasks.display_too_short"]
    with pytest.raises(PublicationRefused) as refusal:
        made.show(until=UNTIL, least=UNTIL + timedelta(days=1), at=MOMENT)
    (violation,) = refusal.value.violations
    assert violation.data == {"least": (UNTIL + timedelta(days=1)).isoformat()}
    made.show(until=UNTIL, least=UNTIL, at=MOMENT)
    assert (made.shown_on, made.until) == (TODAY, UNTIL)
    assert made.visible(UNTIL)
    assert not made.visible(UNTIL + timedelta(days=1))
    withdraw(made, "有误")
    assert not made.visible(TODAY)
    assert made.open(UNTIL)
    assert not made.open(UNTIL + timedelta(days=1))


def test_who_asks_to_take_a_result_back_does_not_decide() -> None:
    """A department asks once; the head answers; one person with both roles does not."""
    made = due()
    made.show(until=UNTIL, least=TODAY, at=MOMENT)
    with pytest.raises(PublicationRefused) as refusal:
        made.decline_withdrawal(reason="无误", by="head", at=MOMENT)
    assert codes(refusal) == ["tasks.withdrawal_not_proposed"]
    made.propose_withdrawal(proposal())
    (owed,) = publications.VERBS.duties(made, "publication")
    assert (owed.verb, owed.assignee.id, owed.due_on) == (
        "withdraw", LEAD, TODAY + timedelta(days=1)
    )  # fmt: skip
    with pytest.raises(PublicationRefused) as refusal:
        made.propose_withdrawal(proposal())
    assert codes(refusal) == ["tasks.withdrawal_proposed"]
    with pytest.raises(PublicationRefused) as refusal:
        withdraw(made, "有误", by="u-1")
    assert codes(refusal) == ["kernel.decided_by_proposer"]
    with pytest.raises(PublicationRefused) as refusal:
        made.decline_withdrawal(reason="无误", by="u-1", at=MOMENT)
    assert codes(refusal) == ["kernel.decided_by_proposer"]
    decline(made)
    assert made.proposed is None
    assert not publications.VERBS.duties(made, "publication")
    assert (made.proposals[-1].declined_by, made.proposals[-1].answer) == ("head", "无误")
    made.propose_withdrawal(proposal(at=MOMENT + timedelta(hours=1)))
    made.withdraw(
        ground=WithdrawalGround.MISTAKEN, reason="有误", by="head", at=MOMENT + timedelta(hours=2)
    )
    assert made.proposed is None
    assert made.state is P.WITHDRAWN


def test_who_asks_to_keep_a_result_back_does_not_decide() -> None:
    """A department asks, the lead's head owes the decision, and is somebody else."""
    made = due()
    made.propose_withholding(KEEP_BACK)
    owed = {one.verb: one.assignee.id for one in publications.VERBS.duties(made, "publication")}
    assert owed["withhold"] == LEAD
    with pytest.raises(PublicationRefused) as refusal:
        made.withhold(ground=WithholdingGround.PRIVACY, reason="同意", by="u-1", at=MOMENT)
    assert codes(refusal) == ["kernel.decided_by_proposer"]
    withhold(made, "涉密")
    assert not publications.VERBS.duties(made, "publication")


def test_an_annulled_decision_is_taken_back_within_three_days() -> None:
    """行政处罚法 第48条: three days from the annulment, and no later than the next working day."""
    made = due()
    made.show(until=UNTIL, least=TODAY, at=MOMENT)
    annulled = WithdrawalGround.ANNULLED
    for wrong in (
        proposal(ground=annulled),
        proposal(annulled_on=TODAY),
        proposal(ground=annulled, annulled_on=TODAY + timedelta(days=1)),
    ):
        with pytest.raises(PublicationRefused):
            made.propose_withdrawal(wrong)
    monday = date(2026, 4, 13)
    assert publications.withdrawal_due(monday, None) == monday
    assert publications.withdrawal_due(monday, date(2026, 4, 8)) == date(2026, 4, 11)
    assert publications.withdrawal_due(monday, date(2026, 4, 12)) == monday


def test_nobody_shortens_his_own_display() -> None:
    """公示最短时间: a year, or what the top region sets; a region below can only lengthen it."""
    assert least_months([], "450103") == 12
    assert least_months([("450100", 1)], "450103") == 12
    assert least_months([("450100", 24), ("450200", 60)], "450103") == 24
    assert least_months([("450000", 6), ("450103", 3)], "450103") == 6
    assert least_months([("450000", 6), ("450103", 9)], "450103") == 9


def test_withholding_and_withdrawing_need_reasons() -> None:
    """A result is neither kept back nor taken back without words; what was shown is kept."""
    made = due()
    with pytest.raises(PublicationRefused) as refusal:
        withhold(made, "")
    assert codes(refusal) == ["tasks.field_empty"]
    made.show(until=UNTIL, least=TODAY, at=MOMENT)
    with pytest.raises(PublicationRefused) as refusal:
        withdraw(made, " ")
    assert codes(refusal) == ["tasks.field_empty"]
    withdraw(made, "有误")
    made.correct(shown(task="更正"), until=UNTIL, least=TODAY, at=MOMENT)
    assert [each.shown.task for each in made.withdrawals] == ["乳品安全综合检查"]
    assert made.shown.task == "更正"


def test_a_correction_is_about_the_same_subject() -> None:
    """Another firm's result cannot take its place."""
    made = due()
    made.show(until=UNTIL, least=TODAY, at=MOMENT)
    withdraw(made, "有误")
    other = PublicSubject.firm(id="subject-2", name="另一家", credit_code="")
    with pytest.raises(PublicationRefused) as refusal:
        made.correct(shown(subject=other), until=TODAY, least=TODAY, at=MOMENT)
    assert codes(refusal) == ["tasks.display_too_short", "tasks.other_subject_shown"]


def test_a_withheld_result_may_be_shown_after_all() -> None:
    """Ground and reason for keeping it back are gone then."""
    made = due()
    withhold(made, "涉密")
    made.show(until=UNTIL, least=TODAY, at=MOMENT)
    assert (made.withheld_on_ground, made.withheld_because) == (None, "")
    assert made.take_events() == (
        events.ResultWithheld(
            at=MOMENT,
            publication="visit-1",
            subject="subject-1",
            ground="state_secret",
            reason="涉密",
            by="head",
        ),
        events.ResultPublished(at=MOMENT, publication="visit-1", subject="subject-1", until=UNTIL),
    )


def test_the_public_sees_no_personal_data() -> None:
    """Neither officers, signers nor their words are shown; a person is named by family name."""
    person = PublicSubject.natural_person(id="subject-1", name="欧阳小明")
    what = shown_result(visit("visit-1"), subject=person, task_name="任务")
    text = str(to_plain(what))
    assert person == PublicSubject(id="subject-1", name="欧***", credit_code="")
    for hidden in ("officer-1", "李四", "见照片", "小明"):
        assert hidden not in text
    assert what.failed_items == ("生乳有交接单",)
    assert (what.items, what.checked_on, what.departments) == (2, TODAY, (FARM, LEAD))
    assert PublicSubject.natural_person(id="s", name="李").name == "李*"


def test_nothing_is_shown_before_a_result_is_formed() -> None:
    """An open visit has nothing to publish."""
    fresh = Visit.open(
        id="visit-2", sheet=visit_sheet(), officers=INSPECTORS, due_on=DUE, at=MOMENT
    )
    with pytest.raises(PublicationRefused) as refusal:
        shown_result(fresh, subject=shown().subject, task_name="任务")
    assert codes(refusal) == ["tasks.visit_is_assigned"]
    with pytest.raises(PublicationRefused) as refusal:
        Publication.of(fresh, shown(), due_on=DUE)
    assert codes(refusal) == ["tasks.visit_is_assigned"]


def case(kind: TransferKind = TransferKind.CRIMINAL, **changes: object) -> TransferSheet:
    """Give what is handed over."""
    told: dict[str, object] = {
        "kind": kind,
        "visit": "visit-1",
        "subject": "subject-1",
        "region": "450100",
        "department": LEAD,
        "to": "police-1",
        "reason": "涉嫌犯罪",
        "reporters": ("officer-1", "officer-2"),
        "papers": frozenset(
            {
                TransferPaper.TRANSFER_LETTER,
                TransferPaper.INVESTIGATION_REPORT,
                TransferPaper.LIST_OF_ARTICLES,
            }
        ),
    }
    return TransferSheet(**(told | changes))  # type: ignore[arg-type]


def reported(kind: TransferKind = TransferKind.CRIMINAL) -> Transfer:
    """Give a reported case."""
    return Transfer.report(id="t-1", sheet=case(kind), by="officer-1", at=MOMENT)


ANSWERS = {
    TransferState.ACCEPTED, TransferState.REJECTED, TransferState.UPHELD, TransferState.RETURNED,
    TransferState.CLOSED,
}  # fmt: skip
"""What a receiving body answers."""


def step(state: TransferState, note: str = "说明") -> TransferStep:
    """Give a step a day later; somebody else than sends a case enters what is answered."""
    by = "u-2" if state in ANSWERS else "u-1"
    return TransferStep(state=state, by=by, at=MOMENT + timedelta(days=1), note=note)


@pytest.mark.function("F114")
@pytest.mark.function("F119")
def test_a_suspected_crime_is_reported_by_two_with_its_papers() -> None:
    """At least two officers report, and three papers always go along (移送规定 第5, 6条)."""
    with pytest.raises(TransferRefused) as refusal:
        Transfer.report(
            id="t-1",
            sheet=case(reporters=("officer-1", "officer-1"), papers=frozenset(), to=""),
            by="officer-1",
            at=MOMENT,
        )
    assert codes(refusal) == [
        "tasks.no_receiver",
        "tasks.reporters_too_few",
        "tasks.paper_missing_investigation_report",
        "tasks.paper_missing_list_of_articles",
        "tasks.paper_missing_transfer_letter",
    ]
    light = case(TransferKind.ENFORCEMENT, reporters=("officer-1",), papers=frozenset())
    assert Transfer.report(id="t-1", sheet=light, by="u-1", at=MOMENT).due_at is None


def test_the_clock_of_a_suspected_crime() -> None:
    """Three days to decide, 24 hours to send, three days for the police to answer."""
    made = reported()
    assert made.due_at == MOMENT + timedelta(days=3)
    made.step(step(TransferState.APPROVED))
    assert made.due_at == MOMENT + timedelta(days=2)
    made.step(step(TransferState.SENT))
    assert made.due_at == MOMENT + timedelta(days=4)
    made.step(step(TransferState.ACCEPTED))
    assert made.due_at is None
    assert made.take_events() == (
        events.TransferMade(
            at=MOMENT + timedelta(days=1), transfer="t-1", visit="visit-1", to="police-1"
        ),
    )


@pytest.mark.function("F114")
@given(st.lists(st.sampled_from(TransferState), max_size=8))
def test_a_case_takes_only_the_steps_of_the_law(wanted: list[TransferState]) -> None:
    """Whatever is tried, each step that stands may follow the one before it."""
    made = reported()
    for state in wanted:
        may = state in VERBS.by_name and made.state in VERBS[state].starts
        before = made.state
        try:
            made.step(step(state))
        except TransferRefused as refusal:
            assert not may
            assert [each.code for each in refusal.violations] == [  # noqa: PT017
                f"tasks.transfer_is_{before}"
            ]
        else:
            assert may


def test_who_reports_a_case_does_not_decide_it() -> None:
    """Neither lets it go nor keeps it; a case that a result marked stays by the head's word."""
    for state in (TransferState.APPROVED, TransferState.DENIED):
        made = reported()
        own = evolve(step(state), by="officer-1")
        with pytest.raises(TransferRefused) as refusal:
            made.step(own)
        assert codes(refusal) == ["kernel.decided_by_proposer"]
        made.step(step(state))
    dropped = VERBS["dropped"]
    assert (dropped.by, VERBS.roles_of(dropped)) == (Responsible.HEAD, ("leader",))


def test_a_marked_case_is_filled_in_sent_returned_and_closed() -> None:
    """待移交 needs no receiver yet; who receives it sees it once it is sent, and answers."""
    marked = TransferSheet(
        kind=TransferKind.ENFORCEMENT, visit="visit-1", subject="subject-1", region="450100",
        department=LEAD,
    )  # fmt: skip
    made = Transfer.mark(id="t-1", sheet=marked, by="u-1", at=MOMENT)
    assert made.state is TransferState.MARKED
    with pytest.raises(TransferRefused) as refusal:
        made.fill(marked, by="u-1", at=MOMENT)
    assert codes(refusal) == ["tasks.field_empty", "tasks.no_receiver"]
    whole = evolve(marked, to="南宁市农业农村局", receiver=FARM, reason="台账缺失")
    made.fill(whole, by="officer-1", at=MOMENT)
    made.step(step(TransferState.APPROVED))
    assert made.departments == {LEAD}
    assert made.sending is None
    made.step(step(TransferState.SENT))
    assert made.sending == made.steps[-1]
    assert made.departments == {LEAD, FARM}
    assert made.take_events()[-1] == events.TransferMade(
        at=MOMENT + timedelta(days=1), transfer="t-1", visit="visit-1", to="南宁市农业农村局",
        receiver=FARM,
    )  # fmt: skip
    made.step(step(TransferState.RETURNED, note="缺现场检查笔录"))
    assert made.sending == made.steps[-2]
    made.fill(evolve(whole, papers=frozenset(TransferPaper)), by="officer-1", at=MOMENT)
    assert made.sending is None, "what it is filled in with has gone to nobody yet"
    for state in (TransferState.APPROVED, TransferState.SENT, TransferState.ACCEPTED):
        made.step(step(state))
    with pytest.raises(TransferRefused) as refusal:
        made.step(step(TransferState.CLOSED, note=""))
    assert codes(refusal) == ["tasks.field_empty"]
    made.step(step(TransferState.CLOSED, note="罚款5000元"))
    assert {one.by.name for one in VERBS.verbs if made.state in one.starts} == set()


def test_whoever_receives_a_case_answers_it() -> None:
    """The receiving department owes the answer; for an outside body the one that sent it notes."""
    for receiver, answers in ((FARM, FARM), ("", LEAD)):
        made = Transfer.report(
            id="t-1", sheet=case(TransferKind.ENFORCEMENT, receiver=receiver), by="u", at=MOMENT
        )
        for state in (TransferState.APPROVED, TransferState.SENT):
            made.step(step(state))
        (owed,) = VERBS.duties(made, "transfer")
        assert (owed.verb, owed.assignee.id) == ("accepted", answers)


def test_who_sent_a_case_does_not_enter_what_an_outside_body_answers() -> None:
    """He could invent it: a colleague enters it, and each reader sees that the body did not.

    What was sent last is what is answered. A department that works here answers by itself.
    """
    made = reported()
    for state in (TransferState.APPROVED, TransferState.SENT):
        made.step(step(state))
    for state in (TransferState.ACCEPTED, TransferState.REJECTED, TransferState.RETURNED):
        with pytest.raises(TransferRefused) as refusal:
            made.step(evolve(step(state), by="u-1"))
        assert codes(refusal) == ["tasks.answer_by_sender"]
    made.step(step(TransferState.REJECTED))
    made.step(evolve(step(TransferState.RECONSIDERING), by="u-2"))
    with pytest.raises(TransferRefused) as refusal:
        made.step(step(TransferState.UPHELD))
    assert codes(refusal) == ["tasks.answer_by_sender"]
    made.step(evolve(step(TransferState.UPHELD), by="u-1"))
    assert [one.state for one in made.steps if one.entered_for] == [
        TransferState.REJECTED, TransferState.UPHELD
    ]  # fmt: skip
    here = Transfer.report(
        id="t-1", sheet=case(TransferKind.ENFORCEMENT, receiver=FARM), by="u", at=MOMENT
    )
    for state in (TransferState.APPROVED, TransferState.SENT, TransferState.ACCEPTED):
        here.step(step(state))
    assert not any(one.entered_for for one in here.steps)


def test_only_crimes_are_reconsidered_and_refusals_explained() -> None:
    """Reconsideration belongs to suspected crimes, and a rejection needs words."""
    made = reported(TransferKind.ENFORCEMENT)
    for state in (TransferState.APPROVED, TransferState.SENT):
        made.step(step(state))
    with pytest.raises(TransferRefused) as refusal:
        made.step(step(TransferState.REJECTED, note=""))
    assert codes(refusal) == ["tasks.field_empty"]
    made.step(step(TransferState.REJECTED))
    with pytest.raises(TransferRefused) as refusal:
        made.step(step(TransferState.RECONSIDERING))
    assert codes(refusal) == ["tasks.transfer_not_criminal"]
    made.step(step(TransferState.RETURNED))
    assert made.take_events()[-1] == events.TransferReturned(
        at=MOMENT + timedelta(days=1), transfer="t-1"
    )


@pytest.mark.function("F112")
@pytest.mark.function("F139")
def test_a_review_looks_at_completed_assisted_visits() -> None:
    """复核 is for visits in which a third party helped, by officers named."""
    fresh = Visit.open(
        id="visit-2", sheet=visit_sheet(), officers=INSPECTORS, due_on=DUE, at=MOMENT
    )
    with pytest.raises(ReviewRefused) as refusal:
        Review.assign(id="v-1", visit=fresh, officers=())
    assert codes(refusal) == [
        "tasks.visit_is_assigned",
        "tasks.visit_not_assisted",
        "tasks.field_empty",
    ]
    made = Review.assign(id="v-1", visit=visit("visit-1"), officers=("officer-8",))
    assert (made.visit, made.task, made.department) == ("visit-1", "task-1", LEAD)
    wrong = ReviewResult(by="stranger", at=MOMENT, agrees=True, differing_items=("item-1",))
    with pytest.raises(ReviewRefused) as refusal:
        made.record(wrong)
    assert codes(refusal) == ["tasks.officer_not_assigned", "tasks.review_contradicts_itself"]
    with pytest.raises(ReviewRefused) as refusal:
        made.record(ReviewResult(by="officer-8", at=MOMENT, agrees=False))
    assert codes(refusal) == ["tasks.field_empty"]
    made.record(ReviewResult(by="officer-8", at=MOMENT, agrees=True))
    assert made.take_events() == (
        events.ReviewRecorded(at=MOMENT, review="v-1", visit="visit-1", agrees=True),
    )
    with pytest.raises(ReviewRefused) as refusal:
        made.record(ReviewResult(by="officer-8", at=MOMENT, agrees=True))
    assert codes(refusal) == ["tasks.review_is_recorded"]


PIECES = {"乙.pdf": b"2", "a.json": b"1", "空": b""}


@pytest.mark.function("F111")
def test_a_whole_archive_verifies_whatever_the_order() -> None:
    """The manifest does not depend on the order in which pieces come."""
    manifest = make_manifest("task-1", PIECES)
    assert make_manifest("task-1", dict(reversed(PIECES.items()))) == manifest
    assert [entry.name for entry in manifest.entries] == ["a.json", "乙.pdf", "空"]
    assert manifest_violations(manifest, PIECES, expected=manifest.digest) == ()


@pytest.mark.parametrize(
    ("pieces", "expected"),
    [
        (PIECES | {"空": b"x"}, [("tasks.piece_changed", "空")]),
        (PIECES | {"新": b""}, [("tasks.piece_unlisted", "新")]),
        ({"a.json": b"1", "空": b""}, [("tasks.piece_missing", "乙.pdf")]),
    ],
    ids=["changed", "added", "lost"],
)
def test_a_tampered_archive_is_told_piece_by_piece(
    pieces: dict[str, bytes], expected: list[tuple[str, str]]
) -> None:
    """Changed, added and lost pieces are each named."""
    manifest = make_manifest("task-1", PIECES)
    found = manifest_violations(manifest, pieces, expected=manifest.digest)
    assert [(each.code, each.at) for each in found] == expected


def test_a_forged_manifest_is_told() -> None:
    """A manifest that fits forged pieces does not fit the digest that the task keeps."""
    kept = make_manifest("task-1", PIECES).digest
    forged_pieces = PIECES | {"空": b"x"}
    forged = make_manifest("task-1", forged_pieces)
    found = manifest_violations(forged, forged_pieces, expected=kept)
    assert [each.code for each in found] == ["tasks.manifest_changed"]
    twice = Manifest(task="task-1", entries=(*forged.entries, forged.entries[0]))
    found = manifest_violations(twice, forged_pieces, expected=twice.digest)
    assert [(each.code, each.at) for each in found] == [("tasks.piece_twice", "a.json")]


def formed(day: date, *, findings: int = 0, **flags: bool) -> FormedResult:
    """Give a formed result."""
    return FormedResult(
        visit=f"visit-{day}",
        formed_on=day,
        findings=findings,
        key_findings=min(findings, 1),
        obstructed=flags.get("obstructed", False),
        unreachable=flags.get("unreachable", False),
    )


def test_results_become_facts_of_the_last_year() -> None:
    """Counts take the days after the same day a year ago; the flags are the last visit's.

    An order of a visit to whose record no second officer stands counts nowhere.
    """
    on = date(2026, 4, 7)
    facts = dict(
        result_facts(
            [
                formed(date(2025, 4, 7), findings=9),
                formed(date(2026, 4, 7), findings=2),
                formed(date(2025, 4, 8), findings=3, obstructed=True, unreachable=True),
                formed(date(2026, 4, 8), findings=9, obstructed=True),
            ],
            [
                OrderRecord(
                    rectification="r-1",
                    visit=f"visit-{on}",
                    ordered_on=date(2024, 1, 1),
                    findings=4,
                    open=True,
                    late=True,
                ),
                OrderRecord(
                    rectification="r-2",
                    visit=f"visit-{on}",
                    ordered_on=on,
                    findings=1,
                    open=False,
                    late=True,
                ),
                OrderRecord(
                    rectification="r-3",
                    visit=f"visit-{on}",
                    ordered_on=date(2026, 4, 8),
                    findings=8,
                    open=True,
                    late=True,
                ),
                OrderRecord(
                    rectification="r-4",
                    visit="visit-unformed",
                    ordered_on=on,
                    findings=16,
                    open=True,
                    late=True,
                ),
            ],
            on=on,
        )
    )
    assert facts == {
        "last_checked_on": day_number(on),
        "checks_1y": 2,
        "findings_1y": 5,
        "key_findings_1y": 2,
        "open_findings": 4,
        "overdue_rectifications_1y": 1,
        "check_obstructed": False,
        "unreachable": False,
    }
    assert set(facts) <= set(FACT_CATALOGUE)


def test_a_subject_never_checked_has_no_last_day() -> None:
    """Zeros and false flags, and no day."""
    facts = dict(result_facts([], [], on=TODAY))
    assert "last_checked_on" not in facts
    assert not any(facts.values())


def test_what_counts_of_a_visit_and_an_order() -> None:
    """A completed visit and a rectification give what their facts are made of."""
    found = formed_result(visit("visit-1"))
    assert found == FormedResult(
        visit="visit-1",
        formed_on=TODAY,
        findings=1,
        key_findings=0,
        obstructed=False,
        unreachable=False,
    )
    fresh = Visit.open(
        id="visit-2", sheet=visit_sheet(), officers=INSPECTORS, due_on=DUE, at=MOMENT
    )
    assert formed_result(fresh) is None
    assert fresh.state is VisitState.ASSIGNED
    record = order_record(ordered(), today=TODAY)
    assert record == OrderRecord(
        rectification="r-1", visit="visit-1", ordered_on=TODAY, findings=1, open=True, late=False
    )


def test_a_year_before_a_leap_day() -> None:
    """29 February has its year before on 28 February."""
    assert year_before(date(2024, 2, 29)) == date(2023, 2, 28)
    assert year_before(date(2024, 2, 28)) == date(2023, 2, 28)


@pytest.mark.parametrize(
    "made",
    [rectification("r-1"), publication("visit-1"), transfer("t-1"), review("v-1")],
    ids=lambda made: type(made).__name__,
)
def test_aggregates_survive_as_plain_data(
    made: Rectification | Publication | Transfer | Review,
) -> None:
    """Every field of a filled example comes back from plain data."""
    back = from_plain(type(made), to_plain(made))
    assert to_plain(back) == to_plain(made)
    assert FINDING.department == FARM
