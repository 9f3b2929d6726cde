"""The offices whose conduct is tried: a lead and whom it inspects, beside others who are honest.

A lead of two scenes and a department that joins it, another lead, the department above, one
elsewhere and a firm.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from functools import cache
from typing import Any, Final

from attrs import define, evolve, field
from tests.integration.tasks.test_cycle import BESIDE
from tests.scan_codes import codes_of_test

from adapters.calendar import ChineseCalendars
from adapters.crypto.platform_keys import PlatformKeys
from adapters.media.judging import ContentJudge
from adapters.media.pictures import PillowPictures
from adapters.media.scanning import NoScanner
from adapters.memory.files import MemoryFileBytes
from adapters.memory.ports import memory_transactions
from adapters.memory.unit import MemoryStore
from adapters.system import SystemRandomness
from entrypoints.catalogue import asked_type
from entrypoints.registered import shipped_roles
from supervision_core.assessment.model import LifeState
from supervision_core.assessment.ports import CreditModels, RiskModels
from supervision_core.checklists.model import Checklist
from supervision_core.checklists.ports import Checklists
from supervision_core.clues.ports import Clues
from supervision_core.files.services import Staging, StartFile
from supervision_core.grading.current import CurrentGrade, GradedPlace
from supervision_core.grading.ports import CurrentGrades, GradedSubjects, GradingRules
from supervision_core.identity.model import NOWHERE, Actor, DataScope, SceneRole
from supervision_core.identity.ports import Departments
from supervision_core.identity.services import Commands, Question, UseCase
from supervision_core.kernel.calendar import Calendars
from supervision_core.kernel.canonical import sm3
from supervision_core.kernel.days import local_day
from supervision_core.kernel.ports import Clock, Ids, Transactions
from supervision_core.kernel.registers import Entries, Entry
from supervision_core.kernel.scan_codes import ScanCodes
from supervision_core.officers.model import Certificate, Officer
from supervision_core.officers.ports import Officers
from supervision_core.scenes.model.parts import CreditModelUse, SceneResources, TaskSettings
from supervision_core.scenes.ports import Scenes
from supervision_core.subjects.model import Subject, SubjectStatus
from supervision_core.subjects.ports import Subjects
from supervision_core.tasks.registers import SUPERIOR_ORDERS, SuperiorOrderContent
from supervision_core.testing.checklists import EDITOR, full_checklist_content
from supervision_core.testing.clues import judged_clue
from supervision_core.testing.grading import full_graded
from supervision_core.testing.models import full_credit_model, full_grading_rule, full_risk_model
from supervision_core.testing.offices import keep_directory
from supervision_core.testing.scenes import full_scene
from supervision_core.testing.subjects import full_subject_draft

LEAD, FARM, HEALTH, ABOVE, AWAY = (
    "dept-market", "dept-farm", "dept-health", "dept-above", "dept-away",
)  # fmt: skip
REGION: Final = {LEAD: "450100", FARM: "450100", HEALTH: "450100", ABOVE: "450000", AWAY: "450200"}
SHORT: Final = {"lead": LEAD, "farm": FARM, "health": HEALTH, "above": ABOVE, "away": AWAY}
NAMES: Final = {home: short for short, home in SHORT.items()}
SCENES: Final = {"scene-dairy": LEAD, "scene-meat": LEAD, "scene-clinic": HEALTH}
"""Each scene by who leads its tasks."""
JOINING: Final = {LEAD: FARM, HEALTH: FARM}
FIRMS: Final = tuple(f"firm-{number:02}" for number in range(16))
ELSEWHERE: Final = 14
"""From this one on firms are in another city."""
YEARLY_CAP: Final = 3
UNGRADED_FIRM: Final = FIRMS[0]
ROLES: Final[Mapping[str, tuple[str, ...]]] = {
    "admin": ("task_administrator",), "head": ("leader",), "clerk": ("clerk", "clue_analyst"),
    "1": ("officer",), "2": ("officer",), "3": ("officer",),
    "scene": ("scene_administrator",), "assessor": ("assessor",),
    "keeper": ("department_administrator",), "author": ("content_author",),
}  # fmt: skip
"""The people of each department, by the roles that they hold."""
PEOPLE: Final = tuple(f"{short}-{name}" for short in SHORT for name in ROLES)
FIRM: Final = "firm"
CLUES: Final = {
    "clue-judged": "lead-clerk", "clue-of-head": "lead-head", "clue-of-officer": "lead-1",
    "clue-unjudged": "",
}  # fmt: skip
"""What was reported, by who judged that it be inspected."""
TASKS_BEGIN: Final = date(2026, 4, 8)
FOUNDED_AT: Final = datetime(2026, 4, 7, 1, 30, tzinfo=UTC)
CALENDAR_DAY: Final = date(2026, 1, 1)


@define
class Moving(Clock):
    """A clock that goes when it is told to."""

    moment: datetime = FOUNDED_AT

    def now(self) -> datetime:
        """Give its time."""
        return self.moment


@define
class Counted(Ids):
    """Ids one after the other."""

    last: int = 0

    def next_id(self) -> str:
        """Give the next one."""
        self.last += 1
        return f"id-{self.last:06d}"


@cache
def _beside() -> dict[Any, Any]:
    """Give what there is beside a store; the witness of draws opens what it was given."""
    codes, calendars = codes_of_test(), ChineseCalendars()
    return {**BESIDE, ScanCodes: lambda _unit: codes, Calendars: lambda _unit: calendars}


@cache
def permissions() -> Mapping[str, frozenset[str]]:
    """Give what each shipped role holds."""
    return {one.code: frozenset(one.permissions) for one in shipped_roles()}


def has_account(name: str) -> bool:
    """Tell whether somebody of that name has an account of an office."""
    return name.partition("-")[0] in SHORT


@cache
def actor_of(name: str) -> Actor:
    """Give somebody's account: ``lead-head`` is the head of the lead."""
    if name == FIRM:
        scope = DataScope(region=NOWHERE, role=SceneRole.ENTERPRISE, party=FIRMS[1])
        return Actor(
            user="account-firm", department="", scope=scope,
            permissions=permissions()["enterprise"],
        )  # fmt: skip
    short, _, place = name.partition("-")
    home = SHORT[short]
    return Actor(
        user=f"account-{name}",
        department=home,
        scope=DataScope(region=REGION[home], departments=frozenset({home})),
        permissions=frozenset().union(*(permissions()[one] for one in ROLES[place])),
    )


@define
class World:
    """One copy of the offices."""

    store: MemoryStore
    clock: Moving = field(factory=Moving)
    ids: Counted = field(factory=Counted)
    transactions: Transactions = field(init=False)
    commands: Commands = field(init=False)
    keys: PlatformKeys | None = None

    def __attrs_post_init__(self) -> None:
        """Open the doors."""
        self.transactions = memory_transactions(self.store, _beside())
        self.commands = Commands(self.transactions, self.clock, self.ids)

    def rows(self, table: str) -> Mapping[str, str]:
        """Give what is stored in a table, as texts."""
        return self.store.texts.get(table, {})

    def run(self, name: str, case: UseCase[Any, Any], command: Any) -> Any:
        """Let somebody do something."""
        return self.commands.run(case, command, actor=actor_of(name))

    def ask(self, name: str, question: Question[Any, Any], about: Any) -> Any:
        """Let somebody look at something."""
        return self.commands.ask(question, about, actor=actor_of(name))

    @property
    def today(self) -> date:
        """Give the day in Guangxi."""
        return local_day(self.clock.now())

    def send(self, name: str, text: str = "现场") -> str:
        """Let somebody send a file of his own; give its id."""
        assert self.keys is not None
        staging = Staging(
            transactions=self.transactions, clock=self.clock, ids=self.ids,
            randomness=SystemRandomness(), keys=self.keys.store,
            store=MemoryFileBytes(self.clock), judge=ContentJudge(), pictures=PillowPictures(),
            scanner=NoScanner(),
        )  # fmt: skip
        content = f"{text} {name} {self.ids.next_id()}".encode()
        stated = StartFile(name="现场.txt", size=len(content), sm3=sm3(content).hex())
        file = staging.start(actor_of(name), stated).id
        staging.put(actor_of(name), file, 0, content)
        return staging.finish(actor_of(name), file).id


@cache
def command_of(one: UseCase[Any, Any]) -> Any:
    """Give the type of its command."""
    return asked_type(one)


def copied(of: World, keys: PlatformKeys | None = None) -> World:
    """Give the offices as they stand somewhere, on their own from here on."""
    store = MemoryStore()
    store.texts = {table: dict(rows) for table, rows in of.store.texts.items()}
    store.audit = list(of.store.audit)
    return World(store, Moving(of.clock.moment), Counted(of.ids.last), keys=keys)


@cache
def founded() -> World:
    """Give the offices as they were founded."""
    world = World(MemoryStore())
    at = world.clock.now()
    with world.transactions.begin() as unit:
        keep_directory(unit, (LEAD, FARM, HEALTH, ABOVE, AWAY))
        for one in (LEAD, HEALTH, AWAY):
            department = unit[Departments].get(one)
            data = evolve(department.data, region=REGION[one], parent=ABOVE)
            department.change(data, at=at, by="founder")
            unit[Departments].save(department)
        for number, firm in enumerate(FIRMS):
            draft = evolve(
                full_subject_draft(code_of(firm)), name=f"示例企业{number}",
                region="450103" if number < ELSEWHERE else "450200", status=SubjectStatus.ACTIVE,
            )  # fmt: skip
            subject: Any = Subject.from_draft(draft, id=firm, at=at)
            subject._registered_by = ABOVE if number % 2 else LEAD
            unit[Subjects].save(subject)
        for officer in _officers():
            unit[Officers].save(officer)
        _keep_scenes(unit)
        _keep_grounds(unit)
        unit.commit()
    return world


def _keep_grounds(unit: Any) -> None:
    """Keep clues, one well judged and others not, an order from above and one of somebody else."""
    for firm, (name, judge) in zip(FIRMS[2:], CLUES.items(), strict=False):
        clue: Any = judged_clue(name, subject=firm, registered_by=LEAD)
        clue._triage = evolve(clue.judged, by=f"account-{judge}") if judge else None
        unit[Clues].save(clue)
    for department in (ABOVE, FARM):
        content = SuperiorOrderContent(
            number=f"部署-{department}", title="关于开展专项检查的通知", scene="scene-dairy",
            area="450000", starts_on=date(2026, 4, 1), ends_on=date(2026, 6, 30),
        )  # fmt: skip
        order = Entry.add(
            id=f"order-{department}", content=content, position=1, at=FOUNDED_AT,
            register=SUPERIOR_ORDERS.name, region="450000", department=department,
        )  # fmt: skip
        unit[Entries].of(SUPERIOR_ORDERS).save(order)


def code_of(firm: str) -> str:
    """Give the code of a firm."""
    return f"91450100MA5K0{FIRMS.index(firm):02}017"[:18]


def _officers() -> Iterable[Officer]:
    for short, home in SHORT.items():
        for place in ("1", "2", "3"):
            id_ = f"{short}-{place}"
            certificate = Certificate(number=f"桂{id_}", regions=frozenset({"450000"}))
            yield Officer(
                id=id_, name=f"检查员{id_}", department=home, region=REGION[home],
                certificates=(certificate,), user=f"account-{id_}",
            )  # fmt: skip


def _keep_scenes(unit: Any) -> None:
    credit: Any = full_credit_model("c-1")
    risk: Any = full_risk_model("r-1")
    for port, model in ((CreditModels, credit), (RiskModels, risk)):
        model._state = LifeState.ENABLED
        unit[port].save(model)
    rule: Any = full_grading_rule("rule-1")
    definition = rule.versions[0]
    grades = tuple(
        evolve(one, object_ratio=ratio, yearly_cap=YEARLY_CAP)
        for one, ratio in zip(definition.grades, ("0.25", "0.5"), strict=True)
    )
    grades_of = evolve(definition, grades=grades)
    rule._versions, rule._draft = (grades_of,), None
    unit[GradingRules].save(rule)
    content = full_checklist_content()
    lines = tuple(
        evolve(line, content=evolve(line.content, department=home))
        for line, home in zip(content.items, (LEAD, FARM), strict=True)
    )
    for lead in (LEAD, HEALTH):
        homes = evolve(
            content, lead=lead, joining=(FARM,),
            items=(evolve(lines[0], content=evolve(lines[0].content, department=lead)), lines[1]),
        )  # fmt: skip
        checklist = Checklist.create(
            homes, id=f"checklist-{lead}", code=f"CL-{lead}", region="450000", by=EDITOR
        )
        checklist.publish(by=EDITOR)
        unit[Checklists].save(checklist)
    for number, (id_, _) in enumerate(SCENES.items()):
        scene: Any = full_scene(id_)
        scene.run_tasks_by(TaskSettings(differentiated=True))
        scene._code = id_
        scene._resources = SceneResources(
            subjects_added=frozenset(FIRMS[number : number + 10]) | {FIRMS[-1]}
        )
        scene._credit_models = (CreditModelUse(model="c-1", trade="dairy", automatic=True),)
        scene._risk_models = ()
        unit[Scenes].save(scene)
    begun = credit.cycle.begun(FOUNDED_AT.date())
    graded = [
        evolve(full_graded(firm, day=begun, grade=grade_of(firm)), rule="rule-1")
        for firm in FIRMS
        if firm != UNGRADED_FIRM
    ]
    unit[GradedSubjects].record(graded)
    place = GradedPlace(region="450103", departments=(), category="")
    unit[CurrentGrades].save_all([CurrentGrade.of(one, grades_of, place) for one in graded])


def grade_of(firm: str) -> int:
    """Give the grade that the run of the calendar came to."""
    return 1 + FIRMS.index(firm) % 2
