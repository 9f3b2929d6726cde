"""What is done with aggregates is declared once; guards, permissions and duties follow."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any

import pytest
from attrs import evolve

from entrypoints.catalogue import permission_titles
from entrypoints.registered import declared, lists
from supervision_core.assessment.model import ContentDraw, Kind, Opinion, Review, ReviewGroup
from supervision_core.assessment.model.standards import IndicatorAct, LevelStandard
from supervision_core.checklists.model import Editor
from supervision_core.draws.model.draw import Draw
from supervision_core.draws.model.rounds import NamedValue
from supervision_core.draws.model.selection import Action
from supervision_core.draws.model.staffing import Staffing
from supervision_core.kernel.errors import Refused
from supervision_core.kernel.todos import NO_TERM
from supervision_core.kernel.verbs import (
    RESPONSIBLE,
    Assignee,
    AssigneeKind,
    Responsible,
    Verb,
    Verbs,
    always,
    departments,
    parties,
    users,
)
from supervision_core.plans.model import PlanOpinion
from supervision_core.tasks.model.review import ReviewResult, ReviewState
from supervision_core.tasks.model.sheet import PartState, TaskState
from supervision_core.tasks.model.transfer import TransferState, TransferStep
from supervision_core.testing.checklists import full_checklist
from supervision_core.testing.content import full_article
from supervision_core.testing.draws import (
    CALENDAR,
    DUE,
    MOMENT,
    POOL,
    deposit,
    frozen_draw,
    opened_draw,
)
from supervision_core.testing.handbooks import full_handbook
from supervision_core.testing.models import (
    full_credit_model,
    full_definition,
    full_grading_rule,
    full_risk_model,
    full_round,
)
from supervision_core.testing.plans import plan, plan_sheet, sub_plan
from supervision_core.testing.scenes import full_scene
from supervision_core.testing.subjects import (
    full_data_change,
    full_registration_change,
    full_subject,
)
from supervision_core.testing.tasks import review, task, transfer

NOON = datetime(2026, 11, 26, 4, tzinfo=UTC)
TODAY = date(2026, 11, 26)
EDITOR = Editor(person="u-1", department="d-1", at=NOON)
LATER = TODAY + timedelta(days=5)
Attempts = dict[str, Callable[[Any], object]]

PLAN: Attempts = {
    "change": lambda one: one.change(
        sheet=plan_sheet(), sub_plans=(sub_plan(),), by="u", reason="调整", at=NOON
    ),
    "consult": lambda one: one.consult(until=LATER, by="u", at=NOON),
    "give_opinion": lambda one: one.give_opinion(
        PlanOpinion(department="dept-health", text="同意", by="u", at=NOON)
    ),
    "display": lambda one: one.display(until=LATER, published=frozenset({"matter-1"}), at=NOON),
    "object_to": lambda one: one.object_to(objection="o-9", department="d", reason="不妥", at=NOON),
    "answer": lambda one: one.answer(objection="o-9", accepted=True, text="同意"),
    "settle": lambda one: one.settle(at=NOON),
    "delete": lambda one: one.delete(reason="重复", at=NOON),
}
CHECKLIST: Attempts = {
    "revise": lambda one: one.revise(one.draft, by=EDITOR),
    "describe": lambda one: one.describe(one.head, by=EDITOR),
    "add_items": lambda one: one.add_items({}, by=EDITOR),
    "write_item": lambda one: one.write_item(one.draft.items[0], item="1.1", by=EDITOR),
    "remove_items": lambda one: one.remove_items((), by=EDITOR),
    "arrange_items": lambda one: one.arrange_items(("1.1", "2.1"), by=EDITOR),
    "group_items": lambda one: one.group_items((), domain="", by=EDITOR),
    "share": lambda one: one.share(by=EDITOR),
    "unshare": lambda one: one.unshare(by=EDITOR),
    "publish": lambda one: one.publish(by=EDITOR),
    "enable": lambda one: one.enable(by=EDITOR),
    "disable": lambda one: one.disable(by=EDITOR),
    "make_default": lambda one: one.make_default(by=EDITOR),
    "delete": lambda one: one.delete(by=EDITOR),
}
DEED: Any = {"at": NOON, "by": "u"}
HANDBOOK: Attempts = {
    "revise": lambda one: one.revise(one.basics, (), **DEED),
    "put_chapter": lambda one: one.put_chapter(one.draft.chapters[0], **DEED),
    "take_chapter": lambda one: one.take_chapter("c-9", **DEED),
    "put_element": lambda one: one.put_element(one.draft.elements[0], **DEED),
    "take_element": lambda one: one.take_element("e-1", **DEED),
    "publish": lambda one: one.publish(**DEED),
    "withdraw": lambda one: one.withdraw(**DEED),
    "disable": lambda one: one.disable(**DEED),
    "enable": lambda one: one.enable(**DEED),
    "delete": lambda one: one.delete(**DEED),
}
ARTICLE: Attempts = {
    "change": lambda one: one.change(one.content, one.files, **DEED),
    "submit": lambda one: one.submit(at=NOON),
    "approve": lambda one: one.approve(**DEED),
    "send_back": lambda one: one.send_back(opinion="标题不全", **DEED),
    "publish": lambda one: one.publish(at=NOON),
    "withdraw": lambda one: one.withdraw(reason="日期有误", at=NOON),
    "delete": lambda one: one.delete(at=NOON),
}
SCENE: Attempts = {
    "configure": lambda one: one.describe(one.basics),
    "use_checklists": lambda one: one.use_checklists(one.checklists),
    "assess_by": lambda one: one.grade_by(one.grading_rule),
    "publish": lambda one: one.publish(at=NOON),
    "disable": lambda one: one.disable(at=NOON),
    "delete": lambda one: one.delete(),
}
MODEL: Attempts = {
    "redefine": lambda one: one.redefine(one.newest, at=NOON),
    "enable": lambda one: one.enable(at=NOON),
    "disable": lambda one: one.disable(at=NOON),
    "delete": lambda one: one.delete(at=NOON),
}
ROUND: Attempts = {
    "publish": lambda one: one.publish(by=one.initiator, at=NOON),
    "edit": lambda one: one.edit(batch="二", subjects=("s",), by=one.initiator, at=NOON),
    "delete": lambda one: one.delete(by=one.initiator, at=NOON),
    "reopen": lambda one: one.reopen(by=one.initiator, at=NOON, note="重评"),
    "score": lambda one: one.score("s", next(iter(one.results.values())), by="u", at=NOON),
    "ask_reviewers": lambda one: one.ask_reviewers((), deadline=NOON, by="u", at=NOON),
    "review": lambda one: one.review(
        Review(reviewer="o", opinion=Opinion.NO_OBJECTION, text="", at=NOON)
    ),
    "complete": lambda one: one.complete(by="u", at=NOON),
}
EMPTY = Staffing(TODAY, (), ())
NAMED = NamedValue(name="彩", issue="1", day=date(2026, 3, 4))
DRAW: Attempts = {
    "deposit": lambda one: one.deposit("dept-late", b"\x05" * 32, b"sealed", at=MOMENT),
    "move_deadline": lambda one: one.move_deadline(
        due=DUE, reason="停电", by="u", at=MOMENT, calendar=CALENDAR
    ),
    "replace_outsider": lambda one: one.replace_outsider(NAMED, at=MOMENT),
    "consent": lambda one: one.consent(by="u", at=MOMENT),
    "close": lambda one: one.close(at=MOMENT),
    "enter_value": lambda one: one.enter_value("dept-farm", "1", at=MOMENT),
    "open": lambda one: one.open({}, one.leaf, at=MOMENT),
    "commit": lambda one: one.commit("dept-late", b"\x05" * 32, at=MOMENT),
    "reveal": lambda one: one.reveal("dept-late", b"\x05" * 32, at=MOMENT),
    "repeat_round": lambda one: one.repeat_round(due=MOMENT, at=MOMENT),
    "complete": lambda one: one.complete(POOL, at=MOMENT),
    "adjust": lambda one: one.adjust(Action.ADD, "firm-x", by="u", reason="举报", at=MOMENT),
    "assign_inspectors": lambda one: one.assign_inspectors(EMPTY, at=MOMENT),
    "recuse_inspector": lambda one: one.recuse_inspector(
        officer="o", subject="s", reason="近亲属", by="u", at=MOMENT
    ),
    "clear": lambda one: one.clear(by="u", reason="错抽", at=MOMENT),
}


def _opened() -> Draw:
    draw = frozen_draw()
    for one in draw.round.contributors:
        deposit(draw, one)
    return opened_draw(draw)


def _stepped(one: Any, state: str) -> None:
    one.step(TransferStep(state=TransferState(state), by="u", at=NOON, note="说明"))


GROUP = ReviewGroup(name="组", members=("o-1",), leader="o-1")
INDICATOR = full_definition(Kind.RISK).indicators[0]
STANDARDS = (
    LevelStandard(code="低", name="低", upper="50"),
    LevelStandard(code="高", name="高", lower="50"),
)
BASICS: Attempts = {
    "set_levels": lambda one: one.set_levels(STANDARDS, at=NOON),
    "set_categories": lambda one: one.set_categories(one.newest.categories, at=NOON),
    "add_indicator": lambda one: one.add_indicator(evolve(INDICATOR, code="fresh"), at=NOON),
    "change_indicator": lambda one: one.change_indicator(INDICATOR, at=NOON),
    "arrange_indicators": lambda one: one.arrange_indicators(
        ("fines",), IndicatorAct.COPY, at=NOON
    ),
    "appoint_review_group": lambda one: one.appoint_review_group(GROUP, at=NOON),
    "change_basics": lambda one: one.change_basics(
        cycle=one.cycle, object_type=one.object_type, reviewed=False, at=NOON
    ),
}
ATTEMPTS: dict[str, tuple[Callable[[], Any], Attempts]] = {
    "plan": (lambda: plan("plan-1"), PLAN),
    "checklist": (full_checklist, CHECKLIST),
    "handbook": (full_handbook, HANDBOOK),
    "article": (full_article, ARTICLE),
    "scene": (full_scene, SCENE),
    "risk_model": (lambda: full_risk_model("m-1"), MODEL | BASICS),
    "credit_model": (
        lambda: full_credit_model("m-1"),
        MODEL
        | BASICS
        | {
            "draw_by_credit": lambda one: one.draw_by_credit(
                drawn=True, content_draw=ContentDraw.BY_RATIO, at=NOON
            )
        },
    ),
    "grading_rule": (
        lambda: full_grading_rule("r-1"),
        MODEL
        | {
            "change_basics": lambda one: one.change_basics(
                name="规则", trade="dairy", scenes=("s-1",), description="", at=NOON
            ),
            "change_models": lambda one: one.change_models(
                risk_model="r-2", credit_model="c-2", at=NOON
            ),
            "choose_objects": lambda one: one.choose_objects(
                ("t-1",), risk=full_risk_model("r-2"), credit=full_credit_model("c-2"), at=NOON
            ),
        },
    ),
    "evaluation_round": (lambda: full_round("e-1"), ROUND),
    "data_change": (
        full_data_change,
        {
            "accept": lambda one: one.accept(by="u-1", at=NOON),
            "refuse": lambda one: one.refuse("与营业执照不一致", by="u-1", at=NOON),
        },
    ),
    "registration_change": (
        full_registration_change,
        {
            "confirm": lambda one: one.confirm(full_subject(), by="u-2", at=NOON),
            "refuse": lambda one: one.refuse("与文书不符", by="u-2", at=NOON),
        },
    ),
    "draw": (_opened, DRAW),
    "transfer": (
        lambda: transfer("t-1"),
        {
            one.value: lambda made, one=one: _stepped(made, one)
            for one in TransferState
            if one not in {TransferState.MARKED, TransferState.REPORTED}
        }
        | {"reported": lambda one: one.fill(one.sheet, by="u", at=NOON)},
    ),
    "review": (
        lambda: review("v-1"),
        {"record": lambda one: one.record(ReviewResult(by=one.officers[0], at=NOON, agrees=True))},
    ),
}


def _put(one: Any, state: StrEnum) -> None:
    """Put an aggregate into a state, whatever its verbs would say."""
    match state:
        case TransferState():
            one._steps = (TransferStep(state=state, by="u", at=NOON),)
        case ReviewState():
            one._result = one._result if state is ReviewState.RECORDED else None
        case _:
            one._state = state


def _cases() -> Iterator[Any]:
    for kind, (_, attempts) in ATTEMPTS.items():
        for verb in attempts:
            yield from (
                pytest.param(kind, verb, state, id=f"{kind}-{verb}-{state}")
                for state in declared()[kind].states
            )


@pytest.mark.parametrize(("kind", "verb", "state"), list(_cases()))
def test_a_state_forbids_what_is_not_declared(kind: str, verb: str, state: StrEnum) -> None:
    """A verb is refused for its state if, and only if, the declaration does not name that state."""
    make, attempts = ATTEMPTS[kind]
    one, verbs, codes = make(), declared()[kind], []
    _put(one, state)
    try:
        attempts[verb](one)
    except Refused as refusal:
        codes = [each.code for each in refusal.violations]
    forbidden = f"{verbs.context}.{verbs.noun}_is_{state}" in codes
    assert forbidden == (state not in verbs[verb].starts), codes
    if not codes:
        assert one.state in verbs[verb].leads | {state}


def test_every_declared_verb_is_attempted() -> None:
    """Nothing is declared that no guard was seen to hold; the rest is attempted in its context."""
    elsewhere = {"task", "visit", "rectification", "publication", "clue"}
    assert declared().keys() == ATTEMPTS.keys() | elsewhere
    for kind, (_, attempts) in ATTEMPTS.items():
        assert declared()[kind].by_name.keys() == attempts.keys(), kind


@pytest.mark.parametrize("kind", list(declared()))
def test_a_verb_has_a_permission_that_somebody_can_hold(kind: str) -> None:
    """Each verb is carried out by a use case, of which its permission is the name."""
    verbs = declared()[kind]
    known = permission_titles()
    assert [one.name for one in verbs.verbs if verbs.permission(one) not in known] == []


@pytest.mark.parametrize("kind", list(declared()))
def test_states_and_duties_have_titles(kind: str) -> None:
    """Every state that an aggregate can have is declared with its title, and so is every duty."""
    verbs = declared()[kind]
    for states in (verbs.states, *(one.states for one in verbs.parts)):
        assert set(states) == set(type(next(iter(states))).__members__.values())
        assert all(states.values())
    assert {one.by for one in verbs.verbs} <= RESPONSIBLE.keys()
    assert set(RESPONSIBLE) == set(Responsible)


def test_every_list_with_states_declares_its_verbs() -> None:
    """What lists show with a state says what is done with it, what registers keep aside.

    A warning comes and goes by itself; what is done about it are the urgings of its task. A served
    letter is sent by the worker, and opened by whoever has its link.
    """
    registers = {"check_item", "document_template", "tag", "category", "officer", "law"}
    registers |= {"proposal"}  # of changes to a register's entries
    registers |= {"export_request"}  # decided by a second person, once he has proved who he is
    stated = {one.port.kind for one in lists().values() if "state" in one.by_name}
    assert stated - registers - {"term_warning", "served_letter"} <= declared().keys()


def _told(*verbs: Verb) -> Verbs:
    return Verbs(
        context="tasks", noun="task", title="任务", states={TaskState.READY: "待分发"},
        assignees={Responsible.LEAD: None}, verbs=verbs,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("verb", "fault"),
    [
        (
            Verb(name="go", title="去", by=Responsible.HEAD, starts=TaskState.READY),
            "nobody's duty",
        ),
        (Verb(name="go", title="去", by=Responsible.LEAD, starts=()), "other states"),
        (
            Verb(name="go", title="去", by=Responsible.LEAD, starts=TaskState.CLOSED),
            "other states",
        ),
        (
            Verb(
                name="go", title="去", by=Responsible.LEAD, starts=TaskState.READY,
                part_starts=PartState.CLAIMED,
            ),
            "other parts",
        ),
        (
            Verb(name="go", title="去", by=Responsible.LEAD, starts=TaskState.READY, part="part"),
            "nothing with a part",
        ),
    ],
)  # fmt: skip
def test_a_verb_without_a_duty_is_no_verb(verb: Verb, fault: str) -> None:
    """A verb that is nobody's duty, or speaks of what is not there, is not taken."""
    with pytest.raises(TypeError, match=fault):
        _told(verb)


def test_duties_name_assignee_permission_and_term() -> None:
    """What is owed says who owes it, what it asks for, and by when."""
    made = Verbs(
        context="tasks", noun="task", title="任务",
        states={TaskState.READY: "待分发", TaskState.DISPATCHED: "待认领"},
        assignees={
            Responsible.LEAD: lambda _root, _part: departments("d-1", ""),
            Responsible.AUTHOR: lambda _root, _part: users(["u-1"]),
            Responsible.FIRM: lambda _root, _part: parties("f-1"),
        },
        verbs=(
            Verb(name="send", title="发", by=Responsible.LEAD, starts=TaskState.READY, owed=always),
            Verb(
                name="look", title="看", by=Responsible.AUTHOR, starts=TaskState.READY,
                owed=always, term="sheet.ends_on", permission="tasks.see",
            ),
            Verb(name="drop", title="弃", by=Responsible.FIRM, starts=TaskState.READY),
            Verb(name="take", title="取", by=Responsible.LEAD, starts=TaskState.DISPATCHED,
                 owed=always),
        ),
    )  # fmt: skip
    one = task("t-1")
    _put(one, TaskState.READY)
    found = {
        (each.verb, each.assignee, each.permission, each.due_on)
        for each in made.duties(one, "task")
    }
    office, author = departments("d-1"), users(["u-1"])
    assert found == {
        ("send", *office, "tasks.send", None),
        ("look", *author, "tasks.see", one.sheet.ends_on),
    }
    assert one.sheet.ends_on < NO_TERM
    acting = {Assignee(AssigneeKind.PARTY, "f-1"), Assignee(AssigneeKind.DEPARTMENT, "d-1")}
    allowed = made.allowed(one, lambda _, assigned: not assigned.isdisjoint(acting))
    assert [each.title for each in allowed] == ["发", "弃"]
