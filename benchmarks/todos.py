"""What to-dos add to a command, and what it costs to read one's own.

    python -m benchmarks.todos [--sizes 1000 10000 100000] [--postgres URL]

Sizes count the to-dos that stand already. Commands create tasks, then ask the joining departments
for their opinion; two ways take turns: with to-dos, and without. Reading is the count of the bell
and the first page, for a department that has so many.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import date, timedelta
from functools import partial
from itertools import count
from unittest import mock

from benchmarks._databases import databases
from benchmarks._measuring import Asked, Case, measure
from sqlalchemy import Engine

from adapters.sql.engine.bulk import insert_rows
from adapters.sql.frame.todos import SqlTodos, todo
from adapters.sql.ports import sql_transactions
from adapters.system import SystemClock, SystemIds
from supervision_core.checklists.ports import Checklists
from supervision_core.identity.model import Actor, DataScope
from supervision_core.identity.services import Commands
from supervision_core.identity.services.todos import (
    CountTodos,
    ListTodos,
    list_todos,
    view_todo_counts,
)
from supervision_core.kernel.days import local_day
from supervision_core.kernel.verbs import Verbs
from supervision_core.scenes.ports import Scenes
from supervision_core.tasks.services.tasks import Consult, CreateTask, consult, create_task
from supervision_core.testing.checklists import full_checklist
from supervision_core.testing.offices import keep_directory
from supervision_core.testing.scenes import full_scene
from supervision_core.testing.tasks import FARM, LEAD, task_sheet

AT_ONCE = 10
SOON = timedelta(days=10)
REGION = "450100"
COORDINATOR = Actor(
    user="u-1", department=LEAD, scope=DataScope(region=REGION, departments=frozenset({LEAD})),
    permissions=frozenset({"tasks.*", "identity.*"}),
)  # fmt: skip
ASKED = Actor(
    user="u-2", department=FARM, scope=DataScope(region=REGION, departments=frozenset({FARM})),
    permissions=frozenset({"tasks.claim", "identity.list_todos", "identity.view_todo_counts"}),
)  # fmt: skip


@contextmanager
def without() -> Iterator[None]:
    """Owe nothing, write nothing."""

    def nothing(*_: object, **__: object) -> frozenset[object]:
        return frozenset()

    with (
        mock.patch.object(Verbs, "duties", nothing),
        mock.patch.object(SqlTodos, "settle", nothing),
    ):
        yield


def filled(engine: Engine, many: int) -> None:
    """Let to-dos of one department stand there, and what new tasks refer to."""
    day = date(2026, 1, 1)
    rows = (
        ("task", f"f-{at:08}", FARM, "claim", f"department:{FARM}", day + timedelta(days=at % 900),
         "tasks.claim", "任务", None)
        for at in range(many)
    )  # fmt: skip
    with engine.begin() as connection:
        insert_rows(connection, todo, rows)
    with sql_transactions(engine).begin() as unit:
        keep_directory(unit, (LEAD, FARM))
        unit[Scenes].save(full_scene("scene-dairy"))
        unit[Checklists].save(full_checklist("checklist-1"))
        unit.commit()


def writing(engine: Engine) -> dict[str, Callable[[], object]]:
    """Give both ways of creating tasks and asking for opinions."""
    commands = Commands(sql_transactions(engine), SystemClock(), SystemIds())
    numbers = count()
    due = local_day(SystemClock().now()) + SOON
    made: dict[str, Callable[[], AbstractContextManager[None]]] = {
        "没有待办": without,
        "产品": nullcontext,
    }

    def write(way: str) -> None:
        with made[way]():
            for _ in range(AT_ONCE):
                sheet = task_sheet(
                    number=f"RW-{next(numbers):08}", region=REGION,
                    plan="", sub_plan="", draw="", grading_rule=None,
                )  # fmt: skip
                task = commands.run(create_task, CreateTask(sheet=sheet), actor=COORDINATOR)
                commands.run(consult, Consult(task_id=task, due_on=due), actor=COORDINATOR)

    return {way: partial(write, way) for way in made}


def cases(size: int, asked: Asked) -> Iterator[Case]:
    """Give writing and reading on each kind of database."""
    for kind, (engine,) in databases(asked.postgres):
        filled(engine, size)
        commands = Commands(sql_transactions(engine), SystemClock(), SystemIds())
        yield Case(f"{kind}，两个命令", writing(engine), "没有待办", times=AT_ONCE, warm=2)
        ask = commands.ask
        yield Case(
            f"{kind}，读取",
            {
                "铃铛的件数": lambda ask=ask: ask(view_todo_counts, CountTodos(), actor=ASKED),  # type: ignore[misc]
                "第一页": lambda ask=ask: ask(list_todos, ListTodos(), actor=ASKED),  # type: ignore[misc]
            },
        )


if __name__ == "__main__":
    measure(__doc__, cases, sizes=(1_000, 10_000, 100_000), small=(10, 20), rounds=30)
