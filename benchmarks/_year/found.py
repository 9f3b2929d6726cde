"""What a year left in the database, loaded once, so that each check is a function of it."""

from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from datetime import date
from functools import cached_property
from multiprocessing import get_context
from typing import Any

from attrs import define, field
from benchmarks._year.city import YEAR, City

from entrypoints.auditing import verify_database
from entrypoints.container import log_store, open_platform
from entrypoints.registered import declared, lists
from supervision_core.clues.model import Clue
from supervision_core.clues.ports import Clues
from supervision_core.dashboards.services import miscounts
from supervision_core.draws.model.draw import Draw
from supervision_core.draws.ports import Draws
from supervision_core.identity.ports import DeadLetters, Departments
from supervision_core.identity.services.todos import differences
from supervision_core.kernel.calendar import WorkingCalendar
from supervision_core.kernel.ports import Repository
from supervision_core.officers.model import Officer, Party
from supervision_core.officers.ports import Officers
from supervision_core.plans.model import Plan
from supervision_core.plans.ports import CheckCounts, Plans
from supervision_core.plans.registers import caps_in
from supervision_core.subjects.ports import Subjects
from supervision_core.tasks.model.opening import party_of
from supervision_core.tasks.model.publication import Publication
from supervision_core.tasks.model.rectification import Rectification
from supervision_core.tasks.model.task import Task
from supervision_core.tasks.model.transfer import Transfer
from supervision_core.tasks.model.visit import Visit
from supervision_core.tasks.ports import Publications, Rectifications, Tasks, Transfers, Visits
from supervision_core.tasks.services.archiving import ShowTaskFile, view_manifest

_AT_ONCE = 500


@define
class Found:
    """Everything that came of the year."""

    calendar: WorkingCalendar
    today: date
    tasks: Mapping[str, Task] = field(repr=False)
    visits: Mapping[str, Visit] = field(repr=False)
    draws: Mapping[str, Draw] = field(repr=False)
    plans: Mapping[str, Plan] = field(repr=False)
    orders: Mapping[str, Rectification] = field(repr=False)
    publications: Mapping[str, Publication] = field(repr=False)
    clues: Mapping[str, Clue] = field(repr=False)
    transfers: Mapping[str, Transfer] = field(repr=False)
    officers: Mapping[str, Officer] = field(repr=False)
    parties: Mapping[str, Party] = field(repr=False)
    """By subject, the side that recusal looks at."""
    codes: Mapping[str, str] = field(repr=False)
    """By subject, the code under which it is drawn."""
    above: dict[str, frozenset[str]]
    """By department, those above it."""
    caps: Mapping[str, int]
    counted: dict[tuple[str, str], int] = field(repr=False)
    """What the platform counts of the year's checks, by subject and department."""
    manifests: dict[str, str] = field(repr=False)
    """By archived task, the digest of its file as it is now."""
    todos: list[str]
    miscounts: list[str]
    log: list[str]
    letters: list[str]
    orderings: dict[str, list[str]] = field(repr=False)
    """By list, what its rows can be ordered by."""
    not_refused: list[str]
    meant_late: set[str]

    @cached_property
    def visits_of(self) -> Mapping[str, list[Visit]]:
        """Give the visits by task."""
        return _grouped(self.visits.values(), lambda one: one.sheet.task)

    @cached_property
    def orders_of(self) -> Mapping[str, list[Rectification]]:
        """Give the orders to put things right by visit."""
        return _grouped(self.orders.values(), lambda one: one.sheet.visit)


def _grouped(things: Iterable[Any], by: Any) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for one in things:
        found.setdefault(by(one), []).append(one)
    return found


def _all(repository: Repository[Any]) -> Iterator[Any]:
    after = ""
    while some := repository.walk(after, _AT_ONCE):
        yield from some
        after = some[-1].id


def _manifests(city: City, tasks: Mapping[str, Task]) -> Iterator[tuple[str, str]]:
    """Ask, as the lead's own people do, for the digest of each archived file as it is now."""
    for one in tasks.values():
        if one.archived_at is not None:
            actor = city.office.of(one.sheet.lead, view_manifest.permission)
            about = ShowTaskFile(task_id=one.id)
            yield one.id, city.platform.commands.ask(view_manifest, about, actor=actor).digest


def _compared(url: str) -> tuple[list[str], list[str]]:
    """Let the platform compare to-dos and counts with the things that they are about."""
    platform = open_platform(url)
    try:
        owed = [f"{one.kind} {one.id}" for one in differences(platform.transactions, declared())]
        return owed, [f"{one.kind} {one.id}" for one in miscounts(platform.transactions)]
    finally:
        platform.engine.dispose()


def look(city: City) -> Found:
    """Load it all, and let the platform's own comparisons say what they find.

    Those that read everything once more are made by another process meanwhile.
    """
    url = city.platform.engine.url.render_as_string(hide_password=False)
    with ProcessPoolExecutor(1, get_context("spawn")) as beside:
        return _look(city, beside.submit(_compared, url))


def _look(city: City, compared: Future[tuple[list[str], list[str]]]) -> Found:
    platform = city.platform
    auditing = platform.auditing()
    auditing.anchoring.anchor()
    verdict = verify_database(log_store(platform.engine), auditing.trusted, [], auditing.witnesses)
    with platform.transactions.begin_reading() as work:
        whole = {
            port: {one.id: one for one in _all(work[port])}
            for port in (Tasks, Visits, Draws, Plans, Rectifications, Publications, Clues,
                         Transfers)
        }  # fmt: skip
        visits: dict[str, Visit] = whole[Visits]
        subjects = work[Subjects].find_many(sorted({one.sheet.subject for one in visits.values()}))
        departments = sorted({one for visit in visits.values() for one in visit.departments})
        officers = work[Officers].find_many(
            sorted({one.id for visit in visits.values() for one in visit.officers})
        )
        todos, wrong = compared.result()
        return Found(
            calendar=city.calendar,
            today=city.today,
            tasks=whole[Tasks],
            visits=visits,
            draws=whole[Draws],
            plans=whole[Plans],
            orders=whole[Rectifications],
            publications=whole[Publications],
            clues=whole[Clues],
            transfers=whole[Transfers],
            officers={one.id: one for one in officers},
            parties={one.id: party_of(one) for one in subjects},
            codes={one.id: one.identity.code for one in subjects},
            above={
                one: frozenset(each.id for each in work[Departments].lineage(one)) - {one}
                for one in departments
            },
            caps=caps_in(work, YEAR, departments),
            counted=dict(
                work[CheckCounts].in_year(
                    YEAR,
                    today=city.today,
                    subjects=[one.id for one in subjects],
                    departments=departments,
                )
            ),
            manifests=dict(_manifests(city, whole[Tasks])),
            todos=todos,
            miscounts=wrong,
            log=[f"{one.code} {one.first} {one.what}" for one in verdict.findings],
            letters=[f"{one.receiver} {one.failure}" for one in work[DeadLetters].open()],
            orderings={name: [one.name for one in query.orders] for name, query in lists().items()},
            not_refused=list(city.not_refused),
            meant_late=set(city.meant_late),
        )
