"""What every stage works with: the platform, the scenes' runs, the lists it reads."""

import struct
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, TypeVar

from attrs import define, evolve, field

from entrypoints.cli.console import Console
from entrypoints.container import FixedClock, Platform
from entrypoints.coverage import Footing
from entrypoints.demo.field import Field
from entrypoints.demo.office import Office
from entrypoints.demo.settings import (
    DemoSettings,
    day_of_stage,
    moment_of_stage,
)
from entrypoints.installing import InstalledScene
from supervision_core.checklists.model import ChecklistItem
from supervision_core.draws.model.draw import Draw
from supervision_core.draws.ports import Draws
from supervision_core.draws.services import (
    ProveDraw,
    prove_draw,
)
from supervision_core.files.model import MediaType
from supervision_core.files.ports import Picture, PictureReader
from supervision_core.files.services import StartFile
from supervision_core.identity.model import Actor
from supervision_core.identity.services import UseCase
from supervision_core.kernel.canonical import Json, sm3
from supervision_core.kernel.listing import ListFilter, ListQuery, Lists, R
from supervision_core.kernel.paging import Page, every_page
from supervision_core.officers.ports import Officers
from supervision_core.subjects.model import Subject
from supervision_core.subjects.ports import SubjectRow, Subjects
from supervision_core.tasks.lists import PUBLICATIONS, RECTIFICATIONS, VISITS
from supervision_core.tasks.lists.following import PublicationRow, RectificationRow
from supervision_core.tasks.lists.visits import VisitRow
from supervision_core.tasks.model.rectification import (
    Rectification,
)
from supervision_core.tasks.model.task import Task
from supervision_core.tasks.model.visit import Visit
from supervision_core.tasks.ports import (
    Rectifications,
    Tasks,
    Visits,
)

Cmd = TypeVar("Cmd")
Answer = TypeVar("Answer")


class OwnPictures(PictureReader):
    """Takes a picture as it is, and as its own thumbnail: the demo drew it, and it is small.

    A process for each of hundreds of signatures would take longer than the rest of the run.
    """

    thumbnail_type = MediaType.PNG

    def read(self, content: bytes, media: MediaType, *, strip: bool) -> Picture:
        """Give it back; of a PNG the first chunk says how large it is."""
        del media, strip
        wide, high = struct.unpack(">II", content[16:24])
        return Picture(width=wide, height=high, thumbnail=content)


@define
class SceneRun:
    """One scene on its way: what is known of it so far."""

    scene: InstalledScene
    departments: tuple[str, ...]
    """The lead first; those of the scene that have officers."""
    left_out: tuple[str, ...] = ()
    subjects: Mapping[str, SubjectRow] = field(factory=dict, repr=False)
    """By id, those that are there to be supervised."""
    before: Mapping[str, int | None] = field(factory=dict, repr=False)
    after: Mapping[str, int | None] = field(factory=dict, repr=False)
    known: dict[str, Footing] = field(factory=dict, repr=False)
    """By id, how many facts the first grade rests on, of ``asked``."""
    asked: int = 0
    plan: str = ""
    task: str = ""
    number: str = ""
    draw: str = ""
    removed: int = 0

    @property
    def lead(self) -> str:
        """The lead department."""
        return self.scene.lead

    @property
    def items(self) -> tuple[ChecklistItem, ...]:
        """The items that the departments taking part answer."""
        return tuple(i for i in self.scene.items if i.content.department in self.departments)


@define
class Cycle:
    """A run over one database; every stage may be told again and then does nothing twice."""

    platform: Platform
    clock: FixedClock
    settings: DemoSettings
    console: Console
    office: Office
    people: Field
    runs: list[SceneRun] = field(factory=list)
    skipped: dict[str, str] = field(factory=dict)

    def do(self, case: UseCase[Cmd, Answer], command: Cmd, *, by: Actor | str, key: str) -> Answer:
        """Carry out a command under a key of its own; of a department, whoever of it may."""
        actor = self.office.of(by, case.permission) if isinstance(by, str) else by
        return self.platform.commands.run(case, command, actor=actor, key=f"demo/{key}")

    def short_names(self, departments: Iterable[str]) -> tuple[str, ...]:
        """Name departments as scenes and rolls of officers do."""
        return tuple(self.office.short_names[one] for one in departments)

    def send(self, name: str, content: bytes, *, by: Actor) -> str:
        """Send a small file; give its id, to be attached by a command."""
        files = evolve(self.platform.files, pictures=OwnPictures())
        stated = StartFile(name=name, size=len(content), sm3=sm3(content).hex())
        file = files.start(by, stated).id
        files.put(by, file, 0, content)
        return files.finish(by, file).id

    def at(self, stage: str, *, hour: int = 9) -> date:
        """Set the clock to a stage and give its day."""
        self.clock.put(moment_of_stage(stage, hour=hour))
        return day_of_stage(stage)

    def visits(self, run: SceneRun) -> list[VisitRow]:
        """List the visits of a run's task."""
        with self.platform.transactions.begin_reading() as work:
            return list(_of_task(work[Lists], VISITS, run.task))

    def load_visit(self, visit: str) -> Visit:
        """Load one visit."""
        with self.platform.transactions.begin_reading() as work:
            return work[Visits].get(visit)

    def load_subject(self, subject: str) -> Subject:
        """Load one subject."""
        with self.platform.transactions.begin_reading() as work:
            return work[Subjects].get(subject)

    def rectifications(self, run: SceneRun) -> list[RectificationRow]:
        """List the rectifications of a run's task."""
        with self.platform.transactions.begin_reading() as work:
            return list(_of_task(work[Lists], RECTIFICATIONS, run.task))

    def publications(self, run: SceneRun) -> list[PublicationRow]:
        """List the publications of a run's task."""
        with self.platform.transactions.begin_reading() as work:
            return list(_of_task(work[Lists], PUBLICATIONS, run.task))

    def names_of(self, officers: Iterable[str]) -> Mapping[str, str]:
        """Give the names of officers by their ids."""
        with self.platform.transactions.begin_reading() as work:
            return {one.id: one.name for one in work[Officers].find_many(sorted(set(officers)))}

    def load_rectification(self, rectification: str) -> Rectification:
        """Load one rectification."""
        with self.platform.transactions.begin_reading() as work:
            return work[Rectifications].get(rectification)

    def load_task(self, run: SceneRun) -> Task:
        """Load a run's task."""
        with self.platform.transactions.begin_reading() as work:
            return work[Tasks].get(run.task)

    def load_draw(self, run: SceneRun) -> Draw:
        """Load a run's draw."""
        with self.platform.transactions.begin_reading() as work:
            return work[Draws].get(run.draw)

    def proof(self, run: SceneRun) -> dict[str, Json]:
        """Give the proof of a scene's draw."""
        asked = ProveDraw(draw_id=run.draw)
        return self.do(prove_draw, asked, by=run.lead, key=f"{run.draw}/proof")

    def published(self, run: SceneRun) -> Counter[str]:
        """Count a task's publications by state."""
        with self.platform.transactions.begin_reading() as work:
            asked = ListFilter(asked={"task": run.task})
            found = work[Lists].tally(PUBLICATIONS, asked, ("state",))
            return Counter({state.value: count for (state,), count in found.items()})


def _of_task(lists: Lists, query: ListQuery[R], task: str) -> Iterator[R]:
    """Give every row of a list that belongs to a task."""
    wanted = ListFilter(asked={"task": task})
    pages = every_page(lambda request: lists.page(query, wanted, request))
    return (row for page in pages for row in page.items)


def every(ask: Any, wanted: Any, order: str = "") -> Iterator[Any]:
    """Give every row of a list, page by page."""
    pages: Iterator[Page[Any]] = every_page(lambda request: ask(wanted, request), order=order)
    return (row for page in pages for row in page.items)


def moved(
    before: Mapping[str, int | None], after: Mapping[str, int | None]
) -> Counter[tuple[int, int]]:
    """Count the subjects by their grade before and after."""
    return Counter(
        (old, new)
        for one, old in before.items()
        if old is not None and (new := after.get(one)) is not None
    )


def spread(grades: Iterable[int | None]) -> Counter[int]:
    """Count subjects by grade."""
    return Counter(grade for grade in grades if grade is not None)
