"""Nobody moves a firm unseen: an assessor attacks what grades it before the pool is frozen."""

from datetime import date, timedelta
from typing import Any

from attrs import evolve

from supervision_core.assessment.model import Cycle, Kind, LifeState
from supervision_core.assessment.ports import CreditModels, RiskModels
from supervision_core.assessment.services.models import SwitchModel, disable_model
from supervision_core.checklists.ports import Checklists
from supervision_core.checklists.services import NameChecklist, publish_checklist
from supervision_core.draws.services import ClearDraw, clear_draw
from supervision_core.grading.current import current_id
from supervision_core.grading.ports import CurrentGrades, GradingRules
from supervision_core.identity.model import Actor, DataScope
from supervision_core.scenes.model import SceneResources, TagUse
from supervision_core.scenes.ports import Scenes
from supervision_core.subjects.intake import SubjectEntry
from supervision_core.subjects.model import Tag
from supervision_core.subjects.ports import Subjects, Tags
from supervision_core.subjects.services import (
    AddTagRule,
    ClassifySubjects,
    ImportSubjects,
    TagSubject,
    add_tag_rule,
    classify_subjects,
    import_subjects,
    tag_subject,
)
from supervision_core.tasks.model.grounds import VisitGround
from supervision_core.tasks.model.sheet import ChecklistUsed, TaskKind
from supervision_core.tasks.services.visits import OpenVisits, open_visits
from supervision_core.testing.checklists import EDITOR, full_checklist_content
from supervision_core.testing.models import full_current_grade, full_risk_model

from .test_conduct_of_draws import (
    FIRMS,
    TODAY,
    _acts,
    _automatic,
    _departures,
    _frozen,
    _grade,
    _inspect,
    _pool,
    _shown,
    _task,
    graded,
)
from .test_cycle import _goes_out, _order, _World, actor_of, transactions, world
from .test_grounds import drawn_for

__all__ = ["graded", "transactions", "world"]

NEXT = date(2026, 5, 1)
"""The first day of the cycle after that of ``TODAY``."""


def _keeper(*permissions: str, user: str = "lead-0") -> Actor:
    """Give whoever keeps the register or models of the whole region."""
    return evolve(
        actor_of(user), scope=DataScope(region="450000"), permissions=frozenset(permissions)
    )


def _monthly(world: _World) -> date:
    """Let the scene evaluate every month; give the first day of the running one."""
    _automatic(world)
    with world.commands.transactions.begin() as unit:
        model: Any = unit[CreditModels].get("credit-1")
        model.cycle = Cycle.MONTH
        unit[CreditModels].save(model)
        unit.commit()
    return date(2026, 4, 1)


def _by_tag(world: _World) -> None:
    """Let the scene inspect whoever carries a tag, as both firms do."""
    with world.commands.transactions.begin() as unit:
        unit[Tags].save(Tag(id="tag-1", name="重点", region="450000", department=""))
        scene: Any = unit[Scenes].get("scene-dairy")
        scene._resources = SceneResources(tags=(TagUse(tag="tag-1"),))
        unit[Scenes].save(scene)
        for one in FIRMS:
            subject = unit[Subjects].get(one)
            subject.tag(frozenset({"tag-1"}))
            unit[Subjects].save(subject)
        unit.commit()


def _tags(world: _World, subject: str, **changes: Any) -> None:
    command = TagSubject(subject_id=subject, reason="核实", **changes)
    world.commands.run(tag_subject, command, actor=_keeper("subjects.*"))


def test_who_was_kept_out_of_the_calendars_run_is_listed(graded: _World) -> None:
    """Untagged while the calendar grades and tagged again: the old grade stands, and is seen.

    So at a first draw too, with who did it.
    """
    tag = frozenset({"tag-1"})
    begun = _monthly(graded)
    _by_tag(graded)
    _grade(graded, begun, subject_1=1, subject_2=1)
    first = _frozen(graded, _task(graded, "RW-1"))
    assert first.pool_changes == {}
    graded.clock.moment += timedelta(days=1)
    _tags(graded, "subject-2", take=tag)
    graded.clock.moment += timedelta(days=29)
    _grade(graded, NEXT, subject_1=1)
    _tags(graded, "subject-2", put=tag)
    graded.clock.moment += timedelta(hours=1)
    second = _frozen(graded, task := _task(graded, "RW-2"))
    assert _pool(graded, second)[FIRMS["subject-2"]] == "1"
    assert second.pool_changes == {"stale": 1, "open_twins": 1}
    (one,) = _shown(graded, task).listed
    assert (one.subject, one.kinds) == ("subject-2", ("stale",))
    tagged = ("为监管对象打标签", "account-lead-0", ("标签",))
    assert _acts(one) == [tagged, tagged]
    assert "等级早于" in _departures(graded, task)["名单与上次抽取相比"]


def test_a_run_that_never_was_is_no_run(graded: _World) -> None:
    """Whoever keeps the calendar from running has every firm listed, at the first draw as well."""
    begun = _monthly(graded)
    _grade(graded, begun, subject_1=1, subject_2=2)
    graded.clock.moment += timedelta(days=30)
    draw = _frozen(graded, _task(graded, "RW-1"))
    assert draw.pool_changes == {"stale": 2}


def test_facts_entered_before_the_last_draw_stand_beside_whom_they_moved(graded: _World) -> None:
    """They move a firm at the calendar's next run: the draw after it says who entered them."""
    begun = _monthly(graded)
    _grade(graded, begun, subject_1=1, subject_2=1)
    with graded.commands.transactions.begin_reading() as unit:
        draft = unit[Subjects].get("subject-1").draft
    rows = (SubjectEntry(row=2, draft=draft, facts={"penalties_3y": 9}),)
    command = ImportSubjects(entries=rows, source="执法局表格")
    graded.commands.run(import_subjects, command, actor=_keeper("subjects.*"))
    graded.clock.moment += timedelta(hours=1)
    assert _frozen(graded, _task(graded, "RW-1")).pool_changes == {}
    graded.clock.moment += timedelta(days=30)
    _grade(graded, NEXT, subject_1=2, subject_2=1)
    draw = _frozen(graded, task := _task(graded, "RW-2"))
    assert draw.pool_changes == {"moved": 1}
    (one,) = _shown(graded, task).listed
    assert _acts(one) == [("导入监管对象", "account-lead-0", ("近三年行政处罚次数",))]


def test_models_of_the_rule_are_watched_that_the_scene_does_not_name(graded: _World) -> None:
    """A grading rule crosses its own models: what is done with these since is listed."""
    _grade(graded, TODAY, subject_1=1, subject_2=1)
    with graded.commands.transactions.begin() as unit:
        risk: Any = full_risk_model("r-1")
        risk._state = LifeState.ENABLED
        unit[RiskModels].save(risk)
        rule = unit[GradingRules].get("rule-1")
        scene = unit[Scenes].get("scene-dairy")
        unit.commit()
    assert rule.risk_model == "r-1"
    assert "r-1" not in {one.model for one in scene.risk_models}
    _frozen(graded, _task(graded, "RW-1"))
    graded.clock.moment += timedelta(hours=1)
    switched = SwitchModel(model_id="r-1", kind=Kind.RISK)
    graded.commands.run(disable_model, switched, actor=_keeper("assessment.*"))
    draw = _frozen(graded, task := _task(graded, "RW-2"))
    assert draw.pool_changes == {"no_run": 2, "model_changed": 1, "open_twins": 1}
    acts = [_acts(one) for one in _shown(graded, task).listed if "model_changed" in one.kinds]
    assert acts == [[("停用评价模型", "account-lead-0", ())]]


def test_a_checklist_that_was_changed_is_listed(graded: _World) -> None:
    """What is asked is decided by the checklist: a version younger than the last draw is said."""
    _grade(graded, TODAY, subject_1=1, subject_2=1)
    _frozen(graded, _task(graded, "RW-1"))
    graded.clock.moment += timedelta(hours=1)
    editor = evolve(_keeper("checklists.*"), department="", scope=DataScope(region="450000"))
    with graded.commands.transactions.begin() as unit:
        found = unit[Checklists].get("checklist-1")
        found.revise(evolve(full_checklist_content(), note="四"), by=EDITOR)
        unit[Checklists].save(found)
        unit.commit()
    published = NameChecklist(checklist_id="checklist-1")
    graded.commands.run(publish_checklist, published, actor=editor)
    newer = ChecklistUsed(id="checklist-1", version=4)
    draw = _frozen(graded, task := _task(graded, "RW-2", checklist=newer))
    assert draw.pool_changes == {"no_run": 2, "checklist_changed": 1, "open_twins": 1}
    (one,) = (one for one in _shown(graded, task).listed if "checklist_changed" in one.kinds)
    assert _acts(one) == [("发布检查单", "account-lead-0", ())]


def test_whose_rule_tags_firms_is_listed(graded: _World) -> None:
    """A rule of an inspected tag lets a firm in: not only who tagged anew, who made the rule is."""
    _by_tag(graded)
    _grade(graded, TODAY, subject_1=1, subject_2=1)
    _tags(graded, "subject-2", take=frozenset({"tag-1"}))
    _frozen(graded, _task(graded, "RW-1"))
    graded.clock.moment += timedelta(hours=1)
    ruled = AddTagRule(tag_id="tag-1", words=("乳业",))
    graded.commands.run(add_tag_rule, ruled, actor=_keeper("subjects.*", user="lead-7"))
    anew = ClassifySubjects(subject_ids=("subject-2",))
    graded.commands.run(classify_subjects, anew, actor=_keeper("subjects.*"))
    draw = _frozen(graded, task := _task(graded, "RW-2"))
    assert draw.pool_changes == {"no_run": 2, "came_in": 1, "tag_changed": 1}
    (one,) = (one for one in _shown(graded, task).listed if "tag_changed" in one.kinds)
    assert (one.name, _acts(one)) == ("重点", [("新增打标规则", "account-lead-7", ())])


def test_a_cleared_draw_swallows_no_change(graded: _World) -> None:
    """Changes that a draw listed which was then cleared are shown to who approves the next one."""
    _grade(graded, TODAY, subject_1=1, subject_2=1)
    _frozen(graded, _task(graded, "RW-1"))
    graded.clock.moment += timedelta(hours=1)
    _inspect(graded, "subject-1")
    taken = _frozen(graded, _task(graded, "RW-2"))
    assert taken.pool_changes["went_out"] == 1
    clerk = evolve(actor_of("lead-0"), permissions=frozenset({"draws.*"}))
    graded.commands.run(clear_draw, ClearDraw(draw_id=taken.id, reason="有误"), actor=clerk)
    graded.clock.moment += timedelta(hours=1)
    _frozen(graded, task := _task(graded, "RW-3"))
    said = _departures(graded, task)["此前2026年第2次抽取"]
    assert said.startswith("已清空，理由：有误；其名单与再前一次相比：退出名单的对象（户）：1")


def test_a_grade_given_after_the_draw_caps_no_pick(graded: _World) -> None:
    """A firm drawn in a grade without a cap is visited, though somebody graded it anew since."""
    whole = {"kind": TaskKind.ROUTINE, "plan": "plan-whole", "sub_plan": "sub-1"}
    with graded.commands.transactions.begin() as unit:
        rule: Any = unit[GradingRules].get("rule-1")
        first, second = rule.versions[0].grades
        capped = evolve(rule.versions[0], grades=(first, evolve(second, yearly_cap=1)))
        rule._versions = (capped,)
        unit[GradingRules].save(rule)
        unit.commit()
    shield = _task(graded, "RW-1", **whole)
    planned = tuple(_order(one, ground=VisitGround.PLAN) for one in FIRMS)
    graded.run("lead-0", open_visits, OpenVisits(task_id=shield, orders=planned))
    _goes_out(graded, shield)
    task = _task(graded, "RW-2")
    drawn_for(graded, task, list(FIRMS.values()), 2)
    grade: Any = full_current_grade(current_id("rule-1", "subject-1"))
    object.__setattr__(grade, "rule", "rule-1")
    object.__setattr__(grade, "subject", "subject-1")
    grade._grade = 2
    with graded.commands.transactions.begin() as unit:
        unit[CurrentGrades].save(grade)
        unit.commit()
    pick = _order("subject-1", ground=VisitGround.PICK)
    graded.run("lead-0", open_visits, OpenVisits(task_id=task, orders=(pick,)))
