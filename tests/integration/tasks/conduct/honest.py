"""What offices do by their rules: tasks from their draft to what the public reads of them."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from random import Random  # noqa: TID251 - seeded: the same history every time
from typing import Any, Final

from attrs import define, field

from supervision_core.draws.model.deposits import sealed_content
from supervision_core.draws.model.draw import Draw, DrawState
from supervision_core.draws.model.ranking import commitment
from supervision_core.draws.ports import Draws
from supervision_core.tasks.model.drawing import OfficersDemanded
from supervision_core.tasks.model.presence import SignatureRefused
from supervision_core.tasks.model.publication import Publication, PublicationState
from supervision_core.tasks.model.results import ItemOutcome, Measure, Outcome, PendingMatter
from supervision_core.tasks.model.sheet import (
    ChecklistUsed,
    GradingRuleUsed,
    PartState,
    TaskKind,
    TaskProposal,
    TaskState,
)
from supervision_core.tasks.model.task import Task
from supervision_core.tasks.model.visit import Visit, VisitState
from supervision_core.tasks.ports import Publications, Tasks, Visits
from supervision_core.tasks.services.visits import ItemAnswer

from .world import (
    HEALTH,
    JOINING,
    LEAD,
    NAMES,
    REGION,
    SCENES,
    TASKS_BEGIN,
    World,
    code_of,
    has_account,
)

MEASURES: Final = (Measure.GUIDANCE, Measure.PENALTY_PROCEDURE)
Try = Callable[..., Any]


def proposal(scene: str, **changes: Any) -> TaskProposal:
    """Give what a task says that draws the firms of a scene."""
    lead = SCENES[scene]
    says: dict[str, Any] = {
        "name": "乳品安全综合检查", "scene": scene, "kind": TaskKind.ROUTINE,
        "region": REGION[lead], "lead": lead, "joining": (JOINING[lead],),
        "checklist": ChecklistUsed(id=f"checklist-{lead}", version=1),
        "starts_on": TASKS_BEGIN, "ends_on": date(2026, 5, 29), "matters": ("matter-1",),
        "grading_rule": GradingRuleUsed(id="rule-1", version=1),
    }  # fmt: skip
    return TaskProposal(**(says | changes))


@define
class Offices:
    """Carries on, a step each time; ``tries`` is how somebody does something."""

    world: World
    chance: Random
    tries: Try
    _kept: dict[tuple[str, str], tuple[str, Any]] = field(factory=dict)

    def step(self, wanted: str = "") -> bool:
        """Do what comes next of one of the tasks that are under way, or of that ``wanted``.

        Tells whether there was anything to do.
        """
        found: dict[str, list[Callable[[], None]]] = {}
        for task, do in self._under_way():
            found.setdefault(task, []).append(do)
        if wanted:
            found = {wanted: found[wanted]} if wanted in found else {}
            if not found:
                return False
        if not wanted and (not found or (len(found) < 4 and self.chance.random() < 0.3)):
            scene = self.chance.choice([*SCENES])
            self.tries(f"{NAMES[SCENES[scene]]}-admin", "tasks.create", sheet=proposal(scene))
            return True
        self.chance.choice(found[self.chance.choice([*found])])()
        return True

    def _under_way(self) -> Iterator[tuple[str, Callable[[], None]]]:
        tasks: list[Task] = self._every(Tasks, "task")
        visits: list[Visit] = self._every(Visits, "visit")
        shown: list[Publication] = self._every(Publications, "publication")
        draws: dict[str, Draw] = {one.id: one for one in self._every(Draws, "draw")}
        by_task = {one.id: one for one in tasks}
        for task in tasks:
            if task.sheet.lead in {LEAD, HEALTH} and task.state is not TaskState.DELETED:
                theirs = [one for one in visits if one.sheet.task == task.id]
                if task.state in {TaskState.DRAFTED, TaskState.CONSULTING, TaskState.READY}:
                    yield (
                        task.id,
                        self._bound(self._prepare, task, draws.get(task.sheet.draw), theirs),
                    )
                elif self._goes_on(task, theirs):
                    yield task.id, self._bound(self._carry_on, task, theirs)
        for visit in visits:
            task = by_task[visit.sheet.task]
            if task.dispatched_at and visit.formed_on is None:
                yield task.id, self._bound(self._inspect, visit)
        for one in shown:
            if one.state is PublicationState.DUE:
                yield one.task, self._bound(self._publish, one)

    @staticmethod
    def _goes_on(task: Task, visits: list[Visit]) -> bool:
        """Tell whether something of a task that went out can be done, beside its visits."""
        if task.state is TaskState.PUBLISHED:
            return False
        pending = any(part.state is PartState.PENDING for part in task.parts)
        return pending or all(one.formed_on for one in visits)

    def _every(self, port: Any, table: str) -> list[Any]:
        """Give every aggregate of a kind; what did not change is not read again."""
        for id_, text in self.world.rows(table).items():
            if self._kept.get((table, id_), ("",))[0] != text:
                with self.world.transactions.begin_reading() as unit:
                    self._kept[table, id_] = (text, unit[port].get(id_))
        return [self._kept[table, id_][1] for id_ in self.world.rows(table)]

    @staticmethod
    def _bound(do: Callable[..., None], *of: Any) -> Callable[[], None]:
        return lambda: do(*of)

    def _prepare(self, task: Task, draw: Draw | None, visits: list[Visit]) -> None:
        lead = NAMES[task.sheet.lead]
        admin = f"{lead}-admin"
        if task.state is TaskState.DRAFTED:
            self.tries(admin, "tasks.skip_consultation", task_id=task.id)
        elif draw is None or draw.state is DrawState.CLEARED:
            due = self.world.clock.now() + timedelta(days=2)
            homes = (task.sheet.lead, *task.sheet.joining)
            demands = tuple(OfficersDemanded(departments=(one,), count=1) for one in homes)
            self.tries(
                admin, "tasks.freeze_draw", task_id=task.id, due=due, demands=demands,
                uninspected=sum(map(ord, task.id)) % 3 > 0,
            )  # fmt: skip
        elif draw.state is not DrawState.DRAWN:
            self._ceremony(lead, draw)
        elif not draw.selection:
            about = {"task_id": task.id, "reason": "本轮没有抽中任何企业"}
            self.tries(admin, "tasks.delete", **about)
        elif draw.assignment is None:
            self.tries(admin, "tasks.staff_draw", task_id=task.id)
        elif {*draw.selection} - {code_of(one.sheet.subject) for one in visits}:
            self._or_gives_up(admin, "tasks.open_drawn_visits", task)
        elif task.approval is None:
            self.tries(f"{lead}-head", "tasks.approve", task_id=task.id)
        else:
            self._or_gives_up(admin, "tasks.dispatch", task)

    def _or_gives_up(self, admin: str, verb: str, task: Task) -> None:
        """Let a task go on, or give it up where a firm has had its checks of the year meanwhile."""
        if not self.tries(admin, verb, task_id=task.id):
            about = {"task_id": task.id, "reason": "有企业已达年度检查次数上限"}
            self.tries(admin, "tasks.delete", **about)

    def _ceremony(self, lead: str, draw: Draw) -> None:
        about = {"draw_id": draw.id}
        if draw.awaits_consent:
            self.tries(f"{lead}-head", "draws.consent_to_redraw", **about)
        elif draw.state is DrawState.DEPOSITING and (left := draw.round.absent()):
            home = left[0]
            if self.world.clock.now() > draw.round.due:
                reason = "部门逾期未提交随机数"
                self.tries(f"{lead}-admin", "tasks.delete", task_id=draw.task, reason=reason)
                return
            nonce = f"{draw.id} {home}".encode().ljust(32)[:32]
            self.tries(
                f"{NAMES[home]}-clerk", "draws.deposit_nonce", **about,
                commitment=commitment(home, nonce),
                sealed=sealed_content(draw.round.label, home, nonce),
            )  # fmt: skip
        else:
            verb = {DrawState.DEPOSITING: "close_round", DrawState.CLOSED: "open_round"}
            self.tries(f"{lead}-admin", f"draws.{verb.get(draw.state, 'complete')}", **about)

    def _carry_on(self, task: Task, visits: list[Visit]) -> None:
        """Claim what is not claimed yet; close and end what is done."""
        lead, about = NAMES[task.sheet.lead], {"task_id": task.id}
        closes = {TaskState.CLOSED: "archive", TaskState.ARCHIVED: "publish"}
        for part in task.parts:
            theirs = [one for one in visits if part.department in one.departments]
            if part.state is PartState.PENDING:
                self.tries(f"{NAMES[part.department]}-clerk", "tasks.claim", **about)
                return
            if part.state is PartState.CLAIMED and all(one.formed_on for one in theirs):
                self.tries(f"{NAMES[part.department]}-clerk", "tasks.close_part", **about)
                return
        if all(part.state is not PartState.CLAIMED for part in task.parts):
            self.tries(f"{lead}-admin", f"tasks.{closes.get(task.state, 'close')}", **about)

    def _inspect(self, visit: Visit) -> None:
        named = {one.department: one.id for one in visit.officers}
        first = visit.officers[0].id
        about = {"visit_id": visit.id}
        if not all(has_account(one) for one in named.values()):
            return  # registered on the way: nobody acts as such an officer
        if visit.state is VisitState.ASSIGNED:
            self.tries(first, "tasks.check_in", **about, reason="没有张贴码")
            return
        left = [one for one in visit.sheet.items if one.id not in {r.item for r in visit.results}]
        for one in left:
            if one.department in named:
                found = self.chance.choice((ItemOutcome.PASSED, ItemOutcome.FAILED))
                evidence = (self.world.send(named[one.department]),)
                answer = ItemAnswer(item=one.id, outcome=found, note="见照片", evidence=evidence)
                self.tries(
                    named[one.department], "tasks.record_results", **about, answers=(answer,)
                )
        if left:
            return
        if visit.conclusion is None:
            failed = any(one.outcome is ItemOutcome.FAILED for one in visit.results)
            self.tries(
                first, "tasks.conclude", **about,
                outcomes=frozenset({Outcome.PENDING if failed else Outcome.NO_PROBLEM}),
                pending=frozenset({PendingMatter.OTHER_BREACH} if failed else ()),
                measures=frozenset({self.chance.choice(MEASURES)} if failed else ()),
            )  # fmt: skip
        elif visit.signatures is None:
            party = SignatureRefused(reason="拒签", witness="王五")
            self.tries(first, "tasks.sign", **about, party=party)
        elif visit.state is VisitState.SIGNED:
            self.tries(first, "tasks.complete_visit", **about)
        else:
            self.tries(visit.officers[-1].id, "tasks.confirm_record", **about)

    def _publish(self, found: Publication) -> None:
        self.tries(
            f"{NAMES[found.lead]}-admin", "tasks.publish_result", visit_id=found.id,
            until=self.world.clock.now().date() + timedelta(days=800),
        )  # fmt: skip
