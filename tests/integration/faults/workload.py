"""What is going on when something breaks: a seeded mix of real commands, acknowledged one by one.

``run`` carries out commands of every context through the frame. Each has a key of its own, so the
same seed told again asks the same: what was done answers as it did, the rest is done now. A line
``number digest`` is written after a command has returned, and never before: that is the
acknowledgement which nothing may take back.
"""

import random  # noqa: TID251 - seeded: the same commands every time
import sys
from collections.abc import Callable, Iterator
from typing import Any, TextIO

from attrs import evolve, field, frozen

from entrypoints.actors import operator
from entrypoints.container import Platform, open_platform
from supervision_core.checklists.model.content import with_departments
from supervision_core.checklists.services import (
    CreateChecklist,
    NameChecklist,
    ReviseChecklist,
    create_checklist,
    publish_checklist,
    revise_checklist,
)
from supervision_core.clues.services import RegisterClue, register_clue
from supervision_core.identity.model import Actor, DepartmentData, RegionContent
from supervision_core.identity.registers import TRADES, TradeContent
from supervision_core.identity.services import UseCase
from supervision_core.identity.services.departments import (
    AddDepartment,
    AddRegion,
    add_department,
    add_region,
)
from supervision_core.identity.services.registers import cases_of
from supervision_core.items.services.check_items import (
    AddCheckItem,
    ReviseCheckItem,
    add_check_item,
    revise_check_item,
)
from supervision_core.kernel.codes.credit_code import (
    complete_credit_code,
    complete_organisation_code,
)
from supervision_core.kernel.plain import digest
from supervision_core.kernel.registers import RegisterVerb
from supervision_core.plans.services import DraftPlan, draft_plan
from supervision_core.scenes.model import SceneBasics
from supervision_core.scenes.services import CreateScene, create_scene
from supervision_core.subjects.intake import SubjectEntry
from supervision_core.subjects.services import (
    CreateTag,
    ImportSubjects,
    create_tag,
    import_subjects,
)
from supervision_core.testing.checklists import full_checklist_content
from supervision_core.testing.clues import clue_sheet
from supervision_core.testing.items import unlinked_check_content
from supervision_core.testing.plans import plan_sheet, sub_plan
from supervision_core.testing.subjects import full_subject_draft

REGION = "450100"
ACTOR = "faults"
Run = Callable[[UseCase[Any, Any], Any], Any]
Step = Callable[[Run, str], object]


def _department(run: Run, name: str) -> str:
    data = DepartmentData(name=name, code=name, region=REGION)
    return str(run(add_department, AddDepartment(data=data)))


def _item(run: Run, name: str) -> None:
    content = unlinked_check_content()
    made = run(add_check_item, AddCheckItem(code=name, region=REGION, content=content))
    content = evolve(content, method=name)
    run(revise_check_item, ReviseCheckItem(check_item_id=made, content=content))


def _trade(run: Run, name: str) -> str:
    command = cases_of(TRADES).adding(content=TradeContent(name=name, code=name))
    return str(run(cases_of(TRADES).all[RegisterVerb.ADD], command))


def _checklist(run: Run, name: str) -> None:
    content = evolve(full_checklist_content(), attachments=())
    local = {one: _department(run, f"{name}-{one}") for one in sorted(content.departments)}
    content = with_departments(content, local)
    items = tuple(
        evolve(one, origin="", content=evolve(one.content, tags=frozenset(), materials=()))
        for one in content.items
    )
    content = evolve(content, items=items, trade=_trade(run, name))
    made = run(create_checklist, CreateChecklist(code=name, region=REGION, content=content))
    run(publish_checklist, NameChecklist(checklist_id=made))
    changed = evolve(content, note=name)
    run(revise_checklist, ReviseChecklist(checklist_id=made, content=changed))
    run(publish_checklist, NameChecklist(checklist_id=made))


def _tag(run: Run, name: str) -> None:
    run(create_tag, CreateTag(name=name, region=REGION))


def _scene(run: Run, name: str) -> str:
    trades = (_trade(run, f"{name}-scene"),)
    lead, other = (_department(run, f"{name}-scene-{at}") for at in range(2))
    basics = SceneBasics(name=name, lead=lead, joining=(other,), trades=trades)
    return str(run(create_scene, CreateScene(code=name, region=REGION, basics=basics)))


def _clue(run: Run, name: str) -> None:
    sheet = clue_sheet(reference=name, subject="", scene="", attachments=())
    run(register_clue, RegisterClue(sheet=sheet))


def _plan(run: Run, name: str) -> None:
    lead = _department(run, f"{name}-plan")
    sheet = plan_sheet(
        name=name, scene=_scene(run, f"{name}-plan"), lead=lead, joining=(), attachments=()
    )
    run(draft_plan, DraftPlan(sheet=sheet, sub_plans=(sub_plan(id=name, joining=()),)))


def _firms(run: Run, name: str) -> None:
    number = abs(hash_of(name)) % 900_000
    entries = tuple(
        SubjectEntry(
            row=row,
            draft=full_subject_draft(
                complete_credit_code(
                    "91450100" + complete_organisation_code(f"MA{number:06d}"[:7] + f"{row}")
                )
            ),
            facts={"penalties_3y": row},
        )
        for row in range(3)
    )
    run(import_subjects, ImportSubjects(source=f"import:{name}", entries=entries))


def add_regions(platform: Platform, actor: Actor) -> None:
    """Have the regions that all workloads refer to added once, whichever comes first."""
    for code, level, parent in (("450000", "province", ""), (REGION, "city", "450000")):
        content = RegionContent(code=code, name=code, level=level, parent=parent)
        platform.commands.run(
            add_region, AddRegion(content=content), actor=actor, key=f"region/{code}"
        )


def hash_of(name: str) -> int:
    """Give a number for a name, the same in every process."""
    return int(digest(name)[:12], 16)


STEPS: tuple[Step, ...] = (_item, _checklist, _tag, _scene, _clue, _plan, _firms)


@frozen
class Workload:
    """Commands of one seed, in order."""

    platform: Platform
    seed: int
    count: int
    said: Callable[[int, str], None]
    actor: Actor = field(factory=lambda: operator(ACTOR))
    keyed: bool = True

    def run(self) -> int:
        """Carry out at least ``count`` commands; give how many."""
        numbers = iter(range(sys.maxsize))
        done = 0

        def carry_out(case: UseCase[Any, Any], command: Any) -> Any:
            nonlocal done
            at = next(numbers)
            key = f"{self.seed}/{at}" if self.keyed else None
            answer = self.platform.commands.run(case, command, actor=self.actor, key=key)
            done = at + 1
            self.said(at, digest(answer))
            return answer

        add_regions(self.platform, self.actor)
        for step, name in self._steps():
            step(carry_out, name)
            if done >= self.count:
                break
        return done

    def _steps(self) -> Iterator[tuple[Step, str]]:
        chance = random.Random(self.seed)  # noqa: S311 - which command comes next
        while True:
            steps = list(STEPS)
            chance.shuffle(steps)
            for step in steps:
                yield step, f"w{self.seed}-{chance.randrange(10**9)}"


def work(asked: dict[str, Any], line: TextIO) -> None:
    """Run the commands of a seed over a database and acknowledge each in the line."""
    Workload(
        open_platform(asked["url"]),
        asked["seed"],
        asked["count"],
        lambda number, answer: print(number, answer, file=line, flush=True),
        keyed=asked["keyed"],
    ).run()
