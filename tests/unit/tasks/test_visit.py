from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from tests.scan_codes import a_code

from supervision_core.kernel.errors import Refused
from supervision_core.kernel.plain import from_plain, to_plain
from supervision_core.kernel.scan_codes import CodeKind
from supervision_core.tasks.lists import THIRD_PARTY_VISITS, VISITS
from supervision_core.tasks.model import events
from supervision_core.tasks.model.assisting import (
    Arrival,
    AssistanceHandover,
    ProblemState,
)
from supervision_core.tasks.model.presence import (
    CheckIn,
    ConfirmationWay,
    ExtensionState,
    MaterialUse,
    NotVisited,
    OfficersAdjusted,
    PartyScan,
    PlaceProof,
    RecordConfirmation,
    Replacement,
    ReplacementCause,
    SignatureRefused,
    SignatureSheet,
    Signed,
    WaiverGround,
)
from supervision_core.tasks.model.rectification import Rectification, findings_to_order
from supervision_core.tasks.model.results import (
    Conclusion,
    Inspector,
    ItemOutcome,
    Measure,
    Outcome,
    PendingMatter,
    VisitItem,
    conclusion_violations,
)
from supervision_core.tasks.model.review import Review
from supervision_core.tasks.model.sealing import EvidenceSealing, SealingGround
from supervision_core.tasks.model.visit import VERBS as VERBS_OF_VISIT
from supervision_core.tasks.model.visit import (
    AssistanceRefused,
    EvidenceNotSealed,
    ExtensionRefused,
    OfficerNotReplaced,
    RecordNotConfirmed,
    ResultsNotRecorded,
    Visit,
    VisitNotCompleted,
    VisitNotOpened,
    VisitNotSigned,
    VisitNotStarted,
    VisitNotWaived,
    VisitState,
)
from supervision_core.tasks.model.warnings import WarningKind, visit_warning
from supervision_core.testing.tasks import (
    FARM,
    INSPECTORS,
    ITEMS,
    LEAD,
    MOMENT,
    REFUSED_SIGNATURE,
    TODAY,
    inspector,
    order_sheet,
    result,
    visit,
    visit_sheet,
)

DUE = date(2026, 5, 29)
SIGNED = Signed(signer="李四", image="file-9")
OFFSITE = tuple(
    VisitItem(id=item.id, title=item.title, department=item.department, onsite=False)
    for item in ITEMS
)


def codes(refusal: pytest.ExceptionInfo[Refused]) -> list[str]:
    """Give the codes of every reason."""
    return [violation.code for violation in refusal.value.violations]


def opened(items: tuple[VisitItem, ...] = ITEMS) -> Visit:
    """Give a visit nobody has begun."""
    return Visit.open(
        id="visit-1",
        sheet=visit_sheet(items=items),
        officers=INSPECTORS,
        due_on=DUE,
        at=MOMENT,
    )


def test_officers_come_and_go_by_hand_before_anybody_has_gone() -> None:
    """Who is added and removed is kept with the reason; two officers and all departments stay."""
    made, first = opened(), INSPECTORS[0].id
    third = inspector("officer-3", INSPECTORS[0].department)
    adjust(made, (third,), (first,))
    assert {one.id for one in made.officers} == {"officer-3", *(each.id for each in INSPECTORS[1:])}
    (kept,) = made.adjustments
    assert (kept.added, kept.removed, kept.reason) == (("officer-3",), (first,), "熟悉冷链")
    away, fourth = frozenset({"officer-4"}), inspector("officer-4")
    wrongs: dict[str, Callable[[], None]] = {
        "tasks.nobody_adjusted": lambda: adjust(made),
        "tasks.field_empty": lambda: adjust(made, (fourth,), reason=" "),
        "tasks.officer_not_assigned": lambda: adjust(made, removed=("nobody",)),
        "tasks.officer_twice": lambda: adjust(made, (third,)),
        "tasks.officer_recused": lambda: adjust(made, (fourth,), recused=away),
    }
    for reason, wrong in wrongs.items():
        with pytest.raises(OfficerNotReplaced) as refusal:
            wrong()
        assert codes(refusal) == [reason]
    with pytest.raises(OfficerNotReplaced) as alone:
        adjust(made, removed=tuple(one.id for one in made.officers[1:]))
    assert "tasks.officers_too_few" in codes(alone)
    assert len(made.officers) == len(INSPECTORS)


def test_whoever_sends_an_officer_is_concerned() -> None:
    """A department none of whose items was drawn for a firm still reaches the visit it staffs."""
    made = opened(items=ITEMS[:1])
    assert made.sheet.departments < made.departments
    assert made.departments == {one.department for one in INSPECTORS} | {made.sheet.lead}


def arrival(**changes: object) -> CheckIn:
    """Give a scanned arrival."""
    told: dict[str, object] = {"by": "officer-1", "at": MOMENT, "code": "gt:subject-1"}
    return CheckIn(**(told | changes))  # type: ignore[arg-type]


def started() -> Visit:
    """Give a visit with the officers on the spot and an assistant."""
    made = opened()
    made.allot_assistants(frozenset({"helper-1"}), named=frozenset({"helper-1"}))
    made.check_in(arrival())
    return made


def conclusion(*outcomes: Outcome, **changes: object) -> Conclusion:
    """Give a conclusion."""
    told: dict[str, object] = {
        "outcomes": frozenset(outcomes),
        "by": "officer-1",
        "at": MOMENT,
    }
    return Conclusion(**(told | changes))  # type: ignore[arg-type]


def conclude(made: Visit) -> None:
    """Answer every item 未发现问题 and conclude 未发现问题."""
    made.record([result("item-1"), result("item-2")])
    made.conclude(conclusion(Outcome.NO_PROBLEM))


def sign(made: Visit) -> None:
    """Take the signatures."""
    made.sign(SignatureSheet(party=SIGNED, recorder="officer-2", at=MOMENT))


def confirmation(by: str) -> RecordConfirmation:
    """Give the confirmation by an officer, under his own account."""
    return RecordConfirmation(by=by, at=MOMENT, way=ConfirmationWay.ACCOUNT)


def in_state(state: VisitState) -> Visit:
    """Give a visit brought to ``state`` by its verbs, an extension being asked for."""
    unbegun = state in (VisitState.ASSIGNED, VisitState.NOT_VISITED)
    made = opened() if unbegun else started()
    made.ask_extension(extension="e-1", by="officer-1", reason="停产", days=3, at=MOMENT)
    if state in (VisitState.SIGNED, VisitState.COMPLETED):
        conclude(made)
        sign(made)
    if state is VisitState.COMPLETED:
        made.complete(by="officer-1", at=MOMENT)
    if state is VisitState.NOT_VISITED:
        made.report_unvisited(waiver())
        made.confirm_unvisited(by="officer-2", at=MOMENT)
        made.decide_unvisited(granted=True, by="head-1", at=MOMENT)
    return made


def waiver(**changes: object) -> NotVisited:
    """Give the report of an officer that the firm cannot be visited."""
    told: dict[str, object] = {
        "ground": WaiverGround.CLOSED, "note": "大门上锁", "evidence": ("file-6",),
        "by": "officer-1", "at": MOMENT,
    }  # fmt: skip
    return NotVisited(**(told | changes))  # type: ignore[arg-type]


def replacement(new: Inspector, old: str = "officer-1", reason: str = "出差") -> Replacement:
    """Give a replacement."""
    return Replacement(
        old=old, new=new, cause=ReplacementCause.ABSENCE, reason=reason, by="u-1", at=MOMENT
    )


def material(**changes: object) -> MaterialUse:
    """Give the use of a self-reported material."""
    told: dict[str, object] = {
        "item": "item-1",
        "material": "file-8",
        "source": "self_report",
        "by": "officer-1",
        "at": MOMENT,
    }
    return MaterialUse(**(told | changes))  # type: ignore[arg-type]


def adjust(
    made: Visit,
    added: tuple[Inspector, ...] = (),
    removed: tuple[str, ...] = (),
    *,
    recused: frozenset[str] = frozenset(),
    reason: str = "熟悉冷链",
) -> None:
    """Send officers as well, or no longer."""
    told = OfficersAdjusted(
        added=tuple(one.id for one in added), removed=removed, reason=reason, by="u-1", at=MOMENT
    )
    made.adjust_officers(added, told, recused=recused)


VERBS: dict[str, Callable[[Visit], object]] = {
    "check_in": lambda made: made.check_in(arrival()),
    "confirm_scan": lambda made: made.confirm_scan(
        a_code(CodeKind.VISIT, id=made.id), PartyScan(by="firm-1", at=MOMENT)
    ),
    "start_offsite": lambda made: made.start_offsite(by="officer-1", at=MOMENT),
    "record": lambda made: made.record([result("item-1")]),
    "type_results": lambda made: made.type_results([result("item-1")]),
    "note_by_assistant": lambda made: made.note_by_assistant([result("item-1", by="helper-1")]),
    "use_material": lambda made: made.use_material(material()),
    "type_material": lambda made: made.type_material(material(source="approval")),
    "conclude": lambda made: made.conclude(conclusion(Outcome.NO_PROBLEM)),
    "sign": sign,
    "confirm_record": lambda made: made.confirm_record(confirmation("officer-1")),
    "reopen_record": lambda made: made.reopen_record(reason="有异议", by="head-1", at=MOMENT),
    "complete": lambda made: made.complete(by="officer-1", at=MOMENT),
    "report_unvisited": lambda made: made.report_unvisited(waiver()),
    "confirm_unvisited": lambda made: made.confirm_unvisited(by="officer-2", at=MOMENT),
    "decide_unvisited": lambda made: made.decide_unvisited(granted=True, by="head-1", at=MOMENT),
    "allot_assistants": lambda made: made.allot_assistants(
        frozenset({"helper-2"}), named=frozenset({"helper-2"})
    ),
    "replace_officer": lambda made: made.replace_officer(replacement(inspector("officer-3"))),
    "adjust_officers": lambda made: adjust(made, (inspector("officer-3"),)),
    "claim_visit": lambda made: made.claim_visit(by="h-3", named=frozenset({"h-3"})),
    "arrive_to_assist": lambda made: made.arrive_to_assist(
        Arrival(by="helper-1", at=MOMENT, scanned=True)
    ),
    "hand_over_assistance": lambda made: made.hand_over_assistance(
        AssistanceHandover(old="helper-1", new="h-3", reason="另有任务", at=MOMENT),
        named=frozenset({"h-3"}),
    ),
    "report_problem": lambda made: made.report_problem(
        problem="p-1", item="item-2", text="温度偏高", files=(), by="helper-1", at=MOMENT
    ),
    "answer_problem": lambda made: made.answer_problem(
        problem="p-1", answer="已核实", by="u-1", at=MOMENT
    ),
    "ask_extension": lambda made: made.ask_extension(
        extension="e-2", by="officer-1", reason="停产", days=1, at=MOMENT
    ),
    "order": lambda made: findings_to_order(made, None, department=FARM),
    "assign_review": lambda made: Review.assign(id="r-1", visit=made, officers=("officer-1",)),
    "propose_sealing": lambda made: made.propose_sealing(sealing(), officer="officer-1"),
    "decide_sealing": lambda made: made.decide_sealing(
        sealing="z-0", granted=True, by="head-1", at=MOMENT
    ),
    "decide_extension": lambda made: made.decide_extension(
        extension="e-1", granted=True, by="u-1", at=MOMENT
    ),
}
DECLARED = VERBS_OF_VISIT.by_name


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("state", VisitState)
def test_no_verb_starts_from_a_forbidden_state(state: VisitState, verb: str) -> None:
    """Each verb refuses every state it may not start from, by that state's code, unchanged."""
    made = in_state(state)
    before, refused = to_plain(made), []
    try:
        VERBS[verb](made)
    except Refused as refusal:
        refused = [violation.code for violation in refusal.violations]
        assert to_plain(made) == before
    assert (f"tasks.visit_is_{state}" in refused) == (state not in DECLARED[verb].starts)


def test_a_second_officer_confirms_what_the_first_recorded() -> None:
    """The record keeper cannot, nor can somebody from outside; another officer does so once."""
    made = in_state(VisitState.SIGNED)
    for by, code in (
        ("officer-2", "tasks.confirmed_by_recorder"), ("officer-9", "tasks.officer_not_assigned")
    ):  # fmt: skip
        with pytest.raises(RecordNotConfirmed) as refusal:
            made.confirm_record(confirmation(by))
        assert [one.code for one in refusal.value.violations] == [code]
    made.confirm_record(confirmation("officer-1"))
    assert made.confirmation == confirmation("officer-1")
    with pytest.raises(RecordNotConfirmed):
        made.confirm_record(confirmation("officer-1"))


def test_the_confirmation_is_owed_by_the_second_officer() -> None:
    """The record keeper does not wait for himself; once confirmed nobody owes it any more."""
    made = in_state(VisitState.SIGNED)
    owing = [one for one in VERBS_OF_VISIT.duties(made, "visit") if one.verb == "confirm_record"]
    assert [one.assignee.id for one in owing] == ["officer-1"]
    made.confirm_record(confirmation("officer-1"))
    assert "confirm_record" not in {one.verb for one in VERBS_OF_VISIT.duties(made, "visit")}


def test_a_result_is_superseded_never_replaced() -> None:
    """Finding 7: a failed item with its photo was recorded again as passed; the photo was gone."""
    made = started()
    failed = result("item-1", ItemOutcome.FAILED, evidence=("photo-1",), at=MOMENT)
    made.record([failed])
    passed = result("item-1", evidence=())
    for wrong in (passed, evolve(passed, outcome=failed.outcome, note=failed.note)):
        with pytest.raises(ResultsNotRecorded) as refusal:
            made.record([wrong])
        assert codes(refusal) == ["tasks.correction_unexplained"]
    corrected = evolve(passed, corrected_because="看错了项目")
    made.record([corrected])
    assert (made.results, made.superseded) == ((corrected,), (failed,))
    more = evolve(corrected, evidence=("photo-2",))
    made.record([more])
    assert made.superseded == (failed, corrected)
    made.record([evolve(more, at=MOMENT + timedelta(hours=1))])
    assert (made.results, made.superseded) == ((more,), (failed, corrected))


def test_no_item_is_answered_twice_at_once() -> None:
    """A failed item and the same one passed, in one command, left one superseded with no reason."""
    made = started()
    failed = result("item-1", ItemOutcome.FAILED)
    with pytest.raises(ResultsNotRecorded) as refusal:
        made.record([failed, result("item-1")])
    assert codes(refusal) == ["tasks.item_answered_twice"]
    assert (made.results, made.superseded) == ((), ())


def sealing(**changes: object) -> EvidenceSealing:
    """Give a proposal to close a file from view."""
    told: dict[str, object] = {
        "id": "z-1", "file": "file-1", "sm3": "ab" * 32, "ground": SealingGround.PERSONAL,
        "reason": "拍到了身份证件", "by": "u-1", "at": MOMENT,
    }  # fmt: skip
    return EvidenceSealing(**(told | changes))  # type: ignore[arg-type]


def test_evidence_is_closed_from_view_by_two() -> None:
    """§14: who proposes does not decide, whichever second role he has; what was there stays."""
    made = started()
    made.record([result("item-1", ItemOutcome.FAILED, evidence=("file-1",))])
    for wrong, officer, said in (
        (sealing(reason=" "), "officer-1", "tasks.field_empty"),
        (sealing(), "stranger", "tasks.officer_not_assigned"),
    ):
        with pytest.raises(EvidenceNotSealed) as refusal:
            made.propose_sealing(wrong, officer=officer)
        assert codes(refusal) == [said]
    made.propose_sealing(sealing(), officer="officer-1")
    with pytest.raises(EvidenceNotSealed) as twice:
        made.propose_sealing(sealing(id="z-2"), officer="officer-2")
    assert codes(twice) == ["tasks.sealing_stands"]
    with pytest.raises(EvidenceNotSealed) as alone:
        made.decide_sealing(sealing="z-1", granted=True, by="u-1", at=MOMENT)
    assert codes(alone) == ["kernel.decided_by_proposer"]
    assert "decide_sealing" in {one.verb for one in VERBS_OF_VISIT.duties(made, "visit")}
    with pytest.raises(EvidenceNotSealed) as wordless:
        made.decide_sealing(sealing="z-1", granted=False, by="head-1", at=MOMENT)
    assert codes(wordless) == ["tasks.field_empty"]
    assert not made.decide_sealing(
        sealing="z-1", granted=False, answer="不涉及个人信息", by="head-1", at=MOMENT
    )
    made.propose_sealing(sealing(id="z-2"), officer="officer-2")
    assert made.sealed == {}
    assert made.decide_sealing(sealing="z-2", granted=True, by="head-1", at=MOMENT) == "file-1"
    assert made.sealed == {"file-1": SealingGround.PERSONAL}
    assert made.results[0].evidence == ("file-1",)
    for id_, said in (("z-2", "tasks.sealing_is_sealed"), ("z-9", "tasks.sealing_unknown")):
        with pytest.raises(EvidenceNotSealed) as over:
            made.decide_sealing(sealing=id_, granted=True, by="head-1", at=MOMENT)
        assert codes(over) == [said]


def test_a_conclusion_that_lapsed_is_kept() -> None:
    """What was concluded of other results stands beside."""
    made = started()
    conclude(made)
    first = made.conclusion
    made.record([result("item-1", ItemOutcome.FAILED, corrected_because="复看")])
    assert (made.conclusion, made.former_conclusions) == (None, (first,))


@pytest.mark.parametrize("confirmed_first", [True, False])
def test_a_result_is_formed_by_two_officers(*, confirmed_first: bool) -> None:
    """Finding 7: the second officer's confirmation held nothing up, a check took 30 s of one."""
    made = in_state(VisitState.SIGNED)
    if confirmed_first:
        made.confirm_record(confirmation("officer-1"))
        assert not made.formed
        made.complete(by="officer-2", at=MOMENT)
    else:
        made.complete(by="officer-2", at=MOMENT)
        assert (made.state, made.formed, made.unfinished) == (VisitState.COMPLETED, False, True)
        assert not any(isinstance(one, events.VisitCompleted) for one in made.take_events())
        made.confirm_record(confirmation("officer-1"))
    assert (made.formed, made.formed_on, made.unfinished) == (True, TODAY, False)
    assert sum(isinstance(one, events.VisitCompleted) for one in made.take_events()) == 1


def test_a_record_that_nobody_confirms_is_for_the_head() -> None:
    """§14: after two working days it is the leader's to-do; given back, it is signed once more."""
    made = in_state(VisitState.STARTED)
    conclude(made)
    made.sign(SignatureSheet(party=SIGNED, recorder="officer-2", at=MOMENT), confirm_due=TODAY)
    assert not made.call_leader(today=TODAY)
    assert made.call_leader(today=TODAY + timedelta(days=1))
    assert not made.call_leader(today=TODAY + timedelta(days=1))
    owed = {one.verb for one in VERBS_OF_VISIT.duties(made, "visit")}
    assert "reopen_record" in owed
    signed = made.signatures
    made.reopen_record(reason="对第一项有异议", by="head-1", at=MOMENT)
    assert (made.state, made.signatures) == (VisitState.STARTED, None)
    assert [one.signatures for one in made.reopenings] == [signed]
    sign(made)
    made.confirm_record(confirmation("officer-1"))
    with pytest.raises(RecordNotConfirmed) as refusal:
        made.reopen_record(reason="再看", by="head-1", at=MOMENT)
    assert codes(refusal) == ["tasks.record_is_confirmed"]


def test_a_firm_is_left_unvisited_by_two_officers_and_the_head() -> None:
    """§14: ground, evidence of the place, second officer, leader."""
    made = opened()
    for wrong, said in (
        (waiver(evidence=()), "tasks.waiver_evidence_missing"),
        (waiver(note=" "), "tasks.field_empty"),
        (waiver(by="stranger"), "tasks.officer_not_assigned"),
    ):  # fmt: skip
        with pytest.raises(VisitNotWaived) as refusal:
            made.report_unvisited(wrong)
        assert codes(refusal) == [said]
    made.report_unvisited(waiver())
    with pytest.raises(VisitNotWaived) as alone:
        made.confirm_unvisited(by="officer-1", at=MOMENT)
    assert codes(alone) == ["tasks.waiver_confirmed_by_reporter"]
    with pytest.raises(VisitNotWaived) as early:
        made.decide_unvisited(granted=True, by="head-1", at=MOMENT)
    assert codes(early) == ["tasks.waiver_unconfirmed"]
    made.confirm_unvisited(by="officer-2", at=MOMENT)
    for own in ("officer-1", "officer-2"):
        with pytest.raises(VisitNotWaived) as both:
            made.decide_unvisited(granted=True, by="head-1", at=MOMENT, officer=own)
        assert codes(both) == ["kernel.decided_by_proposer"]
    made.decide_unvisited(granted=False, answer="请再次到场", by="head-1", at=MOMENT)
    assert (made.state, made.unvisited) == (VisitState.ASSIGNED, None)
    made.report_unvisited(waiver(note="再次到场，仍上锁"))
    made.confirm_unvisited(by="officer-2", at=MOMENT)
    made.decide_unvisited(granted=True, by="head-1", at=MOMENT)
    assert (made.state, made.unfinished, made.formed) == (VisitState.NOT_VISITED, False, False)


@pytest.mark.parametrize(
    ("changes", "proof"),
    [
        ({}, PlaceProof.NONE),
        ({"place": "22.81,108.36"}, PlaceProof.NONE),
        ({"place": "22.81,108.36", "photo": "file-5"}, PlaceProof.POSTED),
        ({"place": "南宁市示例路1号", "photo": "file-5"}, PlaceProof.NONE),
        ({"place": "22.81,108.36（误差12米）", "photo": "file-5"}, PlaceProof.POSTED),
        (
            {"code": "", "place": "22.81,108.36", "photo": "file-5", "reason": "无码"},
            PlaceProof.REASON,
        ),
    ],
)
def test_a_code_alone_proves_no_place(changes: dict[str, object], proof: PlaceProof) -> None:
    """Finding 7: the firm's code was fetched at a desk. What the firm itself scans proves it."""
    made = opened()
    assert made.place_proof is None
    made.check_in(arrival(**changes))
    assert made.place_proof is proof
    made.confirm_scan(a_code(CodeKind.VISIT, id=made.id), PartyScan(by="firm-1", at=MOMENT))
    assert made.place_proof is PlaceProof.FIRM


def test_extensions_have_a_number() -> None:
    """Finding 6: without number they kept a proof unpublished for ever."""
    made = opened()

    def asks(days: int) -> list[str]:
        try:
            made.ask_extension(
                extension=f"e-{days}", by="officer-1", reason="停产", days=days, at=MOMENT
            )
        except Refused as refusal:
            return [one.code for one in refusal.violations]
        made.decide_extension(extension=f"e-{days}", granted=True, by="head-1", at=MOMENT)
        return []

    assert asks(61) == ["tasks.extension_too_long"]
    assert asks(30) == []
    assert asks(31) == ["tasks.extension_too_long"]
    assert asks(29) == []
    assert asks(1) == ["tasks.extensions_used"]


def test_the_table_names_every_verb() -> None:
    """The table of transitions and this test speak of the same verbs."""
    assert set(DECLARED) == set(VERBS)


def test_fewer_than_two_certified_officers_are_refused() -> None:
    """Test b of the facts: two certified officers at least, valid until the visit is due."""
    expired = inspector("officer-2", FARM, certificate_until=date(2026, 5, 28))
    bare = inspector("officer-3", FARM, certificate=" ")
    with pytest.raises(VisitNotOpened) as refusal:
        Visit.open(
            id="visit-1",
            sheet=visit_sheet(),
            officers=(INSPECTORS[0], expired, bare),
            due_on=DUE,
            at=MOMENT,
        )
    assert codes(refusal) == ["tasks.officers_too_few"]
    assert refusal.value.violations[0].data == {"certified": 1}


def test_one_officer_named_twice_is_one_officer() -> None:
    """Nobody counts twice, and naming him twice is told."""
    one = inspector("officer-1")
    with pytest.raises(VisitNotOpened) as refusal:
        Visit.open(
            id="visit-1",
            sheet=visit_sheet(items=ITEMS[:1]),
            officers=(one, one),
            due_on=DUE,
            at=MOMENT,
        )
    assert codes(refusal) == ["tasks.officer_twice", "tasks.officers_too_few"]


def test_a_visit_is_opened_whole() -> None:
    """Items, no item twice, a day not past and an officer of each department are needed."""
    with pytest.raises(VisitNotOpened) as refusal:
        Visit.open(
            id="visit-1",
            sheet=visit_sheet(items=(ITEMS[1], ITEMS[1])),
            officers=(inspector("a"), inspector("b")),
            due_on=TODAY - timedelta(days=1),
            at=MOMENT,
        )
    assert codes(refusal) == [
        "tasks.item_twice",
        "tasks.due_day_past",
        "tasks.department_without_officer",
    ]
    with pytest.raises(VisitNotOpened) as refusal:
        opened(())
    assert codes(refusal) == ["tasks.items_missing"]


def test_a_certificate_holds_on_its_last_day() -> None:
    """Validity includes the day on which it ends; today is in time."""
    last = inspector("officer-2", FARM, certificate_until=TODAY)
    made = Visit.open(
        id="visit-1",
        sheet=visit_sheet(),
        officers=(INSPECTORS[0], last),
        due_on=TODAY,
        at=MOMENT,
    )
    assert made.state is VisitState.ASSIGNED
    assert made.take_events() == (
        events.VisitOpened(at=MOMENT, visit="visit-1", task="task-1", subject="subject-1"),
    )


@pytest.mark.function("F131")
@pytest.mark.function("F148")
def test_no_start_without_scan_or_reason() -> None:
    """Test f of the facts: 扫码 or a reason, by an officer of the visit."""
    made = opened()
    with pytest.raises(VisitNotStarted) as refusal:
        made.check_in(arrival(by="stranger", code=" ", reason=" "))
    assert codes(refusal) == ["tasks.officer_not_assigned", "tasks.scan_missing"]
    made.check_in(arrival(code="", reason="证据可能灭失"))
    assert made.state is VisitState.STARTED
    assert made.take_events()[-1] == events.VisitStarted(at=MOMENT, visit="visit-1", scanned=False)


def test_a_firm_confirms_the_very_visit_whose_code_it_scanned() -> None:
    """By the code that its officers show that day; the first time stays."""
    made, scan = opened(), PartyScan(by="firm-1", at=MOMENT)
    code = made.show_code(at=MOMENT)
    assert (code.kind, code.id, code.issued_on, code.until) == (
        CodeKind.VISIT, made.id, TODAY, TODAY,
    )  # fmt: skip
    with pytest.raises(VisitNotStarted) as refusal:
        made.confirm_scan(a_code(CodeKind.VISIT, id="visit-2"), scan)
    assert codes(refusal) == ["tasks.code_of_other_visit"]
    made.confirm_scan(code, scan)
    made.confirm_scan(code, PartyScan(by="firm-2", at=MOMENT + timedelta(hours=1)))
    assert made.party_scan == scan
    with pytest.raises(VisitNotStarted) as refusal:
        visit("visit-3").show_code(at=MOMENT)
    assert codes(refusal) == ["tasks.visit_is_completed"]


def test_certificates_are_looked_at_again_on_arrival() -> None:
    """Who is no longer certified on the day of the check does not inspect."""
    made = opened()
    with pytest.raises(VisitNotStarted) as refusal:
        made.check_in(arrival(at=datetime(2029, 1, 2, tzinfo=UTC)))
    assert codes(refusal) == ["tasks.officers_too_few"]


def test_an_offsite_check_needs_no_presence() -> None:
    """What papers can answer is not looked at on the spot, and the other way round."""
    made = opened(OFFSITE)
    made.start_offsite(by="officer-1", at=MOMENT)
    assert made.state is VisitState.STARTED
    with pytest.raises(VisitNotStarted) as refusal:
        opened().start_offsite(by="stranger", at=MOMENT)
    assert codes(refusal) == ["tasks.officer_not_assigned", "tasks.presence_needed"]
    with pytest.raises(VisitNotStarted) as refusal:
        opened(OFFSITE).start_offsite(by="officer-1", at=datetime(2029, 1, 2, tzinfo=UTC))
    assert codes(refusal) == ["tasks.officers_too_few"]


def test_third_parties_only_assist() -> None:
    """Test c of the facts: an assistant neither checks in, records, concludes nor signs."""
    made = opened()
    made.allot_assistants(frozenset({"helper-1"}), named=frozenset({"helper-1"}))
    with pytest.raises(VisitNotStarted) as started_refusal:
        made.check_in(arrival(by="helper-1"))
    assert codes(started_refusal) == ["tasks.assistant_may_not_inspect"]
    made.check_in(arrival())
    with pytest.raises(ResultsNotRecorded) as refusal:
        made.record([result("item-1", by="helper-1")])
    assert codes(refusal) == ["tasks.assistant_may_not_inspect"]
    conclude(made)
    with pytest.raises(VisitNotSigned) as sign_refusal:
        made.sign(SignatureSheet(party=SIGNED, recorder="helper-1", at=MOMENT))
    assert codes(sign_refusal) == ["tasks.assistant_may_not_inspect"]
    with pytest.raises(ResultsNotRecorded) as refusal:
        made.conclude(conclusion(Outcome.NO_PROBLEM, by="helper-1"))
    assert codes(refusal) == ["tasks.assistant_may_not_inspect"]


def test_an_officer_is_no_assistant() -> None:
    """Nobody is both."""
    with pytest.raises(VisitNotOpened) as refusal:
        opened().allot_assistants(frozenset({"officer-1"}), named=frozenset({"officer-1"}))
    assert codes(refusal) == ["tasks.officer_cannot_assist"]


@pytest.mark.function("F144")
def test_a_visit_is_claimed_by_one_of_those_named() -> None:
    """Strangers are refused, and others once somebody of the institution took it up."""
    made, named = opened(), frozenset({"h-1", "h-2"})
    with pytest.raises(AssistanceRefused) as refusal:
        made.claim_visit(by="stranger", named=named)
    assert codes(refusal) == ["tasks.assistant_not_named"]
    made.claim_visit(by="h-1", named=named)
    with pytest.raises(AssistanceRefused) as refusal:
        made.claim_visit(by="h-2", named=named)
    assert codes(refusal) == ["tasks.visit_is_taken_up"]
    assert made.assistants == frozenset({"h-1"})


@pytest.mark.function("F145")
def test_an_assistant_arrives_once_and_hands_over() -> None:
    """Arrival needs a scan or a reason; a place goes to one who was named, with a reason."""
    made, named = started(), frozenset({"helper-1", "h-2"})
    with pytest.raises(AssistanceRefused) as refusal:
        made.arrive_to_assist(Arrival(by="h-2", at=MOMENT, scanned=False, reason=" "))
    assert codes(refusal) == ["tasks.assistant_not_of_visit", "tasks.scan_missing"]
    came = Arrival(by="helper-1", at=MOMENT, scanned=True)
    made.arrive_to_assist(came)
    with pytest.raises(AssistanceRefused) as refusal:
        made.arrive_to_assist(came)
    assert codes(refusal) == ["tasks.assistant_has_arrived"]
    for new, code in (("helper-1", "assists_already"), ("stranger", "not_named")):
        with pytest.raises(AssistanceRefused) as refusal:
            made.hand_over_assistance(
                AssistanceHandover(old="helper-1", new=new, reason="", at=MOMENT), named=named
            )
        assert codes(refusal) == ["tasks.field_empty", f"tasks.assistant_{code}"]
    given = AssistanceHandover(old="helper-1", new="h-2", reason="另有任务", at=MOMENT)
    made.hand_over_assistance(given, named=named)
    assert (made.arrivals, made.handovers) == ((came,), (given,))
    assert made.assistants == frozenset({"h-2"})
    assert made.take_events()[-1] == events.AssistanceHandedOver(
        at=MOMENT, visit=made.id, old="helper-1", new="h-2"
    )


@pytest.mark.function("F147")
def test_a_problem_goes_to_the_department_of_its_item_and_is_answered_once() -> None:
    """Without an item the lead gets it; it is no finding."""
    made = started()
    told = {"files": (), "by": "helper-1", "at": MOMENT}
    with pytest.raises(AssistanceRefused) as refusal:
        made.report_problem(problem="p-0", item="item-9", text="", **told)  # type: ignore[arg-type]
    assert codes(refusal) == ["tasks.field_empty", "tasks.item_unknown"]
    for problem, item in (("p-1", "item-2"), ("p-2", "")):
        made.report_problem(problem=problem, item=item, text="温度偏高", **told)  # type: ignore[arg-type]
    assert [each.department for each in made.problems] == [FARM, LEAD]
    assert made.findings == ()
    assert made.take_events()[-1] == events.ProblemReported(
        at=MOMENT, visit=made.id, department=LEAD, by="helper-1"
    )
    with pytest.raises(AssistanceRefused) as refusal:
        made.answer_problem(problem="p-9", answer=" ", by="u-1", at=MOMENT)
    assert codes(refusal) == ["tasks.field_empty", "tasks.problem_unknown"]
    made.answer_problem(problem="p-1", answer="已核实", by="u-1", at=MOMENT)
    first, second = made.problems
    assert (first.state, first.answer, first.answered_by) == (
        ProblemState.ANSWERED, "已核实", "u-1"
    )  # fmt: skip
    assert second.state is ProblemState.REPORTED
    with pytest.raises(AssistanceRefused) as refusal:
        made.answer_problem(problem="p-1", answer="再次", by="u-1", at=MOMENT)
    assert codes(refusal) == ["tasks.problem_is_answered"]


@pytest.mark.function("F146")
def test_assistants_notes_are_no_results() -> None:
    """What an assistant saw is kept beside the results, from allotted people, on known items."""
    made = started()
    with pytest.raises(ResultsNotRecorded) as refusal:
        made.note_by_assistant([result("item-9", by="stranger")])
    assert codes(refusal) == ["tasks.assistant_unknown", "tasks.item_unknown"]
    with pytest.raises(ResultsNotRecorded) as refusal:
        made.note_by_assistant([result("item-2", ItemOutcome.FAILED, by="helper-1", note=" ")])
    assert codes(refusal) == ["tasks.item_note_missing"]
    seen = result("item-2", ItemOutcome.FAILED, by="helper-1")
    made.note_by_assistant([seen])
    assert made.assistant_notes == (seen,)
    assert made.findings == ()


@pytest.mark.function("F146")
def test_notes_on_items_of_one_title_are_told_apart() -> None:
    """Each note and each of its files says of which item it is: two may be called alike."""
    alike = tuple(evolve(one, title="标签完整") for one in ITEMS)
    made = started()
    object.__setattr__(made, "sheet", evolve(made.sheet, items=alike))
    for one in ("item-1", "item-2"):
        made.note_by_assistant([result(one, by="helper-1", evidence=(f"file-{one}",))])
    shown: Any = THIRD_PARTY_VISITS.viewed(made)
    assert [one.item for one in shown.assistant_notes] == ["item-1", "item-2"]
    told = {one.item: (one.title, one.file) for one in shown.assistant_files if one.item}
    assert told == {one: ("标签完整", f"file-{one}") for one in ("item-1", "item-2")}


def test_photos_of_items_of_one_title_are_told_apart() -> None:
    """Each file of a result says of which item it is."""
    alike = tuple(evolve(one, title="标签完整") for one in ITEMS)
    made = started()
    object.__setattr__(made, "sheet", evolve(made.sheet, items=alike))
    for one in ("item-1", "item-2"):
        made.record([result(one, evidence=(f"file-{one}",))])
    shown: Any = VISITS.viewed(made)
    told = {one.item: (one.title, one.file) for one in shown.evidence}
    assert told == {one: ("标签完整", f"file-{one}") for one in ("item-1", "item-2")}


@pytest.mark.function("F109")
@pytest.mark.function("F132")
def test_results_come_from_the_department_that_answers_the_item() -> None:
    """Unknown items, foreign items, strangers and missing words are told place by place."""
    made = started()
    with pytest.raises(ResultsNotRecorded) as refusal:
        made.record(
            [
                result("item-9"),
                result("item-1", by="officer-2"),
                result("item-1", by="stranger"),
                result("item-2", ItemOutcome.NOT_APPLICABLE, note=" "),
            ]
        )
    assert [(each.code, each.at) for each in refusal.value.violations] == [
        ("tasks.item_answered_twice", "answers"),
        ("tasks.item_unknown", "answers[0].item"),
        ("tasks.item_of_other_department", "answers[1].item"),
        ("tasks.officer_not_assigned", "answers[2]"),
        ("tasks.item_note_missing", "answers[3].note"),
    ]
    with pytest.raises(ResultsNotRecorded) as refusal:
        made.record([])
    assert codes(refusal) == ["tasks.results_missing"]


@pytest.mark.parametrize("outcome", ItemOutcome)
def test_only_what_is_in_order_needs_no_words(outcome: ItemOutcome) -> None:
    """发现问题, 未检查 and 合理缺项 are explained; 未发现问题 need not be."""
    made = started()
    answer = result("item-1", outcome, note="")
    if outcome is ItemOutcome.PASSED:
        made.record([answer])
        assert made.results == (answer,)
    else:
        with pytest.raises(ResultsNotRecorded) as refusal:
            made.record([answer])
        assert codes(refusal) == ["tasks.item_note_missing"]


def test_a_later_result_stands_for_an_earlier_one() -> None:
    """Results stand once for each item, in the items' order, and a conclusion lapses."""
    made = started()
    conclude(made)
    failed = result("item-1", ItemOutcome.FAILED, corrected_because="复看")
    made.record([failed])
    assert made.results == (failed, result("item-2"))
    assert made.conclusion is None
    assert [finding.item for finding in made.findings] == ["item-1"]
    assert (made.findings[0].key, made.findings[0].note) == (True, "见照片")


def test_material_at_hand_is_called_on() -> None:
    """Self-reported and approval material answers known items; other sources are unknown."""
    made = started()
    made.use_material(material())
    made.use_material(material(source="approval"))
    with pytest.raises(ResultsNotRecorded) as refusal:
        made.use_material(material(item="item-9", source="rumour", by="stranger"))
    assert codes(refusal) == [
        "tasks.officer_not_assigned",
        "tasks.item_unknown",
        "tasks.material_source_unknown",
    ]
    with pytest.raises(ResultsNotRecorded) as refusal:
        made.use_material(material(item="item-2"))
    assert codes(refusal) == ["tasks.item_of_other_department"]
    assert [use.source for use in made.materials] == ["self_report", "approval"]


def test_every_item_is_answered_and_key_items_checked() -> None:
    """A conclusion stands on all items; a 重点 item is not left unchecked."""
    made = started()
    made.record([result("item-1", ItemOutcome.NOT_CHECKED)])
    with pytest.raises(ResultsNotRecorded) as refusal:
        made.conclude(conclusion(Outcome.NO_PROBLEM, by="stranger"))
    assert codes(refusal) == [
        "tasks.officer_not_assigned",
        "tasks.key_item_unchecked",
        "tasks.item_unanswered",
    ]
    checked = result("item-1", corrected_because="已补查")
    made.record([checked, result("item-2", ItemOutcome.NOT_CHECKED)])
    made.conclude(conclusion(Outcome.NO_PROBLEM))
    assert made.conclusion is not None


@pytest.mark.parametrize(
    "nothing",
    [
        conclusion(outcome)
        for outcome in (
            Outcome.NO_ACTIVITY,
            Outcome.CLOSED_DOWN,
            Outcome.UNCOOPERATIVE,
            Outcome.DEREGISTERED,
            Outcome.LICENCE_REVOKED,
            Outcome.REGISTRATION_ANNULLED,
            Outcome.MOVED_AWAY,
        )
    ]
    + [conclusion(Outcome.PENDING, pending=frozenset({PendingMatter.UNREACHABLE}))],
    ids=lambda each: "-".join(sorted(each.outcomes | each.pending)),
)
def test_where_nothing_can_be_inspected_items_stay_open(nothing: Conclusion) -> None:
    """A firm that is gone, closed, unreachable or obstructs is concluded without items."""
    made = started()
    made.conclude(nothing)
    assert made.conclusion == nothing


NOTHING: frozenset[Measure] = frozenset()
TERM = frozenset({Measure.CORRECT_IN_TERM})
SPOT = frozenset({Measure.CORRECT_ON_SPOT})
OTHER = frozenset({PendingMatter.OTHER_BREACH})
NO_MATTER: frozenset[PendingMatter] = frozenset()


@pytest.mark.parametrize(
    ("outcomes", "pending", "measures", "findings", "expected"),
    [
        ((), NO_MATTER, NOTHING, 0, ["outcome_missing"]),
        ((Outcome.NO_PROBLEM,), NO_MATTER, NOTHING, 0, []),
        ((Outcome.NO_PROBLEM, Outcome.NO_ACTIVITY), NO_MATTER, NOTHING, 0, ["outcome_exclusive"]),
        (
            (Outcome.DEREGISTERED, Outcome.MOVED_AWAY),
            NO_MATTER,
            NOTHING,
            0,
            ["register_status_twice"],
        ),
        ((Outcome.CLOSED_DOWN, Outcome.MOVED_AWAY), NO_MATTER, NOTHING, 0, []),
        ((Outcome.PENDING,), NO_MATTER, TERM, 1, ["pending_matter_missing"]),
        ((Outcome.PENDING,), OTHER, TERM, 1, []),
        ((Outcome.CORRECTED,), OTHER, SPOT, 1, ["pending_matter_unasked"]),
        ((Outcome.CORRECTED,), NO_MATTER, SPOT, 1, []),
        ((Outcome.NO_PROBLEM,), NO_MATTER, SPOT, 2, ["outcome_hides_findings"]),
        ((Outcome.PENDING,), OTHER, NOTHING, 0, ["outcome_without_findings"]),
        (
            (Outcome.CORRECTED,),
            NO_MATTER,
            SPOT,
            0,
            ["outcome_without_findings", "measure_without_findings"],
        ),
        ((Outcome.PENDING,), frozenset({PendingMatter.UNREACHABLE}), NOTHING, 0, []),
        ((Outcome.PENDING,), OTHER, NOTHING, 1, ["measure_missing"]),
        ((Outcome.NO_PROBLEM,), NO_MATTER, SPOT, 0, ["measure_without_findings"]),
        (
            (Outcome.CORRECTED,),
            NO_MATTER,
            frozenset({Measure.GUIDANCE}),
            1,
            ["correction_not_ordered"],
        ),
        ((Outcome.CORRECTED,), NO_MATTER, SPOT | TERM, 1, ["term_without_pending"]),
        ((Outcome.CORRECTED, Outcome.PENDING), OTHER, SPOT | TERM, 2, []),
    ],
)
def test_a_conclusion_does_not_contradict_itself(
    outcomes: tuple[Outcome, ...],
    pending: frozenset[PendingMatter],
    measures: frozenset[Measure],
    findings: int,
    expected: list[str],
) -> None:
    """互斥, sub-items, findings and measures hold together (双随机检查结果)."""
    given_conclusion = conclusion(*outcomes, pending=pending, measures=measures)
    found = [each.code for each in conclusion_violations(given_conclusion, findings)]
    assert found == [f"tasks.{code}" for code in expected]


@given(
    outcomes=st.frozensets(st.sampled_from(Outcome)),
    pending=st.frozensets(st.sampled_from(PendingMatter)),
    measures=st.frozensets(st.sampled_from(Measure)),
    findings=st.integers(0, 3),
)
def test_an_accepted_conclusion_is_true(
    outcomes: frozenset[Outcome],
    pending: frozenset[PendingMatter],
    measures: frozenset[Measure],
    findings: int,
) -> None:
    """Whatever is accepted, 未发现问题 stands alone and no finding is hidden or unanswered."""
    accepted = conclusion(*outcomes, pending=pending, measures=measures)
    if not list(conclusion_violations(accepted, findings)):
        assert outcomes
        if Outcome.NO_PROBLEM in outcomes:
            assert len(outcomes) == 1
            assert not findings
        if findings:
            assert measures
            assert outcomes & {Outcome.CORRECTED, Outcome.PENDING}


@pytest.mark.function("F134")
def test_signing_needs_a_conclusion_and_both_sides() -> None:
    """No conclusion, no record keeper of the visit, no signature: all told."""
    made = started()
    with pytest.raises(VisitNotSigned) as refusal:
        made.sign(
            SignatureSheet(party=Signed(signer="", image="x"), recorder="stranger", at=MOMENT)
        )
    assert codes(refusal) == [
        "tasks.officer_not_assigned",
        "tasks.conclusion_missing",
        "tasks.signature_missing",
    ]
    conclude(made)
    with pytest.raises(VisitNotSigned) as refusal:
        made.sign(
            SignatureSheet(party=Signed(signer="李四", image=" "), recorder="officer-1", at=MOMENT)
        )
    assert codes(refusal) == ["tasks.signature_missing"]


@pytest.mark.function("F134")
@pytest.mark.parametrize(
    ("strokes", "fits"),
    [
        ("", True), ("12,40,0", True), ("12,40,0 13,42,16;20,40,300 21,41,316", True),
        ("12,40", False), ("12,40,16 13,42,0", False), ("12,40,0;", True), ("-1,40,0", False),
        ("12,40,0;13,42,16;20,40,5", False), ("签名", False),
        (f"12,40,0{' 1,1,9' * 20_000}", False),
    ],
)  # fmt: skip
def test_a_signature_keeps_how_it_was_written(strokes: str, fits: bool) -> None:  # noqa: FBT001
    """笔迹: points in pixels with milliseconds that never go back, of both who sign."""
    made = started()
    conclude(made)
    signed = SignatureSheet(
        party=Signed(signer="李四", image="file-1", strokes=strokes), recorder="officer-1",
        at=MOMENT, image="file-2", strokes=strokes,
    )  # fmt: skip
    if fits:
        made.sign(signed)
        assert made.signatures == signed
        return
    with pytest.raises(VisitNotSigned) as refusal:
        made.sign(signed)
    assert [(one.code, one.at) for one in refusal.value.reasons] == [
        ("tasks.strokes_unfit", "party.strokes"), ("tasks.strokes_unfit", "recorder_strokes"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("party", "expected"),
    [
        (REFUSED_SIGNATURE, []),
        (SignatureRefused(reason="拒签", witness="王五"), []),
        (SignatureRefused(reason="拒签", recording="file-1"), []),
        (SignatureRefused(reason="拒签"), ["tasks.refusal_unwitnessed"]),
        (
            SignatureRefused(reason=" "),
            ["tasks.refusal_reason_missing", "tasks.refusal_unwitnessed"],
        ),
    ],
    ids=["both", "witness", "recording", "alone", "nothing"],
)
def test_a_refused_signature_is_witnessed(party: SignatureRefused, expected: list[str]) -> None:
    """拒签: the reason, and a witness or a recording (办法 第34条)."""
    made = started()
    conclude(made)
    try:
        made.sign(SignatureSheet(party=party, recorder="officer-1", at=MOMENT))
    except VisitNotSigned as refusal:
        assert [each.code for each in refusal.violations] == expected  # noqa: PT017
    else:
        assert expected == []
        assert made.signatures is not None
        assert made.signatures.party == party


@pytest.mark.function("F135")
def test_a_completed_result_is_formed_on_the_local_day() -> None:
    """The day runs in Guangxi: 16:30 UTC is tomorrow there."""
    made = started()
    made.record([result("item-1"), result("item-2", ItemOutcome.FAILED)])
    made.conclude(conclusion(Outcome.PENDING, pending=OTHER, measures=TERM))
    sign(made)
    made.confirm_record(confirmation("officer-1"))
    evening = datetime(2026, 4, 7, 16, 30, tzinfo=UTC)
    with pytest.raises(VisitNotCompleted) as refusal:
        made.complete(by="stranger", at=evening)
    assert codes(refusal) == ["tasks.officer_not_assigned"]
    made.complete(by="officer-1", at=evening)
    assert made.formed_on == date(2026, 4, 8)
    assert made.take_events()[-1] == events.VisitCompleted(
        at=evening,
        visit="visit-1",
        task="task-1",
        subject="subject-1",
        formed_on=date(2026, 4, 8),
        outcomes=("pending",),
        findings=1,
    )


def test_an_officer_is_replaced_by_a_colleague_who_may() -> None:
    """Same department, certified to the end, not there already, not recused, with a reason."""
    made = opened()
    wrong = inspector("officer-2", FARM, certificate_until=date(2026, 5, 28))
    with pytest.raises(OfficerNotReplaced) as refusal:
        made.replace_officer(replacement(wrong, reason=" "), recused=frozenset({"officer-2"}))
    assert codes(refusal) == [
        "tasks.field_empty",
        "tasks.officer_of_other_department",
        "tasks.officer_twice",
        "tasks.officer_recused",
        "tasks.officer_uncertified",
    ]
    with pytest.raises(OfficerNotReplaced) as refusal:
        made.replace_officer(replacement(inspector("officer-3"), old="officer-9"))
    assert codes(refusal) == ["tasks.officer_not_assigned"]
    made.allot_assistants(frozenset({"helper-1"}), named=frozenset({"helper-1"}))
    with pytest.raises(OfficerNotReplaced) as refusal:
        made.replace_officer(replacement(inspector("helper-1")))
    assert codes(refusal) == ["tasks.assistant_may_not_inspect"]
    made.replace_officer(replacement(inspector("officer-3", certificate_until=DUE)))
    assert [officer.id for officer in made.officers] == ["officer-3", "officer-2"]
    assert [each.old for each in made.replacements] == ["officer-1"]
    assert made.take_events()[-1] == events.OfficerReplaced(
        at=MOMENT, visit="visit-1", old="officer-1", new="officer-3", reason="出差"
    )


def test_an_extension_is_asked_for_with_days_and_reason() -> None:
    """By an officer, one at a time."""
    made = opened()
    with pytest.raises(ExtensionRefused) as refusal:
        made.ask_extension(extension="e-1", by="stranger", reason="", days=0, at=MOMENT)
    assert codes(refusal) == [
        "tasks.officer_not_assigned",
        "tasks.field_empty",
        "tasks.extension_days",
    ]
    made.ask_extension(extension="e-1", by="officer-2", reason="停产", days=1, at=MOMENT)
    (asked,) = made.extensions
    assert (asked.department, asked.old_due, asked.new_due) == (FARM, DUE, date(2026, 5, 30))
    with pytest.raises(ExtensionRefused) as refusal:
        made.ask_extension(extension="e-2", by="officer-2", reason="停产", days=1, at=MOMENT)
    assert codes(refusal) == ["tasks.extension_pending"]
    assert made.due_on == DUE


def test_an_extension_is_granted_or_rejected_once() -> None:
    """Granting moves the due day; rejecting needs words and moves nothing."""
    made = opened()
    made.ask_extension(extension="e-1", by="officer-1", reason="停产", days=7, at=MOMENT)
    with pytest.raises(ExtensionRefused) as refusal:
        made.decide_extension(extension="e-1", granted=False, by="u-1", at=MOMENT)
    assert codes(refusal) == ["tasks.field_empty"]
    made.decide_extension(extension="e-1", granted=False, by="u-1", answer="否", at=MOMENT)
    assert made.due_on == DUE
    with pytest.raises(ExtensionRefused) as refusal:
        made.decide_extension(extension="e-1", granted=True, by="u-1", at=MOMENT)
    assert codes(refusal) == ["tasks.extension_is_rejected"]
    with pytest.raises(ExtensionRefused) as refusal:
        made.decide_extension(extension="e-9", granted=True, by="u-1", at=MOMENT)
    assert codes(refusal) == ["tasks.extension_unknown"]
    made.ask_extension(extension="e-2", by="officer-1", reason="停产", days=7, at=MOMENT)
    made.decide_extension(extension="e-2", granted=True, by="u-1", at=MOMENT)
    assert made.due_on == date(2026, 6, 5)
    assert [each.state for each in made.extensions] == [
        ExtensionState.REJECTED,
        ExtensionState.GRANTED,
    ]
    assert made.take_events()[-1] == events.ExtensionDecided(
        at=MOMENT, visit="visit-1", granted=True, due_on=date(2026, 6, 5)
    )


@pytest.mark.parametrize(
    ("today", "kind", "days"),
    [
        (date(2026, 5, 25), None, 0),
        (date(2026, 5, 26), WarningKind.RESULT_DUE_SOON, 3),
        (date(2026, 5, 29), WarningKind.RESULT_DUE_SOON, 0),
        (date(2026, 5, 30), WarningKind.RESULT_OVERDUE, 1),
    ],
)
def test_a_late_result_is_warned_of(today: date, kind: WarningKind | None, days: int) -> None:
    """即将超期 from three days before, 已超期 from the day after; never once completed."""
    found = visit_warning(opened(), today)
    assert (found.kind if found else None) == kind
    assert (found.days if found else 0) == days
    assert visit_warning(visit("visit-1"), today) is None
    if found:
        assert (found.target, found.departments) == ("visit-1", (FARM, LEAD))


def test_a_visit_survives_as_plain_data() -> None:
    """Every field of a filled visit comes back from plain data, both kinds of signature too."""
    made = visit("visit-1")
    back = from_plain(Visit, to_plain(made))
    assert to_plain(back) == to_plain(made)
    assert (back.sheet, back.officers, back.results, back.conclusion, back.signatures) == (
        made.sheet,
        made.officers,
        made.results,
        made.conclusion,
        made.signatures,
    )
    other = started()
    conclude(other)
    other.sign(SignatureSheet(party=REFUSED_SIGNATURE, recorder="officer-1", at=MOMENT))
    assert from_plain(Visit, to_plain(other)).signatures == other.signatures


def test_nobody_reads_who_signed_in_a_log() -> None:
    """Names of signers and witnesses stay out of any printed form."""
    printed = repr((SIGNED, REFUSED_SIGNATURE))
    assert "李四" not in printed
    assert "王五" not in printed


class VisitLife(RuleBasedStateMachine):
    """Any verbs in any order: what must hold of a visit holds."""

    def __init__(self) -> None:
        """Begin with a visit nobody has begun."""
        super().__init__()
        self.visit = opened()
        self.orders: list[Rectification] = []

    @rule(
        verb=st.sampled_from(sorted(set(VERBS) - {"adjust_officers", "replace_officer", "order"})),
        outcome=st.sampled_from(ItemOutcome),
        item=st.sampled_from(("item-1", "item-2")),
    )
    def act(self, verb: str, outcome: ItemOutcome, item: str) -> None:
        """Try a verb; a refusal leaves everything as it was."""
        before = to_plain(self.visit)
        try:
            if verb == "record":
                self.visit.record([result(item, outcome)])
            else:
                VERBS[verb](self.visit)
        except Refused:
            assert to_plain(self.visit) == before

    @rule(failed=st.sets(st.sampled_from(("item-1", "item-2")), min_size=1))
    def find(self, failed: set[str]) -> None:
        """Try to conclude that what failed is put right in a term."""
        outcomes = {one: ItemOutcome.FAILED if one in failed else ItemOutcome.PASSED
                    for one in ("item-1", "item-2")}  # fmt: skip
        with suppress(Refused):
            self.visit.record([result(item, outcome) for item, outcome in outcomes.items()])
            self.visit.conclude(
                conclusion(
                    Outcome.PENDING, pending=frozenset({PendingMatter.OTHER_BREACH}),
                    measures=frozenset({Measure.CORRECT_IN_TERM}),
                )
            )  # fmt: skip

    @rule(department=st.sampled_from((LEAD, FARM)))
    def order(self, department: str) -> None:
        """Try to have findings put right; the rule is told what the department has ordered."""
        before = to_plain(self.visit)
        earlier = [one for one in self.orders if one.sheet.department == department]
        try:
            found = findings_to_order(self.visit, None, department=department, earlier=earlier)
        except Refused:
            assert to_plain(self.visit) == before
        else:
            sheet = order_sheet(department=department, findings=found)
            self.orders.append(
                Rectification.order(id=f"r-{len(self.orders)}", sheet=sheet, due_on=DUE, at=MOMENT)
            )

    @invariant()
    def holds(self) -> None:
        """Nothing is signed without a conclusion, nor formed without signatures.

        No finding is ordered twice.
        """
        made = self.visit
        ordered = [each.item for one in self.orders for each in one.sheet.findings]
        assert len(set(ordered)) == len(ordered)
        assert (made.state is VisitState.ASSIGNED) == (made.started is None)
        assert (made.formed_on is not None) == (made.state is VisitState.COMPLETED)
        if made.state in (VisitState.SIGNED, VisitState.COMPLETED):
            assert made.signatures is not None
            assert made.conclusion is not None
            assert not list(conclusion_violations(made.conclusion, len(made.findings)))


TestVisitLife = VisitLife.TestCase
TestVisitLife.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)


def test_what_stands_beside_the_record_changes_nothing_of_it() -> None:
    """Assistants, the firm's scan and extensions; what is not noted changes all of it."""
    made = started()
    seen, named = made.version, frozenset({"helper-1", "helper-2"})
    beside: tuple[Callable[[], object], ...] = (
        lambda: made.allot_assistants(frozenset(), named=named),
        lambda: made.claim_visit(by="helper-1", named=named),
        lambda: made.arrive_to_assist(
            Arrival(by="helper-1", at=MOMENT, scanned=False, reason="没有码")
        ),
        lambda: made.note_by_assistant([result("item-1", by="helper-1")]),
        lambda: made.report_problem(
            problem="p-1", item="", text="偏热", files=(), by="helper-1", at=MOMENT
        ),
        lambda: made.answer_problem(problem="p-1", answer="已核实", by="u-1", at=MOMENT),
        lambda: made.hand_over_assistance(
            AssistanceHandover(old="helper-1", new="helper-2", reason="另有任务", at=MOMENT),
            named=named,
        ),
        lambda: made.ask_extension(
            extension="e-1", by="officer-1", reason="停产", days=2, at=MOMENT
        ),
        lambda: made.decide_extension(
            extension="e-1", granted=True, by="u-1", answer="", at=MOMENT
        ),
    )
    for act in beside:
        act()
        made.version += 1
        assert not made.changed_since(seen)
    assert made.moved_since(seen)
    assert not made.moved_since(seen, own=range(seen, made.version + 1))
    made.record([result("item-2")])
    made.version += 1
    assert made.changed_since(seen)
    assert not made.changed_since(seen, items={"item-1"})
    assert not made.changed_since(seen, own={made.version})
    assert made.changed_since(seen, items={"item-2"})
    made.version += 1
    assert made.changed_since(seen, items={"item-1"})
    assert made.changed_since(made.version + 1, items={"item-1"})


def test_a_result_by_which_a_conclusion_lapses_changes_the_whole_record() -> None:
    """Whoever records another item has to see that."""
    made = started()
    conclude(made)
    seen = made.version = made.version + 1
    made.record([result("item-2")])
    made.version += 1
    assert made.changed_since(seen, items={"item-1"})
