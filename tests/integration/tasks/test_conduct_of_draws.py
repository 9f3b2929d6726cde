"""Nobody chooses who is drawn: a lead department with all its roles attacks the draw of a task."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from attrs import evolve

from adapters.memory.audit import MemoryAuditQueries
from adapters.sql.frame.audit_questions import SqlAuditQueries
from entrypoints.registered import lists_of
from supervision_core.assessment.ports import CreditModels
from supervision_core.audit.model import AuditEntry, Outcome
from supervision_core.audit.ports import AuditLog
from supervision_core.checklists.ports import Checklists
from supervision_core.content.model import OpenDrawsAsked
from supervision_core.content.services.opening import OpenShelf
from supervision_core.draws.model.changes import PoolChange, counted, listed_changes
from supervision_core.draws.model.draw import (
    Draw,
    DrawNotAdjustable,
    DrawState,
    InspectorsNotAssignable,
)
from supervision_core.draws.model.selection import Action
from supervision_core.draws.model.series import series_id
from supervision_core.draws.model.sources import Mark
from supervision_core.draws.ports import Draws, Pools, SeriesOfDraws
from supervision_core.draws.services import (
    AdjustDraw,
    AssignInspectors,
    ClearDraw,
    adjust_draw,
    assign_inspectors,
    clear_draw,
)
from supervision_core.grading.ports import GradedSubjects, GradingRules, UnscheduledRuns
from supervision_core.grading.unscheduled import UnscheduledRun
from supervision_core.identity.model import DataScope
from supervision_core.identity.services import UseCase
from supervision_core.identity.services.registers import EntryNamed
from supervision_core.identity.services.registers import cases_of as register_cases
from supervision_core.kernel.errors import NotFound, Refused
from supervision_core.kernel.paging import PageRequest
from supervision_core.kernel.plain import from_plain, to_plain
from supervision_core.kernel.registers import Entries, Entry, EntryInvalid, RegisterVerb
from supervision_core.plans.model import Solicitation
from supervision_core.plans.ports import Plans
from supervision_core.plans.services import DraftPlan, draft_plan
from supervision_core.scenes.inspected import InspectedSubjects
from supervision_core.scenes.model import CreditModelUse, SceneResources, TagUse, TaskSettings
from supervision_core.scenes.ports import Scenes
from supervision_core.scenes.services import ConfigureScene, configure_scene
from supervision_core.subjects.facts import FACT_CATALOGUE
from supervision_core.subjects.intake import SubjectEntry
from supervision_core.subjects.model import (
    Identity,
    IdentityKind,
    Subject,
    SubjectKind,
    SubjectStatus,
    Tag,
)
from supervision_core.subjects.model.registration_change import (
    ProposedRegistration,
    RegistrationChange,
)
from supervision_core.subjects.ports import RegistrationChanges, Subjects, Tags
from supervision_core.subjects.registers import APPROVAL_FILES
from supervision_core.subjects.services import (
    CorrectSubject,
    ImportSubjects,
    TagSubject,
    correct_subject,
    import_subjects,
    tag_subject,
)
from supervision_core.subjects.services.registration import (
    NameRegistrationChange,
    confirm_registration_change,
)
from supervision_core.tasks.lists import TASKS
from supervision_core.tasks.model.drawing import GradeQuota
from supervision_core.tasks.model.grounds import VisitGround
from supervision_core.tasks.model.pooling import UNGRADED
from supervision_core.tasks.model.sheet import ChecklistUsed, GradingRuleUsed, TaskKind, TaskState
from supervision_core.tasks.ports import Tasks, Visits
from supervision_core.tasks.services.approving import ViewApprovalList, view_approval_list
from supervision_core.tasks.services.archiving import (
    ArchiveTask,
    ShowTaskFile,
    archive_task,
    view_manifest,
)
from supervision_core.tasks.services.drawing import (
    FreezeTaskDraw,
    freeze_task_draw,
    view_candidates,
)
from supervision_core.tasks.services.pool_showing import ViewPoolChanges, view_pool_changes
from supervision_core.tasks.services.pooling import GatherPool
from supervision_core.tasks.services.staffing import (
    OpenDrawnVisits,
    StaffDraw,
    ViewDrawOfficers,
    open_drawn_visits,
    staff_draw,
    view_draw_officers,
)
from supervision_core.tasks.services.tasks import (
    ChangeTask,
    CreateTask,
    DeleteTask,
    change_task,
    create_task,
    delete_task,
)
from supervision_core.tasks.services.visits import OpenVisits, open_visits
from supervision_core.testing.checklists import full_checklist
from supervision_core.testing.draws import completed_draw, staffing_for
from supervision_core.testing.grading import full_graded
from supervision_core.testing.models import full_grading_rule
from supervision_core.testing.plans import plan_sheet, sub_plan
from supervision_core.testing.scenes import full_scene
from supervision_core.testing.subjects import full_approval_file
from supervision_core.testing.tasks import FARM, ITEMS, LEAD, asking_checklist, task_sheet

from .test_cycle import (
    SUBJECTS,
    _goes_out,
    _order,
    _refused,
    _rests_on,
    _sheet,
    _steer,
    _World,
    actor_of,
    transactions,
    world,
)

__all__ = ["transactions", "world"]


def _drawn(world: _World) -> str:
    """Give a task of the market department, whose subjects are drawn."""
    task = world.run("lead-0", create_task, CreateTask(sheet=_sheet()))
    _rests_on(world, task, completed_draw("draw-1"))
    return task


def _farm_sheet(**changes: Any) -> Any:
    return _sheet(number="RW-FARM", lead=FARM, joining=(), **changes)


def test_nobody_sends_a_draw(world: _World) -> None:
    """What a task rests on is no part of a request, whether a program or a page sends it."""
    _drawn(world)
    sent: Any = to_plain(task_sheet(draw="draw-1"))
    with pytest.raises(Exception, match="draw"):
        from_plain(CreateTask, {"sheet": sent})
    made = world.run("farm-0", create_task, CreateTask(sheet=_farm_sheet(draw="draw-1")))
    changed = ChangeTask(task_id=made, sheet=_farm_sheet(draw="draw-1", name="改"))
    world.run("farm-0", change_task, changed)
    with world.commands.transactions.begin_reading() as unit:
        assert unit[Tasks].get(made).sheet.draw == ""


def test_a_draw_belongs_to_one_task(world: _World) -> None:
    """A task that names another's draw, as older releases let it, does nothing with that draw."""
    _drawn(world)
    mine = world.run("farm-0", create_task, CreateTask(sheet=_farm_sheet()))
    with world.commands.transactions.begin() as unit:
        root: Any = unit[Tasks].get(mine)
        root._sheet = evolve(root.sheet, draw="draw-1")
        unit[Tasks].save(root)
        unit.commit()
    attacks: list[tuple[UseCase[Any, Any], Any]] = [
        (staff_draw, StaffDraw(task_id=mine)),
        (open_drawn_visits, OpenDrawnVisits(task_id=mine)),
    ]
    for case, command in attacks:
        assert _refused(world, "farm-0", case, command) == ["tasks.draw_missing"]
    asked = ViewDrawOfficers(task_id=mine)
    with pytest.raises(Refused) as refusal:
        world.commands.ask(view_draw_officers, asked, actor=actor_of("farm-0"))
    assert [one.code for one in refusal.value.violations] == ["tasks.draw_missing"]


def test_nobody_brings_the_officers_of_a_task(world: _World) -> None:
    """Certificates, workloads and recusals of a client serve pools of one's own alone."""
    _drawn(world)
    with world.commands.transactions.begin_reading() as unit:
        selection = unit[Draws].get("draw-1").selection
    brought = AssignInspectors(draw_id="draw-1", staffing=staffing_for(selection))
    keeper = evolve(actor_of("lead-0"), permissions=frozenset({"draws.*"}))
    with pytest.raises(InspectorsNotAssignable) as refusal:
        world.commands.run(assign_inspectors, brought, actor=keeper)
    assert [one.code for one in refusal.value.violations] == ["draws.inspectors_of_task"]


def test_a_plan_of_others_is_not_used(world: _World) -> None:
    """A plan is used by the departments that take part in it, and no sub-plan is made up."""
    sheet = plan_sheet(attachments=(), joining=())
    drafted = DraftPlan(sheet=sheet, sub_plans=(sub_plan(joining=()),))
    plan = world.run("lead-0", draft_plan, drafted)
    with pytest.raises(NotFound):
        world.run("farm-0", create_task, CreateTask(sheet=_farm_sheet(plan=plan)))
    made_up = CreateTask(sheet=_sheet(plan=plan, sub_plan="none"))
    assert _refused(world, "lead-0", create_task, made_up) == ["tasks.sub_plan_unknown"]
    world.run("lead-0", create_task, CreateTask(sheet=_sheet(plan=plan, sub_plan=sub_plan().id)))


def test_what_a_task_names_is_in_reach(world: _World) -> None:
    """What another city owns is absent; what the region above owns is named, and stays named."""
    with world.commands.transactions.begin() as unit:
        foreign: Any = full_checklist("checklist-9")
        foreign._region = "450200"
        unit[Checklists].save(foreign)
        elsewhere: Any = full_scene("scene-9")
        elsewhere._region = "450200"
        unit[Scenes].save(elsewhere)
        unit.commit()
    commands = evolve(world.commands, lists_of=lists_of)
    actor = evolve(
        actor_of("lead-0"), scope=DataScope(region="450100", departments=frozenset({LEAD}))
    )
    wanted = _sheet(scene="scene-9", checklist=ChecklistUsed(id="checklist-9", version=1))
    with pytest.raises(EntryInvalid) as refused:
        commands.run(create_task, CreateTask(sheet=wanted), actor=actor)
    assert [(one.code, one.at) for one in refused.value.reasons] == [
        ("kernel.register_unknown", "sheet.scene"),
        ("kernel.register_unknown", "sheet.checklist.id"),
    ]
    task = commands.run(create_task, CreateTask(sheet=_sheet()), actor=actor)
    with world.commands.transactions.begin() as unit:
        moved: Any = unit[Scenes].get("scene-dairy")
        moved._region = "450300"
        unit[Scenes].save(moved)
        unit.commit()
    changed = ChangeTask(task_id=task, sheet=_sheet(name="改名"))
    commands.run(change_task, changed, actor=actor)


def test_what_a_draw_was_frozen_for_stands(world: _World) -> None:
    """Who changes scene, departments, checklist or period clears the draw, and it says why."""
    task = _drawn(world)
    world.run("lead-0", change_task, ChangeTask(task_id=task, sheet=_sheet(name="改名")))
    later = _sheet(ends_on=_sheet().ends_on + timedelta(days=30), joining=())
    with world.commands.transactions.begin_reading() as unit:
        assert unit[Draws].get("draw-1").state is DrawState.DRAWN
    world.run("lead-0", change_task, ChangeTask(task_id=task, sheet=later))
    with world.commands.transactions.begin_reading() as unit:
        draw = unit[Draws].get("draw-1")
    assert (draw.state, draw.cleared_because) == (
        DrawState.CLEARED, "任务信息已修改：配合部门、结束日期",
    )  # fmt: skip


def test_what_was_drawn_and_visited_is_not_changed(world: _World) -> None:
    """Once visits were set up of a draw, what it was frozen for is changed no more."""
    task = _drawn(world)
    opened = OpenVisits(task_id=task, orders=(_order("subject-1"),))
    world.run("lead-0", open_visits, opened)
    later = _sheet(ends_on=_sheet().ends_on + timedelta(days=30))
    change = ChangeTask(task_id=task, sheet=later)
    assert _refused(world, "lead-0", change_task, change) == ["tasks.sheet_fixed"]


RULE = GradingRuleUsed(id="rule-1", version=1)
CARDS = ("450103199001010011", "450103199001010038")
FIRMS = {"subject-1": "91450100MA5K000007", "subject-2": "91450100MA5K000017"}
TODAY = date(2026, 4, 7)


@pytest.fixture
def graded(world: _World) -> _World:
    """Give the office, whose scene inspects both firms and is graded by a rule of its own."""
    _steer(world, drawn=False)
    with world.commands.transactions.begin() as unit:
        scene: Any = unit[Scenes].get("scene-dairy")
        scene._credit_models = (CreditModelUse(model="credit-1", trade="乳品"),)
        scene._resources = SceneResources(subjects_added=frozenset(FIRMS))
        unit[Scenes].save(scene)
        for one in FIRMS:
            subject: Any = unit[Subjects].get(one)
            subject._status = SubjectStatus.ACTIVE
            unit[Subjects].save(subject)
        unit.commit()
    return world


def _grade(world: _World, day: date, **grades: int) -> None:
    """Store what a run came to."""
    with world.commands.transactions.begin() as unit:
        unit[GradedSubjects].record([
            evolve(full_graded(one.replace("_", "-"), day=day, grade=grade), rule="rule-1")
            for one, grade in grades.items()
        ])  # fmt: skip
        unit.commit()


def _task(world: _World, number: str, **changes: Any) -> str:
    checklist = ChecklistUsed(id="checklist-1", version=1)
    said = {"number": number, "grading_rule": RULE, "checklist": checklist, **changes}
    sheet = _sheet(**said)
    return world.run("lead-0", create_task, CreateTask(sheet=sheet))


def _frozen(world: _World, task: str, **wanted: Any) -> Draw:
    due = world.clock.now() + timedelta(days=1)
    asked = FreezeTaskDraw(task_id=task, due=due, **wanted)
    draw = world.run("lead-0", freeze_task_draw, asked)
    with world.commands.transactions.begin_reading() as unit:
        return unit[Draws].get(draw)


def _acts(one: Any) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(act.act, act.by, act.fields) for act in one.acts]


def _shown(world: _World, task: str) -> Any:
    asked = ViewPoolChanges(task_id=task)
    return world.commands.ask(view_pool_changes, asked, actor=actor_of("lead-0"))


def _automatic(world: _World) -> date:
    """Let the scene evaluate by the calendar; give the first day of the running cycle."""
    with world.commands.transactions.begin() as unit:
        scene: Any = unit[Scenes].get("scene-dairy")
        scene._credit_models = (CreditModelUse(model="credit-1", trade="dairy", automatic=True),)
        unit[Scenes].save(scene)
        begun = unit[CreditModels].get("credit-1").cycle.begun(TODAY)
        unit.commit()
    return begun


def _graded_by(world: _World, user: str, day: date, **grades: int) -> None:
    """Store what a run by an account came to."""
    _grade(world, day, **grades)
    run = UnscheduledRun(
        id=f"run-{user}", rule="rule-1", as_of=day, by=user, department=LEAD,
        at=world.clock.now(), subjects=tuple(one.replace("_", "-") for one in grades),
    )  # fmt: skip
    with world.commands.transactions.begin() as unit:
        unit[UnscheduledRuns].save(run)
        unit.commit()


def test_whoever_graded_a_firm_beside_the_calendar_is_listed_at_the_first_draw(
    graded: _World,
) -> None:
    """A firm graded by hand as of the calendar's day stands in the numbers, with who did it."""
    begun = _automatic(graded)
    _grade(graded, begun, subject_1=2)
    _graded_by(graded, "assessor", begun, subject_2=1)
    task = _task(graded, "RW-1")
    draw = _frozen(graded, task)
    assert draw.pool_changes == {"unscheduled": 1}
    (one,) = _shown(graded, task).listed
    assert (one.subject, one.kinds, _acts(one)) == (
        "subject-2", ("unscheduled",), [("为监管对象分级", "assessor", ())],
    )  # fmt: skip


def test_gradings_of_before_runs_were_noted_are_nobodys(graded: _World) -> None:
    """While the log has a run of the cycle that does not say as of when, its grades may be that's.

    Whoever is known to have been graded by hand stays so; what says its day is the calendar's.
    """
    begun = _automatic(graded)
    _grade(graded, begun, subject_1=2)
    _graded_by(graded, "assessor", begun, subject_2=1)

    def logged(**note: str) -> None:
        with graded.commands.transactions.begin() as unit:
            unit[AuditLog].append(
                AuditEntry(
                    at=graded.clock.now(), actor="worker", department="", request="0" * 64,
                    action="grading.grade_subjects", outcome=Outcome.DONE,
                    targets=("grading_rule/rule-1@1",), note=tuple(note.items()),
                )
            )  # fmt: skip
            unit.commit()

    logged(as_of=begun.isoformat())
    assert _frozen(graded, _task(graded, "RW-1")).pool_changes == {"unscheduled": 1}
    logged()
    found = _frozen(graded, task := _task(graded, "RW-2"))
    kinds = {one.subject: one.kinds for one in _shown(graded, task).listed}
    assert kinds == {"subject-1": ("unknown_origin",), "subject-2": ("unscheduled",)}
    assert (
        "等级来历不明（升级前）的对象（户）：1" in _departures(graded, task)["名单与上次抽取相比"]
    )
    assert found.pool_changes["unknown_origin"] == 1


def test_one_graded_by_hand_makes_no_run_of_the_calendar(graded: _World) -> None:
    """Where the calendar graded nobody yet, all is by hand, and says by whom."""
    begun = _automatic(graded)
    _graded_by(graded, "assessor", begun, subject_2=1)
    task = _task(graded, "RW-1")
    assert _frozen(graded, task).pool_changes == {"no_run": 1, "ungraded": 1}
    assert [_acts(one) for one in _shown(graded, task).listed] == [
        [("为监管对象分级", "assessor", ())]
    ]


def test_who_deleted_an_approval_file_is_listed(graded: _World) -> None:
    """A file that graded a firm was deleted before the draw: the firm moved, by nobody's hand."""
    licence, cases = "licence-1", register_cases(APPROVAL_FILES)
    with graded.commands.transactions.begin() as unit:
        unit[Entries].of(APPROVAL_FILES).save(Entry.add(
            id=licence, content=evolve(full_approval_file("subject-2"), papers=()), position=1,
            at=graded.clock.now(), register=APPROVAL_FILES.name, region="450000", department=LEAD,
        ))  # fmt: skip
        unit.commit()
    _grade(graded, TODAY, subject_1=1, subject_2=1)
    _frozen(graded, _task(graded, "RW-1"))
    graded.clock.moment += timedelta(days=1)
    keeper = evolve(actor_of("lead-0"), permissions=frozenset({"subjects.*"}))
    delete = cases.all[RegisterVerb.DELETE]
    graded.commands.run(delete, EntryNamed(id=licence), actor=keeper)
    _grade(graded, TODAY + timedelta(days=1), subject_1=1, subject_2=2)
    task = _task(graded, "RW-2")
    (moved,) = (one for one in _shown(graded, task).listed if one.subject == "subject-2")
    assert _acts(moved) == [(delete.title, "account-lead-0", ())]


def test_a_task_of_another_scene_hides_no_draw(graded: _World) -> None:
    """The last draw is found by what it was frozen for, whatever its task says since."""
    _grade(graded, TODAY, subject_1=1, subject_2=1)
    first = _frozen(graded, task := _task(graded, "RW-1"))
    with graded.commands.transactions.begin() as unit:
        other: Any = full_scene("scene-9")
        other._code = "other"
        unit[Scenes].save(other)
        unit.commit()
    moved = ChangeTask(task_id=task, sheet=_sheet(number="RW-1", scene="scene-9"))
    graded.run("lead-0", change_task, moved)
    assert _frozen(graded, _task(graded, "RW-2")).since == first.id


def _inspect(world: _World, *subjects: str) -> None:
    """Let the scene inspect these firms, as whoever puts tags on them or takes them off does."""
    _inspect_in(world, "scene-dairy", *subjects)


def _inspect_in(world: _World, of: str, *subjects: str) -> None:
    with world.commands.transactions.begin() as unit:
        scene: Any = unit[Scenes].get(of)
        scene._resources = SceneResources(subjects_added=frozenset(subjects))
        unit[Scenes].save(scene)
        unit.commit()


def _other_scene(world: _World, id: str = "scene-9") -> str:
    """Give another scene, which inspects the same firms by the same rule."""
    with world.commands.transactions.begin() as unit:
        other: Any = full_scene(id)
        known: Any = unit[Scenes].get("scene-dairy")
        other._code, other._resources = id, known._resources
        other._grading_rule, other._credit_models = known._grading_rule, known._credit_models
        unit[Scenes].save(other)
        unit.commit()
    return id


def _stands_in(world: _World, subject: str, region: str) -> None:
    """Register a firm in a region from the beginning on."""
    with world.commands.transactions.begin() as unit:
        found: Any = unit[Subjects].get(subject)
        found._region = region
        unit[Subjects].save(found)
        unit.commit()


@pytest.mark.parametrize(
    ("first", "second"), [("450100", "450103"), ("450103", "450100"), ("450103", "450103")]
)
def test_a_draw_in_a_wider_or_narrower_region_hides_nobody(
    graded: _World, first: str, second: str
) -> None:
    """Who was taken out before a draw in part of a region, or around it, is listed there."""
    _grade(graded, TODAY, subject_1=1, subject_2=1)
    before = _frozen(graded, _task(graded, "RW-1", region=first))
    _inspect(graded, "subject-1")
    task = _task(graded, "RW-2", region=second)
    words = graded.commands.ask(
        view_candidates, GatherPool(task_id=task), actor=actor_of("lead-0")
    ).compared
    found = _frozen(graded, task)
    assert (found.since, found.pool_changes["went_out"]) == (before.id, 1)
    (gone,) = (one for one in _shown(graded, task).listed if "went_out" in one.kinds)
    assert gone.subject == "subject-2"
    assert f"（{first}）" in words
    assert "2026年第1次" in words
    assert "首次抽取" not in words or "该区划以外的对象首次抽取" in words


def _dispatched(world: _World, draw: Draw) -> None:
    """Let the task of a draw go out, as its number keeps it."""
    number = draw.number
    assert number is not None
    with world.commands.transactions.begin() as unit:
        series = unit[SeriesOfDraws].get(series_id(number.lead, number.scene, number.year))
        series.dispatch(number.number)
        unit[SeriesOfDraws].save(series)
        unit.commit()


def test_a_draw_left_open_washes_no_change(graded: _World) -> None:
    """Who freezes once, leaves it open and freezes again is compared with what went out before.

    What was left open is named beside, with what of its own pool was not as it was, to whoever
    approves, in public and in the archive.
    """
    _grade(graded, TODAY, subject_1=1, subject_2=1)
    _dispatched(graded, first := _frozen(graded, _task(graded, "RW-1")))
    _inspect(graded, "subject-1")
    left_open = _frozen(graded, _task(graded, "RW-2"))
    second = _frozen(graded, task := _task(graded, "RW-3"))
    assert (left_open.since, second.since) == (first.id, first.id)
    assert second.pool_changes["went_out"] == 1
    beside = "2026年第2次（没有分发，退出名单的对象（户）：1"
    with graded.commands.transactions.begin_reading() as unit:
        lines = OpenShelf(unit, TODAY).draws(OpenDrawsAsked(year=2026), PageRequest()).items
        listed = listed_changes(unit[Pools].get(second.changes_hash or b""))
        (kept,) = (one.now for one in listed if one.about.startswith("draw/"))
    (public,) = (one.compared for one in lines if one.id == second.id)
    for words in (_departures(graded, task)["名单比较"], public, kept):
        assert "2026年第1次抽取相比" in words
        assert beside in words


def test_what_went_out_is_compared_before_what_did_not(graded: _World) -> None:
    """A first draw that nobody dispatched is compared with, and said to be so, until one went."""
    _grade(graded, TODAY, subject_1=1, subject_2=1)
    first = _frozen(graded, _task(graded, "RW-1"))
    _inspect(graded, "subject-1")
    for number in ("RW-2", "RW-3"):
        found = _frozen(graded, task := _task(graded, number))
        assert (found.since, found.pool_changes["went_out"]) == (first.id, 1)
        assert "（该次抽取没有分发）" in _departures(graded, task)["名单比较"]


def test_a_copied_scene_is_compared_with_that_of_the_same_firms(graded: _World) -> None:
    """Of the scenes of a lead it is that whose pool holds most of the new one, and it says so.

    A scene of other firms is none, though it was drawn last; nor is a first draw left open in the
    copy itself.
    """
    _grade(graded, TODAY, subject_1=1, subject_2=1)
    _dispatched(graded, first := _frozen(graded, _task(graded, "RW-1")))
    elsewhere = _other_scene(graded)
    graded.clock.moment += timedelta(minutes=1)
    _inspect_in(graded, elsewhere, "subject-2")
    _dispatched(graded, _frozen(graded, _task(graded, "RW-2", scene=elsewhere)))
    copied = _other_scene(graded, "scene-8")
    _inspect_in(graded, copied, "subject-1")
    for number in ("RW-3", "RW-4"):
        found = _frozen(graded, task := _task(graded, number, scene=copied))
        assert (found.since, found.pool_changes["went_out"]) == (first.id, 1)
        assert "与另一场景“乳品安全综合监管”在" in _departures(graded, task)["名单比较"]


def test_a_scene_of_other_firms_is_drawn_for_the_first_time(graded: _World) -> None:
    """Where no draw of the lead holds any of the pool there is nothing to compare with."""
    _grade(graded, TODAY, subject_1=1, subject_2=1)
    _inspect(graded, "subject-1")
    _dispatched(graded, _frozen(graded, _task(graded, "RW-1")))
    elsewhere = _other_scene(graded)
    _inspect_in(graded, elsewhere, "subject-2")
    found = _frozen(graded, task := _task(graded, "RW-2", scene=elsewhere))
    assert found.since == ""
    assert _departures(graded, task)["名单比较"] == "首次抽取，无从比较"


def test_a_draw_in_another_scene_hides_nobody(graded: _World) -> None:
    """A scene in which nobody drew yet is compared with what the lead drew in another one."""
    _grade(graded, TODAY, subject_1=1, subject_2=1)
    first = _frozen(graded, _task(graded, "RW-1"))
    _inspect(graded, "subject-1")
    other = _other_scene(graded)
    elsewhere = _frozen(graded, task := _task(graded, "RW-2", scene=other))
    assert (elsewhere.since, elsewhere.pool_changes["went_out"]) == (first.id, 1)
    assert "乳品安全综合监管" in _departures(graded, task)["名单比较"]
    _inspect(graded, *FIRMS)
    again = _frozen(graded, _task(graded, "RW-3"))
    assert again.since == first.id


def test_a_draw_that_covers_all_is_compared_before_one_that_covers_a_part(graded: _World) -> None:
    """A draw of a county in between does not narrow what a draw of the city is compared with."""
    _grade(graded, TODAY, subject_1=1, subject_2=1)
    _stands_in(graded, "subject-2", "450102")
    first = _frozen(graded, _task(graded, "RW-1"))
    county = _frozen(graded, task := _task(graded, "RW-2", region="450103"))
    assert county.since == first.id
    assert not {"went_out", "came_in"} & set(county.pool_changes)
    assert [one.subject for one in _shown(graded, task).listed] == ["subject-1"]
    _inspect(graded, "subject-1")
    city = _frozen(graded, _task(graded, "RW-3"))
    assert (city.since, city.pool_changes["went_out"]) == (first.id, 1)


def test_who_was_moved_out_of_the_region_is_listed(graded: _World) -> None:
    """A firm sent to another county before that county's neighbour is drawn is no part of noise."""
    _grade(graded, TODAY, subject_1=1, subject_2=1)
    _frozen(graded, _task(graded, "RW-1"))
    graded.clock.moment += timedelta(days=1)
    with graded.commands.transactions.begin() as unit:
        subject = unit[Subjects].get("subject-2")
        subject.correct(evolve(subject.draft, region="450102"), at=graded.clock.now())
        unit[Subjects].save(subject)
        unit.commit()
    found = _frozen(graded, _task(graded, "RW-2", region="450103"))
    assert found.pool_changes["went_out"] == 1


def _departures(world: _World, task: str) -> dict[str, str]:
    about = ViewApprovalList(task_id=task)
    found = world.commands.ask(view_approval_list, about, actor=actor_of("lead-9"))
    return {one.title: one.text for one in found.departures}


def test_a_first_draw_says_that_nothing_is_compared(graded: _World) -> None:
    """Where there is no draw before, freezing, approval, list and archive do not pass for calm."""
    _grade(graded, TODAY, subject_1=1, subject_2=1)
    task, words = _task(graded, "RW-1"), "首次抽取，无从比较"
    asked = GatherPool(task_id=task)
    found = graded.commands.ask(view_candidates, asked, actor=actor_of("lead-0"))
    assert found.compared == words
    draw = _frozen(graded, task)
    assert draw.changes_hash is not None
    assert _departures(graded, task)["名单比较"] == words
    with graded.commands.transactions.begin_reading() as unit:
        shelf = OpenShelf(unit, TODAY)
        (line,) = shelf.draws(OpenDrawsAsked(year=2026), PageRequest()).items
        kept = {one.about: one.now for one in listed_changes(unit[Pools].get(draw.changes_hash))}
    assert line.compared == words
    assert kept["draw/"] == words
    _frozen(graded, task := _task(graded, "RW-2"))
    said = _departures(graded, task)["名单比较"]
    assert said.startswith("与场景“乳品安全综合监管”在")
    assert said.endswith("2026年第1次抽取相比（该次抽取没有分发）")


def _pool(world: _World, draw: Draw) -> dict[str, str]:
    with world.commands.transactions.begin_reading() as unit:
        return dict(unit[Pools].get(draw.pool_hash).pairs())


def test_nobody_leaves_the_pool_by_not_being_graded(graded: _World) -> None:
    """A run over the one firm that is wanted leaves the other in, drawn as strictly as any grade.

    That it was a run by hand is kept with the draw.
    """
    _grade(graded, TODAY, subject_1=1)
    draw = _frozen(graded, _task(graded, "RW-1"))
    assert _pool(graded, draw) == {FIRMS["subject-1"]: "1", FIRMS["subject-2"]: UNGRADED}
    assert (draw.rule.quotas[UNGRADED].ratio, draw.level(UNGRADED)) == ("1", "未分级")
    assert draw.pool_changes == {"ungraded": 1, "no_run": 1}


def test_who_was_struck_off_is_not_drawn(graded: _World) -> None:
    """A firm that a scene added by hand, and that was deleted since, is in no pool."""
    with graded.commands.transactions.begin() as unit:
        subject = unit[Subjects].get("subject-2")
        subject.delete("重复登记", at=graded.clock.now())
        unit[Subjects].save(subject)
        scene = unit[Scenes].get("scene-dairy")
        inspected = InspectedSubjects(resources=scene.resources, region="450100")
        unit.commit()
        assert [one for one, _ in inspected.added(unit)] == ["subject-1"]
        assert not inspected.holds(subject)


def test_nobody_chooses_the_day_of_the_grades(graded: _World) -> None:
    """The run of the calendar makes the strata; a run afterwards, by hand, does not move a firm."""
    with pytest.raises(Exception, match="as_of"):
        from_plain(FreezeTaskDraw, {"task_id": "t", "due": "2026-04-08T01:00:00+00:00",
                                    "as_of": "2020-01-01"})  # fmt: skip
    with graded.commands.transactions.begin() as unit:
        scene: Any = unit[Scenes].get("scene-dairy")
        scene._credit_models = (CreditModelUse(model="credit-1", trade="dairy", automatic=True),)
        unit[Scenes].save(scene)
        begun = unit[CreditModels].get("credit-1").cycle.begun(TODAY)
        unit.commit()
    _grade(graded, begun, subject_1=2, subject_2=1)
    _grade(graded, TODAY, subject_1=1)
    draw = _frozen(graded, _task(graded, "RW-1"))
    assert _pool(graded, draw) == {FIRMS["subject-1"]: "2", FIRMS["subject-2"]: "1"}
    assert draw.pool_changes == {}
    assert f"分级结果日期：{begun}" in str(draw.rule.document)


def test_no_rule_but_that_of_the_scene_grades_its_firms(graded: _World) -> None:
    """Another department's rule, by which one may grade as one likes, makes no pool."""
    with graded.commands.transactions.begin() as unit:
        rule: Any = unit[GradingRules].get("rule-1")
        unit[GradingRules].save(evolve_rule(rule, "rule-2"))
        unit.commit()
    task = _task(graded, "RW-1", grading_rule=GradingRuleUsed(id="rule-2", version=1))
    asked = FreezeTaskDraw(task_id=task, due=graded.clock.now() + timedelta(days=1))
    assert _refused(graded, "lead-0", freeze_task_draw, asked) == ["tasks.rule_not_of_scene"]


def evolve_rule(rule: Any, id: str) -> Any:
    """Give a rule like another."""
    made = full_grading_rule(id)
    made._versions, made._draft = rule._versions, None
    return made


def test_who_left_the_pool_since_is_listed_with_who_did_it(graded: _World) -> None:
    """A firm taken out before the next draw stands in its numbers, and in its list, with the act.

    Here its registration is suspended, while the scene is changed as well.
    """
    _grade(graded, TODAY, subject_1=1, subject_2=1)
    first = _frozen(graded, _task(graded, "RW-1"))
    assert (first.since, first.pool_changes) == ("", {"no_run": 2})
    graded.clock.moment += timedelta(days=1)
    keeper = evolve(
        actor_of("lead-0"), scope=DataScope(region="450000"),
        permissions=frozenset({"scenes.*", "subjects.*"}),
    )  # fmt: skip
    configured = ConfigureScene(scene_id="scene-dairy", tasks=TaskSettings())
    graded.commands.run(configure_scene, configured, actor=keeper)
    with graded.commands.transactions.begin() as unit:
        suspended = RegistrationChange.propose(
            unit[Subjects].get("subject-2"),
            ProposedRegistration(
                status=SubjectStatus.SUSPENDED, reason="申请停业", papers=("paper-1",)
            ),
            id="registration-1", department="lead", by="clerk-0", at=graded.clock.now(),
        )  # fmt: skip
        unit[RegistrationChanges].save(suspended)
        unit.commit()
    confirmed = NameRegistrationChange(registration_change_id=suspended.id)
    graded.commands.run(confirm_registration_change, confirmed, actor=keeper)
    _grade(graded, TODAY + timedelta(days=1), subject_1=2)
    task = _task(graded, "RW-2")
    second = _frozen(graded, task)
    assert (second.since, second.pool_changes) == (
        first.id, {"no_run": 1, "went_out": 1, "moved": 1, "scene_changed": 1},
    )  # fmt: skip
    shown = graded.commands.ask(
        view_pool_changes, ViewPoolChanges(task_id=task), actor=actor_of("lead-0")
    )
    assert [
        (one.subject or one.name, one.kinds, one.was, one.now, _acts(one)) for one in shown.listed
    ] == [
        ("subject-1", ("moved", "no_run"), "1级", "2级", []),
        (
            "subject-2", ("went_out",), "1级", "",
            [("确认登记变更", "account-lead-0", ("登记状态",))],
        ),
        ("乳品安全综合监管", ("scene_changed",), "", "", [("配置场景", "account-lead-0", ())]),
    ]  # fmt: skip


def test_the_archive_holds_the_pool_and_what_its_numbers_count(graded: _World) -> None:
    """The whole list, and the list of what is not as it was, lie there by their digests.

    A cleared draw is there too, one of before lists were kept is not.
    """
    begun = _automatic(graded)
    _grade(graded, begun, subject_1=2)
    _graded_by(graded, "assessor", begun, subject_2=1)
    task = _task(graded, "RW-1")
    draw = _frozen(graded, task)
    clerk = evolve(actor_of("lead-0"), permissions=frozenset({"draws.*"}))
    graded.commands.run(clear_draw, ClearDraw(draw_id=draw.id, reason="有误"), actor=clerk)
    with graded.commands.transactions.begin() as unit:
        unit[Draws].save(completed_draw("draw-1"))
        root: Any = unit[Tasks].get(task)
        root._state = TaskState.CLOSED
        unit[Tasks].save(root)
        unit.commit()
    graded.run("lead-0", archive_task, ArchiveTask(task_id=task))
    found = graded.commands.ask(view_manifest, ShowTaskFile(task_id=task), actor=actor_of("lead-0"))
    pieces = {one.name: one.sm3 for one in found.records if one.name.startswith("draw/")}
    assert pieces == {
        f"draw/{draw.id}/pool.txt": draw.pool_hash.hex(),
        f"draw/{draw.id}/pool_changes.txt": (draw.changes_hash or b"").hex(),
    }
    assert found.unchanged
    with graded.commands.transactions.begin_reading() as unit:
        kept = unit[Pools].get(draw.changes_hash or b"")
    counts = {str(kind): count for kind, count in counted(listed_changes(kept)).items()}
    assert counts == draw.pool_changes == {"unscheduled": 1}


def test_what_was_done_with_a_firm_is_listed_by_field(graded: _World) -> None:
    """Facts of a table, tags and another region stand beside whom they moved, with the actor."""
    _grade(graded, TODAY, subject_1=1, subject_2=1)
    _frozen(graded, _task(graded, "RW-1"))
    graded.clock.moment += timedelta(days=1)
    keeper = evolve(
        actor_of("lead-0"), scope=DataScope(region="450000"),
        permissions=frozenset({"subjects.*"}),
    )  # fmt: skip
    with graded.commands.transactions.begin() as unit:
        unit[Tags].save(Tag(id="tag-1", name="重点", region="450000", department=""))
        drafts = {one: unit[Subjects].get(one).draft for one in FIRMS}
        unit.commit()
    rows = (SubjectEntry(row=2, draft=drafts["subject-1"], facts={"penalties_3y": 9}),)
    elsewhere = evolve(drafts["subject-2"], region="450200")
    steps: tuple[tuple[UseCase[Any, Any], object], ...] = (
        (import_subjects, ImportSubjects(entries=rows, source="执法局表格")),
        (import_subjects, ImportSubjects(entries=rows, source="执法局表格")),
        (tag_subject, TagSubject(subject_id="subject-1", put=frozenset({"tag-1"}), reason="核实")),
        (correct_subject, CorrectSubject(subject_id="subject-2", draft=elsewhere)),
    )
    for case, command in steps:
        graded.commands.run(case, command, actor=keeper)
    _grade(graded, TODAY + timedelta(days=1), subject_1=2)
    _frozen(graded, task := _task(graded, "RW-2"))
    listed = {one.subject: _acts(one) for one in _shown(graded, task).listed}
    assert listed == {
        "subject-1": [
            ("为监管对象打标签", "account-lead-0", ("标签",)),
            ("导入监管对象", "account-lead-0", (FACT_CATALOGUE["penalties_3y"].title,)),
        ],
        "subject-2": [("更正监管对象", "account-lead-0", ("所属区划",))],
    }


def test_who_was_tagged_or_moved_since_the_plan_was_displayed_is_listed(graded: _World) -> None:
    """At the first draw too: with who did it. What the scene does not inspect is no part of it."""
    _grade(graded, TODAY, subject_1=1, subject_2=1)
    with graded.commands.transactions.begin() as unit:
        for name in ("tag-1", "tag-2"):
            unit[Tags].save(Tag(id=name, name=name, region="450000", department=""))
        scene: Any = unit[Scenes].get("scene-dairy")
        scene._resources = SceneResources(tags=(TagUse(tag="tag-1"),))
        unit[Scenes].save(scene)
        plan: Any = unit[Plans].get("plan-whole")
        plan._displayed = Solicitation(at=graded.clock.now(), by="u-1", until=TODAY)
        unit[Plans].save(plan)
        for one in FIRMS:
            subject: Any = unit[Subjects].get(one)
            subject._chosen_tags = frozenset({"tag-1"} if one == "subject-2" else ())
            unit[Subjects].save(subject)
        moved = evolve(unit[Subjects].get("subject-2").draft, region="450200")
        unit.commit()
    graded.clock.moment += timedelta(days=1)
    keeper = evolve(
        actor_of("lead-0"), scope=DataScope(region="450000"),
        permissions=frozenset({"subjects.*"}),
    )  # fmt: skip
    for command in (
        TagSubject(subject_id="subject-1", put=frozenset({"tag-1"}), reason="核实"),
        TagSubject(subject_id="subject-2", put=frozenset({"tag-2"}), reason="核实"),
    ):
        graded.commands.run(tag_subject, command, actor=keeper)
    planned = {"kind": TaskKind.ROUTINE, "plan": "plan-whole", "sub_plan": "sub-2"}
    draw = _frozen(graded, task := _task(graded, "RW-1", **planned))
    assert (draw.since, draw.pool_changes["since_display"]) == ("", 1)
    (one,) = (one for one in _shown(graded, task).listed if "since_display" in one.kinds)
    assert one.subject == "subject-1"
    assert ("为监管对象打标签", "account-lead-0", ("标签",)) in _acts(one)
    assert [act.reason for act in one.acts if act.act == "为监管对象打标签"] == ["核实"]
    correction = CorrectSubject(subject_id="subject-2", draft=moved)
    graded.commands.run(correct_subject, correction, actor=keeper)
    later = _frozen(graded, task := _task(graded, "RW-2", **planned))
    assert later.pool_changes["since_display"] == len(FIRMS)
    gone = next(one for one in _shown(graded, task).listed if one.subject == "subject-2")
    assert gone.kinds == ("went_out", "since_display")
    assert _acts(gone).count(("更正监管对象", "account-lead-0", ("所属区划",))) == 1
    assert "计划公示后标签或区划有改动" in _departures(graded, task)["名单与上次抽取相比"]


def test_the_log_is_asked_once_for_all_who_moved(
    graded: _World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many came in or went out since the last draw, it is one question."""
    asked = list[set[str]]()
    for queries in (MemoryAuditQueries, SqlAuditQueries):

        def keep(
            self: Any, things: Any, since: Any, answer: Any = queries.about_any
        ) -> Iterator[Any]:
            asked.append(set(things))
            yield from answer(self, things, since)

        monkeypatch.setattr(queries, "about_any", keep)
    _grade(graded, TODAY, subject_1=1, subject_2=1)
    _inspect(graded, "subject-1")
    _frozen(graded, _task(graded, "RW-1"))
    _inspect(graded, "subject-2")
    found = _frozen(graded, _task(graded, "RW-2"))
    assert (found.pool_changes["went_out"], found.pool_changes["came_in"]) == (1, 1)
    assert asked == [{f"subject/{one}" for one in FIRMS}]


def test_a_task_asks_what_falls_to_those_who_take_part(graded: _World) -> None:
    """Items of another department are neither drawn, shown nor checked; nobody answers for it."""
    _grade(graded, TODAY, subject_1=1, subject_2=1)
    checklist = ChecklistUsed(id="checklist-asking", version=3)
    with graded.commands.transactions.begin() as unit:
        asking = asking_checklist(checklist.id)
        unit[Checklists].save(asking)
        unit.commit()
    alone = _task(graded, "RW-1", checklist=checklist, joining=("dept-health",))
    both = _task(graded, "RW-2", checklist=checklist, joining=(FARM,))
    own, others = ITEMS
    with graded.commands.transactions.begin_reading() as unit:
        shown = {}
        for id_ in (alone, both):
            task = unit[Tasks].get(id_)
            view = TASKS.completed(unit, task, TASKS.viewed(task))
            shown[id_] = [one.title for one in view.checked]
    assert shown == {alone: [own.title], both: [own.title, others.title]}
    order = _order("subject-1", "lead-1", "lead-2")
    foreign = evolve(order, items=(others.id,))
    opened = OpenVisits(task_id=alone, orders=(foreign,))
    assert _refused(graded, "lead-0", open_visits, opened)[0] == "tasks.item_not_of_checklist"
    opened = OpenVisits(task_id=alone, orders=(order,))
    (visit,) = graded.run("lead-0", open_visits, opened)
    with graded.commands.transactions.begin_reading() as unit:
        assert [one.id for one in unit[Visits].get(visit).sheet.items] == [own.id]
    another = _task(graded, "RW-3", checklist=checklist, joining=("dept-health",))
    drawn = [_frozen(graded, one).rule.items for one in (another, both)]
    assert [[item.id for item in those] for those in drawn] == [[], [others.id]]


def test_a_draw_beyond_the_displayed_plan_is_marked(graded: _World) -> None:
    """Each sub-plan of a displayed plan foresees one draw; a cleared one makes room again."""
    _grade(graded, TODAY, subject_1=1, subject_2=1)
    planned = {"kind": TaskKind.ROUTINE, "plan": "plan-whole", "sub_plan": "sub-2"}
    first = _task(graded, "RW-1", **planned)
    assert _frozen(graded, first).marked == ()
    assert _frozen(graded, _task(graded, "RW-2", **planned)).marked == (Mark.UNPLANNED,)
    assert _frozen(graded, _task(graded, "RW-3")).marked == (Mark.UNPLANNED,)
    for number in ("RW-1", "RW-2"):
        with graded.commands.transactions.begin_reading() as unit:
            (id_,) = (one.id for one in unit[Tasks].of_plan("plan-whole")
                      if one.sheet.number == number)  # fmt: skip
        graded.run("lead-0", delete_task, DeleteTask(task_id=id_, reason="不做了"))
    assert _frozen(graded, _task(graded, "RW-4", **planned)).marked == ()
    later = {**planned, "ends_on": _sheet().ends_on + timedelta(days=300)}
    assert _frozen(graded, _task(graded, "RW-5", **later)).marked == (Mark.UNPLANNED,)


def test_people_known_by_their_cards_are_counted_and_stop_no_draw(graded: _World) -> None:
    """Tagged or added by hand: no proof shows a card number, the others are drawn of.

    Nor is such a person added to the draw by hand.
    """
    _grade(graded, TODAY, subject_1=1, subject_2=1)
    with graded.commands.transactions.begin() as unit:
        scene: Any = unit[Scenes].get("scene-dairy")
        added = frozenset({*FIRMS, "person-added"})
        scene._resources = SceneResources(subjects_added=added, tags=(TagUse(tag="tag-1"),))
        unit[Scenes].save(scene)
        for id_, number in (("person-added", CARDS[0]), ("person-tagged", CARDS[1])):
            draft = evolve(
                unit[Subjects].get("subject-1").draft, name="欧阳示例", kind=SubjectKind.PERSON,
                identity=Identity(kind=IdentityKind.IDENTITY_CARD, code=number),
            )  # fmt: skip
            person: Any = Subject.from_draft(draft, id=id_, at=graded.clock.now())
            person._chosen_tags = frozenset({"tag-1"})
            unit[Subjects].save(person)
        unit.commit()
    draw = _frozen(graded, task := _task(graded, "RW-1"))
    assert _pool(graded, draw).keys() == set(FIRMS.values())
    assert draw.pool_changes["excluded_unnumbered"] == 2
    rule: Any = draw.rule.document
    assert rule["exclusions"] == ["以身份证号登记、没有可公开的编号"]
    kinds = (PoolChange.EXCLUDED_UNNUMBERED,)
    listed = {
        (one.subject, one.code, one.name) for one in _shown(graded, task).listed
        if one.kinds == kinds
    }  # fmt: skip
    assert listed == {("person-added", "", "欧***"), ("person-tagged", "", "欧***")}
    add = AdjustDraw(draw_id=draw.id, action=Action.ADD, subject="person-tagged", reason="群众举报")
    keeper = evolve(actor_of("lead-0"), permissions=frozenset({"draws.*"}))
    with pytest.raises(DrawNotAdjustable) as refusal:
        graded.commands.run(adjust_draw, add, actor=keeper)
    assert "draws.subject_unnumbered" in {one.code for one in refusal.value.violations}


def test_drafts_shield_nobody(graded: _World) -> None:
    """Visits set up by hand keep no firm out of a draw: not drafted, nor when the draft is gone.

    Once their task went out they do, counted apart as not drawn; until their day is over. The visit
    for a clue never does.
    """
    _grade(graded, TODAY, subject_1=1, subject_2=1)
    whole = {"kind": TaskKind.ROUTINE, "plan": "plan-whole", "sub_plan": "sub-1"}
    shield, spare = _task(graded, "RW-1", **whole), _task(graded, "RW-3", **whole)
    planned = tuple(_order(one, ground=VisitGround.PLAN) for one in SUBJECTS)
    orders = (planned[0], _order("subject-2"))
    graded.run("lead-0", open_visits, OpenVisits(task_id=shield, orders=orders))
    graded.run("lead-0", open_visits, OpenVisits(task_id=spare, orders=planned))
    drawn = _frozen(graded, _task(graded, "RW-2"), uninspected=True)
    assert _pool(graded, drawn).keys() == set(FIRMS.values())
    graded.run("lead-0", delete_task, DeleteTask(task_id=spare, reason="不做了"))
    _goes_out(graded, shield)
    later = _frozen(graded, _task(graded, "RW-4"), uninspected=True)
    assert _pool(graded, later).keys() == {FIRMS["subject-2"]}
    assert later.pool_changes["excluded_others"] == 1
    graded.clock.moment += timedelta(days=90)
    _grade(graded, TODAY + timedelta(days=90), subject_1=1, subject_2=1)
    over = _frozen(graded, _task(graded, "RW-5"), uninspected=True)
    assert _pool(graded, over).keys() == set(FIRMS.values())


def test_two_open_draws_from_one_pool_are_seen(graded: _World) -> None:
    """Who freezes twice chooses the seed that goes out: both say so, the later in public too."""
    _grade(graded, TODAY, subject_1=1, subject_2=1)
    first = _frozen(graded, task := _task(graded, "RW-1"))
    second = _frozen(graded, other := _task(graded, "RW-2"))
    assert "open_twins" not in first.pool_changes
    assert second.pool_changes["open_twins"] == 1
    title = "同一名单上还没有分发的其他抽取"
    assert "2026年第2次" in _departures(graded, task)[title]
    assert "2026年第1次" in _departures(graded, other)[title]
    _dispatched(graded, first)
    assert title not in _departures(graded, other)


def test_a_task_over_new_year_leaves_out_those_of_either_year(graded: _World) -> None:
    """Who ends a task in January drew once more whom the old year had inspected."""
    _grade(graded, TODAY, subject_1=1, subject_2=1)
    whole = {"kind": TaskKind.ROUTINE, "plan": "plan-whole", "sub_plan": "sub-1"}
    shield = _task(graded, "RW-1", **whole)
    orders = (_order("subject-1", ground=VisitGround.PLAN), _order("subject-2"))
    graded.run("lead-0", open_visits, OpenVisits(task_id=shield, orders=orders))
    _goes_out(graded, shield)
    year = _sheet().starts_on.year
    across = _task(graded, "RW-2", ends_on=date(year + 1, 1, 8))
    drawn = _frozen(graded, across, uninspected=True)
    assert _pool(graded, drawn).keys() == {FIRMS["subject-2"]}
    rule: Any = drawn.rule.document
    assert rule["exclusions"] == [f"{year}年、{year + 1}年已检查或已安排检查"]


def test_deleting_a_task_clears_its_draw(graded: _World) -> None:
    """Who deletes to draw anew leaves the cleared draw, with the reason, on record."""
    _grade(graded, TODAY, subject_1=1, subject_2=1)
    task = _task(graded, "RW-1")
    draw = _frozen(graded, task)
    graded.run("lead-0", delete_task, DeleteTask(task_id=task, reason="重复下达"))
    with graded.commands.transactions.begin_reading() as unit:
        found = unit[Draws].get(draw.id)
    assert (found.state, found.cleared_because) == (DrawState.CLEARED, "任务已删除：重复下达")


def test_quotas_beside_the_rule_have_a_reason(graded: _World) -> None:
    """Whoever turns the shares of the grading rule round says why, and the draw keeps it."""
    _grade(graded, TODAY, subject_1=1, subject_2=2)
    task, due = _task(graded, "RW-1"), graded.clock.now() + timedelta(days=1)
    turned = (GradeQuota(grade=1, ratio="1"), GradeQuota(grade=2, ratio="0.05"))
    for quotas, codes in (
        (turned, ["tasks.quota_unexplained"] * 2),
        ((GradeQuota(grade=2, count=0),), ["tasks.quota_unexplained"]),
        ((GradeQuota(grade=1, item_ratio="0"),), ["tasks.quota_unexplained"]),
    ):
        asked = FreezeTaskDraw(task_id=task, due=due, quotas=quotas)
        assert _refused(graded, "lead-0", freeze_task_draw, asked) == codes
    draw = _frozen(graded, task, quotas=turned, quotas_because="上级专项部署")
    assert draw.quotas_because == "上级专项部署"
    same = (GradeQuota(grade=1, ratio="0.05", item_ratio="1"), GradeQuota(grade=2, count=1))
    assert _frozen(graded, _task(graded, "RW-2"), quotas=same).quotas_because == ""
