"""Many at once after the same thing: one claim, approval, deposit, visit, last check of a year.

Each racer says, once it returned, how it fared: ``won`` or the codes of its refusal.
"""

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any, Final, TextIO

from attrs import evolve

from entrypoints.actors import operator
from entrypoints.container import Platform, open_platform
from supervision_core.checklists.ports import Checklists
from supervision_core.clues.ports import Clues
from supervision_core.draws.model.pool import Pool
from supervision_core.draws.model.ranking import commitment
from supervision_core.draws.model.rule import Rule
from supervision_core.draws.model.sources import Outsider, OutsiderKind
from supervision_core.draws.ports import Draws
from supervision_core.draws.services.rounds import DepositNonce, deposit_nonce
from supervision_core.identity.model import DepartmentData
from supervision_core.identity.services import UseCase, Work
from supervision_core.identity.services.departments import AddDepartment, add_department
from supervision_core.identity.services.registers import cases_of
from supervision_core.items.registers import CATALOGUE, CatalogueContent
from supervision_core.kernel.calendar import WorkingCalendar
from supervision_core.kernel.days import local_day
from supervision_core.kernel.errors import Conflict, Refused
from supervision_core.kernel.registers import RegisterVerb
from supervision_core.officers.model import Officer
from supervision_core.officers.ports import Officers
from supervision_core.plans.model import Plan, PlanState
from supervision_core.plans.ports import Plans
from supervision_core.plans.registers import CHECK_CAPS, CheckCapContent
from supervision_core.scenes.model.parts import SceneResources
from supervision_core.scenes.ports import Scenes
from supervision_core.subjects.model import SubjectStatus
from supervision_core.subjects.ports import Subjects
from supervision_core.tasks.model.grounds import VisitGround
from supervision_core.tasks.model.opening import VisitOrder
from supervision_core.tasks.model.sheet import Opinion, TaskKind
from supervision_core.tasks.model.task import Task
from supervision_core.tasks.model.visit import Visit
from supervision_core.tasks.ports import Tasks, Visits
from supervision_core.tasks.services.grounds import outcome_of, selected_subjects
from supervision_core.tasks.services.tasks import (
    DispatchTask,
    NameTask,
    approve_task,
    claim_part,
    dispatch_task,
)
from supervision_core.tasks.services.visits import OpenVisits, open_visits
from supervision_core.testing.clues import judged_clue
from supervision_core.testing.draws import frozen_draw
from supervision_core.testing.officers import full_officer_draft
from supervision_core.testing.plans import plan_sheet, sub_plan
from supervision_core.testing.scenes import full_scene
from supervision_core.testing.subjects import full_subject
from supervision_core.testing.tasks import INSPECTORS, asking_checklist, task_sheet, visit_sheet

from .workload import REGION, add_regions

ACTOR: Final = "race"
SUBJECT: Final = "subject-1"
THREADS: Final = 16
NONCE: Final = b"n" * 32
Racer = Callable[[int], tuple[UseCase[Any, Any], Any]]


def prepare(platform: Platform, racers: int) -> dict[str, str]:  # noqa: PLR0915
    """Set up what they are after; give the departments that lead and join."""
    actor, now = operator(ACTOR), datetime.now(UTC)  # noqa: TID251 - a real day
    add_regions(platform, actor)
    lead, other = (
        str(
            platform.commands.run(
                add_department,
                AddDepartment(data=DepartmentData(name=name, code=name, region=REGION)),
                actor=actor,
            )
        )
        for name in ("牵头", "配合")
    )
    today = local_day(now)
    content = CheckCapContent(basis="公布", department=lead, year=today.year, most=1)
    caps = cases_of(CHECK_CAPS)
    add = caps.all[RegisterVerb.ADD]
    platform.commands.run(add, caps.adding(content=content), actor=evolve(actor, department=lead))
    matters, code = cases_of(CATALOGUE), f"{REGION}00000001"
    matter = matters.adding(content=CatalogueContent(name="示例", kind="inspection", code=code))
    publish = matters.all[RegisterVerb.ADD]
    platform.commands.run(publish, matter, actor=evolve(actor, department=lead))
    sheet = task_sheet(
        kind=TaskKind.ROUTINE, lead=lead, joining=(other,), reason="", superior_order="", draw="",
        grading_rule=None, starts_on=today, ends_on=today + timedelta(days=1),
    )  # fmt: skip

    def task(name: str) -> Task:
        return Task.create(id=name, sheet=evolve(sheet, number=name), at=now)

    sent, ready = task("claim"), task("approve")
    for one in (sent, ready):
        one.consult(due_on=today, at=now)
        one.give_opinion(other, Opinion(participates=True, by="u", at=now))
        one.end_consultation(at=now)
    sent.approve(visits=1, by="head", at=now)
    sent.dispatch(claim_due=today, published=frozenset(sheet.matters), visits=1,
                  urgent_because="", at=now)  # fmt: skip
    last = [task(f"cap-{at}") for at in range(racers)]
    for one in last:
        one.change(evolve(one.sheet, matters=(code,), joining=()))
        one.skip_consultation()
    case = evolve(sheet, number="visit", kind=TaskKind.CASE, reason="投诉举报")
    once = Task.create(id="visit", sheet=case, at=now)
    years = (WorkingCalendar.of_weekdays(one) for one in (now.year, now.year + 1))
    draw = frozen_draw(
        "deposit", Pool.of([(f"f{at}", "A") for at in range(4)]), task="claim", region=REGION,
        lead=lead, rule=Rule.of({"strata": {"A": {"count": 1}}}), contributors=(lead, other),
        outsider=Outsider(kind=OutsiderKind.DEPARTMENT, contributor=other),
        due=now + timedelta(days=10), at=now, calendar=next(years).joined(next(years)),
    )  # fmt: skip
    scene = full_scene(sheet.scene)
    scene.provide(SceneResources(subjects_added=frozenset({SUBJECT})))
    planned = plan_sheet(lead=lead, region=sheet.region, scene=sheet.scene)
    whole = Plan(
        id=sheet.plan, number="JH-1", sheet=planned, sub_plans=(sub_plan(whole=True),),
        state=PlanState.SETTLED, inspected=scene.resources,
    )  # fmt: skip
    with platform.transactions.begin() as unit:
        unit[Scenes].save(scene)
        unit[Clues].save(judged_clue("clue-1", subject=SUBJECT, registered_by=lead))
        unit[Plans].save(whole)
        unit[Checklists].save(asking_checklist(sheet.checklist.id, lead=lead, farm=other))
        unit[Visits].save(
            Visit.open(
                id="approve-1", officers=INSPECTORS, due_on=today, at=now,
                sheet=visit_sheet(number="approve-1", task="approve", subject="subject-9"),
            )
        )  # fmt: skip
        unit[Tasks].save_all([sent, ready, once, *last])
        unit[Draws].save(draw)
        active = full_subject(SUBJECT)
        object.__setattr__(active, "_status", SubjectStatus.ACTIVE)
        unit[Subjects].save(active)
        unit[Officers].save_all(
            [
                Officer(
                    id=f"officer-{at}", name=f"示例{at}", department=(lead, other)[at],
                    region=REGION,
                    certificates=full_officer_draft(f"4501000000{at}").certificates,
                )
                for at in range(2)
            ]
        )  # fmt: skip
        unit.commit()
    orders = (_planned(),)
    with platform.transactions.begin() as unit:
        drafting = Work(evolve(actor, department=lead), now, platform.ids, unit)
        for one in last:
            open_visits.body(drafting, OpenVisits(task_id=one.id, orders=orders))
            approved = unit[Tasks].get(one.id)
            chosen = outcome_of(drafting, approved, selected_subjects(drafting, approved))
            approved.approve(visits=1, selection=chosen.digest, by="head", at=now)
            unit[Tasks].save(approved)
        unit.commit()
    return {"lead": lead, "other": other}


def _planned() -> VisitOrder:
    return VisitOrder(subject=SUBJECT, ground=VisitGround.PLAN, officers=("officer-0", "officer-1"))


def racers_of(departments: Mapping[str, str]) -> dict[str, tuple[str, Racer]]:
    """Give each race: for which department they run, and what each does."""
    lead, other = departments["lead"], departments["other"]
    heard = evolve(_planned(), ground=VisitGround.CLUE, clue="clue-1")
    visits = OpenVisits(task_id="visit", orders=(heard,))
    deposit = DepositNonce(
        draw_id="deposit", commitment=commitment(lead, NONCE), sealed=b"sealed elsewhere"
    )
    return {
        "claim": (other, lambda _: (claim_part, NameTask(task_id="claim"))),
        "approve": (lead, lambda _: (approve_task, NameTask(task_id="approve"))),
        "deposit": (lead, lambda _: (deposit_nonce, deposit)),
        "cap": (lead, lambda at: (dispatch_task, DispatchTask(task_id=f"cap-{at}"))),
        "visit": (lead, lambda _: (open_visits, visits)),
    }


def run_races(
    platform: Platform, departments: Mapping[str, str], numbers: range
) -> Iterator[tuple[str, int, str]]:
    """Let so many run each race side by side; give how each fared as soon as it is known."""
    actor = operator(ACTOR)

    def run(race: str, department: str, racer: Racer, at: int) -> tuple[str, int, str]:
        case, command = racer(at)
        try:
            platform.commands.run(
                case, command, actor=evolve(actor, department=department), key=f"{race}/{at}"
            )
        except Refused as refusal:
            return race, at, ",".join(sorted({one.code for one in refusal.reasons}))
        except Conflict:
            return race, at, "conflict"
        return race, at, "won"

    with ThreadPoolExecutor(THREADS) as threads:
        for race, (department, racer) in racers_of(departments).items():
            yield from threads.map(
                lambda at, r=race, d=department, m=racer: run(r, d, m, at), numbers
            )


def work(asked: dict[str, Any], line: TextIO) -> None:
    """Run the races over a database; say of each racer how it fared."""
    platform = open_platform(asked["url"])
    numbers = range(asked["seed"], asked["seed"] + asked["count"])
    departments = {"lead": asked["lead"], "other": asked["other"]}
    for place, (race, at, fared) in enumerate(run_races(platform, departments, numbers)):
        print(place, f"{race} {at} {fared}", file=line, flush=True)
