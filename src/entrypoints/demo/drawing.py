"""The double draw: freeze, deposit, close, open, pick, assign inspectors, open the visits."""

import hashlib
from collections.abc import Iterable

from entrypoints.demo.cycle import Cycle, SceneRun
from entrypoints.demo.files import put
from entrypoints.demo.rounds import deposit, open_deposits
from entrypoints.demo.settings import (
    day_of_stage,
    moment_of_stage,
)
from supervision_core.checklists.model import ChecklistItem
from supervision_core.draws.model.assignment import DemandsUnmet
from supervision_core.draws.model.draw import Draw
from supervision_core.draws.model.ranking import NONCE_SIZE
from supervision_core.draws.model.selection import Action
from supervision_core.draws.services import (
    AdjustDraw,
    CompleteDraw,
    adjust_draw,
    complete_draw,
)
from supervision_core.grading.ports import GradingRules
from supervision_core.subjects.model import Subject
from supervision_core.subjects.ports import Subjects
from supervision_core.tasks.model.drawing import ungrantable
from supervision_core.tasks.model.grounds import VisitGround
from supervision_core.tasks.model.opening import VisitOrder
from supervision_core.tasks.model.sheet import (
    ChecklistUsed,
    GradingRuleUsed,
    TaskKind,
    TaskProposal,
)
from supervision_core.tasks.services.drawing import FreezeTaskDraw, freeze_task_draw
from supervision_core.tasks.services.staffing import StaffDraw, staff_draw
from supervision_core.tasks.services.tasks import (
    CreateTask,
    DeleteTask,
    create_task,
    delete_task,
)
from supervision_core.tasks.services.visits import OpenVisits, open_visits

_OPENED_AT_ONCE = 200
_WORKLOAD_CAP = 60


def draw(cycle: Cycle) -> None:
    """Draft each task; freeze, deposit, open and draw its subjects, items and inspectors."""
    with cycle.console.progress("双随机抽取", len(cycle.runs)) as advance:
        for run in list(cycle.runs):
            _draw(cycle, run)
            if not cycle.visits(run):
                _give_up(cycle, run)
            advance(1)


def _give_up(cycle: Cycle, run: SceneRun) -> None:
    """End a scene that drew nobody, or whose drawn subjects nobody can visit, and say why."""
    reason = (
        f"抽取的{run.removed}户都没有证件覆盖其区划的执法人员"
        if run.removed
        else "对象少，按抽取比例这一次没有抽到检查对象"
    )
    deleted = DeleteTask(task_id=run.task, reason=reason)
    cycle.do(delete_task, deleted, by=run.lead, key=f"{run.scene.code}/give_up")
    cycle.skipped[run.scene.name] = reason
    cycle.runs.remove(run)


def _draw(cycle: Cycle, run: SceneRun) -> None:
    code = run.scene.code
    cycle.at("freeze")
    run.number = f"450000-2026-{code.upper()}-001"
    proposed = CreateTask(sheet=_proposal(cycle, run))
    run.task = cycle.do(create_task, proposed, by=run.lead, key=f"{code}/task")
    frozen = FreezeTaskDraw(
        task_id=run.task,
        due=moment_of_stage("freeze", hour=17),
        day=day_of_stage("close"),
        cap=_WORKLOAD_CAP,
    )
    run.draw = cycle.do(freeze_task_draw, frozen, by=run.lead, key=f"{code}/freeze")
    cycle.at("freeze", hour=10)
    for department in run.departments:
        _deposit(cycle, run, department)
    cycle.at("freeze", hour=11)
    open_deposits(cycle.do, run.draw, run.lead, key=code)
    cycle.at("freeze", hour=12)
    drawn = CompleteDraw(draw_id=run.draw)
    cycle.do(complete_draw, drawn, by=run.lead, key=f"{code}/complete")
    _assign(cycle, run)
    _open_visits(cycle, run)


def _proposal(cycle: Cycle, run: SceneRun) -> TaskProposal:
    scene = run.scene
    with cycle.platform.transactions.begin_reading() as work:
        rule = work[GradingRules].get(scene.rule).current()
    return TaskProposal(
        number=run.number,
        name=f"2026年第一批{scene.name}跨部门综合检查",
        scene=scene.scene,
        kind=TaskKind.ROUTINE,
        region=cycle.office.region,
        lead=scene.lead,
        joining=run.departments[1:],
        checklist=ChecklistUsed(id=scene.checklist, version=scene.checklist_version),
        starts_on=day_of_stage("freeze"),
        ends_on=day_of_stage("end"),
        matters=_matters(run.items),
        grading_rule=GradingRuleUsed(id=scene.rule, version=rule.version),
        plan=run.plan,
        sub_plan=f"{scene.code}-1",
    )


def _deposit(cycle: Cycle, run: SceneRun, department: str) -> None:
    """Deposit a department's nonce, sealed to the witness; told again, it was deposited before."""
    draw, platform = cycle.load_draw(run), cycle.platform
    if draw.keeper is None or draw.round.of(department) is not None:
        return
    encryptor = platform.keys.algorithms.encryptor(draw.keeper.public_key)
    nonce = _nonce(cycle, run, department)
    code = run.scene.code
    deposit(cycle.do, encryptor, draw.id, draw.round.label, department, nonce, key=code)


def _nonce(cycle: Cycle, run: SceneRun, department: str) -> bytes:
    """Give a department's nonce, of which it keeps a file to itself."""
    name = hashlib.new("sm3", department.encode()).hexdigest()[:12]
    path = cycle.settings.folder / "部门随机数" / f"{run.scene.code}-{name}.txt"
    if not path.exists():
        put(path, f"{department} {cycle.platform.randomness.token(NONCE_SIZE).hex()}\n".encode())
    return bytes.fromhex(path.read_text(encoding="utf-8").split()[1])


def _subjects_of(cycle: Cycle, draw: Draw) -> dict[str, Subject]:
    """Give the selected subjects by the code under which they were drawn."""
    with cycle.platform.transactions.begin_reading() as work:
        found = work[Subjects].find_by_codes(draw.selection)
    return {one.identity.code: one for one in found}


def _assign(cycle: Cycle, run: SceneRun) -> None:
    """Assign inspectors; what nobody can visit is taken off by hand, with the reason."""
    code = run.scene.code
    draw = cycle.load_draw(run)
    while draw.assignment is None:
        wanted = StaffDraw(task_id=run.task)
        try:
            cycle.do(staff_draw, wanted, by=run.lead, key=f"{code}/staff/{len(draw.adjustments)}")
        except DemandsUnmet as unmet:
            for subject in ungrantable(unmet.shortage):
                short = "、".join(cycle.short_names(unmet.shortage.departments))
                reason = f"执法人员不足：{short}无符合条件人员"
                cycle.do(
                    adjust_draw,
                    AdjustDraw(
                        draw_id=run.draw, action=Action.REMOVE, subject=subject, reason=reason
                    ),
                    by=run.lead,
                    key=f"{code}/remove/{subject}",
                )
        draw = cycle.load_draw(run)
    run.removed = len(draw.adjustments)


def _open_visits(cycle: Cycle, run: SceneRun) -> None:
    draw = cycle.load_draw(run)
    subjects = _subjects_of(cycle, draw)
    assigned = draw.assignment.visits if draw.assignment else ()
    orders = [
        VisitOrder(
            subject=subjects[each.id].id,
            ground=VisitGround.PICK,
            officers=each.officers,
        )
        for each in assigned
    ]
    for start in range(0, len(orders), _OPENED_AT_ONCE):
        part = tuple(orders[start : start + _OPENED_AT_ONCE])
        command = OpenVisits(task_id=run.task, orders=part)
        cycle.do(open_visits, command, by=run.lead, key=f"{run.scene.code}/open/{start}")


def _matters(items: Iterable[ChecklistItem]) -> tuple[str, ...]:
    return tuple(sorted({item.content.matter_code for item in items}))
