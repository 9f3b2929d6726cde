from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any, cast

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from supervision_core.kernel.canonical import sm3
from supervision_core.kernel.errors import Refused, Violation
from supervision_core.kernel.plain import from_plain, to_plain
from supervision_core.tasks.model import events
from supervision_core.tasks.model.grounds import DrawOutcome, VisitGround
from supervision_core.tasks.model.review_draw import ReviewDraw, drawn
from supervision_core.tasks.model.sheet import (
    LONGEST,
    ChecklistUsed,
    Opinion,
    PartState,
    TaskKind,
    TaskState,
)
from supervision_core.tasks.model.task import VERBS as VERBS_OF_TASK
from supervision_core.tasks.model.task import (
    PartRefused,
    Task,
    TaskNotClosable,
    TaskNotDispatchable,
    TaskRefused,
)
from supervision_core.tasks.model.warnings import LateWarning, WarningKind, task_warnings
from supervision_core.testing.draws import leaf_at
from supervision_core.testing.tasks import (
    FARM,
    LEAD,
    MOMENT,
    TODAY,
    claim_draw,
    task,
    task_sheet,
)

PUBLISHED = frozenset({"matter-1"})
CLAIM_DUE = date(2026, 4, 10)


def codes(refusal: pytest.ExceptionInfo[Refused]) -> list[str]:
    """Give the codes of every reason."""
    return [violation.code for violation in refusal.value.violations]


def opinion(*, participates: bool = True, changes: str = "") -> Opinion:
    """Give an opinion."""
    return Opinion(participates=participates, by="u-2", at=MOMENT, changes=changes)


def review_draw(**changes: object) -> ReviewDraw:
    """Give a draw of half of four visits."""
    told: dict[str, object] = {
        "share": 50, "candidates": ("v1", "v2", "v3", "v4"), "reviewers": ("officer-1",),
        "by": "u-1", "at": MOMENT,
    }  # fmt: skip
    return ReviewDraw(**(told | changes))  # type: ignore[arg-type]


def drafted(**changes: object) -> Task:
    """Give a drafted and approved task."""
    made = Task.create(id="task-1", sheet=task_sheet(**changes), at=MOMENT)
    made.approve(visits=1, by="head-1", at=MOMENT)
    return made


def ready() -> Task:
    """Give a task ready for dispatch."""
    made = drafted()
    made.engage_third_party(institution="institution-1", duty="抽样", headcount=1)
    made.approve(visits=1, by="head-1", at=MOMENT)
    made.skip_consultation()
    return made


def send(made: Task, **changes: object) -> None:
    """Dispatch with everything in order."""
    told: dict[str, object] = {
        "claim_due": CLAIM_DUE,
        "published": PUBLISHED,
        "visits": 1,
        "at": MOMENT,
    }
    made.dispatch(**(told | changes))  # type: ignore[arg-type]


def dispatched() -> Task:
    """Give a dispatched task."""
    made = ready()
    send(made)
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


def in_state(state: TaskState) -> Task:
    """Give a task brought to ``state`` by its verbs."""
    if state is TaskState.DRAFTED:
        return drafted()
    if state is TaskState.CONSULTING:
        made = drafted()
        made.consult(due_on=TODAY, at=MOMENT)
        return made
    made = ready()
    if state is TaskState.DELETED:
        made.delete(reason="重复", at=MOMENT)
    steps: dict[TaskState, Callable[[Task], None]] = {
        TaskState.DISPATCHED: send,
        TaskState.IN_PROGRESS: claim_all,
        TaskState.CLOSED: close_all,
        TaskState.ARCHIVED: lambda made: made.archive(manifest="ab" * 32, at=MOMENT),
        TaskState.PUBLISHED: lambda made: made.publish(results_due=0, at=MOMENT),
    }
    for reached, step in steps.items() if state in steps else ():
        step(made)
        if reached is state:
            break
    return made


def claim_all(made: Task) -> None:
    """Let every department claim its part."""
    for department in (LEAD, FARM):
        made.claim(department=department, by="u-1", at=MOMENT)


def close_all(made: Task) -> None:
    """Close every part and the whole."""
    for department in (LEAD, FARM):
        close_part(made, department)
    made.close(at=MOMENT)


VERBS: dict[str, Callable[[Task], None]] = {
    "change": lambda made: made.change(task_sheet()),
    "approve": lambda made: made.approve(visits=1, by="head-1", at=MOMENT),
    "send_back": lambda made: made.send_back(reason="缺少一户", by="head-1", at=MOMENT),
    "resubmit": lambda made: made.resubmit(answer="已补齐", at=MOMENT),
    "delete": lambda made: made.delete(reason="重复", at=MOMENT),
    "consult": lambda made: made.consult(due_on=TODAY, at=MOMENT),
    "give_opinion": lambda made: made.give_opinion(FARM, opinion()),
    "answer_opinion": lambda made: made.answer_opinion(
        FARM, adopted=True, text="", by="u-1", at=MOMENT
    ),
    "end_consultation": lambda made: made.end_consultation(at=MOMENT + timedelta(days=1)),
    "skip_consultation": lambda made: made.skip_consultation(),
    "engage_third_party": lambda made: made.engage_third_party(
        institution="institution-2", duty="抽样", headcount=1
    ),
    "draw_by": lambda made: made.draw_by("draw-2", stands=False),
    "admit_visits": lambda made: made.admit_visits(),
    "name_assistants": lambda made: made.name_assistants(
        institution="institution-1", people=("helper-1",)
    ),
    "claim_assistance": lambda made: made.claim_assistance(
        institution="institution-1", by="helper-1", at=MOMENT
    ),
    "dispatch": send,
    "claim": lambda made: made.claim(department=LEAD, by="u-1", at=MOMENT),
    "claim_by_draw": lambda made: made.claim_by_draw(
        department=LEAD, draw=claim_draw, by="u-1", at=MOMENT
    ),
    "draw_again": lambda made: made.draw_again(department=LEAD, draw=lambda _: claim_draw()),
    "urge": lambda made: made.urge(
        urging="urging-1", department=LEAD, text="请认领", by="u-1", at=MOMENT
    ),
    "answer_urging": lambda made: made.answer_urging(
        urging="urging-1", department=LEAD, text="好", at=MOMENT
    ),
    "close_part": lambda made: close_part(made, LEAD),
    "close": lambda made: made.close(at=MOMENT),
    "archive": lambda made: made.archive(manifest="ab" * 32, at=MOMENT),
    "draw_reviews": lambda made: made.draw_reviews(review_draw(), lambda one: one),
    "decide_results": lambda made: made.decide_results(results_due=1),
    "publish": lambda made: made.publish(results_due=0, at=MOMENT),
}

DECLARED = VERBS_OF_TASK.by_name


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("state", TaskState)
def test_no_verb_starts_from_a_forbidden_state(state: TaskState, verb: str) -> None:
    """Each verb refuses every state it may not start from, by that state's code, unchanged."""
    made = in_state(state)
    before, refused = to_plain(made), []
    try:
        VERBS[verb](made)
    except Refused as refusal:
        refused = [violation.code for violation in refusal.violations]
        assert to_plain(made) == before
    assert (f"tasks.task_is_{state}" in refused) == (state not in DECLARED[verb].starts)


def test_the_table_names_every_verb() -> None:
    """The table of transitions and this test speak of the same verbs."""
    assert set(DECLARED) == set(VERBS)


@pytest.mark.parametrize("state", TaskState)
def test_verbs_lead_to_the_state_they_name(state: TaskState) -> None:
    """A task reaches every state by its verbs."""
    assert in_state(state).state is state


def test_a_task_says_every_fault_at_once() -> None:
    """A task that cannot be kept gives every reason, each with its place."""
    with pytest.raises(TaskRefused) as refusal:
        drafted(
            number="",
            name=" ",
            scene="",
            region="",
            lead="",
            joining=("a", "a"),
            checklist=ChecklistUsed(id="", version=1),
            ends_on=date(2026, 4, 6),
            kind=TaskKind.CASE,
            reason=" ",
            plan="",
        )
    assert [(each.code, each.at) for each in refusal.value.violations] == [
        ("tasks.field_empty", "number"),
        ("tasks.field_empty", "name"),
        ("tasks.field_empty", "scene"),
        ("tasks.field_empty", "region"),
        ("tasks.field_empty", "lead"),
        ("tasks.field_empty", "checklist"),
        ("tasks.department_twice", "joining"),
        ("tasks.period_backwards", "ends_on"),
        ("tasks.case_reason_missing", "reason"),
        ("tasks.sub_plan_without_plan", "sub_plan"),
    ]
    with pytest.raises(TaskRefused) as refusal:
        drafted(joining=(LEAD,))
    assert codes(refusal) == ["tasks.lead_joins_itself"]


def test_one_day_is_a_period() -> None:
    """A task may begin and end on the same day."""
    made = drafted(starts_on=TODAY, ends_on=TODAY)
    assert made.sheet.ends_on == TODAY


def test_a_task_ends_within_a_year_and_begins_within_one() -> None:
    """What ends later is never overdue, and what begins later is drafted then: both are refused."""
    day = timedelta(days=1)
    longest = {"starts_on": TODAY + LONGEST, "ends_on": TODAY + LONGEST + LONGEST}
    made = drafted(**longest)
    with pytest.raises(TaskRefused) as refusal:
        drafted(starts_on=TODAY, ends_on=TODAY + LONGEST + day)
    assert codes(refusal) == ["tasks.period_too_long"]
    for wrong in ({"starts_on": TODAY + LONGEST + day}, {"ends_on": date(2099, 12, 31)}):
        with pytest.raises(TaskRefused) as refusal:
            drafted(**{**longest, **wrong})
        assert len(codes(refusal)) == 1
        with pytest.raises(TaskRefused):
            made.change(evolve(made.sheet, **cast("Any", wrong)))


def test_a_draft_of_before_without_an_end_does_not_go_out() -> None:
    """A period that was taken before there was a bound is mended before it is sent out."""
    made = ready()
    made._sheet = evolve(made.sheet, ends_on=date(2099, 12, 31))
    with pytest.raises(TaskNotDispatchable) as refusal:
        send(made)
    assert codes(refusal) == ["tasks.period_too_long"]


def test_no_visit_begins_before_the_task_does() -> None:
    """A day before its first day nothing of it may begin."""
    made = ready()
    send(made)
    starts = made.sheet.starts_on
    (early,) = made.withholds_visits(starts - timedelta(days=1))
    assert (early.code, early.data) == ("tasks.period_not_begun", {"starts_on": str(starts)})
    assert not list(made.withholds_visits(starts))
    assert not list(made.withholds_visits())


def test_a_fresh_task_has_a_part_for_each_department() -> None:
    """The lead's part comes first; all wait to be claimed."""
    made = drafted()
    assert [(part.department, part.state) for part in made.parts] == [
        (LEAD, PartState.PENDING),
        (FARM, PartState.PENDING),
    ]
    assert made.take_events() == (events.TaskCreated(at=MOMENT, task="task-1"),)
    assert made.departments == {LEAD, FARM}


def test_approval_is_given_once_and_lapses_with_a_change() -> None:
    """What the head allowed is what was on the paper then."""
    made = drafted()
    with pytest.raises(TaskRefused) as refusal:
        made.approve(visits=1, by="head-1", at=MOMENT)
    assert codes(refusal) == ["tasks.approved_already"]
    made.change(task_sheet(name="改名"))
    assert made.approval is None
    assert made.sheet.name == "改名"


def test_a_change_keeps_the_parts_that_stay() -> None:
    """Departments that stay keep their opinion; new ones come in fresh, dropped ones go."""
    made = drafted(joining=(FARM, "dept-health"))
    made.consult(due_on=TODAY, at=MOMENT)
    made.give_opinion(FARM, opinion())
    made.end_consultation(at=MOMENT + timedelta(days=1))
    made.change(task_sheet(joining=("dept-fire", FARM)))
    assert [(part.department, part.opinion) for part in made.parts] == [
        (LEAD, None),
        ("dept-fire", None),
        (FARM, opinion()),
    ]


def test_a_change_is_checked_like_a_draft() -> None:
    """A change to something that could not be drafted is refused."""
    made = drafted()
    with pytest.raises(TaskRefused) as refusal:
        made.change(task_sheet(name=""))
    assert codes(refusal) == ["tasks.field_empty"]


def test_consulting_needs_somebody_and_time() -> None:
    """Nobody to ask and a day past are both told."""
    made = drafted(joining=())
    with pytest.raises(TaskRefused) as refusal:
        made.consult(due_on=TODAY - timedelta(days=1), at=MOMENT)
    assert codes(refusal) == ["tasks.nobody_to_consult", "tasks.due_day_past"]


def test_consulting_asks_the_joining_departments() -> None:
    """The event names whom and until when; the day itself counts."""
    made = drafted()
    made.consult(due_on=TODAY, at=MOMENT)
    assert made.take_events()[-1] == events.TaskConsulted(
        at=MOMENT, task="task-1", departments=(FARM,), due_on=TODAY
    )
    assert made.opinions_due == TODAY


def test_opinions_are_the_joining_departments() -> None:
    """The lead and strangers give none, and declining needs words."""
    made = in_state(TaskState.CONSULTING)
    for department in (LEAD, "stranger"):
        with pytest.raises(PartRefused) as refusal:
            made.give_opinion(department, opinion(participates=False))
        assert codes(refusal) == ["tasks.department_not_joining", "tasks.field_empty"]


def test_consultation_ends_when_all_answered_or_the_day_is_past() -> None:
    """Before the term ends everybody must have answered; after it silence is consent."""
    made = in_state(TaskState.CONSULTING)
    with pytest.raises(TaskRefused) as refusal:
        made.end_consultation(at=MOMENT)
    assert codes(refusal) == ["tasks.opinion_missing"]
    assert refusal.value.violations[0].data == {"department": FARM}
    made.give_opinion(FARM, opinion())
    made.end_consultation(at=MOMENT)
    assert made.state is TaskState.READY
    silent = in_state(TaskState.CONSULTING)
    silent.end_consultation(at=datetime(2026, 4, 7, 16, 0, tzinfo=UTC))
    assert silent.state is TaskState.READY


def test_who_declines_is_left_out() -> None:
    """A declined part is not dispatched to, cannot claim, and does not hinder closing."""
    made = in_state(TaskState.CONSULTING)
    made.give_opinion(FARM, opinion(participates=False, changes="不涉及"))
    made.end_consultation(at=MOMENT)
    send(made)
    event = made.take_events()[-1]
    assert isinstance(event, events.TaskDispatched)
    assert event.departments == (LEAD,)
    with pytest.raises(PartRefused) as refusal:
        made.claim(department=FARM, by="u-2", at=MOMENT)
    assert codes(refusal) == ["tasks.part_is_declined"]
    made.claim(department=LEAD, by="u-1", at=MOMENT)
    close_part(made, LEAD)
    made.close(at=MOMENT)
    assert made.state is TaskState.CLOSED


def test_a_department_may_change_its_mind_while_asked() -> None:
    """A later opinion replaces an earlier one."""
    made = in_state(TaskState.CONSULTING)
    made.give_opinion(FARM, opinion(participates=False, changes="不涉及"))
    made.give_opinion(FARM, opinion())
    part = made.part(FARM)
    assert part is not None
    assert part.state is PartState.PENDING


def suggesting(**changes: object) -> Task:
    """Give a task of which a department wants something changed, while opinions are asked for."""
    made = in_state(TaskState.CONSULTING)
    made.give_opinion(FARM, Opinion(participates=True, by="u-2", at=MOMENT, **changes))  # type: ignore[arg-type]
    return made


def answer(made: Task, text: str = "", *, adopted: bool = True) -> None:
    """Answer what the department suggests."""
    made.answer_opinion(FARM, adopted=adopted, text=text, by="u-1", at=MOMENT)


def test_what_is_suggested_is_answered_before_opinions_are_confirmed() -> None:
    """An opinion that wants nothing changed needs no answer, any other one needs it, once."""
    made = suggesting(changes="推迟一周")
    with pytest.raises(TaskRefused) as refusal:
        made.end_consultation(at=MOMENT + timedelta(days=1))
    assert codes(refusal) == ["tasks.opinion_unanswered"]
    with pytest.raises(PartRefused) as silent:
        answer(made, " ", adopted=False)
    assert codes(silent) == ["tasks.field_empty"]
    answer(made, "已列入年度计划", adopted=False)
    with pytest.raises(PartRefused) as again:
        answer(made)
    assert codes(again) == ["tasks.opinion_is_not_adopted"]
    made.end_consultation(at=MOMENT)
    for plain in (suggesting(), in_state(TaskState.CONSULTING)):
        with pytest.raises(PartRefused) as nothing:
            answer(plain)
        assert codes(nothing) == ["tasks.opinion_suggests_nothing"]


def test_who_gave_or_adopted_an_opinion_does_not_approve() -> None:
    """The head adopted that a firm is visited besides the draw, and allowed it too."""
    made = suggesting(subjects_to_add=("s-9",))
    answer(made)
    made.admit_visits(["s-9"], by="u-3")
    for by in ("u-1", "u-2"):
        with pytest.raises(TaskRefused) as refusal:
            made.approve(visits=1, by=by, at=MOMENT)
        assert codes(refusal) == ["tasks.approver_adopted"]
    made.approve(visits=1, by="head-1", at=MOMENT)


def test_who_did_not_adopt_an_opinion_may_approve() -> None:
    """What the lead declined proposes nothing."""
    made = suggesting(subjects_to_add=("s-9",))
    answer(made, "不在范围内", adopted=False)
    made.admit_visits(["s-9"], by="u-3")
    made.approve(visits=1, by="u-1", at=MOMENT)


def test_a_later_opinion_waits_for_its_own_answer() -> None:
    """What is said anew is answered anew."""
    made = suggesting(changes="推迟一周")
    answer(made, "不能推迟", adopted=False)
    made.give_opinion(FARM, opinion(changes="增加冷链"))
    with pytest.raises(TaskRefused) as refusal:
        made.end_consultation(at=MOMENT)
    assert codes(refusal) == ["tasks.opinion_unanswered"]


def test_adopted_matters_change_the_task() -> None:
    """They come and go as suggested, none twice, and what was approved without them lapses."""
    made = suggesting(matters_to_add=("matter-2", "matter-3"), matters_to_drop=("matter-1",))
    answer(made)
    assert made.sheet.matters == ("matter-2", "matter-3")
    assert made.approval is None
    kept = suggesting(matters_to_add=("matter-1",))
    answer(kept)
    assert kept.sheet.matters == ("matter-1",)
    assert kept.approval is not None
    refused = suggesting(matters_to_add=("matter-2",))
    answer(refused, "不属于本次范围", adopted=False)
    assert refused.sheet.matters == ("matter-1",)


def test_adopted_subjects_and_officers_get_a_visit_before_dispatch() -> None:
    """What is adopted is carried out, or the task does not go out; nothing else is asked."""
    made = suggesting(subjects_to_add=("s-1",), officers_to_add=("o-1",))
    answer(made)
    assert [(one.subject, one.officers) for one in made.orders] == [("s-1", ("o-1",))]
    made.end_consultation(at=MOMENT)
    with pytest.raises(TaskNotDispatchable) as refusal:
        send(made)
    assert codes(refusal) == ["tasks.adopted_subject_unvisited", "tasks.adopted_officer_unsent"]
    send(made, heeded=frozenset({"s-1", "o-1"}))
    turned_down = suggesting(subjects_to_add=("s-1",), officers_to_add=("o-1",))
    answer(turned_down, "不属于本次范围", adopted=False)
    assert turned_down.orders == ()
    turned_down.end_consultation(at=MOMENT)
    send(turned_down)


def test_who_has_a_visit_is_not_proposed_for_one_again() -> None:
    """生成检查 offers what adopted opinions ask for, until it is set up."""
    made = suggesting(subjects_to_add=("s-1", "s-2"))
    answer(made)
    made.admit_visits(["s-1", "s-9"])
    assert [one.subject for one in made.orders] == ["s-2"]


def test_a_subject_is_visited_once_in_a_task() -> None:
    """一业一查: each subject that has a visit is named with its number, and nothing changes."""
    made = drafted()
    before = to_plain(made)
    with pytest.raises(TaskRefused) as refusal:
        made.admit_visits(["s-1", "s-2", "s-3"], visited={"s-3": "RW-1-00001", "s-1": "RW-1-00002"})
    assert list(refusal.value.reasons) == [
        Violation(
            "tasks.subject_visited", f"orders[{at}].subject", {"subject": one, "number": number}
        )
        for at, one, number in ((0, "s-1", "RW-1-00002"), (2, "s-3", "RW-1-00001"))
    ]
    assert to_plain(made) == before
    made.admit_visits(["s-2"])
    assert made.approval is None


def test_dispatch_tells_everything_that_is_missing() -> None:
    """No matter, no approval, no visit, a period past and a claim day past: all at once."""
    made = Task.create(id="task-1", sheet=task_sheet(matters=()), at=MOMENT)
    made.skip_consultation()
    late = datetime(2026, 5, 29, 16, 0, tzinfo=UTC)
    with pytest.raises(TaskNotDispatchable) as refusal:
        send(made, visits=0, claim_due=date(2026, 5, 29), urgent_because=" ", at=late)
    assert codes(refusal) == [
        "tasks.matters_missing",
        "tasks.approval_missing",
        "tasks.no_visits",
        "tasks.period_over",
        "tasks.due_day_past",
    ]


def test_dispatch_on_the_last_day_is_in_time() -> None:
    """The last day of the period and of claiming still counts."""
    made = ready()
    send(made, claim_due=date(2026, 5, 29), at=datetime(2026, 5, 29, 15, 59, tzinfo=UTC))
    assert made.state is TaskState.DISPATCHED


def test_an_unpublished_matter_is_not_inspected() -> None:
    """Test a of the facts: a task with a matter that is not published is refused (54号文)."""
    made = ready()
    with pytest.raises(TaskNotDispatchable) as refusal:
        send(made, published=frozenset({"matter-9"}))
    assert codes(refusal) == ["plans.matter_unpublished"]


def test_an_urgent_task_goes_out_before_approval_but_is_not_closed_without() -> None:
    """Urgent checks are approved afterwards: dispatch for a reason, closing only when allowed."""
    made = Task.create(id="task-1", sheet=task_sheet(joining=()), at=MOMENT)
    made.skip_consultation()
    with pytest.raises(TaskNotDispatchable) as refusal:
        send(made, urgent_because="证据可能灭失")
    assert codes(refusal) == ["tasks.urgent_without_clue"]
    made.admit_visits(["s-1"], grounds=[VisitGround.CLUE])
    send(made, urgent_because="证据可能灭失", approval_due=TODAY)
    assert (made.urgent_because, made.approval_due) == ("证据可能灭失", TODAY)
    made.claim(department=LEAD, by="u-1", at=MOMENT)
    close_part(made, LEAD)
    with pytest.raises(TaskNotClosable) as unapproved:
        made.close(at=MOMENT)
    assert codes(unapproved) == ["tasks.approval_missing"]
    made.approve(visits=1, by="head-1", at=MOMENT + timedelta(days=1))
    assert made.approval is not None
    assert made.approval.late
    made.close(at=MOMENT)


def test_a_draw_is_never_urgent() -> None:
    """Finding 6: 紧急 skipped the approval by a text. One visit that was chosen is enough."""
    made = ready()
    made.admit_visits(["s-1"], grounds=[VisitGround.CLUE])
    made.admit_visits(["s-2"], grounds=[VisitGround.PICK])
    with pytest.raises(TaskNotDispatchable) as refusal:
        send(made, urgent_because="急")
    assert codes(refusal) == ["tasks.urgent_without_clue"]


def test_who_was_drawn_is_visited_or_the_task_stays() -> None:
    """Finding 6: dispatch wanted one visit; of 98 drawn none was visited."""
    made = ready()
    for outcome, said in (
        (DrawOutcome(drawn=98, undrawn=1, unvisited=("甲企业", "乙企业")), "tasks.drawn_unvisited"),
        (DrawOutcome(finished=False), "tasks.draw_unfinished"),
        (DrawOutcome(digest="ab"), "tasks.drawn_since_approved"),
    ):
        with pytest.raises(TaskNotDispatchable) as refusal:
            send(made, outcome=outcome)
        assert codes(refusal) == [said]
    made.change(task_sheet())
    made.approve(visits=1, selection="ab", by="head-1", at=MOMENT)
    send(made, outcome=DrawOutcome(digest="ab"))


def test_who_approves_has_neither_proposed_nor_judged() -> None:
    """Finding 10: one person with two roles approved himself. Nor does anybody approve nothing."""
    made = Task.create(id="task-1", sheet=task_sheet(), at=MOMENT)
    made.admit_visits(["s-1"], grounds=[VisitGround.CLUE], judges=["u-judge"], by="u-1")
    for visits, by, said in (
        (0, "head-1", "tasks.no_visits"), (1, "u-1", "tasks.approver_proposed"),
        (1, "u-judge", "tasks.approver_judged_clue"),
    ):  # fmt: skip
        with pytest.raises(TaskRefused) as refusal:
            made.approve(visits=visits, by=by, at=MOMENT)
        assert codes(refusal) == [said]
    made.approve(visits=1, by="head-1", at=MOMENT)


def test_a_third_party_engaged_after_the_approval_ends_it() -> None:
    """Finding 10: what the head allowed is what was on the paper then."""
    made = drafted()
    made.engage_third_party(institution="institution-1", duty="抽样", headcount=1)
    assert made.approval is None


def test_what_is_sent_back_is_resubmitted_before_it_is_approved() -> None:
    """Finding 6: a leader could not send back."""
    made = drafted()
    with pytest.raises(TaskRefused) as refusal:
        made.send_back(reason=" ", by="head-1", at=MOMENT)
    assert codes(refusal) == ["tasks.field_empty"]
    made.send_back(reason="抽中的未列入", by="head-1", at=MOMENT)
    assert made.approval is None
    for verb in ("send_back", "approve"):
        with pytest.raises(TaskRefused) as refusal:
            VERBS[verb](made)
        assert codes(refusal) == ["tasks.task_sent_back"]
    made.resubmit(answer="已列入", at=MOMENT)
    assert [one.answer for one in made.sent_back] == ["已列入"]
    with pytest.raises(TaskRefused) as refusal:
        made.resubmit(answer="已列入", at=MOMENT)
    assert codes(refusal) == ["tasks.not_sent_back"]
    made.approve(visits=1, by="head-1", at=MOMENT)


def test_an_approved_task_is_not_urgent() -> None:
    """A reason given beside an approval is not kept."""
    made = ready()
    send(made, urgent_because="证据可能灭失")
    assert made.urgent_because == ""
    assert made.claim_due == CLAIM_DUE


def test_claiming_starts_the_task() -> None:
    """The first claim starts it; who, when and that it happened are kept."""
    made = dispatched()
    made.take_events()
    made.claim(department=FARM, by="u-2", at=MOMENT)
    part = made.part(FARM)
    assert part is not None
    assert (part.state, part.claimed_by, part.claimed_at) == (PartState.CLAIMED, "u-2", MOMENT)
    assert made.state is TaskState.IN_PROGRESS
    assert made.take_events() == (events.PartClaimed(at=MOMENT, task="task-1", department=FARM),)
    lead = made.part(LEAD)
    assert lead is not None
    assert lead.state is PartState.PENDING


def test_only_its_own_part_is_claimed_and_only_once() -> None:
    """A stranger has nothing to claim, and a claimed part is claimed."""
    made = dispatched()
    with pytest.raises(PartRefused) as refusal:
        made.claim(department="stranger", by="u-9", at=MOMENT)
    assert codes(refusal) == ["tasks.part_unknown"]
    made.claim(department=FARM, by="u-2", at=MOMENT)
    with pytest.raises(PartRefused) as refusal:
        made.claim(department=FARM, by="u-3", at=MOMENT)
    assert codes(refusal) == ["tasks.part_is_claimed"]


def test_a_part_closes_with_nothing_open() -> None:
    """Open visits and open rectifications both hinder closing a part."""
    made = in_state(TaskState.IN_PROGRESS)
    with pytest.raises(PartRefused) as refusal:
        close_part(made, FARM, visits=2, rectifications=1)
    assert [(each.code, each.data["count"]) for each in refusal.value.violations] == [
        ("tasks.visits_open", 2),
        ("tasks.rectifications_open", 1),
    ]
    made.take_events()
    close_part(made, FARM)
    part = made.part(FARM)
    assert part is not None
    assert (part.state, part.closed_by, part.closed_at) == (PartState.CLOSED, "u-1", MOMENT)
    assert made.take_events() == (events.PartClosed(at=MOMENT, task="task-1", department=FARM),)


def test_an_unclaimed_part_is_not_closed() -> None:
    """Claim first, close then."""
    made = dispatched()
    made.claim(department=LEAD, by="u-1", at=MOMENT)
    with pytest.raises(PartRefused) as refusal:
        close_part(made, FARM)
    assert codes(refusal) == ["tasks.part_is_pending"]
    close_part(made, LEAD)
    with pytest.raises(PartRefused) as refusal:
        close_part(made, LEAD)
    assert codes(refusal) == ["tasks.part_is_closed"]


def test_the_whole_closes_after_its_parts() -> None:
    """Each open part is named."""
    made = in_state(TaskState.IN_PROGRESS)
    close_part(made, LEAD)
    with pytest.raises(TaskNotClosable) as refusal:
        made.close(at=MOMENT)
    assert codes(refusal) == ["tasks.part_open"]
    assert refusal.value.violations[0].data == {"department": FARM}


def test_the_end_of_a_task_is_told() -> None:
    """Closing, archiving and publishing each record their fact."""
    made = in_state(TaskState.PUBLISHED)
    assert made.take_events()[-3:] == (
        events.TaskClosed(at=MOMENT, task="task-1"),
        events.TaskArchived(at=MOMENT, task="task-1", manifest="ab" * 32),
        events.TaskPublished(at=MOMENT, task="task-1"),
    )
    assert made.manifest == "ab" * 32


@pytest.mark.function("F111")
def test_archiving_needs_a_manifest_and_publishing_all_results() -> None:
    """No manifest, no archive; a result nobody decided on, no publication."""
    made = in_state(TaskState.CLOSED)
    with pytest.raises(TaskNotClosable) as refusal:
        made.archive(manifest="", at=MOMENT)
    assert codes(refusal) == ["tasks.field_empty"]
    made = in_state(TaskState.ARCHIVED)
    with pytest.raises(TaskNotClosable) as refusal:
        made.publish(results_due=3, at=MOMENT)
    assert codes(refusal) == ["tasks.results_due"]
    assert refusal.value.violations[0].data == {"count": 3}


def test_deleting_needs_a_reason() -> None:
    """A task is not given up without words."""
    made = drafted()
    with pytest.raises(TaskRefused) as refusal:
        made.delete(reason="", at=MOMENT)
    assert codes(refusal) == ["tasks.field_empty"]
    made.delete(reason="重复", at=MOMENT)
    assert made.deleted_because == "重复"
    assert made.take_events()[-1] == events.TaskDeleted(at=MOMENT, task="task-1", reason="重复")


@pytest.mark.function("F108")
def test_third_parties_are_engaged_with_a_number_of_people() -> None:
    """Institution, duty and headcount are fixed before the check, once for each institution."""
    made = drafted()
    with pytest.raises(TaskRefused) as refusal:
        made.engage_third_party(institution="", duty=" ", headcount=0)
    assert [(each.code, each.at) for each in refusal.value.violations] == [
        ("tasks.field_empty", "institution"),
        ("tasks.field_empty", "duty"),
        ("tasks.headcount_missing", "headcount"),
    ]
    made.engage_third_party(institution="institution-1", duty="抽样", headcount=1)
    with pytest.raises(TaskRefused) as refusal:
        made.engage_third_party(institution="institution-1", duty="抽样", headcount=1)
    assert codes(refusal) == ["tasks.third_party_twice"]


@pytest.mark.function("F108")
def test_an_institution_names_no_more_people_than_agreed() -> None:
    """The headcount binds; nobody twice, nobody at all, and strangers are refused."""
    made = dispatched()
    with pytest.raises(PartRefused) as refusal:
        made.name_assistants(institution="institution-1", people=("a", "a"))
    assert codes(refusal) == ["tasks.too_many_assistants", "tasks.assistant_twice"]
    with pytest.raises(PartRefused) as refusal:
        made.name_assistants(institution="stranger", people=())
    assert codes(refusal) == ["tasks.third_party_unknown", "tasks.field_empty"]
    made.name_assistants(institution="institution-1", people=("a",))
    assert made.third_parties[0].assistants == ("a",)


@pytest.mark.function("F144")
def test_assistance_is_claimed_once() -> None:
    """One person of the institution takes it up."""
    made = dispatched()
    made.claim_assistance(institution="institution-1", by="helper-1", at=MOMENT)
    assert made.third_parties[0].claimed_by == "helper-1"
    with pytest.raises(PartRefused) as refusal:
        made.claim_assistance(institution="institution-1", by="helper-1", at=MOMENT)
    assert codes(refusal) == ["tasks.assistance_is_claimed"]
    with pytest.raises(PartRefused) as refusal:
        made.claim_assistance(institution="stranger", by="helper-1", at=MOMENT)
    assert codes(refusal) == ["tasks.third_party_unknown"]


@pytest.mark.function("F116")
def test_urging_presses_who_is_late_and_is_answered_once() -> None:
    """督办 goes to an open part with words; its department answers it once."""
    made = in_state(TaskState.IN_PROGRESS)
    close_part(made, LEAD)
    with pytest.raises(PartRefused) as refusal:
        made.urge(urging="urging-1", department=LEAD, text="", by="u-1", at=MOMENT)
    assert codes(refusal) == ["tasks.part_is_closed", "tasks.field_empty"]
    made.take_events()
    made.urge(urging="urging-1", department=FARM, text="请反馈", by="u-1", at=MOMENT)
    assert made.take_events() == (
        events.PartUrged(at=MOMENT, task="task-1", department=FARM, urging="urging-1"),
    )
    with pytest.raises(PartRefused) as refusal:
        made.answer_urging(urging="urging-1", department=LEAD, text="", at=MOMENT)
    assert codes(refusal) == ["tasks.field_empty", "tasks.urging_unknown"]
    made.answer_urging(urging="urging-1", department=FARM, text="今日完成", at=MOMENT)
    with pytest.raises(PartRefused) as refusal:
        made.answer_urging(urging="urging-1", department=FARM, text="再答", at=MOMENT)
    assert codes(refusal) == ["tasks.urging_is_answered"]
    assert [(each.answer, each.answered_at) for each in made.urgings] == [("今日完成", MOMENT)]


@pytest.mark.function("F116")
def test_a_part_not_claimed_in_time_is_warned_of() -> None:
    """认领超期 begins the day after the last day, for unclaimed parts only."""
    made = dispatched()
    made.claim(department=LEAD, by="u-1", at=MOMENT)
    assert task_warnings(made, CLAIM_DUE) == ()
    assert task_warnings(made, CLAIM_DUE + timedelta(days=2)) == (
        LateWarning(
            kind=WarningKind.CLAIM_OVERDUE,
            task="task-1",
            target="task-1",
            departments=(FARM,),
            due_on=CLAIM_DUE,
            days=2,
        ),
    )


@pytest.mark.parametrize("state", [TaskState.READY, TaskState.CLOSED])
def test_a_task_not_running_is_not_late(state: TaskState) -> None:
    """Before dispatch and after closing nothing waits to be claimed."""
    assert task_warnings(in_state(state), date(2030, 1, 1)) == ()


def test_a_task_survives_as_plain_data() -> None:
    """Every field of a filled task comes back from plain data."""
    made = task("task-1")
    back = from_plain(Task, to_plain(made))
    assert (back.sheet, back.parts, back.third_parties) == (
        made.sheet,
        made.parts,
        made.third_parties,
    )
    assert to_plain(back) == to_plain(made)


class TaskLife(RuleBasedStateMachine):
    """Any verbs in any order: what must hold of a task holds."""

    def __init__(self) -> None:
        """Begin with a draft of any number of departments."""
        super().__init__()
        self.task = Task.create(id="task-1", sheet=task_sheet(), at=MOMENT)
        self.visits: list[str] = []

    @rule(verb=st.sampled_from(sorted(VERBS)), department=st.sampled_from((LEAD, FARM)))
    def act(self, verb: str, department: str) -> None:
        """Try a verb; a refusal leaves everything as it was."""
        before = to_plain(self.task)
        try:
            if verb == "claim":
                self.task.claim(department=department, by="u-1", at=MOMENT)
            elif verb == "close_part":
                close_part(self.task, department)
            elif verb != "delete":
                VERBS[verb](self.task)
        except Refused:
            assert to_plain(self.task) == before

    @rule(subjects=st.sets(st.sampled_from(("s-1", "s-2", "s-3")), min_size=1))
    def open_visits(self, subjects: set[str]) -> None:
        """Try to set up visits; the task is told which subjects have one."""
        before, wanted = to_plain(self.task), sorted(subjects)
        visited = {one: f"RW-1-{at}" for at, one in enumerate(self.visits) if one in subjects}
        try:
            self.task.admit_visits(wanted, visited=visited)
        except TaskRefused:
            assert to_plain(self.task) == before
        else:
            self.visits += wanted

    @invariant()
    def holds(self) -> None:
        """Nothing is closed before its parts, nor published before it is archived.

        No subject is visited twice.
        """
        assert len(set(self.visits)) == len(self.visits)
        parts = {part.state for part in self.task.parts}
        if self.task.state in (TaskState.CLOSED, TaskState.ARCHIVED, TaskState.PUBLISHED):
            assert parts <= {PartState.CLOSED, PartState.DECLINED}
            assert self.task.approval is not None
        if self.task.state in (TaskState.ARCHIVED, TaskState.PUBLISHED):
            assert self.task.manifest
        if self.task.state in (
            TaskState.DRAFTED,
            TaskState.CONSULTING,
            TaskState.READY,
            TaskState.DISPATCHED,
        ):
            assert not parts & {PartState.CLAIMED, PartState.CLOSED}
        if self.task.state in (TaskState.DISPATCHED, TaskState.IN_PROGRESS):
            assert self.task.claim_due == CLAIM_DUE


TestTaskLife = TaskLife.TestCase
TestTaskLife.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)


@pytest.mark.function("F112")
@given(
    candidates=st.sets(st.text("abcdef0123", min_size=1, max_size=8), max_size=40),
    share=st.integers(1, 100),
    seed=st.text("0123456789abcdef", min_size=1, max_size=32),
)
def test_a_review_draw_is_found_again_by_anyone(
    candidates: set[str], share: int, seed: str
) -> None:
    """The share, rounded up, whatever the order of candidates; a larger share adds to a smaller."""
    picks = drawn(candidates, seed=seed, share=share)
    assert picks == drawn(sorted(candidates, reverse=True), seed=seed, share=share)
    assert len(picks) == -(-len(candidates) * share // 100)
    assert len(set(picks)) == len(picks)
    assert set(picks) <= candidates
    assert drawn(candidates, seed=seed, share=100)[: len(picks)] == picks


def test_a_review_draw_needs_visits_and_a_share() -> None:
    """复核抽取: nothing is drawn of nothing, nor by a share that is none."""
    made = in_state(TaskState.IN_PROGRESS)
    with pytest.raises(TaskRefused) as refusal:
        made.draw_reviews(review_draw(candidates=(), share=0), lambda _: pytest.fail("drawn"))
    assert codes(refusal) == ["tasks.review_share", "tasks.nothing_to_review"]
    with pytest.raises(TaskRefused) as refusal:
        made.decide_results(results_due=0)
    assert codes(refusal) == ["tasks.no_results_due"]
    made.draw_reviews(review_draw(), lambda one: one.seeded(leaf_at(3)))
    (kept,) = made.review_draws
    assert kept.picks == drawn(("v1", "v2", "v3", "v4"), seed=kept.seed, share=50)
    assert kept.holds


def test_a_visit_stands_in_one_list_for_reviews() -> None:
    """No second lot is cast for whom the first did not pick: not by another share, nor officer."""
    made = in_state(TaskState.IN_PROGRESS)
    made.draw_reviews(review_draw(), lambda one: one.seeded(leaf_at(3)))
    second = review_draw(candidates=("v4", "v5"), share=90)
    with pytest.raises(TaskRefused) as refusal:
        made.draw_reviews(second, lambda _: pytest.fail("drawn"))
    assert codes(refusal) == ["tasks.review_listed_before"]
    made.draw_reviews(review_draw(candidates=("v5",)), lambda one: one.seeded(leaf_at(4)))
    assert made.listed_for_review == {"v1", "v2", "v3", "v4", "v5"}


@pytest.mark.parametrize(
    "changes",
    [
        {"share": 51}, {"candidates": ("v1", "v2", "v3")}, {"reviewers": ("officer-2",)},
        {"leaf": leaf_at(4)}, {"leaf": leaf_at(3, b"another tree")}, {"seed": sm3(b"").hex()},
        {"leaf": None},
    ],
)  # fmt: skip
def test_a_review_draw_of_another_list_or_leaf_does_not_hold(changes: dict[str, Any]) -> None:
    """SM3(value 0x04 SM3(list)): whatever is changed afterwards is found out."""
    kept = review_draw().seeded(leaf_at(3))
    assert kept.leaf is not None
    assert kept.leaf.value is not None
    assert kept.seed == sm3(kept.leaf.value + b"\x04" + kept.listed).hex()
    assert kept.holds
    assert not evolve(kept, **changes).holds
