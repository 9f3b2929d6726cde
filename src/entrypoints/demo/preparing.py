"""From workbooks to graded subjects and a plan: import, install, assess, plan."""

from collections.abc import Iterable, Iterator
from itertools import chain

from attrs import evolve

from entrypoints.container import PILOTS, pilot_package
from entrypoints.coverage import asked_by, footings
from entrypoints.demo.cycle import Cycle, SceneRun, every
from entrypoints.demo.office import NAME
from entrypoints.demo.settings import (
    ORGANS,
    chunked,
    day_of_stage,
    department_of,
)
from entrypoints.installing import InstalledScene, departments_of, install_scene, trades_of
from entrypoints.intake import (
    ImportReport,
    open_officers,
    open_subjects,
    store_officers,
    store_subjects,
)
from supervision_core.checklists.model import ChecklistItem
from supervision_core.grading.ports import GradedSubjects
from supervision_core.grading.services import GradeSubjects, grade_subjects
from supervision_core.officers.intake import OfficerEntry
from supervision_core.officers.ports import Officers
from supervision_core.officers.services import import_officers
from supervision_core.plans.model import PlanSheet, SubPlan
from supervision_core.plans.services import (
    DisplayPlan,
    DraftPlan,
    SettlePlan,
    display_plan,
    draft_plan,
    settle_plan,
)
from supervision_core.scenes.services import create_scene
from supervision_core.subjects.model import SubjectStatus
from supervision_core.subjects.ports import SubjectFilter, SubjectQueries, SubjectRow
from supervision_core.subjects.services import import_subjects

_GRADED_AT_ONCE = 1_000


def install(cycle: Cycle) -> list[InstalledScene]:
    """Add the departments and trades that the pilot packages name, and put these to work."""
    cycle.at("import")
    cycle.office.found()
    packages = [pilot_package(name) for name in PILOTS]
    cycle.office.add_departments(dict.fromkeys(chain.from_iterable(map(departments_of, packages))))
    cycle.office.add_trades(dict.fromkeys(chain.from_iterable(map(trades_of, packages))))
    builder = cycle.office.of(cycle.office.top, create_scene.permission)
    return [
        install_scene(
            cycle.platform,
            package,
            actor=builder,
            region=cycle.office.region,
            departments=ORGANS,
        )
        for package in packages
    ]


def take_in_firms(cycle: Cycle) -> ImportReport:
    """Import the workbook of firms; tags are put on as they come in."""
    cycle.at("import")
    path = cycle.settings.firms_file
    errors = cycle.settings.folder / "导入" / "待更正-企业.xlsx"
    errors.parent.mkdir(parents=True, exist_ok=True)
    with (
        open_subjects(cycle.platform, path, region=cycle.office.region) as reading,
        cycle.console.progress("导入企业", reading.total) as advance,
    ):
        return store_subjects(
            cycle.platform,
            reading,
            source=path.name,
            actor=cycle.office.of(cycle.office.top, import_subjects.permission),
            errors=errors,
            advance=advance,
            key="demo/firms",
        )


def take_in_officers(cycle: Cycle) -> ImportReport:
    """Import the workbook of officers, each under the name of the body that he is of."""
    path = cycle.settings.officers_file
    errors = cycle.settings.folder / "导入" / "待更正-执法人员.xlsx"
    with (
        open_officers(
            cycle.platform,
            path,
            region=cycle.office.region,
            department=NAME,
            amend=_with_known_department,
        ) as reading,
        cycle.console.progress("导入执法人员", reading.total) as advance,
    ):
        return store_officers(
            cycle.platform,
            reading,
            actor=cycle.office.of(cycle.office.top, import_officers.permission),
            errors=errors,
            advance=advance,
            key="demo/officers",
        )


def _with_known_department(entry: OfficerEntry) -> OfficerEntry:
    name = department_of(entry.draft)
    return evolve(entry, draft=evolve(entry.draft, department=ORGANS.get(name, name)))


def gather(cycle: Cycle, scenes: Iterable[InstalledScene]) -> None:
    """Find each scene's subjects and the departments that have officers for it."""
    for scene in scenes:
        with cycle.platform.transactions.begin_reading() as work:
            wanted = (scene.lead, *scene.joining)
            staffed = {one.department for one in work[Officers].of_departments(wanted)}
            subjects = {row.id: row for row in _every_subject(work[SubjectQueries], scene)}
        if scene.lead not in staffed:
            lead = cycle.office.short_names[scene.lead]
            cycle.skipped[scene.name] = f"名册中没有牵头部门“{lead}”的执法人员"
        elif not subjects:
            cycle.skipped[scene.name] = "名单中没有属于该场景的监管对象"
        else:
            cycle.runs.append(
                SceneRun(
                    scene=scene,
                    departments=tuple(one for one in wanted if one in staffed),
                    left_out=tuple(one for one in wanted if one not in staffed),
                    subjects=subjects,
                )
            )


def assess(cycle: Cycle, stage: str) -> None:
    """Assess and grade every subject of every scene as of the stage's day."""
    day = cycle.at(stage)
    total = sum(len(run.subjects) for run in cycle.runs)
    with cycle.console.progress("评价与分级", total) as advance:
        for run in cycle.runs:
            for place, ids in enumerate(chunked(run.subjects, _GRADED_AT_ONCE)):
                command = GradeSubjects(rule_id=run.scene.rule, subject_ids=ids, as_of=day)
                key = f"{stage}/{run.scene.code}/{place}"
                cycle.do(grade_subjects, command, by=run.lead, key=key)
                if stage == "assess":
                    run.known |= footings(cycle.platform, run.scene.rule, day, ids)
                advance(len(ids))
            with cycle.platform.transactions.begin_reading() as work:
                latest = work[GradedSubjects].grades_until(run.scene.rule, day)
            grades = {one: found.grade for one, found in latest.items()}
            if stage == "assess":
                run.before = grades
                run.asked = asked_by(cycle.platform, run.scene.rule)
            else:
                run.after = grades


def plan(cycle: Cycle) -> None:
    """Draft each scene's plan, show it to the departments, settle it after its last day."""
    for run in cycle.runs:
        scene = run.scene
        joining = run.departments[1:]
        cycle.at("plan", hour=11)
        sub = SubPlan(
            id=f"{scene.code}-1",
            name=f"{scene.name}第一批",
            starts_on=day_of_stage("freeze"),
            ends_on=day_of_stage("end"),
            joining=joining,
            scope=f"全区{scene.name}监管对象{len(run.subjects)}户",
            matters=_matters(run.items),
            trade=scene.trades[0],
            joint=True,
        )
        sheet = PlanSheet(
            name=f"2026年{scene.name}跨部门综合监管计划",
            scene=scene.scene,
            year=2026,
            region=cycle.office.region,
            lead=scene.lead,
            joining=joining,
            description="演示计划",
        )
        run.plan = cycle.do(
            draft_plan,
            DraftPlan(sheet=sheet, sub_plans=(sub,)),
            by=run.lead,
            key=f"{scene.code}/plan",
        )
        shown = DisplayPlan(plan_id=run.plan, until=day_of_stage("settle"))
        cycle.do(display_plan, shown, by=run.lead, key=f"{scene.code}/display")
        cycle.at("freeze", hour=8)
        settled = SettlePlan(plan_id=run.plan)
        leader = cycle.office.of(run.lead, settle_plan.permission, but=draft_plan.permission)
        cycle.do(settle_plan, settled, by=leader, key=f"{scene.code}/settle")


def _matters(items: Iterable[ChecklistItem]) -> tuple[str, ...]:
    return tuple(sorted({item.content.matter_code for item in items}))


def _every_subject(queries: SubjectQueries, scene: InstalledScene) -> Iterator[SubjectRow]:
    wanted = SubjectFilter(
        region=scene.region, tags=frozenset(scene.tags), status=SubjectStatus.ACTIVE
    )
    return every(queries.page, wanted, order="id")
