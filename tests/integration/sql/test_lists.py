"""Counts: memory is the definition in plain words, the database must say the same."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from attrs import evolve
from sqlalchemy import Engine

from adapters.memory.ports import memory_transactions
from adapters.memory.unit import MemoryStore
from adapters.sql.ports import sql_transactions
from supervision_core.checklists.model import ChecklistState
from supervision_core.checklists.ports import Checklists
from supervision_core.clues.model import ClueChannel, ClueState, Verdict
from supervision_core.clues.ports import Clues
from supervision_core.grading.ports import UnscheduledRuns
from supervision_core.items.model import LAW_KINDS, LawState
from supervision_core.items.ports import Laws
from supervision_core.items.registers import CATALOGUE, CatalogueContent
from supervision_core.kernel.events import Aggregate
from supervision_core.kernel.ports import Transactions, UnitOfWork
from supervision_core.kernel.registers import Entries, Entry
from supervision_core.officers.model import OfficerState
from supervision_core.officers.ports import (
    OfficerFilter,
    OfficerQueries,
    Officers,
    Teams,
    VisitsOfOfficers,
)
from supervision_core.plans.ports import CheckCounts, PublishedMatters, TasksOfPlans
from supervision_core.scenes.model import SceneState
from supervision_core.scenes.ports import Scenes
from supervision_core.subjects.ports import Tags
from supervision_core.tasks.model.publication import PublicationState
from supervision_core.tasks.model.rectification import RectificationState
from supervision_core.tasks.model.sheet import TaskKind, TaskState
from supervision_core.tasks.model.term_warning import WarningState
from supervision_core.tasks.model.visit import VisitState
from supervision_core.tasks.model.warnings import WarningKind
from supervision_core.tasks.ports import (
    PublicationQueries,
    Publications,
    RectificationQueries,
    Rectifications,
    Tasks,
    TermWarnings,
    VisitQueries,
    Visits,
)
from supervision_core.testing.cases import CASES
from supervision_core.testing.tasks import FARM, LEAD
from supervision_core.testing.units import NOON

EXAMPLES = {case.port: case.example for case in CASES}
REGIONS = ("450000", "450100", "450103", "450200")
DAY = date(2026, 4, 7)
Answer = Callable[[UnitOfWork], object]


def numbered(port: type[Any], at: int) -> Any:
    """Give the ``at``-th example of a repository."""
    return EXAMPLES[port](f"{port.__name__.lower()}-{at:03d}")


def world() -> Iterator[tuple[type[Any], Aggregate]]:  # noqa: PLR0915 - a whole world
    """Give aggregates in which whatever lists look at varies."""
    for at in range(24):
        region, near = REGIONS[at % 4], DAY + timedelta(days=at % 5)
        task = numbered(Tasks, at)
        task._state = list(TaskState)[at % len(TaskState)]
        task._sheet = evolve(
            task.sheet,
            region=region,
            scene=f"scene-{at % 2}",
            plan=("", "plan-1", "plan-2")[at % 3],
            kind=list(TaskKind)[at % 3],
            starts_on=date(2025 + at % 2, 4, 8),
            ends_on=date(2026, 5, 29) + timedelta(days=at % 5),
            name=("乳品Ａ检查", "100%检查", "abc_检查")[at % 3],
        )
        yield Tasks, task
        visit = numbered(Visits, at)
        object.__setattr__(
            visit,
            "sheet",
            evolve(
                visit.sheet,
                number=f"n-{at % 7}",
                task=f"tasks-00{at % 3}",
                subject=f"s-{at % 4}",
                region=region,
                counts_toward_cap=at % 5 > 0,
            ),
        )
        visit._state = list(VisitState)[at % 4]
        visit._due_on = near
        visit._formed_on = near if at % 4 == 3 else None
        visit._party_scan = visit.party_scan if at % 2 else None
        visit._officers = visit.officers[at % 2 :]
        visit._assistants = frozenset({"u-1"} if at % 3 else ())
        yield Visits, visit
        order = numbered(Rectifications, at)
        sheet = evolve(
            order.sheet,
            visit=f"visits-{at % 4:03}",
            task=f"tasks-00{at % 3}",
            subject=f"s-{at % 4}",
            region=region,
            department=f"d-{at % 2}",
        )
        object.__setattr__(order, "sheet", sheet)
        order._state = list(RectificationState)[at % len(RectificationState)]
        order._due_on = near
        yield Rectifications, order
        publication = numbered(Publications, at)
        object.__setattr__(publication, "task", f"tasks-00{at % 3}")
        object.__setattr__(publication, "due_on", near)
        publication._state = list(PublicationState)[at % 4]
        yield Publications, publication
        yield (
            TermWarnings,
            evolve(
                numbered(TermWarnings, at),
                kind=list(WarningKind)[at % len(WarningKind)],
                task=f"tasks-00{at % 3}",
                department=f"d-{at % 2}",
                region=region,
                due_on=near,
                state=list(WarningState)[at % len(WarningState)],
            ),
        )
        officer = numbered(Officers, at)
        officer._region, officer._department = region, f"d-{at % 3}"
        officer._name = ("张三", "Li Si", "李四")[at % 3]
        officer._state = list(OfficerState)[at % 3]
        yield Officers, officer
        checklist = numbered(Checklists, at)
        checklist._region, checklist._default = region, at % 2 == 0
        checklist._state, checklist._pilot = list(ChecklistState)[at % 4], at % 8 < 6
        yield Checklists, checklist
        scene = numbered(Scenes, at)
        scene._region, scene._state = region, list(SceneState)[at % 4]
        yield Scenes, scene
        clue = numbered(Clues, at)
        about = evolve(clue.sheet, region=region, channel=list(ClueChannel)[at // 5 % 5])
        object.__setattr__(clue, "sheet", evolve(about, subject=f"s-{at % 4}" if at % 3 else ""))
        clue._state, clue._due_on = list(ClueState)[at % 5], near + timedelta(days=at // 5)
        came = clue.registered_at + timedelta(days=at % 5)
        object.__setattr__(clue, "registered_at", came)
        if at % 4 == 1:
            clue._triage = None
        elif clue._triage is not None and at % 4:
            clue._triage = evolve(clue._triage, verdict=list(Verdict)[at % 3])
        yield Clues, clue
        law = numbered(Laws, at)
        law._content = evolve(
            law.content,
            title=("乳品条例", "食品100%法", "旅行社条例")[at % 3],
            kind=list(LAW_KINDS)[at % len(LAW_KINDS)],
            issuer=("国务院", "")[at % 2],
            promulgated_on=date(2026, 5, 29) + timedelta(days=at % 5),
            in_force_from=date(2026, 6, 29) + timedelta(days=at % 5),
            in_force_until=None,
        )
        law._region, law._state = region, list(LawState)[at % len(LawState)]
        yield Laws, law
    for at in range(3):
        run = numbered(UnscheduledRuns, at)
        object.__setattr__(run, "as_of", DAY + timedelta(days=at % 2))
        object.__setattr__(run, "at", NOON - timedelta(hours=at))
        yield UnscheduledRuns, run
        team = numbered(Teams, at)
        team._members = frozenset(f"officers-{one:03d}" for one in range(at * 4, at * 4 + 9))
        team._leader, team._deleted = f"officers-{at * 4:03d}", at == 2
        yield Teams, team
        tag = numbered(Tags, at)
        tag._region, tag._enabled = REGIONS[at], at != 1
        yield Tags, tag


def matters() -> Iterator[Entry[CatalogueContent]]:
    """Give matters in use, suspended, disabled and deleted: the first alone is published."""
    for at, state in enumerate(("in_use", "suspended", "in_use", "in_use")):
        content = CatalogueContent(name=f"事项{at}", code=f"m-{at}", state=state)
        entry = Entry.add(
            id=f"matter-{at}", content=content, position=at, at=NOON, register=CATALOGUE.name
        )
        if at == 2:
            entry.disable(at=NOON)
        if at == 3:
            entry.delete(at=NOON)
        yield entry


OFFICERS: tuple[OfficerFilter, ...] = (
    OfficerFilter(),
    *(OfficerFilter(region=region) for region in REGIONS),
    OfficerFilter(departments=frozenset({"d-1", FARM})),
    OfficerFilter(name="li"),
    OfficerFilter(certificate="officers-003"),
    OfficerFilter(phone="nobody"),
    OfficerFilter(state=OfficerState.ACTIVE),
    OfficerFilter(team="teams-001"),
    OfficerFilter(team="teams-001", linked=False, region="450100"),
)


def ask(port: type[Any], question: str, *given: Any, **named: Any) -> Answer:
    """Ask a query port one question."""
    return lambda unit: getattr(unit[port], question)(*given, **named)


DEPARTMENTS = (LEAD, FARM, "d-0", "d-1")
QUESTIONS: tuple[Answer, ...] = (
    *(ask(OfficerQueries, "ids", one) for one in OFFICERS),
    ask(VisitsOfOfficers, "count_open", ("officer-2", "nobody", "officer-1")),
    *(ask(TasksOfPlans, "by_sub_plan", plan) for plan in ("plan-1", "none")),
    ask(TasksOfPlans, "by_plan", ("none", "plan-1", "plan-2")),
    *(ask(VisitQueries, "counts", f"tasks-00{at}") for at in range(4)),
    ask(VisitQueries, "places", since=DAY, until=DAY + timedelta(days=2)),
    *(ask(VisitQueries, "count_unfinished", f"tasks-00{at}") for at in range(4)),
    ask(VisitQueries, "progress", tuple(f"tasks-00{at}" for at in range(4))),
    *(
        ask(VisitQueries, "numbers", f"tasks-00{at}", [f"s-{one}" for one in range(5)])
        for at in range(4)
    ),
    *(
        ask(queries, "count_open", f"tasks-00{at}", department)
        for queries in (VisitQueries, RectificationQueries)
        for at in range(4)
        for department in DEPARTMENTS
    ),
    *(
        ask(VisitQueries, "formed_results", f"s-{at}", until=DAY + timedelta(days=2))
        for at in range(5)
    ),
    *(
        lambda unit, at=at, of=of: [
            one.id
            for one in unit[Rectifications].after(unit[Visits].get(f"visits-00{at}"), f"d-{of}")
        ]
        for at in range(4)
        for of in range(2)
    ),
    *(ask(RectificationQueries, "order_records", f"s-{at}", today=DAY) for at in range(5)),
    *(ask(PublicationQueries, "count_due", f"tasks-00{at}") for at in range(4)),
    ask(PublishedMatters, "among", ["m-0", "m-1", "m-2", "m-3", "m-9"]),
    ask(
        CheckCounts,
        "in_year",
        2026,
        today=DAY,
        subjects=[f"s-{at}" for at in range(5)],
        departments=DEPARTMENTS,
    ),
    ask(CheckCounts, "in_year", 2025, today=DAY, subjects=["s-1"], departments=DEPARTMENTS),
    ask(CheckCounts, "tasks_of_year", 2026, today=DAY, subjects=[f"s-{at}" for at in range(5)]),
    ask(CheckCounts, "tasks_of_year", 2025, today=DAY, subjects=["s-1"]),
    ask(
        CheckCounts,
        "formed_since",
        DAY,
        subjects=[f"s-{at}" for at in range(5)],
        leads=DEPARTMENTS,
    ),
    ask(CheckCounts, "planned", 2026, subjects=[f"s-{at}" for at in range(5)]),
    lambda unit: [
        (region, [one.id for one in tags])
        for region, tags in unit[Tags].of_regions(["450103", "450200"]).items()
    ],
    lambda unit: [one.id for one in unit[Officers].of_departments(["d-0", "d-2"])],
    *(
        lambda unit, named=named: [
            one.id for one in unit[UnscheduledRuns].of_rule("rule-1", until=DAY, **named)
        ]
        for named in ({}, {"since": DAY}, {"since": DAY + timedelta(days=1)})
    ),
    ask(Tasks, "number_taken", "tasks-003"),
    ask(Tasks, "number_taken", "none"),
    *(
        lambda unit, one=one: [each.id for each in unit[Teams].of_officer(one)]
        for one in ("officers-004", "officers-006", "nobody")
    ),
)


def answers(transactions: Transactions) -> list[object]:
    """Store the world, then ask every question."""
    with transactions.begin() as unit:
        for port, root in world():
            unit[port].save(root)
        for matter in matters():
            unit[Entries].of(CATALOGUE).save(matter)
        unit.commit()
    with transactions.begin() as unit:
        return [question(unit) for question in QUESTIONS]


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_database_answers_as_the_definition(kind: str, request: pytest.FixtureRequest) -> None:
    """Every count of the database equals that of the store in memory, row by row."""
    engine: Engine = request.getfixturevalue(f"{kind}_engine")
    defined = answers(memory_transactions(MemoryStore()))
    found = answers(sql_transactions(engine))
    for at, (one, other) in enumerate(zip(defined, found, strict=True)):
        assert one == other, at
    told = [one for one in defined if one]
    assert len(told) > len(defined) // 2  # the world is rich enough to tell rules apart
