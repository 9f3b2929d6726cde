from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from supervision_core.kernel.errors import Refused
from supervision_core.kernel.plain import from_plain, to_plain
from supervision_core.plans.limits import PlannedCheck, cap_violations, proposals_to_merge
from supervision_core.plans.model import (
    ObjectionNotTaken,
    Plan,
    PlanDeleted,
    PlanDisplayed,
    PlanNotChanged,
    PlanNotDeleted,
    PlanNotDisplayed,
    PlanNotDrafted,
    PlanNotSettled,
    PlanOpinion,
    PlanSettled,
    PlanState,
    Solicitation,
    number_after,
    number_beginning,
    numbered,
)
from supervision_core.scenes.model import SceneResources
from supervision_core.testing.plans import plan, plan_sheet, sub_plan

DAY_1 = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
NUMBER = "JH450100202600001"
UNTIL = date(2026, 3, 9)
PUBLISHED = frozenset({"matter-1", "matter-2"})


def codes(refusal: pytest.ExceptionInfo[Refused]) -> list[str]:
    """Give the codes of every reason."""
    return [violation.code for violation in refusal.value.violations]


def drafted() -> Plan:
    """Give a draft with one sub-plan."""
    made = Plan.draft(id="plan-1", number=NUMBER, sheet=plan_sheet(), at=DAY_1)
    made.change(sheet=plan_sheet(), sub_plans=(sub_plan(),), by="u-1", at=DAY_1)
    return made


def displayed() -> Plan:
    """Give a plan on display."""
    made = drafted()
    made.display(until=UNTIL, published=PUBLISHED, at=DAY_1)
    return made


def consulting() -> Plan:
    """Give a plan on which opinions are asked for."""
    made = drafted()
    made.consult(until=DAY_1.date(), by="u-1", at=DAY_1)
    return made


def opinion(department: str = "dept-farm", text: str = "同意") -> PlanOpinion:
    """Give an opinion."""
    return PlanOpinion(department=department, text=text, by="u-2", at=DAY_1)


@pytest.mark.function("F105")
def test_departments_say_what_they_think_before_the_display() -> None:
    """意见征集: once each, by those who join; displayed when all did, or after its last day."""
    made = consulting()
    assert (made.consulted, made.opinions_until) == (
        Solicitation(at=DAY_1, by="u-1", until=DAY_1.date()), DAY_1.date()
    )  # fmt: skip
    with pytest.raises(PlanNotDisplayed) as early:
        made.display(until=UNTIL, published=PUBLISHED, at=DAY_1)
    assert set(codes(early)) == {"plans.opinion_missing"}
    made.give_opinion(opinion())
    for other, code in (
        (opinion(), "plans.opinion_given"), (opinion("d-9"), "plans.department_not_joining"),
        (opinion("dept-health", " "), "plans.reason_missing"),
    ):  # fmt: skip
        with pytest.raises(PlanNotChanged) as refusal:
            made.give_opinion(other)
        assert codes(refusal) == [code]
    made.give_opinion(opinion("dept-health"))
    made.display(until=UNTIL, published=PUBLISHED, by="u-1", at=DAY_1)
    assert made.displayed == Solicitation(at=DAY_1, by="u-1", until=UNTIL)
    late = consulting()
    late.display(until=UNTIL, published=PUBLISHED, at=DAY_1 + timedelta(days=1))
    assert late.state is PlanState.ON_DISPLAY


def test_nobody_is_asked_for_an_opinion_in_vain() -> None:
    """Without joining departments, sub-plans, or a day to come there is nothing to ask."""
    made = Plan.draft(id="plan-1", number=NUMBER, sheet=plan_sheet(joining=()), at=DAY_1)
    with pytest.raises(PlanNotChanged) as refusal:
        made.consult(until=DAY_1.date() - timedelta(days=1), by="u-1", at=DAY_1)
    assert codes(refusal) == [
        "plans.nobody_to_consult", "plans.sub_plans_missing", "plans.consultation_over",
    ]  # fmt: skip


def in_state(state: PlanState) -> Plan:
    """Give a plan brought to ``state`` by its verbs."""
    if state is PlanState.DRAFTED:
        return drafted()
    if state is PlanState.CONSULTING:
        return consulting()
    made = displayed()
    if state is PlanState.SETTLED:
        made.settle(at=DAY_1 + timedelta(days=8))
    if state is PlanState.DELETED:
        made.delete(reason="重复", at=DAY_1)
    return made


def test_a_plan_is_drafted_with_every_fault_told() -> None:
    """A plan that cannot be kept says every reason at once."""
    bad = plan_sheet(name=" ", lead="", joining=("a", "a"))
    with pytest.raises(PlanNotDrafted) as refusal:
        Plan.draft(id="plan-1", number=NUMBER, sheet=bad, at=DAY_1)
    assert codes(refusal) == [
        "plans.field_empty",
        "plans.field_empty",
        "plans.department_twice",
    ]
    with pytest.raises(PlanNotDrafted) as refusal:
        Plan.draft(id="plan-1", number=NUMBER, sheet=plan_sheet(joining=("dept-market",)), at=DAY_1)
    assert codes(refusal) == ["plans.lead_joins_itself"]


def test_a_sub_plan_fits_its_plan() -> None:
    """A sub-plan lies in the plan's year, among its departments, and has scope and matters."""
    bad = sub_plan(
        name="",
        scope=" ",
        starts_on=date(2027, 1, 2),
        ends_on=date(2026, 12, 31),
        joining=("stranger",),
        matters=(),
        subjects=("subject-1", "subject-1"),
    )
    made = drafted()
    with pytest.raises(PlanNotChanged) as refusal:
        made.change(sheet=plan_sheet(), sub_plans=(bad, bad), by="u-1", at=DAY_1)
    once = [
        "plans.field_empty",
        "plans.field_empty",
        "plans.period_backwards",
        "plans.period_outside_year",
        "plans.department_not_joining",
        "plans.matters_missing",
        "plans.subject_twice",
    ]
    assert codes(refusal) == [*once, *once, "plans.sub_plan_twice"]
    assert refusal.value.violations[0].at == "sub_plans[0].name"
    assert made.sub_plans == (sub_plan(),)


def test_plans_of_a_region_and_year_are_numbered_one_after_the_other() -> None:
    """计划编号: the region, the year, a running number; the period is that of its sub-plans."""
    beginning = number_beginning("450100", 2026)
    first = number_after("", beginning)
    assert (first, number_after(first, beginning)) == (NUMBER, "JH450100202600002")
    made = drafted()
    assert made.number == NUMBER
    assert made.period == (sub_plan().starts_on, sub_plan().ends_on)
    assert plan("x").period != (None, None)
    undivided = Plan.draft(id="plan-2", number=first, sheet=plan_sheet(), at=DAY_1)
    assert undivided.period == (None, None)


def test_only_published_matters_are_displayed() -> None:
    """A matter that is not published must not be planned for inspection (54号文)."""
    made = drafted()
    with pytest.raises(PlanNotDisplayed) as refusal:
        made.display(until=UNTIL, published=frozenset({"matter-2"}), at=DAY_1)
    assert codes(refusal) == ["plans.matter_unpublished"]
    assert refusal.value.violations[0].data == {"matter": "matter-1"}
    assert made.state is PlanState.DRAFTED


def test_display_needs_content_and_time() -> None:
    """A plan without sub-plans, or displayed for no day, is refused with both reasons."""
    made = Plan.draft(id="plan-1", number=NUMBER, sheet=plan_sheet(), at=DAY_1)
    with pytest.raises(PlanNotDisplayed) as refusal:
        made.display(until=date(2026, 3, 2), published=PUBLISHED, at=DAY_1)
    assert codes(refusal) == ["plans.sub_plans_missing", "plans.display_too_short"]


def test_display_tells_every_department() -> None:
    """The event of the display names lead and joining departments and the last day."""
    made = displayed()
    event = made.take_events()[-1]
    assert event == PlanDisplayed(
        at=DAY_1,
        plan="plan-1",
        until=UNTIL,
        departments=("dept-farm", "dept-health", "dept-market"),
    )
    assert made.objections_until == UNTIL


def test_departments_object_during_the_display_only() -> None:
    """Objections come from departments of the plan, with a reason, until the last day."""
    made = displayed()
    last_moment = datetime(2026, 3, 9, 15, 59, tzinfo=UTC)
    made.object_to(objection="o-1", department="dept-farm", reason="冲突", at=last_moment)
    with pytest.raises(ObjectionNotTaken) as refusal:
        made.object_to(
            objection="o-2",
            department="stranger",
            reason="",
            at=last_moment + timedelta(minutes=1),
        )
    assert codes(refusal) == [
        "plans.department_not_joining",
        "plans.reason_missing",
        "plans.objections_closed",
    ]
    assert [each.id for each in made.objections] == ["o-1"]


def test_an_objection_is_answered_once() -> None:
    """An answer needs words, an existing objection, and no earlier answer."""
    made = displayed()
    for name in ("o-1", "o-2"):
        made.object_to(objection=name, department="dept-farm", reason="冲突", at=DAY_1)
    made.answer(objection="o-1", accepted=True, text="采纳")
    assert [(each.accepted, each.answer) for each in made.objections] == [
        (True, "采纳"),
        (None, ""),
    ]
    with pytest.raises(ObjectionNotTaken) as refusal:
        made.answer(objection="o-1", accepted=False, text="")
    assert codes(refusal) == ["plans.objection_is_answered", "plans.reason_missing"]
    with pytest.raises(ObjectionNotTaken) as refusal:
        made.answer(objection="o-9", accepted=False, text="无")
    assert codes(refusal) == ["plans.objection_unknown"]


def test_the_display_ends_after_its_last_day_with_all_answered() -> None:
    """Neither an open term nor an unanswered objection lets a plan settle."""
    made = displayed()
    made.object_to(objection="o-1", department="dept-farm", reason="冲突", at=DAY_1)
    with pytest.raises(PlanNotSettled) as refusal:
        made.settle(at=datetime(2026, 3, 9, 1, tzinfo=UTC))
    assert codes(refusal) == ["plans.objections_open_until", "plans.objections_unanswered"]
    made.answer(objection="o-1", accepted=False, text="不采纳")
    made.take_events()
    made.settle(at=datetime(2026, 3, 9, 16, 0, tzinfo=UTC))
    assert made.state is PlanState.SETTLED
    assert isinstance(made.take_events()[0], PlanSettled)


def test_an_accepted_objection_changes_the_plan_which_is_displayed_anew() -> None:
    """Accepted and left as it was, it settled nothing: each reader believed that it was heard.

    Wording alone is displayed anew too, where an objection was accepted; a change that changes
    nothing follows none. What was changed while it was not answered yet counts.
    """
    over = DAY_1 + timedelta(days=8)
    for before in (False, True):
        made = displayed()
        made.object_to(objection="o-1", department="dept-farm", reason="冲突", at=DAY_1)
        if before:
            made.change(
                sheet=plan_sheet(), sub_plans=(sub_plan(whole=True),), by="u-1", reason="改",
                at=DAY_1,
            )  # fmt: skip
            made.display(until=UNTIL, published=PUBLISHED, at=DAY_1, inspected=SceneResources())
        made.answer(objection="o-1", accepted=True, text="采纳", by="u-2")
        if not before:
            with pytest.raises(PlanNotSettled) as refusal:
                made.settle(at=over)
            assert codes(refusal) == ["plans.objections_unfollowed"]
            made.change(sheet=plan_sheet(), sub_plans=(sub_plan(),), by="u-1", reason="改", at=over)
            states = [made.state]
            worded = plan_sheet(description="避开春耕")
            made.change(sheet=worded, sub_plans=(sub_plan(),), by="u-1", reason="改", at=over)
            assert [*states, made.state] == [PlanState.ON_DISPLAY, PlanState.DRAFTED]
            until = over.date() + timedelta(days=7)
            made.display(until=until, published=PUBLISHED, at=over)
        (objection,) = made.objections
        assert (objection.followed, objection.answered_by) == (True, "u-2")
        made.settle(at=over + timedelta(days=8))


def test_who_drafted_a_plan_does_not_answer_what_is_objected_to_it() -> None:
    """His own draft would be judged by him alone."""
    made = displayed()
    made.object_to(objection="o-1", department="dept-farm", reason="冲突", at=DAY_1)
    with pytest.raises(ObjectionNotTaken) as refusal:
        made.answer(
            objection="o-1", accepted=False, text="无", by="u-1", drafted_by=frozenset({"u-1"})
        )
    assert codes(refusal) == ["kernel.decided_by_proposer"]


def test_a_change_after_display_is_an_adjustment_with_a_reason() -> None:
    """What was shown changes only for a reason, which is kept."""
    made = displayed()
    with pytest.raises(PlanNotChanged) as refusal:
        made.change(sheet=plan_sheet(), sub_plans=(), by="u-1", at=DAY_1)
    assert codes(refusal) == ["plans.reason_missing", "plans.sub_plans_missing"]
    new = plan_sheet(name="新计划")
    made.change(sheet=new, sub_plans=(sub_plan(),), by="u-1", reason="异议", at=DAY_1)
    assert made.sheet == new
    assert [(each.by, each.reason) for each in made.adjustments] == [("u-1", "异议")]


def test_sub_plans_are_numbered_where_nobody_did() -> None:
    """子计划编号 is the next free number; what somebody gave stays."""
    subs = numbered((sub_plan(id=""), sub_plan(id="1"), sub_plan(id=" ")))
    assert [one.id for one in subs] == ["2", "1", "3"]


def test_a_plan_changed_on_display_is_displayed_anew() -> None:
    """What nobody could object to for the whole period is not settled: the period begins again.

    Wording alone changes nothing of it. Turned into 全查, or moved elsewhere, it is a draft too.
    """
    for sheet, sub in (
        (plan_sheet(), sub_plan(matters=("matter-1",))), (plan_sheet(region="450200"), sub_plan()),
        (plan_sheet(), sub_plan(whole=True)),
    ):  # fmt: skip
        made = displayed()
        made.change(sheet=sheet, sub_plans=(sub,), by="u-1", reason="改", at=DAY_1)
        with pytest.raises(PlanNotSettled) as refusal:
            made.settle(at=DAY_1 + timedelta(days=8))
        assert codes(refusal) == ["plans.plan_is_drafted"]
        later = DAY_1 + timedelta(days=8)
        again = later.date() + timedelta(days=7)
        made.display(until=again, published=PUBLISHED, at=later, inspected=SceneResources())
        assert (made.displayed, made.objections_until) == (
            Solicitation(at=later, by="", until=again), again,
        )  # fmt: skip
        with pytest.raises(PlanNotSettled) as refusal:
            made.settle(at=later)
        assert codes(refusal) == ["plans.objections_open_until"]
    worded = displayed()
    subs = (sub_plan(name="新名", note="新"),)
    worded.change(sheet=plan_sheet(name="新名"), sub_plans=subs, by="u-1", reason="更正", at=DAY_1)
    assert worded.state is PlanState.ON_DISPLAY


def test_whom_a_plan_inspects_whole_is_fixed_by_its_display() -> None:
    """§14: over the scene as it stood when displayed; teams and others of the scene are not kept.

    A plan that was settled without (before 0150) inspects nobody whole until displayed again, for
    which any change makes room.
    """
    scene = SceneResources(subjects_added=frozenset({"s-1", "s-2"}), teams=frozenset({"team-1"}))
    made = drafted()
    made.change(sheet=plan_sheet(), sub_plans=(sub_plan(whole=True),), by="u-1", at=DAY_1)
    made.display(until=UNTIL, published=PUBLISHED, at=DAY_1, inspected=scene)
    made.settle(at=DAY_1 + timedelta(days=8))
    assert made.inspected("sub-1") == SceneResources(subjects_added=frozenset({"s-1", "s-2"}))
    assert made.inspected("sub-2") is None
    drawing = displayed()
    drawing.settle(at=DAY_1 + timedelta(days=8))
    assert drawing.inspected("sub-1") is None
    made._inspected = None
    assert made.inspected("sub-1") is None
    made.change(sheet=made.sheet, sub_plans=made.sub_plans, by="u-1", reason="重新公示", at=DAY_1)
    made.display(until=UNTIL, published=PUBLISHED, at=DAY_1, inspected=scene)
    made.settle(at=DAY_1 + timedelta(days=8))
    assert made.inspected("sub-1") is not None


SETTLED_SHEETS: tuple[dict[str, object], ...] = (
    {"scene": "scene-2"}, {"region": "450200"}, {"lead": "dept-other"},
    {"joining": ("dept-farm", "dept-health", "dept-9")},
)  # fmt: skip
SETTLED_SUBS: tuple[dict[str, object], ...] = (
    {"starts_on": date(2026, 1, 1)}, {"ends_on": date(2026, 12, 31)}, {"whole": True},
    {"id": "sub-9"}, {"scope": "全部"}, {"matters": ("matter-1",)}, {"subjects": ("s-1",)},
    {"joining": ("dept-health",)}, {"trade": "dairy"}, {"joint": True},
)  # fmt: skip


@pytest.mark.parametrize(
    ("sheet", "sub"), [*((one, {}) for one in SETTLED_SHEETS), *(({}, one) for one in SETTLED_SUBS)]
)
def test_a_settled_plan_that_says_something_else_is_displayed_anew(
    sheet: dict[str, object], sub: dict[str, object]
) -> None:
    """Else its drafter alone gives a task whatever it is to rest on, and nobody may object."""
    made = in_state(PlanState.SETTLED)
    new, subs = plan_sheet(**sheet), (sub_plan(**sub),)
    made.change(sheet=new, sub_plans=subs, by="u-1", reason="改", at=DAY_1)
    assert made.state is PlanState.DRAFTED
    said = subs[0]
    assert not made.foresees_draw(
        said.id, placed=(new.scene, new.region, new.lead),
        starts_on=said.starts_on, ends_on=said.ends_on,
    )  # fmt: skip
    assert made.inspected(said.id) is None
    with pytest.raises(PlanNotSettled):
        made.settle(at=DAY_1 + timedelta(days=8))
    with pytest.raises(PlanNotChanged) as refusal:
        made.change(sheet=new, sub_plans=subs, by="u-1", at=DAY_1)
    assert codes(refusal) == ["plans.reason_missing"]
    assert [one.reason for one in made.adjustments] == ["改"]


def test_a_settled_plan_is_worded_otherwise_and_stays_settled() -> None:
    """No task rests on names, descriptions, notes and attachments."""
    made = in_state(PlanState.SETTLED)
    sheet = plan_sheet(name="新名", description="新", attachments=("file-2",))
    subs = (sub_plan(name="新名", note="新"),)
    made.change(sheet=sheet, sub_plans=subs, by="u-1", reason="更正文字", at=DAY_1)
    assert (made.state, made.sheet, made.sub_plans) == (PlanState.SETTLED, sheet, subs)


def test_a_draft_changes_freely() -> None:
    """A draft keeps no adjustments."""
    made = drafted()
    made.change(sheet=plan_sheet(), sub_plans=(), by="u-1", at=DAY_1)
    assert made.adjustments == ()
    assert made.sub_plans == ()


def test_deleting_needs_a_reason_and_ends_everything() -> None:
    """A deleted plan is neither changed, displayed, objected to, settled nor deleted again."""
    made = displayed()
    with pytest.raises(PlanNotDeleted) as refusal:
        made.delete(reason=" ", at=DAY_1)
    assert codes(refusal) == ["plans.reason_missing"]
    made.delete(reason="重复", at=DAY_1)
    assert made.take_events()[-1] == PlanDeleted(at=DAY_1, plan="plan-1", reason="重复")


NEXT_DAY = DAY_1 + timedelta(days=1)
VERBS: dict[str, tuple[set[PlanState], Callable[[Plan], None]]] = {
    "consult": ({PlanState.DRAFTED}, lambda made: made.consult(until=UNTIL, by="u-1", at=DAY_1)),
    "give_opinion": ({PlanState.CONSULTING}, lambda made: made.give_opinion(opinion())),
    "display": (
        {PlanState.DRAFTED, PlanState.CONSULTING},
        lambda made: made.display(until=UNTIL, published=PUBLISHED, at=NEXT_DAY),
    ),
    "object": (
        {PlanState.ON_DISPLAY},
        lambda made: made.object_to(
            objection="o-1", department="dept-farm", reason="冲突", at=DAY_1
        ),
    ),
    "answer": (
        {PlanState.ON_DISPLAY},
        lambda made: made.answer(objection="o-1", accepted=True, text="好"),
    ),
    "settle": ({PlanState.ON_DISPLAY}, lambda made: made.settle(at=DAY_1 + timedelta(days=8))),
    "change": (
        set(PlanState) - {PlanState.DELETED},
        lambda made: made.change(
            sheet=plan_sheet(), sub_plans=(sub_plan(),), by="u-1", reason="异议", at=DAY_1
        ),
    ),
    "delete": (
        set(PlanState) - {PlanState.DELETED},
        lambda made: made.delete(reason="重复", at=DAY_1),
    ),
}


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("state", PlanState)
def test_no_verb_starts_from_a_forbidden_state(state: PlanState, verb: str) -> None:
    """Every verb refuses each state it may not start from, naming the state."""
    states, act = VERBS[verb]
    made = in_state(state)
    refused: list[str] = []
    try:
        act(made)
    except Refused as refusal:
        refused = [violation.code for violation in refusal.violations]
    assert (f"plans.plan_is_{state}" in refused) == (state not in states)


def check(department: str, month: int = 3, subject: str = "s-1", plan: str = "p") -> PlannedCheck:
    """Give a planned check of 2026."""
    return PlannedCheck(
        subject=subject, year=2026, month=month, department=department, plan=f"{plan}-{department}"
    )


def test_two_departments_on_one_firm_in_one_month_should_merge() -> None:
    """Test e of the facts: same firm, same month, two bodies give one proposal, order-blind."""
    checks = [check("b"), check("a"), check("a"), check("c", month=4), check("d", subject="s-2")]
    (proposal,) = proposals_to_merge(checks)
    assert (proposal.subject, proposal.year, proposal.month) == ("s-1", 2026, 3)
    assert proposal.departments == ("a", "b")
    assert proposal.plans == ("p-a", "p-b")
    assert proposals_to_merge(reversed(checks)) == (proposal,)


def test_one_department_twice_is_no_merger() -> None:
    """A body that plans one firm twice has nobody to merge with."""
    assert proposals_to_merge([check("a", plan="p"), check("a", plan="q")]) == ()


def test_the_cap_of_checks_by_one_body_on_one_firm() -> None:
    """Test d of the facts: the check after the last allowed one is refused, per department."""
    found = list(
        cap_violations("s-1", checks_this_year={"a": 2, "b": 1}, caps={"a": 2, "b": 2, "c": 0})
    )
    assert [(each.code, each.data["department"]) for each in found] == [
        ("plans.cap_reached", "a"),
        ("plans.cap_reached", "c"),
    ]
    assert found[0].data == {"subject": "s-1", "department": "a", "cap": 2, "done": 2}


def test_a_plan_survives_as_plain_data() -> None:
    """Every field of a filled plan comes back from plain data."""
    made = plan("plan-1")
    back = from_plain(Plan, to_plain(made))
    assert to_plain(back) == to_plain(made)
    assert (back.sheet, back.sub_plans, back.objections) == (
        made.sheet,
        made.sub_plans,
        made.objections,
    )
    assert (back.adjustments, back.objections_until) == (made.adjustments, made.objections_until)
