"""What one event takes from the outbox to the messages that it writes: 待转发事件 to 站内消息.

    python -m benchmarks.relay [--sizes 1000 5000 20000] [--postgres URL]

Each round relays a new outbox: half of the events name their departments, half have the task
loaded. Each is told to three people. Figures are those of one event.
"""

from collections.abc import Iterator
from functools import partial

from benchmarks._databases import databases
from benchmarks._measuring import Asked, Case, Sample, measure, timed
from sqlalchemy import Engine

from adapters.sql.frame.commit import SqlOutbox
from adapters.sql.ports import sql_transactions
from adapters.system import SystemClock, SystemIds
from entrypoints.catalogue import InstalledPermissions
from entrypoints.receivers import TELLINGS
from supervision_core.identity.model import Department, DepartmentData, GrantSheet, HolderKind, User
from supervision_core.identity.ports import Departments, GrantSheets, PermissionCatalogue, Users
from supervision_core.identity.services.relaying import Relay
from supervision_core.identity.services.station_messages import Messenger
from supervision_core.kernel.events import Event, Thing
from supervision_core.kernel.ports import Transactions
from supervision_core.tasks.model.events import PartClaimed, TaskDispatched
from supervision_core.tasks.model.task import Task
from supervision_core.tasks.ports import Tasks
from supervision_core.testing.identity import NOON, full_draft
from supervision_core.testing.tasks import FARM, LEAD, task_sheet

TASKS = 50
AT_ONCE = 500
WHO = {LEAD: "tasks.dispatch", FARM: "tasks.claim"}


def settle(transactions: Transactions) -> None:
    """Make two departments with three people each, and the tasks."""
    with transactions.begin() as unit:
        for department, permission in WHO.items():
            data = DepartmentData(name=department, code=department, region="450100")
            unit[Departments].save(Department.add(id=department, data=data, at=NOON))
            for number in range(3):
                name = f"{department}-{number}"
                unit[Users].save(User.register(full_draft(name, department), id=name, at=NOON))
                sheet = GrantSheet.empty(HolderKind.USER, name)
                sheet.grant(permission, passable=False, by="root", at=NOON)
                unit[GrantSheets].save(sheet)
        for number in range(TASKS):
            made = Task.create(
                id=f"task-{number}", sheet=task_sheet(number=f"RW{number:06d}"), at=NOON
            )
            unit[Tasks].save(made)
        unit.commit()


def fill(transactions: Transactions, count: int) -> None:
    """Write so many events."""
    for first in range(0, count, AT_ONCE):
        with transactions.begin() as unit:
            for number in range(first, min(first + AT_ONCE, count)):
                name = f"task-{number % TASKS}"
                event: Event = PartClaimed(at=NOON, task=name, department=FARM)
                if number % 2:
                    due = NOON.date()
                    event = TaskDispatched(at=NOON, task=name, departments=(FARM,), claim_due=due)
                unit.emit(event, Thing("task", name, 1))
            unit.commit()


def relayed(engine: Engine, count: int) -> Sample:
    """Relay an outbox of so many; tell what each took."""
    transactions = sql_transactions(engine, {PermissionCatalogue: lambda _: InstalledPermissions()})
    settle(transactions)
    outbox = SqlOutbox(engine)
    messenger = Messenger.of(TELLINGS).receiver
    relay = Relay(
        transactions=transactions,
        outbox=outbox,
        receivers=(messenger,),
        clock=SystemClock(),
        ids=SystemIds(),
    )
    relay.run()
    fill(transactions, count)
    taken = timed(relay.run)
    with engine.connect() as connection:
        told = connection.exec_driver_sql("SELECT count(*) FROM station_message").scalar()
    if told != 3 * count or outbox.pending(1) or relay.failures:
        raise RuntimeError(told, relay.failures)
    return Sample(taken.wall / count, taken.processor / count)


def _next_relayed(engines: Iterator[Engine], count: int) -> Sample:
    return relayed(next(engines), count)


def cases(size: int, asked: Asked) -> Iterator[Case]:
    """Give each kind of database; one engine a round, and the round takes its own."""
    for kind, engines in databases(asked.postgres, asked.rounds):
        rest = iter(engines)
        yield Case(f"{kind}，一个事件写给三人", {"产品": partial(_next_relayed, rest, size)})


if __name__ == "__main__":
    measure(__doc__, cases, sizes=(1_000, 5_000, 20_000), small=(50,), rounds=3)
